"""The engine behind every icon; apart from the glyphs, as the first paint needs no QIcon."""

from typing import ClassVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from ui.shell.icons import paint_icon
from ui.shell.theme import active_theme


class GlyphEngine(QIconEngine):
    """Paints a glyph in a role's colour; asks for the theme at each paint, so it never stales."""

    # Qt deletes a clone when its icon goes, but Python must not do so before.
    _clones: ClassVar[list[QIconEngine]] = []

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(
        self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State, /
    ) -> None:
        role = "text_3" if mode == QIcon.Mode.Disabled else self._role
        paint_icon(painter, QRectF(rect), self._name, active_theme().role(role))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, /) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        copy = GlyphEngine(self._name, self._role)
        self._clones.append(copy)
        return copy
