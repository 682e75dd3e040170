"""Values of a KPI that do not go together: what clashes, what can become of it, and doing that.

Nothing here chooses: a clash names its options, a person takes one.
"""

from collections.abc import Iterable
from collections.abc import Mapping as Facts
from dataclasses import dataclass, field, replace
from typing import Final

from storage.errors import MappingError
from storage.imports.kpi_cells import KpiCell
from storage.imports.kpi_periods import Period, clash, kind_of
from storage.imports.kpi_reading import direction, read_value
from storage.imports.kpi_series import Series, factor, unit_key
from storage.imports.mapping import ChoiceMapping, Mapping

SKIP: Final = "skip"
SEPARATE: Final = "separate"
ONLY: Final = "only:"
CONVERT: Final = "convert:"
# Values without a unit are in that of the others, or are shares of 1 where the others are %.
SAME: Final = "same:"
SHARES: Final = "shares:"
BARE: Final = "(none)"

Dated = tuple[KpiCell, Period]
# What somebody chose for values that do not go together, by KpiClash.key.
Choices = Facts[tuple[str, str, str], str]


@dataclass(frozen=True, slots=True)
class Known:
    """What the workspace has of a KPI: its unit and its periods; blank for one that is new."""

    unit: str = ""
    periods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KpiClash:
    """Values of one KPI that do not go together.

    Attributes:
        touchpoint: its name, "" for the whole company.
        reason: kpi_direction, unit_clash, period_clash, decimal_mark or period_twice.
        detail: what stands against what.
        options: what can become of it: skip; separate (what is left over becomes a KPI of its own);
            only:X, convert:X, same:X and shares:X (X a unit or a kind of period); higher or lower;
            first or last; "," or "." as the decimal mark.
        values: (period, value as it is written) of each.
    """

    name: str
    touchpoint: str
    reason: str
    detail: str
    options: tuple[str, ...]
    values: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """What a choice is remembered by."""
        return self.name, self.touchpoint, self.reason

    def as_error(self) -> MappingError:
        """Return it for whoever cannot be asked: `nearest` has "take" (options), "at"."""
        told = {"take": self.options, **({"at": (self.touchpoint,)} if self.touchpoint else {})}
        return MappingError(self.reason, (self.name,), told, detail=self.detail)


def find_clash(
    series: Series, touchpoint: str, known: Known, sheet_mark: str | None
) -> KpiClash | None:
    """Return the first thing about a series that must be chosen; None where all is clear."""
    found = _direction(series) or _unit(series, known) or _period(series, known)
    found = found or _mark(series, sheet_mark) or _twice(series, sheet_mark)
    values = tuple((period.text, _written(series, cell)) for cell, period in series.cells)
    return KpiClash(series.name, touchpoint, *found, values) if found is not None else None


def _written(series: Series, cell: KpiCell) -> str:
    """Return a value as it is written, with the unit its record says."""
    value = read_value(cell.value)
    unit = "" if value is None or value[1] else series.unit_at(cell)
    return f"{cell.value} {unit}".strip()


_Found = tuple[str, str, tuple[str, ...]]


def _direction(series: Series) -> _Found | None:
    odd = [text for text in series.directions if direction(text) is None]
    if not odd and len(series.directions) < 2:
        return None
    return "kpi_direction", odd[0] if odd else "higher | lower", ("higher", "lower", SKIP)


def _unit(series: Series, known: Known) -> _Found | None:
    found = series.found_units()
    if series.is_half_bare and (not known.unit or unit_key(known.unit) in found):
        (unit,) = found.values()
        shares = (SHARES + unit,) if unit_key(unit) == "%" else ()
        bare = (*shares, SAME + unit, ONLY + unit, SKIP)
        return "unit_clash", f"{unit} | {BARE}", bare
    keys = {**found, **({unit_key(known.unit): known.unit} if known.unit else {})}
    if len(keys) < 2:
        return None
    targets = [known.unit] if known.unit else list(found.values())
    options = [
        CONVERT + target
        for target in targets
        if all(factor(unit, target) is not None for unit in keys.values())
    ]
    options += [ONLY + target for target in targets if unit_key(target) in found]
    return "unit_clash", " | ".join(keys.values()), (*options, SEPARATE, SKIP)


def _period(series: Series, known: Known) -> _Found | None:
    mixed = clash([*(period.text for _, period in series.cells), *known.periods])
    if mixed is None:
        return None
    kinds = list(dict.fromkeys(period.kind for _, period in series.cells))
    stored = {kind_of(text) for text in known.periods}
    only = [ONLY + kind for kind in kinds if not stored or kind in stored]
    return "period_clash", " | ".join(mixed), (*only, SEPARATE, SKIP)


def _mark(series: Series, sheet_mark: str | None) -> _Found | None:
    example = None if sheet_mark else series.undecided
    return None if example is None else ("decimal_mark", example, (",", ".", SKIP))


def _twice(series: Series, sheet_mark: str | None) -> _Found | None:
    first: dict[str, tuple[float, str]] = {}
    twice: dict[str, str] = {}
    for cell, period, value in series.values(sheet_mark):
        if value is not None:
            before = first.setdefault(period.text, (value, cell.n))
            if before != (value, cell.n):
                twice.setdefault(period.text, f"{before[0]:g} | {value:g}")
    if not twice:
        return None
    detail = "; ".join(f"{period}: {values}" for period, values in twice.items())
    return "period_twice", detail[:300], ("first", "last", SEPARATE, SKIP)


def settle(series: Series, found: KpiClash, option: str, known: Known) -> list[Series]:
    """Return what a series becomes by an option: itself without the clash, two of them, or none."""
    if option == SKIP:
        return []
    if found.reason == "kpi_direction":
        return [replace(series, directions={option: option})]
    if found.reason == "decimal_mark":
        return [replace(series, decimal=option)]
    if found.reason == "unit_clash":
        return _by_unit(series, option, known)
    if found.reason == "period_clash":
        return _by_kind(series, option, known)
    return _by_turn(series, option)


def _by_unit(series: Series, option: str, known: Known) -> list[Series]:
    act, _, unit = option.partition(":")
    if act in {"convert", "shares"}:
        return [_converted(series, unit, "share" if act == "shares" else "")]
    if act == "same":
        return [_in_unit(series, series.name, series.cells, unit)]
    if act == "only":
        kept = [d for d in series.cells if unit_key(series.unit_at(d[0])) == unit_key(unit)]
        return [_in_unit(series, series.name, kept, unit)]
    parts: dict[str, list[Dated]] = {}
    units = series.found_units()
    for dated in series.cells:
        parts.setdefault(unit_key(series.unit_at(dated[0])), []).append(dated)
    own = unit_key(known.unit) if known.unit else next(iter(parts), "")
    return [
        _in_unit(
            series,
            series.name if key in ("", own) else f"{series.name} ({units.get(key, key)})",
            cells,
            units.get(key, ""),
        )
        for key, cells in parts.items()
    ]


def _in_unit(series: Series, name: str, cells: Iterable[Dated], unit: str) -> Series:
    """Return a part whose cells all say their unit."""
    part = series.part(name, [(replace(cell, unit=unit), period) for cell, period in cells])
    part.units = {unit_key(unit): unit} if unit else {}
    return part


def _converted(series: Series, unit: str, bare: str) -> Series:
    """Return a series with every value in one unit; bare ones are in `bare`."""
    cells: list[Dated] = []
    for (cell, period), (_, _, value) in zip(series.cells, series.values(None), strict=True):
        source = series.unit_at(cell) or bare
        times = factor(source, unit) if source else 1.0
        if value is None or times is None:
            cells.append((cell, period))
        else:
            text = f"{value * times:.12g}"
            cells.append((replace(cell, value=text, unit=unit, decimal="."), period))
    return _in_unit(series, series.name, cells, unit)


def _by_kind(series: Series, option: str, known: Known) -> list[Series]:
    parts: dict[str, list[Dated]] = {}
    for dated in series.cells:
        parts.setdefault(dated[1].kind, []).append(dated)
    stored = next((kind_of(text) for text in known.periods), next(iter(parts), ""))
    if option.startswith(ONLY):
        kind = option.removeprefix(ONLY)
        return [replace(series, cells=parts[kind])] if kind in parts else []
    return [
        replace(series, name=series.name if kind == stored else f"{series.name} ({kind})", cells=c)
        for kind, c in parts.items()
    ]


def _by_turn(series: Series, option: str) -> list[Series]:
    """Keep the first or the last value of a period, or make series of the first, second, …"""
    turns: list[dict[str, Dated]] = []
    seen: dict[str, int] = {}
    for cell, period in series.cells:
        turn = seen[period.text] = seen.get(period.text, -1) + 1
        if turn == len(turns):
            turns.append({})
        turns[turn][period.text] = (cell, period)
    if option == "first":
        return [replace(series, cells=list(turns[0].values()))]
    if option == "last":
        last: dict[str, Dated] = {}
        for turn_cells in turns:
            last.update(turn_cells)
        return [replace(series, cells=list(last.values()))]
    return [
        replace(
            series, name=series.name if n == 0 else f"{series.name} ({n + 1})", cells=[*c.values()]
        )
        for n, c in enumerate(turns)
    ]


def choices_of(mapping: Mapping) -> dict[tuple[str, str, str], str]:
    """Return what a mapping says of values that do not go together, by KpiClash.key."""
    periods = {(days, "", "report_period"): p or SKIP for days, p in mapping.periods.items()}
    return {**periods, **{(c.kpi, c.touchpoint or "", c.clash): c.take for c in mapping.choices}}


def with_choice(mapping: Mapping, key: tuple[str, str, str], option: str) -> Mapping:
    """Return the mapping with what somebody chose; the days of a report get their period."""
    name, touchpoint, clash = key
    if clash == "report_period":
        return with_periods(mapping, {key: option})
    others = (c for c in mapping.choices if (c.kpi, c.touchpoint or "", c.clash) != key)
    chosen = ChoiceMapping(name, clash, option, touchpoint or None)
    return replace(mapping, choices=(*others, chosen))


def with_periods(mapping: Mapping, choices: Choices) -> Mapping:
    """Return the mapping with the periods that were chosen for days of a report."""
    chosen = {
        name: "" if option == SKIP else option
        for (name, _, reason), option in choices.items()
        if reason == "report_period"
    }
    return replace(mapping, periods={**mapping.periods, **chosen}) if chosen else mapping
