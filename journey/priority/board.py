"""What all rows of a list share, and one ranked pain point with its draws."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from journey.model.workspace import Workspace
from journey.priority.draws import Floats
from journey.priority.effort import Plan
from journey.priority.market import Market
from journey.priority.result import Basis, Level
from journey.priority.source import PainFacts
from journey.priority.sources import Body
from journey.priority.worth import Worth

_PER = 1000.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One ranked pain point.

    Attributes:
        alone: its own share of what its improvement gives; joint: all of the improvement.
        together: the pain points that the improvement addresses here.
        mean: what the list is ranked by.
        score: mean of what the row may show per effort-day, of the improvement; None where it may
            show nothing. own_score: of the pain point's own share, in what draws are ranked by.
        kept, money: means of its own share.
        capped: whether a limit on all fixes together held it back.
        no_evidence: whether fixing it is not seen to help.
    """

    pain: str
    level: Level
    plan: Plan
    alone: Worth
    joint: Worth
    together: tuple[str, ...]
    mean: float
    score: float | None
    own_score: float
    kept: float
    money: float
    capped: bool
    no_evidence: bool


@dataclass(frozen=True, slots=True)
class Part:
    """The one segment that a list counts, with the means of its own customers.

    Attributes:
        withheld: pain points of which its answers may not be shown.
    """

    id: str
    name: str
    facts: Mapping[str, PainFacts]
    withheld: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Board:
    """What all rows of a list share.

    Attributes:
        usual_days: the effort of a fix whose own is not known. part: None where all are counted.
    """

    ws: Workspace
    market: Market
    body: Body
    basis: Basis
    usual_days: float
    part: Part | None = None

    def facts(self, pain: str) -> PainFacts:
        """Return the means behind a pain point with evidence."""
        if self.part is not None:
            return self.part.facts[pain]
        place = self.body.places[pain]
        return self.body.sources[place.source].facts[pain]

    def withholds(self, pain: str) -> bool:
        """Whether a row may not show the answers behind it: too few in its segment."""
        return self.part is not None and pain in self.part.withheld

    def level(self, pain: str) -> Level:
        """Return the level a row may claim: measured ones are A, B or C by link and basis."""
        kind = self.body.kinds[pain]
        if kind is not Level.A:
            return kind
        if self.basis is not Basis.MONEY:
            return Level.C
        return Level.A if self.body.leaving[self.body.places[pain].source] else Level.B

    def group(self, pain: str) -> int:
        """Return 1 for what stands under the measured rows of a money list, else 0."""
        opinion = self.body.kinds[pain] in (Level.D, Level.E)
        return 1 if self.basis is Basis.MONEY and opinion else 0

    def shown(self, worth: Worth, level: Level) -> Floats | None:
        """Return the draws a row may show: money, or an index per 1,000; None at level E."""
        if level is Level.E:
            return None
        if self.basis is Basis.MONEY and level is not Level.D:
            return worth.money
        return np.asarray(_PER * (worth.moved if self.body.moved else worth.kept))

    def compared(self, worth: Worth) -> Floats:
        """Return what draws are ranked by: money, or customers kept."""
        return worth.money if self.basis is Basis.MONEY else worth.kept

    def volume(self, facts: PainFacts) -> float | None:
        """Return customers a year, or visits a year, where every segment's are known."""
        if not np.isfinite(self.market.customers).all():
            return None
        total = float(self.market.customers.sum())
        return total if facts.relational else total * facts.used
