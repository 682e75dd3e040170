"""Maps drawn for the board: every journey with a row, whole and by parts that cut nothing."""

from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from journey.model.workspace import Workspace
from journey.priority import rank
from journey.report.pictures import unpacked
from storage.exports.pictures import png_of, sound
from storage.openformats.load import load
from storage.sample import sample_folder
from ui.render.drawer import MapDrawer
from ui.render.maps import drawn_maps, map_steps

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def ws() -> Workspace:
    with sample_folder() as folder:
        return load(folder / "havnbank.json").workspace


@pytest.fixture(scope="module")
def ranking(ws):
    return rank(ws, (), quarter=None, draws=20)


def words_in(svg: bytes) -> list[str]:
    """Return every text of a picture, in the order it is drawn."""
    return [text.text or "" for text in fromstring(svg).iter(f"{SVG}text")]


def maps(ws, ranking, parts=True):
    return list(drawn_maps(ws, (), ranking, quarter=None, with_parts=parts))


def test_every_journey_with_a_row_is_drawn_and_bounded(qapp, ws, ranking):
    found = maps(ws, ranking)
    assert [picture.journey for picture in found] == [
        journey.name for journey in sorted(ws.journeys.values(), key=lambda j: j.position)
    ]
    assert sound(found) == tuple(found)
    words = " ".join(words_in(unpacked(found[0].svg)))
    for stage in found[0].stages:
        assert stage in words
    assert found[0].touchpoints == 14


def test_parts_hold_every_word_of_the_whole(qapp, ws, ranking):
    whole = maps(ws, ranking)[0]
    assert len(whole.parts) > 1
    told = [words_in(unpacked(part)) for part in whole.parts]
    everything = {word for part in told for text in part for word in text.split()}
    assert {w for text in words_in(unpacked(whole.svg)) for w in text.split()} <= everything


def test_a_part_is_clipped_by_the_picture_itself(qapp, ws, ranking):
    for part in maps(ws, ranking)[0].parts:
        root: Element = fromstring(unpacked(part))
        (inner,) = root.findall(f"{SVG}svg")
        x, y = float(inner.get("x", 0)), float(inner.get("y", 0))
        assert x + float(inner.get("width", 0)) == pytest.approx(float(root.get("width", 0)), abs=1)
        assert y + float(inner.get("height", 0)) == pytest.approx(
            float(root.get("height", 0)), abs=1
        )
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        assert len(ids) == len(set(ids))
        links = {
            e.get("{http://www.w3.org/1999/xlink}href", "")[1:] for e in root.iter(f"{SVG}use")
        }
        assert links <= set(ids)


def test_the_same_map_is_the_same_to_the_byte(qapp, ws, ranking):
    assert maps(ws, ranking) == maps(ws, ranking)


def test_slides_take_what_is_drawn(qapp, ws, ranking):
    from PySide6.QtGui import QImage

    image = QImage.fromData(png_of(unpacked(maps(ws, ranking, parts=False)[0].svg), 400), "PNG")
    assert image.width() == 400
    colours = {image.pixelColor(x, y).name() for x in range(0, 400, 3) for y in range(0, 200, 3)}
    assert len(colours) > 10


def test_the_window_draws_one_map_at_a_time(qtbot, ws, ranking):
    drawer = MapDrawer()
    with qtbot.waitSignal(drawer.drawn, timeout=60_000) as told:
        drawer.begin(map_steps(ws, (), ranking, quarter=None, with_parts=False))
    assert list(told.args[0]) == maps(ws, ranking, parts=False)
    drawer.begin(map_steps(ws, (), ranking, quarter=None, with_parts=False))
    drawer.stop()
    with qtbot.assertNotEmitted(drawer.drawn, wait=50):
        pass


def test_the_window_goes_on_between_the_pieces_of_a_map(qapp, ws, ranking):
    steps = list(map_steps(ws, (), ranking, quarter=None, with_parts=True))
    found = [step for step in steps if step is not None]
    assert [picture.journey for picture in found] == [p.journey for p in maps(ws, ranking)]
    # Laid out, painted whole, and each part for itself.
    assert steps.count(None) == sum(2 + len(picture.parts) for picture in found)
