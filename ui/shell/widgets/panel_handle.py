"""The narrow strip that opens a panel where there is no room for both."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell.icons import paint_icon
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.labels import set_plain_tooltip
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
        self._icon, self._role = icon_name, "accent"
        self._shown = False
        self._name = self._title = self._note = ""
        self.clicked.connect(self._on_clicked)

    def set_words(self, name: str, note: str = "", *, title: str = "") -> None:
        """Say what the panel is, what is shown in it, and a few words on that."""
        if (name, title, note) != (self._name, self._title, self._note):
            self._name, self._title, self._note = name, title, note
            self._tell()

    def set_face(self, icon_name: str, role: str) -> None:
        """Show another icon; it and the name take the colour of a role."""
        if (icon_name, role) != (self._icon, self._role):
            self._icon, self._role = icon_name, role
            self.update()

    def set_shown(self, shown: bool) -> None:
        """Say whether the panel is open."""
        self._shown = shown
        self._tell()

    def _tell(self) -> None:
        verb = self.tr("Hide: {0}") if self._shown else self.tr("Show: {0}")
        words = ", ".join(part for part in (self._name, self._title, self._note) if part)
        self.setAccessibleName(verb.format(words))
        set_plain_tooltip(self, verb.format(words))
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
        paint_icon(painter, QRectF(9, 44, 16, 16), self._icon, theme.role(self._role))
        painter.save()
        painter.translate(rect.width() / 2, 72)
        painter.rotate(90)
        self._draw_words(painter, rect.height() - 72 - 12, theme)
        painter.restore()

    def _draw_words(self, painter: QPainter, room: float, theme: Theme) -> None:
        """Paint name, title and note in a line; what has no room goes, the note first."""
        bold, plain = font("sticky", 600), font("sticky")
        own = theme.text if self._role == "accent" else theme.role(self._role)
        left = 0.0
        for text, face, ink in (
            (self._name, bold, own),
            (self._title, bold, theme.text),
            (f"· {self._note}" if self._note else "", plain, theme.text_2),
        ):
            wide = text_width(text, face)
            if not text or left >= room:
                continue
            metrics, right = QFontMetricsF(face), Qt.TextElideMode.ElideRight
            shown = metrics.elidedText(text, right, room - left) if left + wide > room else text
            paint_line(painter, QRectF(left, -9, room, 18), shown, face, ink)
            left += wide + 6

    def _on_clicked(self) -> None:
        self.panel_wanted.emit(not self._shown)
