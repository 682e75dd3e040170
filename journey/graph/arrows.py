"""The arrows of a journey: its transitions by pair of ends, drawn against found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from journey.graph.found import Found, Pair
from journey.model.ids import JourneyId, SegmentId, TransitionId
from journey.model.map import LOST, RETAINED, START, Transition
from journey.model.workspace import Workspace, ordered_touchpoints

_ENDS = frozenset({START, RETAINED, LOST})


class Standing(StrEnum):
    """How an arrow that was drawn stands to what was found."""

    DRAWN = "drawn"  # nobody counted it
    COUNTED = "counted"  # drawn and found
    DIFFERENT = "different"  # drawn with a count that is not the one found
    MISSING = "missing"  # found, not drawn
    UNSEEN = "unseen"  # drawn, found never


@dataclass(frozen=True, slots=True)
class Arrow:
    """All transitions between two ends, as one.

    Attributes:
        count: passages shown, ≥ 0; None where nobody counted.
        drawn_count: the count kept with what was drawn, where another one was found.
        transitions: the drawn ones it stands for, the one that is edited first; () if missing.
        share: of the departures from its source, 0 … 1; None where nobody counted.
    """

    source: str
    target: str
    standing: Standing
    count: float | None = None
    drawn_count: float | None = None
    transitions: tuple[TransitionId, ...] = ()
    share: float | None = None

    @property
    def pair(self) -> Pair:
        """Both ends."""
        return self.source, self.target

    @property
    def is_loop(self) -> bool:
        """Whether it leads back to where it starts."""
        return self.source == self.target


def arrows(
    ws: Workspace,
    journey: JourneyId,
    segment: SegmentId | None = None,
    found: Found | None = None,
) -> list[Arrow]:
    """Return a journey's arrows in the order of their ends.

    Args:
        segment: counts of this segment; of all customers for None.
        found: what a log counted; its figures go before those kept with the transitions.
    """
    mine = [t for t in ws.transitions.values() if t.journey == journey]
    known = {str(t.id) for t in ws.touchpoints.values() if t.journey == journey} | _ENDS
    groups: dict[Pair, list[Transition]] = defaultdict(list)
    for t in sorted(mine, key=lambda t: (t.segment is not None, t.id)):
        if t.source in known and t.target in known:
            groups[t.source, t.target].append(t)
    seen = {} if found is None else found.of(segment)
    made = [
        _drawn(pair, group, segment, None if found is None else seen.get(pair, 0.0))
        for pair, group in groups.items()
    ]
    made += [
        Arrow(*pair, Standing.MISSING, count)
        for pair, count in seen.items()
        if count > 0 and pair not in groups and set(pair) <= known
    ]
    rank = {str(t.id): i for i, t in enumerate(ordered_touchpoints(ws, journey))}
    rank |= {START: -1, RETAINED: len(rank), LOST: len(rank) + 1}
    made.sort(key=lambda a: (rank[a.source], rank[a.target]))
    return _with_shares(made)


def _drawn(
    pair: Pair, group: Sequence[Transition], segment: SegmentId | None, seen: float | None
) -> Arrow:
    kept = counted(group, segment)
    ids = tuple(t.id for t in _edited_first(group, segment))
    if seen is None:
        standing = Standing.DRAWN if kept is None else Standing.COUNTED
        if kept == 0:
            standing = Standing.UNSEEN
        return Arrow(*pair, standing, kept, None, ids)
    if seen == 0:
        return Arrow(*pair, Standing.UNSEEN, 0.0, kept or None, ids)
    if kept is not None and kept != seen:
        return Arrow(*pair, Standing.DIFFERENT, seen, kept, ids)
    return Arrow(*pair, Standing.COUNTED, seen, None, ids)


def counted(group: Iterable[Transition], segment: SegmentId | None) -> float | None:
    """Return the passages kept with transitions of one pair; None where nobody counted.

    Of all customers: the pooled count where there is one, else the segments' together.
    """
    group = list(group)
    if segment is not None:
        return _total(t for t in group if t.segment == segment)
    pooled = _total(t for t in group if t.segment is None)
    return pooled if pooled is not None else _total(group)


def _total(group: Iterable[Transition]) -> float | None:
    counts = [t.count for t in group if t.count is not None]
    return sum(counts) if counts else None


def _edited_first(group: Sequence[Transition], segment: SegmentId | None) -> list[Transition]:
    return sorted(group, key=lambda t: (t.segment != segment, t.segment is not None, t.id))


def _with_shares(made: Sequence[Arrow]) -> list[Arrow]:
    departures: dict[str, float] = defaultdict(float)
    for arrow in made:
        departures[arrow.source] += arrow.count or 0.0
    return [
        Arrow(
            a.source, a.target, a.standing, a.count, a.drawn_count, a.transitions,
            None if a.count is None or not departures[a.source]
            else a.count / departures[a.source],
        )
        for a in made
    ]  # fmt: skip


def visits(made: Iterable[Arrow]) -> Mapping[str, float]:
    """Return how often each touchpoint was visited: arrivals, else departures, as counted."""
    arrivals: dict[str, float] = defaultdict(float)
    departures: dict[str, float] = defaultdict(float)
    for arrow in made:
        if arrow.count:
            arrivals[arrow.target] += arrow.count
            departures[arrow.source] += arrow.count
    return {end: arrivals.get(end, 0.0) or departures[end] for end in {*arrivals, *departures}}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a log follows the drawn path.

    Attributes:
        followed: the share of passages that follow it, 0 … 1; None where none were counted.
        missing, unseen: transitions found that nobody drew; drawn that nobody takes.
    """

    followed: float | None
    missing: int
    unseen: int


def agreement(made: Sequence[Arrow]) -> Agreement:
    """Return how far the passages between touchpoints follow what was drawn."""
    inner = [a for a in made if a.source != START and a.target != LOST]
    total = sum(a.count or 0.0 for a in inner)
    off = sum(a.count or 0.0 for a in inner if a.standing is Standing.MISSING)
    return Agreement(
        None if total == 0 else 1 - off / total,
        sum(a.standing is Standing.MISSING for a in inner),
        sum(a.standing is Standing.UNSEEN for a in inner),
    )
