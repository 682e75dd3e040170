"""How safe the work is: what the document says and the status bar shows."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class SaveState(StrEnum):
    """Where the last edit is."""

    SAVED = "saved"
    UNSAVED = "unsaved"
    SAVING = "saving"
    READ_ONLY = "read_only"
    CONFLICT = "conflict"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SaveStatus:
    """The save state, the file, and what stands in the way if anything does."""

    state: SaveState
    path: Path
    error: Exception | None = None
    conflict_copy: Path | None = None
