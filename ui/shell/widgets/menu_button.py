"""Quiet buttons of a page's foot: one that opens a short menu, one with a key cap."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui.shell.drawing import draw_box, key_cap_width, key_words, paint_key_cap
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.choice import Choice, choices_menu
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line, text_width

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

_HEIGHT = 28
_INDENT = 28


class MenuButton(PaintedButton):
    """Icon, the chosen label and a chevron; opens a menu. Fires `chosen` with the id."""

    chosen = Signal(str)

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._choices: tuple[Choice, ...] = ()
        self._current = ""
        self.clicked.connect(self.open_menu)

    def set_icon_name(self, icon_name: str) -> None:
        """Show another icon."""
        self._icon_name = icon_name
        self.update()

    def set_choices(self, name: str, choices: Sequence[Choice], current: str) -> None:
        """Give what is chosen here, the entries, and the id of the chosen one."""
        self._choices = tuple(choices)
        self._current = current
        label = next((c.label for c in self._choices if c.id == current), "")
        self.setText(label)
        self.setAccessibleName(f"{name}, {label}")
        self.updateGeometry()
        self.update()

    def content_size(self) -> QSize:
        """Return icon, label and chevron side by side."""
        return QSize(int(_INDENT + text_width(self.text(), font("sticky")) + 27), _HEIGHT)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the button."""
        _draw_quiet(self, painter, rect, theme, self._icon_name)
        chevron = QRectF(rect.right() - 20, rect.center().y() - 6, 12, 12)
        paint_icon(painter, chevron, "caret-down", theme.text_2)

    def open_menu(self) -> None:
        """Show the entries."""
        menu = choices_menu(self, self._choices, self._current)
        menu.triggered.connect(self._on_triggered)
        height = menu.sizeHint().height()
        menu.popup(self.mapToGlobal(QPoint(0, -height - 2)))

    def _on_triggered(self, action: "QAction") -> None:
        self.chosen.emit(str(action.data()))


class LinkButton(PaintedButton):
    """Icon, words and the key that does the same."""

    def __init__(self, icon_name: str, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._keys = key_words(keys)

    def set_words(self, words: str) -> None:
        """Set the name."""
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()

    def content_size(self) -> QSize:
        """Return icon, words and key cap side by side."""
        words = text_width(self.text(), font("sticky"))
        return QSize(int(_INDENT + words + 8 + key_cap_width(self._keys) + 7), _HEIGHT)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the button."""
        _draw_quiet(self, painter, rect, theme, self._icon_name)
        wide = key_cap_width(self._keys)
        cap = QRectF(rect.right() - wide - 6, rect.center().y() - 9, wide, 18)
        paint_key_cap(painter, cap, self._keys, theme)


def _draw_quiet(
    button: PaintedButton, painter: QPainter, rect: QRectF, theme: Theme, icon_name: str
) -> None:
    if button.isDown():
        draw_box(painter, rect, button.radius, theme.accent_tint)
    elif button.is_hot:
        draw_box(painter, rect, button.radius, theme.sunken)
    paint_icon(painter, QRectF(6, rect.center().y() - 8, 16, 16), icon_name, theme.text_2)
    words = rect.adjusted(_INDENT, 0, 0, 0)
    paint_line(painter, words, button.text(), font("sticky"), theme.text_2)
