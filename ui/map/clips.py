"""Copy, cut and paste on the map: parts of a workspace, rows of text, pictures."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage

from journey.edit import Add, Batch, Paste, Place, Remove, fragment_of, left_behind
from journey.model.ids import Kind, NoteId, Ref, StageId, TouchpointId, new_id
from journey.model.map import Note
from ui.clipboard import (
    MOST_PIXELS,
    PictureError,
    carry,
    cells_beyond,
    picture_in,
    read_fragment,
    read_rows,
    take_picture,
    too_many_words,
)
from ui.map.cursor import STAGE_ROW, Cursor
from ui.map.filling import Filling, Sheet, fill
from ui.map.lanes import IMAGES, LaneKind
from ui.map.words import left_words
from ui.numbers import number
from ui.words import kind_word

if TYPE_CHECKING:
    from ui.map.view import MapView

_SAMPLES = 3  # how many texts a preview quotes


class Clips(QObject):
    """The clipboard's side of one map view."""

    def __init__(self, view: "MapView") -> None:
        super().__init__(view)
        self._view = view
        self._filling: Filling | None = None
        view.ask_bar.accepted.connect(self._fill)
        view.ask_bar.dropped.connect(self._forget)

    # -- out ----------------------------------------------------------------------------------

    def copy(self) -> bool:
        """Copy what is selected; False where nothing is."""
        return self._copy(self._view.selection.refs, moved=False)

    def copy_journey(self) -> bool:
        """Copy the whole journey."""
        return self._copy((Ref(Kind.JOURNEY, self._view.journey),), moved=False)

    def cut(self) -> bool:
        """Copy what is selected, and delete it."""
        view = self._view
        if view.read_only or not self._copy(view.selection.refs, moved=True):
            return False
        roots = fragment_of(view.workspace, view.selection.refs).roots
        left = left_words(*left_behind(view.workspace, roots))
        done = view.run(Remove(roots))
        if done and left:
            view.noted.emit("scissors", left)
        return done

    def _copy(self, refs: tuple[Ref, ...], *, moved: bool) -> bool:
        fragment = fragment_of(self._view.workspace, refs, moved=moved)
        if not fragment.roots:
            return False
        QGuiApplication.clipboard().setMimeData(carry(fragment))
        return True

    # -- in -----------------------------------------------------------------------------------

    def paste(self) -> bool:
        """Paste what the clipboard holds at the keyboard's place."""
        return self.take(QGuiApplication.clipboard().mimeData())

    def take(self, data: QMimeData | None) -> bool:
        """Paste some data: objects and single cells at once, more after a look at them."""
        view = self._view
        if view.read_only or data is None:
            return False
        fragment = read_fragment(data)
        if fragment is not None and fragment.roots:
            command = Paste(fragment, self.place())
            if view.run(command):
                self._show(command.made)
            return True
        picture = picture_in(data) if self._on_images() else None
        if picture is not None:
            return self.add_picture(picture)
        beyond = cells_beyond(data)
        if beyond:
            view.noted.emit("warning", too_many_words(beyond))
            return True
        rows = read_rows(data)
        return bool(rows) and self._offer(rows)

    def place(self) -> Place:
        """Return where objects are pasted: after what the cursor stands on."""
        view, layout, cursor = self._view, self._view.layout_now, self._view.cell
        if cursor is None or cursor.column >= len(layout.columns):
            return Place(view.journey)
        cells = layout.columns[cursor.column]
        touchpoint = cells.touchpoint.id if cells.touchpoint else None
        lane = None if cursor.lane == STAGE_ROW else layout.lanes[cursor.lane].spec.lane
        return Place(view.journey, cells.source.stage, touchpoint, lane)

    def _show(self, made: tuple[Ref, ...]) -> None:
        view = self._view
        if made and made[0].kind is Kind.JOURNEY:
            view.journey_made.emit(made[-1].id)
            return
        view.select(made)
        view.reveal_current()

    # -- rows of text -------------------------------------------------------------------------

    def _offer(self, rows: list[list[str]]) -> bool:
        view = self._view
        cursor = view.cell or view.start()
        sheet = Sheet(view.workspace, view.journey, view.layout_now, cursor, view.persona)
        filling = fill(sheet, rows)
        self._filling = filling
        if len(rows) == 1 and len(rows[0]) == 1 and filling.commands:
            self._fill()
        elif filling.commands:
            view.ask_bar.ask(preview_words(filling))
        else:
            self._filling = None
            text = QCoreApplication.translate("Map", "There is no place here for what was copied.")
            view.noted.emit("warning", text)
        return True

    def _fill(self) -> None:
        view, filling = self._view, self._filling
        self._forget()
        if filling is None or not filling.commands:
            return
        commands = filling.commands
        if view.run(commands[0] if len(commands) == 1 else Batch(commands)):
            shown = tuple(ref for ref in filling.made if ref.kind is not Kind.LEADER)
            self._show(shown)

    def _forget(self) -> None:
        self._filling = None
        self._view.canvas.setFocus()

    # -- pictures -----------------------------------------------------------------------------

    def _on_images(self) -> bool:
        cursor, layout = self._view.cell, self._view.layout_now
        if cursor is None or not 0 <= cursor.lane < len(layout.lanes):
            return False
        spec = layout.lanes[cursor.lane].spec
        return spec.kind is LaneKind.NOTES and spec.content == IMAGES

    def add_picture(self, source: QImage | str, cursor: Cursor | None = None) -> bool:
        """Put a picture into a lane of images; what it cannot take it says in words."""
        view, layout = self._view, self._view.layout_now
        cursor = cursor or view.cell
        if cursor is None or view.read_only:
            return False
        try:
            picture = take_picture(source)
        except PictureError as error:
            view.noted.emit("warning", picture_fault(error))
            return True
        cells, lane = layout.columns[cursor.column], layout.lanes[cursor.lane].spec.lane
        assert lane is not None
        touchpoint = TouchpointId(cells.touchpoint.id) if cells.touchpoint else None
        stage = None if touchpoint or not cells.source.stage else StageId(cells.source.stage)
        note = Note(
            NoteId(new_id(Kind.NOTE)), lane, stage, touchpoint=touchpoint, extra=picture.extra()
        )
        if view.run(Add(note)):
            self._show((Ref(Kind.NOTE, note.id),))
        return True


def preview_words(filling: Filling) -> str:
    """Return what a paste would do, in one or two sentences."""
    parts: list[str] = []
    for kind in dict.fromkeys(ref.kind for ref in filling.made):
        count = sum(ref.kind is kind for ref in filling.made)
        parts.append(f"{number(count, 0)} {kind_word(kind, count)}")
    if filling.changed:
        one = QCoreApplication.translate("Map", "one cell changed")
        text = QCoreApplication.translate("Map", "%1 cells changed")
        changed = number(filling.changed, 0)
        parts.append(one if filling.changed == 1 else text.replace("%1", changed))
    quoted = ", ".join(f"“{_short(text)}”" for text in filling.samples[:_SAMPLES])
    more = len(filling.samples) - _SAMPLES
    if more > 0:
        text = QCoreApplication.translate("Map", " and %1 more").replace("%1", number(more, 0))
        quoted += text
    sentence = QCoreApplication.translate("Map", "To be pasted: %1").replace("%1", ", ".join(parts))
    sentence += f": {quoted}." if quoted else "."
    if filling.left_out:
        one = QCoreApplication.translate("Map", " One cell has no place here and is left out.")
        text = QCoreApplication.translate("Map", " %1 cells have no place here and are left out.")
        left = number(filling.left_out, 0)
        sentence += one if filling.left_out == 1 else text.replace("%1", left)
    return sentence


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39].rstrip() + "…"


def picture_fault(error: PictureError) -> str:
    """Return why a picture was not taken, in words."""
    if error.reason == "too_large":
        text = QCoreApplication.translate(
            "Map", "The picture has %1 megapixels; at most %2 can be taken in. Nothing was changed."
        )
        text = text.replace("%1", number(error.pixels / 1_000_000, 0))
        return text.replace("%2", number(MOST_PIXELS / 1_000_000, 0))
    if error.reason == "broken":
        return QCoreApplication.translate(
            "Map", "This is not a picture, or it is damaged. Nothing was changed."
        )
    return QCoreApplication.translate("Map", "The picture cannot be read. Nothing was changed.")
