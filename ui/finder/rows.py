"""A row of the finder: what it shows, and how it is painted."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.shell.drawing import draw_box, key_cap_width, key_words, paint_key_cap
from ui.shell.icons import paint_icon
from ui.shell.theme import active_theme
from ui.shell.type import font
from ui.shell.wrapping import paint_line

ROW: Final = Qt.ItemDataRole.UserRole
_LOW, _TALL = 36, 48


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One thing that can be chosen.

    Attributes:
        icon, role: of the sign before it. detail: a second line, or "". keys: its shortcut.
        payload: what choosing it hands back.
        enabled: False where it cannot be done now; `detail` then says why.
    """

    title: str
    icon: str = "arrow-right"
    role: str = "text_2"
    detail: str = ""
    keys: str = ""
    payload: object = None
    enabled: bool = True


class FoundRows(QAbstractListModel):
    """The rows found."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[FoundRow] = []

    def set_rows(self, rows: list[FoundRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, index: int) -> FoundRow:
        """Return a row by its place."""
        return self._rows[index]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Qt's virtual."""
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Qt's virtual."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.title, row.detail, row.keys) if part)
        return row if role == ROW else None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Qt's virtual: what cannot be done now can still be read."""
        flags = super().flags(index)
        if index.isValid() and not self._rows[index.row()].enabled:
            flags &= ~Qt.ItemFlag.ItemIsEnabled
        return flags


class FoundPainter(QStyledItemDelegate):
    """Paints a row: sign, title, second line, keys."""

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Qt's virtual."""
        row = index.data(ROW)
        return QSize(200, _TALL if isinstance(row, FoundRow) and row.detail else _LOW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Qt's virtual."""
        row = index.data(ROW)
        if not isinstance(row, FoundRow):
            return
        theme = active_theme()
        rect = QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            draw_box(painter, rect.adjusted(4, 1, -4, -1), 6, theme.selected)
        ink = theme.text if row.enabled else theme.text_3
        paint_icon(
            painter,
            QRectF(rect.left() + 16, rect.center().y() - 8, 16, 16),
            row.icon,
            theme.role(row.role) if row.enabled else theme.text_3,
        )
        keys = key_words(row.keys) if row.keys else ""
        room = key_cap_width(keys) if keys else 0.0
        if keys:
            cap = QRectF(rect.right() - 16 - room, rect.center().y() - 9, room, 18)
            paint_key_cap(painter, cap, keys, theme)
        left, wide = rect.left() + 44, rect.width() - 44 - 24 - room
        top = rect.center().y() - (17 if row.detail else 9)
        _line(painter, QRectF(left, top, wide, 18), row.title, "base", ink)
        if row.detail:
            _line(painter, QRectF(left, top + 18, wide, 16), row.detail, "sticky", theme.text_2)
        painter.restore()


def _line(painter: QPainter, place: QRectF, text: str, size: str, ink: object) -> None:
    face = font(size)  # type: ignore[arg-type]
    flat = " ".join(text.split())
    shown = QFontMetricsF(face).elidedText(flat, Qt.TextElideMode.ElideRight, place.width())
    paint_line(painter, place, shown, face, ink)  # type: ignore[arg-type]
