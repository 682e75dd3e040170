"""One fix for several rows: which they are, what it gives in all, and how its day is valued."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from PySide6.QtCore import QCoreApplication

from journey.priority.result import Factor, RankedItem
from ui import numbers
from ui.priorities.figures import Figures

TOGETHER = "together"  # the factor of what else a fix serves


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Priorities", text)


@dataclass(frozen=True, slots=True)
class SharedFix:
    """What the improvement of a row does beside it.

    Attributes:
        partners: the other rows it serves, as they stand in the list.
        mean, low80, high80: what it gives in all, in the unit of the list; None where that may
            not be shown.
    """

    partners: tuple[RankedItem, ...]
    mean: float | None = None
    low80: float | None = None
    high80: float | None = None


def shared_fix(item: RankedItem, items: Sequence[RankedItem]) -> SharedFix | None:
    """Return what a row's improvement does for others of a list; None where it serves it alone."""
    if item.improvement is None or item.joint < 2 or item.rank is None:
        return None
    partners = tuple(
        i for i in items if i.improvement == item.improvement and i.pain_point != item.pain_point
    )
    if not partners:
        return None
    if item.joint_mean is not None:
        return SharedFix(partners, item.joint_mean, item.joint_low80, item.joint_high80)
    # A list frozen before the joint value was kept has the shares, which add up to it.
    shares = [_own(i) for i in (item, *partners)]
    known = [share for share in shares if share is not None]
    return SharedFix(partners, sum(known) if len(known) == len(shares) else None)


def _own(item: RankedItem) -> float | None:
    return item.value_mean if item.value_mean is not None else item.index_mean


def partner_word(fix: SharedFix | None, joint: int) -> str:
    """Return what stands under the effort of a row: with which rank its fix is shared."""
    ranks = [i.rank for i in fix.partners if i.rank is not None] if fix is not None else []
    if len(ranks) == 1 and joint == 2:
        return tr("with rank {0}").format(ranks[0])
    return tr("for {0} rows").format(joint)


def sentences(item: RankedItem, fix: SharedFix, figures: Figures | None) -> str:
    """Return which rows a fix serves, what it gives in all, and how its day is valued."""
    named = [_named(i) for i in fix.partners]
    both = named[0] if len(named) == 1 else tr("{0} and {1}").format(
        ", ".join(named[:-1]), named[-1]
    )  # fmt: skip
    said = tr("One fix, “{0}”, serves this row and {1}").format(item.improvement_title, both)
    own = figures.interval(item) if figures is not None else None
    if figures is None or fix.mean is None or own is None:
        return f"{said}."
    total = figures.amount(fix.mean)
    if fix.low80 is not None and fix.high80 is not None:
        total = tr("{0} (80 %: {1})").format(total, figures.span(fix.low80, fix.high80))
    unit = figures.day_unit.label if figures.day_unit else figures.index_name
    made = tr("together {0} for {1} of work, over the draws {2} per day, by which they are ranked. "
              "This row's share is {3}.").format(
        total, numbers.days(item.effort_days),
        f"{figures.per_day(item)}{numbers.NO_BREAK}{unit}", figures.amount(own.mean),
    )  # fmt: skip
    return numbers.keep_units(f"{said}: {made}")


def _named(item: RankedItem) -> str:
    if item.rank is None:
        return f"“{item.title}”"
    return tr("“{0}” (rank {1})").format(item.title, item.rank)


def with_partners(
    factors: Sequence[Factor],
    mine: RankedItem,
    first: RankedItem,
    fixes: Mapping[str, SharedFix],
) -> Sequence[Factor]:
    """Return the factors of a row beside another, with what their fixes do for further rows.

    The factors are of each row's own share, ranks of all that its fix gives: what is left of the
    scores is what the partners add.
    """
    if max(mine.joint, first.joint) < 2 or mine.score is None or not first.score or not factors:
        return factors
    known = prod(f.ratio for f in factors)
    if known <= 0 or mine.score / first.score <= 0:
        return factors
    ratio = mine.score / first.score / known
    # What is left over stays last.
    rest = [f for f in factors if f.name == "residual"]
    named = [f for f in factors if f.name != "residual"]
    return (*named, Factor(TOGETHER, _times(mine, fixes), _times(first, fixes), ratio), *rest)


def _times(item: RankedItem, fixes: Mapping[str, SharedFix]) -> float:
    """Return how many times a row's own share its whole fix gives."""
    fix, own = fixes.get(item.pain_point), _own(item)
    return fix.mean / own if fix is not None and fix.mean is not None and own else 1.0
