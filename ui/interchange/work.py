"""The work of bringing in and saving, off the GUI thread: plain values in, plain values out."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from journey.edit import Fragment, fragment_of
from journey.model.ids import JourneyId, Kind, Ref
from journey.model.workspace import Workspace, ordered_journeys
from ui.jobs import Cancelled, Progress

if TYPE_CHECKING:
    from storage.document import Document
    from storage.openformats.convert_losses import Loss

JSON: Final = ".json"
# Every workspace has these; they are nobody's loss.
_OWN: Final = frozenset({Kind.WORKSPACE, Kind.ASSUMPTIONS})


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file of another program, read.

    Attributes:
        losses: what reading left out or changed. left: what adding it to a workspace leaves too.
    """

    path: Path
    workspace: Workspace
    fragment: Fragment
    losses: tuple["Loss", ...]
    left: tuple["Loss", ...]


@dataclass(frozen=True, slots=True)
class Read:
    """Reads a Waymark JSON, OpenJourney or Mermaid file."""

    path: Path

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.openformats.convert import opened

        with opened(self.path) as found:
            ws, losses = found.workspace, found.losses
            journeys = tuple(Ref(Kind.JOURNEY, j.id) for j in ordered_journeys(ws))
            fragment = fragment_of(ws, journeys)
            purchases = 0
            if found.evidence is not None:
                purchases = sum(1 for _ in found.evidence.iter_purchases())
        return Arrived(self.path, ws, fragment, losses, _left(ws, fragment, purchases))


def _left(ws: Workspace, fragment: Fragment, purchases: int) -> tuple["Loss", ...]:
    """Count what a copy of the journeys does not take along."""
    from storage.openformats.convert_losses import as_losses

    taken = Counter(e.kind for e in (*fragment.entities, *fragment.context))
    counts: Counter[str] = Counter()
    for kind in Kind:
        if kind not in _OWN:
            counts[kind.value] = len(ws.table(kind)) - taken[kind]
    counts["response"] = sum(survey.records for survey in ws.surveys.values())
    counts["purchase"] = purchases
    return as_losses(counts)


@dataclass(frozen=True, slots=True)
class Make:
    """Makes a workspace file of what arrived; never overwrites."""

    arrived: Arrived
    target: Path

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.document import Document
        from storage.openformats.workspace_file import load_into

        if self.arrived.path.suffix.lower() == JSON:
            load_into(self.arrived.path, self.target)
        else:
            Document.create(self.target, self.arrived.workspace).close()
        return self.target


@dataclass(frozen=True, slots=True)
class Saved:
    """A journey in another format, not yet written: None is written straight from the file."""

    content: bytes | None
    losses: tuple["Loss", ...]


@dataclass(frozen=True, slots=True)
class Prepare:
    """Makes a journey's file in memory and counts what it cannot hold."""

    document: "Document"
    workspace: Workspace
    journey: JourneyId
    ending: str

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.openformats.convert_losses import as_losses
        from storage.openformats.graphml import write_graphml
        from storage.openformats.mermaid_writing import write_mermaid
        from storage.openformats.ojf_writing import write_ojf
        from storage.openformats.workspace_file import StoredEvidence

        if self.ending == JSON:
            return Saved(None, ())
        writers = {".ojf": write_ojf, ".mmd": write_mermaid, ".graphml": write_graphml}
        content, losses = writers[self.ending](self.workspace, self.journey)
        counts = Counter({loss.kind: loss.count for loss in losses})
        evidence = StoredEvidence(self.document.engine)
        counts["purchase"] += sum(1 for _ in evidence.iter_purchases())
        counts["event_log"] += sum(1 for _ in evidence.iter_event_logs())
        return Saved(content, as_losses(counts))


@dataclass(frozen=True, slots=True)
class Write:
    """Puts a file in its place, whole or not at all."""

    document: "Document"
    workspace: Workspace
    saved: Saved
    target: Path

    def __call__(self, _progress: Progress, _cancelled: Cancelled) -> object:
        from storage.exports.target import replacing
        from storage.openformats.workspace_file import dump_workspace

        if self.saved.content is None:
            return dump_workspace(self.workspace, self.document.engine, self.target)
        with replacing(self.target) as target:
            target.file.write(self.saved.content)
        return target.path
