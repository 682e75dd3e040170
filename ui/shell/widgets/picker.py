"""The pickers of the top bar: what is looked at, and a menu of what else could be."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.choice import Choice, choices_menu
from ui.shell.widgets.labels import set_plain_tooltip
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line, text_width

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


class PickerButton(PaintedButton):
    """A picker of the top bar: icon, caption over value, chevron; opens a menu of choices.

    Fires `chosen` with the id of the entry. `set_tag` shows a short state beside the value.
    """

    chosen = Signal(str)

    def __init__(self, icon_name: str, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._caption = caption
        self._value = ""
        self._tag = Choice("")
        self._compact = False
        self._choices: tuple[Choice, ...] = ()
        self._current = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_menu)
        self._rename()

    def set_caption(self, caption: str) -> None:
        """Set what is picked here: Journey, Persona and segment, Quarter."""
        self._caption = caption
        self._rename()

    def set_choices(self, choices: Sequence[Choice], current: str) -> None:
        """Give the entries of the menu and the id of the chosen one, whose label is shown."""
        shown = tuple(choices), current
        if shown == (self._choices, self._current):
            return
        self._choices, self._current = shown
        self._value = next((c.label for c in self._choices if c.id == current and c.id), "")
        self._rename()

    def set_tag(self, label: str, icon_name: str = "") -> None:
        """Show a short state beside the value, such as open or frozen; none when empty."""
        tag = Choice("", label, icon_name)
        if tag != self._tag:
            self._tag = tag
            self._rename()

    def set_compact(self, compact: bool) -> None:
        """Leave the caption out where the window is narrow."""
        if compact != self._compact:
            self._compact = compact
            self._rename()

    def value(self) -> str:
        """Return the label shown."""
        return self._value

    def content_size(self) -> QSize:
        """Return the room for caption and value in full."""
        wide = text_width(self._value, font("base", 500))
        if not self._compact:
            wide = max(wide, text_width(self._caption, font("meta")))
        return QSize(int(40 + wide + self._tag_width() + 36), 34 if self._compact else 40)

    def minimumSizeHint(self) -> QSize:
        """Qt's virtual: pickers shorten, but last of all."""
        return QSize(96, self.content_size().height())

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the picker."""
        fill, edge = theme.surface, theme.hairline
        if self.isDown():
            fill = theme.accent_tint
        elif self.is_hot:
            fill, edge = theme.sunken, theme.outline
        draw_box(painter, rect, self.radius, fill, line=edge)
        middle = rect.center().y()
        paint_icon(painter, QRectF(12, middle - 9, 18, 18), self._icon_name, theme.text_2)
        face = font("base", 500)
        room = rect.width() - 40 - 32 - self._tag_width()
        # The state goes before the value does: what is looked at is never nameless.
        tagged = bool(self._tag.label) and room >= text_width(self._value, face)
        if not tagged:
            room = rect.width() - 40 - 32
        value = QFontMetricsF(face).elidedText(
            self._value, Qt.TextElideMode.ElideRight, max(room, 0) + 1
        )
        line = QRectF(40, 0, room, rect.height())
        if not self._compact:
            caption = QRectF(40, middle - 17, room, 15)
            paint_line(painter, caption, self._caption, font("meta"), theme.text_2)
            line = QRectF(40, middle - 3, room, 18)
        paint_line(painter, line, value, face, theme.text)
        if tagged:
            # Beside the value, not at the far end where the caption is the longer one.
            left = 40 + text_width(value, face) + 10
            self._draw_tag(painter, QRectF(left, middle - 10, self._tag_width() - 10, 20), theme)
        chevron = QRectF(rect.right() - 26, middle - 7, 14, 14)
        paint_icon(painter, chevron, "caret-down", theme.text_2)

    def open_menu(self) -> None:
        """Show the entries under the picker."""
        menu = choices_menu(self, self._choices, self._current)
        menu.triggered.connect(self._on_triggered)
        menu.setMinimumWidth(self.width())
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _on_triggered(self, action: "QAction") -> None:
        self.chosen.emit(str(action.data()))

    def _tag_width(self) -> float:
        if not self._tag.label:
            return 0.0
        wide = text_width(self._tag.label, font("meta")) + 16 + 10
        return wide + (17 if self._tag.icon_name else 0)

    def _draw_tag(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        draw_box(painter, rect, 4, theme.sunken)
        left = rect.left() + 8
        if self._tag.icon_name:
            place = QRectF(left - 1, rect.center().y() - 6.5, 13, 13)
            paint_icon(painter, place, self._tag.icon_name, theme.text_2)
            left += 17
        words = QRectF(left, rect.top(), rect.right() - left, rect.height())
        paint_line(painter, words, self._tag.label, font("meta"), theme.text_2)

    def _rename(self) -> None:
        parts = (self._caption, self._value, self._tag.label)
        self.setAccessibleName(", ".join(part for part in parts if part))
        set_plain_tooltip(self, f"{self._caption}: {self._value}" if self._value else "")
        self.updateGeometry()
        self.update()
