"""The lock beside a document: courtesy between people; publishing's hash compare is the guard."""

import os
from pathlib import Path

from storage.document.faults import is_read_only
from storage.document.files import name_beside
from storage.document.process import Holder, this_process
from storage.errors import WorkspaceLockedError


def lock_path(path: Path) -> Path:
    """Return where a document's lock stands."""
    return name_beside(path, ".~lock.", "#")


def holder_of(path: Path) -> Holder | None:
    """Return who holds a document's lock; None where nobody does.

    A lock of a process of this host that is gone, and one that is not ours to read, is nobody's.
    """
    try:
        with lock_path(path).open("rb") as file:
            text = file.read(4096).decode("utf-8", "replace")
    except OSError:
        return None
    holder = Holder.parse(text)
    return None if holder is None or holder.is_gone() else holder


class Lock:
    """A lock that this process holds."""

    def __init__(self, place: Path, text: str) -> None:
        self._place = place
        self._text = text

    @classmethod
    def take(cls, path: Path) -> "Lock | None":
        """Take the lock of a document; None where the place may not be written.

        Raises:
            WorkspaceLockedError: somebody holds it (facts: user, host, pid).
            OSError: it cannot be made for another reason, as on a full disk.
        """
        place = lock_path(path)
        text = this_process().text()
        for _ in range(2):
            try:
                _make(place, text)
            except FileExistsError:
                holder = holder_of(path)
                if holder is not None:
                    raise WorkspaceLockedError(
                        path, "locked", user=holder.user, host=holder.host, pid=holder.pid
                    ) from None
                place.unlink(missing_ok=True)
            except OSError as error:
                if is_read_only(error):
                    return None
                raise
            else:
                return cls(place, text)
        raise WorkspaceLockedError(path, "locked", user="", host="", pid=0)

    def release(self) -> None:
        """Remove the lock if it is still ours."""
        try:
            if self._place.read_text("utf-8", "replace") == self._text:
                self._place.unlink()
        except OSError:
            return  # taken away already, or the place is gone: nothing is held


def _make(place: Path, text: str) -> None:
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        left = text.encode("utf-8")
        while left:
            left = left[os.write(descriptor, left) :]
    except OSError:
        place.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)
