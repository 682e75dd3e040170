"""One page of a picture: what of it stands where, with stages and lane names repeated."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPainterPath

from ui.render.windows import Window, belongs


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        across, down: what of the picture it shows, logical pixels; frozen strips left out.
        hidden: cards that reach into it and stand whole on another page.
    """

    across: Window
    down: Window
    hidden: tuple[QRectF, ...] = ()

    @property
    def part(self) -> QRectF:
        """What of the picture the page shows."""
        corner = QPointF(self.across.start, self.down.start)
        return QRectF(corner, QPointF(self.across.end, self.down.end))

    def shows(self, card: QRectF) -> bool:
        """Whether the page shows a card, and all of it."""
        whole = self.part.adjusted(-0.1, -0.1, 0.1, 0.1).contains(card)
        return whole and card not in self.hidden

    def clip(self, painter: QPainter) -> None:
        """Keep the painter to the part, without the cards that stand on another page."""
        path = QPainterPath()
        path.addRect(self.part)
        for rect in self.hidden:
            gone = QPainterPath()
            gone.addRect(rect.adjusted(-1, -1, 1, 1))
            path = path.subtracted(gone)
        painter.setClipPath(path)


def hidden_in(
    across: Window,
    down: Window,
    cards: Sequence[QRectF],
    columns: Sequence[Window],
    rows: Sequence[Window],
) -> tuple[QRectF, ...]:
    """Return the cards that reach into a page and stand whole on another one."""
    part = QRectF(
        QPointF(across.start, down.start), QSizeF(across.end - across.start, down.end - down.start)
    )
    here = columns.index(across), rows.index(down)
    found = []
    for card in cards:
        if not card.intersects(part):
            continue
        home = (
            belongs((card.left(), card.right()), columns),
            belongs((card.top(), card.bottom()), rows),
        )
        if None not in home and home != here:
            found.append(card)
    return tuple(found)
