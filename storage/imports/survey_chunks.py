"""The records of a survey file in chunks, as columns, with what was left out and why."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Final

import numpy as np
from numpy.typing import NDArray

from storage.imports.record_counts import swallowed_records
from storage.imports.rows import Row, Skipped, SkippedTally, Table
from storage.imports.survey_cells import Codes
from storage.imports.survey_cut import Cut
from storage.imports.survey_records import Block, read_blocks
from storage.imports.survey_tokens import Tokens

# Reasons that are no fault of the record: nothing in it was refused.
FAULTLESS: Final = frozenset({"filtered", "unanswered", "known"})


@dataclass(frozen=True, slots=True)
class RefusedCells:
    """Cells of one column that were refused for one reason; their records may have been kept.

    Attributes:
        reason: not_a_number, not_whole or off_scale.
        example: the first such cell, as it stands; example_line: its record's first line.
    """

    reason: str
    column: str
    count: int
    example_line: int
    example: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some records: the line each starts at, and their cells by column of the table.

    Attributes:
        cells: as texts by column, or cut and not yet made into texts.
    """

    lines: Sequence[int]
    cells: Sequence[Sequence[str]] | Cut

    def __len__(self) -> int:
        """How many records."""
        return len(self.lines)

    @property
    def columns(self) -> Sequence[Sequence[str]]:
        """The cells as texts by column."""
        return self.cells.columns if isinstance(self.cells, Cut) else self.cells

    def record(self, place: int) -> list[str]:
        """Return one record's cells."""
        return [column[place] for column in self.columns]

    def only(self, places: Sequence[int]) -> "Chunk":
        """Return a few of the records, whose cells were cut."""
        assert isinstance(self.cells, Cut)
        kept = self.cells.only(np.array(places, dtype=np.intp))
        return Chunk([self.lines[place] for place in places], kept)

    def marked(self, kept: NDArray[np.bool_]) -> "Chunk":
        """Return the records that are marked."""
        lines = list(compress(self.lines, kept.tolist()))
        if isinstance(self.cells, Cut):
            return Chunk(lines, self.cells.only(np.flatnonzero(kept)))
        return Chunk(lines, [list(compress(column, kept.tolist())) for column in self.cells])

    def without(self, reasons: Mapping[int, str]) -> "Chunk":
        """Return the records whose places have no reason to be left out."""
        kept = [place not in reasons for place in range(len(self))]
        columns = [list(compress(column, kept)) for column in self.columns]
        return Chunk(list(compress(self.lines, kept)), columns)


@dataclass(slots=True)
class Tally:
    """What was read and what of it was left out.

    Attributes:
        records: data records read, as the inspection counts them.
        swallowed_line: where a quoted cell holds what is built like records; 0 for nowhere.
        last: the last record, where its block was parsed as CSV.
        waiting: refused records not yet written, as (line, reason, record).
    """

    records: int = 0
    swallowed_line: int = 0
    last: Row | None = None
    waiting: list[tuple[int, str, str]] = field(default_factory=list)
    _skipped: SkippedTally = field(default_factory=SkippedTally)
    _cells: dict[tuple[str, str], RefusedCells] = field(default_factory=dict)

    def leave_out(self, chunk: Chunk, reasons: Mapping[int, str]) -> Chunk:
        """Count records left out and return the others."""
        if not reasons:
            return chunk
        for place, reason in sorted(reasons.items()):
            self._skipped.add(reason, chunk.lines[place])
            if reason not in FAULTLESS:
                self.keep_refused(chunk, place, reason)
        return chunk.without(reasons)

    def filter(self, chunk: Chunk, kept: NDArray[np.bool_]) -> Chunk:
        """Return the records marked; the others were not wanted."""
        if kept.all():
            return chunk
        for place in np.flatnonzero(~kept).tolist():
            self._skipped.add("filtered", chunk.lines[place])
        return chunk.marked(kept)

    def refuse_cell(self, chunk: Chunk, place: int, column: str, cell: str, reason: str) -> None:
        """Count a cell that was refused."""
        key, line = (column, reason), chunk.lines[place]
        known = self._cells.get(key)
        count = 1 if known is None else known.count + 1
        if known is not None and known.example_line <= line:
            # Those that are left out are counted before others of the same block.
            line, cell = known.example_line, known.example
        self._cells[key] = RefusedCells(reason, column, count, line, cell[:200])

    def keep_refused(self, chunk: Chunk, place: int, reason: str) -> None:
        """Keep a record as it stood, so that it can be shown and saved."""
        self.waiting.append((chunk.lines[place], reason, _as_csv(chunk.record(place))))

    def take_waiting(self) -> list[tuple[int, str, str]]:
        """Return the refused records since the last call, each line and reason once, in order."""
        taken = {(line, reason): record for line, reason, record in self.waiting}
        self.waiting.clear()
        return [(line, reason, record) for (line, reason), record in sorted(taken.items())]

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Records left out, by reason, the most frequent first."""
        return self._skipped.result()

    @property
    def refused_cells(self) -> tuple[RefusedCells, ...]:
        """Refused cells by column and reason, the most frequent first."""
        return tuple(sorted(self._cells.values(), key=lambda c: (-c.count, c.column, c.reason)))


def read_chunks(
    table: Table, tally: Tally, watch: Callable[[int], None], keep: tuple[int, Codes] | None
) -> Iterator[Chunk]:
    """Yield a table's records, counted; those a filter leaves out are counted apart.

    Args:
        watch: called with the line reached after each chunk; it may raise to stop.
        keep: a column's place and the values whose records are kept.
    """
    wanted = None if keep is None else _Wanted(*keep)
    for block in read_blocks(table):
        tally.records += len(block.lines)
        _note_quotes(block, table, tally)
        chunk = _squared(block, table, tally)
        if wanted is not None:
            chunk = wanted.of(chunk, tally)
        if chunk:
            yield chunk
        watch(block.lines[-1])


class _Wanted:
    """The records whose cell of one column is one of some values."""

    def __init__(self, place: int, values: Codes) -> None:
        self._place, self._values = place, values
        self._tokens = Tokens()
        self._verdicts: list[bool] = []

    def of(self, chunk: Chunk, tally: Tally) -> Chunk:
        """Return those of a chunk; the others are counted."""
        kept = self._of_cut(chunk.cells) if isinstance(chunk.cells, Cut) else None
        if kept is None:
            cells = chunk.columns[self._place]
            kept = np.array([cell.strip() in self._values for cell in cells], dtype=bool)
        return tally.filter(chunk, kept)

    def _of_cut(self, cut: Cut) -> NDArray[np.bool_] | None:
        numbers = self._tokens.of(cut, self._place)
        new = self._tokens.texts[self._tokens.fresh :]
        del self._verdicts[self._tokens.fresh :]
        self._verdicts += [text.strip() in self._values for text in new]
        return None if numbers is None else np.array(self._verdicts, dtype=bool)[numbers]


def _note_quotes(block: Block, table: Table, tally: Tally) -> None:
    """Look for records that a quote swallowed; a block that was cut by lines has no quotes."""
    if block.rows is None or not table.source.is_text:
        tally.last = None
        return
    tally.last = (block.lines[-1], list(block.rows[-1]))
    if tally.swallowed_line or block.lines[-1] - block.lines[0] == len(block.lines) - 1:
        rows: Sequence[Sequence[str]] = block.rows[-1:]
    else:
        rows = block.rows
    separator, width = table.source.separator, len(table.columns)
    for line, record in zip(block.lines[-len(rows) :], rows, strict=True):
        if not tally.swallowed_line and swallowed_records(record, separator, width):
            tally.swallowed_line = line


def _squared(block: Block, table: Table, tally: Tally) -> Chunk:
    """Return the records at the table's width.

    Missing cells at the end are blank; surplus ones must be, or the record is out of step. A
    short last record in a file that ends within a line was cut off: its last cell is not whole.
    """
    if block.cut is not None:
        return Chunk(block.lines, block.cut)
    rows, width = block.rows or (), len(table.columns)
    if set(map(len, rows)) == {width}:
        return Chunk(block.lines, list(zip(*rows, strict=True)))
    padded = max(width, *map(len, rows))
    padding = [""] * padded
    cells = ([*row, *padding][:padded] for row in rows)
    ragged = Chunk(block.lines, list(zip(*cells, strict=True)))
    reasons = {at: "surplus_cells" for at, row in enumerate(rows) if any(row[width:])}
    found = table.source.found
    if not found.ends_in_line and block.lines[-1] == found.lines + 1 and len(rows[-1]) < width:
        reasons[len(rows) - 1] = "cut_off"
    chunk = tally.leave_out(ragged, reasons)
    return Chunk(chunk.lines, chunk.columns[:width])


def _as_csv(row: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(row)
    return text.getvalue()
