"""The fields of the inspector: a label, an editor, and a message in place when it is refused."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QGridLayout,
    QLineEdit,
    QSlider,
    QWidget,
)

from journey.model.quarter import parse_quarter
from ui import numbers
from ui.dates import day_words
from ui.shell.widgets.labels import WrapLabel

LABEL_WIDTH: Final = 92


class Mixed(Enum):
    """Stands for the value of several objects that differ."""

    MIXED = "mixed"


MIXED: Final = Mixed.MIXED


class Field(QWidget):
    """A labelled editor. Fires `committed` once per edit with the new value.

    `show_value` shows a value, None where it is unknown, MIXED where several objects differ.
    """

    committed = Signal(object)

    def __init__(self, label: str, *, stacked: bool = False) -> None:
        super().__init__()
        self._label = label
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._stacked = stacked
        self._name = WrapLabel(label, "base", 400, "text_2")
        if not stacked:
            self._name.setFixedWidth(LABEL_WIDTH)
        self._grid.addWidget(self._name, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        self._message = WrapLabel("", "meta", 400, "warning")
        self._message.hide()
        self._grid.addWidget(self._message, 2, 0 if stacked else 1)
        self._grid.setColumnStretch(0 if stacked else 1, 1)

    @property
    def label(self) -> str:
        """The field's name."""
        return self._label

    @property
    def message(self) -> str:
        """Why the last edit was refused, "" where none was."""
        return self._message.text() if self._message.isVisibleTo(self) else ""

    def put(self, editor: QWidget) -> None:
        """Give the field its editor."""
        editor.setAccessibleName(self._label)
        if self._stacked:
            self._grid.addWidget(editor, 1, 0)
        else:
            self._grid.addWidget(editor, 0, 1)

    def show_value(self, value: object) -> None:  # noqa: ARG002 - subclasses show it
        """Show a value of the workspace; a message goes."""
        self.show_message("")

    def commit(self) -> None:
        """Take what was typed and not yet taken."""

    def show_message(self, text: str) -> None:
        """Say in place why an edit was refused; "" takes it away."""
        self._message.set_text(text)
        self._message.setVisible(bool(text))


class LineField(Field):
    """One line; subclasses turn text into a value and back."""

    def __init__(self, label: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(label)
        self._value: object = None
        self.edit = QLineEdit()
        self.edit.setProperty("compact", True)
        self.edit.setProperty("quiet", True)
        self.edit.editingFinished.connect(self.commit)
        self.edit.installEventFilter(self)
        if suggestions:
            completer = QCompleter(list(suggestions), self.edit)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.edit.setCompleter(completer)
        self.put(self.edit)

    def text_of(self, value: object) -> str:
        """Return a value as it is shown."""
        return "" if value is None else str(value)

    def parse(self, text: str) -> object:
        """Return the value of a text; ValueError with words where it is none."""
        return text

    def show_value(self, value: object) -> None:
        """Show a value, unless someone is typing another just now."""
        super().show_value(value)
        self._value = value
        self.edit.setPlaceholderText(self.tr("several values") if value is MIXED else "–")
        if not (self.edit.hasFocus() and self.edit.isModified()):
            text = "" if value is MIXED else self.text_of(value)
            if self.edit.isModified() or text != self.edit.text():
                self.edit.setText(text)
                self.edit.setCursorPosition(0)

    def commit(self) -> None:
        """Take what was typed; what cannot be goes back, with the reason."""
        if not self.edit.isModified():
            return
        self.edit.setModified(False)
        text = self.edit.text()
        try:
            value = self.parse(text)
        except ValueError as error:
            self.show_value(self._value)
            self.show_message(str(error))
            return
        if value == self._value:
            self.show_value(self._value)
        else:
            self.committed.emit(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's virtual: Esc takes back what was typed."""
        # The key first: other events still come while the field is being taken apart.
        if is_escape(event) and watched is self.edit and self.edit.isModified():
            self.edit.setModified(False)
            self.show_value(self._value)
            self.edit.selectAll()
            return True
        return super().eventFilter(watched, event)


class TextField(LineField):
    """A short text."""


class NumberField(LineField):
    """A number with a unit; an empty field is unknown where that is allowed."""

    def __init__(
        self,
        label: str,
        unit: str = "",
        *,
        factor: float = 1.0,
        whole: bool = False,
        optional: bool = True,
    ) -> None:
        super().__init__(label)
        self._unit, self._factor = unit, factor
        self._whole, self._optional = whole, optional

    def text_of(self, value: object) -> str:
        """Return a number with its unit."""
        if not isinstance(value, float | int):
            return ""
        return numbers.with_unit(value * self._factor, self._unit)

    def parse(self, text: str) -> object:
        """Return the number in the workspace's terms, whole where only whole ones count."""
        bare = text.strip()
        if self._unit:
            bare = bare.removesuffix(self._unit)
        if not bare.strip():
            if self._optional:
                return None
            raise ValueError(self.tr("A number is needed here."))
        value = numbers.parse(bare)
        if value is None:
            raise ValueError(self.tr("“{0}” is not a number.").format(text.strip()))
        if not self._whole:
            return value / self._factor
        if value != round(value):
            raise ValueError(self.tr("Only whole numbers count here."))
        return round(value)


class DateField(LineField):
    """A day, as 2027-02-26 or 26.02.2027; shown with the month's name."""

    _FORMATS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d/%m/%Y")

    def text_of(self, value: object) -> str:
        """Return a day in words."""
        return day_words(value) if isinstance(value, date) else ""

    def parse(self, text: str) -> object:
        """Return the day, None for an empty text."""
        bare = text.strip()
        if not bare:
            return None
        for shape in self._FORMATS:
            try:
                return datetime.strptime(bare, shape).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        raise ValueError(self.tr("Write a day as 2027-02-26."))


class QuarterField(LineField):
    """A quarter, as 2026 Q4."""

    def text_of(self, value: object) -> str:
        """Return a quarter as people read it."""
        return str(value).replace("Q", " Q") if value else ""

    def parse(self, text: str) -> object:
        """Return the label, None for an empty text."""
        label = "".join(text.split()).upper()
        if not label:
            return None
        try:
            parse_quarter(label)
        except ValueError:
            raise ValueError(self.tr("Write a quarter as 2026 Q4.")) from None
        return label


class CheckField(Field):
    """Yes or no."""

    def __init__(self, label: str, words: str) -> None:
        super().__init__(label)
        self.box = QCheckBox(words)
        self.box.clicked.connect(self._on_clicked)
        self.put(self.box)
        self.box.setAccessibleName(f"{label}, {words}" if words else label)

    def show_value(self, value: object) -> None:
        """Show a value; several that differ show as neither."""
        super().show_value(value)
        if value is MIXED:
            self.box.setTristate(True)
            self.box.setCheckState(Qt.CheckState.PartiallyChecked)
        else:
            self.box.setTristate(False)
            self.box.setChecked(bool(value))

    def _on_clicked(self) -> None:
        self.box.setTristate(False)
        self.committed.emit(self.box.checkState() != Qt.CheckState.Unchecked)


class _Slider(QSlider):
    """A slider that a scrolling wheel does not change."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's virtual."""
        event.ignore()


class ExperienceField(NumberField):
    """The judged experience, −100 … +100, as a number and as a slider under it."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(-100, 100)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(label)
        self.slider.valueChanged.connect(self._on_slid)
        self.slider.sliderReleased.connect(self._on_released)
        self._grid.addWidget(self.slider, 1, 1)

    def text_of(self, value: object) -> str:
        """Return points with their sign."""
        return numbers.signed(value) if isinstance(value, float | int) else ""

    def show_value(self, value: object) -> None:
        """Show a judgement; the slider rests at 0 where there is none."""
        super().show_value(value)
        self.slider.blockSignals(True)
        self.slider.setValue(round(value) if isinstance(value, float | int) else 0)
        self.slider.blockSignals(False)

    def _on_slid(self, value: int) -> None:
        self.edit.setText(numbers.signed(value))
        if not self.slider.isSliderDown():
            self._send()

    def _on_released(self) -> None:
        self._send()

    def _send(self) -> None:
        value = float(self.slider.value())
        if value != self._value:
            self.committed.emit(value)


def is_escape(event: QEvent) -> bool:
    """Whether an event is a press of Esc."""
    return (
        event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape  # type: ignore[attr-defined]
    )
