"""What the reader sees in a table, in one streaming pass: columns, counts, proposal, warnings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from storage.imports.child import SheetSeen
from storage.imports.opening import Reading
from storage.imports.profile import ColumnProfile
from storage.imports.proposal import propose_columns
from storage.imports.proposal_parts import Proposal
from storage.imports.record_counts import (
    Forecast,
    Notice,
    RecordCounts,
    Stopwatch,
    source_warnings,
)
from storage.imports.rows import Table, read_table
from storage.imports.scale_words import waiting_words, words_facts
from storage.imports.signatures import Column
from storage.imports.stopping import ImportCancelledError
from storage.imports.ticket_columns import MAYBE_TICKETS, find_tickets, samples_of
from storage.imports.ticket_words import vendor_of
from storage.imports.unread_answers import unread_answers

# Above it `inspect` reads the start only, unless it is told to read all.
HUGE_BYTES: Final = 256 * 1024**2
SAMPLE_BYTES: Final = 32 * 1024**2
SAMPLE_SECONDS: Final = 1.0

Progress = Callable[[int, int], None]


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


def is_huge(path: Path) -> bool:
    """Tell whether looking at all of a file would take longer than a person waits."""
    return path.is_file() and path.stat().st_size > HUGE_BYTES


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
            header_rows, sheet.
        table: the open table, which an import may go on with; None for kinds that are none.
        forecast: where only the start was read: what the whole is expected to be. `records` is
            then an estimate too, and columns tell of the start.
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
    table: Table | None = None
    forecast: Forecast | None = None

    @property
    def sheet(self) -> str | None:
        """The sheet that was read; None for files that have none."""
        return self.table.source.sheet if self.table else None

    @property
    def sheets(self) -> tuple[SheetSeen, ...]:
        """Every sheet of a workbook."""
        return self.table.source.sheets if self.table else ()

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
    sheet: str | None = None,
    language: str | None = None,
    whole: bool = True,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Inspection:
    """Read a table once and say what is in it; what is given is not guessed.

    Args:
        whole: False reads no more than the start of a very large text file, and forecasts.
        progress: called with the line reached and the lines of the file. cancelled: asked.

    Raises:
        ImportProblem: as rows.open_table.
        ImportCancelledError: `cancelled` said so.
    """
    given = {
        "encoding": encoding,
        "separator": separator,
        "header_rows": header_rows,
        "sheet": sheet,
    }
    chosen = frozenset(name for name, value in given.items() if value is not None)
    sampled = not whole and is_huge(path)
    reading = Reading(
        encoding=encoding,
        separator=separator,
        header_rows=header_rows,
        sheet=sheet,
        language=language,
        most_bytes=SAMPLE_BYTES if sampled else None,
        cancelled=cancelled,
    )
    table = read_table(path, reading)
    watch = _watcher(path, table.source.found.lines, progress, cancelled)
    return inspect_table(table, chosen=chosen, sampled=sampled, watch=watch)


def _watcher(
    path: Path,
    lines: int,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> Callable[[int], None]:
    def watch(line: int) -> None:
        if cancelled is not None and cancelled():
            raise ImportCancelledError("cancelled", file=path)
        if progress is not None:
            progress(min(line, lines), lines)

    return watch


def inspect_table(
    table: Table,
    *,
    chosen: frozenset[str] = frozenset(),
    sampled: bool = False,
    watch: Callable[[int], None] = lambda _line: None,
) -> Inspection:
    """Count a table that is already open; `sampled` reads for no more than a second."""
    width = len(table.columns)
    counts = RecordCounts(width, table.source)
    stopwatch = Stopwatch(SAMPLE_SECONDS if sampled else None)
    whole = counts.read(table.rows(), watch, stopwatch)
    forecast = None if whole else counts.forecast(table.source, stopwatch.seconds)
    columns = (*table.columns, *_unnamed(table, counts))
    profiles = [counter.profile() for counter in counts.counters]
    proposals = propose_columns(table.signature.vendor, columns, profiles)
    seen = tuple(
        ColumnSeen(column, profile, proposal)
        for column, profile, proposal in zip(columns, profiles, proposals, strict=True)
    )
    vendor, notices = _tickets(table, seen)
    return Inspection(
        path=table.source.path,
        vendor=vendor,
        encoding=table.source.encoding,
        separator=table.source.separator if table.source.is_text else None,
        header_rows=table.signature.header_rows,
        records=counts.records if forecast is None else forecast.records,
        columns=seen,
        warnings=(
            *source_warnings(table.source),
            *counts.warnings(table, whole=whole),
            *_column_warnings(seen),
            *notices,
        ),
        chosen=chosen,
        table=table,
        forecast=forecast,
    )


def _tickets(table: Table, columns: Sequence[ColumnSeen]) -> tuple[str, tuple[Notice, ...]]:
    """Return whose export it is, which a table of tickets tells only by what its columns hold.

    Tickets that were rated are answers; that they are tickets too is noted.
    """
    vendor = table.signature.vendor
    if vendor not in MAYBE_TICKETS or find_tickets(samples_of(columns)) is None:
        return vendor, ()
    asked = sum(seen.proposal.role == "question" for seen in columns)
    notices = (Notice("also_tickets", "", asked),) if asked else ()
    return vendor_of(seen.name for seen in columns) if vendor == "plain" else vendor, notices


def inspection_facts(
    inspection: Inspection, roles: Mapping[str, str] | None = None
) -> dict[str, object]:
    """Return the answer of `inspect` as plain values, with the field names of the contract.

    Args:
        roles: what the columns are, by name, where the file holds no answers.
    """
    return {
        "vendor": inspection.vendor,
        "encoding": inspection.encoding,
        "separator": inspection.separator,
        "header_rows": inspection.header_rows,
        "records": inspection.records,
        **_more_facts(inspection),
        "columns": [
            {
                "name": seen.name,
                **({"text": seen.column.text} if seen.column.text else {}),
                **({"labels": dict(seen.column.labels)} if seen.column.labels else {}),
                "type": seen.profile.type,
                "blank": seen.profile.blank,
                "missing": seen.profile.missing,
                "refused": seen.profile.refused,
                "refused_examples": list(seen.profile.refused_examples),
                "distinct": seen.profile.distinct,
                "examples": list(seen.profile.examples),
                "minimum": seen.profile.minimum,
                "maximum": seen.profile.maximum,
                **_words_of(seen, roles),
                "proposal": (
                    {"role": roles.get(seen.name, "ignore")} if roles else _plain(seen.proposal)
                ),
            }
            for seen in inspection.columns
        ],
        "warnings": [_plain(notice) for notice in inspection.warnings],
    }


def _words_of(seen: ColumnSeen, roles: Mapping[str, str] | None) -> dict[str, object]:
    """The answers whose scores only the survey's author knows."""
    found = None if roles else waiting_words(seen)
    return {} if found is None else {"scale_words": words_facts(found)}


def _more_facts(inspection: Inspection) -> dict[str, object]:
    """What only some files have: sheets, and a forecast where the whole was not read."""
    more: dict[str, object] = {}
    if inspection.sheets:
        more["sheet"] = inspection.sheet
        more["sheets"] = [asdict(seen) for seen in inspection.sheets]
    if inspection.forecast is not None:
        more["forecast"] = asdict(inspection.forecast)
    return more


def _plain(value: Proposal | Notice) -> dict[str, object]:
    """Only what is said: a role alone where a column is nothing more."""
    return {
        key: list(part) if isinstance(part, tuple) else part
        for key, part in asdict(value).items()
        if part not in (None, (), "", 0)
    }


def _unnamed(table: Table, counts: RecordCounts) -> tuple[Column, ...]:
    """A table without any header or record has no width of its own yet."""
    missing = range(len(table.columns), len(counts.counters))
    return tuple(Column(index, f"Column {index + 1}", "") for index in missing)


def _column_warnings(columns: tuple[ColumnSeen, ...]) -> Iterator[Notice]:
    raws = [seen.column.raw.strip() for seen in columns if seen.column.raw.strip()]
    if len(set(raws)) < len(raws):
        yield Notice("duplicate_names", "", len(raws) - len(set(raws)))
    yield from unread_answers(columns, named=any(raws))
    for seen in columns:
        date = seen.profile.date
        if date is not None and date.ambiguous:
            detail = f"{date.format} or {date.other}"
            yield Notice("ambiguous_dates", f"column {seen.name}", seen.profile.answered, detail)
