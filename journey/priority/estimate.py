"""A list with the draws behind it, for whatever is asked of the list beyond its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from journey.errors import RankingError
from journey.model.ids import ImprovementId, PainPointId, SegmentId
from journey.priority import effort
from journey.priority.board import Board
from journey.priority.draws import Floats, Streams
from journey.priority.effort import Plan
from journey.priority.result import Basis, Level, Ranking
from journey.priority.source import PainFacts
from journey.priority.worth import Bench, Worth


@dataclass(frozen=True, slots=True)
class Estimate:
    """A ranking and its K draws; columns are the P pain points with evidence, by id.

    Values are in the unit of the list: money (its currency, customer value kept for each year's
    customers) where `ranking.basis` is money, else the index per 1,000 customers
    (`ranking.index_unit`). Those of level D in a money list, and of level E anywhere, are the
    model's own and are not to be shown as figures.

    Attributes:
        ranking: the list. pains: ids of the columns.
        values: float64[K, P], what fixing each gives; of an improvement that addresses several,
            its share of their joint value. joint: float64[K, P], all that its improvement gives.
        effort: float64[K, P], person-days of its improvement. scores: float64[K, P], what the
            draws are ranked by: value (or customers) kept by the improvement per person-day.
        whole: the list of all segments, where this is that of one.
    """

    ranking: Ranking
    pains: tuple[PainPointId, ...]
    values: Floats
    joint: Floats
    effort: Floats
    scores: Floats
    board: Board
    bench: Bench
    plans: Mapping[str, Plan]
    streams: Streams
    whole: "Estimate | None" = None

    @property
    def segments(self) -> tuple[SegmentId, ...]:
        """The segments that take part by name, in the order of their ids."""
        return tuple(SegmentId(s) for s in self.board.market.segments if s)

    def of_segment(self, segment: str) -> "Estimate":
        """Return the list of one segment: its customers alone, ranked among themselves.

        Nothing is fitted or drawn again: draw by draw the money of all segments adds up to this
        list's, and their indices, weighted by the mix, to its index.

        Raises:
            RankingError: unknown_segment (id, segments), where it takes no part in the list.
        """
        from journey.priority.ranking import estimate_in

        if not segment or segment not in self.board.market.segments:
            raise RankingError("unknown_segment", id=segment, segments=self.segments)
        whole = self if self.whole is None else self.whole
        return estimate_in(whole, self.board.market.segments.index(segment))

    def column(self, pain: str) -> int:
        """Return a pain point's column.

        Raises:
            RankingError: unknown_item (id), where the list has no evidence about it.
        """
        try:
            return self.pains.index(PainPointId(pain))
        except ValueError:
            raise RankingError("unknown_item", id=pain) from None

    def facts(self, pain: str) -> PainFacts:
        """Return the means behind a pain point: visits, share, shift, risk, and their counts.

        Raises:
            RankingError: unknown_item (id).
        """
        self.column(pain)
        return self.board.facts(pain)

    def joint_value(self, ids: Sequence[str]) -> Floats:
        """Return float64[K], the value of doing all of these, recomputed and never added.

        Visits: all η at once through a new chain. Relational: the drop of P(bad) with all gone.
        Two fixes on the same path, touchpoint or respondent give less (or more) than their sum.

        Args:
            ids: of pain points (each removed by its own plan) and of improvements (which remove
                all that they address); what several of them remove is removed once, 1 − Π(1 − e).

        Raises:
            RankingError: unknown_item (id), of what is neither; a pain point of an improvement
                about which nothing is known gives nothing.
        """
        kept: dict[str, Floats] = {}
        for name in dict.fromkeys(ids):
            pains, efficacy = self._removed_by(name)
            for pain in pains:
                kept[pain] = kept.get(pain, np.ones(self.streams.draws)) * (1.0 - efficacy)
        if not kept:
            return np.zeros(self.streams.draws)
        pains = sorted(kept)
        worth = self.bench.joint(pains, np.column_stack([1.0 - kept[p] for p in pains]))
        return shown(self.board, worth)

    def days(self, ids: Sequence[str]) -> Floats:
        """Return float64[K], person-days of doing all of these; an improvement counts once.

        Raises:
            RankingError: unknown_item (id).
        """
        chosen = {plan.key: plan for plan in map(self._plan, ids)}
        sd = self.board.ws.assumptions.effort_sd_log
        drawn = [effort.effort_draws(chosen[key], sd, self.streams) for key in sorted(chosen)]
        return np.sum(drawn, axis=0) if drawn else np.zeros(self.streams.draws)

    def _plan(self, name: str) -> Plan:
        if name in self.plans:
            return self.plans[name]
        improvement = self.board.ws.improvements.get(ImprovementId(name))
        if improvement is None:
            raise RankingError("unknown_item", id=name)
        return effort.plan_of(self.board.ws, improvement, self.board.usual_days)

    def _removed_by(self, name: str) -> tuple[list[str], Floats]:
        """Return the pain points removed and the share of each that is, float64[K]."""
        plan = self._plan(name)
        drawn = effort.efficacy_draws(plan, self.board.ws.assumptions.fix_efficacy_sd, self.streams)
        if name in self.plans or plan.improvement is None:
            return [name], drawn
        return [p for p in plan.improvement.addresses if p in self.board.body.places], drawn


def shown(board: Board, worth: Worth) -> Floats:
    """Return the draws in the unit of the list: money, or the index per 1,000."""
    level = Level.A if board.basis is Basis.MONEY else Level.C
    found = board.shown(worth, level)
    assert found is not None
    return found
