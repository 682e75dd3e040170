"""The hash of a batch while it is written: that of `storage.database.batch_hash`, from columns.

The verifier reads rows back; here they are still columns, most of which need no reading at all
(a column without values, one of equal lengths). A test holds the two together.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Table

from storage.database import tables
from storage.database.batch_hash import BATCH_TABLES
from storage.evidence.layout import NO_OUTCOME, NO_SEGMENT, NO_WEIGHT, ResponseColumns, Told

if TYPE_CHECKING:
    from storage.evidence.packed import PackedRows

# So many different figures are worth writing out once each.
_FEW = 64
_THOUSAND = 1_000
_TAILS = [f"{n:03d}," for n in range(_THOUSAND)]
# What JSON writes as it is, of ASCII.
_NEEDS_NO_ESCAPE = bytes(byte for byte in range(0x20, 0x7F) if byte not in b'"\\')
# question slot, period, segment slot, score, n, weight, weight_sq
HistogramTuple = tuple[int, int, int, int, int, float, float]


class BatchHash:
    """Takes the rows of a batch in the order of their keys, any number at a time."""

    def __init__(self) -> None:
        self._texts = {
            (table.name, column.name): hashlib.sha256()
            for table in BATCH_TABLES
            for column in table.columns
            if column.name != "batch"
        }
        self._bytes = {name: hashlib.sha256() for name in ("answers", "pain_points")}
        self._rows = self._numbered = 0

    def add(self, rows: ResponseColumns, answers: Sequence[bytes | bytearray]) -> None:
        """Take the next responses, numbered on from those before; `answers`: their joined pairs."""
        n = len(rows)
        self._rows += n
        self._feed("period", _figures(rows.period))
        for name, texts in (
            ("respondent", rows.respondent),
            ("at", rows.at),
            ("covariates", rows.covariates),
        ):
            self._feed(name, b"null," * n if texts is None else json_of_texts(texts))
        for name, figures, gap in (
            ("segment", rows.segment, NO_SEGMENT),
            ("outcome", rows.outcome, NO_OUTCOME),
            ("weight", rows.weight, NO_WEIGHT),
        ):
            self._feed(name, b"null," * n if figures is None else _figures(figures, gap))
        self._feed_blobs("answers", answers)
        if rows.pain_points is None:
            self._feed("pain_points", b"null," * n)
        else:
            self._feed_blobs("pain_points", rows.pain_points, gap=True)

    def add_packed(self, rows: "PackedRows", answers: bytes, sizes: Sequence[int] | None) -> None:
        """Take the next responses; `answers` are all pairs, `sizes` the bytes of each row."""
        n = rows.rows
        self._rows += n
        self._feed("period", rows.period.json(n))
        for name, texts in (("respondent", rows.respondent), ("at", rows.at)):
            self._feed(name, b"null," * n if texts is None else texts.json())
        for name, figures in (("segment", rows.segment), ("outcome", rows.outcome)):
            self._feed(name, b"null," * n if figures is None else figures.json(n))
        for name, words in (("covariates", rows.covariates), ("weight", rows.weight)):
            self._feed(name, b"null," * n if words is None else words.json())
        if rows.pain_points is None:
            self._feed("pain_points", b"null," * n)
        else:
            blobs, lengths = rows.pain_points.blobs()
            self._bytes["pain_points"].update(blobs)
            self._feed("pain_points", lengths)
        self._bytes["answers"].update(answers)
        each = b"%d," % (len(answers) // n)
        self._feed("answers", each * n if sizes is None else _figures(sizes))
        # Numbers are quickest a thousand at a time.
        self._number(self._rows // _THOUSAND * _THOUSAND)

    def add_comments(self, told: Told) -> None:
        """Take comments."""
        for name, spelt in (
            ("seq", _json(told.seq)),
            ("heading", _of_few(told.heading)),
            ("touchpoint", _of_few(told.touchpoint)),
            ("text", json_of_texts(told.text) if all(told.text) else _json(told.text)),
        ):
            self._texts[tables.comment.name, name].update(spelt)

    def add_rows(self, table: Table, rows: Iterable[Sequence[object]]) -> None:
        """Take rows of another of the batch's tables, without the batch column."""
        names = [column.name for column in table.columns if column.name != "batch"]
        for name, values in zip(names, zip(*rows, strict=True), strict=False):
            self._texts[table.name, name].update(_json(values))

    def result(self, layout: str, records: int) -> str:
        """Return the hash in hexadecimal, once; `layout` as it is stored."""
        self._number(self._rows)
        whole = hashlib.sha256(json.dumps([layout, records]).encode())
        for (table, name), texts in self._texts.items():
            whole.update(f"{table}.{name}:".encode() + texts.digest())
            if table == tables.response.name and name in self._bytes:
                whole.update(self._bytes[name].digest())
        return whole.hexdigest()

    def _number(self, end: int) -> None:
        """Take the numbers of the rows up to so many."""
        for part in _numbers(self._numbered, end):
            self._feed("seq", part)
        self._numbered = end

    def _feed(self, column: str, json_text: bytes) -> None:
        self._texts[tables.response.name, column].update(json_text)

    def _feed_blobs(
        self, column: str, blobs: Sequence[bytes | bytearray], *, gap: bool = False
    ) -> None:
        """Take blobs; with `gap` an empty one is stored as NULL."""
        self._bytes[column].update(b"".join(blobs))
        lengths = list(map(len, blobs))
        self._feed(column, _figures(lengths, 0 if gap else None))


def _of_few(texts: Sequence[str | None]) -> bytes:
    """Return texts as JSON of which there are few different ones."""
    alike = set(texts)
    if len(alike) > _FEW:
        return _json(texts)
    spelt = {text: _json((text,)) for text in alike}
    return b"".join(map(spelt.__getitem__, texts))


def _json(values: Iterable[object]) -> bytes:
    return json.dumps(list(values), separators=(",", ":"))[1:-1].encode() + b","


def _numbers(start: int, end: int) -> Iterator[bytes]:
    """Yield the JSON of start … end − 1, a thousand at a time: all but the first share their head.

    `start` is a whole number of thousands.
    """
    if start < end and not start:
        yield "".join(f"{n}," for n in range(min(end, _THOUSAND))).encode()
    for head in range(max(1, start // _THOUSAND), -(-end // _THOUSAND)):
        yield (f"{head}" + f"{head}".join(_TAILS[: end - head * _THOUSAND])).encode()


def _figures(figures: Sequence[float], gap: float | None = None) -> bytes:
    """Return figures as JSON, which is how Python writes them; the gap is stored as NULL."""
    alike = set(figures)
    if gap in alike:
        return _json(None if value == gap else value for value in figures)
    if len(alike) == 1:
        return f"{alike.pop()},".encode() * len(figures)
    if len(alike) <= _FEW:
        texts = {figure: f"{figure!r},".encode() for figure in alike}
        return b"".join(map(texts.__getitem__, figures))
    return repr(list(figures))[1:-1].replace(" ", "").encode() + b","


def json_of_texts(texts: Sequence[str]) -> bytes:
    """Return texts as JSON, each with a comma after it; "" is stored as NULL."""
    # One long text is looked at and written far quicker than many.
    joined = '","'.join(texts)
    written = joined.encode(errors="surrogatepass")
    special, quotes = written.translate(None, _NEEDS_NO_ESCAPE), 2 * len(texts) - 2
    if "" in texts or special.count(b'"') != quotes:
        return _json(text or None for text in texts)
    if len(special) > quotes:
        written = json.dumps(joined)[1:-1].replace('\\"', '"').encode()
    return b'"' + written + b'",'
