"""The map screen: toolbar, canvas and overview around one board."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QSizeF, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journey.edit import Changes, Command
from journey.model.ids import JourneyId, Kind, PersonaId, Ref
from journey.model.workspace import Workspace, ordered_journeys
from ui.map.acts import Acts
from ui.map.ask_bar import AskBar
from ui.map.board import Board
from ui.map.canvas import MapCanvas
from ui.map.choices import LaneChoices
from ui.map.clips import Clips
from ui.map.cursor import STAGE_ROW, Cursor, box_at, clamped, first_place, ref_at, unringed_box
from ui.map.damage import Damage
from ui.map.editor import CellEditor
from ui.map.figures import MapFigures
from ui.map.find_bar import FindBar
from ui.map.folds import fold_texts
from ui.map.following import Following
from ui.map.gestures import Gestures
from ui.map.keys import Keys
from ui.map.lanes import LaneKind
from ui.map.layout import Box, Hit, MapLayout, steps
from ui.map.lettering import QtLettering
from ui.map.locking import StructureLock
from ui.map.menus import Menus
from ui.map.overview import Overview
from ui.map.paint_experience import Held
from ui.map.picture import paint_picture, picture_size
from ui.map.scene import MapScene
from ui.map.signs import boxes_of, ghosts, hint, links
from ui.map.speech import describe, lanes_shown, map_name
from ui.map.toolbar import MapToolbar
from ui.map.writing import Writing
from ui.selection import Selection

if TYPE_CHECKING:
    from ui.document import DocumentModel


class MapView(QWidget):
    """The map of one journey.

    It runs commands on the document, follows its changes, and shares the selection.

    Attributes:
        noted: (icon, sentence) for the status bar.
        journey_made: the id of a journey that was pasted, to be shown.
    """

    noted = Signal(str, str)
    journey_made = Signal(str)

    def __init__(
        self, document: "DocumentModel", selection: Selection, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.document, self.selection = document, selection
        journeys = ordered_journeys(document.workspace)
        journey = journeys[0].id if journeys else JourneyId("")
        self._board = Board(document.workspace, journey, QtLettering())
        self.following = Following(self)
        self.cell: Cursor | None = None
        self.choices = LaneChoices(self)
        self._seen = (1.0, Box(0, 0, 0, 0))
        self.scene = MapScene(self.board.layout, self._lettering(), self)
        self.canvas = MapCanvas(self.scene, self)
        self.editor = CellEditor(self.canvas)
        self.overview = Overview(self.canvas, self)
        self.ask_bar, self.find_bar = AskBar(self), FindBar(self)
        self.acts = Acts(self)
        self.clips = Clips(self)
        self.writing = Writing(self)
        self.gestures = Gestures(self)
        self.keys = Keys(self)
        self.menus = Menus(self)
        self.lock = StructureLock(self)
        self.toolbar = MapToolbar(self.menus.lanes, self.menus.add, self.menus.personas, self)
        self._stack_parts()
        self._connect_parts()
        self.choices.follow()
        self.show_everything()

    def _lettering(self) -> QtLettering:
        assert isinstance(self.board.lettering, QtLettering)
        return self.board.lettering

    def _stack_parts(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.toolbar, self.ask_bar, self.find_bar, self.canvas, self.overview):
            column.addWidget(part)
        column.setStretchFactor(self.canvas, 1)
        self.setFocusProxy(self.canvas)
        self.setAccessibleName(self.tr("Map"))
        self.canvas.tab_taker = self.keys.tab

    def _connect_parts(self) -> None:
        self.canvas.viewed.connect(self._viewed)
        self.canvas.entered_by_key.connect(self._entered)
        self.canvas.stages.pressed.connect(self.acts.press_stage)
        self.canvas.stages.renaming.connect(self.writing.rename_stage)
        self.canvas.stages.menu_wanted.connect(self.menus.open_stage)
        self.canvas.stages.adding.connect(self.acts.add_stage)
        self.canvas.stages.moved.connect(self.acts.drop_stage)
        self.canvas.names.moved.connect(self.choices.move)
        self.canvas.names.toggled.connect(self.choices.toggle_fold)
        self.canvas.names.renaming.connect(self.writing.rename_lane)
        self.canvas.names.menu_wanted.connect(self.menus.open_lane)
        self.editor.committed.connect(self.writing.finished)
        self.editor.cancelled.connect(self.writing.abandoned)
        self.editor.spread.connect(self.writing.spread)
        self.toolbar.zoom.stepped.connect(self.canvas.step_zoom)
        self.toolbar.fit.clicked.connect(self.fit)

    # -- what is shown ------------------------------------------------------------------------

    @property
    def board(self) -> Board:
        """The board of this moment: what happened out of sight is followed before it is asked."""
        self.following.catch_up()
        return self._board

    @property
    def layout_now(self) -> MapLayout:
        """The layout of this moment."""
        return self.board.layout

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        return self.document.workspace

    @property
    def journey(self) -> JourneyId:
        """The journey shown."""
        return self.board.journey

    @property
    def persona(self) -> PersonaId | None:
        """The persona whose judgements are shown."""
        return self.board.persona

    @property
    def read_only(self) -> bool:
        """Whether edits are refused."""
        return self.document.read_only

    def set_journey(self, journey: JourneyId) -> None:
        """Show another journey; the one shown already stays as it is, cursor and all."""
        if journey == self.journey and journey in self.workspace.journeys:
            return
        self.editor.finish()
        self.put_cursor(None)
        self.board.show(self.workspace, journey)
        self.choices.follow()
        self.show_everything()

    def set_figures(self, figures: MapFigures) -> None:
        """Show what was measured; the same figures again leave all as it is."""
        if figures != self.board.figures and self.board.set_figures(figures):
            self.show_everything(soon=True)

    def set_persona(self, persona: PersonaId | None) -> None:
        """Show and edit the judgements made for a persona (None: for all)."""
        self.board.set_persona(persona)
        self.show_everything()

    def fit(self) -> None:
        """Show the whole map."""
        self.canvas.fit()

    def zoom_to_selection(self) -> None:
        """Show what is selected as large as the window allows, at most 200 %."""
        self.canvas.zoom_to(boxes_of(self.board, self.selection.refs))

    def picture_size(self) -> QSizeF:
        """Return the size of the whole map as a picture, logical pixels."""
        self.following.catch_up()
        return picture_size(self.scene)

    def paint_picture(self, painter: QPainter) -> None:
        """Paint the whole map with its stages and lane names, as vectors, without selection."""
        self.following.catch_up()
        paint_picture(painter, self.scene)

    # -- commands and selection -----------------------------------------------------------------

    def run(self, command: Command) -> bool:
        """Run a command on the document."""
        return self.document.run(command, self)

    def select(self, refs: tuple[Ref, ...]) -> None:
        """Select objects for every view."""
        self.selection.set(refs, self)

    def put_cursor(self, cursor: Cursor | None) -> None:
        """Move the keyboard's place without selecting."""
        self.cell = cursor
        self._mark()

    def go(self, cursor: Cursor, extend: bool = False) -> None:
        """Move the keyboard's place, select what stands there, and show it."""
        place = clamped(self.layout_now, cursor)
        if place is None:
            return
        ref = ref_at(self.layout_now, place)
        self.cell = place
        if extend and ref is not None:
            self.select((*(r for r in self.selection.refs if r != ref), ref))
        else:
            self.select(() if ref is None else (ref,))
        self._mark()
        self.reveal_cursor()
        self._announce()

    def reveal_cursor(self) -> None:
        """Scroll to the keyboard's place; the row of stages is always in sight."""
        if self.cell is not None:
            box = box_at(self.layout_now, self.cell)
            if self.cell.lane == STAGE_ROW:
                box = Box(box.x, self.canvas.visible().y, box.width, 1.0)
            self.canvas.reveal(box)

    def place_of(self, ref: Ref) -> Hit | None:
        """Return where an object stands, None if this map does not show it."""
        columns = self.board.columns_showing(ref)
        return next(self.layout_now.places(ref, columns), None)

    def reveal_current(self) -> None:
        """Scroll to what is selected."""
        current = self.selection.current
        place = self.place_of(current) if current else None
        if place is not None:
            self.cell = Cursor(place.column, place.lane, place.block or 0)
            self.canvas.reveal(box_at(self.layout_now, self.cell))
            self._mark()

    def ghost_at(self, at: QPointF) -> Cursor | None:
        """Return the cell of the empty stage's place at a point of the scene."""
        lane = self.layout_now.lane_of(LaneKind.TOUCHPOINTS)
        for box, _text in self.scene.shown.ghosts:
            if lane is not None and box.contains(at.x(), at.y()):
                return Cursor(int(box.x // self.layout_now.shape.column), lane)
        return None

    def hold(self, held: Held | None) -> None:
        """Show a judged handle while it is moved; None lets it go."""
        before, self.scene.shown.held = self.scene.shown.held, held
        self.scene.refresh_columns(tuple(h.column for h in (before, held) if h), wide=True)

    # -- following -----------------------------------------------------------------------------

    def absorb(self, changes: Changes) -> None:
        """Show what an edit changed."""
        if any(c.ref == (Kind.JOURNEY, self.journey) for c in changes.items if c.after is None):
            journeys = ordered_journeys(self.workspace)
            self.set_journey(journeys[0].id if journeys else JourneyId(""))
            return
        damage = self.board.absorb(changes)
        if Kind.TRANSITION in changes.kinds:
            self.scene.set_over(links=links(self.workspace, self.board, self.selection.refs))
        lockable = Kind.JOURNEY in changes.kinds
        wholly = lockable and (self.choices.follow() or self.lock.is_on != self.scene.shown.locked)
        self.selection.forget(changes)
        if wholly or damage.everything:
            self.show_everything(soon=not wholly)
        elif damage:
            self._show_columns(damage)

    def _show_columns(self, damage: Damage) -> None:
        moved = self.scene.layout.experience is not self.layout_now.experience
        self.scene.set_layout(self.layout_now)
        self.scene.refresh_columns(damage.columns, wide=moved)
        if damage.cards:
            self.scene.shown.fold_texts = fold_texts(self.layout_now)
            self.toolbar.show_counts(*self.board.counts())
        self.overview.follow()
        self._mark()

    def show_everything(self, *, soon: bool = False) -> None:
        """Draw the map anew; with `soon` the overview waits, and what looks as before stays."""
        in_part = self.canvas.show_layout(self.layout_now, anew=not soon)
        self.scene.steps = steps(self.layout_now)
        self.canvas.fit_scene_rect()
        self._follow_cursor()
        shown = self.scene.shown
        shown.fold_texts = fold_texts(self.layout_now)
        self.lock.follow()
        shown.ghosts = () if self.read_only or shown.locked else ghosts(self.board)
        self._show_selection()
        self.canvas.stages.update()
        if not in_part:
            self.canvas.names.update()
        (self.overview.follow if soon else self.overview.forget)()
        self.writing.follow(rescaled=False)
        counts = self.board.counts()
        said, shown.hint = shown.hint, hint(self.board) if not counts[0] else ()
        if said != shown.hint:
            self.scene.update()  # it reaches over columns that stay as they are
        self.toolbar.show_counts(*counts)
        self._name_lanes()
        self.toolbar.show_persona(self.board.judge())

    def _follow_cursor(self) -> None:
        """Keep the cursor on the object it stood on when the map moves under it."""
        current = self.selection.current
        place = self.place_of(current) if current and self.cell else None
        if place is not None:
            self.cell = Cursor(place.column, place.lane, place.block or 0)
        elif self.cell is not None:
            self.cell = clamped(self.layout_now, self.cell)
        self._mark()

    def show_selected(self, origin: QObject | None) -> None:
        """Show what is selected now; `origin` is whoever selected it."""
        self._show_selection()
        if origin is not self:
            self.reveal_current()
        self._announce()

    def _show_selection(self) -> None:
        shown = self.scene.shown
        before, stages, chosen = shown.tinted, shown.stages, shown.selected
        shown.selected = frozenset(self.selection.refs)
        shown.tinted = frozenset(
            column
            for ref in self.selection.refs
            if ref.kind is not Kind.LEADER
            for column in self.board.columns_showing(ref)
        )
        both = before | shown.tinted
        self.scene.refresh_columns(both if chosen != shown.selected else before ^ shown.tinted)
        self.scene.set_over(links=links(self.workspace, self.board, self.selection.refs))
        if stages != shown.stages:
            self.canvas.stages.update()

    def _mark(self) -> None:
        """Show the keyboard's place where no ring of a selected card does."""
        if self.cell is not None:
            self.cell = clamped(self.layout_now, self.cell)
        stage = self.cell.column if self.cell and self.cell.lane == STAGE_ROW else None
        if stage != self.scene.shown.stage_cursor:
            self.scene.shown.stage_cursor = stage
            self.canvas.stages.update()
        self.scene.set_over(cursor=unringed_box(self.layout_now, self.cell))

    def _announce(self) -> None:
        text = describe(self.workspace, self.layout_now, self.cell, self.selection.refs)
        if text != self.canvas.accessibleDescription():
            self.canvas.setAccessibleDescription(text)
            event = QAccessibleEvent(self.canvas, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)

    def _name_lanes(self) -> None:
        self.toolbar.lanes.set_words(lanes_shown(len(self.layout_now.lanes), len(self.board.specs)))
        self.canvas.setAccessibleName(map_name(self.workspace.journeys.get(self.journey)))

    def _viewed(self) -> None:
        self.toolbar.zoom.show_zoom(self.canvas.zoom)
        self.overview.update()
        seen = (self.canvas.zoom, self.canvas.visible())
        if seen != self._seen:
            rescaled = self._seen[0] != seen[0]
            self._seen = seen
            self.writing.follow(rescaled=rescaled, scrolled=True)

    def _entered(self) -> None:
        if self.cell is None:
            self.go(self.start())

    def start(self) -> Cursor:
        """Return where the keyboard enters the map: an empty one at what is typed first."""
        if not self.board.counts()[0]:
            return first_place(self.layout_now)
        return Cursor(self.layout_now.column_at(self.canvas.visible().x + 1) or 0, 0)

    # -- Qt's virtuals --------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual."""
        super().resizeEvent(event)
        self.choices.adapt()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: keys the canvas left."""
        if not self.keys.pressed(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual."""
        if not self.keys.released(event):
            super().keyReleaseEvent(event)
