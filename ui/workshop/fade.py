"""What was shown gives way to what is revealed: the old picture fades over the new one."""

from typing import Final

from PySide6.QtCore import QEasingCurve, QPoint, QVariantAnimation
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from ui.priorities.slides import is_motion_reduced

REVEAL_MS: Final = 250


class Fade(QVariantAnimation):
    """Fades a picture of a widget away over the widget itself, which takes input all the while."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._before = QPixmap()
        self._left = 0.0
        self.setStartValue(1.0)
        self.setEndValue(0.0)
        self.setDuration(REVEAL_MS)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.valueChanged.connect(self._on_value)

    def start_from(self, before: QPixmap) -> None:
        """Fade this picture; at once gone where the system asks for no motion."""
        self.end()
        if not is_motion_reduced():
            self._before, self._left = before, 1.0
            self.start()

    def end(self) -> None:
        """Show only what is there now."""
        self.stop()
        self._before, self._left = QPixmap(), 0.0
        self._widget.update()

    def paint(self, painter: QPainter) -> None:
        """Paint what is left of the picture, over what the widget painted."""
        if self._left > 0.0 and not self._before.isNull():
            painter.setOpacity(self._left)
            painter.drawPixmap(QPoint(0, 0), self._before)
            painter.setOpacity(1.0)

    def _on_value(self, value: object) -> None:
        assert isinstance(value, float)
        self._left = value
        self._widget.update()
