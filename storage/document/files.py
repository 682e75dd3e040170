"""Files as wholes: copied with their hash, made durable, put in place in one step."""

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from storage.database.crash_points import reached
from storage.errors import TargetError

_BLOCK = 1 << 20
# Windows: access denied, sharing violation, lock violation. An antivirus or a sync client holds a
# file for a moment after it was written.
_HELD_FOR_A_MOMENT = frozenset({5, 32, 33})
_PATIENCE = 2.5
# Of a file's name, in bytes, on every usual file system.
_LONGEST_NAME = 255


def name_beside(path: Path, start: str, end: str) -> Path:
    """Return the place of a file of ours beside a document, with a name that is not too long."""
    name = f"{start}{path.name}{end}"
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = f"{start}{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:24]}{end}"
    return path.with_name(name)


def cut_to_bytes(text: str, most: int) -> str:
    """Return the start of a name that takes no more bytes; what is no text in it is left out."""
    return os.fsencode(text)[:most].decode("utf-8", "ignore")


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_if_there(path: Path) -> str | None:
    """Return the SHA-256 of a file's bytes; None where there is no file."""
    try:
        return file_sha256(path)
    except FileNotFoundError:
        return None


def copy_durably(source: Path, target: Path, *, mode: int | None = 0o600, point: str = "") -> str:
    """Copy a file to a new one, force it to the disk and return the SHA-256 of its bytes.

    Args:
        mode: the new file's permissions; None for those of any new file.
        point: the stem of the crash points passed on the way.
    """
    digest = hashlib.sha256()
    target.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with (
        source.open("rb") as reader,
        os.fdopen(os.open(target, flags, mode or 0o666), "wb", buffering=0) as writer,
    ):
        if mode is not None and hasattr(os, "fchmod"):
            # A drive without permissions of its own refuses; the file is whole all the same.
            with contextlib.suppress(PermissionError):
                os.fchmod(writer.fileno(), mode)
        while block := reader.read(_BLOCK):
            digest.update(block)
            _write_all(writer.fileno(), block, point)
        reached(f"{point}.copied")
        os.fsync(writer.fileno())
    reached(f"{point}.synced")
    return digest.hexdigest()


def _write_all(descriptor: int, block: bytes, point: str) -> None:
    view = memoryview(block)
    half = len(view) // 2
    for part in (view[:half], view[half:]):
        written = 0
        while written < len(part):
            written += os.write(descriptor, part[written:])
        reached(f"{point}.half_copied")


def sync_file(path: Path) -> None:
    """Force a file to the disk."""
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to the disk, where the system knows how."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some network drives refuse to sync a folder; the file itself is synced.
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, text: str) -> None:
    """Replace a small private file whole."""
    made = path.with_name(path.name + ".new")
    with made.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    made.replace(path)


def put_in_place(
    source: Path,
    target: Path,
    unchanged: Callable[[], bool],
    *,
    replace: Callable[[Path, Path], object] = os.replace,
    patience: float = _PATIENCE,
) -> bool:
    """Let `source` become `target` in one step, waiting while somebody holds the target.

    Args:
        unchanged: whether the target is still the file that may be replaced; asked before each try.
        replace: what does the step; patience: seconds to wait at most.

    Returns:
        Whether it was replaced; False where it changed.

    Raises:
        TargetError: it is held for longer (facts: kept, the file that would have replaced it).
        OSError: it cannot be replaced.
    """
    pause, waited = 0.02, 0.0
    while True:
        try:
            if not unchanged():
                return False
            reached("publish.compared")
            replace(source, target)
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD_FOR_A_MOMENT:
                raise
            if waited >= patience:
                raise TargetError(target, "held", kept=source, detail=str(error)) from error
            time.sleep(pause)
            waited += pause
            pause = min(2 * pause, 0.32)
        else:
            return True


def put_if_free(source: Path, target: Path) -> bool:
    """Let `source` become `target` unless something stands there; return whether it did."""
    try:
        os.link(source, target)
    except FileExistsError:
        return False
    except (OSError, AttributeError):
        # A drive without hard links; between the look and the step somebody might be quicker.
        if os.path.lexists(target):
            return False
        source.rename(target)
    else:
        source.unlink()
    return True
