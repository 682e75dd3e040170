"""Qt for drawing alone: where nobody looks at a screen, none is needed."""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

# Qt's application lives as long as somebody holds it.
_KEPT: "list[QApplication]" = []


def drawing_application() -> "QApplication":
    """Return the application, made where there is none; it draws without a display.

    Fonts and their rendering are the platform's own wherever there is a display, so that a
    picture looks as on the screen.
    """
    headless = sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    if headless and not os.environ.get("QT_QPA_PLATFORM"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    made = QApplication(["waymark"])
    made.setApplicationName("Waymark")
    _KEPT.append(made)
    return made
