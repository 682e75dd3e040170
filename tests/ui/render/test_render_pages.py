"""Pages of a map and a flow: cards whole, stages and lane names repeated, all of it printed."""

import io
import re

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtWidgets import QApplication

from tests.ui.render.journeys import J, long_workspace, measured_figures
from ui.map.paint import rect_of
from ui.render.flow_picture import FlowPicture
from ui.render.map_picture import MapPicture
from ui.render.order import Format, Order
from ui.render.pages import Page
from ui.render.pdf import pdf_bytes, plan_of
from ui.shell.theme import Theme

ROOMS = ((1231.0, 800.0), (845.0, 1150.0), (700.0, 420.0), (5000.0, 500.0))


@pytest.fixture
def long_map(qapp: QApplication) -> MapPicture:
    """60 touchpoints with notes on stages, stacks of all heights, and blind spots."""
    return MapPicture(long_workspace(), J, Theme.light(), measured_figures())


@pytest.fixture
def long_flow(qapp: QApplication) -> FlowPicture:
    """60 touchpoints with arrows."""
    return FlowPicture(long_workspace(), J, Theme.light())


def cut(card: QRectF, page: Page) -> bool:
    """Whether a page shows some of a card only."""
    part = page.part
    inside = card.intersected(part)
    seen = inside.width() > 0.5 and inside.height() > 0.5 and card not in page.hidden
    return seen and not page.shows(card)


@pytest.mark.parametrize("room", ROOMS)
def test_every_card_of_a_map_is_whole_on_one_page_and_cut_on_none(
    room: tuple[float, float], long_map: MapPicture
) -> None:
    pages = long_map.pages(QSizeF(*room))
    cards = [rect_of(box) for _, box in long_map.shown_layout.boxes()]
    assert len(cards) > 250
    for card in cards:
        assert sum(page.shows(card) for page in pages) == 1
        assert not any(cut(card, page) for page in pages)
    for page in pages:
        size = long_map.page_size(page)
        assert size.width() <= room[0] + 0.1
        assert size.height() <= room[1] + 0.1


@pytest.mark.parametrize("room", ROOMS)
def test_every_card_of_a_flow_is_whole_on_one_page(
    room: tuple[float, float], long_flow: FlowPicture
) -> None:
    pages = long_flow.pages(QSizeF(*room))
    for box in long_flow.board.layout.boxes.values():
        card = rect_of(box)
        assert sum(page.shows(card) for page in pages) == 1
        assert not any(cut(card, page) for page in pages)


def test_labels_of_blind_spots_stay_on_the_page_of_their_column(long_map: MapPicture) -> None:
    pages = long_map.pages(QSizeF(700, 900))
    layout = long_map.shown_layout
    wide = layout.shape.column
    spots = layout.experience.blind_spots
    assert len(spots) > 40
    for spot in spots:
        middle = (spot.column + 0.5) * wide
        page = next(p for p in pages if p.across.start <= middle < p.across.end)
        assert page.across.start <= spot.left
        assert spot.left + spot.width <= page.across.end
    for one in spots:
        same_row = [s for s in spots if s.top == one.top and s is not one]
        assert all(s.left >= one.left + one.width or s.left + s.width <= one.left for s in same_row)
    first_curve = layout.experience.top - 22
    assert all(spot.top + 22 <= first_curve + 22 for spot in spots)


def test_every_page_repeats_its_stages_and_lanes(long_map: MapPicture) -> None:
    order = Order(Format.PDF, page="A4")
    reader = PdfReader(io.BytesIO(pdf_bytes(long_map, order)))
    plan = plan_of(long_map, order)
    assert len(reader.pages) == len(plan.pages) > 8
    for number, (page, printed) in enumerate(zip(plan.pages, reader.pages, strict=True), 1):
        text = " ".join(printed.extract_text().split())
        spans = [
            s for s in long_map.shown_layout.spans
            if page.across.start <= s.first * 136 < page.across.end
        ]  # fmt: skip
        assert spans
        for span in spans:
            assert span.stage is not None
            assert span.stage.name in text
        assert f"Page {number} of {len(plan.pages)}" in text
        assert "Opening an account" in text
        lanes = ("Actions", "Experience", "Touchpoints", "Pain points", "Owner")
        assert any(lane in text for lane in lanes)
    whole = " ".join(" ".join(p.extract_text().split()) for p in reader.pages)
    names = re.findall(r"Touchpoint \d+", whole)
    assert sorted(names) == sorted(f"Touchpoint {i}" for i in range(60))
    for i in range(60):
        assert all(f"Pain {i}.{k} " in whole for k in range(i % 6))


def test_a_map_that_fits_is_not_parted(qapp: QApplication) -> None:
    small = MapPicture(long_workspace(6, 2, 2), J, Theme.light())
    plan = plan_of(small, Order(Format.PDF, page="A1"))
    assert plan.pages == ()
    assert plan.scale > 1


@pytest.mark.parametrize("page", ["A4", "A0"])
def test_one_sheet_holds_everything(page: str, long_map: MapPicture) -> None:
    order = Order(Format.PDF, page=page, one_sheet=True)
    reader = PdfReader(io.BytesIO(pdf_bytes(long_map, order)))
    assert len(reader.pages) == 1
    text = " ".join(reader.pages[0].extract_text().split())
    assert len(set(re.findall(r"Touchpoint \d+", text))) == 60


def test_a_sheet_as_large_as_the_picture_stays_one_that_programs_open(qapp: QApplication) -> None:
    wide = MapPicture(long_workspace(400, 4, 2), J, Theme.light())
    box = PdfReader(io.BytesIO(pdf_bytes(wide, Order(Format.PDF)))).pages[0].mediabox
    assert max(box.width, box.height) <= 14_400
