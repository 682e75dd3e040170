"""The touchpoints with their figures: who was asked, how it went, where few answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from journey.evidence.figures import QuestionFigures
from journey.metrics.kinds import Metric
from journey.metrics.score import MetricResult
from journey.model.ids import JourneyId, TouchpointId
from journey.model.workspace import Workspace, ordered_touchpoints
from ui.evidence import words
from ui.evidence.choosing import ChoiceRows
from ui.shell.drawing import draw_box, fill_rect
from ui.shell.icons import channel_icon, paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.labels import PlainLabel
from ui.shell.widgets.marks import CHIP_HEIGHT, ChipFace, chip_width, paint_chip
from ui.shell.wrapping import WrappedText, paint_line, text_width, wrap

WIDTH: Final = 280
_LEFT: Final = 36.0
_MOST_BESIDE: Final = 2  # lines of a name beside its chip
_NONE: Final = MetricResult(Metric.RATING, 0, 0.0)

ByPlace = Mapping[TouchpointId | None, tuple[QuestionFigures, ...]]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A touchpoint, or (None) what belongs to none.

    Attributes:
        more: questions beside the one the chip is of.
    """

    touchpoint: TouchpointId | None
    name: str
    icon: str
    chip: ChipFace
    more: int = 0


def place_rows(
    ws: Workspace, journey: JourneyId | None, by_place: ByPlace, *, comments: bool = False
) -> list[PlaceRow]:
    """Return a journey's touchpoints in order, then what belongs to no touchpoint.

    Args:
        comments: there are comments, of which some may be on the whole answer.
    """
    found = []
    for touchpoint in ordered_touchpoints(ws, journey) if journey else ():
        questions = by_place.get(touchpoint.id, ())
        result = questions[0].result if questions else _NONE
        found.append(
            PlaceRow(
                touchpoint.id, touchpoint.name, channel_icon(touchpoint.channel),
                words.chip_of(result), max(len(questions) - 1, 0),
            )
        )  # fmt: skip
    overall = by_place.get(None, ())
    if overall or comments or any(kpi.touchpoint is None for kpi in ws.kpis.values()):
        chip = words.chip_of(overall[0].result if overall else _NONE)
        name = words.tr("Whole company")
        found.append(PlaceRow(None, name, "buildings", chip, max(len(overall) - 1, 0)))
    return found


class PlaceRows(ChoiceRows):
    """A row per touchpoint with its chip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(words.tr("Touchpoints"))
        self.rows: tuple[PlaceRow, ...] = ()
        # A width, whether chips go below at it, and the most lines a name takes beside its chip.
        self._stacked: tuple[float, bool, int] | None = None

    def set_rows(self, rows: Sequence[PlaceRow]) -> None:
        """Show other touchpoints; the choice stays where its row does."""
        held = self.rows[self.current].touchpoint if 0 <= self.current < len(self.rows) else None
        had = self.current >= 0
        self.rows = tuple(rows)
        self._stacked = None
        self.choose(self.row_of(held) if had else -1)
        self.relay()

    def row_of(self, touchpoint: TouchpointId | None) -> int:
        """Return the row of a touchpoint, −1 where it is not listed."""
        return next((i for i, r in enumerate(self.rows) if r.touchpoint == touchpoint), -1)

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self.rows)

    def sentence(self, row: int) -> str:
        """Return a row in one sentence."""
        place = self.rows[row]
        return f"{place.name}, {place.chip.sentence}"

    def height_of(self, row: int, width: float) -> float:
        """Return the height of a name above its chip; beside them all rows are alike."""
        if self._stacks(width):
            return self._name(row, width).height + CHIP_HEIGHT + 18
        assert self._stacked is not None
        return max(36.0, 18.0 * self._stacked[2] + 14)

    def draw(self, painter: QPainter, row: int, rect: QRectF, theme: Theme) -> None:
        """Paint a row."""
        self.draw_ground(painter, row, rect, theme)
        place, stacks = self.rows[row], self._stacks(rect.width())
        name = self._name(row, rect.width())
        top = rect.top() + 7 if stacks else rect.center().y() - name.height / 2
        middle = top + 9 if stacks else rect.center().y()
        paint_icon(painter, QRectF(rect.left() + 12, middle - 8, 16, 16), place.icon, theme.text_2)
        left = rect.left() + _LEFT
        name.paint(painter, QPointF(left, top), theme.text)
        chip = QPointF(
            rect.right() - 10 - chip_width(place.chip), rect.center().y() - CHIP_HEIGHT / 2
        )
        if stacks:
            chip = QPointF(left, top + name.height + 4)
        paint_chip(painter, chip, place.chip, theme)

    def _name(self, row: int, width: float) -> WrappedText:
        """Return a name as its row shows it."""
        weight = 600 if row == self.current else 400
        room = self._room(self.rows[row], width)
        if self._stacks(width):
            room = width - _LEFT - 10
        return wrap(self.rows[row].name, font("base", weight), 18, room)

    @staticmethod
    def _room(place: PlaceRow, width: float) -> float:
        """Return what a name has beside its chip."""
        return width - _LEFT - 18 - chip_width(place.chip)

    def _stacks(self, width: float) -> bool:
        """Whether chips stand below the names: in all rows, that the eye goes down one column.

        They do where beside one of them a word would have to be broken, or a third line begun.
        """
        if self._stacked is None or self._stacked[0] != width:
            lines = max((self._lines_beside(place, width) for place in self.rows), default=1)
            self._stacked = (width, lines > _MOST_BESIDE, lines)
        return self._stacked[1]

    def _lines_beside(self, place: PlaceRow, width: float) -> int:
        """Return how many lines a name takes beside its chip; too many where a word would break."""
        room, face = self._room(place, width), font("base", 600)
        longest = max((text_width(word, face) for word in place.name.split()), default=0.0)
        return _MOST_BESIDE + 1 if longest > room else wrap(place.name, face, 18, room).lines


class ChipLegend(QWidget):
    """What a grey and a hollow chip mean."""

    def __init__(self, minimum_n: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(58)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_minimum(minimum_n)

    def set_minimum(self, minimum_n: int) -> None:
        """Tell another least number of answers."""
        few = words.tr("fewer than {0} answers: no figure").format(minimum_n)
        none = words.tr("nothing asked, or no answer")
        self._lines = (few, none)
        self.setAccessibleName(f"{few}; {none}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme = active_theme()
        with QPainter(self) as painter:
            grey, hollow = QRectF(16, 3, 40, CHIP_HEIGHT), QRectF(16, 31, 40, CHIP_HEIGHT)
            draw_box(painter, grey, CHIP_HEIGHT / 2, theme.sunken)
            centre = Qt.AlignmentFlag.AlignHCenter
            paint_line(painter, grey, "4", font("meta"), theme.text_2, alignment=centre)
            dash = Qt.PenStyle.DashLine
            draw_box(painter, hollow, CHIP_HEIGHT / 2, None, line=theme.outline, style=dash)
            paint_icon(painter, hollow.adjusted(14, 5, -14, -5), "circle-dashed", theme.text_2)
            for box, text in zip((grey, hollow), self._lines, strict=True):
                line = QRectF(66, box.top() - 3, self.width() - 66, 28)
                paint_line(painter, line, text, font("meta"), theme.text_2)


class PlacesPanel(QWidget):
    """The list of touchpoints with a button in its head and the legend at its foot."""

    def __init__(
        self, places: PlaceRows, legend: ChipLegend, button: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 8)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 17, 12, 11)  # in line with the sources beside it
        head.addWidget(PlainLabel(words.tr("Touchpoints"), "title", 600))
        head.addStretch(1)
        head.addWidget(button)
        column.addLayout(head)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(4, 0, 4, 0)
        inside.addWidget(places)
        inside.addStretch(1)
        scroll.setWidget(inner)
        for part in (inner, scroll.viewport()):
            part.setAutoFillBackground(False)  # the panel's own ground shows through
        column.addWidget(scroll, 1)
        column.addWidget(legend)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: a hairline at the right."""
        theme = active_theme()
        with QPainter(self) as painter:
            fill_rect(painter, QRectF(self.rect()), theme.surface)
            fill_rect(painter, QRectF(self.width() - 1, 0, 1, self.height()), theme.hairline)
