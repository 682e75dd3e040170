"""The hash of a batch while it is written: that of `storage.database.batch_hash`, from columns.

The verifier reads rows back; here they are still columns, most of which need no reading at all
(a column without values, one of equal lengths). A test holds the two together.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Table

from storage.database import tables
from storage.database.batch_hash import BATCH_TABLES
from storage.evidence.layout import NO_OUTCOME, NO_SEGMENT, NO_WEIGHT, ResponseColumns

# So many different figures are worth writing out once each.
_FEW = 64
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

    def add(self, first: int, rows: ResponseColumns, answers: Sequence[bytes | bytearray]) -> None:
        """Take responses; `first` is the number of the first, `answers` their joined pairs."""
        n = len(rows)
        self._feed("seq", _figures(range(first, first + n)))
        self._feed("period", _figures(rows.period))
        for name, texts in (
            ("respondent", rows.respondent),
            ("at", rows.at),
            ("covariates", rows.covariates),
        ):
            self._feed(name, "null," * n if texts is None else _texts(texts))
        for name, figures, gap in (
            ("segment", rows.segment, NO_SEGMENT),
            ("outcome", rows.outcome, NO_OUTCOME),
            ("weight", rows.weight, NO_WEIGHT),
        ):
            self._feed(name, "null," * n if figures is None else _with_gaps(figures, gap))
        self._feed_blobs("answers", answers)
        if rows.pain_points is None:
            self._feed("pain_points", "null," * n)
        else:
            self._feed_blobs("pain_points", rows.pain_points, gap=True)

    def add_rows(self, table: Table, rows: Iterable[Sequence[object]]) -> None:
        """Take rows of another of the batch's tables, without the batch column."""
        names = [column.name for column in table.columns if column.name != "batch"]
        for name, values in zip(names, zip(*rows, strict=True), strict=False):
            self._texts[table.name, name].update(_json(values).encode())

    def result(self, layout: str, records: int) -> str:
        """Return the hash in hexadecimal; `layout` as it is stored."""
        whole = hashlib.sha256(json.dumps([layout, records]).encode())
        for (table, name), texts in self._texts.items():
            whole.update(f"{table}.{name}:".encode() + texts.digest())
            if table == tables.response.name and name in self._bytes:
                whole.update(self._bytes[name].digest())
        return whole.hexdigest()

    def _feed(self, column: str, text: str) -> None:
        self._texts[tables.response.name, column].update(text.encode())

    def _feed_blobs(
        self, column: str, blobs: Sequence[bytes | bytearray], *, gap: bool = False
    ) -> None:
        """Take blobs; with `gap` an empty one is stored as NULL."""
        self._bytes[column].update(b"".join(blobs))
        lengths = list(map(len, blobs))
        self._feed(column, _with_gaps(lengths, 0) if gap else _figures(lengths))


def _json(values: Iterable[object]) -> str:
    return json.dumps(list(values), separators=(",", ":"))[1:-1] + ","


def _figures(figures: Sequence[float]) -> str:
    """Return figures as JSON, which is how Python writes them."""
    alike = set(figures)
    if len(alike) == 1:
        return f"{alike.pop()}," * len(figures)
    if len(alike) <= _FEW:
        texts = {figure: repr(figure) for figure in alike}
        return ",".join(map(texts.__getitem__, figures)) + ","
    return repr(list(figures))[1:-1].replace(" ", "") + ","


def _with_gaps(values: Sequence[float], gap: float) -> str:
    """Return figures as JSON; the gap is stored as NULL."""
    if gap in values:
        return _json(None if value == gap else value for value in values)
    return _figures(values)


def _texts(texts: Sequence[str]) -> str:
    """Return texts as JSON; "" is stored as NULL."""
    joined = "\n".join(texts)
    # One long text is written far quicker than many, where its line ends can only be ours.
    if "" in texts or "\\" in joined or joined.count("\n") >= len(texts):
        return _json(text or None for text in texts)
    return json.dumps(joined).replace("\\n", '","') + ","
