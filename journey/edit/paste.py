"""The command that puts a fragment into a journey, its ids renewed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from journey.edit.add import pain_points_at, touchpoints_in
from journey.edit.changes import Change
from journey.edit.command import Command, Summary, display_name, existing, put
from journey.edit.copying import Fragment
from journey.edit.entrance import cleaned
from journey.edit.order import Placed, placed_at, renumber
from journey.errors import EditError
from journey.model.check import REFERENCES
from journey.model.evidence import Kpi
from journey.model.ids import (
    JourneyId,
    Kind,
    LaneId,
    PainPointId,
    Ref,
    StageId,
    TouchpointId,
    new_id,
)
from journey.model.improvement import Improvement
from journey.model.map import (
    LOST,
    RETAINED,
    START,
    Journey,
    Lane,
    Note,
    PainPoint,
    Stage,
    Strength,
    Touchpoint,
    Transition,
)
from journey.model.workspace import (
    Entity,
    Workspace,
    ordered_journeys,
    ordered_lanes,
    ordered_stages,
    ordered_touchpoints,
    ref_of,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fragment goes: after this stage or touchpoint, under this touchpoint, in this lane.

    None of a part means the end, or the journey's first.
    """

    journey: JourneyId
    stage: StageId | None = None
    touchpoint: TouchpointId | None = None
    lane: LaneId | None = None


class Paste(Command):
    """Add a fragment's objects under new ids; what they name is found by name, or comes along.

    Attributes:
        made: the pasted roots under their new ids.
    """

    def __init__(self, fragment: Fragment, place: Place) -> None:
        super().__init__()
        self._fragment, self._place = fragment, place
        self._new = {ref_of(e): new_id(e.kind) for e in fragment.entities}
        self.made = tuple(Ref(ref.kind, self._new[ref]) for ref in fragment.roots)

    @property
    def summary(self) -> Summary:
        """The first root's name and how many there are."""
        roots = self._fragment.roots
        by_ref = {ref_of(e): e for e in self._fragment.entities}
        name = display_name(by_ref[roots[0]]) if roots else ""
        kind = roots[0].kind if roots else Kind.WORKSPACE
        return Summary("add", kind, name, len(roots))

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield what is named and missing, then the objects, roots at their place.

        Raises:
            EditError: a card has no touchpoint to stand under ("no_place").
        """
        ids: dict[Ref, str | None] = dict(self._new)
        whole = {JourneyId(r.id) for r in self._fragment.roots if r.kind is Kind.JOURNEY}
        if whole != {JourneyId(r.id) for r in self._fragment.roots}:
            existing(ws, Ref(Kind.JOURNEY, self._place.journey))
        for entity in self._fragment.context:
            yield from self._meet(ws, entity, ids, whole)
        roots = {ref: n for n, ref in enumerate(self._fragment.roots)}
        for entity in self._fragment.entities:
            ref = ref_of(entity)
            if isinstance(entity, Transition) and not self._comes_along(ws, entity):
                continue
            fresh = self._renewed(ws, entity, ids)
            stayed = self._stayed(ws, entity) if ref not in roots else None
            if stayed is not None and isinstance(fresh, Improvement):
                answered = dict.fromkeys((*stayed.addresses, *fresh.addresses))
                yield put(ws, replace(stayed, addresses=tuple(answered)))
            elif ref in roots:
                yield from self._placed(ws, ref, fresh, roots[ref])
            else:
                yield put(ws, cleaned(fresh))

    def _comes_along(self, ws: Workspace, transition: Transition) -> bool:
        """Whether a transition is pasted: both its ends are, or where it is moved, are there.

        A copied touchpoint without its neighbours would take their counts a second time.
        """
        journey = Ref(Kind.JOURNEY, transition.journey) in self._new
        for end in (transition.source, transition.target):
            ref = Ref(Kind.TOUCHPOINT, end)
            outside = end in (START, RETAINED, LOST)
            if ref in self._new or (outside and (journey or self._fragment.moved)):
                continue
            if outside or not self._fragment.moved or ws.find(ref) is None:
                return False
        return True

    def _stayed(self, ws: Workspace, entity: Entity) -> Improvement | None:
        """Return an improvement that a cut left where it was, as it answers other pains too."""
        if not self._fragment.moved or not isinstance(entity, Improvement):
            return None
        return ws.improvements.get(entity.id)

    # -- what the objects name ------------------------------------------------------------------

    def _meet(
        self,
        ws: Workspace,
        entity: Entity,
        ids: dict[Ref, str | None],
        whole: set[JourneyId],
    ) -> Iterator[Change]:
        """Find an object that is named, by id and name, else by name; else bring it along."""
        ref, name = ref_of(entity), display_name(entity).casefold()
        here = [e for e in ws.table(entity.kind).values() if self._is_here(e, whole)]
        named = [e for e in here if display_name(e).casefold() == name]
        found = next((e for e in named if e.id == ref.id), named[0] if named else None)
        ids[ref] = found.id if found is not None else None
        if found is None and not isinstance(entity, Touchpoint):
            ids[ref] = new_id(ref.kind)
            fresh = self._renewed(ws, entity, ids)
            if isinstance(fresh, Lane):
                last = placed_at(ordered_lanes(ws, self._place.journey), None)
                fresh = replace(fresh, position=last or 0.0)
            yield put(ws, cleaned(fresh))

    def _is_here(self, entity: Entity, whole: set[JourneyId]) -> bool:
        """Whether a lane or touchpoint of the target journey; people are everybody's."""
        journey = getattr(entity, "journey", None)
        return journey is None or journey == self._place.journey or journey in whole

    def _renewed(self, ws: Workspace, entity: Entity, ids: Mapping[Ref, str | None]) -> Entity:
        """Return an entity under its new id, every reference led to where it points now."""
        values: dict[str, Any] = {"id": ids.get(ref_of(entity)) or new_id(entity.kind)}
        for name, kind in REFERENCES.get(entity.kind, {}).items():
            target = getattr(entity, name)
            if target is not None:
                values[name] = self._led(ws, Ref(kind, target), ids)
        if isinstance(entity, Improvement):
            led = (self._led(ws, Ref(Kind.PAIN_POINT, p), ids) for p in entity.addresses)
            values["addresses"] = tuple(PainPointId(p) for p in led if p is not None)
        elif isinstance(entity, Touchpoint):
            values["shared_with"] = ()
            values["judged_experience"] = tuple(
                replace(j, persona=self._led(ws, Ref(Kind.PERSONA, j.persona), ids))
                if j.persona
                else j
                for j in entity.judged_experience
            )
        elif isinstance(entity, Transition):
            for name in ("source", "target"):
                end = getattr(entity, name)
                values[name] = ids.get(Ref(Kind.TOUCHPOINT, end)) or end
        elif isinstance(entity, PainPoint) and not self._fragment.moved:
            values |= {"votes": None, "ballots": {}}
        elif isinstance(entity, Journey):
            values |= self._journey(ws, entity, ids)
        return replace(entity, **values)

    def _led(self, ws: Workspace, ref: Ref, ids: Mapping[Ref, str | None]) -> Any:
        if ref in ids:
            return ids[ref]
        if ref.kind is Kind.JOURNEY:
            return self._place.journey
        return ref.id if ws.find(ref) is not None else None

    def _journey(
        self, ws: Workspace, journey: Journey, ids: Mapping[Ref, str | None]
    ) -> dict[str, Any]:
        """Return a journey's fields: a name of its own, and its layout under the new ids."""
        names = {j.name for j in ws.journeys.values()}
        name, number = journey.name, 2
        while name in names:
            name, number = f"{journey.name} ({number})", number + 1
        segments = ((e, self._led(ws, Ref(Kind.SEGMENT, e.segment), ids)) for e in journey.entrants)
        by_old = {ref.id: new for ref, new in ids.items() if new is not None}
        layout = dict(journey.layout)
        lanes, flow = layout.get("lanes"), layout.get("flow")
        if isinstance(lanes, list | tuple):
            rows = [row for row in lanes if isinstance(row, Mapping)]
            layout["lanes"] = [
                {**row, "key": by_old.get(str(row.get("key")), row.get("key"))} for row in rows
            ]
        if isinstance(flow, Mapping):
            layout["flow"] = {by_old[k]: v for k, v in flow.items() if k in by_old}
        return {
            "name": name,
            "layout": layout,
            "entrants": tuple(replace(e, segment=s) for e, s in segments if s is not None),
        }

    # -- where the roots go -----------------------------------------------------------------------

    def _placed(self, ws: Workspace, ref: Ref, entity: Entity, number: int) -> Iterator[Change]:
        """Yield a root at its place; `number` roots stand before it."""
        place = self._place
        if isinstance(entity, Journey):
            yield from _at(ws, entity, ordered_journeys(ws), None)
        elif isinstance(entity, Stage):
            order = ordered_stages(ws, place.journey)
            index = _after([s.id for s in order], place.stage)
            yield from _at(ws, entity, order, None if index is None else index + number)
        elif isinstance(entity, Touchpoint):
            yield from self._touchpoint(ws, entity, number)
        elif isinstance(entity, Lane):
            yield from _at(ws, entity, ordered_lanes(ws, place.journey), None)
        elif isinstance(entity, Improvement):
            yield put(ws, cleaned(self._addressing(ws, ref, entity)))
        elif isinstance(entity, Note):
            yield put(ws, cleaned(self._note(ws, ref, entity)))
        else:
            target = self._column(ws, ref)
            assert isinstance(entity, PainPoint | Strength | Kpi)
            moved = replace(entity, touchpoint=target)
            if isinstance(moved, PainPoint):
                yield from _at(ws, moved, pain_points_at(ws, target), None)
            else:
                yield put(ws, cleaned(moved))

    def _touchpoint(self, ws: Workspace, entity: Touchpoint, number: int) -> Iterator[Change]:
        stage = self._place.stage
        if stage is None:
            stages = ordered_stages(ws, self._place.journey)
            if not stages:
                raise EditError("no_place", ref=ref_of(entity))
            stage = stages[0].id
        order = touchpoints_in(ws, stage)
        index = _after([t.id for t in order], self._place.touchpoint)
        moved = replace(entity, stage=stage)
        yield from _at(ws, moved, order, None if index is None else index + number)

    def _column(self, ws: Workspace, ref: Ref) -> TouchpointId:
        """Return the touchpoint a card goes under: as far right of the first as it was."""
        order = [t.id for t in ordered_touchpoints(ws, self._place.journey)]
        start = self._place.touchpoint
        at = (order.index(start) if start in order else 0) + self._fragment.columns.get(ref.id, 0)
        if start is None or not order:
            raise EditError("no_place", ref=ref)
        return order[min(at, len(order) - 1)]

    def _note(self, ws: Workspace, ref: Ref, note: Note) -> Note:
        lane = self._place.lane or note.lane
        if self._place.touchpoint is None and self._place.stage is not None:
            return replace(note, lane=lane, stage=self._place.stage, touchpoint=None)
        return replace(note, lane=lane, stage=None, touchpoint=self._column(ws, ref))

    def _addressing(self, ws: Workspace, ref: Ref, improvement: Improvement) -> Improvement:
        """Return an improvement that addresses a pain point where it is pasted."""
        pains = pain_points_at(ws, self._column(ws, ref))
        here = tuple(p for p in improvement.addresses if p in {pain.id for pain in pains})
        if here:
            return replace(improvement, addresses=here)
        if not pains:
            raise EditError("no_place", ref=ref)
        worst = min(pains, key=lambda p: (-(p.severity or 0), -(p.frequency or 0), p.position))
        return replace(improvement, addresses=(worst.id,))


def _after(order: list[Any], place: str | None) -> int | None:
    return order.index(place) + 1 if place in order else None


def _at(ws: Workspace, entity: Placed, siblings: list[Any], index: int | None) -> Iterator[Change]:
    """Yield an entity at an index, after renumbering where the neighbours leave no room."""
    position = placed_at(siblings, index)
    if position is None:
        yield from renumber(ws, siblings)
        position = placed_at([ws.find(ref_of(s)) for s in siblings], index)  # type: ignore[misc]
    assert position is not None
    yield put(ws, cleaned(replace(entity, position=position)))
