"""When a window is on screen: what takes long may begin, nobody looks at an empty frame."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget


def lay_out_now() -> None:
    """Lay out what waits for it: parts within parts take turns, and would be painted between."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


# The painting that follows the first one, of rows that got their heights and of what lies below.
_REST_MS = 40


class FirstPaint(QObject):
    """Tells once that a widget has been painted.

    Attributes:
        done: a moment after it; never where it is never shown.
    """

    done = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's virtual: what is painted first is laid out."""
        if event.type() == QEvent.Type.Show:
            lay_out_now()
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(_REST_MS, self, self.done.emit)
        return False
