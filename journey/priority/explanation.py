"""One sentence per row, in plain English, of figures that all come from the draws."""

from dataclasses import dataclass

from journey.model.map import PainPoint
from journey.priority import wording
from journey.priority.factors import weakest
from journey.priority.result import Factor, Level, RankedItem
from journey.priority.withheld import NOTE
from journey.priority.workshop import Shortfall

_RISKS = {
    "left": "to leave",
    "dissatisfied": "to be dissatisfied",
    "detractor": "to be detractors",
    "low": "to rate the whole low",
}
_FACTOR_WORDS = {
    "customers": ("fewer customers come here", "customers or visits a year"),
    "used": ("fewer customers use it", "share who use it"),
    "share": ("fewer of them meet it", "share who meet it"),
    "effect": ("it harms those who meet it less", "points likelier"),
    "link": ("fewer of those moved are kept", "kept of those moved"),
    "value": ("the customers it meets are worth less", "value of a kept customer"),
    "efficacy": ("its fix removes less of it", "share a fix removes"),
    "effort": ("its fix takes more work", "days of work"),
}
_TOLD_RESIDUAL = 0.05
_TOSS_UP = 0.1  # how far from even the chance of two rows may be to be called so
_TOLD_PARTNERS = 2
_TOO_FEW = "Too few answers in this segment"


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence names beside the row's own figures.

    Attributes:
        total: ranked rows. moved: whether the index counts customers moved from bad to good.
        segment: the one whose customers are counted, "" for all.
        ahead: of rank 1, the first rank that its fix does not serve and the chance to be ahead of
            it; None of any other row, and where nothing else is measured.
    """

    total: int
    top_k: int
    moved: bool
    currency: str
    pain: PainPoint
    shortfall: Shortfall | None = None
    segment: str = ""
    ahead: tuple[int, float] | None = None


def sentence(item: RankedItem, context: Context) -> str:
    """Return the row's sentence by its level (docs/method.md)."""
    told = _sentence(item, context)
    if not context.segment:
        return told
    told = told[0].lower() + told[1:] if told[0].isupper() else told
    return f"In the segment “{context.segment}”, {told}"


def _sentence(item: RankedItem, context: Context) -> str:
    if item.level is Level.F:
        return f"“{item.title}” is not ranked: no answer, no KPI and no workshop judgement yet."
    if item.level is Level.E:
        return _opinion(item, context)
    if item.level is Level.D:
        return _kpi(item, context)
    if item.no_evidence:
        return (
            f"“{item.title}” is ranked {item.rank} of {context.total}: no evidence that fixing it "
            f"helps; {_harm(item)}."
        )
    return (
        f"Fixing “{item.title}” is ranked {item.rank} of {context.total}: {_harm(item)}"
        f"{_then(item)}{_worth(item, context)}; {_chance(item, context)}."
    )


def why_not_higher(item: RankedItem, *, compared: bool = True) -> str:
    """Return what holds a row back most beside rank 1; rank 1 says that nothing does."""
    if item.rank is None:
        return "Ask one question at this touchpoint, and it can be ranked."
    if item.rank == 1:
        return "Nothing ranks higher."
    if item.level is Level.E:
        return "It is not measured: one survey question would show its place."
    if compared and item.no_evidence:
        return "Those who meet it do no worse than others, other things equal."
    return _beside_first(item) if compared else f"{_TOO_FEW} to say what holds it back."


def _beside_first(item: RankedItem) -> str:
    low = weakest(item.factors)
    if low is None:
        return "No single factor holds it back; all of them together do."
    rest = next((f.ratio for f in item.factors if f.name == "residual"), 1.0)
    words, unit = _FACTOR_WORDS[low.name]
    # A residual within rounding says nothing; the row's factors show it all the same.
    small = abs(rest - 1.0) < _TOLD_RESIDUAL
    left = "" if small else f"; the factors leave ×{wording.number(rest, 2)} unexplained"
    return (
        f"Beside rank 1, {words} ({unit}: {_figure(low, low.mine)} against "
        f"{_figure(low, low.first)}, ×{wording.number(low.ratio, 2)}){left}."
    )


def _figure(factor: Factor, value: float) -> str:
    if factor.name in ("used", "share", "link", "efficacy"):
        return wording.percent(value)
    if factor.name == "effect":
        return wording.points(100 * value)
    return wording.number(wording.rounded(value, 3), 0 if abs(value) >= 10 else 1)


def _harm(item: RankedItem) -> str:
    """Return how many meet it and what it does to them, where that may be said."""
    if NOTE in item.notes:
        return _TOO_FEW[0].lower() + _TOO_FEW[1:]
    return f"{_met(item)}{_effect(item)}"


def _then(item: RankedItem) -> str:
    """Return what leads from the harm to the value; withheld answers lead to none."""
    return "; by the model " if NOTE in item.notes else ", so "


def _met(item: RankedItem) -> str:
    share = wording.percent(item.share_affected or 0.0)
    if item.relational:
        return f"about {share} of those who used {item.touchpoint_name or 'it'} meet it; "
    if item.volume is None:
        return f"about {share} of visits meet it, "
    return f"about {share} of {wording.counted(item.volume)} yearly visits meet it, "


def _effect(item: RankedItem) -> str:
    effect = 100 * (item.effect or 0.0)
    risk = _RISKS.get(item.outcome, _RISKS["dissatisfied"])
    if item.relational:
        word = "likelier" if effect >= 0 else "less likely"
        return f"they are {wording.points(effect)} points {word} {risk}, other things equal"
    shift = item.shift or 0.0
    lower = "lower" if shift >= 0 else "higher"
    word = "likelier" if effect >= 0 else "less likely"
    return (
        f"those customers score {wording.points(shift)} points {lower} and are "
        f"{wording.points(effect)} points {word} to leave"
    )


def _worth(item: RankedItem, context: Context) -> str:
    effort = f"for {wording.days(item.effort_days)} of work"
    if item.effort_assumed:
        effort += " (assumed)"
    if item.joint > 1:
        effort += _shared(item, context)
    if item.value_mean is not None and item.low80 is not None and item.high80 is not None:
        amount = wording.money(item.value_mean, context.currency)
        between = wording.money_range(item.low80, item.high80, context.currency)
        assumed = ", the link to leaving assumed" if item.level is Level.B else ""
        return (
            f"a fix keeps about {amount} of customer value for each year’s customers "
            f"(80\u00a0%: {between}{assumed}) {effort}"
        )
    return f"a fix {_index(item, context)} {effort}"


def _shared(item: RankedItem, context: Context) -> str:
    """Return with which pain points a fix is shared, and what it gives in all."""
    named = [f"“{title}”" for title in item.partner_titles[:_TOLD_PARTNERS]]
    more = len(item.partner_titles) - len(named)
    named += [f"{more} more"] if more else []
    others = " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
    text = f" shared with {others}"
    if item.joint_mean is None:
        return text
    if item.value_mean is not None:
        return f"{text}, {wording.money(item.joint_mean, context.currency)} in all"
    return f"{text}, {wording.per_thousand(item.joint_mean)} of 1 000 in all"


def _index(item: RankedItem, context: Context) -> str:
    low, high = item.index_low80 or 0.0, item.index_high80 or 0.0
    between = " to " if low < 0 else "–"
    span = f"{wording.per_thousand(low)}{between}{wording.per_thousand(high)}"
    mean = wording.per_thousand(item.index_mean or 0.0)
    if context.moved:
        return f"moves about {mean} of 1 000 customers from bad to good (80\u00a0%: {span})"
    return f"keeps about {mean} of 1 000 customers (80\u00a0%: {span})"


def _chance(item: RankedItem, context: Context) -> str:
    top = item.p_top5 or 0.0
    text = f"it is in the true top {context.top_k} with {wording.chance(top)} probability"
    if context.ahead is not None:
        rank, share = context.ahead
        text += f" and ahead of rank {rank} with {wording.chance(share)}"
        if abs(share - 0.5) <= _TOSS_UP:
            text += " (a toss-up)"
    if top < 0.5 and item.toss_up:
        rows = "the next" if item.toss_up == 1 else f"the next {item.toss_up}"
        text += f"; its order among {rows} is a toss-up"
    return text


def _opinion(item: RankedItem, context: Context) -> str:
    pain = context.pain
    parts = []
    if pain.votes:
        parts.append("1 workshop vote" if pain.votes == 1 else f"{pain.votes} workshop votes")
    first = "workshop " if not parts else ""
    if pain.severity is not None:
        parts.append(f"{first}severity {pain.severity} of 5")
        first = ""
    if pain.frequency is not None:
        parts.append(f"{first}frequency {pain.frequency} of 5")
    judged = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"“{item.title}”, rank {item.rank} of {context.total}: ranked by {judged}, not measured."


def _kpi(item: RankedItem, context: Context) -> str:
    short = context.shortfall
    assert short is not None
    assert short.kpi.target is not None
    unit = f" {short.kpi.unit}" if short.kpi.unit else ""
    value = wording.number(*_plain(short.observation.value))
    target = wording.number(*_plain(short.kpi.target))
    return (
        f"Fixing “{item.title}” is ranked {item.rank} of {context.total} from the KPI "
        f"“{short.kpi.name}”, {value}{unit} against a target of {target}{unit}; nobody was asked: "
        f"a fix {_index(item, context)} for {wording.days(item.effort_days)} of work"
        f"{' (assumed)' if item.effort_assumed else ''}; {_chance(item, context)}."
    )


def _plain(value: float) -> tuple[float, int]:
    """Return a KPI's value with the decimals it needs, two at most."""
    for decimals in (0, 1):
        if abs(value - round(value, decimals)) < 1e-9:
            return value, decimals
    return value, 2
