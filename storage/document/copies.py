"""Whole copies under another name: Save As, and a backup brought back as a file of its own."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.document import backups
from storage.document.backups import back_up
from storage.document.faults import writing
from storage.document.files import (
    copy_durably,
    file_sha256,
    put_if_free,
    put_in_place,
    sha256_if_there,
    sync_folder,
)
from storage.document.inspection import check_start, inspect
from storage.document.lock import Lock
from storage.document.places import state_path
from storage.document.publishing import temporary_beside
from storage.document.recovery import Note, make_room, refuse_if_used
from storage.document.working_copy import WorkingCopy
from storage.errors import (
    TargetError,
    TargetExistsError,
    TargetReadOnlyError,
    WorkspaceError,
)


def put_copy(source: Path, target: Path, *, replacing: bool = False) -> tuple[Note, ...]:
    """Let a checked file become a document of another name: a copy beside it, then one step.

    Args:
        source: a private file, which stays.
        replacing: a document that stands there may be replaced; a backup of it is kept first.

    Returns:
        What people should be told: edits once left unpublished there that were set aside, or a
        backup that could not be made.

    Raises:
        TargetExistsError: something stands there ("exists"), or was changed meanwhile ("changed").
        TargetFullError, TargetReadOnlyError, TargetError: it cannot be written.
        WorkspaceLockedError: somebody works on what stands there.
        Whatever it raises, what stood there is as it was.
    """
    real = Path(os.path.realpath(target))
    _require_free(real, target, replacing=replacing)
    with _locked(real, target):
        left = WorkingCopy.leftover(real)
        if left is not None:
            refuse_if_used(target, left)
        seen = sha256_if_there(real)
        notes = _kept(real) if seen is not None else ()
        beside = temporary_beside(real)
        try:
            with writing(target):
                made = copy_durably(source, beside, mode=_mode(real, target), point="copy")
                if made != file_sha256(source):
                    raise TargetError(target, "copy_differs")
                if not _placed(beside, real, seen, replacing=replacing):
                    raise TargetExistsError(target, "exists" if seen is None else "changed")
                sync_folder(real.parent)
        except TargetError as error:
            if error.reason != "held":
                beside.unlink(missing_ok=True)
            raise
        # Edits once left here belong to a document that no longer bears this name.
        with writing(state_path()):
            return notes + make_room(real)


def restore_backup(backup: Path, target: Path) -> tuple[Note, ...]:
    """Bring a backup back as a document of its own; it replaces nothing.

    Raises:
        WorkspaceError: the backup is missing or damaged.
        TargetExistsError, TargetFullError, TargetReadOnlyError, TargetError: as `put_copy`.
    """
    inspect(backup, thorough=True)
    return put_copy(backup, target)


def _require_free(real: Path, target: Path, *, replacing: bool) -> None:
    """Refuse what may not be replaced before anything is written beside it."""
    if not real.parent.is_dir():
        raise TargetError(target, "no_folder")
    if os.path.lexists(real) and not (replacing and real.is_file()):
        raise TargetExistsError(target, "exists")


@contextmanager
def _locked(real: Path, target: Path) -> Iterator[None]:
    with writing(target):
        lock = Lock.take(real)
    if lock is None:
        raise TargetReadOnlyError(target, "read_only")
    try:
        yield
    finally:
        lock.release()


def _mode(real: Path, target: Path) -> int | None:
    try:
        mode = stat.S_IMODE(real.stat().st_mode)
    except FileNotFoundError:
        return None
    # A replace would get round a file made read-only on purpose.
    if not os.access(real, os.W_OK):
        raise TargetReadOnlyError(target, "read_only")
    return mode


def _kept(real: Path) -> tuple[Note, ...]:
    """Keep a backup of a document that is about to be replaced."""
    try:
        check_start(real)
    except WorkspaceError:
        return ()  # another kind of file: there is nothing of ours in it
    made = back_up(real, real, backups.REPLACED)
    return (Note("backup_failed", None, made.detail),) if made.path is None else ()


def _placed(beside: Path, real: Path, seen: str | None, *, replacing: bool) -> bool:
    if seen is None or not replacing:
        return put_if_free(beside, real)
    return put_in_place(beside, real, lambda: sha256_if_there(real) == seen)
