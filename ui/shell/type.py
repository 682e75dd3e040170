"""Type: the sizes and weights of the look, in the system's interface font."""

from functools import cache
from typing import Final, Literal

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

Size = Literal[
    "meta",
    "sticky",
    "base",
    "title",
    "screen",
    "figure",
    "hero",
    "workshop_hint",
    "workshop_meta",
    "workshop_sticky",
    "workshop_capture",
    "workshop_question",
    "workshop_timer",
]

# name: (size, line height), logical pixels at 100 %.
SIZES: Final[dict[str, tuple[int, int]]] = {
    "meta": (11, 15),
    "sticky": (12, 16),
    "base": (13, 18),
    "title": (15, 20),
    "screen": (20, 26),
    "figure": (24, 28),
    # The greeting of the start page, the only larger text outside the workshop.
    "hero": (28, 36),
    "workshop_hint": (18, 24),
    "workshop_meta": (20, 26),
    "workshop_sticky": (30, 39),
    "workshop_capture": (32, 40),
    "workshop_question": (40, 50),
    "workshop_timer": (44, 52),
}

# A platform without a desktop names only a generic family; these are looked for in this order.
_PREFERRED: Final = ("Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans")
# Large letters stand too far apart in interface fonts, which are spaced for small text.
_TIGHT_FROM: Final = 20
_GENERIC: Final = frozenset({"", "sans", "sans serif", "sans-serif", "serif", "monospace"})


def font(size: Size = "base", weight: int = 400) -> QFont:
    """Return the interface font: `size` by its name, `weight` 400, 500 or 600.

    Figures are tabular, so numbers that stand under each other line up.
    """
    return QFont(_font(size, weight))


def line_height(size: Size) -> int:
    """Return the line height of a size, logical pixels."""
    return SIZES[size][1]


@cache
def _font(size: Size, weight: int) -> QFont:
    made = QFont(_system_font())
    made.setPixelSize(SIZES[size][0])
    made.setWeight(QFont.Weight(weight))
    if SIZES[size][0] >= _TIGHT_FROM:
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.5)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


@cache
def _system_font() -> QFont:
    given = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if given.family().casefold() not in _GENERIC:
        return given
    installed = set(QFontDatabase.families())
    for family in _PREFERRED:
        if family in installed:
            return QFont(family)
    return QGuiApplication.font()
