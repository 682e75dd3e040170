"""What purchases say of each segment, and what sets the most valuable one apart."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from journey.evidence.segments import hidden_cells
from ui import numbers
from ui.evidence import words

if TYPE_CHECKING:
    from journey.metrics.purchase_value import Trait, ValueGroup
    from storage.evidence.customers import ClvReport

_TRAITS_TOLD = 3


def segment_rows(
    report: "ClvReport", segments: Mapping[str, str], currency: str, least: int
) -> list[tuple[str, str, str]]:
    """Return a row of each segment of buyers, then why the first of them is worth most.

    Args:
        segments: names by id. least: customers that a segment must have to be shown.

    A segment too small to show has no figure, nor has one that would tell of it.
    """
    bought = report.purchases
    groups = [] if bought is None else [g for g in bought.groups if g.segment is not None]
    if bought is None or bought.models is None or not groups:
        return []
    sizes = [float(group.customers) for group in groups]
    few = [size < least for size in sizes]
    hidden = hidden_cells(sizes, few, least, rest=bought.customers - sum(sizes))
    rows = [
        _segment_row(group, segments.get(group.segment or "", ""), currency, hidden=bool(why))
        for group, why in zip(groups, hidden, strict=True)
    ]
    shown = {group.segment for group, why in zip(groups, hidden, strict=True) if not why}
    if bought.best is not None and bought.best[0].segment in shown:
        group, traits = bought.best
        name = segments.get(group.segment or "", "")
        rows.append((words.tr("Most valuable segment"), name, _profile(traits)))
    return rows


def _segment_row(
    group: "ValueGroup", name: str, currency: str, *, hidden: bool
) -> tuple[str, str, str]:
    people = words.tr("{0} customers").format(numbers.number(group.customers, 0))
    if hidden or group.value is None:
        return name, numbers.NONE, f"{people} · {words.tr('too few to show')}"
    told = [people]
    if group.repeat_share is not None:
        share = numbers.percent(group.repeat_share)
        told.append(words.tr("{0} bought again").format(share))
    if group.amount is not None:
        amount = numbers.money(group.amount, currency)
        told.append(words.tr("{0} a purchase").format(amount))
    return name, numbers.money(group.value, currency), " · ".join(told)


def _profile(traits: "tuple[Trait, ...]") -> str:
    told = [
        f"{trait_word(trait.name)} {numbers.times(trait.ratio)}"
        for trait in traits[:_TRAITS_TOLD]
        if trait.ratio is not None
    ]
    return words.tr("against the others: {0}").format(", ".join(told))


def trait_word(name: str) -> str:
    """Return what a segment of buyers is compared by."""
    return {
        "repeat_share": words.tr("share who bought again"),
        "purchases_per_year": words.tr("purchases a year"),
        "amount": words.tr("amount of a purchase"),
        "p_alive": words.tr("chance to be still active"),
        "expected": words.tr("purchases to come"),
        "value": words.tr("future value"),
        "value_share": words.tr("share of all value"),
    }.get(name, name)
