"""The command that removes objects with all that hangs on them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from journey.edit.add import SINGLETONS
from journey.edit.change import FROZEN
from journey.edit.changes import Change
from journey.edit.command import Command, Summary, display_name, existing, put
from journey.errors import EditError
from journey.model.check import REFERENCES
from journey.model.ids import Kind, Ref
from journey.model.improvement import Improvement
from journey.model.map import Journey, Touchpoint, Transition
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
        for entity in list(ws.entities()):
            if ref_of(entity) not in doomed:
                left = _without(entity, doomed)
                if left != entity:
                    yield put(ws, left)
        for ref in reversed(doomed):
            yield Change(ref, ws.find(ref), None)


def closure(ws: Workspace, refs: Sequence[Ref]) -> dict[Ref, None]:
    """Return these objects and all that cannot be without them, these first (a dict's order)."""
    doomed: dict[Ref, None] = dict.fromkeys(refs)
    grown = True
    while grown:
        before = len(doomed)
        for entity in ws.entities():
            ref = ref_of(entity)
            if ref not in doomed and _depends(entity, doomed):
                doomed[ref] = None
        grown = len(doomed) > before
    return doomed


def _depends(entity: Entity, doomed: dict[Ref, None]) -> bool:
    along = _GO_ALONG.get(entity.kind, frozenset())
    for name, kind in REFERENCES.get(entity.kind, {}).items():
        target = getattr(entity, name)
        if name in along and target is not None and Ref(kind, target) in doomed:
            return True
    if isinstance(entity, Transition):
        ends = (entity.source, entity.target)
        return any(Ref(Kind.TOUCHPOINT, end) in doomed for end in ends)
    return False


def _without(entity: Entity, doomed: dict[Ref, None]) -> Entity:
    """Return the entity with every reference to a doomed object cleared."""
    cleared: dict[str, object] = {}
    for name, kind in REFERENCES.get(entity.kind, {}).items():
        target = getattr(entity, name)
        if target is not None and Ref(kind, target) in doomed:
            cleared[name] = None
    cleared.update(
        (name, kept)
        for name, kept in _lists_without(entity, doomed)
        if kept != getattr(entity, name)
    )
    return replace(entity, **cleared) if cleared else entity  # type: ignore[arg-type]


def _lists_without(
    entity: Entity, doomed: dict[Ref, None]
) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield each list of references of an entity with the doomed ones left out."""
    if isinstance(entity, Improvement):
        yield (
            "addresses",
            tuple(p for p in entity.addresses if Ref(Kind.PAIN_POINT, p) not in doomed),
        )
    elif isinstance(entity, Journey):
        yield (
            "entrants",
            tuple(e for e in entity.entrants if Ref(Kind.SEGMENT, e.segment) not in doomed),
        )
    elif isinstance(entity, Touchpoint):
        yield (
            "judged_experience",
            tuple(
                j
                for j in entity.judged_experience
                if j.persona is None or Ref(Kind.PERSONA, j.persona) not in doomed
            ),
        )
