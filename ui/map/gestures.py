"""What the mouse does on the canvas: select, drag, judge, pan, and offer what can be added."""

from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from journey.edit import Changes, JudgeExperience
from journey.model.ids import Kind, Ref
from ui.map.cursor import Cursor
from ui.map.drops import DRAGGED, Drop, drop_at
from ui.map.hover import Hover, free_slot
from ui.map.lanes import LaneKind
from ui.map.layout import Box, Hit
from ui.map.paint_experience import Held

if TYPE_CHECKING:
    from ui.map.view import MapView

_Control, _Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
# What an edit may take from under a held handle.
_COLUMNS: Final = frozenset({Kind.JOURNEY, Kind.STAGE, Kind.TOUCHPOINT})
_GRAB: Final = 9.0  # how near to a handle a press takes it, pixels of the screen
_EDGE: Final = 40.0  # how near to the edge a drag scrolls


class Doing(Enum):
    """What the pressed mouse is doing."""

    NOTHING = "nothing"
    PRESSED = "pressed"
    DRAGGING = "dragging"
    JUDGING = "judging"
    PANNING = "panning"
    BANDING = "banding"
    LINKING = "linking"


class Gestures(QObject):
    """Listens to the canvas's viewport."""

    def __init__(self, view: "MapView") -> None:
        super().__init__(view)
        self._view, self._canvas = view, view.canvas
        self.doing = Doing.NOTHING
        self.space_held = False
        self._at = QPointF()
        self._pressed_at = QPointF()
        self._pressed: Hit | None = None
        self._select_on_release: Ref | None = None
        self._hover = Hover(view, self)
        self._add_on_release: Cursor | None = None
        self._band_kept: tuple[Ref, ...] = ()
        self._drop: Drop | None = None
        self._scroller = QTimer(self)
        self._scroller.setInterval(30)
        self._scroller.timeout.connect(self._scroll_at_edge)
        view.canvas.viewport().installEventFilter(self)
        view.document.changed.connect(self._on_changed)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt's virtual: take the mouse's events; all others go their way."""
        kind = event.type()
        if isinstance(event, QMouseEvent):
            if kind == QEvent.Type.MouseButtonPress:
                return self._press(event)
            if kind == QEvent.Type.MouseMove:
                return self._move(event)
            if kind == QEvent.Type.MouseButtonRelease:
                return self._release(event)
            if kind == QEvent.Type.MouseButtonDblClick:
                return self._double(event)
        elif kind == QEvent.Type.Leave:
            self._canvas.map_scene.set_over(hover=None)
        elif isinstance(event, QContextMenuEvent):
            return self._menu(event)
        return False

    def cancel(self) -> bool:
        """Give up what the mouse is doing; True if there was something."""
        if self.doing in {Doing.DRAGGING, Doing.JUDGING, Doing.BANDING, Doing.LINKING}:
            self._canvas.map_scene.set_over(band=None, link=None)
            self._end_drag()
            self._view.hold(None)
            self.doing = Doing.NOTHING
            return True
        return False

    def _on_changed(self, changes: Changes, _origin: QObject | None) -> None:
        """Let go of what an edit took from under the hand: an undo may come in mid-drag."""
        held = self._canvas.map_scene.shown.held
        if held is not None and changes.kinds & _COLUMNS:
            self._view.hold(None)
            self.doing = Doing.NOTHING
        elif self.doing in {Doing.PRESSED, Doing.DRAGGING, Doing.LINKING} and not self._stays():
            self.cancel()
            self.doing = Doing.NOTHING
            self._select_on_release = self._add_on_release = None

    def _stays(self) -> bool:
        """Whether the pressed card is where it was pressed."""
        hit, layout = self._pressed, self._view.layout_now
        if hit is None or hit.ref is None or hit.block is None:
            return True
        if hit.column >= len(layout.columns) or hit.lane >= len(layout.lanes):
            return False
        stack = layout.columns[hit.column].stacks[hit.lane]
        return hit.block < len(stack) and stack[hit.block].ref == hit.ref

    # -- events -------------------------------------------------------------------------------

    def _press(self, event: QMouseEvent) -> bool:
        self._view.editor.finish()
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        self._at = self._pressed_at = event.position()
        pans = event.button() == Qt.MouseButton.MiddleButton or self.space_held
        if pans:
            self.doing = Doing.PANNING
            self._canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return True
        if event.button() != Qt.MouseButton.LeftButton:
            return event.button() == Qt.MouseButton.RightButton
        at = self._canvas.scene_at(event.position())
        handle = self.handle_at(at)
        if handle is not None:
            self.doing = Doing.JUDGING
            self._view.hold(Held(handle, self._value_at(at)))
            return True
        ghost = self._view.ghost_at(at)
        if ghost is not None:
            self._view.acts.add_in(ghost)
            return True
        self._take(self._canvas.map_scene.layout.hit(at.x(), at.y()), event)
        return True

    def _take(self, hit: Hit | None, event: QMouseEvent) -> None:
        """Begin what a press on a card or a free place may become."""
        self._pressed, self._add_on_release, self._band_kept = hit, None, ()
        on_card = hit is not None and hit.ref is not None
        touchpoint = hit is not None and hit.ref is not None and hit.ref.kind is Kind.TOUCHPOINT
        if touchpoint and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.doing = Doing.LINKING
            return
        self.doing = Doing.PRESSED
        if event.modifiers() & (_Control | _Shift) and not on_card:
            self._band_kept = self._view.selection.refs
        else:
            self._select(hit, event)

    def _select(self, hit: Hit | None, event: QMouseEvent) -> None:
        view = self._view
        if hit is None:
            view.put_cursor(None)
            view.select(())
            return
        if view.layout_now.lanes[hit.lane].folded:
            view.choices.toggle_fold(view.layout_now.lanes[hit.lane].spec.key)
            return
        if hit.ref is None and self._canvas.map_scene.over.hover is not None:
            hover = self._canvas.map_scene.over.hover[0]
            at = self._canvas.scene_at(event.position())
            if hover.contains(at.x(), at.y()):
                self._add_on_release = Cursor(
                    hit.column, hit.lane, free_slot(self._canvas.map_scene.layout, hit)
                )
                return
        cursor = Cursor(hit.column, hit.lane, hit.block or 0)
        if hit.ref is None:
            view.put_cursor(
                Cursor(hit.column, hit.lane, free_slot(self._canvas.map_scene.layout, hit))
            )
            view.select(())
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            view.put_cursor(cursor)
            view.selection.toggle(hit.ref, view)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            view.acts.select_to(cursor)
        elif hit.ref in view.selection.refs and len(view.selection.refs) > 1:
            # A press on one of several may begin to drag them all; a click alone picks one.
            self._select_on_release = hit.ref
            view.put_cursor(cursor)
        else:
            view.put_cursor(cursor)
            view.select((hit.ref,))

    def _move(self, event: QMouseEvent) -> bool:
        before, self._at = self._at, event.position()
        if self.doing is Doing.PANNING:
            moved = self._at - before
            for bar, by in (
                (self._canvas.horizontalScrollBar(), moved.x()),
                (self._canvas.verticalScrollBar(), moved.y()),
            ):
                bar.setValue(bar.value() - round(by))
        elif self.doing is Doing.JUDGING:
            held = self._canvas.map_scene.shown.held
            if held is not None:
                at = self._canvas.scene_at(self._at)
                self._view.hold(Held(held.column, self._value_at(at)))
        elif self.doing is Doing.PRESSED:
            far = (self._at - self._pressed_at).manhattanLength()
            if far >= QApplication.startDragDistance():
                if self._pressed is None or self._pressed.ref is None:
                    self._add_on_release = None
                    self.doing = Doing.BANDING
                    self._band()
                elif self._begin_drag():
                    self._drag()
        elif self.doing is Doing.BANDING:
            self._band()
        elif self.doing is Doing.LINKING:
            self._link()
        elif self.doing is Doing.DRAGGING:
            self._drag()
        else:
            self._hover.move(self._at, self.handle_at)
        return True

    def _release(self, event: QMouseEvent) -> bool:
        doing, self.doing = self.doing, Doing.NOTHING
        if doing is Doing.PANNING:
            self._canvas.viewport().unsetCursor()
        elif doing is Doing.JUDGING:
            self._judge()
        elif doing is Doing.DRAGGING:
            drop, self._drop = self._drop, None
            self._end_drag()
            if drop is not None and drop.command is not None:
                self._view.run(drop.command)
        elif doing is Doing.BANDING:
            self._canvas.map_scene.set_over(band=None)
        elif doing is Doing.LINKING:
            self._join()
        elif doing is Doing.PRESSED and self._add_on_release is not None:
            self._view.acts.add_in(self._add_on_release)
        elif doing is Doing.PRESSED and self._select_on_release is not None:
            self._view.select((self._select_on_release,))
        self._add_on_release = None
        self._select_on_release = None
        return event.button() != Qt.MouseButton.RightButton

    def _double(self, event: QMouseEvent) -> bool:
        if event.button() != Qt.MouseButton.LeftButton:
            return True
        at = self._canvas.scene_at(event.position())
        hit = self._canvas.map_scene.layout.hit(at.x(), at.y())
        self.doing = Doing.NOTHING
        if hit is not None and not self._view.layout_now.lanes[hit.lane].folded:
            slot = free_slot(self._canvas.map_scene.layout, hit) if hit.block is None else hit.block
            self._view.acts.edit(Cursor(hit.column, hit.lane, slot))
        return True

    def _menu(self, event: QContextMenuEvent) -> bool:
        at = self._canvas.scene_at(QPointF(event.pos()))
        hit = self._canvas.map_scene.layout.hit(at.x(), at.y())
        if hit is not None and hit.ref is not None and hit.ref not in self._view.selection.refs:
            self._view.put_cursor(Cursor(hit.column, hit.lane, hit.block or 0))
            self._view.select((hit.ref,))
        self._view.menus.open_card(hit, event.globalPos())
        return True

    # -- band and transitions -----------------------------------------------------------------

    def _band(self) -> None:
        """Select every card the frame touches, beside what was selected before with Ctrl."""
        start = self._canvas.scene_at(self._pressed_at)
        end = self._canvas.scene_at(self._at)
        left, top = min(start.x(), end.x()), min(start.y(), end.y())
        band = Box(left, top, abs(end.x() - start.x()), abs(end.y() - start.y()))
        self._canvas.map_scene.set_over(band=band, hover=None)
        found = tuple(self._view.layout_now.cards_in(band))
        self._view.select((*self._band_kept, *found))

    def _link(self) -> None:
        start = self._touchpoint_top(self._pressed)
        if start is not None:
            end = self._canvas.scene_at(self._at)
            self._canvas.map_scene.set_over(link=(start, end), hover=None)

    def _join(self) -> None:
        """Draw a transition to the touchpoint under the pointer."""
        self._canvas.map_scene.set_over(link=None)
        at = self._canvas.scene_at(self._at)
        layout = self._view.layout_now
        column = layout.column_at(at.x())
        target = layout.columns[column].touchpoint if column is not None else None
        if target is not None and self._pressed is not None and self._pressed.ref is not None:
            self._view.acts.link((self._pressed.ref.id, target.id))

    def _touchpoint_top(self, hit: Hit | None) -> QPointF | None:
        if hit is None or hit.block is None:
            return None
        box = self._view.layout_now.block_box(hit.column, hit.lane, hit.block)
        return QPointF(box.x + box.width / 2, box.y)

    # -- the experience line ------------------------------------------------------------------

    def handle_at(self, at: QPointF) -> int | None:
        """Return the column whose judged handle is at a point of the scene."""
        layout = self._canvas.map_scene.layout
        lane = layout.lane_of(LaneKind.EXPERIENCE)
        column = layout.column_at(at.x())
        if lane is None or column is None or layout.lanes[lane].folded:
            return None
        judged = layout.experience.points[column].judged
        if judged is None:
            return None
        centre = QPointF(
            (column + 0.5) * layout.shape.column,
            layout.lanes[lane].top + layout.experience.y(judged),
        )
        away = (at - centre) * self._canvas.zoom
        return column if max(abs(away.x()), abs(away.y())) <= _GRAB else None

    def _value_at(self, at: QPointF) -> float:
        layout = self._canvas.map_scene.layout
        lane = layout.lane_of(LaneKind.EXPERIENCE)
        assert lane is not None
        return layout.experience.value(at.y() - layout.lanes[lane].top)

    def _judge(self) -> None:
        """Push one command for the whole move."""
        held = self._canvas.map_scene.shown.held
        self._view.hold(None)
        if held is None:
            return
        layout = self._view.layout_now
        touchpoint = layout.columns[held.column].touchpoint
        if touchpoint is not None and layout.experience.points[held.column].judged != held.value:
            self._view.run(JudgeExperience(touchpoint.id, held.value, self._view.persona))

    # -- dragging cards -----------------------------------------------------------------------

    def _begin_drag(self) -> bool:
        hit = self._pressed
        if hit is None or hit.ref is None or hit.block is None or hit.ref.kind not in DRAGGED:
            return False
        lane = self._view.layout_now.lanes[hit.lane].spec.kind
        if lane in {LaneKind.METRICS, LaneKind.OWNER} or self._view.read_only:
            return False
        if hit.ref.kind is Kind.TOUCHPOINT and self._view.lock.refuses():
            return False
        self.doing = Doing.DRAGGING
        self._select_on_release = None
        self._canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._canvas.map_scene.set_over(hover=None, cursor=None)
        self._scroller.start()
        return True

    def _drag(self) -> None:
        hit, scene = self._pressed, self._canvas.map_scene
        if hit is None or hit.ref is None or hit.block is None:
            return
        at = self._canvas.scene_at(self._at)
        home = scene.layout.block_box(hit.column, hit.lane, hit.block)
        moved = at - self._canvas.scene_at(self._pressed_at)
        away = Box(home.x + moved.x(), home.y + moved.y(), home.width, home.height)
        others = tuple(
            ref
            for ref in self._view.selection.refs
            if ref != hit.ref and ref.kind is hit.ref.kind and ref.kind is not Kind.NOTE
        )
        first = scene.over.lifted is None
        self._drop = drop_at(self._view.workspace, scene.layout, hit, others, at)
        mark = None if self._drop is None else (self._drop.start, self._drop.end)
        scene.set_over(lifted=(hit.ref, home, away), drop=mark)
        if first:
            scene.refresh_columns((hit.column,))

    def _end_drag(self) -> None:
        self._scroller.stop()
        self._canvas.viewport().unsetCursor()
        self._drop = None
        scene = self._canvas.map_scene
        if scene.over.lifted is not None:
            scene.set_over(lifted=None, drop=None)
            if self._pressed is not None:
                scene.refresh_columns((self._pressed.column,))

    def _scroll_at_edge(self) -> None:
        size = self._canvas.viewport().size()
        for bar, place, room in (
            (self._canvas.horizontalScrollBar(), self._at.x(), size.width()),
            (self._canvas.verticalScrollBar(), self._at.y(), size.height()),
        ):
            by = -14 if place < _EDGE else 14 if place > room - _EDGE else 0
            if by and bar.minimum() <= bar.value() + by <= bar.maximum():
                bar.setValue(bar.value() + by)
                # The pressed point stays with the card, so the ghost goes on with the pointer.
                shift = (
                    QPointF(by, 0)
                    if bar is self._canvas.horizontalScrollBar()
                    else (QPointF(0, by))
                )
                self._pressed_at -= shift
                self._drag()
