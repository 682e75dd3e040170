"""Labels: plain text only, in the sizes and roles of the look."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.shell.icons import paint_icon
from ui.shell.theme import active_theme
from ui.shell.type import Size, font, line_height
from ui.shell.wrapping import WrappedText, paint_line, text_width, wrap


def set_plain_tooltip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip that is shown letter by letter, whatever was typed into it.

    Qt takes a tooltip with a "<" for HTML and would load local files from it.
    """
    if "<" in text:
        for letter, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\n", "<br>")):
            text = text.replace(letter, name)
        text = f"<p>{text}</p>"
    widget.setToolTip(text)


class PlainLabel(QLabel):
    """One line or paragraph of plain text. `role` is a text role: text, text_2, accent, …"""

    def __init__(
        self,
        text: str = "",
        size: Size = "base",
        weight: int = 400,
        role: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setFont(font(size, weight))
        self.setProperty("role", role)
        self.setText(text)

    def set_role(self, role: str) -> None:
        """Change the colour role."""
        if role != self.property("role"):
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)


class WrapLabel(QWidget):
    """A paragraph with the look's line height that wraps and is never cut."""

    def __init__(
        self,
        text: str = "",
        size: Size = "base",
        weight: int = 400,
        role: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size: Size = size
        self._weight = weight
        self._role = role
        self._text = ""
        self._laid: WrappedText | None = None
        self._laid_width = -1
        self._alignment = Qt.AlignmentFlag.AlignLeft
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    def text(self) -> str:
        """Return the text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text; the height follows."""
        if text == self._text:
            return
        self._text = text
        self._laid = None
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_role(self, role: str) -> None:
        """Change the colour role."""
        if role != self._role:
            self._role = role
            self.update()

    def set_size(self, size: Size) -> None:
        """Take another size of the look."""
        if size != self._size:
            self._size = size
            self._laid = None
            self.updateGeometry()
            self.update()

    def set_alignment(self, alignment: Qt.AlignmentFlag) -> None:
        """Align the lines left, centred or right."""
        self._alignment = alignment
        self._laid = None
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Qt's virtual: the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's virtual: the height of all lines at a width."""
        return int(self._wrapped(width).height)

    def sizeHint(self) -> QSize:
        """Qt's virtual: one line, but not wider than some sixty letters."""
        line = line_height(self._size)
        wide = int(text_width(self._text, font(self._size, self._weight))) + 2
        limit = 32 * line
        return QSize(min(wide, limit), self.heightForWidth(min(wide, limit)))

    def minimumSizeHint(self) -> QSize:
        """Qt's virtual: the longest word, so that only a very long one breaks."""
        face = font(self._size, self._weight)
        longest = max((text_width(word, face) for word in self._text.split()), default=0.0)
        return QSize(min(int(longest) + 2, 240), line_height(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: paint the lines."""
        colour = active_theme().role(self._role if self.isEnabled() else "text_3")
        with QPainter(self) as painter:
            self._wrapped(self.width()).paint(painter, QPointF(0, 0), colour)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: lay out again when the font changed."""
        if event.type() == QEvent.Type.FontChange:
            self._laid = None
        super().changeEvent(event)

    def _wrapped(self, width: int) -> WrappedText:
        if self._laid is None or self._laid_width != width:
            self._laid_width = width
            face = font(self._size, self._weight)
            height = line_height(self._size)
            self._laid = wrap(self._text, face, height, width, alignment=self._alignment)
        return self._laid


class IconLabel(QWidget):
    """An icon and a word, as in a status bar: the word carries the meaning, the icon the look.

    The text gives way to an ellipsis only when the window leaves no room; the tooltip holds it.
    """

    _ICON, _GAP = 16, 6

    def __init__(
        self,
        icon_name: str = "",
        text: str = "",
        size: Size = "sticky",
        role: str = "text_2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._icon_role = role
        self._text = text
        self._size: Size = size
        self._weight = 400
        self._role = role
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def text(self) -> str:
        """Return the full text."""
        return self._text

    def set_face(self, icon_name: str, text: str, icon_role: str = "", role: str = "") -> None:
        """Show another icon and text; empty roles keep their colour."""
        before = self._icon_name, self._text, self._icon_role, self._role
        self._icon_name = icon_name
        self._text = text
        self._icon_role = icon_role or self._icon_role
        self._role = role or self._role
        if before == (icon_name, text, self._icon_role, self._role):
            return
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt's virtual: icon, gap and the whole text."""
        wide = text_width(self._text, font(self._size, self._weight)) if self._text else 0
        return QSize(int(self._indent() + wide) + 2, max(line_height(self._size), self._ICON))

    def minimumSizeHint(self) -> QSize:
        """Qt's virtual: the icon and some letters."""
        return QSize(min(self.sizeHint().width(), 64), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: paint the icon and as much of the text as there is room for."""
        theme = active_theme()
        rect = QRectF(self.rect())
        face = font(self._size, self._weight)
        with QPainter(self) as painter:
            if self._icon_name:
                place = QRectF(0, rect.center().y() - self._ICON / 2, self._ICON, self._ICON)
                paint_icon(painter, place, self._icon_name, QColor(theme.role(self._icon_role)))
            rect.setLeft(self._indent())
            text = self._text
            if text_width(text, face) > rect.width() + 1:
                painter.setFont(face)
                metrics = painter.fontMetrics()
                text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, int(rect.width()))
                set_plain_tooltip(self, self._text)
            paint_line(painter, rect, text, face, theme.role(self._role))

    def _indent(self) -> int:
        return self._ICON + self._GAP if self._icon_name else 0
