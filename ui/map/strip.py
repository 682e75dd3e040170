"""What the strips at the edges of the canvas have in common."""

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from ui.map.grip import Grip
from ui.shell.type import Size, font
from ui.shell.wrapping import text_width

if TYPE_CHECKING:
    from ui.map.canvas import MapCanvas

GAP: Final = 2.0


@lru_cache(maxsize=2048)
def scaled_width(text: str, size: Size, weight: int, scale: float) -> float:
    """Return the width of one line of text in a font of the look at a scale, logical pixels."""
    return text_width(text, scaled_font(size, weight, scale))


def scaled_font(size: Size, weight: int, scale: float) -> QFont:
    """Return a font of the look at a scale."""
    made = font(size, weight)
    made.setPixelSize(max(round(made.pixelSize() * scale), 8))
    return made


def name_insets(width: float, scale: float) -> tuple[float, float]:
    """Return where a lane's icon and its name begin in a strip `width` wide, logical pixels."""
    return (10 * scale, 30 * scale) if width >= 120 * scale else (7 * scale, 25 * scale)


class Strip(QWidget):
    """A strip beside the viewport."""

    def __init__(self, canvas: "MapCanvas") -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.grip = Grip()
        self.setMouseTracking(True)
        # It paints all of itself, so what is painted anew behind it leaves it as it is.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def strip_scale(self) -> float:
        """Return the scale of this strip."""
        return self.canvas.strip_scale()

    def sizeHint(self) -> QSize:
        """Qt's virtual: the canvas sets the size."""
        return self.size()
