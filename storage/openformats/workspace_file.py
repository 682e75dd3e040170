"""A whole workspace file to Waymark JSON and back, answers and purchases included."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select, update

from journey.model.ids import SurveyId
from journey.model.workspace import Workspace
from storage.database import tables
from storage.document import COMMAND, Document
from storage.errors import DumpError
from storage.evidence.batch import BatchWriter
from storage.evidence.layout import Response
from storage.evidence.store import EvidenceStore
from storage.openformats.dump import dump
from storage.openformats.entities import Note
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
        kept = tables.purchase
        columns = (kept.c.customer, kept.c.at, kept.c.amount, kept.c.segment)
        query = select(*columns).order_by(kept.c.number)
        with self._engine.connect() as connection:
            for row in connection.execute(query.execution_options(yield_per=1000)):
                yield Purchase(*row)

    def iter_event_logs(self) -> Iterator[Mapping[str, object]]:
        """Yield the event logs as they came."""
        kept = tables.event_log
        with self._engine.connect() as connection:
            yield from connection.execute(select(kept.c.content).order_by(kept.c.number)).scalars()


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
        bought = [
            {"customer": p.customer, "at": p.at, "amount": p.amount, "segment": p.segment}
            for p in self._loaded.purchases
        ]
        if bought:
            connection.execute(insert(tables.purchase), bought)
        logs = [{"content": dict(log)} for log in self._loaded.event_logs]
        if logs:
            connection.execute(insert(tables.event_log), logs)
