"""The timer at the top right: a ring, the time left, what it is for, and a pause."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.labels import PlainLabel, set_plain_tooltip
from ui.shell.widgets.painted_button import PaintedButton
from ui.workshop.countdown import Countdown, clock_words, read_typed
from ui.workshop.lines import Line
from ui.workshop.wording import tr

TICK_MS = 250
_RING, _BUTTON = 52, 52


class BigButton(PaintedButton):
    """A button of one icon, large enough for a projector; its name is told and in its tooltip."""

    radius = 8.0

    def __init__(self, icon_name: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.set_face(icon_name, name)

    def set_face(self, icon_name: str, name: str) -> None:
        """Show another icon under another name."""
        self._icon_name = icon_name
        self.setAccessibleName(name)
        set_plain_tooltip(self, name)
        self.update()

    def content_size(self) -> QSize:
        """Return its square."""
        return QSize(_BUTTON, _BUTTON)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint box and icon."""
        fill = (
            theme.accent_tint if self.isDown() else theme.sunken if self.is_hot else theme.surface
        )
        draw_box(painter, rect, self.radius, fill, line=theme.outline)
        ink = theme.text if self.isEnabled() else theme.text_3
        paint_icon(painter, rect.adjusted(12, 12, -12, -12), self._icon_name, ink)


class Ring(QWidget):
    """How much of the time is left."""

    def __init__(self, countdown: Countdown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._countdown = countdown
        self.setFixedSize(_RING, _RING)
        self.setAccessibleName(tr("Share of the time left"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = QRectF(self.rect()).adjusted(3, 3, -3, -3)
            over = self._countdown.left < 0
            for colour, share in (
                (theme.hairline, 1.0),
                (theme.warning if over else theme.accent, 1.0 if over else self._countdown.share),
            ):
                painter.setPen(QPen(colour, 6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
                painter.drawArc(rect, 90 * 16, -round(360 * 16 * share))


class ClockView(QWidget):
    """Shows a countdown; the minutes and what they are for are typed: "7:30 votes".

    Attributes:
        said: a sentence for the room. done_typing: the keyboard may go where it was.
    """

    said = Signal(str)
    done_typing = Signal()

    def __init__(self, countdown: Countdown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.countdown = countdown
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._ring = Ring(countdown)
        self.time = PlainLabel("", "workshop_timer", 600)
        self.whole = PlainLabel("", "workshop_hint", 400, "text_2")
        self.label = PlainLabel("", "workshop_hint", 400, "text_2")
        self.line = Line(font("workshop_meta"))
        self.line.setPlaceholderText(tr("10 votes"))
        self.line.setAccessibleName(tr("Minutes, and what for"))
        self.line.setMinimumWidth(130)
        self.pause = BigButton("play", "")
        self.pause.clicked.connect(self.toggle)
        self._words = QWidget()
        column = QVBoxLayout(self._words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self.whole)
        column.addWidget(self.label)
        column.addStretch(1)
        self.line.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        for part in (self._ring, self.time, self._words, self.line, self.pause):
            row.addWidget(part)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.follow)
        self.line.entered.connect(self._on_entered)
        self.line.left.connect(self._leave)
        self._was_over = False
        self.follow()

    def toggle(self) -> None:
        """Start it, or hold it."""
        if self.countdown.running:
            self.countdown.pause()
            self._tick.stop()
        else:
            self.countdown.start()
            self._tick.start()
        self.follow()

    def follow(self) -> None:
        """Show the time of this moment."""
        over = self.countdown.left < 0
        self.time.setText(self.countdown.face())
        self.time.set_role("warning" if over else "text")
        whole = clock_words(round(self.countdown.whole))
        self.whole.setText(tr("over {0}").format(whole) if over else tr("of {0}").format(whole))
        self.label.setText(self.countdown.label)
        self.label.setVisible(bool(self.countdown.label))
        name = tr("Pause (F7)") if self.countdown.running else tr("Start (F7)")
        self.pause.set_face("pause" if self.countdown.running else "play", name)
        self.setAccessibleName(tr("Timer, {0} left").format(self.countdown.face()))
        self._ring.update()
        if over and not self._was_over:
            self.said.emit(tr("Time is up."))
        self._was_over = over

    def edit(self) -> None:
        """Let minutes and label be typed."""
        self.line.setText("")
        self._words.hide()
        self.line.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_entered(self) -> None:
        typed = self.line.text()
        read = read_typed(typed, self.countdown.label) if typed.strip() else None
        if typed.strip() and read is None:
            self.said.emit(tr("Type the minutes, then what they are for: 10 votes, or 7:30."))
            return
        if read is not None:
            self.countdown.set(*read)
            self._tick.stop()
            self.toggle()
        self._leave()

    def _leave(self) -> None:
        self.line.hide()
        self._words.show()
        self.done_typing.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a click on the time sets it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.edit()
