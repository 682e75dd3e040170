"""The simulated world of docs/method.md: a true journey, its pain points and what each is worth.

Everything here is known to the simulation only; `observed` makes what a company would see. The
"stress" world breaks the ranking's assumptions on purpose: leaving is step-like in the score, and
the unhappy report more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

WORLDS = ("main", "stress")
# Worth showing, without a goal: pain points that come together, fixes of unknown and unequal
# efficacy, and a company that does not know its volumes.
BEYOND = ("together", "efficacy", "no_volumes")
STAGES, PER_STAGE = 5, 3
TOUCHPOINTS = STAGES * PER_STAGE
PAINS, SEGMENTS = 40, 3
EFFICACY, EFFICACY_SD = 0.6, 0.2
# On one visit of four all pain points are met three times as often.
_BAD_DAY, _WORSE, _MOST = 0.25, 3.0, 0.9
SCORE_SD = 2.0
_ASIDE, _BACK = 0.10, 0.08
_NODES = 21


@dataclass(frozen=True, slots=True)
class Truth:
    """One true world; J touchpoints, M pain points, S segments.

    Attributes:
        world: its name. stress: whether leaving and reporting break the ranking's assumptions.
        steps: float64[S, J, J + 1], given that the visit was not the last; J is retained.
        start: float64[S, J]. customers: float64[S] a year. value: float64[S] of one kept.
        place: int64[M], each pain point's touchpoint. affected: float64[M, S], share of visits.
        drop: float64[M], points off the score. direct: float64[M], on the logit of leaving and
            not seen in the score. base: float64[J], score without pain points.
        effort, estimate: float64[M], person-days that a fix takes and is thought to take.
        efficacy: float64[M], the share of a pain point that its fix removes.
    """

    world: str
    stress: bool
    steps: Floats
    start: Floats
    customers: Floats
    value: Floats
    place: Ints
    affected: Floats
    drop: Floats
    direct: Floats
    base: Floats
    effort: Floats
    estimate: Floats
    efficacy: Floats


@dataclass(frozen=True, slots=True)
class Solved:
    """A world's chain solved.

    Attributes:
        hazard: float64[S, J], chance that a visit is the last. visits: float64[S, J] per start.
        retained: float64[S], chance that a journey ends retained.
    """

    hazard: Floats
    visits: Floats
    retained: Floats


def truth_of(rng: np.random.Generator, world: str) -> Truth:
    """Draw a true world; both worlds of one stream share all but how people leave and report."""
    base = _base_steps(rng)
    support = base > 0
    steps = np.zeros((SEGMENTS, TOUCHPOINTS, TOUCHPOINTS + 1))
    start = np.zeros((SEGMENTS, TOUCHPOINTS))
    for s in range(SEGMENTS):
        for j in range(TOUCHPOINTS):
            steps[s, j, support[j]] = rng.dirichlet(30 * base[j, support[j]] + 0.001)
        start[s, :PER_STAGE] = rng.dirichlet(np.full(PER_STAGE, 2.0))
    customers = 20_000 * rng.dirichlet([18.0, 9.0, 3.0])
    value = np.array([600.0, 3000.0, 12_000.0]) * rng.lognormal(0, 0.25, SEGMENTS)
    rest = rng.integers(0, TOUCHPOINTS, PAINS - TOUCHPOINTS)
    share = rng.beta(1.2, 8.0, PAINS)
    spread = rng.lognormal(0, 0.4, (PAINS, SEGMENTS))
    drop, direct = rng.gamma(2.0, 1.0, PAINS), rng.normal(0, 0.35, PAINS)
    effort = rng.lognormal(np.log(20), 0.7, PAINS)
    base_score = rng.normal(8.3, 0.6, TOUCHPOINTS)
    estimate = effort * rng.lognormal(0, 0.3, PAINS)
    efficacy = np.full(PAINS, EFFICACY)
    if world == "efficacy":
        strength = EFFICACY * (1 - EFFICACY) / EFFICACY_SD**2 - 1
        efficacy = rng.beta(EFFICACY * strength, (1 - EFFICACY) * strength, PAINS)
    return Truth(
        world=world,
        stress=world == "stress",
        steps=steps,
        start=start,
        customers=customers,
        value=value,
        place=np.concatenate([np.arange(TOUCHPOINTS), rest]),
        affected=np.clip(share[:, None] * spread, 0.002, 0.8),
        drop=drop,
        direct=direct,
        base=base_score,
        effort=effort,
        estimate=estimate,
        efficacy=efficacy,
    )


def _base_steps(rng: np.random.Generator) -> Floats:
    """Return the steps all segments vary around, float64[J, J + 1]."""
    out = np.zeros((TOUCHPOINTS, TOUCHPOINTS + 1))
    for j in range(TOUCHPOINTS):
        stage = j // PER_STAGE
        mine = slice(stage * PER_STAGE, (stage + 1) * PER_STAGE)
        out[j, mine] = _ASIDE / (PER_STAGE - 1)
        out[j, j] = 0.0
        onward = 1 - _ASIDE
        if stage > 0:
            onward -= _BACK
            before = slice(mine.start - PER_STAGE, mine.start)
            out[j, before] = _BACK * rng.dirichlet(np.ones(PER_STAGE))
        if stage < STAGES - 1:
            after = slice(mine.stop, mine.stop + PER_STAGE)
            out[j, after] = onward * rng.dirichlet(np.ones(PER_STAGE))
        else:
            out[j, TOUCHPOINTS] = onward
    return out


def leaving(stress: bool, score: Floats, direct: Floats) -> Floats:
    """Return the chance that a visit is the last, given the latent score."""
    line = -4.5 - 0.45 * (score - 8.0) + direct
    if stress:
        return np.asarray(0.008 + 0.30 / (1 + np.exp(-2.2 * (line + 2.7))))
    return np.asarray(1 / (1 + np.exp(-line)))


def hazards(truth: Truth, affected: Floats) -> Floats:
    """Return float64[S, J], exact: over all subsets of a touchpoint's pain points met at once."""
    nodes, weight = np.polynomial.hermite_e.hermegauss(_NODES)
    out = np.empty((SEGMENTS, TOUCHPOINTS))
    for j in range(TOUCHPOINTS):
        here = np.flatnonzero(truth.place == j)
        met = np.array(list(product((False, True), repeat=len(here))))
        score = truth.base[j] - met @ truth.drop[here]
        direct = np.broadcast_to((met @ truth.direct[here])[:, None], (len(met), _NODES))
        risk = leaving(truth.stress, score[:, None] + SCORE_SD * nodes, direct) @ weight
        for s in range(SEGMENTS):
            chance = sum(
                likely * np.where(met, share, 1 - share).prod(axis=1)
                for likely, share in days(truth, affected[here, s])
            )
            out[s, j] = chance @ risk / weight.sum()
    return out


def days(truth: Truth, share: Floats) -> list[tuple[float, Floats]]:
    """Return (how likely, shares of visits affected) of the kinds of day there are."""
    if truth.world != "together":
        return [(1.0, share)]
    bad = np.minimum(_WORSE * share, _MOST)
    return [(_BAD_DAY, bad), (1 - _BAD_DAY, (share - _BAD_DAY * bad) / (1 - _BAD_DAY))]


def solve(truth: Truth, affected: Floats) -> Solved:
    """Return the chain with these shares of visits affected."""
    hazard = hazards(truth, affected)
    visits, retained = np.empty_like(hazard), np.empty(SEGMENTS)
    for s in range(SEGMENTS):
        row = (1 - hazard[s])[:, None] * truth.steps[s]
        to_go = np.eye(TOUCHPOINTS) - row[:, :TOUCHPOINTS]
        visits[s] = np.linalg.solve(to_go.T, truth.start[s])
        retained[s] = visits[s] @ row[:, TOUCHPOINTS]
    return Solved(hazard, visits, retained)


def worth(truth: Truth, pains: Sequence[int]) -> float:
    """Return the money that fixing these together keeps, by solving the whole chain anew."""
    fixed = truth.affected.copy()
    chosen = list(pains)
    fixed[chosen] *= 1 - truth.efficacy[chosen, None]
    gained = solve(truth, fixed).retained - solve(truth, truth.affected).retained
    return float(gained @ (truth.customers * truth.value))


def worth_of_each(truth: Truth) -> Floats:
    """Return float64[M], the money that fixing each alone keeps."""
    return np.array([worth(truth, [p]) for p in range(PAINS)])
