"""Key drivers of a relational survey: how much of the outcome each touchpoint's score explains.

Two ways to share a regression's R² among predictors that go together: Johnson's relative weights
and Shapley's value (Lindeman, Merenda and Gold's LMG). Both sum to R². What they fail to tell:
they share out an association, not an effect; two touchpoints that measure the same thing split
their credit, so that each looks small; a touchpoint where all are equally unhappy explains
nothing, however bad it is; neither knows money, volume or effort.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from journey.model.evidence import RELATIONAL
from journey.model.ids import SurveyId, TouchpointId
from journey.model.workspace import Workspace
from journey.priority.draws import Bools, Floats, Ints
from journey.priority.evidence import ResponseTable
from journey.priority.market import market_of
from journey.priority.reading import Reading, read, score_of

# Up to here every one of the 2^p models is fitted; beyond, orders are drawn.
EXACT_UP_TO = 12
ORDERS = 2000
# A touchpoint takes part if at least this share of the respondents rated it.
_LEAST_RATED = 0.5
# Complete respondents that a survey must have, in all and per touchpoint.
_LEAST_N, _LEAST_N_EACH = 30, 3
# Directions and pivots under this share of a variance of 1 are rounding, not information.
_NOTHING = 1e-10
_CHUNK_FLOATS = 4_000_000


@dataclass(frozen=True, slots=True)
class Driver:
    """One touchpoint's part in R².

    Attributes:
        correlation: of its score with the good outcome, −1 … 1.
        relative_weight, shapley: parts of R², 0 … 1, each summing to it.
    """

    touchpoint: TouchpointId
    correlation: float
    relative_weight: float
    shapley: float


@dataclass(frozen=True, slots=True)
class Drivers:
    """The drivers of one survey, the largest Shapley value first.

    Attributes:
        n: respondents who rated every touchpoint that takes part; rows: all with an outcome.
        outcome: what the bad outcome is: left, dissatisfied, detractor or low.
        exact: whether every order was taken, not a sample of them.
    """

    survey: SurveyId
    n: int
    rows: int
    outcome: str
    r2: float
    exact: bool
    items: tuple[Driver, ...]


def relative_weights(between: Floats, with_outcome: Floats) -> Floats:
    """Return Johnson's relative weights, float64[P] ≥ 0 that sum to R².

    R = VΔV', Λ = V√ΔV', β = Λ⁻¹r, ε = (Λ∘Λ)(β∘β) (Johnson 2000, Multivariate Behavioral Research
    35:1–19). Directions without variance carry no weight.

    Args:
        between: float64[P, P], correlations of the predictors. with_outcome: float64[P].
    """
    values, vectors = np.linalg.eigh(between)
    root = np.sqrt(np.maximum(values, 0.0))
    kept = values > _NOTHING
    inverse = np.where(kept, 1.0 / np.where(kept, root, 1.0), 0.0)
    loadings = (vectors * root) @ vectors.T
    beta = (vectors * inverse) @ vectors.T @ with_outcome
    return np.asarray((loadings**2) @ (beta**2))


def shapley_weights(
    between: Floats, with_outcome: Floats, *, seed: int = 1, orders: int = ORDERS
) -> Floats:
    """Return each predictor's mean gain in R² over the orders of entering, summing to R².

    Lindeman, Merenda and Gold 1980 (LMG), Shapley 1953; exact up to 12 predictors, else over
    random orders and their reverses from this seed.

    Args:
        between: float64[P, P], correlations of the predictors. with_outcome: float64[P].
    """
    if len(with_outcome) <= EXACT_UP_TO:
        return _exact(between, with_outcome)
    return _sampled(between, with_outcome, np.random.default_rng(seed), orders)


def _exact(between: Floats, with_outcome: Floats) -> Floats:
    count = len(with_outcome)
    r2 = _all_r2(between, with_outcome)
    sets = np.arange(len(r2))
    size = np.array([int(s).bit_count() for s in sets])
    share = np.array([1.0 / (count * math.comb(count - 1, k)) for k in range(count)])
    out = np.zeros(count)
    for j in range(count):
        without = sets[sets >> j & 1 == 0]
        gains = r2[without | 1 << j] - r2[without]
        out[j] = float(share[size[without]] @ gains)
    return out


def _all_r2(between: Floats, with_outcome: Floats) -> Floats:
    """Return R² of every set of predictors, float64[2^P], a set being the bits of its place."""
    count = len(with_outcome)
    r2 = np.zeros(1 << count)
    for size in range(1, count + 1):
        members = np.array(list(combinations(range(count), size)))
        r = with_outcome[members]
        inverse = np.linalg.pinv(
            between[members[:, :, None], members[:, None, :]], rcond=_NOTHING, hermitian=True
        )
        r2[(1 << members).sum(axis=1)] = np.einsum("ni,nij,nj->n", r, inverse, r)
    return r2


def _sampled(
    between: Floats, with_outcome: Floats, rng: np.random.Generator, orders: int
) -> Floats:
    count = len(with_outcome)
    half = np.array([rng.permutation(count) for _ in range(max(orders // 2, 1))])
    drawn = np.concatenate([half, half[:, ::-1]])
    total = np.zeros(count)
    step = max(_CHUNK_FLOATS // (count + 1) ** 2, 1)
    for first in range(0, len(drawn), step):
        part = drawn[first : first + step]
        gains = _gains(between, with_outcome, part)
        total += np.bincount(part.ravel(), gains.ravel(), count)
    return np.asarray(total / len(drawn))


def _gains(between: Floats, with_outcome: Floats, orders: Ints) -> Floats:
    """Return what R² gains at each step of each order, float64[O, P]: squared pivot columns.

    Eliminating one predictor after the other leaves what the outcome still shares with the next.
    """
    left = between[orders[:, :, None], orders[:, None, :]]
    rest = with_outcome[orders]
    gains = np.zeros(orders.shape)
    for step in range(orders.shape[1]):
        pivot, mine = left[:, 0, 0], rest[:, 0]
        some = pivot > _NOTHING
        inverse = np.where(some, 1.0 / np.where(some, pivot, 1.0), 0.0)
        gains[:, step] = mine**2 * inverse
        column = left[:, 1:, 0]
        factor = column * inverse[:, None]
        rest = rest[:, 1:] - factor * mine[:, None]
        left = left[:, 1:, 1:] - factor[:, :, None] * column[:, None, :]
    return gains


def drivers_of(
    ws: Workspace, tables: Sequence[ResponseTable], *, seed: int = 1
) -> tuple[Drivers, ...]:
    """Return the drivers of every relational survey that can tell them, by survey id.

    The outcome is good (1) or bad (0); a touchpoint's score is the mean of its answers on 0 … 10.
    Respondents who rated every touchpoint that takes part are counted, with their weights. A
    survey is left out that has no outcome, fewer than 30 such respondents or fewer than 3 per
    touchpoint, or no two touchpoints that at least half of its respondents rated.
    """
    market = market_of(ws, tables)
    relational = sorted((t for t in tables if t.design == RELATIONAL), key=lambda t: t.survey)
    found = (_of_survey(read(ws, market, table), seed) for table in relational)
    return tuple(d for d in found if d is not None)


def _of_survey(reading: Reading, seed: int) -> Drivers | None:
    if reading.outcome is None:
        return None
    known = reading.outcome.bad >= 0
    scores = touchpoint_scores(reading)
    rated = [t for t, s in scores.items() if known.any() and _rated(s[known]) >= _LEAST_RATED]
    if len(rated) < 2:
        return None
    x = np.column_stack([scores[t] for t in rated])
    complete = known & ~np.isnan(x).any(axis=1)
    n = int(complete.sum())
    if n < max(_LEAST_N, _LEAST_N_EACH * len(rated)):
        return None
    good = 1.0 - reading.outcome.bad[complete]
    table = correlations(np.column_stack([x[complete], good]), reading.weight[complete])
    between, r = table[:-1, :-1], table[:-1, -1]
    if table[-1, -1] == 0.0:
        return None
    johnson, lmg = relative_weights(between, r), shapley_weights(between, r, seed=seed)
    items = [
        Driver(TouchpointId(t), float(r[i]), float(johnson[i]), float(lmg[i]))
        for i, t in enumerate(rated)
    ]
    return Drivers(
        survey=reading.table.survey,
        n=n,
        rows=int(known.sum()),
        outcome=reading.outcome.word,
        r2=float(johnson.sum()),
        exact=len(rated) <= EXACT_UP_TO,
        items=tuple(sorted(items, key=lambda d: (-d.shapley, d.touchpoint))),
    )


def _rated(scores: Floats) -> float:
    return float(np.mean(~np.isnan(scores)))


def touchpoint_scores(reading: Reading) -> Mapping[str, Floats]:
    """Return each asked touchpoint's score per row on 0 … 10, high is good, NaN without any."""
    out = {}
    for touchpoint in sorted(reading.questions):
        total, given = np.zeros(reading.table.rows), np.zeros(reading.table.rows)
        for question in reading.questions[touchpoint]:
            score = score_of(question, reading.table.answers[question.id])
            answered: Bools = ~np.isnan(score)
            total += np.where(answered, score, 0.0)
            given += answered
        out[touchpoint] = np.where(given > 0, total / np.maximum(given, 1.0), np.nan)
    return out


def correlations(columns: Floats, weight: Floats) -> Floats:
    """Return weighted correlations, float64[C, C]; a column without spread has 0 everywhere."""
    share = weight / weight.sum()
    centred = columns - share @ columns
    spread = np.sqrt(share @ centred**2)
    some = spread > _NOTHING
    scaled = np.where(some, centred / np.where(some, spread, 1.0), 0.0)
    return np.asarray(scaled.T @ (scaled * share[:, None]))
