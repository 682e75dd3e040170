"""A text table, ready to be streamed: limits, encoding, preamble and separator found or given."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from storage.errors import ImportProblem
from storage.imports.encoding import EncodingFound, find_encoding
from storage.imports.file_kind import open_bytes, require_text

# Cells of 200 kB are real; a longer one is a quote that was never closed.
MAX_CELL_CHARACTERS: Final = 1_000_000
SAMPLE_CHARACTERS: Final = 256 * 1024
SAMPLE_RECORDS: Final = 50
SEPARATORS: Final = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class TextSource:
    """How one text file is read.

    Attributes:
        path: the file; gzip is unpacked while reading.
        encoding: a Python codec name.
        separator: one character; " " means runs of spaces.
        preamble_lines: comment lines of a GA4 report before its header.
        found: what was measured about the bytes.
    """

    path: Path
    encoding: str
    separator: str
    preamble_lines: int
    found: EncodingFound


def open_source(
    path: Path,
    *,
    encoding: str | None = None,
    separator: str | None = None,
    language: str | None = None,
) -> TextSource:
    """Look at a text file and decide how to read it; what is given is not guessed.

    Args:
        path: the file.
        encoding: a codec name chosen by the user.
        separator: one character chosen by the user.
        language: two letters that break ties between code pages.

    Raises:
        ImportProblem: missing, directory, blank, binary, too_large, unsupported (with the kind
            of file as detail), not_what_it_claims, encoding, damaged, not_a_table.
    """
    require_text(path)
    if separator is not None and (len(separator) != 1 or separator in '"\r\n\x00'):
        raise ImportProblem(path, "", "separator", separator)
    found = find_encoding(path, override=encoding, language=language)
    with open_text(path, found.name) as stream:
        sample = _read_sample(path, stream)
    preamble = preamble_length(sample)
    body = "".join(sample.splitlines(keepends=True)[preamble:]) if preamble else sample
    return TextSource(
        path=path,
        encoding=found.name,
        separator=separator or find_separator(body, cut=len(sample) >= SAMPLE_CHARACTERS),
        preamble_lines=preamble,
        found=found,
    )


def open_text(path: Path, encoding: str) -> TextIO:
    """Open for csv: decoded, line ends untouched, undecodable bytes read as U+FFFD."""
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
