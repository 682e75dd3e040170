"""Copying and pasting on the wall: cards for every map, their words for every other program."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from journey.edit import Paste, Place, fragment_of
from journey.model.ids import StageId, TouchpointId
from ui.clipboard import (
    carry,
    cells_beyond,
    on_clipboard,
    read_fragment,
    read_rows,
    too_many_words,
)
from ui.map.edits import duplicate
from ui.workshop.wording import tr

if TYPE_CHECKING:
    from ui.workshop.screen import WorkshopScreen


class Clips(QObject):
    """Copies, cuts, pastes and doubles the chosen card."""

    def __init__(self, screen: "WorkshopScreen") -> None:
        super().__init__(screen)
        self._screen = screen

    def copy(self) -> bool:
        """Put the chosen card on the clipboard."""
        return self._put(moved=False)

    def cut(self) -> None:
        """Copy the chosen card and take it away."""
        if self._screen.doing.may_remove() and self._put(moved=True):
            self._screen.doing.remove()

    def _put(self, *, moved: bool) -> bool:
        screen, current = self._screen, self._screen.wall.current
        if current is None:
            return False
        fragment = fragment_of(screen.workspace, (current,), moved=moved)
        if fragment.roots:
            QGuiApplication.clipboard().setMimeData(carry(fragment))
        return bool(fragment.roots)

    def paste(self) -> None:
        """Hang what was copied under the touchpoint words go to; each line of text is a card."""
        screen, data = self._screen, on_clipboard()
        if screen.document.read_only:
            screen.say(tr("This workspace is open for reading only."), "warning")
            return
        fragment = read_fragment(data)
        if fragment is not None and fragment.roots:
            touchpoint, phase = screen.wall.touchpoint, screen.phase
            stage = StageId(phase.id) if phase is not None and phase.id else None
            beside = TouchpointId(touchpoint) if touchpoint is not None else None
            command = Paste(fragment, Place(screen.journey, stage, beside))
            if screen.document.run(command, screen):
                screen.show_made(command.made[0])
            return
        beyond = cells_beyond(data)
        if beyond:
            screen.say(too_many_words(beyond), "warning")
            return
        lines = [cell for row in read_rows(data) for cell in row if cell]
        if lines:
            screen.doing.capture_all(lines)

    def duplicate(self) -> None:
        """Set a copy of the chosen card beside it."""
        screen, current = self._screen, self._screen.wall.current
        made = duplicate(screen.workspace, current) if current is not None else None
        if made is not None and screen.document.run(made.command, screen):
            screen.show_made(made.ref)
