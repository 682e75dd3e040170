"""A journey's map as a picture: whole, or page by page with stages and lane names repeated."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from journey.model.ids import JourneyId, PersonaId
from journey.model.workspace import Workspace
from ui.map.arranging import arrange, stage_notes
from ui.map.board import Board
from ui.map.cells import Mould
from ui.map.experience import BLIND_ROW, ExperienceLine, fit
from ui.map.figures import NO_FIGURES, MapFigures
from ui.map.headers import span_name
from ui.map.lanes import LaneKind, LaneSpec, lane_icon
from ui.map.layout import MapLayout, StageSpan, Step, steps
from ui.map.lettering import Face, QtLettering
from ui.map.paint import Look, paint_lines, rect_of
from ui.map.picture import (
    NAMES,
    STAGES,
    STEPS,
    paint_axis,
    paint_picture,
    paint_service_names,
    picture_size,
)
from ui.map.scene import paint_map
from ui.map.shown import Over, Shown
from ui.render.pages import Page, hidden_in
from ui.render.windows import Window, windows
from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme

_FEWEST: Final = 2  # columns of a page, however narrow it is


@dataclass(slots=True)
class _Drawn:
    """What is painted, in a theme of its own.

    No scene of Qt's: a picture may be let go of anywhere, and then nothing of it may need the
    GUI thread.
    """

    layout: MapLayout
    lettering: QtLettering
    theme: Theme
    steps: tuple[Step, ...]
    shown: Shown = field(default_factory=Shown)
    over: Over = field(default_factory=Over)

    def look(self, painter: QPainter) -> Look:
        """Return what painting needs, in the picture's theme."""
        return Look(painter, self.lettering, self.theme, self.layout.shape.column)


class MapPicture:
    """A map ready to be drawn, with all its lanes open."""

    def __init__(
        self,
        ws: Workspace,
        journey: JourneyId,
        theme: Theme,
        figures: MapFigures = NO_FIGURES,
        *,
        persona: PersonaId | None = None,
        lanes: Collection[str] | None = None,
    ) -> None:
        """Lay the map out.

        Args:
            lanes: keys of the lanes to show; None for those the journey shows.
        """
        owner = ws.journeys.get(journey)
        self.title = owner.name if owner is not None else ""
        lettering = QtLettering()
        self.board = Board(ws, journey, lettering)
        prefs = [replace(pref, fold="") for pref in self.board.all_prefs()]
        if lanes is not None:
            prefs = [replace(pref, hidden=pref.key not in lanes) for pref in prefs]
        self.board.set_prefs(tuple(prefs))
        self.board.set_figures(figures)
        if persona is not None:
            self.board.set_persona(persona)
        self._whole = self.board.layout
        self._drawn = _Drawn(self._whole, lettering, theme, steps(self._whole))

    @property
    def theme(self) -> Theme:
        """The colours."""
        return self._drawn.theme

    @property
    def layout(self) -> MapLayout:
        """The layout of the whole map."""
        return self._whole

    @property
    def shown_layout(self) -> MapLayout:
        """The layout that is painted: the whole, or parted for the pages asked for last."""
        return self._drawn.layout

    @property
    def origin(self) -> QPointF:
        """Where the first column and lane begin in the whole picture."""
        return QPointF(NAMES, self._head)

    @property
    def _head(self) -> float:
        return STAGES + (STEPS if self._drawn.steps else 0.0)

    def size(self) -> QSizeF:
        """Return the size of the whole picture, logical pixels at 100 %."""
        return picture_size(self._drawn)

    def paint(self, painter: QPainter) -> None:
        """Paint the whole picture from the top left."""
        self._show(self._whole)
        paint_picture(painter, self._drawn)

    def _show(self, layout: MapLayout) -> None:
        self._drawn.layout = layout
        self._drawn.steps = steps(layout)

    # -- pages ----------------------------------------------------------------------------------

    def pages(self, room: QSizeF) -> list[Page]:
        """Part the map into pages with this room, logical pixels at 100 %, strips included."""
        columns = self._columns_by_page(room.width() - NAMES)
        self._show(_parted(self.board, self._whole, columns))
        wide = self._whole.shape.column
        across = [Window(c.start * wide, c.stop * wide) for c in columns]
        cards: dict[int, list[QRectF]] = defaultdict(list)
        pages_of = {column: n for n, part in enumerate(columns) for column in part}
        for _, box in self._drawn.layout.boxes():
            cards[pages_of[int(box.x // wide)]].append(rect_of(box))
        return [
            page
            for n, part in enumerate(across)
            for page in self._pages_down(part, across, cards[n], room)
        ]

    def _columns_by_page(self, room: float) -> list[range]:
        """Return the columns of each page; a stage begins a page where that wastes little."""
        wide = self._whole.shape.column
        room = max(room, _FEWEST * wide)
        starts = [span.first * wide for span in self._whole.spans]
        solids = [(i * wide, (i + 1) * wide) for i in range(len(self._whole.columns))]
        found = windows(self._whole.width, room, solids, starts)
        return [range(round(w.start / wide), round(w.end / wide)) for w in found]

    def _pages_down(
        self, across: Window, columns: Sequence[Window], cards: list[QRectF], room: QSizeF
    ) -> list[Page]:
        layout = self._drawn.layout
        curves = layout.lane_of(LaneKind.EXPERIENCE)
        if curves is not None:
            row = layout.lanes[curves]
            cards.append(QRectF(across.start, row.top, across.end - across.start, row.height))
        solids = [(card.top(), card.bottom()) for card in cards]
        likes = [row.top for row in layout.lanes]
        rows = windows(layout.height, max(room.height() - self._head, 120.0), solids, likes)
        return [Page(across, down, hidden_in(across, down, cards, columns, rows)) for down in rows]

    def page_size(self, page: Page) -> QSizeF:
        """Return what a page takes, its strips included."""
        return QSizeF(NAMES + page.part.width(), self._head + page.part.height())

    def paint_page(self, painter: QPainter, page: Page) -> None:
        """Paint a page from the top left, its stages and lane names in their strips."""
        self.paint_strips(painter, page)
        painter.save()
        part = self.part_of(page)
        painter.translate(part.topLeft() - page.part.topLeft())
        page.clip(painter)
        self._paint_part(painter, page)
        painter.restore()

    def part_of(self, page: Page) -> QRectF:
        """Return where on a page its part of the map stands, beside the strips."""
        return QRectF(QPointF(NAMES, self._head), page.part.size())

    def paint_strips(self, painter: QPainter, page: Page) -> None:
        """Paint the ground of a page, and its stages and lane names in their strips."""
        look = self._drawn.look(painter)
        painter.fillRect(QRectF(QPointF(0, 0), self.page_size(page)), look.theme.canvas)
        self._paint_stages(look, page)
        self._paint_names(look, page)

    def paint_part(self, painter: QPainter, page: Page) -> None:
        """Paint the part of a page unclipped, from its own top left, for who clips it itself."""
        painter.save()
        painter.translate(-page.part.topLeft())
        self._paint_part(painter, page)
        for card in page.hidden:
            painter.fillRect(card.adjusted(-1, -1, 1, 1), self.theme.canvas)
        painter.restore()

    def _paint_part(self, painter: QPainter, page: Page) -> None:
        parted = self._drawn.layout
        self._drawn.layout = _only_on(page, parted)
        paint_map(painter, page.part, self._drawn, True, {})
        self._drawn.layout = parted

    def _paint_stages(self, look: Look, page: Page) -> None:
        layout, theme = self._drawn.layout, look.theme
        wide = layout.shape.column
        shift = NAMES - page.across.start
        for span in layout.spans:
            if not page.across.start - 1 <= span.first * wide < page.across.end - 1:
                continue
            bar = QRectF(shift + span.first * wide + 2, 5, span.count * wide - 4, STAGES - 10)
            draw_box(look.painter, bar, 4, theme.stage if span.stage else theme.sunken)
            ink = theme.on_stage if span.stage else theme.text_2
            _paint_name(look, bar, span_name(span), ink)
        for step in self._drawn.steps:
            first, last = step.first * wide, (step.first + step.count) * wide
            left, right = max(first, page.across.start), min(last, page.across.end)
            if left < right:
                bar = QRectF(shift + left + 2, STAGES - 3, right - left - 4, STEPS)
                draw_box(look.painter, bar, 3, theme.accent_tint)
                text = look.lettering.wrap(step.name, Face.META, bar.width() - 12)[:1]
                place = QPointF(bar.left() + 8, bar.top() + 1)
                paint_lines(place, text, Face.META, theme.text, look)

    def _paint_names(self, look: Look, page: Page) -> None:
        layout, theme = self._drawn.layout, look.theme
        shift = self._head - page.down.start
        for row in layout.lanes:
            top, bottom = max(row.top, page.down.start), min(row.bottom, page.down.end)
            if bottom - top < 20.0:
                continue
            top += shift
            look.painter.fillRect(QRectF(0, top, NAMES, 1), theme.hairline)
            paint_icon(look.painter, QRectF(10, top + 8, 15, 15), lane_icon(row.spec), theme.text_2)
            lines = look.lettering.wrap(row.spec.name, Face.META_BOLD, NAMES - 34)
            paint_lines(QPointF(30, top + 8), lines, Face.META_BOLD, theme.text_2, look)
            if row.spec.kind is LaneKind.EXPERIENCE:
                below = min(row.bottom, page.down.end) - row.top
                paint_axis(look, layout.experience, row.top + shift, below)
        paint_service_names(look, layout, shift, (page.down.start, page.down.end))


def _paint_name(look: Look, bar: QRectF, name: str, ink: object) -> None:
    face = Face.BASE_BOLD
    lines = look.lettering.wrap(name, face, bar.width() - 20)
    if len(lines) > 1:
        face = Face.META_BOLD
        lines = look.lettering.wrap(name, face, bar.width() - 20)
    top = bar.center().y() - len(lines) * face.line / 2
    paint_lines(QPointF(bar.left() + 10, top), lines, face, ink, look)  # type: ignore[arg-type]


def _parted(board: Board, layout: MapLayout, columns: Sequence[range]) -> MapLayout:
    """Return the layout with stages parted where pages are, each with its name and notes.

    A note on a whole stage is broken to the width it has on each page, so it is never cut.
    """
    lanes = tuple(row.spec for row in layout.lanes)
    spans = [
        piece
        for span in layout.spans
        for part in columns
        if (piece := _piece(board, lanes, span, part)) is not None
    ]
    line = _relabelled(layout, columns)
    return arrange(layout.shape, lanes, layout.columns, spans, line)


def _only_on(page: Page, layout: MapLayout) -> MapLayout:
    """Return the layout without the words that stand on other pages.

    They would be clipped, and yet be found in a PDF where nobody sees them.
    """
    wide = layout.shape.column
    columns = list(layout.columns)
    first, last = round(page.across.start / wide), round(page.across.end / wide)
    for index in range(max(first - 2, 0), min(last + 2, len(columns))):
        cells = columns[index]
        if not first <= index < last:
            # A neighbour: painting reaches a little over the edge.
            columns[index] = replace(cells, stacks=tuple(() for _ in cells.stacks))
            continue
        stacks = tuple(
            tuple(
                block
                if page.shows(rect_of(layout.placed(index, lane, stack, place)))
                else replace(block, lines=(), foot=("",), shared=(), foot_split=0)
                for place, block in enumerate(stack)
            )
            for lane, stack in enumerate(cells.stacks)
        )
        columns[index] = replace(cells, stacks=stacks)
    spots = tuple(spot for spot in layout.experience.blind_spots if first <= spot.column < last)
    line = replace(layout.experience, blind_spots=spots)
    return replace(layout, columns=tuple(columns), experience=line)


def _piece(
    board: Board, lanes: tuple[LaneSpec, ...], span: StageSpan, part: range
) -> StageSpan | None:
    first = max(span.first, part.start)
    count = min(span.first + span.count, part.stop) - first
    if count <= 0:
        return None
    if count == span.count:
        return span
    shape = board.shape
    mould = Mould(board.lettering, shape.column, shape.gutter)
    stacks = stage_notes(mould, lanes, span.notes, count * shape.column - 2 * shape.gutter)
    touchpoints = count if span.touchpoints else 0
    return replace(span, first=first, count=count, touchpoints=touchpoints, stacks=stacks)


def _relabelled(layout: MapLayout, columns: Sequence[range]) -> ExperienceLine:
    """Return the line with each label of a blind spot on the page of its column."""
    line, wide = layout.experience, layout.shape.column
    if not line.blind_spots:
        return line
    spots = []
    for part in columns:
        mine = [
            (s.column - part.start, s.text, s.width) for s in line.blind_spots if s.column in part
        ]
        placed = fit(line.points[part.start : part.stop], mine, wide, line.height).blind_spots
        spots += [
            replace(s, column=s.column + part.start, left=s.left + part.start * wide)
            for s in placed
        ]
    rows = round((max(s.top for s in spots) - min(s.top for s in spots)) / BLIND_ROW) + 1
    before = {s.top for s in line.blind_spots}
    grown = max(rows - len(before), 0) * BLIND_ROW
    return replace(
        line,
        blind_spots=tuple(spots),
        top=line.top + grown,
        bottom=line.bottom + grown,
        height=line.height + grown,
    )
