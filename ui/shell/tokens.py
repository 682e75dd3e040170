"""The colours of the look as data: one line per role, light beside dark.

Nothing here knows Qt, so tests and documentation can compute with the bare figures.
"""

from enum import StrEnum
from typing import Final


class ThemeMode(StrEnum):
    """What the user chose; stored in the settings, so the values stay."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


# role: (light, dark), both as RRGGBB.
ROLES: Final[dict[str, tuple[str, str]]] = {
    "window": ("F3F5F7", "12161B"),
    "canvas": ("FFFFFF", "161B21"),
    "surface": ("FFFFFF", "1C2229"),
    "sunken": ("ECEFF3", "232A32"),
    "text": ("17212B", "E9EEF3"),
    "text_2": ("44525F", "B8C3CD"),
    "text_3": ("5C6A77", "98A5B1"),
    "hairline": ("DBE1E7", "2D3640"),
    "outline": ("AEB9C4", "53606C"),
    "neutral": ("8794A0", "7C8994"),
    "accent": ("00639C", "5CB8EC"),
    "on_accent": ("FFFFFF", "06202F"),
    "accent_tint": ("E2EFF8", "173448"),
    # One step from the accent towards the text: a pressed or hovered primary button.
    "accent_strong": ("00507F", "84CBF3"),
    "selected": ("E8F3FA", "182C3A"),
    "measured": ("0072B2", "5CB8EC"),
    "measured_band": ("CFE5F3", "1E4258"),
    "judged": ("3A4652", "D5DDE5"),
    "interval": ("9CCBE6", "2F6C90"),
    "interval_tick": ("00639C", "8FD0F5"),
    "stage": ("0069A6", "1A5A83"),
    "on_stage": ("FFFFFF", "F0F8FD"),
    "action": ("FFF5CC", "332E16"),
    "action_edge": ("E3B505", "C9A91E"),
    "pain": ("FBE8F1", "3A2230"),
    "pain_edge": ("CC79A7", "D58AB5"),
    "pain_text": ("8A2A60", "EBB1D0"),
    "improvement": ("DFF4EA", "14352A"),
    "improvement_edge": ("009E73", "2DB88F"),
    "improvement_text": ("00614A", "7BDDBE"),
    "blind": ("FBE6D6", "43291A"),
    "blind_line": ("D55E00", "EE8133"),
    "good": ("00614A", "7BDDBE"),
    "warning": ("A64900", "F5A266"),
    "graph_edge": ("9CCBE6", "2F6C90"),
    "graph_thin": ("4A8DB8", "4F93BF"),
    # Causes of a move in the quarter; each has its pattern too, colour is the second signal.
    "cause_data": ("0072B2", "0072B2"),
    "cause_method": ("E69F00", "E69F00"),
    "cause_assumption": ("009E73", "009E73"),
    # Scores, each bracketed and named where they are drawn.
    "detractor": ("D55E00", "D55E00"),
    "passive": ("8794A0", "8794A0"),
    "promoter": ("0072B2", "0072B2"),
    "shadow": ("17212B", "000000"),
}

# Every pair of text and ground the screens use; each must reach 4.5:1 in both themes.
TEXT_PAIRS: Final[tuple[tuple[str, str], ...]] = (
    *((ink, ground) for ink in ("text", "text_2") for ground in (
        "window", "canvas", "surface", "sunken", "accent_tint", "selected",
        "action", "pain", "improvement", "blind",
    )),
    *(("text_3", ground) for ground in ("window", "canvas", "surface", "sunken", "selected")),
    *(("accent", ground) for ground in (
        "window", "canvas", "surface", "sunken", "accent_tint", "selected",
    )),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("on_stage", "stage"),
    ("pain_text", "pain"),
    ("pain_text", "surface"),
    ("improvement_text", "improvement"),
    ("improvement_text", "surface"),
    ("good", "surface"),
    ("good", "window"),
    ("warning", "surface"),
    ("warning", "window"),
    ("warning", "blind"),
)  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of an RRGGBB colour (WCAG 2.2, "relative luminance")."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio, 1 to 21, of two RRGGBB colours (WCAG 2.2, "contrast ratio")."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)
