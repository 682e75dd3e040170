"""The hash of a file's bytes as they lie there, taken while somebody else looks at them too."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Final

# Hashing needs the interpreter only between two pieces, and whoever reads meanwhile keeps it long.
_PIECE_BYTES: Final = 4 * 1024 * 1024


class FileHash:
    """Takes the SHA-256 of a file in a thread of its own; left early, it is given up."""

    def __init__(self, path: Path) -> None:
        """Begin."""
        self._path, self._given_up = path, Event()
        self._worker = ThreadPoolExecutor(1, "hashing")
        self._found = self._worker.submit(self._taken)

    def __enter__(self) -> "FileHash":
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the thread."""
        self._given_up.set()
        self._worker.shutdown(wait=True)

    def hexdigest(self, more: bytes = b"") -> str:
        """Return the hash of all bytes of the file and of some more, in hexadecimal.

        Raises:
            OSError: the file cannot be read.
        """
        found = self._found.result().copy()
        found.update(more)
        return found.hexdigest()

    def _taken(self) -> "hashlib._Hash":
        found = hashlib.sha256()
        piece = memoryview(bytearray(_PIECE_BYTES))
        with self._path.open("rb", buffering=0) as stream:
            while not self._given_up.is_set() and (size := stream.readinto(piece)):
                found.update(piece[:size])
        return found
