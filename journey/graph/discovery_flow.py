"""How cases get on: conversion from stage to stage, where they wait, how service is spread."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journey.graph.cases import NOWHERE, Cases, relabelled
from journey.metrics.intervals import wilson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Touchpoints that together hold this share of all waiting are where time is lost.
_WAITING_SHARE = 0.5
# Fewer passages say nothing of a typical time.
_LEAST_PASSAGES = 5


@dataclass(frozen=True, slots=True)
class StageStep:
    """From one stage to the next.

    Attributes:
        reached: cases that came to the first stage; went_on: of these, those that came to the
            second, or to a later one, afterwards.
        share: went_on/reached with Wilson's interval; None where nobody came.
        median, p90: seconds from the first event in the first stage to the first one beyond it;
            None where nobody went on.
    """

    source: str
    target: str
    reached: int
    went_on: int
    share: float | None
    low: float | None
    high: float | None
    median: float | None
    p90: float | None


def stage_conversion(
    cases: Cases, stages: Sequence[str], stage_of: Mapping[str, str], level: float = 0.95
) -> tuple[StageStep, ...]:
    """Return conversion and time between each two neighbouring stages.

    Args:
        stages: in the journey's order.
        stage_of: the stage of each touchpoint (or activity); others are passed over.
    """
    import numpy as np

    staged = relabelled(cases, [stage_of.get(name) for name in cases.names])
    if len(stages) < 2:
        return ()
    rank = {stage: place for place, stage in enumerate(stages)}
    depth = np.array([rank.get(name, NOWHERE) for name in staged.names] or [NOWHERE])
    place = depth[staged.steps] if staged.events else staged.steps
    owner = np.repeat(np.arange(staged.cases), np.diff(staged.offsets))
    clock = np.cumsum(staged.gaps)
    found = []
    for here in range(len(stages) - 1):
        first = _first(owner, place == here, staged.cases)
        after = np.arange(len(place)) > np.repeat(
            np.where(first < 0, len(place), first), np.diff(staged.offsets)
        )
        beyond = _first(owner, (place > here) & after, staged.cases)
        went = beyond >= 0
        times = clock[beyond[went]] - clock[first[went]]
        pair = (stages[here], stages[here + 1])
        found.append(_step(pair, int((first >= 0).sum()), times, level))
    return tuple(found)


def _first(
    owner: "NDArray[np.int64]", marked: "NDArray[np.bool_]", cases: int
) -> "NDArray[np.int64]":
    """Return the first marked event of each case, −1 where there is none."""
    import numpy as np

    places = np.flatnonzero(marked)[::-1]
    found = np.full(cases, NOWHERE, dtype=np.int64)
    found[owner[places]] = places
    return found


def _step(
    pair: tuple[str, str], reached: int, times: "NDArray[np.int64]", level: float
) -> StageStep:
    import numpy as np

    went = len(times)
    interval = wilson(went, reached, level)
    middle, late = np.quantile(times, (0.5, 0.9)).tolist() if went else (None, None)
    if interval is None:
        return StageStep(*pair, 0, 0, None, None, None, None, None)
    return StageStep(*pair, reached, went, went / reached, *interval, middle, late)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long cases stay at a touchpoint before their next event.

    Attributes:
        passages: how often they went on from it. total, median, p90: seconds.
        share: of all waiting in the log.
        bottleneck: it is among those that hold half of all waiting, and its typical wait is
            longer than that of the log.
    """

    name: str
    passages: int
    total: float
    median: float
    p90: float
    share: float
    bottleneck: bool


def waiting_times(cases: Cases) -> tuple[Waiting, ...]:
    """Return the waiting at each touchpoint, the largest total first."""
    import numpy as np

    follows = cases.follows()[1:]
    at, waited = cases.steps[:-1][follows], cases.gaps[1:][follows]
    whole, typical = float(waited.sum()), float(np.median(waited)) if len(waited) else 0.0
    rows = []
    for slot, name in enumerate(cases.names):
        times = waited[at == slot]
        if len(times):
            middle, late = np.quantile(times, (0.5, 0.9)).tolist()
            rows.append((name, len(times), float(times.sum()), middle, late))
    rows.sort(key=lambda row: (-row[2], row[0]))
    found, before = [], 0.0
    for name, n, total, middle, late in rows:
        share = total / whole if whole > 0.0 else 0.0
        marked = before < _WAITING_SHARE and middle > typical and n >= _LEAST_PASSAGES
        found.append(Waiting(name, n, total, middle, late, share, marked and share > 0.0))
        before += share
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Service:
    """How much of the service a touchpoint carries.

    Attributes:
        cases: that use it; share: of all cases. visits: in all; visit_share: of all visits.
    """

    name: str
    cases: int
    share: float
    visits: int
    visit_share: float


@dataclass(frozen=True, slots=True)
class ServiceSpread:
    """How service is spread over touchpoints.

    Attributes:
        effective: e^entropy of the visit shares: as many touchpoints, used equally, would be
            spread the same.
        per_case: mean number of different touchpoints a case uses.
    """

    services: tuple[Service, ...]
    effective: float
    per_case: float


def service_spread(cases: Cases) -> ServiceSpread:
    """Return how visits and cases are spread, the most visited first."""
    import numpy as np

    k = max(len(cases.names), 1)
    owner = np.repeat(np.arange(cases.cases), np.diff(cases.offsets))
    used = np.bincount(np.unique(owner * k + cases.steps) % k, minlength=k).tolist()
    visits = np.bincount(cases.steps, minlength=k).tolist()
    services = [
        Service(
            name,
            used[slot],
            used[slot] / cases.cases,
            visits[slot],
            visits[slot] / cases.events,
        )
        for slot, name in enumerate(cases.names)
        if visits[slot]
    ]
    services.sort(key=lambda s: (-s.visits, s.name))
    entropy = -math.fsum(s.visit_share * math.log(s.visit_share) for s in services)
    per_case = sum(used) / cases.cases if cases.cases else 0.0
    return ServiceSpread(tuple(services), math.exp(entropy), per_case)
