"""Comments with full-text search, masked, nothing shown where few wrote.

The index is a private temporary database of SQLite's own (no name, gone when it is closed), so
that a workspace file never holds virtual tables. It is filled batch by batch: answers are
immutable, what was indexed once stays right, and a batch that is off the workspace is passed over.
Only masked text is indexed: a search cannot find what may not be read.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, bindparam, select

from journey.model.ids import PainPointId, QuestionId, SegmentId, SurveyId, TouchpointId
from journey.model.quarter import quarter_number
from journey.model.search import folded
from journey.report.comments import ANSWERS_FOR_A_COMMENT, masked
from storage.database import tables
from storage.database.engine import for_reading
from storage.evidence.layout import Layout, unpack_pairs, unpack_slots

_ROWS: Final = 2_000
_SCHEMA: Final = (
    """CREATE TABLE place (id INTEGER PRIMARY KEY, batch INTEGER, seq INTEGER, heading TEXT,
    touchpoint TEXT, period INTEGER, segment TEXT)""",
    "CREATE INDEX place_of ON place (touchpoint, period)",
    """CREATE VIRTUAL TABLE words USING fts5
    (text, content='', tokenize="unicode61 remove_diacritics 2")""",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which comments are wanted.

    Attributes:
        touchpoint: None wants those of the whole answer. quarter: None wants all of them.
        search: words that all occur, the last one as a beginning; "" wants all.
        unmasked: show e-mail addresses, telephone and account numbers.
    """

    touchpoint: TouchpointId | None
    quarter: str | None = None
    search: str = ""
    limit: int = 200
    offset: int = 0
    unmasked: bool = False


@dataclass(frozen=True, slots=True)
class ShownComment:
    """One comment as it may be shown.

    Attributes:
        score: what the same row answered to the question asked for; None without.
        pain_points: what the row reports.
    """

    survey: SurveyId
    seq: int
    heading: str
    text: str
    at: str | None
    segment: SegmentId | None
    score: int | None
    pain_points: tuple[PainPointId, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentPage:
    """Some of the comments found.

    Attributes:
        total: comments of the place and quarter, searched or not. found: those that match.
        hidden: fewer than ten were written there, so none is shown.
    """

    total: int
    found: int
    comments: tuple[ShownComment, ...]
    hidden: bool = False


class CommentIndex:
    """The search of one open workspace; used by one thread at a time. Close it when done."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in _SCHEMA:
            self._base.execute(statement)
        self._known: set[int] = set()

    def close(self) -> None:
        """Let go of the index; nothing of it stays on the disk."""
        self._base.close()

    def refresh(self, engine: Engine, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Index the batches that are new; an interrupted one is indexed the next time."""
        with for_reading(engine).connect() as connection:
            for number, (_, layout) in _active(connection).items():
                if number not in self._known:
                    self._index(connection, number, layout, cancelled)

    def page(
        self, engine: Engine, asked: Asked, questions: Sequence[QuestionId] = ()
    ) -> CommentPage:
        """Return the comments asked for, in the order of surveys and rows.

        Args:
            questions: the score shown with a comment answers the first of these the row answers.
        """
        with for_reading(engine).connect() as connection:
            active = _active(connection)
            where, values = _where(asked, active)
            total = self._count(where, values)
            if total < ANSWERS_FOR_A_COMMENT:
                return CommentPage(total, 0, (), hidden=total > 0)
            query = match_query(asked.search)
            if query:
                where += " AND id IN (SELECT rowid FROM words WHERE words MATCH ?)"
                values = (*values, query)
            elif asked.search.strip():
                return CommentPage(total, 0, ())
            found = self._count(where, values)
            places = self._base.execute(
                f"SELECT batch, seq, heading FROM place WHERE {where}"  # noqa: S608 - our own text
                " ORDER BY batch, seq, heading LIMIT ? OFFSET ?",
                (*values, asked.limit, asked.offset),
            ).fetchall()
            rows = _rows(connection, places)
        shown = [
            _shown(rows[place], active, questions, unmasked=asked.unmasked)
            for place in places
            if place in rows
        ]
        return CommentPage(total, found, tuple(shown))

    def _index(
        self, connection: Connection, number: int, layout: Layout, cancelled: Callable[[], bool]
    ) -> None:
        self._base.execute("BEGIN")
        try:
            for part in _texts(connection, number):
                if cancelled():
                    self._base.execute("ROLLBACK")
                    return
                self._add(number, layout, part)
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")
        self._known.add(number)

    def _add(self, number: int, layout: Layout, rows: Sequence[Any]) -> None:
        for row in rows:
            segment = None if row.segment is None else layout.segments[row.segment]
            cursor = self._base.execute(
                "INSERT INTO place (batch, seq, heading, touchpoint, period, segment)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (number, row.seq, row.heading, row.touchpoint, row.period, segment),
            )
            self._base.execute(
                "INSERT INTO words (rowid, text) VALUES (?, ?)",
                (cursor.lastrowid, folded(masked(row.text))),
            )

    def _count(self, where: str, values: Sequence[object]) -> int:
        query = f"SELECT count(*) FROM place WHERE {where}"  # noqa: S608 - our own text
        (count,) = self._base.execute(query, tuple(values)).fetchone()
        return int(count)


def match_query(search: str) -> str:
    """Return what people type as a query of FTS5: all words, the last one as a beginning.

    Case and marks are folded as in the index: SQLite's own folding knows neither ł nor ø nor ё.
    Every word is quoted, so that no letter of it is an operator; "" where no word is left.
    """
    words = [
        "".join(c if c.isalnum() else " " for c in part).split() for part in folded(search).split()
    ]
    flat = [word for part in words for word in part]
    if not flat:
        return ""
    quoted = [f'"{word}"' for word in flat]
    return " ".join([*quoted[:-1], f"{quoted[-1]}*"])


def _where(
    asked: Asked, active: dict[int, tuple[SurveyId, Layout]]
) -> tuple[str, tuple[object, ...]]:
    numbers = ", ".join(str(number) for number in active) or "NULL"
    where, values = f"batch IN ({numbers})", list[object]()
    if asked.touchpoint is None:
        where += " AND touchpoint IS NULL"
    else:
        where += " AND touchpoint = ?"
        values.append(asked.touchpoint)
    if asked.quarter is not None:
        where += " AND period = ?"
        values.append(quarter_number(asked.quarter))
    return where, tuple(values)


def _active(connection: Connection) -> dict[int, tuple[SurveyId, Layout]]:
    kept, survey = tables.batch, tables.survey
    query = select(kept.c.number, kept.c.survey, kept.c.layout)
    query = query.join(survey, survey.c.id == kept.c.survey)
    return {
        row.number: (SurveyId(row.survey), Layout.from_json(row.layout))
        for row in connection.execute(query)
    }


def _texts(connection: Connection, number: int) -> Iterable[Sequence[Any]]:
    texts, stored = tables.comment, tables.response
    query = (
        select(texts, stored.c.period, stored.c.segment)
        .join(stored, (stored.c.batch == texts.c.batch) & (stored.c.seq == texts.c.seq))
        .where(texts.c.batch == number)
    )
    return connection.execution_options(yield_per=_ROWS).execute(query).partitions(_ROWS)


def _rows(
    connection: Connection, places: Sequence[tuple[int, int, str]]
) -> dict[tuple[int, int, str], Any]:
    """Return what is stored of each place."""
    texts, stored = tables.comment, tables.response
    query = (
        select(texts, stored.c.at, stored.c.segment, stored.c.answers, stored.c.pain_points)
        .join(stored, (stored.c.batch == texts.c.batch) & (stored.c.seq == texts.c.seq))
        .where(
            texts.c.batch == bindparam("b"),
            texts.c.seq == bindparam("s"),
            texts.c.heading == bindparam("h"),
        )
    )
    found = {}
    for batch, seq, heading in places:
        row = connection.execute(query, {"b": batch, "s": seq, "h": heading}).one_or_none()
        if row is not None:
            found[batch, seq, heading] = row
    return found


def _shown(
    row: Any,
    active: dict[int, tuple[SurveyId, Layout]],
    questions: Sequence[QuestionId],
    *,
    unmasked: bool,
) -> ShownComment:
    survey, layout = active[row.batch]
    answers = {layout.questions[slot]: score for slot, score in unpack_pairs(row.answers)}
    score = next((answers[q] for q in questions if q in answers), None)
    return ShownComment(
        survey,
        row.seq,
        row.heading,
        row.text if unmasked else masked(row.text),
        row.at,
        None if row.segment is None else layout.segments[row.segment],
        score,
        tuple(_pain_points(row.pain_points, layout)),
    )


def _pain_points(blob: bytes | None, layout: Layout) -> Iterator[PainPointId]:
    return (layout.pain_points[slot] for slot in unpack_slots(blob))
