"""Whose answers a segment's list may not show: too few, or what would give away too few."""

from collections.abc import Mapping, Sequence

from journey.evidence.segments import hidden_cells
from journey.priority.source import PainFacts

NOTE = "too_few_in_segment"


def withheld(
    whole: Mapping[str, PainFacts],
    parts: Mapping[int, Mapping[str, PainFacts]],
    place: int,
    minimum_n: int,
) -> frozenset[str]:
    """Return the pain points of which a segment's answers are not shown.

    Args:
        whole: of the whole list. parts: of each segment that has a name, by its place.
        place: the segment. Those without a name are the rest of the whole, shown nowhere.
    """
    places = sorted(parts)
    return frozenset(
        pain
        for pain, fact in whole.items()
        if fact.tally is not None  # else nobody was asked: a KPI, or a workshop
        and _hides(fact.n, [parts[s][pain].n for s in places], places.index(place), minimum_n)
    )


def _hides(whole: int, sizes: Sequence[int], mine: int, minimum_n: int) -> bool:
    """Whether a segment's cell is hidden; one without answers tells of nobody, and covers none."""
    if not sizes[mine]:
        return True
    asked = [n for n in sizes if n]
    few = [n < minimum_n for n in asked]
    hidden = hidden_cells(asked, few, minimum_n, rest=whole - sum(asked))
    return hidden[sum(1 for n in sizes[:mine] if n)] != ""
