"""What a body of evidence tells the list, whichever way it was measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from journey.priority.draws import Bools, Floats


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted about a pain point, unweighted, before any model.

    Attributes:
        asked: answers of those who used the touchpoint and were asked. named: of those, who named
            it. known_named, bad_named: of those, whose outcome is known, and is bad.
        known_others, bad_others: the same of those who did not name it.
        score_named, score_others: mean scores on 0 … 10, None without a scored answer.
    """

    asked: int
    named: int
    known_named: int
    bad_named: int
    known_others: int
    bad_others: int
    score_named: float | None = None
    score_others: float | None = None


@dataclass(frozen=True, slots=True)
class PainFacts:
    """Means behind one row, for its sentence and its factors.

    Attributes:
        n: answers behind it, unweighted. used: share of customers who used the touchpoint, or
            visits per customer. share: of those, who meet it. effect: risk difference of the
            affected, 0 … 1. shift: how many points lower they score, None where not asked.
        word: what the effect is a risk of: left, dissatisfied, detractor, low.
        relational: whether respondents, not visits, are counted. notes: stable words.
        tally: the plain counts it rests on, None where nobody was asked.
    """

    n: int
    used: float
    share: float
    effect: float
    shift: float | None
    word: str
    relational: bool
    notes: tuple[str, ...] = ()
    tally: Tally | None = None


class Settled(Protocol):
    """Evidence after the limits on what all fixes together can do were applied."""

    def singles(self) -> Floats:
        """Return float64[K, P, S] of fixing each pain point alone, by its own plan."""

    def joint(self, pains: Sequence[int], efficacy: Floats) -> Floats:
        """Return float64[K, S] of fixing several at once, recomputed and not added.

        Moved per customer of the segment, before the link. efficacy: float64[K, m], of each.
        """

    def capped(self) -> Bools:
        """Return bool[P]: whether a limit held a pain point's value back."""


class Source(Protocol):
    """One body of evidence: a relational survey, or all visits together."""

    @property
    def pains(self) -> tuple[str, ...]:
        """The pain points it speaks of, in the order of their ids."""

    @property
    def facts(self) -> Mapping[str, PainFacts]:
        """The means behind each pain point."""

    @property
    def link(self) -> Floats:
        """float64[K], what turns a moved customer into a kept one; ones where leaving was seen."""

    def facts_in(self, segment: int) -> Mapping[str, PainFacts]:
        """Return those means of one segment, by its place, with its answers counted."""

    def unit_mean(self) -> Floats:
        """Return float64[P, S], the mean moved per customer if a fix removed a pain whole."""

    def settle(self, own: Floats) -> Settled:
        """Apply the limits, given each pain point's efficacy draws float64[K, P]."""
