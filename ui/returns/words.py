"""Words of a returned pack: fields, values, reasons."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from journey.returns import Difference, Field, RefusedCell, Value
from ui.numbers import number


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Returns", text)


def field_word(field: Field) -> str:
    """Return what a field is called."""
    return {
        Field.STATUS: tr("Status"),
        Field.DUE: tr("Due date"),
        Field.EFFORT: tr("Effort, days"),
        Field.NOTES: tr("Notes"),
    }[field]


def value_word(field: Field, value: Value) -> str:
    """Return a value as it is shown; a dash where there is none."""
    if value in (None, ""):
        return "–"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return number(value)
    if field is Field.STATUS:
        known = {
            "proposed": tr("proposed"),
            "planned": tr("planned"),
            "started": tr("started"),
            "done": tr("done"),
            "dropped": tr("dropped"),
        }
        return known.get(str(value), str(value))
    return str(value)


def state_word(difference: Difference) -> str:
    """Return what is to be known about a difference before it is taken."""
    if difference.conflict:
        return tr("Conflict: changed here since the export")
    return tr("New improvement") if difference.created else ""


def refusal_line(cell: RefusedCell) -> str:
    """Return a cell that was not taken as a sentence."""
    reasons = {
        "not_a_status": tr("is no status"),
        "not_a_date": tr("is no date"),
        "not_a_number": tr("is no number of days"),
        "not_positive": tr("must be above zero"),
        "contradicts": tr("contradicts another row of the same improvement"),
        "improvement_gone": tr("belongs to an improvement that is no longer there"),
        "pain_point_gone": tr("belongs to a pain point that is no longer there"),
    }
    words = tr("Line %1, %2 of “%3”: “%4” %5.")
    facts = (
        str(cell.line),
        field_word(cell.field).lower(),
        cell.title[:60],
        " ".join(cell.text[:40].split()),
        reasons.get(cell.reason, tr("cannot be changed")),
    )
    # From the last to the first, so that what was typed is never taken for a place.
    for place in range(len(facts), 0, -1):
        words = words.replace(f"%{place}", f"\0{place}\0", 1)
    for place, fact in enumerate(facts, start=1):
        words = words.replace(f"\0{place}\0", fact.replace("\0", ""), 1)
    return words
