"""The head of the Quarter screen: which two quarters, what became of the rows, what to do."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from journey.quarter.compare import Comparison, ItemChange
from ui.quarter import words
from ui.shell.icons import paint_icon
from ui.shell.theme import active_theme
from ui.shell.type import font
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.choice import Choice
from ui.shell.widgets.labels import PlainLabel, WrapLabel
from ui.shell.widgets.picker import PickerButton
from ui.shell.wrapping import paint_line, text_width

_ICONS = {
    ItemChange.NEW: "plus",
    ItemChange.GONE: "check-circle",
    ItemChange.MOVED: "arrows-left-right",
    ItemChange.SAME: "equals",
}


class Counts(QWidget):
    """How many rows are new, gone, moved and the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._parts: list[tuple[str, str, str, str]] = []

    def set_comparison(self, found: Comparison | None) -> None:
        """Count a comparison's rows; None shows nothing."""
        self._parts = []
        if found is not None:
            real = sum(item.really_moved for item in found.items)
            beyond = words.tr("{0} beyond the noise").format(real)
            for change in ItemChange:
                word = words.change_word(change)
                below = beyond if change is ItemChange.MOVED else ""
                self._parts.append((str(found.count(change)), _ICONS[change], word, below))
        told = ", ".join(f"{n} {word} {below}".strip() for n, _, word, below in self._parts)
        self.setAccessibleName(told)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's virtual: all parts beside each other."""
        return QSize(round(sum(self._width(part) for part in self._parts)), 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme, x = active_theme(), 0.0
        with QPainter(self) as painter:
            for part in self._parts:
                number, glyph, word, below = part
                wide = text_width(number, font("figure", 600))
                paint_line(painter, QRectF(x, 0, wide, 40), number, font("figure", 600), theme.text)
                left = x + wide + 8
                top = 3.0 if below else 11.0
                paint_icon(painter, QRectF(left, top + 2, 14, 14), glyph, theme.text_2)
                line = QRectF(left + 18, top, 200, 18)
                paint_line(painter, line, word, font("base", 500), theme.text)
                if below:
                    under = QRectF(left, 21, 200, 15)
                    paint_line(painter, under, below, font("meta"), theme.text_2)
                x += self._width(part)

    @staticmethod
    def _width(part: tuple[str, str, str, str]) -> float:
        number, _, word, below = part
        words_wide = max(18 + text_width(word, font("base", 500)), text_width(below, font("meta")))
        return text_width(number, font("figure", 600)) + 8 + words_wide + 26


class QuarterHead(QWidget):
    """Two pickers, the counts, and the buttons.

    Attributes:
        quarters_chosen: carries the two labels.
    """

    quarters_chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first, self._second = "", ""
        self.first = PickerButton("calendar-blank", words.tr("Compare"))
        self.second = PickerButton("calendar-check", words.tr("with"))
        self.first.chosen.connect(self._on_first)
        self.second.chosen.connect(self._on_second)
        self.freeze = Button(words.tr("Freeze"), "lock-simple", "primary")
        self.reopen = Button(words.tr("Reopen"), "lock-simple-open")
        self.export_button = Button(words.tr("Export the packs"), "export")
        self.counts = Counts()
        self.title = PlainLabel(words.tr("Quarter"), "screen", 600)
        self.subtitle = WrapLabel("", "sticky", 400, "text_2")
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.title)
        first.addSpacing(8)
        first.addWidget(self.first)
        self.arrow = PlainLabel("→", "title", 400, "text_2")
        first.addWidget(self.arrow)
        first.addWidget(self.second)
        first.addStretch(1)
        for button in (self.reopen, self.export_button, self.freeze):
            first.addWidget(button)
        column.addLayout(first)
        second = QHBoxLayout()
        second.addWidget(self.subtitle, 1)
        second.addWidget(self.counts)
        column.addLayout(second)

    def set_quarters(
        self, quarters: tuple[str, ...], frozen: frozenset[str], first: str, second: str
    ) -> None:
        """Give the quarters there are, which of them are frozen, and the two chosen."""
        self._first, self._second = first, second
        choices = [Choice(q, words.label(q)) for q in quarters]
        for picker, current in ((self.first, first), (self.second, second)):
            picker.set_choices(choices, current)
            is_frozen = current in frozen
            tag = words.tr("frozen") if is_frozen else words.tr("open")
            picker.set_tag(
                tag if current else "", "lock-simple" if is_frozen else "lock-simple-open"
            )
        both = bool(first and second)
        self.first.setVisible(both)
        self.arrow.setVisible(both)
        self.second.setVisible(bool(second))
        label = words.label(second)
        self.freeze.setVisible(bool(second) and second not in frozen)
        self.freeze.setText(words.tr("Freeze {0}").format(label))
        self.reopen.setVisible(bool(second) and second in frozen)
        self.reopen.setText(words.tr("Reopen {0}").format(label))
        self.export_button.setVisible(bool(second))

    def _on_first(self, quarter: str) -> None:
        second = self._second if quarter != self._second else self._first
        self._tell(quarter, second)

    def _on_second(self, quarter: str) -> None:
        first = self._first if quarter != self._first else self._second
        self._tell(first, quarter)

    def _tell(self, first: str, second: str) -> None:
        self.quarters_chosen.emit(*sorted((first, second)))
