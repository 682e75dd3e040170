"""Relational surveys: one respondent rates many touchpoints and has one outcome (docs/method.md).

Per segment, moved = u·a·e·κ·δ per customer: u the share who used the touchpoint, a of them who
meet the pain point, e the efficacy of the fix, κ the causal share of the association, δ the risk
difference. Moved times the link λ is kept. No chain, no visits, no propagation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from journey.model.assumptions import Assumptions
from journey.priority import effects, logistic, shares
from journey.priority.bearers import Bearers, bearers_of
from journey.priority.design import Design, design_of
from journey.priority.draws import Bools, Floats, Streams
from journey.priority.market import Market
from journey.priority.memory import Memory
from journey.priority.named import counts_of, named_of, tallies_of
from journey.priority.reading import Outcome, Reading
from journey.priority.source import PainFacts, Tally


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
class Behind:
    """What the means behind a survey's rows are made of; means: of u, a and δ, float64[P, S]."""

    reading: Reading
    outcome: Outcome
    means: tuple[Floats, Floats, Floats]

    def facts_in(self, segment: int) -> Mapping[str, PainFacts]:
        """Return the means of one segment, its answers alone counted."""
        mine = self.reading.segment == segment
        reading = replace(
            self.reading,
            segment=self.reading.segment[mine],
            used=self.reading.used[mine],
            hits=self.reading.hits[mine],
        )
        tallies = tallies_of(reading, named_of(reading.hits), self.outcome.bad[mine])
        mix = np.zeros(self.means[0].shape[1])
        mix[segment] = 1.0
        return _facts(self, mix, (reading.used, tallies))


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
    behind: "Behind"

    def facts_in(self, segment: int) -> Mapping[str, PainFacts]:
        """Return the means of one segment's customers."""
        return self.behind.facts_in(segment)

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
        return SettledRelational(self, own, scale)


@dataclass(frozen=True, slots=True)
class SettledRelational:
    """A relational survey with its cap applied; own: float64[K, P]; scale: float64[K, S]."""

    source: RelationalSource
    own: Floats
    scale: Floats

    def singles(self) -> Floats:
        """Return float64[K, P, S] moved from bad to good per customer, by its own plan each."""
        return np.asarray(self.source.unit * self.own[:, :, None] * self.scale[:, None])

    def joint(self, pains: Sequence[int], efficacy: Floats) -> Floats:
        """Return float64[K, S] of fixing several at once: their sum times the joint ratio.

        efficacy: float64[K, m]. Never more than are bad.
        """
        unit = self.source.unit[:, list(pains)]
        total = np.einsum("km,kms->ks", efficacy, unit) * self.scale
        if len(pains) > 1:
            total = np.minimum(total * self.source.rows.joint_ratio(pains), self.source.bad)
        return np.asarray(total)

    def capped(self) -> Bools:
        """Return bool[P]: whether the cap, the whole list's, held in one draw of twenty."""
        held = bool((self.scale.min(axis=1) < 1).mean() >= 0.05)
        return np.full(len(self.source.pains), held)


@dataclass(frozen=True, slots=True)
class _Fit:
    """A survey after the regression, before any assumption.

    Attributes:
        coefficients: float64[K, q + P]. used: float64[K, T, S]. share: float64[K, P, S] as
            reported. reported: float64[P], its posterior mean. bad: float64[S].
    """

    design: Design
    fitted: logistic.LogisticFit
    coefficients: Floats
    used: Floats
    share: Floats
    reported: Floats
    bad: Floats
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class _Effects:
    """What depends on how well people report.

    Attributes:
        share: float64[K, P, S], true shares. delta: float64[K, P, S]. reach: float64[K, P, S],
            u·a·δ. means: of u, a and δ, float64[P, S].
    """

    reach: Floats
    means: tuple[Floats, Floats, Floats]
    rows: Rows


def relational_source(
    reading: Reading, market: Market, a: Assumptions, streams: Streams, memory: Memory
) -> RelationalSource:
    """Fit the joint regression and draw every factor of each pain point."""
    outcome, name = reading.outcome, reading.table.survey
    assert outcome is not None
    size = len(market.segments)
    fit = memory.keep(
        ("relational fit", name),
        (reading, size),
        lambda: _fit(reading, outcome, size, streams, memory),
    )
    bearers = memory.keep(
        ("relational bearers", name),
        (fit,),
        lambda: bearers_of(reading, size, fit.design.x, fit.fitted.mode, fit.coefficients),
    )
    effect = memory.keep(
        ("relational effects", name),
        (fit, a.reporting_sensitivity, a.reporting_false_positive),
        lambda: _drawn_effects(reading, outcome, fit, bearers, a),
    )
    behind = Behind(reading, outcome, effect.means)
    spread = (a.causal_share_mean, a.causal_share_sd, a.discrepancy_sd_log)
    return RelationalSource(
        pains=reading.pains,
        facts=_facts(behind, market.mix, (reading.used, fit.tallies)),
        link=_link(outcome, a, streams),
        unit=memory.keep(
            ("relational unit", name),
            (effect, *spread),
            lambda: _unit(reading, effect.reach, a, streams),
        ),
        bad=fit.bad,
        rows=effect.rows,
        behind=behind,
    )


def _fit(reading: Reading, outcome: Outcome, size: int, streams: Streams, memory: Memory) -> _Fit:
    bad, known = outcome.bad == 1, outcome.bad >= 0
    design = design_of(reading, memory)
    fitted = logistic.fit(
        design.x if known.all() else design.x[known],
        bad[known].astype(np.float64),
        reading.weight[known],
        design.prior(),
    )
    named = named_of(reading.hits)
    share, reported = _share_draws(reading, counts_of(reading, named, size), streams)
    return _Fit(
        design=design,
        fitted=fitted,
        coefficients=fitted.draws(streams.of("coefficients", reading.table.survey), streams.draws),
        used=_used_draws(reading, size, streams),
        share=share,
        reported=reported,
        bad=_bad_rate(reading, outcome, size),
        tallies=tallies_of(reading, named, outcome.bad),
    )


def _drawn_effects(
    reading: Reading, outcome: Outcome, fit: _Fit, bearers: Bearers, a: Assumptions
) -> _Effects:
    """Correct for wrong reports, then draw δ."""
    months = outcome.months if outcome.is_leaving else None
    se, fp = a.reporting_sensitivity, a.reporting_false_positive
    share, diluted = fit.share, np.ones(len(reading.pains))
    if (se, fp) != (1.0, 0.0):
        share = share.copy()
        for p in np.flatnonzero(~reading.ruled):
            share[:, p] = shares.true_share(share[:, p], se, fp)
            diluted[p] = shares.dilution(float(fit.reported[p]), se, fp)
    background = fit.design.background
    theta = fit.coefficients[:, background:] / diluted
    risk = fit.design.x @ fit.fitted.mode
    delta = bearers.effects(theta, months)
    used = fit.used[:, reading.place]
    rows = Rows(risk, fit.fitted.mode[background:] / diluted, reading.hits, reading.weight, months)
    means = (used.mean(axis=0), share.mean(axis=0), delta.mean(axis=0))
    return _Effects(used * share * delta, means, rows)


def _unit(reading: Reading, reach: Floats, a: Assumptions, streams: Streams) -> Floats:
    """Return u·a·κ·δ·discrepancy, float64[K, P, S]."""
    kappa = streams.beta(a.causal_share_mean, a.causal_share_sd, "causal share")
    noise = [
        streams.lognormal(a.discrepancy_sd_log, "discrepancy", p, mean_one=True) * kappa
        for p in reading.pains
    ]
    return np.asarray(reach * np.column_stack(noise)[:, :, None])


def _link(outcome: Outcome, a: Assumptions, streams: Streams) -> Floats:
    """Return λ, float64[K], once per draw for the whole list; 1 where leaving was seen."""
    if outcome.is_leaving:
        return np.ones(streams.draws)
    return streams.beta(a.bad_to_churn_mean, a.bad_to_churn_sd, "bad to leaving")


def _counts(reading: Reading, size: int, hit: Bools, user: Bools) -> shares.Counts:
    """Return effective counts of one share; rows outside every segment count in the pool."""
    return shares.count(reading.segment, reading.weight * user, hit, size)


def _used_draws(reading: Reading, size: int, streams: Streams) -> Floats:
    """Return u, float64[K, T, S]; 1 where the touchpoint has no question."""
    out = np.ones((streams.draws, len(reading.touchpoints), size))
    asked = np.flatnonzero(reading.asked)
    everyone = np.ones(reading.table.rows, dtype=np.bool_)
    counts = [_counts(reading, size, reading.used[:, t], everyone) for t in asked]
    prior = shares.prior_by_moments(
        np.array([c.hits for c in counts]), np.array([c.users for c in counts])
    )
    for t, c in zip(asked, counts, strict=True):
        rng = streams.of("used", reading.table.survey, reading.touchpoints[t])
        out[:, t] = shares.share_draws(rng, c, prior, streams.draws)
    return out


def _share_draws(
    reading: Reading, counts: Sequence[shares.Counts], streams: Streams
) -> tuple[Floats, Floats]:
    """Return a as reported, float64[K, P, S], and its posterior means, float64[P]."""
    hits = np.array([c.hits for c in counts])
    users = np.array([c.users for c in counts])
    prior = shares.prior_by_moments(hits, users)
    out = np.empty((streams.draws, len(counts), len(counts[0].by_segment_users)))
    for p, c in enumerate(counts):
        rng = streams.of("share", reading.table.survey, reading.pains[p])
        out[:, p] = shares.share_draws(rng, c, prior, streams.draws)
    return out, (hits + prior[0]) / (users + sum(prior))


def _bad_rate(reading: Reading, outcome: Outcome, size: int) -> Floats:
    """Return P(bad), float64[S], over 12 months where leaving was seen over others."""
    known = outcome.bad >= 0
    c = _counts(reading, size, outcome.bad == 1, known)
    pooled = (c.hits + 0.5) / (c.users + 1.0)
    strength = shares.SEGMENT_STRENGTH
    rate = (c.by_segment_hits + strength * pooled) / (c.by_segment_users + strength)
    months = outcome.months if outcome.is_leaving else None
    return effects.yearly(rate if len(rate) > 1 else np.array([pooled]), months)


def _facts(
    behind: Behind, mix: Floats, counted: tuple[Bools, Sequence[Tally]]
) -> dict[str, PainFacts]:
    """Return means over draws, segments weighted by those whom the next factor applies to.

    Args:
        mix: float64[S]. counted: who used what among the answers that count, and their tallies.
    """
    reading, outcome = behind.reading, behind.outcome
    used, share, delta = behind.means
    users = mix * used
    answered, tallies = counted[0].sum(axis=0), counted[1]
    affected = users * share
    out: dict[str, PainFacts] = {}
    for p, pain in enumerate(reading.pains):
        nobody = not reading.hits[:, p].any()
        out[pain] = PainFacts(
            n=int(answered[reading.place[p]]),
            used=float(users[p].sum()),
            share=_mean(share[p], users[p]),
            effect=_mean(delta[p], affected[p]),
            shift=None,
            word=outcome.word,
            relational=True,
            notes=("nobody_named_it",) if nobody else (),
            tally=tallies[p],
        )
    return out


def _mean(values: Floats, weight: Floats) -> float:
    total = float(weight.sum())
    return float(values @ weight) / total if total > 0 else float(values.mean())
