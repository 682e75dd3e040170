"""Assumptions: the numbers a user sets and every result names (docs/method.md)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import ClassVar

from journey.model.ids import Kind


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Every assumption with its default.

    The entity with the id "assumptions" is in force; others are sets kept under a `name`.
    Rates and shares are 0 … 1, money and days are named so. A spread (`_sd`) of 0 means constant.
    `extra` keeps assumptions another version wrote.
    """

    kind: ClassVar[Kind] = Kind.ASSUMPTIONS
    id: str = "assumptions"
    discount_rate: float = 0.10
    horizon_years: float = 5.0
    fix_efficacy_mean: float = 0.6
    fix_efficacy_sd: float = 0.15
    link_intercept_mean: float = -4.0
    link_intercept_sd: float = 1.5
    link_slope_mean: float = 0.3
    link_slope_sd: float = 0.3
    experience_share_of_churn: float = 0.5
    bad_to_churn_mean: float = 0.10
    bad_to_churn_sd: float = 0.05
    causal_share_mean: float = 0.5
    causal_share_sd: float = 0.2
    reporting_sensitivity: float = 1.0
    reporting_false_positive: float = 0.0
    effort_sd_log: float = 0.3
    effort_default_days: float = 20.0
    discrepancy_sd_log: float = 0.25
    minimum_n_trend: int = 30
    false_discovery_rate: float = 0.05
    top_k: int = 5
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)
    name: str = ""

    def figures(self) -> dict[str, float | int]:
        """Return every number by name, in the order of the declaration."""
        return {name: value for name, value in asdict(self).items() if name not in _NO_FIGURES}


_NO_FIGURES = frozenset({"id", "extra", "name"})
ASSUMPTION_NAMES = tuple(f.name for f in fields(Assumptions) if f.name not in _NO_FIGURES)

_SHARES = frozenset(
    {
        "fix_efficacy_mean",
        "experience_share_of_churn",
        "bad_to_churn_mean",
        "causal_share_mean",
        "reporting_sensitivity",
        "reporting_false_positive",
        "false_discovery_rate",
    }
)
_MEANS_WITH_BETA_SPREAD = ("fix_efficacy", "bad_to_churn", "causal_share")


def contradictions(a: Assumptions) -> list[tuple[str, str]]:
    """Return (assumption, reason) for each value that cannot be, in the order of declaration.

    A Beta with mean m needs a variance below m(1 − m); a reporting sensitivity at or below the
    false-positive rate would make reports say the opposite.
    """
    found: list[tuple[str, str]] = []
    figures = a.figures()
    for name, value in figures.items():
        if name in _SHARES and not 0 <= value <= 1:
            found.append((name, "not_a_share"))
        elif name.endswith(("_sd", "_sd_log")) and value < 0:
            found.append((name, "negative"))
    for stem in _MEANS_WITH_BETA_SPREAD:
        mean, sd = figures[f"{stem}_mean"], figures[f"{stem}_sd"]
        if 0 <= mean <= 1 and sd > 0 and sd * sd >= mean * (1 - mean):
            found.append((f"{stem}_sd", "spread_too_wide"))
    if a.reporting_sensitivity <= a.reporting_false_positive:
        found.append(("reporting_sensitivity", "not_above_false_positive"))
    if a.effort_default_days <= 0:
        found.append(("effort_default_days", "not_positive"))
    if a.horizon_years <= 0:
        found.append(("horizon_years", "not_positive"))
    if a.discount_rate <= -1:
        found.append(("discount_rate", "not_a_rate"))
    if a.top_k < 1:
        found.append(("top_k", "not_positive"))
    return found
