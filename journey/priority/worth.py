"""From customers moved to what a list compares: money or customers kept, alone and together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
    """Draws of what fixing gives, float64[K] each, or float64[K, P] of P pain points.

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

    def of(self, column: int) -> "Worth":
        """Return one pain point's, of float64[K, P]."""
        return Worth(self.money[:, column], self.kept[:, column], self.moved[:, column])

    def with_column(self, column: int, worth: "Worth") -> None:
        """Put one pain point's draws in its column."""
        self.money[:, column] = worth.money
        self.kept[:, column] = worth.kept
        self.moved[:, column] = worth.moved

    def copy(self) -> "Worth":
        """Return a copy whose columns are contiguous."""
        return Worth(*(np.array(a, order="F") for a in (self.money, self.kept, self.moved)))


def worth_of(moved: Floats, link: Floats, market: Market) -> Worth:
    """Return the worth of moved per customer of each segment.

    Args:
        moved: float64[K, S] or float64[K, P, S]. link: float64[K].
    """
    before = moved @ market.mix
    kept_of = link if before.ndim == 1 else link[:, None]
    money = np.zeros(before.shape)
    if market.has_money:
        money = (moved @ (market.customers * market.value)) * kept_of
    return Worth(money, before * kept_of, before)


def mean_worth(source: Source, market: Market, basis: Basis) -> Floats:
    """Return float64[P], the mean of what is compared if each pain point were removed whole."""
    weight = market.customers * market.value if basis is Basis.MONEY else market.mix
    return np.asarray(source.unit_mean() @ weight * float(source.link.mean()))


@dataclass(frozen=True, slots=True)
class Bench:
    """The settled sources of a list and who each pain point's is.

    Attributes:
        whole: that of all segments, where this one counts a single segment.
    """

    sources: Sequence[Source]
    settled: Sequence[Settled]
    places: Mapping[str, Place]
    market: Market
    whole: "Bench | None" = None

    def only(self, place: int) -> "Bench":
        """Return the bench of one segment, whose values add up to the whole's."""
        return replace(self, market=self.market.only(place), whole=self)

    def singles(self, pains: Sequence[str], draws: int) -> Worth:
        """Return the worth of fixing each alone by its own plan, float64[K, P], columns close."""
        out = Worth(*(np.zeros((draws, len(pains)), order="F") for _ in range(3)))
        for s, (source, settled) in enumerate(zip(self.sources, self.settled, strict=True)):
            mine = [c for c, p in enumerate(pains) if self.places[p].source == s]
            if not mine:
                continue
            each = worth_of(settled.singles(), source.link, self.market)
            index = [self.places[pains[c]].index for c in mine]
            if index == list(range(len(pains))) and len(index) == len(source.pains):
                return each.copy()
            out.money[:, mine] = each.money[:, index]
            out.kept[:, mine] = each.kept[:, index]
            out.moved[:, mine] = each.moved[:, index]
        return out

    def joint(self, pains: Sequence[str], efficacy: Floats) -> Worth:
        """Return the worth of fixing these at once, each source's recomputed and not added.

        Args:
            pains: different ones. efficacy: float64[K, m], the share of each that is removed.
        """
        total = np.zeros((3, len(efficacy)))
        for s, source in enumerate(self.sources):
            mine = [i for i, p in enumerate(pains) if self.places[p].source == s]
            if mine:
                index = [self.places[pains[i]].index for i in mine]
                moved = self.settled[s].joint(index, efficacy[:, mine])
                total += worth_of(moved, source.link, self.market).stack()
        return Worth(*total)

    def together(self, pains: Sequence[str], efficacy: Floats) -> tuple[Worth, dict[str, Worth]]:
        """Return the joint worth of an improvement's pain points, and each one's share of it.

        What fixing together adds or takes away is shared in proportion to the single values, in a
        segment to those of all segments.

        Args:
            efficacy: float64[K], of the improvement.
        """
        whole_efficacy = np.repeat(efficacy[:, None], len(pains), axis=1)
        single = self._each(pains, efficacy)
        joint = self.joint(pains, whole_efficacy)
        size = np.abs(single if self.whole is None else self.whole._each(pains, efficacy))
        whole = size.sum(axis=0)
        part = np.where(whole > 0, size / np.where(whole > 0, whole, 1.0), 1.0 / len(pains))
        shared = single + part * (joint.stack() - single.sum(axis=0))
        return joint, {p: Worth(*shared[i]) for i, p in enumerate(pains)}

    def _each(self, pains: Sequence[str], efficacy: Floats) -> Floats:
        """Return float64[m, 3, K], the worth of fixing each of them alone."""
        return np.stack([self.joint([p], efficacy[:, None]).stack() for p in pains])
