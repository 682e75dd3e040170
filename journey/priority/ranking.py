"""The list: what to fix first, by the posterior mean of value per effort-day (docs/method.md)."""

from collections.abc import Sequence

import numpy as np

from journey.errors import RankingError
from journey.model.assumptions import contradictions
from journey.model.workspace import Workspace
from journey.priority import effort
from journey.priority.board import Board, Entry
from journey.priority.draws import METHOD_VERSION, Floats, Streams
from journey.priority.effort import Plan
from journey.priority.evidence import ResponseTable
from journey.priority.market import Market, market_of
from journey.priority.result import Basis, Level, RankedItem, Ranking
from journey.priority.rows import item_of, item_unranked
from journey.priority.sources import Body, body_of
from journey.priority.standing import standings
from journey.priority.worth import Bench, Worth, mean_worth


def ranking_of(
    ws: Workspace,
    tables: Sequence[ResponseTable],
    *,
    quarter: str | None,
    draws: int,
    seed: int,
    draft: bool,
) -> Ranking:
    """Return the whole list; see `journey.priority.rank`."""
    _refuse(ws, draws)
    streams = Streams(seed, quarter, draws)
    market = market_of(ws, tables)
    body = body_of(ws, market, tables, quarter, streams)
    board = Board(ws, market, body, _basis(market, body), effort.usual_days(ws))
    return Ranking(
        quarter=quarter,
        draft=draft,
        seed=seed,
        draws=draws,
        method_version=METHOD_VERSION,
        basis=board.basis,
        index_unit="moved_per_1000" if body.moved else "kept_per_1000",
        currency=ws.info.currency,
        assumptions=ws.assumptions.figures(),
        items=_items(board, _entries(board, streams)),
        warnings=body.warnings + _shortages(board),
    )


def _refuse(ws: Workspace, draws: int) -> None:
    found = contradictions(ws.assumptions)
    if found:
        raise RankingError("contradictory_assumptions", found=tuple(found))
    if draws < 1:
        raise RankingError("no_draws", draws=draws)


def _basis(market: Market, body: Body) -> Basis:
    """Return money where every segment that takes part has customers and value; one per list."""
    kinds = set(body.kinds.values())
    if Level.A in kinds:
        return Basis.MONEY if market.has_money and body.volumes_known else Basis.INDEX
    return Basis.INDEX if Level.D in kinds else Basis.ORDER


def _shortages(board: Board) -> tuple[str, ...]:
    """Return why a measured list is not in money."""
    if board.basis is not Basis.INDEX or Level.A not in board.body.kinds.values():
        return ()
    words = []
    if not np.isfinite(board.market.customers).all() or not board.body.volumes_known:
        words.append("no_volumes")
    if not np.isfinite(board.market.value).all():
        words.append("no_value")
    return tuple(words)


def _entries(board: Board, streams: Streams) -> list[Entry]:
    """Return every pain point with evidence, in the order of ids."""
    plans = _plans(board)
    sd = board.ws.assumptions.fix_efficacy_sd
    efficacy = {plan.key: effort.efficacy_draws(plan, sd, streams) for plan in plans.values()}
    sources = board.body.sources
    settled = [s.settle(_own(s.pains, plans, efficacy, streams.draws)) for s in sources]
    bench = Bench(sources, settled, board.body.places, board.market)
    done: dict[tuple[str, int], tuple[Worth, dict[str, Worth]]] = {}
    out = []
    for pain in sorted(plans):
        plan = plans[pain]
        key = (plan.key, board.group(pain))
        if key not in done:
            done[key] = bench.together(_members(board, plan, pain), efficacy[plan.key])
        joint, shares = done[key]
        out.append(
            _entry(board, bench, pain=pain, plan=plan, worth=(joint, shares), streams=streams)
        )
    return out


def _plans(board: Board) -> dict[str, Plan]:
    """Return the best open improvement of every pain point with evidence."""
    means = [mean_worth(s, board.market, board.basis) for s in board.body.sources]
    worth = {p: float(means[at.source][at.index]) for p, at in board.body.places.items()}
    beside: dict[int, dict[str, float]] = {0: {}, 1: {}}
    for pain, value in worth.items():
        beside[board.group(pain)][pain] = value
    return {
        pain: effort.best_plan(
            effort.plans_for(board.ws, pain, board.usual_days), beside[board.group(pain)], pain
        )
        for pain in sorted(worth)
    }


def _own(
    pains: Sequence[str], plans: dict[str, Plan], efficacy: dict[str, Floats], draws: int
) -> Floats:
    """Return each of a source's pain points' efficacy, float64[K, P]."""
    return np.column_stack([efficacy[plans[p].key] for p in pains] or [np.zeros((draws, 0))])


def _members(board: Board, plan: Plan, pain: str) -> list[str]:
    """Return the pain points an improvement addresses in this row's group, by id."""
    if plan.improvement is None:
        return [pain]
    mine = board.group(pain)
    addressed = set(plan.improvement.addresses) & set(board.body.places)
    return sorted(p for p in addressed if board.group(p) == mine)


def _entry(
    board: Board,
    bench: Bench,
    *,
    pain: str,
    plan: Plan,
    worth: tuple[Worth, dict[str, Worth]],
    streams: Streams,
) -> Entry:
    joint, shares = worth
    a = board.ws.assumptions
    level = board.level(pain)
    days = effort.effort_draws(plan, a.effort_sd_log, streams)
    compared = board.compared(joint) / days
    mean = float(compared.mean())
    if board.body.moved and level is Level.C:
        # The link is common to all and independent of the rest: its mean factors out, and the
        # order is that of the figures shown.
        mean = float((joint.moved / days).mean()) * a.bad_to_churn_mean
    at = board.body.places[pain]
    return Entry(
        pain=pain,
        level=level,
        plan=plan,
        alone=shares[pain],
        joint=joint,
        days=days,
        together=len(shares),
        compared=compared,
        mean=mean,
        capped=bench.settled[at.source].capped(at.index),
    )


def _items(board: Board, entries: list[Entry]) -> tuple[RankedItem, ...]:
    """Return the rows in list order, those without evidence last and unranked."""

    def place(i: int) -> tuple[int, bool, float, str]:
        e = entries[i]
        return board.group(e.pain), e.no_evidence, -e.mean, e.pain

    order = sorted(range(len(entries)), key=place)
    rows: list[RankedItem] = []
    if entries:
        scores = np.column_stack([e.compared for e in entries])
        placed = standings(scores, order, board.ws.assumptions.top_k)
        first = entries[order[0]]
        rows += [
            item_of(board, entries[i], standing, first)
            for i, standing in zip(order, placed, strict=True)
        ]
    for pain in sorted(p for p, kind in board.body.kinds.items() if kind is Level.F):
        plan = effort.plans_for(board.ws, pain, board.usual_days)[0]
        rows.append(item_unranked(board, pain, plan))
    return tuple(rows)
