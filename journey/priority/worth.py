"""From customers moved to what a list compares: money or customers kept, alone and together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from journey.priority.draws import Floats
from journey.priority.market import Market
from journey.priority.result import Basis
from journey.priority.source import Settled, Source


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pain point's evidence is: which source, and which of its pain points."""

    source: int
    index: int


@dataclass(frozen=True, slots=True)
class Worth:
    """Draws of what fixing gives, float64[K] each.

    Attributes:
        money: Σ_s N V kept, zeros where customers or value are not known.
        kept, moved: per customer over the segment mix, after and before the link to leaving.
    """

    money: Floats
    kept: Floats
    moved: Floats

    def stack(self) -> Floats:
        """Return the three as float64[3, K]."""
        return np.stack([self.money, self.kept, self.moved])


def worth_of(moved: Floats, link: Floats, market: Market) -> Worth:
    """Return the worth of float64[K, S] moved per customer of each segment."""
    before = moved @ market.mix
    money = np.zeros(len(link))
    if market.has_money:
        money = (moved @ (market.customers * market.value)) * link
    return Worth(money, before * link, before)


def mean_worth(source: Source, market: Market, basis: Basis) -> Floats:
    """Return float64[P], the mean of what is compared if each pain point were removed whole."""
    weight = market.customers * market.value if basis is Basis.MONEY else market.mix
    return np.asarray(source.unit_mean() @ weight * float(source.link.mean()))


@dataclass(frozen=True, slots=True)
class Bench:
    """The settled sources of a list and who each pain point's is."""

    sources: Sequence[Source]
    settled: Sequence[Settled]
    places: Mapping[str, Place]
    market: Market

    def alone(self, pain: str, efficacy: Floats) -> Worth:
        """Return the worth of fixing one pain point."""
        place = self.places[pain]
        moved = self.settled[place.source].moved(place.index, efficacy)
        return worth_of(moved, self.sources[place.source].link, self.market)

    def together(self, pains: Sequence[str], efficacy: Floats) -> tuple[Worth, dict[str, Worth]]:
        """Return the joint worth of an improvement's pain points, and each one's share of it.

        What fixing together adds or takes away is shared in proportion to the single values.
        """
        single = np.stack([self.alone(p, efficacy).stack() for p in pains])
        total = np.zeros(single.shape[1:])
        for s, source in enumerate(self.sources):
            mine = [self.places[p].index for p in pains if self.places[p].source == s]
            if mine:
                moved = self.settled[s].joint(mine, efficacy)
                total += worth_of(moved, source.link, self.market).stack()
        size = np.abs(single)
        whole = size.sum(axis=0)
        part = np.where(whole > 0, size / np.where(whole > 0, whole, 1.0), 1.0 / len(pains))
        shared = single + part * (total - single.sum(axis=0))
        return Worth(*total), {p: Worth(*shared[i]) for i, p in enumerate(pains)}
