"""Paints the cells: texts, icons and marks; nothing typed is taken for HTML."""

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from journey.model.ids import Kind, TouchpointId
from journey.model.map import Touchpoint
from ui.map.words import STATUS_ICONS
from ui.numbers import NONE
from ui.shell.icons import channel_icon, paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.marks import paint_level_badge, paint_squares, squares_width
from ui.shell.wrapping import paint_line
from ui.table.cells import Cell
from ui.table.columns import Column, Editor
from ui.table.model import TableModel
from ui.table.rows import PastedCell, PastedRow, State
from ui.table.words import tr

if TYPE_CHECKING:
    from ui.table.grid import Grid

ROW_HEIGHT: Final = 28
_PAD, _ICON, _SQUARE = 8, 15, 5
_RIGHT: Final = Qt.AlignmentFlag.AlignRight
_LEFT: Final = Qt.AlignmentFlag.AlignLeft
_TINT: Final = 26  # a tenth of full
_SIGN: Final = 18  # a lock or a sorting beside a column's name
_LEAST_FILTER: Final = 64
_TYPED_FILTER: Final = 100  # one that says what it looks for
Index = QModelIndex | QPersistentModelIndex


@lru_cache(maxsize=16)
def _face(weight: int, *, italic: bool = False, struck: bool = False) -> QFont:
    made = font("base", weight)
    made.setItalic(italic)
    made.setStrikeOut(struck)
    return made


@lru_cache(maxsize=4096)
def _fitted(text: str, weight: int, width: int) -> str:
    """Return a text with an ellipsis where there is no room; the whole of it is in the tooltip."""
    line = " ".join(text.split())
    metrics = QFontMetricsF(_face(weight))
    if metrics.horizontalAdvance(line) <= width + 1:
        return line
    return metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)


def has_room(table: TableModel, row: int, column: Column, width: float) -> bool:
    """Return whether a text stands whole in a cell so wide, logical pixels, as it is painted."""
    text = table.cell(row, column).text
    icon = _ICON + 6 if _icon_of(table, row, column) or table.cell(row, column).mark else 0
    room = int(width - 2 * _PAD - icon) - 1
    return _fitted(text, _weight(column), room) == " ".join(text.split())


def wanted_width(table: TableModel, column: Column, rows: int) -> int:
    """Return the width at which header, filter and the first `rows` rows stand whole."""
    sign = _SIGN if column.computed or any(s.key == column.key for s in table.sorted_by) else 0
    head = QFontMetricsF(font("meta", 600)).horizontalAdvance(table.label(column)) + sign
    field = _TYPED_FILTER if not (column.numeric or column.named) else _LEAST_FILTER
    wide = max(head, field - 2 * _PAD)
    for row in range(min(len(table.rows), rows)):
        text = table.cell(row, column).text
        icon = _ICON + 6 if text and _icon_of(table, row, column) else 0
        wide = max(wide, _wide(" ".join(text.split()), _weight(column)) + icon)
    return round(wide) + 2 * _PAD + 3


@lru_cache(maxsize=1024)
def _wide(text: str, weight: int) -> float:
    return QFontMetricsF(_face(weight)).horizontalAdvance(text)


@lru_cache(maxsize=64)
def _squares(filled: int, colour: int, ratio: float) -> QPixmap:
    """Return five squares as a picture: they stand in every row, and are ten small boxes each."""
    picture = QPixmap(QSize(int(squares_width() * ratio), int(_SQUARE * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        place = QRectF(0, 0, squares_width(), _SQUARE)
        paint_squares(painter, place, filled, QColor.fromRgb(colour))
    return picture


@lru_cache(maxsize=256)
def _glyph(name: str, colour: int, ratio: float) -> QPixmap:
    """Return an icon as a picture in the size of the rows."""
    picture = QPixmap(QSize(int(_ICON * ratio), int(_ICON * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        paint_icon(painter, QRectF(0, 0, _ICON, _ICON), name, QColor.fromRgb(colour))
    return picture


class CellPainter(QStyledItemDelegate):
    """Paints the cells of a grid."""

    def __init__(self, grid: "Grid") -> None:
        super().__init__(grid)
        self._grid = grid

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt's virtual: how wide a cell would like to be."""
        model = self._grid.table
        column = model.columns[index.column()]
        text = model.cell(index.row(), column).text
        wide = _wide(" ".join(text.split())[:120], _weight(column)) + 2 * _PAD + 4
        if column.editor is Editor.CLASS:
            wide += squares_width() + _PAD
        if _icon_of(model, index.row(), column):
            wide += _ICON + 6
        return QSize(int(min(wide, 480)), ROW_HEIGHT)

    def paint_cells(self, painter: QPainter, dirty: QRect) -> None:
        """Paint the cells that touch a rectangle of the viewport, with their hairlines.

        In one pass over rows and columns: the view's own way asks the model five times a cell.
        """
        grid, theme = self._grid, active_theme()
        painter.fillRect(dirty, theme.surface)
        rows = grid.rows_in(dirty)
        columns = [
            (n, grid.columnViewportPosition(n), grid.columnWidth(n)) for n in self._across(dirty)
        ]
        if not rows or not columns:
            return
        tops = [(row, grid.rowViewportPosition(row)) for row in rows]
        foot = tops[-1][1] + ROW_HEIGHT
        right = columns[-1][1] + columns[-1][2]
        for number, left, wide in columns:
            column = grid.table.columns[number]
            if column.computed:
                painter.fillRect(left, tops[0][1], wide, foot - tops[0][1], theme.window)
        for row, top in tops:
            self._row(painter, row, top, columns, theme)
        painter.setPen(theme.hairline)
        for _, top in tops:
            painter.drawLine(columns[0][1], top + ROW_HEIGHT - 1, right - 1, top + ROW_HEIGHT - 1)
        for _, left, wide in columns:
            painter.drawLine(left + wide - 1, tops[0][1], left + wide - 1, foot - 1)

    def _across(self, dirty: QRect) -> range:
        """Return the columns that touch a rectangle."""
        grid = self._grid
        last_one = len(grid.table.columns) - 1
        first, last = grid.columnAt(dirty.left()), grid.columnAt(dirty.right())
        return range(max(first, 0), (last if last >= 0 else last_one) + 1)

    def _row(
        self,
        painter: QPainter,
        row: int,
        top: int,
        columns: list[tuple[int, int, int]],
        theme: Theme,
    ) -> None:
        model, grid = self._grid.table, self._grid
        pasted = model.pasted_into(row)
        if pasted is not None:
            for number, left, wide in columns:
                if not model.columns[number].computed:
                    painter.fillRect(left, top, wide, ROW_HEIGHT, theme.selected)
        tint = tinted(theme.accent)
        for first, last in grid.chosen_in(row):
            start = grid.columnViewportPosition(first)
            end = grid.columnViewportPosition(last) + grid.columnWidth(last)
            painter.fillRect(start, top, end - start, ROW_HEIGHT, tint)
        empty = row == model.new_row and not model.draft
        entity = model.entity(row)
        for number, left, wide in columns:
            column = model.columns[number]
            rect = QRectF(left, top, wide, ROW_HEIGHT)
            if grid.fill.is_dragged and (text := grid.fill.value_at(row, number)) is not None:
                face = _face(400, italic=True)
                paint_line(painter, rect.adjusted(_PAD, 0, -_PAD, 0), text, face, theme.accent)
            elif pasted is not None:
                self._to_be(painter, rect, (row, number, pasted), theme)
            elif empty:
                self._invitation(painter, rect, number, theme)
            else:
                known = entity is not None
                cell = model.cell_of(entity, column) if known else model.cell(row, column)  # type: ignore[arg-type]
                self._content(painter, rect, (row, column, cell), theme)

    def _to_be(
        self, painter: QPainter, rect: QRectF, what: tuple[int, int, PastedRow], theme: Theme
    ) -> None:
        """A cell of a row that is being pasted into."""
        row, number, pasted = what
        model = self._grid.table
        column = model.columns[number]
        cell = pasted.cells.get(column.key)
        if cell is not None:
            self._pasted(painter, rect, (row, column, cell), theme)
        elif not pasted.is_new:
            self._content(painter, rect, (row, column, model.cell(row, column)), theme)
        elif column.computed and (number == 0 or not model.columns[number - 1].computed):
            inner = rect.adjusted(_PAD, 0, -_PAD, 0)
            paint_line(painter, inner, tr("computed"), _face(400), theme.text_3)

    def _invitation(self, painter: QPainter, rect: QRectF, column: int, theme: Theme) -> None:
        """The first cell of the row to type in says so."""
        if column == 0 and not self._grid.document.read_only:
            words = tr("Type here for a new row")
            line = rect.adjusted(_PAD, 0, 200, 0)
            paint_line(painter, line, words, _face(400), theme.text_3)

    def _content(
        self, painter: QPainter, rect: QRectF, what: tuple[int, Column, Cell], theme: Theme
    ) -> None:
        row, column, cell = what
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        if cell.mark == "level":
            side = QRectF(rect.center().x() - 8, rect.center().y() - 8, 16, 16)
            paint_level_badge(painter, side, cell.text, theme)
            return
        if column.editor is Editor.CLASS:
            self._class(painter, inner, cell, theme)
            return
        if column.editor is Editor.CHECK:
            self._check(painter, inner, cell, theme, name=column.key)
            return
        name = _icon_of(self._grid.table, row, column) or _MARKS.get(cell.mark, "")
        if name and cell.text:
            ink = theme.warning if cell.mark == "warning" else theme.text_2
            glyph = _glyph(name, ink.rgb(), painter.device().devicePixelRatio())
            painter.drawPixmap(QPointF(inner.left(), round(inner.center().y() - _ICON / 2)), glyph)
            inner.setLeft(inner.left() + _ICON + 6)
        weight = _weight(column)
        text = _fitted(cell.text, weight, int(inner.width()))
        side_of = _RIGHT if column.numeric else _LEFT
        ink = _ink(column, cell, theme, draft=row == self._grid.table.new_row)
        paint_line(painter, inner, text, _face(weight), ink, alignment=side_of)

    def _class(self, painter: QPainter, inner: QRectF, cell: Cell, theme: Theme) -> None:
        if not isinstance(cell.key, int | float):
            # Also what is typed of a new row has no key; its text stands.
            paint_line(painter, inner, cell.text or tr("not set"), _face(400), theme.text_3)
            return
        ratio = painter.device().devicePixelRatio()
        marks = _squares(int(cell.key), theme.pain_text.rgb(), ratio)
        painter.drawPixmap(QPointF(inner.left(), round(inner.center().y() - _SQUARE / 2)), marks)
        inner.setLeft(inner.left() + squares_width() + _PAD)
        paint_line(painter, inner, cell.text, _face(400), theme.text)

    def _check(
        self, painter: QPainter, inner: QRectF, cell: Cell, theme: Theme, *, name: str
    ) -> None:
        on = cell.text == tr("Yes")
        if not on and name == "moment_of_truth":
            return  # the few that are shall be seen
        place = QRectF(inner.left(), inner.center().y() - 7, 14, 14)
        if on:
            paint_icon(painter, place, "check", theme.accent)
            inner.setLeft(inner.left() + 20)
        paint_line(painter, inner, cell.text, _face(400), theme.text if on else theme.text_3)

    def _pasted(
        self,
        painter: QPainter,
        rect: QRectF,
        what: tuple[int, Column, PastedCell],
        theme: Theme,
    ) -> None:
        """A cell to be pasted: the old value struck out, a doubt framed, what stays grey."""
        row, column, cell = what
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        text = cell.shown or cell.text
        if cell.state in (State.DOUBT, State.REFUSED):
            frame = rect.adjusted(1, 1, -2, -2)
            painter.setPen(theme.blind_line)
            painter.setBrush(theme.blind)
            painter.drawRect(frame)
            icon = QRectF(inner.left(), inner.center().y() - 7, 14, 14)
            paint_icon(painter, icon, "warning", theme.warning)
            inner.setLeft(inner.left() + 19)
            if cell.state is State.DOUBT:
                text = f"{cell.text.strip()}?"
            line = _fitted(text, 600, int(inner.width()))
            paint_line(painter, inner, line, _face(600), theme.warning)
            return
        if cell.state is State.CHANGED:
            painter.setPen(theme.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
            old = _fitted(self._grid.table.cell(row, column).text, 400, int(inner.width() / 2))
            struck = _face(400, struck=True)
            paint_line(painter, inner, old, struck, theme.text_3)
            inner.setLeft(inner.left() + (_wide(old, 400) + 6 if old else 0))
            line = _fitted(text or NONE, 600, int(inner.width()))
            paint_line(painter, inner, line, _face(600), theme.text)
            return
        fresh = Cell(text, _class_key(column, cell))
        ink_of = 1 if cell.state is State.SAME else 0
        if column.editor is Editor.CLASS and fresh.key is not None:
            self._class(painter, inner, fresh, theme)
            return
        line = _fitted(text, _weight(column), int(inner.width()))
        side_of = _RIGHT if column.numeric else _LEFT
        ink = theme.text_3 if ink_of else theme.text
        paint_line(painter, inner, line, _face(_weight(column)), ink, alignment=side_of)


_MARKS: Final = {"check": "check", "warning": "warning"}


def _class_key(column: Column, cell: PastedCell) -> float | None:
    known = column.editor is Editor.CLASS and isinstance(cell.value, int)
    return float(cell.value) if known and isinstance(cell.value, int) else None


def _ink(column: Column, cell: Cell, theme: Theme, *, draft: bool) -> QColor:
    if draft:
        return theme.accent
    if cell.faint or cell.text == NONE:
        return theme.text_3
    if cell.mark == "warning":
        return theme.warning
    if column.computed and column.key not in ("value", "rank"):
        return theme.text_2
    return theme.text


def _weight(column: Column) -> int:
    if column.key in ("name", "title") and column.needed:
        return 500
    return 600 if column.computed and column.key == "value" else 400


def _icon_of(model: TableModel, row: int, column: Column) -> str:
    """Return the icon before a cell's text: a channel's or a status'."""
    entity = model.entity(row)
    if entity is None:
        return ""
    if column.key == "status":
        status = str(getattr(entity, "status", ""))
        return _STATUS.get(status) or STATUS_ICONS.get(status, "circle")
    if column.key == "channel":
        return channel_icon(str(getattr(entity, "channel", "")))
    if column.of is not Kind.TOUCHPOINT:
        return ""
    target = getattr(entity, column.key, None)
    spot = model.workspace.touchpoints.get(TouchpointId(str(target))) if target else None
    return channel_icon(spot.channel) if isinstance(spot, Touchpoint) else ""


_STATUS: Final = {"open": "circle", "solved": "check-circle", "dropped": "x"}


def tinted(colour: QColor) -> QColor:
    """Return a colour at a tenth of its strength."""
    thin = QColor(colour)
    thin.setAlpha(_TINT)
    return thin
