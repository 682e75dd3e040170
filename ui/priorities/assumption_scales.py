"""Which assumptions there are, how each is called, shown and bounded."""

from dataclasses import dataclass
from math import log

from PySide6.QtCore import QCoreApplication

from journey.model.assumptions import Assumptions
from ui.priorities.assumption_row import Scale

_DEFAULTS = Assumptions()


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Assumptions", text)


@dataclass(frozen=True, slots=True)
class Entry:
    """One assumption as a row; `whole` takes whole numbers only."""

    field: str
    name: str
    scale: Scale
    hint: str = ""
    slider: bool = True
    whole: bool = False


def first_entries() -> list[Entry]:
    """Return those that move a ranking most, with sliders, in the order they are shown."""
    days = tr("d")
    return [
        _share("fix_efficacy_mean", tr("A fix removes"),
               tr("Share of a pain point that an improvement takes away, unless it says its own.")),
        _share("causal_share_mean", tr("Link taken as cause"),
               tr("How much of the link between a pain point and a bad outcome it really causes; "
                  "the rest is mood.")),
        _share("bad_to_churn_mean", tr("Let down, then leaves"),
               tr("How much likelier a customer with a bad outcome is to leave within a year."),
               high=0.5),
        _share("experience_share_of_churn", tr("Leaving due to experience"),
               tr("Share of all leaving that comes from experience; used where exits are not "
                  "logged.")),
        Entry("effort_sd_log", tr("Effort may be off by"),
              Scale(0, log(2), _DEFAULTS.effort_sd_log, 0.01, exponential=True),
              tr("A typical factor between planned and true effort.")),
        Entry("effort_default_days", tr("Effort where none is known"),
              Scale(1, 60, _DEFAULTS.effort_default_days, 1, unit=days),
              tr("Used where no improvement has an effort; such rows say so.")),
    ]  # fmt: skip


def further_entries() -> list[Entry]:
    """Return the spreads and the rest, as fields."""
    years = tr("years")
    return [
        _plain("top_k", tr("Rows above the cut"), whole=True),
        _percent("fix_efficacy_sd", tr("A fix removes: spread")),
        _percent("causal_share_sd", tr("Link taken as cause: spread")),
        _percent("bad_to_churn_sd", tr("Let down, then leaves: spread")),
        _plain("discrepancy_sd_log", tr("Model may be off by, log spread"), 2),
        _plain("link_intercept_mean", tr("Link to leaving at score 8, log odds"), 2),
        _plain("link_intercept_sd", tr("Link to leaving at score 8: spread"), 2),
        _plain("link_slope_mean", tr("Link to leaving for each point"), 2),
        _plain("link_slope_sd", tr("Link to leaving for each point: spread"), 2),
        _percent("reporting_sensitivity", tr("Who has it and reports it")),
        _percent("reporting_false_positive", tr("Who reports it without having it")),
        _percent("discount_rate", tr("Discount a year")),
        _plain("horizon_years", tr("Horizon of value"), 1, years),
        _plain("minimum_n_trend", tr("Answers needed for a trend"), whole=True),
        _percent("false_discovery_rate", tr("False alarms among changes")),
    ]


def _default(name: str) -> float:
    return float(getattr(_DEFAULTS, name))


def _share(name: str, words: str, hint: str, high: float = 1.0) -> Entry:
    scale = Scale(0.0, high, _default(name), 0.01, factor=100, unit="%", decimals=None)
    return Entry(name, words, scale, hint)


def _percent(name: str, words: str) -> Entry:
    scale = Scale(0, 1, _default(name), 0.01, factor=100, unit="%", decimals=None)
    return Entry(name, words, scale, slider=False)


def _plain(
    name: str, words: str, decimals: int = 0, unit: str = "", *, whole: bool = False
) -> Entry:
    scale = Scale(0, 1, _default(name), 1, unit=unit, decimals=decimals)
    return Entry(name, words, scale, slider=False, whole=whole)
