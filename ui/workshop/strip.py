"""The strip at the top, and a large button with a word."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.shell.drawing import draw_box, fill_rect
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line, text_width

_TALL, _LOW = 92, 72


class TopStrip(QWidget):
    """Steps at the left, the clock at the right."""

    def __init__(self, steps: QWidget, clock: QWidget) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setSpacing(24)
        self._row.addWidget(steps, 1)
        self._row.addWidget(clock)

    def fit(self, side: int, *, low: bool) -> None:
        """Take the margins of the window."""
        self.setFixedHeight(_LOW if low else _TALL)
        # A pill's own margin is let go, so that its words stand over the question's.
        self._row.setContentsMargins(side - 18, 0, side, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the ground and the hairline under it."""
        theme = active_theme()
        with QPainter(self) as painter:
            fill_rect(painter, QRectF(self.rect()), theme.surface)
            line = QRectF(0, self.height() - 1, self.width(), 1)
            fill_rect(painter, line, theme.hairline)


class WordButton(PaintedButton):
    """A button with an icon and a word, in the workshop's type."""

    radius = 8.0

    def __init__(self, icon_name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setText(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def content_size(self) -> QSize:
        """Return the size of icon and word."""
        return QSize(round(18 + 22 + 12 + text_width(self.text(), self._face()) + 18) + 2, 48)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint box, icon and word."""
        fill = theme.sunken if self.is_hot else theme.surface
        if self.isDown():
            fill = theme.accent_tint
        draw_box(painter, rect, self.radius, fill, line=theme.outline)
        paint_icon(painter, QRectF(18, 0, 22, rect.height()), self._icon_name, theme.text)
        place = rect.adjusted(52, 0, 0, 0)
        paint_line(painter, place, self.text(), self._face(), theme.text)

    def _face(self) -> QFont:
        return font("workshop_hint", 500)
