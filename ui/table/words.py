"""The words of the table."""

from PySide6.QtCore import QCoreApplication

from journey.model.ids import Kind
from ui.numbers import currency_symbol
from ui.table.columns import Column
from ui.words import kind_word


def tr(text: str) -> str:
    """Translate a text of the table."""
    return QCoreApplication.translate("Table", text)


def title_case(text: str) -> str:
    """Return a text whose first letter is large."""
    return text[:1].upper() + text[1:]


def kind_title(kind: Kind, count: int = 2) -> str:
    """Return a kind's name as it stands on its own."""
    return title_case(kind_word(kind, count))


def _labels() -> dict[str, str]:
    return {
        "name": tr("Name"),
        "title": tr("Title"),
        "stage": tr("Stage"),
        "step": tr("Sub-step"),
        "channel": tr("Channel"),
        "department": tr("Department"),
        "owner": tr("Leader"),
        "moment_of_truth": tr("Moment of truth"),
        "judged_experience": tr("Judged"),
        "metric": tr("Metric"),
        "measured": tr("Measured"),
        "margin": tr("Margin"),
        "answers": tr("Answers"),
        "pain_points": tr("Pain points"),
        "colour": tr("Colour"),
        "journey": tr("Journey"),
        "touchpoint": tr("Touchpoint"),
        "severity": tr("Severity"),
        "frequency": tr("Frequency"),
        "votes": tr("Votes"),
        "status": tr("Status"),
        "effort": tr("Effort, d"),
        "interval": tr("80 %"),
        "level": tr("Evidence"),
        "rank": tr("Rank"),
        "in_top": tr("In the top"),
        "per_day": tr("Per day"),
        "improvements": tr("Improvements"),
        "improvements_count": tr("Improvements"),
        "evidence": tr("Where heard"),
        "addresses": tr("Addresses"),
        "effort_days": tr("Effort, d"),
        "efficacy": tr("Removes, %"),
        "due": tr("Due"),
        "quarter": tr("Quarter"),
        "done_on": tr("Done on"),
        "notes": tr("Notes"),
        "touchpoints": tr("Touchpoints"),
        "stages": tr("Stages"),
        "source": tr("From"),
        "target": tr("To"),
        "segment": tr("Segment"),
        "count": tr("Count"),
        "share": tr("Share"),
        "lane": tr("Lane"),
        "text": tr("Text"),
        "unit": tr("Unit"),
        "better": tr("Better is"),
        "latest": tr("Latest"),
        "period": tr("Period"),
        "reached": tr("Target met"),
        "observations": tr("Observations"),
        "note": tr("Definition"),
        "kpi": tr("KPI"),
        "value": tr("Value"),
        "n": tr("Count behind it"),
        "customers_per_year": tr("Customers a year"),
        "role": tr("Role"),
        "email": tr("Email"),
        "description": tr("Description"),
        "asks": tr("Asks for"),
        "scale": tr("Scale"),
        "higher_is_better": tr("Higher is better"),
        "persona": tr("Persona"),
    }


def column_label(kind: Kind, column: Column, currency: str = "EUR", unit: str = "") -> str:
    """Return a column's name; `unit` is that of the values found, "k€" for one."""
    if column.key in ("name", "title") and kind is not Kind.NOTE:
        return kind_title(kind, 1)
    if column.key == "target" and kind is Kind.KPI:
        return tr("Target")
    if column.key == "value" and column.computed:
        return tr("Value, {0}").format(unit) if unit else tr("Value")
    if column.key == "cost":
        return tr("Cost, {0}").format(currency_symbol(currency))
    if column.key == "value_if_retained":
        return tr("Value if kept, {0}").format(currency_symbol(currency))
    return _labels().get(column.key, title_case(column.key.replace("_", " ")))
