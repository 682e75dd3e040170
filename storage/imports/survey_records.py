"""The records of a text table in blocks, without a step per record.

They are those of `rows.read_rows`; but a million records are a million turns through every
generator in their way. A block of text without quotes and with equally many separators in each
line is cut at once into columns; all else goes through the csv reader, many records at a time.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, compress, islice
from typing import Final, TextIO

from storage.errors import ImportProblem
from storage.imports.file_kind import UNPACKING_ERRORS
from storage.imports.opening import MAX_CELL_CHARACTERS, TextSource
from storage.imports.rows import Table

# Two blocks are shorter than the longest cell, so that none of theirs is too long.
_BLOCK_CHARACTERS: Final = 128 * 1024
_BLOCK_RECORDS: Final = 1_024


@dataclass(frozen=True, slots=True)
class Block:
    """Some records, none of them blank: their first lines, and their cells in one of two ways.

    Attributes:
        rows: cells by record, as many as each has; None where `columns` is given.
        columns: cells by column, all of the table's width.
    """

    lines: Sequence[int]
    rows: Sequence[Sequence[str]] | None = None
    columns: Sequence[Sequence[str]] | None = None


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
        marks = f"{self._separator}\n".encode()
        self._not_marks = bytes(byte for byte in range(256) if byte not in marks)
        self._keeps_blank = table.source.keeps_blank
        self._stream = stream
        self.line = sum(1 for _ in islice(stream, self._source.preamble_lines))
        self._skip_header(table.signature.header_rows)

    def blocks(self) -> Iterator[Block]:
        """Yield blocks, cut at once as long as no quote is met."""
        left = ""
        while self._cuts:
            text = left + self._stream.read(_BLOCK_CHARACTERS)
            whole = text.rfind("\n") + 1
            if '"' in text or whole == 0:
                left = text
                break
            text, left = text[:whole], text[whole:]
            # A record ends at "\r" alone too, but only the csv reader knows that.
            plain = text.replace("\r\n", "\n") if "\r" in text else text
            block = None if "\r" in plain else self._cut(plain)
            if block is None:
                yield from self._parsed(io.StringIO(text, newline=""))
            else:
                yield block
        # What is left ends within a line, which the stream goes on with.
        rest = io.StringIO(left + self._stream.readline(), newline="")
        yield from self._parsed(chain(rest, self._stream))

    def _cut(self, text: str) -> Block | None:
        """Return whole lines as columns; None where they are not all alike and filled."""
        separator, width = self._separator, self._width
        # What is left of equally wide lines without their cells is one line over and over.
        marks = text.encode(errors="replace").translate(None, self._not_marks)
        lines = len(marks) // width
        if marks != (separator * (width - 1) + "\n").encode() * lines:
            return None
        cells = text[:-1].replace("\n", separator).split(separator)
        columns = [cells[place::width] for place in range(width)]
        if "" in columns[0] and not all(map(any, zip(*columns, strict=True))):
            return None
        start, self.line = self.line + 1, self.line + lines
        return Block(range(start, self.line + 1), columns=columns)

    def _parsed(self, lines: Iterable[str]) -> Iterator[Block]:
        """Yield records as the csv reader parts them."""
        before = self.line
        reader = csv.reader(lines, delimiter=self._separator, skipinitialspace=self._spaced)
        try:
            while records := list(islice(reader, _BLOCK_RECORDS)):
                start, self.line = self.line + 1, before + reader.line_num
                filled = [True] * len(records) if self._keeps_blank else list(map(any, records))
                starts = _starts(start, self.line, records)
                if any(filled):
                    yield Block(list(compress(starts, filled)), list(compress(records, filled)))
        except csv.Error as error:
            place = f"line {self.line + 1}"
            raise ImportProblem(self._source.path, place, "cell_never_ends", str(error)) from error

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


def _starts(start: int, last: int, records: Sequence[list[str]]) -> Sequence[int]:
    """Return the line each record starts at; cells may hold line ends of their own."""
    if last - start + 1 == len(records):
        return range(start, last + 1)
    heights = (1 + sum(map(_line_ends, record)) for record in records[:-1])
    return list(accumulate(heights, initial=start))


def _line_ends(cell: str) -> int:
    return cell.count("\n") + cell.count("\r") - cell.count("\r\n")
