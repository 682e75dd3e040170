"""Files of every released schema open for ever, with the same content and the same hash."""

import shutil
from pathlib import Path

from sqlalchemy import text

from journey.edit import Set
from journey.model.ids import Kind, Ref
from storage.database.engine import connect
from storage.database.migrations import SCHEMA_VERSION
from storage.document import Document, backups_of, check_document, read_document
from storage.document.files import file_sha256
from storage.document.working_copy import WINDOW, Origin, WorkingCopy
from tests.storage.document.sample import fill_answers, sample_workspace, second_workspace

CONTENT = "191233b85903ae3f195b2f39640750f467a7fc1ed9db42a22f8100cd39921718"
CONTENT_2 = "52db4f1e858af917f39b8d1ceb04deee0401185bc109d829a60e864999259e4a"


def test_version_1_reads_as_it_was_written(fixtures: Path) -> None:
    golden = fixtures / "workspaces" / "version-1.waymark"
    report = check_document(golden)
    assert (report.ok, report.schema_version, report.content_sha256) == (True, 1, CONTENT)
    assert report.findings == ()
    with read_document(golden) as found:
        assert found.workspace == sample_workspace()
        with found.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM response")).scalar() == 40


def test_version_2_reads_as_it_was_written(fixtures: Path) -> None:
    golden = fixtures / "workspaces" / "version-2.waymark"
    report = check_document(golden)
    assert (report.ok, report.schema_version, report.content_sha256) == (True, 2, CONTENT_2)
    assert report.findings == ()
    with read_document(golden) as found:
        assert found.workspace == second_workspace()
        assert found.schema_version == 2
        with found.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM response")).scalar() == 40


def test_version_1_can_be_edited(fixtures: Path, folder: Path) -> None:
    golden = fixtures / "workspaces" / "version-1.waymark"
    before = file_sha256(golden)
    path = folder / "copy.waymark"
    shutil.copyfile(golden, path)
    with Document.open(path) as document:
        command = Set(Ref(Kind.WORKSPACE, "workspace"), name="Edited")
        document.write(command.do(document.workspace))
        document.publish()
        document.write(command.undo(document.workspace))
    # What was upgraded is what would be written today.
    fresh = Document.create(folder / "fresh.waymark", sample_workspace(), fill=fill_answers)
    report = check_document(path)
    assert (report.ok, report.schema_version) == (True, SCHEMA_VERSION)
    assert report.content_sha256 == fresh.content_sha256()
    fresh.close()
    assert file_sha256(golden) == before


def test_the_file_as_it_was_is_kept_before_an_upgrade(fixtures: Path, folder: Path) -> None:
    path = folder / "copy.waymark"
    shutil.copyfile(fixtures / "workspaces" / "version-1.waymark", path)
    before = file_sha256(path)
    with Document.open(path) as document:
        notes = [note.reason for note in document.notes]
    assert notes == ["upgraded"]
    assert before in [file_sha256(backup) for backup in backups_of(path)]


def test_an_earlier_file_is_only_read_where_it_may_not_be_written(
    fixtures: Path, folder: Path
) -> None:
    path = folder / "copy.waymark"
    shutil.copyfile(fixtures / "workspaces" / "version-1.waymark", path)
    before = file_sha256(path)
    with Document.open(path, read_only=True) as document:
        assert document.read_only
        assert document.workspace == sample_workspace()
    assert file_sha256(path) == before


def test_edits_an_earlier_version_left_unpublished_are_recovered(
    fixtures: Path, folder: Path
) -> None:
    path = folder / "copy.waymark"
    shutil.copyfile(fixtures / "workspaces" / "version-1.waymark", path)
    copy = WorkingCopy.build(path, Origin(str(path), WINDOW, file_sha256(path), 1), None)
    copy.database.unlink()
    shutil.copyfile(path, copy.database)
    direct = connect(copy.database, mode="rw")
    direct.execute("UPDATE leader SET name = 'Unpublished'")
    direct.execute("UPDATE document SET change_sequence = change_sequence + 1")
    direct.close()
    copy.let_go()
    with Document.open(path) as document:
        assert document.recovered
        assert [leader.name for leader in document.workspace.leaders.values()] == ["Unpublished"]
    assert check_document(path).ok
