"""The classic methods in words: names, formulas, what each fails to tell (docs/method.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("ClassicMethods", text)


@dataclass(frozen=True, slots=True)
class MethodWords:
    """A method's name, its short heading, how it is reckoned, what it does not tell."""

    name: str
    short: str
    formula: str
    fails: str


def method_words(method: str) -> MethodWords:
    """Return a method in words; one that is not known as it is written."""
    made = _WORDS.get(method)
    if made is None:
        plain = method.replace("_", " ").capitalize()
        return MethodWords(plain, plain, "", "")
    return made()


def reason_words(reason: str) -> str:
    """Return why a method has no score for a pain point."""
    return {
        "no_severity": tr("no severity was judged"),
        "no_frequency": tr("no frequency was judged or measured"),
        "no_votes": tr("no votes were given"),
        "no_effort": tr("no improvement with a known effort"),
        "no_touchpoint": tr("it stands at no touchpoint"),
        "no_answers": tr("nobody rated the touchpoint"),
        "few_answers": tr("too few answers about the touchpoint"),
        "not_measured": tr("no survey asks for it"),
        "few_affected": tr("too few of the affected answered"),
        "no_customers": tr("the customers of a segment are not known"),
        "no_value": tr("the value of a customer is not known"),
        "no_outcome": tr("no outcome tells who is content"),
        "no_top_two": tr("the scale has no two best scores"),
        "no_drivers": tr("no relational survey tells the touchpoint's part"),
    }.get(reason, reason.replace("_", " "))


_WORDS: Final[dict[str, Callable[[], MethodWords]]] = {
    "impact_effort": lambda: MethodWords(
        tr("Impact / effort"), tr("Impact /\neffort"),
        tr("Severity class over effort class."),
        tr("How many customers meet it. Classes are divided as if they were amounts, many tie, "
           "and whoever speaks first sets the scale."),
    ),
    "ice": lambda: MethodWords(
        tr("ICE"), tr("ICE"),
        tr("Impact × confidence × ease, each 1 to 10."),
        tr("How many customers it concerns; a product of classes is no amount."),
    ),
    "rice": lambda: MethodWords(
        tr("RICE"), tr("RICE"),
        tr("Reach × impact × confidence / effort."),
        tr("How unsure it is: doubt scales the value down instead of widening it."),
    ),
    "severity_frequency": lambda: MethodWords(
        tr("Severity × frequency"), tr("Severity ×\nfrequency"),
        tr("Severity class times frequency class."),
        tr("What it costs in customers, and what the fix takes."),
    ),
    "severity_frequency_effort": lambda: MethodWords(
        tr("Severity × frequency / effort"), tr("Sev. × freq.\n/ effort"),
        tr("Severity class times frequency class, per day of work."),
        tr("What it costs in customers; classes are multiplied as if they were amounts."),
    ),
    "votes": lambda: MethodWords(
        tr("Workshop votes"), tr("Votes"),
        tr("Dots given in the workshop."),
        tr("Anything the room did not know: reach, harm, value, effort."),
    ),
    "opportunity": lambda: MethodWords(
        tr("Opportunity (Ulwick)"), tr("Opportunity"),
        tr("Importance + max(importance − satisfaction, 0)."),
        tr("Money, volume and effort; importance counts twice."),
    ),
    "revenue_at_risk": lambda: MethodWords(
        tr("Revenue at risk"), tr("Revenue at risk"),
        tr("Customers × share affected × detractor share × value."),
        tr("What would happen without the pain point: those customers may leave anyway, and the "
           "same customer is counted at every pain point."),
    ),
    "revenue_at_risk_effort": lambda: MethodWords(
        tr("Revenue at risk / effort"), tr("Rev. at risk\n/ effort"),
        tr("Revenue at risk per day of work."),
        tr("What would happen without the pain point; the same customer is counted again at "
           "every pain point."),
    ),
    "touchpoint_score": lambda: MethodWords(
        tr("Touchpoint mean score"), tr("Mean score"),
        tr("The lowest mean score first."),
        tr("Which pain point it is, how many come here, and whether they leave."),
    ),
    "importance_performance": lambda: MethodWords(
        tr("Importance–performance"), tr("Importance–\nperformance"),
        tr("Importance against score, cut at the means into four fields."),
        tr("How much better one is than another within a field; the cuts are arbitrary."),
    ),
    "key_driver": lambda: MethodWords(
        tr("Key drivers (Shapley)"), tr("Key drivers"),
        tr("The touchpoint's part of the R² of the outcome, averaged over all orders (LMG)."),
        tr("Cause: it shares out an association, splits the credit of twins, and gives nothing "
           "to what all are equally unhappy about."),
    ),
}  # fmt: skip
