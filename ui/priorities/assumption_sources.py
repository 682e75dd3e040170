"""What each assumption's default rests on, in a line (docs/method.md)."""

from PySide6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Assumptions", text)


def source_of(field: str) -> str:
    """Return where an assumption's default comes from; "" where there is nothing to say."""
    assumed = tr("an assumption; no source")
    known = {
        "fix_efficacy_mean": tr("an assumption; learnt from finished fixes"),
        "fix_efficacy_sd": tr("an assumption; learnt from finished fixes"),
        "causal_share_mean": tr("simulated: one respondent's ratings share a mood"),
        "causal_share_sd": tr("simulated: one respondent's ratings share a mood"),
        "bad_to_churn_mean": assumed,
        "bad_to_churn_sd": assumed,
        "experience_share_of_churn": tr("an assumption; used where exits are not logged"),
        "effort_sd_log": tr("an assumption: plans are off by about a third"),
        "effort_default_days": tr("the median of the known efforts comes first"),
        "discrepancy_sd_log": tr("set so that simulated intervals hold what they claim"),
        "link_intercept_mean": tr("1.8 % leave at score 8; replaced by your own data"),
        "link_intercept_sd": tr("wide, so that your own data decide"),
        "link_slope_mean": tr("×1.35 for each point lower; replaced by your own data"),
        "link_slope_sd": tr("wide, so that your own data decide"),
        "reporting_sensitivity": tr("reports are taken at face value"),
        "reporting_false_positive": tr("reports are taken at face value"),
        "discount_rate": tr("an assumption; Gupta and Lehmann use 12 %"),
        "horizon_years": tr("an assumption; 5 to 10 years are usual"),
        "minimum_n_trend": tr("practice: no arrow under 30 answers"),
        "false_discovery_rate": tr("convention (Benjamini and Hochberg)"),
        "top_k": tr("what a leader can do in a quarter"),
        "value_if_retained": tr("your customer value (CLTV), or what remains of it"),
        "customers_per_year": tr("customers who start the journey in a year"),
    }
    return known.get(field, "")
