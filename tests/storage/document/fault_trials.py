"""A full disk and places that may not be written, in a process of their own.

    python -m tests.storage.document.fault_trials FOLDER full|read_only

Prints one line of JSON: what was tried, and every promise that was broken.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from journey.edit import Set
from journey.model.ids import Kind, Ref
from storage.document import Document, check_document, read_document
from storage.document.files import file_sha256
from storage.errors import TargetError, TargetFullError, TargetReadOnlyError
from tests.storage.document.sample import fill_answers, names, sample_workspace

NOTE = Ref(Kind.NOTE, "note-1")
LIMITS = [
    0,
    1,
    100,
    *(4096 * n for n in (1, 2, 4, 8, 12, 20, 28, 36, 44, 50, 51, 52, 53, 54, 60, 80)),
]


class Trials:
    """Counts what was tried and keeps what was broken."""

    def __init__(self) -> None:
        self.tried = 0
        self.refused = 0
        self.broken: list[str] = []

    def promise(self, kept: bool, words: str) -> None:
        """Remember a promise that was broken."""
        self.tried += 1
        if not kept:
            self.broken.append(words)

    def refuses(self, error: type[TargetError], action: Callable[[], object], words: str) -> None:
        """Remember an action that was not refused as it should be."""
        try:
            action()
        except error:
            self.refused += 1
            self.promise(True, words)
        except TargetError as other:
            self.promise(False, f"{words}: {other!r}")
        else:
            self.promise(False, f"{words}: not refused")


def _write(document: Document, text: str) -> None:
    command = Set(NOTE, text=text)
    try:
        document.write(command.do(document.workspace))
    except TargetError:
        command.undo(document.workspace)
        raise


def _text(path: Path) -> str:
    with read_document(path) as found:
        entity = found.workspace.find(NOTE)
        return str(getattr(entity, "text", None))


def _full_at(trials: Trials, path: Path, limit: int) -> None:
    """Let every file end at `limit` bytes and see what an edit and a publish do."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    document = Document.open(path)
    before, stored = file_sha256(path), _text(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    published = False
    try:
        for number in range(30):
            text = f"{limit} {number} " + "x" * 200 * number
            _write(document, text)
            stored = text
        document.publish()
        published = True
    except TargetFullError:
        trials.refused += 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    if not published:
        trials.promise(file_sha256(path) == before, f"{limit}: the file changed")
    trials.promise(names(path.parent) == [f".~lock.{path.name}#", path.name], f"{limit}: litter")
    document.publish()
    trials.promise(_text(path) == stored, f"{limit}: an edit was lost")
    document.close()
    trials.promise(check_document(path).findings == (), f"{limit}: findings")
    _opened_and_created(trials, path, limit)


def _opened_and_created(trials: Trials, path: Path, limit: int) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    state = Path(os.environ["WAYMARK_STATE_DIR"])
    before = names(path.parent), names(state / "working"), file_sha256(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        for action in (lambda: Document.open(path), lambda: _create(path.with_name("new"))):
            try:
                action().close()
            except TargetFullError:
                trials.refused += 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    path.with_name("new").unlink(missing_ok=True)
    after = names(path.parent), names(state / "working"), file_sha256(path)
    trials.promise(after == before, f"{limit}: opening or creating left {after}")


def _create(path: Path) -> Document:
    return Document.create(path, sample_workspace(), fill=fill_answers)


def full(trials: Trials, path: Path) -> None:
    """Try every limit."""
    for limit in LIMITS:
        _full_at(trials, path, limit)


def read_only(trials: Trials, path: Path) -> None:
    """Try places that may not be written, as an ordinary user."""
    if os.getuid() == 0:
        for place in (path.parent.parent, *path.parent.parent.rglob("*")):
            os.chown(place, 65534, 65534)
        os.setgid(65534)
        os.setuid(65534)
    folder = path.parent
    for folder_mode, file_mode in ((0o555, 0o444), (0o555, 0o644), (0o755, 0o444)):
        folder.chmod(folder_mode)
        path.chmod(file_mode)
        before = file_sha256(path), names(folder)
        with Document.open(path) as document:
            trials.promise(document.read_only, f"{folder_mode:o}: not read only")
            trials.refuses(TargetReadOnlyError, document.publish, "publish")
        trials.promise((file_sha256(path), names(folder)) == before, f"{folder_mode:o}: changed")
        trials.promise(check_document(path).ok, "check")
    folder.chmod(0o555)
    new = folder / "new"
    trials.refuses(TargetReadOnlyError, lambda: Document.create(new, sample_workspace()), "create")
    folder.chmod(0o755)
    path.chmod(0o644)
    for place, mode in ((folder, 0o555), (path, 0o444)):
        _became_read_only(trials, path, place, mode)


def _became_read_only(trials: Trials, path: Path, place: Path, mode: int) -> None:
    usual = place.stat().st_mode & 0o777
    with Document.open(path) as document:
        before = file_sha256(path)
        place.chmod(mode)
        _write(document, f"while {place.name} is read only")
        trials.refuses(TargetReadOnlyError, document.publish, f"publish to {place.name}")
        trials.promise(file_sha256(path) == before, "changed")
        trials.promise(document.has_unpublished, "nothing left to publish")
        place.chmod(usual)
    trials.promise(_text(path) == f"while {place.name} is read only", "lost")
    trials.promise(names(path.parent) == [path.name], "litter")


def main(folder: Path, what: str) -> None:
    """Run the trials and print what they showed."""
    os.environ["WAYMARK_STATE_DIR"] = str(folder / "state")
    path = folder / "documents" / "fault.waymark"
    path.parent.mkdir()
    _create(path).close()
    # All that is imported late is imported now: another user may not read the interpreter.
    check_document(path)
    with Document.open(path) as document:
        _write(document, "first")
    trials = Trials()
    {"full": full, "read_only": read_only}[what](trials, path)
    answer = {"tried": trials.tried, "refused": trials.refused, "broken": trials.broken}
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
