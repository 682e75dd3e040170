"""Events on their way into the workspace: columns that grow, then cases in order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from journey.graph.cases import NOWHERE, Cases
from storage.imports.events_moments import SECOND
from storage.imports.survey_cut import Cut
from storage.imports.survey_tokens import Tokens, different

# More different activities than a slot can number are no activities.
MAX_ACTIVITIES = 65_535
# A column with more different texts than this goes on to say new ones; they are not compared.
_FEW: Final = 4_000


class Codes(dict[str, int]):
    """Numbers for the cells of a column by what they say, in the order they are first met.

    Attributes:
        names: what was met, by number. A blank cell has the number −1.
    """

    def __init__(self, clean: Callable[[str], str]) -> None:
        """Take the function that says what a cell is; "" is blank."""
        super().__init__()
        self._clean = clean
        self._numbers: dict[str, int] = {}
        self.names: list[str] = []
        self._tokens = Tokens()
        self._of_tokens: NDArray[np.int32] = np.zeros(0, dtype=np.int32)

    def __missing__(self, cell: str) -> int:
        """Give a cell that was not met before the number of what it says."""
        name = self._clean(cell)
        number = self._numbers.get(name, NOWHERE)
        if number == NOWHERE and name:
            number = self._numbers[name] = len(self.names)
            self.names.append(name)
        self[cell] = number
        return number

    def of(self, cells: Sequence[str]) -> NDArray[np.int32]:
        """Return the number of each cell."""
        return np.fromiter(map(self.__getitem__, cells), dtype=np.int32, count=len(cells))

    def of_cut(self, cut: Cut, column: int) -> NDArray[np.int32]:
        """Return the number of each cell of a column that was cut and not made into texts."""
        if len(self) <= _FEW:
            numbers = self._tokens.of(cut, column)
            if numbers is not None:
                before = self._tokens.fresh
                new = self.of(self._tokens.texts[before:])
                self._of_tokens = np.concatenate((self._of_tokens[:before], new))
                return self._of_tokens[numbers]
        found = different(cut, column)
        return self.of(cut.columns[column]) if found is None else self.of(found[0])[found[1]]


@dataclass(slots=True)
class EventColumns:
    """Events in the order of the file.

    Attributes:
        case_names: by number; two cases of an XES file may have the same name.
        activities, segments: names by number.
    """

    case_names: list[str] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    segments: list[str] = field(default_factory=list)
    events: int = 0
    _cases: list[NDArray[np.int32]] = field(default_factory=list)
    _steps: list[NDArray[np.int32]] = field(default_factory=list)
    _moments: list[NDArray[np.int64]] = field(default_factory=list)
    _of_segment: list[NDArray[np.int32]] = field(default_factory=list)

    def add(
        self,
        cases: NDArray[np.int32],
        activities: NDArray[np.int32],
        moments: NDArray[np.int64],
        segments: NDArray[np.int32] | None,
    ) -> None:
        """Append events by the numbers of their names; −1 is no segment."""
        self.events += len(cases)
        self._cases.append(cases)
        self._steps.append(activities)
        self._moments.append(moments)
        if segments is not None:
            self._of_segment.append(segments)

    def in_order(self) -> "OrderedEvents":
        """Return the cases, each by time; events of one moment stay as in the file.

        Cases come in the order in which they first occur. A case's segment is the first one its
        events name, in the file's order.
        """
        empty = np.zeros(0, dtype=np.int64)
        owner = np.concatenate(self._cases).astype(np.int64) if self._cases else empty
        moments = np.concatenate(self._moments) if self._moments else empty
        steps = np.concatenate(self._steps).astype(np.int64) if self._steps else empty
        order = np.lexsort((moments, owner))
        counts = np.bincount(owner, minlength=len(self.case_names)).astype(np.int64)
        offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        moments = moments[order]
        starts = offsets[:-1]
        # Rounded down once, so that gaps add up to the case's length.
        seconds = moments // SECOND
        gaps = np.diff(seconds, prepend=seconds[:1])
        gaps[starts[counts > 0]] = 0
        segment = self._segments(owner, len(counts))
        zeros = np.zeros(len(counts), dtype=np.int64)
        cases = Cases(tuple(self.activities), steps[order], gaps, offsets, segment, zeros)
        first = np.zeros(len(counts), dtype=np.int64)
        first[counts > 0] = seconds[starts[counts > 0]]
        return OrderedEvents(cases, first)

    def _segments(self, owner: NDArray[np.int64], cases: int) -> NDArray[np.int64]:
        found = np.full(cases, NOWHERE, dtype=np.int64)
        if self._of_segment:
            slots = np.concatenate(self._of_segment).astype(np.int64)
            named = np.flatnonzero(slots >= 0)[::-1]
            found[owner[named]] = slots[named]
        return found


@dataclass(frozen=True, slots=True, eq=False)
class OrderedEvents:
    """Cases in order; their segments are slots of the columns' names, no ids yet.

    Attributes:
        first: seconds since 1970 of each case's first event.
    """

    cases: Cases
    first: NDArray[np.int64]
