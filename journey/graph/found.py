"""What an event log says of a journey's transitions, to be held against what was drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """Passages counted in an event log, by (from, to); ends as in `Transition`.

    Attributes:
        counts: passages of all segments, ≥ 0; a pair that is not there was not seen.
        by_segment: the same of each segment by its id, where the log tells segments.
        cases: how many customers the log follows; None where it does not say.
        source: the log's name, for people.
    """

    counts: Mapping[Pair, float] = field(hash=False)
    by_segment: Mapping[str, Mapping[Pair, float]] = field(default_factory=dict, hash=False)
    cases: int | None = None
    source: str = ""

    def of(self, segment: str | None) -> Mapping[Pair, float]:
        """Return the passages of a segment; of all for None; none where it was not told."""
        return self.counts if segment is None else self.by_segment.get(segment, {})
