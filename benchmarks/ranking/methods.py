"""The classic ways to order pain points, on what a company sees (docs/method.md).

Each returns float64[M], more is earlier. Where nobody reported a pain point, a method that needs
reports has nothing to say and puts it last.
"""

from collections.abc import Callable, Mapping

import numpy as np

from benchmarks.ranking.observed import Seen
from benchmarks.ranking.world import PAINS, TOUCHPOINTS, Bools, Floats

REVENUE_AT_RISK = "revenue at risk / effort"
RANDOM = "random"


def revenue_at_risk(seen: Seen) -> Floats:
    """Value of the yearly visits whose customers report it and are detractors."""
    truth = seen.truth
    money = (truth.customers * truth.value) @ seen.visits()
    return money[truth.place] * _share(seen, _detractors(seen))


def severity_frequency(seen: Seen) -> Floats:
    """Product of the workshop's two classes."""
    return (seen.workshop.severity * seen.workshop.frequency).astype(np.float64)


def votes(seen: Seen) -> Floats:
    """Dots in the workshop."""
    return seen.workshop.votes.astype(np.float64)


def impact_effort(seen: Seen) -> Floats:
    """Two classes of 1 … 5 divided."""
    return seen.workshop.impact / seen.workshop.effort


def ulwick(seen: Seen) -> Floats:
    """Importance + max(importance − satisfaction, 0), satisfaction 10 × promoters' share."""
    importance = seen.workshop.importance[seen.truth.place]
    promoters = (seen.answers.score >= 9).astype(np.float64)
    satisfaction = 10 * np.nan_to_num(_among_reporters(seen, promoters), nan=1.0)
    return np.asarray(importance + np.maximum(importance - satisfaction, 0.0))


def affected_mean(seen: Seen) -> Floats:
    """The lowest mean score of those who report it."""
    score = seen.answers.score.astype(np.float64)
    return -np.nan_to_num(_among_reporters(seen, score), nan=np.inf)


def touchpoint_mean(seen: Seen) -> Floats:
    """The lowest mean score of the touchpoint."""
    sums = np.bincount(seen.answers.at, seen.answers.score, TOUCHPOINTS)
    mean = sums / np.bincount(seen.answers.at, minlength=TOUCHPOINTS)
    return np.asarray(-mean[seen.truth.place])


def _detractors(seen: Seen) -> Bools:
    return np.asarray(seen.answers.score <= 6)


def _share(seen: Seen, which: Bools) -> Floats:
    """Return the share of a touchpoint's answers that report each pain point and are so."""
    hits = (seen.answers.reported & which[:, None]).sum(axis=0)
    n = np.bincount(seen.answers.at, minlength=TOUCHPOINTS)
    return np.asarray(hits / n[seen.truth.place])


def _among_reporters(seen: Seen, quantity: Floats) -> Floats:
    """Return the mean of a quantity over who reports each pain point, NaN without any."""
    hits = seen.answers.reported.sum(axis=0)
    total = quantity @ seen.answers.reported
    return np.where(hits > 0, total / np.maximum(hits, 1), np.nan)


_METHODS: Mapping[str, Callable[[Seen], Floats]] = {
    "revenue at risk": revenue_at_risk,
    "severity × frequency": severity_frequency,
    "Ulwick": ulwick,
}
_PLAIN: Mapping[str, Callable[[Seen], Floats]] = {
    "mean score of the affected": affected_mean,
    "impact / effort (1–5)": impact_effort,
    "votes": votes,
    "touchpoint mean score": touchpoint_mean,
}
NAMES = (
    *(name for method in _METHODS for name in (f"{method} / effort", method)),
    *_PLAIN,
    RANDOM,
)


def classic(seen: Seen, rng: np.random.Generator) -> dict[str, Floats]:
    """Return every classic method's scores by name, in the order of `NAMES`."""
    found = {}
    for name, method in _METHODS.items():
        score = method(seen)
        found[f"{name} / effort"] = score / seen.truth.estimate
        found[name] = score
    found |= {name: method(seen) for name, method in _PLAIN.items()}
    found[RANDOM] = rng.random(PAINS)
    return found
