"""Relational surveys: one respondent rates many touchpoints and has one outcome (docs/method.md).

Per segment, moved = u·a·e·κ·δ per customer: u the share who used the touchpoint, a of them who
meet the pain point, e the efficacy of the fix, κ the causal share of the association, δ the risk
difference. Moved times the link λ is kept. No chain, no visits, no propagation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from journey.model.assumptions import Assumptions
from journey.priority import effects, logistic, shares
from journey.priority.design import design_of
from journey.priority.draws import Bools, Floats, Streams
from journey.priority.market import Market
from journey.priority.reading import Outcome, Reading
from journey.priority.source import PainFacts


@dataclass(frozen=True, slots=True)
class Rows:
    """The respondents at the mode, to recompute joint fixes.

    Attributes:
        risk: float64[R], the fitted logit. theta: float64[P]. hits: bool[R, P]. weight: float64[R].
    """

    risk: Floats
    theta: Floats
    hits: Bools
    weight: Floats
    months: int | None

    def joint_ratio(self, pains: Sequence[int]) -> float:
        """Return the drop of P(bad) with all of these gone over the sum of their single drops."""
        at = list(pains)
        rows = self.hits[:, at].any(axis=1)
        risk, weight, hits = self.risk[rows], self.weight[rows], self.hits[rows][:, at]
        now = effects.yearly(logistic.sigmoid(risk), self.months)
        theta = self.theta[at]
        single = logistic.sigmoid(risk[:, None] - hits * theta)
        drops = now[:, None] - effects.yearly(single, self.months)
        without = effects.yearly(logistic.sigmoid(risk - hits @ theta), self.months)
        alone = float(weight @ drops.sum(axis=1))
        together = float(weight @ (now - without))
        # Where effects cancel, the ratio means nothing and the values are added.
        return min(max(together / alone, 0.0), 2.0) if abs(alone) > 1e-12 else 1.0


@dataclass(frozen=True, slots=True)
class RelationalSource:
    """A relational survey after fit and draws.

    Attributes:
        unit: float64[K, P, S], u·a·κ·δ·discrepancy. bad: float64[S], P(bad).
    """

    pains: tuple[str, ...]
    facts: Mapping[str, PainFacts]
    link: Floats
    unit: Floats
    bad: Floats
    rows: Rows

    def unit_mean(self) -> Floats:
        """Return float64[P, S], the mean moved per customer if a fix removed a pain whole."""
        return np.asarray(self.unit.mean(axis=0))

    def settle(self, own: Floats) -> "SettledRelational":
        """Scale each segment's terms where together they would move more than are bad.

        Only rises count in the sum: nobody would do a fix that harms.
        """
        total = np.einsum("kp,kps->ks", own, np.maximum(self.unit, 0.0))
        with np.errstate(divide="ignore", invalid="ignore"):
            scale = np.where(total > self.bad, self.bad / total, 1.0)
        return SettledRelational(self, scale)


@dataclass(frozen=True, slots=True)
class SettledRelational:
    """A relational survey with its cap applied; scale: float64[K, S]."""

    source: RelationalSource
    scale: Floats

    def moved(self, pain: int, efficacy: Floats) -> Floats:
        """Return float64[K, S] moved from bad to good per customer."""
        return np.asarray(self.source.unit[:, pain] * efficacy[:, None] * self.scale)

    def joint(self, pains: Sequence[int], efficacy: Floats) -> Floats:
        """Return float64[K, S] of fixing several at once: their sum times the joint ratio."""
        total = sum((self.moved(p, efficacy) for p in pains), np.zeros_like(self.scale))
        return total * (self.source.rows.joint_ratio(pains) if len(pains) > 1 else 1.0)

    def capped(self, pain: int) -> bool:  # noqa: ARG002 - the cap is the whole list's
        """Whether the cap held in at least one draw of twenty."""
        return bool((self.scale.min(axis=1) < 1).mean() >= 0.05)


def relational_source(
    reading: Reading, outcome: Outcome, market: Market, a: Assumptions, streams: Streams
) -> RelationalSource:
    """Fit the joint regression and draw every factor of each pain point."""
    months = outcome.months if outcome.is_leaving else None
    bad, known = outcome.bad == 1, outcome.bad >= 0
    design = design_of(reading)
    fitted = logistic.fit(
        np.ascontiguousarray(design.x[known]),
        bad[known].astype(np.float64),
        reading.weight[known],
        design.prior(),
    )
    name = reading.table.survey
    b = fitted.draws(streams.of("coefficients", name), streams.draws)
    used = _used_draws(reading, market, streams)
    share, diluted = _share_draws(reading, market, a, streams)
    theta = b[:, design.background :] / diluted
    risk = design.x @ fitted.mode
    delta = _effects(reading, market, x=design.x, risk=risk, theta=theta, b=b, months=months)
    kappa = streams.beta(a.causal_share_mean, a.causal_share_sd, "causal share")
    noise = [
        streams.lognormal(a.discrepancy_sd_log, "discrepancy", p, mean_one=True)
        for p in reading.pains
    ]
    reach = used[:, reading.place] * share
    unit = reach * delta * (np.column_stack(noise) * kappa[:, None])[:, :, None]
    rows = Rows(
        risk, fitted.mode[design.background :] / diluted, reading.hits, reading.weight, months
    )
    return RelationalSource(
        pains=reading.pains,
        facts=_facts(reading, outcome, market, (used[:, reading.place], share, delta)),
        link=_link(outcome, a, streams),
        unit=unit,
        bad=_bad_rate(reading, outcome, market, months),
        rows=rows,
    )


def _link(outcome: Outcome, a: Assumptions, streams: Streams) -> Floats:
    """Return λ, float64[K], once per draw for the whole list; 1 where leaving was seen."""
    if outcome.is_leaving:
        return np.ones(streams.draws)
    return streams.beta(a.bad_to_churn_mean, a.bad_to_churn_sd, "bad to leaving")


def _counts(reading: Reading, market: Market, hit: Bools, user: Bools) -> shares.Counts:
    """Return effective counts of one share; rows outside every segment count in the pool."""
    return shares.count(reading.segment, reading.weight * user, hit, len(market.segments))


def _used_draws(reading: Reading, market: Market, streams: Streams) -> Floats:
    """Return u, float64[K, T, S]; 1 where the touchpoint has no question."""
    out = np.ones((streams.draws, len(reading.touchpoints), len(market.segments)))
    asked = np.flatnonzero(reading.asked)
    everyone = np.ones(reading.table.rows, dtype=np.bool_)
    counts = [_counts(reading, market, reading.used[:, t], everyone) for t in asked]
    prior = shares.prior_by_moments(
        np.array([c.hits for c in counts]), np.array([c.users for c in counts])
    )
    for t, c in zip(asked, counts, strict=True):
        rng = streams.of("used", reading.table.survey, reading.touchpoints[t])
        out[:, t] = shares.share_draws(rng, c, prior, streams.draws)
    return out


def _share_draws(
    reading: Reading, market: Market, a: Assumptions, streams: Streams
) -> tuple[Floats, Floats]:
    """Return a, float64[K, P, S], true shares, and each pain point's dilution, float64[P]."""
    counts = [
        _counts(reading, market, reading.hits[:, p], reading.used[:, t])
        for p, t in enumerate(reading.place)
    ]
    hits = np.array([c.hits for c in counts])
    users = np.array([c.users for c in counts])
    prior = shares.prior_by_moments(hits, users)
    out = np.empty((streams.draws, len(counts), len(market.segments)))
    diluted = np.ones(len(counts))
    se, fp = a.reporting_sensitivity, a.reporting_false_positive
    for p, c in enumerate(counts):
        rng = streams.of("share", reading.table.survey, reading.pains[p])
        out[:, p] = shares.share_draws(rng, c, prior, streams.draws)
        if not reading.ruled[p]:
            reported = (c.hits + prior[0]) / (c.users + sum(prior))
            out[:, p] = shares.true_share(out[:, p], se, fp)
            diluted[p] = shares.dilution(reported, se, fp)
    return out, diluted


def _effects(
    reading: Reading,
    market: Market,
    *,
    x: Floats,
    risk: Floats,
    theta: Floats,
    b: Floats,
    months: int | None,
) -> Floats:
    """Return δ, float64[K, P, S]: a segment without anyone affected has the pooled one."""
    size = len(market.segments)
    most = effects.nodes_per_group(len(reading.pains) * size)
    groups: list[effects.Nodes] = []
    owner: list[int] = []
    group = np.empty((len(reading.pains), size), dtype=np.int64)
    for p, t in enumerate(reading.place):
        affected = bool(reading.hits[:, p].any())
        rows = np.flatnonzero(reading.hits[:, p] if affected else reading.used[:, t])
        rows = rows if len(rows) else np.arange(reading.table.rows)
        pooled = -1
        for s in range(size):
            mine = rows[reading.segment[rows] == s] if size > 1 else rows
            if not len(mine) and pooled >= 0:
                group[p, s] = pooled
                continue
            if not len(mine):
                mine, pooled = rows, len(groups)
            group[p, s] = len(groups)
            owner.append(p)
            groups.append(
                effects.gather(x, risk, reading.weight, mine, affected=affected, most=most)
            )
    delta = effects.effect_draws(groups, theta[:, owner], b, months)
    return delta[:, group]


def _bad_rate(reading: Reading, outcome: Outcome, market: Market, months: int | None) -> Floats:
    """Return P(bad), float64[S], over 12 months where leaving was seen over others."""
    known = outcome.bad >= 0
    c = _counts(reading, market, outcome.bad == 1, known)
    pooled = (c.hits + 0.5) / (c.users + 1.0)
    strength = shares.SEGMENT_STRENGTH
    rate = (c.by_segment_hits + strength * pooled) / (c.by_segment_users + strength)
    return effects.yearly(rate if len(rate) > 1 else np.array([pooled]), months)


def _facts(
    reading: Reading,
    outcome: Outcome,
    market: Market,
    factors: tuple[Floats, Floats, Floats],
) -> dict[str, PainFacts]:
    """Return means over draws, segments weighted by those whom the next factor applies to."""
    used, share, delta = (f.mean(axis=0) for f in factors)
    users = market.mix * used
    affected = users * share
    out: dict[str, PainFacts] = {}
    for p, pain in enumerate(reading.pains):
        nobody = not reading.hits[:, p].any()
        out[pain] = PainFacts(
            n=int(reading.used[:, reading.place[p]].sum()),
            used=float(users[p].sum()),
            share=_mean(share[p], users[p]),
            effect=_mean(delta[p], affected[p]),
            shift=None,
            word=outcome.word,
            relational=True,
            notes=("nobody_named_it",) if nobody else (),
        )
    return out


def _mean(values: Floats, weight: Floats) -> float:
    total = float(weight.sum())
    return float(values @ weight) / total if total > 0 else float(values.mean())
