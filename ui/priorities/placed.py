"""A ranking as other screens tell it: a pain point's row, and its place in a few words."""

from functools import cached_property

from PySide6.QtCore import QCoreApplication

from journey.priority.result import RankedItem, Ranking
from ui import numbers
from ui.priorities.figures import Figures, figures_of


class Placed:
    """A ranking whose rows are found by pain point; what it takes is put together once."""

    def __init__(self, ranking: Ranking | None) -> None:
        self.ranking = ranking

    @cached_property
    def _items(self) -> dict[str, RankedItem]:
        return {item.pain_point: item for item in self.ranking.items} if self.ranking else {}

    @cached_property
    def figures(self) -> Figures | None:
        """How the ranking shows its figures; None where there is none."""
        return figures_of(self.ranking) if self.ranking is not None else None

    def item(self, pain_point: str) -> RankedItem | None:
        """Return the row of a pain point, None where it has none."""
        return self._items.get(pain_point)

    def words(self, pain_point: str) -> str:
        """Return a pain point's value and rank in short, "310 k€ · rank 2"; "" for none."""
        item, figures = self.item(pain_point), self.figures
        if item is None or item.rank is None or figures is None:
            return ""
        rank = QCoreApplication.translate("Priorities", "rank {0}").format(item.rank)
        if figures.interval(item) is None or figures.unit is None:
            return rank
        return f"{figures.value(item)}{numbers.NO_BREAK}{figures.unit.label} · {rank}"
