"""What a workspace's evidence came from: counts, refused rows, and how each source is removed."""

import csv
from collections import Counter
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from sqlalchemy import Engine, func, select

from journey.edit.command import Command
from journey.edit.logs import RemoveEventLog
from journey.edit.remove import Remove
from journey.model.ids import EventLogId, Kind, Ref, SurveyId
from journey.model.workspace import Workspace
from storage.database import tables
from storage.database.engine import for_reading
from storage.database.log_batches import EVENTS, PURCHASES
from storage.evidence.logs import refused_of
from storage.evidence.store import EvidenceStore
from storage.exports.csv import safe_cell
from storage.exports.target import replacing


@dataclass(frozen=True, slots=True)
class SurveySource:
    """What is stored of one survey.

    Attributes:
        records: rows stored. refused: records left out by reason, the commonest first.
    """

    survey: SurveyId
    records: int
    comments: int
    refused: tuple[tuple[str, int], ...]

    @property
    def refused_records(self) -> int:
        """How many records were left out."""
        return sum(n for _, n in self.refused)


def survey_sources(workspace: Workspace, engine: Engine) -> dict[SurveyId, SurveySource]:
    """Return what is stored of each survey of the workspace."""
    kept, left_out, texts = tables.batch, tables.rejected, tables.comment
    found: dict[SurveyId, SurveySource] = {}
    with for_reading(engine).connect() as connection:
        refused: dict[int, Counter[str]] = {}
        counted = select(left_out.c.batch, left_out.c.reason, func.count())
        for batch, reason, n in connection.execute(
            counted.group_by(left_out.c.batch, left_out.c.reason)
        ):
            refused.setdefault(batch, Counter())[reason] = n
        told = select(texts.c.batch, func.count()).group_by(texts.c.batch)
        comments: dict[int, int] = {row.batch: row[1] for row in connection.execute(told)}
        for row in connection.execute(select(kept.c.number, kept.c.survey, kept.c.records)):
            survey = SurveyId(row.survey)
            if survey in workspace.surveys:
                reasons = refused.get(row.number, Counter()).most_common()
                found[survey] = SurveySource(
                    survey, row.records, comments.get(row.number, 0), tuple(reasons)
                )
    return found


@dataclass(frozen=True, slots=True)
class LogSource:
    """What an import of events or purchases left out, by reason, the commonest first."""

    refused: tuple[tuple[str, int], ...]
    comments: int = 0


def log_sources(workspace: Workspace, engine: Engine) -> dict[str, LogSource]:
    """Return what was left out of each log of the workspace, by its id."""
    logs = ((EVENTS, workspace.event_logs), (PURCHASES, workspace.purchase_logs))
    return {
        log: LogSource(
            tuple(Counter(r for _, r, _ in refused_of(engine, where, log)).most_common())
        )
        for where, table in logs
        for log in table
    }


def _refused_rows(engine: Engine, source: Ref) -> list[tuple[int, str, str]]:
    if source.kind is Kind.SURVEY:
        found = EvidenceStore(engine).rejected(SurveyId(source.id))
        return [(row.line, row.reason, row.record) for row in found]
    where = EVENTS if source.kind is Kind.EVENT_LOG else PURCHASES
    return refused_of(engine, where, source.id)


def save_refused(engine: Engine, source: Ref, path: Path) -> tuple[Path, int]:
    """Write the records an import left out as a CSV for spreadsheets.

    Returns:
        Where the file stands, and how many records are in it.

    Raises:
        TargetError: the target is as it was.
    """
    rows = _refused_rows(engine, source)
    held = StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(["line", "reason", "record"])
    writer.writerows([line, reason, safe_cell(record)] for line, reason, record in rows)
    with replacing(path) as target:
        target.file.write(("\ufeff" + held.getvalue()).encode())
    return target.path, len(rows)


def removal_of(workspace: Workspace, engine: Engine, ref: Ref) -> Command:
    """Return the command that takes a source off the workspace.

    The transitions of an event log's journey are counted again from its other logs.
    """
    if ref.kind is not Kind.EVENT_LOG:
        return Remove(ref)
    from storage.evidence.events import EventStore

    log = workspace.event_logs[EventLogId(ref.id)]
    store = EventStore(engine)
    total: dict[tuple[str, str, str | None], float] = {}
    for other in workspace.event_logs.values():
        if other.journey == log.journey and other.id != log.id:
            for key, n in store.counts(other.id, workspace).items():
                total[key] = total.get(key, 0) + n
    return RemoveEventLog(log.id, total)
