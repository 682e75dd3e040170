"""What an event log shows: transitions, starts, ends, variants, loops, and how long things take.

Everything is counted from `Cases`, of activities or, once matched, of touchpoints. A transition is
one event directly after another of the same case; times are between two such events.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from journey.graph.cases import Cases
from journey.graph.found import Found, Pair
from journey.model.map import LOST, RETAINED, START

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Passage:
    """A transition as found.

    Attributes:
        count: how often. median, p90: seconds between the two events.
    """

    source: str
    target: str
    count: int
    median: float
    p90: float


@dataclass(frozen=True, slots=True)
class Variant:
    """One way through, and how many cases took it."""

    steps: tuple[str, ...]
    cases: int


@dataclass(frozen=True, slots=True)
class Loop:
    """A touchpoint or activity that cases come back to.

    Attributes:
        cases: that visit it more than once. directly: repeats right after one another.
        visits: by those cases.
    """

    name: str
    cases: int
    visits: int
    directly: int


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found in a log; lists are the most frequent first, then by name.

    Attributes:
        starts, ends: cases by their first and last event.
        variants: different sequences, whatever was left out of `passages`.
    """

    events: int
    cases: int
    passages: tuple[Passage, ...]
    starts: Mapping[str, int] = field(hash=False)
    ends: Mapping[str, int] = field(hash=False)
    variants: tuple[Variant, ...] = ()
    loops: tuple[Loop, ...] = ()


def discover(cases: Cases, *, least: int = 1) -> Discovery:
    """Count a log.

    Args:
        least: leave out transitions and variants met less often.
    """
    starts, ends = starts_and_ends(cases)
    return Discovery(
        cases.events,
        cases.cases,
        tuple(p for p in passages(cases) if p.count >= least),
        starts,
        ends,
        tuple(v for v in _variants(cases) if v.cases >= least),
        _loops(cases),
    )


def transition_counts(cases: Cases) -> dict[Pair, int]:
    """Return how often each transition is met, without times."""
    pairs = _pairs(cases)
    return {pair: int(n) for pair, n in _counted(pairs, cases.names)}


def journey_counts(
    cases: Cases, ended: "NDArray[np.int64] | None" = None
) -> dict[tuple[str, str, str | None], int]:
    """Return transitions as a journey keeps them: from "start", and to the ends where they are.

    Args:
        cases: of touchpoints; the names "lost" and "retained" are ends and count as such only
            where a case stops.
        ended: per case `IS_LOST`, `IS_RETAINED` or `OPEN`: how it ended after its last
            touchpoint; None is open for all.

    Returns:
        Counts by (from, to, segment); the segment is None where a case has none.
    """
    import numpy as np

    nodes = (*cases.names, START, RETAINED, LOST)
    start = len(cases.names)
    steps, offsets = _without_early_ends(cases)
    filled = offsets[:-1] < offsets[1:]
    first, last = offsets[:-1][filled], offsets[1:][filled] - 1
    owner = np.repeat(np.arange(cases.cases), np.diff(offsets))
    inner = np.flatnonzero(owner[1:] == owner[:-1])
    whose = np.arange(cases.cases)[filled]
    sources = [np.full(len(first), start), steps[:-1][inner]]
    targets = [steps[first], steps[1:][inner]]
    owners = [whose, owner[1:][inner]]
    if ended is not None:
        stops = np.isin(steps[last], _end_slots(cases.names), invert=True)
        stops &= ended[whose] != OPEN
        sources.append(steps[last][stops])
        targets.append(np.where(ended[whose][stops] == IS_LOST, start + 2, start + 1))
        owners.append(whose[stops])
    return _by_segment(cases, nodes, [np.concatenate(part) for part in (sources, targets, owners)])


OPEN, IS_RETAINED, IS_LOST = -1, 0, 1
# Pairs of so many names fit sixteen bits; so many codes are counted without sorting them.
_FEW_NAMES, _FEW_CODES = 255, 4_000_000


def _end_slots(names: Sequence[str]) -> list[int]:
    return [slot for slot, name in enumerate(names) if name in (LOST, RETAINED)]


def _without_early_ends(cases: Cases) -> tuple["NDArray[np.int64]", "NDArray[np.int64]"]:
    """Return steps and offsets without the ends in the middle of a case, which is no end."""
    import numpy as np

    slots = _end_slots(cases.names)
    if not slots:
        return cases.steps, cases.offsets
    kept = np.isin(cases.steps, slots, invert=True)
    last = cases.offsets[1:][cases.offsets[:-1] < cases.offsets[1:]] - 1
    kept[last] = True
    before = np.concatenate(([0], np.cumsum(kept)))
    return cases.steps[kept], before[cases.offsets].astype(np.int64)


def _by_segment(
    cases: Cases, nodes: Sequence[str], edges: "Sequence[NDArray[np.int64]]"
) -> dict[tuple[str, str, str | None], int]:

    source, target, owner = edges
    k = len(nodes)
    # The slot −1 of cases without a segment becomes 0.
    code = ((cases.segment[owner] + 1) * k + source) * k + target
    codes, counts = _tally(code, (len(cases.segments) + 1) * k * k)
    segments = (None, *cases.segments)
    return {
        (nodes[code // k % k], nodes[code % k], segments[code // k // k]): n
        for code, n in zip(codes.tolist(), counts.tolist(), strict=True)
    }


def found_transitions(cases: Cases, source: str = "") -> Found:
    """Return the counts of a log for the flow, whole and by segment; ends are names of the log."""
    counts: Counter[Pair] = Counter()
    by_segment: dict[str, Counter[Pair]] = {}
    for (first, second, segment), n in journey_counts(cases).items():
        counts[first, second] += n
        if segment is not None:
            by_segment.setdefault(segment, Counter())[first, second] += n
    return Found(dict(counts), by_segment, cases.cases, source)


def _pairs(cases: Cases) -> "NDArray[np.int64]":
    """Return from·K + to of every transition, in the log's order."""
    follows = cases.follows()
    k = max(len(cases.names), 1)
    before = cases.steps[:-1][follows[1:]]
    return before * k + cases.steps[1:][follows[1:]]


def _counted(pairs: "NDArray[np.int64]", names: Sequence[str]) -> list[tuple[Pair, int]]:

    k = max(len(names), 1)
    codes, counts = _tally(pairs, k * k)
    found = [
        ((names[code // k], names[code % k]), n)
        for code, n in zip(codes.tolist(), counts.tolist(), strict=True)
    ]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def passages(cases: Cases) -> list[Passage]:
    """Return the transitions with their times, the most frequent first."""
    import numpy as np

    pairs, waited = _pairs(cases), cases.gaps[1:][cases.follows()[1:]]
    k = max(len(cases.names), 1)
    # Sixteen bits are sorted by their figures, many times as fast.
    order = np.argsort(pairs.astype(np.uint16) if k <= _FEW_NAMES else pairs, kind="stable")
    codes, counts = _tally(pairs, k * k)
    found = []
    parts = np.split(waited[order], np.cumsum(counts)[:-1]) if len(codes) else []
    for code, times in zip(codes.tolist(), parts, strict=True):
        middle, late = _quantiles(times, (0.5, 0.9))
        found.append(
            Passage(
                cases.names[code // k],
                cases.names[code % k],
                len(times),
                middle,
                late,
            )
        )
    return sorted(found, key=lambda p: (-p.count, p.source, p.target))


def _quantiles(times: "NDArray[np.int64]", shares: Sequence[float]) -> Iterator[float]:
    """Yield quantiles as `np.quantile` does, which takes ten times as long for a few numbers."""
    import numpy as np

    places = [share * (len(times) - 1) for share in shares]
    wanted = {bound for place in places for bound in (math.floor(place), math.ceil(place))}
    times = np.partition(times, sorted(wanted))
    for place in places:
        below, above = int(times[math.floor(place)]), int(times[math.ceil(place)])
        share = place - math.floor(place)
        rest = (above - below) * (1 - share)
        yield above - rest if share >= 0.5 else below + (above - below) * share


def starts_and_ends(cases: Cases) -> tuple[dict[str, int], dict[str, int]]:
    """Return cases by their first and by their last event; those without an event are left out."""
    filled = cases.offsets[:-1] < cases.offsets[1:]
    first, last = cases.offsets[:-1][filled], cases.offsets[1:][filled] - 1
    return _named(cases.steps[first], cases.names), _named(cases.steps[last], cases.names)


def _tally(
    codes: "NDArray[np.int64]", size: int
) -> tuple["NDArray[np.int64]", "NDArray[np.int64]"]:
    """Return the codes met, ascending, and how often; all are under `size`."""
    import numpy as np

    if size > _FEW_CODES:
        return np.unique(codes, return_counts=True)
    counts = np.bincount(codes, minlength=1)
    met = np.flatnonzero(counts)
    return met, counts[met]


def _named(slots: "NDArray[np.int64]", names: Sequence[str]) -> dict[str, int]:
    import numpy as np

    counts = np.bincount(slots, minlength=len(names)).tolist()
    named = ((name, n) for name, n in zip(names, counts, strict=False) if n)
    return dict(sorted(named, key=lambda item: (-item[1], item[0])))


def variant_count(cases: Cases) -> int:
    """Return how many different sequences there are."""
    return len(_sequences(cases))


def _sequences(cases: Cases) -> "Counter[bytes]":
    raw = cases.steps.astype("<u2").tobytes()
    bounds = (2 * cases.offsets).tolist()
    return Counter(raw[a:b] for a, b in pairwise(bounds) if a < b)


def _names(blob: bytes, names: Sequence[str]) -> tuple[str, ...]:
    import numpy as np

    return tuple(names[slot] for slot in np.frombuffer(blob, dtype="<u2").tolist())


def _variants(cases: Cases) -> list[Variant]:
    found = [Variant(_names(blob, cases.names), n) for blob, n in _sequences(cases).items()]
    return sorted(found, key=lambda v: (-v.cases, v.steps))


def _loops(cases: Cases) -> tuple[Loop, ...]:
    import numpy as np

    k = max(len(cases.names), 1)
    owner = np.repeat(np.arange(cases.cases), np.diff(cases.offsets))
    visits, counts = np.unique(owner * k + cases.steps, return_counts=True)
    again = counts > 1
    slots, times = visits[again] % k, counts[again]
    here = np.bincount(slots, minlength=k)
    total = np.bincount(slots, weights=times, minlength=k)
    pairs = _pairs(cases)
    directly = np.bincount(pairs[pairs // k == pairs % k] // k, minlength=k)
    found = [
        Loop(name, int(here[i]), int(total[i]), int(directly[i]))
        for i, name in enumerate(cases.names)
        if here[i]
    ]
    return tuple(sorted(found, key=lambda loop: (-loop.cases, loop.name)))
