"""The level of evidence of a place on the map: the letters of the ranking, A to F.

See "Missing data" in docs/method.md: A to C rest on enough answers (the outcome is known, the
link is assumed, volumes or value are missing), D on a KPI, E on what the workshop said, F on
nothing yet.
"""

from collections.abc import Iterable
from typing import Final

MEASURED: Final = "ABC"
KPI_ONLY, OPINION, NOTHING = "D", "E", "F"


def measured_level(ranked: Iterable[str], *, money: bool) -> str:
    """Return the level of a touchpoint with enough answers.

    `ranked` are the levels of its pain points, the best of which speaks for it. Where none of
    them is measured, the level claims no more than the list does: B, the link assumed, where the
    list is in money, else C.
    """
    return min((level for level in ranked if level in MEASURED), default="B" if money else "C")


def touchpoint_level(measured: str, *, kpis: bool, judged: bool) -> str:
    """Return the level of a touchpoint.

    `measured` is its measured level, "" where too few or nobody answered; `kpis`: one of its
    KPIs has a value; `judged`: its experience or one of its pain points was judged.
    """
    if measured:
        return measured
    if kpis:
        return KPI_ONLY
    return OPINION if judged else NOTHING


def experience_level(measured: str, *, judged: bool) -> str:
    """Return the level of a point of the experience line, "" where there is none.

    `measured` as for a touchpoint; what is only judged is opinion, whatever its KPIs say.
    """
    return measured or (OPINION if judged else "")


def improvement_level(addressed: Iterable[str]) -> str:
    """Return the level of an improvement: the best of the pain points it addresses, "" of none.

    What a fix is worth rests on what is known of what it mends.
    """
    return min(addressed, default="")


def kpi_level(*, observed: bool) -> str:
    """Return the level of a KPI: its value, or nothing yet."""
    return KPI_ONLY if observed else NOTHING
