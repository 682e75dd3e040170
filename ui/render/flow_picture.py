"""A journey's flow as a picture: whole, or page by page with the stages repeated."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from journey.graph.found import Found
from journey.model.ids import JourneyId
from journey.model.workspace import Workspace
from ui.flow import words
from ui.flow.board import FlowBoard
from ui.flow.lines import rect_of
from ui.flow.paint import paint_flow
from ui.flow.picture import LOSSES, STAGES, paint_picture, picture_size
from ui.flow.shown import Shown
from ui.flow.strips import band_name
from ui.map.lettering import Face, QtLettering
from ui.map.paint import Look, paint_lines
from ui.render.pages import Page, hidden_in
from ui.render.windows import windows
from ui.shell.drawing import draw_box
from ui.shell.theme import Theme

_NAMED: Final = 72.0  # a strip of a stage narrower than this bears no name


@dataclass(slots=True)
class _Drawn:
    """What is painted, in a theme of its own; no scene of Qt's, so that any thread may free it."""

    board: FlowBoard
    theme: Theme

    def look(self, painter: QPainter) -> Look:
        """Return what painting needs, in the picture's theme."""
        return Look(painter, self.board.lettering, self.theme)


class FlowPicture:
    """A flow ready to be drawn."""

    def __init__(
        self, ws: Workspace, journey: JourneyId, theme: Theme, found: Found | None = None
    ) -> None:
        owner = ws.journeys.get(journey)
        self.title = owner.name if owner is not None else ""
        self.board = FlowBoard(ws, journey, QtLettering())
        if found is not None:
            self.board.set_found(found)
        self._drawn = _Drawn(self.board, theme)

    @property
    def theme(self) -> Theme:
        """The colours."""
        return self._drawn.theme

    def size(self) -> QSizeF:
        """Return the size of the whole picture, logical pixels at 100 %."""
        return picture_size(self._drawn)

    def paint(self, painter: QPainter) -> None:
        """Paint the whole picture from the top left."""
        paint_picture(painter, self._drawn)

    def pages(self, room: QSizeF) -> list[Page]:
        """Part the flow into pages with this room, logical pixels at 100 %, stages included."""
        layout = self.board.layout
        cards = [rect_of(box) for box in (*layout.boxes.values(), layout.retained)]
        labels = [x.label for x in self.board.lines.values() if x.label is not None]
        solid = [*cards, *labels]
        starts = [band.left for band in layout.bands]
        across = windows(layout.width, room.width(), [(c.left(), c.right()) for c in cards], starts)
        high = layout.height + (self.size().height() - STAGES - layout.height)
        down = windows(high, room.height() - STAGES, [(c.top(), c.bottom()) for c in solid])
        return [
            Page(column, row, hidden_in(column, row, solid, across, down))
            for column in across
            for row in down
        ]

    def page_size(self, page: Page) -> QSizeF:
        """Return what a page takes, its stages included."""
        return QSizeF(page.part.width(), STAGES + page.part.height())

    def paint_page(self, painter: QPainter, page: Page) -> None:
        """Paint a page from the top left, its stages above."""
        look = self._drawn.look(painter)
        painter.fillRect(QRectF(QPointF(0, 0), self.page_size(page)), look.theme.canvas)
        self._paint_stages(look, page)
        painter.save()
        painter.translate(-page.across.start, STAGES - page.down.start)
        page.clip(painter)
        layout = self.board.layout
        drawn = page.part.intersected(QRectF(0, 0, layout.width, layout.height))
        with self._labels_of(page):
            paint_flow(look, drawn, self.board, Shown(), True)
        painter.restore()
        if page.down.end > layout.height:
            self._paint_foot(look, page)

    @contextmanager
    def _labels_of(self, page: Page) -> Iterator[None]:
        """Take away the words beside arrows that stand on other pages, while a page is painted."""
        gone = {
            pair: line.label
            for pair, line in self.board.lines.items()
            if line.label is not None and not page.shows(line.label)
        }
        for pair in gone:
            self.board.lines[pair].label = None
        try:
            yield
        finally:
            for pair, label in gone.items():
                self.board.lines[pair].label = label

    def _paint_foot(self, look: Look, page: Page) -> None:
        """Write how many are lost in each stage, as under the whole picture."""
        theme, board = look.theme, self.board
        top = self.page_size(page).height() - LOSSES
        look.painter.fillRect(QRectF(0, top, page.part.width(), 1), theme.hairline)
        most = max((x or 0.0 for x in board.lost), default=0.0)
        for band, value in zip(board.layout.bands, board.lost, strict=True):
            if value is None or not page.across.start <= band.left < page.across.end:
                continue
            left = band.left - page.across.start + 8
            text = words.lost(value)
            if board.entered:
                text = f"{text}, {words.of_cases(min(value / board.entered, 1.0))}"
            paint_lines(QPointF(left, top + 8), (text,), Face.STICKY, theme.text_2, look)
            track = QRectF(left, top + 32, band.width - 22, 6)
            draw_box(look.painter, track, 2, theme.sunken)
            if most:
                track.setWidth(max(track.width() * value / most, 2.0))
                draw_box(look.painter, track, 2, theme.neutral)

    def _paint_stages(self, look: Look, page: Page) -> None:
        theme, board = look.theme, self.board
        for band in board.layout.bands:
            left, right = max(band.left, page.across.start), min(band.right, page.across.end)
            if right - left < 8:
                continue
            bar = QRectF(left - page.across.start + 2, 5, right - left - 4, STAGES - 10)
            draw_box(look.painter, bar, 4, theme.stage if band.stage else theme.sunken)
            if bar.width() < _NAMED:
                continue
            ink, face = theme.on_stage if band.stage else theme.text_2, Face.BASE_BOLD
            lines = look.lettering.wrap(band_name(board, band), face, bar.width() - 20)
            if len(lines) > 1:
                face = Face.META_BOLD
                lines = look.lettering.wrap(band_name(board, band), face, bar.width() - 20)
            top = bar.center().y() - len(lines) * face.line / 2
            paint_lines(QPointF(bar.left() + 10, top), lines, face, ink, look)
