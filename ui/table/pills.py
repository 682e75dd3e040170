"""The row of kinds: what the table shows, with how many rows each has."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from journey.model.ids import Kind
from ui.numbers import number
from ui.shell.drawing import draw_box, fill_rect
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line, text_width
from ui.table.words import kind_title, tr

_HIGH = 32


class KindPill(PaintedButton):
    """One kind and its count; as the last one, more kinds in a menu."""

    def __init__(self, kind: Kind | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind = kind
        self.count = ""
        self.first = self.last = False
        self.setCheckable(kind is not None)
        self.setText(tr("More") if kind is None else kind_title(kind))
        self.setAccessibleName(self.text())

    def set_count(self, count: int) -> None:
        """Show how many rows there are."""
        self.count = number(count, 0)
        self.setAccessibleName(f"{self.text()}, {self.count}")
        self.update()

    def content_size(self) -> QSize:
        """Return the room of words and count."""
        wide = 24 + text_width(self.text(), font("base", 600))
        if self.kind is None:
            return QSize(int(wide + 18), _HIGH)
        return QSize(int(wide + 8 + text_width(self.count or "0", font("base"))) + 1, _HIGH)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint it as a part of one row."""
        outer = rect.adjusted(0 if self.first else -8, 0, 0 if self.last else 8, 0)
        painter.setClipRect(rect)
        on = self.isChecked()
        fill = theme.accent_tint if on or self.isDown() else theme.surface
        if self.is_hot and not on:
            fill = theme.sunken
        edge = theme.accent if on else theme.outline
        draw_box(painter, outer, self.radius, fill, line=edge)
        if not self.first:
            fill_rect(painter, QRectF(0, 0, 1, rect.height()), edge)
        ink = theme.accent if on else theme.text
        face = font("base", 600 if on else 500)
        paint_line(painter, rect.adjusted(12, 0, 0, 0), self.text(), face, ink)
        if self.kind is None:
            chevron = QRectF(rect.right() - 24, rect.center().y() - 6, 12, 12)
            paint_icon(painter, chevron, "caret-down", theme.text_2)
            return
        right = Qt.AlignmentFlag.AlignRight
        count = rect.adjusted(0, 0, -12, 0)
        faint = theme.accent if on else theme.text_3
        paint_line(painter, count, self.count, font("base"), faint, alignment=right)


class KindPills(QWidget):
    """The kinds side by side; those without room wait in a menu, the chosen one never does.

    Attributes:
        chosen: a Kind.
    """

    chosen = Signal(object)

    def __init__(self, kinds: Sequence[Kind], parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(160)
        self.setFixedHeight(_HIGH)
        self.setAccessibleName(tr("What the table shows"))
        self._pills = {kind: KindPill(kind, self) for kind in kinds}
        self._more = KindPill(None, self)
        self._waiting: list[Kind] = []
        for kind, pill in self._pills.items():
            pill.clicked.connect(lambda _on=False, one=kind: self.chosen.emit(one))
        self._more.clicked.connect(self.open_menu)

    def pill(self, kind: Kind) -> KindPill:
        """Return a kind's pill."""
        return self._pills[kind]

    def show_counts(self, counts: Mapping[Kind, int]) -> None:
        """Show how many rows kinds have."""
        for kind, count in counts.items():
            self._pills[kind].set_count(count)
        self._flow()

    def set_current(self, kind: Kind) -> None:
        """Mark the kind shown."""
        for one, pill in self._pills.items():
            pill.setChecked(one is kind)
        self._flow()

    def open_menu(self) -> None:
        """Offer the kinds there was no room for."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind in self._waiting:
            pill = self._pills[kind]
            action = menu.addAction(f"{pill.text()}   {pill.count}")
            action.triggered.connect(lambda _on=False, one=kind: self.chosen.emit(one))
        menu.popup(self._more.mapToGlobal(QPoint(0, _HIGH + 2)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual."""
        super().resizeEvent(event)
        self._flow()

    def _flow(self) -> None:
        """Place as many pills as there is room for."""
        wide = {kind: pill.content_size().width() for kind, pill in self._pills.items()}
        room = self.width()
        if sum(wide.values()) > room:
            room -= self._more.content_size().width()
        current = next((k for k, pill in self._pills.items() if pill.isChecked()), None)
        room -= wide.get(current, 0) if current is not None else 0
        shown: list[Kind] = []
        for kind in self._pills:
            if kind is current:
                shown.append(kind)
            elif wide[kind] <= room:
                shown.append(kind)
                room -= wide[kind]
            else:
                room = min(room, 0)
        self._waiting = [kind for kind in self._pills if kind not in shown]
        self._place(shown)

    def _place(self, shown: Sequence[Kind]) -> None:
        row = [self._pills[kind] for kind in shown]
        if self._waiting:
            row.append(self._more)
        left = 0
        for number_of, pill in enumerate(row):
            pill.first, pill.last = number_of == 0, number_of == len(row) - 1
            wide = pill.content_size().width()
            pill.setGeometry(left, 0, wide, _HIGH)
            left += wide
        for kind in self._waiting:
            self._pills[kind].hide()
        self._more.setVisible(bool(self._waiting))
        for pill in row:
            pill.show()
