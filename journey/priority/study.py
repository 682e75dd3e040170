"""A prepared study: what is expensive is fitted once, and every what-if is answered from it.

    study = prepare(workspace, tables, quarter="2026Q4")
    study.rank()                                   # the list as the file stands
    study.rank(assumptions=other)                  # the same evidence under other assumptions
    study.rank(workspace=changed)                  # other efforts, values, improvements, leaders
    study.estimate().joint_value(["imp-1", "imp-2"])   # a chosen set, recomputed and not added

A study keeps the fits, the standard-normal draws, the graphs and their inverses. Whatever a call
changes, its answer has the same bytes as a new `rank` of the same inputs and seed: what is kept is
only what a new run would make again.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import replace

from journey.errors import RankingError
from journey.model.assumptions import Assumptions, contradictions
from journey.model.ids import PainPointId
from journey.model.workspace import Workspace
from journey.priority.draws import Floats, Streams
from journey.priority.estimate import Estimate
from journey.priority.evidence import ResponseTable
from journey.priority.market import market_of
from journey.priority.memory import Memory
from journey.priority.ranking import Run, estimate_of
from journey.priority.result import Ranking
from journey.priority.source import PainFacts
from journey.priority.sources import body_of


class Study:
    """The evidence of one quarter, ready to be ranked under any assumptions.

    Make one with `journey.priority.prepare`. It copies the workspace, so that later edits do not
    reach it; pass a changed workspace to `rank` or `estimate`. Not for several threads at once.

    Attributes:
        workspace: as it was prepared; its assumptions are the study's own.
        quarter, draws, seed, draft: as given. tables: this quarter's answers. earlier: up to three
            quarters before it, the latest first.
    """

    def __init__(
        self,
        workspace: Workspace,
        tables: Sequence[ResponseTable],
        *,
        quarter: str | None,
        draws: int = 1000,
        seed: int = 1,
        draft: bool = True,
        earlier: Sequence[Sequence[ResponseTable]] = (),
    ) -> None:
        if draws < 1:
            raise RankingError("no_draws", draws=draws)
        self.workspace = workspace.copy()
        self.tables = tuple(tables)
        self.earlier = tuple(tuple(quarter_tables) for quarter_tables in earlier)
        self.quarter, self.draws, self.seed, self.draft = quarter, draws, seed, draft
        self._streams = Streams(seed, quarter, draws)
        self._memory = Memory()
        self._own: Estimate | None = None

    def rank(
        self, assumptions: Assumptions | None = None, workspace: Workspace | None = None
    ) -> Ranking:
        """Return the list under other assumptions, or of a changed workspace, or of both.

        Raises:
            RankingError: contradictory_assumptions, no_way_out; see `journey.priority.rank`.
        """
        return self.estimate(assumptions, workspace).ranking

    def of_tables(self, tables: Sequence[ResponseTable]) -> "Study":
        """Return the study of changed answers; what they leave as it was is not worked out again.

        Its list has the same bytes as that of a new study of these answers.
        """
        changed = copy(self)
        changed.tables, changed._own = tuple(tables), None
        return changed

    def by_segment(self, segment: str) -> Ranking:
        """Return the list of one segment's customers alone; see `Estimate.of_segment`.

        Raises:
            RankingError: unknown_segment (id, segments), and as `rank`.
        """
        return self.estimate().of_segment(segment).ranking

    def estimate(
        self, assumptions: Assumptions | None = None, workspace: Workspace | None = None
    ) -> Estimate:
        """Return the list with the draws behind it; see `Estimate`.

        Without arguments it is worked out once. A change of efficacy, effort, value, customers,
        discrepancy, causal share or link to leaving reuses every fit; a change of link priors or
        reporting repeats the effects; changed pain points, touchpoints, questions, surveys or
        transitions repeat what reads them.

        Raises:
            RankingError: as `rank`.
        """
        if assumptions is None and workspace is None:
            if self._own is None:
                self._own = self._worked_out(self.workspace)
            return self._own
        ws = (workspace or self.workspace).copy()
        if assumptions is not None:
            ws.put(replace(assumptions, id=ws.assumptions.id))
        return self._worked_out(ws)

    def _worked_out(self, ws: Workspace) -> Estimate:
        found = contradictions(ws.assumptions)
        if found:
            raise RankingError("contradictory_assumptions", found=tuple(found))
        market = market_of(ws, self.tables)
        body = body_of(
            ws, market, (self.tables, *self.earlier), self.quarter, (self._streams, self._memory)
        )
        run = Run(self.quarter, self.draft, self.seed, self._streams)
        return estimate_of(ws, market, body, run)

    @property
    def pains(self) -> tuple[PainPointId, ...]:
        """The P pain points with evidence, in the order of their ids: the columns below."""
        return self.estimate().pains

    @property
    def values(self) -> Floats:
        """float64[K, P], what fixing each gives under the study's own assumptions.

        In money (customer value kept for each year's customers) or, in a list without money, in
        its index per 1,000 customers; see `Estimate.values`.
        """
        return self.estimate().values

    @property
    def effort(self) -> Floats:
        """float64[K, P], person-days of each pain point's improvement."""
        return self.estimate().effort

    def joint_value(self, ids: Sequence[str]) -> Floats:
        """Return float64[K], the value of fixing these at once; see `Estimate.joint_value`."""
        return self.estimate().joint_value(ids)

    def visits(self, pain: str) -> float:
        """Return visits of its touchpoint per customer and year (relational: share who use it)."""
        return self.facts(pain).used

    def share(self, pain: str) -> float:
        """Return the share of those visits (or users) that meet it, 0 … 1."""
        return self.facts(pain).share

    def shift(self, pain: str) -> float | None:
        """Return how many points on 0 … 10 those who meet it score lower; None where not asked."""
        return self.facts(pain).shift

    def risk(self, pain: str) -> float:
        """Return how much likelier those who meet it have the bad outcome, 0 … 1."""
        return self.facts(pain).effect

    def facts(self, pain: str) -> PainFacts:
        """Return the means behind a pain point, with the counts they rest on (`PainFacts.tally`).

        Raises:
            RankingError: unknown_item (id), where the list has no evidence about it.
        """
        return self.estimate().facts(pain)
