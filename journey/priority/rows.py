"""From draws to a row: figures, factors and words."""

from dataclasses import dataclass, replace

import numpy as np

from journey.model.ids import PainPointId
from journey.model.workspace import leader_of
from journey.priority import explanation
from journey.priority.board import Board, Entry
from journey.priority.draws import Floats
from journey.priority.effort import Plan
from journey.priority.factors import factors_beside
from journey.priority.result import Basis, Factor, Level, RankedItem
from journey.priority.standing import Standing

_QUANTILES = (0.1, 0.9, 0.025, 0.975)


@dataclass(frozen=True, slots=True)
class _Figures:
    """Mean and limits of the draws of what a row shows; None where it may not."""

    mean: float | None = None
    low80: float | None = None
    high80: float | None = None
    low95: float | None = None
    high95: float | None = None


def item_of(board: Board, entry: Entry, standing: Standing, first: Entry) -> RankedItem:
    """Return a ranked row with its sentence."""
    behind = board.facts(entry.pain)
    judged = entry.level is Level.E
    item = replace(
        _with_figures(board, entry),
        rank=standing.rank,
        p_top5=standing.top,
        p_beats_next=standing.beats_next,
        rank_low80=standing.low80,
        rank_high80=standing.high80,
        share_affected=None if judged else behind.share,
        effect=None if judged or entry.level is Level.D else behind.effect,
        n=behind.n,
        factors=() if judged or entry is first else _factors(board, entry, first),
        notes=behind.notes + _notes(board, entry),
        relational=behind.relational,
        volume=board.volume(behind),
        shift=None if judged else behind.shift,
        outcome=behind.word,
        no_evidence=entry.no_evidence,
        toss_up=standing.toss_up,
        joint=entry.together,
    )
    return _told(board, item)


def item_unranked(board: Board, pain: str, plan: Plan) -> RankedItem:
    """Return the row of a pain point about which nothing is known."""
    return _told(board, _row(board, pain, plan, Level.F))


def _told(board: Board, item: RankedItem) -> RankedItem:
    context = explanation.Context(
        total=len(board.body.places),
        top_k=board.ws.assumptions.top_k,
        moved=board.body.moved,
        currency=board.ws.info.currency,
        pain=board.ws.pain_points[item.pain_point],
        shortfall=board.body.shortfalls.get(item.pain_point),
    )
    return replace(
        item,
        sentence=explanation.sentence(item, context),
        why_not_higher=explanation.why_not_higher(item),
    )


def _row(board: Board, pain_id: str, plan: Plan, level: Level) -> RankedItem:
    """Return a row with its names and its effort, no figure yet."""
    ws = board.ws
    pain = ws.pain_points[PainPointId(pain_id)]
    at = ws.touchpoints.get(pain.touchpoint) if pain.touchpoint else None
    stage = ws.stages.get(at.stage) if at and at.stage else None
    owner = leader_of(ws, pain)
    leader = ws.leaders.get(owner) if owner else None
    return RankedItem(
        rank=None,
        pain_point=pain.id,
        title=pain.title,
        touchpoint=pain.touchpoint,
        touchpoint_name=at.name if at else "",
        stage_name=stage.name if stage else "",
        leader=owner,
        leader_name=leader.name if leader else "Unassigned",
        improvement=plan.improvement.id if plan.improvement else None,
        improvement_title=plan.improvement.title if plan.improvement else "",
        level=level,
        value_mean=None,
        low80=None,
        high80=None,
        low95=None,
        high95=None,
        index_mean=None,
        index_low80=None,
        index_high80=None,
        index_low95=None,
        index_high95=None,
        effort_days=plan.days,
        effort_assumed=plan.assumed,
        score=None,
        p_top5=None,
        p_beats_next=None,
        rank_low80=None,
        rank_high80=None,
        share_affected=None,
        effect=None,
        n=0,
        sentence="",
        why_not_higher="",
    )


def _with_figures(board: Board, entry: Entry) -> RankedItem:
    """Return the row with money or an index, as its level may claim; without evidence no money."""
    row = _row(board, entry.pain, entry.plan, entry.level)
    money = board.basis is Basis.MONEY and entry.level in (Level.A, Level.B)
    alone, joint = board.shown(entry.alone, entry.level), board.shown(entry.joint, entry.level)
    if alone is None or joint is None or (money and entry.no_evidence):
        return row
    f = _figures(alone)
    score = float((joint / entry.days).mean())
    if money:
        return replace(
            row,
            value_mean=f.mean,
            low80=f.low80,
            high80=f.high80,
            low95=f.low95,
            high95=f.high95,
            score=score,
        )
    return replace(
        row,
        index_mean=f.mean,
        index_low80=f.low80,
        index_high80=f.high80,
        index_low95=f.low95,
        index_high95=f.high95,
        score=score,
    )


def _figures(drawn: Floats) -> _Figures:
    low80, high80, low95, high95 = (float(q) for q in np.quantile(drawn, _QUANTILES))
    return _Figures(float(drawn.mean()), low80, high80, low95, high95)


def _notes(board: Board, entry: Entry) -> tuple[str, ...]:
    """Return stable words on what limits or colours the row."""
    words = []
    if entry.no_evidence:
        words.append("no_evidence")
    if entry.level is Level.B and board.facts(entry.pain).relational:
        words.append("assumed_link")
    if entry.level is Level.E:
        words.append("opinion_based")
    if entry.capped:
        words.append("capped")
    if entry.together > 1:
        words.append("shared_improvement")
    return tuple(words)


def _factors(board: Board, entry: Entry, first: Entry) -> tuple[Factor, ...]:
    scores = [float((board.compared(e.alone) / e.days).mean()) for e in (entry, first)]
    return factors_beside(_means(board, entry), _means(board, first), scores[0], scores[1])


def _means(board: Board, entry: Entry) -> dict[str, float]:
    """Return the factors of a row's own score as means."""
    behind = board.facts(entry.pain)
    a = board.ws.assumptions
    means = {
        "used": behind.used,
        "share": behind.share,
        "effect": behind.effect,
        "efficacy": entry.plan.efficacy,
        "effort": entry.plan.days,
        "link": 1.0,
    }
    if behind.relational:
        leaving = board.body.leaving[board.body.places[entry.pain].source]
        means["link"] = a.causal_share_mean * (1.0 if leaving else a.bad_to_churn_mean)
    if board.basis is Basis.MONEY:
        total = float(board.market.customers.sum())
        kept = float(entry.alone.kept.mean()) * total
        means["customers"] = total if behind.relational else total * behind.used
        means["used"] = behind.used if behind.relational else 1.0
        means["value"] = float(entry.alone.money.mean()) / kept if kept else 0.0
    return means
