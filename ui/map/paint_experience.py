"""Painting of the experience line: band, curves, blind spots, figures and handles."""

import bisect
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ui.map import words
from ui.map.cells import BADGE
from ui.map.experience import BlindSpot, ExperienceLine, Point
from ui.map.lettering import Face
from ui.map.paint import Look, paint_lines
from ui.numbers import number
from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon
from ui.shell.widgets.marks import paint_level_badge

HANDLE: Final = 8.0
DISC: Final = 9.0
PIECE: Final = 24
THIN: Final = 0.06  # below this scale the band is no wider than the line
BLIND_LABEL: Final = 22.0
CORNER: Final = 10.0  # from a column's edge to the badge of its level, as on a touchpoint's card
_DASHES: Final = ([1.0, 2.5], [6.0, 2.0, 1.0, 2.0], [9.0, 4.0], [3.0, 2.0, 1.0, 2.0, 1.0, 2.0])
_LONE, _HATCHED = 14.0, 26.0
_FIGURE: Final = 40.0  # a measured figure is never wider
_IN_A_GAP: Final = 3.5  # where the dashes of the grid begin, so that those of two columns meet
_UNDER_A_HANDLE: Final = 2.0  # where those of the judged line do: it leaves its handle with a gap
_REACH: Final = 3  # columns a blind spot's label may reach beyond its own


@dataclass(frozen=True, slots=True)
class Held:
    """A judged handle while it is moved: its column and the value it has now."""

    column: int
    value: float


class ExperiencePainter:
    """Paints what shows between two x of a line into a lane that starts at `top`."""

    def __init__(
        self,
        line: ExperienceLine,
        top: float,
        between: tuple[float, float],
        look: Look,
        held: Held | None,
    ) -> None:
        self._line, self._top, self._look, self._held = line, top, look, held
        self._left, self._right = between
        count = len(line.points)
        self._first = max(int(self._left // look.column), 0)
        self._last = max(min(int(self._right // look.column) + 1, count), self._first)
        self._outer = range(max(self._first - 1, 0), min(self._last + 1, count))

    def paint(self, painter: QPainter, *, near: bool) -> None:
        """Paint everything; far away only the curves, for marks would run together."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._grid(painter)
        if near or painter.worldTransform().m11() > THIN:
            self._band(painter)
        spots = self._spots() if near else []
        for spot in spots:
            if self._shows(spot.column, _HATCHED):
                self._hatch(painter, spot)
        self._others(painter, near)
        self._judged(painter, near)
        self._measured(painter, near)
        if near:
            self._handles(painter)
            self._levels(painter)
            for spot in spots:
                if spot.left - 2 < self._right and spot.left + spot.width + 2 > self._left:
                    self._label(painter, spot)
        painter.restore()

    def _spots(self) -> list[BlindSpot]:
        """Return the blind spots whose mark or label may show; they stand in column order."""
        spots = self._line.blind_spots
        first = bisect.bisect_left(spots, self._first - _REACH, key=_column)
        return list(spots[first : bisect.bisect_left(spots, self._last + _REACH, key=_column)])

    def _shows(self, column: int, width: float) -> bool:
        """Whether something so wide, centred in a column, reaches into what is painted."""
        return self._left - width < self._x(column) < self._right + width

    def _x(self, column: int) -> float:
        return (column + 0.5) * self._look.column

    def _y(self, value: float) -> float:
        return self._top + self._line.y(value)

    def _judged_value(self, column: int) -> float | None:
        if self._held is not None and self._held.column == column:
            return self._held.value
        return self._line.points[column].judged

    def _grid(self, painter: QPainter) -> None:
        width = self._look.column
        for value in self._line.grid():
            pen = QPen(self._look.theme.hairline, 1.0)
            if value:
                pen.setDashPattern([2.0, 3.0])
                pen.setDashOffset(_IN_A_GAP)
            painter.setPen(pen)
            y = round(self._y(value)) + 0.5
            for column in range(self._first, self._last):  # alike, wherever they stand
                left = column * width
                painter.drawLine(QPointF(left, y), QPointF(left + width, y))

    def _band(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme.measured_band)
        for run in self._line.measured_runs(self._first, self._last):
            upper: list[QPointF] = []
            lower: list[QPointF] = []
            for column in run:
                measured = self._line.points[column].measured
                assert measured is not None
                upper.append(QPointF(self._x(column), self._y(measured.high)))
                lower.append(QPointF(self._x(column), self._y(measured.low)))
            if len(run) > 1:
                painter.drawPolygon(QPolygonF(upper + lower[::-1]))
            else:
                corner = upper[0] - QPointF(_LONE / 2, 0)
                height = lower[0].y() - upper[0].y()
                painter.drawRoundedRect(QRectF(corner.x(), corner.y(), _LONE, height), 2, 2)

    def _others(self, painter: QPainter, near: bool) -> None:
        """Paint the lines of other personas: thin, each in its own dashes, named where it ends."""
        theme, draw = self._look.theme, _draw_steps if near else draw_curve
        for rank, other in enumerate(self._line.others):
            pen = QPen(theme.text_3, 1.25)
            pen.setDashPattern(_DASHES[rank % len(_DASHES)])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            run: list[QPointF] = []
            last: QPointF | None = None
            for column in self._outer:
                value = other.values[column]
                if value is None:
                    draw(painter, run)
                    run = []
                    continue
                last = QPointF(self._x(column), self._y(value))
                run.append(last)
            draw(painter, run)
            ends = [c for c, value in enumerate(other.values) if value is not None]
            if near and last is not None and ends[-1] in self._outer:
                place = QPointF(last.x() + 6, last.y() - 15)
                paint_lines(place, (other.name,), Face.META, theme.text_3, self._look)

    def _judged(self, painter: QPainter, near: bool) -> None:
        pen = QPen(self._look.theme.judged, 1.5)
        if near:
            pen.setDashPattern([4.0, 2.667])
            pen.setDashOffset(_UNDER_A_HANDLE)
        else:
            pen.setCosmetic(True)
            if painter.worldTransform().m11() > THIN:
                pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        draw = _draw_steps if near else draw_curve
        run: list[QPointF] = []
        for column in self._outer:
            value = self._judged_value(column)
            if value is not None:
                run.append(QPointF(self._x(column), self._y(value)))
            elif run:
                draw(painter, run)
                run = []
        draw(painter, run)

    def _measured(self, painter: QPainter, near: bool) -> None:
        theme = self._look.theme
        pen = QPen(theme.measured, 2.5)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCosmetic(not near)
        for run in self._line.measured_runs(self._first, self._last):
            points = []
            for column in run:
                measured = self._line.points[column].measured
                assert measured is not None
                points.append(QPointF(self._x(column), self._y(measured.value)))
            painter.setPen(pen)
            draw_curve(painter, points)
            if near:
                rim = QPen(theme.canvas, 1.5)
                for column, place in zip(run, points, strict=True):
                    if not self._shows(column, _FIGURE):
                        continue
                    painter.setPen(rim)
                    painter.setBrush(theme.measured)
                    painter.drawEllipse(place, DISC / 2 + 0.75, DISC / 2 + 0.75)
                    self._figure(column)

    def _figure(self, column: int) -> None:
        """Write a measured value outside its band, on the side away from the judged one."""
        point: Point = self._line.points[column]
        assert point.measured is not None
        judged = self._judged_value(column)
        below = judged is not None and judged > point.measured.value
        text = number(point.measured.value, 0, signed=True)
        letters = self._look.lettering
        y = self._y(point.measured.low) + 4.0 if below else self._y(point.measured.high) - 20.0
        # The figure stays in the lane, where other text never stands.
        y = min(max(y, self._top + self._line.top - 22.0), self._top + self._line.height - 18.0)
        x = self._x(column) - letters.mark(text, Face.STICKY_BOLD) / 2
        colour = self._look.theme.measured
        paint_lines(QPointF(x, y), (text,), Face.STICKY_BOLD, colour, self._look)

    def _handles(self, painter: QPainter) -> None:
        theme = self._look.theme
        for column in self._outer:
            value = self._judged_value(column)
            if value is None:
                continue
            held = self._held is not None and self._held.column == column
            side = HANDLE + 2 if held else HANDLE
            rect = QRectF(self._x(column) - side / 2, self._y(value) - side / 2, side, side)
            painter.setPen(QPen(theme.accent if held else theme.judged, 1.5))
            painter.setBrush(theme.surface)
            painter.drawRect(rect)
            if held:
                self._bubble(painter, rect, value)

    def _bubble(self, painter: QPainter, handle: QRectF, value: float) -> None:
        """Say the value of the handle that is moved, beside it."""
        theme, letters = self._look.theme, self._look.lettering
        text = number(value, 0, signed=True)
        width = letters.advance(text, Face.STICKY_BOLD) + 14
        rect = QRectF(handle.right() + 8, handle.center().y() - 11, width, 22)
        draw_box(painter, rect, 4, theme.accent)
        place = QPointF(rect.left() + 7, rect.top() + 3)
        paint_lines(place, (text,), Face.STICKY_BOLD, theme.on_accent, self._look)

    def _hatch(self, painter: QPainter, spot: BlindSpot) -> None:
        point, judged = self._line.points[spot.column], self._judged_value(spot.column)
        if point.measured is None or judged is None:
            return
        ends = sorted((self._y(judged), self._y(point.measured.value)))
        left = self._x(spot.column) - _HATCHED / 2
        rect = QRectF(left, ends[0], _HATCHED, ends[1] - ends[0])
        theme = self._look.theme
        painter.fillRect(rect, theme.blind)
        painter.setPen(QPen(theme.blind_line, 1.0))
        painter.drawLines(_stripes(rect, 7.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)

    def _levels(self, painter: QPainter) -> None:
        """Paint the level of evidence in the lower right corner of each column, as on cards."""
        right, top = self._look.column - CORNER - BADGE, self._top + self._line.height - 4 - BADGE
        for column in range(self._first, self._last):
            level = self._line.points[column].level
            if level:
                badge = QRectF(column * self._look.column + right, top, BADGE, BADGE)
                paint_level_badge(painter, badge, level, self._look.theme)

    def _label(self, painter: QPainter, spot: BlindSpot) -> None:
        look, theme = self._look, self._look.theme
        rect = QRectF(spot.left, self._top + spot.top, spot.width, BLIND_LABEL)
        draw_box(painter, rect, 4, theme.blind, line=theme.blind_line)
        ink: QColor = theme.warning
        paint_icon(painter, QRectF(rect.left() + 8, rect.top() + 4, 14, 14), "eye-slash", ink)
        x, name = rect.left() + 25, words.blind_spot()
        paint_lines(QPointF(x, rect.top() + 3.5), (name,), Face.META_BOLD, ink, look)
        x += look.lettering.mark(name, Face.META_BOLD)
        text = f" · {spot.text}"
        paint_lines(QPointF(x, rect.top() + 3.5), (text,), Face.META, ink, look)


def _column(spot: BlindSpot) -> int:
    return spot.column


def draw_curve(painter: QPainter, points: list[QPointF]) -> None:
    """Draw a long curve in pieces: Qt's stroker takes far longer for one of a thousand points."""
    for start in range(0, max(len(points) - 1, 1), PIECE):
        painter.drawPolyline(QPolygonF(points[start : start + PIECE + 1]))


def _draw_steps(painter: QPainter, points: list[QPointF]) -> None:
    """Draw a dashed curve column by column, so that its dashes are alike wherever it begins."""
    for start, end in pairwise(points):
        painter.drawLine(start, end)


def _stripes(rect: QRectF, step: float) -> list[QLineF]:
    """Return rising lines that hatch a rectangle, cut at its edges."""
    lines: list[QLineF] = []
    at = step
    while at < rect.width() + rect.height():
        # Where x + y = at, both counted from the lower left corner.
        x0, x1 = max(0.0, at - rect.height()), min(at, rect.width())
        lines.append(
            QLineF(
                rect.left() + x0,
                rect.top() + (at - x0),
                rect.left() + x1,
                rect.top() + (at - x1),
            )
        )
        at += step
    return lines
