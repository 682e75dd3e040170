"""The board: one journey's layout, kept in step with the workspace edit by edit.

It knows no widget. An edit that leaves every object at its place lays out only the columns that
show it; any other one takes the outline anew and keeps the columns that look as before.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from journey.edit import Changes
from journey.edit.changes import Change
from journey.model.evidence import Kpi
from journey.model.ids import JourneyId, Kind, PersonaId, Ref
from journey.model.improvement import Improvement
from journey.model.map import Lane, Note, PainPoint, Stage, Strength, Touchpoint
from journey.model.people import Leader
from journey.model.workspace import Column, StageColumns, Workspace, outline
from ui.map import words
from ui.map.cells import ColumnCells, Mould, Source
from ui.map.experience import ExperienceLine, Point, fit, judged_value
from ui.map.figures import NO_FIGURES, NOTHING_MEASURED, MapFigures
from ui.map.lanes import LaneKind, LaneSpec, lane_specs
from ui.map.layout import (
    MapLayout,
    Shape,
    StageSpan,
    arrange,
    renamed_stage,
    stage_notes,
    with_columns,
)
from ui.map.lettering import Face, Lettering
from ui.numbers import number

BLIND_PAD: Final = 32.0  # icon and padding of a blind spot's label


@dataclass(frozen=True, slots=True)
class Damage:
    """What an edit changed on the map.

    Attributes:
        everything: places moved, or the columns are others now.
        columns: indices of the columns that look different.
        resized: a lane has another height.
    """

    everything: bool = False
    columns: tuple[int, ...] = ()
    resized: bool = False

    def __bool__(self) -> bool:
        """Whether anything is to be drawn anew."""
        return self.everything or bool(self.columns)


# The fields by which an object has its place on the map; other changes stay in its columns.
_PLACE: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.TOUCHPOINT: ("journey", "stage", "position"),
    Kind.PAIN_POINT: ("touchpoint", "position"),
    Kind.IMPROVEMENT: ("addresses",),
    Kind.KPI: ("touchpoint",),
    Kind.STRENGTH: ("touchpoint",),
    Kind.NOTE: ("lane", "stage", "touchpoint"),
    Kind.STAGE: ("journey", "position"),
    Kind.LANE: ("journey", "position", "content"),
    Kind.LEADER: (),
}
_UNSEEN: Final = frozenset(
    {Kind.TRANSITION, Kind.SEGMENT, Kind.SURVEY, Kind.QUARTER, Kind.OBSERVATION, Kind.QUESTION,
     Kind.ASSUMPTIONS, Kind.WORKSPACE, Kind.PERSONA}
)  # fmt: skip


class Board:
    """A journey's map: its layout, and what is shown of it."""

    def __init__(self, workspace: Workspace, journey: JourneyId, lettering: Lettering) -> None:
        self.workspace = workspace
        self.journey = journey
        self.lettering = lettering
        self.figures: MapFigures = NO_FIGURES
        self.persona: PersonaId | None = None
        self.specs: tuple[LaneSpec, ...] = ()
        self._shape = Shape()
        self._column_of: dict[str, int] = {}
        self._mould = Mould(lettering, self._shape.column, self._shape.gutter)
        self.layout = self._compose(())

    @property
    def shape(self) -> Shape:
        """Widths, folded and hidden lanes."""
        return self._shape

    def show(self, workspace: Workspace, journey: JourneyId) -> None:
        """Show another journey."""
        self.workspace, self.journey = workspace, journey
        self.layout = self._compose(())

    def set_shape(self, shape: Shape) -> None:
        """Change widths, folded or hidden lanes."""
        self._shape = shape
        self._mould = Mould(self.lettering, shape.column, shape.gutter)
        self.layout = self._compose(())

    def set_figures(self, figures: MapFigures) -> None:
        """Show other figures."""
        self.figures = figures
        self.layout = self._compose(())

    def set_persona(self, persona: PersonaId | None) -> None:
        """Show the judgements made for a persona (None: for all)."""
        self.persona = persona
        self.layout = replace(self.layout, experience=self._line(self.layout.columns))

    def absorb(self, changes: Changes) -> Damage:
        """Follow an edit and return what it changed on the map."""
        seen = [c for c in changes.items if c.ref.kind not in _UNSEEN]
        if not seen:
            return Damage()
        if all(self._keeps_its_place(change) for change in seen):
            return self._update(seen)
        before = self.layout
        self.layout = self._compose(before.columns)
        return Damage(everything=True, resized=before.height != self.layout.height)

    def counts(self) -> tuple[int, int, int]:
        """Return how many touchpoints, pain points and improvements the map shows."""
        improvements: set[str] = set()
        touchpoints = pains = 0
        for cells in self.layout.columns:
            column = cells.source.column
            if column is not None:
                touchpoints += 1
                pains += len(column.pain_points)
                improvements.update(i.id for i in column.improvements)
        return touchpoints, pains, len(improvements)

    # -- the quick way: nothing moves -------------------------------------------------------

    @staticmethod
    def _keeps_its_place(change: Change) -> bool:
        before, after = change.before, change.after
        if before is None or after is None or change.ref.kind not in _PLACE:
            return False
        return all(
            getattr(before, name) == getattr(after, name) for name in _PLACE[change.ref.kind]
        )

    def _update(self, seen: Sequence[Change]) -> Damage:
        for change in seen:
            if isinstance(change.after, Stage):
                self.layout = renamed_stage(self.layout, change.after)
            elif isinstance(change.after, Lane) or self._is_stage_note(change.after):
                self.layout = self._compose(self.layout.columns)
                return Damage(everything=True)
        indices = sorted({i for c in seen for i in self.columns_showing(c.ref)})
        changed = {
            i: self._mould.cells(
                self._refreshed(self.layout.columns[i].source), self._shown(), self.figures
            )
            for i in indices
        }
        before = self.layout
        line = self._follow_line(before.experience, changed)
        self.layout = with_columns(before, changed, line)
        moved = [lane.top for lane in before.lanes] != [lane.top for lane in self.layout.lanes]
        resized = moved or before.height != self.layout.height
        rescaled = line != before.experience and _scale(line) != _scale(before.experience)
        stages = any(c.ref.kind is Kind.STAGE for c in seen)
        return Damage(resized or rescaled or stages, tuple(changed), resized)

    @staticmethod
    def _is_stage_note(entity: object) -> bool:
        return isinstance(entity, Note) and entity.touchpoint is None

    def columns_showing(self, ref: Ref) -> list[int]:
        """Return the columns that show an object as a card or as an owner."""
        if ref.kind is Kind.LEADER:
            return [
                index
                for index, cells in enumerate(self.layout.columns)
                if cells.source.owner is not None and cells.source.owner.id == ref.id
            ]
        found = (self._column_of.get(at) for at in _touchpoints_of(self.workspace, ref))
        return sorted({index for index in found if index is not None})

    def _refreshed(self, source: Source) -> Source:
        """Return the source with its objects as they are now."""
        notes = {
            key: tuple(self.workspace.notes[n.id] for n in mine)
            for key, mine in source.notes.items()
        }
        if source.column is None:
            return replace(source, notes=notes)
        fresh = _fresh_column(self.workspace, source.column)
        return Source(fresh, source.stage, notes, self._owner(fresh.touchpoint))

    # -- the whole way: the outline anew ------------------------------------------------------

    def _shown(self) -> tuple[LaneSpec, ...]:
        return tuple(spec for spec in self.specs if spec.key not in self._shape.hidden)

    def _compose(self, known: Sequence[ColumnCells]) -> MapLayout:
        """Lay everything out; columns of `known` that look the same are taken as they are."""
        specs = lane_specs(self.workspace, self.journey, words.lane_name)
        lanes_changed = specs != self.specs
        self.specs = specs
        reusable = {} if lanes_changed else {_column_id(c.source): c for c in known}
        by_touchpoint, by_stage = self._notes()
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
                )
                for column in group.columns
            ] or [Source(None, stage, {})]
            for source in sources:
                kept = reusable.get(_column_id(source))
                if kept is None or not kept.source.same_as(source):
                    kept = self._mould.cells(source, shown, self.figures)
                columns.append(kept)
            notes = by_stage.get(stage or "", {})
            width = len(sources) * self._shape.column - 2 * self._shape.gutter
            stacks = stage_notes(self._mould, shown, notes, width)
            spans.append(
                StageSpan(group.stage, first, len(sources), len(group.columns), stacks, notes)
            )
        self._column_of = {
            cells.source.column.touchpoint.id: index
            for index, cells in enumerate(columns)
            if cells.source.column is not None
        }
        return arrange(self._shape, shown, columns, spans, self._line(columns))

    def _notes(self) -> tuple[Mapping[str, dict[str, tuple[Note, ...]]],
                              Mapping[str, dict[str, tuple[Note, ...]]]]:  # fmt: skip
        """Return the notes by touchpoint and by stage, each by lane."""
        by_touchpoint: dict[str, dict[str, tuple[Note, ...]]] = defaultdict(dict)
        by_stage: dict[str, dict[str, tuple[Note, ...]]] = defaultdict(dict)
        for note in self.workspace.notes.values():
            owner = by_touchpoint if note.touchpoint else by_stage
            mine = owner[note.touchpoint or note.stage or ""]
            mine[note.lane] = (*mine.get(note.lane, ()), note)
        return by_touchpoint, by_stage

    def _owner(self, touchpoint: Touchpoint) -> Leader | None:
        return self.workspace.leaders.get(touchpoint.owner) if touchpoint.owner else None

    def _line(self, columns: Iterable[ColumnCells]) -> ExperienceLine:
        points = [self._point(cells) for cells in columns]
        labels = [self._label(i, p) for i, p in enumerate(points) if p.is_blind_spot]
        return self._fit(points, labels)

    def _follow_line(
        self, line: ExperienceLine, changed: Mapping[int, ColumnCells]
    ) -> ExperienceLine:
        """Return the line with the points of some columns as they are now; itself if none moved."""
        fresh = {index: self._point(cells) for index, cells in changed.items()}
        if all(line.points[index] == point for index, point in fresh.items()):
            return line
        points = list(line.points)
        for index, point in fresh.items():
            points[index] = point
        labels = [(s.column, s.text, s.width) for s in line.blind_spots if s.column not in fresh]
        labels += [self._label(i, p) for i, p in fresh.items() if p.is_blind_spot]
        return self._fit(points, sorted(labels))

    def _point(self, cells: ColumnCells) -> Point:
        touchpoint = cells.touchpoint
        if touchpoint is None:
            return Point()
        known = self.figures.touchpoints.get(touchpoint.id, NOTHING_MEASURED)
        return Point(judged_value(touchpoint, self.persona), known.experience)

    def _label(self, index: int, point: Point) -> tuple[int, str, float]:
        """Return a blind spot's column, its figures and how wide its label is."""
        text = blind_text(point)
        width = self.lettering.advance(words.blind_spot(), Face.META_BOLD)
        return index, text, width + self.lettering.advance(f" · {text}", Face.META) + BLIND_PAD

    def _fit(self, points: Sequence[Point], labels: list[tuple[int, str, float]]) -> ExperienceLine:
        least = self._shape.least(LaneKind.EXPERIENCE)
        return fit(points, labels, self._shape.column, least)


def blind_text(point: Point) -> str:
    """Return the figures of a blind spot: "judged +32, measured −21 ±8"."""
    assert point.judged is not None
    assert point.measured is not None
    return words.judged_and_measured(
        number(point.judged, 0, signed=True),
        number(point.measured.value, 0, signed=True),
        f"±{number(point.measured.margin, 0)}",
    )


def _scale(line: ExperienceLine) -> tuple[object, ...]:
    return line.low, line.high, line.top, line.bottom, line.blind_spots


def _column_id(source: Source) -> str:
    return source.column.touchpoint.id if source.column else f"empty {source.stage}"


def _fresh_column(ws: Workspace, column: Column) -> Column:
    """Return the column with its objects as they are now."""
    return replace(
        column,
        touchpoint=ws.touchpoints[column.touchpoint.id],
        pain_points=tuple(ws.pain_points[e.id] for e in column.pain_points),
        improvements=tuple(ws.improvements[e.id] for e in column.improvements),
        kpis=tuple(ws.kpis[e.id] for e in column.kpis),
        strengths=tuple(ws.strengths[e.id] for e in column.strengths),
    )


def _touchpoints_of(ws: Workspace, ref: Ref) -> Iterator[str]:
    """Yield the touchpoints under which an object stands."""
    entity = ws.find(ref)
    if isinstance(entity, Touchpoint):
        yield entity.id
    elif isinstance(entity, Improvement):
        for pain in entity.addresses:
            yield from _touchpoints_of(ws, Ref(Kind.PAIN_POINT, pain))
    elif isinstance(entity, PainPoint | Note | Kpi | Strength):
        yield entity.touchpoint or ""
