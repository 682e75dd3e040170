"""Two lists side by side: the same evidence under two sets of assumptions."""

from dataclasses import dataclass

from journey.priority.result import RankedItem, Ranking


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One pain point in two lists.

    Attributes:
        item: its id; title: its name. rank_a, rank_b: None where it has none there.
        value_a, value_b: money, else the index; None where the row shows no figure.
    """

    item: str
    title: str
    rank_a: int | None
    rank_b: int | None
    value_a: float | None
    value_b: float | None

    @property
    def moved(self) -> int | None:
        """How many places it climbs from a to b, None where it has no rank in one of them."""
        if self.rank_a is None or self.rank_b is None:
            return None
        return self.rank_a - self.rank_b


def compare_scenarios(a: Ranking, b: Ranking) -> tuple[ScenarioRow, ...]:
    """Return every pain point of either list, in the order of a, then of b."""
    first, second = ({str(i.pain_point): i for i in ranking.items} for ranking in (a, b))
    rows = []
    for pain in dict.fromkeys([*first, *second]):
        mine, other = first.get(pain), second.get(pain)
        known = mine or other
        assert known is not None
        rows.append(
            ScenarioRow(
                item=pain,
                title=known.title,
                rank_a=mine.rank if mine else None,
                rank_b=other.rank if other else None,
                value_a=_figure(mine),
                value_b=_figure(other),
            )
        )
    return tuple(rows)


def _figure(item: RankedItem | None) -> float | None:
    if item is None:
        return None
    return item.index_mean if item.value_mean is None else item.value_mean
