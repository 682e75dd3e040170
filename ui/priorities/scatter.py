"""Value against effort: the same rows as the list, as a picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import hypot
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from journey.model.ids import Kind, Ref
from journey.priority.result import RankedItem
from ui import numbers
from ui.priorities import words
from ui.priorities.dot_names import FAR, LINE, NEAR, DotName, DotNames
from ui.priorities.figures import Figures, round_ticks
from ui.shell.drawing import draw_box
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.marks import IntervalScale
from ui.shell.wrapping import paint_line, text_width, wrap

_LEFT, _TOP, _RIGHT, _BOTTOM = 64.0, 34.0, 28.0, 58.0
_RADIUS: Final = 11.0
_APART: Final = 2 * _RADIUS + 1  # the least between two discs' centres
_MOST_NAMES: Final = 60  # beyond so many there is no room for a name
_MOST_LEADERS: Final = 40  # beyond so many the picture is a thicket
_OVER: Final = 12.0  # what a name may reach over the plot
_NAMELESS: Final = DotName(QRectF(), (), QLineF(), at_left=False)
_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class _Spot:
    """One row in the picture; its name has no place where none was free."""

    item: RankedItem
    centre: QPointF
    name: DotName


class _Room:
    """Where discs stand, on a grid of their size, so that each looks at its neighbours only."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[QPointF]] = {}

    def take(self, x: float, y: float) -> QPointF:
        """Return a place for a disc: the one wanted, or the next free one at its right."""
        while any(hypot(x - c.x(), y - c.y()) < _APART for c in self._near(x, y)):
            x += 0.25 * _RADIUS
        centre = QPointF(x, y)
        self._cells.setdefault(self._cell(x, y), []).append(centre)
        return centre

    def _near(self, x: float, y: float) -> Iterator[QPointF]:
        across, down = self._cell(x, y)
        for cell in product((across - 1, across, across + 1), (down - 1, down, down + 1)):
            yield from self._cells.get(cell, ())

    @staticmethod
    def _cell(x: float, y: float) -> tuple[int, int]:
        return int(x // _APART), int(y // _APART)


class ValueEffort(QWidget):
    """Discs with rank numbers: right is more work, up is more value. Fires `chosen` with a Ref.

    Arrow keys go from rank to rank. Rows without a figure are counted under the picture.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(560, 290)
        self._items: list[RankedItem] = []
        self._left_out = 0
        self._figures: Figures | None = None
        self._current = ""
        self._spots: list[_Spot] = []
        self._effort = IntervalScale(0, 1)
        self._effort_ticks: tuple[float, ...] = ()
        self._value = IntervalScale(0, 1)
        self._value_ticks: tuple[float, ...] = ()

    def set_items(self, items: Sequence[RankedItem], figures: Figures | None) -> None:
        """Show other rows."""
        self._figures = figures
        self._items = [
            i for i in items if figures is not None and figures.interval(i) is not None and i.rank
        ]
        self._items.sort(key=lambda i: i.rank or 0)
        self._left_out = len(items) - len(self._items)
        values = (
            [i.mean for i in (figures.interval(x) for x in self._items) if i] if figures else []
        )
        self._value_ticks, self._value = _axis(values)
        self._effort_ticks, self._effort = _axis([i.effort_days for i in self._items])
        self._place()
        self._name()

    def choose(self, ref: Ref | None) -> None:
        """Mark a row without firing `chosen`."""
        self._current = ref.id if ref is not None and ref.kind is Kind.PAIN_POINT else ""
        self._place()
        self._name()

    def _name(self) -> None:
        told = self.tr("Value against effort, {0} rows").format(len(self._items))
        current = next((i for i in self._items if i.pain_point == self._current), None)
        if current is not None and self._figures is not None:
            told = self.tr("{0}. Rank {1}, {2}, {3}, {4}").format(
                told, current.rank, current.title, self._figures.full(current),
                numbers.days(current.effort_days),
            )  # fmt: skip
        self.setAccessibleName(told)

    def _plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)

    def _place(self) -> None:
        """Place the discs, then names where they meet nothing; the current and the first first."""
        plot, figures = self._plot(), self._figures
        self._spots = []
        # A picture nobody sees costs nothing while the list is dragged; showEvent places it.
        if figures is None or plot.height() < 10 or not self.isVisible():
            return
        centres: list[tuple[RankedItem, QPointF]] = []
        room = _Room()
        for item in self._items:
            interval = figures.interval(item)
            assert interval is not None
            x = self._effort.at(item.effort_days, plot)
            y = plot.bottom() - (self._value.at(interval.mean, plot) - plot.left()) * (
                plot.height() / plot.width()
            )
            # Two at one place would hide each other's number: the later one steps aside.
            centres.append((item, room.take(x, y)))
        # The chosen one and the top of the list have the first choice of a place.
        centres.sort(key=lambda pair: pair[0].pain_point != self._current)
        ground = plot.adjusted(0, -_OVER, _OVER, 2)
        names = DotNames(ground, [_disc(centre) for _, centre in centres])
        for number, (item, centre) in enumerate(centres):
            name = _NAMELESS
            if number < _MOST_NAMES:
                ring = 4.0 if item.pain_point == self._current else 0.0
                # The top of the list is never without its names, however far they stand.
                reaches: Sequence[float] = NEAR if number < _MOST_LEADERS else ()
                if (item.rank or 0) <= figures.top_k or ring:
                    reaches = FAR
                name = names.place(item.title, _disc(centre), ring, reaches=reaches)
            self._spots.append(_Spot(item, centre, name))
        self.update()

    # Qt's virtuals

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's virtual: place what was shown elsewhere meanwhile."""
        super().showEvent(event)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), theme.surface)
            if self._figures is not None:
                self._paint_axes(painter, self._figures, theme)
            for spot in reversed(self._spots):
                self._paint_spot(painter, spot, theme)

    def _paint_axes(self, painter: QPainter, figures: Figures, theme: Theme) -> None:
        plot, meta = self._plot(), font("meta")
        for tick in self._effort_ticks:
            x = round(self._effort.at(tick, plot))
            painter.fillRect(QRectF(x, plot.top(), 1, plot.height()), theme.hairline)
            label = QRectF(x - 40, plot.bottom() + 4, 80, 15)
            paint_line(painter, label, numbers.number(tick), meta, theme.text_2, alignment=_CENTRE)
        for tick in self._value_ticks:
            share = (self._value.at(tick, plot) - plot.left()) / plot.width()
            y = round(plot.bottom() - share * plot.height())
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), theme.hairline)
            label = QRectF(0, y - 8, _LEFT - 8, 15)
            right = Qt.AlignmentFlag.AlignRight
            paint_line(painter, label, figures.tick(tick), meta, theme.text_2, alignment=right)
        name = font("meta", 600)
        head = QRectF(_LEFT - 44, 6, plot.width(), 18)
        paint_line(painter, head, figures.value_title, name, theme.text_2)
        foot = QRectF(plot.left(), plot.bottom() + 20, plot.width(), 16)
        words_x = self.tr("Effort, days of work")
        paint_line(
            painter, foot, words_x, name, theme.text_2, alignment=Qt.AlignmentFlag.AlignRight
        )
        beside = plot.width() - text_width(words_x, name) - 24
        note = wrap(self._note(figures), font("sticky"), 16, beside)
        note.paint(painter, foot.topLeft(), theme.text_2)

    def _note(self, figures: Figures) -> str:
        note = self.tr("Filled: ranks 1 to {0}. Steeper from the corner is better.")
        note = note.format(figures.top_k)
        if any(spot.name.rect.isNull() for spot in self._spots):
            note = f"{note} {self.tr('A number without a name is its rank in the list.')}"
        if self._left_out:
            rows = words.counted(self._left_out, self.tr("row"), self.tr("rows"))
            note = f"{note} {self.tr('{0} without a figure not shown.').format(rows)}"
        return note

    def _paint_spot(self, painter: QPainter, spot: _Spot, theme: Theme) -> None:
        assert self._figures is not None
        first = (spot.item.rank or 0) <= self._figures.top_k
        current = spot.item.pain_point == self._current
        disc = _disc(spot.centre)
        if current:
            width = 2.0
            ring = disc.adjusted(-4, -4, 4, 4)
            draw_box(
                painter, ring, ring.height() / 2, theme.surface, line=theme.accent, width=width
            )
        fill = theme.accent if first else theme.surface
        draw_box(painter, disc, _RADIUS, fill, line=theme.accent)
        ink = theme.on_accent if first else theme.accent
        face = font("meta", 600)
        paint_line(painter, disc, str(spot.item.rank), face, ink, alignment=_CENTRE)
        if spot.name.rect.isNull():
            return
        if not spot.name.leader.isNull():
            painter.setPen(QPen(theme.neutral, 1.0))
            painter.drawLine(spot.name.leader)
        self._paint_name(painter, spot.name, font("sticky", 600 if current else 400), theme)

    @staticmethod
    def _paint_name(painter: QPainter, name: DotName, face: QFont, theme: Theme) -> None:
        """Paint a name; the lines of one at the left of its dot end at it."""
        ground = QColor(theme.surface)  # the theme's own is shared by every view
        ground.setAlphaF(0.8)
        painter.fillRect(name.rect, ground)
        right = name.at_left
        align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        for number, words_ in enumerate(name.lines):
            line = QRectF(
                name.rect.left(), name.rect.top() + LINE * number, name.rect.width(), LINE
            )
            paint_line(painter, line, words_, face, theme.text, alignment=align)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: choose the nearest disc or name under the pointer."""
        place = event.position()
        for spot in self._spots:
            near = _disc(spot.centre).adjusted(-3, -3, 3, 3).contains(place)
            if near or spot.name.rect.contains(place):
                self._choose(spot.item)
                return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: arrows, Home and End go from rank to rank."""
        keys = Qt.Key
        steps = {keys.Key_Down: 1, keys.Key_Right: 1, keys.Key_Up: -1, keys.Key_Left: -1}
        ids: list[str] = [i.pain_point for i in self._items]
        place = ids.index(self._current) if self._current in ids else -1
        last = len(ids) - 1
        key = Qt.Key(event.key())
        if not ids or key not in {*steps, keys.Key_Home, keys.Key_End}:
            super().keyPressEvent(event)
            return
        target = {keys.Key_Home: 0, keys.Key_End: last}.get(key, place + steps.get(key, 0))
        self._choose(self._items[max(0, min(last, target))])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual."""
        super().focusInEvent(event)
        self.update()

    def _choose(self, item: RankedItem) -> None:
        self.choose(Ref(Kind.PAIN_POINT, item.pain_point))
        self.chosen.emit(Ref(Kind.PAIN_POINT, item.pain_point))


def _axis(values: Sequence[float]) -> tuple[tuple[float, ...], IntervalScale]:
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    ticks = round_ticks(low, high)
    span = (high - low) or 1.0
    return ticks, IntervalScale(low, high + 0.06 * span)


def _disc(centre: QPointF) -> QRectF:
    return QRectF(centre.x() - _RADIUS, centre.y() - _RADIUS, 2 * _RADIUS, 2 * _RADIUS)
