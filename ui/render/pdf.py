"""PDF: vectors with embedded fonts, on one sheet or on pages of an ISO size."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QPointF, QSizeF
from PySide6.QtGui import QFont, QPainter, QPdfWriter

from ui.map.lettering import Face, QtLettering
from ui.map.paint import Look, paint_lines
from ui.numbers import number
from ui.render.order import Order, Picture
from ui.render.pages import Page
from ui.render.paper import INCH, SHEET, SMALLEST, Paper, cut_to, papers

_RESOLUTION: Final = 1200  # fine enough that nothing is rounded to be seen
_FOOT: Final = 24.0  # logical pixels at 100 %: the line with the title and the page's number
_LARGEST: Final = 4.0  # a small map on a large sheet is not blown up beyond this


@dataclass(frozen=True, slots=True)
class Plan:
    """Paper, scale and pages; no page means that the whole stands on a single sheet."""

    paper: Paper
    scale: float
    pages: tuple[Page, ...] = ()


class _PlainFigures(QPainter):
    """A painter that writes the usual figures instead of those of equal width.

    Some fonts keep the latter as nameless glyphs: they look right and can be neither searched nor
    copied.
    """

    def setFont(self, font: QFont | str | Sequence[str], /) -> None:
        """Qt's virtual in spirit: everything that is painted sets its font here."""
        plain = QFont(font)
        plain.unsetFeature(QFont.Tag("tnum"))
        super().setFont(plain)


def pdf_bytes(picture: Picture, order: Order) -> bytes:
    """Return a picture as PDF."""
    plan = plan_of(picture, order)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(picture.title)
    writer.setCreator("Waymark")
    writer.setPageLayout(plan.paper.layout)
    painter = _PlainFigures(writer)
    try:
        # One logical pixel at 100 % is a 96th of an inch, on screen and on paper.
        painter.scale(_RESOLUTION / INCH, _RESOLUTION / INCH)
        for index in range(max(len(plan.pages), 1)):
            if index:
                writer.newPage()
            paint_sheet(painter, picture, plan, index)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def plan_of(picture: Picture, order: Order) -> Plan:
    """Return how a picture is put on paper; it is laid out for these pages."""
    size = picture.size()
    if order.page == SHEET:
        paper, scale = cut_to(size, order.scale or 1.0)
        return Plan(paper, scale)
    lying, upright = papers(order.page)
    best = max((lying, upright), key=lambda paper: _fitting(size, paper.room))
    whole = min(_fitting(size, best.room), _LARGEST)
    if order.one_sheet or (order.scale is None and whole >= SMALLEST):
        return Plan(best, min(whole, order.scale or whole))
    scale = order.scale or SMALLEST
    if _fitting(size, best.room) >= scale:
        return Plan(best, scale)
    fewest = min((_paged(picture, paper, scale) for paper in (lying, upright)), key=_count)
    # Laid out anew: the other paper was tried last.
    return _paged(picture, fewest.paper, scale)


def _count(plan: Plan) -> int:
    return len(plan.pages)


def _fitting(size: QSizeF, room: QSizeF) -> float:
    """Return the scale at which a picture fills a page."""
    return min(room.width() / size.width(), room.height() / size.height())


def _paged(picture: Picture, paper: Paper, scale: float) -> Plan:
    room = QSizeF(paper.room.width() / scale, (paper.room.height() - _FOOT) / scale)
    pages = picture.pages(room)
    # A page that is too narrow for its least content is drawn smaller rather than cut.
    widest = max(picture.page_size(page).width() for page in pages)
    return Plan(paper, min(scale, paper.room.width() / widest), tuple(pages))


def paint_sheet(painter: QPainter, picture: Picture, plan: Plan, index: int = 0) -> None:
    """Paint one sheet of a plan inside its margins, in logical pixels at 100 %."""
    room = plan.paper.room
    painter.save()
    if plan.pages:
        painter.scale(plan.scale, plan.scale)
        picture.paint_page(painter, plan.pages[index])
    else:
        size = picture.size()
        painter.translate(
            max((room.width() - size.width() * plan.scale) / 2, 0.0),
            max((room.height() - size.height() * plan.scale) / 2, 0.0),
        )
        painter.scale(plan.scale, plan.scale)
        picture.paint(painter)
    painter.restore()
    if plan.pages:
        _paint_foot(painter, picture, room, (index + 1, len(plan.pages)))


def _paint_foot(painter: QPainter, picture: Picture, room: QSizeF, place: tuple[int, int]) -> None:
    letters = QtLettering()
    look = Look(painter, letters, picture.theme)
    ink, top = picture.theme.text_2, room.height() - Face.META.line
    count = QCoreApplication.translate("Render", "Page %1 of %2")
    count = count.replace("%1", number(place[0], 0)).replace("%2", number(place[1], 0))
    wide = letters.advance(count, Face.META)
    paint_lines(QPointF(room.width() - wide, top), (count,), Face.META, ink, look)
    title = letters.wrap(picture.title, Face.META_BOLD, room.width() - wide - 24)[:1]
    paint_lines(QPointF(0, top), title, Face.META_BOLD, ink, look)
