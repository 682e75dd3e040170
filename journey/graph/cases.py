"""The cases of an event log as columns: who went where, in which order, how long it took.

Columns of NumPy, because a log has a million events; NumPy is imported when first used.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

NOWHERE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Cases one after another, each with its events in order.

    Attributes:
        names: what the slots in `steps` stand for: activities, or touchpoints and ends by id.
        steps: slot of each event. gaps: seconds since the event before; 0 for a case's first.
        offsets: where each case begins, and the end: one more than there are cases.
        segment: slot in `segments` per case, −1 is none. period: quarter number per case.
    """

    names: tuple[str, ...]
    steps: "Whole"
    gaps: "Whole"
    offsets: "Whole"
    segment: "Whole"
    period: "Whole"
    segments: tuple[str, ...] = ()

    @property
    def cases(self) -> int:
        """How many cases."""
        return len(self.offsets) - 1

    @property
    def events(self) -> int:
        """How many events."""
        return len(self.steps)

    def follows(self) -> "NDArray[np.bool_]":
        """Mark each event that has one before it in its case."""
        import numpy as np

        marks = np.ones(self.events, dtype=bool)
        starts = self.offsets[:-1]
        marks[starts[starts < self.offsets[1:]]] = False
        return marks


def cases_of(
    names: Sequence[str],
    sequences: Sequence[Sequence[int]],
    gaps: Sequence[Sequence[int]] | None = None,
) -> Cases:
    """Return cases from plain sequences of slots; gaps are 0 where none are given."""
    import numpy as np

    lengths = [len(sequence) for sequence in sequences]
    flat = [slot for sequence in sequences for slot in sequence]
    waited = [gap for row in gaps for gap in row] if gaps else [0] * len(flat)
    return Cases(
        tuple(names),
        np.array(flat, dtype=np.int64),
        np.array(waited, dtype=np.int64),
        np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))).astype(np.int64),
        np.full(len(lengths), NOWHERE, dtype=np.int64),
        np.zeros(len(lengths), dtype=np.int64),
    )


def selected(
    cases: Cases, *, segment: str | None = None, periods: Collection[int] | None = None
) -> Cases:
    """Return the cases of a segment and of some quarters (by the quarter of their first event).

    Args:
        segment: one of `cases.segments`; None is all, "" is those without one.
        periods: quarter numbers; None is all.
    """
    import numpy as np

    kept = np.ones(cases.cases, dtype=bool)
    if segment is not None:
        slot = cases.segments.index(segment) if segment in cases.segments else NOWHERE
        kept &= cases.segment == slot
        if slot == NOWHERE and segment:
            kept[:] = False
    if periods is not None:
        kept &= np.isin(cases.period, list(periods))
    return cases if kept.all() else only_cases(cases, kept)


def only_cases(cases: Cases, kept: "NDArray[np.bool_]") -> Cases:
    """Return the cases marked."""
    import numpy as np

    lengths = np.diff(cases.offsets)
    events = np.repeat(kept, lengths)
    return replace(
        cases,
        steps=cases.steps[events],
        gaps=cases.gaps[events],
        offsets=np.concatenate(([0], np.cumsum(lengths[kept]))).astype(np.int64),
        segment=cases.segment[kept],
        period=cases.period[kept],
    )


def relabelled(cases: Cases, targets: Sequence[str | None]) -> Cases:
    """Return the cases with each name replaced: several activities may become one touchpoint.

    Args:
        targets: the new name of each slot; None leaves its events out, their time is kept in the
            gap of the event after them. Cases that lose every event stay, empty.
    """
    import numpy as np

    names = list(dict.fromkeys(target for target in targets if target is not None))
    slot = {name: place for place, name in enumerate(names)}
    new = np.array([NOWHERE if t is None else slot[t] for t in targets] or [NOWHERE])
    steps = new[cases.steps] if cases.events else cases.steps
    kept = steps != NOWHERE
    # Seconds since the case began; differences of them are gaps across what was left out.
    since = np.cumsum(cases.gaps)
    before = np.concatenate(([0], np.cumsum(kept)))
    offsets = before[cases.offsets].astype(np.int64)
    result = replace(
        cases, names=tuple(names), steps=steps[kept], gaps=cases.gaps[kept], offsets=offsets
    )
    clock = since[kept]
    gaps = np.diff(clock, prepend=0) if len(clock) else clock
    gaps[~result.follows()] = 0
    return replace(result, gaps=gaps)
