"""SVG, PDF and PNG say the same as the screen does."""

import io
import struct
import zlib

import pytest
from defusedxml.ElementTree import fromstring
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from journey.model.ids import PainPointId, TouchpointId
from journey.model.map import PainPoint
from journey.model.workspace import Workspace
from tests.ui.render.journeys import J, image_of, long_workspace, measured_figures
from ui.map.view import MapView
from ui.render import png
from ui.render.flow_picture import FlowPicture
from ui.render.looks import MarkedTheme, role_of, theme_named
from ui.render.map_picture import MapPicture
from ui.render.order import PictureTooLargeError
from ui.render.png import png_parts, png_size
from ui.render.svg import svg_bytes
from ui.selection import Selection
from ui.shell.theme import Theme
from ui.shell.tokens import ROLES

HOSTILE = '</text></svg><script>alert(1)</script> & "quoted" \u0001'


@pytest.fixture
def small(qapp: QApplication) -> Workspace:
    """Eight touchpoints in two stages."""
    return long_workspace(8, 2, 3)


def difference(one: QImage, other: QImage) -> float:
    """Return the mean difference of two images of one size, of 255."""
    assert one.size() == other.size()
    kind = QImage.Format.Format_Grayscale8
    a, b = (bytes(i.convertToFormat(kind).constBits()) for i in (one, other))
    return sum(abs(x - y) for x, y in zip(a, b, strict=True)) / len(a)


def test_the_picture_is_the_screens(small: Workspace, qtbot: object) -> None:
    from tests.ui.map.conftest import Desk

    desk = Desk(small)
    view = MapView(desk, Selection(desk))
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    view.set_figures(measured_figures(8))
    shown = QImage(view.picture_size().toSize(), QImage.Format.Format_ARGB32)
    shown.fill(0)
    with QPainter(shown) as painter:
        view.paint_picture(painter)
    drawn = image_of(MapPicture(small, J, Theme.light(), measured_figures(8)))
    assert difference(shown, drawn) == 0


@pytest.mark.parametrize("kind", [MapPicture, FlowPicture])
def test_an_svg_without_its_font_looks_like_the_picture(kind: type, small: Workspace) -> None:
    picture = kind(small, J, Theme.light())
    drawn = svg_bytes(picture)
    shown = image_of(picture)
    image = QImage(shown.size(), QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    renderer = QSvgRenderer(QByteArray(drawn))
    assert renderer.isValid()
    with QPainter(image) as painter:
        renderer.render(painter)
    blank = QImage(shown.size(), QImage.Format.Format_ARGB32)
    blank.fill(QColor("white"))
    assert difference(image, shown) < 0.25 * difference(blank, shown)


def test_svg_text_is_found_though_it_is_drawn_as_shapes(small: Workspace) -> None:
    root = fromstring(svg_bytes(MapPicture(small, J, Theme.light())))
    texts = root.findall(".//{http://www.w3.org/2000/svg}text")
    assert "Touchpoint 3" in [t.text for t in texts]
    assert all(t.get("fill-opacity") == "0" for t in texts)
    shapes = {s.get("id") for s in root.findall(".//{http://www.w3.org/2000/svg}path[@id]")}
    used = {
        u.get("{http://www.w3.org/1999/xlink}href")
        for u in root.findall(".//{http://www.w3.org/2000/svg}use")
    }
    assert used
    assert used == {f"#{s}" for s in shapes}


def test_what_a_person_types_is_never_markup(small: Workspace) -> None:
    small.put(PainPoint(PainPointId("h"), J, HOSTILE, TouchpointId("t0")))
    drawn = svg_bytes(MapPicture(small, J, Theme.light()))
    root = fromstring(drawn)
    assert [e for e in root.iter() if e.tag.endswith("script")] == []
    text = "".join(root.itertext()).replace("\u2010", "")
    assert "</text></svg><script>" in text
    assert "\u0001" not in text


def test_png_strips_make_the_same_picture(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = MapPicture(small, J, Theme.dark())
    whole = b"".join(png_parts(picture, 1.0))
    monkeypatch.setattr(png, "_STRIP_PIXELS", 100_000)
    parts = list(png_parts(picture, 1.0))
    assert len(parts) > 8
    one, other = QImage.fromData(whole), QImage.fromData(b"".join(parts))
    assert (one.width(), one.height()) == png_size(picture, 1.0)
    assert difference(one, other) < 0.1  # letters at the seams are smoothed a little otherwise
    assert one.dotsPerMeterX() == 3780


def test_png_chunks_are_whole(small: Workspace) -> None:
    stream = io.BytesIO(b"".join(png_parts(MapPicture(small, J, Theme.light()), 0.3)))
    assert stream.read(8) == b"\x89PNG\r\n\x1a\n"
    kinds = []
    while head := stream.read(8):
        length, kind = struct.unpack(">I4s", head)
        data, crc = stream.read(length), stream.read(4)
        assert struct.unpack(">I", crc)[0] == zlib.crc32(kind + data)
        kinds.append(kind)
    assert (kinds[0], kinds[-1]) == (b"IHDR", b"IEND")


def test_a_png_has_a_limit_that_names_what_fits(small: Workspace) -> None:
    picture = MapPicture(small, J, Theme.light())
    with pytest.raises(PictureTooLargeError) as caught:
        png_size(picture, 60.0)
    assert caught.value.most == png.MOST_PIXELS
    wide, high = png_size(picture, caught.value.scale)
    assert wide * high <= png.MOST_PIXELS
    assert max(wide, high) <= png.MOST_SIDE


def test_marked_colours_name_every_role(qapp: QApplication) -> None:
    theme = MarkedTheme()
    assert [role_of(theme.role(role).name()) for role in ROLES] == list(ROLES)
    for usual in (Theme.light(), Theme.dark()):
        assert {role_of(usual.role(role).name()) for role in ROLES} == {None}
    assert theme_named("dark", transparent=True).canvas.alpha() == 0
    assert theme_named("dark", transparent=True).text == Theme.dark().text
