"""Who named what, as a list: what is counted by pain point is counted from it at once."""

from dataclasses import dataclass

import numpy as np

from journey.priority.draws import Bools, Ints
from journey.priority.evidence import UNKNOWN
from journey.priority.reading import Reading
from journey.priority.shares import Counts
from journey.priority.source import Tally

Outcomes = np.ndarray[tuple[int], np.dtype[np.int8]]


@dataclass(frozen=True, slots=True)
class Named:
    """The answers that name a pain point, pain point by pain point, rows in their order.

    Attributes:
        pains: P. pain, row: int64[H] each.
    """

    pains: int
    pain: Ints
    row: Ints


def named_of(hits: Bools) -> Named:
    """Return who named what, of bool[R, P]."""
    rows, pains = hits.shape
    found = np.flatnonzero(np.ascontiguousarray(hits.T).ravel())
    pain, row = np.divmod(found, max(rows, 1))
    return Named(pains, pain, row)


def counts_of(reading: Reading, named: Named, segments: int) -> list[Counts]:
    """Return the effective counts behind each pain point's share, of those who used its place.

    A hit without the touchpoint used cannot be; rows outside every segment count in the pool.
    """
    size = segments + 1
    place, weight = reading.segment + 1, reading.weight
    hit = np.bincount(named.pain * size + place[named.row], weight[named.row], named.pains * size)
    hits = hit.astype(np.float64).reshape(named.pains, size)
    users = np.array(
        [np.bincount(place, weight * used, size) for used in reading.used.T], dtype=np.float64
    ).reshape(-1, size)[reading.place]
    return [
        Counts(float(h.sum()), float(u.sum()), h[1:], u[1:])
        for h, u in zip(hits, users, strict=True)
    ]


def tallies_of(reading: Reading, named: Named, bad: Outcomes) -> tuple[Tally, ...]:
    """Return what was counted about each pain point; see `Tally`."""
    known, is_bad = bad != UNKNOWN, bad == 1
    used = reading.used.T
    asked = used.sum(axis=1)[reading.place]
    known_asked = (used & known).sum(axis=1)[reading.place]
    bad_asked = (used & is_bad).sum(axis=1)[reading.place]

    def of_named(rows: Bools) -> Ints:
        return np.bincount(named.pain[rows[named.row]], minlength=named.pains)

    every = np.ones(len(bad), dtype=np.bool_)
    known_named, bad_named = of_named(known), of_named(is_bad)
    columns = (
        asked,
        of_named(every),
        known_named,
        bad_named,
        known_asked - known_named,
        bad_asked - bad_named,
    )
    return tuple(Tally(*(int(n) for n in row)) for row in zip(*columns, strict=True))
