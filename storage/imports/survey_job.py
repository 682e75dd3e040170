"""What one import of a survey is asked to do, and the table it reads."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from journey.model.evidence import RELATIONAL, Survey
from journey.model.workspace import Workspace
from storage.errors import MappingError, SurveyKnownError
from storage.imports.content_hash import FileHash
from storage.imports.mapping import Mapping, check_choices, check_columns
from storage.imports.mapping_parts import SurveySettings
from storage.imports.opening import Reading
from storage.imports.rows import Table, read_table, settled_table
from storage.imports.stopping import ImportCancelledError
from storage.imports.survey_known import content_sha256, with_source

IfKnown = Literal["refuse", "replace", "add"]
# Called with the line reached and the lines of the file.
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller wants, before the file was opened."""

    workspace: Workspace
    path: Path
    mapping: Mapping
    if_known: IfKnown
    cancelled: Cancelled | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What one import is asked to do.

    Attributes:
        table: its rows may still come while they are read.
    """

    workspace: Workspace
    path: Path
    mapping: Mapping
    settings: SurveySettings
    table: Table
    sha256: str
    if_known: IfKnown
    watch: Callable[[int], None]
    cancelled: Cancelled | None = None

    @property
    def gathers(self) -> bool:
        """Whether records of one respondent are brought together."""
        return self.mapping.long is not None and self.settings.design == RELATIONAL

    def watched(self, progress: Progress | None) -> "Job":
        """Return the job with somebody to tell how far it is."""
        total = self.table.source.found.lines
        return replace(self, watch=_watcher(progress, self.cancelled, self.path, total))


def begun_job(asked: Asked, opened: Table | None) -> Job:
    """Open the table, unless it is open, and check what can be checked before it is read.

    Raises:
        ImportProblem: the file cannot be read.
        MappingError: unknown columns, or a choice left open.
        SurveyKnownError: known.
        ImportCancelledError: somebody said so.
    """
    mapping = asked.mapping
    if mapping.survey is None:
        raise MappingError("missing_key", ("survey",))
    check_choices(mapping)
    if opened is not None and _reads_alike(opened, mapping):
        return _job(asked, mapping.survey, opened)
    source = mapping.source
    reading = Reading(
        encoding=source.encoding,
        separator=source.separator,
        header_rows=source.header_rows,
        sheet=source.sheet,
        whole=False,
        cancelled=asked.cancelled,
    )
    with FileHash(asked.path) as hashing:
        table = read_table(asked.path, reading)
        try:
            return _job(asked, mapping.survey, table, hashing)
        except BaseException:
            table.source.stop()
            raise


def settled_job(asked: Asked, job: Job) -> Job:
    """Return a job whose rows came again, once all of them are there.

    Raises:
        As `begun_job`.
    """
    table = settled_table(job.table.source, job.mapping.source.header_rows)
    return _job(asked, job.settings, table)


def _reads_alike(table: Table, mapping: Mapping) -> bool:
    """Tell whether a table was opened as a mapping wants it, and its file is as it was then."""
    asked, source = mapping.source, table.source
    if source.form == "pasted":
        return True
    return (
        asked.encoding in {None, source.encoding}
        and asked.separator in {None, source.separator}
        and asked.header_rows in {None, table.signature.header_rows}
        and asked.sheet in {None, source.sheet}
        and source.is_current
    )


def _job(
    asked: Asked, settings: SurveySettings, table: Table, hashing: FileHash | None = None
) -> Job:
    check_columns(asked.mapping, table.columns)
    sha256 = content_sha256(table.source, hashing)
    known = with_source(asked.workspace, sha256)
    adds_blindly = asked.if_known == "add" and not settings.respondent
    if known and (asked.if_known == "refuse" or adds_blindly):
        raise known_already(known[0], "known")
    return Job(
        workspace=asked.workspace,
        path=asked.path,
        mapping=asked.mapping,
        settings=settings,
        table=table,
        sha256=sha256,
        if_known=asked.if_known,
        watch=_watcher(None, asked.cancelled, asked.path),
        cancelled=asked.cancelled,
    )


def known_already(survey: Survey | None, reason: str) -> SurveyKnownError:
    """Return the error that says answers were imported before."""
    if survey is None:
        return SurveyKnownError(reason)
    return SurveyKnownError(
        reason, survey=survey.id, name=survey.name, imported_at=survey.imported_at
    )


def _watcher(
    progress: Progress | None, cancelled: Cancelled | None, path: Path, total: int = 0
) -> Callable[[int], None]:
    def watch(line: int) -> None:
        if cancelled is not None and cancelled():
            raise ImportCancelledError("cancelled", file=path)
        if progress is not None:
            progress(min(line, total), total)

    return watch
