"""Choosing one of several side by side: the segmented control and the leader pills."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from ui.shell.drawing import draw_box, fill_rect
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.choice import Choice
from ui.shell.widgets.marks import paint_avatar
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line, text_width

__all__ = ["Choice", "LeaderPill", "SegmentedControl"]


class _Segment(PaintedButton):
    """One part of a segmented control; `before` is its neighbour at the left."""

    def __init__(
        self, choice: Choice, before: "_Segment | None", compact: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.choice = choice
        self.before = before
        self.is_last = True
        if before is not None:
            before.is_last = False
        self._high = 28 if compact else 32
        self.setCheckable(True)
        self.setText(choice.label)
        self.setAccessibleName(choice.label)

    def content_size(self) -> QSize:
        wide = 28 + text_width(self.text(), font("base", 600))
        return QSize(int(wide + (22 if self.choice.icon_name else 0)) + 1, self._high)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        first, last = self.before is None, self.is_last
        outer = rect.adjusted(0 if first else -8, 0, 0 if last else 8, 0)
        painter.setClipRect(rect)
        fill = theme.surface
        if self.isChecked() or self.isDown():
            fill = theme.accent_tint
        elif self.is_hot:
            fill = theme.sunken
        edge = theme.accent if self.isChecked() else theme.outline
        draw_box(painter, outer, self.radius, fill, line=edge)
        if self.before is not None:
            # The shared edge belongs to the chosen part, on whichever side that is.
            shared = theme.accent if self.before.isChecked() else edge
            fill_rect(painter, QRectF(0, 0, 1, rect.height()), shared)
        face = font("base", 600 if self.isChecked() else 500)
        ink = theme.accent if self.isChecked() else theme.text
        if not self.isEnabled():
            ink = theme.text_3
        wide = text_width(self.text(), face) + (22 if self.choice.icon_name else 0)
        x = (rect.width() - wide) / 2
        if self.choice.icon_name:
            place = QRectF(x, rect.center().y() - 8, 16, 16)
            paint_icon(painter, place, self.choice.icon_name, ink)
            x += 22
        paint_line(painter, QRectF(x, 0, wide, rect.height()), self.text(), face, ink)


class SegmentedControl(QWidget):
    """Two to five views of one thing side by side; arrow keys move the choice.

    Fires `chosen` with the id when a person chooses, not when `set_current` does.
    """

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[Choice], *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._segments: dict[str, _Segment] = {}
        segment: _Segment | None = None
        for choice in choices:
            segment = _Segment(choice, segment, compact, self)
            self._group.addButton(segment)
            self._segments[choice.id] = segment
            row.addWidget(segment)
        self._group.buttonToggled.connect(self._on_toggled)
        self._quiet = True
        if choices:
            self._segments[choices[0].id].setChecked(True)
        self._quiet = False

    def current(self) -> str:
        """Return the id of the chosen part; empty when there is none."""
        chosen = self._group.checkedButton()
        return chosen.choice.id if isinstance(chosen, _Segment) else ""

    def set_current(self, choice_id: str) -> None:
        """Choose a part without firing `chosen`; KeyError for an unknown id."""
        self._quiet = True
        self._segments[choice_id].setChecked(True)
        self._quiet = False

    def _on_toggled(self, button: PaintedButton, checked: bool) -> None:
        self.update()
        if checked and not self._quiet and isinstance(button, _Segment):
            self.chosen.emit(button.choice.id)


class LeaderPill(PaintedButton):
    """A leader with initials and a count, to filter a list; without a name it stands for all."""

    _HEIGHT = 28
    radius = 14.0

    def __init__(
        self, name: str, count: int, icon_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_leader(name, count)

    def set_leader(self, name: str, count: int) -> None:
        """Show another leader or count."""
        self._count = str(count)
        self.setText(name)
        self.setAccessibleName(f"{name}, {count}")
        self.updateGeometry()
        self.update()

    def content_size(self) -> QSize:
        """Return the room for the name at its boldest, so checking does not move neighbours."""
        wide = 32 + text_width(self.text(), font("base", 600)) + 6
        return QSize(int(wide + text_width(self._count, font("base"))) + 13, self._HEIGHT)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the pill."""
        checked = self.isChecked()
        fill, edge = theme.surface, theme.hairline
        if checked or self.isDown():
            fill, edge = theme.accent_tint, theme.accent
        elif self.is_hot:
            fill, edge = theme.sunken, theme.outline
        draw_box(painter, rect, self.radius, fill, line=edge)
        ink = theme.accent if checked else theme.text
        if self._icon_name:
            paint_icon(painter, QRectF(10, 6, 16, 16), self._icon_name, ink)
        else:
            ground = theme.surface if checked or self.is_hot else theme.sunken
            paint_avatar(painter, QRectF(5, 4, 20, 20), self.text(), theme, ground)
        face = font("base", 600 if checked else 400)
        words = QRectF(32, 0, rect.width(), rect.height())
        paint_line(painter, words, self.text(), face, ink)
        count = rect.adjusted(0, 0, -12, 0)
        count_ink = theme.accent if checked else theme.text_2
        right = Qt.AlignmentFlag.AlignRight
        paint_line(painter, count, self._count, font("base"), count_ink, alignment=right)
