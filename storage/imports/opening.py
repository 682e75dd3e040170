"""A table, ready to be streamed: limits, encoding, preamble and separator found or given."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from storage.errors import ImportProblem
from storage.imports.child import Order, SheetSeen, VariableSeen, read_apart
from storage.imports.encoding import EncodingFound, find_encoding
from storage.imports.file_kind import look_at_file, open_bytes
from storage.imports.spool import Spool

# Cells of 200 kB are real; a longer one is a quote that was never closed.
MAX_CELL_CHARACTERS: Final = 1_000_000
SAMPLE_CHARACTERS: Final = 256 * 1024
SAMPLE_RECORDS: Final = 50
SEPARATORS: Final = (",", ";", "\t", "|")
# What a pasted table is called where a file has its name.
PASTED_NAME: Final = "Pasted table"


@dataclass(frozen=True, slots=True)
class TextSource:
    """How the records of one file are read.

    Attributes:
        path: the file; gzip and zip are unpacked while reading.
        encoding: a Python codec name; of a workbook or SPSS file that of its own texts.
        separator: one character; " " means runs of spaces.
        preamble_lines: comment lines of a GA4 report before its header.
        found: what was measured about the bytes.
        form: text, pasted, workbook or spss.
        rows: the records as CSV in UTF-8 where the file itself is no text.
        sheets: of a workbook, all of them; sheet: the one read.
        variables: of an SPSS file.
        unsaved_formulas: of a workbook, formulas whose values were not saved.
        stamp: of the file before it was read, where its rows are kept (`stamp_of`).
    """

    path: Path
    encoding: str
    separator: str
    preamble_lines: int
    found: EncodingFound
    form: str = "text"
    rows: Spool | None = None
    sheets: tuple[SheetSeen, ...] = ()
    sheet: str | None = None
    variables: tuple[VariableSeen, ...] = ()
    unsaved_formulas: int = 0
    stamp: tuple[int, ...] = ()

    @property
    def is_current(self) -> bool:
        """Whether the file is the one whose rows are kept; rows of a text file never are."""
        return bool(self.stamp) and self.stamp == stamp_of(self.path)

    def open(self) -> TextIO:
        """Open for csv: decoded, line ends untouched, undecodable bytes read as U+FFFD."""
        if self.rows is not None:
            stream = self.rows.open()
            return io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
        return open_text(self.path, self.encoding)

    def stop(self) -> None:
        """Have no more rows come, where some still do."""
        if self.rows is not None:
            self.rows.stop()

    def row_of(self, line: int) -> int:
        """Return what a person calls the line: of a workbook the row of its sheet."""
        return line if self.rows is None else self.rows.row_of(line)

    @property
    def keeps_blank(self) -> bool:
        """Whether a record without any answer is one: in SPSS it is a case, not a blank line."""
        return self.form == "spss"

    @property
    def is_text(self) -> bool:
        """Whether a separator and quotes part its cells, and may be wrong."""
        return self.form in {"text", "pasted"}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read; None is not given, so it is found out.

    Attributes:
        encoding: a codec name. separator: one character. header_rows: records before the first
            answer. sheet: of a workbook.
        language: two letters that break ties between code pages.
        most_bytes: look at no more than the start of a text file for its encoding.
        whole: wait until all of a workbook is there; else its rows may still come while they are
            read, and have to be stopped (`TextSource.stop`).
        cancelled: asked now and then.
    """

    encoding: str | None = None
    separator: str | None = None
    header_rows: int | None = None
    sheet: str | None = None
    language: str | None = None
    most_bytes: int | None = None
    whole: bool = True
    cancelled: Callable[[], bool] | None = None


def open_source(path: Path, reading: Reading = Reading()) -> TextSource:
    """Look at a file and decide how to read it; what is given is not guessed.

    Raises:
        ImportProblem: missing, directory, blank, binary, too_large, unsupported (with the kind
            of file as detail), not_what_it_claims, encoding, damaged, several_files, password,
            sheet, too_slow.
        ImportCancelledError: `cancelled` said so.
    """
    _check_separator(path, reading.separator)
    found = look_at_file(path)
    if found.kind in {"spreadsheet", "old_spreadsheet"}:
        return _source_apart(path, "workbook", found.packing, reading)
    if found.kind == "spss":
        return _source_apart(path, "spss", found.packing, reading)
    if found.kind != "text":
        raise ImportProblem(path, "", "unsupported", found.kind)
    return _text_source(path, reading)


def _check_separator(path: Path, separator: str | None) -> None:
    if separator is not None and (len(separator) != 1 or separator in '"\r\n\x00'):
        raise ImportProblem(path, "", "separator", separator)


def _text_source(path: Path, reading: Reading) -> TextSource:
    found = find_encoding(
        path,
        override=reading.encoding,
        language=reading.language,
        most_bytes=reading.most_bytes,
        cancelled=reading.cancelled,
    )
    with open_text(path, found.name) as stream:
        sample = _read_sample(path, stream)
    preamble = preamble_length(sample)
    body = "".join(sample.splitlines(keepends=True)[preamble:]) if preamble else sample
    return TextSource(
        path=path,
        encoding=found.name,
        separator=reading.separator or find_separator(body, cut=len(sample) >= SAMPLE_CHARACTERS),
        preamble_lines=preamble,
        found=found,
    )


def pasted_source(text: str, separator: str | None = None) -> TextSource:
    """Return what was copied from a sheet or a mail: TSV as spreadsheets give it, or any other.

    Raises:
        ImportProblem: blank, separator.
    """
    path = Path(PASTED_NAME)
    _check_separator(path, separator)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise ImportProblem(path, "", "blank")
    rows = Spool()
    rows.append(text.encode("utf-8", "replace"))
    sample = text[:SAMPLE_CHARACTERS]
    return TextSource(
        path=path,
        encoding="utf-8",
        separator=separator or find_separator(sample, cut=len(sample) < len(text)),
        preamble_lines=0,
        found=_found_in(rows, text.count("\n") or text.count("\r"), text[-1] in "\r\n"),
        form="pasted",
        rows=rows,
    )


def _source_apart(path: Path, reader: str, packing: str, reading: Reading) -> TextSource:
    order = Order(path, reader, bool(packing), reading.sheet, reading.encoding)
    stamp = stamp_of(path)
    read = read_apart(order, reading.cancelled, whole=reading.whole)
    if not read.lines:
        raise ImportProblem(path, read.sheet or "", "blank")
    return TextSource(
        path=path,
        encoding=read.encoding,
        separator=",",
        preamble_lines=0,
        found=_found_in(read.rows, read.lines, True),
        form=reader,
        rows=read.rows,
        sheets=read.sheets,
        sheet=read.sheet,
        variables=read.variables,
        unsaved_formulas=read.unsaved_formulas,
        stamp=stamp,
    )


def stamp_of(path: Path) -> tuple[int, ...]:
    """Return what changes where a file is written or replaced; nothing where it is gone."""
    try:
        state = path.stat()
    except OSError:
        return ()
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino, state.st_dev


def _found_in(rows: Spool, lines: int, ends_in_line: bool) -> EncodingFound:
    return EncodingFound(
        name="utf-8",
        certain=True,
        faults=0,
        double_mark=False,
        nul=0,
        lines=lines,
        size=rows.size,
        ends_in_line=ends_in_line,
    )


def open_text(path: Path, encoding: str) -> TextIO:
    """Open a text file for csv: decoded, line ends untouched, undecodable bytes as U+FFFD."""
    return io.TextIOWrapper(
        open_bytes(path),
        encoding=encoding,
        errors="replace",
        newline="",
    )


def _read_sample(path: Path, stream: TextIO) -> str:
    try:
        return stream.read(SAMPLE_CHARACTERS).lstrip("\ufeff")
    except UnicodeError as error:
        raise ImportProblem(path, "", "encoding", str(stream.encoding)) from error


def preamble_length(sample: str) -> int:
    """Return how many comment lines a GA4 report starts with, else 0.

    Only the rule of dashes tells: Typeform's first header is literally "#".
    """
    lines = sample.splitlines()
    if not lines or not lines[0].startswith("#"):
        return 0
    if not lines[0].lstrip("# ").startswith("-----"):
        return 0
    count = 0
    for line in lines:
        if line.strip(",;\t ") and not line.startswith("#"):
            break
        count += 1
    return count


def find_separator(sample: str, *, cut: bool = False) -> str:
    """Return the separator that gives the most constant width outside quotes.

    Args:
        sample: text from the start of the table.
        cut: the sample ends in the middle, its last record is not whole.

    The header decides between candidates: a decimal comma also splits every row of a
    semicolon file into a constant number of parts, but never its header.
    """
    best = max(SEPARATORS, key=lambda mark: _constancy(sample, mark, cut))
    if _constancy(sample, best, cut)[0] > 0:
        return best
    return " " if _is_spaced_table(sample, cut) else ","


def _constancy(sample: str, separator: str, cut: bool) -> tuple[int, float, int]:
    widths = [len(record) for record in sample_records(sample, separator, cut)]
    if not widths:
        return (0, 0.0, 0)
    width, count = Counter(widths).most_common(1)[0]
    share = count / len(widths)
    if max(widths[0], width) < 2:
        return (0, 0.0, 0)
    rank = 2 if widths[0] == width else 1
    # A few ragged records do not make a separator worse.
    return (rank, 1.0 if share >= 0.9 else share, width)


def sample_records(sample: str, separator: str, cut: bool) -> list[list[str]]:
    """Split the first records of a sample, blank ones left out."""
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    spaced = separator == " "
    reader = csv.reader(
        io.StringIO(sample, newline=""), delimiter=separator, skipinitialspace=spaced
    )
    records = list(_take(reader, SAMPLE_RECORDS + 1))
    if len(records) > SAMPLE_RECORDS or (cut and len(records) > 1):
        records.pop()
    return records


def _take(reader: Iterator[list[str]], limit: int) -> Iterator[list[str]]:
    taken = 0
    try:
        for record in reader:
            if any(record):
                yield record
                taken += 1
                if taken == limit:
                    return
    except csv.Error:
        return


def _is_spaced_table(sample: str, cut: bool) -> bool:
    """Columns set by runs of spaces, as old research files have them: figures only."""
    records = sample_records(sample, " ", cut)
    if len(records) < 3 or len({len(record) for record in records}) != 1 or len(records[0]) < 2:
        return False
    return all(cell.strip("+-.").replace(".", "", 1).isdigit() for cell in records[-1])
