"""The pain points that records of cut blocks tell of: a rule is asked once per different cell."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from storage.evidence.layout import pack_slot
from storage.evidence.packed import Numbers, Words
from storage.imports.survey_cut import Cut
from storage.imports.survey_plan import Plan, Rule
from storage.imports.survey_tokens import different

# Pain points that one whole number has bits for.
_MOST: Final = 62
# Cells up to so many bytes may be answers that others gave too.
_OPTIONS: Final = 64
# The different pairs of a record's touchpoint ("" in a wide table) and cell; which a record has.
Asked = tuple[list[tuple[str, str]], Numbers]


class PainPointColumns:
    """Reads the columns that the rules of pain points look at."""

    def __init__(self, plan: Plan) -> None:
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
        for rule in self._rules:
            if rule.column not in asked:
                asked[rule.column] = self._asked(cut, rule.column)
            told |= _meets(rule, asked[rule.column]) << self._slots.index(rule.slot)
        found, places = np.unique(told, return_inverse=True)
        numbers = np.array([self._number(points) for points in found.tolist()])
        return Words(self._values, numbers[places])

    def _asked(self, cut: Cut, column: int) -> Asked:
        cells, of_record = _different(cut, column)
        if self._filed is None:
            return [("", cell) for cell in cells], of_record
        touchpoints, at = _different(cut, self._filed)
        pairs, places = np.unique(at * len(cells) + of_record, return_inverse=True)
        both = (divmod(pair, len(cells)) for pair in pairs.tolist())
        return [(touchpoints[where], cells[cell]) for where, cell in both], places

    def _number(self, points: int) -> int:
        """Return the number of the value that has these pain points, as bits."""
        number = self._numbers.setdefault(points, len(self._values))
        if number == len(self._values):
            told = [slot for bit, slot in enumerate(self._slots) if points >> bit & 1]
            self._values.append(b"".join(map(pack_slot, told)) or None)
        return number


def _different(cut: Cut, column: int) -> tuple[Sequence[str], Numbers]:
    """Return the different cells of a column, and which each record has."""
    _, sizes = cut.places(column)
    found = different(cut, column) if int(sizes.max()) <= _OPTIONS else None
    if found is not None:
        return found
    # What somebody wrote, nobody else did.
    told = np.flatnonzero(sizes)
    numbers = np.zeros(cut.lines, dtype=np.intp)
    numbers[told] = np.arange(1, len(told) + 1)
    return ["", *cut.texts(column, told)], numbers


def _meets(rule: Rule, asked: Asked) -> NDArray[np.int64]:
    """Return 1 for each record that meets a rule."""
    cells, of_record = asked
    met = np.array([bool(found) for found in rule.cells.values_of(cells)])
    rule.met = rule.met or bool(met.any())
    return met[of_record].astype(np.int64)
