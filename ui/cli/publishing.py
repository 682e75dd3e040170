"""Commands that write: open, change, publish, or leave the file as it was."""

import contextlib
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from storage.errors import TargetReadOnlyError, WorkspaceLockedError

if TYPE_CHECKING:
    from storage.document import Document


@contextmanager
def open_to_write(file: Path) -> Iterator["Document"]:
    """Give a document that may be written; what was not published is discarded at the end.

    Raises:
        WorkspaceError: it cannot be used, or somebody else works on it.
        TargetReadOnlyError: the file or its folder may not be written.
    """
    from storage.document import COMMAND, Document

    document = Document.open(file, purpose=COMMAND)
    try:
        if document.read_only:
            raise TargetReadOnlyError(file, "read_only")
        yield document
    finally:
        document.close(publish=False)


def publish(document: "Document") -> str:
    """Bring what was changed into the file, if anything was; return the content's hash.

    Raises:
        TargetError: the file is as it was.
        WorkspaceLockedError: somebody else changed the file meanwhile (facts: kept, the copy
            beside it that has the result).
    """
    if not document.has_unpublished:
        return document.content_sha256()
    # From here on a stop comes too late: the command ends in a moment, and says what it did.
    with contextlib.suppress(ValueError):  # only the main thread is asked to stop
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    published = document.publish()
    if published.conflict_copy is not None:
        raise WorkspaceLockedError(document.path, "changed", kept=published.conflict_copy)
    return published.content_sha256
