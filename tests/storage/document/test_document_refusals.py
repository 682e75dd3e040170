"""Files that are refused: untouched, and nothing of theirs is obeyed."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.database.migrations import SCHEMA_VERSION
from storage.document import Document, check_document, read_document
from storage.document.content import content_sha256
from storage.document.files import file_sha256
from storage.errors import (
    NotAWorkspaceError,
    WorkspaceDamagedError,
    WorkspaceError,
    WorkspaceMissingError,
    WorkspaceNewerError,
)
from tests.storage.document.sample import names


def _open(path: Path) -> None:
    Document.open(path).close()


def _read(path: Path) -> None:
    with read_document(path):
        pass


openers = pytest.mark.parametrize("opener", [_open, _read])


def _altered(path: Path, *statements: str, reseal: bool = True) -> None:
    """Do to a document what a stranger's tool can, with a content hash that fits."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    if reseal:
        connection.execute("UPDATE document SET content_sha256 = ?", (content_sha256(connection),))
    connection.close()


def _refused(
    path: Path, opener: Callable[[Path], None], error: type[WorkspaceError], reason: str
) -> WorkspaceError:
    before = file_sha256(path), names(path.parent)
    with pytest.raises(error) as raised:
        opener(path)
    assert raised.value.reason == reason
    assert raised.value.path == path
    assert (file_sha256(path), names(path.parent)) == before
    assert not check_document(path).ok
    return raised.value


@openers
def test_nothing_there(folder: Path, opener: Callable[[Path], None]) -> None:
    for missing in (folder / "no.waymark", folder, folder / "no" / "way.waymark"):
        with pytest.raises(WorkspaceMissingError):
            opener(missing)
        with pytest.raises(WorkspaceMissingError):
            check_document(missing)
    assert names(folder) == []


@openers
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_does_not_hang(folder: Path, opener: Callable[[Path], None]) -> None:
    os.mkfifo(folder / "pipe.waymark")
    with pytest.raises(NotAWorkspaceError):
        opener(folder / "pipe.waymark")


@openers
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "blank"),
        (b"SQLite format 3\x00", "another_kind"),
        (b"id;score\n1;2\n" * 50, "another_kind"),
        (b"PK\x03\x04" + bytes(500), "another_kind"),
    ],
)
def test_another_kind_of_file(
    folder: Path, opener: Callable[[Path], None], content: bytes, reason: str
) -> None:
    place = folder / "x.waymark"
    place.write_bytes(content)
    _refused(place, opener, NotAWorkspaceError, reason)


@openers
def test_another_database(folder: Path, opener: Callable[[Path], None]) -> None:
    place = folder / "x.waymark"
    _altered(place, "CREATE TABLE document (id INTEGER)", reseal=False)
    _refused(place, opener, NotAWorkspaceError, "another_kind")


@openers
def test_a_newer_file_is_told_apart(path: Path, opener: Callable[[Path], None]) -> None:
    _altered(path, f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    error = _refused(path, opener, WorkspaceNewerError, "newer")
    assert (error.facts["found"], error.facts["known"]) == (
        SCHEMA_VERSION + 1,
        SCHEMA_VERSION,
    )
    assert check_document(path).schema_version == SCHEMA_VERSION + 1


@openers
def test_an_unknown_version_is_refused(path: Path, opener: Callable[[Path], None]) -> None:
    _altered(path, "PRAGMA user_version=0")
    _refused(path, opener, NotAWorkspaceError, "unknown_version")


@openers
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON stage BEGIN DELETE FROM stage; END",
        "CREATE VIEW v AS SELECT * FROM stage",
        "CREATE TABLE more (id INTEGER, twice INTEGER GENERATED ALWAYS AS (id * 2))",
        "CREATE INDEX i ON stage (upper(name))",
        "ALTER TABLE stage ADD COLUMN colour TEXT DEFAULT 'red'",
        "ALTER TABLE stage ADD COLUMN twice REAL GENERATED ALWAYS AS (position * 2)",
        "DROP TABLE rejected",
        "CREATE VIRTUAL TABLE v USING fts5(text)",
    ],
)
def test_a_schema_of_its_own_is_refused(
    path: Path, opener: Callable[[Path], None], statement: str
) -> None:
    _altered(path, statement)
    _refused(path, opener, NotAWorkspaceError, "foreign_schema")


@openers
@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE stage SET position = 'first'", "row"),
        ("UPDATE touchpoint SET stage = 'stage-nowhere'", "contradiction"),
        ("UPDATE pain_point SET journey = 'journey-nowhere'", "contradiction"),
        ("UPDATE improvement SET addresses = '[\"pain-nowhere\"]'", "contradiction"),
        ("UPDATE segment SET customers_per_year = 9e999", "contradiction"),
        ("UPDATE document SET schema_version = 7", "marks"),
        ("UPDATE document SET change_sequence = -1", "marks"),
        ("UPDATE document SET change_sequence = 'x'", "marks"),
        ("UPDATE alembic_version SET version_num = '0001'", "marks"),
        ("DELETE FROM document", "marks"),
        ("UPDATE response SET outcome = 1 WHERE seq = 2", "batch_hash"),
    ],
)
def test_values_that_cannot_be(
    path: Path, opener: Callable[[Path], None], statement: str, reason: str
) -> None:
    _altered(path, statement)
    _refused(path, opener, WorkspaceDamagedError, reason)


@openers
def test_another_content_than_was_published(path: Path, opener: Callable[[Path], None]) -> None:
    _altered(path, "UPDATE pain_point SET severity = 1", reseal=False)
    _refused(path, opener, WorkspaceDamagedError, "content_hash")


def test_a_value_out_of_range_is_told_but_not_refused(path: Path) -> None:
    _altered(path, "UPDATE pain_point SET severity = 9")
    _open(path)
    report = check_document(path)
    assert report.ok
    assert [finding.reason for finding in report.findings] == ["contradiction"]
    assert report.findings[0].facts["field"] == "severity"


def test_side_files_of_another_tool_are_not_looked_at(path: Path, folder: Path) -> None:
    before = file_sha256(path)
    for suffix in ("-wal", "-journal", "-shm"):
        (folder / (path.name + suffix)).write_bytes(os.urandom(5000))
    _open(path)
    assert file_sha256(path) == before
