"""Typing on the map: the editor over a card or a free place, and where the keyboard goes on."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRectF

from journey.model.ids import Kind, Ref, StageId, TouchpointId
from journey.model.text import NAME_LENGTH
from ui.map import edits
from ui.map.cells import AVATAR, CARD_PAD, ICON, TEXT_LEFT, TEXT_TOP
from ui.map.cursor import (
    STAGE_ROW,
    Cursor,
    box_at,
    clamped,
    down,
    first_place,
    next_cell,
    next_row,
    ref_at,
    stage_at,
)
from ui.map.editor import Onward
from ui.map.edits import Target
from ui.map.lanes import LaneKind
from ui.map.layout import Box, LaneBox, StageSpan
from ui.map.lettering import Face
from ui.map.strip import scaled_font

if TYPE_CHECKING:
    from ui.map.view import MapView

# Where the letters of a card begin, from its left and top.
_LETTERS: Final[dict[LaneKind, tuple[float, float]]] = {
    LaneKind.NOTES: (TEXT_LEFT, TEXT_TOP),
    LaneKind.PAIN_POINTS: (TEXT_LEFT, TEXT_TOP),
    LaneKind.IMPROVEMENTS: (TEXT_LEFT, TEXT_TOP),
    LaneKind.STRENGTHS: (TEXT_LEFT + 18.0, TEXT_TOP),
    LaneKind.TOUCHPOINTS: (CARD_PAD + ICON + 6.0, CARD_PAD),
    LaneKind.KPIS: (4.0, 4.0),
    LaneKind.OWNER: (AVATAR + 10.0, 4.0),
    LaneKind.EXPERIENCE: (TEXT_LEFT, TEXT_TOP),
}

# Lanes where what is typed is a value of a touchpoint, no object of its own.
_WRITTEN: Final = frozenset({LaneKind.OWNER, LaneKind.EXPERIENCE})


class Writing(QObject):
    """Opens the one editor, and knows what the text that comes out of it is for."""

    def __init__(self, view: "MapView") -> None:
        super().__init__(view)
        self._view = view
        self._target: Target | None = None
        self._cursor: Cursor | None = None

    # -- opening ------------------------------------------------------------------------------

    def edit(self, cursor: Cursor, typed: str | None = None) -> bool:
        """Open the editor over a card or a free place; False where nothing can be typed."""
        view = self._view
        if view.editor.is_active:
            view.editor.finish()
        place = clamped(view.layout_now, cursor)
        if place is None or view.read_only:
            return False
        if place.lane == STAGE_ROW:
            return not view.lock.refuses() and self._edit_stage(place, typed)
        target = self._target_at(place)
        if target is None:
            layout = view.layout_now
            bare = layout.columns[place.column].source.stage is None and not view.board.has_stages
            return bare and self._edit_stage(first_place(layout), typed)
        view.put_cursor(place)
        if view.lock.refuses(target):
            return False
        if target.kind is LaneKind.EXPERIENCE and typed is None:
            view.acts.hold_handle(place)
            return True
        self._open_card(target, place)
        if typed:
            view.editor.replace_with(typed)
        return True

    def edit_beside(self, touchpoint: TouchpointId, *, after: bool = True) -> bool:
        """Make room beside a touchpoint and type another one there."""
        stage, index = edits.place_in_stage(self._view.workspace, touchpoint)
        return stage is not None and self.edit_new(stage, index + (1 if after else 0))

    def edit_new(self, stage: StageId, index: int) -> bool:
        """Make room in a stage and type a touchpoint there; an empty text leaves nothing."""
        view = self._view
        view.editor.finish()
        if view.read_only or view.lock.refuses():
            return False
        view.choices.show(LaneKind.TOUCHPOINTS.value)
        view.board.open_place((stage, index))
        column, lane = view.board.opened_column(), view.layout_now.lane_of(LaneKind.TOUCHPOINTS)
        if column is None or lane is None:
            view.board.open_place(None)
            return False
        if view.scene.layout is not view.layout_now:  # else it was laid out with the one before
            view.show_everything(soon=True)
        place = Cursor(column, lane)
        view.put_cursor(place)
        target = Target(LaneKind.TOUCHPOINTS, stage=stage, index=index)
        self._open_card(target, place)
        return True

    def edit_owner(self, refs: tuple[Ref, ...]) -> bool:
        """Type the owner of several objects at once, over the one chosen last."""
        view = self._view
        owned = tuple(ref for ref in refs if ref.kind in edits.OWNED)
        place = view.place_of(owned[-1]) if owned else None
        if place is None or view.read_only:
            return False
        view.editor.finish()
        cursor = Cursor(place.column, place.lane, place.block or 0)
        view.put_cursor(cursor)
        self._open_card(Target(LaneKind.OWNER, owned=owned), cursor)
        return True

    def rename_stage(self, span: StageSpan) -> None:
        """Edit a stage's name where it stands."""
        self._view.editor.finish()  # which may take a column away before this stage
        for now in self._view.layout_now.spans:
            if span.stage is not None and now.stage and now.stage.id == span.stage.id:
                self.edit(Cursor(now.first, STAGE_ROW))

    def rename_lane(self, lane: LaneBox) -> None:
        """Edit the name of a lane where it stands."""
        view = self._view
        view.editor.finish()
        if not view.read_only and not view.lock.refuses():
            names = view.canvas.names
            at = names.text_rect(lane).translated(names.pos())
            card = at.adjusted(-6, -4, 2, 6)
            ref = Ref(Kind.LANE, lane.spec.lane) if lane.spec.lane is not None else None
            text = lane.spec.name
            self._begin(Target(None, ref, row=lane.spec.key), card, at, text=text)

    def _edit_stage(self, place: Cursor, typed: str | None) -> bool:
        """Edit the name of a stage, or that of a new one behind the last."""
        view, header = self._view, self._view.canvas.stages
        view.put_cursor(place)
        view.reveal_cursor()
        span = stage_at(view.layout_now, place)
        bar = (header.bar(span) if span else header.tail()).translated(header.pos())
        if span is None:
            bar.setWidth(max(bar.width(), view.layout_now.shape.column * header.strip_scale()))
            at = bar.adjusted(10, 0, -6, 0)
        else:
            at = header.text_rect(span).translated(header.pos())
            bar = bar.intersected(QRectF(header.geometry()))
        ref = Ref(Kind.STAGE, span.stage.id) if span and span.stage else None
        text_at = QRectF(at.left(), bar.center().y() - 9, at.width(), 18)
        self._begin(Target(None, ref), bar, text_at)
        self._cursor = place
        if typed:
            view.editor.replace_with(typed)
        return True

    def _open_card(self, target: Target, place: Cursor) -> None:
        view = self._view
        box = box_at(view.layout_now, place)
        view.canvas.reveal(box)
        assert target.kind is not None
        face = Face.STICKY_BOLD if target.kind is LaneKind.TOUCHPOINTS else Face.STICKY
        letters = _LETTERS[target.kind]
        canvas = view.canvas
        card = canvas.box_on_canvas(box)
        scale = max(canvas.zoom, 0.75)
        grown = box.width * scale - card.width()
        card.adjust(0, 0, max(grown, 0.0), 0)
        card.setHeight(max(card.height(), 28.0 * scale))
        at = card.adjusted(letters[0] * scale, letters[1] * scale, -8 * scale, 0)
        self._begin(target, card, at, face, scale)
        self._cursor = place

    def _begin(
        self,
        target: Target,
        card: QRectF,
        at: QRectF,
        face: Face = Face.BASE_BOLD,
        scale: float | None = None,
        *,
        text: str | None = None,
    ) -> None:
        view = self._view
        self._target, self._cursor = target, None
        if scale is None:
            scale = view.canvas.strip_scale()
        shown = scaled_font(face.size, face.weight, scale)
        known = edits.text_of(view.workspace, target) if text is None else text
        view.editor.begin(known, card, at, shown, face.line * scale)
        owners = target.kind is LaneKind.OWNER
        names = (leader.name for leader in view.workspace.leaders.values()) if owners else ()
        view.editor.suggest(tuple(sorted(names, key=str.casefold)))
        # Prose takes its lines as they come; cells are filled one by one.
        view.editor.spreads = self.takes_a_new_card and target.kind is not LaneKind.NOTES

    def _target_at(self, place: Cursor) -> Target | None:
        layout = self._view.layout_now
        spec = layout.lanes[place.lane].spec
        cells = layout.columns[place.column]
        touchpoint = cells.touchpoint.id if cells.touchpoint else None
        stage = cells.source.stage
        if spec.kind is LaneKind.METRICS:
            return None
        if spec.kind in {LaneKind.OWNER, LaneKind.EXPERIENCE}:
            return Target(spec.kind, None, touchpoint, stage) if touchpoint else None
        ref = ref_at(layout, place)
        target = Target(spec.kind, ref, touchpoint, stage, spec.lane)
        if ref is not None:
            return target
        made = edits.new(self._view.workspace, self._view.journey, target, "?")
        return target if made is not None else None

    # -- closing ------------------------------------------------------------------------------

    @property
    def takes_a_new_card(self) -> bool:
        """Whether what is typed will be a new object."""
        target = self._target
        return target is not None and target.ref is None and target.kind is not LaneKind.OWNER

    def place(self) -> Cursor | None:
        """Return the cell that is being typed in."""
        return self._cursor

    def finished(self, text: str, onward: Onward) -> None:
        """Run what a typed text means and go on."""
        view, target, cursor = self._view, self._target, self._cursor
        self._target = self._cursor = None
        if target is None:
            return
        if target.row:
            view.choices.rename(target.row, text)
            return
        made = self._make(target, text, onward)
        self._tell_of_length(target, text)
        if made is None and target.kind is LaneKind.TOUCHPOINTS:
            self._close_room()
        if cursor is None:
            return
        if made is not None and (place := view.place_of(made)) is not None:
            cursor = Cursor(place.column, place.lane, place.block or 0)
        adds = target.ref is None and target.kind not in _WRITTEN
        self._go_on(target, cursor, onward, bool(text.strip()) and not (adds and made is None))

    def _tell_of_length(self, target: Target, text: str) -> None:
        """Say what became of words too many for a name."""
        if target.kind is LaneKind.NOTES or len(" ".join(text.split())) <= NAME_LENGTH:
            return
        noted = {LaneKind.PAIN_POINTS, LaneKind.STRENGTHS, LaneKind.IMPROVEMENTS}
        if target.kind in noted:
            words = self.tr("Kept whole: the card shows its beginning, its note holds all of it.")
            self._view.noted.emit("note", words)
        else:
            words = self.tr("A name has at most %1 characters; what was longer is left out.")
            self._view.noted.emit("warning", words.replace("%1", str(NAME_LENGTH)))

    def _make(self, target: Target, text: str, onward: Onward) -> Ref | None:
        """Run the command of a text and return the object it added."""
        view = self._view
        if target.ref is None and target.kind not in _WRITTEN:
            text = text.strip()
            made = edits.new(view.workspace, view.journey, target, text) if text else None
            if made is not None:
                # The new card stands where room was made; that of the next is laid out with it.
                room = view.board.opened
                view.board.opened = _next_room(target) if onward is Onward.ROW else None
                if view.run(made.command):
                    return made.ref
                view.board.opened = room  # it is there yet, to be taken away
            return None
        command = edits.write(view.workspace, view.journey, target, text, view.persona)
        if command is not None:
            view.run(command)
        return None

    def _go_on(self, target: Target, cursor: Cursor, onward: Onward, typed: bool) -> None:
        """Go to the next place, and open it where people go on creating."""
        view, layout = self._view, self._view.layout_now
        new = target.ref is None
        if cursor.lane == STAGE_ROW:
            self._go_on_from_stage(cursor, onward, new, typed)
        elif onward is Onward.ROW and new and target.kind is LaneKind.TOUCHPOINTS:
            ref = ref_at(layout, clamped(layout, cursor) or cursor)
            beside = typed and ref is not None and ref.kind is Kind.TOUCHPOINT
            if not (beside and ref and self.edit_beside(TouchpointId(ref.id))):
                self._close_room()
                view.go(cursor)
        else:
            step: Cursor | None = cursor
            if onward is Onward.ROW and (typed or not new):
                step = next_row(layout, cursor)
            elif onward is Onward.CELL:
                step = next_cell(layout, cursor, 1)
            elif onward is Onward.BACK:
                step = next_cell(layout, cursor, -1)
            view.go(step or cursor)

    def _go_on_from_stage(self, cursor: Cursor, onward: Onward, new: bool, typed: bool) -> None:
        """Tab names the next stage, adding one behind the last; Enter goes to its touchpoints."""
        view, layout = self._view, self._view.layout_now
        if new and typed:
            last = layout.spans[-1] if layout.spans[-1].stage else layout.spans[-2]
            cursor = Cursor(last.first, STAGE_ROW)
        if onward is Onward.CELL and typed:
            step = next_cell(layout, cursor, 1)
            if step is not None and step.lane == STAGE_ROW:
                view.go(step)
                self.edit(step)
                return
        lane = layout.lane_of(LaneKind.TOUCHPOINTS)
        step = cursor
        if onward is Onward.BACK:
            step = next_cell(layout, cursor, -1) or cursor
        elif onward is not Onward.STAY and new and not typed:
            step = first_place(layout)
        elif onward is Onward.ROW:
            step = Cursor(cursor.column, lane) if lane is not None else down(layout, cursor)
        view.go(step or cursor)

    def spread(self) -> None:
        """Let what is pasted into an empty new card fill cells from there on."""
        cursor, target = self._cursor, self._target
        opened = self._view.board.opened is not None
        self._view.editor.cancel()
        # Room that was made behind a touchpoint is gone; the cursor stands on that one again.
        if cursor is not None and not (opened and target and target.index):
            self._view.go(cursor)
        self._view.clips.paste()

    def abandoned(self) -> None:
        """Leave the text as it was."""
        view, cursor = self._view, self._cursor
        self._target = self._cursor = None
        if self._close_room() and cursor is not None:
            view.go(Cursor(max(cursor.column - 1, 0), cursor.lane))

    def _close_room(self) -> bool:
        """Take away the room for a touchpoint; tell whether there was one."""
        view = self._view
        if view.board.opened is None:
            return False
        view.board.open_place(None)
        view.show_everything(soon=True)
        return True

    # -- following ----------------------------------------------------------------------------

    def follow(self, *, rescaled: bool, scrolled: bool = False) -> None:
        """Keep the editor on its card when the map moves under it; what is typed stays open.

        Figures that arrive and edits of other views must not end a text in the middle.
        """
        view = self._view
        if not view.editor.is_active or self._target is None:
            return
        on_card = self._cursor is not None and self._cursor.lane != STAGE_ROW
        if rescaled or (scrolled and not on_card):
            view.editor.finish()
        if self._cursor is None or not on_card or not view.editor.is_active:
            return
        place = view.place_of(self._target.ref) if self._target.ref else None
        if place is not None and self._target.kind is not LaneKind.OWNER:
            self._cursor = Cursor(place.column, place.lane, place.block or 0)
        opened = view.board.opened_column()
        if opened is not None:
            self._cursor = Cursor(opened, self._cursor.lane)
        cursor = clamped(view.layout_now, self._cursor)
        if cursor is None:
            view.editor.finish()
            return
        box: Box = box_at(view.layout_now, cursor)
        view.editor.move(view.canvas.box_on_canvas(box).toAlignedRect().topLeft())


def _next_room(target: Target) -> tuple[StageId, int] | None:
    """Return where the touchpoint after a new one will be typed."""
    if target.kind is not LaneKind.TOUCHPOINTS or target.stage is None or target.index is None:
        return None
    return target.stage, target.index + 1
