"""Classic methods in short: how far each agrees with the list, and the widest gap."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from journey.priority.result import Ranking
from ui import numbers
from ui.priorities.methods_words import method_words
from ui.priorities.section import Paragraphs, Section
from ui.shell.drawing import draw_box
from ui.shell.theme import active_theme
from ui.shell.type import font
from ui.shell.widgets.buttons import Button
from ui.shell.wrapping import paint_line, text_width

if TYPE_CHECKING:
    from journey.priority.classic import Beside, Comparison

# The methods people use most; the tab has them all.
_FIRST: Final = ("rice", "revenue_at_risk_effort", "opportunity", "votes", "key_driver")
_LINE: Final = 20
_BAR: Final = 42.0
_LEAST_BAR: Final = 12.0
_FIGURE: Final = 38.0  # what the figure beside a bar takes


class AgreementBars(QWidget):
    """A line per method: name, Kendall's τ as a bar and a figure, how many of the top agree."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, float | None, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_methods(self, methods: "Sequence[Beside]") -> None:
        """Show other methods."""
        tops = self.tr("{0} of top {1}")
        self._rows = [
            (
                method_words(m.method).name,
                m.agreement.tau,
                tops.format(shared(m), m.agreement.top),
            )
            for m in methods
        ]
        told = self.tr("{0}: Kendall tau {1}, {2}")
        self.setAccessibleName(
            "; ".join(told.format(name, tau_text(tau), top) for name, tau, top in self._rows)
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(220, _LINE * len(self._rows))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme, face, small = active_theme(), font("sticky"), font("meta")
        right = Qt.AlignmentFlag.AlignRight
        last = max((text_width(top, small) for _, _, top in self._rows), default=0.0)
        names = max((text_width(name, face) for name, _, _ in self._rows), default=0.0)
        # One scale for all of them: the longest name sets how long a bar may be.
        bar = min(_BAR, max(self.width() - last - 10 - _FIGURE - names - 8, _LEAST_BAR))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, (name, tau, top) in enumerate(self._rows):
                line = QRectF(0, number * _LINE, self.width(), _LINE)
                paint_line(painter, line, name, face, theme.text)
                paint_line(painter, line, top, small, theme.text_2, alignment=right)
                line.setRight(line.right() - last - 10)
                bold = font("sticky", 600)
                paint_line(painter, line, tau_text(tau), bold, theme.text, alignment=right)
                line.setRight(line.right() - _FIGURE)
                track = QRectF(line.right() - bar, line.center().y() - 2.5, bar, 5)
                draw_box(painter, track, 2.5, theme.sunken)
                if tau is not None and tau > 0:
                    track.setWidth(max(tau * bar, 2.0))
                    draw_box(painter, track, 2.5, theme.neutral)


def tau_text(tau: float | None) -> str:
    """Return Kendall's τ as a figure; a dash where it cannot be had."""
    return numbers.NONE if tau is None else numbers.number(tau, 2)


class ClassicSection(Section):
    """The summary in the side panel. Fires `all_requested` for the tab."""

    all_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Classic methods"), self.tr("Kendall τ"), parent)
        self.bars = AgreementBars()
        self.column.addWidget(self.bars)
        self.words = Paragraphs()
        self.column.addWidget(self.words)
        row = QHBoxLayout()
        self.all_button = Button(self.tr("All methods"), kind="link")
        self.all_button.clicked.connect(self.all_requested)
        row.addWidget(self.all_button)
        row.addStretch(1)
        self.column.addLayout(row)

    def show_comparison(self, compared: "Comparison", ranking: Ranking) -> None:
        """Show the methods that can be had, and what two orders place most apart."""
        had = {m.method: m for m in compared.methods if m.ranks and m.agreement.tau is not None}
        shown = [had[name] for name in _FIRST if name in had] or list(had.values())[:5]
        self.bars.set_methods(shown)
        self.words.say((self._gap(shown, ranking), "text_2", 400))

    def _gap(self, methods: "Sequence[Beside]", ranking: Ranking) -> str:
        """Return the first row of the top that a method places farthest away."""
        if not methods:
            return self.tr("None of them can be had from what is known.")
        apart = [(abs(d.ours - d.theirs), d, m) for m in methods for d in m.agreement.disagreements]
        if not apart:
            return self.tr("They put what both know in the same order.")
        _, widest, method = max(apart, key=lambda a: (a[0], -a[1].ours))
        titles = {i.pain_point: i.title for i in ranking.items}
        told = self.tr("Widest gap: “{0}” is {1} here, {2} by {3}, of {4} both rank.")
        return told.format(
            titles[widest.pain_point], place(widest.ours), place(widest.theirs),
            method_words(method.method).name, method.agreement.n,
        )  # fmt: skip


def shared(method: "Beside") -> str:
    """Return how many of the top agree; ties across the cut count in part."""
    return numbers.number(round(method.agreement.shared, 1))


def place(rank: float) -> str:
    """Return a rank, shared places with their half."""
    return numbers.number(rank, None if rank % 1 else 0)
