"""Things that hold other things: the card, the inline message."""

from enum import StrEnum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.buttons import Button, IconButton
from ui.shell.widgets.labels import PlainLabel, WrapLabel
from ui.shell.wrapping import text_width

_GAP = 10


class MessageKind(StrEnum):
    """How a message looks; its words say what happened, what was kept and what to do."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


_ICONS = {
    MessageKind.INFO: "info",
    MessageKind.WARNING: "warning",
    MessageKind.ERROR: "warning-octagon",
}


class InlineMessage(QWidget):
    """A sentence or two in place, with what one can do about it.

    Fires `action_chosen` with the id given to `add_action`, and `dismissed` for the cross.
    """

    action_chosen = Signal(str)
    dismissed = Signal()

    def __init__(
        self,
        kind: MessageKind,
        title: str,
        text: str = "",
        *,
        icon_name: str = "",
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._kind = kind
        self._icon_name = icon_name or _ICONS[kind]
        role = "accent" if kind is MessageKind.INFO else "warning"
        self._title = PlainLabel(title, "base", 600, role)
        self._words = WrapLabel(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(40, 6, 8, 6)
        row.setSpacing(_GAP)
        texts = self._texts = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        texts.setContentsMargins(0, 4, 0, 4)
        texts.addWidget(self._title)
        texts.addWidget(self._words, 1)
        row.addLayout(texts, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        row.addLayout(self._actions)
        if closable:
            close = IconButton("x", self.tr("Close"), parent=self)
            close.clicked.connect(self.dismissed)
            row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.set_words(title, text)

    def set_words(self, title: str, text: str = "") -> None:
        """Show another title and text."""
        self._title.setText(title)
        self._words.set_text(text)
        self._words.setVisible(bool(text))
        self._flow()
        self.setAccessibleName(f"{title}. {text}" if text else title)

    def add_action(self, action_id: str, label: str, icon_name: str = "") -> Button:
        """Add a button at the right; pressing it fires `action_chosen` with the id."""
        button = Button(label, icon_name, compact=True, parent=self)
        button.setProperty("action_id", action_id)
        button.clicked.connect(self._on_clicked)
        self._actions.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: another width, title and words beside or under each other."""
        super().resizeEvent(event)
        self._flow()

    def _flow(self) -> None:
        """Put the words beside the title where both fit on one line."""
        words = text_width(self._words.text(), font("base")) + 2
        room = self.width() - 40 - 8 - self._actions.sizeHint().width() - 3 * _GAP
        beside = self._title.sizeHint().width() + _GAP + words <= room
        way = QBoxLayout.Direction
        self._texts.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._texts.setSpacing(_GAP if beside else 0)
        self.updateGeometry()  # it is asked for its height before Qt notices the other direction

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme = active_theme()
        fill, edge, ink = self._look(theme)
        with QPainter(self) as painter:
            draw_box(painter, QRectF(self.rect()), 6, fill, line=edge)
            middle = self._title.geometry().center().y() + 1
            paint_icon(painter, QRectF(14, middle - 8, 16, 16), self._icon_name, ink)

    def _look(self, theme: Theme) -> tuple[QColor, QColor, QColor]:
        if self._kind is MessageKind.INFO:
            return theme.accent_tint, theme.accent, theme.accent
        return theme.blind, theme.blind_line, theme.warning

    def _on_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.action_chosen.emit(str(sender.property("action_id")))
