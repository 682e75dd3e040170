"""The flow of one journey: bar, canvas and legend around one board."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRectF, QSizeF, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journey.edit import Changes, Command
from journey.graph.found import Found, Pair
from journey.graph.network import Structure
from journey.model.ids import JourneyId, Kind, Ref, SegmentId
from journey.model.map import RETAINED, PainPoint
from journey.model.workspace import Workspace
from ui.flow import moves, words
from ui.flow.acts import Acts
from ui.flow.board import FlowBoard
from ui.flow.canvas import FlowCanvas
from ui.flow.clips import Clips
from ui.flow.editing import Editing
from ui.flow.filters import Show
from ui.flow.gestures import Gestures
from ui.flow.keys import Keys
from ui.flow.legend import Legend
from ui.flow.lines import rect_of
from ui.flow.menus import Menus
from ui.flow.picture import paint_picture, picture_size
from ui.flow.scene import FlowScene
from ui.flow.sentence import FlowSentence
from ui.flow.speech import describe_node, describe_pair
from ui.flow.toolbar import FlowToolbar
from ui.map.lettering import QtLettering
from ui.selection import Selection
from ui.shell.widgets.surfaces import InlineMessage, MessageKind

if TYPE_CHECKING:
    from ui.document import DocumentModel

_NARROW: Final = 1010  # pixels of this view: a window of 1366 with its rail and inspector


class FlowView(QWidget):
    """The flow of a journey. It runs commands on the document and shares the selection.

    Attributes:
        noted: (icon, sentence). show_on_map: Ref of a touchpoint.
    """

    noted = Signal(str, str)
    show_on_map = Signal(object)

    def __init__(
        self,
        document: "DocumentModel",
        selection: Selection,
        journey: JourneyId,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.document, self.selection = document, selection
        self.board = FlowBoard(document.workspace, journey, QtLettering())
        self.scene = FlowScene(self.board, self)
        self.canvas = FlowCanvas(self.scene, self)
        self.editing = Editing(self)
        self.acts = Acts(self)
        self.clips = Clips(self)
        self.keys = Keys(self)
        self.gestures = Gestures(self)
        self.menus = Menus(self)
        self.toolbar = FlowToolbar(self.menus.segments, self.menus.arranging, self)
        self.banner = InlineMessage(MessageKind.INFO, "", icon_name="flow-arrow", parent=self)
        self.sentence = FlowSentence(self)
        self.legend = Legend(self.board, self)
        self._found_pair: Pair | None = None  # a chosen arrow that is not drawn has no Ref
        self._build()
        self._connect()
        self.show_everything()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        hold = QVBoxLayout()
        hold.setContentsMargins(12, 8, 12, 8)
        hold.addWidget(self.banner)
        self._banner_room = QWidget(self)
        self._banner_room.setLayout(hold)
        self.banner.add_action("path", self.tr("Draw the path in order"), "flow-arrow")
        for part in (self.toolbar, self._banner_room, self.canvas, self.sentence, self.legend):
            column.addWidget(part)
        column.setStretch(2, 1)
        self.setFocusProxy(self.canvas)
        self.setAccessibleName(self.tr("Flow"))
        self.canvas.tab_taker = self.keys.tab

    def _connect(self) -> None:
        self.document.changed.connect(self._changed)
        self.document.changed.connect(self.gestures.follow)
        self.selection.changed.connect(self._selected)
        self.canvas.viewed.connect(self._viewed)
        self.canvas.entered_by_key.connect(self._entered)
        self.canvas.stages.pressed.connect(self._stage_pressed)
        self.canvas.stages.renaming.connect(self.editing.stage)
        self.canvas.stages.menu_wanted.connect(self.menus.open_stage)
        self.banner.action_chosen.connect(self.acts.draw_default_path)
        self.toolbar.zoom.stepped.connect(self.canvas.step_zoom)
        self.toolbar.fit.clicked.connect(self.canvas.fit)
        self.toolbar.share_changed.connect(self._on_share)
        self.toolbar.show_changed.connect(self._on_show)

    # -- what is shown ------------------------------------------------------------------------

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        return self.document.workspace

    @property
    def journey(self) -> JourneyId:
        """The journey shown."""
        return self.board.journey

    @property
    def read_only(self) -> bool:
        """Whether edits are refused."""
        return self.document.read_only

    @property
    def is_locked(self) -> bool:
        """Whether the journey's touchpoints keep their stages."""
        journey = self.workspace.journeys.get(self.journey)
        return journey is not None and journey.locked

    def set_journey(self, journey: JourneyId) -> None:
        """Show another journey; what was found belonged to the one before."""
        self.editing.finish()
        self._found_pair = None
        self.board.found = None
        self.board.show(self.workspace, journey)
        self.show_everything()

    def set_found(self, found: Found | None) -> None:
        """Show what an event log counted beside what was drawn; None takes it away."""
        self._found_pair = None
        self.board.set_found(found)
        self.show_everything()

    def set_structure(self, structure: Structure | None) -> None:
        """Say which touchpoints are off the path."""
        self.sentence.set_structure(structure)

    def show_segment(self, segment: SegmentId | None) -> None:
        """Show the counts of a segment; None: of all customers."""
        self.board.set_filters(replace(self.board.filters, segment=segment))
        self.show_everything()

    def picture_size(self) -> QSizeF:
        """Return the size of the whole flow as a picture, logical pixels."""
        return picture_size(self.scene)

    def paint_picture(self, painter: QPainter) -> None:
        """Paint the whole flow with its stages and losses, as vectors, without selection."""
        paint_picture(painter, self.scene)

    def show_everything(self) -> None:
        """Draw the flow anew after the board changed."""
        board = self.board
        self.canvas.fit_scene_rect()
        self._show_selection()
        self.canvas.flow_scene.set_over(handle=None)
        self.scene.refresh()
        self.canvas.stages.update()
        self.canvas.losses.update()
        self.canvas.stages.set_locked(self.is_locked)
        self.legend.follow()
        self.sentence.set_agreement(board.agreement(), board.found)
        self._name_parts()

    def _name_parts(self) -> None:
        board = self.board
        segment = self.workspace.segments.get(board.segment) if board.segment else None
        name = segment.name if segment is not None else self.tr("all")
        self.toolbar.segment.set_words(self.tr("Segment %1").replace("%1", name))
        self.toolbar.segment.setVisible(bool(self.workspace.segments))
        self.toolbar.show_what.setVisible(board.found is not None)
        self.toolbar.show_share(board.filters.least_share, board.hidden)
        journey = self.workspace.journeys.get(self.journey)
        self.canvas.setAccessibleName(
            self.tr("Flow of %1").replace("%1", journey.name if journey is not None else "")
        )
        empty = bool(board.cards) and not board.made
        self._banner_room.setVisible(empty)
        if empty:
            self.banner.set_words(
                self.tr("No path is drawn yet"),
                self.tr("Draw it through the touchpoints in their order, or drag from a card's "
                        "arrow to the card it leads to."),
            )  # fmt: skip

    # -- commands and selection -----------------------------------------------------------------

    def run(self, command: Command) -> bool:
        """Run a command on the document."""
        return self.document.run(command, self)

    @property
    def current_pair(self) -> Pair | None:
        """The arrow chosen last."""
        if self._found_pair is not None:
            return self._found_pair
        current = self.selection.current
        pair = self.board.pair_of(current) if current is not None else None
        return pair if pair in self.board.lines else None

    @property
    def current_node(self) -> str | None:
        """The card chosen last, None while an arrow is."""
        current = self.selection.current
        if self._found_pair is not None or current is None:
            return None
        return current.id if current.id in self.board.layout.boxes else None

    def choose_node(self, node: str, *, more: bool = False) -> None:
        """Select a card for every view; with `more` beside what is selected."""
        self._found_pair = None
        ref = Ref(Kind.TOUCHPOINT, node)
        if more:
            self.selection.toggle(ref, self)
        else:
            self.selection.set(ref, self)
        self._show_selection()
        self.canvas.reveal(rect_of(self.board.layout.boxes[node]))

    def extend_to(self, node: str) -> None:
        """Select a card beside what is selected, as the one chosen last."""
        ref = Ref(Kind.TOUCHPOINT, node)
        self.selection.set((*(r for r in self.selection.refs if r != ref), ref), self)
        self._show_selection()
        self.canvas.reveal(rect_of(self.board.layout.boxes[node]))

    def choose_pair(self, pair: Pair, *, more: bool = False) -> None:
        """Select an arrow for every view; one that is not drawn only here."""
        arrow = self.board.arrow(pair)
        if arrow is None:
            return
        self._found_pair = None if arrow.transitions else pair
        refs = tuple(Ref(Kind.TRANSITION, t) for t in arrow.transitions[:1])
        if more and refs:
            self.selection.toggle(refs[0], self)
        else:
            self.selection.set(refs, self)
        self._show_selection()
        line = self.board.lines.get(pair)
        if line is not None:
            self.canvas.reveal(line.label if line.label is not None else line.bounds)

    def choose_nothing(self) -> None:
        """Select nothing."""
        self._found_pair = None
        self.selection.set(None, self)
        self._show_selection()

    def choose_all(self) -> None:
        """Select all cards."""
        self._found_pair = None
        order = moves.reading_order(self.board)
        self.selection.set([Ref(Kind.TOUCHPOINT, n) for n in order], self)
        self._show_selection()

    def selected_rect(self) -> QRectF | None:
        """Return where the chosen card or arrow is in the scene."""
        if self.current_node is not None:
            return rect_of(self.board.layout.boxes[self.current_node])
        line = self.board.lines.get(self.current_pair) if self.current_pair else None
        if line is None:
            return None
        return line.label if line.label is not None else line.bounds

    def neighbour_of_selected(self) -> str | None:
        """Return the card to select once what is selected is deleted."""
        shown = self.scene.shown
        for pair in shown.pairs:
            if pair[0] in self.board.layout.boxes and not shown.nodes:
                return pair[0]
        order = [n for n in moves.reading_order(self.board) if n not in shown.nodes]
        node = self.current_node
        before = moves.beside(self.board, node, -1) if node is not None else None
        return before if before in order else next(iter(order), None)

    def tell_link(self, source: str, target: str) -> None:
        """Say where an arrow drawn by keys would lead."""
        ends = (words.end_name(self.workspace, end) for end in (source, target))
        text = words.tr("Draw {0} to {1}: Enter draws, arrow keys choose, Esc cancels")
        self._announce(text.format(*ends))

    # -- following -----------------------------------------------------------------------------

    def _changed(self, changes: Changes, _origin: QObject | None) -> None:
        if self.journey not in self.workspace.journeys:
            return  # the session shows another journey at once
        self.keys.stop_linking()
        if self.board.absorb(changes):
            self.selection.forget(changes)
            if self._found_pair is not None:
                arrow = self.board.arrow(self._found_pair)
                if arrow is None or arrow.transitions:
                    self._found_pair = None
            self.show_everything()

    def _selected(self, origin: QObject | None) -> None:
        if origin is not self:
            self._found_pair = None
            self._show_selection()
            rect = self.selected_rect()
            if rect is not None:
                self.canvas.reveal(rect)

    def _show_selection(self) -> None:
        shown, boxes = self.scene.shown, self.board.layout.boxes
        pairs = {p for r in self.selection.refs if (p := self.board.pair_of(r)) is not None}
        if self._found_pair is not None:
            pairs = {self._found_pair}
        nodes = frozenset(r.id for r in self.selection.refs if r.id in boxes)
        ringed = {n for p in pairs for n in p if n in boxes or n == RETAINED}
        ringed |= {n for r in self.selection.refs if (n := self._home_of(r)) in boxes}
        before = (shown.nodes, shown.pairs, shown.ringed)
        shown.nodes, shown.pairs = nodes, frozenset(pairs)
        shown.ringed = frozenset(ringed) - nodes
        self.canvas.chosen = self.selection.refs
        if before != (shown.nodes, shown.pairs, shown.ringed):
            self.scene.refresh()
            self.canvas.stages.update()
        self._announce(self._spoken())

    def _home_of(self, ref: Ref) -> str:
        """Return the touchpoint of a pain point, so that it is found here too."""
        entity = self.workspace.find(ref)
        return str(entity.touchpoint) if isinstance(entity, PainPoint) else ""

    def _spoken(self) -> str:
        if len(self.selection.refs) > 1:
            return self.tr("%1 selected").replace("%1", str(len(self.selection.refs)))
        if self.current_pair is not None:
            return describe_pair(self.board, self.current_pair)
        return describe_node(self.board, self.current_node or "")

    def _announce(self, text: str) -> None:
        if text != self.canvas.accessibleDescription():
            self.canvas.setAccessibleDescription(text)
            event = QAccessibleEvent(self.canvas, QAccessible.Event.DescriptionChanged)
            QAccessible.updateAccessibility(event)

    def _viewed(self) -> None:
        self.toolbar.zoom.show_zoom(self.canvas.zoom)
        self.editing.finish()

    def _entered(self) -> None:
        if self.current_node is None and self.current_pair is None and self.board.cards:
            self.choose_node(moves.reading_order(self.board)[0])

    def _stage_pressed(self, stage: str, more: bool) -> None:
        self.editing.finish()
        self._found_pair = None
        ref = Ref(Kind.STAGE, stage)
        self.selection.toggle(ref, self) if more else self.selection.set(ref, self)
        self._show_selection()
        self.canvas.stages.update()

    def _on_share(self, share: float) -> None:
        self.board.set_filters(replace(self.board.filters, least_share=share))
        self.show_everything()

    def _on_show(self, show: Show) -> None:
        self.board.set_filters(replace(self.board.filters, show=show))
        self.show_everything()

    # -- Qt's virtuals --------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual."""
        super().resizeEvent(event)
        self.toolbar.set_narrow(self.width() < _NARROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: keys the canvas left."""
        if not self.keys.pressed(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual."""
        if not self.keys.released(event):
            super().keyReleaseEvent(event)
