"""What may be captured: the sort of a sticky, its word, its sign and its colours."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from journey.model.ids import Kind
from ui.shell.theme import Theme


class Sort(StrEnum):
    """What a line of words becomes."""

    PAIN = "pain"
    STRENGTH = "strength"
    IMPROVEMENT = "improvement"
    TOUCHPOINT = "touchpoint"
    STAGE = "stage"


OF_KIND: Final = {
    Kind.PAIN_POINT: Sort.PAIN,
    Kind.STRENGTH: Sort.STRENGTH,
    Kind.IMPROVEMENT: Sort.IMPROVEMENT,
    Kind.TOUCHPOINT: Sort.TOUCHPOINT,
    Kind.STAGE: Sort.STAGE,
}
KIND_OF: Final = {sort: kind for kind, sort in OF_KIND.items()}
# Typed first on an empty line, they say what is captured; none of them begins a sentence.
PREFIXES: Final = {"+": Sort.STRENGTH, "*": Sort.IMPROVEMENT, "#": Sort.TOUCHPOINT}
SIGNS: Final = {
    Sort.PAIN: "warning",
    Sort.STRENGTH: "heart",
    Sort.IMPROVEMENT: "lightbulb",
    Sort.TOUCHPOINT: "map-pin",
    Sort.STAGE: "columns",
}
_WORDS: Final[dict[Sort, Callable[[], str]]] = {
    Sort.PAIN: lambda: QCoreApplication.translate("Workshop", "Pain point"),
    Sort.STRENGTH: lambda: QCoreApplication.translate("Workshop", "Strength"),
    Sort.IMPROVEMENT: lambda: QCoreApplication.translate("Workshop", "Improvement"),
    Sort.TOUCHPOINT: lambda: QCoreApplication.translate("Workshop", "Touchpoint"),
    Sort.STAGE: lambda: QCoreApplication.translate("Workshop", "Stage"),
}


def word(sort: Sort) -> str:
    """Return what a sort is called."""
    return _WORDS[sort]()


def colours(sort: Sort, theme: Theme) -> tuple[QColor, QColor, QColor]:
    """Return the ground, the edge and the ink of a sort's stickies."""
    if sort is Sort.PAIN:
        return theme.pain, theme.pain_edge, theme.pain_text
    if sort is Sort.IMPROVEMENT:
        return theme.improvement, theme.improvement_edge, theme.improvement_text
    if sort is Sort.STRENGTH:
        return theme.sunken, theme.good, theme.text
    return theme.accent_tint, theme.accent, theme.text
