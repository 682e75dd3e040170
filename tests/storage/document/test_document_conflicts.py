"""The file changes, goes or comes under the app: nothing of anybody's is overwritten."""

import shutil
from pathlib import Path

import pytest

from journey.edit import Set
from journey.model.ids import Kind, Ref
from storage.document import Document, backups_of, check_document, publishing, read_document
from storage.document.files import file_sha256
from storage.document.places import working_place
from storage.document.working_copy import WorkingCopy
from storage.errors import WorkspaceDamagedError, WorkspaceMissingError
from tests.storage.document.sample import names, sample_workspace

INFO = Ref(Kind.WORKSPACE, "workspace")


def _rename(document: Document, name: str) -> None:
    document.write(Set(INFO, name=name).do(document.workspace))


def _name(path: Path) -> str:
    with read_document(path) as found:
        return found.workspace.info.name


def _colleague(path: Path, tmp_path: Path, name: str) -> str:
    """Replace the document as a sync client brings a colleague's version; return its hash."""
    theirs = tmp_path / "theirs.waymark"
    workspace = sample_workspace()
    Set(INFO, name=name).do(workspace)
    Document.create(theirs, workspace).close()
    theirs.replace(path)
    return file_sha256(path)


def test_a_colleagues_version_stays_and_ours_goes_beside(path: Path, tmp_path: Path) -> None:
    with Document.open(path) as document:
        _rename(document, "Ours")
        theirs = _colleague(path, tmp_path, "Theirs")
        published = document.publish()
        copy = published.conflict_copy
        assert copy == path.resolve().with_name("First order (conflict copy).waymark")
        assert document.conflict_copy == copy
        assert not document.has_unpublished
        _rename(document, "Ours, later")
    assert file_sha256(path) == theirs
    assert _name(path) == "Theirs"
    assert _name(copy) == "Ours, later"
    assert names(path.parent) == [copy.name, path.name]
    with Document.open(path) as again:
        assert again.workspace.info.name == "Theirs"
        assert not again.recovered


def test_what_comes_between_the_look_and_the_replace_is_not_replaced(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = publishing.sha256_if_there
    theirs = shutil.copyfile(path, tmp_path / "theirs")
    _colleague(theirs, tmp_path, "Theirs")
    expected = file_sha256(theirs)

    def then_a_colleague(place: Path) -> str | None:
        seen = look(place)
        if theirs.exists():
            theirs.replace(path)
        return seen

    with Document.open(path) as document:
        _rename(document, "Ours")
        monkeypatch.setattr(publishing, "sha256_if_there", then_a_colleague)
        copy = document.publish().conflict_copy
        monkeypatch.undo()
    assert copy is not None
    assert file_sha256(path) == expected
    assert (_name(path), _name(copy)) == ("Theirs", "Ours")
    assert names(path.parent) == [copy.name, path.name]


def test_a_conflict_copy_is_not_overwritten_either(path: Path, tmp_path: Path) -> None:
    with Document.open(path) as document:
        _rename(document, "Ours")
        theirs = _colleague(path, tmp_path, "Theirs")
        first = document.publish().conflict_copy
        assert first is not None
        first.write_bytes(b"somebody wrote here")
        _rename(document, "Ours, later")
        second = document.publish().conflict_copy
    assert second is not None
    assert second != first
    assert first.read_bytes() == b"somebody wrote here"
    assert _name(second) == "Ours, later"
    assert file_sha256(path) == theirs


def test_a_file_that_is_gone_is_written_again(path: Path) -> None:
    with Document.open(path) as document:
        _rename(document, "Still here")
        path.unlink()
        assert document.publish().conflict_copy is None
    assert _name(path) == "Still here"


def test_a_file_that_was_moved_is_left_alone(path: Path) -> None:
    moved = path.with_name("moved.waymark")
    with Document.open(path) as document:
        path.rename(moved)
        before = file_sha256(moved)
        _rename(document, "At the old place")
    assert file_sha256(moved) == before
    assert _name(path) == "At the old place"


def _abandoned(path: Path, name: str) -> None:
    """Leave a window's working copy with an edit, as a kill does."""
    document = Document.open(path)
    _rename(document, name)
    document.close(publish=False)


def test_recovered_edits_go_beside_what_somebody_else_published(path: Path, tmp_path: Path) -> None:
    _abandoned(path, "Recovered")
    theirs = _colleague(path, tmp_path, "Theirs")
    with Document.open(path) as document:
        assert document.recovered
        assert document.workspace.info.name == "Recovered"
    assert file_sha256(path) == theirs
    assert _name(path.with_name("First order (conflict copy).waymark")) == "Recovered"


def test_the_good_file_is_backed_up_before_recovered_edits_replace_it(path: Path) -> None:
    before = file_sha256(path)
    _abandoned(path, "Recovered")
    Document.open(path).close()
    assert _name(path) == "Recovered"
    recovery = [b for b in backups_of(path.resolve()) if "-recovery-" in b.name]
    assert [file_sha256(backup) for backup in recovery] == [before]


def test_a_damaged_leftover_is_set_aside_and_told(path: Path) -> None:
    _abandoned(path, "Recovered")
    place = working_place(path.resolve())
    database = place / "workspace.db"
    database.write_bytes(database.read_bytes()[:5000])
    for side in place.glob("*.db-*"):
        side.unlink()
    with Document.open(path) as document:
        assert not document.recovered
        (note,) = document.notes
        assert note.reason == "damaged_copy_set_aside"
        assert note.path is not None
        assert (note.path / "workspace.db").exists()
    assert _name(path) == sample_workspace().info.name


def test_a_leftover_without_its_note_is_recovered_beside(path: Path) -> None:
    _abandoned(path, "Recovered")
    (working_place(path.resolve()) / "origin.json").write_bytes(b"\x00{[")
    before = file_sha256(path)
    with Document.open(path) as document:
        assert document.recovered
    assert file_sha256(path) == before
    assert _name(path.with_name("First order (conflict copy).waymark")) == "Recovered"


def test_check_tells_of_a_leftover(path: Path) -> None:
    _abandoned(path, "Recovered")
    report = check_document(path)
    assert report.ok
    assert [finding.reason for finding in report.findings] == ["leftover_working_copy"]
    with Document.open(path):
        assert check_document(path).findings == ()


def test_edits_wait_while_the_file_is_gone_or_damaged(path: Path) -> None:
    _abandoned(path, "Recovered")
    whole = path.read_bytes()
    path.unlink()
    with pytest.raises(WorkspaceMissingError):
        Document.open(path)
    path.write_bytes(whole[:20_000])
    with pytest.raises(WorkspaceDamagedError):
        Document.open(path)
    path.write_bytes(whole)
    with Document.open(path) as document:
        assert document.workspace.info.name == "Recovered"


def test_a_new_document_does_not_take_over_old_edits(path: Path) -> None:
    _abandoned(path, "Recovered")
    path.unlink()
    with Document.create(path, sample_workspace()) as document:
        assert document.workspace == sample_workspace()
        (note,) = document.notes
        assert note.reason == "earlier_copy_set_aside"
        assert note.path is not None
        aside = WorkingCopy(note.path, document._copy.origin)  # type: ignore[union-attr]
        assert aside.contents() is not None
