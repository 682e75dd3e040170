"""Paints the lines of the list."""

from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from journey.priority.result import Level, RankedItem
from ui import numbers
from ui.priorities import words
from ui.priorities.columns import EDGE, Columns, columns_for
from ui.priorities.figures import Figures
from ui.priorities.lines import Line, LineKind, Sort
from ui.priorities.model import LINE_ROLE, RankingModel
from ui.priorities.slides import Slides
from ui.shell.drawing import draw_box, paint_focus_ring
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets import marks
from ui.shell.wrapping import paint_line, text_width, wrap

ROW: Final = 40
GROUP: Final = 28
CUT: Final = 24
_PAD: Final = 3.5
_TITLE_LINE, _META_LINE = 18.0, 15.0
# An advance and a laid-out line differ by a pixel or two: near the edge only laying out tells.
_DOUBT: Final = 8
_RIGHT: Final = Qt.AlignmentFlag.AlignRight
_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Priorities", text)


class RowPainter(QStyledItemDelegate):
    """The delegate of the list. A long title takes more lines; nothing is cut."""

    def __init__(self, model: RankingModel, slides: Slides, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model, self._slides = model, slides
        self._heights: dict[tuple[str, str, int], int] = {}
        self.ring = False
        self.detail_height = 0

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Qt's virtual."""
        line = index.data(LINE_ROLE)
        width = option.rect.width()
        if not isinstance(line, Line):
            return QSize(width, ROW)
        return QSize(width, self._height(line, width))

    def _height(self, line: Line, width: int) -> int:
        if line.kind is LineKind.GROUP:
            return GROUP
        if line.kind is LineKind.CUT:
            return CUT
        if line.kind is LineKind.DETAIL:
            return self.detail_height
        assert line.item is not None
        room = int(columns_for(width).places[Sort.PAIN_POINT][1])
        key = (line.item.title, words.place(line.item), room)
        known = self._heights.get(key)
        if known is None:
            known = self._heights[key] = self._measured(line.item, room)
        return known

    @staticmethod
    def _measured(item: RankedItem, room: int) -> int:
        lines, metas = 1, 1
        if text_width(item.title, font("base", 500)) > room - _DOUBT:
            lines = wrap(item.title, font("base", 500), _TITLE_LINE, room).lines
        if text_width(words.place(item), font("meta")) > room - 16 - _DOUBT:
            metas = wrap(words.place(item), font("meta"), _META_LINE, room - 16).lines
        return max(ROW, int(lines * _TITLE_LINE + metas * _META_LINE + 2 * _PAD))

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        _index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Qt's virtual: a detail takes its whole line, without the style's padding."""
        editor.setGeometry(option.rect)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Qt's virtual."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, Line):
            return
        theme = active_theme()
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.kind is LineKind.GROUP:
            _paint_group(painter, rect, line, theme)
        elif line.kind is LineKind.CUT:
            _paint_cut(painter, rect, line, theme)
        elif line.kind is LineKind.DETAIL:
            _paint_ground(painter, rect, theme, selected=True, hot=False, open_below=False)
        elif line.item is not None:
            is_open = self._model.open_row() == index.row()
            rect.translate(0, self._slides.offset(line.key))
            self._paint_item(painter, rect, line.item, option.state, is_open)
        painter.restore()

    def _paint_item(
        self,
        painter: QPainter,
        rect: QRectF,
        item: RankedItem,
        state: QStyle.StateFlag,
        is_open: bool,
    ) -> None:
        theme = active_theme()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hot = bool(state & QStyle.StateFlag.State_MouseOver)
        _paint_ground(
            painter, rect, theme, selected=selected, hot=hot, open_below=is_open and selected
        )
        columns = columns_for(int(rect.width()))
        painter.translate(rect.left(), 0)
        cells = _Cells(painter, columns, rect.top(), rect.height(), theme)
        figures = self._model.figures
        cells.rank(item)
        cells.title(item, self._model.icon(item))
        cells.leader(item)
        if figures is not None and figures.interval(item) is not None:
            cells.value(item, figures)
        else:
            cells.words(item, self._model.stands_for_figure(item))
        if figures is not None:
            cells.chance(item, figures)
            cells.effort(item, self._model.shared_word(item))
            cells.per_day(figures.per_day(item))
        cells.level(item)
        painter.translate(-rect.left(), 0)
        if self.ring and bool(state & QStyle.StateFlag.State_HasFocus):
            paint_focus_ring(painter, rect.adjusted(1, 1, -1, -1), 4, theme)


class _Cells:
    """Paints the cells of one row."""

    def __init__(
        self, painter: QPainter, columns: Columns, top: float, height: float, theme: Theme
    ) -> None:
        self._painter, self._columns, self._theme = painter, columns, theme
        self._top, self._height = top, height

    def _cell(self, column: Sort) -> QRectF:
        return self._columns.rect(column, self._top, self._height)

    def rank(self, item: RankedItem) -> None:
        cell, theme = self._cell(Sort.RANK), self._theme
        if item.rank is None:
            paint_line(self._painter, cell, numbers.NONE, font("base"), theme.text_3)
            return
        face = font("title", 600)
        text = numbers.number(item.rank, 0)
        paint_line(self._painter, cell, text, face, theme.text)
        cell.setLeft(cell.left() + text_width(text, face) + 5)
        cell.translate(0, 1)
        span = words.rank_range(item)
        if span and span != text:
            paint_line(self._painter, cell, span, font("meta"), theme.text_2)

    def title(self, item: RankedItem, icon_name: str) -> None:
        cell = self._cell(Sort.PAIN_POINT)
        room = int(cell.width())  # as it was measured
        title = wrap(item.title, font("base", 500), _TITLE_LINE, room)
        meta = wrap(words.place(item), font("meta"), _META_LINE, room - 16)
        top = cell.center().y() - (title.height + meta.height) / 2
        title.paint(self._painter, QPointF(cell.left(), top), self._theme.text)
        top += title.height
        place = QRectF(cell.left(), top + 1.5, 12, 12)
        paint_icon(self._painter, place, icon_name, self._theme.text_2)
        meta.paint(self._painter, QPointF(cell.left() + 16, top), self._theme.text_2)

    def leader(self, item: RankedItem) -> None:
        cell = self._cell(Sort.LEADER)
        name = words.leader_name(item)
        if item.leader is None:
            disc = QRectF(cell.left() + 2, cell.center().y() - 9, 18, 18)
            draw_box(
                self._painter, disc, 9, None, line=self._theme.neutral,
                style=Qt.PenStyle.DashLine,
            )  # fmt: skip
        else:
            disc = QRectF(cell.left(), cell.center().y() - 11, 22, 22)
            marks.paint_avatar(self._painter, disc, name, self._theme)
        if self._columns.leader_names:
            cell.setLeft(cell.left() + 28)
            ink = self._theme.text_2 if item.leader is None else self._theme.text
            self._paragraph(cell, name, font("base"), _TITLE_LINE, ink)

    def value(self, item: RankedItem, figures: Figures) -> None:
        theme, axis = self._theme, self._columns.axis_rect(self._top, self._height)
        for tick in figures.ticks:
            x = round(figures.scale.at(tick, axis))
            self._painter.fillRect(QRectF(x, self._top, 1, self._height), theme.hairline)
        interval = figures.interval(item)
        assert interval is not None
        marks.paint_interval(self._painter, axis, interval, figures.scale, theme)
        cell, bold = self._cell(Sort.VALUE), font("base", 600)
        if item.level is not Level.B:
            paint_line(self._painter, cell, figures.value(item), bold, theme.text, alignment=_RIGHT)
            return
        upper, lower = _two_lines(cell)
        paint_line(self._painter, upper, figures.value(item), bold, theme.text, alignment=_RIGHT)
        word = tr("link assumed")
        paint_line(self._painter, lower, word, font("meta"), theme.text_2, alignment=_RIGHT)

    def words(self, item: RankedItem, text: str) -> None:
        cell = self._cell(Sort.VALUE)
        if item.level is Level.E:
            place = QRectF(cell.left(), cell.center().y() - 7, 14, 14)
            paint_icon(self._painter, place, "users-three", self._theme.text_2)
            cell.setLeft(cell.left() + 20)
        self._paragraph(cell, text, font("sticky"), 16, self._theme.text_2)

    def chance(self, item: RankedItem, figures: Figures) -> None:
        cell = self._cell(Sort.TOP)
        if item.p_top5 is None or figures.interval(item) is None:
            paint_line(self._painter, cell, numbers.NONE, font("base"), self._theme.text_3)
            return
        if cell.width() > 80:
            track = QRectF(cell.left(), cell.top(), 38, cell.height())
            marks.paint_share(self._painter, track, item.p_top5, self._theme)
            cell.setLeft(track.right() + 8)
        paint_line(
            self._painter, cell, numbers.percent(item.p_top5), font("base"), self._theme.text
        )

    def effort(self, item: RankedItem, shared: str) -> None:
        cell, theme = self._cell(Sort.EFFORT), self._theme
        if item.rank is None:
            paint_line(
                self._painter, cell, numbers.NONE, font("base"), theme.text_3, alignment=_RIGHT
            )
            return
        text = numbers.days(item.effort_days)
        if not item.effort_assumed and item.joint < 2:
            paint_line(self._painter, cell, text, font("base"), theme.text, alignment=_RIGHT)
            return
        upper, lower = _two_lines(cell)
        ink = theme.text_2 if item.effort_assumed else theme.text
        paint_line(self._painter, upper, text, font("base"), ink, alignment=_RIGHT)
        # Value per day is that of the whole improvement: the row says so where it does more.
        word = tr("assumed") if item.effort_assumed else shared
        paint_line(self._painter, lower, word, font("meta"), theme.text_2, alignment=_RIGHT)

    def per_day(self, text: str) -> None:
        ink = self._theme.text_3 if text == numbers.NONE else self._theme.text
        face: QFont = font("base", 400 if text == numbers.NONE else 600)
        paint_line(self._painter, self._cell(Sort.SCORE), text, face, ink, alignment=_RIGHT)

    def level(self, item: RankedItem) -> None:
        cell = self._cell(Sort.LEVEL)
        side = float(marks.BADGE_SIZE)
        place = QRectF(round(cell.center().x() - side / 2), round(cell.center().y() - side / 2),
                       side, side)  # fmt: skip
        marks.paint_level_badge(self._painter, place, item.level.value, self._theme)

    def _paragraph(self, cell: QRectF, text: str, face: QFont, line: float, ink: object) -> None:
        """Paint text in the middle of a cell, on as many lines as it takes."""
        laid = wrap(text, face, line, cell.width())
        place = QPointF(cell.left(), cell.center().y() - laid.height / 2)
        laid.paint(self._painter, place, ink)  # type: ignore[arg-type]


def _two_lines(cell: QRectF) -> tuple[QRectF, QRectF]:
    """Return the places of a figure and of the word under it."""
    middle = cell.center().y()
    upper = QRectF(cell.left(), middle - 16.5, cell.width(), _TITLE_LINE)
    return upper, QRectF(cell.left(), middle + 1.5, cell.width(), _META_LINE)


def _paint_ground(
    painter: QPainter, rect: QRectF, theme: Theme, *, selected: bool, hot: bool, open_below: bool
) -> None:
    ground = theme.selected if selected else theme.sunken if hot else theme.surface
    painter.fillRect(rect, ground)
    if selected:
        painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.accent)
    if not open_below:
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.hairline)


def _paint_group(painter: QPainter, rect: QRectF, line: Line, theme: Theme) -> None:
    painter.fillRect(rect, theme.sunken)
    inner = rect.adjusted(EDGE, 0, -EDGE, 0)
    bold = font("sticky", 600)
    paint_line(painter, inner, line.title, bold, theme.text)
    wide = text_width(line.title, bold) + 10
    note = inner.adjusted(wide, 0, 0, 0)
    paint_line(painter, note, line.note, font("sticky"), theme.text_2)
    taken = wide + QFontMetricsF(font("sticky")).horizontalAdvance(line.note) + 24
    if taken + text_width(line.aside, font("sticky")) < inner.width():
        paint_line(painter, inner, line.aside, font("sticky"), theme.text_2, alignment=_RIGHT)


def _paint_cut(painter: QPainter, rect: QRectF, line: Line, theme: Theme) -> None:
    painter.fillRect(rect, theme.surface)
    inner = rect.adjusted(EDGE, 0, -EDGE, -2)
    bold = font("sticky", 600)
    paint_line(painter, inner, line.title, bold, theme.accent)
    inner.setLeft(inner.left() + text_width(line.title, bold) + 10)
    paint_line(painter, inner, line.note, font("sticky"), theme.text_2)
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), theme.accent)
