"""How a line of the column table is painted, and the field a touchpoint is typed into."""

from collections.abc import Sequence
from html import escape
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from ui.imports.columns_model import LINE, Index, Part
from ui.imports.columns_places import (
    AIR,
    PAD,
    button_words,
    high_of,
    how_places,
    ring_rect,
    role_rect,
)
from ui.imports.lines import ColumnLine, Control
from ui.imports.words import ICONS, role_word, tr
from ui.shell.drawing import draw_box, fill_rect, paint_focus_ring
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import Size, font, line_height
from ui.shell.wrapping import paint_line, text_width, wrap

FIRST_LEFT: Final = 20  # the first column stands under the titles
_LEAST: Final = 42

Piece = tuple[str, QFont, Size, QColor]


class ColumnsDelegate(QStyledItemDelegate):
    """Paints names, values, what a column is and how it is read."""

    def __init__(self, view: QTableView, touchpoints: tuple[str, ...]) -> None:
        super().__init__(view)
        self._view = view
        self._touchpoints = touchpoints

    def row_height(self, row: int) -> int:
        """Return the height at which nothing in a row is cut."""
        line: ColumnLine = self._view.model().index(row, 0).data(LINE)
        name = self._room(Part.NAME)
        high = high_of(line.name, font("base", 600), name, "base")
        high += high_of(line.text, font("sticky"), name, "sticky") if line.text else 0.0
        cells = self._room(Part.CELLS)
        told = high_of(line.cells, font("sticky"), cells, "sticky")
        told += high_of(line.doubt, font("sticky"), cells, "sticky") if line.doubt else 0.0
        how = how_places(line, QRectF(0, 0, self._view.columnWidth(Part.HOW), 0)).height
        return max(_LEAST, int(max(high, told, how)) + 2 * AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt's virtual."""
        theme, line = active_theme(), index.data(LINE)
        rect = QRectF(option.rect)
        painter.save()
        fill_rect(painter, rect, theme.blind if line.is_open else theme.surface)
        fill_rect(painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.hairline)
        match index.column():
            case Part.NAME:
                self._paint_name(painter, rect, line, theme)
            case Part.VALUES:
                self._paint_values(painter, rect, line, theme)
            case Part.ROLE:
                self._paint_role(painter, rect, line, theme)
            case Part.HOW:
                self._paint_how(painter, rect, line, theme)
            case Part.CELLS:
                self._paint_cells(painter, rect, line, theme)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus_ring(painter, ring_rect(line, index.column(), rect), 8, theme)
        painter.restore()

    def _paint_name(self, painter: QPainter, rect: QRectF, line: ColumnLine, theme: Theme) -> None:
        if line.is_open:
            fill_rect(painter, QRectF(rect.left(), rect.top(), 3, rect.height()), theme.blind_line)
        pieces: list[Piece] = [(line.name, font("base", 600), "base", theme.text)]
        if line.text:
            pieces.append((line.text, font("sticky"), "sticky", theme.text_2))
        place = rect.adjusted(FIRST_LEFT, 0, -PAD, 0)
        _paint_paragraphs(painter, place, pieces)

    def _paint_values(
        self, painter: QPainter, rect: QRectF, line: ColumnLine, theme: Theme
    ) -> None:
        face, place = font("sticky"), rect.adjusted(PAD, 0, -PAD, 0)
        if _has_two_lines(line.values, face, place.width()):
            _paint_paragraphs(painter, place, [(line.values[0], face, "sticky", theme.text_2)])
            return
        text = _as_many(line.values, face, place.width())
        paint_line(painter, place, text, face, theme.text_2)

    def _paint_role(self, painter: QPainter, rect: QRectF, line: ColumnLine, theme: Theme) -> None:
        box = role_rect(rect)
        asked = line.is_open and line.control is Control.NAME
        _paint_box(painter, box, theme, asked=asked, down=True)
        ink = theme.warning if asked else theme.text
        place = QRectF(box.left() + 8, box.center().y() - 8, 16, 16)
        paint_icon(painter, place, ICONS[line.role], ink if asked else theme.text_2)
        face = font("base", 600 if asked else 500)
        words = QRectF(box.left() + 30, box.top(), box.width() - 54, box.height())
        paint_line(painter, words, role_word(line.role), face, ink)

    def _paint_how(self, painter: QPainter, rect: QRectF, line: ColumnLine, theme: Theme) -> None:
        places = how_places(line, rect)
        box = places.box
        if not box.isNull():
            doubtful = bool(line.near)
            asked = doubtful or (line.is_open and not line.value)
            _paint_box(painter, box, theme, asked=asked, down=line.control is not Control.NAME)
            text = f"{line.near}?" if doubtful else line.value or _question_to(line.control)
            face = font("base", 600 if asked else 500)
            room = box.width() - (18 if line.control is Control.NAME else 36)
            ink = theme.warning if asked else theme.text
            shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, room)
            paint_line(painter, box.adjusted(9, 0, 0, 0), shown, face, ink)
        for name, place in places.buttons.items():
            _paint_button(painter, place, *button_words(name, line), theme)
        role = theme.text if line.is_open else theme.text_3 if line.control else theme.text_2
        _paint_paragraphs(painter, places.note, [(line.note, font("sticky"), "sticky", role)])

    def _paint_cells(self, painter: QPainter, rect: QRectF, line: ColumnLine, theme: Theme) -> None:
        pieces: list[Piece] = [(line.cells, font("sticky"), "sticky", theme.text_2)]
        if line.doubt:
            pieces.append((line.doubt, font("sticky", 600), "sticky", theme.warning))
        place = rect.adjusted(PAD, 0, -FIRST_LEFT, 0)
        _paint_paragraphs(painter, place, pieces, Qt.AlignmentFlag.AlignRight)

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        """Qt's virtual: a field that knows the touchpoints on the map."""
        field = QLineEdit(parent)
        field.setProperty("compact", True)
        field.setMaxLength(200)
        field.setAccessibleName(tr("Touchpoint"))
        completer = QCompleter(list(self._touchpoints), field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        field.setCompleter(completer)
        return field

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Qt's virtual: the field stands exactly where its text stood."""
        box = how_places(index.data(LINE), QRectF(option.rect)).box
        editor.setGeometry(box.toRect())

    def helpEvent(
        self, event: QHelpEvent, view: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Qt's virtual: what may have had no room, letter by letter."""
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "") if index.isValid() else ""
        shown = words if index.isValid() and index.column() in (Part.VALUES, Part.HOW) else ""
        QToolTip.showText(event.globalPos(), f"<p>{escape(shown)}</p>" if shown else "", view)
        return True

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt's virtual."""
        return QSize(self._view.columnWidth(index.column()), self.row_height(index.row()))

    def _room(self, part: Part) -> float:
        taken = FIRST_LEFT + PAD if part in (Part.NAME, Part.CELLS) else 2 * PAD
        return self._view.columnWidth(part) - taken


def _question_to(control: Control) -> str:
    return tr("Which are bad?") if control is Control.BAD else tr("How written?")


def _paint_box(painter: QPainter, box: QRectF, theme: Theme, *, asked: bool, down: bool) -> None:
    style = Qt.PenStyle.DashLine if asked else Qt.PenStyle.SolidLine
    draw_box(
        painter,
        box,
        6,
        theme.surface,
        line=theme.warning if asked else theme.outline,
        style=style,
    )
    if down:
        place = QRectF(box.right() - 21, box.center().y() - 6, 12, 12)
        paint_icon(painter, place, "caret-down", theme.warning if asked else theme.text_2)


def _paint_button(painter: QPainter, box: QRectF, words: str, meaning: str, theme: Theme) -> None:
    """Paint an answer; one with a meaning is one of two that exclude each other."""
    draw_box(painter, box, 6, theme.surface, line=theme.outline)
    left = box.left() + 10
    if meaning:
        draw_box(
            painter,
            QRectF(left, box.center().y() - 8, 16, 16),
            8,
            theme.surface,
            line=theme.neutral,
        )
        left += 24
    face = font("base", 600 if meaning else 500)
    paint_line(painter, QRectF(left, box.top(), box.width(), box.height()), words, face, theme.text)
    left += text_width(words, face) + 6
    room = QRectF(left, box.top(), box.right() - left - 4, box.height())
    paint_line(painter, room, meaning, font("sticky"), theme.text_2)


def _paint_paragraphs(
    painter: QPainter,
    place: QRectF,
    pieces: Sequence[Piece],
    alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Paint paragraphs under each other, centred as a whole."""
    laid = [
        (wrap(text, face, line_height(size), place.width(), alignment=alignment), ink)
        for text, face, size, ink in pieces
    ]
    top = place.center().y() - sum(text.height for text, _ in laid) / 2
    for text, ink in laid:
        text.paint(painter, QPointF(place.left(), top), ink)
        top += text.height


def _has_two_lines(values: tuple[str, ...], face: QFont, room: float) -> bool:
    """Tell whether it is one value, as a range, that stands whole on two lines and not on one."""
    if len(values) != 1 or text_width(values[0], face) <= room:
        return False
    widest = max((text_width(word, face) for word in values[0].split(" ")), default=0.0)
    high = high_of(values[0], face, room, "sticky")
    return widest <= room and high <= 2 * line_height("sticky")


def _as_many(values: tuple[str, ...], face: QFont, room: float) -> str:
    """Return as many values as there is room for, whole; of a first too long one its beginning."""
    if not any(values):
        return ""
    for n in range(len(values), 0, -1):
        text = " · ".join(values[:n]) + ("" if n == len(values) else " …")
        if text_width(text, face) <= room:
            return text
    words, text = values[0].split(" "), ""
    for n in range(len(words), 0, -1):
        text = " ".join(words[:n]) + " …"
        if text_width(text, face) <= room:
            return text
    return QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, room)
