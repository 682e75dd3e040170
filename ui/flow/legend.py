"""The legend under the flow: what the kinds of arrows mean, and what a width stands for."""

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from journey.graph.arrows import Standing
from journey.model.map import LOST
from ui.flow import words
from ui.flow.board import BROADEST, THINNEST, FlowBoard
from ui.flow.paint_arrows import paint_key
from ui.map.lettering import Face
from ui.map.paint import Look, paint_lines
from ui.shell.theme import active_theme

_KEY: Final = 40.0
_GAP: Final = 22.0
_HIGH: Final = 36

# What is drawn for a key, how wide it is, and its words.
_Entry = tuple[Callable[[QRectF, Look], None], float, str]


class Legend(QWidget):
    """One row of keys; those that do not fit a narrow window go, widths first."""

    def __init__(self, board: FlowBoard, parent: QWidget) -> None:
        super().__init__(parent)
        self._board = board
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Legend"))

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(400, _HIGH)

    def follow(self) -> None:
        """Show what the flow has now."""
        texts = [text for _paint, _wide, text in self._entries()]
        self.setAccessibleDescription(", ".join(texts))
        self.setVisible(bool(texts))
        self.update()

    def _entries(self) -> list[_Entry]:
        kinds = {a.standing for a in self._board.shown if a.target != LOST}
        if Standing.DIFFERENT in kinds:
            kinds.add(Standing.COUNTED)
        entries: list[_Entry] = [
            (_arrow_key(standing), _KEY, self._name(standing))
            for standing in (Standing.COUNTED, Standing.DRAWN, Standing.MISSING, Standing.UNSEEN)
            if standing in kinds
        ]
        if any(a.target == LOST for a in self._board.shown):
            entries.append((_paint_stub, 12.0, self.tr("left the journey")))
        return entries

    def _name(self, standing: Standing) -> str:
        if standing is Standing.COUNTED and self._board.found is None:
            return self.tr("drawn and counted")
        return words.standing_name(standing)

    def _widths(self) -> list[_Entry]:
        most = self._board.most
        if most < 4:
            return []
        large, middle = _round_below(0.7 * most), _round_below(0.22 * most)
        entries = [
            (_bar(self._board.width_of(v)), 22.0, words.count(v))
            for v in dict.fromkeys((large, middle))
        ]
        least = _round_below(most * THINNEST / BROADEST)
        if least >= 2:
            under = self.tr("under {0}").format(words.count(least))
            entries.append((_bar(THINNEST), 22.0, under))
        return entries

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.window)
            painter.fillRect(0, 0, self.width(), 1, theme.hairline)
            look = Look(painter, self._board.lettering, theme)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            x = self._paint_row(self._entries(), 14.0, look)
            widths = self._widths()
            title = self.tr("Width")
            wide = look.lettering.advance(title, Face.STICKY) + 12
            if not widths or x + wide + self._room(widths, look) > self.width():
                return
            middle = self.height() / 2
            painter.fillRect(QRectF(x - _GAP / 2 - 1, middle - 9, 1, 18), theme.outline)
            place = QPointF(x + 6, middle - Face.STICKY.line / 2)
            paint_lines(place, (title,), Face.STICKY, theme.text_2, look)
            self._paint_row(widths, x + wide + 6, look)

    def _room(self, entries: list[_Entry], look: Look) -> float:
        texts = sum(look.lettering.advance(text, Face.STICKY) for _p, _w, text in entries)
        return texts + sum(wide + 7 + _GAP for _p, wide, _t in entries)

    def _paint_row(self, entries: list[_Entry], x: float, look: Look) -> float:
        middle = self.height() / 2
        for paint, wide, text in entries:
            if x + wide + look.lettering.advance(text, Face.STICKY) > self.width():
                return x
            paint(QRectF(x, middle - 12, wide, 24), look)
            place = QPointF(x + wide + 7, middle - Face.STICKY.line / 2)
            paint_lines(place, (text,), Face.STICKY, look.theme.text_2, look)
            x = place.x() + look.lettering.advance(text, Face.STICKY) + _GAP
        return x


def _arrow_key(standing: Standing) -> Callable[[QRectF, Look], None]:
    def paint(rect: QRectF, look: Look) -> None:
        paint_key(standing, rect, look)

    return paint


def _bar(width: float) -> Callable[[QRectF, Look], None]:
    def paint(rect: QRectF, look: Look) -> None:
        theme = look.theme
        colour = theme.graph_edge if width >= 5.0 else theme.graph_thin
        middle = rect.center().y()
        look.painter.fillRect(QRectF(rect.left(), middle - width / 2, rect.width(), width), colour)

    return paint


def _paint_stub(rect: QRectF, look: Look) -> None:
    painter, theme, x = look.painter, look.theme, rect.center().x()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.outline)
    painter.drawRect(QRectF(x - 3, rect.top() + 4, 6, 14))
    painter.setBrush(theme.judged)
    painter.drawRect(QRectF(x - 6, rect.top() + 18, 12, 2.5))


def _round_below(value: float) -> float:
    """Return the largest of 1, 2, 3, 5 times a power of ten that is not above a value."""
    if value < 1:
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (5, 3, 2, 1) if step * power <= value)
