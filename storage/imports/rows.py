"""The records of a table, streamed in constant memory and as thinly as csv allows."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from storage.errors import ImportProblem
from storage.imports.file_kind import UNPACKING_ERRORS
from storage.imports.opening import (
    MAX_CELL_CHARACTERS,
    Reading,
    TextSource,
    open_source,
    pasted_source,
)
from storage.imports.signatures import Column, Signature, recognise, recognise_variables
from storage.imports.spool import RowsReplacedError

MAX_COLUMNS: Final = 5_000
HEADER_RECORDS: Final = 6

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Records that were not taken in, for one reason.

    Attributes:
        reason: a short stable word.
        count: how many.
        example_line: the line of the file where the first of them starts, from 1.
    """

    reason: str
    count: int
    example_line: int


@dataclass(slots=True)
class SkippedTally:
    """Counts refused records by reason while rows stream past."""

    _found: dict[str, Skipped] = field(default_factory=dict)

    def add(self, reason: str, line: int) -> None:
        """Count one record; the first line of a reason is kept as its example."""
        known = self._found.get(reason)
        self._found[reason] = Skipped(
            reason, known.count + 1 if known else 1, known.example_line if known else line
        )

    def result(self) -> tuple[Skipped, ...]:
        """Return one entry per reason, the most frequent first."""
        return tuple(sorted(self._found.values(), key=lambda item: (-item.count, item.reason)))


@dataclass(frozen=True, slots=True)
class Table:
    """A text table that is understood: how to read it, whose it is, its columns."""

    source: TextSource
    signature: Signature

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the file's order."""
        return self.signature.columns

    def preview(self, limit: int = 20) -> list[Row]:
        """Return the first data records with their lines."""
        return list(islice(self.rows(), limit))

    def rows(self) -> Iterator[Row]:
        """Stream the data records; see read_rows."""
        return read_rows(
            self.source, self.signature.header_rows, one_block=self.signature.vendor == "ga4"
        )


def open_table(
    path: Path,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    header_rows: int | None = None,
    sheet: str | None = None,
    language: str | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Table:
    """Open a table of any kind; what is given is not guessed.

    Raises:
        ImportProblem: as open_source, and too_large where there are far too many columns.
        ImportCancelledError: `cancelled` said so.
    """
    return read_table(
        path,
        Reading(
            encoding=encoding,
            separator=separator,
            header_rows=header_rows,
            sheet=sheet,
            language=language,
            cancelled=cancelled,
        ),
    )


def read_table(path: Path, reading: Reading) -> Table:
    """Open a table as `open_table` does, by one object that says how."""
    source = open_source(path, reading)
    try:
        return _table(source, reading.header_rows)
    except RowsReplacedError:
        return settled_table(source, reading.header_rows)
    except BaseException:
        source.stop()
        raise


def settled_table(source: TextSource, header_rows: int | None) -> Table:
    """Open a table whose first rows were taken back, once all of it is there.

    Raises:
        ImportProblem, ImportCancelledError: as `open_table`.
    """
    assert source.rows is not None
    try:
        source.rows.settle()
        return _table(source, header_rows)
    except BaseException:
        source.stop()
        raise


def read_text_table(
    text: str, *, separator: str | None = None, header_rows: int | None = None
) -> Table:
    """Open a table that was pasted: cells of a spreadsheet, or any separated text.

    Raises:
        ImportProblem: blank, separator, too_large.
    """
    return _table(pasted_source(text, separator), header_rows)


def _table(source: TextSource, header_rows: int | None) -> Table:
    wanted = max(HEADER_RECORDS, (header_rows or 0) + 1)
    records = [record for _, record in islice(read_records(source, blank=False), wanted)]
    if not records:
        raise ImportProblem(source.path, "", "blank")
    widest = max(len(record) for record in records)
    if widest > MAX_COLUMNS:
        limit = f"{widest:,} columns > {MAX_COLUMNS:,}"
        raise ImportProblem(source.path, "", "too_large", limit)
    if source.form == "spss":
        return Table(source, recognise_variables(source.variables))
    signature = recognise(
        records,
        preamble=source.preamble_lines > 0,
        marked=source.encoding == "utf-8-sig",
        header_rows=header_rows,
    )
    return Table(source, signature)


def read_rows(source: TextSource, header_rows: int, *, one_block: bool = False) -> Iterator[Row]:
    """Stream the data records of a text table.

    Args:
        source: how to read the file.
        header_rows: records (never lines) to leave out first.
        one_block: stop at the first blank or "#" record, where GA4's next table begins.

    Returns:
        An iterator of (line, cells): the line where the record starts, from 1, and its cells
        as text. Records without any filled cell are left out, except in SPSS files. Rows may be
        shorter or longer than the header.

    Raises:
        ImportProblem: a cell that never ends, or a packed file that is damaged.
    """
    records = _blocks(source) if one_block else read_records(source, blank=source.keeps_blank)
    return islice(records, header_rows, None)


def _blocks(source: TextSource) -> Iterator[Row]:
    started = False
    for line, record in read_records(source):
        if not any(record) or record[0].startswith("#"):
            if started:
                return
            continue
        started = True
        yield line, record


def read_records(source: TextSource, *, blank: bool = True) -> Iterator[Row]:
    """Stream every record of the file after a preamble, the header too; blank ones if wanted.

    One generator straight over csv.reader: a million records pass here.
    """
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    skipped = source.preamble_lines
    start = skipped + 1
    stream = source.open()
    try:
        lines = islice(stream, skipped, None) if skipped else stream
        reader = csv.reader(
            lines, delimiter=source.separator, skipinitialspace=source.separator == " "
        )
        for record in reader:
            if blank or any(record):
                yield source.row_of(start), record
            start = reader.line_num + skipped + 1
    except csv.Error as error:
        raise ImportProblem(source.path, f"line {start}", "cell_never_ends", str(error)) from error
    except UnicodeError as error:
        raise ImportProblem(source.path, "", "encoding", source.encoding) from error
    except UNPACKING_ERRORS as error:
        raise ImportProblem(source.path, f"line {start}", "damaged", str(error)) from error
    finally:
        stream.close()
