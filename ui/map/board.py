"""The board: one journey's layout, kept in step with the workspace edit by edit.

It knows no widget. An edit that leaves every object at its place lays out only the columns that
show it; any other one takes the outline anew and keeps the columns that look as before.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from journey.edit import Changes, twins
from journey.edit.changes import Change
from journey.model.ids import JourneyId, Kind, PersonaId, Ref, StageId
from journey.model.map import Lane, Note, Stage, Touchpoint
from journey.model.people import Leader
from journey.model.workspace import (
    Column,
    Entity,
    StageColumns,
    Workspace,
    ordered_stages,
    outline,
)
from ui.map import words
from ui.map.arranging import arrange, rearrange, stage_notes, with_columns
from ui.map.cells import ColumnCells, Mould, Source
from ui.map.damage import Damage
from ui.map.experience import ExperienceLine
from ui.map.figures import NO_FIGURES, MapFigures, differing
from ui.map.lanes import LaneKind, LanePref, LaneSpec, lane_prefs, lane_specs
from ui.map.layout import MapLayout, Shape, StageSpan, renamed_stage
from ui.map.lettering import Lettering
from ui.map.line_of import LineOf
from ui.map.places import (
    UNSEEN,
    fresh_column,
    gathered,
    gathered_notes,
    keeps_its_place,
    notes_by_place,
    stages_touched,
    stays_in_columns,
    touchpoints_of,
)
from ui.map.tally import Tally


class Board:
    """A journey's map: its layout, and what is shown of it."""

    def __init__(self, workspace: Workspace, journey: JourneyId, lettering: Lettering) -> None:
        self.workspace = workspace
        self.journey = journey
        self.lettering = lettering
        self.figures: MapFigures = NO_FIGURES
        self.persona: PersonaId | None = None
        self.opened: tuple[StageId, int] | None = None
        self.specs: tuple[LaneSpec, ...] = ()
        self._own_prefs: tuple[LanePref, ...] | None = None
        self._shape = Shape()
        self._column_of: dict[str, int] = {}
        self._twins: set[str] = set()
        self._tally = Tally()
        self._mould = Mould(lettering, self._shape.column, self._shape.gutter)
        self.layout = self._compose(())

    @property
    def shape(self) -> Shape:
        """Widths, folded and hidden lanes."""
        return self._shape

    def show(self, workspace: Workspace, journey: JourneyId) -> None:
        """Show another journey."""
        self.workspace, self.journey = workspace, journey
        self.opened = self._own_prefs = None
        self.layout = self._compose(())

    @property
    def has_stages(self) -> bool:
        """Whether the journey has any stage."""
        return any(span.stage is not None for span in self.layout.spans)

    @property
    def prefs(self) -> tuple[LanePref, ...]:
        """What the journey keeps about its lanes."""
        if self._own_prefs is not None:
            return self._own_prefs
        return lane_prefs(self.workspace.journeys.get(self.journey))

    def all_prefs(self) -> tuple[LanePref, ...]:
        """Return a pref for every lane, in the order they stand."""
        kept = {pref.key: pref for pref in self.prefs}
        return tuple(kept.get(spec.key, LanePref(spec.key)) for spec in self.specs)

    def set_prefs(self, prefs: tuple[LanePref, ...]) -> None:
        """Show lanes otherwise than the journey keeps them, for as long as it is shown."""
        self._own_prefs = prefs
        self.layout = self._compose(())

    def open_place(self, place: tuple[StageId, int] | None) -> None:
        """Make room for a touchpoint to be typed at an index of a stage; None takes it away."""
        if place != self.opened:
            self.opened = place
            self.layout = self._restage((), {place[0]} if place else set())

    def opened_column(self) -> int | None:
        """Return the column of the room that was made, if there is one."""
        if self.opened is None:
            return None
        stage, index = self.opened
        span = next((s for s in self.layout.spans if s.stage and s.stage.id == stage), None)
        return None if span is None else span.first + min(index, span.touchpoints)

    def set_shape(self, shape: Shape) -> None:
        """Change widths, folded or hidden lanes."""
        self._shape = shape
        self._mould = Mould(self.lettering, shape.column, shape.gutter)
        self.layout = self._compose(())

    def set_figures(self, figures: MapFigures) -> Damage:
        """Show other figures; only the columns that show others are made anew."""
        before, self.figures = self.figures, figures
        others = (self._column_of.get(t) for t in differing(self.workspace, before, figures))
        columns, shown = self.layout.columns, self._shown()
        return self._put(
            {
                i: self._mould.cells(columns[i].source, shown, figures)
                for i in others
                if i is not None
            }
        )

    def set_persona(self, persona: PersonaId | None) -> None:
        """Show the judgements made for a persona (None: for all)."""
        self.persona = persona
        self.layout = replace(self.layout, experience=self._line_of.whole(self.layout.columns))

    def judge(self) -> str:
        """Return whose judgements are shown; "" where there is nobody to choose between."""
        people = self.workspace.personas
        chosen = people.get(self.persona) if self.persona else None
        return (chosen.name if chosen else words.everyone()) if people else ""

    def absorb(self, changes: Changes) -> Damage:
        """Follow an edit and return what it changed on the map."""
        seen = [c for c in changes.items if c.ref.kind not in UNSEEN]
        if not seen:
            return Damage()
        strengths = self._hidden(self.prefs) == self._shape.hidden
        if strengths and all(stays_in_columns(change) for change in seen):
            return self._update(seen)
        before = self.layout
        stages = stages_touched(seen) if strengths else None
        if stages is None:
            self.layout = self._compose(before.columns)
        else:
            self.layout = self._restage(seen, stages)
        return Damage(everything=True, resized=before.height != self.layout.height)

    def counts(self) -> tuple[int, int, int]:
        """Return how many touchpoints, pain points and improvements the map shows."""
        return self._tally.follow(self.layout.columns)

    # -- the quick way: nothing moves -------------------------------------------------------

    def _update(self, seen: Sequence[Change]) -> Damage:
        for change in seen:
            if isinstance(change.after, Stage):
                self.layout = renamed_stage(self.layout, change.after)
            elif isinstance(change.after, Lane) or self._is_stage_note(change.after):
                self.layout = self._compose(self.layout.columns)
                return Damage(everything=True)
        anew = not all(keeps_its_place(change) for change in seen)
        indices = {i for c in seen for i in self.columns_showing(c.ref)}
        if anew:
            indices |= {i for c in seen for i in self._columns_of(c.before)}
        around = seen if anew else ()
        columns = self.layout.columns
        damage = self._put({i: self._anew(columns[i].source, around) for i in sorted(indices)})
        stages = any(c.ref.kind is Kind.STAGE for c in seen)
        return replace(damage, everything=damage.everything or stages, cards=anew)

    def _put(self, changed: Mapping[int, ColumnCells]) -> Damage:
        """Put columns that were made anew in the place of those before."""
        before = self.layout
        line = self._line_of.after(before, changed)
        self.layout = with_columns(before, changed, line)
        moved = [lane.top for lane in before.lanes] != [lane.top for lane in self.layout.lanes]
        resized = moved or before.height != self.layout.height
        rescaled = line != before.experience and _scale(line) != _scale(before.experience)
        return Damage(resized or rescaled, tuple(changed), resized)

    @staticmethod
    def _is_stage_note(entity: object) -> bool:
        return isinstance(entity, Note) and entity.touchpoint is None

    def column_of(self, touchpoint: str) -> int | None:
        """Return a touchpoint's column, None where the map does not show it."""
        return self._column_of.get(touchpoint)

    def columns_showing(self, ref: Ref) -> list[int]:
        """Return the columns that show an object as a card or as an owner."""
        if ref.kind is Kind.LEADER:
            return [
                index
                for index, cells in enumerate(self.layout.columns)
                if cells.source.owner is not None and cells.source.owner.id == ref.id
            ]
        return self._columns_of(self.workspace.find(ref))

    def _columns_of(self, entity: Entity | None) -> list[int]:
        found = (self._column_of.get(at) for at in touchpoints_of(self.workspace, entity))
        return sorted({index for index in found if index is not None})

    def _refreshed(self, source: Source, around: Sequence[Change]) -> Source:
        """Return the source with its objects as they are now; `around`: what comes and goes."""
        notes = source.notes
        if around and source.column is not None:
            column = gathered(self.workspace, source.column, around)
            if any(c.ref.kind is Kind.NOTE for c in around):
                notes = gathered_notes(self.workspace, column.touchpoint.id)
            owner = self._owner(column.touchpoint)
            return replace(source, column=column, notes=notes, owner=owner)
        notes = {
            key: tuple(self.workspace.notes[n.id] for n in mine) for key, mine in notes.items()
        }
        if source.column is None:
            return replace(source, notes=notes)
        fresh = fresh_column(self.workspace, source.column)
        return replace(source, column=fresh, notes=notes, owner=self._owner(fresh.touchpoint))

    # -- the middle way: touchpoints and stages come, go or move ---------------------------------

    def _restage(self, seen: Sequence[Change], stages: Set[str]) -> MapLayout:
        """Lay out these stages anew, and columns whose cards changed; the others only shift."""
        before, near = self.layout, self._touched(seen)
        columns: list[ColumnCells] = []
        spans: list[StageSpan] = []
        for stage, span in self._staged(seen):
            first, own = len(columns), stage.id if stage else None
            if own is not None and (
                span is None or own in stages or span.count != span.touchpoints
            ):
                columns += self._stage_cells(own, seen, near)
                count = len(columns) - first
                touchpoints = count - sum(c.touchpoint is None for c in columns[first:])
                notes = span.notes if span else {}
                spans.append(self._span(stage, first, count, touchpoints, notes))
                continue
            assert span is not None, "what stands without a stage stood there before"
            mine = before.columns[span.first : span.first + span.count]
            if near.isdisjoint(range(span.first, span.first + span.count)):
                columns += mine
            else:
                columns += [
                    self._anew(cells.source, seen) if index in near else cells
                    for index, cells in enumerate(mine, span.first)
                ]
            same = span.first == first and span.stage is stage
            spans.append(span if same else replace(span, first=first, stage=stage))
        if not columns:
            return self._compose(())
        self._place(columns)
        return rearrange(before, columns, spans, self._line_of.whole(columns, before))

    def _staged(self, seen: Sequence[Change]) -> list[tuple[Stage | None, StageSpan | None]]:
        """Return the stages as they stand now, each with what it covered before."""
        spans = self.layout.spans
        if all(change.ref.kind is not Kind.STAGE for change in seen):
            return [(span.stage, span) for span in spans]
        known = {span.stage.id: span for span in spans if span.stage}
        order = ordered_stages(self.workspace, self.journey)
        rest = [(None, span) for span in spans if span.stage is None and span.touchpoints]
        return [*((stage, known.get(stage.id)) for stage in order), *rest]

    def _touched(self, seen: Sequence[Change]) -> set[int]:
        """Return the columns under which something changed, as they stood before."""
        return {i for c in seen for e in (c.before, c.after) for i in self._columns_of(e)}

    def _stage_cells(
        self, stage: StageId, seen: Sequence[Change], near: Set[int]
    ) -> list[ColumnCells]:
        """Return the columns of a stage as its touchpoints stand now."""
        mine = [t for t in self.workspace.touchpoints.values() if t.stage == stage]
        made: list[ColumnCells] = []
        for touchpoint in sorted(mine, key=lambda t: (t.position, t.id)):
            at = self._column_of.get(touchpoint.id)
            source = Source(Column(touchpoint, (), (), (), (), ()), stage, {})
            kept = self.layout.columns[at] if at is not None else None
            if kept is not None and at not in near and kept.source.stage == stage:
                made.append(kept)
                continue
            if kept is not None:
                source = replace(kept.source, stage=stage)
            made.append(self._anew(source, seen))
        if not made or (self.opened is not None and self.opened[0] == stage):
            index = self.opened[1] if self.opened and made else 0
            empty = Source(None, stage, {})
            made.insert(index, self._mould.cells(empty, self._shown(), self.figures))
        return made

    def _anew(self, source: Source, seen: Sequence[Change]) -> ColumnCells:
        return self._mould.cells(self._refreshed(source, seen), self._shown(), self.figures)

    # -- the whole way: the outline anew ------------------------------------------------------

    def _shown(self) -> tuple[LaneSpec, ...]:
        return tuple(spec for spec in self.specs if spec.key not in self._shape.hidden)

    def _hidden(self, prefs: tuple[LanePref, ...]) -> frozenset[str]:
        """Return the lanes that do not show: those chosen, and strengths until there are any."""
        hidden = {pref.key for pref in prefs if pref.hidden}
        chosen = {pref.key for pref in prefs if pref.hidden is not None}
        strengths = LaneKind.STRENGTHS.value
        if strengths not in chosen and not self.workspace.strengths:
            hidden.add(strengths)
        return frozenset(hidden)

    def _compose(self, known: Sequence[ColumnCells]) -> MapLayout:
        """Lay everything out; columns of `known` that look the same are taken as they are."""
        self._twins = {
            key for t in self.workspace.touchpoints.values() if t.shared_with
            for key in (t.id, *t.shared_with)
        }  # fmt: skip
        before = self._shown()
        prefs = self.prefs
        self.specs = lane_specs(self.workspace, self.journey, words.lane_name, prefs)
        self._shape = replace(self._shape, hidden=self._hidden(prefs))
        lanes_changed = self._shown() != before
        reusable = {} if lanes_changed else {_column_id(c.source): c for c in known}
        by_touchpoint, by_stage = notes_by_place(self.workspace)
        groups = outline(self.workspace, self.journey) or [StageColumns(None, ())]
        columns: list[ColumnCells] = []
        spans: list[StageSpan] = []
        shown = self._shown()
        for group in groups:
            first, stage = len(columns), group.stage.id if group.stage else None
            sources = [
                Source(
                    column,
                    stage,
                    by_touchpoint.get(column.touchpoint.id, {}),
                    self._owner(column.touchpoint),
                    self._shared(column.touchpoint),
                )
                for column in group.columns
            ]
            if not sources or (self.opened is not None and self.opened[0] == stage):
                index = self.opened[1] if self.opened and sources else 0
                sources.insert(index, Source(None, stage, {}))
            for source in sources:
                kept = reusable.get(_column_id(source))
                if kept is None or not kept.source.same_as(source):
                    kept = self._mould.cells(source, shown, self.figures)
                columns.append(kept)
            notes = by_stage.get(stage or "", {})
            spans.append(self._span(group.stage, first, len(sources), len(group.columns), notes))
        self._place(columns)
        return arrange(self._shape, shown, columns, spans, self._line_of.whole(columns))

    def _span(
        self,
        stage: Stage | None,
        first: int,
        count: int,
        touchpoints: int,
        notes: Mapping[str, tuple[Note, ...]],
    ) -> StageSpan:
        width = count * self._shape.column - 2 * self._shape.gutter
        stacks = stage_notes(self._mould, self._shown(), notes, width)
        return StageSpan(stage, first, count, touchpoints, stacks, notes)

    def _place(self, columns: Sequence[ColumnCells]) -> None:
        self._column_of = {
            cells.source.column.touchpoint.id: index
            for index, cells in enumerate(columns)
            if cells.source.column is not None
        }

    @property
    def _line_of(self) -> LineOf:
        return LineOf(self.workspace, self.figures, self.persona, self.lettering, self._shape)

    def _shared(self, touchpoint: Touchpoint) -> tuple[str, ...]:
        """Return the names of the other journeys that share a touchpoint."""
        if touchpoint.id not in self._twins:
            return ()
        ws = self.workspace
        others = {ws.touchpoints[t].journey for t in twins(ws, touchpoint.id)} - {self.journey}
        return tuple(sorted(ws.journeys[j].name for j in others))

    def _owner(self, touchpoint: Touchpoint) -> Leader | None:
        return self.workspace.leaders.get(touchpoint.owner) if touchpoint.owner else None


def _scale(line: ExperienceLine) -> tuple[object, ...]:
    return line.low, line.high, line.top, line.bottom, line.blind_spots


def _column_id(source: Source) -> str:
    return source.column.touchpoint.id if source.column else f"empty {source.stage}"
