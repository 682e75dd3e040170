"""The pain points that records of cut blocks tell of: a rule is asked once per different cell."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from storage.evidence.layout import pack_slot
from storage.evidence.packed import Numbers, Words
from storage.imports.survey_cells import Contains
from storage.imports.survey_cut import Cut
from storage.imports.survey_names import Names
from storage.imports.survey_plan import Plan, Rule
from storage.imports.survey_tokens import different

# Pain points that one whole number has bits for.
_MOST: Final = 62
# Cells up to so many bytes may be answers that others gave too.
_OPTIONS: Final = 64
# The different cells of a column, and which of them each record has.
Asked = tuple[Sequence[str], Numbers]
Flags = NDArray[np.bool_]


class PainPointColumns:
    """Reads the columns that the rules of pain points look at."""

    def __init__(self, plan: Plan, names: Names) -> None:
        self._names = names
        self._filed, self._rules = plan.filed_at, plan.rules
        self._slots = sorted({rule.slot for rule in plan.rules})
        self._numbers: dict[int, int] = {}
        self._values: list[object] = []

    @staticmethod
    def fits(plan: Plan) -> bool:
        """Tell whether there are not too many pain points."""
        return len({rule.slot for rule in plan.rules}) <= _MOST

    def read(self, cut: Cut) -> Words:
        """Return the packed slots of the pain points that each record tells of."""
        asked: dict[int, Asked] = {}
        told = np.zeros(cut.lines, dtype=np.int64)
        filed = None if self._filed is None else _different(cut, self._filed)
        for rule in self._rules:
            if rule.column not in asked:
                asked[rule.column] = _different(cut, rule.column)
            here = None if filed is None else self._is_at(rule, filed)
            met = _meets(rule, asked[rule.column], here)
            told |= met.astype(np.int64) << self._slots.index(rule.slot)
        found, places = np.unique(told, return_inverse=True)
        numbers = np.array([self._number(points) for points in found.tolist()])
        return Words(self._values, numbers[places])

    def _is_at(self, rule: Rule, filed: Asked) -> Flags:
        """Tell which records are of a rule's touchpoint, or of none."""
        touchpoints, of_record = filed
        known = self._names.known_touchpoint
        here = [not name or known(name) == rule.touchpoint for name in touchpoints]
        return np.array(here, dtype=bool)[of_record]

    def _number(self, points: int) -> int:
        """Return the number of the value that has these pain points, as bits."""
        number = self._numbers.setdefault(points, len(self._values))
        if number == len(self._values):
            told = [slot for bit, slot in enumerate(self._slots) if points >> bit & 1]
            self._values.append(b"".join(map(pack_slot, told)) or None)
        return number


def _different(cut: Cut, column: int) -> Asked:
    _, sizes = cut.places(column)
    found = different(cut, column) if int(sizes.max()) <= _OPTIONS else None
    if found is not None:
        return found
    # What somebody wrote, nobody else did.
    told, texts = cut.told(column)
    numbers = np.zeros(cut.lines, dtype=np.intp)
    numbers[told] = np.arange(1, len(told) + 1)
    return ["", *texts], numbers


def _meets(rule: Rule, asked: Asked, here: Flags | None) -> Flags:
    """Tell which records meet a rule; None: of all is asked, else of those `here`."""
    cells, of_record = asked
    met = np.zeros(len(cells), dtype=bool)
    if here is None:
        met[:] = _held(rule, cells)
        found = met[of_record]
    else:
        # A code that only other touchpoints' records have was not met.
        wanted = np.unique(of_record[here])
        met[wanted] = _held(rule, [cells[cell] for cell in wanted.tolist()])
        found = met[of_record] & here
    rule.met = rule.met or bool(found.any())
    return found


def _held(rule: Rule, cells: Sequence[str]) -> list[bool]:
    if isinstance(rule.holds, Contains):
        return rule.holds.of_many(cells)
    return list(map(rule.holds, cells))
