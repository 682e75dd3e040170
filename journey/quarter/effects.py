"""What finished improvements brought, against what was predicted.

An improvement removes a share of its pain points: that share, its efficacy, is what can be seen.
In the unit of the list it is worth predicted value × efficacy seen / efficacy assumed.

1. A trial: customers with and without the fix, n and successes each (a success is a customer who
   did not meet the trouble). Efficacy = 1 − (1 − p_with)/(1 − p_without).
2. Else difference in differences: how the share who meet the pain point changed, against how
   the shares of pain points nobody worked on changed. Efficacy = 1 − exp(L − L_others), L the log
   ratio of the share after to the shrunk share before.
3. Without others to hold it against, before and after, which is told: it is no proof of cause.

Errors by the delta method on the log scale: 1/hits − 1/n for each share, half an answer added to
each so that none is empty.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, cast

from journey.model.ids import ImprovementId, LeaderId, PainPointId
from journey.model.improvement import Improvement
from journey.model.workspace import Workspace
from journey.priority.result import Basis, RankedItem, Ranking
from journey.quarter.baseline import Noisy, shrunk
from journey.quarter.planning import finished_between, middle_of, owners
from journey.quarter.record import PainCount
from journey.quarter.side import Side

_Z80 = 1.2815515655446004
_FEWEST_OTHERS = 2
Counts = Mapping[PainPointId, PainCount]


class How(StrEnum):
    """How an effect was seen, the most trustworthy first."""

    TRIAL = "trial"
    DIFFERENCE = "difference_in_differences"
    BEFORE_AFTER = "before_after"
    TOO_EARLY = "too_early"  # done after the middle of the second quarter
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class Efficacy:
    """The share of its pain points that a fix removed, with its standard error.

    Attributes:
        asked: how many answers spoke of it before and after (a trial: without it and with it);
            of several pain points, of the one with the fewest.
    """

    value: float
    error: float
    how: How
    asked: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Prediction:
    """What was expected, in the unit of the list, and the efficacy that was assumed."""

    mean: float
    low80: float
    high80: float
    efficacy: float
    unit: str
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """A finished improvement: predicted and observed, in the unit of the list.

    Attributes:
        unit: money, kept_per_1000 or moved_per_1000. how: see `How`.
        predicted, low80, high80: None where nothing was predicted.
        observed, observed_low80, observed_high80: None where nothing could be seen.
        inside: whether the observed value lies in the predicted 80 % interval.
        hoped: the efficacy that was assumed; efficacy: the one seen, with its standard error.
        asked: answers behind it, as of `Efficacy`; None where nothing could be seen.
    """

    improvement: ImprovementId
    title: str
    leader: LeaderId | None
    how: How
    unit: str = ""
    currency: str = ""
    predicted: float | None = None
    low80: float | None = None
    high80: float | None = None
    observed: float | None = None
    observed_low80: float | None = None
    observed_high80: float | None = None
    inside: bool | None = None
    efficacy: float | None = None
    efficacy_error: float | None = None
    hoped: float | None = None
    asked: tuple[float, float] | None = None


def effects_between(before: Side, after: Side) -> tuple[Effect, ...]:
    """Return what was finished between two quarters, by id, with what was seen of it."""
    ws = after.workspace
    done = finished_between(ws, before.quarter, after.quarter)
    done = tuple(i for i in done if i.done_on is not None or not _was_done(before, i.id))
    worked_on = {pain for i in ws.improvements.values() if not i.is_open for pain in i.addresses}
    first, second = before.data.pain_counts, after.data.pain_counts
    others = [p for p in sorted(first) if p in second and p not in worked_on]
    answers = owners(ws)
    middle = middle_of(after.quarter, ws.info.fiscal_year_start_month)
    found = []
    for improvement in done:
        predicted = prediction_of(improvement, before.listed.ranking, before.workspace)
        efficacy = efficacy_of(improvement, first, second, others)
        early = improvement.done_on is not None and improvement.done_on > middle
        if early and (efficacy is None or efficacy.how is not How.TRIAL):
            found.append(_effect(improvement, answers[improvement.id], predicted, How.TOO_EARLY))
            continue
        seen = efficacy or How.NOT_SEEN
        found.append(_effect(improvement, answers[improvement.id], predicted, seen))
    return tuple(found)


def _was_done(before: Side, improvement: ImprovementId) -> bool:
    known = before.workspace.improvements.get(improvement)
    return before.frozen and known is not None and known.status == "done"


def prediction_of(improvement: Improvement, ranking: Ranking, ws: Workspace) -> Prediction | None:
    """Return what was kept with the improvement when it was finished, else what its rows said.

    Rows of one improvement share its efficacy draws, so that their ends add up with their means.
    """
    kept = improvement.prediction
    mean = improvement.efficacy
    efficacy = ws.assumptions.fix_efficacy_mean if mean is None else mean
    figures = [kept.get(name) for name in ("mean", "low80", "high80")]
    if all(isinstance(f, int | float) and not isinstance(f, bool) for f in figures):
        low = kept.get("efficacy")
        own = float(low) if isinstance(low, int | float) and low > 0 else efficacy
        middle, lower, upper = (float(f) for f in figures if isinstance(f, int | float))
        return Prediction(
            middle, lower, upper, own, str(kept.get("unit", "")), str(kept.get("currency", ""))
        )
    rows = [item for item in ranking.items if item.improvement == improvement.id]
    if not rows:  # ranked without it, as a fix that is assumed
        mine = set(improvement.addresses)
        rows = [i for i in ranking.items if i.pain_point in mine and i.improvement is None]
        efficacy = ws.assumptions.fix_efficacy_mean
    shown = [(item, f) for item in rows if (f := _shown(item, ranking)) is not None]
    if all(item.no_evidence for item, _ in shown):  # nothing was promised
        return None
    sums = [math.fsum(part) for part in zip(*(f for _, f in shown), strict=True)]
    money = ranking.basis is Basis.MONEY
    unit = "money" if money else ranking.index_unit
    currency = ranking.currency if money else ""
    return Prediction(sums[0], sums[1], sums[2], efficacy, unit, currency)


def prediction_facts(prediction: Prediction, quarter: str | None) -> dict[str, object]:
    """Return a prediction as an improvement keeps it when it is finished."""
    return {
        "mean": prediction.mean,
        "low80": prediction.low80,
        "high80": prediction.high80,
        "efficacy": prediction.efficacy,
        "unit": prediction.unit,
        "currency": prediction.currency,
        "quarter": quarter,
    }


def _shown(item: RankedItem, ranking: Ranking) -> tuple[float, float, float] | None:
    figures: tuple[float | None, ...] = (item.index_mean, item.index_low80, item.index_high80)
    if ranking.basis is Basis.MONEY:
        figures = (item.value_mean, item.low80, item.high80)
    mean, low, high = figures
    if mean is None or low is None or high is None:
        return None
    return mean, low, high


def efficacy_of(
    improvement: Improvement, first: Counts, second: Counts, others: Sequence[PainPointId]
) -> Efficacy | None:
    """Return the efficacy seen, by the best evidence there is; None without any."""
    tried = _trial(improvement.trial)
    if tried is not None:
        return tried
    pains = [p for p in improvement.addresses if p in first and p in second and first[p].hits > 0]
    if not pains:
        return None
    fair = _fair_shares(first)
    weights = [first[p].hits for p in pains]
    ratios = [_log_ratio(fair[p], first[p], second[p]) for p in pains]
    total = math.fsum(weights)
    mine = math.fsum(w * r.value for w, r in zip(weights, ratios, strict=True)) / total
    error = math.fsum((w / total) ** 2 * r.error for w, r in zip(weights, ratios, strict=True))
    beside = [
        _log_ratio(fair[p], first[p], second[p])
        for p in others
        if p not in improvement.addresses and first[p].hits > 0 and second[p].n > 0
    ]
    how = How.BEFORE_AFTER
    if len(beside) >= _FEWEST_OTHERS:
        drift = _drift(beside)
        mine, error, how = mine - drift.value, error + drift.error, How.DIFFERENCE
    left = math.exp(mine)
    asked = (min(first[p].n for p in pains), min(second[p].n for p in pains))
    return Efficacy(1.0 - left, left * math.sqrt(error), how, asked)


def _trial(facts: Mapping[str, object]) -> Efficacy | None:
    """Return what a trial showed: {"with": {"n", "successes"}, "without": {"n", "successes"}}."""
    arms = [_arm(facts.get(name)) for name in ("with", "without")]
    if arms[0] is None or arms[1] is None:
        return None
    (n_1, failed_1), (n_2, failed_2) = arms[0], arms[1]
    left = (failed_1 / n_1) / (failed_2 / n_2)
    error = 1 / failed_1 - 1 / n_1 + 1 / failed_2 - 1 / n_2
    asked = (n_2 - 1.0, n_1 - 1.0)
    return Efficacy(1.0 - left, left * math.sqrt(max(error, 0.0)), How.TRIAL, asked)


def _arm(facts: object) -> tuple[float, float] | None:
    """Return n and failures of one arm, half an answer added to both sides."""
    if not isinstance(facts, Mapping):
        return None
    n, successes = facts.get("n"), facts.get("successes")
    if not isinstance(n, int | float) or not isinstance(successes, int | float):
        return None
    if not 0 <= successes <= n or n <= 0:
        return None
    return n + 1.0, n - successes + 0.5


def _fair_shares(counts: Counts) -> dict[PainPointId, Noisy]:
    """Return the shares of the first quarter, shrunk: the worst are worst by luck, too."""
    pains = [p for p in sorted(counts) if counts[p].n > 0]
    raw = []
    for pain in pains:
        share = (counts[pain].hits + 0.5) / (counts[pain].n + 1.0)
        raw.append(Noisy(share, share * (1.0 - share) / (counts[pain].n + 1.0)))
    fair = shrunk(raw)
    least = 1e-6
    return {p: Noisy(max(f, least), r.error) for p, f, r in zip(pains, fair, raw, strict=True)}


def _log_ratio(fair: Noisy, before: PainCount, after: PainCount) -> Noisy:
    hits, n = after.hits + 0.5, after.n + 1.0
    first, size = before.hits + 0.5, before.n + 1.0
    error = 1.0 / hits - 1.0 / n + 1.0 / first - 1.0 / size
    return Noisy(math.log(hits / n / fair.value), max(error, 0.0))


def _drift(ratios: Sequence[Noisy]) -> Noisy:
    """Return how the others changed: their mean by precision, with the spread between them."""
    weights = [1.0 / max(r.error, 1e-9) for r in ratios]
    total = math.fsum(weights)
    mean = math.fsum(w * r.value for w, r in zip(weights, ratios, strict=True)) / total
    spread = math.fsum(w * (r.value - mean) ** 2 for w, r in zip(weights, ratios, strict=True))
    excess = max(1.0, spread / (len(ratios) - 1))
    return Noisy(mean, excess / total)


def _effect(
    improvement: Improvement,
    leader: LeaderId | None,
    predicted: Prediction | None,
    seen: "Efficacy | How",
) -> Effect:
    """Return the effect with what was seen of it, or why nothing could be."""
    how = seen if isinstance(seen, How) else seen.how
    efficacy = None if isinstance(seen, How) else seen
    head = Effect(improvement.id, improvement.title, leader, how)
    values: dict[str, object] = {}
    if predicted is not None:
        values |= {
            "unit": predicted.unit,
            "currency": predicted.currency,
            "predicted": predicted.mean,
            "low80": predicted.low80,
            "high80": predicted.high80,
            "hoped": predicted.efficacy,
        }
    if efficacy is not None:
        values |= {
            "efficacy": efficacy.value,
            "efficacy_error": efficacy.error,
            "asked": efficacy.asked,
        }
    if predicted is not None and efficacy is not None and predicted.efficacy > 0:
        whole = predicted.mean / predicted.efficacy
        brought = whole * efficacy.value
        half = abs(whole) * _Z80 * efficacy.error
        values |= {
            "observed": brought,
            "observed_low80": brought - half,
            "observed_high80": brought + half,
            "inside": predicted.low80 <= brought <= predicted.high80,
        }
    return _with(head, values)


def _with(effect: Effect, values: Mapping[str, object]) -> Effect:
    return replace(effect, **cast(dict[str, Any], values))
