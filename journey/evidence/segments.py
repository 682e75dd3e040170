"""Segments side by side, without letting a small one be worked out from the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
    cells = []
    for segment in segments:
        counts = by_segment[segment]
        result = summarise(counts, minimum_n)
        few = result.suppressed or result.value is None
        shown = SegmentCell(segment, counts.n, result)
        cells.append(replace(shown, result=None, hidden="too_few") if few else shown)
    if any(cell.hidden for cell in cells):
        _hide_complements(cells, minimum_n)
    return tuple(cells)


def _hide_complements(cells: list[SegmentCell], minimum_n: int) -> None:
    while True:
        hidden = [cell for cell in cells if cell.hidden]
        open_to_see = [i for i, cell in enumerate(cells) if not cell.hidden]
        enough = len(hidden) > 1 and sum(cell.n for cell in hidden) >= minimum_n
        if enough or not open_to_see:
            return
        smallest = min(open_to_see, key=lambda i: (cells[i].n, i))
        cells[smallest] = replace(cells[smallest], result=None, hidden="complement")
