"""A whole workspace file to Waymark JSON and back, answers and purchases included."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select, update

from journey.model.ids import PurchaseLogId, SurveyId
from journey.model.workspace import Workspace
from storage.database import tables
from storage.database.log_batches import PURCHASES
from storage.document import COMMAND, Document
from storage.errors import DumpError
from storage.evidence.batch import BatchWriter
from storage.evidence.layout import Response
from storage.evidence.logs import LogWriter
from storage.evidence.purchases import PurchaseStore
from storage.evidence.store import EvidenceStore
from storage.openformats.dump import dump
from storage.openformats.entities import Note
from storage.openformats.event_logs import is_ours, stored_logs, write_log
from storage.openformats.load import Loaded, load
from storage.openformats.purchase import Purchase


@dataclass(frozen=True, slots=True)
class LoadedInto:
    """A workspace made from Waymark JSON.

    Attributes:
        responses: how many answers were stored.
        notes: what was left out or cleaned, with its JSON path.
    """

    path: Path
    responses: int
    notes: tuple[Note, ...]


class StoredEvidence:
    """What a dump reads of a workspace's evidence."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._store = EvidenceStore(engine)

    def iter_responses(self, survey: SurveyId) -> Iterable[Response]:
        """Yield a survey's answers in file order."""
        return self._store.iter_responses(survey)

    def iter_purchases(self) -> Iterator[Purchase]:
        """Yield purchases in the order they came."""
        for row in PurchaseStore(self._engine).purchases():
            yield Purchase(row.customer, row.at, row.amount, row.segment, row.log)

    def iter_event_logs(self) -> Iterator[Mapping[str, object]]:
        """Yield the imported logs, and those of another shape as they came."""
        kept = tables.event_log
        with self._engine.connect() as connection:
            yield from connection.execute(select(kept.c.content).order_by(kept.c.number)).scalars()
        yield from stored_logs(self._engine)


def dump_workspace(workspace: Workspace, engine: Engine, path: Path) -> Path:
    """Write an open workspace as Waymark JSON, replacing `path` whole; return where it stands.

    Raises:
        TargetError: the target is as it was.
    """
    return dump(workspace, StoredEvidence(engine), path)


def load_into(source: Path, target: Path) -> LoadedInto:
    """Make a workspace file of a Waymark JSON.

    Raises:
        ImportProblem, DumpError: the JSON cannot be read, or is not what it claims.
        TargetExistsError, TargetError: the workspace cannot be made; nothing is left behind.
    """
    try:
        loaded = load(source)
    except DumpError as error:
        raise DumpError(error.reason, file=source, **error.facts) from error
    document = Document.create(
        target, loaded.workspace, purpose=COMMAND, fill=_Filling(loaded).write
    )
    document.close()
    return LoadedInto(target, sum(loaded.answers.values()), loaded.notes)


class _Filling:
    """Writes what is not in the workspace, in the transaction that makes the file."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded

    def write(self, connection: Connection) -> None:
        for survey, rows in groupby(self._loaded.responses(), key=lambda found: found[0]):
            writer = BatchWriter(connection, survey)
            for _, response in rows:
                writer.add(response)
            stored = tables.survey
            sealed = update(stored).where(stored.c.id == survey)
            sha256 = writer.finish()
            connection.execute(sealed.values(records=writer.records, batch_sha256=sha256))
        self._write_purchases(connection)
        logs = [{"content": dict(log)} for log in self._loaded.event_logs if not is_ours(log)]
        if logs:
            connection.execute(insert(tables.event_log), logs)
        for log in self._loaded.imported_logs:
            write_log(connection, log)

    def _write_purchases(self, connection: Connection) -> None:
        by_log: dict[PurchaseLogId | None, list[Purchase]] = defaultdict(list)
        for purchase in self._loaded.purchases:
            by_log[purchase.log].append(purchase)
        loose = [
            {"customer": p.customer, "at": p.at, "amount": p.amount, "segment": p.segment}
            for p in by_log.pop(None, ())
        ]
        if loose:
            connection.execute(insert(tables.purchase), loose)
        kept = tables.purchase_import
        for log in sorted(self._loaded.workspace.purchase_logs):
            bought = by_log.get(log, [])
            segments = {
                s: i for i, s in enumerate(dict.fromkeys(p.segment for p in bought if p.segment))
            }
            writer = LogWriter(connection, PURCHASES, log)
            writer.write(
                [
                    (p.customer, p.at, p.amount, segments[p.segment] if p.segment else None)
                    for p in bought
                ]
            )
            sealed = update(kept).where(kept.c.id == log)
            sha256 = writer.finish({"segments": list(segments)})
            connection.execute(sealed.values(batch_sha256=sha256))
