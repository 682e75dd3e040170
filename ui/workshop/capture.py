"""The line at the foot that takes what people say, with what it becomes and where it goes."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from ui.shell.drawing import draw_box
from ui.shell.icons import icon, paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font, line_height
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line, text_width, wrap
from ui.workshop.hints import paint_cap
from ui.workshop.lines import CaptureLine
from ui.workshop.sorts import PREFIXES, SIGNS, Sort, colours, word
from ui.workshop.wording import tr


class SortButton(PaintedButton):
    """What the words become; a click offers the others."""

    radius = 6.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sort = Sort.PAIN
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a prefix says the same by key
        self.show_sort(Sort.PAIN)

    def show_sort(self, sort: Sort) -> None:
        """Show a sort."""
        if sort is self.sort and self.accessibleName():
            return
        self.sort = sort
        self.setAccessibleName(tr("Captured as: {0}").format(word(sort)))
        self.updateGeometry()
        self.update()

    def content_size(self) -> QSize:
        """Return the size of edge, sign and word."""
        wide = 22 + 24 + 12 + text_width(word(self.sort), self._face()) + 18
        return QSize(round(wide) + 2, 48)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint a small sticky."""
        ground, edge, ink = colours(self.sort, theme)
        draw_box(painter, rect, 6, ground)
        painter.save()
        painter.setClipRect(QRectF(0, 0, 6, rect.height()))
        draw_box(painter, QRectF(0, 0, 24, rect.height()), 6, edge)
        painter.restore()
        paint_icon(painter, QRectF(22, 0, 24, rect.height()), SIGNS[self.sort], ink)
        place = rect.adjusted(58, 0, 0, 0)
        paint_line(painter, place, word(self.sort), self._face(), ink)

    def _face(self) -> QFont:
        return font("workshop_meta", 600)


_NARROW = 1100


class Destination(QWidget):
    """Where the words go, in at most two lines, and the key that sends them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._asked: tuple[str, int] = ("", 0)
        self._laid = wrap("", font("workshop_hint"), line_height("workshop_hint"), 100)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_words(self, text: str, room: int) -> None:
        """Show where; words that take more than two lines of the room give way to a short one."""
        if (text, room) == self._asked:
            return
        self._asked = (text, room)
        face, high = font("workshop_hint"), line_height("workshop_hint")
        laid = wrap(text, face, high, room)
        if laid.lines > 2:
            text = tr("to this touchpoint")
            laid = wrap(text, face, high, room)
        self._text, self._laid = text, laid
        self.setAccessibleName(text)
        self.setFixedWidth(round(laid.width) + 16 + 74)
        self.update()

    def text(self) -> str:
        """Return what it says."""
        return self._text

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme = active_theme()
        with QPainter(self) as painter:
            middle = self.height() / 2
            place = QRectF(0, middle - self._laid.height / 2, 1, 1).topLeft()
            self._laid.paint(painter, place, theme.text_2)
            paint_cap(painter, self.width() - 70.0, middle, "Enter", theme)


class CaptureBar(QWidget):
    """The line in its frame.

    Attributes:
        sort_wanted: another Sort was chosen in the menu.
    """

    sort_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = SortButton()
        self.line = CaptureLine(font("workshop_capture"))
        self.line.setAccessibleName(tr("What people say"))
        self.line.setPlaceholderText(tr("Type what people say"))
        self.where = Destination()
        self._target = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 4, 26, 4)
        row.setSpacing(20)
        row.addWidget(self.button)
        row.addWidget(self.line, 1)
        row.addWidget(self.where)
        self.button.clicked.connect(self._offer)
        self.line.sort_wanted.connect(self.sort_wanted)
        self._allowed: tuple[Sort, ...] = ()

    def show_sort(self, sort: Sort, target: str, allowed: tuple[Sort, ...]) -> None:
        """Show what is captured and where it goes."""
        self.line.sort = sort
        self._allowed = allowed
        self.button.show_sort(sort)
        self._target = target
        self._fit()

    def _fit(self) -> None:
        # In a narrow window where it goes takes two lines: what is typed needs the room.
        share = 4 if self.width() > _NARROW else 8
        self.where.show_words(self._target, max(self.width() // share, 120))

    def _offer(self) -> None:
        menu = QMenu(self)
        keys = {sort: key for key, sort in PREFIXES.items()}
        for sort in self._allowed:
            key = f"\t{keys[sort]}" if sort in keys else ""
            action = menu.addAction(icon(SIGNS[sort]), word(sort) + key)
            action.setData(sort)
        menu.triggered.connect(self._on_sort)
        menu.popup(self.button.mapToGlobal(self.button.rect().topLeft()))

    def _on_sort(self, action: QAction) -> None:
        self.sort_wanted.emit(Sort(action.data()))
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual."""
        super().resizeEvent(event)
        self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual."""
        super().focusInEvent(event)
        self.line.setFocus(event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the frame, in the accent while it is typed in."""
        theme = active_theme()
        with QPainter(self) as painter:
            focused = self.line.hasFocus()
            line = theme.accent if focused else theme.outline
            rect = QRectF(self.rect())
            draw_box(painter, rect, 10, theme.surface, line=line, width=3 if focused else 1)
