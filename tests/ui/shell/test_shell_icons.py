"""Icons: the glyph table is the font's own, and what is painted has the colour asked for."""

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from ui.shell import icons
from ui.shell.actions import ACTIONS
from ui.shell.icons import GLYPHS, channel_icon, glyph_path, icon, paint_icon
from ui.shell.theme import Theme


def _inks(image: QImage) -> set[str]:
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    seen = (image.pixelColor(x, y) for x, y in points)
    return {colour.name() for colour in seen if colour.alpha() == 255}


def test_every_glyph_is_the_fonts_own_and_has_an_outline(qapp: QApplication) -> None:
    charmap = icons._charmap()
    assert {name: charmap[name] for name in GLYPHS} == GLYPHS
    for name in GLYPHS:
        outline = glyph_path(name).boundingRect()
        assert not outline.isEmpty(), name
        assert QRectF(0, 0, 256, 256).contains(outline), name


def test_a_glyph_not_in_the_table_comes_from_the_font(qapp: QApplication) -> None:
    assert "airplane" not in GLYPHS
    assert not glyph_path("airplane").isEmpty()


def test_an_unknown_name_is_refused(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        icon("no-such-glyph")


@given(st.text())
def test_any_channel_has_a_glyph(channel: str) -> None:
    assert channel_icon(channel) in GLYPHS


@pytest.mark.parametrize(
    ("channel", "name"),
    [
        ("Web", "globe"),
        (" E-mail ", "envelope-simple"),
        ("APP", "device-mobile"),
        ("Social media", "megaphone"),
        ("Branch Oslo", "storefront"),
        ("Fax", "map-pin"),
    ],
)
def test_channels_as_people_write_them(channel: str, name: str) -> None:
    assert channel_icon(channel) == name


def test_painted_icon_stays_in_its_square(qapp: QApplication) -> None:
    image = QImage(160, 80, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        paint_icon(painter, QRectF(0, 0, 160, 80), "stop", QColor("#ff0000"))
    assert "#ff0000" in _inks(image)
    assert all(image.pixelColor(x, 40).alpha() == 0 for x in (*range(40), *range(120, 160)))


def test_icon_is_sharp_at_twice_the_scale_and_grey_when_disabled(qapp: QApplication) -> None:
    made = icon("stop", "accent")
    gc.collect()
    large = made.pixmap(QSize(32, 32), 2.0)
    assert large.size() == QSize(64, 64)
    assert Theme.light().accent.name() in _inks(large.toImage())
    off = made.pixmap(QSize(32, 32), 2.0, QIcon.Mode.Disabled)
    assert Theme.light().text_3.name() in _inks(off.toImage())


def test_a_copied_icon_outlives_its_engine(qapp: QApplication) -> None:
    copy = QIcon(icon("check", "text"))
    copy.addPixmap(QPixmap(4, 4))
    gc.collect()
    assert not copy.pixmap(QSize(16, 16)).isNull()


def test_every_action_has_a_sign_that_exists(qapp):
    image = QImage(16, 16, QImage.Format.Format_ARGB32)
    for spec in ACTIONS:
        image.fill(0)
        with QPainter(image) as painter:
            paint_icon(painter, QRectF(0, 0, 16, 16), spec.icon, QColor("black"))
        inked = any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16))
        assert inked, spec.name
