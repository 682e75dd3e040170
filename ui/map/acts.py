"""What a person does to the map, however it was asked for: by mouse, key or menu."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QRectF

from journey.edit import Batch, Command, JudgeExperience, MoveLane, MoveStage, Set
from journey.model.ids import Kind, LaneId, LeaderId, PainPointId, Ref, StageId, TouchpointId
from journey.model.workspace import ordered_lanes, ordered_stages
from ui.map import edits
from ui.map.cells import AVATAR, CARD_PAD, ICON, TEXT_LEFT, TEXT_TOP
from ui.map.cursor import Cursor, box_at, clamped, next_cell, next_row, ref_at
from ui.map.editor import Onward
from ui.map.edits import Made, Target
from ui.map.headers import scaled_font
from ui.map.lanes import LaneKind, LaneSpec
from ui.map.layout import Box, LaneBox, StageSpan
from ui.map.lettering import Face
from ui.map.paint_experience import Held

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


class Acts(QObject):
    """The doings of one map view."""

    def __init__(self, view: "MapView") -> None:
        super().__init__(view)
        self._view = view
        self._target: Target | None = None
        self._cursor: Cursor | None = None

    # -- editing in place ---------------------------------------------------------------------

    def edit(self, cursor: Cursor, typed: str | None = None) -> bool:
        """Open the editor over a card or a free place; False where nothing can be typed."""
        view = self._view
        place = clamped(view.layout_now, cursor)
        target = None if place is None or view.read_only else self._target_at(place)
        if place is None or target is None:
            return False
        view.put_cursor(place)
        if target.kind is LaneKind.EXPERIENCE and typed is None:
            self._hold_handle(place)
            return True
        box = box_at(view.layout_now, place)
        view.canvas.reveal(box)
        assert target.kind is not None
        face = Face.STICKY_BOLD if target.kind is LaneKind.TOUCHPOINTS else Face.STICKY
        self._open(target, place, box, _LETTERS[target.kind], face)
        if typed:
            view.editor.replace_with(typed)
        return True

    def rename_stage(self, span: StageSpan) -> None:
        """Edit a stage's name where it stands."""
        header = self._view.canvas.stages
        if span.stage is not None and not self._view.read_only:
            bar = header.bar(span).translated(header.pos())
            at = header.text_rect(span).translated(header.pos())
            card = bar.intersected(QRectF(header.geometry()))
            target = Target(None, Ref(Kind.STAGE, span.stage.id))
            self._begin(target, card, QRectF(at.left(), card.center().y() - 9, at.width(), 18))

    def rename_lane(self, lane: LaneBox) -> None:
        """Edit the name of a lane of notes where it stands."""
        names = self._view.canvas.names
        if lane.spec.lane is not None and not self._view.read_only:
            at = names.text_rect(lane).translated(names.pos())
            card = at.adjusted(-6, -4, 2, 6)
            self._begin(Target(None, Ref(Kind.LANE, lane.spec.lane)), card, at)

    def finished(self, text: str, onward: Onward) -> None:
        """Run what a typed text means and go on."""
        view, target, cursor = self._view, self._target, self._cursor
        self._target = None
        if target is None:
            return
        command = edits.write(view.workspace, view.journey, target, text, view.persona)
        if command is not None:
            view.run(command)
        if cursor is None:
            return
        step: Cursor | None = cursor
        if onward is Onward.ROW and text.strip():
            step = next_row(view.layout_now, cursor)
        elif onward is Onward.CELL:
            step = next_cell(view.layout_now, cursor, 1)
        elif onward is Onward.BACK:
            step = next_cell(view.layout_now, cursor, -1)
        view.go(step or cursor)

    def abandoned(self) -> None:
        """Leave the text as it was."""
        self._target = None

    def follow(self, *, rescaled: bool, scrolled: bool = False) -> None:
        """Keep the editor on its card when the map moves under it; what is typed stays open.

        Figures that arrive and edits of other views must not end a text in the middle.
        """
        view = self._view
        if not view.editor.is_active or self._target is None:
            return
        if rescaled or (scrolled and self._cursor is None):
            view.editor.finish()
        if self._cursor is None or not view.editor.is_active:
            return
        place = view.place_of(self._target.ref) if self._target.ref else None
        if place is not None and self._target.kind is not LaneKind.OWNER:
            self._cursor = Cursor(place.column, place.lane, place.block or 0)
        cursor = clamped(view.layout_now, self._cursor)
        if cursor is None:
            view.editor.finish()
            return
        card = view.canvas.on_canvas(box_at(view.layout_now, cursor))
        view.editor.move(card.toAlignedRect().topLeft())

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

    def _open(
        self, target: Target, place: Cursor, box: Box, letters: tuple[float, float], face: Face
    ) -> None:
        canvas = self._view.canvas
        card = canvas.on_canvas(box)
        scale = max(canvas.zoom, 0.75)
        grown = box.width * scale - card.width()
        card.adjust(0, 0, max(grown, 0.0), 0)
        card.setHeight(max(card.height(), 28.0 * scale))
        at = card.adjusted(letters[0] * scale, letters[1] * scale, -8 * scale, 0)
        self._cursor = place
        self._begin(target, card, at, face, scale)

    def _begin(
        self,
        target: Target,
        card: QRectF,
        at: QRectF,
        face: Face = Face.BASE_BOLD,
        scale: float | None = None,
    ) -> None:
        view = self._view
        if scale is None:
            self._cursor, scale = None, view.canvas.strip_scale()
        self._target = target
        text = edits.text_of(view.workspace, target)
        shown = scaled_font(face.size, face.weight, scale)
        view.editor.begin(text, card, at, shown, face.line * scale)

    # -- adding -------------------------------------------------------------------------------

    def offer(self, column: int, spec: LaneSpec) -> str:
        """Return the words that offer to add something to a cell; "" where nothing can be."""
        cells = self._view.layout_now.columns[column]
        if cells.touchpoint is None:
            return ""
        column_of = cells.source.column
        assert column_of is not None
        empty = {
            LaneKind.OWNER: cells.touchpoint.owner is None,
            LaneKind.IMPROVEMENTS: bool(column_of.pain_points),
            LaneKind.EXPERIENCE: self._judged(column) is None,
            LaneKind.METRICS: False,
            LaneKind.TOUCHPOINTS: False,
        }
        return _offers().get(spec.kind, "") if empty.get(spec.kind, True) else ""

    def add_in(self, cursor: Cursor) -> None:
        """Add what a free place holds, by typing it there."""
        view = self._view
        if view.layout_now.columns[cursor.column].source.stage is None and not view.stages_there():
            self.add_stage()
            return
        self.edit(cursor)

    def add_stage(self, index: int | None = None) -> None:
        """Add a stage and edit its name at once."""
        name = QCoreApplication.translate("Map", "New stage")
        made = edits.new_stage(self._view.journey, name, index)
        if self._view.run(made.command):
            layout = self._view.layout_now
            for span in layout.spans:
                if span.stage is not None and span.stage.id == made.ref.id:
                    self._view.canvas.reveal(layout.column_box(span.first))
                    self.rename_stage(span)

    def add_touchpoint(self, beside: TouchpointId | None = None, after: bool = True) -> None:
        """Add a touchpoint before or after another, else at the end of the stage in sight."""
        view = self._view
        if beside is not None:
            stage, index = edits.place_in_stage(view.workspace, beside)
            place: int | None = index + (1 if after else 0)
        else:
            stage, place = self._stage_in_sight(), None
        if stage is not None:
            self.add_touchpoint_to(stage, place)

    def add_touchpoint_to(self, stage: StageId, index: int | None = None) -> None:
        """Add a touchpoint to a stage and edit its name at once."""
        name = QCoreApplication.translate("Map", "New touchpoint")
        self._add_and_edit(edits.new_touchpoint(stage, name, index))

    def add_to_column(self, kind: LaneKind) -> None:
        """Add a card of a lane to the current column, by typing it there."""
        layout, cursor = self._view.layout_now, self._view.cell
        lane = layout.lane_of(kind)
        if lane is not None and cursor is not None:
            self.edit(Cursor(cursor.column, lane, len(layout.columns[cursor.column].stacks[lane])))

    def add_improvement(self, pain: PainPointId) -> None:
        """Add an improvement that addresses a pain point and edit its title at once."""
        title = QCoreApplication.translate("Map", "New improvement")
        self._add_and_edit(edits.improvement_for(pain, title))

    def add_lane(self) -> None:
        """Add a lane of notes and edit its name at once."""
        name = QCoreApplication.translate("Map", "New lane")
        made = edits.new_lane(self._view.workspace, self._view.journey, name)
        if self._view.run(made.command):
            for lane in self._view.layout_now.lanes:
                if lane.spec.lane == made.ref.id:
                    self._view.canvas.reveal(Box(0, lane.top, 10, lane.height))
                    self.rename_lane(lane)

    def _add_and_edit(self, made: Made) -> None:
        view = self._view
        if view.run(made.command):
            place = view.place_of(made.ref)
            if place is not None:
                self.edit(Cursor(place.column, place.lane, place.block or 0))

    def _stage_in_sight(self) -> StageId | None:
        layout, cursor = self._view.layout_now, self._view.cell
        column = cursor.column if cursor else layout.column_at(self._view.canvas.visible().x + 1)
        if column is not None and (stage := layout.columns[column].source.stage) is not None:
            return stage
        stages = ordered_stages(self._view.workspace, self._view.journey)
        return stages[-1].id if stages else None

    # -- changing what is selected --------------------------------------------------------------

    def select_to(self, cursor: Cursor) -> None:
        """Select every card of the lane between the cursor and here."""
        view, layout = self._view, self._view.layout_now
        start = view.cell if view.cell and view.cell.lane == cursor.lane else cursor
        ends = sorted(((start.column, start.slot), (cursor.column, cursor.slot)))
        chosen = [
            block.ref
            for column in range(ends[0][0], ends[1][0] + 1)
            for slot, block in enumerate(layout.columns[column].stacks[cursor.lane])
            if block.ref is not None and ends[0] <= (column, slot) <= ends[1]
        ]
        view.select(tuple(chosen))

    def delete(self) -> None:
        """Delete what is selected."""
        self._run(edits.remove(self._view.selection.refs))

    def duplicate(self) -> None:
        """Set a copy beside each selected object and select the copies."""
        workspace = self._view.workspace
        made = [m for r in self._view.selection.refs if (m := edits.duplicate(workspace, r))]
        if made and self._run(
            made[0].command if len(made) == 1 else Batch([m.command for m in made])
        ):
            self._view.select(tuple(m.ref for m in made))
            self._view.reveal_current()

    def rate(self, field: str, value: int | None) -> bool:
        """Set severity or frequency of the selected pain points; False if there are none."""
        refs = self._view.selection.refs
        self._run(edits.rate(self._view.workspace, refs, field, value))
        return any(ref.kind is Kind.PAIN_POINT for ref in refs)

    def set_owner(self, ref: Ref, leader: LeaderId | None) -> None:
        """Make a leader the owner of an object; None takes the owner away."""
        self._run(Set(ref, owner=leader))

    def set_moment_of_truth(self, touchpoint: TouchpointId, value: bool) -> None:
        """Mark a touchpoint as a moment of truth, or no longer."""
        self._run(Set(Ref(Kind.TOUCHPOINT, touchpoint), moment_of_truth=value))

    def set_status(self, ref: Ref, status: str) -> None:
        """Set an improvement's status."""
        self._run(Set(ref, status=status))

    def forget_judgement(self, touchpoint: TouchpointId) -> None:
        """Take a judgement back."""
        self._run(JudgeExperience(touchpoint, None, self._view.persona))

    def move_stage(self, stage: StageId, by: int) -> None:
        """Move a stage one place."""
        order = [s.id for s in ordered_stages(self._view.workspace, self._view.journey)]
        self._run(MoveStage(stage, max(order.index(stage) + by, 0)))

    def move_lane(self, lane: LaneId, by: int) -> None:
        """Move a lane of notes one place."""
        order = [x.id for x in ordered_lanes(self._view.workspace, self._view.journey)]
        self._run(MoveLane(lane, max(order.index(lane) + by, 0)))

    def _run(self, command: Command | None) -> bool:
        return command is not None and self._view.run(command)

    # -- judging by keys ----------------------------------------------------------------------

    def _judged(self, column: int) -> float | None:
        return self._view.layout_now.experience.points[column].judged

    def _hold_handle(self, place: Cursor) -> None:
        self._view.hold(Held(place.column, self._judged(place.column) or 0.0))

    def nudge(self, by: float) -> None:
        """Move the held handle."""
        held = self._view.scene.shown.held
        if held is not None:
            value = min(max(held.value + by, -100.0), 100.0)
            self._view.hold(Held(held.column, value))

    def let_go(self, keep: bool) -> None:
        """Let go of the held handle and judge as it stands, or leave it as it was."""
        held = self._view.scene.shown.held
        self._view.hold(None)
        if held is None or not keep or self._judged(held.column) == held.value:
            return
        touchpoint = self._view.layout_now.columns[held.column].touchpoint
        if touchpoint is not None:
            self._run(JudgeExperience(touchpoint.id, held.value, self._view.persona))


def _offers() -> dict[LaneKind, str]:
    return {
        LaneKind.NOTES: QCoreApplication.translate("Map", "Add a note"),
        LaneKind.KPIS: QCoreApplication.translate("Map", "Add a KPI"),
        LaneKind.STRENGTHS: QCoreApplication.translate("Map", "Add a strength"),
        LaneKind.PAIN_POINTS: QCoreApplication.translate("Map", "Add pain point"),
        LaneKind.IMPROVEMENTS: QCoreApplication.translate("Map", "Improvement"),
        LaneKind.OWNER: QCoreApplication.translate("Map", "Set owner"),
        LaneKind.EXPERIENCE: QCoreApplication.translate("Map", "Judge"),
    }
