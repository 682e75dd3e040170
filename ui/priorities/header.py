"""The header of the list: names that sort on a click, and the scale of the bars."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.priorities.columns import columns_for
from ui.priorities.figures import Figures
from ui.priorities.lines import Sort
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.labels import set_plain_tooltip
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line, text_width

HEIGHT: Final = 44
_LINE: Final = 20
_RIGHT_COLUMNS: Final = frozenset({Sort.EFFORT, Sort.SCORE})
_CENTRED: Final = frozenset({Sort.LEVEL})
# A column of words starts at A; one of figures at the largest.
FIRST_ASCENDING: Final = frozenset({Sort.RANK, Sort.PAIN_POINT, Sort.LEADER, Sort.LEVEL,
                                    Sort.EFFORT})  # fmt: skip


class _Head(PaintedButton):
    """The name of one column."""

    radius = 4.0

    def __init__(self, column: Sort, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = column
        self.arrow = ""

    def content_size(self) -> QSize:
        return QSize(int(text_width(self.text(), font("meta", 600))) + 18, _LINE)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        face = font("meta", 600)
        ink = theme.text if self.is_hot or self.arrow else theme.text_2
        wide = text_width(self.text(), face)
        left = 0.0
        if self.column in _RIGHT_COLUMNS:
            left = rect.width() - wide
        elif self.column in _CENTRED:
            left = (rect.width() - wide) / 2
        words = QRectF(left, 0, wide, rect.height())
        paint_line(painter, words, self.text(), face, ink)
        if self.arrow:
            before = self.column in _RIGHT_COLUMNS
            x = left - 14 if before else left + wide + 2
            paint_icon(painter, QRectF(x, rect.center().y() - 5.5, 11, 11), self.arrow, ink)


class RankingHeader(QWidget):
    """Names over the columns; fires `sort_chosen` with a Sort."""

    sort_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: Figures | None = None
        self._heads = {column: _Head(column, self) for column in Sort}
        for head in self._heads.values():
            head.clicked.connect(self._on_clicked)
        self._sort, self._ascending = Sort.SCORE, False
        self.set_figures(None)

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(600, HEIGHT)

    def set_figures(self, figures: Figures | None) -> None:
        """Show the names and the scale of a list."""
        self._figures = figures
        top_k = figures.top_k if figures else 5
        names = {
            Sort.RANK: self.tr("Rank"),
            Sort.PAIN_POINT: self.tr("Pain point"),
            Sort.LEADER: self.tr("Leader"),
            Sort.VALUE: figures.value_title if figures else self.tr("Value kept"),
            Sort.TOP: self.tr("In top {0}").format(top_k),
            Sort.EFFORT: self.tr("Effort"),
            Sort.SCORE: figures.day_title if figures else self.tr("Per day"),
            Sort.LEVEL: self.tr("Evidence"),
        }
        for column, name in names.items():
            self._heads[column].setText(name)
            set_plain_tooltip(self._heads[column], self._about(column, top_k))
        self.set_sort(self._sort, self._ascending)
        self._place()

    def _about(self, column: Sort, top_k: int) -> str:
        """Return how a figure of a column is made; "" where its name says it."""
        return {
            Sort.RANK: self.tr("Small: where the rank lies in 80 % of the draws"),
            Sort.VALUE: self.tr(
                "What a fix keeps of each year's customers: mean (tick), 80 % (bar) and 95 % (line)"
            ),
            Sort.TOP: self.tr("In how many draws it is among the first {0}").format(top_k),
            Sort.EFFORT: self.tr("Person-days of its fix; a fix of several rows counts whole"),
            Sort.SCORE: self.tr(
                "What the whole fix gives for each day of work, the mean over the draws. Days may "
                "be off too, so it is a little more than value by planned days."
            ),
            Sort.LEVEL: self.tr("What stands behind the figures: the letters are explained below"),
        }.get(column, "")

    def set_sort(self, sort: Sort, ascending: bool) -> None:
        """Mark the column by which the list is sorted."""
        self._sort, self._ascending = sort, ascending
        for column, head in self._heads.items():
            head.arrow = ("caret-up" if ascending else "caret-down") if column is sort else ""
            name = head.text()
            if column is sort:
                way = self.tr("ascending") if ascending else self.tr("descending")
                name = self.tr("{0}, sorted {1}").format(name, way)
            else:
                name = self.tr("Sort by {0}").format(name)
            head.setAccessibleName(name)
            head.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        columns = columns_for(self.width())
        for column, head in self._heads.items():
            left, width = columns.places[column]
            top = HEIGHT - _LINE - 5
            if column is Sort.VALUE and self._figures is not None and self._figures.ticks:
                top -= 17
            spare = 6 if column not in _RIGHT_COLUMNS | _CENTRED else 0
            head.setGeometry(int(left), top, int(width) + spare, _LINE)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: ground, the labels of the scale, the line under the header."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.surface)
            painter.fillRect(QRectF(0, HEIGHT - 1, self.width(), 1), theme.hairline)
            if self._figures is not None:
                self._paint_ticks(painter, self._figures, theme)

    def _paint_ticks(self, painter: QPainter, figures: Figures, theme: Theme) -> None:
        axis = columns_for(self.width()).axis_rect(0, HEIGHT)
        face = font("meta")
        for tick in figures.ticks:
            x = round(figures.scale.at(tick, axis))
            painter.fillRect(QRectF(x, HEIGHT - 5, 1, 4), theme.hairline)
            label = QRectF(x - 40, HEIGHT - 21, 80, 15)
            text = figures.tick(tick)
            paint_line(
                painter, label, text, face, theme.text_2, alignment=Qt.AlignmentFlag.AlignHCenter
            )

    def _on_clicked(self) -> None:
        head = self.sender()
        if isinstance(head, _Head):
            self.sort_chosen.emit(head.column)
