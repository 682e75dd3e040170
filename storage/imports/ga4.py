"""Reports of Google Analytics as KPIs: every table of a file, with the days it covers.

A report has comment lines with its title, the group of users and the first and last day, then a
table. One file may hold twenty of them. Nothing is told by words of a language: days are figures of
eight digits, what is counted is a column of numbers, what it is counted for one of other texts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from storage.errors import MappingError
from storage.imports.kpi_cells import KpiCell
from storage.imports.kpi_periods import period_over
from storage.imports.mapping import Mapping
from storage.imports.numbers import parse_number
from storage.imports.rows import Table, read_records
from storage.imports.signatures import clean_header

_DAY: Final = re.compile(r".*?[:\uff1a]\s*((?:19|20)\d{6})\s*")
_SPAN: Final = re.compile(r"((?:19|20)\d{6})\s*[-–]\s*((?:19|20)\d{6})")
_RULE: Final = re.compile(r"#?\s*-{5,}\s*")
_OFFSET: Final = re.compile(r"\d{4}")
_NTH: Final = re.compile(r"nth (hour|day|week|month|year)", re.IGNORECASE)
_TOTALS: Final = frozenset({"", "grand total", "total", "totals"})
_RATE: Final = re.compile(r"\brate\b", re.IGNORECASE)
_SECONDS: Final = re.compile(r"\b(?:time|duration)\b", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """One table of a file.

    Attributes:
        title: of the report. group: whose visits are counted, as the report names it.
        start, end: the first and last day; None where the file does not say.
        header: its column names. rows: (line, cells).
    """

    title: str = ""
    group: str = ""
    start: date | None = None
    end: date | None = None
    header: tuple[str, ...] = ()
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    @property
    def span(self) -> str:
        """Its days as a mapping names them: "2026-01-05/2026-02-01"."""
        return f"{self.start}/{self.end}" if self.start and self.end else ""


def read_blocks(table: Table) -> Iterator[Block]:
    """Yield every table of a report that has rows.

    Raises:
        ImportProblem: as rows.read_records.
    """
    about, block = _About(), Block()
    for line, record in read_records(replace(table.source, preamble_lines=0)):
        if record and record[0].lstrip("\ufeff").startswith("#"):
            if block.header:
                yield from [block] if block.rows else []
                block = Block()
            about = about.after() if about.used else about
            about.take(",".join(record).lstrip("\ufeff").rstrip(",;\t "))
        elif not any(cell.strip() for cell in record):
            if block.rows:
                yield block
            if block.header:
                block = Block()
        elif not block.header:
            block = about.block(tuple(clean_header(cell) for cell in record))
        else:
            block.rows.append((line, [cell.strip() for cell in record]))
    if block.rows:
        yield block


class _About:
    """The comment lines over a table."""

    def __init__(self, title: str = "") -> None:
        self.used = False
        self._title = title  # of the report, where only the first table says it
        self._lines: list[str] = []
        self._days: list[date] = []
        self._told = 0  # lines before the second rule of dashes

    def take(self, line: str) -> None:
        """Take one comment line."""
        if _RULE.fullmatch(line):
            self._told = len(self._lines)
            return
        text = line.lstrip("# ").strip()
        span = _SPAN.fullmatch(text)
        both = [_day(span[1]), _day(span[2])] if span else []
        if both and None not in both:
            # Explorations write "20260401-20260630".
            self._days = [found for found in both if found is not None]
            return
        day = _DAY.fullmatch(text)
        found = _day(day.group(1)) if day else None
        if found is not None:
            self._days.append(found)
        elif text:
            self._lines.append(text)

    def after(self) -> "_About":
        """Return what the lines over the next table say, none of them read."""
        return _About(self._lines[0] if self._told else self._title)

    def block(self, header: tuple[str, ...]) -> Block:
        """Return an empty table under these lines."""
        self.used = True
        groups = self._lines[self._told :]
        days = self._days if len(self._days) > 1 else [None, None]
        own = self._lines[0] if self._lines else ""
        title = own if self._told else self._title or own
        return Block(title, groups[0] if groups else "", days[0], days[1], header)


def report_cells(table: Table, mapping: Mapping) -> Iterator[KpiCell]:
    """Yield the figures of a report: of rows, of days, or of the whole.

    A row is named as the report names it; whoever takes the cells says which touchpoint that is.

    Raises:
        MappingError: report_period, where the days of a table are no whole week, month, quarter or
            year and the mapping's [periods] does not name one; report_days, where the file does not
            say which days it covers; kpi_shape, where nothing is counted.
    """
    blocks = list(read_blocks(table))
    groups = list(dict.fromkeys(block.group for block in blocks))
    unclear: dict[str, tuple[str, ...]] = {}
    found = False
    for block in blocks:
        period = _period(block, mapping, unclear)
        named = replace(block, group=block.group if block.group != groups[0] else "")
        for cell in _cells(named, period):
            found = True
            yield cell
    if unclear:
        raise MappingError("report_period", tuple(unclear), unclear)
    if not found:
        undated = any(block.rows and block.start is None for block in blocks)
        raise MappingError("report_days" if undated else "kpi_shape", ("value",))


def _period(block: Block, mapping: Mapping, unclear: dict[str, tuple[str, ...]]) -> str:
    """Return the period a table's days are; "" where it is left out or still to be named."""
    if block.start is None or block.end is None:
        return ""
    given = mapping.periods.get(block.span)
    if given is not None:
        return given
    whole = period_over(block.start, block.end)
    if whole is None and _by_time(block) is None:
        month = f"{block.end:%Y-%m}"
        quarter = f"{block.end.year}Q{(block.end.month + 2) // 3}"
        unclear[block.span] = (month, quarter, str(block.end.year))
    return whole or ""


def _by_time(block: Block) -> int | None:
    """Return the column that holds the moment of each row, None without one."""
    for place, name in enumerate(block.header):
        cells = [row[place] for _, row in block.rows if place < len(row)]
        told = [cell for cell in cells if cell.casefold() not in _TOTALS]
        if told and (
            (_NTH.match(name) and all(_OFFSET.fullmatch(cell) for cell in told))
            or all(len(cell) in (8, 10) and _day(cell[:8]) for cell in told)
        ):
            return place
    return None


def _cells(block: Block, period: str) -> Iterator[KpiCell]:
    moment = _by_time(block)
    values = _metrics(block, moment)
    rows = [p for p in range(len(block.header)) if p not in values and p != moment]
    rows = [place for place in rows if block.header[place]]
    if moment is None and not period:
        return
    for line, record in block.rows:
        when = period if moment is None else _moment(block, record[moment], moment)
        names = [record[p] if p < len(record) else "" for p in rows]
        total = not names or names[0].casefold() in _TOTALS
        more = " · ".join(filter(None, (*names[1:], block.group)))
        for place in values:
            if place < len(record) and when is not None:
                name = block.header[place] + (f" ({more})" if more and not total else "")
                yield KpiCell(
                    line,
                    block.header[place],
                    name if not total or not block.group else f"{name} ({block.group})",
                    when,
                    record[place],
                    unit=_unit(block.header[place]),
                    row="" if total else names[0],
                    decimal=".",
                )


def _metrics(block: Block, moment: int | None) -> list[int]:
    """Return the columns of figures; the first column of several rows says what they are of."""
    alone = len(block.rows) == 1
    numeric = [p for p in range(len(block.header)) if p != moment and _is_numeric(block, p)]
    if moment is None and numeric[:1] == [0] and not alone:
        numeric = numeric[1:]
    return numeric


def _is_numeric(block: Block, place: int) -> bool:
    if not block.header[place]:
        return False
    cells = [row[place] for _, row in block.rows if place < len(row) and row[place]]
    return bool(cells) and all(parse_number(cell, decimal=".") is not None for cell in cells)


def _moment(block: Block, cell: str, place: int) -> str | None:
    """Return the period of a row; None for the row of totals, "" never."""
    if cell.casefold() in _TOTALS:
        return None
    nth = _NTH.match(block.header[place])
    if nth is None:
        day = _day(cell[:8])
        return day.isoformat() if day is not None and len(cell) == 8 else cell
    if block.start is None:
        return cell
    count, kind = int(cell), nth.group(1).lower()
    if kind == "day":
        return (block.start + timedelta(days=count)).isoformat()
    if kind == "month":
        months = block.start.year * 12 + block.start.month - 1 + count
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    # Its weeks begin on Sundays and its hours are no periods here: they stay as they are written.
    return str(block.start.year + count) if kind == "year" else f"{block.header[place]} {cell}"


def _unit(name: str) -> str:
    if _RATE.search(name):
        return "share"
    return "s" if _SECONDS.search(name) else ""


def _day(text: str) -> date | None:
    if len(text) != 8 or not text.isascii() or not text.isdigit():
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
