"""Repair: what can be read is kept, what is lost is told, the damaged file stays as it is."""

import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from journey.edit import Set
from journey.model.ids import Kind, Ref
from storage.document import Document, check_document, read_document, repair_to
from storage.document.files import file_sha256
from storage.errors import (
    NotAWorkspaceError,
    TargetExistsError,
    WorkspaceError,
    WorkspaceMissingError,
)
from tests.storage.document.sample import SURVEY, names, sample_workspace


def _altered(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Where the repaired document goes."""
    return tmp_path / "repaired.waymark"


def test_a_whole_document_is_copied_without_loss(path: Path, copy: Path) -> None:
    before = file_sha256(path)
    repair = repair_to(path, copy)
    assert repair.losses == ()
    assert repair.path == copy
    assert check_document(copy).content_sha256 == check_document(path).content_sha256
    assert check_document(copy).findings == ()
    assert file_sha256(path) == before


def test_an_edit_by_another_tool_is_kept(path: Path, copy: Path) -> None:
    _altered(path, "UPDATE stage SET name = 'By hand'")
    assert not check_document(path).ok
    assert repair_to(path, copy).losses == ()
    with read_document(copy) as found:
        (stage,) = found.workspace.stages.values()
        assert stage.name == "By hand"


def test_what_named_a_lost_object_is_cleared_or_goes(path: Path, copy: Path) -> None:
    _altered(path, "DELETE FROM leader", "DELETE FROM lane")
    repair = repair_to(path, copy)
    lost = {(loss.table, loss.reason): loss.count for loss in repair.losses}
    assert lost["note", "reference"] == 1
    with read_document(copy) as found:
        (touchpoint,) = found.workspace.touchpoints.values()
        assert touchpoint.owner is None
        assert touchpoint.name == "Checkout"
        assert not found.workspace.notes
    assert check_document(copy).findings == ()


def test_values_that_cannot_be_are_left_out(path: Path, copy: Path) -> None:
    _altered(
        path,
        "UPDATE kpi SET target = 'soon'",
        "UPDATE assumptions SET figures = '[]'",
        "UPDATE response SET answers = 7 WHERE seq = 5",
        "UPDATE pain_point SET severity = 90",
    )
    repair = repair_to(path, copy)
    lost = {(loss.table, loss.reason): loss.count for loss in repair.losses}
    assert lost["kpi", "impossible"] == 1
    assert lost["assumptions", "impossible"] == 1
    assert lost["response", "impossible"] == 1
    assert lost["batch", "altered"] == 1
    with Document.open(copy) as document:
        assert document.damaged_batches() == ()
        with document.reading_engine.connect() as connection:
            count = connection.execute(text("SELECT count(*) FROM response")).scalar()
        assert count == 39
        (pain,) = document.workspace.pain_points.values()
        assert (pain.title, pain.severity) == ("Coupon is refused", None)
        (survey,) = document.workspace.surveys
        assert survey == SURVEY


@pytest.mark.parametrize("seed", range(4))
def test_any_damage_gives_a_whole_document_or_a_plain_no(path: Path, copy: Path, seed: int) -> None:
    chance = random.Random(seed)
    whole = path.read_bytes()
    repaired = 0
    for _ in range(8):
        data = bytearray(whole)
        start, length = 4096 * chance.randrange(len(data) // 4096), chance.choice([8, 400, 4096])
        data[start + 100 : start + 100 + length] = chance.randbytes(length)
        path.write_bytes(data)
        try:
            repair_to(path, copy)
        except WorkspaceError:
            assert not copy.exists()
            continue
        repaired += 1
        assert check_document(copy).findings == ()
        copy.unlink()
    assert repaired > 4


def test_damage_to_one_page_loses_little(path: Path, copy: Path) -> None:
    connection = sqlite3.connect(path)
    (root,) = connection.execute(
        "SELECT rootpage FROM sqlite_schema WHERE name = 'note'"
    ).fetchone()
    connection.close()
    data = bytearray(path.read_bytes())
    data[4096 * (root - 1) : 4096 * root] = bytes(4096)
    path.write_bytes(data)
    assert not check_document(path).ok
    repair = repair_to(path, copy)
    assert [(loss.table, loss.reason) for loss in repair.losses] == [("note", "unreadable")]
    with read_document(copy) as found:
        expected = sample_workspace()
        assert not found.workspace.notes
        assert found.workspace.touchpoints == expected.touchpoints


def test_what_is_no_document_is_not_repaired(path: Path, copy: Path) -> None:
    junk = path.with_name("junk.waymark")
    junk.write_bytes(b"junk" * 100)
    with pytest.raises(NotAWorkspaceError):
        repair_to(junk, copy)
    with pytest.raises(WorkspaceMissingError):
        repair_to(path.with_name("nothing"), copy)
    assert not copy.exists()
    copy.write_text("in the way")
    with pytest.raises(TargetExistsError):
        repair_to(path, copy)
    assert copy.read_text() == "in the way"
    assert names(copy.parent).count(copy.name) == 1


def test_the_log_of_a_copy_set_aside_is_read_with_it(path: Path, copy: Path) -> None:
    with Document.open(path) as document:
        document.write(
            Set(Ref(Kind.WORKSPACE, "workspace"), name="In the log").do(document.workspace)
        )
        database = Path(document._copy.database)
        aside = copy.with_name("aside")
        shutil.copytree(database.parent, aside)
    before = {part: file_sha256(part) for part in aside.iterdir()}
    assert (aside / "workspace.db-wal").stat().st_size > 0
    repair_to(aside / "workspace.db", copy)
    with read_document(copy) as found:
        assert found.workspace.info.name == "In the log"
    assert {part: file_sha256(part) for part in aside.iterdir()} == before
