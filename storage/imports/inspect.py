"""What the reader sees in a table, in one streaming pass: columns, counts, proposal, warnings."""

import csv
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Final

from storage.imports.opening import TextSource, open_text
from storage.imports.profile import ColumnCounter, ColumnProfile, DistinctBudget
from storage.imports.proposal import Proposal, propose_columns
from storage.imports.rows import Row, Table, open_table, read_records
from storage.imports.signatures import Column

BATCH_RECORDS: Final = 4_096
# A record over as many lines is looked at: has a quote swallowed other records?
MANY_LINES: Final = 2


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user ought to look at.

    Attributes:
        reason: faulty_bytes, double_mark, nul, ragged, cut_last_record, unclosed_quote,
            encoding_guessed, more_tables, ambiguous_dates or duplicate_names.
        place: "line 12", "column Class", or "".
        count: how many records, bytes or columns are concerned.
        detail: more facts, or "".
    """

    reason: str
    place: str = ""
    count: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """One column: what it is, what it holds, what is proposed for it."""

    column: Column
    profile: ColumnProfile
    proposal: Proposal

    @property
    def name(self) -> str:
        """The unique name."""
        return self.column.name


@dataclass(frozen=True, slots=True)
class Inspection:
    """What `inspect` answers.

    Attributes:
        vendor: see signatures.Signature.
        encoding: a codec name.
        separator: one character; None for files that have none.
        header_rows: records before the first answer.
        records: data records, blank ones not counted, nothing filtered.
        columns: in the file's order.
        warnings: facts; words are made by whoever shows them.
        chosen: what the user gave instead of leaving it to detection: encoding, separator,
            header_rows.
    """

    path: Path
    vendor: str
    encoding: str
    separator: str | None
    header_rows: int
    records: int
    columns: tuple[ColumnSeen, ...]
    warnings: tuple[Notice, ...]
    chosen: frozenset[str] = frozenset()

    def column(self, name: str) -> ColumnSeen:
        """Return a column by its unique name.

        Raises:
            KeyError: no such column.
        """
        for seen in self.columns:
            if seen.name == name:
                return seen
        raise KeyError(name)


def inspect_file(
    path: Path,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    header_rows: int | None = None,
    language: str | None = None,
) -> Inspection:
    """Read a text table once and say what is in it; what is given is not guessed.

    Raises:
        ImportProblem: as rows.open_table.
    """
    table = open_table(
        path,
        encoding=encoding,
        separator=separator,
        header_rows=header_rows,
        language=language,
    )
    given = {"encoding": encoding, "separator": separator, "header_rows": header_rows}
    chosen = frozenset(name for name, value in given.items() if value is not None)
    return inspect_table(table, chosen=chosen)


def inspect_table(table: Table, *, chosen: frozenset[str] = frozenset()) -> Inspection:
    """Count a table that is already open."""
    width = len(table.columns)
    counts = _Counts(width, table.source.separator)
    counts.read(table.rows())
    columns = (*table.columns, *_unnamed(table, counts))
    profiles = [counter.profile() for counter in counts.counters]
    proposals = propose_columns(table.signature.vendor, columns, profiles)
    seen = tuple(
        ColumnSeen(column, profile, proposal)
        for column, profile, proposal in zip(columns, profiles, proposals, strict=True)
    )
    return Inspection(
        path=table.source.path,
        vendor=table.signature.vendor,
        encoding=table.source.encoding,
        separator=table.source.separator,
        header_rows=table.signature.header_rows,
        records=counts.records,
        columns=seen,
        warnings=(*_byte_warnings(table), *counts.warnings(table), *_column_warnings(seen)),
        chosen=chosen,
    )


def inspection_facts(inspection: Inspection) -> dict[str, object]:
    """Return the answer of `inspect` as plain values, with the field names of the contract."""
    return {
        "vendor": inspection.vendor,
        "encoding": inspection.encoding,
        "separator": inspection.separator,
        "header_rows": inspection.header_rows,
        "records": inspection.records,
        "columns": [
            {
                "name": seen.name,
                "type": seen.profile.type,
                "blank": seen.profile.blank,
                "missing": seen.profile.missing,
                "refused": seen.profile.refused,
                "refused_examples": list(seen.profile.refused_examples),
                "distinct": seen.profile.distinct,
                "examples": list(seen.profile.examples),
                "minimum": seen.profile.minimum,
                "maximum": seen.profile.maximum,
                "proposal": _plain(seen.proposal),
            }
            for seen in inspection.columns
        ],
        "warnings": [_plain(notice) for notice in inspection.warnings],
    }


def _plain(value: Proposal | Notice) -> dict[str, object]:
    """Only what is said: a role alone where a column is nothing more."""
    return {
        key: list(part) if isinstance(part, tuple) else part
        for key, part in asdict(value).items()
        if part not in (None, (), "", 0)
    }


def _unnamed(table: Table, counts: "_Counts") -> tuple[Column, ...]:
    """A table without any header or record has no width of its own yet."""
    missing = range(len(table.columns), len(counts.counters))
    return tuple(Column(index, f"Column {index + 1}", "") for index in missing)


class _Counts:
    """Batches of records, turned into columns; what is odd about records is noted."""

    def __init__(self, width: int, separator: str) -> None:
        budget = DistinctBudget()
        self.width = width
        self.separator = separator
        self.counters = [ColumnCounter(budget) for _ in range(width)]
        self.records = 0
        self.ragged = 0
        self.ragged_line = 0
        self.last: Row = (0, [])
        self.swallowed = 0
        self.swallowed_line = 0

    def read(self, rows: Iterator[Row]) -> None:
        while batch := list(islice(rows, BATCH_RECORDS)):
            self.records += len(batch)
            self._look_at(batch)
            cells = [record for _, record in batch]
            columns = islice(zip_longest(*cells, fillvalue=""), self.width)
            seen = 0
            for counter, column in zip(self.counters, columns, strict=False):
                counter.add(column)
                seen += 1
            for counter in self.counters[seen:]:
                counter.add([""] * len(batch))

    def _look_at(self, batch: list[Row]) -> None:
        before = self.last
        for row in batch:
            if row[0] - before[0] >= MANY_LINES:
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
        built = max(1, self.width - 1)
        lost = sum(
            part.count(self.separator) >= built
            for cell in record
            if "\n" in cell or "\r" in cell
            for part in cell.splitlines()[1:]
        )
        if lost and self.width > 2:
            self.swallowed += lost
            self.swallowed_line = self.swallowed_line or line

    def warnings(self, table: Table) -> Iterator[Notice]:
        self._note_swallowed(*self.last)
        if self.swallowed:
            yield Notice("unclosed_quote", f"line {self.swallowed_line}", self.swallowed)
        elif self.records and _never_closed(table.source, self.last):
            yield Notice("unclosed_quote", f"line {self.last[0]}", 1)
        if self.ragged:
            yield Notice("ragged", f"line {self.ragged_line}", self.ragged)
        line, record = self.last
        if self.records and len(record) < self.width and not table.source.found.ends_in_line:
            yield Notice("cut_last_record", f"line {line}", 1, f"{len(record)} of {self.width}")
        if table.signature.vendor == "ga4":
            yield from _more_tables(table.source)


def _never_closed(source: TextSource, last: Row) -> bool:
    """Read the last record again, strictly: csv itself forgives a quote that never ends."""
    line, record = last
    if not any("\n" in cell or "\r" in cell for cell in record) and source.found.ends_in_line:
        return False
    with open_text(source.path, source.encoding) as stream:
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


def _byte_warnings(table: Table) -> Iterator[Notice]:
    found = table.source.found
    if not found.certain:
        yield Notice("encoding_guessed", "", 0, found.name)
    if found.faults:
        yield Notice("faulty_bytes", "", found.faults, found.name)
    if found.double_mark:
        yield Notice("double_mark")
    if found.nul:
        yield Notice("nul", "", found.nul)


def _column_warnings(columns: tuple[ColumnSeen, ...]) -> Iterator[Notice]:
    raws = [seen.column.raw.strip() for seen in columns if seen.column.raw.strip()]
    if len(set(raws)) < len(raws):
        yield Notice("duplicate_names", "", len(raws) - len(set(raws)))
    for seen in columns:
        date = seen.profile.date
        if date is not None and date.ambiguous:
            detail = f"{date.format} or {date.other}"
            yield Notice("ambiguous_dates", f"column {seen.name}", seen.profile.answered, detail)
