"""The records of a table counted: what its columns hold, and what is odd about the records."""

import csv
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import Final

from storage.imports.opening import TextSource
from storage.imports.profile import ColumnCounter, DistinctBudget
from storage.imports.rows import Row, Table, read_records

BATCH_RECORDS: Final = 4_096
# A record over as many lines is looked at: has a quote swallowed other records?
MANY_LINES: Final = 2


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user ought to look at.

    Attributes:
        reason: faulty_bytes, double_mark, nul, ragged, cut_last_record, unclosed_quote,
            encoding_guessed, more_tables, more_sheets, ambiguous_dates, duplicate_names,
            answer_codes, answer_columns, nps_groups, no_moments, no_header, part_scores, yes_no,
            unknown_scale or also_tickets.
        place: "line 12", "column Class", or "".
        count: how many records, bytes or columns are concerned.
        detail: more facts, or "".
    """

    reason: str
    place: str = ""
    count: int = 0
    detail: str = ""

    @property
    def column(self) -> str:
        """The column or question that is meant; "" where it is none."""
        return self.place.removeprefix("column ")


@dataclass(frozen=True, slots=True)
class Forecast:
    """What reading all of a very large file is expected to be.

    Attributes:
        records: data records of the whole file.
        seconds: to read and check all of them as `inspect` does, at the speed of the start.
        bytes: of the file.
        read: records that were read for it.
    """

    records: int
    seconds: float
    bytes: int
    read: int


class Stopwatch:
    """Measures from its making; tells when so many seconds have passed, None never."""

    def __init__(self, most: float | None) -> None:
        self._began, self._most = time.monotonic(), most

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return time.monotonic() - self._began

    @property
    def rings(self) -> bool:
        """Whether the time is over."""
        return self._most is not None and self.seconds > self._most


class RecordCounts:
    """Batches of records, turned into columns; what is odd about records is noted."""

    def __init__(self, width: int, source: TextSource) -> None:
        budget = DistinctBudget()
        self.width = width
        self.separator = source.separator
        # A workbook has no quotes that could swallow a record.
        self.quoted = source.is_text
        self.counters = [ColumnCounter(budget) for _ in range(width)]
        self.records = 0
        self.ragged = 0
        self.ragged_line = 0
        self.last: Row = (0, [])
        self.swallowed = 0
        self.swallowed_line = 0

    def read(self, rows: Iterator[Row], watch: Callable[[int], None], stopwatch: Stopwatch) -> bool:
        """Count all records, or those there is time for; tell whether it was all."""
        while batch := list(islice(rows, BATCH_RECORDS)):
            self.records += len(batch)
            self._look_at(batch)
            self._count([record for _, record in batch])
            watch(self.last[0])
            if stopwatch.rings:
                return False
        return True

    def _count(self, cells: list[list[str]]) -> None:
        columns = islice(zip_longest(*cells, fillvalue=""), self.width)
        seen = 0
        for counter, column in zip(self.counters, columns, strict=False):
            counter.add(column)
            seen += 1
        for counter in self.counters[seen:]:
            counter.add([""] * len(cells))

    def forecast(self, source: TextSource, seconds: float) -> Forecast:
        """Return what the whole file is expected to be, by its lines."""
        share = self.records / self.last[0] if self.last[0] else 0.0
        records = max(self.records, round(source.found.lines * share))
        times = records / self.records if self.records else 1.0
        return Forecast(records, seconds * times, source.found.size, self.records)

    def _look_at(self, batch: list[Row]) -> None:
        before = self.last
        for row in batch:
            if self.quoted and row[0] - before[0] >= MANY_LINES:
                self._note_swallowed(*before)
            if len(row[1]) != self.width:
                self._note_ragged(*row)
            before = row
        self.last = before

    def _note_ragged(self, line: int, record: list[str]) -> None:
        # Trailing empty cells are what a spreadsheet leaves behind.
        if len(record) < self.width or any(record[self.width :]):
            self.ragged += 1
            self.ragged_line = self.ragged_line or line

    def _note_swallowed(self, line: int, record: list[str]) -> None:
        """Lines inside one cell that are built like records were swallowed by a quote."""
        lost = swallowed_records(record, self.separator, self.width)
        if lost:
            self.swallowed += lost
            self.swallowed_line = self.swallowed_line or line

    def warnings(self, table: Table, *, whole: bool) -> Iterator[Notice]:
        """Yield what is odd about the records; of a start only, nothing about the end."""
        if self.quoted:
            self._note_swallowed(*self.last)
        if self.swallowed:
            yield Notice("unclosed_quote", f"line {self.swallowed_line}", self.swallowed)
        elif whole and self.records and never_closed(table.source, self.last):
            yield Notice("unclosed_quote", f"line {self.last[0]}", 1)
        if self.ragged:
            yield Notice("ragged", f"line {self.ragged_line}", self.ragged)
        line, record = self.last
        short = self.records and len(record) < self.width
        if whole and short and not table.source.found.ends_in_line:
            yield Notice("cut_last_record", f"line {line}", 1, f"{len(record)} of {self.width}")
        if whole and table.signature.vendor == "ga4":
            yield from _more_tables(table.source)


def swallowed_records(record: Sequence[str], separator: str, width: int) -> int:
    """Return how many lines inside the cells of a record are built like records themselves."""
    if width <= 2:
        return 0
    return sum(
        part.count(separator) >= width - 1
        for cell in record
        if "\n" in cell or "\r" in cell
        for part in cell.splitlines()[1:]
    )


def never_closed(source: TextSource, last: Row) -> bool:
    """Read the last record again, strictly: csv itself forgives a quote that never ends."""
    line, record = last
    if not source.is_text:
        return False
    if not any("\n" in cell or "\r" in cell for cell in record) and source.found.ends_in_line:
        return False
    with source.open() as stream:
        reader = csv.reader(islice(stream, line - 1, None), delimiter=source.separator, strict=True)
        try:
            for _ in reader:
                pass
        except csv.Error as error:
            return "unexpected end" in str(error)
    return False


def _more_tables(source: TextSource) -> Iterator[Notice]:
    """GA4 can put twenty tables into one file; only the first is read."""
    rules = 0
    previous = ""
    for _, record in read_records(source):
        first = record[0] if record else ""
        comment = first.startswith("#")
        if comment and not previous.startswith("#"):
            rules += 1
        previous = first
    if rules:
        yield Notice("more_tables", "", rules)


def source_warnings(source: TextSource) -> Iterator[Notice]:
    """Yield what is odd about the bytes of a file, or about which of its sheets was read."""
    found = source.found
    if not found.certain:
        yield Notice("encoding_guessed", "", 0, found.name)
    if found.faults:
        yield Notice("faulty_bytes", "", found.faults, found.name)
    if found.double_mark:
        yield Notice("double_mark")
    if found.nul:
        yield Notice("nul", "", found.nul)
    if source.unsaved_formulas:
        count = source.unsaved_formulas
        yield Notice("unsaved_formulas", "", count, str(count))
    others = [seen.name for seen in source.sheets if seen.name != source.sheet and seen.rows]
    if others:
        yield Notice("more_sheets", f"sheet {source.sheet}", len(others), ", ".join(others))
