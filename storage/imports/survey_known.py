"""Whether answers were imported before: by the file's hash, or by who answered what."""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Final

import numpy as np
from sqlalchemy import Connection, Select, func, intersect, select

from journey.model.evidence import RELATIONAL, Survey
from journey.model.ids import Kind, SurveyId, named_id, new_id
from journey.model.workspace import Workspace
from storage.database import tables
from storage.evidence.batch import BatchWriter
from storage.evidence.layout import Layout, ResponseColumns, unpack_pairs
from storage.imports.content_hash import FileHash
from storage.imports.opening import TextSource

# From this share of equal respondents on, two imports are taken as the same survey.
_SAME: Final = 0.5
_ROWS: Final = 5_000


def content_sha256(source: TextSource, begun: FileHash | None = None) -> str:
    """Return the hash of a file's bytes as they lie there; of a pasted table's those of its text.

    The sheet of a workbook belongs to it: two sheets are two contents.

    Args:
        source: what was read. begun: where the file is being hashed already.
    """
    if source.form == "pasted" and source.rows is not None:
        with source.rows.open() as stream:
            return hashlib.sha256(stream.read()).hexdigest()
    sheet = source.sheet if len(source.sheets) > 1 else None
    if begun is not None:
        return begun.hexdigest((sheet or "").encode())
    with FileHash(source.path) as hashing:
        return hashing.hexdigest((sheet or "").encode())


def free_survey_id(
    workspace: Workspace, connection: Connection, sha256: str, name: str
) -> SurveyId:
    """Return the id a file and the survey's name give, or a random one where that is taken.

    An import that was undone keeps its batch for redo, so batches are looked at as well.
    """
    wanted = SurveyId(named_id(Kind.SURVEY, sha256, name))
    taken = select(tables.batch.c.number).where(tables.batch.c.survey == wanted)
    free = wanted not in workspace.surveys and connection.execute(taken).first() is None
    return wanted if free else SurveyId(new_id(Kind.SURVEY))


def with_source(workspace: Workspace, sha256: str) -> list[Survey]:
    """Return the surveys imported from a file with this hash."""
    return [s for s in workspace.surveys.values() if s.source_sha256 == sha256]


def kin(workspace: Workspace, connection: Connection, asked: Set[str], design: str) -> set[int]:
    """Return the numbers of the active batches of a design that hold one of some questions."""
    kept = tables.batch
    found = connection.execute(select(kept.c.number, kept.c.survey, kept.c.layout)).all()
    return {
        row.number
        for row in found
        if (survey := workspace.surveys.get(SurveyId(row.survey))) is not None
        and survey.design == design
        and not asked.isdisjoint(Layout.from_json(row.layout).questions)
    }


def same_respondents(
    connection: Connection, new: int, others: Iterable[int], design: str
) -> list[SurveyId]:
    """Return the surveys that mostly the same people answered at the same time as a new batch."""
    mine = _keys(new, design)
    found: list[SurveyId] = []
    for other in sorted(others):
        theirs = _keys(other, design)
        smaller = min(_count(connection, mine), _count(connection, theirs))
        if smaller and _count(connection, intersect(mine, theirs)) >= _SAME * smaller:  # type: ignore[arg-type]
            kept = tables.batch
            survey = connection.scalar(select(kept.c.survey).where(kept.c.number == other))
            found.append(SurveyId(str(survey)))
    return found


def _keys(number: int, design: str) -> Select[tuple[object, ...]]:
    stored = tables.response
    moment = [stored.c.period] if design == RELATIONAL else [stored.c.at, stored.c.period]
    query = select(stored.c.respondent, *moment).distinct()
    return query.where(stored.c.batch == number, stored.c.respondent.is_not(None))


def _count(connection: Connection, keys: Select[tuple[object, ...]]) -> int:
    return int(connection.scalar(select(func.count()).select_from(keys.subquery())) or 0)


def repeated_respondents(connection: Connection, number: int, design: str) -> int:
    """Return how many people have more than one row for one moment in a batch.

    As everywhere, the moment is the period in a relational survey, else the visit's own.
    """
    stored = tables.response
    moment = [stored.c.period] if design == RELATIONAL else [stored.c.at, stored.c.period]
    query = select(stored.c.respondent).group_by(stored.c.respondent, *moment)
    query = query.where(stored.c.batch == number, stored.c.respondent.is_not(None))
    return _count(connection, query.having(func.count() > 1).distinct())


class KnownRows:
    """Tells rows that stored batches hold already.

    Of a relational survey a respondent counts once in a period; of a transactional one a row is
    known where respondent, moment and answers are all the same. Eight bytes a row in memory.
    """

    def __init__(
        self, connection: Connection, batches: Iterable[int], writer: BatchWriter, design: str
    ) -> None:
        self._whole = design != RELATIONAL
        self._writer = writer
        self._meaning: dict[bytes, tuple[str, int]] = {}
        # Python's own whole numbers take ten times as much.
        keys = array("q")
        for number in batches:
            keys.extend(self._read(connection, number))
        self._keys = np.sort(np.frombuffer(keys, dtype=np.int64))

    def __call__(self, rows: ResponseColumns) -> Sequence[bool]:
        """Say of each row whether it is known."""
        n = len(rows)
        moments = rows.at or [""] * n
        names = rows.respondent or [""] * n
        answers = zip(*rows.pairs, strict=True)
        keys = (
            self._key(name, at, period, map(self._answer, filter(None, pairs)))
            for name, at, period, pairs in zip(names, moments, rows.period, answers, strict=True)
        )
        asked = np.fromiter(keys, dtype=np.int64, count=n)
        if not len(self._keys):
            return [False] * n
        places = np.minimum(np.searchsorted(self._keys, asked), len(self._keys) - 1)
        found = self._keys[places] == asked
        return [bool(name) and known for name, known in zip(names, found.tolist(), strict=True)]

    def _answer(self, pair: bytes) -> tuple[str, int]:
        found = self._meaning.get(pair)
        if found is None:
            ((slot, score),) = unpack_pairs(pair)
            found = self._meaning[pair] = (self._writer.questions.ids[slot], score)
        return found

    def _key(
        self, respondent: str, at: str, period: int, answers: Iterable[tuple[str, int]]
    ) -> int:
        if self._whole:
            return hash((respondent, at, period, frozenset(answers)))
        return hash((respondent, period))

    def _read(self, connection: Connection, number: int) -> Iterator[int]:
        """Yield the keys of a batch's rows."""
        kept, stored = tables.batch, tables.response
        layout = Layout.from_json(
            connection.scalar(select(kept.c.layout).where(kept.c.number == number)) or {}
        )
        query = select(stored.c.respondent, stored.c.at, stored.c.period, stored.c.answers)
        query = query.where(stored.c.batch == number, stored.c.respondent.is_not(None))
        for part in connection.execute(query).partitions(_ROWS):
            for respondent, at, period, blob in part:
                answers = ((layout.questions[slot], s) for slot, s in unpack_pairs(blob))
                yield self._key(respondent, at or "", period, answers)
