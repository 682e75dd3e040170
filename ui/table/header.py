"""The header of the table: names with sorting and locks, and a row of filters under them."""

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QGuiApplication,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.shell.icons import paint_icon
from ui.shell.theme import active_theme
from ui.shell.type import font
from ui.shell.wrapping import paint_line
from ui.table.columns import Column, Editor
from ui.table.filters import FilterLine, FilterPick
from ui.table.paint import ROW_HEIGHT
from ui.table.sorting import Filter, SortBy
from ui.table.words import tr

if TYPE_CHECKING:
    from ui.table.grid import Grid

LABELS: Final = 30
FILTERS: Final = 32
_SIDE: Final = 60
_EDGE: Final = 5  # pixels beside a border where it is dragged, not sorted by


class _FilterGround(QWidget):
    """What the filters stand on, with the columns' lines and the one under all of them."""

    def __init__(self, header: "TableHeader") -> None:
        super().__init__(header)
        self._header = header

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        header, theme = self._header, active_theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.surface)
            for number, column in enumerate(header.grid.table.columns):
                left = header.sectionViewportPosition(number) + header.viewport().x()
                box = QRect(left, 0, header.sectionSize(number), self.height())
                if column.computed:
                    painter.fillRect(box, theme.window)
                painter.fillRect(box.right(), 0, 1, self.height(), theme.hairline)
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.outline)


class TableHeader(QHeaderView):
    """Names over filters.

    Attributes:
        sort_asked: (key, whether it is added to what is sorted by already).
        filtered: (key, Filter). menu_asked: (key, place on the screen). ordered: keys as dragged.
    """

    sort_asked = Signal(str, bool)
    filtered = Signal(str, object)
    menu_asked = Signal(str, QPoint)
    ordered = Signal(list)

    def __init__(self, grid: "Grid") -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self.grid = grid
        self.fields: dict[str, QWidget] = {}
        self._ground = _FilterGround(self)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(44)
        self.setAccessibleName(tr("Columns"))
        self._pressed = QPoint()
        self._settling = False
        self.dragged = False  # a person gave a column its width
        self.sectionResized.connect(self._on_resized)
        self.sectionMoved.connect(self._on_moved)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(120)  # filters follow when the hand rests
        self._wait.timeout.connect(self._send)
        self._waiting = ""

    # -- filters --------------------------------------------------------------------------------

    def rebuild(self) -> None:
        """Make the filters of the columns shown now."""
        for old in self.fields.values():
            old.hide()
            old.deleteLater()
        self.fields = {}
        table = self.grid.table
        for column in table.columns:
            wanted = table.filters.get(column.key, Filter())
            field = self._field(column, wanted)
            self.fields[column.key] = field
            field.setAccessibleName(tr("Filter by {0}").format(table.label(column)))
            field.show()
        self._order_tabs()
        self.place_filters()

    def _field(self, column: Column, wanted: Filter) -> QWidget:
        if column.named or column.key in ("level", "reached", "metric", "asks"):
            pick = FilterPick(self)
            pick.set_offer(lambda: self.grid.texts_of(column))
            pick.set_chosen(wanted.chosen)
            pick.chosen.connect(lambda kept: self._filter(column.key, Filter(chosen=kept)))
            return pick
        line = FilterLine(self)
        hint = "" if column.numeric else tr("contains …")
        line.setPlaceholderText(hint)
        line.setText(wanted.text)
        line.textEdited.connect(lambda _text: self._later(column.key))
        line.entered.connect(lambda: self._now(column.key))
        line.left.connect(self.grid.setFocus)
        return line

    def _order_tabs(self) -> None:
        fields = list(self.fields.values())
        for before, after in pairwise(fields):
            QWidget.setTabOrder(before, after)

    def _later(self, key: str) -> None:
        if self._waiting and self._waiting != key:
            self._send()
        self._waiting = key
        self._wait.start()

    def _now(self, key: str) -> None:
        self._waiting = key
        self._send()

    def _send(self) -> None:
        self._wait.stop()
        key, self._waiting = self._waiting, ""
        line = self.fields.get(key)
        if isinstance(line, FilterLine):
            self._filter(key, Filter(line.text()))

    def _filter(self, key: str, wanted: Filter) -> None:
        self.filtered.emit(key, wanted)
        self.show_filters()

    def show_filters(self) -> None:
        """Show which filters are set, also those taken away elsewhere."""
        table = self.grid.table
        for key, field in self.fields.items():
            wanted = table.filters.get(key, Filter())
            if isinstance(field, FilterPick):
                field.set_chosen(wanted.chosen)
            elif isinstance(field, FilterLine):
                if wanted.text != field.text() and not field.hasFocus():
                    field.setText(wanted.text)
                field.set_state(bool(wanted), bad=table.is_bad(key))

    def place_filters(self) -> None:
        """Put every filter under its column."""
        for number, column in enumerate(self.grid.table.columns):
            field = self.fields.get(column.key)
            if field is not None:
                left = self.sectionViewportPosition(number) + self.viewport().x()
                wide = self.sectionSize(number)
                field.setGeometry(left + 3, LABELS + 2, max(wide - 7, 10), FILTERS - 5)
        self._ground.setGeometry(0, LABELS, self.width(), FILTERS)
        self._ground.update()

    # -- Qt's virtuals ----------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Qt's virtual: names and filters."""
        return QSize(super().sizeHint().width(), LABELS + FILTERS)

    def updateGeometries(self) -> None:
        """Qt's virtual: the filters stand below the names."""
        self.setViewportMargins(0, 0, 0, FILTERS)
        super().updateGeometries()
        self.place_filters()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Qt's virtual: the name, its sorting and its lock."""
        table, theme = self.grid.table, active_theme()
        if not 0 <= section < len(table.columns):
            return
        column = table.columns[section]
        painter.save()
        sort = next((s for s in table.sorted_by if s.key == column.key), None)
        ground = theme.window if column.computed else theme.surface
        painter.fillRect(rect, theme.selected if sort is not None else ground)
        inner = QRectF(rect).adjusted(8, 0, -8, 0)
        if column.computed:
            lock = QRectF(inner.right() - 12, inner.center().y() - 6, 12, 12)
            paint_icon(painter, lock, "lock-simple", theme.text_3)
            inner.setRight(inner.right() - 17)
        if sort is not None:
            name = "sort-descending" if sort.descending else "sort-ascending"
            place = QRectF(inner.left(), inner.center().y() - 7, 14, 14)
            paint_icon(painter, place, name, theme.accent)
            inner.setLeft(inner.left() + 18)
        face = font("meta", 600)
        text = QFontMetricsF(face).elidedText(
            table.label(column), Qt.TextElideMode.ElideRight, inner.width() + 1
        )
        right = column.numeric and column.editor is not Editor.CLASS
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        ink = theme.accent if sort is not None else theme.text_2
        paint_line(painter, inner, text, face, ink, alignment=side)
        painter.setPen(theme.hairline)
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: where it was pressed decides between sorting and dragging."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a click sorts."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        still = (place - self._pressed).manhattanLength() < 4
        section = self.logicalIndexAt(place)
        if event.button() != Qt.MouseButton.LeftButton or not still or section < 0:
            return
        inside = place.x() - self.sectionViewportPosition(section)
        if _EDGE < inside < self.sectionSize(section) - _EDGE:
            more = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.sort_asked.emit(self.grid.table.columns[section].key, more)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's virtual."""
        section = self.logicalIndexAt(event.pos())
        if 0 <= section < len(self.grid.table.columns):
            key = self.grid.table.columns[section].key
            self.menu_asked.emit(key, event.globalPos())

    def _on_resized(self, _section: int, _before: int, _after: int) -> None:
        held = QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton
        self.dragged = self.dragged or bool(held)
        self.place_filters()

    def _on_moved(self, _logical: int, _before: int, _after: int) -> None:
        """A column was dragged: the model takes the order, the header lets go of it."""
        if self._settling:
            return
        columns = self.grid.table.columns
        keys = [columns[self.logicalIndex(i)].key for i in range(len(columns))]
        self._settling = True
        for place in range(len(columns)):
            self.moveSection(self.visualIndex(place), place)
        self._settling = False
        self.ordered.emit(keys)


class RowNumbers(QHeaderView):
    """The rows' numbers; a click selects a row. Rows to be pasted and the new one say so."""

    def __init__(self, grid: "Grid") -> None:
        super().__init__(Qt.Orientation.Vertical, grid)
        self._grid = grid
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(ROW_HEIGHT)
        self.setDefaultSectionSize(ROW_HEIGHT)
        self.setAccessibleName(tr("Row numbers"))

    def sizeHint(self) -> QSize:
        """Qt's virtual: room for five figures and for "row 6" with its icon."""
        return QSize(_SIDE, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Qt's virtual."""
        table, theme = self._grid.table, active_theme()
        painter.save()
        chosen = self._grid.touches(section)
        painter.fillRect(rect, theme.accent_tint if chosen else theme.surface)
        painter.setPen(theme.hairline)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        pasted = table.pasted_into(section)
        text, name, ink = str(section + 1), "", theme.accent if chosen else theme.text_3
        if pasted is not None:
            text = tr("new") if pasted.is_new else tr("row {0}").format(section + 1)
            name = "plus" if pasted.is_new else "pencil-simple"
            ink = theme.accent
            doubtful = any(c.state in ("doubt", "refused") for c in pasted.cells.values())
            if pasted.reason or doubtful:
                name, ink = "warning", theme.warning
        elif section == table.new_row:
            text, name = "", "plus"
        face = font("meta", 600 if chosen or pasted is not None else 400)
        inner = QRectF(rect)
        if name:
            wide = QFontMetricsF(face).horizontalAdvance(text) + (16 if text else 12)
            left = inner.center().x() - wide / 2
            paint_icon(painter, QRectF(left, inner.center().y() - 6, 12, 12), name, ink)
            inner.setLeft(left + 15)
            paint_line(painter, inner, text, face, ink)
        else:
            paint_line(painter, inner, text, face, ink, alignment=Qt.AlignmentFlag.AlignHCenter)
        painter.restore()


def next_sort(now: tuple[SortBy, ...], key: str, *, more: bool) -> tuple[SortBy, ...]:
    """Return what is sorted by after a click on a column: up, down, not; `more` keeps the rest."""
    mine = next((s for s in now if s.key == key), None)
    if mine is None:
        step: tuple[SortBy, ...] = (SortBy(key),)
    else:
        step = () if mine.descending else (SortBy(key, descending=True),)
    if not more:
        return step
    if mine is None:
        return (*now, *step)
    return tuple(s for one in now for s in (step if one.key == key else (one,)))
