"""One of a few answers that exclude each other: a ring, the words, what they mean."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.shell.drawing import draw_box, fill_rect
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line, text_width

_BAR = 3


class RadioCard(PaintedButton):
    """An answer that can be chosen; several of them belong into one exclusive QButtonGroup."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setText(words)
        self.setAccessibleName(words)

    def content_size(self) -> QSize:
        """As wide as its words in bold."""
        return QSize(int(text_width(self.text(), font("base", 600))) + 47, 32)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the ring and the words."""
        chosen = self.isChecked()
        fill = theme.accent_tint if chosen or self.isDown() else theme.surface
        fill = theme.sunken if self.is_hot and not chosen else fill
        draw_box(painter, rect, self.radius, fill, line=theme.accent if chosen else theme.outline)
        ring = QRectF(rect.left() + 11, rect.center().y() - 8, 16, 16)
        edge = theme.accent if chosen else theme.neutral
        draw_box(painter, ring, 8, theme.surface, line=edge, width=1.5 if chosen else 1.0)
        if chosen:
            draw_box(painter, ring.adjusted(4, 4, -4, -4), 4, theme.accent)
        words = rect.adjusted(35, 0, 0, 0)
        face = font("base", 600 if chosen else 500)
        paint_line(
            painter, words, self.text(), face, theme.text if self.isEnabled() else theme.text_3
        )


class AskingBand(QWidget):
    """What waits for a choice: tinted with a bar at the left, plain once it is made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waits = False

    @property
    def waits(self) -> bool:
        """Whether a choice is to be made."""
        return self._waits

    def set_waits(self, waits: bool) -> None:
        """Tint it, or take the tint away."""
        if waits != self._waits:
            self._waits = waits
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme, rect = active_theme(), QRectF(self.rect())
        with QPainter(self) as painter:
            if self._waits:
                fill_rect(painter, rect, theme.blind)
                fill_rect(painter, QRectF(0, 0, _BAR, rect.height()), theme.blind_line)
            line = QRectF(0, rect.height() - 1, rect.width(), 1)
            fill_rect(painter, line, theme.hairline)
