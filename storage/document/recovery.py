"""What a window or a command that was killed left behind, and what is done about it."""

from dataclasses import dataclass
from pathlib import Path

from storage.database.engine import working_engine
from storage.database.repository import Repository, RowError
from storage.document import backups
from storage.document.backups import back_up
from storage.document.faults import writing
from storage.document.inspection import Inspection
from storage.document.places import state_path
from storage.document.upgrading import is_earlier, upgrade_copy
from storage.document.working_copy import COMMAND, Contents, WorkingCopy
from storage.errors import WorkspaceLockedError


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was done at opening and that people should be told.

    Attributes:
        reason: "command_copy_discarded", "damaged_copy_set_aside", "earlier_copy_set_aside" or
            "backup_failed"; "upgraded", with the backup of the file as it was.
        path: where it is now, if anywhere. detail: more facts, or "".
    """

    reason: str
    path: Path | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Leftover:
    """The outcome of looking for a working copy: one to go on with, or None, and a note."""

    copy: WorkingCopy | None = None
    note: Note | None = None


def look_for_leftover(path: Path, file: Inspection) -> Leftover:
    """Return what a killed process left of a document, whose file is as inspected.

    Edits that never reached the file are kept, decided by the count of changes and the content,
    never by a clock. What a killed command left is discarded.

    Raises:
        WorkspaceLockedError: the process still runs.
    """
    copy = WorkingCopy.leftover(path)
    if copy is None:
        return Leftover()
    refuse_if_used(path, copy)
    if copy.origin.purpose == COMMAND:
        copy.discard()
        return Leftover(note=Note("command_copy_discarded"))
    contents = copy.contents()
    if contents is not None and is_earlier(copy.database):
        upgrade_copy(copy.database, path)
    if contents is None or not _can_be_loaded(copy):
        return Leftover(note=Note("damaged_copy_set_aside", copy.set_aside()))
    if _is_published(copy, contents, file):
        copy.discard()
        return Leftover()
    return Leftover(copy)


def refuse_if_used(path: Path, copy: WorkingCopy) -> None:
    """Refuse to touch a working copy whose process runs.

    Raises:
        WorkspaceLockedError: it does (facts: user, host, pid).
    """
    holder = copy.holder
    if holder is not None:
        raise WorkspaceLockedError(
            path, "locked", user=holder.user, host=holder.host, pid=holder.pid
        )


def _can_be_loaded(copy: WorkingCopy) -> bool:
    engine = working_engine(copy.database)
    try:
        Repository(engine).load()
    except RowError:
        return False
    finally:
        engine.dispose()
    return True


def _is_published(copy: WorkingCopy, contents: Contents, file: Inspection) -> bool:
    """Whether every edit of the copy is in a file already."""
    if contents.content_sha256 == file.content_sha256:
        return True
    published = copy.origin.published_sequence
    never_published = copy.origin.is_known and published < 0
    return never_published or contents.change_sequence <= published


def make_room(real: Path) -> tuple[Note, ...]:
    """Move what a document once left at this place out of the way of a new one."""
    left = WorkingCopy.leftover(real)
    if left is None:
        return ()
    refuse_if_used(real, left)
    if left.origin.purpose == COMMAND or (
        left.origin.is_known and left.origin.published_sequence < 0
    ):
        left.discard()
        return ()
    return (Note("earlier_copy_set_aside", left.set_aside()),)


def upgraded(private: Path, real: Path, path: Path) -> tuple[Note, ...]:
    """Upgrade the private copy of an earlier version's file, after a backup; return notes.

    Args:
        private: the copy; real: the document, links resolved; path: as it was named.

    Raises:
        WorkspaceDamagedError, TargetFullError, TargetError: it cannot be upgraded.
    """
    backup = back_up(private, real, backups.UPGRADE)
    with writing(state_path()):
        upgrade_copy(private, path)
    if backup.path is None:
        return (Note("backup_failed", None, backup.detail),)
    return (Note("upgraded", backup.path),)
