"""The plain counts behind a row, before any model: what a drill-down shows."""

import numpy as np

from journey.priority.draws import Bools, Floats
from journey.priority.evidence import UNKNOWN
from journey.priority.source import Tally

Outcomes = np.ndarray[tuple[int], np.dtype[np.int8]]


def tally_of(asked: Bools, hit: Bools, bad: Outcomes | None, score: Floats | None) -> Tally:
    """Return what was counted among R answers.

    Args:
        asked: bool[R], used the touchpoint and was asked. hit: bool[R], named the pain point.
        bad: int8[R], 1 bad, 0 good, −1 unknown. score: float64[R] on 0 … 10, NaN where none.
    """
    named, others = asked & hit, asked & ~hit
    known = np.zeros(len(hit), dtype=np.bool_) if bad is None else bad != UNKNOWN
    is_bad = known if bad is None else bad == 1
    return Tally(
        asked=int(asked.sum()),
        named=int(named.sum()),
        known_named=int((named & known).sum()),
        bad_named=int((named & is_bad).sum()),
        known_others=int((others & known).sum()),
        bad_others=int((others & is_bad).sum()),
        score_named=_mean(score, named),
        score_others=_mean(score, others),
    )


def _mean(score: Floats | None, rows: Bools) -> float | None:
    if score is None:
        return None
    found = score[rows]
    found = found[~np.isnan(found)]
    return float(found.mean()) if len(found) else None
