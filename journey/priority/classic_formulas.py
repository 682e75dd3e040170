"""The formulas of the classic methods, as published; none carries an interval or money but one.

Each takes plain numbers, so that it can be checked against its source to the printed digit.
"""

from collections.abc import Sequence

# Intercom's steps of impact, minimal … massive, for the five severity classes.
RICE_IMPACT = (0.25, 0.5, 1.0, 2.0, 3.0)
CLASSES = 5


def opportunity(importance: float, satisfaction: float) -> float:
    """Return Ulwick's opportunity, 0 … 20: importance + max(importance − satisfaction, 0).

    Ulwick 2005, What Customers Want; both on 0 … 10. Importance counts twice, and an outcome that
    is over-served is worth what its importance says.
    """
    return importance + max(importance - satisfaction, 0.0)


def kano(
    attractive: int, one_dimensional: int, must_be: int, indifferent: int
) -> tuple[float, float] | None:
    """Return (better, worse) of Kano classes, 0 … 1 and −1 … 0; None where nobody is classed.

    Berger et al. 1993: better = (A + O)/(A + O + M + I), worse = −(O + M)/(A + O + M + I). It
    needs paired questions; classes of one respondent are not stable from month to month.
    """
    total = attractive + one_dimensional + must_be + indifferent
    if total == 0:
        return None
    return (attractive + one_dimensional) / total, -(one_dimensional + must_be) / total


def impact_effort(impact: int, effort_class: int) -> float:
    """Return impact over effort, both classes 1 … 5: ordinal numbers divided, full of ties."""
    return impact / effort_class


def quadrant_of_effort(impact: int, effort_class: int) -> str:
    """Return the field of the impact/effort grid, cut at the middle class, which counts as low."""
    high, hard = impact > 3, effort_class > 3
    if high:
        return "major_project" if hard else "quick_win"
    return "thankless" if hard else "fill_in"


def ice(impact: float, confidence: float, ease: float) -> float:
    """Return impact · confidence · ease, each 1 … 10 (Ellis): no reach; ordinals multiplied."""
    return impact * confidence * ease


def rice(reach: float, impact: float, confidence: float, effort: float) -> float:
    """Return reach · impact · confidence / effort (McBride, Intercom).

    Confidence scales the value instead of widening or shrinking it: doubt reads as smallness.

    Args:
        reach: customers a year. impact: ¼ … 3. confidence: 0 … 1. effort: person-days > 0.
    """
    return reach * impact * confidence / effort


def effort_classes(days: Sequence[float]) -> list[int]:
    """Return the fifth of the list, 1 least … 5 most, in which each effort falls; ties together."""
    out = []
    for mine in days:
        below = sum(d < mine for d in days)
        alike = sum(d == mine for d in days)
        out.append(1 + int(CLASSES * (below + 0.5 * alike) / len(days)))
    return out


def quadrant_of_performance(importance: float, performance: float) -> str:
    """Return Martilla and James's (1977) field of standardised figures, cut at their means.

    The cut lines are the list's own means: a touchpoint changes its field when another changes.
    """
    if importance > 0:
        return "keep_up" if performance >= 0 else "concentrate_here"
    return "possible_overkill" if performance >= 0 else "low_priority"
