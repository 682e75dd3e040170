"""The menus of the flow: segment and arranging in the bar, and what a right click opens."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from journey.graph.arrows import Standing
from journey.graph.found import Pair
from journey.graph.layout import Band
from journey.model.ids import Kind, Ref, SegmentId
from journey.model.map import LOST, RETAINED, START
from ui.flow import words
from ui.flow.acts import can_turn
from ui.flow.moves import reading_order
from ui.flow.touch import Touch
from ui.shell.icons import icon

if TYPE_CHECKING:
    from ui.flow.view import FlowView

Do = Callable[[], object]


class Menus(QObject):
    """Builds each menu when it opens, from what the flow holds then."""

    def __init__(self, view: "FlowView") -> None:
        super().__init__(view)
        self._view = view
        self.segments, self.arranging, self.context = QMenu(view), QMenu(view), QMenu(view)
        self._deeds: dict[QAction, Do] = {}
        self.segments.aboutToShow.connect(self._fill_segments)
        self.arranging.aboutToShow.connect(self._fill_arranging)
        for menu in (self.segments, self.arranging, self.context):
            menu.triggered.connect(self._do)

    def _do(self, action: QAction) -> None:
        deed = self._deeds.get(action)
        if deed is not None:
            deed()

    def _clear(self, menu: QMenu) -> None:
        self._deeds.clear()
        for part in menu.findChildren(QMenu):
            part.deleteLater()
        menu.clear()

    def _entry(self, menu: QMenu, text: str, deed: Do, icon_name: str = "") -> QAction:
        # A typed name may hold an ampersand, which a menu would take for a shortcut.
        action = menu.addAction(text.replace("&", "&&"))
        if icon_name:
            action.setIcon(icon(icon_name, "text_2"))
        self._deeds[action] = deed
        return action

    def _check(self, menu: QMenu, text: str, checked: bool, deed: Do) -> None:
        action = self._entry(menu, text, deed)
        action.setCheckable(True)
        action.setChecked(checked)

    # -- the bar ----------------------------------------------------------------------------------

    def _fill_segments(self) -> None:
        view, menu = self._view, self.segments
        self._clear(menu)
        chosen = view.board.segment
        self._check(menu, self.tr("All segments"), chosen is None, lambda: view.show_segment(None))
        for segment in sorted(view.workspace.segments.values(), key=lambda s: s.name.casefold()):
            self._check(menu, segment.name, chosen == segment.id, self._segment(segment.id))

    def _segment(self, segment: SegmentId) -> Do:
        return lambda: self._view.show_segment(segment)

    def _fill_arranging(self) -> None:
        self._clear(self.arranging)
        self._canvas_entries(self.arranging)

    def _canvas_entries(self, menu: QMenu) -> None:
        view, acts = self._view, self._view.acts
        editable = not view.read_only and bool(view.board.cards)
        reset = self._entry(menu, self.tr("Reset layout"), acts.reset_layout, "arrows-clockwise")
        reset.setEnabled(bool(view.board.cards))
        path = self._entry(
            menu, self.tr("Draw the path in order"), acts.draw_default_path, "flow-arrow"
        )
        path.setEnabled(editable)
        missing = sum(a.standing is Standing.MISSING for a in view.board.made)
        if missing:
            text = self.tr("Draw all that was found ({0})").format(missing)
            self._entry(menu, text, acts.draw_missing, "plus").setEnabled(editable)

    # -- a right click ----------------------------------------------------------------------------

    def open(self, touch: Touch | None, where: QPoint) -> None:
        """Open the menu of a card, an arrow or the canvas."""
        menu, view = self.context, self._view
        self._clear(menu)
        if touch is not None and touch.pair is not None:
            self._arrow_entries(menu, touch.pair)
        elif touch is not None and touch.node in view.board.layout.boxes and touch.node:
            self._card_entries(menu, touch.node)
        else:
            self._entry(menu, self.tr("Fit"), view.canvas.fit, "corners-out")
            self._canvas_entries(menu)
        menu.popup(where)

    def open_stage(self, band: Band | None, where: QPoint) -> None:
        """Open the menu of a stage's bar; beside the bars, that of the canvas."""
        if band is None or band.stage is None:
            self.open(None, where)
            return
        menu, view, ref = self.context, self._view, Ref(Kind.STAGE, str(band.stage))
        self._clear(menu)
        self._entry(menu, self.tr("Rename"), lambda: view.editing.stage(band), "pencil-simple")
        self._entry(menu, self.tr("Paste"), view.clips.paste)
        if view.read_only:
            for entry in menu.actions():
                entry.setEnabled(False)
        show = self.tr("Show on the map")
        self._entry(menu, show, lambda: view.show_on_map.emit(ref), "map-trifold")
        menu.popup(where)

    def open_for_selection(self) -> None:
        """Open the menu of what is selected, from the keyboard."""
        view = self._view
        touch = Touch(view.current_node, view.current_pair)
        rect = view.selected_rect()
        place = view.canvas.on_canvas(rect).center().toPoint() if rect else QPoint(40, 40)
        known = touch.node is not None or touch.pair is not None
        self.open(touch if known else None, view.canvas.mapToGlobal(place))

    def _arrow_entries(self, menu: QMenu, pair: Pair) -> None:
        view, acts = self._view, self._view.acts
        arrow = view.board.arrow(pair)
        if arrow is None:
            return
        if not arrow.transitions:
            draw = self._entry(menu, self.tr("Draw it"), lambda: acts.draw(*pair), "plus")
            draw.setEnabled(not view.read_only)
            return
        entries = [
            self._entry(menu, self.tr("Change the count"), lambda: view.editing.count(pair)),
            self._entry(menu, self.tr("Take the count off"), lambda: acts.set_count(pair, "")),
            self._entry(menu, self.tr("Turn around"), lambda: acts.turn_around(pair)),
        ]
        entries[1].setEnabled(arrow.count is not None)
        entries[2].setEnabled(can_turn(pair))
        menu.addSeparator()
        entries.append(self._entry(menu, self.tr("Delete"), acts.delete, "trash"))
        if view.read_only:
            for entry in entries:
                entry.setEnabled(False)

    def _card_entries(self, menu: QMenu, node: str) -> None:
        view, acts = self._view, self._view.acts
        entries = [
            self._entry(menu, self.tr("Rename"), lambda: view.editing.name(node), "pencil-simple"),
            self._entry(menu, self.tr("Draw a transition"), lambda: view.keys.start_linking(node)),
        ]
        part = QMenu(self.tr("Leads to"), menu)
        menu.addMenu(part)
        for other in (RETAINED, LOST, *reading_order(view.board)):
            arrow = view.board.arrow((node, other))
            drawn = arrow is not None and bool(arrow.transitions)
            name = words.end_name(view.workspace, other)
            self._check(part, name, drawn, self._linker((node, other), drawn))
        start = view.board.arrow((START, node))
        starts = start is not None and bool(start.transitions)
        self._check(menu, self.tr("Starts here"), starts, self._linker((START, node), starts))
        menu.addSeparator()
        ref = Ref(Kind.TOUCHPOINT, node)
        self._entry(
            menu, self.tr("Show on the map"), lambda: view.show_on_map.emit(ref), "map-trifold"
        )
        if node in view.board.layout.pinned:
            text = self.tr("Put it back in its place")
            entries.append(self._entry(menu, text, lambda: acts.put_back([node])))
        menu.addSeparator()
        self._entry(menu, self.tr("Copy"), view.clips.copy, "copy")
        for text, deed in (
            (self.tr("Cut"), view.clips.cut),
            (self.tr("Paste"), view.clips.paste),
            (self.tr("Duplicate"), view.clips.duplicate),
        ):
            entries.append(self._entry(menu, text, deed))
        entries.append(self._entry(menu, self.tr("Delete"), acts.delete, "trash"))
        if view.read_only:
            part.setEnabled(False)
            for entry in entries:
                entry.setEnabled(False)

    def _linker(self, pair: Pair, drawn: bool) -> Do:
        def change() -> None:
            if drawn:
                self._view.choose_pair(pair)
                self._view.acts.delete()
            else:
                self._view.acts.draw(*pair)

        return change
