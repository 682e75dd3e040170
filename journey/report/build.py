"""Building packs: picking and ordering what a ranking, its metrics and the workspace say."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from journey.metrics.kinds import Metric
from journey.metrics.score import MetricResult
from journey.model.assumptions import Assumptions
from journey.model.evidence import Question
from journey.model.ids import LeaderId, QuarterId, QuestionId, SegmentId, TouchpointId
from journey.model.workspace import Workspace
from journey.priority.result import Basis, Level, RankedItem, Ranking
from journey.report.around import Around
from journey.report.axis import axis_of
from journey.report.comments import chosen_comments
from journey.report.fixes import finished
from journey.report.kpis import all_kpis, kpi_facts, metric_target
from journey.report.overview import done_page_of, overview_of
from journey.report.pack import (
    ROWS_ON_THE_PAGE,
    Ask,
    AssumptionFact,
    Decision,
    Figure,
    Foot,
    MetricChange,
    MetricFact,
    Pack,
    PackRow,
    RankChange,
)
from journey.report.page import written
from journey.report.report import Report

# Which question stands beside a pain point where a touchpoint has several.
_LEADING = (Metric.NPS, Metric.CSAT, Metric.CES2, Metric.CES1, Metric.RATING)


class MetricRow(Protocol):
    """One question's figure at its touchpoint, as the evidence gives it."""

    @property
    def touchpoint(self) -> TouchpointId | None:
        """The touchpoint, None where the question has none."""

    @property
    def question(self) -> Question:
        """The question."""

    @property
    def segment(self) -> SegmentId | None:
        """None where segments are pooled."""

    @property
    def result(self) -> MetricResult:
        """Its figures."""


def build_packs(
    workspace: Workspace,
    ranking: Ranking,
    metric_rows: Iterable[MetricRow],
    *,
    quarter: str | None,
    generated_on: date,
    content_sha256: str,
    around: Around | None = None,
    workspace_id: str = "",
) -> tuple[Pack, ...]:
    """Return a pack for each leader who owns a row, by name, then one for what nobody owns.

    Args:
        ranking: of the whole workspace, so that every pack shows the ranks of the whole list.
        metric_rows: segments pooled (and by segment where wanted), in the order to be shown.
        quarter: the label the packs carry, also where the ranking itself has none.
        content_sha256: of the workspace the figures come from; workspace_id: see `Foot`.
        around: what the packs tell beside the ranking; nothing of it where it is None.
    """
    facts = [(row.touchpoint, row.question.id, _metric_fact(workspace, row)) for row in metric_rows]
    builder = _Builder(
        workspace,
        ranking,
        facts,
        around or Around(),
        quarter=quarter,
        generated_on=generated_on,
        content_sha256=content_sha256,
        workspace_id=workspace_id,
    )
    return tuple(builder.pack(leader) for leader in owners_of(ranking))


def owners_of(ranking: Ranking) -> tuple[LeaderId | None, ...]:
    """Return whom the packs of a ranking are for: by name, then None for what nobody owns."""
    owners = {item.leader: item.leader_name for item in ranking.items}
    return tuple(sorted(owners, key=lambda k: (k is None, owners[k].casefold(), k or "")))


_Asked = tuple[TouchpointId | None, QuestionId, MetricFact]


def build_report(
    workspace: Workspace,
    ranking: Ranking,
    metric_rows: Iterable[MetricRow],
    *,
    quarter: str | None,
    generated_on: date,
    content_sha256: str,
    around: Around | None = None,
    workspace_id: str = "",
) -> Report:
    """Return the packs, the board's overview and "You said, we did"; takes what they take."""
    around = around or Around()
    packs = build_packs(
        workspace,
        ranking,
        metric_rows,
        quarter=quarter,
        generated_on=generated_on,
        content_sha256=content_sha256,
        around=around,
        workspace_id=workspace_id,
    )
    overview = overview_of(workspace, packs, around)
    return Report(packs, overview, done_page_of(workspace, packs, around))


class _Builder:
    """What all packs of one export share."""

    def __init__(
        self,
        workspace: Workspace,
        ranking: Ranking,
        facts: Sequence[_Asked],
        around: Around,
        *,
        quarter: str | None,
        generated_on: date,
        content_sha256: str,
        workspace_id: str,
    ) -> None:
        self._ws, self._ranking, self._facts = workspace, ranking, facts
        self._around = around
        self._quarter, self._generated_on = quarter, generated_on
        self._content_sha256, self._workspace_id = content_sha256, workspace_id
        self._leading = _leading(facts)
        self._fixes = finished(workspace, around, quarter=quarter)
        self._kpis = all_kpis(workspace, quarter)
        self._items: dict[LeaderId | None, list[RankedItem]] = defaultdict(list)
        for item in ranking.items:
            self._items[item.leader].append(item)
        self._owned: dict[LeaderId | None, set[TouchpointId]] = defaultdict(set)
        for touchpoint in workspace.touchpoints.values():
            self._owned[touchpoint.owner].add(touchpoint.id)

    def pack(self, leader: LeaderId | None) -> Pack:
        """Return one leader's pack."""
        ws, ranking = self._ws, self._ranking
        items = sorted(self._items[leader], key=lambda item: (item.rank is None, item.rank or 0))
        decision_items, ask = _asked(items, self._top_k())
        asked = {item.pain_point for item in decision_items} if ask is Ask.APPROVE else set()
        rows = tuple(self._row(item, item.pain_point in asked) for item in items)
        page = rows[:ROWS_ON_THE_PAGE]
        touchpoints = self._touchpoints(leader, items)
        metrics = tuple(fact for place, _, fact in self._facts if place in touchpoints)
        known = ws.leaders.get(leader) if leader is not None else None
        frozen = ws.quarters.get(QuarterId(self._quarter)) if self._quarter else None
        before = self._around.before
        pack = Pack(
            workspace=ws.info.name,
            language=ws.info.language,
            leader=leader,
            leader_name=known.name if known else items[0].leader_name,
            leader_role=known.role if known else "",
            quarter=self._quarter,
            frozen_on=frozen.frozen_at.date() if frozen and frozen.frozen_at else None,
            draft=ranking.draft,
            basis=ranking.basis,
            index_unit=ranking.index_unit,
            currency=ranking.currency,
            minimum_n=ws.info.minimum_n,
            decision=_decision(
                decision_items, ask, rows, self._top_k(), self._around.joint.get(leader)
            ),
            rows=page,
            all_rows=rows,
            rows_in_all=len(ranking.items),
            axis=axis_of(row.figure for row in page),
            metrics=metrics,
            kpis=kpi_facts(self._kpis, leader, touchpoints),
            assumptions=self._assumptions(),
            foot=self._foot(metrics),
            warnings=ranking.warnings,
            before=before.quarter if before else None,
            gone=self._gone(leader),
            fixes=tuple(fact for fact in self._fixes if fact.leader == leader),
            comments=chosen_comments((i.touchpoint for i in items), self._around.comments),
        )
        return written(pack)

    def _top_k(self) -> int:
        return int(self._ranking.assumptions.get("top_k", Assumptions().top_k))

    def _row(self, item: RankedItem, asked: bool) -> PackRow:
        improvement = self._ws.improvements.get(item.improvement) if item.improvement else None
        question, metric = self._leading.get(item.touchpoint, (None, None))
        rank_before, change = self._moved(item)
        return PackRow(
            item=item,
            figure=_figure(item, self._ranking.basis),
            metric=metric,
            status=improvement.status if improvement else "",
            due=improvement.due if improvement else None,
            notes=improvement.notes if improvement else "",
            asked=asked,
            segment=self._around.segments.get(item.pain_point, ""),
            rank_before=rank_before,
            change=change,
            metric_target=metric_target(self._ws, item.touchpoint, metric) if metric else None,
            metric_change=self._metric_change(question),
        )

    def _moved(self, item: RankedItem) -> tuple[int | None, RankChange]:
        """Return the rank in the quarter before, and how this one compares with it."""
        before = self._around.before
        if before is None or item.rank is None:
            return None, RankChange.UNKNOWN
        known = before.rows.get(item.pain_point)
        if known is None:
            return None, RankChange.NEW
        if known.rank is None:
            return None, RankChange.UNKNOWN
        if known.rank == item.rank:
            return known.rank, RankChange.SAME
        return known.rank, RankChange.UP if item.rank < known.rank else RankChange.DOWN

    def _metric_change(self, question: QuestionId | None) -> MetricChange | None:
        before = self._around.before
        return before.metrics.get(question) if before and question is not None else None

    def _gone(self, leader: LeaderId | None) -> tuple[str, ...]:
        """Return the titles that were this leader's in the quarter before and are in no list."""
        before = self._around.before
        if before is None:
            return ()
        here = {item.pain_point for item in self._ranking.items}
        gone = (row for key, row in before.rows.items() if key not in here)
        mine = [row for row in gone if row.leader == leader]
        return tuple(r.title for r in sorted(mine, key=lambda r: (r.rank is None, r.rank or 0)))

    def _touchpoints(
        self, leader: LeaderId | None, items: Sequence[RankedItem]
    ) -> frozenset[TouchpointId]:
        """Return where this leader's rows are, and what the leader owns."""
        mine = {item.touchpoint for item in items if item.touchpoint is not None}
        return frozenset(mine | (self._owned[leader] if leader is not None else set()))

    def _assumptions(self) -> tuple[AssumptionFact, ...]:
        usual = Assumptions().figures()
        return tuple(
            AssumptionFact(name, value, usual.get(name))
            for name, value in self._ranking.assumptions.items()
        )

    def _foot(self, metrics: Iterable[MetricFact]) -> Foot:
        return Foot(
            generated_on=self._generated_on,
            content_sha256=self._content_sha256,
            seed=self._ranking.seed,
            draws=self._ranking.draws,
            method_version=self._ranking.method_version,
            answers=sum(fact.n for fact in metrics if not fact.segment),
            workspace_id=self._workspace_id,
        )


def _metric_fact(ws: Workspace, row: MetricRow) -> MetricFact:
    touchpoint = ws.touchpoints.get(row.touchpoint) if row.touchpoint else None
    stage = ws.stages.get(touchpoint.stage) if touchpoint and touchpoint.stage else None
    segment = ws.segments.get(row.segment) if row.segment else None
    result = row.result
    return MetricFact(
        touchpoint=touchpoint.name if touchpoint else "",
        stage=stage.name if stage else "",
        question=row.question.text,
        segment=segment.name if segment else row.segment or "",
        metric=result.metric,
        scale=row.question.scale,
        higher_is_better=row.question.higher_is_better,
        n=result.n,
        value=result.value,
        low=result.low,
        high=result.high,
        margin=result.margin,
        top2box=result.top2box,
        suppressed=result.suppressed,
        indicative=result.grade == "indicative",
    )


def _leading(
    facts: Iterable[_Asked],
) -> dict[TouchpointId | None, tuple[QuestionId, MetricFact]]:
    """Return each touchpoint's leading question: NPS first, then the one with most answers."""
    best: dict[TouchpointId | None, tuple[QuestionId, MetricFact]] = {}
    for place, question, fact in facts:
        if place is None or fact.segment:
            continue
        held = best.get(place)
        if held is None or _lead(fact) < _lead(held[1]):
            best[place] = question, fact
    return best


def _lead(fact: MetricFact) -> tuple[int, int]:
    return _LEADING.index(fact.metric), -fact.n


def _figure(item: RankedItem, basis: Basis) -> Figure | None:
    if basis is Basis.MONEY and item.value_mean is not None:
        return Figure(item.value_mean, item.low80, item.high80, item.low95, item.high95)
    if basis is Basis.INDEX and item.index_mean is not None:
        return Figure(
            item.index_mean,
            item.index_low80,
            item.index_high80,
            item.index_low95,
            item.index_high95,
        )
    return None


def _asked(items: Sequence[RankedItem], top_k: int) -> tuple[list[RankedItem], Ask]:
    """Return the rows a decision is about: those among the first of all, else the best."""
    ranked = [item for item in items if item.rank is not None]
    known = [i for i in ranked if i.value_mean is not None or i.index_mean is not None]
    # A negative figure is shown, but no one is asked to pay for it.
    measured = [i for i in known if not i.no_evidence]
    first = [i for i in measured if i.rank is not None and i.rank <= top_k]
    if first:
        return first, Ask.APPROVE
    if measured:
        return measured[:1], Ask.NEAREST
    opinion = [item for item in ranked if item.level is Level.E] or list(items)
    return (opinion[:1], Ask.MEASURE) if opinion else ([], Ask.NOTHING)


def _decision(
    items: Sequence[RankedItem],
    ask: Ask,
    rows: Iterable[PackRow],
    top_k: int,
    joint: Figure | None,
) -> Decision:
    """Return the decision; rows of one improvement are one piece of work."""
    wanted = {item.pain_point for item in items}
    work = {item.improvement or item.pain_point: item for item in items}
    return Decision(
        ask=ask,
        rows=tuple(row for row in rows if row.item.pain_point in wanted),
        effort_days=sum(item.effort_days for item in work.values()),
        effort_assumed=any(item.effort_assumed for item in work.values()),
        top_k=top_k,
        joint=joint if ask is Ask.APPROVE and len(items) > 1 else None,
    )
