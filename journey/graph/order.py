"""The order of touchpoints within their columns, so that few arrows cross.

Barycentre sweeps (Sugiyama, Tagawa and Toda 1981), the best arrangement met kept, then swaps of
neighbours where the graph is small enough for them to be quick.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

Columns = list[list[str]]
Link = tuple[str, str]

_SWEEPS: Final = 10
_SWEEPS_OF_MANY: Final = 3
_MANY: Final = 400  # nodes
_FEW: Final = 90  # nodes up to which neighbours are swapped
_BESIDE: Final = 0.5  # how much a neighbour in the same column draws, against one beside it
_SPAN: Final = 0.12  # what a row of height costs against a crossing
_OVER: Final = 0.8  # what passing a card of the same column costs
_TURNED: Final = 0.3  # what two cards of a column cost that do not stand in the map's order


def in_order(columns: Sequence[Sequence[str]], links: Iterable[Link]) -> Columns:
    """Return the columns with their members in an order of few crossings.

    Args:
        links: pairs within a column or between columns side by side; others are left out.
    """
    board = _Board(columns, links)
    best, least = board.copy(), board.cost()
    sweeps = _SWEEPS if board.size <= _MANY else _SWEEPS_OF_MANY
    for sweep in range(sweeps):
        board.sweep(forward=sweep % 2 == 0)
        cost = board.cost()
        if cost < least:
            best, least = board.copy(), cost
    board.take(best)
    if board.size <= _FEW:
        board.swap_neighbours()
    return board.columns


class _Board:
    """Columns with the links between them."""

    def __init__(self, columns: Sequence[Sequence[str]], links: Iterable[Link]) -> None:
        self.columns: Columns = [list(column) for column in columns]
        self._rank = {n: i for column in columns for i, n in enumerate(column)}
        self.size = sum(len(column) for column in columns)
        self._column = {n: i for i, column in enumerate(columns) for n in column}
        self._place: dict[str, float] = {}
        self._near: Mapping[str, dict[int, list[str]]] = defaultdict(dict)
        self._between: list[list[Link]] = [[] for _ in columns]  # from column i to i + 1
        self._within: list[list[Link]] = [[] for _ in columns]
        for first, second in dict.fromkeys(links):
            self._link(first, second)
        self.take(self.columns)

    def _link(self, first: str, second: str) -> None:
        left, right = self._column[first], self._column[second]
        if left > right:
            first, second, left, right = second, first, right, left
        if first == second or right - left > 1:
            return
        (self._within if left == right else self._between)[left].append((first, second))
        self._near[first].setdefault(right, []).append(second)
        self._near[second].setdefault(left, []).append(first)

    def copy(self) -> Columns:
        return [list(column) for column in self.columns]

    def take(self, columns: Columns) -> None:
        self.columns = [list(column) for column in columns]
        for index in range(len(self.columns)):
            self._number(index)

    def _number(self, index: int) -> None:
        middle = (len(self.columns[index]) - 1) / 2
        for row, node in enumerate(self.columns[index]):
            self._place[node] = row - middle

    def sweep(self, *, forward: bool) -> None:
        """Order every column by where its neighbours in the one before stand."""
        indices = range(len(self.columns))
        for index in indices if forward else reversed(indices):
            before = index - 1 if forward else index + 1
            places = {n: self._wanted(n, index, before) for n in self.columns[index]}
            self.columns[index].sort(key=places.__getitem__)
            self._number(index)

    def _wanted(self, node: str, index: int, before: int) -> float:
        near = self._near.get(node, {})
        total = weight = 0.0
        for column, pull in ((before, 1.0), (index, _BESIDE)):
            for other in near.get(column, ()):
                total += pull * self._place[other]
                weight += pull
        return total / weight if weight else self._place[node]

    def cost(self) -> float:
        """Return crossings with the heights and the cards that arrows pass."""
        return sum(self._cost_at(index) for index in range(len(self.columns)))

    def _cost_at(self, index: int) -> float:
        """Return the cost of a column's order and of the links rightwards or within it."""
        places = self._place
        ends = sorted((places[a], places[b]) for a, b in self._between[index])
        seen: list[float] = []
        total = _TURNED * _inversions([self._rank[n] for n in self.columns[index]])
        for a, b in ends:
            total += len(seen) - bisect_right(seen, b) + _SPAN * abs(a - b)
            insort(seen, b)
        for first, second in self._within[index]:
            total += _OVER * (abs(places[first] - places[second]) - 1)
        return total

    def swap_neighbours(self) -> None:
        """Swap two neighbours of a column wherever that is cheaper, until it never is."""
        better, rounds = True, 0
        while better and rounds < 6:
            better, rounds = False, rounds + 1
            for index, column in enumerate(self.columns):
                for row in range(len(column) - 1):
                    before = self._cost_around(index)
                    self._swap(index, row)
                    if self._cost_around(index) < before - 1e-9:
                        better = True
                    else:
                        self._swap(index, row)

    def _cost_around(self, index: int) -> float:
        return self._cost_at(index) + (self._cost_at(index - 1) if index else 0.0)

    def _swap(self, index: int, row: int) -> None:
        column = self.columns[index]
        column[row], column[row + 1] = column[row + 1], column[row]
        self._number(index)


def _inversions(ranks: Sequence[int]) -> int:
    """Return how many pairs stand in the wrong order."""
    seen: list[int] = []
    count = 0
    for rank in ranks:
        count += len(seen) - bisect_right(seen, rank)
        insort(seen, rank)
    return count
