"""Commands that change fields of objects that are there."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from journey.edit.changes import Change
from journey.edit.command import Command, Summary, display_name, existing, put
from journey.edit.entrance import cleaned
from journey.errors import EditError
from journey.model.check import name_field
from journey.model.ids import Kind, PersonaId, Ref, TouchpointId
from journey.model.map import JudgedExperience, Touchpoint
from journey.model.workspace import CLASS_OF, Workspace

FROZEN = frozenset({Kind.QUARTER})


class Set(Command):
    """Set fields of one or more objects of a kind to the same values."""

    def __init__(self, refs: Ref | Sequence[Ref], **values: object) -> None:
        super().__init__()
        # A Ref is itself a tuple, hence the order of the test.
        self.refs: tuple[Ref, ...] = (refs,) if isinstance(refs, Ref) else tuple(refs)
        self.values = values
        self._name = ""

    @property
    def summary(self) -> Summary:
        """The first object's name and how many there are."""
        kind = self.refs[0].kind if self.refs else Kind.WORKSPACE
        renames = name_field(kind) in self.values
        return Summary("rename" if renames else "change", kind, self._name, len(self.refs))

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield one change per object."""
        for ref in self.refs:
            known = {f.name for f in fields(CLASS_OF[ref.kind])} - {"id"}
            if ref.kind in FROZEN or not known.issuperset(self.values):
                raise EditError("not_editable", ref=ref, fields=sorted(self.values))
            entity = existing(ws, ref)
            self._name = self._name or display_name(entity)
            yield put(ws, cleaned(replace(entity, **self.values)))  # type: ignore[arg-type]


class Rename(Set):
    """Give one object another name or title."""

    def __init__(self, ref: Ref, name: str) -> None:
        field = name_field(ref.kind)
        if field is None:
            raise EditError("not_editable", ref=ref, fields=["name"])
        super().__init__(ref, **{field: name})


class JudgeExperience(Command):
    """Set how the workshop judges a touchpoint, −100 … +100; None takes the judgement back."""

    def __init__(
        self, touchpoint: TouchpointId, value: float | None, persona: PersonaId | None = None
    ) -> None:
        super().__init__()
        self._ref = Ref(Kind.TOUCHPOINT, touchpoint)
        self._value, self._persona = value, persona

    @property
    def summary(self) -> Summary:
        """The touchpoint is judged."""
        return Summary("judge", Kind.TOUCHPOINT)

    def plan(self, ws: Workspace) -> Iterator[Change]:
        """Yield the touchpoint with its judgement for that persona replaced."""
        touchpoint = existing(ws, self._ref)
        assert isinstance(touchpoint, Touchpoint)
        kept = [j for j in touchpoint.judged_experience if j.persona != self._persona]
        if self._value is not None:
            kept.append(JudgedExperience(self._value, self._persona))
        kept.sort(key=lambda j: j.persona or "")
        yield put(ws, replace(touchpoint, judged_experience=tuple(kept)))
