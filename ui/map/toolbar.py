"""The bar above the map: lanes, add, counts, zoom, fit."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.buttons import IconButton, KeyButton
from ui.shell.widgets.labels import PlainLabel, set_plain_tooltip
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line, text_width


class MenuButton(PaintedButton):
    """A button with an icon, words and a caret that opens a menu."""

    def __init__(self, icon_name: str, menu: QMenu, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name, self._menu = icon_name, menu
        self.clicked.connect(self._open)

    def set_words(self, text: str) -> None:
        """Set the words on the button."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def content_size(self) -> QSize:
        """Return icon, words and caret side by side."""
        return QSize(
            int(12 + 16 + 7 + text_width(self.text(), font("base", 500)) + 9 + 12 + 11), 28
        )

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint box, icon, words, caret."""
        hot = self.is_hot or self.isDown()
        fill = theme.accent_tint if self.isDown() else theme.sunken if hot else theme.surface
        draw_box(painter, rect, self.radius, fill, line=theme.neutral if hot else theme.outline)
        middle = rect.center().y()
        paint_icon(painter, QRectF(12, middle - 8, 16, 16), self._icon_name, theme.text)
        words = rect.adjusted(35, 0, 0, 0)
        paint_line(painter, words, self.text(), font("base", 500), theme.text)
        caret = QRectF(rect.right() - 23, middle - 6, 12, 12)
        paint_icon(painter, caret, "caret-down", theme.text_2)

    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class ZoomBox(QWidget):
    """Minus, the scale, plus.

    Attributes:
        stepped: +1 or −1. reset: the scale was clicked, 100 % is wanted.
    """

    stepped = Signal(int)
    reset = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.minus = IconButton("minus", self.tr("Zoom out"), keys="Ctrl+-", parent=self)
        self.plus = IconButton("plus", self.tr("Zoom in"), keys="Ctrl++", parent=self)
        self.label = PlainLabel("", "base", 600, parent=self)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.label.setFixedWidth(56)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(0)
        for part in (self.minus, self.label, self.plus):
            row.addWidget(part)
        self.setFixedHeight(28)
        for button in (self.minus, self.plus):
            button.setFixedSize(26, 24)
        self.minus.clicked.connect(self._out)
        self.plus.clicked.connect(self._in)

    def show_zoom(self, zoom: float) -> None:
        """Show a scale."""
        self.label.setText(f"{round(zoom * 100)}\u00a0%")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: one box around all three."""
        theme = active_theme()
        with QPainter(self) as painter:
            draw_box(painter, QRectF(self.rect()), 6, theme.surface, line=theme.outline)

    def _out(self) -> None:
        self.stepped.emit(-1)

    def _in(self) -> None:
        self.stepped.emit(1)


class MapToolbar(QWidget):
    """The bar above the map, 44 high; the counts go first where there is little room."""

    def __init__(self, lanes: QMenu, add: QMenu, personas: QMenu, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(44)
        self.personas = MenuButton("user", personas, self)
        self.personas.hide()
        self.lanes = MenuButton("rows", lanes, self)
        self.add = MenuButton("plus", add, self)
        self.add.set_words(self.tr("Add"))
        self.counts = PlainLabel("", "sticky", 400, "text_3", self)
        self.zoom = ZoomBox(self)
        self.fit = KeyButton("corners-out", self.tr("Fit"), "Ctrl+0", parent=self)
        self.fit.set_least(0, 28)
        set_plain_tooltip(self.fit, self.tr("Show the whole map"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self.lanes)
        row.addWidget(self.add)
        row.addWidget(self.personas)
        row.addStretch(1)
        row.addWidget(self.counts)
        row.addSpacing(10)
        row.addWidget(self.zoom)
        row.addWidget(self.fit)

    def show_counts(self, touchpoints: int, pains: int, improvements: int) -> None:
        """Say how much there is on the map."""
        parts = (
            self.tr("%n touchpoint(s)", "", touchpoints),
            self.tr("%n pain point(s)", "", pains),
            self.tr("%n improvement(s)", "", improvements),
        )
        self.counts.setText(
            " · ".join(
                _plural(part, n)
                for part, n in zip(parts, (touchpoints, pains, improvements), strict=True)
            )
        )

    def show_persona(self, name: str) -> None:
        """Say whose judgements are shown; "" where there is nobody to choose between."""
        self.personas.setVisible(bool(name))
        self.personas.set_words(self.tr("Judged by: %1").replace("%1", name))

    def set_narrow(self, narrow: bool) -> None:
        """Leave the counts out where the window is narrow."""
        self.counts.setVisible(not narrow)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the ground and the hairline below."""
        theme = active_theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.surface)
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.hairline)


def _plural(text: str, n: int) -> str:
    """Return an English source text with its plural made; translations bring their own."""
    return text.replace("(s)", "" if n == 1 else "s")
