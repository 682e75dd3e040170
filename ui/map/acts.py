"""What a person does to the map, however it was asked for: by mouse, key or menu."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QMouseEvent

from journey.edit import Batch, Command, JudgeExperience, MoveStage, Set
from journey.edit.add import touchpoints_in
from journey.model.ids import Kind, LeaderId, PainPointId, Ref, StageId, TouchpointId
from journey.model.workspace import ordered_stages
from ui.map import edits
from ui.map.cursor import STACKED, STAGE_ROW, Cursor
from ui.map.edits import Made
from ui.map.lanes import BACKSTAGE, IMAGES, LISTS, SYSTEMS, LaneKind, LaneSpec
from ui.map.layout import Box, StageSpan
from ui.map.paint_experience import Held
from ui.map.shifting import coloured, linked, shifted

if TYPE_CHECKING:
    from ui.map.view import MapView


class Acts(QObject):
    """The doings of one map view."""

    def __init__(self, view: "MapView") -> None:
        super().__init__(view)
        self._view = view

    # -- editing in place ---------------------------------------------------------------------

    def edit(self, cursor: Cursor, typed: str | None = None) -> bool:
        """Open the editor over a card or a free place; False where nothing can be typed."""
        return self._view.writing.edit(cursor, typed)

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
        self.edit(cursor)

    def add_stage(self, index: int | None = None) -> None:
        """Add a stage and edit its name at once; behind the last one it is typed first."""
        view = self._view
        count = sum(1 for span in view.layout_now.spans if span.stage)
        if index is None or index >= count:
            self.edit(Cursor(len(view.layout_now.columns), STAGE_ROW))
            return
        name = QCoreApplication.translate("Map", "New stage")
        made = edits.new_stage(view.journey, name, index)
        if view.run(made.command):
            for span in view.layout_now.spans:
                if span.stage is not None and span.stage.id == made.ref.id:
                    view.writing.rename_stage(span)

    def add_touchpoint(self, beside: TouchpointId | None = None, after: bool = True) -> None:
        """Type a touchpoint before or after another, else at the end of the stage in sight."""
        if beside is not None:
            self._view.writing.edit_beside(beside, after=after)
            return
        stage = self._stage_in_sight()
        if stage is not None:
            self.add_touchpoint_to(stage)
        else:
            self.add_stage()

    def add_touchpoint_to(self, stage: StageId, index: int | None = None) -> None:
        """Type a touchpoint of a stage."""
        count = len(touchpoints_in(self._view.workspace, stage))
        self._view.writing.edit_new(stage, count if index is None else index)

    def add_beside(self) -> bool:
        """Type another object of the kind under the cursor, right after it."""
        view, cursor = self._view, self._view.cell
        if cursor is None:
            return False
        if cursor.lane == STAGE_ROW:
            order = [s.first for s in view.layout_now.spans if s.stage]
            self.add_stage(order.index(cursor.column) + 1 if cursor.column in order else None)
            return True
        kind = view.layout_now.lanes[cursor.lane].spec.kind
        touchpoint = view.layout_now.columns[cursor.column].touchpoint
        if kind in STACKED:
            free = len(view.layout_now.columns[cursor.column].stacks[cursor.lane])
            return self.edit(Cursor(cursor.column, cursor.lane, free))
        return touchpoint is not None and view.writing.edit_beside(touchpoint.id)

    def add_to_column(self, kind: LaneKind) -> None:
        """Add a card of a lane to the current column, by typing it there."""
        layout, cursor = self._view.layout_now, self._view.cell
        lane = layout.lane_of(kind)
        if lane is not None and cursor is not None and cursor.column < len(layout.columns):
            self.edit(Cursor(cursor.column, lane, len(layout.columns[cursor.column].stacks[lane])))

    def add_improvement(self, pain: PainPointId) -> None:
        """Add an improvement that addresses a pain point and edit its title at once."""
        title = QCoreApplication.translate("Map", "New improvement")
        self._add_and_edit(edits.improvement_for(pain, title))

    def add_lane(self, content: str = "text") -> None:
        """Add a lane for what `content` names and edit its name at once."""
        names = {
            IMAGES: QCoreApplication.translate("Map", "Images"),
            LISTS: QCoreApplication.translate("Map", "New list"),
            BACKSTAGE: QCoreApplication.translate("Map", "Backstage"),
            SYSTEMS: QCoreApplication.translate("Map", "Systems"),
        }
        name = names.get(content) or QCoreApplication.translate("Map", "New lane")
        made = edits.new_lane(self._view.workspace, self._view.journey, name, content)
        if self._view.run(made.command):
            for lane in self._view.layout_now.lanes:
                if lane.spec.lane == made.ref.id:
                    self._view.canvas.reveal(Box(0, lane.top, 10, lane.height))
                    self._view.writing.rename_lane(lane)

    def _add_and_edit(self, made: Made) -> None:
        view = self._view
        if view.run(made.command):
            place = view.place_of(made.ref)
            if place is not None:
                self.edit(Cursor(place.column, place.lane, place.block or 0))

    def _stage_in_sight(self) -> StageId | None:
        layout, cursor = self._view.layout_now, self._view.cell
        column = cursor.column if cursor else layout.column_at(self._view.canvas.visible().x + 1)
        inside = column is not None and column < len(layout.columns)
        if (
            inside
            and column is not None
            and (stage := layout.columns[column].source.stage) is not None
        ):
            return stage
        stages = ordered_stages(self._view.workspace, self._view.journey)
        return stages[-1].id if stages else None

    # -- changing what is selected --------------------------------------------------------------

    def select_to(self, cursor: Cursor) -> None:
        """Select every card of the lane between the cursor and here."""
        view, layout = self._view, self._view.layout_now
        start = view.cell if view.cell and view.cell.lane == cursor.lane else cursor
        if cursor.lane == STAGE_ROW:
            return
        ends = sorted(((start.column, start.slot), (cursor.column, cursor.slot)))
        chosen = [
            block.ref
            for column in range(ends[0][0], ends[1][0] + 1)
            for slot, block in enumerate(layout.columns[column].stacks[cursor.lane])
            if block.ref is not None and ends[0] <= (column, slot) <= ends[1]
        ]
        view.select(tuple(chosen))

    def select_all(self) -> None:
        """Select every card of the lane the cursor stands in, else every touchpoint."""
        view, layout = self._view, self._view.layout_now
        if view.cell is not None and view.cell.lane == STAGE_ROW:
            view.select(tuple(Ref(Kind.STAGE, s.stage.id) for s in layout.spans if s.stage))
            return
        touchpoints = layout.lane_of(LaneKind.TOUCHPOINTS)
        lane = view.cell.lane if view.cell is not None else touchpoints
        if lane is not None:
            stacks = (cells.stacks[lane] for cells in layout.columns)
            view.select(tuple(b.ref for stack in stacks for b in stack if b.ref is not None))

    def shift_selected(self, step: tuple[int, int]) -> bool:
        """Move what is selected one place: (columns to the right, places down)."""
        view = self._view
        self._run(shifted(view.workspace, view.journey, view.selection.refs, step))
        view.reveal_current()
        return True

    def link_selected(self) -> bool:
        """Draw transitions between the selected touchpoints, in the order they were chosen."""
        refs = self._view.selection.refs
        return self.link([ref.id for ref in refs if ref.kind is Kind.TOUCHPOINT])

    def link(self, touchpoints: Sequence[str]) -> bool:
        """Draw a transition from each touchpoint to the next one, and say so."""
        view = self._view
        if not self._run(linked(view.workspace, view.journey, touchpoints)):
            return False
        names = [view.workspace.touchpoints[TouchpointId(t)].name for t in touchpoints]
        text = QCoreApplication.translate("Map", "Transition drawn: %1")
        view.noted.emit("flow-arrow", text.replace("%1", " → ".join(names)))
        return True

    def set_colour(self, colour: str) -> None:
        """Colour what is selected; "" gives the cards their own colour back."""
        self._run(coloured(self._view.workspace, self._view.selection.refs, colour))

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

    def set_owner(self, refs: tuple[Ref, ...], leader: LeaderId | None) -> None:
        """Make a leader the owner of objects; None takes the owner away."""
        self._run(edits.give_owner(self._view.workspace, refs, leader))

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

    def drop_stage(self, stage: str, index: int) -> None:
        """Move a stage to where its bar was dropped."""
        if not self._view.read_only:
            self._run(MoveStage(StageId(stage), index))

    def press_stage(self, span: StageSpan, event: QMouseEvent) -> None:
        """Select a stage; with Ctrl beside what is selected."""
        view = self._view
        view.editor.finish()
        if span.stage is None:
            return
        ref = Ref(Kind.STAGE, span.stage.id)
        view.put_cursor(Cursor(span.first, STAGE_ROW))
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            view.selection.toggle(ref, view)
        else:
            view.select((ref,))

    def _run(self, command: Command | None) -> bool:
        return command is not None and self._view.run(command)

    # -- judging by keys ----------------------------------------------------------------------

    def _judged(self, column: int) -> float | None:
        return self._view.layout_now.experience.points[column].judged

    def hold_handle(self, place: Cursor) -> None:
        """Let the arrows move the judged value of a column."""
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
