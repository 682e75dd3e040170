"""Converting between the open formats, by the endings of the names."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from journey.model.ids import JourneyId, SurveyId
from journey.model.workspace import Workspace, ordered_journeys
from storage.errors import DumpError
from storage.evidence.layout import Response
from storage.exports.target import replacing
from storage.openformats.convert_losses import Loss, as_losses
from storage.openformats.dump import Evidence, dump
from storage.openformats.graphml import write_graphml
from storage.openformats.load import Loaded, load
from storage.openformats.mermaid_reading import read_mermaid
from storage.openformats.mermaid_writing import write_mermaid
from storage.openformats.ojf_reading import read_ojf
from storage.openformats.ojf_writing import write_ojf
from storage.openformats.purchase import Purchase

JSON, WORKSPACE = ".json", ".waymark"
_READERS = {".ojf": read_ojf, ".mmd": read_mermaid, ".mermaid": read_mermaid}
_WRITERS = {
    ".ojf": write_ojf,
    ".mmd": write_mermaid,
    ".mermaid": write_mermaid,
    ".graphml": write_graphml,
}
READABLE = (WORKSPACE, JSON, *_READERS)
WRITABLE = (JSON, *_WRITERS)


@dataclass(frozen=True, slots=True)
class Opened:
    """What is to be converted, while `opened` lasts.

    Attributes:
        evidence: its answers, purchases and event logs; None where the format has none.
        losses: what was left out or changed in reading.
    """

    workspace: Workspace
    evidence: Evidence | None
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """Where a conversion stands and what it could not hold."""

    path: Path
    losses: tuple[Loss, ...]


def format_of(path: Path) -> str:
    """Return a name's ending, by which the format is known."""
    return path.suffix.lower()


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Yield what a file of one of the READABLE formats holds.

    Raises:
        ImportProblem, DumpError: it cannot be read, or is not what it claims.
        WorkspaceError: the workspace file cannot be used.
    """
    ending = format_of(path)
    if ending == WORKSPACE:
        from storage.document import read_document
        from storage.openformats.workspace_file import StoredEvidence

        with read_document(path) as document:
            yield Opened(document.workspace, StoredEvidence(document.engine), ())
    elif ending == JSON:
        loaded = _loaded(path)
        notes = as_losses(Counter(note.reason for note in loaded.notes))
        yield Opened(loaded.workspace, _LoadedEvidence(loaded), notes)
    else:
        workspace, losses = _READERS[ending](path)
        yield Opened(workspace, None, losses)


def write(source: Opened, target: Path, journey: JourneyId | None = None) -> Written:
    """Write to a target of one of the WRITABLE formats, replacing it whole.

    Args:
        journey: which one; by default the first. A Waymark JSON always holds all.

    Raises:
        TargetError: the target is as it was.
        LookupError: there is no journey to write.
    """
    ending = format_of(target)
    if ending == JSON:
        return Written(dump(source.workspace, source.evidence, target), source.losses)
    if journey is None:
        journey = ordered_journeys(source.workspace)[0].id
    content, losses = _WRITERS[ending](source.workspace, journey)
    with replacing(target) as replaced:
        replaced.file.write(content)
    return Written(replaced.path, _together(source.losses, losses, _evidence(source.evidence)))


def _loaded(path: Path) -> Loaded:
    try:
        return load(path)
    except DumpError as error:
        raise DumpError(error.reason, file=path, **error.facts) from error


def _together(*several: Iterable[Loss]) -> tuple[Loss, ...]:
    counts: Counter[str] = Counter()
    for losses in several:
        for loss in losses:
            counts[loss.kind] += loss.count
    return as_losses(counts)


def _evidence(evidence: Evidence | None) -> tuple[Loss, ...]:
    """Count the evidence that hangs on no survey; answers are counted by their surveys."""
    if evidence is None:
        return ()
    purchases = sum(1 for _ in evidence.iter_purchases())
    logs = sum(1 for _ in evidence.iter_event_logs())
    return as_losses(Counter(purchase=purchases, event_log=logs))


class _LoadedEvidence:
    """The evidence of a Waymark JSON, as a dump reads it."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded

    def iter_responses(self, survey: SurveyId) -> Iterator[Response]:
        """Yield a survey's answers in file order."""
        return (row for found, row in self._loaded.responses() if found == survey)

    def iter_purchases(self) -> Iterable[Purchase]:
        """Yield purchases in file order."""
        return self._loaded.purchases

    def iter_event_logs(self) -> Iterable[Mapping[str, object]]:
        """Yield the event logs in file order."""
        return self._loaded.event_logs
