"""The private folders, never the document's own: working copies, read-only copies, backups."""

import hashlib
import os
import shutil
import socket
from pathlib import Path

import platformdirs

from storage.document.process import runs

_APP = "waymark"


def state_path() -> Path:
    """Return where the private folder is, there or not.

    The environment variable WAYMARK_STATE_DIR names another place.
    """
    named = os.environ.get("WAYMARK_STATE_DIR")
    return Path(named) if named else platformdirs.user_state_path(_APP, appauthor=False)


def state_folder() -> Path:
    """Return the private folder, made readable by its owner only."""
    return _private(state_path())


def _private(place: Path) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.mkdir(mode=0o700, exist_ok=True)
    return place


def key_of(path: Path) -> str:
    """Return what stands for a document's place in the names of private folders.

    The host is part of it: a home on a network drive serves several.
    """
    place = os.path.normcase(path)
    return hashlib.sha256(
        f"{socket.gethostname()}\n{place}".encode("utf-8", "replace")
    ).hexdigest()[:24]


def working_place(path: Path) -> Path:
    """Return the folder of a document's working copy, there or not; its parent is there."""
    return _private(state_folder() / "working") / key_of(path)


def backup_place(path: Path) -> Path:
    """Return the folder of a document's backups, there or not; its parent is there."""
    return _private(state_folder() / "backups") / key_of(path)


def reading_place() -> Path:
    """Return a folder of this process for copies that are only read; those of dead ones go."""
    folder = _private(state_folder() / "reading")
    for other in folder.iterdir():
        if not (other.name.isdecimal() and runs(int(other.name))):
            drop(other)
    return _private(folder / str(os.getpid()))


def drop(folder: Path) -> None:
    """Remove a private folder with all that is in it, as far as that goes."""
    shutil.rmtree(folder, ignore_errors=True)
