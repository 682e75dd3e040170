"""The maps of a report: each journey as vectors, whole and by parts a slide has room for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPainter

from journey.model.ids import JourneyId
from journey.model.workspace import (
    Workspace,
    ordered_journeys,
    ordered_stages,
    ordered_touchpoints,
)
from journey.priority.result import Ranking
from journey.report.around import Picture
from journey.report.pictures import MOST_BYTES, packed
from ui.map_figures import map_figures
from ui.render.looks import theme_named
from ui.render.outlines import short
from ui.render.pages import Page
from ui.render.subject import Subject, draw_map
from ui.render.svg import svg_bytes, svg_text, svg_tree

if TYPE_CHECKING:
    from journey.report.build import MetricRow
    from storage.evidence import MetricRow as KeptRow
    from ui.render.map_picture import MapPicture

# What a slide has room for, logical pixels, at a scale at which a map's text is still read.
_ROOM: Final = QSizeF(1180 / 0.75, 540 / 0.75)
# A map of more parts is no longer read by turning slides.
_MOST_PARTS: Final = 12
_LINK: Final = "xlink:href"


class _Layer:
    """A layer of one page of a map as a drawing of its own."""

    def __init__(self, title: str, size: QSizeF, paint: Callable[[QPainter], None]) -> None:
        self.title, self._size = title, size
        self.paint = paint

    def size(self) -> QSizeF:
        """Return what it takes."""
        return self._size


def drawn_maps(
    ws: Workspace,
    rows: "Iterable[MetricRow]",
    ranking: Ranking,
    *,
    quarter: str | None,
    with_parts: bool,
) -> Iterator[Picture]:
    """Yield the map of each journey that has a row on the list, in their order.

    A map too large for a page is left out.

    Args:
        rows: figures, segments pooled. with_parts: for slides; they double what is drawn.
    """
    steps = map_steps(ws, rows, ranking, quarter=quarter, with_parts=with_parts)
    return (step for step in steps if step is not None)


def map_steps(
    ws: Workspace,
    rows: "Iterable[MetricRow]",
    ranking: Ranking,
    *,
    quarter: str | None,
    with_parts: bool,
) -> Iterator[Picture | None]:
    """Yield what `drawn_maps` does, and None after each piece of the work.

    It is done on the GUI thread, so that the window goes on between the pieces.
    """
    # A frozen figure is read just as a fresh one.
    figures = map_figures(ws, cast("Iterable[KeptRow]", rows), ranking, quarter)
    listed = {
        ws.pain_points[item.pain_point].journey
        for item in ranking.items
        if item.pain_point in ws.pain_points
    }
    for journey in ordered_journeys(ws):
        if journey.id in listed:
            whole = draw_map(Subject(ws, journey.id, figures, quarter), theme_named("light"))
            yield None
            yield from _picture_steps(ws, journey.id, whole, with_parts=with_parts)


def _picture_steps(
    ws: Workspace, journey: JourneyId, whole: "MapPicture", *, with_parts: bool
) -> Iterator[Picture | None]:
    svg = svg_bytes(whole)
    if len(svg) > MOST_BYTES:
        return
    yield None
    parts: list[bytes] = []
    for page in _pages(whole) if with_parts else ():
        parts.append(packed(_page_svg(whole, page)))
        yield None
    size = whole.size()
    yield Picture(
        journey=whole.title,
        stages=tuple(stage.name for stage in ordered_stages(ws, journey)),
        touchpoints=len(ordered_touchpoints(ws, journey)),
        svg=packed(svg),
        width=size.width(),
        height=size.height(),
        parts=tuple(parts),
    )


def _pages(whole: "MapPicture") -> Sequence[Page]:
    """Return the parts of a map that slides show one by one; none where it is not read so."""
    pages = whole.pages(_ROOM)
    return pages if 1 < len(pages) <= _MOST_PARTS else ()


def _page_svg(whole: "MapPicture", page: Page) -> bytes:
    """Return a page: its strips, and in them its part of the map, clipped by the SVG itself.

    Qt writes no clips into an SVG.
    """
    size, part = whole.page_size(page), whole.part_of(page)
    root = svg_tree(_Layer(whole.title, size, lambda painter: whole.paint_strips(painter, page)))
    inner = svg_tree(_Layer("", page.part.size(), lambda painter: whole.paint_part(painter, page)))
    inner.remove(inner.find("title"))  # type: ignore[arg-type]  # svg_tree wrote one
    for element in inner.iter():
        if "id" in element.attrib:
            element.set("id", f"part-{element.get('id')}")
        if _LINK in element.attrib:
            element.set(_LINK, f"#part-{element.attrib[_LINK][1:]}")
    for name in ("xmlns", "xmlns:xlink", "version", "role"):
        inner.attrib.pop(name, None)
    inner.set("x", short(part.x()))
    inner.set("y", short(part.y()))
    root.append(inner)
    return svg_text(root)
