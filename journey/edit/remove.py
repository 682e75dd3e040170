"""The command that removes objects with all that hangs on them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from journey.edit.add import SINGLETONS
from journey.edit.change import FROZEN
from journey.edit.changes import Change
from journey.edit.command import Command, Summary, display_name, existing, put
from journey.errors import EditError
from journey.model.check import REFERENCES
from journey.model.ids import Kind, Ref
from journey.model.improvement import Improvement
from journey.model.map import Journey, Touchpoint
from journey.model.workspace import Entity, Workspace, ref_of

# Objects that cannot be without the one they name go with it; in all others the reference is
# cleared. A KPI without its touchpoint would read as the whole company's, so it goes too; answers
# are evidence, so a question stays without its touchpoint.
_GO_ALONG: dict[Kind, frozenset[str]] = {
    Kind.STAGE: frozenset({"journey"}),
    Kind.TOUCHPOINT: frozenset({"journey", "stage"}),
    Kind.TRANSITION: frozenset({"journey", "segment"}),
    Kind.PAIN_POINT: frozenset({"journey", "touchpoint"}),
    Kind.STRENGTH: frozenset({"journey", "touchpoint"}),
    Kind.LANE: frozenset({"journey"}),
    Kind.NOTE: frozenset({"lane", "touchpoint", "stage"}),
    Kind.KPI: frozenset({"touchpoint"}),
    Kind.OBSERVATION: frozenset({"kpi"}),
    Kind.EVENT_LOG: frozenset({"journey"}),
}


class Remove(Command):
    """Remove objects and what cannot be without them; references to them are cleared."""

    def __init__(self, refs: Ref | Sequence[Ref]) -> None:
        super().__init__()
        self.refs: tuple[Ref, ...] = (refs,) if isinstance(refs, Ref) else tuple(refs)
        self._name = ""

    @property
    def summary(self) -> Summary:
        """The first object's name and how many were asked for."""
        kind = self.refs[0].kind if self.refs else Kind.WORKSPACE
        return Summary("remove", kind, self._name, len(self.refs))

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield what clears references, then the removals, dependants first."""
        for ref in self.refs:
            if ref.kind in SINGLETONS or ref.kind in FROZEN:
                raise EditError("not_removable", ref=ref)
            entity = existing(ws, ref)
            self._name = self._name or display_name(entity)
        doomed = closure(ws, self.refs)
        gone = _by_kind(doomed)
        for ref, entity in _naming(ws, gone).items():
            if ref not in doomed:
                yield put(ws, _without(entity, gone))
        for ref in reversed(doomed):
            yield Change(ref, ws.find(ref), None)


# Kinds that list others: which.
_LISTS: dict[Kind, frozenset[Kind]] = {
    Kind.IMPROVEMENT: frozenset({Kind.PAIN_POINT}),
    Kind.JOURNEY: frozenset({Kind.SEGMENT}),
    Kind.TOUCHPOINT: frozenset({Kind.PERSONA, Kind.TOUCHPOINT}),
}
_Gone = dict[Kind, set[str]]


def closure(ws: Workspace, refs: Sequence[Ref]) -> dict[Ref, None]:
    """Return these objects and all that cannot be without them, these first (a dict's order)."""
    doomed: dict[Ref, None] = dict.fromkeys(refs)
    gone = _by_kind(doomed)
    while gone:
        # Most kinds name nothing that goes: their objects, by the thousand, are not asked.
        along = (
            ref_of(entity)
            for kind in Kind
            for name, ids in _bonds(kind, gone)
            for entity in _those_naming(ws, kind, name, ids)
        )
        more = dict.fromkeys(ref for ref in along if ref not in doomed)
        doomed |= more
        gone = _by_kind(more)
    return doomed


def _by_kind(refs: Iterable[Ref]) -> _Gone:
    gone: _Gone = defaultdict(set)
    for ref in refs:
        gone[ref.kind].add(ref.id)
    return gone


def _bonds(kind: Kind, gone: _Gone) -> list[tuple[str, set[str]]]:
    """Return the fields by which objects of a kind go along with others, and what those name."""
    along = _GO_ALONG.get(kind, frozenset())
    named = [(name, REFERENCES[kind][name]) for name in sorted(along)]
    if kind is Kind.TRANSITION:
        named += [("source", Kind.TOUCHPOINT), ("target", Kind.TOUCHPOINT)]
    return [(name, gone[to]) for name, to in named if to in gone]


def _those_naming(ws: Workspace, kind: Kind, name: str, ids: set[str]) -> list[Entity]:
    named = attrgetter(name)
    return [entity for entity in ws.table(kind).values() if named(entity) in ids]


def _naming(ws: Workspace, gone: _Gone) -> dict[Ref, Entity]:
    """Return the objects that name or list any that goes."""
    found: dict[Ref, Entity] = {}
    for kind in Kind:
        for name, to in REFERENCES.get(kind, {}).items():
            if to in gone:
                near = _those_naming(ws, kind, name, gone[to])
                found |= {ref_of(entity): entity for entity in near}
        if not _LISTS.get(kind, frozenset()).isdisjoint(gone):
            for entity in ws.table(kind).values():
                if any(kept != getattr(entity, n) for n, kept in _lists_without(entity, gone)):
                    found[ref_of(entity)] = entity
    return found


def _without(entity: Entity, gone: _Gone) -> Entity:
    """Return the entity with every reference to an object that goes cleared."""
    cleared: dict[str, object] = {}
    for name, kind in REFERENCES.get(entity.kind, {}).items():
        if kind in gone and getattr(entity, name) in gone[kind]:
            cleared[name] = None
    cleared.update(
        (name, kept) for name, kept in _lists_without(entity, gone) if kept != getattr(entity, name)
    )
    return replace(entity, **cleared) if cleared else entity  # type: ignore[arg-type]


def _lists_without(entity: Entity, gone: _Gone) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield each list of references of an entity with those that go left out."""
    if isinstance(entity, Improvement):
        pains = gone.get(Kind.PAIN_POINT, set())
        yield "addresses", tuple(p for p in entity.addresses if p not in pains)
    elif isinstance(entity, Journey):
        segments = gone.get(Kind.SEGMENT, set())
        yield "entrants", tuple(e for e in entity.entrants if e.segment not in segments)
    elif isinstance(entity, Touchpoint):
        personas = gone.get(Kind.PERSONA, set())
        kept = (j for j in entity.judged_experience if j.persona not in personas)
        yield "judged_experience", tuple(kept)
        if entity.shared_with:
            twins = gone.get(Kind.TOUCHPOINT, set())
            yield "shared_with", tuple(t for t in entity.shared_with if t not in twins)
