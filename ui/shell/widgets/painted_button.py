"""The base of the buttons the window paints itself: hover, keyboard focus, Enter and Space."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.shell.drawing import paint_focus_ring
from ui.shell.theme import Theme, active_theme

_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class PaintedButton(QAbstractButton):
    """A button that paints itself in `draw`.

    It takes focus by keyboard only, so a click never takes it from the map or from a field, and
    the ring shows to those who need it. Subclasses give `content_size` and `draw`.
    """

    radius = 6.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._by_key = False

    def content_size(self) -> QSize:
        """Return the size the content needs, logical pixels."""
        raise NotImplementedError

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the button without its focus ring."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """Qt's virtual: the content's size."""
        return self.content_size()

    def minimumSizeHint(self) -> QSize:
        """Qt's virtual: a button never gets smaller than its words."""
        return self.content_size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: paint the content, then the ring."""
        theme = active_theme()
        rect = QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.draw(painter, rect, theme)
            if self._by_key and self.hasFocus():
                paint_focus_ring(painter, rect, self.radius, theme)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual: remember whether a key brought the focus."""
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._by_key = event.reason() in _BY_KEY
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual: the ring goes."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: Enter does what Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: a new font changes the size."""
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self.updateGeometry()
        super().changeEvent(event)

    @property
    def is_hot(self) -> bool:
        """Whether the pointer is over it and it can be pressed."""
        return self.isEnabled() and self.underMouse()
