"""The wall: the touchpoints of a stage in columns, their stickies beneath them."""

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from journey.model.ids import Ref
from journey.model.workspace import Column
from ui.map.editor import CellEditor
from ui.shell.drawing import fill_rect
from ui.shell.theme import active_theme
from ui.shell.type import font
from ui.workshop.acts import ids_in
from ui.workshop.cards import (
    COLUMN_GAP,
    EDGE,
    GAP,
    PAD,
    ROOMY,
    TIGHT,
    Card,
    Shown,
    sticky_cards,
    touchpoint_cards,
)
from ui.workshop.fade import Fade
from ui.workshop.lift import Lift
from ui.workshop.paint import RING, paint_card
from ui.workshop.sorts import Sort, word

_LEAST: Final = 280.0
_MOST: Final = 560.0
_MOST_OF_HEADS: Final = 0.4  # of the height; long names take smaller letters rather than more
HEAD: Final = -1  # the row of the touchpoints


class Wall(QAbstractScrollArea):
    """Shows columns and moves among their cards. A page of columns shows whole, never a part.

    Attributes:
        moved: another card is the current one. paged: other columns are shown.
        renamed: (Ref, text) typed over a card. dropped: (Ref, Drop) where a card was dragged.
        menu_wanted: (global position), the card there chosen. tabbed: +1 or −1.
    """

    moved = Signal()
    paged = Signal()
    renamed = Signal(object, str)
    dropped = Signal(object, object)
    menu_wanted = Signal(QPoint)
    tabbed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.viewport().setAutoFillBackground(False)
        self.columns: tuple[Column, ...] = ()
        self.shown = Shown()
        self.fit = ROOMY  # set before the wall is laid out in another room
        self.first = 0
        self.column, self.row = 0, HEAD
        self._heads: list[Card] = []
        self._stacks: list[list[Card]] = []
        self._head_height = 0.0
        self._editing: Ref | None = None
        self.fade = Fade(self.viewport())
        self.lift = Lift(self)
        self.may_drag = True
        self.editor = CellEditor(self.viewport())
        self.editor.committed.connect(self._on_typed)
        self.editor.cancelled.connect(self._on_left)
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)
        self.setAccessibleName(self.tr("Touchpoints and what hurts at them"))

    # -- what is shown ------------------------------------------------------------------------

    def show_columns(self, columns: tuple[Column, ...], shown: Shown) -> None:
        """Show the columns of a stage; the current place stays as far as it is there."""
        self.fade.end()
        self.lift.cancel()
        self.columns, self.shown = columns, shown
        self.column = min(self.column, max(len(columns) - 1, 0))
        self._lay_out()
        self.row = min(self.row, len(self.stack(self.column)) - 1)
        self._keep_page()
        self._tell()
        self.viewport().update()

    @property
    def per_page(self) -> int:
        """How many columns fit whole."""
        room = self.viewport().width() - 2 * RING
        return max(int((room + COLUMN_GAP) // (_LEAST + COLUMN_GAP)), 1)

    @property
    def current(self) -> Ref | None:
        """The card with the ring."""
        card = self._current_card()
        return card.ref if card else None

    @property
    def touchpoint(self) -> str | None:
        """The touchpoint words go to."""
        return self.columns[self.column].touchpoint.id if self.columns else None

    def cards(self) -> list[Card]:
        """Return every card in the shown columns, heads first."""
        return [*self._heads, *(card for stack in self._stacks for card in stack)]

    def _lay_out(self) -> None:
        width, view = self._column_width(), self.viewport().height()
        shown = self.columns[self.first : self.first + self.per_page]
        lefts = [RING + place * (width + COLUMN_GAP) for place in range(len(shown))]
        places = list(zip(shown, lefts, strict=True))
        self._heads = touchpoint_cards(places, RING, width, self.shown, fit=self.fit)
        if any(head.rect.height() > _MOST_OF_HEADS * view for head in self._heads):
            self._heads = touchpoint_cards(places, RING, width, self.shown, fit=TIGHT)
        self._stacks = [
            sticky_cards(c, left, width, self.shown, fit=self.fit) for c, left in places
        ]
        tallest = max((c.rect.height() for c in self._heads), default=0.0)
        self._head_height = tallest + GAP if self._heads else 0.0
        deepest = max((s[-1].rect.bottom() for s in self._stacks if s), default=0.0)
        room = view - self._stack_top
        bar = self.verticalScrollBar()
        bar.setPageStep(max(round(room), 1))
        bar.setRange(0, max(round(deepest + 2 * RING - room), 0))

    @property
    def _stack_top(self) -> float:
        return RING + self._head_height

    def _column_width(self) -> float:
        count = max(min(self.per_page, len(self.columns)), 1)
        room = self.viewport().width() - 2 * RING
        return float(min((room - (count - 1) * COLUMN_GAP) // count, _MOST))

    @property
    def stack_offset(self) -> float:
        """How far the scrolled part lies below the top of the window."""
        return self._stack_top - self.verticalScrollBar().value()

    def head(self, column: int) -> Card | None:
        """Return the card of a touchpoint, None where it is not on this page."""
        at = column - self.first
        return self._heads[at] if 0 <= at < len(self._heads) else None

    def column_at(self, x: float) -> int | None:
        """Return the column nearest an x of the window, None beside them all."""
        near = [c for c in range(len(self._heads)) if self._reaches(self._heads[c].rect, x)]
        return self.first + near[0] if near else None

    @staticmethod
    def _reaches(rect: QRectF, x: float) -> bool:
        return rect.left() - COLUMN_GAP / 2 <= x < rect.right() + COLUMN_GAP / 2

    def stack(self, column: int) -> list[Card]:
        """Return what hangs on a touchpoint of this page."""
        at = column - self.first
        return self._stacks[at] if 0 <= at < len(self._stacks) else []

    def _current_card(self) -> Card | None:
        if not self.columns:
            return None
        if self.row == HEAD:
            return self.head(self.column)
        stack = self.stack(self.column)
        return stack[self.row] if self.row < len(stack) else None

    # -- moving -------------------------------------------------------------------------------

    def go(self, column: int, row: int = HEAD) -> None:
        """Make a card the current one and show it."""
        if not self.columns:
            return
        self.column = min(max(column, 0), len(self.columns) - 1)
        self._keep_page()
        self.row = min(max(row, HEAD), len(self.stack(self.column)) - 1)
        self.reveal()
        self._tell()
        self.viewport().update()
        self.moved.emit()

    def go_to(self, ref: Ref) -> bool:
        """Make an object's card the current one; False where it does not hang here."""
        for at, column in enumerate(self.columns):
            if column.touchpoint.id == ref.id:
                self.go(at)
                return True
            hanging = ids_in(column)
            if ref.id in hanging:
                self.go(at, hanging.index(ref.id))
                return True
        return False

    def step(self, across: int, down: int) -> bool:
        """Move by a card; False where there is none that way."""
        column, row = self.column + across, self.row + down
        if not 0 <= column < len(self.columns) or row < HEAD:
            return False
        if down and row >= len(self.stack(column)):
            return False
        self.go(column, row)
        return True

    def turn(self, by: int) -> None:
        """Show the next page of columns (+1) or the one before (−1)."""
        first = self.first + by * self.per_page
        if 0 <= first < len(self.columns):
            self.go(first)

    def reveal(self) -> None:
        """Scroll to the current card."""
        card = self._current_card()
        if card is None or self.row == HEAD:
            return
        bar, room = self.verticalScrollBar(), self.viewport().height() - self._stack_top
        top, bottom = card.rect.top(), card.rect.bottom() + 2 * RING
        if bottom - bar.value() > room:
            # From the top of a card on, where one begins there: half a card says nothing.
            starts = (c.rect.top() for c in self.stack(self.column) if c.rect.top() <= top)
            bar.setValue(round(min((y for y in starts if y >= bottom - room), default=top)))
        if top < bar.value():
            bar.setValue(round(top))

    def _keep_page(self) -> None:
        """Show the page of the current column."""
        first = self.column // self.per_page * self.per_page
        # The last page is filled up, so that no place stays empty.
        first = max(min(first, len(self.columns) - self.per_page), 0)
        if self.first != first:
            self.first = first
            self._lay_out()
        self.paged.emit()

    def _tell(self) -> None:
        card = self._current_card()
        text = ""
        if card is not None:
            line = f", {card.line}" if card.line else ""
            votes = f", {card.votes} {self.tr('votes')}" if card.votes is not None else ""
            text = f"{word(card.sort)}: {card.words}{line}{votes if card.sort is Sort.PAIN else ''}"
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
            event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)

    # -- typing over a card -------------------------------------------------------------------

    def edit(self) -> None:
        """Let the current card's words be typed anew where they stand."""
        card = self._current_card()
        if card is None:
            return
        self._editing = card.ref
        down = 0.0 if self.row == HEAD else self.stack_offset
        rect = card.rect.translated(0, down)
        at = QRectF(card.text_at + QPointF(0, down), rect.bottomRight() - QPointF(PAD, EDGE))
        face = font(card.fit.size, 600 if self.row == HEAD else 500)
        self.editor.begin(card.words, rect, at, face, card.fit.line)
        self.editor.setAccessibleName(self.tr("Words of the card"))

    def _on_typed(self, text: str, _onward: object) -> None:
        ref, self._editing = self._editing, None
        if ref is not None:
            self.renamed.emit(ref, text)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_left(self) -> None:
        self._editing = None
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- Qt's virtuals --------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Qt's virtual: two columns of two stickies."""
        return QSize(800, 480)

    def minimumSizeHint(self) -> QSize:
        """Qt's virtual: one column, a touchpoint and part of a sticky."""
        return QSize(round(_LEAST), 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual."""
        super().resizeEvent(event)
        self.editor.finish()
        self._lay_out()
        self._keep_page()
        self.reveal()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: heads stay, stickies scroll beneath them."""
        theme = active_theme()
        view = QRectF(self.viewport().rect())
        with QPainter(self.viewport()) as painter:
            fill_rect(painter, view, theme.window)
            current = self._current_card()
            painter.save()
            painter.setClipRect(view.adjusted(0, self._stack_top - RING, 0, 0))
            painter.translate(0, self.stack_offset)
            for stack in self._stacks:
                for card in stack:
                    paint_card(painter, card, theme, current=card is current, near=False)
            self.lift.paint_place(painter, theme, head=False)
            painter.restore()
            for at, head in enumerate(self._heads):
                near = at + self.first == self.column
                paint_card(painter, head, theme, current=head is current, near=near)
            self.lift.paint_place(painter, theme, head=True)
            self.lift.paint(painter, theme)
            self.fade.paint(painter)

    def card_at(self, place: QPointF) -> tuple[int, int] | None:
        """Return column and row of the card at a place of the window."""
        for at, head in enumerate(self._heads):
            if head.rect.contains(place):
                return self.first + at, HEAD
        if place.y() < self._stack_top - RING:
            return None
        within = place - QPointF(0, self.stack_offset)
        for at, stack in enumerate(self._stacks):
            for row, card in enumerate(stack):
                if card.rect.contains(within):
                    return self.first + at, row
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a press chooses a card, and may begin to drag it."""
        found = self.card_at(event.position())
        if found is None:
            return
        self.go(*found)
        card = self._current_card()
        if event.button() == Qt.MouseButton.LeftButton and card is not None and self.may_drag:
            self.lift.press(card, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a pressed card follows the pointer."""
        if self.lift.move(event.position()):
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.viewport().update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Qt's virtual: drop the card where its mark stands."""
        done = self.lift.let_go()
        self.viewport().unsetCursor()
        self.viewport().update()
        if done is not None:
            self.dropped.emit(*done)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's virtual: a menu for the card under the pointer, or the chosen one by key."""
        place = event.globalPos()
        card = self._current_card()
        if event.reason() != QContextMenuEvent.Reason.Keyboard:
            found = self.card_at(QPointF(event.pos()))
            if found is not None:
                self.go(*found)
        elif card is not None:
            down = 0.0 if self.row == HEAD else self.stack_offset
            at = card.rect.translated(0, down).center().toPoint()
            place = self.viewport().mapToGlobal(at)
        self.menu_wanted.emit(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a double click types over it."""
        if self.card_at(event.position()) is not None:
            self.edit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's virtual: the wheel scrolls, with Shift it turns the page."""
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or event.angleDelta().x():
            delta = event.angleDelta().x() or event.angleDelta().y()
            self.turn(-1 if delta > 0 else 1)
            return
        super().wheelEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Qt's virtual: Tab goes to the next touchpoint; refused, it would go on to the window."""
        self.tabbed.emit(1 if forward else -1)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: every key is the workshop's."""
        event.ignore()
