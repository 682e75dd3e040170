"""The theme store, the stylesheet and the type."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.shell.stylesheet import application_stylesheet
from ui.shell.theme import Theme, ThemeMode, ThemeStore, active_theme
from ui.shell.type import SIZES, font, line_height


@pytest.fixture
def store(qapp: QApplication) -> Iterator[ThemeStore]:
    """A store in light mode; the application is left in light as other tests expect it."""
    made = ThemeStore(qapp, ThemeMode.LIGHT)
    yield made
    made.set_mode(ThemeMode.LIGHT)
    made.deleteLater()


def test_choosing_a_theme_changes_palette_sheet_and_active(
    store: ThemeStore, qapp: QApplication, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(store.changed):
        store.set_mode(ThemeMode.DARK)
    assert store.theme is Theme.dark()
    assert active_theme() is Theme.dark()
    assert qapp.palette().color(QPalette.ColorRole.Window) == Theme.dark().window
    assert Theme.dark().accent.name() in qapp.styleSheet()
    with qtbot.waitSignal(store.changed):
        store.set_mode(ThemeMode.LIGHT)
    assert active_theme() is Theme.light()
    assert qapp.palette().color(QPalette.ColorRole.WindowText) == Theme.light().text


def test_choosing_the_same_theme_says_nothing(store: ThemeStore, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(store.changed):
        store.set_mode(ThemeMode.LIGHT)


def test_following_the_system_takes_its_scheme(store: ThemeStore, qapp: QApplication) -> None:
    store.set_mode(ThemeMode.DARK)
    store.set_mode(ThemeMode.SYSTEM)
    assert store.mode is ThemeMode.SYSTEM
    # The offscreen platform states no scheme, which means light.
    assert store.theme is Theme.light()


@pytest.mark.parametrize("theme", [Theme.light(), Theme.dark()], ids=["light", "dark"])
def test_stylesheet_uses_only_the_themes_colours_and_files_that_exist(theme: Theme) -> None:
    sheet = application_stylesheet(theme)
    assert "%(" not in sheet
    known = {theme.role(role).name() for role in Theme.__annotations__ if role != "name"}
    assert set(re.findall(r"#[0-9a-f]{6}", sheet)) <= known
    marks = set(re.findall(r'url\("([^"]+)"\)', sheet))
    assert marks
    assert all(Path(mark).is_file() for mark in marks)


def test_fonts_have_the_sizes_of_the_look_in_a_real_family(qapp: QApplication) -> None:
    for size, (pixels, height) in SIZES.items():
        made = font(size, 600)  # type: ignore[arg-type]
        assert made.pixelSize() == pixels
        assert made.weight() == 600
        assert line_height(size) == height  # type: ignore[arg-type]
        assert height > pixels
    assert QFontInfo(font()).family().casefold() not in {"sans serif", "sans", ""}


def test_a_font_given_out_is_its_takers_own(qapp: QApplication) -> None:
    font("base").setPixelSize(90)
    assert font("base").pixelSize() == 13


def test_figures_are_tabular(qapp: QApplication) -> None:
    made = font("base")
    assert "tnum" in {tag.toString().data().decode() for tag in made.featureTags()}
    assert QColor(Theme.light().text).isValid()
