"""The owners a sheet of KPIs names: leaders of the workspace, or new ones."""

from journey.model.ids import Kind, LeaderId, Ref, named_id, new_id
from journey.model.people import Leader
from journey.model.text import clean_name
from journey.model.workspace import Workspace
from storage.errors import MappingError
from storage.imports.events_matching import plain_name


class Leaders:
    """Finds leaders by name, capitals and spaces aside.

    Attributes:
        needed: those that are new.
    """

    def __init__(self, ws: Workspace, *, create: bool) -> None:
        self.needed: list[Leader] = []
        self._ws, self._create = ws, create
        self._known = {plain_name(leader.name): leader.id for leader in ws.leaders.values()}
        self._unknown: dict[str, tuple[str, ...]] = {}

    def find(self, name: str) -> LeaderId | None:
        """Return a leader, made where that is wanted; None where nobody is named or known."""
        plain = plain_name(name)
        if not plain:
            return None
        found = self._known.get(plain)
        if found is None and not self._create:
            self._unknown[name] = tuple(sorted(each.name for each in self._ws.leaders.values())[:3])
        elif found is None:
            fresh = named_id(Kind.LEADER, plain)
            taken = self._ws.find(Ref(Kind.LEADER, fresh)) is not None
            leader = Leader(LeaderId(new_id(Kind.LEADER) if taken else fresh), clean_name(name))
            self.needed.append(leader)
            found = self._known[plain] = leader.id
        return found

    def refuse_unknown(self) -> None:
        """Refuse the names nobody has.

        Raises:
            MappingError: unknown_name.
        """
        if self._unknown:
            raise MappingError("unknown_name", tuple(self._unknown), self._unknown)
