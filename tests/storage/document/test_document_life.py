"""A document from its creation to its closing, with nothing going wrong."""

import os
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from journey.edit import Add, AddStage, Remove, Rename, Set
from journey.errors import EditError
from journey.model.evidence import Survey
from journey.model.ids import JourneyId, Kind, Ref, StageId, SurveyId
from journey.model.map import Stage
from journey.model.template import new_workspace
from journey.model.workspace import Workspace
from storage.database.migrations import SCHEMA_VERSION
from storage.document import COMMAND, Document, backups_of, check_document, read_document
from storage.document.files import file_sha256
from storage.document.places import working_place
from storage.errors import TargetError, TargetExistsError, TargetReadOnlyError
from tests.storage.document.sample import SURVEY, names, sample_workspace

INFO = Ref(Kind.WORKSPACE, "workspace")


def _rename(document: Document, name: str) -> None:
    document.write(Set(INFO, name=name).do(document.workspace))


def test_a_new_document_is_published_at_once(folder: Path) -> None:
    place = folder / "new.waymark"
    with Document.create(place, sample_workspace()) as document:
        assert not document.has_unpublished
        with read_document(place) as found:
            assert found.workspace == sample_workspace()
            assert found.content_sha256() == document.content_sha256()
    assert names(folder) == ["new.waymark"]


def test_what_was_written_is_there_again(path: Path) -> None:
    with Document.open(path) as document:
        assert document.workspace == sample_workspace()
        command = AddStage(JourneyId("journey-1"), "After", stage=StageId("stage-2"))
        document.write(command.do(document.workspace))
        assert document.has_unpublished
        expected = document.workspace
    with Document.open(path) as again:
        assert again.workspace == expected
        assert not again.recovered
        assert again.notes == ()


def test_opening_changes_nothing(path: Path, folder: Path, state: Path) -> None:
    before = file_sha256(path), path.stat().st_mtime_ns
    with Document.open(path) as document:
        assert not document.has_unpublished
    with Document.open(path, read_only=True):
        pass
    with read_document(path):
        pass
    check_document(path)
    assert (file_sha256(path), path.stat().st_mtime_ns) == before
    assert names(folder) == [path.name]
    assert not any((state / "working").iterdir())


def test_reading_leaves_no_trace_at_all(path: Path, folder: Path, state: Path) -> None:
    before = sorted(state.rglob("*"))
    with read_document(path) as found:
        assert found.workspace == sample_workspace()
        assert found.schema_version == SCHEMA_VERSION
        assert names(folder) == [path.name]
    assert sorted(state.rglob("*")) == before


def test_publishing_needs_no_closing(path: Path, folder: Path) -> None:
    with Document.open(path) as document:
        _rename(document, "Renamed")
        published = document.publish()
        assert published.path == path.resolve()
        assert published.conflict_copy is None
        assert published.seconds > 0
        assert not document.has_unpublished
        with read_document(path) as found:
            assert found.workspace.info.name == "Renamed"
            assert found.content_sha256() == published.content_sha256
        assert names(folder) == [f".~lock.{path.name}#", path.name]


def test_the_worker_thread_may_publish(path: Path) -> None:
    with Document.open(path) as document:
        _rename(document, "From another thread")
        thread = threading.Thread(target=document.publish)
        thread.start()
        thread.join()
        assert not document.has_unpublished


def test_the_content_hash_knows_only_the_content(path: Path, folder: Path) -> None:
    with Document.open(path) as document:
        before = document.content_sha256()
        command = Set(INFO, name="Another")
        document.write(command.do(document.workspace))
        assert document.content_sha256() != before
        document.write(command.undo(document.workspace))
        assert document.content_sha256() == before
        assert document.publish().content_sha256 == before
    other = folder / "other.waymark"
    one, two = sample_workspace(), sample_workspace()
    shuffled = Workspace(entities=reversed(list(two.entities())))
    with (
        Document.create(other, one) as first,
        Document.create(folder / "third.waymark", shuffled) as second,
    ):
        assert first.content_sha256() == second.content_sha256() != before


def test_nothing_is_overwritten_by_a_new_document(path: Path, folder: Path) -> None:
    before = file_sha256(path)
    with pytest.raises(TargetExistsError):
        Document.create(path, sample_workspace())
    (folder / "dangling.waymark").symlink_to(folder / "nowhere" / "x")
    with pytest.raises(TargetError):
        Document.create(folder / "dangling.waymark", sample_workspace())
    with pytest.raises(TargetError) as raised:
        Document.create(folder / "no" / "such.waymark", sample_workspace())
    assert raised.value.reason == "no_folder"
    assert file_sha256(path) == before


def test_a_workspace_that_contradicts_itself_becomes_no_document(folder: Path, state: Path) -> None:
    broken = new_workspace("Shop")
    broken.put(Stage(StageId("stage-x"), JourneyId("nowhere"), "Lost"))
    with pytest.raises(EditError):
        Document.create(folder / "broken.waymark", broken)
    assert names(folder) == []


def test_a_failing_fill_leaves_nothing(folder: Path, state: Path) -> None:
    def fail(_connection: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Document.create(folder / "x.waymark", sample_workspace(), fill=fail)
    assert names(folder) == []
    assert not any((state / "working").iterdir())


def test_only_a_reader_refuses_to_write(path: Path) -> None:
    with Document.open(path, read_only=True) as document:
        assert document.read_only
        assert document.workspace == sample_workspace()
        with pytest.raises(TargetReadOnlyError):
            document.write(Set(INFO, name="No").do(document.workspace.copy()))
        with pytest.raises(TargetReadOnlyError):
            document.publish()
        with document.reading_engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM response")).scalar() == 40


def test_a_window_keeps_what_it_did_not_publish(path: Path) -> None:
    before = file_sha256(path)
    document = Document.open(path)
    _rename(document, "Not yet published")
    document.close(publish=False)
    assert file_sha256(path) == before
    with Document.open(path) as again:
        assert again.recovered
        assert again.has_unpublished
        assert again.workspace.info.name == "Not yet published"
    with Document.open(path) as third:
        assert not third.recovered
        assert third.workspace.info.name == "Not yet published"


def test_a_failed_command_leaves_the_file_as_it_was(path: Path) -> None:
    before = file_sha256(path)

    def fail() -> None:
        with Document.open(path, purpose=COMMAND) as document:
            _rename(document, "Half done")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert file_sha256(path) == before
    assert not working_place(path.resolve()).exists()


def test_answers_without_their_survey_are_left_out(path: Path) -> None:
    with Document.open(path) as document:
        command = Remove(Ref(Kind.SURVEY, SURVEY))
        document.write(command.do(document.workspace))
        document.publish()
        with read_document(path) as found, found.engine.connect() as connection:
            for table in ("batch", "response", "comment"):
                count = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
                assert count == 0
        assert b"The coupon, again" not in path.read_bytes()
        document.write(command.undo(document.workspace))
    with Document.open(path) as again, again.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM response")).scalar() == 40
    assert check_document(path).ok


def test_deleted_text_is_gone_from_the_file(path: Path) -> None:
    secret = "a name nobody may read any more"
    with Document.open(path) as document:
        add = Add(Survey(SurveyId("survey-2"), secret))
        document.write(add.do(document.workspace))
        document.publish()
        assert secret.encode() in path.read_bytes()
        document.write(add.undo(document.workspace))
    assert secret.encode() not in path.read_bytes()


def test_rows_that_are_no_objects_count_as_an_edit(path: Path) -> None:
    with Document.open(path) as document:
        before = document.content_sha256()
        with document.transaction() as connection:
            connection.execute(text("UPDATE purchase SET amount = 1"))
        assert document.has_unpublished
        assert document.content_sha256() != before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_permissions_and_links_stay(path: Path, folder: Path) -> None:
    path.chmod(0o640)
    link = folder / "link.waymark"
    link.symlink_to(path.name)
    with Document.open(link) as document:
        _rename(document, "Through a link")
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    with read_document(path) as found:
        assert found.workspace.info.name == "Through a link"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_private_copies_are_private(path: Path, state: Path) -> None:
    with Document.open(path) as document:
        _rename(document, "Private")
        private = [place for place in state.rglob("*") if place.suffix in (".db", ".waymark")]
        assert len(private) == 2
        assert {stat.S_IMODE(place.stat().st_mode) for place in private} == {0o600}
        assert stat.S_IMODE(state.stat().st_mode) == 0o700


def test_the_first_opening_of_a_day_keeps_a_backup(path: Path) -> None:
    for _ in range(2):
        with Document.open(path) as document:
            _rename(document, "Other")
    (backup,) = backups_of(path.resolve())
    with read_document(backup) as found:
        assert found.workspace == sample_workspace()


def test_a_backup_before_an_import_has_every_edit(path: Path) -> None:
    with Document.open(path) as document:
        _rename(document, "Not yet published")
        made = document.back_up()
        assert made.path is not None
        with read_document(made.path) as found:
            assert found.workspace == document.workspace
        assert document.has_unpublished


def test_a_failed_backup_is_told_and_blocks_nothing(path: Path, state: Path) -> None:
    (state / "backups").write_text("in the way")
    with Document.open(path) as document:
        assert [note.reason for note in document.notes] == ["backup_failed"]
        _rename(document, "All the same")
        assert document.back_up().path is None
    with read_document(path) as found:
        assert found.workspace.info.name == "All the same"


def test_closing_twice_is_harmless(path: Path) -> None:
    document = Document.open(path)
    document.close()
    document.close()


def test_what_was_left_to_the_next_opening_is_not_published_by_another_close(path: Path) -> None:
    before = file_sha256(path)
    document = Document.open(path)
    _rename(document, "Left")
    document.close(publish=False)
    with Document.open(path) as taken_up:
        assert taken_up.recovered
        document.close()  # by now the copy is another's
        assert file_sha256(path) == before
        assert taken_up.workspace.info.name == "Left"
    with read_document(path) as found:
        assert found.workspace.info.name == "Left"


def test_renaming_a_stage_is_one_row(path: Path) -> None:
    with Document.open(path) as document:
        document.write(Rename(Ref(Kind.STAGE, "stage-1"), "Order").do(document.workspace))
        with document.reading_engine.connect() as connection:
            query = text("SELECT version FROM stage UNION SELECT version FROM touchpoint")
            assert sorted(connection.execute(query).scalars()) == [1, 2]
