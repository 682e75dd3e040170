"""What imports of logs have in common: their transaction, their watcher, their ids and names."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine

from journey.model.ids import Kind, named_id, new_id
from journey.model.text import clean_name
from journey.model.workspace import Workspace
from storage.database.log_batches import LogTables
from storage.errors import SurveyKnownError
from storage.evidence.logs import is_taken
from storage.imports.stopping import ImportCancelledError
from storage.imports.survey_chunks import Tally

# Called with the line reached and the lines of the file, None where that is not known.
Progress = Callable[[int, int | None], None]
# From this share of equal cases or purchases on, two logs are taken as the same.
SAME: Final = 0.5
# Refused records that are kept to be shown and saved, and their letters all together.
REFUSED_KEPT: Final = 10_000
REFUSED_CHARACTERS: Final = 4_000_000


def watcher(
    progress: Progress | None, cancelled: Callable[[], bool] | None, path: Path
) -> Callable[[int], None]:
    """Return what is called after each chunk with the line reached; it may stop the import."""

    def watch(line: int) -> None:
        if cancelled is not None and cancelled():
            raise ImportCancelledError("cancelled", file=path)
        if progress is not None:
            progress(line, None)

    return watch


def collecting(
    watch: Callable[[int], None], tally: Tally, refused: list[tuple[int, str, str]]
) -> Callable[[int], None]:
    """Return a watcher that also takes refused records out of the tally, as many as are kept."""

    def step(line: int) -> None:
        waiting = tally.take_waiting()
        refused.extend(waiting[: max(0, REFUSED_KEPT - len(refused))])
        watch(line)

    return step


def with_refused(
    layout: dict[str, object], refused: Sequence[tuple[int, str, str]]
) -> dict[str, object]:
    """Return a log's layout as it is stored, with the records its import refused."""
    kept: list[tuple[int, str, str]] = []
    room = REFUSED_CHARACTERS
    for line, reason, record in refused:
        room -= len(record)
        if room < 0:
            break
        kept.append((line, reason, record))
    return {**layout, "refused": kept} if kept else layout


@contextmanager
def log_transaction(engine: Engine, *, keep: bool) -> Iterator[Connection]:
    """Give a connection in a transaction that is committed only where all went well.

    The search for reference cycles is held meanwhile: an import makes millions of tuples.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            yield connection
            if not keep:
                transaction.rollback()
    finally:
        if collects:
            gc.enable()


def log_id(connection: Connection, where: LogTables, kind: Kind, ws: Workspace, *names: str) -> str:
    """Return the id the file gives a log, or a random one where that is taken."""
    wanted = named_id(kind, *names)
    taken = wanted in ws.table(kind) or is_taken(connection, where, wanted)
    return new_id(kind) if taken else wanted


def log_name(path: Path) -> str:
    """Return what a log is called: its file's name without endings."""
    return clean_name(path.name.split(".")[0].replace("_", " ")) or path.name


def known(name: str, log: str, imported_at: datetime | None, what: str) -> SurveyKnownError:
    """Return the error that says a log was imported before."""
    return SurveyKnownError("known", what=what, log=log, name=name, imported_at=imported_at)
