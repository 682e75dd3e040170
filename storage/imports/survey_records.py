"""The records of a text table in blocks, without a step per record.

They are those of `rows.read_rows`; but a million records are a million turns through every
generator in their way. A block of text with equally many separators in each line, and quotes at
most around whole cells, is cut at once; all else goes through the csv reader, many records at a
time, until that stands at the start of a line again.
"""

import csv
import io
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import accumulate, compress, islice
from typing import Final, TextIO

from storage.errors import ImportProblem
from storage.imports.file_kind import UNPACKING_ERRORS
from storage.imports.opening import MAX_CELL_CHARACTERS, TextSource
from storage.imports.rows import Table
from storage.imports.survey_cut import Cut, cut_lines

# Two blocks are shorter than the longest cell, so that none of theirs is too long.
_BLOCK_CHARACTERS: Final = 480 * 1024
_BLOCK_RECORDS: Final = 1_024


@dataclass(frozen=True, slots=True)
class Block:
    """Some records, none of them blank: their first lines, and their cells in one of two ways.

    Attributes:
        rows: cells by record, as many as each has; None where `cut` is given.
        cut: records of the table's width.
    """

    lines: Sequence[int]
    rows: Sequence[Sequence[str]] | None = None
    cut: Cut | None = None

    @property
    def columns(self) -> Sequence[Sequence[str]] | None:
        """Cells by column, all of the table's width, where the block was cut."""
        return None if self.cut is None else self.cut.columns


def read_blocks(table: Table) -> Iterator[Block]:
    """Yield the data records of a table.

    Raises:
        ImportProblem: a cell that never ends, or a file that is damaged.
    """
    if table.signature.vendor == "ga4":
        # Its blocks end at a comment; such reports are short.
        rows = table.rows()
        while part := list(islice(rows, _BLOCK_RECORDS)):
            yield Block([line for line, _ in part], [record for _, record in part])
        return
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    source = table.source
    stream = source.open()
    try:
        for block in _Reader(table, stream).blocks():
            yield block if source.rows is None or not source.rows.tall else _in_rows(source, block)
    except UnicodeError as error:
        raise ImportProblem(source.path, "", "encoding", source.encoding) from error
    except UNPACKING_ERRORS as error:
        raise ImportProblem(source.path, "", "damaged", str(error)) from error
    finally:
        stream.close()


def _in_rows(source: TextSource, block: Block) -> Block:
    """Return a block of a workbook whose lines are rows of its sheet."""
    return replace(block, lines=[source.row_of(line) for line in block.lines])


class _Reader:
    """Reads one open file from its start; `line` is the last line read so far."""

    def __init__(self, table: Table, stream: TextIO) -> None:
        self._source: TextSource = table.source
        self._separator = table.source.separator
        # Runs of spaces are the csv reader's business, and so are marks of more than one byte.
        self._spaced = self._separator == " "
        self._cuts = self._separator.isascii() and not self._spaced
        self._width = len(table.columns)
        self._keeps_blank = table.source.keeps_blank
        self._stream, self._left = stream, ""
        self.line = sum(1 for _ in islice(stream, self._source.preamble_lines))
        self._skip_header(table.signature.header_rows)

    def blocks(self) -> Iterator[Block]:
        """Yield blocks, cut at once where nothing stands against it."""
        while self._cuts:
            text = self._left + self._stream.read(_BLOCK_CHARACTERS)
            whole = _end_of_records(text)
            text, self._left = text[:whole], text[whole:]
            if not text:
                break
            cut = cut_lines(text, self._separator, self._width)
            if cut is None:
                yield from self._parsed(text)
            else:
                start, self.line = self.line + 1, self.line + cut.feeds
                lines = range(start, self.line + 1)
                yield Block(lines if cut.firsts is None else (cut.firsts + start).tolist(), cut=cut)
        yield from self._parsed("", to_the_end=True)

    def _parsed(self, text: str, *, to_the_end: bool = False) -> Iterator[Block]:
        """Yield records as the csv reader parts them: those that begin in a text, or all."""
        before = self.line
        with closing(self._rest()) as rest:
            lines = _Lines(text, rest)
            reader = csv.reader(lines, delimiter=self._separator, skipinitialspace=self._spaced)
            records: Iterator[list[str]] = reader if to_the_end else lines.begun(reader)
            try:
                while part := list(islice(records, _BLOCK_RECORDS)):
                    start, self.line = self.line + 1, before + reader.line_num
                    yield from self._block(part, start)
            except csv.Error as error:
                raise ImportProblem(
                    self._source.path, f"line {self.line + 1}", "cell_never_ends", str(error)
                ) from error

    def _rest(self) -> Generator[str, None, None]:
        """Yield the lines after those read, the first of which is begun already."""
        # That one is several where "\r" alone ends lines; those not wanted are left.
        begun, self._left = io.StringIO(self._left + self._stream.readline(), newline=""), ""
        try:
            while line := begun.readline():
                yield line
            # Not the stream's own iterator: blocks may be read from it afterwards.
            yield from iter(self._stream.readline, "")
        finally:
            self._left = begun.read()

    def _block(self, records: Sequence[list[str]], start: int) -> Iterator[Block]:
        filled = [True] * len(records) if self._keeps_blank else list(map(any, records))
        starts = _starts(start, self.line, records)
        if any(filled):
            yield Block(list(compress(starts, filled)), list(compress(records, filled)))

    def _skip_header(self, records: int) -> None:
        """Read so many filled records; a header's cells may hold line ends."""
        reader = csv.reader(self._stream, delimiter=self._separator, skipinitialspace=self._spaced)
        try:
            for _ in islice(filter(any, reader), records):
                pass
        except csv.Error as error:
            raise ImportProblem(
                self._source.path, "line 1", "cell_never_ends", str(error)
            ) from error
        self.line += reader.line_num


def _end_of_records(text: str) -> int:
    """Return where the last whole record ends: at a line end that is in no quotes."""
    last = end = text.rfind("\n") + 1
    inside = text.count('"', 0, end) & 1
    while end and inside:
        # Back to before the quote in which that line end stands.
        before = text.rfind("\n", 0, text.rfind('"', 0, end)) + 1
        inside ^= text.count('"', before, end) & 1
        end = before
    # None: a quote that stands somewhere else, or a very long cell.
    return end or last


class _Lines:
    """The lines of a text, and then those of what follows it, where a record is not ended."""

    def __init__(self, text: str, rest: Iterator[str]) -> None:
        self._text, self._rest = io.StringIO(text, newline=""), rest
        self._beyond = False

    def __iter__(self) -> Iterator[str]:
        """Yield the lines."""
        yield from self._text
        self._beyond = True
        yield from self._rest

    def begun(self, reader: Iterator[list[str]]) -> Iterator[list[str]]:
        """Yield a reader's records up to the first that ends beyond the text.

        A reader that stands at the end of the text asks for one line more, so that this is a
        record that began in the text or the one that begins after it; either is whole.
        """
        for record in reader:
            yield record
            if self._beyond:
                return


def _starts(start: int, last: int, records: Sequence[list[str]]) -> Sequence[int]:
    """Return the line each record starts at; cells may hold line ends of their own."""
    if last - start + 1 == len(records):
        return range(start, last + 1)
    heights = (1 + sum(map(_line_ends, record)) for record in records[:-1])
    return list(accumulate(heights, initial=start))


def _line_ends(cell: str) -> int:
    return cell.count("\n") + cell.count("\r") - cell.count("\r\n")
