"""What can go wrong with files and documents, told apart from our own bugs.

StorageError(WaymarkError)
├── WorkspaceError               the workspace cannot be used
│   ├── WorkspaceMissingError
│   ├── WorkspaceDamagedError
│   ├── WorkspaceNewerError
│   ├── NotAWorkspaceError
│   └── WorkspaceLockedError
├── TargetError                  the target cannot be written
│   ├── TargetExistsError
│   ├── TargetFullError
│   └── TargetReadOnlyError
├── ImportProblem                an input that cannot be read
├── MappingError                 a mapping that does not fit the file or the workspace
├── SurveyKnownError             the same answers were imported before
└── DumpError                    a Waymark JSON that is not what it claims
"""

from collections.abc import Mapping
from pathlib import Path

from journey.errors import WaymarkError


class StorageError(WaymarkError):
    """The root of the errors of files and documents."""


class WorkspaceError(StorageError):
    """The workspace cannot be used; the file is as it was.

    Attributes:
        path: the workspace file.
    """

    def __init__(self, path: Path, reason: str, **facts: object) -> None:
        self.path = path
        super().__init__(reason, path=path, **facts)


class WorkspaceMissingError(WorkspaceError):
    """No file is there, or it is a directory."""


class WorkspaceDamagedError(WorkspaceError):
    """The content does not match its hash, or the database is malformed."""


class WorkspaceNewerError(WorkspaceError):
    """A newer Waymark wrote it (facts: found, known)."""


class NotAWorkspaceError(WorkspaceError):
    """Another kind of file, or one with a schema that is not ours."""


class WorkspaceLockedError(WorkspaceError):
    """Another process holds it (facts: user, host, pid)."""


class TargetError(StorageError):
    """The target cannot be written; what stood there is as it was.

    Attributes:
        path: the file or folder that was to be written.
    """

    def __init__(self, path: Path, reason: str, **facts: object) -> None:
        self.path = path
        super().__init__(reason, path=path, **facts)


class TargetExistsError(TargetError):
    """Something stands there and this command never overwrites."""


class TargetFullError(TargetError):
    """The disk or the quota is full."""


class TargetReadOnlyError(TargetError):
    """The folder or the file may not be written."""


class ImportProblem(StorageError):  # noqa: N818 - the name is the design's
    """An input that cannot be read.

    Attributes:
        file: the input.
        place: where in it, for people ("line 12", "column Class"), or "".
        reason: missing, blank, directory, binary, encoding, unsupported, too_large, not_a_table, …
        detail: more facts for people, or "".
    """

    def __init__(self, file: Path, place: str, reason: str, detail: str = "") -> None:
        self.file = file
        self.place = place
        self.detail = detail
        super().__init__(reason, file=file, place=place, detail=detail)


class MappingError(StorageError):
    """A mapping that does not fit: unknown columns, touchpoints, keys, or a choice left open.

    Attributes:
        names: every name concerned.
        nearest: for each name, the nearest existing names.
    """

    def __init__(
        self,
        reason: str,
        names: tuple[str, ...] = (),
        nearest: Mapping[str, tuple[str, ...]] | None = None,
        detail: str = "",
    ) -> None:
        self.names = names
        self.nearest: Mapping[str, tuple[str, ...]] = nearest or {}
        self.detail = detail
        super().__init__(reason, names=names, nearest=self.nearest, detail=detail)


class SurveyKnownError(StorageError):
    """The same answers were imported before (facts: survey, imported_at)."""


class DumpError(StorageError):
    """A Waymark JSON that is not what it claims (facts: place, detail)."""
