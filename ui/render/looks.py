"""Themes for pictures: the usual ones, one without a ground, and one that names its roles."""

from typing import Final

from PySide6.QtGui import QColor

from ui.shell.theme import Theme
from ui.shell.tokens import ROLES, ThemeMode

# A colour no theme uses, and in it the number of a role: what is painted with it can be coloured
# later, as a page does that has a light and a dark look.
_MARK_RED, _MARK_GREEN = 1, 254
_ROLE_NAMES: Final = tuple(ROLES)


def theme_named(name: str, *, transparent: bool = False) -> Theme:
    """Return the light or dark theme; `transparent` leaves the ground unpainted."""
    usual = Theme.dark() if name == ThemeMode.DARK else Theme.light()
    return _Groundless(usual.name) if transparent else usual


class _Groundless(Theme):
    """A theme whose canvas is not there, so that a picture lies on any ground."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        object.__setattr__(self, "canvas", QColor(0, 0, 0, 0))


class MarkedTheme(Theme):
    """A theme whose colours are the numbers of its roles; see `role_of`."""

    def __init__(self) -> None:
        super().__init__(ThemeMode.LIGHT)
        for number, role in enumerate(_ROLE_NAMES):
            object.__setattr__(self, role, QColor(_MARK_RED, _MARK_GREEN, number))


def role_of(colour: str) -> str | None:
    """Return the role a colour "#rrggbb" of the marked theme stands for, None for any other."""
    mark = f"#{_MARK_RED:02x}{_MARK_GREEN:02x}"
    if not colour.lower().startswith(mark) or len(colour) != 7:
        return None
    number = int(colour[5:], 16)
    return _ROLE_NAMES[number] if number < len(_ROLE_NAMES) else None
