"""Segments side by side, without letting a small one be worked out from the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from journey.metrics.counts import ScoreCounts
from journey.metrics.score import MetricResult, summarise
from journey.model.ids import SegmentId

Hidden = Literal["", "too_few", "complement"]


@dataclass(frozen=True, slots=True)
class SegmentCell:
    """One segment's figure.

    Attributes:
        segment: None for the answers without one.
        result: None where it is hidden.
        hidden: too_few, or complement: with it, a smaller one could be subtracted from the whole.
    """

    segment: SegmentId | None
    n: int
    result: MetricResult | None
    hidden: Hidden = ""


def segment_cells(
    by_segment: Mapping[SegmentId | None, ScoreCounts],
    order: Sequence[SegmentId],
    minimum_n: int,
) -> tuple[SegmentCell, ...]:
    """Return a cell per segment with answers, in order, those without a segment last.

    What is hidden must not follow from the whole and the cells shown. So as long as the hidden
    cells hold fewer than `minimum_n` answers together, or one cell is hidden alone, the smallest
    one shown is hidden too.
    """
    segments = [s for s in (*order, None) if s in by_segment and by_segment[s].n]
    results = [summarise(by_segment[segment], minimum_n) for segment in segments]
    sizes = [by_segment[segment].n for segment in segments]
    few = [result.suppressed or result.value is None for result in results]
    hidden = hidden_cells(sizes, few, minimum_n)
    return tuple(
        SegmentCell(segment, n, None if why else result, why)
        for segment, n, result, why in zip(segments, sizes, results, hidden, strict=True)
    )


def hidden_cells(
    sizes: Sequence[float], few: Sequence[bool], minimum_n: int, *, rest: float = 0.0
) -> tuple[Hidden, ...]:
    """Return why each cell of a whole is hidden, "" where it is shown.

    Args:
        sizes: what each cell holds. few: whether it is hidden for its own sake.
        rest: what the whole holds beside the cells. It is shown nowhere and follows from them, so
            one that is too small needs cover as a hidden cell does.
    """
    found: list[Hidden] = ["too_few" if own else "" for own in few]
    bare = [rest] if 0 < rest < minimum_n else []
    if not (any(found) or bare):
        return tuple(found)
    while True:
        covered = [*bare, *(n for n, why in zip(sizes, found, strict=True) if why)]
        shown = [i for i, why in enumerate(found) if not why]
        if (len(covered) > 1 and sum(covered) >= minimum_n) or not shown:
            return tuple(found)
        found[min(shown, key=lambda i: (sizes[i], i))] = "complement"
