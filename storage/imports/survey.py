"""Takes the answers of a survey file in: read, checked, counted and stored as one batch.

The rows are written here, in one transaction; the survey itself comes back as a command, so that
an import is one undoable step: `changes = result.command.do(workspace); document.write(changes)`.
Until then the batch has no survey and counts nowhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import Connection, Engine, func, select

from journey.edit.command import Batch, Command
from journey.edit.remove import Remove
from journey.edit.survey import AddSurvey
from journey.model.evidence import Survey
from journey.model.ids import Kind, QuestionId, Ref, SurveyId
from journey.model.text import clean_name, clean_note
from journey.model.workspace import Workspace
from storage.database import tables
from storage.evidence.batch import BatchWriter
from storage.evidence.layout import ResponseColumns
from storage.evidence.packed import PackedRows
from storage.imports.log_job import log_transaction
from storage.imports.mapping import Mapping, write_mapping
from storage.imports.rows import Table
from storage.imports.spool import RowsReplacedError
from storage.imports.survey_chunks import Chunk, Tally, read_chunks
from storage.imports.survey_cut import Cut
from storage.imports.survey_gather import Gatherer
from storage.imports.survey_job import (
    Asked,
    IfKnown,
    Job,
    Progress,
    begun_job,
    known_already,
    settled_job,
)
from storage.imports.survey_known import (
    KnownRows,
    free_survey_id,
    kin,
    repeated_respondents,
    same_respondents,
    with_source,
)
from storage.imports.survey_names import Names
from storage.imports.survey_people import PeopleSeen
from storage.imports.survey_plan import Plan, make_plan
from storage.imports.survey_quick import Quick, QuickMaker
from storage.imports.survey_result import OutcomeTaken, QuestionTaken, SurveyImport
from storage.imports.survey_rows import Comments, RowMaker, Taken
from storage.imports.survey_warnings import warnings_of_file, warnings_of_mapping

__all__ = ["Holder", "IfKnown", "Progress", "import_survey"]

_REFUSED_AT_ONCE: Final = 1_000


class Holder(Protocol):
    """An open document, as far as an import needs it."""

    @property
    def workspace(self) -> Workspace:
        """What names are looked up in; it is not changed."""

    @property
    def engine(self) -> Engine:
        """Where the batch is written."""


def import_survey(
    document: Holder,
    path: Path,
    mapping: Mapping,
    *,
    create: bool = False,
    journey: str | None = None,
    dry_run: bool = False,
    if_known: IfKnown = "refuse",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    opened: Table | None = None,
) -> SurveyImport:
    """Read a survey file by a mapping and store its answers as a batch.

    Args:
        document: an open document; its workspace is only read.
        path: the file.
        mapping: what its columns mean.
        create: make what the mapping and the file name and the workspace lacks.
        journey: where touchpoints are looked up and made; None looks in all, makes in the first.
        dry_run: do everything, keep nothing.
        if_known: what to do with answers imported before: refuse, replace the surveys that hold
            them, or add only what is new.
        progress: called now and then. cancelled: asked now and then.
        opened: the file's table, where an inspection opened it already; it is read again only
            where the mapping says to read it in another way. A pasted table has no other.

    Raises:
        ImportProblem: the file cannot be read.
        MappingError: unknown columns, unknown_name (without `create`), or a choice left open.
        SurveyKnownError: known, or nothing_new when adding (facts: survey, name, imported_at).
        ImportCancelledError: `cancelled` said so.
        Whatever it raises, nothing is kept.
    """
    asked = Asked(document.workspace, path, mapping, if_known, cancelled)
    job = begun_job(asked, opened)
    try:
        while True:
            job = job.watched(progress)
            names = Names(document.workspace, create=create, journey=journey)
            try:
                with log_transaction(document.engine, keep=not dry_run) as connection:
                    return _Import(job, names, connection, keeps=not dry_run).run()
            except RowsReplacedError:
                job = settled_job(asked, job)
    finally:
        job.table.source.stop()


class _Import:
    """One run over one file, within one transaction."""

    def __init__(self, job: Job, names: Names, connection: Connection, *, keeps: bool) -> None:
        self._job, self._names, self._connection, self._keeps = job, names, connection, keeps
        self._tally = Tally()
        self._survey = free_survey_id(job.workspace, connection, job.sha256, job.settings.name)
        self._writer = BatchWriter(connection, self._survey)
        self._people = PeopleSeen(job.settings.design)
        self._imported = 0
        self._answered_twice = 0

    def run(self) -> SurveyImport:
        """Read, store, and say what was done."""
        job, writer = self._job, self._writer
        plan = make_plan(job.mapping, job.settings, job.table, self._names, writer)
        if job.mapping.long is None:
            self._names.refuse_unknown()
        self._read(plan, RowMaker(plan, self._names, self._tally, self._known_rows(plan)))
        self._names.refuse_unknown()
        self._write_refused()
        replaced = self._replaced(plan)
        if job.if_known == "add" and not writer.records and self._counted("known"):
            raise known_already(None, "nothing_new")
        survey = self._finished()
        kept = self._keeps and writer.records > 0
        return SurveyImport(
            command=self._command(survey, replaced) if kept else None,
            survey=survey,
            records=self._tally.records,
            imported=self._imported,
            responses=writer.records,
            skipped=self._tally.skipped,
            refused_cells=self._tally.refused_cells,
            questions=self._questions(),
            outcome=self._outcome(plan),
            created=tuple(self._names.needed) if kept else (),
            replaced=replaced if kept else (),
            warnings=(
                *warnings_of_file(job.table, self._tally),
                *warnings_of_mapping(plan, job.settings, self._answered_twice),
                *self._warnings_of_people(),
            ),
        )

    def _warnings_of_people(self) -> Iterator[tuple[str, str]]:
        """Tell of those who stand in a wide table twice; of a long one a row is one answer."""
        job = self._job
        if job.mapping.long is None and self._people.may_repeat:
            found = repeated_respondents(self._connection, self._writer.number, job.settings.design)
            if found:
                yield "respondent_twice", str(found)

    def _read(self, plan: Plan, maker: RowMaker) -> None:
        chunks = read_chunks(self._job.table, self._tally, self._job.watch, plan.keep)
        quick = None
        if QuickMaker.fits(plan) and not maker.asks:
            quick = QuickMaker(plan, self._names)
        if self._job.gathers:
            self._gather(chunks, maker, quick)
            return
        with self._writer.behind():
            for chunk in chunks:
                made = self._made(chunk, quick, maker)
                if made is None:
                    self._store(maker.take(chunk))
                else:
                    self._store_comments(self._writer.write_packed(made.rows), made.comments)
                    self._note_people(made.rows)
                self._write_refused(at_least=_REFUSED_AT_ONCE)

    def _gather(self, chunks: Iterator[Chunk], maker: RowMaker, quick: QuickMaker | None) -> None:
        """Store a row for each respondent and period."""
        with Gatherer() as gatherer:
            for chunk in chunks:
                made = self._made(chunk, quick, maker)
                if made is not None:
                    gatherer.keep_packed(made.rows, made.comments)
                else:
                    taken = maker.take(chunk)
                    if taken is not None and not self._names.has_unknown:
                        self._imported += len(taken.rows)
                        gatherer.keep(taken)
                self._write_refused(at_least=_REFUSED_AT_ONCE)
            self._answered_twice = gatherer.write_to(self._writer)

    def _made(self, chunk: Chunk, quick: QuickMaker | None, maker: RowMaker) -> Quick | None:
        """Return the rows of a chunk that was cut; None where it is read record by record."""
        if quick is None or not isinstance(chunk.cells, Cut) or self._names.has_unknown:
            return None
        made = quick.take(chunk.cells)
        if made is None:
            return None
        if len(made.dropped):
            # Why each of them is refused is said where all records are read.
            maker.take(chunk.only(made.dropped.tolist()))
        if len(made.faulty):
            maker.note(chunk.only(made.faulty.tolist()))
        self._imported += made.rows.rows
        return made

    def _store(self, taken: Taken | None) -> None:
        # After an unknown name only further ones are looked for.
        if taken is None or self._names.has_unknown:
            return
        self._imported += len(taken.rows)
        self._store_comments(self._writer.write(taken.rows), taken.comments)
        self._note_people(taken.rows)

    def _note_people(self, rows: PackedRows | ResponseColumns) -> None:
        if self._job.mapping.long is None:
            self._people.add(rows)

    def _store_comments(self, first: int, comments: Comments) -> None:
        self._writer.write_comments(
            (first + place, heading, touchpoint, text)
            for place, heading, touchpoint, text in comments
        )

    def _write_refused(self, at_least: int = 0) -> None:
        if len(self._tally.waiting) >= at_least:
            self._writer.write_rejected(self._tally.take_waiting())

    def _kin(self, plan: Plan) -> set[int]:
        """Return the numbers of the stored batches that may hold the same answers."""
        job = self._job
        if job.settings.respondent is None:
            return set()
        asked = set(self._writer.questions.ids)
        if job.mapping.long is not None:
            # Before a long table is read, its questions are known by their text only.
            text = clean_note(plan.long_text)
            asked.update(q.id for q in job.workspace.questions.values() if q.text == text)
        return kin(job.workspace, self._connection, asked, job.settings.design)

    def _known_rows(self, plan: Plan) -> KnownRows | None:
        if self._job.if_known != "add" or plan.respondent is None:
            return None
        return KnownRows(self._connection, self._kin(plan), self._writer, self._job.settings.design)

    def _replaced(self, plan: Plan) -> tuple[SurveyId, ...]:
        """Return the surveys that this one replaces.

        Raises:
            SurveyKnownError: there are such, and they are not to be replaced.
        """
        job = self._job
        if job.if_known == "add":
            return ()
        found = [survey.id for survey in with_source(job.workspace, job.sha256)]
        if plan.respondent is not None and self._writer.records:
            others = self._kin(plan)
            design = job.settings.design
            found += same_respondents(self._connection, self._writer.number, others, design)
        if found and job.if_known == "refuse":
            raise known_already(job.workspace.surveys[found[0]], "known")
        return tuple(dict.fromkeys(found))

    def _finished(self) -> Survey:
        """Write the batch, unless nothing is in it, and return its survey."""
        job, outcome = self._job, self._job.mapping.outcome
        survey = Survey(
            self._survey,
            clean_name(job.settings.name),
            design=job.settings.design,
            quarter=job.settings.quarter,
            outcome_means=outcome.means if outcome else None,
            outcome_months=outcome.months if outcome else None,
            mapping=write_mapping(job.mapping),
            source_file=job.path.name,
            source_sha256=job.sha256,
            imported_at=datetime.now(UTC).replace(microsecond=0),
            records=self._writer.records,
        )
        return replace(survey, batch_sha256=self._writer.finish())

    def _command(self, survey: Survey, replaced: tuple[SurveyId, ...]) -> Command:
        add = AddSurvey(survey, self._names.needed)
        if not replaced:
            return add
        gone = Remove([Ref(Kind.SURVEY, each) for each in replaced])
        return Batch([gone, add], add.summary)

    def _questions(self) -> tuple[QuestionTaken, ...]:
        found = []
        for each, n in self._writer.question_counts().items():
            question = self._names.asked(QuestionId(each))
            name = self._names.touchpoint_name(question.touchpoint)
            found.append(QuestionTaken(question, name, n))
        return tuple(found)

    def _outcome(self, plan: Plan) -> OutcomeTaken | None:
        if plan.outcome is None:
            return None
        stored = tables.response
        query = select(func.count(stored.c.outcome), func.sum(stored.c.outcome))
        n, bad = self._connection.execute(query.where(stored.c.batch == self._writer.number)).one()
        return OutcomeTaken(n, bad or 0)

    def _counted(self, reason: str) -> int:
        return sum(s.count for s in self._tally.skipped if s.reason == reason)
