"""Chips, levels, intervals, squares and wrapped text: measured and painted."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ui.shell.syllables import HYPHEN
from ui.shell.theme import Theme
from ui.shell.type import font, line_height
from ui.shell.widgets import marks
from ui.shell.widgets.evidence import level_words
from ui.shell.widgets.marks import ChipFace, ChipState, Interval, IntervalScale
from ui.shell.wrapping import text_width, wrap

LIGHT = Theme.light()


def _painted(width: int, height: int, draw: Callable[[QPainter], object]) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        draw(painter)
    return image


def _columns(image: QImage) -> list[int]:
    return [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).alpha() for y in range(image.height()))
    ]


MEASURED = ChipFace("NPS", "+23", "±8", "210")
FEW = ChipFace("CSAT", n="4", state=ChipState.TOO_FEW)
NOT_ASKED = ChipFace("NPS", state=ChipState.NOT_ASKED)


def test_a_chip_says_value_margin_and_n(qapp: QApplication) -> None:
    assert MEASURED.sentence == "NPS +23 ±8 · 210"
    assert FEW.sentence == "CSAT too few · 4"
    assert NOT_ASKED.sentence == "not asked"


@pytest.mark.parametrize("face", [MEASURED, FEW, NOT_ASKED])
def test_a_chip_is_painted_as_wide_as_it_says(qapp: QApplication, face: ChipFace) -> None:
    taken: list[float] = []
    image = _painted(
        300, 22, lambda p: taken.append(marks.paint_chip(p, QPointF(10, 0), face, LIGHT))
    )
    assert taken == [marks.chip_width(face)]
    columns = _columns(image)
    assert 10 <= columns[0] <= 14
    # The last dash of a dashed outline may end a few pixels before the round end does.
    assert 10 + taken[0] - 4 <= columns[-1] <= 10 + taken[0] + 1


def test_empty_few_and_measured_look_different(qapp: QApplication) -> None:
    images = [
        _painted(200, 22, lambda p, f=face: marks.paint_chip(p, QPointF(), f, LIGHT))
        for face in (MEASURED, FEW, NOT_ASKED)
    ]
    grounds = [image.pixelColor(14, 4) for image in images]
    assert grounds[0] == LIGHT.surface
    assert grounds[1] == LIGHT.sunken
    assert grounds[2].alpha() == 0


def test_each_level_group_is_told_apart_without_its_letter(qapp: QApplication) -> None:
    rect = QRectF(0, 0, 22, 22)
    images = {
        level: _painted(22, 22, lambda p, n=level: marks.paint_level_badge(p, rect, n, LIGHT))
        for level in "ABCDEF"
    }
    assert images["A"].pixelColor(3, 3) == LIGHT.accent
    assert images["B"].pixelColor(3, 3) == LIGHT.accent_tint
    assert images["C"].pixelColor(3, 3) == LIGHT.surface
    # Along the left edge a solid line never breaks; dashes and dots do, each its own way.
    edges = {
        level: tuple(images[level].pixelColor(0, y) != LIGHT.surface for y in range(6, 17))
        for level in "CDEF"
    }
    lines = {
        level: tuple(images[level].pixelColor(0, y).name() for y in range(6, 17))
        for level in "CDEF"
    }
    assert all(edges["C"])
    assert lines["C"] == lines["D"] != lines["E"] != lines["F"]
    assert len({level_words(level) for level in "ABCDEF"}) == 6


@pytest.mark.parametrize("filled", range(6))
def test_squares_fill_from_the_left(qapp: QApplication, filled: int) -> None:
    ink = QColor("#8a2a60")
    image = _painted(40, 12, lambda p: marks.paint_squares(p, QRectF(0, 0, 40, 12), filled, ink))
    middles = [image.pixelColor(index * 7 + 2, 6) == ink for index in range(5)]
    assert middles == [index < filled for index in range(5)]
    assert _columns(image)[-1] == marks.squares_width() - 1


@given(
    st.floats(-1e6, 1e6),
    st.floats(0, 1e6),
    st.floats(0, 1),
)
def test_a_scale_keeps_values_inside(low: float, span: float, share: float) -> None:
    rect = QRectF(10, 0, 200, 20)
    scale = IntervalScale(low, low + span)
    x = scale.at(low + span * share, rect)
    assert rect.left() - 1e-3 <= x <= rect.right() + 1e-3


def test_an_interval_shows_line_bar_and_tick_at_their_places(qapp: QApplication) -> None:
    interval = Interval(100, 200, 300, 400, 500)
    rect = QRectF(0, 0, 800, 20)
    scale = IntervalScale(0, 800)
    image = _painted(800, 20, lambda p: marks.paint_interval(p, rect, interval, scale, LIGHT))
    columns = _columns(image)
    assert columns[0] == pytest.approx(100, abs=1)
    assert columns[-1] == pytest.approx(500, abs=1)
    assert image.pixelColor(250, 8) == LIGHT.interval
    assert image.pixelColor(300, 8) == LIGHT.interval_tick
    assert image.pixelColor(150, 8).alpha() == 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Marek Nowak", "MN"),
        ("Anna Maria de Vries", "AV"),
        ("lena", "L"),
        ("", "?"),
        ("(!)", "?"),
        ("Øystein Åsen", "ØÅ"),
    ],
)
def test_initials(name: str, expected: str) -> None:
    assert marks.initials(name) == expected


@given(st.text(), st.floats(20, 400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_wrapped_text_never_runs_over_its_width(
    qapp: QApplication, text: str, width: float
) -> None:
    face = font("sticky")
    laid = wrap(text, face, line_height("sticky"), width)
    assert laid.height == laid.lines * 16
    widest_letter = max((text_width(letter, face) for letter in text), default=0.0)
    assert laid.width <= max(width, widest_letter * 4) + 1


def test_a_long_word_breaks_and_no_letter_is_lost(qapp: QApplication) -> None:
    word = "Donaudampfschifffahrtsgesellschaft"
    laid = wrap(word, font("sticky"), 16, 60)
    lines = [laid.layout.lineAt(index) for index in range(laid.lines)]
    assert laid.lines > 1
    told = laid.layout.text()
    parts = [told[line.textStart() : line.textStart() + line.textLength()] for line in lines]
    assert "".join(parts).replace(HYPHEN, "").replace("\u2028", "") == word
