"""The link from a score to leaving: logit P(lost) = b0 + b1(8 − score) + Σ θ_p x_p.

Where effort was asked beside the score it has a term b2(8 − effort) of its own. Fitted over all
touchpoints where answers are joined to who left, else drawn from its wide prior (docs/method.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from journey.model.assumptions import Assumptions
from journey.priority import logistic
from journey.priority.draws import AnyFloats, Bools, Floats, Streams
from journey.priority.products import Products, products_of
from journey.priority.shift import Shift
from journey.priority.visits import Visits

# A prior spread of 0 means constant; this is as near as a regression comes.
_LEAST_SD = 1e-6
# Beyond this a logit is sure; the odds of two can be held in double and in single precision.
_FAR, _FAR_SINGLE = 300.0, 40.0


@dataclass(frozen=True, slots=True)
class Link:
    """Draws of the link.

    Attributes:
        intercept, slope: float64[K]. direct: pain point → float64[K], what it adds to the logit
            beyond its score. fitted: whether leaving was seen; losses: how often.
        effort: float64[K], b2 by which effort tells beside the score, None where it was not asked.
        usual: mean 8 − effort, where a visit's own is not known.
    """

    intercept: Floats
    slope: Floats
    direct: dict[str, Floats]
    fitted: bool
    losses: int
    effort: Floats | None = None
    usual: float = 0.0

    def where(self, effort: Floats | None) -> "Link":
        """Return the link at an effort, float64[K]; None is the usual one."""
        if self.effort is None:
            return self
        level = self.usual if effort is None else 8.0 - effort
        return replace(self, intercept=self.intercept + self.effort * level)


@dataclass(frozen=True, slots=True)
class Joined:
    """Visits whose score is joined to what became of the customer, as a regression takes them.

    Attributes:
        x: products of [1, 8 − score, (8 − effort), indicators]. lost: float64[R] of 0 and 1.
        weight: float64[R]. pains: those of the indicators. usual: mean 8 − effort, None where it
            was not asked.
    """

    x: Products
    lost: Floats
    weight: Floats
    pains: tuple[str, ...]
    usual: float | None


def joined_of(visits: Sequence[Visits]) -> Joined | None:
    """Return the visits joined to an outcome, None where there are none."""
    if not any((v.lost >= 0).any() for v in visits):
        return None
    pains = tuple(p for v in visits for p in v.pains)
    usable = [(v.lost >= 0) & ~np.isnan(v.score) for v in visits]
    effort, usual = _effort(visits, usable)
    y = np.concatenate([v.lost[u] == 1 for v, u in zip(visits, usable, strict=True)])
    return Joined(
        x=products_of(_columns(visits, usable, len(pains), effort)),
        lost=y.astype(np.float64),
        weight=np.concatenate([v.weight[u] for v, u in zip(visits, usable, strict=True)]),
        pains=pains,
        usual=None if effort is None else usual,
    )


def link_draws(joined: Joined | None, a: Assumptions, streams: Streams) -> Link:
    """Return the fitted link, or its prior where no visit is joined to an outcome."""
    if joined is None:
        intercept = streams.normal(a.link_intercept_mean, a.link_intercept_sd, "link intercept")
        slope = streams.normal(a.link_slope_mean, a.link_slope_sd, "link slope")
        return Link(intercept, slope, {}, fitted=False, losses=0)
    slopes = 1 if joined.usual is None else 2
    prior = logistic.Prior(
        np.array([a.link_intercept_mean, *[a.link_slope_mean] * slopes]),
        np.maximum([a.link_intercept_sd, *[a.link_slope_sd] * slopes], _LEAST_SD),
        free_mean=False,
    )
    fitted = logistic.fit(joined.x, joined.lost, joined.weight, prior)
    drawn = fitted.draws(streams.of("link"), streams.draws)
    return Link(
        intercept=drawn[:, 0],
        slope=drawn[:, 1],
        direct={p: drawn[:, 1 + slopes + i] for i, p in enumerate(joined.pains)},
        fitted=True,
        losses=int(joined.lost.sum()),
        effort=drawn[:, 2] if joined.usual is not None else None,
        usual=joined.usual or 0.0,
    )


def _effort(visits: Sequence[Visits], usable: Sequence[Bools]) -> tuple[Floats | None, float]:
    """Return 8 − effort of the usable visits and its mean; a visit without has its touchpoint's.

    None where no visit has any, or all have the same.
    """
    away = [8.0 - v.effort[u] for v, u in zip(visits, usable, strict=True)]
    known = np.concatenate([e[~np.isnan(e)] for e in away] or [np.zeros(0)])
    if len(known) < 2 or float(np.ptp(known)) == 0:
        return None, 0.0
    usual = float(known.mean())
    filled = []
    for e in away:
        here = e[~np.isnan(e)]
        filled.append(np.where(np.isnan(e), here.mean() if len(here) else usual, e))
    return np.concatenate(filled), usual


def _columns(
    visits: Sequence[Visits], usable: Sequence[Bools], pains: int, effort: Floats | None
) -> Floats:
    """Return [1, 8 − score, (8 − effort), indicators], each touchpoint's in their own columns."""
    first = 2 if effort is None else 3
    out = np.zeros((sum(int(u.sum()) for u in usable), first + pains))
    out[:, 0] = 1.0
    if effort is not None:
        out[:, 2] = effort
    row, column = 0, first
    for v, u in zip(visits, usable, strict=True):
        rows, columns = slice(row, row + int(u.sum())), slice(column, column + len(v.pains))
        out[rows, 1] = 8.0 - v.score[u]
        out[rows, columns] = v.hits[u]
        row, column = rows.stop, columns.stop
    return out


def loss_rate(link: Link, base: Floats, shift: Shift) -> Floats:
    """Return P(lost) of a visit without any pain point, float64[K], over the pooled residuals."""
    return np.asarray(unharmed(link, base, shift).lost(np.zeros((1, len(base))))[0])


@dataclass(frozen=True, slots=True)
class Harm:
    """What a pain point does to the logit of leaving.

    Attributes:
        lower: float64[K], β', points the score falls. direct: float64[K], θ beyond the score.
    """

    lower: Floats
    direct: Floats

    def logit(self, link: Link) -> Floats:
        """Return float64[K], b1 β' + θ."""
        return np.asarray(link.slope * self.lower + self.direct)


def company(logit: Floats, share: Floats) -> Floats:
    """Return float64[3, P, K], the cumulants of what each pain point adds to the logit of leaving.

    A visit that meets one pain point may meet others of its touchpoint, and each harms more beside
    them. Met by a share a of the visits it adds logit·Bernoulli(a): mean a·l, variance a(1 − a)l²,
    third cumulant a(1 − a)(1 − 2a)l³. Those of independent pain points add up.

    Args:
        logit, share: float64[P, K], as of `Harm.logit`, and the share affected.
    """
    logit = np.clip(logit, -20.0, 20.0)
    spread = share * (1 - share)
    second = spread * logit**2
    return np.stack([share * logit, second, second * (1 - 2 * share) * logit])


def _two_points(cumulants: Floats) -> tuple[Floats, Floats]:
    """Return where float64[2, P, K], and how likely: two points with these cumulants.

    For the company of one pain point this is exact.
    """
    mean, variance, third = cumulants
    sd = np.sqrt(np.maximum(variance, 0.0))
    some = sd > 1e-6
    skew = np.where(some, third / np.where(some, sd, 1.0) ** 3, 0.0)
    root = np.sqrt(4.0 + skew**2)
    where = mean + sd * np.stack([skew - root, skew + root]) / 2
    upper = 0.5 * (1.0 - skew / root)
    return where, np.stack([1.0 - upper, upper])


@dataclass(frozen=True, slots=True)
class Unharmed:
    """A touchpoint's visits without any pain point.

    Attributes:
        odds: float[K, M], of staying, at each node of the pooled residuals. share: float[M].
    """

    odds: AnyFloats
    share: AnyFloats

    def lost(self, logit: Floats) -> Floats:
        """Return P(lost), float64[P, K], where float64[P, K] is added to the logit.

        Meant over the residuals.
        """
        times = _odds(logit, single=self.odds.dtype == np.float32)
        out = np.empty(logit.shape)
        chance = np.empty_like(self.odds)
        for p in range(len(times)):
            np.multiply(self.odds, times[p][:, None], out=chance)
            chance += 1.0
            out[p] = np.reciprocal(chance, out=chance) @ self.share
        return out


def unharmed(link: Link, base: Floats, shift: Shift, *, single: bool = False) -> Unharmed:
    """Return the visits of a touchpoint whose base score is float64[K].

    Args:
        single: whether single precision will do, a 10⁷th of a chance.
    """
    slope = link.slope[:, None]
    logit = link.intercept[:, None] + slope * (8.0 - base[:, None] - shift.residual)
    share = shift.share.astype(np.float32) if single else shift.share
    return Unharmed(_odds(logit, single=single), share)


def _odds(logit: Floats, *, single: bool) -> AnyFloats:
    """Return the odds of staying, e^−logit."""
    far = _FAR_SINGLE if single else _FAR
    odds = np.exp(-np.clip(logit, -far, far))
    return odds.astype(np.float32) if single else odds


def risk_difference(alone: Unharmed, own: Floats, beside: Floats | None = None) -> Floats:
    """Return δ, float64[P, K]: mean over residuals e of q(b + e − β'; θ) − q(b + e).

    Args:
        own: float64[P, K], what each pain point adds to the logit. beside: float64[3, P, K], the
            company of the touchpoint's other pain points, over whose presence the mean is taken
            too.
    """
    if beside is None:
        return alone.lost(own) - alone.lost(np.zeros_like(own))
    out = np.zeros_like(own)
    for where, likely in zip(*_two_points(beside), strict=True):
        out += likely * (alone.lost(where + own) - alone.lost(where))
    return out
