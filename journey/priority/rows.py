"""From draws to a row: figures, factors and words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from journey.model.ids import PainPointId
from journey.model.workspace import leader_of
from journey.priority import explanation, withheld
from journey.priority.board import Board, Entry
from journey.priority.draws import Floats
from journey.priority.effort import Plan
from journey.priority.factors import factors_beside
from journey.priority.result import Basis, Factor, Level, RankedItem
from journey.priority.standing import Standing

_QUANTILES = (0.1, 0.9, 0.025, 0.975)


@dataclass(frozen=True, slots=True)
class _Figures:
    """Mean and limits of the draws of what a row shows; None where it may not.

    Attributes:
        joint: mean and 80 % limits of the whole improvement, of a row that shares it.
    """

    mean: float | None = None
    low80: float | None = None
    high80: float | None = None
    low95: float | None = None
    high95: float | None = None
    score: float | None = None
    joint: tuple[float | None, float | None, float | None] = (None, None, None)


def items_of(
    board: Board,
    entries: Sequence[Entry],
    standings: Sequence[Standing],
    ahead: tuple[int, float] | None,
) -> list[RankedItem]:
    """Return the ranked rows with their sentences, in list order.

    Args:
        ahead: the first rank that the fix of rank 1 does not serve, and rank 1's chance against it.
    """
    figures = _all_figures(board, entries)
    customers = _customers(board)
    first = (entries[0], _means(board, entries[0], customers))
    return [
        _item(
            board,
            e,
            standing,
            (f, _beside(board, (e, _means(board, e, customers)), first)),
            ahead,
        )
        for e, standing, f in zip(entries, standings, figures, strict=True)
    ]


def _item(
    board: Board,
    entry: Entry,
    standing: Standing,
    told: tuple[_Figures, tuple[Factor, ...] | None],
    ahead: tuple[int, float] | None,
) -> RankedItem:
    behind = board.facts(entry.pain)
    judged = entry.level is Level.E
    hidden = board.withholds(entry.pain)
    figures, factors = told
    partners = tuple(PainPointId(p) for p in entry.together if p != entry.pain)
    row = _row(board, entry.pain, entry.plan, entry.level)
    # Value and rank stay where answers are withheld: they are the model's estimates, drawn from
    # all segments' answers and wide where its own are few, and no count follows from them.
    row |= _shown(board, entry, figures)
    row |= {
        "rank": standing.rank,
        "p_top5": standing.top,
        "p_beats_next": standing.beats_next,
        "rank_low80": standing.low80,
        "rank_high80": standing.high80,
        "share_affected": None if judged or hidden else behind.share,
        "effect": None if judged or hidden or entry.level is Level.D else behind.effect,
        "n": None if hidden and behind.n else behind.n,
        "factors": () if judged or factors is None else factors,
        "notes": behind.notes + _notes(board, entry),
        "relational": behind.relational,
        "volume": board.volume(behind),
        "shift": None if judged or hidden else behind.shift,
        "outcome": behind.word,
        "no_evidence": entry.no_evidence,
        "toss_up": standing.toss_up,
        "joint": len(entry.together),
        "partners": partners,
        "partner_titles": tuple(board.ws.pain_points[p].title for p in partners),
        "joint_mean": figures.joint[0],
        "joint_low80": figures.joint[1],
        "joint_high80": figures.joint[2],
    }
    first = ahead if standing.rank == 1 else None
    return _told(board, row, compared=factors is not None, ahead=first)


def item_unranked(board: Board, pain: str, plan: Plan) -> RankedItem:
    """Return the row of a pain point about which nothing is known."""
    return _told(board, _row(board, pain, plan, Level.F))


def _told(
    board: Board,
    row: dict[str, Any],
    *,
    compared: bool = True,
    ahead: tuple[int, float] | None = None,
) -> RankedItem:
    """Return a row with its sentences, which speak of the row without them."""
    item = RankedItem(**row, sentence="", why_not_higher="")
    context = explanation.Context(
        total=len(board.body.places),
        top_k=board.ws.assumptions.top_k,
        moved=board.body.moved,
        currency=board.ws.info.currency,
        pain=board.ws.pain_points[item.pain_point],
        shortfall=board.body.shortfalls.get(item.pain_point),
        segment=board.part.name if board.part else "",
        ahead=ahead,
    )
    return RankedItem(
        **row,
        sentence=explanation.sentence(item, context),
        why_not_higher=explanation.why_not_higher(item, compared=compared),
    )


_NO_FIGURE = dict.fromkeys(
    (
        "rank",
        "value_mean",
        "low80",
        "high80",
        "low95",
        "high95",
        "index_mean",
        "index_low80",
        "index_high80",
        "index_low95",
        "index_high95",
        "score",
        "p_top5",
        "p_beats_next",
        "rank_low80",
        "rank_high80",
        "share_affected",
        "effect",
    )
)


def _row(board: Board, pain_id: str, plan: Plan, level: Level) -> dict[str, Any]:
    """Return a row's fields with its names and its effort, no figure and no sentence yet."""
    ws = board.ws
    pain = ws.pain_points[PainPointId(pain_id)]
    at = ws.touchpoints.get(pain.touchpoint) if pain.touchpoint else None
    stage = ws.stages.get(at.stage) if at and at.stage else None
    owner = leader_of(ws, pain)
    leader = ws.leaders.get(owner) if owner else None
    return {
        **_NO_FIGURE,
        "pain_point": pain.id,
        "title": pain.title,
        "touchpoint": pain.touchpoint,
        "touchpoint_name": at.name if at else "",
        "stage_name": stage.name if stage else "",
        "leader": owner,
        "leader_name": leader.name if leader else "Unassigned",
        "improvement": plan.improvement.id if plan.improvement else None,
        "improvement_title": plan.improvement.title if plan.improvement else "",
        "level": level,
        "effort_days": plan.days,
        "effort_assumed": plan.assumed,
        "n": 0,
    }


def _is_money(board: Board, entry: Entry) -> bool:
    return board.basis is Basis.MONEY and entry.level in (Level.A, Level.B)


def _withholds_money(board: Board, entry: Entry) -> bool:
    """Whether a row has no money to show: nothing is seen to be lost to a pain point of a survey.

    Of visits the figure stays: cut off, what is left would look more valuable than it is.
    """
    relational = board.facts(entry.pain).relational
    return _is_money(board, entry) and entry.no_evidence and relational


def _all_figures(board: Board, entries: Sequence[Entry]) -> list[_Figures]:
    """Return every row's figures, those that its level may claim."""
    out = [_Figures()] * len(entries)
    rows, drawn = [], []
    for i, entry in enumerate(entries):
        alone = board.shown(entry.alone, entry.level)
        if alone is None or _withholds_money(board, entry):
            continue
        rows.append(i)
        drawn.append(alone)
    if rows:
        table = np.stack(drawn)
        limits = np.quantile(table, _QUANTILES, axis=1)
        for i, mean, limit in zip(rows, table.mean(axis=1), limits.T, strict=True):
            low80, high80, low95, high95 = (float(q) for q in limit)
            out[i] = _Figures(float(mean), low80, high80, low95, high95, entries[i].score)
    for i in rows:
        entry = entries[i]
        if len(entry.together) > 1:
            out[i] = replace(out[i], joint=_joint(board.shown(entry.joint, entry.level)))
    return out


def _joint(drawn: Floats | None) -> tuple[float, float, float]:
    assert drawn is not None
    low, high = np.quantile(drawn, _QUANTILES[:2])
    return float(drawn.mean()), float(low), float(high)


def _shown(board: Board, entry: Entry, f: _Figures) -> dict[str, Any]:
    """Return a row's fields for money or an index."""
    if f.mean is None:
        return {}
    index = "" if _is_money(board, entry) else "index_"
    return {
        "index_mean" if index else "value_mean": f.mean,
        f"{index}low80": f.low80,
        f"{index}high80": f.high80,
        f"{index}low95": f.low95,
        f"{index}high95": f.high95,
        "score": f.score,
    }


def _notes(board: Board, entry: Entry) -> tuple[str, ...]:
    """Return stable words on what limits or colours the row."""
    words = []
    if board.withholds(entry.pain):
        words.append(withheld.NOTE)
    if entry.no_evidence:
        words.append("no_evidence")
    if entry.level is Level.B and board.facts(entry.pain).relational:
        words.append("assumed_link")
    if entry.level is Level.E:
        words.append("opinion_based")
    if entry.capped:
        words.append("capped")
    if len(entry.together) > 1:
        words.append("shared_improvement")
    return tuple(words)


def _beside(
    board: Board, mine: tuple[Entry, dict[str, float]], first: tuple[Entry, dict[str, float]]
) -> tuple[Factor, ...] | None:
    """Return a row's factors beside rank 1's, none for rank 1 itself; None where withheld."""
    if mine[0] is first[0]:
        return ()
    # A factor shows both rows' shares and effects.
    if any(board.withholds(e.pain) for e in (mine[0], first[0])):
        return None
    return factors_beside(mine[1], first[1], mine[0].own_score, first[0].own_score)


def _customers(board: Board) -> float:
    """Return the customers a year of all segments that take part."""
    return float(board.market.customers.sum())


def _means(board: Board, entry: Entry, customers: float) -> dict[str, float]:
    """Return the factors of a row's own score as means; customers: a year, all segments'."""
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
        kept = entry.kept * customers
        means["customers"] = customers if behind.relational else customers * behind.used
        means["used"] = behind.used if behind.relational else 1.0
        means["value"] = entry.money / kept if kept else 0.0
    return means
