"""Codes comments: a survey's answers again as a new batch in which some rows report more or less.

Answers are immutable and hashed, so coding never writes into a batch. It copies the batch with the
new reports and puts a survey of the copy in the place of the old one: one undoable step, after
which every figure, the ranking included, follows from the file alone. What a rule found is also
written into the survey's mapping, so that the next export of the same survey is coded alike.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection, Engine, select

from journey.edit.command import Batch, Command, Summary
from journey.edit.remove import Remove
from journey.edit.survey import AddSurvey
from journey.evidence.coding import CommentRule, RowCoding
from journey.model.evidence import Survey
from journey.model.ids import Kind, PainPointId, Ref, SurveyId, new_id
from journey.model.workspace import Workspace
from storage.database import tables
from storage.database.batch_hash import BATCH_TABLES, BatchHash
from storage.database.engine import canonical_json, for_reading
from storage.errors import MappingError
from storage.evidence.batch import next_batch_number
from storage.evidence.layout import Layout, Slots, pack_slot, unpack_slots
from storage.imports.stopping import ImportCancelledError

_ROWS: Final = 4_096
Cancelled = Callable[[], bool]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class RuleFound:
    """What a rule finds before anything is changed.

    Attributes:
        comments: that hold one of the words. rows: answers they belong to. new: rows of these
            that do not report the pain point yet. surveys: they are of.
    """

    comments: int
    rows: int
    new: int
    surveys: int


@dataclass(frozen=True, slots=True)
class Coded:
    """A coding ready to be done.

    Attributes:
        command: one step; None where nothing would change.
        reports: added (or, where negative, taken away) in all.
        surveys: how many are replaced by their coded copies.
    """

    command: Command | None
    reports: int
    surveys: int


def rule_found(engine: Engine, workspace: Workspace, rule: CommentRule) -> RuleFound:
    """Count what a rule would code."""
    comments = rows = new = surveys = 0
    for survey in _surveys(workspace):
        told, seqs, fresh = _matches(engine, workspace, survey, rule)
        comments, rows, new = comments + told, rows + len(seqs), new + len(fresh)
        surveys += bool(seqs)
    return RuleFound(comments, rows, new, surveys)


def code_by_rule(
    engine: Engine,
    workspace: Workspace,
    rule: CommentRule,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Coded:
    """Store the coded copies of the surveys in which a rule finds something new.

    Raises:
        ImportCancelledError: `cancelled` said so; nothing is kept.
    """
    work: dict[SurveyId, dict[int, RowCoding]] = {}
    for survey in _surveys(workspace):
        _, _, fresh = _matches(engine, workspace, survey, rule)
        if fresh:
            added = frozenset({rule.pain_point})
            work[survey] = {seq: RowCoding(survey, seq, added) for seq in fresh}
    return _code(engine, workspace, work, rule, (progress, cancelled))


def code_by_hand(
    engine: Engine,
    workspace: Workspace,
    codings: Iterable[RowCoding],
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Coded:
    """Store the coded copies of the surveys whose rows were ticked.

    Raises:
        ImportCancelledError: `cancelled` said so; nothing is kept.
    """
    work: dict[SurveyId, dict[int, RowCoding]] = {}
    for coding in codings:
        if not coding.empty and coding.survey in workspace.surveys:
            work.setdefault(coding.survey, {})[coding.seq] = coding
    return _code(engine, workspace, work, None, (progress, cancelled))


def with_rule(mapping: str, workspace: Workspace, rule: CommentRule) -> str:
    """Return a survey's mapping with the rule, for each column of comments it can apply to.

    A mapping that cannot be read, or has no comments there, is returned as it is.
    """
    from storage.imports.mapping import PainPointMapping, When, parse_mapping, write_mapping

    pain = workspace.pain_points.get(rule.pain_point)
    place = workspace.touchpoints.get(pain.touchpoint) if pain and pain.touchpoint else None
    if pain is None or place is None or not mapping:
        return mapping
    try:
        parsed = parse_mapping(mapping)
    except MappingError:
        return mapping
    name = place.name.casefold()
    columns = [
        c.column for c in parsed.comments if c.touchpoint is None or c.touchpoint.casefold() == name
    ]
    known = {(p.title.casefold(), p.touchpoint.casefold(), p.when) for p in parsed.pain_points}
    made = tuple(
        PainPointMapping(pain.title, place.name, When(column, contains=rule.used))
        for column in columns
    )
    new = tuple(
        p for p in made if (p.title.casefold(), p.touchpoint.casefold(), p.when) not in known
    )
    if not new:
        return mapping
    return write_mapping(replace(parsed, pain_points=(*parsed.pain_points, *new)))


def _surveys(workspace: Workspace) -> list[SurveyId]:
    return sorted(workspace.surveys)


def _stored(connection: Connection, survey: SurveyId) -> tuple[int, Layout, int] | None:
    """Return number, layout and records of a survey's batch."""
    kept = tables.batch
    query = select(kept.c.number, kept.c.layout, kept.c.records).where(kept.c.survey == survey)
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.number, Layout.from_json(row.layout), row.records)


def _matches(
    engine: Engine, workspace: Workspace, survey: SurveyId, rule: CommentRule
) -> tuple[int, set[int], set[int]]:
    """Return how many comments match, their rows, and those that do not report it yet.

    A comment about another touchpoint than the pain point's is not looked at.
    """
    pain = workspace.pain_points.get(rule.pain_point)
    texts, stored = tables.comment, tables.response
    told, seqs, fresh = 0, set[int](), set[int]()
    if pain is None or not rule.used:
        return told, seqs, fresh
    with for_reading(engine).connect() as connection:
        found = _stored(connection, survey)
        if found is None:
            return told, seqs, fresh
        number, layout, _ = found
        slot = layout.pain_points.index(pain.id) if pain.id in layout.pain_points else -1
        query = (
            select(texts.c.seq, texts.c.touchpoint, texts.c.text, stored.c.pain_points)
            .join(stored, (stored.c.batch == texts.c.batch) & (stored.c.seq == texts.c.seq))
            .where(texts.c.batch == number)
        )
        for row in connection.execute(query.execution_options(yield_per=_ROWS)):
            if row.touchpoint not in (None, pain.touchpoint) or not rule.matches(row.text):
                continue
            told += 1
            seqs.add(row.seq)
            if slot < 0 or slot not in unpack_slots(row.pain_points):
                fresh.add(row.seq)
    return told, seqs, fresh


def _code(
    engine: Engine,
    workspace: Workspace,
    work: Mapping[SurveyId, Mapping[int, RowCoding]],
    rule: CommentRule | None,
    watch: tuple[Progress | None, Cancelled | None],
) -> Coded:
    commands: list[Command] = []
    reports = 0
    with engine.connect() as connection, connection.begin():
        for survey_id, codings in sorted(work.items()):
            survey = workspace.surveys[survey_id]
            copy = _Copy(connection, survey, codings, watch).run()
            if copy is None:
                continue
            coded, changed = copy
            if rule is not None:
                coded = replace(coded, mapping=with_rule(survey.mapping, workspace, rule))
            commands += [Remove(Ref(Kind.SURVEY, survey.id)), AddSurvey(coded)]
            reports += changed
    if not commands:
        return Coded(None, 0, 0)
    names = [workspace.surveys[survey].name for survey in sorted(work)]
    summary = Summary("change", Kind.SURVEY, names[0], len(commands) // 2)
    return Coded(Batch(commands, summary), reports, len(commands) // 2)


class _Copy:
    """One batch copied with other reports, on the caller's connection and in its transaction."""

    def __init__(
        self,
        connection: Connection,
        survey: Survey,
        codings: Mapping[int, RowCoding],
        watch: tuple[Progress | None, Cancelled | None],
    ) -> None:
        self._connection, self._survey, self._codings = connection, survey, codings
        self._progress, self._cancelled = watch
        self._reports = 0

    def run(self) -> tuple[Survey, int] | None:
        """Write the copy; return its survey and the reports gained, None where none change."""
        found = _stored(self._connection, self._survey.id)
        if found is None:
            return None
        number, layout, records = found
        slots = Slots(layout.pain_points)
        for seq in sorted(self._codings):
            for pain in sorted(self._codings[seq].added):
                slots.of(pain)
        new = next_batch_number(self._connection)
        coded = replace(layout, pain_points=tuple(PainPointId(p) for p in slots.ids))
        stored = canonical_json(coded.as_json())
        made = BatchHash(stored, records)
        for table in BATCH_TABLES:
            self._copy(table.name, (number, new), made, slots)
        survey = SurveyId(new_id(Kind.SURVEY))
        sha256 = made.hexdigest()
        row: Any = (new, survey, stored, records, sha256)
        self._connection.exec_driver_sql(
            "INSERT INTO batch (number, survey, layout, records, sha256) VALUES (?, ?, ?, ?, ?)",
            row,
        )
        return replace(self._survey, id=survey, batch_sha256=sha256), self._reports

    def _copy(self, name: str, numbers: tuple[int, int], made: BatchHash, slots: Slots) -> None:
        number, new = numbers
        table = tables.metadata.tables[name]
        columns = [column.name for column in table.columns if column.name != "batch"]
        keys = [column.name for column in table.primary_key if column.name != "batch"]
        marks = ", ".join("?" * (len(columns) + 1))
        insert = f"INSERT INTO {name} (batch, {', '.join(columns)}) VALUES ({marks})"  # noqa: S608
        place = columns.index("pain_points") if "pain_points" in columns else -1
        cursor = self._connection.exec_driver_sql(
            f"SELECT {', '.join(columns)} FROM {name} WHERE batch = ?"  # noqa: S608 - our own names
            f" ORDER BY {', '.join(keys)}",
            (number,),
        )
        done = 0
        for part in _parts(cursor):
            rows = [list(row) for row in part]
            if place >= 0:
                for row in rows:
                    coding_of = self._codings.get(row[0])
                    if coding_of is not None:
                        row[place] = self._recoded(row[place], coding_of, slots)
                done += len(rows)
                self._watch(done)
            made.add(table, rows)
            self._connection.exec_driver_sql(insert, [(new, *row) for row in rows])

    def _recoded(self, blob: bytes | None, coding: RowCoding, slots: Slots) -> bytes | None:
        before = set(unpack_slots(blob))
        removed = {slots.of(p) for p in coding.removed if p in slots.ids}
        after = (before - removed) | {slots.of(p) for p in coding.added}
        self._reports += len(after) - len(before)
        return b"".join(map(pack_slot, sorted(after))) or None

    def _watch(self, done: int) -> None:
        if self._cancelled is not None and self._cancelled():
            raise ImportCancelledError("cancelled", file=self._survey.source_file)
        if self._progress is not None:
            self._progress(done, self._survey.records)


def _parts(cursor: Any) -> Iterator[Sequence[Any]]:
    while rows := cursor.fetchmany(_ROWS):
        yield rows
