"""Brings the records of one respondent together, where a long table gives one answer a record.

The records wait in a private temporary database that SQLite keeps on disk and deletes itself, so
that memory stays level however they are strewn over the file.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import groupby, islice
from types import TracebackType
from typing import Any, Final

from storage.evidence.batch import BatchWriter
from storage.evidence.layout import (
    NO_OUTCOME,
    NO_SEGMENT,
    NO_WEIGHT,
    ResponseColumns,
    unpack_pairs,
    unpack_slots,
)
from storage.imports.survey_rows import Comments, Taken

_GROUPS: Final = 2_000
_SCHEMA: Final = (
    (
        "CREATE TABLE record (number INTEGER PRIMARY KEY, respondent TEXT, at TEXT,"
        " period INTEGER, segment INTEGER, weight REAL, outcome INTEGER, pair BLOB, pains BLOB,"
        " covariates TEXT)"
    ),
    "CREATE TABLE comment (number INTEGER, heading TEXT, touchpoint TEXT, text TEXT)",
    "CREATE INDEX comment_of ON comment (number)",
)
# A record without a respondent stands alone; the others in the order of their first record.
_IN_ORDER: Final = (
    "SELECT min(number) OVER (PARTITION BY coalesce(respondent, number), period) AS first,"
    " number, respondent, at, period, segment, weight, outcome, pair, pains, covariates"
    " FROM record ORDER BY first, number"
)

Record = tuple[Any, ...]


class Gatherer:
    """Keeps rows of one answer each and gives them back one row per respondent and period.

    Of what a respondent said twice the later counts: in answers as in everything else.
    """

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        for statement in _SCHEMA:
            self._base.execute(statement)
        self._base.execute("BEGIN")
        self._records = 0

    def __enter__(self) -> "Gatherer":
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Drop what was kept."""
        self._base.close()

    def keep(self, taken: Taken) -> None:
        """Keep the rows of a chunk."""
        rows, n = taken.rows, len(taken.rows)
        first = self._records
        columns: list[Sequence[Any]] = [
            rows.respondent or [""] * n,
            rows.at or [""] * n,
            rows.period,
            rows.segment or [NO_SEGMENT] * n,
            rows.weight or [NO_WEIGHT] * n,
            rows.outcome or [NO_OUTCOME] * n,
            rows.pairs[0],
            rows.pain_points or [b""] * n,
            rows.covariates or [""] * n,
        ]
        self._base.executemany(
            "INSERT INTO record VALUES (?, nullif(?, ''), ?, ?, ?, ?, ?, ?, ?, ?)",
            zip(range(first, first + n), *columns, strict=True),
        )
        self._base.executemany(
            "INSERT INTO comment VALUES (?, ?, ?, ?)",
            ((first + place, *rest) for place, *rest in taken.comments),
        )
        self._records = first + n

    def write_to(self, writer: BatchWriter) -> int:
        """Write the gathered rows; return how many answers a later one replaced."""
        replaced = 0
        groups = (list(group) for _, group in groupby(self._in_order(), key=lambda r: r[0]))
        while part := list(islice(groups, _GROUPS)):
            merged = [_merged(group) for group in part]
            replaced += sum(
                sum(1 for record in group if record[8]) - len(row[6])
                for group, row in zip(part, merged, strict=True)
            )
            first = writer.write(_columns(merged))
            writer.write_comments(self._comments(part, first))
        return replaced

    def _in_order(self) -> Iterator[Record]:
        with closing(self._base.cursor()) as cursor:
            yield from cursor.execute(_IN_ORDER)

    def _comments(self, groups: Sequence[Sequence[Record]], first: int) -> Comments:
        found: dict[tuple[int, str], tuple[str | None, str]] = {}
        query = "SELECT heading, touchpoint, text FROM comment WHERE number = ? ORDER BY heading"
        for place, group in enumerate(groups):
            for record in group:
                for heading, touchpoint, text in self._base.execute(query, (record[1],)):
                    # A heading holds one text per row; the same question elsewhere adds to it.
                    before = found.get((first + place, heading))
                    joined = text if before is None else f"{before[1]}\n{text}"
                    found[first + place, heading] = (touchpoint, joined)
        return [(seq, heading, *rest) for (seq, heading), rest in sorted(found.items())]


def _merged(group: Sequence[Record]) -> Record:
    """Return (respondent, at, period, segment, weight, outcome, pairs by slot, pains, covariates).

    Each figure is the latest that is known.
    """
    at = segment = weight = outcome = covariates = None
    pairs: dict[int, bytes] = {}
    pains: set[int] = set()
    for record in group:
        at = record[3] or at
        segment = record[5] if record[5] != NO_SEGMENT else segment
        weight = record[6] if record[6] != NO_WEIGHT else weight
        outcome = record[7] if record[7] != NO_OUTCOME else outcome
        covariates = record[10] or covariates
        if record[8]:
            ((slot, _),) = unpack_pairs(record[8])
            pairs[slot] = record[8]
        pains.update(unpack_slots(record[9]))
    return group[0][2], at, group[0][4], segment, weight, outcome, pairs, pains, covariates


def _columns(rows: Sequence[Record]) -> ResponseColumns:
    slots = sorted(set().union(*(row[6] for row in rows)))
    return ResponseColumns(
        period=[row[2] for row in rows],
        pairs=[[row[6].get(slot, b"") for row in rows] for slot in slots] or [[b""] * len(rows)],
        respondent=[row[0] or "" for row in rows],
        at=[row[1] or "" for row in rows],
        segment=[NO_SEGMENT if row[3] is None else row[3] for row in rows],
        weight=[NO_WEIGHT if row[4] is None else row[4] for row in rows],
        outcome=[NO_OUTCOME if row[5] is None else row[5] for row in rows],
        pain_points=[
            b"".join(sorted(row[7], key=lambda packed: int.from_bytes(packed, "little")))
            for row in rows
        ],
        covariates=[row[8] or "" for row in rows],
    )
