"""A card that is dragged over the wall: where it was taken, where it is, where it would go."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from journey.model.ids import Ref
from ui.map.grip import paint_mark
from ui.shell.drawing import draw_box, fill_rect
from ui.shell.theme import Theme
from ui.workshop.cards import COLUMN_GAP, GAP, Card
from ui.workshop.paint import RING, paint_card
from ui.workshop.sorts import Sort

if TYPE_CHECKING:
    from ui.workshop.wall import Wall


class Drop(NamedTuple):
    """A place to drop at: a column of the stage, and how many of the card's sort stay before it.

    Of a touchpoint the column is that it goes before, the row is 0.
    """

    column: int
    row: int


class Lift:
    """Follows the pressed mouse from card to place; points are those of the wall's viewport."""

    def __init__(self, wall: "Wall") -> None:
        self._wall = wall
        self._card: Card | None = None
        self._from = self._at = QPointF()
        self.is_up = False
        self.drop: Drop | None = None

    @property
    def ref(self) -> Ref | None:
        """The card that is dragged."""
        return self._card.ref if self.is_up and self._card is not None else None

    def press(self, card: Card, at: QPointF) -> None:
        """Remember what was pressed; a click alone lifts nothing."""
        self._card, self._from, self._at = card, at, at
        self.is_up = False

    def move(self, at: QPointF) -> bool:
        """Follow the pointer; True where the card is off its place."""
        if self._card is None:
            return False
        self._at = at
        far = (at - self._from).manhattanLength() >= QApplication.startDragDistance()
        self.is_up = self.is_up or far
        self.drop = self._place() if self.is_up else None
        return self.is_up

    def let_go(self) -> tuple[Ref, Drop] | None:
        """End the drag; the card and where it goes, None where it stays."""
        done = None
        if self.is_up and self._card is not None and self.drop is not None:
            done = (self._card.ref, self.drop)
        self.cancel()
        return done

    def cancel(self) -> bool:
        """Leave everything as it was; True if a card was off its place."""
        was, self.is_up = self.is_up, False
        self._card = self.drop = None
        return was

    def _place(self) -> Drop | None:
        """Return where the card would go, None where it stays or cannot be."""
        wall, card = self._wall, self._card
        assert card is not None
        at = self._at
        column = wall.column_at(at.x())
        if column is None:
            return None
        if card.sort is Sort.TOUCHPOINT:
            head = wall.head(column)
            after = head is not None and at.x() > head.rect.center().x()
            return Drop(column + after, 0)
        y = at.y() - wall.stack_offset
        mine = [c for c in wall.stack(column) if c.sort is card.sort and c.ref != card.ref]
        return Drop(column, sum(y > c.rect.center().y() for c in mine))

    def paint_place(self, painter: QPainter, theme: Theme, *, head: bool) -> None:
        """Paint the outline of where it was over card and ring, with its row's cards."""
        card = self._card
        if not self.is_up or card is None or head is not (card.sort is Sort.TOUCHPOINT):
            return
        fill_rect(painter, card.rect.adjusted(-RING, -RING, RING, RING), theme.window)
        style = Qt.PenStyle.DashLine
        draw_box(painter, card.rect, 6, theme.window, line=theme.outline, width=1.5, style=style)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint the card under the pointer, and over it the mark of where it would go."""
        if not self.is_up or self._card is None:
            return
        card = self._card
        down = 0.0 if card.sort is Sort.TOUCHPOINT else self._wall.stack_offset
        moved = self._at - self._from
        painter.save()
        painter.setOpacity(0.9)
        painter.translate(moved.x(), moved.y() + down)
        shade = card.rect.adjusted(2, 4, 2, 6)
        draw_box(painter, shade, 8, theme.hairline)
        paint_card(painter, card, theme, current=False, near=False)
        painter.restore()
        mark = self._mark(self.drop) if self.drop is not None else None
        if mark is not None:
            paint_mark(painter, *mark, theme)

    def _mark(self, drop: Drop) -> tuple[QPointF, QPointF] | None:
        wall, card = self._wall, self._card
        assert card is not None
        if card.sort is Sort.TOUCHPOINT:
            before, after = wall.head(drop.column - 1), wall.head(drop.column)
            beside = after or before
            if beside is None:
                return None
            rect = beside.rect
            x = rect.left() - COLUMN_GAP / 2 if after else rect.right() + COLUMN_GAP / 2
            return QPointF(max(x, 3.0), rect.top()), QPointF(max(x, 3.0), rect.bottom())
        head = wall.head(drop.column)
        if head is None:
            return None
        y = self._between(drop) + wall.stack_offset
        return QPointF(head.rect.left(), y), QPointF(head.rect.right(), y)

    def _between(self, drop: Drop) -> float:
        """Return the height between the cards a dropped one would stand between."""
        card, stack = self._card, self._wall.stack(drop.column)
        assert card is not None
        mine: list[QRectF] = [c.rect for c in stack if c.sort is card.sort and c.ref != card.ref]
        if drop.row < len(mine):
            return mine[drop.row].top() - GAP / 2
        if mine:
            return mine[-1].bottom() + GAP / 2
        # The first of its sort: pain points above all, the others below them.
        first = card.sort is Sort.PAIN or not stack
        return -GAP / 2 if first else stack[-1].rect.bottom() + GAP / 2
