"""What the map looks like: marks that keep apart, menus that tell, figures that do not lie."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from journey.model.ids import Kind, Ref
from ui.map.cells import Block
from ui.map.figures import ChipFact, margin_words
from ui.map.headers import name_insets, scaled_font
from ui.map.lane_names import WIDE, narrowest
from ui.map.lanes import LaneKind
from ui.map.lettering import QtLettering
from ui.map.paint import Look, paint_pain_point, paint_touchpoint
from ui.map.words import lane_name, moment_of_truth
from ui.shell.theme import Theme, active_theme
from ui.shell.wrapping import text_width

RATIO = 2


def painted(
    width: float, height: float, paint: Callable[[QPainter, QRectF, Look], object]
) -> QImage:
    """Paint a card on transparent ground at 200 %."""
    image = QImage(int(width) * RATIO, int(height) * RATIO, QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(RATIO)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, QRectF(0, 0, width, height), Look(painter, QtLettering(), active_theme()))
    return image


def columns_of(image: QImage, colour: str) -> list[int]:
    return [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).name() == colour for y in range(image.height()))
    ]


@pytest.mark.parametrize("width", [118, 124])
def test_the_level_stands_behind_the_squares(qapp: QApplication, width: int) -> None:
    ref = Ref(Kind.PAIN_POINT, "p")
    block = Block(LaneKind.PAIN_POINTS, ref, 6, 80, ("ID photo",), level="A", filled=(5, 5))
    image = painted(width, 80, lambda p, rect, look: paint_pain_point(p, rect, block, look))
    theme = active_theme()
    squares = columns_of(image, theme.pain_text.name())
    badge = columns_of(image, theme.accent.name())
    assert badge
    # Room before the badge as between the two groups: they read as three things, not as one.
    assert min(badge) - max(squares) > 4 * RATIO
    assert max(badge) <= (width - 3) * RATIO


def test_a_moment_of_truth_keeps_off_the_edge_of_a_narrow_card(qapp: QApplication) -> None:
    ref = Ref(Kind.TOUCHPOINT, "t")
    block = Block(
        LaneKind.TOUCHPOINTS, ref, 6, 62, ("ID check",), ("App", moment_of_truth()), "App",
        ok=True, foot_split=1,
    )  # fmt: skip
    image = painted(118, 62, lambda p, rect, look: paint_touchpoint(p, rect, block, False, look))
    words = columns_of(image, Theme.light().accent.name())
    assert max(words) <= (118 - 6) * RATIO


@pytest.mark.parametrize("kind", [k for k in LaneKind if k is not LaneKind.NOTES])
@pytest.mark.parametrize("narrow", [True, False])
def test_the_names_of_lanes_are_whole(qapp: QApplication, kind: LaneKind, narrow: bool) -> None:
    width = narrowest() if narrow else WIDE
    left = name_insets(width, 1.0)[1]
    assert text_width(lane_name(kind), scaled_font("sticky", 600, 1.0)) <= width - left - 3


def test_a_margin_never_reads_as_none() -> None:
    assert margin_words(8.2, 0) == "±8"
    assert margin_words(0.018, 1) == "±0.02"
    assert margin_words(0.0, 1) == "±0.0"
    assert ChipFact("CSAT", 2.84, 0.018, 25163, decimals=1).face.margin == "±0.02"


def test_the_menu_of_lanes_ticks_those_that_show(hand) -> None:
    view = hand.view
    assert view.toolbar.lanes.text() == f"Lanes {len(view.layout_now.lanes)} of 10"
    view.menus.lanes.aboutToShow.emit()
    lanes = [a for a in view.menus.lanes.actions() if a.isCheckable()]
    assert {a.text() for a in lanes if not a.isChecked()} == {"Strengths"}
    assert all(a.icon().isNull() for a in lanes), "an icon would hide the tick"
    next(a for a in lanes if a.text() == "Strengths").trigger()
    assert view.toolbar.lanes.text() == "Lanes"


def test_what_cannot_be_added_says_why(hand) -> None:
    view = hand.view
    view.menus.add.aboutToShow.emit()
    assert "At a touchpoint: choose one first" in [a.text() for a in view.menus.add.actions()]
    hand.click(hand.card(0, LaneKind.TOUCHPOINTS))
    view.menus.add.aboutToShow.emit()
    texts = {a.text(): a.isEnabled() for a in view.menus.add.actions() if a.text()}
    assert "At a touchpoint: choose one first" not in texts
    assert texts["Pain point"]
