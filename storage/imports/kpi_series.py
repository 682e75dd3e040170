"""One KPI's values while its sheet is read, and what can be said of them: units, periods, marks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from journey.model.ids import LeaderId, TouchpointId
from storage.imports.kpi_cells import KpiCell
from storage.imports.kpi_periods import Period
from storage.imports.kpi_reading import decimal_mark, read_value, undecided, unit_of

# A share as the trade counts it; a unit in the file is compared with these in mind.
_PERCENT: Final = frozenset({"%", "percent", "per cent", "prozent", "prosent", "procent"})
# Units that say how they are converted: what is measured, and how much of it one is.
_SCALES: Final = {
    **dict.fromkeys(("%", "percent"), ("share", 0.01)),
    **dict.fromkeys(("share", "ratio", "proportion", "fraction"), ("share", 1.0)),
    **dict.fromkeys(("s", "sec", "second", "seconds"), ("time", 1.0)),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), ("time", 60.0)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), ("time", 3_600.0)),
    **dict.fromkeys(("d", "day", "days"), ("time", 86_400.0)),
}


@dataclass(slots=True)
class Series:
    """The values of one KPI.

    Attributes:
        units, directions: what its records say, by how it is compared; as it was written.
        cells: with the period of each. decimal: the mark somebody chose.
        measure, note: as KpiCell has them.
    """

    name: str
    touchpoint: TouchpointId | None
    owner: LeaderId | None = None
    units: dict[str, str] = field(default_factory=dict)
    directions: dict[str, str] = field(default_factory=dict)
    target: str = ""
    cells: list[tuple[KpiCell, Period]] = field(default_factory=list)
    decimal: str | None = None
    measure: str = ""
    note: str = ""

    def part(self, name: str, cells: Iterable[tuple[KpiCell, Period]]) -> "Series":
        """Return a series of some of the cells, which has their units only."""
        return replace(
            self,
            name=name,
            cells=list(cells),
            units={},
            directions=dict(self.directions),
        )

    def unit_at(self, cell: KpiCell) -> str:
        """Return the unit of a cell as it is written; "" where none is said."""
        value = read_value(cell.value)
        if value is not None and value[1]:
            return value[1]
        if cell.unit:
            return unit_of(cell.unit)
        return next(iter(self.units.values())) if len(self.units) == 1 else ""

    def found_units(self) -> dict[str, str]:
        """Return the units of the records and of the values, by how they are compared."""
        found = dict(self.units)
        for cell, _ in self.cells:
            unit = self.unit_at(cell)
            if unit:
                found.setdefault(unit_key(unit), unit)
        return found

    @property
    def is_half_bare(self) -> bool:
        """Whether some values have a unit and others none: 45 % beside 0.45 are two scales."""
        read = [read_value(cell.value) for cell, _ in self.cells if not cell.unit]
        bare = [value is not None and not value[1] for value in read]
        return not self.units and any(bare) and len(self.found_units()) == 1

    def values(self, sheet_mark: str | None) -> Iterator[tuple[KpiCell, Period, float | None]]:
        """Yield every cell with its number; None where it is none."""
        mark = self.mark or sheet_mark
        for cell, period in self.cells:
            value = read_value(cell.value, cell.decimal or mark)
            yield cell, period, None if value is None else value[0]

    @property
    def mark(self) -> str | None:
        """The decimal mark that its values tell or somebody chose; None where nothing does."""
        return self.decimal or decimal_mark([cell.value for cell, _ in self.cells])

    @property
    def undecided(self) -> str | None:
        """The first value that is one number or a thousand times it; None without."""
        open_cells = [cell.value for cell, _ in self.cells if cell.decimal is None]
        return None if self.mark else undecided(open_cells)


def unit_key(unit: str) -> str:
    """Return a unit as it is compared."""
    plain = unit_of(unit).casefold()
    return "%" if plain in _PERCENT else plain


def factor(source: str, target: str) -> float | None:
    """Return what a value in one unit is multiplied with to be in another; None where unknown."""
    one, other = _SCALES.get(unit_key(source)), _SCALES.get(unit_key(target))
    if one is None or other is None or one[0] != other[0]:
        return None
    return one[1] / other[1]
