"""Purchase logs as files: which columns are what, and their purchases checked."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from journey.model.text import NAME_LENGTH, clean_name
from storage.errors import MappingError
from storage.imports.dates import (
    date_parser,
    find_date_format,
    find_log_format,
    has_clock,
    to_utc,
)
from storage.imports.kpi_reading import read_value, undecided
from storage.imports.mapping import ColumnFinder, Mapping, PurchasesMapping, check_columns
from storage.imports.numbers import find_decimal, parse_number
from storage.imports.rows import Table, open_table
from storage.imports.survey_cells import Codes
from storage.imports.survey_chunks import Chunk, Tally, read_chunks

_SAMPLE: Final = 1_000
_COMPACT: Final = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_COMPACT_FORMAT: Final = "%Y%m%d"
_CUSTOMERS: Final = re.compile(
    r"^(customer|client|user|buyer|account|member|kunde|klient)([ _-]?(id|no|number|nr))?$"
    r"|^customer[ _-]user[ _-]id$|^kunden?[ _-]?(nummer|nr|id)$|^(nr|numer|id)[ _-]klienta$"
    r"|^(номер|id|код)[ _-]клиента$|^клиент$|^(customer|buyer|billing)[ _-]?e-?mail$|^e-?mail$",
    re.IGNORECASE,
)
_DATES: Final = re.compile(
    r"^((purchase|order|invoice|transaction|sales?)[ _-]?)?(date|day|time|datetime|timestamp"
    r"|datum|dato|data)$|^(created|ordered|purchased)[ _-]?(at|on)$"
    r"|^(bestell|kauf|rechnungs)[ _-]?datum$|^data[ _-](zakupu|zamówienia|transakcji)$"
    r"|^(kjøps|ordre|faktura)[ _-]?dato$|^дата([ _-](покупки|заказа))?$",
    re.IGNORECASE,
)
_AMOUNTS: Final = re.compile(
    r"^((purchase|order|invoice|transaction|total|net|gross|sales?)[ _-]?)?(amount|value|total"
    r"|revenue|price|spend|sum|betrag|beløp|kwota|sales?)$"
    r"|^(order|invoice|grand)[ _-]total([ _-]amount)?$|^(umsatz|summe|wartość|omsetning|pris)$"
    r"|^(сумма|выручка|стоимость)$",
    re.IGNORECASE,
)
Watch = Callable[[int], None]
Fits = Callable[[Sequence[str]], bool]

_SEGMENTS: Final = re.compile(r"^(customer[ _-]?)?segment$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PurchaseCells:
    """Some purchases, checked: columns of equal length.

    Attributes:
        at: days, or moments in UTC. segments: names, "" is none; None where there is no column.
    """

    customers: Sequence[str]
    at: Sequence[str]
    amounts: Sequence[float]
    segments: Sequence[str] | None


def open_purchases(path: Path, mapping: Mapping) -> Table:
    """Open the table of a purchase log.

    Raises:
        ImportProblem: it cannot be read. MappingError: unknown_column.
    """
    source = mapping.source
    table = open_table(
        path,
        encoding=source.encoding,
        separator=source.separator,
        header_rows=source.header_rows,
        sheet=source.sheet,
    )
    check_columns(mapping, table.columns)
    return table


def read_purchases(
    table: Table, mapping: Mapping, tally: Tally, watch: Watch
) -> Iterator[PurchaseCells]:
    """Yield the purchases of a table; what is refused is counted in the tally.

    Raises:
        MappingError: date_order, no_date_format.
    """
    purchases, keep = mapping.purchases, mapping.source.keep
    if purchases is None:
        raise MappingError("missing_key", ("purchases",))
    find = ColumnFinder(table.columns).index
    places = _Places(
        find(purchases.customer),
        find(purchases.date),
        find(purchases.amount),
        None if purchases.segment is None else find(purchases.segment),
    )
    kept = None if keep is None else (find(keep.column), Codes(keep.values))
    reader: _CellReader | None = None
    for chunk in read_chunks(table, tally, watch, kept):
        if reader is None:
            reader = _CellReader(purchases, places, chunk)
        yield reader.take(chunk, tally)


@dataclass(frozen=True, slots=True)
class _Places:
    customer: int
    date: int
    amount: int
    segment: int | None


class _CellReader:
    """Reads the cells of purchases, by what the first of them look like."""

    def __init__(self, mapping: PurchasesMapping, places: _Places, first: Chunk) -> None:
        self._places = places
        dates = [cell.strip() for cell in first.columns[places.date][:_SAMPLE] if cell.strip()]
        self._format = mapping.date_format or _date_format(dates)
        self._parse = date_parser(self._format)
        self._clocked = has_clock(self._format)
        amounts = first.columns[places.amount][:_SAMPLE]
        self._decimal = _decimal([cell for cell in amounts if cell.strip()])
        self._at: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def take(self, chunk: Chunk, tally: Tally) -> PurchaseCells:
        """Return the purchases of a chunk that can be taken in."""
        places = self._places
        customers = [self._customer(cell) for cell in chunk.columns[places.customer]]
        at = [self._moment(cell) for cell in chunk.columns[places.date]]
        amounts = [self._amount(cell) for cell in chunk.columns[places.amount]]
        segments = None
        if places.segment is not None:
            segments = [clean_name(cell) for cell in chunk.columns[places.segment]]
        reasons = {}
        for place, (customer, moment, amount) in enumerate(
            zip(customers, at, amounts, strict=True)
        ):
            if not customer:
                reasons[place] = "blank_customer"
            elif not moment:
                blank = not chunk.columns[places.date][place].strip()
                reasons[place] = "blank_date" if blank else "bad_date"
            elif amount is None:
                blank = not chunk.columns[places.amount][place].strip()
                reasons[place] = "blank_amount" if blank else "bad_amount"
        if reasons:
            tally.leave_out(chunk, reasons)
        kept = [place for place in range(len(chunk)) if place not in reasons]
        return PurchaseCells(
            [customers[place] for place in kept],
            [at[place] for place in kept],
            [amount for amount in (amounts[place] for place in kept) if amount is not None],
            None if segments is None else [segments[place] for place in kept],
        )

    def _customer(self, cell: str) -> str:
        name = cell.strip()
        return name if name.isprintable() and len(name) <= NAME_LENGTH else clean_name(name)

    def _moment(self, cell: str) -> str:
        known = self._at.get(cell)
        if known is None:
            moment = self._parse(cell.strip())
            known = self._at[cell] = "" if moment is None else self._text(moment)
        return known

    def _text(self, moment: datetime) -> str:
        if not self._clocked:
            return date(moment.year, moment.month, moment.day).isoformat()
        return to_utc(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _amount(self, cell: str) -> float | None:
        number = parse_number(cell, decimal=self._decimal)
        if number is not None:
            return number
        found = read_value(cell, self._decimal)
        return None if found is None else found[0]


def _decimal(cells: Sequence[str]) -> str | None:
    """Return the decimal mark of a column of money, where the amounts tell.

    Money has two decimals or none: where all marks have three figures after them, they part
    thousands.
    """
    found = find_decimal(cells)
    if found is None and undecided(cells) is not None:
        mark = next(c for cell in cells if undecided([cell]) for c in cell if c in ".,")
        return "," if mark == "." else "."
    return found


def _date_format(cells: Sequence[str]) -> str:
    """Return the format of a column of days.

    Raises:
        MappingError: date_order, no_date_format.
    """
    if cells and sum(_COMPACT.fullmatch(cell) is not None for cell in cells) >= 0.9 * len(cells):
        return _COMPACT_FORMAT
    found = find_log_format(cells)
    if found is None:
        example = cells[0][:60] if cells else ""
        raise MappingError("no_date_format", ("purchases.date_format",), detail=example)
    if found.ambiguous:
        raise MappingError("date_order", ("purchases.date_format",), detail=found.format)
    return found.format


def propose_purchases(path: Path) -> Mapping:
    """Return the mapping of a purchase log by names, or by what its columns hold.

    Without names (as in research files): the only column of days, the last one of amounts with
    cents, and the first of the others.

    Raises:
        ImportProblem: the file cannot be read.
        MappingError: missing_key with what cannot be told, and the columns there are.
    """
    table = open_table(path)
    names = [column.name for column in table.columns]
    rows = [record for _, record in islice(table.rows(), _SAMPLE)]
    cells = [
        [row[place].strip() for row in rows if place < len(row)] for place in range(len(names))
    ]
    day = _first(names, _DATES) or _only(names, cells, _are_days)
    headed = table.signature.header_rows > 0
    amount = _first(names, _AMOUNTS) or ("" if headed else _only(names, cells, _have_cents))
    customer = _first(names, _CUSTOMERS)
    if not customer and not headed:
        others = [name for name in names if name not in {day, amount}]
        customer = others[0] if others else ""
    told = (("customer", customer), ("date", day), ("amount", amount))
    lacking = [f"purchases.{key}" for key, name in told if not name]
    if lacking:
        raise MappingError("missing_key", tuple(lacking), dict.fromkeys(lacking, tuple(names[:8])))
    segment = _first(names, _SEGMENTS) or None
    return Mapping(purchases=PurchasesMapping(customer, day, amount, segment))


def _first(names: Sequence[str], pattern: re.Pattern[str]) -> str:
    return next((name for name in names if pattern.search(name.strip())), "")


def _only(names: Sequence[str], cells: Sequence[Sequence[str]], fits: Fits) -> str:
    """Return the last column that fits."""
    found = [name for name, column in zip(names, cells, strict=True) if column and fits(column)]
    return found[-1] if found else ""


def _are_days(column: Sequence[str]) -> bool:
    filled = [cell for cell in column if cell]
    compact = sum(_COMPACT.fullmatch(cell) is not None for cell in filled)
    return compact >= 0.9 * len(filled) or find_date_format(filled) is not None


def _have_cents(column: Sequence[str]) -> bool:
    numbers = [parse_number(cell) for cell in column]
    return all(number is not None for number in numbers) and any(
        number is not None and not number.is_integer() for number in numbers
    )


def fits_purchases(path: Path, mapping: Mapping) -> bool:
    """Whether a mapping of an earlier log names columns this file has."""
    if mapping.purchases is None:
        return False
    try:
        open_purchases(path, mapping)
    except MappingError:
        return False
    return True
