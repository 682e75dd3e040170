"""KPI sheets: their three shapes, and the observations that stand in them.

By record: a column of periods and a column per KPI. By column: a record per KPI and a column per
period. Long: a record per observation. Nothing is guessed that changes a meaning: what cannot be
told is refused by name.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from storage.errors import MappingError
from storage.imports.dates import date_parser, find_date_format
from storage.imports.kpi_cells import KpiCell
from storage.imports.kpi_periods import Period, parse_period
from storage.imports.mapping import ColumnFinder, KpiMapping, Mapping
from storage.imports.months import month_number
from storage.imports.numbers import find_decimal, parse_number
from storage.imports.rows import Row, Table

_SAMPLE: Final = 500
_MOST: Final = 0.8
_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("kpi", "metric", "measure", "indicator", "name", "kennzahl", "wskaźnik", "показатель"),
    "period": (
        "period", "quarter", "month", "week", "date", "year", "day", "time",
        "periode", "quartal", "monat", "kvartal", "måned", "okres", "kwartał", "miesiąc", "период",
        "datum", "woche", "jahr", "tag", "dato", "uke", "år", "data", "tydzień", "rok", "dzień",
        "дата", "месяц", "неделя", "квартал", "год", "mois", "trimestre", "mes", "fecha", "mês",
        "vecka", "månad", "yearmonth", "year month", "month year", "reporting period", "ym",
    ),
    "value": ("value", "actual", "result", "figure", "wert", "verdi", "wartość", "значение"),
    "n": ("n", "count", "base", "sample", "cases", "responses", "antall", "anzahl", "liczba"),
    "unit": ("unit", "units", "einheit", "enhet", "jednostka", "единица"),
    "target": ("target", "goal", "ziel", "mål", "cel", "цель"),
    "better": ("better", "direction", "good is", "richtung", "retning", "kierunek"),
    "owner": ("owner", "leader", "responsible", "verantwortlich", "eier", "właściciel"),
    "touchpoint": ("touchpoint", "touch point", "kontaktpunkt", "punkt styku"),
}  # fmt: skip
_HIGHER: Final = frozenset(
    {"higher", "high", "up", "more", "max", "maximise", "maximize", "↑", "+"}
)
_LOWER: Final = frozenset({"lower", "low", "down", "less", "min", "minimise", "minimize", "↓", "-"})
_UNITS: Final = {"€": "EUR", "$": "USD", "£": "GBP", "zł": "PLN", "₽": "RUB"}
_WITH_UNIT: Final = re.compile(
    r"(?P<before>[€$£₽]|[Kk]r\.?|[A-Z]{3}(?=[ \d]))?[ \u00a0]*"
    r"(?P<number>[-+\u2212]?[\d.,' \u00a0\u202f]*\d)"
    r"[ \u00a0]*(?P<after>%|[€$£₽]|[^\W\d_][^\d]{0,15})?"
)
_EITHER_WAY: Final = re.compile(r"[-+\u2212]?[1-9]\d{0,2}[.,]\d{3}")
_KNOWN_UNITS: Final = frozenset(
    {"%", "percent", "prozent", "prosent", "procent", "s", "sec", "seconds", "min", "minutes", "h"}
    | {"hr", "hrs", "hours", "d", "days", "tage", "dni", "dager", "std", "godz", "timer", "points"}
)
_SUB_YEAR: Final = re.compile(r"[QKT][1-4]|(?:w|kw|cw|wk|week|uke|tydz\.?) ?\d{1,2}", re.IGNORECASE)
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_BELOW_ZERO: Final = re.compile(r"\(([^()]*\d[^()]*)\)")
_HALF_YEAR: Final = re.compile(
    r"(?:h|hj|hy|s)[12][ ./'-]*(?:\d\d)?\d\d|(?:\d\d)?\d\d[ ./-]*(?:h|hj|hy|s)[12]", re.IGNORECASE
)
_TOTALS: Final = frozenset(
    {"total", "totals", "grand total", "sum", "average", "avg", "mean", "ytd", "summe", "gesamt"}
    | {"durchschnitt", "mittelwert", "suma", "razem", "średnia", "totalt", "snitt", "gjennomsnitt"}
    | {"итого", "всего", "среднее", "moyenne", "promedio", "média", "totale", "media"}
)
# Under such a header the first days of months stand for the months.
_MONTHLY: Final = frozenset({"month", "monat", "måned", "miesiąc", "месяц", "mois", "mes", "mês"})
_BRACKETED: Final = re.compile(r"^(?P<name>.*\S)\s*[\[(](?P<unit>%|[^\[\]()]{1,12})[\])]$")


def read_cells(table: Table, mapping: Mapping) -> Iterator[KpiCell]:
    """Yield the observations of a sheet, with those whose value is blank.

    Raises:
        MappingError: unknown_column, kpi_shape where no shape fits, period_year, report_period.
    """
    if mapping.kpis:
        yield from _mapped(table, mapping.kpis)
        return
    if table.signature.vendor == "ga4":
        from storage.imports.ga4 import report_cells

        yield from report_cells(table, mapping)
        return
    sample = [record for _, record in islice(table.rows(), _SAMPLE)]
    names = [column.name for column in table.columns]
    periods = [place for place, name in enumerate(names) if _is_period_header(name)]
    roles = _roles(names, periods)
    if periods and "name" in roles:
        yield from _by_column(table.rows(), names, periods, roles)
    elif {"name", "period", "value"} <= roles.keys():
        _refuse_halves(period_cells(sample, roles["period"]))
        yield from _long(table.rows(), names, roles)
    else:
        place = _period_column(sample, roles, names)
        yield from _by_record(table.rows(), names, place, roles, sample)


def _mapped(table: Table, kpis: Sequence[KpiMapping]) -> Iterator[KpiCell]:
    find = ColumnFinder(table.columns).index
    plans = [
        (kpi, find(kpi.column), find(kpi.period.column), None if kpi.n is None else find(kpi.n))
        for kpi in kpis
    ]
    for line, record in table.rows():
        for kpi, value, period, n in plans:
            yield KpiCell(
                line,
                kpi.column,
                kpi.name,
                _cell(record, period),
                _cell(record, value),
                n="" if n is None else _cell(record, n),
                unit=kpi.unit or "",
                better=kpi.better,
                target="" if kpi.target is None else repr(kpi.target),
                touchpoint=kpi.touchpoint or "",
                owner=kpi.owner or "",
                date_format=kpi.period.format or None,
            )


def _is_period_header(name: str) -> bool:
    return parse_period(name) is not None


def header_roles(names: Sequence[str]) -> dict[str, int]:
    """Return what the columns of a sheet are by their headers: role and place, each role's first.

    Roles: name (of the KPI), period, value, n, unit, target, better, owner, touchpoint.
    """
    return _roles(names, [place for place, name in enumerate(names) if _is_period_header(name)])


def _roles(names: Sequence[str], periods: Sequence[int]) -> dict[str, int]:
    """Return which column bears which word; each role's first."""
    found: dict[str, int] = {}
    for place, name in enumerate(names):
        plain = " ".join(name.casefold().replace("_", " ").split())
        if place in periods:
            continue
        for role, words in _WORDS.items():
            if plain in words and role not in found:
                found[role] = place
                break
    if "name" not in found and periods and 0 not in periods and 0 not in found.values():
        # Beside columns of periods the first column says what each record is.
        found["name"] = 0
    return found


def _months_without_year(sample: Sequence[Sequence[str]], names: Sequence[str]) -> tuple[str, ...]:
    """Return the months of a sheet that has no year with them: in its head, or down a column."""
    heads = tuple(name for name in names if _SUB_YEAR.fullmatch(name) or month_number(name))
    if len(heads) > 1:
        return heads[:3]
    for place in range(max(map(len, sample), default=0)):
        cells = [cell for row in sample if (cell := _cell(row, place))]
        if len(cells) > 1 and all(_SUB_YEAR.fullmatch(c) or month_number(c) for c in cells):
            return tuple(cells[:3])
    return ()


def _period_column(
    sample: Sequence[Sequence[str]], roles: dict[str, int], names: Sequence[str]
) -> int:
    """Return the column whose cells are periods.

    Raises:
        MappingError: there is none; period_year where months or quarters lack their year.
    """
    width = max(map(len, sample), default=0)
    named = [roles["period"]] if "period" in roles else []
    places: list[int] = [*named, *range(width)]
    for place in places:
        cells = period_cells(sample, place)
        if place in named and day_format(cells, names[place]) is not None:
            return place
        read = sum(parse_period(cell) is not None for cell in cells)
        # Bare years and numbers like 202607 are periods only under a header that says so.
        plain = place not in named and all(cell.isdigit() for cell in cells)
        if cells and read >= _MOST * len(cells) and not plain:
            return place
    _refuse_halves((*names, *(cell for row in sample for cell in row)))
    yearless = _months_without_year(sample, names)
    if yearless:
        raise MappingError("period_year", yearless)
    raise MappingError("kpi_shape", ("period",))


def _refuse_halves(texts: Iterable[str]) -> None:
    halves = tuple(text for text in texts if _HALF_YEAR.fullmatch(text.strip()))
    if halves:
        raise MappingError("half_years", tuple(dict.fromkeys(halves))[:3])


def period_cells(sample: Sequence[Sequence[str]], place: int) -> list[str]:
    """Return the cells of a column of periods, without sums and notes under the table."""
    return [
        cell
        for row in sample
        if (cell := _cell(row, place)) and not is_total(cell) and sum(map(bool, row)) > 1
    ]


def is_total(cell: str) -> bool:
    """Tell the word of a row that sums the others up."""
    return cell.strip().rstrip(":").casefold() in _TOTALS


def day_format(cells: Sequence[str], header: str) -> str | None:
    """Return how a column of periods writes days, where it does in no form known by itself.

    "1/1/2026", "2/1/2026" under "Month" are first days: the part that never changes is the day.

    Raises:
        MappingError: date_order, where day and month could be exchanged.
    """
    days = [cell for cell in cells if parse_period(cell) is None]
    if not days or len(days) < _MOST * len(cells):
        return None
    found = find_date_format(days)
    if found is None or not found.ambiguous or found.other is None:
        return None if found is None else found.format
    firsts = {written for written in (found.format, found.other) if _all_first(days, written)}
    if len(firsts) == 1 and header.strip().casefold() in _MONTHLY:
        return firsts.pop()
    raise MappingError("date_order", (header,), detail=found.format)


def _all_first(days: Sequence[str], written: str) -> bool:
    moments = [date_parser(written)(cell) for cell in days]
    return all(moment is not None and moment.day == 1 for moment in moments)


def _said(period: str, written: str | None) -> str:
    """Return a day in the one form that is known by itself."""
    moment = date_parser(written)(period) if written else None
    return period if moment is None else moment.date().isoformat()


def _by_column(
    rows: Iterator[Row], names: Sequence[str], periods: Sequence[int], roles: dict[str, int]
) -> Iterator[KpiCell]:
    for line, record in rows:
        name = _cell(record, roles["name"])
        if not name:
            continue
        name, unit = _with_known_unit(name)
        for place in periods:
            cell = KpiCell(line, names[place], name, names[place], _cell(record, place))
            yield _with_roles(cell, record, roles, unit)


def _long(rows: Iterator[Row], names: Sequence[str], roles: dict[str, int]) -> Iterator[KpiCell]:
    for line, record in rows:
        name, value = _cell(record, roles["name"]), _cell(record, roles["value"])
        period = _cell(record, roles["period"])
        if name or value:
            name, unit = _with_known_unit(name)
            cell = KpiCell(line, names[roles["value"]], name, period, value)
            yield _with_roles(cell, record, roles, unit)


def _with_roles(
    cell: KpiCell, record: Sequence[str], roles: dict[str, int], unit: str = ""
) -> KpiCell:
    """Return the cell with what else its record says; `unit` is that of its name."""
    told = {
        role: _cell(record, roles[role])
        for role in ("n", "unit", "better", "target", "touchpoint", "owner")
        if role in roles
    }
    told["unit"] = told.get("unit") or unit
    return KpiCell(
        cell.line, cell.place, cell.name, cell.period, cell.value, date_format=None, **told
    )


def _by_record(
    rows: Iterator[Row],
    names: Sequence[str],
    period: int,
    roles: dict[str, int],
    sample: Sequence[Sequence[str]],
) -> Iterator[KpiCell]:
    taken = {period, *(roles[role] for role in ("n", "touchpoint", "owner") if role in roles)}
    values = [
        place for place in range(len(names)) if place not in taken and _is_numeric(sample, place)
    ]
    if not values:
        raise MappingError("kpi_shape", ("value",))
    written = day_format(period_cells(sample, period), names[period])
    for line, record in rows:
        for place in values:
            name, unit = _name_and_unit(names[place])
            yield KpiCell(
                line,
                names[place],
                name,
                _said(_cell(record, period), written),
                _cell(record, place),
                n=_cell(record, roles["n"]) if "n" in roles else "",
                unit=unit,
                touchpoint=_cell(record, roles["touchpoint"]) if "touchpoint" in roles else "",
                owner=_cell(record, roles["owner"]) if "owner" in roles else "",
            )


def _is_numeric(sample: Sequence[Sequence[str]], place: int) -> bool:
    cells = [cell for row in sample if (cell := _cell(row, place))]
    return bool(cells) and sum(read_value(cell) is not None for cell in cells) >= 0.5 * len(cells)


def _name_and_unit(header: str) -> tuple[str, str]:
    """Return a header's name and the unit in its brackets: "FCR (%)" is FCR in %."""
    found = _BRACKETED.match(header.strip())
    return (header.strip(), "") if found is None else (found["name"], unit_of(found["unit"]))


def _with_known_unit(name: str) -> tuple[str, str]:
    """Return a KPI's name and its unit, where what stands in brackets is one: "Wait (min)".

    "Tickets (open)" and "Tickets (closed)" are two KPIs.
    """
    found = _BRACKETED.match(name)
    unit = unit_of(found["unit"]) if found is not None else ""
    known = unit in _UNITS.values() or unit.casefold() in _KNOWN_UNITS or _CURRENCY.fullmatch(unit)
    return (found["name"], unit) if found is not None and known else (name, "")


def _cell(record: Sequence[str], place: int) -> str:
    return record[place].strip() if place < len(record) else ""


def read_value(cell: str, decimal: str | None = None) -> tuple[float, str] | None:
    """Return a cell's number and the unit that stands with it ("" without), or None.

    Bookkeepers write what is below zero in brackets.
    """
    inside = _BELOW_ZERO.fullmatch(cell.strip())
    if inside is not None:
        owed = read_value(inside[1], decimal)
        return (-owed[0], owed[1]) if owed and owed[0] > 0 else None
    number = parse_number(cell, decimal=decimal)
    if number is not None:
        return number, ""
    found = _WITH_UNIT.fullmatch(cell.strip())
    if found is None or (found["before"] and found["after"]):
        return None
    number = parse_number(found["number"], decimal=decimal)
    unit = found["before"] or found["after"] or ""
    return None if number is None else (number, unit_of(unit))


def number_in(text: str) -> float | None:
    """Return the number of a cell that may have a unit; None where it is none."""
    value = read_value(text) if text else None
    return None if value is None else value[0]


def unit_of(text: str) -> str:
    """Return a unit as it is stored: "€" and "EUR" are one."""
    text = " ".join(text.split())
    return _UNITS.get(text.casefold(), _UNITS.get(text, text))


def decimal_mark(cells: Sequence[str]) -> str | None:
    """Return the decimal mark of a KPI's values, where they tell."""
    plain = (cell.strip().removeprefix("(").removesuffix(")") for cell in cells)
    numbers = (found["number"] for cell in plain if (found := _WITH_UNIT.fullmatch(cell)))
    return find_decimal(numbers)


def undecided(cells: Sequence[str]) -> str | None:
    """Return the first value that is one number or a thousand times it: "1,200"."""
    for cell in cells:
        found = _WITH_UNIT.fullmatch(cell.strip())
        if found is not None and _EITHER_WAY.fullmatch(found["number"]):
            return cell.strip()
    return None


def direction(text: str) -> str | None:
    """Return "higher" or "lower", "" where nothing is said, None where it is neither."""
    plain = text.strip().casefold()
    if not plain:
        return ""
    if plain in _HIGHER:
        return "higher"
    return "lower" if plain in _LOWER else None


def period_of(cell: KpiCell) -> Period | None:
    """Return a cell's period, by its mapping's format where that reads it."""
    found = parse_period(cell.period, cell.date_format) if cell.date_format else None
    return found or parse_period(cell.period)
