"""How often each score was given, with brackets under detractors, passives and promoters."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from journey.evidence.figures import QuestionFigures, ScoreClass
from ui import numbers
from ui.evidence import words
from ui.evidence.plots import Plot, PlotCard
from ui.shell.drawing import draw_box, fill_rect
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.labels import PlainLabel
from ui.shell.wrapping import paint_line, text_width

_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter
_GAP: Final = 5.0
_FOOT: Final = 62.0  # scores, brackets, names, shares
_TOP: Final = 18.0


def class_colour(name: str, theme: Theme) -> QColor:
    """Return the colour of a bracket."""
    if name in {"detractors", "bad"}:
        return theme.detractor
    return theme.passive if name in {"passives", "middle"} else theme.promoter


class ScoresPlot(Plot):
    """Bars by score; nothing where too few answered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("Scores"), parent)
        self.setMinimumSize(260, 224)
        self._figures: QuestionFigures | None = None

    def set_figures(self, figures: QuestionFigures | None) -> None:
        """Show another question."""
        self._figures = figures
        told = [self._bracket(c)[0] + " " + self._bracket(c)[1] for c in self.classes]
        self.setAccessibleDescription(", ".join(told))
        self.update()

    @property
    def classes(self) -> tuple[ScoreClass, ...]:
        """The brackets shown."""
        return self._figures.classes if self._figures else ()

    @property
    def is_empty(self) -> bool:
        """Whether no score may be shown."""
        return not self.classes

    def paint_plot(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint bars, scores and brackets."""
        found = self._figures
        if found is None or not found.classes:
            text = (
                words.tr("Too few answers to show")
                if found and found.result.n
                else words.tr("No answer in this quarter")
            )
            paint_line(painter, rect, text, font("base"), theme.text_2, alignment=_CENTRE)
            return
        low, high = found.question.scale
        step = (rect.width() + _GAP) / (high - low + 1)
        most = max(found.result.distribution.values())
        bottom = rect.bottom() - _FOOT
        room = bottom - rect.top() - _TOP
        whole = self.has_room(rect.left(), step)
        for bracket in found.classes:
            colour = class_colour(bracket.name, theme)
            for score in range(bracket.low, bracket.high + 1):
                n = found.result.distribution.get(score, 0)
                left = rect.left() + (score - low) * step
                height = room * n / most
                bar = QRectF(left, bottom - height, step - _GAP, height)
                fill_rect(painter, bar, colour)
                above = QRectF(left, bar.top() - 17, step - _GAP, 16)
                face = font("sticky")
                paint_line(
                    painter, above, numbers.number(n, 0), face, theme.text, alignment=_CENTRE
                )
                below = QRectF(left, bottom + 3, step - _GAP, 16)
                paint_line(painter, below, str(score), face, theme.text_2, alignment=_CENTRE)
            left = rect.left() + (bracket.low - low) * step
            width = (bracket.high - bracket.low + 1) * step - _GAP
            place = QRectF(left, bottom + 22, width, 40)
            self._paint_bracket(painter, bracket, place, theme, whole=whole)
        fill_rect(painter, QRectF(rect.left(), bottom, rect.width(), 1), theme.outline)

    def has_room(self, left: float, step: float) -> bool:
        """Whether no bracket's count and share come near those of the next one."""
        face, low = font("sticky", 600), self.classes[0].low
        ends = left - 4.0
        for bracket in self.classes:
            wide = text_width(self._bracket(bracket)[1], face)
            place = left + (bracket.low - low) * step
            row = self._row(place, (bracket.high - bracket.low + 1) * step - _GAP, wide)
            start = row.center().x() - wide / 2
            if start < ends + 4.0:
                return False
            ends = start + wide
        return True

    def _row(self, left: float, width: float, wide: float) -> QRectF:
        """Return where a line of text stands; over the ends of a bracket narrower than it."""
        row = QRectF(left, 0, width, 16)
        if wide > width:
            row.adjust(-(wide - width) / 2, 0, (wide - width) / 2, 0)
            row.moveLeft(min(max(row.left(), 0.0), max(self.width() - wide, 0.0)))
        return row

    def _paint_bracket(
        self,
        painter: QPainter,
        bracket: ScoreClass,
        rect: QRectF,
        theme: Theme,
        *,
        whole: bool,
    ) -> None:
        line = QRectF(rect.left(), rect.top(), rect.width(), 3)
        draw_box(painter, line, 1.5, class_colour(bracket.name, theme))
        name, share = self._bracket(bracket)
        if not whole:  # the count stands in its bars already
            share = numbers.percent(bracket.share)
        for place, (text, weight) in enumerate(((name, 400), (share, 600))):
            face = font("sticky", weight)
            row = self._row(rect.left(), rect.width(), text_width(text, face))
            row.moveTop(rect.top() + 6 + 16 * place)
            ink = theme.text if place else theme.text_2
            paint_line(painter, row, text, face, ink, alignment=_CENTRE)

    def _bracket(self, bracket: ScoreClass) -> tuple[str, str]:
        low_is_good = self._figures is not None and not self._figures.question.higher_is_better
        name = words.side_word(bracket.name, low_is_good=low_is_good)
        return name, f"{numbers.number(bracket.n, 0)} · {numbers.percent(bracket.share)}"


class ScoresCard(PlotCard):
    """The distribution of one question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.scores = ScoresPlot()
        super().__init__(words.tr("Scores"), self.scores, parent)
        self.note = PlainLabel("", "sticky", 400, "text_2")
        self.add_beside_title(self.note)
        self.finish_head()

    def set_figures(self, figures: QuestionFigures | None, quarter: str | None) -> None:
        """Show another question."""
        when = words.label(quarter) if quarter else words.tr("all answers")
        self.note.setText(words.tr("{0} · answers per score").format(when))
        self.scores.set_figures(figures)
        off = figures.off_scale if figures else 0
        self.set_foot(
            words.tr("{0} answers lie off the question's scale and are left out.").format(
                numbers.number(off, 0)
            )
            if off
            else ""
        )
