"""A picture says what its lines are, and they are the same at every scale."""

from dataclasses import replace
from itertools import groupby

import pytest
from defusedxml.ElementTree import fromstring
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from journey.model.map import JudgedExperience
from journey.model.workspace import Workspace
from tests.ui.render.journeys import J, long_workspace, measured_figures
from ui.map.layout import service_lines
from ui.map.paint_band import paint_service_lines
from ui.render.map_picture import MapPicture
from ui.render.svg import svg_bytes
from ui.shell.theme import Theme


@pytest.fixture
def picture(qapp: QApplication) -> MapPicture:
    small: Workspace = long_workspace(8, 2, 3)
    return MapPicture(small, J, Theme.light(), measured_figures(8))


def test_a_picture_names_its_lines(qapp: QApplication) -> None:
    mild = long_workspace(8, 2, 3)  # with −80 on the axis the last figure takes the name's room
    for touchpoint in list(mild.touchpoints.values()):
        mild.put(replace(touchpoint, judged_experience=(JudgedExperience(10.0),)))
    root = fromstring(svg_bytes(MapPicture(mild, J, Theme.light())))
    told = " ".join(t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text"))
    for name in ("measured", "judged", "95 %", "line of interaction"):
        assert name in told


def dashes(picture: MapPicture, scale: float, *, on_screen: bool) -> list[int]:
    """Return the runs of ink, pixels, of the line of interaction through two columns."""
    layout = picture.layout
    (below,) = (lane for name, lane in service_lines(layout) if name == "interaction")
    top = layout.lanes[below].top
    part = QRectF(0, top - 4, 2 * layout.shape.column, 8)
    image = QImage(round(part.width() * scale), round(8 * scale), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    if on_screen:
        image.setDevicePixelRatio(scale)
    with QPainter(image) as painter:
        if not on_screen:
            painter.scale(scale, scale)
        painter.translate(-part.topLeft())
        paint_service_lines(painter, layout, part, Theme.light())
    row = [image.pixelColor(x, image.height() // 2 - 1) for x in range(image.width())]
    return [len(list(run)) for ink, run in groupby(c != QColor("white") for c in row) if ink]


@pytest.mark.parametrize("on_screen", [True, False])
def test_service_lines_have_the_same_dashes_at_200_percent(
    picture: MapPicture, on_screen: bool
) -> None:
    plain, sharp = (dashes(picture, scale, on_screen=on_screen) for scale in (1, 2))
    assert len(plain) == len(sharp) >= 20
    assert all(abs(b - 2 * a) <= 2 for a, b in zip(plain, sharp, strict=True))
