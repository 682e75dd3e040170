"""What the logged exits of touchpoints tell of their pain points (docs/method.md).

Answers say who left after meeting what, but few of them leave; a log counts every exit and cannot
say why. A touchpoint that loses more than its pain points and score explain, beside the others,
has pain points that do more harm than its answers alone show, and one that loses less, less harm.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from journey.priority.draws import Floats, Ints, Streams
from journey.priority.harms import Drawn, Seen
from journey.priority.kept import Leg
from journey.priority.link import Link, loss_rate

# Fewer touchpoints do not show what is usual.
_FEWEST = 3
# What is expected stays above this part of the exits without any pain point.
_LEAST = 0.1
_LEAST_DOUBT = 1e-12


@dataclass(frozen=True, slots=True)
class Site:
    """A touchpoint with answers and logged exits.

    Attributes:
        pains: the places of those that its answers measure. weight: float64[S], of the segments
            among its visits, summing to 1.
        base: float64[K], exits per visit without any pain point, by the link.
        logged: float64[K], exits per visit, by the log.
    """

    touchpoint: str
    pains: Ints
    weight: Floats
    base: Floats
    logged: Floats


def sites_of(
    seen: Seen, drawn: Sequence[Drawn], link: Link, legs: Mapping[str, Sequence[Leg]], mix: Floats
) -> list[Site]:
    """Return the touchpoints whose answers and exits can be held against each other, by id.

    Args:
        legs: of those whose exits were logged. mix: float64[S], of customers.
    """
    out = []
    for visits in seen.visits:
        at = visits.touchpoint
        mine = [i for i, d in enumerate(drawn) if d.touchpoint == at and not d.opinion]
        reach = [mix * leg.reach.mean(axis=0) for leg in legs.get(at, ())]
        total = float(np.sum(reach))
        if not mine or total <= 0:
            continue
        logged = sum(
            (leg.hazard @ (r / total) for leg, r in zip(legs[at], reach, strict=True)),
            np.zeros(len(link.slope)),
        )
        if (logged > 0).all():
            effort = seen.effort.base.get(at) if seen.effort is not None else None
            base = loss_rate(link.where(effort), seen.shift.base[at], seen.shift)
            weight = np.sum(reach, axis=0) / total
            out.append(Site(at, np.array(mine), weight, base, logged))
    return out


def heed(unit: Floats, sites: Sequence[Site], sd_log: float, streams: Streams) -> Floats:
    """Change the draws of discrepancy·a·δ to those given the logged exits, in place.

    On the log scale and beside the mean of all touchpoints, so that a log that calls something
    else an exit than the survey does changes nothing: with m expected and h logged, each draw goes
    by cov(unit, m) / (var m + var h + τ²) · (h − m), the linear update of Evensen's ensemble filter
    with perturbed observations. τ² is what touchpoints differ by beyond both, by moments, so
    that where log and answers do not agree, the log counts for less.

    Args:
        unit: float64[P, K, S]. sd_log: the discrepancy, which the exits without pain points have
            too.

    Returns:
        by how much the means rose, float64[P, S].
    """
    raised = np.zeros((unit.shape[0], unit.shape[2]))
    if len(sites) < _FEWEST or streams.draws < 2:
        return raised
    expected = _beside([_expected(unit, site, sd_log, streams) for site in sites])
    logged = _beside([site.logged for site in sites])
    away = logged - expected
    doubt = expected.var(axis=0, ddof=1) + logged.var(axis=0, ddof=1)
    beyond = max(float(np.mean(away.mean(axis=0) ** 2 - doubt)), 0.0)
    for j, site in enumerate(sites):
        told = away[:, j] + beyond**0.5 * streams.standard("exits beyond", site.touchpoint)
        centred = expected[:, j] - expected[:, j].mean()
        together = centred @ unit[site.pains] / (streams.draws - 1)
        gain = together / max(doubt[j] + beyond, _LEAST_DOUBT)
        unit[site.pains] += told[:, None] * gain[:, None, :]
        raised[site.pains] = told.mean() * gain
    return raised


def _expected(unit: Floats, site: Site, sd_log: float, streams: Streams) -> Floats:
    """Return exits per visit as the answers have it, float64[K]."""
    base = site.base * streams.lognormal(sd_log, "exits", site.touchpoint, mean_one=True)
    added = (unit[site.pains] @ site.weight).sum(axis=0)
    return np.asarray(np.maximum(base + added, _LEAST * site.base))


def _beside(rates: Sequence[Floats]) -> Floats:
    """Return their logarithms less the mean of all touchpoints in each draw, float64[K, T]."""
    logs = np.log(np.column_stack(rates))
    return np.asarray(logs - logs.mean(axis=1, keepdims=True))
