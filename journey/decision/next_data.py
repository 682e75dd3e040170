"""What to measure next: the value of information of asking at each touchpoint.

The decision is which k pain points to do first. A survey at a touchpoint tells, for its pain
points, how many meet them and how much harm they do (φ); it cannot tell how well a fix works, what
it takes or which share is causal. What perfect knowledge of φ is worth is

    EVPPI = E_φ[ best first k given E[score | φ] ] − [ the first k as listed ]

with E[score_p | φ_p] the least-squares line over the draws (Strong, Oakley & Brennan 2014, Medical
Decision Making 34:311–326: partial perfect information from a simulation's own draws, by
regression). Scores are per day; the gain is for the mean days of the first k, so that it has the
unit of the list.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journey.model.workspace import Workspace
from journey.priority.draws import Bools, Floats
from journey.priority.estimate import Estimate
from journey.priority.kept import VisitSource
from journey.priority.relational import RelationalSource
from journey.priority.result import Basis, Level, RankedItem
from journey.priority.shared import same_touchpoints
from journey.priority.standing import ranks_of

OPINION, KPI_ONLY, OVERLAPS_CUT = "opinion", "kpi_only", "overlaps_cut"
_REASONS = {Level.E: OPINION, Level.D: KPI_ONLY}
# What a judged share's own variance is of its square: lognormal with spread .5 (docs/method.md).
_JUDGED_VARIANCE = math.expm1(0.5**2)
_KPI_CASES = 30
# Half the width takes four times the answers.
_FOUR = 4


@dataclass(frozen=True, slots=True)
class NextMeasurement:
    """Asking at one touchpoint.

    Attributes:
        touchpoint: its id, "" for pain points that stand at none. pain_points: those whose place
            among the first k is open, or that are opinion, the most open first.
        chance_wrong_now: chance that at least one of them is wrongly in or out of the first k.
        expected_gain: what knowing the measured ones would add to the value of the first k, in
            the unit of the list; None where there are none or the list shows no figures.
        answers_for_half_width: further answers that halve what is uncertain about the share
            affected of the first of them, about.
        reason: why the first of them is open: opinion, kpi_only or overlaps_cut.
    """

    touchpoint: str
    pain_points: tuple[str, ...]
    chance_wrong_now: float
    expected_gain: float | None
    answers_for_half_width: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Cut:
    """The decision: rows in list order, and which of them are the first k.

    Attributes:
        column: each row's column of the draws. mean: float64[P], score by column, per day.
        wrong: bool[K, P], on the other side of the cut than listed. days: of the first k.
        top: the columns of the first k. eligible: those that may be chosen without asking first.
    """

    k: int
    rows: Sequence[RankedItem]
    column: dict[str, int]
    scores: Floats
    mean: Floats
    wrong: Bools
    days: float
    top: frozenset[int]
    eligible: frozenset[int]


def what_to_measure(
    estimate: Estimate, workspace: Workspace, *, top_k: int | None = None
) -> tuple[NextMeasurement, ...]:
    """Return where to ask next, the most valuable first, what opinion may turn out to be included.

    A touchpoint is named where the 80 % rank range of one of its pain points crosses the cut
    after the first k, or where one is known by opinion or by a KPI only. Pain points about which
    nothing is known have no draws; they are not named.

    Args:
        top_k: where the cut is, that of the assumptions unless told.
    """
    cut = _cut(estimate, top_k or workspace.assumptions.top_k)
    same = same_touchpoints(workspace)
    at: dict[str, list[RankedItem]] = {}
    for row in cut.rows:
        here = str(same.get(row.touchpoint, row.touchpoint)) if row.touchpoint else ""
        at.setdefault(here, []).append(row)
    found = []
    for touchpoint, rows in at.items():
        open_rows = [r for r in rows if _is_opinion(r) or _overlaps(r, cut.k)]
        if open_rows:
            found.append(_measured(estimate, workspace, cut, (touchpoint, rows, open_rows)))
    found.sort(key=lambda f: (-f[0], -f[1].chance_wrong_now, f[1].touchpoint))
    return tuple(measurement for _, measurement in found)


def _cut(estimate: Estimate, k: int) -> _Cut:
    rows = [row for row in estimate.ranking.items if row.rank is not None]
    column = {str(row.pain_point): estimate.column(row.pain_point) for row in rows}
    listed = np.zeros(len(estimate.pains), dtype=np.bool_)
    top = [column[row.pain_point] for row in rows[:k]]
    listed[top] = True
    board = estimate.board
    plain = {column[row.pain_point] for row in rows if not board.group(row.pain_point)}
    scores = estimate.joint / estimate.effort
    return _Cut(
        k=k,
        rows=rows,
        column=column,
        scores=scores,
        mean=scores.mean(axis=0),
        wrong=(ranks_of(estimate.scores) <= k) != listed,
        days=float(np.mean([row.effort_days for row in rows[:k]])) if rows else 0.0,
        top=frozenset(top),
        eligible=frozenset(plain | set(top)),
    )


def _is_opinion(row: RankedItem) -> bool:
    return row.level in (Level.D, Level.E)


def _overlaps(row: RankedItem, k: int) -> bool:
    """Whether the 80 % range of the rank holds places on both sides of the cut."""
    low, high = row.rank_low80, row.rank_high80
    assert row.rank is not None
    return low is not None and high is not None and min(low, row.rank) <= k < max(high, row.rank)


def _measured(
    estimate: Estimate,
    workspace: Workspace,
    cut: _Cut,
    there: tuple[str, Sequence[RankedItem], Sequence[RankedItem]],
) -> tuple[float, NextMeasurement]:
    """Return what a touchpoint's measurement gains, also where it is not told, and itself.

    Args:
        there: the touchpoint, its rows, and those whose place is open.
    """
    touchpoint, rows, open_rows = there
    gain = _gain(estimate, cut, rows)
    measured = [r for r in rows if not _is_opinion(r)]
    told = gain if len(measured) == len(rows) else _gain(estimate, cut, measured)
    # In an order by opinion nothing may be told as a figure.
    shown = bool(measured) and estimate.ranking.basis is not Basis.ORDER
    wrong = cut.wrong[:, [cut.column[r.pain_point] for r in rows]].any(axis=1).mean()
    chance = cut.wrong.mean(axis=0)
    order = sorted(open_rows, key=lambda r: (-chance[cut.column[r.pain_point]], r.pain_point))
    return gain, NextMeasurement(
        touchpoint=touchpoint,
        pain_points=tuple(str(r.pain_point) for r in order),
        chance_wrong_now=float(wrong),
        expected_gain=told if shown else None,
        answers_for_half_width=max(_answers(estimate, order[0]), workspace.info.minimum_n),
        reason=_REASONS.get(order[0].level, OVERLAPS_CUT),
    )


def _gain(estimate: Estimate, cut: _Cut, rows: Sequence[RankedItem]) -> float:
    """Return the EVPPI of a touchpoint's pain points, in the unit of the list."""
    if not rows:
        return 0.0
    mine = [cut.column[row.pain_point] for row in rows]
    known = np.column_stack(
        [
            conditional_mean(cut.scores[:, c], _learnt(estimate, str(row.pain_point)))
            for c, row in zip(mine, rows, strict=True)
        ]
    )
    rest = sorted((cut.mean[c] for c in cut.eligible - set(mine)), reverse=True)[: cut.k]
    both = np.column_stack([known, np.tile(np.array(rest), (len(known), 1))])
    best = np.maximum(-np.sort(-both, axis=1)[:, : cut.k], 0.0).sum(axis=1)
    now = sum(max(cut.mean[c], 0.0) for c in cut.top)
    return max(float(best.mean() - now), 0.0) * cut.days


def conditional_mean(score: Floats, learnt: Floats) -> Floats:
    """Return E[score | learnt] in each draw, float64[K], by least squares on a line."""
    off = learnt - learnt.mean()
    variance = float(off @ off)
    slope = float(off @ score) / variance if variance > 0 else 0.0
    return np.asarray(score.mean() + slope * off)


def _learnt(estimate: Estimate, pain: str) -> Floats:
    """Return what answers tell of a pain point, float64[K]: share times harm, over the segments.

    The evidence holds it times the discrepancy, and in relational surveys times the causal
    share; both are drawn again from their streams and divided out.
    """
    board, streams = estimate.board, estimate.streams
    place, a = board.body.places[pain], board.ws.assumptions
    source = board.body.sources[place.source]
    assert isinstance(source, RelationalSource | VisitSource)
    unknown = streams.lognormal(a.discrepancy_sd_log, "discrepancy", pain, mean_one=True)
    if isinstance(source, RelationalSource):
        unknown = unknown * streams.beta(a.causal_share_mean, a.causal_share_sd, "causal share")
    market = board.market
    weight = market.customers * market.value if market.has_money else market.mix
    reach = source.unit[:, place.index] @ weight
    return np.where(unknown > 0, reach / np.where(unknown > 0, unknown, 1.0), 0.0)


def _answers(estimate: Estimate, row: RankedItem) -> int:
    """Return how many further answers halve the spread of its share affected, about."""
    facts = estimate.facts(row.pain_point)
    if row.level is Level.E:
        share = min(max(facts.share, 0.001), 0.999)
        return math.ceil(_FOUR * (1.0 - share) / (share * _JUDGED_VARIANCE))
    if row.level is Level.D:
        observed = estimate.board.body.shortfalls[row.pain_point].observation.n
        return _FOUR * (observed or _KPI_CASES)
    return (_FOUR - 1) * max(facts.n, 1)
