"""The narrow strip that opens a panel where there is no room for both."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell.icons import paint_icon
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line, text_width

WIDTH = 34


class PanelHandle(PaintedButton):
    """Says what the panel holds; fires `panel_wanted` with whether it is to be open."""

    panel_wanted = Signal(bool)
    radius = 0.0

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._icon = icon_name
        self._shown = False
        self._name = self._note = ""
        self.clicked.connect(self._on_clicked)

    def set_words(self, name: str, note: str = "") -> None:
        """Say what the panel is, and a few words on what it holds."""
        self._name, self._note = name, note
        self._tell()

    def set_shown(self, shown: bool) -> None:
        """Say whether the panel is open."""
        self._shown = shown
        self._tell()

    def _tell(self) -> None:
        verb = self.tr("Hide: {0}") if self._shown else self.tr("Show: {0}")
        words = verb.format(self._name)
        self.setAccessibleName(f"{words}, {self._note}" if self._note else words)
        self.update()

    def content_size(self) -> QSize:
        """Return the width; the height is whatever there is."""
        return QSize(WIDTH, 160)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint chevron, icon and the words turned by a quarter."""
        ground = theme.sunken if self.is_hot else theme.surface
        painter.fillRect(rect, ground)
        painter.fillRect(QRectF(0, 0, 1, rect.height()), theme.hairline)
        chevron = "caret-right" if self._shown else "caret-left"
        paint_icon(painter, QRectF(10, 16, 14, 14), chevron, theme.text_2)
        paint_icon(painter, QRectF(9, 44, 16, 16), self._icon, theme.accent)
        painter.save()
        painter.translate(rect.width() / 2, 72)
        painter.rotate(90)
        bold = font("sticky", 600)
        line = QRectF(0, -9, rect.height(), 18)
        paint_line(painter, line, self._name, bold, theme.text)
        line.setLeft(text_width(self._name, bold) + 6)
        if self._note:
            paint_line(painter, line, f"· {self._note}", font("sticky"), theme.text_2)
        painter.restore()

    def _on_clicked(self) -> None:
        self.panel_wanted.emit(not self._shown)
