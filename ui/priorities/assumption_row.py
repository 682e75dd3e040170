"""One assumption: its name, a field, a slider with the default marked, a message in place."""

from dataclasses import dataclass
from math import exp, log

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSlider, QVBoxLayout, QWidget

from ui import numbers
from ui.priorities.effect_line import EffectFace, EffectLine
from ui.shell.theme import active_theme
from ui.shell.type import font, line_height
from ui.shell.widgets.labels import WrapLabel, set_plain_tooltip
from ui.shell.wrapping import paint_line, text_width

_STEPS = 1000
_HANDLE = 16
_CLEAR = 10.0  # between the words under a slider


@dataclass(frozen=True, slots=True)
class Scale:
    """How an assumption is shown: a stored value times `factor`, with a unit after or before.

    Attributes:
        low, high: ends of the slider, stored values; a field takes values beyond them.
        default: None where there is none.
        step: of the slider, stored value.
    """

    low: float
    high: float
    default: float | None
    step: float
    factor: float = 1.0
    unit: str = ""
    decimals: int | None = 0
    exponential: bool = False

    def text(self, value: float) -> str:
        """Return a stored value as people read it."""
        if self.exponential:
            return f"×/÷{numbers.NO_BREAK}{numbers.number(exp(value), 2)}"
        return numbers.with_unit(value * self.factor, self.unit, self.decimals)

    def parse(self, text: str) -> float | None:
        """Return the stored value of what a person typed; None where it is no such number."""
        value = numbers.parse(text.removesuffix(self.unit) if self.unit else text)
        if value is None:
            return None
        if self.exponential:
            return log(value) if value >= 1 else None
        return value / self.factor


class MarkedSlider(QSlider):
    """A slider that shows where the default lies. The wheel scrolls the panel, not the slider."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, _STEPS)
        self._mark: float | None = None

    def set_mark(self, share: float | None) -> None:
        """Mark a place, 0 … 1 of the way; None marks none."""
        self._mark = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's virtual: the slider over its mark."""
        if self._mark is not None and 0 <= self._mark <= 1:
            x = round(_HANDLE / 2 + self._mark * (self.width() - _HANDLE))
            with QPainter(self) as painter:
                place = QRectF(x - 1, self.height() / 2 - 7, 2, 14)
                painter.fillRect(place, active_theme().neutral)
        super().paintEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's virtual: a number must not change because someone scrolled over it."""
        event.ignore()


class ScaleCaptions(QWidget):
    """What stands under a slider: its ends, and the default where its mark is."""

    def __init__(self, low: str, high: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high = low, high
        self._words, self._share = "", 0.0
        self.setFixedHeight(line_height("meta"))

    def set_default(self, words: str, share: float) -> None:
        """Say what the default is, `share` of the way; no words for none."""
        self._words, self._share = words, share
        self.update()

    def default_rect(self) -> QRectF:
        """Return where the default's words stand: under its mark, clear of both ends."""
        face = font("meta")
        wide = text_width(self._words, face)
        middle = _HANDLE / 2 + self._share * (self.width() - _HANDLE)
        first = text_width(self._low, face) + _CLEAR
        last = self.width() - text_width(self._high, face) - _CLEAR - wide
        return QRectF(max(first, min(middle - wide / 2, last)), 0, wide + 1, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme, face = active_theme(), font("meta")
        right = Qt.AlignmentFlag.AlignRight
        with QPainter(self) as painter:
            whole = QRectF(self.rect())
            paint_line(painter, whole, self._low, face, theme.text_2)
            paint_line(painter, whole, self._high, face, theme.text_2, alignment=right)
            if self._words:
                paint_line(painter, self.default_rect(), self._words, face, theme.text_2)


class AssumptionRow(QWidget):
    """An assumption's field and slider, what it rests on, and what it does to the list.

    Fires `edited` with the new stored value once per edit: on release, Enter or leaving; and
    `tried` with each value the slider passes while it is dragged.
    """

    edited = Signal(object)
    tried = Signal(object)

    def __init__(
        self, name: str, scale: Scale, hint: str = "", *, slider: bool = True, source: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._scale, self._has_slider = scale, slider
        self._value: float | None = None
        self._message = WrapLabel("", "meta", 400, "warning")
        self._message.hide()
        self.field = QLineEdit()
        self.field.setProperty("compact", True)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setFixedWidth(92)
        self.field.setAccessibleName(name)
        self.field.editingFinished.connect(self.commit)
        self.field.installEventFilter(self)
        # A child from the start: shown without a parent it would be a window and take the focus.
        self.slider = MarkedSlider(self)
        self.slider.setAccessibleName(name)
        self.slider.setTracking(True)
        self.slider.valueChanged.connect(self._on_slid)
        self.slider.sliderReleased.connect(self._on_released)
        self.slider.setVisible(slider)
        self.effect = EffectLine(self)
        self.effect.hide()
        self._source = WrapLabel(source, "meta", 400, "text_3", self)
        self._source.setVisible(bool(source))
        self._build(name, hint, slider)

    def _build(self, name: str, hint: str, slider: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        label = WrapLabel(name, "sticky", 500)
        if hint:
            set_plain_tooltip(label, hint)
            self.field.setAccessibleDescription(hint)
        head.addWidget(label, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.field)
        column.addLayout(head)
        column.addWidget(self.slider)
        low, high = (self._scale.text(end) for end in (self._scale.low, self._scale.high))
        self.captions = ScaleCaptions(low, high, self)
        self.captions.setVisible(slider)
        column.addWidget(self.captions)
        column.addWidget(self.effect)
        column.addWidget(self._source)
        column.addWidget(self._message)
        default = self._scale.default
        if default is not None:
            self.slider.set_mark(self._share(default))

    def set_compact(self, compact: bool) -> None:
        """Leave slider and source out, or show them."""
        shown = self._has_slider and not compact
        self.slider.setVisible(shown)
        self.captions.setVisible(shown)
        self._source.setVisible(bool(self._source.text()) and not compact)

    def set_effect(self, face: EffectFace | None) -> None:
        """Show what the assumption does to the list; None: nothing is known of it."""
        self.effect.setVisible(face is not None)
        if face is not None:
            self.effect.set_face(face)

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be read and copied only, or be changed again."""
        self.field.setReadOnly(read_only)
        self.slider.setEnabled(not read_only)

    @property
    def value(self) -> float | None:
        """The stored value shown."""
        return self._value

    @property
    def is_changed(self) -> bool:
        """Whether the value is another than the default."""
        default = self._scale.default
        if default is None or self._value is None:
            return False
        return abs(self._value - default) > 1e-9

    @property
    def message(self) -> str:
        """Why the last edit was refused, "" where none was."""
        return self._message.text()

    def set_value(self, value: float | None) -> None:
        """Show a stored value; None is unknown."""
        self._value = value
        self.show_message("")
        text = "" if value is None else self._scale.text(value)
        # What someone is typing is theirs until they leave the field.
        if not (self.field.hasFocus() and self.field.isModified()):
            self.field.setText(text)
        self.field.setPlaceholderText(self.tr("not known"))
        self._slide_to(value)
        if self._has_slider:
            default = self._scale.default
            words = ""
            if default is not None:
                words = self.tr("default {0}").format(self._scale.text(default))
                if not self.is_changed:
                    words = self.tr("default")
            self.captions.set_default(words, self._share(default or 0.0))

    def show_message(self, text: str) -> None:
        """Say in place why a value was refused; "" takes it away."""
        self._message.set_text(text)
        self._message.setVisible(bool(text))

    def commit(self) -> None:
        """Take what stands in the field."""
        if not self.field.isModified():
            return
        self.field.setModified(False)
        text = self.field.text()
        value = self._scale.parse(text)
        if value is None:
            self.set_value(self._value)
            self.show_message(self.tr("“{0}” is not a number for this.").format(text.strip()))
        elif self._value is None or abs(value - self._value) > 1e-12:
            self.edited.emit(value)
        else:
            self.set_value(self._value)

    def refuse(self, why: str) -> None:
        """Go back to the value that stands, and say why."""
        self.set_value(self._value)
        self.show_message(why)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's virtual: Esc takes back what was typed."""
        if (
            event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape  # type: ignore[attr-defined]
            and watched is self.field
            and self.field.isModified()
        ):
            self.field.setModified(False)
            self.set_value(self._value)
            self.field.selectAll()
            return True
        return super().eventFilter(watched, event)

    def _share(self, value: float) -> float:
        span = self._scale.high - self._scale.low
        return (value - self._scale.low) / span if span else 0.0

    def _slide_to(self, value: float | None) -> None:
        share = 0.0 if value is None else max(0.0, min(1.0, self._share(value)))
        self.slider.blockSignals(True)
        self.slider.setSingleStep(max(1, self._steps(self._scale.step)))
        self.slider.setPageStep(max(1, self._steps(5 * self._scale.step)))
        self.slider.setValue(round(share * _STEPS))
        self.slider.blockSignals(False)

    def _steps(self, amount: float) -> int:
        return round(_STEPS * amount / (self._scale.high - self._scale.low))

    def _slid(self) -> float:
        """Return the slider's value on the grid of steps."""
        scale = self._scale
        raw = scale.low + self.slider.value() / _STEPS * (scale.high - scale.low)
        return round(round(raw / scale.step) * scale.step, 10)

    def _on_slid(self) -> None:
        value = self._slid()
        self.field.setText(self._scale.text(value))
        if self.slider.isSliderDown():
            self.show_message("")
            self.tried.emit(value)
        else:
            self._send(value)

    def _on_released(self) -> None:
        self._send(self._slid())

    def _send(self, value: float) -> None:
        if self._value is None or abs(value - self._value) > 1e-12:
            self.edited.emit(value)
        else:
            self.set_value(self._value)
            self.tried.emit(None)

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        return super().sizeHint().expandedTo(QSize(220, 0))
