"""The stages as steps along the top: done, present, to come."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.labels import set_plain_tooltip
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line, text_width
from ui.workshop.wording import tr

_HIGH, _PAD, _SIGN = 44, 18, 28


class Step(PaintedButton):
    """One stage. Where there is no room its name goes, its number stays."""

    radius = 22.0

    def __init__(self, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self._name = ""
        self._wide = 0
        self._short = False
        self._done = self._present = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # PageUp and PageDown reach every stage

    def show_stage(self, name: str, *, done: bool, present: bool) -> None:
        """Show a stage's name and state."""
        if (name, done, present) == (self._name, self._done, self._present) and self._wide:
            return
        self._name, self._done, self._present = name, done, present
        self._wide = round(2 * _PAD + _SIGN + text_width(name, self._face())) + 2
        state = tr("now") if present else tr("done") if done else tr("to come")
        self.setText(name)
        self.setAccessibleName(f"{self.place + 1} {name}, {state}")
        set_plain_tooltip(self, name)
        self.updateGeometry()
        self.update()

    def wide(self) -> int:
        """Return the width with the name."""
        return self._wide

    def set_short(self, short: bool) -> None:
        """Leave the name out, or show it."""
        if short != self._short:
            self._short = short
            self.updateGeometry()
            self.update()

    def content_size(self) -> QSize:
        """Return the size of number and name."""
        return QSize(_SIGN + 2 * 12 if self._short else self.wide(), _HIGH)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the pill of the present stage, a tick before what is done."""
        ink = theme.text_2
        if self._present:
            draw_box(painter, rect, self.radius, theme.stage)
            ink = theme.on_stage
        elif self.is_hot:
            draw_box(painter, rect, self.radius, theme.sunken)
        left = 12.0 if self._short else float(_PAD)
        if self._done:
            sign = QRectF(left, 0, 16 if self._short else 20, rect.height())
            paint_icon(painter, sign, "check", ink)
        if not self._done or self._short:
            number = QRectF(left + (18 if self._done else 0), 0, _SIGN, rect.height())
            paint_line(painter, number, str(self.place + 1), self._face(), ink)
        if not self._short:
            words = rect.adjusted(left + _SIGN, 0, 0, 0)
            paint_line(painter, words, self._name, self._face(), ink)

    def _face(self) -> QFont:
        return font("workshop_meta", 600 if self._present else 400)


class Steps(QWidget):
    """All stages; `chosen` carries the place of the one clicked."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Stages"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addStretch(1)
        self._steps: list[Step] = []
        self._names: list[str] = []
        self._present = 0

    def show_stages(self, names: list[str], present: int) -> None:
        """Show the stages; those before the present one are done."""
        if names == self._names and present == self._present:
            return
        self._names = list(names)
        while len(self._steps) > len(names):
            gone = self._steps.pop()
            self._row.removeWidget(gone)
            gone.deleteLater()
        while len(self._steps) < len(names):
            step = Step(len(self._steps), self)
            step.clicked.connect(self._on_clicked)
            self._row.insertWidget(len(self._steps), step)
            self._steps.append(step)
        self._present = present
        # The strip lets go of a pill's margin, but the pill that is filled keeps it.
        self._row.setContentsMargins(0 if present else 18, 0, 0, 0)
        for place, (step, name) in enumerate(zip(self._steps, names, strict=True)):
            step.show_stage(name, done=place < present, present=place == present)
        self._fit()

    def _on_clicked(self) -> None:
        step = self.sender()
        assert isinstance(step, Step)
        self.chosen.emit(step.place)

    def _fit(self) -> None:
        """Leave out names where they do not all stand; the present one's goes last."""
        spacing = self._row.spacing() * len(self._steps)
        whole = sum(step.wide() for step in self._steps) + spacing <= self.width()
        for place, step in enumerate(self._steps):
            step.set_short(not whole and place != self._present)
        crowded = False
        if not whole and self._steps:
            rest = sum(s.content_size().width() for s in self._steps) + spacing
            crowded = rest > self.width()
            self._steps[self._present].set_short(crowded)
        # Also where all stand: they may have been dropped while the window was small.
        self._drop_far(crowded)

    def _drop_far(self, crowded: bool) -> None:
        """Where even numbers do not all stand, show those around the present one."""
        room = max(self.width() // (_SIGN + 24 + self._row.spacing()), 1)
        first = max(min(self._present - room // 2, len(self._steps) - room), 0)
        for place, step in enumerate(self._steps):
            step.setVisible(not crowded or first <= place < first + room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual."""
        super().resizeEvent(event)
        self._fit()
