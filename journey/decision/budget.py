"""The best set for so many days of work, by its joint value.

Which set is best is a knapsack whose values interact, and is not solved exactly. Three sets are
made and the one with the highest joint value is taken: greedy by exact joint gain per day; the best
by single values that interactions have scaled (dynamic programming); the list's own order. The
third is why a set is never worse than walking down the list.
"""

import heapq
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from journey.decision.items import items_of
from journey.decision.thinned import Thinned
from journey.priority.draws import Floats
from journey.priority.estimate import Estimate
from journey.priority.result import Basis

# The greedy order is worked out, and large sets are compared, on so many draws; beyond so many
# items the order goes by single values.
_GREEDY_DRAWS, _GREEDY_ITEMS = 64, 60
# Draws × items² of one joint value: what a slider can wait for. Never fewer draws than the least.
_WORK, _LEAST_DRAWS = 200_000, 100
_CELLS = 1000
_KEPT = 64
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class ChosenSet:
    """What to do with so many days.

    Attributes:
        items: ids in the order of the list: of improvements, and of pain points without one.
        days: planned person-days of all of them.
        joint_mean, joint_low80, joint_high80: what doing all gives, recomputed and not added, in
            the unit of the list; None where the list shows no figures.
        sum_of_singles: what adding the single values would have claimed; None likewise.
        left_out_next: what would be chosen next if there were days for it, None where all are in.
    """

    items: tuple[str, ...]
    days: float
    joint_mean: float | None
    joint_low80: float | None
    joint_high80: float | None
    sum_of_singles: float | None
    left_out_next: str | None


class Budget:
    """The best sets of one estimate; what is expensive is done at the first call and kept.

    Measured and opinion are not mixed: in a list with figures only rows that may carry one take
    part. Rows expected to give nothing are never chosen. Joint values of more than a dozen items
    are worked out on fewer draws, at least 100, and on fewer respondents in proportion, so that a
    slider can be dragged.
    """

    def __init__(self, estimate: Estimate) -> None:
        self._estimate = estimate
        self._items = items_of(estimate)
        self._thinned: dict[int, Thinned] = {}
        self._joints: dict[tuple[frozenset[int], int], Floats] = {}
        self._order: list[int] = []
        self._scaled: Floats = np.array([i.alone for i in self._items])

    @property
    def all_days(self) -> float:
        """Person-days of everything that may be chosen: the end of a slider."""
        return float(sum(item.days for item in self._items))

    def best_set(self, days: float) -> ChosenSet:
        """Return the best set found for at most so many person-days."""
        if self._items and not self._order:
            self._order = self._greedy()
        by_list = self._walk(range(len(self._items)), days)
        found = {by_list}
        if len(by_list) < len(self._items):
            found |= {self._walk(self._order, days), self._packed(days)}
        size = max(len(c) for c in found)
        step = self._step(size)
        # Draws in common: what two large sets share cancels, so that few do to tell them apart.
        rough = 1 if step == 1 else self._rough * (1 if size <= _GREEDY_ITEMS else 2)
        best = max(sorted(found, key=sorted), key=lambda c: float(self._joint(c, rough).mean()))
        return self._told(best, step)

    def _walk(self, order: Iterable[int], days: float) -> frozenset[int]:
        """Return what fits, taken in an order."""
        chosen, left = [], days + _ROUNDING
        for i in order:
            if self._items[i].days <= left:
                chosen.append(i)
                left -= self._items[i].days
        return frozenset(chosen)

    def _packed(self, days: float) -> frozenset[int]:
        """Return the best set by scaled single values, by dynamic programming over days.

        Days are cut into at most 1,000 cells and rounded up, so that a set never takes more.
        """
        fits = [i for i in self._order if self._items[i].days <= days + _ROUNDING]
        if not fits or days <= 0:
            return frozenset()
        cell = days / _CELLS
        sizes = [math.ceil(self._items[i].days / cell - _ROUNDING) for i in fits]
        best = np.zeros(_CELLS + 1)
        taken = np.zeros((len(fits), _CELLS + 1), dtype=np.bool_)
        for row, (i, size) in enumerate(zip(fits, sizes, strict=True)):
            better = best[: _CELLS + 1 - size] + self._scaled[i]
            taken[row, size:] = better > best[size:]
            best[size:] = np.maximum(best[size:], better)
        at, chosen = _CELLS, []
        for row in reversed(range(len(fits))):
            if taken[row, at]:
                chosen.append(fits[row])
                at -= sizes[row]
        return frozenset(chosen)

    def _greedy(self) -> list[int]:
        """Return all items by joint gain per day, each given those before it.

        A stale gain is looked at again only when it comes to the top (the accelerated greedy of
        Minoux 1978). Gains are a full single value times the part that the set leaves of it, so
        that few draws do for them. Sets that nobody could do are not looked at.
        """
        step = self._rough
        alone = [self._mean([i], step) for i in range(len(self._items))]
        waiting = [(-item.alone / item.days, i, 0) for i, item in enumerate(self._items)]
        heapq.heapify(waiting)
        order: list[int] = []
        now, left = 0.0, 1.0
        while waiting and len(order) < _GREEDY_ITEMS:
            _, i, seen = heapq.heappop(waiting)
            if seen == len(order):
                order.append(i)
                left = self._scaled[i] / self._items[i].alone
                now = self._mean(order, step)
                continue
            more = self._mean([*order, i], step) - now
            left = min(max(more / alone[i], 0.0), 2.0) if alone[i] > 0 else 1.0
            self._scaled[i] = left * self._items[i].alone
            heapq.heappush(waiting, (-self._scaled[i] / self._items[i].days, i, len(order)))
        rest = sorted(i for _, i, _ in waiting)
        for i in rest:
            self._scaled[i] = min(self._scaled[i], left * self._items[i].alone)
        return order + sorted(rest, key=lambda i: -self._scaled[i] / self._items[i].days)

    @property
    def _rough(self) -> int:
        return max(1, self._estimate.streams.draws // _GREEDY_DRAWS)

    def _mean(self, chosen: Iterable[int], step: int) -> float:
        return float(self._worked_out(sorted(chosen), step).mean())

    def _step(self, size: int) -> int:
        """Return which draws a joint value of so many items is worked out on: every 1, 2, 4 …"""
        most = self._estimate.streams.draws // max(_WORK // max(size, 1) ** 2, _LEAST_DRAWS)
        return 1 << max(most.bit_length() - 1, 0)

    def _joint(self, chosen: frozenset[int], step: int) -> Floats:
        """Return the draws of a set's joint value; the latest are kept."""
        key = (chosen, step)
        if key not in self._joints:
            while len(self._joints) >= _KEPT:
                del self._joints[next(iter(self._joints))]
            self._joints[key] = self._worked_out(sorted(chosen), step)
        return self._joints[key]

    def _worked_out(self, chosen: Sequence[int], step: int) -> Floats:
        if not chosen:
            return np.zeros(1)
        if step not in self._thinned:
            self._thinned[step] = Thinned(self._estimate, step)
        return self._thinned[step].joint([self._items[i] for i in chosen])

    def _told(self, chosen: frozenset[int], step: int) -> ChosenSet:
        taken = [self._items[i] for i in sorted(chosen)]
        left_out = next((i for i in self._order if i not in chosen), None)
        shown = self._estimate.ranking.basis is not Basis.ORDER
        draws = self._joint(chosen, step)
        low, high = np.quantile(draws, (0.1, 0.9))
        return ChosenSet(
            items=tuple(item.id for item in taken),
            days=float(sum(item.days for item in taken)),
            joint_mean=float(draws.mean()) if shown else None,
            joint_low80=float(low) if shown else None,
            joint_high80=float(high) if shown else None,
            sum_of_singles=float(sum(item.alone for item in taken)) if shown else None,
            left_out_next=None if left_out is None else self._items[left_out].id,
        )


def best_set(estimate: Estimate, days: float) -> ChosenSet:
    """Return the best set for at most so many person-days; a slider keeps a `Budget` instead."""
    return Budget(estimate).best_set(days)
