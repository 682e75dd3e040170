"""A part of a strip in the hand: dragged past its siblings, with a mark where it would go."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication

from ui.shell.theme import Theme


class Grip:
    """One drag along a strip.

    Attributes:
        mark: where along the strip the part would be set in; None where that is its own place.
    """

    def __init__(self) -> None:
        self._key, self._from = "", QPointF()
        self._index: int | None = None
        self.mark: float | None = None

    def take(self, key: str, at: QPointF) -> None:
        """Press on a part; "" cannot be dragged."""
        self._key, self._from = key, at
        self._index = self.mark = None

    def follow(self, at: QPointF, along: float, ends: Sequence[tuple[str, float, float]]) -> None:
        """Move to a point; `ends` holds key, start and end of every part along the strip."""
        far = (at - self._from).manhattanLength() >= QApplication.startDragDistance()
        keys = [key for key, _, _ in ends]
        if self._key not in keys or not (far or self._index is not None):
            return
        boundary = sum(along > (start + end) / 2 for _, start, end in ends)
        mine = keys.index(self._key)
        self._index = boundary - 1 if boundary > mine else boundary
        unmoved = self._index == mine
        place = ends[boundary][1] if boundary < len(ends) else ends[-1][2]
        self.mark = None if unmoved else place
        if unmoved:
            self._index = mine

    def let_go(self) -> tuple[str, int] | None:
        """Release, and return the part and its index among the others where it moved."""
        moved = self.mark is not None and self._index is not None
        drop = (self._key, self._index) if moved and self._index is not None else None
        self._key, self._index, self.mark = "", None, None
        return drop


def paint_mark(painter: QPainter, start: QPointF, end: QPointF, theme: Theme) -> None:
    """Paint a drop mark: 3 px of accent with a dot at its start."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.accent, 3.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(start, end)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.accent)
    painter.drawEllipse(start, 4.0, 4.0)
