"""What every test of the window is held to."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _the_themes_stay_as_they_are() -> Iterator[None]:
    """Fail a test that changed a colour every view shares: a QColor can be changed in place."""
    yield
    from PySide6.QtGui import QColor

    from ui.shell.theme import Theme
    from ui.shell.tokens import ROLES

    for column, theme in enumerate((Theme.light(), Theme.dark())):
        changed = [
            role for role, hexes in ROLES.items() if theme.role(role) != QColor(f"#{hexes[column]}")
        ]
        assert changed == [], theme.name


@pytest.fixture(autouse=True)
def _python_collects_again() -> Iterator[None]:
    """Let garbage be collected after a test that left its workers to the next."""
    yield
    gc.enable()
