"""Publishing: the working copy becomes the user's file, whole or not at all.

VACUUM INTO a private file, which is sealed with its content hash and checked as any file is at
opening; a copy beside the target, forced to the disk; a look whether the target is still the file
last seen; one replace; the folder forced to the disk.
"""

import contextlib
import os
import sqlite3
import stat
import time
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine

from storage.database.crash_points import reached
from storage.database.engine import connect
from storage.document.content import content_sha256, purge_inactive
from storage.document.faults import writing
from storage.document.files import (
    copy_durably,
    cut_to_bytes,
    name_beside,
    put_if_free,
    put_in_place,
    sha256_if_there,
    sync_folder,
)
from storage.document.inspection import Inspection, inspect
from storage.document.working_copy import WorkingCopy
from storage.errors import TargetError, TargetExistsError, TargetReadOnlyError


@dataclass(frozen=True, slots=True)
class Published:
    """A publish that went well.

    Attributes:
        path: the document.
        content_sha256: of what was published.
        seconds: how long it took.
        conflict_copy: where it went because somebody else had changed the document; else None.
    """

    path: Path
    content_sha256: str
    seconds: float
    conflict_copy: Path | None = None


def temporary_beside(path: Path) -> Path:
    """Return the one file a publish may leave beside a document when it is killed."""
    return name_beside(path, ".~publish.", "#")


def seal(engine: Engine, outgoing: Path) -> Inspection:
    """Make `outgoing`, a checked private file of all that the engine's database holds and shows.

    Raises:
        TargetFullError, WorkspaceDamagedError, …: it cannot be made; nothing else is touched.
    """
    with writing(outgoing):
        outgoing.unlink(missing_ok=True)
        held = engine.raw_connection()
        try:
            source = held.driver_connection
            assert isinstance(source, sqlite3.Connection)
            source.execute("VACUUM INTO ?", (str(outgoing),))
            content = content_sha256(source)
        finally:
            held.close()
        reached("publish.vacuumed")
        _stamp(outgoing, content)
        reached("publish.sealed")
    return inspect(outgoing)


def seal_file(private: Path, outgoing: Path) -> Inspection:
    """Make `outgoing` of a private file that is only read, upgraded or not; see `seal`."""
    with writing(outgoing):
        copy_durably(private, outgoing)
        connection = connect(outgoing)
        try:
            content = content_sha256(connection)
        finally:
            connection.close()
        _stamp(outgoing, content)
    return inspect(outgoing)


def _stamp(outgoing: Path, content: str) -> None:
    """Write the content hash into a fresh private file and leave out what no longer counts."""
    connection = connect(outgoing, mode="rw")
    try:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN IMMEDIATE")
        purged = purge_inactive(connection)
        connection.execute("UPDATE document SET content_sha256 = ?", (content,))
        connection.execute("COMMIT")
        if purged:
            connection.execute("VACUUM")
    finally:
        connection.close()


def publish(engine: Engine, copy: WorkingCopy, path: Path, *, new: bool = False) -> Published:
    """Publish a working copy to its document.

    Args:
        engine: of the working copy, which nothing writes meanwhile.
        path: the document, links resolved.
        new: the document is being created and must not be there.

    Returns:
        What was published, and where to if the document had been changed by somebody else.

    Raises:
        TargetExistsError, TargetFullError, TargetReadOnlyError, TargetError: the document is as it
            was and the working copy holds every edit.
        WorkspaceDamagedError: the working copy cannot be read.
    """
    begun = time.perf_counter()
    beside = temporary_beside(path)
    try:
        sealed = seal(engine, copy.outgoing)
        with writing(path):
            mode = _mode(path)
            made = copy_durably(copy.outgoing, beside, mode=mode, point="publish")
            conflict = _place(copy, beside, path, made, new=new)
            reached("publish.replaced")
            sync_folder(path.parent)
            reached("publish.folder_synced")
    except TargetError as error:
        if error.reason != "held":
            beside.unlink(missing_ok=True)
        raise
    finally:
        copy.outgoing.unlink(missing_ok=True)
    _note(copy, sealed, made, conflict)
    reached("publish.noted")
    return Published(path, sealed.content_sha256, time.perf_counter() - begun, conflict)


def _mode(path: Path) -> int | None:
    """Return the permissions of the document to be replaced; None where there is none."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None
    # A replace would get round a file made read-only on purpose.
    if not os.access(path, os.W_OK):
        raise TargetReadOnlyError(path, "read_only")
    return mode


def _place(copy: WorkingCopy, beside: Path, path: Path, made: str, *, new: bool) -> Path | None:
    """Put the new file where it belongs; return the conflict copy if that is the place."""
    seen = copy.origin.seen_sha256
    found = sha256_if_there(path)
    if found is None and put_if_free(beside, path):
        return None
    if new:
        raise TargetExistsError(path, "exists")
    if found == made:
        beside.unlink()
        return None
    if found == seen and put_in_place(beside, path, lambda: sha256_if_there(path) == seen):
        return None
    return _place_conflict(copy, beside, path)


def _place_conflict(copy: WorkingCopy, beside: Path, path: Path) -> Path:
    """Put the new file beside the document under a name that says what it is."""
    origin = copy.origin
    if origin.conflict_copy is not None:
        mine = Path(origin.conflict_copy)
        if put_in_place(beside, mine, lambda: sha256_if_there(mine) == origin.conflict_sha256):
            return mine
    number = 1
    while True:
        count = "" if number == 1 else f" {number}"
        words = f" (conflict copy{count}){path.suffix}"
        place = path.with_name(f"{cut_to_bytes(path.stem, 255 - len(os.fsencode(words)))}{words}")
        if put_if_free(beside, place):
            return place
        number += 1


def _note(copy: WorkingCopy, sealed: Inspection, made: str, conflict: Path | None) -> None:
    """Remember what was published; where that fails, the next open finds it in the file itself."""
    origin = replace(copy.origin, published_sequence=sealed.change_sequence)
    if conflict is None:
        origin = replace(origin, seen_sha256=made)
    else:
        origin = replace(origin, conflict_copy=str(conflict), conflict_sha256=made)
    with contextlib.suppress(OSError):
        copy.note(origin)
