"""What is known of a pain point without answers: a KPI against its target, or workshop judgement.

Classes become a share of visits affected and a shift of the score, each with a wide spread; votes
weigh little, and only in the order (docs/method.md, levels D and E).
"""

from dataclasses import dataclass

import numpy as np

from journey.model.evidence import Kpi, Observation
from journey.model.map import PainPoint
from journey.model.quarter import parse_quarter
from journey.model.workspace import Workspace
from journey.priority.draws import Floats, Streams

SEVERITY_SHIFT = (0.5, 1.0, 1.6, 2.4, 4.0)
FREQUENCY_SHARE = (0.02, 0.05, 0.09, 0.15, 0.30)
# A class reaches about as far as its neighbours' middles on the log scale.
_CLASS_SD_LOG = 0.5
# All votes of a workshop weigh at most as 5 answers, against the 20 of a segment's shrinkage.
_VOTES_WEIGHT, _PRIOR_WEIGHT = 5.0, 20.0
# A KPI without a count behind it weighs as so many cases.
_KPI_CASES = 30.0
_LEAST_SHARE = 0.002


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A KPI that misses its target: share = 1 − value/target (lower is better: target/value)."""

    kpi: Kpi
    observation: Observation
    share: float


def is_judged(pain: PainPoint) -> bool:
    """Whether a workshop judged or voted for it."""
    return pain.severity is not None or pain.frequency is not None or bool(pain.votes)


def shortfall_of(ws: Workspace, pain: PainPoint, quarter: str | None) -> Shortfall | None:
    """Return the KPI of its touchpoint that misses its target most, at its latest period."""
    if pain.touchpoint is None:
        return None
    found = []
    for kpi in ws.kpis.values():
        if kpi.touchpoint == pain.touchpoint and kpi.target is not None:
            last = latest(ws, kpi, quarter)
            if last is not None:
                found.append(Shortfall(kpi, last, _missed(kpi, last.value)))
    return max(found, key=lambda s: (s.share, s.kpi.id), default=None)


def latest(ws: Workspace, kpi: Kpi, quarter: str | None) -> Observation | None:
    """Return a KPI's latest observation that does not begin after the quarter."""
    mine = [
        o
        for o in ws.observations.values()
        if o.kpi == kpi.id and (quarter is None or _not_after(o.period, quarter))
    ]
    return max(mine, key=lambda o: (o.period, o.id), default=None)


def _not_after(period: str, quarter: str) -> bool:
    """Whether a period (a quarter, a month as 2026-11 or a day) begins before the quarter ends."""
    year, part = parse_quarter(quarter)
    try:
        return parse_quarter(period) <= (year, part)
    except ValueError:
        return period <= f"{year:04d}-{3 * part:02d}-31"


def _missed(kpi: Kpi, value: float) -> float:
    assert kpi.target is not None
    part, whole = (value, kpi.target) if kpi.better == "higher" else (kpi.target, value)
    if whole <= 0:
        return 0.0
    return min(max(1.0 - part / whole, 0.0), 1.0)


def shift_class(pain: PainPoint, streams: Streams) -> Floats:
    """Return draws of the score shift, points on 0 … 10, of its severity class."""
    return _class(SEVERITY_SHIFT, pain.severity, streams, "severity", pain.id)


def share_class(pain: PainPoint, streams: Streams) -> Floats:
    """Return draws of the share of visits affected of its frequency class, at most 0.95."""
    return np.minimum(_class(FREQUENCY_SHARE, pain.frequency, streams, "frequency", pain.id), 0.95)


def _class(classes: tuple[float, ...], judged: int | None, streams: Streams, *key: str) -> Floats:
    """Return lognormal draws around a class's middle; without a class, around any of them."""
    middles = np.array(classes)
    if judged is not None:
        middle = np.full(streams.draws, middles[min(max(judged, 1), len(classes)) - 1])
    else:
        middle = middles[streams.of("class", *key).integers(0, len(classes), streams.draws)]
    return np.asarray(middle * streams.lognormal(_CLASS_SD_LOG, "spread", *key, mean_one=True))


def share_kpi(shortfall: Shortfall, streams: Streams, pain: str) -> Floats:
    """Return draws of the share affected that a missed target shows, Beta with its cases."""
    cases = float(shortfall.observation.n or _KPI_CASES)
    share = max(shortfall.share, _LEAST_SHARE)
    mean = min(share, 1 - _LEAST_SHARE)
    return streams.beta(mean, (mean * (1 - mean) / (cases + 1)) ** 0.5, "kpi", pain)


def votes_tilt(pain: PainPoint, ws: Workspace) -> float:
    """Return the factor by which votes lift or lower a judged pain point; 1 without a vote.

    (share of votes × number of pain points)^w with w = m/(m + 20), m the votes but at most 5.
    """
    mine = [p for p in ws.pain_points.values() if p.journey == pain.journey]
    total = sum(p.votes or 0 for p in mine)
    if total <= 0:
        return 1.0
    weight = min(float(total), _VOTES_WEIGHT)
    share = ((pain.votes or 0) + 1) / (total + len(mine))
    return float((share * len(mine)) ** (weight / (weight + _PRIOR_WEIGHT)))
