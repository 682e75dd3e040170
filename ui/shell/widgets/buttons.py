"""Push buttons of the look, key caps, and the button that looks like a search field."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from ui.shell.drawing import draw_box, key_cap_width, key_words, paint_key_cap
from ui.shell.icons import icon, paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.labels import set_plain_tooltip
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line, text_width

Kind = Literal["plain", "primary", "link", "quiet"]
_ICON_ROLE = {"plain": "text", "primary": "on_accent", "link": "accent", "quiet": "text_2"}


class Button(QPushButton):
    """A push button. Height 32, or 28 where `compact`; focus comes by keyboard only.

    `icon_after` puts the icon behind the text, as for "Why not higher >".
    """

    def __init__(
        self,
        text: str,
        icon_name: str = "",
        kind: Kind = "plain",
        *,
        compact: bool = False,
        icon_after: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        if icon_after:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._kind: Kind = kind
        self.setProperty("kind", kind)
        self.setProperty("compact", compact)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.set_icon(icon_name)

    def set_icon(self, icon_name: str) -> None:
        """Show an icon beside the text; none for an empty name."""
        # Wider than the glyph: the style sets icon and text only 4 px apart.
        self.setIconSize(QSize(20, 16))
        if icon_name:
            self.setIcon(icon(icon_name, _ICON_ROLE[self._kind]))

    def sizeHint(self) -> QSize:
        """Qt's virtual: one more pixel each side, as the text is set in medium weight."""
        return super().sizeHint() + QSize(2, 0)


class IconButton(QToolButton):
    """A button of an icon alone; the name is its tooltip and its accessible name."""

    def __init__(
        self,
        icon_name: str,
        name: str,
        *,
        role: str = "text_2",
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setIcon(icon(icon_name, role))
        self.setIconSize(QSize(16, 16))
        self.setFixedSize(28, 28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._keys = keys
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Rename it, after a change of language too."""
        self.setAccessibleName(name)
        set_plain_tooltip(self, f"{name} ({key_words(self._keys)})" if self._keys else name)


class KeyCap(QWidget):
    """A key as on a keyboard, beside the words it is for."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = key_words(keys)
        self.setAccessibleName(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return QSize(int(key_cap_width(self._words)), 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        with QPainter(self) as painter:
            paint_key_cap(painter, QRectF(self.rect()), self._words, active_theme())


class KeyButton(PaintedButton):
    """An icon, words and a key cap: Search, All actions, Workshop.

    `sunken` looks like a field to type in. Without room the words go first, then, where the icon
    is one that everybody knows, the key; the tooltip has both.
    """

    def __init__(
        self,
        icon_name: str,
        text: str,
        keys: str,
        *,
        sunken: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._keys = key_words(keys)
        self._sunken = sunken
        self._width = 0
        self._height = 34
        self._shown = text
        self._shows_key = True
        self.set_words(text)

    def show_key(self, shown: bool) -> None:
        """Draw the key cap, or the icon alone."""
        if shown != self._shows_key:
            self._shows_key = shown
            self.updateGeometry()
            self.update()

    def set_words(self, text: str, *, shown: str | None = None) -> None:
        """Set the name; `shown` is what stands in the button, which may be shorter or empty."""
        self.setText(text)
        self.setAccessibleName(text)
        self._shown = text if shown is None else shown
        hidden = self._shown != text
        set_plain_tooltip(self, f"{text} ({self._keys})" if hidden else "")
        self.updateGeometry()
        self.update()

    def set_least(self, width: int, height: int = 34) -> None:
        """Set the width it takes at least and its height, logical pixels."""
        self._width = width
        self._height = height
        self.updateGeometry()

    def content_size(self) -> QSize:
        """Return icon, words and key cap side by side."""
        wide = 12.0 + 18 + 12
        if self._shows_key:
            wide += key_cap_width(self._keys) + 7
        if self._shown:
            wide += text_width(self._shown, self._face()) + 8
        return QSize(max(int(wide) + 1, self._width), self._height)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint box, icon, words and, at the right, the key cap."""
        resting = theme.sunken if self._sunken else theme.surface
        edge = theme.hairline if self._sunken else theme.outline
        if self.isDown():
            resting = theme.accent_tint
        elif self.is_hot:
            resting = theme.surface if self._sunken else theme.sunken
            edge = theme.outline if self._sunken else theme.neutral
        draw_box(painter, rect, self.radius, resting, line=edge)
        ink = theme.text_2 if self._sunken else theme.text
        if not self.isEnabled():
            ink = theme.text_3
        middle = rect.center().y()
        paint_icon(painter, QRectF(12, middle - 9, 18, 18), self._icon_name, ink)
        words = rect.adjusted(38, 0, 0, 0)
        words_ink = theme.text_3 if self._sunken else ink
        paint_line(painter, words, self._shown, self._face(), words_ink)
        if not self._shows_key:
            return
        wide = key_cap_width(self._keys)
        cap = QRectF(rect.right() - wide - 9, middle - 9, wide, 18)
        paint_key_cap(painter, cap, self._keys, theme)

    def _face(self) -> QFont:
        return font("base", 400 if self._sunken else 500)
