"""What the Quarter screen has done off the GUI thread: one worker reads, another ranks."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from journey.model.workspace import Workspace
from ui.findings import DRAWS, SEED
from ui.jobs import Cancelled, Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journey.quarter.freeze import FreezeQuarter
    from journey.report.around import Picture
    from storage.document import Document
    from storage.quarters import ToCompare, ToFreeze


@dataclass(frozen=True, slots=True)
class ReadTwo:
    """Reads two quarters (storage worker)."""

    document: "Document"
    workspace: Workspace
    first: str
    second: str

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.evidence.store import EvidenceStore
        from storage.quarters import read_to_compare

        store = EvidenceStore(self.document.engine)
        return read_to_compare(self.workspace, store, self.first, self.second)


@dataclass(frozen=True, slots=True)
class CompareTwo:
    """Compares what was read (computing pool)."""

    read: "ToCompare"

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        return self.read.comparison(draws=DRAWS, seed=SEED)


@dataclass(frozen=True, slots=True)
class ReadOne:
    """Reads a quarter that is to be frozen (storage worker)."""

    document: "Document"
    workspace: Workspace
    quarter: str

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.evidence.store import EvidenceStore
        from storage.quarters import read_to_freeze

        store = EvidenceStore(self.document.engine)
        sha256 = self.document.content_sha256()
        return read_to_freeze(self.workspace, store, self.quarter, sha256)


@dataclass(frozen=True, slots=True)
class MakeFreeze:
    """Ranks the quarter and makes the command that keeps it (computing pool)."""

    read: "ToFreeze"
    reason: str

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        return self.read.command(datetime.now(UTC), self.reason, draws=DRAWS, seed=SEED)


def maps_to_keep(command: "FreezeQuarter", read: "ToFreeze") -> "Iterator[Picture | None]":
    """Yield the maps that are kept with a quarter, None after each piece of work (GUI thread)."""
    from journey.quarter.record import data_of, ranking_of
    from ui.render.maps import map_steps

    quarter = command.quarter
    rows, ranking = data_of(quarter).metrics, ranking_of(quarter)
    return map_steps(read.workspace, rows, ranking, quarter=quarter.id, with_parts=True)
