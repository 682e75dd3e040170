"""What was deleted is on the disk nowhere but in the backups, and goes with them.

A backup is the file as it was: it holds what was deleted later, until it is thinned out or removed
by hand (docs/reliability.md says for how long).
"""

from pathlib import Path

from journey.edit import Remove
from journey.model.ids import Kind, Ref
from storage.document import Document, backups_of
from tests.storage.document.sample import SURVEY

COMMENT = b"The coupon, again"


def _holding(*folders: Path) -> list[Path]:
    """Return every file anywhere in the folders whose bytes hold the comment."""
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if COMMENT in path.read_bytes())


def _remove_survey(document: Document) -> None:
    document.write(Remove(Ref(Kind.SURVEY, SURVEY)).do(document.workspace))


def test_deleted_answers_are_nowhere_but_in_the_backups(
    path: Path, folder: Path, state: Path
) -> None:
    with Document.open(path) as document:
        (kept,) = backups_of(path.resolve())
        assert len(_holding(folder, state)) > 2  # the file, its working copy, the backup
        _remove_survey(document)
    assert _holding(folder, state) == [kept]
    kept.unlink()
    assert _holding(folder, state) == []


def test_answers_deleted_in_a_session_that_ended_abruptly_are_gone_after_the_next(
    path: Path, folder: Path, state: Path
) -> None:
    document = Document.open(path)
    _remove_survey(document)
    document.close(publish=False)  # as a kill leaves it: the file and the working copy still there
    assert path in _holding(folder, state)
    with Document.open(path) as again:
        assert again.recovered
    found = _holding(folder, state)
    assert found
    assert set(found) <= set(backups_of(path.resolve()))


def test_a_copy_and_a_backup_made_after_the_deletion_hold_nothing_of_it(
    path: Path, folder: Path, state: Path
) -> None:
    with Document.open(path) as document:
        (before,) = backups_of(path.resolve())
        _remove_survey(document)
        document.save_copy(folder / "Second.waymark")
        assert document.back_up().path is not None
    assert _holding(folder, state) == [before]
