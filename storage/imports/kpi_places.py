"""Which touchpoint a row of a report is: a page by its path or title, an event by its name."""

from collections.abc import Mapping as Facts

from journey.model.ids import TouchpointId
from storage.imports.events_matching import MAX_NEW, Matched, plain_name
from storage.imports.survey_names import Names


class RowPlaces:
    """Matches rows to touchpoints: by the mapping, else by name, else by the last part of a path.

    Attributes:
        matched: every row that was asked for, and the name of its touchpoint, "" for none.
    """

    def __init__(self, names: Names, given: Facts[str, str], *, make: bool) -> None:
        """Take the rows' names by the mapping; `make` takes the others as new touchpoints."""
        self._names, self._make = names, make
        self._given = {plain_name(row) or row: to for row, to in given.items()}
        self._known: dict[str, TouchpointId] = {}
        for name, touchpoint in names.touchpoints().items():
            self._known.setdefault(plain_name(name), touchpoint)
        self._found: dict[str, TouchpointId | None] = {}
        self._made = 0

    def find(self, row: str) -> TouchpointId | None:
        """Return the touchpoint of a row; None where it is left out, or unknown and noted."""
        if row not in self._found:
            self._found[row] = self._look_up(row)
        return self._found[row]

    @property
    def too_many(self) -> bool:
        """Whether so many rows would be new touchpoints that the report is no map."""
        return self._made > MAX_NEW

    @property
    def matched(self) -> tuple[Matched, ...]:
        """Every row with the name of its touchpoint."""
        names = self._names
        return tuple(Matched(row, names.touchpoint_name(t)) for row, t in self._found.items())

    def _look_up(self, row: str) -> TouchpointId | None:
        given = self._given.get(plain_name(row) or row)
        if given == "":
            return None
        name = given or row
        known = self._known.get(plain_name(name)) or self._names.known_touchpoint(name)
        if known is None and given is None:
            path = row.partition("?")[0].partition("#")[0].rstrip("/")
            page = path.rpartition("/")[2].rpartition(".")
            known = self._known.get(plain_name(page[0] or page[2])) if "/" in path else None
        if known is not None:
            return known
        if given is None and not self._make:
            return None
        self._made += 1
        return self._names.touchpoint(name)
