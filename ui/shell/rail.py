"""The rail at the left: the screens, help and settings."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from ui.shell.drawing import draw_box, fill_rect
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.labels import set_plain_tooltip
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line

# name, icon, word; in this order on the rail.
VIEWS: Final = (
    ("map", "map-trifold", "Map"),
    ("flow", "flow-arrow", "Flow"),
    ("table", "table", "Table"),
    ("evidence", "chart-bar", "Evidence"),
    ("priorities", "list-numbers", "Priorities"),
    ("quarter", "calendar-check", "Quarter"),
)
WIDE, NARROW = 72, 60


class _RailButton(PaintedButton):
    """A screen: icon over word; or a tool: the icon alone with a tooltip."""

    def __init__(self, name: str, icon_name: str, *, worded: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self._icon_name = icon_name
        self._worded = worded
        self.setCheckable(worded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def content_size(self) -> QSize:
        return QSize(54, 48 if self._worded else 40)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        chosen = self.isChecked()
        if chosen or self.isDown():
            draw_box(painter, rect, self.radius, theme.accent_tint)
        elif self.is_hot:
            draw_box(painter, rect, self.radius, theme.sunken)
        ink = theme.accent if chosen else theme.text_2
        if not self._worded:
            place = QRectF(rect.center().x() - 10, rect.center().y() - 10, 20, 20)
            paint_icon(painter, place, self._icon_name, ink)
            return
        paint_icon(painter, QRectF(rect.center().x() - 10, 6, 20, 20), self._icon_name, ink)
        face = font("meta", 600 if chosen else 400)
        words = QRectF(0, 28, rect.width(), 16)
        centre = Qt.AlignmentFlag.AlignHCenter
        paint_line(painter, words, self.text(), face, ink, alignment=centre)


class Rail(QWidget):
    """The screens by name (`VIEWS`); fires what a person asks for and changes nothing itself."""

    view_requested = Signal(str)
    help_requested = Signal()
    settings_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Screens"))
        self._compact = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(4, 8, 4, 8)
        self._column.setSpacing(4)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _RailButton] = {}
        for name, icon_name, _ in VIEWS:
            button = _RailButton(name, icon_name, worded=True, parent=self)
            button.clicked.connect(self._on_clicked)
            self._group.addButton(button)
            self._buttons[name] = button
            self._column.addWidget(button)
        self._group.buttonToggled.connect(self._on_toggled)
        self._column.addStretch(1)
        self._help = _RailButton("help", "question", worded=False, parent=self)
        self._settings = _RailButton("settings", "gear-six", worded=False, parent=self)
        self._help.clicked.connect(self.help_requested)
        self._settings.clicked.connect(self.settings_requested)
        self._column.addWidget(self._help)
        self._column.addWidget(self._settings)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set_compact(False)
        self._retranslate()

    def set_available(self, names: Iterable[str]) -> None:
        """Show only these screens; the others are left out, as is a choice among them."""
        wanted = set(names)
        for name, button in self._buttons.items():
            button.setVisible(name in wanted)

    def set_current(self, name: str) -> None:
        """Mark the screen that is shown; KeyError for an unknown name."""
        self._buttons[name].setChecked(True)

    def current(self) -> str:
        """Return the name of the marked screen; empty when none is."""
        chosen = self._group.checkedButton()
        return chosen.name if isinstance(chosen, _RailButton) else ""

    def set_compact(self, compact: bool) -> None:
        """Be 60 wide in a narrow window, 72 otherwise."""
        self._compact = compact
        self.setFixedWidth(NARROW if compact else WIDE)
        side = 3 if compact else 6
        self._column.setContentsMargins(side, 8, side + 1, 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the ground, the hairline and the bar beside the chosen screen."""
        theme = active_theme()
        with QPainter(self) as painter:
            fill_rect(painter, QRectF(self.rect()), theme.canvas)
            edge = QRectF(self.width() - 1, 0, 1, self.height())
            fill_rect(painter, edge, theme.hairline)
            chosen = self._group.checkedButton()
            if chosen is not None and chosen.isVisible():
                place = chosen.geometry()
                fill_rect(painter, QRectF(0, place.top() + 8, 3, place.height() - 16), theme.accent)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: a new language renames the screens."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _on_toggled(self) -> None:
        self.update()

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, _RailButton):
            self.view_requested.emit(sender.name)

    def _retranslate(self) -> None:
        for name, _, word in VIEWS:
            translated = QCoreApplication.translate("Rail", word)
            self._buttons[name].setText(translated)
            self._buttons[name].setAccessibleName(translated)
        for button, name, keys in (
            (self._help, self.tr("Keyboard guide"), " (F1)"),
            (self._settings, self.tr("Menu and settings"), ""),
        ):
            button.setAccessibleName(name)
            set_plain_tooltip(button, f"{name}{keys}")
