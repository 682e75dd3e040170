"""One of several, in a drop-down that never cuts its text."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from ui.inspector.fields import MIXED, Field
from ui.shell.theme import active_theme
from ui.shell.type import font, line_height
from ui.shell.wrapping import WrappedText, wrap

_LEAST: Final = 28
_PAD, _LEFT, _ARROW = 10, 9, 28


class WrappingCombo(QComboBox):
    """A drop-down as high as its text takes; a scrolling wheel does not change it."""

    def fit(self) -> None:
        """Take the height of the text shown."""
        high = max(_LEAST, int(self._wrapped().height) + _PAD)
        if self.height() != high or self.minimumHeight() != high:
            self.setFixedHeight(high)

    def _shown(self) -> str:
        return self.currentText() if self.currentIndex() >= 0 else self.placeholderText()

    def _wrapped(self) -> WrappedText:
        room = self.width() - _LEFT - _ARROW
        return wrap(self._shown(), font("base"), line_height("base"), room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the frame of the style, the text on as many lines as it takes."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = ""
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        theme = active_theme()
        known = self.isEnabled() and self.currentIndex() >= 0
        text = self._wrapped()
        top = (self.height() - text.height) / 2
        text.paint(painter, QPointF(_LEFT, top), theme.text if known else theme.text_3)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: another width, other lines."""
        super().resizeEvent(event)
        self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's virtual."""
        event.ignore()


class ChoiceField(Field):
    """One of several; each choice is a value and its words."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self._choices: tuple[tuple[object, str], ...] = ()
        self.combo = WrappingCombo()
        self.combo.setProperty("compact", True)
        self.combo.setProperty("quiet", True)
        self.combo.setMinimumContentsLength(8)
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.activated.connect(self._on_activated)
        self.put(self.combo)
        self._value: object = None

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer other choices; the value shown stays."""
        if tuple(choices) != self._choices:
            self._choices = tuple(choices)
            self.combo.clear()
            self.combo.addItems([words for _, words in self._choices])
            self.combo.setCurrentIndex(-1)
            self.show_value(self._value)
            self.combo.fit()

    def show_value(self, value: object) -> None:
        """Show a value; one that is no choice shows as it is."""
        super().show_value(value)
        self._value = value
        index = next((i for i, (known, _) in enumerate(self._choices) if known == value), -1)
        shown = self.tr("several values") if value is MIXED else str(value or "–")
        if index != self.combo.currentIndex() or (
            index < 0 and shown != self.combo.placeholderText()
        ):
            self.combo.setCurrentIndex(index)
            if index < 0:
                self.combo.setPlaceholderText(shown)
            self.combo.fit()

    def _on_activated(self, index: int) -> None:
        if 0 <= index < len(self._choices):
            value = self._choices[index][0]
            if value != self._value:
                self.committed.emit(value)
