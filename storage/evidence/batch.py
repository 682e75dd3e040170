"""Writes one survey's answers as an immutable batch, counts and hashes them on the way.

All statements run on the caller's connection, in its transaction: a batch is there whole or not
at all. Memory does not grow with the rows.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    Connection,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
)

from journey.model.ids import SurveyId
from storage.database import tables
from storage.database.engine import canonical_json
from storage.evidence.behind import Behind
from storage.evidence.fingerprint import BatchHash, HistogramTuple
from storage.evidence.layout import (
    NO_OUTCOME,
    NO_SEGMENT,
    NO_WEIGHT,
    Layout,
    Response,
    ResponseColumns,
    Slots,
    Told,
    pack_pair,
    pack_slot,
    unpack_pairs,
)

if TYPE_CHECKING:
    from storage.evidence.packed import PackedRows
    from storage.evidence.packed_writer import PackedWriter

# Single responses are gathered into columns of this many rows.
_GATHER: Final = 2_000
# One statement for several rows saves the driver a third of its time.
_ROWS_AT_ONCE: Final = 32
# Counts are many small objects all over the memory: they are fetched once for so many answers.
_COUNT_AT_ONCE: Final = 65_536
# Comments wait for so many others.
_COMMENTS_AT_ONCE: Final = 8_192
# The page cache while rows are written, in KiB.
_CACHE_KB: Final = 24_000
# Binding None is as slow as four texts (the driver looks for an adapter), so that a column which
# has gaps is bound with a mark that the database turns into NULL: the mark, and it as SQL.
_GAP: Final[Mapping[str, tuple[object, str]]] = {
    "respondent": ("", "''"),
    "at": ("", "''"),
    "segment": (NO_SEGMENT, str(NO_SEGMENT)),
    "weight": (NO_WEIGHT, str(NO_WEIGHT)),
    "outcome": (NO_OUTCOME, str(NO_OUTCOME)),
    "pain_points": (b"", "x''"),
    "covariates": ("", "''"),
}


class _Blobs(dict[bytes, bytearray]):
    """Packed answers as the driver binds them fastest: it copies a bytearray, adapts bytes."""

    def __missing__(self, blob: bytes) -> bytearray:
        found = self[blob] = bytearray(blob)
        return found


class BatchWriter:
    """Writes the rows of one survey, in file order; `finish` makes them a batch.

    Use one writer per survey within one transaction. Slots are given by `questions`, `segments`
    and `pain_points` as their ids are met.

    Raises:
        LayoutError: more ids than a batch can number.
    """

    def __init__(self, connection: Connection, survey: SurveyId) -> None:
        self.survey = survey
        self.questions, self.segments, self.pain_points = Slots(), Slots(), Slots()
        self.records = 0
        self._connection = connection
        self._number = next_batch_number(connection)
        self._covariates: dict[str, None] = {}
        self._statements: dict[tuple[tuple[str, ...], frozenset[str]], tuple[str, str]] = {}
        self._blobs = _Blobs()
        self._hash = BatchHash()
        self._periods: Counter[int] = Counter()
        self._counts: Counter[tuple[bytes, int, int]] = Counter()
        self._uncounted: list[tuple[Sequence[bytes], Sequence[int], Sequence[int]]] = []
        self._waiting = 0
        self._weights: dict[tuple[bytes, int, int], list[float]] = {}
        self._gathered: list[Response] = []
        self._told: list[tuple[int, str, str | None, str]] = []
        self._packed: PackedWriter | None = None
        self._behind: Behind | None = None

    @property
    def number(self) -> int:
        """The number of the batch being written."""
        return self._number

    def name_covariates(self, names: Iterable[str]) -> None:
        """Note the names that occur in the rows' covariates."""
        self._covariates.update(dict.fromkeys(names))

    def write(self, rows: ResponseColumns) -> int:
        """Append rows and return the sequence number of the first."""
        first, n = self.records, len(rows)
        if not n:
            return first
        self._settle()
        answers = self._answers(rows.pairs)
        self._hash.add(rows, answers)
        self._count(rows)
        bound: dict[str, Iterable[Any]] = {"seq": range(first, first + n)}
        gaps = set()
        for column in tables.response.columns:
            name = column.name
            values = answers if name == "answers" else getattr(rows, name, None)
            if values is not None:
                bound[name] = map(bytearray, values) if name == "pain_points" else values
                if name in _GAP and _GAP[name][0] in values:
                    gaps.add(name)
        single, several = self._statement(tuple(bound), frozenset(gaps))
        cells: list[Any] = [None] * (n * len(bound))
        for place, values in enumerate(bound.values()):
            cells[place :: len(bound)] = values
        size = _ROWS_AT_ONCE * len(bound)
        whole = len(cells) // size * size
        for sql, start, end, step in (
            (several, 0, whole, size),
            (single, whole, len(cells), len(bound)),
        ):
            if start < end:
                parts = [tuple(cells[at : at + step]) for at in range(start, end, step)]
                self._connection.exec_driver_sql(sql, parts)
        self.records = first + n
        return first

    def write_packed(self, rows: "PackedRows") -> int:
        """Append rows as packed columns and return the sequence number of the first.

        Their slots were given by this writer. Within `behind`, they may be inserted later.
        """
        first = self.records
        joined, sizes = self._packed_writer().write(first, rows, self._behind)
        self._hash.add_packed(rows, joined, sizes)
        self._periods.update(rows.period.counted(rows.rows))
        self.records = first + rows.rows
        return first

    def _packed_writer(self) -> "PackedWriter":
        from storage.evidence.packed_writer import PackedWriter

        if self._packed is None:
            raw = self._connection.connection.driver_connection
            assert raw is not None
            self._packed = PackedWriter(raw, self._number, self._weights)
        return self._packed

    @contextmanager
    def behind(self) -> Iterator[None]:
        """Let packed rows be inserted by a second thread until this is left.

        Meanwhile only this writer may use the connection. An error of an insert is raised by a
        later call, at the latest here.
        """
        worker = self._behind = Behind()
        size = self._connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
        # A page written to the log twice costs the whole log a second reading at the commit.
        self._connection.exec_driver_sql(f"PRAGMA cache_size=-{_CACHE_KB}")
        try:
            yield
            if self._packed is not None:
                self._packed.count()
            worker.wait()
        finally:
            worker.close()
            self._behind = None
            self._connection.exec_driver_sql(f"PRAGMA cache_size={size}")

    def add(self, response: Response) -> None:
        """Append one response with its comments; columns are the faster way for many."""
        self._gathered.append(response)
        if len(self._gathered) >= _GATHER:
            self._flush()

    def write_comments(self, comments: Iterable[tuple[int, str, str | None, str]]) -> None:
        """Append comments as (row, heading, touchpoint, text), ascending by row and heading."""
        self._told.extend(comments)
        if len(self._told) >= _COMMENTS_AT_ONCE:
            self._flush_comments()

    def _flush_comments(self) -> None:
        told, self._told = self._told, []
        if told:
            columns = Told(*zip(*told, strict=True))
            self._hash.add_comments(columns)
            self._packed_writer().write_comments(columns, self._behind)

    def write_rejected(self, rejected: Iterable[tuple[int, str, str]]) -> None:
        """Keep records that were refused, as (line, reason, record), ascending."""
        self._many(tables.rejected, ("line", "reason", "record"), list(rejected))

    def finish(self) -> str:
        """Write what was counted and the batch itself; return its hash."""
        self._flush()
        self._flush_comments()
        if self._packed is not None:
            self._packed.close()
        layout = Layout(
            questions=tuple(self.questions.ids),  # type: ignore[arg-type]  # ids are NewTypes of str
            pain_points=tuple(self.pain_points.ids),  # type: ignore[arg-type]
            segments=tuple(self.segments.ids),  # type: ignore[arg-type]
            covariates=tuple(self._covariates),
            periods=tuple(sorted(self._periods.items())),
        )
        histogram = sorted(self._histogram())
        names = ("question", "period", "segment", "score", "n", "weight", "weight_sq")
        self._many(tables.histogram, names, histogram)
        stored = canonical_json(layout.as_json())
        sha256 = self._hash.result(stored, self.records)
        row = (self._number, self.survey, stored, self.records, sha256)
        marks: dict[str, Any] = {
            column.name: bindparam(column.name) for column in tables.batch.columns
        }
        sql = self._compile(tables.batch, marks)
        self._connection.exec_driver_sql(sql, row)
        return sha256

    def question_counts(self) -> dict[str, int]:
        """Return how many answers each question has so far."""
        ids = self.questions.ids
        found = dict.fromkeys(ids, 0)
        for slot, _, _, _, n, _, _ in self._histogram():
            found[ids[slot]] += n
        return found

    def _answers(self, pairs: Sequence[Sequence[bytes]]) -> list[bytearray]:
        if len(pairs) == 1:
            return list(map(self._blobs.__getitem__, pairs[0]))
        return list(map(bytearray, map(b"".join, zip(*pairs, strict=True))))

    def _count(self, rows: ResponseColumns) -> None:
        n = len(rows)
        self._periods.update(rows.period)
        segment = (NO_SEGMENT,) * n if rows.segment is None else rows.segment
        self._uncounted.extend((column, rows.period, segment) for column in rows.pairs)
        self._waiting += n * len(rows.pairs)
        if self._waiting >= _COUNT_AT_ONCE:
            self._count_waiting()
        if rows.weight is not None:
            if self._packed is not None:
                # What came before is summed before.
                self._packed.count()
            self._weigh(rows.pairs, rows.period, segment, rows.weight)

    def _count_waiting(self) -> None:
        for columns in self._uncounted:
            self._counts.update(zip(*columns, strict=True))
        self._uncounted.clear()
        self._waiting = 0

    def _weigh(
        self,
        pairs: Sequence[Sequence[bytes]],
        periods: Sequence[int],
        segments: Sequence[int],
        weights: Sequence[float],
    ) -> None:
        """Sum the weights, their squares and how many there are; unweighted rows cost nothing."""
        sums = self._weights
        for column in pairs:
            for pair, period, segment, given in zip(
                column, periods, segments, weights, strict=True
            ):
                if pair and given != NO_WEIGHT:
                    known = sums.setdefault((pair, period, segment), [0.0, 0.0, 0.0])
                    known[0] += given
                    known[1] += given * given
                    known[2] += 1.0

    def _histogram(self) -> Iterator[HistogramTuple]:
        self._count_waiting()
        if self._packed is not None:
            self._counts.update(self._packed.take_counts())
        for key, n in self._counts.items():
            pair, period, segment = key
            weight, weight_sq, weighted = self._weights.get(key, (0.0, 0.0, 0.0))
            plain = n - weighted
            for slot, score in unpack_pairs(pair):
                yield slot, period, segment, score, n, plain + weight, plain + weight_sq

    def _settle(self) -> None:
        """Wait until nobody else uses the connection."""
        if self._behind is not None:
            self._behind.wait()

    def _flush(self) -> None:
        gathered, self._gathered = self._gathered, []
        if not gathered:
            return
        first = self.write(self._columns(gathered))
        self.write_comments(
            (first + place, comment.heading, comment.touchpoint, comment.text)
            for place, response in enumerate(gathered)
            for comment in sorted(response.comments, key=lambda c: c.heading)
        )

    def _columns(self, responses: Sequence[Response]) -> ResponseColumns:
        for response in responses:
            self.name_covariates(response.covariates)
        answers = [{self.questions.of(q): s for q, s in r.answers.items()} for r in responses]
        used = sorted(set().union(*answers))
        pairs = [
            [pack_pair(slot, row[slot]) if slot in row else b"" for row in answers] for slot in used
        ]
        return ResponseColumns(
            period=[r.period for r in responses],
            pairs=pairs or [[b""] * len(responses)],
            respondent=[r.respondent or "" for r in responses],
            at=[r.at or "" for r in responses],
            segment=[
                NO_SEGMENT if r.segment is None else self.segments.of(r.segment) for r in responses
            ],
            weight=[NO_WEIGHT if r.weight is None else float(r.weight) for r in responses],
            outcome=[NO_OUTCOME if r.outcome is None else r.outcome for r in responses],
            pain_points=[
                b"".join(map(pack_slot, sorted({self.pain_points.of(p) for p in r.pain_points})))
                for r in responses
            ],
            covariates=[covariate_text(r.covariates) for r in responses],
        )

    def _statement(self, columns: tuple[str, ...], gaps: frozenset[str]) -> tuple[str, str]:
        """Return the INSERT of one row and that of several."""
        found = self._statements.get((columns, gaps))
        if found is None:
            # The batch's number is the same in all rows: written out, it is not bound.
            values: dict[str, Any] = {"batch": literal_column(str(self._number))}
            for name in columns:
                mark: Any = bindparam(name)
                if name in gaps:
                    mark = func.nullif(mark, literal_column(_GAP[name][1]))
                values[name] = mark
            single = self._compile(tables.response, values)
            head, word, row = single.partition(" VALUES ")
            several = f"{head}{word}{', '.join([row] * _ROWS_AT_ONCE)}"
            found = self._statements[columns, gaps] = (single, several)
        return found

    def _compile(self, table: Table, values: Mapping[str, Any]) -> str:
        """Return an INSERT with positional marks in the order of the table's columns."""
        # Inline: an INSERT that gives its keys back takes twice as long, and nobody asks for them.
        statement = insert(table).inline().values(values)
        return str(statement.compile(dialect=self._connection.dialect))

    def _many(self, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._settle()
            self._hash.add_rows(table, rows)
            sql = self._compile(table, {name: bindparam(name) for name in ("batch", *columns)})
            numbered = [(self._number, *row) for row in rows]
            self._connection.exec_driver_sql(sql, numbered)


def covariate_text(values: Mapping[str, str | float]) -> str:
    """Return covariates as they are stored, "" where there are none."""
    if not values:
        return ""
    return canonical_json(dict(values))


def next_batch_number(connection: Connection) -> int:
    """Return the number the next batch will have."""
    highest = connection.scalar(select(func.max(tables.batch.c.number)))
    return (highest or 0) + 1


def delete_batch(connection: Connection, survey: SurveyId) -> None:
    """Delete a survey's answers with all that was counted of them; none is no error."""
    kept = tables.batch
    number = connection.scalar(select(kept.c.number).where(kept.c.survey == survey))
    if number is None:
        return
    for table in (tables.response, tables.comment, tables.histogram, tables.rejected):
        connection.execute(delete(table).where(table.c.batch == number))
    connection.execute(delete(kept).where(kept.c.number == number))
