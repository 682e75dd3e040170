"""What an edit changed: for each object its value before and after."""

from collections.abc import Iterable
from dataclasses import dataclass

from journey.model.ids import Kind, Ref
from journey.model.workspace import Entity, Workspace


@dataclass(frozen=True, slots=True)
class Change:
    """One object's value before (None: it was not there) and after (None: it is gone)."""

    ref: Ref
    before: Entity | None
    after: Entity | None


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of one edit in the order they were made; each object at most once."""

    items: tuple[Change, ...] = ()

    @classmethod
    def merged(cls, changes: Iterable[Change]) -> "Changes":
        """Return the changes with those of one object folded into one, no-ops left out."""
        folded: dict[Ref, Change] = {}
        for change in changes:
            first = folded.pop(change.ref, change)
            folded[change.ref] = Change(change.ref, first.before, change.after)
        return cls(tuple(c for c in folded.values() if c.before != c.after))

    @property
    def added(self) -> frozenset[Ref]:
        """Objects that were not there before."""
        return frozenset(c.ref for c in self.items if c.before is None)

    @property
    def removed(self) -> frozenset[Ref]:
        """Objects that are gone."""
        return frozenset(c.ref for c in self.items if c.after is None)

    @property
    def updated(self) -> frozenset[Ref]:
        """Objects with another value."""
        return frozenset(c.ref for c in self.items if c.before is not None and c.after is not None)

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of the objects concerned."""
        return frozenset(c.ref.kind for c in self.items)

    def inverse(self) -> "Changes":
        """Return the way back."""
        return Changes(tuple(Change(c.ref, c.after, c.before) for c in reversed(self.items)))

    def apply(self, ws: Workspace) -> None:
        """Put every `after` into the workspace."""
        for change in self.items:
            if change.after is not None:
                ws.put(change.after)
            elif change.before is not None:
                ws.drop(change.ref)

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.items)
