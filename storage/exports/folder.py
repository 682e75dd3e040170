"""A folder of files replaced whole: old whole or new whole, whatever stops the writing."""

import ctypes
import os
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import TargetError, TargetReadOnlyError
from storage.exports.target import put, require_writable, sync_folder, target_errors

_STAGED = ".waymark-staged-"
# What a killed export left behind is removed once nobody can still be writing it.
_FORGOTTEN_SECONDS = 24 * 3600.0
# More files than a folder of packs holds; such a folder has another purpose.
_MOST_FILES = 20_000


class Staged:
    """Files on their way: write into `folder`; `paths` then tells where each came to stand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths: dict[str, Path] = {}
        self.abandoned = False

    def abandon(self) -> None:
        """Leave the target as it was."""
        self.abandoned = True


@contextmanager
def replacing_files(folder: Path) -> Iterator[Staged]:
    """Write files that come to stand in `folder` all at once, or not at all.

    The folder is made where there is none. Files of other names in it stay. Where the system can
    exchange two folders in one step, and the folder holds nothing but plain files, whoever looks
    sees all old files or all new ones at any time. Else (folders within, the working folder, a
    system that cannot) each file is replaced whole, one after the other, once all are written.

    Raises:
        TargetFullError, TargetReadOnlyError, TargetError: the folder is as it was.
    """
    with target_errors(folder):
        folder = folder.resolve()
        _require_folder(folder)
        staging = _stage(folder)
        staged = Staged(staging)
        try:
            yield staged
            if not staged.abandoned:
                _sync_files(staging)
                _put_all(staging, folder, staged)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def _require_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise TargetError(folder, "not_a_folder")
    if folder.is_dir() and not folder.stat().st_mode & stat.S_IWUSR:
        raise TargetReadOnlyError(folder, "read_only")
    folder.parent.mkdir(parents=True, exist_ok=True)


def _stage(folder: Path) -> Path:
    """Make an empty folder beside the target, or in it where only that may be written."""
    name = f"{_STAGED}{os.getpid()}-{secrets.token_hex(8)}"
    beside = folder.parent / name
    try:
        beside.mkdir()
    except PermissionError:
        if not folder.is_dir():
            raise
        beside = folder / name
        beside.mkdir()
    _forget(beside)
    return beside


def _forget(mine: Path) -> None:
    """Remove what killed exports left beside this one a day ago or earlier.

    A clock set forward makes a folder old at once: one of a process that runs is never removed.
    """
    from storage.document.process import runs  # late: its package brings the database along

    before = time.time() - _FORGOTTEN_SECONDS
    for path in mine.parent.glob(f"{_STAGED}*"):
        maker = path.name.removeprefix(_STAGED).partition("-")[0]
        if maker.isdecimal() and runs(int(maker)):
            continue
        if path.is_dir() and path.stat().st_mtime < before:
            shutil.rmtree(path, ignore_errors=True)


def _sync_files(folder: Path) -> None:
    """Make sure that what is about to stand there is on the disk."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    sync_folder(folder)


def _put_all(staging: Path, folder: Path, staged: Staged) -> None:
    names = sorted(path.name for path in staging.iterdir())
    if not folder.exists():
        staging.rename(folder)
    elif not (_may_be_exchanged(folder, names) and _exchanged(staging, folder)):
        for name in names:
            require_writable(folder / name)
        for name in names:
            staged.paths[name] = put(staging / name, folder / name)
        sync_folder(folder)
        return
    sync_folder(folder.parent)
    staged.paths |= {name: folder / name for name in names}


def _may_be_exchanged(folder: Path, names: list[str]) -> bool:
    """Whether a folder holds plain files only, and is no place someone stands in."""
    if os.path.ismount(folder) or folder in (Path.cwd().resolve(), Path.home().resolve()):
        return False
    with os.scandir(folder) as entries:
        held = [entry for _, entry in zip(range(_MOST_FILES), entries, strict=False)]
    if len(held) == _MOST_FILES or not all(e.is_file(follow_symlinks=False) for e in held):
        return False
    # A write-protected file is its owner's no.
    return all(e.stat().st_mode & stat.S_IWUSR for e in held if e.name in set(names))


def _exchanged(staging: Path, folder: Path) -> bool:
    """Give the new folder the old one's other files and rights, and put it in its place."""
    exchange = _exchange()
    if exchange is None:
        return False
    made = {path.name: path for path in staging.iterdir()}
    try:
        for path in folder.iterdir():
            if path.name not in made:
                os.link(path, staging / path.name)
            else:
                made[path.name].chmod(stat.S_IMODE(path.stat().st_mode))
        staging.chmod(stat.S_IMODE(folder.stat().st_mode))
        sync_folder(staging)
    except OSError:
        return _without(staging, made)
    return exchange(staging, folder) or _without(staging, made)


def _without(staging: Path, made: dict[str, Path]) -> bool:
    """Take the links out again, so that what is staged is only what was written."""
    for path in staging.iterdir():
        if path.name not in made:
            path.unlink()
    return False


_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # Linux renameat2
_RENAME_SWAP = 2  # macOS renamex_np


def _exchange() -> Callable[[Path, Path], bool] | None:
    """Return what exchanges two folders in one step; None where the system cannot."""
    if sys.platform not in ("linux", "darwin"):
        return None
    library = ctypes.CDLL(None, use_errno=True)
    linux = sys.platform == "linux"
    rename = getattr(library, "renameat2" if linux else "renamex_np", None)
    if rename is None:
        return None

    def exchanged(one: Path, two: Path) -> bool:
        first, second = os.fsencode(one), os.fsencode(two)
        if linux:
            return bool(rename(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE) == 0)
        return bool(rename(first, second, _RENAME_SWAP) == 0)

    return exchanged
