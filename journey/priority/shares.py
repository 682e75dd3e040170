"""Shares as draws: who used a touchpoint, who of them meets a pain point (docs/method.md).

A share is beta-binomial: its prior has the mean and spread of all shares of the list, and a
segment is pulled to the share of all segments with the strength of 20 answers.
"""

from dataclasses import dataclass

import numpy as np

from journey.priority.draws import Bools, Floats, Ints

SEGMENT_STRENGTH = 20.0
# Reports say at least a quarter of what is true, however badly they are reported.
_LEAST_DILUTION = 0.25
_LEAST_BETA = 1e-2


@dataclass(frozen=True, slots=True)
class Counts:
    """Effective counts behind one share: in all and by segment.

    Attributes:
        hits, users: of all respondents, segment unknown included.
        by_segment_hits, by_segment_users: float64[S].
    """

    hits: float
    users: float
    by_segment_hits: Floats
    by_segment_users: Floats


def count(segment: Ints, weight: Floats, hit: Bools, segments: int) -> Counts:
    """Return the counts of users with these weights; segment −1 counts in the pool only."""
    place = segment + 1
    size = segments + 1
    hits = np.asarray(np.bincount(place, weight * hit, size), dtype=np.float64)
    users = np.asarray(np.bincount(place, weight, size), dtype=np.float64)
    return Counts(float(hits.sum()), float(users.sum()), hits[1:], users[1:])


def prior_by_moments(hits: Floats, users: Floats) -> tuple[float, float]:
    """Return (alpha, beta) of the Beta whose mean and variance the observed shares show.

    The variance between shares is what is left of the observed one when the binomial part
    m(1 − m)·mean(1/n) is taken off; strength = m(1 − m)/variance − 1, held in 1 … 100. One share
    alone, or none, gives the strength 2 around the pooled mean.
    """
    seen = users > 0
    m = float((hits[seen].sum() + 0.5) / (users[seen].sum() + 1.0))
    room = m * (1 - m)
    strength = 2.0
    if seen.sum() > 1:
        shares = hits[seen] / users[seen]
        between = float(shares.var(ddof=1) - room * np.mean(1 / users[seen]))
        strength = min(max(room / between - 1, 1.0), 100.0) if between > 0 else 100.0
    return max(m * strength, _LEAST_BETA), max((1 - m) * strength, _LEAST_BETA)


def share_draws(
    rng: np.random.Generator, counts: Counts, prior: tuple[float, float], draws: int
) -> Floats:
    """Return float64[K, S] draws of a share by segment.

    With one segment the pooled posterior is its own; with more, each segment's Beta starts from
    the pooled draw with the strength of 20 answers, so one without answers has the pooled share.
    """
    alpha = prior[0] + counts.hits
    beta = prior[1] + max(counts.users - counts.hits, 0.0)
    pooled = rng.beta(alpha, beta, draws)
    segments = len(counts.by_segment_users)
    if segments == 1:
        return pooled[:, None]
    missed = np.maximum(counts.by_segment_users - counts.by_segment_hits, 0.0)
    a = np.maximum(SEGMENT_STRENGTH * pooled[:, None] + counts.by_segment_hits, _LEAST_BETA)
    b = np.maximum(SEGMENT_STRENGTH * (1 - pooled[:, None]) + missed, _LEAST_BETA)
    return rng.beta(a, b)


def true_share(reported: Floats, sensitivity: float, false_positive: float) -> Floats:
    """Return the share affected behind the share reported: (a − fp)/(se − fp), held in 0 … 1."""
    return np.clip((reported - false_positive) / (sensitivity - false_positive), 0.0, 1.0)


def dilution(reported: float, sensitivity: float, false_positive: float) -> float:
    """Return by how much wrong reports shrink a difference between reporters and others.

    (se − fp)·a(1 − a)/(a_rep(1 − a_rep)) with the true share a, at least 0.25; 1 where reports
    are taken at face value.
    """
    if sensitivity == 1.0 and false_positive == 0.0:
        return 1.0
    spread = reported * (1 - reported)
    if spread <= 0:
        return 1.0
    a = float(true_share(np.array(reported), sensitivity, false_positive))
    return max((sensitivity - false_positive) * a * (1 - a) / spread, _LEAST_DILUTION)
