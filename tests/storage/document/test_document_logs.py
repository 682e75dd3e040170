"""Imported logs in a document: hashed, purged when gone, found when altered, repaired."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database.log_batches import EVENTS, PURCHASES, LogHash, log_sha256, stored_batches
from storage.document import Document, check_document, repair_to
from storage.document.files import file_sha256
from tests.storage.imports.log_trial import LogTrial, log_trial

EVENTS_CSV = "case,activity,time\n" + "".join(
    f"c{n},step {n % 3},2026-10-{1 + n % 28:02d} 10:00:00\n" for n in range(40)
)
PURCHASES_CSV = "customer,date,amount\n" + "".join(
    f"c{n % 9},2026-10-{1 + n % 28:02d},{n}.50\n" for n in range(40)
)


@pytest.fixture
def trial(folder: Path) -> Iterator[LogTrial]:
    with log_trial(folder) as made:
        made.events(made.file(EVENTS_CSV, "events.csv"))
        made.purchases(made.file(PURCHASES_CSV, "purchases.csv"))
        made.document.publish()
        yield made


@pytest.fixture
def file(trial: LogTrial) -> Path:
    return trial.folder / "trial.waymark"


def _alter(file: Path, sql: str) -> None:
    connection = sqlite3.connect(file)
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_the_hash_of_what_is_stored_is_that_of_the_import(trial: LogTrial, file: Path) -> None:
    connection = sqlite3.connect(file)
    for where, logs in (
        (EVENTS, trial.workspace.event_logs),
        (PURCHASES, trial.workspace.purchase_logs),
    ):
        ((number, log, stored),) = stored_batches(connection, where)
        (entity,) = logs.values()
        assert (log, stored) == (entity.id, entity.batch_sha256)
        assert log_sha256(connection, where, number) == stored
    connection.close()


def test_a_hash_does_not_depend_on_the_pieces() -> None:
    rows = [
        (n, f"c{n}", None, 20264, "2026-10-01T10:00:00Z", bytes([n, 0]), b"\0" * 4)
        for n in range(9)
    ]
    hashes = set()
    for size in (1, 2, 9):
        made = LogHash(EVENTS)
        for start in range(0, 9, size):
            made.add(rows[start : start + size])
        hashes.add(made.result("{}", 9))
    assert len(hashes) == 1
    other = LogHash(EVENTS)
    other.add(rows[:8])
    assert other.result("{}", 9) not in hashes


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE event_case SET steps = x'0100' WHERE seq = 3",
        "UPDATE event_case SET gaps = x'01000000' WHERE seq = 0",
        "DELETE FROM event_case WHERE seq = 39",
        "UPDATE purchase_row SET amount = 1 WHERE seq = 0",
        "UPDATE purchase_row SET customer = 'x' WHERE seq = 5",
    ],
)
def test_an_altered_log_is_found(file: Path, sql: str) -> None:
    assert check_document(file).ok
    _alter(file, sql)
    report = check_document(file)
    assert not report.ok
    assert report.findings[0].reason == "batch_hash"


def test_an_altered_heading_is_found(file: Path) -> None:
    _alter(file, "UPDATE event_import SET cases = 41")
    assert check_document(file).findings[0].reason == "content_hash"


def test_a_repair_keeps_what_is_left_of_a_log(trial: LogTrial, file: Path) -> None:
    trial.document.close()
    _alter(file, "DELETE FROM event_case WHERE seq = 39")
    copy = file.with_name("repaired.waymark")
    made = repair_to(file, copy)
    assert [(loss.table, loss.reason) for loss in made.losses] == [("event_batch", "altered")]
    assert check_document(copy).ok


def test_rows_of_a_log_that_is_gone_are_not_published(trial: LogTrial, file: Path) -> None:
    for log in (*trial.workspace.event_logs.values(), *trial.workspace.purchase_logs.values()):
        trial.workspace.table(log.kind)
    from journey.edit import Remove
    from journey.model.workspace import ref_of

    logs = [*trial.workspace.event_logs.values(), *trial.workspace.purchase_logs.values()]
    trial.document.write(Remove([ref_of(log) for log in logs]).do(trial.workspace))
    trial.document.publish()
    connection = sqlite3.connect(file)
    for table in ("event_batch", "event_case", "purchase_batch", "purchase_row"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    connection.close()
    assert check_document(file).ok


def test_opening_and_reading_changes_nothing(trial: LogTrial, file: Path) -> None:
    trial.document.close()
    before = file_sha256(file)
    with Document.open(file) as again:
        assert again.workspace.event_logs
        assert again.damaged_batches() == ()
    assert file_sha256(file) == before
