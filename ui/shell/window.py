"""The window: there at once with its ground, filled as soon as that is on screen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPaintEvent, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.shell.settings import Settings
from ui.shell.tokens import ROLES, ThemeMode

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
        self._colour_ground(settings.theme)
        if not self.restoreGeometry(settings.geometry):
            self.resize(FIRST_WIDTH, FIRST_HEIGHT)

    @property
    def desk(self) -> "Desk | None":
        """What fills the window, once it is built."""
        return self._desk

    def _colour_ground(self, mode: ThemeMode) -> None:
        """Take the chosen theme's ground; where the system chooses, its own is there already."""
        if mode is not ThemeMode.SYSTEM:
            colour = ROLES["window"][mode is ThemeMode.DARK]
            palette = QPalette(self.palette())
            palette.setColor(QPalette.ColorRole.Window, QColor(f"#{colour}"))
            self.setPalette(palette)

    def fill(self, desk: "Desk") -> None:
        """Put the start page and all else into the window."""
        self._desk = desk
        self.setPalette(QPalette())  # the application's own, which follows the theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(desk)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's virtual: Qt itself draws the ground, this says that it is there."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt's virtual: everything is saved before the window goes."""
        self._settings.geometry = self.saveGeometry()
        if self._desk is not None and not self._desk.close_workspace():
            event.ignore()
            return
        self._settings.sync()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: leaving the window publishes."""
        left = event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow()
        if left and self._desk is not None:
            self._desk.save_now()
        super().changeEvent(event)
