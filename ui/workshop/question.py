"""The question of a stage, large; it is typed anew where it stands."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.shell.drawing import fill_rect
from ui.shell.theme import active_theme
from ui.shell.type import Size, font
from ui.shell.widgets.labels import PlainLabel, WrapLabel, set_plain_tooltip
from ui.shell.wrapping import text_width
from ui.workshop.clock import BigButton
from ui.workshop.lines import Line
from ui.workshop.wording import tr

_GAP = 10  # between the parts of a pager


class QuestionLine(Line):
    """The line over the question; what is typed is kept when the keyboard goes elsewhere."""

    abandoned = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.abandoned.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's virtual: the accent under the text while it is typed."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            under = QRectF(QPointF(0, self.height() - 2), QPointF(self.width(), self.height()))
            fill_rect(painter, under, active_theme().accent)


class Question(QWidget):
    """Shows the question, and the line to type it in.

    Attributes:
        asked: (text) what was typed. done_typing: the keyboard may go where it was.
    """

    asked = Signal(str)
    done_typing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.label = WrapLabel("", "workshop_question", 600)
        self.line = QuestionLine(font("workshop_question", 600))
        self.line.setAccessibleName(tr("Question"))
        self.line.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.label)
        column.addWidget(self.line)
        self.line.entered.connect(self.finish)
        self.line.abandoned.connect(self._keep)
        self.line.left.connect(self._leave)

    def show_text(self, text: str) -> None:
        """Show the question of a stage."""
        self.label.set_text(text)

    def one_line_width(self, *, small: bool) -> float:
        """Return the width at which the question takes one line, logical pixels."""
        return text_width(self.label.text(), font(_size(small), 600)) + 2

    def set_small(self, small: bool) -> None:
        """Take smaller letters, for a window that would break the usual question."""
        size = _size(small)
        self.label.set_size(size)
        self.line.setFont(font(size, 600))

    def edit(self) -> None:
        """Let it be typed anew."""
        self.line.setText(self.label.text())
        self.label.hide()
        self.line.show()
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def is_edited(self) -> bool:
        """Whether it is being typed."""
        return not self.line.isHidden()

    def finish(self) -> None:
        """Keep what is typed, if anything is."""
        if self.is_edited:
            self._keep()
            self.done_typing.emit()

    def _keep(self) -> None:
        if self.is_edited:
            text = self.line.text()
            self._close()
            if text != self.label.text():
                self.asked.emit(text)

    def _leave(self) -> None:
        self._close()
        self.done_typing.emit()

    def _close(self) -> None:
        self.line.hide()
        self.label.show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a click types it anew."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.edit()


def _size(small: bool) -> Size:
    return "workshop_capture" if small else "workshop_question"


class Pager(QWidget):
    """Which touchpoints are in sight, where they do not all fit; `turned` carries −1 or +1."""

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = PlainLabel("", "workshop_hint", 400, "text_2")
        self.back = BigButton("caret-left", tr("Touchpoints before"))
        self.on = BigButton("caret-right", tr("Touchpoints after"))
        for button in (self.back, self.on):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows and Tab go there too
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(self.words)
        row.addWidget(self.back)
        row.addWidget(self.on)
        self.back.clicked.connect(self._back)
        self.on.clicked.connect(self._on)

    def show_page(self, first: int, shown: int, whole: int) -> None:
        """Say which are in sight; nothing where all are."""
        self.setVisible(shown < whole)
        words = tr("{0} to {1} of {2}").format(first + 1, min(first + shown, whole), whole)
        if shown == 1:
            words = tr("{0} of {1}").format(first + 1, whole)
        self.words.setText(words)
        self.setAccessibleName(words)
        set_plain_tooltip(self.back, f"{tr('Touchpoints before')} ({words})")
        set_plain_tooltip(self.on, f"{tr('Touchpoints after')} ({words})")
        self.back.setEnabled(first > 0)
        self.on.setEnabled(first + shown < whole)

    def words_width(self) -> float:
        """Return what the words take, with the gap behind them."""
        return self.words.sizeHint().width() + float(_GAP)

    def buttons_width(self) -> float:
        """Return what the buttons take."""
        return 2.0 * self.back.sizeHint().width() + _GAP

    def _back(self) -> None:
        self.turned.emit(-1)

    def _on(self) -> None:
        self.turned.emit(1)
