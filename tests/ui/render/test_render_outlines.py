"""Letters as shapes: the same whatever was painted before, and as large as their font says."""

import re

import pytest
from PySide6.QtGui import QFont, QImage, QPainter

from ui.render.outlines import Outlines
from ui.shell.type import font

TEXT = "Contract 4+ żółć Ж −"


def shapes(size: int = 12, weight: int = 400) -> list[str]:
    outlines = Outlines()
    assert outlines.place(TEXT, font().family(), size, weight) is not None
    return list(outlines.shapes.values())


def paint_on_screen(face: QFont) -> None:
    image = QImage(300, 60, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    painter.setFont(face)
    painter.drawText(10, 30, TEXT)
    painter.end()


@pytest.mark.parametrize("weight", [400, 600])
@pytest.mark.parametrize("size", [11, 12, 13, 30])
def test_shapes_stay_as_they_are_when_text_was_painted(qapp, size, weight):
    large = QFont(font())
    large.setPixelSize(300)  # painted as shapes, so the font's own state is as it was
    paint_on_screen(large)
    before = shapes(size, weight)
    for face in (font("base", weight), font("sticky", weight), font("meta", weight)):
        paint_on_screen(face)
        assert shapes(size, weight) == before


def test_shapes_grow_with_their_size(qapp):
    small, large = (max(map(right, shapes(size))) for size in (12, 36))
    assert large == pytest.approx(3 * small, abs=0.05)


def right(data: str) -> float:
    """Return how far right a shape reaches, its control points counted."""
    return max(float(number) for number in re.findall(r"-?[\d.]+", data)[::2])
