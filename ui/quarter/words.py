"""What the Quarter screen says: one place, so that no two cells say it differently."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from journey.quarter.causes import Cause
from journey.quarter.compare import ComparedItem, Comparison, ItemChange
from journey.quarter.effects import Effect, How
from ui import numbers

CAUSES: Final = (Cause.DATA, Cause.METHOD, Cause.ASSUMPTION, Cause.EDIT)
_LIKELY: Final = 0.8


def tr(text: str) -> str:
    """Translate a text of this screen."""
    return QCoreApplication.translate("Quarter", text)


def label(quarter: str) -> str:
    """Return a quarter as people read it: "2026 Q4"."""
    return quarter.replace("Q", " Q")


def cause_word(cause: Cause) -> str:
    """Return a cause of a move."""
    return {
        Cause.DATA: tr("data"),
        Cause.METHOD: tr("method"),
        Cause.ASSUMPTION: tr("assumption"),
        Cause.EDIT: tr("edit"),
    }[cause]


def change_word(change: ItemChange) -> str:
    """Return what became of a row."""
    return {
        ItemChange.NEW: tr("new"),
        ItemChange.GONE: tr("gone"),
        ItemChange.MOVED: tr("moved"),
        ItemChange.SAME: tr("same"),
    }[change]


def change_icon(item: ComparedItem) -> str:
    """Return the icon of a row; no arrow for a move within the noise."""
    if item.change is ItemChange.MOVED and item.really_moved:
        assert item.rank_from is not None
        assert item.rank_to is not None
        return "arrow-up" if item.rank_to < item.rank_from else "arrow-down"
    return {
        ItemChange.NEW: "plus",
        ItemChange.GONE: "check-circle",
        ItemChange.MOVED: "circle-dashed",
        ItemChange.SAME: "equals",
    }[item.change]


def ranks(item: ComparedItem) -> str:
    """Return the way of a row: "9 → 4"."""
    first, last = (numbers.NONE if r is None else str(r) for r in (item.rank_from, item.rank_to))
    return f"{first} → {last}"


def noise(item: ComparedItem, found: Comparison) -> tuple[str, str]:
    """Return the chance that a row really moved and the verdict; of others, why they are here."""
    if item.change is ItemChange.NEW:
        return "", tr("first ranked in {0}").format(label(found.after))
    if item.change is ItemChange.GONE:
        if item.closed_on:
            return "", tr("done on {0}").format(item.closed_on)
        return "", tr("no longer ranked")
    if item.change is ItemChange.SAME or item.p_moved is None:
        return "", tr("rank unchanged")
    chance = numbers.percent(item.p_moved)
    if item.really_moved:
        return chance, tr("really moved")
    maybe = tr("maybe, no evidence yet")
    return chance, maybe if item.p_moved >= _LIKELY else tr("no evidence of change")


def moved_by(item: ComparedItem) -> str:
    """Return the causes with their places: "data +3 · edit −1"."""
    if item.cause is not None:
        return cause_word(item.cause)
    parts = [
        f"{cause_word(cause)} {numbers.signed(item.because[cause])}"
        for cause in CAUSES
        if item.because[cause]
    ]
    return " · ".join(parts)


def sentence(item: ComparedItem, found: Comparison) -> str:
    """Return a row in one sentence, for those who hear it."""
    chance, verdict = noise(item, found)
    parts = (
        item.title,
        change_word(item.change),
        ranks(item),
        f"{chance} {verdict}".strip(),
        moved_by(item),
    )
    return ", ".join(part for part in parts if part)


def how_word(effect: Effect) -> str:
    """Return how an effect was seen."""
    return {
        How.TRIAL: tr("seen in a trial"),
        How.DIFFERENCE: tr("against pain points nobody worked on"),
        How.BEFORE_AFTER: tr("before and after, no proof of cause"),
        How.TOO_EARLY: tr("finished too late in the quarter to be seen yet"),
        How.NOT_SEEN: tr("not measured in both quarters"),
    }[effect.how]


def amount(value: float | None, unit: str, currency: str) -> str:
    """Return a value in its unit: "310 k€", or "2.4 of 1 000 customers"."""
    if value is None:
        return numbers.NONE
    if unit == "money":
        return numbers.compact_money(float(f"{value:.3g}"), currency)
    return tr("{0} of 1 000").format(numbers.number(value, 1))


def warning_text(word: str) -> str:
    """Return a comparison's warning as a sentence."""
    return {
        "answers_gone": tr(
            "The answers of the first quarter are no longer here, so every move is given to the "
            "data."
        ),
        "answers_changed": tr(
            "The answers of the second quarter changed after it was frozen; its frozen list is "
            "shown."
        ),
        "method_changed": tr("The two lists were made by different versions of the method."),
        "basis_changed": tr("One list is in money and the other is not; only ranks compare."),
        "unit_changed": tr("The two lists count customers differently; only ranks compare."),
    }.get(word, word)
