"""The window: there at once with its ground, filled as soon as that is on screen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.shell.drawing import fill_rect
from ui.shell.settings import Settings
from ui.shell.theme import active_theme

if TYPE_CHECKING:
    from ui.shell.desk import Desk

LEAST_WIDTH, LEAST_HEIGHT = 900, 600
FIRST_WIDTH, FIRST_HEIGHT = 1440, 900


class Window(QWidget):
    """The one window of the program.

    Attributes:
        painted: its ground is on screen for the first time; the time to build the rest.
    """

    painted = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._desk: Desk | None = None
        self._was_painted = False
        self.setWindowTitle("Waymark")
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        if not self.restoreGeometry(settings.geometry):
            self.resize(FIRST_WIDTH, FIRST_HEIGHT)

    @property
    def desk(self) -> "Desk | None":
        """What fills the window, once it is built."""
        return self._desk

    def fill(self, desk: "Desk") -> None:
        """Put the start page and all else into the window."""
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(desk)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's virtual: the ground."""
        with QPainter(self) as painter:
            fill_rect(painter, QRectF(event.rect()), active_theme().window)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's virtual: everything is saved before the window goes."""
        self._settings.geometry = self.saveGeometry()
        if self._desk is not None:
            self._desk.close_workspace()
        self._settings.sync()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: leaving the window publishes."""
        left = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        if left and self._desk is not None:
            self._desk.save_now()
        super().changeEvent(event)
