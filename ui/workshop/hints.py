"""The row at the foot: the keys of this moment, how safe the work is, the way back."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.saving import SaveState
from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.wrapping import paint_line, text_width
from ui.workshop.wording import tr

_CAP: Final = 32.0
_BETWEEN: Final = 30.0


@dataclass(frozen=True, slots=True)
class Hint:
    """Keys and what they do; between two keys of a range stands "to"."""

    keys: tuple[str, ...]
    words: str


def cap_width(keys: str) -> float:
    """Return the width of a key cap."""
    return max(text_width(keys, font("workshop_hint")) + 22.0, 34.0)


def paint_cap(painter: QPainter, left: float, middle: float, keys: str, theme: Theme) -> float:
    """Paint a key cap and return where it ends."""
    rect = QRectF(left, middle - _CAP / 2, cap_width(keys), _CAP)
    draw_box(painter, rect, 6, theme.surface, line=theme.outline)
    face, centre = font("workshop_hint"), Qt.AlignmentFlag.AlignHCenter
    paint_line(painter, rect, keys, face, theme.text, alignment=centre)
    return rect.right()


def hint_width(hint: Hint) -> float:
    """Return the width of a hint."""
    face, wide = font("workshop_hint"), 0.0
    for key in hint.keys:
        wide += text_width(key, face) + 8 if key == tr("to") else cap_width(key) + 6
    return wide + 6 + text_width(hint.words, face)


def paint_hint(painter: QPainter, left: float, middle: float, hint: Hint, theme: Theme) -> float:
    """Paint a hint and return where it ends."""
    face, x = font("workshop_hint"), left
    for key in hint.keys:
        if key == tr("to"):
            rect = QRectF(x, middle - _CAP / 2, 400, _CAP)
            paint_line(painter, rect, key, face, theme.text_2)
            x += text_width(key, face) + 8
        else:
            x = paint_cap(painter, x, middle, key, theme) + 6
    x += 6
    rect = QRectF(x, middle - _CAP / 2, 800, _CAP)
    paint_line(painter, rect, hint.words, face, theme.text_2)
    return x + text_width(hint.words, face)


class HintRow(QWidget):
    """Shows as many hints as there is room for, the most needed first; F1 holds them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._left: tuple[Hint, ...] = ()
        self._right: tuple[Hint, ...] = ()
        self._safe: tuple[str, str, str] = ("", "", "")

    def show_hints(self, left: tuple[Hint, ...], right: tuple[Hint, ...]) -> None:
        """Show hints; those at the right always stand."""
        if (left, right) == (self._left, self._right):
            return
        self._left, self._right = left, right
        spoken = [f"{' '.join(h.keys)} {h.words}" for h in (*left, *right)]
        self.setAccessibleName(tr("Keys: {0}").format(", ".join(spoken)))
        self.update()

    def show_state(self, state: SaveState) -> None:
        """Say how safe the work is."""
        icon, role, words = {
            SaveState.SAVED: ("check-circle", "good", tr("saved")),
            SaveState.UNSAVED: ("check-circle", "good", tr("kept safe")),
            SaveState.SAVING: ("check-circle", "good", tr("kept safe")),
            SaveState.READ_ONLY: ("lock-simple", "text_2", tr("read only")),
            SaveState.CONFLICT: ("git-branch", "warning", tr("kept in a copy")),
            SaveState.FAILED: ("warning", "warning", tr("kept, file not written")),
        }[state]
        self._safe = (icon, role, words)
        self.setAccessibleDescription(words)
        self.update()

    def shown(self) -> tuple[Hint, ...]:
        """Return the hints at the left that there is room for."""
        room = self._right_edge() - _BETWEEN
        fitting: list[Hint] = []
        x = 0.0
        for hint in self._left:
            x += hint_width(hint)
            if x > room:
                break
            fitting.append(hint)
            x += _BETWEEN
        return tuple(fitting)

    def _right_edge(self) -> float:
        """Return where what stands at the right begins."""
        wide = sum(hint_width(h) + 24 for h in self._right)
        return self.width() - wide - 26 - text_width(self._safe[2], font("workshop_hint"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme = active_theme()
        middle = self.height() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            x = 0.0
            for hint in self.shown():
                x = paint_hint(painter, x, middle, hint, theme) + _BETWEEN
            x = self._right_edge()
            icon, role, words = self._safe
            if icon:
                paint_icon(painter, QRectF(x, middle - 10, 20, 20), icon, theme.role(role))
                place = QRectF(x + 26, middle - _CAP / 2, 600, _CAP)
                paint_line(painter, place, words, font("workshop_hint"), theme.text_2)
            x += 26 + text_width(words, font("workshop_hint")) + 24
            for hint in self._right:
                x = paint_hint(painter, x, middle, hint, theme) + 24
