"""What an import of events did."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from journey.edit.command import Command
from journey.graph.discovery import Passage
from journey.model.evidence import EventLog
from journey.model.ids import EventLogId
from journey.model.workspace import Entity
from storage.imports.events_matching import Matched
from storage.imports.rows import Skipped
from storage.imports.survey_chunks import FAULTLESS


@dataclass(frozen=True, slots=True)
class EventsImport:
    """What an import of events did; counts are of what was taken in, by activity.

    Attributes:
        command: adds the log (and takes replaced ones off); None where nothing is kept.
        records: events in the file; events: taken in. variants: different sequences.
        passages: transitions between activities. starts, ends: cases by first and last activity.
        refused: records left out for a fault, as (line, reason, record), at most 10,000.
        matched: every activity with what it was matched to.
        warnings: (reason, name): no_ends, other_ends, activity_never, counts_replaced,
            case_known.
    """

    command: Command | None
    log: EventLog
    records: int
    events: int
    cases: int
    variants: int
    passages: tuple[Passage, ...]
    starts: Mapping[str, int] = field(hash=False)
    ends: Mapping[str, int] = field(hash=False)
    skipped: tuple[Skipped, ...] = ()
    refused: tuple[tuple[int, str, str], ...] = ()
    matched: tuple[Matched, ...] = ()
    created: tuple[Entity, ...] = ()
    replaced: tuple[EventLogId, ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()

    @property
    def activities(self) -> int:
        """How many different activities."""
        return len(self.matched)

    @property
    def faulty(self) -> bool:
        """Whether a record was refused, and not just filtered or known."""
        return any(s.reason not in FAULTLESS for s in self.skipped)
