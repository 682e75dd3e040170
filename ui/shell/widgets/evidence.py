"""Widgets that show one mark of evidence each: chip, level, interval, squares, avatar."""

from PySide6.QtCore import QCoreApplication, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell.theme import Theme, active_theme
from ui.shell.widgets import marks
from ui.shell.widgets.labels import set_plain_tooltip
from ui.shell.widgets.marks import ChipFace, Interval, IntervalScale

# What lies behind each level, the same words on the map, in the list and in the pack.
_LEVELS = {
    "A": "measured: answers, outcome, volumes, value",
    "B": "link assumed: answers, volumes, value; no outcome",
    "C": "no money: answers, but customers a year or their value are unknown",
    "D": "KPI only: a KPI against its target; no answers",
    "E": "opinion: votes and classes from the workshop",
    "F": "nothing yet: no answer, no KPI, no vote",
}


def level_words(level: str) -> str:
    """Return what a level of evidence A to F stands for, in the user's language."""
    return QCoreApplication.translate("Level", _LEVELS.get(level, _LEVELS["F"]))


class _Mark(QWidget):
    """A widget that paints one mark and names itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the mark into the widget."""
        raise NotImplementedError

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        with QPainter(self) as painter:
            self.draw(painter, QRectF(self.rect()), active_theme())

    def say(self, words: str) -> None:
        """Set the accessible name and repaint."""
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()


class Chip(_Mark):
    """A metric chip: `NPS +23 ±8 · 210`, `CSAT too few · 4`, or dashed `not asked`."""

    def __init__(self, face: ChipFace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_face(face)

    def set_face(self, face: ChipFace) -> None:
        """Show another metric."""
        self._face = face
        self.say(face.sentence)

    def sizeHint(self) -> QSize:
        """Qt's virtual: the whole text, it is never shortened."""
        return QSize(int(marks.chip_width(self._face)) + 1, marks.CHIP_HEIGHT)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the chip."""
        marks.paint_chip(painter, rect.topLeft(), self._face, theme)


class LevelBadge(_Mark):
    """A level of evidence A to F; the tooltip says what lies behind it."""

    def __init__(
        self, level: str, size: int = marks.BADGE_SIZE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._side = size
        self.set_level(level)

    def set_level(self, level: str) -> None:
        """Show another level."""
        self._level = level
        words = level_words(level)
        set_plain_tooltip(self, words)
        self.say(f"{level}, {words}")

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(self._side, self._side)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the badge."""
        marks.paint_level_badge(painter, rect, self._level, theme)


class IntervalBar(_Mark):
    """A mean with its 80 % bar and 95 % line on a scale shared by all bars beside it."""

    def __init__(
        self,
        interval: Interval,
        scale: IntervalScale,
        words: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_interval(interval, scale, words)

    def set_interval(self, interval: Interval, scale: IntervalScale, words: str) -> None:
        """Show another interval; `words` say it aloud ("310 k€, 80 %: 190 to 460 k€")."""
        self._interval = interval
        self._scale = scale
        self.say(words)

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(180, 20)

    def minimumSizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(60, 20)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the bar; two pixels each side keep the tick whole at the ends."""
        inner = rect.adjusted(2, 0, -2, 0)
        marks.paint_interval(painter, inner, self._interval, self._scale, theme)
