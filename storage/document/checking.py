"""`check`: everything that can be known about a document without changing it."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storage.document.content import content_sha256
from storage.document.inspection import check_start, guarded, inspect
from storage.document.loading import contradictions
from storage.document.lock import holder_of
from storage.document.publishing import temporary_beside
from storage.document.reading import read_document
from storage.document.schema import HEADER_LENGTH, read_header
from storage.document.working_copy import WorkingCopy
from storage.errors import WorkspaceError, WorkspaceMissingError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be.

    Attributes:
        reason: a short stable word: the error's reason where the document is damaged;
            "leftover_working_copy", "leftover_temporary" or "contradiction" where it is whole.
        facts: what is known about it.
    """

    reason: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found.

    Attributes:
        ok: the document itself is whole.
        schema_version: as the file's header says; None where it is no workspace.
        content_sha256: recomputed; None where the rows cannot be read.
    """

    ok: bool
    schema_version: int | None
    content_sha256: str | None
    findings: tuple[Finding, ...] = ()


def check_document(path: Path) -> CheckReport:
    """Check a document with every answer in it; nothing is changed.

    Raises:
        WorkspaceMissingError: nothing is there to check.
    """
    try:
        inspection = inspect(path, thorough=True)
        findings = tuple(_contradictions(path))
    except WorkspaceMissingError:
        raise
    except WorkspaceError as error:
        damage = Finding(error.reason, {k: v for k, v in error.facts.items() if k != "path"})
        return CheckReport(
            False, _version(path), _content(path), (damage, *_leftovers(_real(path)))
        )
    return CheckReport(
        True,
        inspection.schema_version,
        inspection.content_sha256,
        findings + tuple(_leftovers(_real(path))),
    )


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _contradictions(path: Path) -> Iterator[Finding]:
    with read_document(path) as document:
        found = contradictions(document.workspace)
    for ref, name, reason in found:
        facts = {"kind": ref.kind.value, "id": ref.id, "field": name, "detail": reason}
        yield Finding("contradiction", facts)


def _leftovers(real: Path) -> Iterator[Finding]:
    """Yield what a killed process left, unless a living one still works there."""
    copy = WorkingCopy.leftover(real)
    if copy is not None and copy.holder is None:
        facts = {"purpose": copy.origin.purpose or "unknown", "folder": str(copy.folder)}
        yield Finding("leftover_working_copy", facts)
    temporary = temporary_beside(real)
    if temporary.exists() and holder_of(real) is None:
        yield Finding("leftover_temporary", {"file": temporary.name})


def _version(path: Path) -> int | None:
    try:
        with path.open("rb") as file:
            header = read_header(file.read(HEADER_LENGTH))
    except OSError:
        return None
    return header.schema_version if header.is_sqlite else None


def _content(path: Path) -> str | None:
    try:
        check_start(path)
        with guarded(path, path) as connection:
            return content_sha256(connection)
    except WorkspaceError:
        return None
