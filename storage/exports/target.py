"""Targets of exports: written beside their place, then replaced at once, never half."""

import errno
import os
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from storage.errors import TargetError, TargetFullError, TargetReadOnlyError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})

# On Windows a spreadsheet program keeps the file it shows, and a virus scanner every new file for
# a moment; so a refused replace is tried again for this long before a second name is taken.
_PATIENCE_SECONDS = 2.5
_PAUSE_SECONDS = 0.1


class Target:
    """One file being written: `file` takes the bytes, `path` is where they stand afterwards."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self.file = file


@contextmanager
def replacing(path: Path) -> Iterator[Target]:
    """Write a whole new file in place of `path`, which keeps what it held until the block ends.

    Where another program holds the target open, `target.path` afterwards is a second name beside
    it, as "Pack (2).xlsx".

    Raises:
        TargetFullError, TargetReadOnlyError, TargetError: the target is as it was.
    """
    with target_errors(path):
        require_writable(path)
    temporary = path.with_name(f".waymark-{secrets.token_hex(8)}{path.suffix}")
    try:
        with target_errors(path):
            with temporary.open("xb") as file:
                target = Target(path, file)
                yield target
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                temporary.chmod(stat.S_IMODE(path.stat().st_mode))
            target.path = put(temporary, path)
            sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def target_errors(path: Path) -> Iterator[None]:
    """Turn the system's refusal to write into the error of the trade."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise TargetFullError(path, "full") from error
        if error.errno in _READ_ONLY:
            raise TargetReadOnlyError(path, "read_only") from error
        detail = errno.errorcode.get(error.errno or 0, "")
        raise TargetError(path, "not_writable", detail=detail) from error


def require_writable(path: Path) -> None:
    """Refuse a target that cannot be a file, or that its owner protects."""
    if path.is_dir():
        raise TargetError(path, "is_a_folder")
    if not path.parent.is_dir():
        raise TargetError(path, "no_such_folder")
    # A replace would overwrite a write-protected file on most systems; its owner meant no.
    if path.exists() and not path.stat().st_mode & stat.S_IWUSR:
        raise TargetReadOnlyError(path, "read_only")


def put(temporary: Path, path: Path) -> Path:
    """Put a written file in place of `path`; return where it stands (see `replacing`)."""
    waited = 0.0
    while True:
        try:
            temporary.replace(path)
        except PermissionError:
            if os.name != "nt":
                raise
            if waited >= _PATIENCE_SECONDS:
                break
            time.sleep(_PAUSE_SECONDS)
            waited += _PAUSE_SECONDS
        else:
            return path
    second = second_name(path)
    temporary.replace(second)
    return second


def second_name(path: Path) -> Path:
    """Return the first free name beside a target: "Pack (2).xlsx", "Pack (3).xlsx", …"""
    number = 2
    while (free := path.with_name(f"{path.stem} ({number}){path.suffix}")).exists():
        number += 1
    return free


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
