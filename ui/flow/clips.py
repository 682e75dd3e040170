"""Copying and pasting on the flow: touchpoints for every map, names for every other program."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from journey.edit import (
    AddTouchpoint,
    Batch,
    Command,
    Fragment,
    Paste,
    Place,
    Remove,
    Summary,
    fragment_of,
    left_behind,
)
from journey.model.ids import Kind, Ref, StageId, TouchpointId
from journey.model.workspace import ordered_stages
from ui.clipboard import (
    carry,
    cells_beyond,
    on_clipboard,
    read_fragment,
    read_rows,
    too_many_words,
    without_bullet,
)
from ui.map.edits import duplicate, place_in_stage
from ui.map.words import left_words

if TYPE_CHECKING:
    from ui.flow.view import FlowView


class Clips(QObject):
    """Copies, cuts, pastes and doubles the cards of a flow view."""

    def __init__(self, view: "FlowView") -> None:
        super().__init__(view)
        self._view = view

    # -- out ------------------------------------------------------------------------------------

    def copy(self) -> bool:
        """Put what is selected on the clipboard."""
        return self._put(fragment_of(self._view.workspace, self._view.selection.refs))

    def cut(self) -> bool:
        """Copy what is selected, and delete it."""
        view = self._view
        fragment = fragment_of(view.workspace, view.selection.refs, moved=True)
        left = left_words(*left_behind(view.workspace, fragment.roots))
        if view.read_only or not self._put(fragment) or not view.run(Remove(fragment.roots)):
            return False
        if left:
            view.noted.emit("scissors", left)
        return True

    @staticmethod
    def _put(fragment: Fragment) -> bool:
        if fragment.roots:
            QGuiApplication.clipboard().setMimeData(carry(fragment))
        return bool(fragment.roots)

    # -- in -------------------------------------------------------------------------------------

    def paste(self) -> bool:
        """Paste behind the chosen card: objects as they are, lines of text as touchpoints."""
        view, data = self._view, on_clipboard()
        if view.read_only or data is None:
            return False
        fragment = read_fragment(data)
        if fragment is not None and fragment.roots:
            node = view.current_node
            touchpoint = TouchpointId(node) if node is not None else None
            command = Paste(fragment, Place(view.journey, self._stage(), touchpoint))
            if view.run(command):
                self._show(command.made)
            return True
        return self._names(data)

    def _names(self, data: QMimeData) -> bool:
        view, stage = self._view, self._stage()
        beyond = cells_beyond(data)
        if beyond:
            view.noted.emit("warning", too_many_words(beyond))
            return True
        cells = (without_bullet(cell) for row in read_rows(data) for cell in row)
        names = [name for name in cells if name]
        if stage is None or not names:
            return False
        index = None
        if view.current_node is not None:
            index = place_in_stage(view.workspace, TouchpointId(view.current_node))[1] + 1
        made = [
            AddTouchpoint(stage, name, None if index is None else index + place)
            for place, name in enumerate(names)
        ]
        if view.run(Batch(made, Summary("add", Kind.TOUCHPOINT, names[0], len(made)))):
            self._show(tuple(Ref(Kind.TOUCHPOINT, add.id) for add in made))
            text = self.tr("Pasted as touchpoints: %1. Ctrl Z takes them back.")
            view.noted.emit("check-circle", text.replace("%1", str(len(made))))
        return True

    def _stage(self) -> StageId | None:
        """Return the stage of what is chosen, else the last one."""
        view = self._view
        node, current = view.current_node, view.selection.current
        if node is not None:
            return place_in_stage(view.workspace, TouchpointId(node))[0]
        if current is not None and current.id in view.workspace.stages:
            return StageId(current.id)
        stages = ordered_stages(view.workspace, view.journey)
        return stages[-1].id if stages else None

    def duplicate(self) -> bool:
        """Set a copy beside each selected card and select the copies."""
        view = self._view
        refs = [ref for ref in view.selection.refs if ref.kind is Kind.TOUCHPOINT]
        made = [m for ref in refs if (m := duplicate(view.workspace, ref)) is not None]
        commands: list[Command] = [m.command for m in made]
        if commands and view.run(commands[0] if len(commands) == 1 else Batch(commands)):
            self._show(tuple(m.ref for m in made))
        return True

    def _show(self, made: tuple[Ref, ...]) -> None:
        """Select what was made, as far as a flow shows it."""
        view = self._view
        nodes = [ref.id for ref in made if ref.id in view.board.layout.boxes]
        for place, node in enumerate(nodes):
            view.choose_node(node, more=place > 0)
