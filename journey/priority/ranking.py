"""The list: what to fix first, by the posterior mean of value per effort-day (docs/method.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from journey.model.ids import PainPointId, SegmentId
from journey.model.workspace import Workspace
from journey.priority import effort
from journey.priority.board import Board, Entry, Part
from journey.priority.draws import METHOD_VERSION, Floats, Streams
from journey.priority.effort import Plan
from journey.priority.estimate import Estimate, shown
from journey.priority.market import Market
from journey.priority.result import Basis, Level, RankedItem, Ranking
from journey.priority.rows import item_unranked, items_of
from journey.priority.source import PainFacts
from journey.priority.sources import Body
from journey.priority.standing import standings
from journey.priority.withheld import withheld
from journey.priority.worth import Bench, Worth, mean_worth


@dataclass(frozen=True, slots=True)
class Run:
    """What a list is made for, and with."""

    quarter: str | None
    draft: bool
    seed: int
    streams: Streams


def estimate_of(ws: Workspace, market: Market, body: Body, run: Run) -> Estimate:
    """Return the whole list with its draws; see `journey.priority.rank`."""
    board = Board(ws, market, body, _basis(market, body), effort.usual_days(ws))
    plans = _plans(board)
    told = body.warnings + _shortages(board) + _no_effort(plans)
    return _estimate(board, _bench(board, plans, run.streams), plans, run, told)


def estimate_in(estimate: Estimate, place: int) -> Estimate:
    """Return the list of one segment, by its place: the same fits, draws, plans and limits.

    Draw by draw the money of all segments adds up to the whole list's, and their indices, weighted
    by the mix, to its index.
    """
    whole, listed = estimate.board, estimate.ranking
    name = SegmentId(whole.market.segments[place])
    named = [at for at, segment in enumerate(whole.market.segments) if segment]
    parts = {at: _facts_in(whole, at) for at in named}
    everyone = {pain: whole.facts(pain) for pain in whole.body.places}
    part = Part(
        id=name,
        name=whole.ws.segments[name].name if name in whole.ws.segments else name,
        facts=parts[place],
        withheld=withheld(everyone, parts, place, whole.ws.info.minimum_n),
    )
    board = replace(whole, market=whole.market.only(place), part=part)
    run = Run(listed.quarter, listed.draft, listed.seed, estimate.streams)
    bench = estimate.bench.only(place)
    found = _estimate(board, bench, estimate.plans, run, listed.warnings)
    return replace(found, whole=estimate)


def _facts_in(board: Board, place: int) -> dict[str, PainFacts]:
    facts = [source.facts_in(place) for source in board.body.sources]
    return {pain: facts[at.source][pain] for pain, at in board.body.places.items()}


def _estimate(
    board: Board, bench: Bench, plans: Mapping[str, Plan], run: Run, warnings: tuple[str, ...]
) -> Estimate:
    """Return the list of those whom a board counts."""
    ws, part = board.ws, board.part
    alone, joint, together = _worths(board, bench, plans, run.streams)
    pains = tuple(sorted(plans))
    days = _columns(
        [effort.effort_draws(plans[p], ws.assumptions.effort_sd_log, run.streams) for p in pains],
        run.streams.draws,
    )
    scores = board.compared(joint) / days
    entries = _entries(board, bench, plans, (alone, joint, days, scores, together))
    ranking = Ranking(
        quarter=run.quarter,
        draft=run.draft,
        seed=run.seed,
        draws=run.streams.draws,
        method_version=METHOD_VERSION,
        basis=board.basis,
        index_unit="moved_per_1000" if board.body.moved else "kept_per_1000",
        currency=ws.info.currency,
        assumptions=ws.assumptions.figures(),
        items=_items(board, entries, scores),
        warnings=warnings,
        segment=SegmentId(part.id) if part else None,
        segment_name=part.name if part else "",
    )
    return Estimate(
        ranking=ranking,
        pains=tuple(PainPointId(p) for p in pains),
        values=shown(board, alone),
        joint=shown(board, joint),
        effort=days,
        scores=scores,
        board=board,
        bench=bench,
        plans=plans,
        streams=run.streams,
    )


def _columns(drawn: Sequence[Floats], draws: int) -> Floats:
    """Return float64[K, P] with each pain point's draws next to one another."""
    return np.stack(drawn).T if drawn else np.zeros((draws, 0))


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


def _no_effort(plans: dict[str, Plan]) -> tuple[str, ...]:
    """Return what to tell where no effort at all is known: the order is that of the value."""
    return ("no_effort",) if plans and all(p.assumed for p in plans.values()) else ()


def _plans(board: Board) -> dict[str, Plan]:
    """Return the best open improvement of every pain point with evidence."""
    options = {
        pain: effort.plans_for(board.ws, pain, board.usual_days)
        for pain in sorted(board.body.places)
    }
    if all(len(plans) == 1 for plans in options.values()):
        return {pain: plans[0] for pain, plans in options.items()}
    means = [mean_worth(s, board.market, board.basis) for s in board.body.sources]
    worth = {p: float(means[at.source][at.index]) for p, at in board.body.places.items()}
    beside: dict[int, dict[str, float]] = {0: {}, 1: {}}
    for pain, value in worth.items():
        beside[board.group(pain)][pain] = value
    return {
        pain: effort.best_plan(plans, beside[board.group(pain)], pain)
        for pain, plans in options.items()
    }


def _bench(board: Board, plans: dict[str, Plan], streams: Streams) -> Bench:
    """Return the sources with the limits applied, each pain point removed by its own plan."""
    sd = board.ws.assumptions.fix_efficacy_sd
    efficacy = {p.key: effort.efficacy_draws(p, sd, streams) for p in plans.values()}
    settled = [
        s.settle(_columns([efficacy[plans[p].key] for p in s.pains], streams.draws))
        for s in board.body.sources
    ]
    return Bench(board.body.sources, settled, board.body.places, board.market)


def _worths(
    board: Board, bench: Bench, plans: Mapping[str, Plan], streams: Streams
) -> tuple[Worth, Worth, dict[str, tuple[str, ...]]]:
    """Return what each pain point and its whole improvement give, and which it addresses."""
    pains = sorted(plans)
    column = {p: c for c, p in enumerate(pains)}
    alone = bench.singles(pains, streams.draws)
    joint = alone
    together: dict[str, tuple[str, ...]] = {p: (p,) for p in pains}
    done: dict[tuple[str, int], tuple[Worth, dict[str, Worth]]] = {}
    for pain in pains:
        members = _members(board, plans[pain], pain)
        if len(members) == 1:
            continue
        if joint is alone:
            joint = alone.copy()
        key = (plans[pain].key, board.group(pain))
        if key not in done:
            sd = board.ws.assumptions.fix_efficacy_sd
            efficacy = effort.efficacy_draws(plans[pain], sd, streams)
            done[key] = bench.together(members, efficacy)
        whole, shares = done[key]
        joint.with_column(column[pain], whole)
        alone.with_column(column[pain], shares[pain])
        together[pain] = tuple(members)
    return alone, joint, together


def _members(board: Board, plan: Plan, pain: str) -> list[str]:
    """Return the pain points an improvement addresses in this row's group, by id."""
    if plan.improvement is None:
        return [pain]
    mine = board.group(pain)
    addressed = set(plan.improvement.addresses) & set(board.body.places)
    return sorted(p for p in addressed if board.group(p) == mine)


def _entries(
    board: Board,
    bench: Bench,
    plans: Mapping[str, Plan],
    drawn: tuple[Worth, Worth, Floats, Floats, Mapping[str, tuple[str, ...]]],
) -> list[Entry]:
    """Return every pain point with evidence, in the order of ids."""
    alone, joint, days, scores, together = drawn
    ranked_by = scores.mean(axis=0)
    own = ranked_by if joint is alone else (board.compared(alone) / days).mean(axis=0)
    kept, money = alone.kept.mean(axis=0), alone.money.mean(axis=0)
    # The link is common to all and independent of the rest: its mean factors out, and the order
    # of such a list is that of the figures shown.
    moved = (joint.moved / days).mean(axis=0) if board.body.moved else None
    link = board.ws.assumptions.bad_to_churn_mean
    capped = [s.capped() for s in bench.settled]
    harmful = alone.moved.mean(axis=0) < 0
    per_day = _per_day(board, joint, days)
    out = []
    for c, pain in enumerate(sorted(plans)):
        level = board.level(pain)
        at = board.body.places[pain]
        shown_here = per_day[level]
        by_moved = moved is not None and level is Level.C
        out.append(
            Entry(
                pain=pain,
                level=level,
                plan=plans[pain],
                alone=alone.of(c),
                joint=joint.of(c),
                together=together[pain],
                mean=float(moved[c] * link if moved is not None and by_moved else ranked_by[c]),
                score=None if shown_here is None else float(shown_here[c]),
                own_score=float(own[c]),
                kept=float(kept[c]),
                money=float(money[c]),
                capped=bool(capped[at.source][at.index]),
                no_evidence=level not in (Level.D, Level.E) and bool(harmful[c]),
            )
        )
    return out


def _per_day(board: Board, joint: Worth, days: Floats) -> dict[Level, Floats | None]:
    """Return by level float64[P], the mean of what such a row may show per effort-day."""
    out: dict[Level, Floats | None] = {}
    for level in {board.level(pain) for pain in board.body.places}:
        found = board.shown(joint, level)
        out[level] = None if found is None else np.asarray((found / days).mean(axis=0))
    return out


def _lead(
    board: Board, listed: list[Entry], scores: Floats, order: Sequence[int]
) -> tuple[int, float] | None:
    """Return the first rank that the fix of rank 1 does not serve, and rank 1's chance against it.

    A tie counts half. None where no other fix is measured in the same list.

    Args:
        listed: the rows in list order. order: their columns in scores, float64[K, n].
    """
    first = listed[0]
    for i, other in enumerate(listed):
        if board.group(other.pain) != board.group(first.pain) or other.level is Level.E:
            return None
        if other.plan.key != first.plan.key:
            mine, theirs = scores[:, order[0]], scores[:, order[i]]
            return i + 1, float(((mine > theirs).mean() + (mine >= theirs).mean()) / 2)
    return None


def _items(board: Board, entries: list[Entry], scores: Floats) -> tuple[RankedItem, ...]:
    """Return the rows in list order, those without evidence last and unranked."""

    def place(i: int) -> tuple[int, bool, float, str]:
        e = entries[i]
        return board.group(e.pain), e.no_evidence, -e.mean, e.pain

    order = sorted(range(len(entries)), key=place)
    rows: list[RankedItem] = []
    if entries:
        placed = standings(scores, order, board.ws.assumptions.top_k)
        listed = [entries[i] for i in order]
        rows += items_of(board, listed, placed, _lead(board, listed, scores, order))
    for pain in sorted(p for p, kind in board.body.kinds.items() if kind is Level.F):
        plan = effort.plans_for(board.ws, pain, board.usual_days)[0]
        rows.append(item_unranked(board, pain, plan))
    return tuple(rows)
