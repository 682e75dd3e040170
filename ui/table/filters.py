"""What rows are filtered with: a line to type in, a list to pick from, pills that say so."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from ui.shell.drawing import draw_box
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line, text_width
from ui.table.paint import tinted
from ui.table.words import tr

_MOST: int = 400


class FilterLine(QLineEdit):
    """A filter typed as words or as ">3".

    Attributes:
        entered: Enter was pressed. left: Esc or Down leads back to the rows.
    """

    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("compact", True)
        self._set = self._bad = False

    def set_state(self, is_set: bool, *, bad: bool) -> None:
        """Show whether it filters, and whether it is no figure."""
        self._set, self._bad = is_set, bad
        words = tr("This is not a figure; write 3, >3 or 2..4.") if bad else ""
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's virtual: a filter that is set is tinted, one that cannot be is framed."""
        super().paintEvent(event)
        if self._set:
            theme = active_theme()
            line = theme.warning if self._bad else theme.accent
            with QPainter(self) as painter:
                rect = QRectF(self.rect())
                draw_box(painter, rect, 6, tinted(line), line=line, width=1.5)


class FilterPick(PaintedButton):
    """A filter picked from the values there are. Fires `chosen` with the texts kept."""

    chosen = Signal(object)
    radius = 6.0

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._offer: Callable[[], Sequence[str]] = tuple
        self._kept: frozenset[str] = frozenset()
        self.clicked.connect(self.open_menu)

    def set_offer(self, offer: Callable[[], Sequence[str]]) -> None:
        """Say where the values come from when the list opens."""
        self._offer = offer

    def set_chosen(self, kept: frozenset[str]) -> None:
        """Show which values are kept; none: any."""
        self._kept = kept
        self.setText(", ".join(sorted(text or tr("empty") for text in kept)) or tr("any"))
        self.setAccessibleDescription(self.text())
        self.update()

    def content_size(self) -> QSize:
        """Return the least room."""
        return QSize(40, 26)

    def open_menu(self) -> None:
        """Show the values; a click keeps one more or lets it go."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        every = menu.addAction(tr("any"))
        every.triggered.connect(lambda: self.chosen.emit(frozenset()))
        menu.addSeparator()
        for text in self._offer()[:_MOST]:
            action = menu.addAction((text or tr("empty")).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(text in self._kept)
            action.triggered.connect(
                lambda _on, one=text: self.chosen.emit(self._kept ^ frozenset({one}))
            )
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 1)))

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint what is kept."""
        fill, line = theme.surface, theme.outline
        if self._kept:
            fill, line = theme.accent_tint, theme.accent
        elif self.is_hot:
            fill = theme.sunken
        draw_box(painter, rect, self.radius, fill, line=line)
        face = font("sticky", 600 if self._kept else 400)
        words = rect.adjusted(7, 0, -22, 0)
        text = QFontMetricsF(face).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, max(words.width(), 1)
        )
        paint_line(painter, words, text, face, theme.accent if self._kept else theme.text_3)
        chevron = QRectF(rect.right() - 19, rect.center().y() - 6, 12, 12)
        paint_icon(painter, chevron, "caret-down", theme.text_3)


class FilterPill(PaintedButton):
    """A filter that is set, in words; a press takes it away."""

    radius = 14.0

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setAccessibleName(tr("Filter {0}, press to take away").format(words))

    def content_size(self) -> QSize:
        """Return the room of words and cross."""
        return QSize(int(text_width(self.text(), font("base", 600))) + 42, 28)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the pill."""
        draw_box(painter, rect, self.radius, theme.accent_tint, line=theme.accent)
        words = rect.adjusted(12, 0, 0, 0)
        paint_line(painter, words, self.text(), font("base", 600), theme.accent)
        cross = QRectF(rect.right() - 25, rect.center().y() - 6, 12, 12)
        paint_icon(painter, cross, "x", theme.accent)
