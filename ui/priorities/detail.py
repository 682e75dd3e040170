"""What an open row says: the sentence, why it is not higher, what lies behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from journey.model.ids import Kind, Ref
from journey.priority.result import Factor, RankedItem
from ui import numbers
from ui.priorities import words
from ui.priorities.figures import Figures
from ui.priorities.shared_fix import SharedFix, sentences, with_partners
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import WrapLabel
from ui.shell.wrapping import paint_line, text_width

_LINE: Final = 20
_FULL: Final = 1.5  # the least factor that fills half the bar's room
_WIDEST: Final = 940
_SAME: Final = 0.005  # a ratio this near to 1 reads "×1.00"
_RIGHT: Final = Qt.AlignmentFlag.AlignRight


def telling_ratio(ratios: Sequence[float], *, is_first: bool) -> float | None:
    """Return the ratio that says most of a rank: the largest lift of the first, else the brake."""
    if is_first:
        best = max(ratios, default=1.0)
        return best if best > 1.005 else None
    worst = min(ratios, default=1.0)
    return worst if worst < 0.995 else None


class FactorBars(QWidget):
    """Each factor of the score beside rank 1's; left of the line it holds the row back.

    The one that says most is set in bold: what holds the row back, or (`is_first`) what lifts it.
    """

    def __init__(
        self,
        factors: Sequence[Factor],
        currency: str,
        parent: QWidget | None = None,
        *,
        is_first: bool = False,
    ) -> None:
        super().__init__(parent)
        # What is the same for both explains nothing.
        self._rows = [
            (words.factor_name(f.name), words.factor_figures(f, currency), f.ratio)
            for f in factors
            if abs(f.ratio - 1) >= _SAME
        ]
        self._reach = max((abs(_log(r)) for _, _, r in self._rows), default=0.0)
        self._reach = max(self._reach, _log(_FULL))
        self._telling = telling_ratio([ratio for _, _, ratio in self._rows], is_first=is_first)
        name = max((text_width(n, font("sticky", 600)) for n, _, _ in self._rows), default=0.0)
        told = max((text_width(t, font("sticky")) for _, t, _ in self._rows), default=0.0)
        self._name, self._told = name + 16, told + 16
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._aloud())

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(int(self._name + self._told) + 180, _LINE * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        """Qt's virtual: the words and a short bar."""
        return QSize(int(self._name + self._told) + 110, _LINE * len(self._rows))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme = active_theme()
        with QPainter(self) as painter:
            for number, row in enumerate(self._rows):
                self._paint_row(painter, number * _LINE, row, theme)

    def _paint_row(
        self, painter: QPainter, top: float, row: tuple[str, str, float], theme: Theme
    ) -> None:
        name, told, ratio = row
        face = font("sticky", 600 if ratio == self._telling else 400)
        line = QRectF(0, top, self.width(), _LINE)
        paint_line(painter, line, name, face, theme.text)
        paint_line(painter, line.adjusted(self._name, 0, 0, 0), told, font("sticky"), theme.text_2)
        paint_line(painter, line, numbers.times(ratio), face, theme.text, alignment=_RIGHT)
        room = QRectF(self._name + self._told, top, 0, _LINE)
        room.setRight(self.width() - 50)
        middle, half = round(room.center().x()), room.width() / 2
        painter.fillRect(QRectF(middle, top, 1, _LINE), theme.outline)
        reach = half * abs(_log(ratio)) / self._reach
        if ratio < 1:
            bar = QRectF(middle - reach, top + 6.5, reach, 7)
            painter.fillRect(bar, theme.blind_line)
        else:
            bar = QRectF(middle + 1, top + 6.5, reach, 7)
            painter.fillRect(bar, theme.improvement_edge)

    def _aloud(self) -> str:
        told = (f"{n} {t} {numbers.times(r)}".replace("  ", " ") for n, t, r in self._rows)
        return ", ".join(told)


def _log(ratio: float) -> float:
    return log(max(ratio, 1e-6))


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an open row.

    Attributes:
        first: rank 1. runner_up: the first row that the fix of rank 1 does not serve.
        fixes: those that serve several rows, by pain point.
    """

    first: RankedItem | None = None
    runner_up: RankedItem | None = None
    fixes: Mapping[str, SharedFix] = field(default_factory=dict)


class RowDetail(QWidget):
    """The detail under an open row; fires `show_on_map` and `answers_wanted` with its Ref."""

    show_on_map = Signal(object)
    answers_wanted = Signal(object)

    def __init__(
        self,
        item: RankedItem,
        figures: Figures | None,
        beside: Beside | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._item, self._beside = item, beside or Beside()
        self._figures = figures
        self.setAutoFillBackground(False)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(10)
        body = QWidget()
        body.setMaximumWidth(_WIDEST)
        inner = self._inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(WrapLabel(numbers.keep_units(item.sentence)))
        self._fix = self._beside.fixes.get(item.pain_point)
        if self._fix is not None:
            told = sentences(item, self._fix, figures)
            inner.addWidget(WrapLabel(told, "sticky", 400, "text_2"))
        inner.addLayout(self._grounds())
        self._column.addWidget(body)
        self.set_indent(80)

    def set_indent(self, left: int) -> None:
        """Start under the column of titles."""
        self._column.setContentsMargins(left, 2, 24, 14)

    def height_at(self, width: int) -> int:
        """Return the height the whole text takes in a width, logical pixels."""
        margins = self._column.contentsMargins()
        room = min(width - margins.left() - margins.right(), _WIDEST)
        return self._inner.totalHeightForWidth(room) + margins.top() + margins.bottom()

    def _grounds(self) -> QGridLayout:
        """Why not higher at the left, the evidence at the right."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(28)
        column = 0
        title, factors = self._why()
        if title:
            why = QVBoxLayout()
            why.setSpacing(4)
            why.addWidget(WrapLabel(title, "sticky", 600))
            if factors:
                currency = self._figures.currency if self._figures else ""
                why.addWidget(FactorBars(factors, currency, is_first=self._item.rank == 1))
            why.addStretch(1)
            grid.addLayout(why, 0, 0)
            grid.setColumnStretch(0, 11)
            column = 1
        grid.addLayout(self._evidence(), 0, column)
        grid.setColumnStretch(column, 9)
        return grid

    def _why(self) -> tuple[str, Sequence[Factor]]:
        """Return why it is not higher; of rank 1, what puts it before the runner-up."""
        item, first, second = self._item, self._beside.first, self._beside.runner_up
        if item.rank != 1 or second is None or not second.factors:
            title = item.why_not_higher or (self.tr("Against rank 1") if item.factors else "")
            if first is None or item.rank == 1:
                return title, item.factors
            if item.factors and item.improvement and item.improvement == first.improvement:
                told = self.tr("The fix of rank 1 serves it too. Its share beside that of rank 1:")
                return told, item.factors
            return title, with_partners(item.factors, item, first, self._beside.fixes)
        told_factors = with_partners(second.factors, second, item, self._beside.fixes)
        turned = [
            Factor(f.name, f.first, f.mine, 1.0 / f.ratio) for f in told_factors if f.ratio > 0
        ]
        figures = self._figures
        if figures is None or second.score is None:
            told = self.tr("Why it is first, beside rank {0}: {1}")
            return told.format(second.rank, second.title), turned
        told = self.tr("Why it is first: {0} for each day of work, rank {1} gives {2} ({3})")
        unit = figures.day_unit.label if figures.day_unit else figures.index_name
        mine, theirs = figures.per_day(item), figures.per_day(second)
        mine = f"{mine}{numbers.NO_BREAK}{unit}"
        return told.format(mine, second.rank, theirs, second.title), turned

    def _evidence(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(2)
        rows.addWidget(WrapLabel(self.tr("Evidence"), "sticky", 600))
        per_day = self._figures.day_words(self._item) if self._figures is not None else ""
        for fact in (*words.facts(self._item, self._fix), *filter(None, [per_day])):
            rows.addWidget(WrapLabel(fact, "sticky", 400, "text_2"))
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 8, 0, 0)
        buttons.setSpacing(8)
        answers = Button(self.tr("See the answers"), "chart-bar", compact=True)
        answers.clicked.connect(self._on_answers)
        buttons.addWidget(answers)
        button = Button(self.tr("Show on the map"), "map-trifold", compact=True)
        button.clicked.connect(self._on_show)
        buttons.addWidget(button)
        buttons.addStretch(1)
        rows.addLayout(buttons)
        rows.addStretch(1)
        return rows

    def _on_show(self) -> None:
        self.show_on_map.emit(Ref(Kind.PAIN_POINT, self._item.pain_point))

    def _on_answers(self) -> None:
        self.answers_wanted.emit(Ref(Kind.PAIN_POINT, self._item.pain_point))
