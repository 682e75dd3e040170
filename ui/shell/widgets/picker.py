"""The pickers of the top bar: what is looked at, and a menu of what else could be."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon
from ui.shell.syllables import HYPHEN
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.choice import Choice, choices_menu
from ui.shell.widgets.labels import set_plain_tooltip
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import NEW_LINE, paint_line, text_width, wrap

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


_LEFT: Final = 40.0  # before the value: the icon
_RIGHT: Final = 32.0  # behind it: the chevron
_LEAST_VALUE: Final = 130.0  # logical pixels that a long value keeps, whatever the window


def two_lines(text: str, room: float) -> tuple[str, ...]:
    """Return a text in at most two lines that fit; what is beyond them ends in an ellipsis."""
    face = font("sticky", 500)
    laid = wrap(text, face, 15, room).layout
    told, starts = laid.text(), [laid.lineAt(i).textStart() for i in range(laid.lineCount())]
    if len(starts) < 2:
        return (text,)
    rest = told[starts[1] :]
    if len(starts) > 2:
        # The whole rest, so that the ellipsis stands at the end of a full line.
        rest = QFontMetricsF(face).elidedText(
            rest.replace(HYPHEN + NEW_LINE, ""), Qt.TextElideMode.ElideRight, room
        )
    return told[: starts[1]].strip().removesuffix(NEW_LINE), rest.strip()


def two_lines_width(text: str) -> float:
    """Return the least width at which a text stands in two lines, broken between words."""
    face, parts = font("sticky", 500), text.split()
    halves = ((" ".join(parts[:i]), " ".join(parts[i:])) for i in range(1, len(parts)))
    both = (max(text_width(one, face), text_width(two, face)) for one, two in halves)
    return min(both, default=text_width(text, face))


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
        self._has_tag_room = True
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

    def set_tag_room(self, room: bool) -> None:
        """Take room for the state, or none: it is the first to go."""
        if room != self._has_tag_room:
            self._has_tag_room = room
            self.updateGeometry()

    @property
    def has_tag_room(self) -> bool:
        """Whether the size it asks for has room for the state."""
        return self._has_tag_room

    def tag_width(self) -> float:
        """Return the room the state takes, with the gap before it."""
        if not self._tag.label:
            return 0.0
        wide = text_width(self._tag.label, font("meta")) + 16 + 10
        return wide + (17 if self._tag.icon_name else 0)

    def value(self) -> str:
        """Return the label shown."""
        return self._value

    def content_size(self) -> QSize:
        """Return the room for caption and value in full."""
        wide = text_width(self._value, font("base", 500))
        if not self._compact:
            wide = max(wide, text_width(self._caption, font("meta")))
        tag = self.tag_width() if self._has_tag_room else 0.0
        return QSize(int(40 + wide + tag + 36), 34 if self._compact else 40)

    def minimumSizeHint(self) -> QSize:
        """Qt's virtual: pickers shorten, but last of all: to two lines."""
        wide = min(text_width(self._value, font("base", 500)), two_lines_width(self._value))
        value = min(max(wide, 24.0), _LEAST_VALUE)
        return QSize(int(_LEFT + value + _RIGHT) + 2, self.content_size().height())

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
        self._draw_value(painter, rect, theme)
        chevron = QRectF(rect.right() - 26, middle - 7, 14, 14)
        paint_icon(painter, chevron, "caret-down", theme.text_2)

    def _draw_value(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint what is chosen: with caption and state where there is room, else in two lines."""
        face, middle = font("base", 500), rect.center().y()
        room = rect.width() - _LEFT - _RIGHT
        wide = text_width(self._value, face)
        if wide > room + 1:
            lines = two_lines(self._value, room)
            for number, words in enumerate(lines):
                place = QRectF(_LEFT, middle + 15 * (number - len(lines) / 2), room, 15)
                paint_line(painter, place, words, font("sticky", 500), theme.text)
            return
        line = QRectF(_LEFT, 0, room, rect.height())
        if not self._compact:
            caption = QRectF(_LEFT, middle - 17, room, 15)
            paint_line(painter, caption, self._caption, font("meta"), theme.text_2)
            line = QRectF(_LEFT, middle - 3, room, 18)
        paint_line(painter, line, self._value, face, theme.text)
        # The state goes before the value does: what is looked at is never nameless.
        if self._tag.label and room - self.tag_width() >= wide:
            # Beside the value, not at the far end where the caption is the longer one.
            place = QRectF(_LEFT + wide + 10, middle - 10, self.tag_width() - 10, 20)
            self._draw_tag(painter, place, theme)

    def open_menu(self) -> None:
        """Show the entries under the picker."""
        menu = choices_menu(self, self._choices, self._current)
        menu.triggered.connect(self._on_triggered)
        menu.setMinimumWidth(self.width())
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _on_triggered(self, action: "QAction") -> None:
        self.chosen.emit(str(action.data()))

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
