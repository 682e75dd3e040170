"""What one assumption does to the list between the ends of its sensible range: a bar, a figure."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell.drawing import draw_box
from ui.shell.theme import active_theme
from ui.shell.type import font, line_height
from ui.shell.widgets.labels import set_plain_tooltip
from ui.shell.wrapping import paint_line, text_width

_GAP: Final = 10.0


@dataclass(frozen=True, slots=True)
class EffectFace:
    """How an effect is shown.

    Attributes:
        words: what the bar is of. figure: its ends in words. told: all of it in a sentence.
        low, high: ends of the bar, 0 … 1 of the scale that all assumptions share; None: no bar.
    """

    words: str
    figure: str = ""
    told: str = ""
    low: float | None = None
    high: float | None = None


class EffectLine(QWidget):
    """One line: words, a bar on the scale of all rows, the figures at its ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face = EffectFace("")
        self.setFixedHeight(line_height("meta"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def face(self) -> EffectFace:
        """What is shown."""
        return self._face

    def set_face(self, face: EffectFace) -> None:
        """Show another effect."""
        self._face = face
        told = face.told or " ".join(part for part in (face.words, face.figure) if part)
        self.setAccessibleName(told)
        set_plain_tooltip(self, told)
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(220, line_height("meta"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme, face, small = active_theme(), self._face, font("meta")
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            whole = QRectF(self.rect())
            paint_line(painter, whole, face.words, small, theme.text_2)
            right = Qt.AlignmentFlag.AlignRight
            paint_line(painter, whole, face.figure, small, theme.text_2, alignment=right)
            if face.low is None or face.high is None:
                return
            left = text_width(face.words, small) + _GAP
            room = self.width() - text_width(face.figure, small) - _GAP - left
            # A hair's breadth at least, so that a small effect is seen to be one.
            wide = max((face.high - face.low) * room, 2.0)
            x = min(left + face.low * room, left + room - wide)
            bar = QRectF(x, round(whole.center().y()) - 2.5, wide, 5)
            if room > 12:
                draw_box(painter, bar, 1.5, theme.interval)
