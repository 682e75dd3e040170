"""The white card every part of the Quarter screen stands on, and rows painted on one."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.shell.drawing import draw_box
from ui.shell.theme import Theme, active_theme
from ui.shell.widgets.labels import PlainLabel, WrapLabel

PAD = 16


class Card(QWidget):
    """A titled card; its parts stand under each other in `body`, the foot's words last."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAD, 12, PAD, 12)
        column.setSpacing(6)
        self._head = QHBoxLayout()
        self._head.setSpacing(10)
        self.title = PlainLabel(title, "title", 600)
        self._head.addWidget(self.title)
        self._head.addStretch(1)
        column.addLayout(self._head)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        column.addLayout(self.body)
        self.foot = WrapLabel("", "sticky", 400, "text_2")
        self.foot.setVisible(False)
        column.addWidget(self.foot)
        column.addStretch(1)

    def add_beside_title(self, widget: QWidget) -> None:
        """Put a widget at the right of the title."""
        self._head.addWidget(widget)

    def set_foot(self, words: str) -> None:
        """Say something under it all; nothing where it is empty."""
        self.foot.set_text(words)
        self.foot.setVisible(bool(words))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the ground of a card."""
        theme = active_theme()
        with QPainter(self) as painter:
            draw_box(painter, QRectF(self.rect()), 8, theme.surface, line=theme.hairline)


class Rows(QWidget):
    """Rows painted under each other; each is as high as its words at this width ask for.

    Subclasses give `count`, `height_of` and `draw`; only rows in sight are painted.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._tops: list[float] = [0.0]
        self._laid_for = -1

    def count(self) -> int:
        """Return how many rows there are."""
        raise NotImplementedError

    def height_of(self, row: int, width: float) -> float:
        """Return a row's height, logical pixels."""
        raise NotImplementedError

    def draw(self, painter: QPainter, row: int, rect: QRectF, theme: Theme) -> None:
        """Paint a row."""
        raise NotImplementedError

    def relay(self) -> None:
        """Lay the rows out again; their number or words changed."""
        self._laid_for = -1
        self.setMinimumHeight(self.heightForWidth(max(self.width(), 1)))
        self.updateGeometry()
        self.update()

    def row_rect(self, row: int) -> QRectF:
        """Return the place of a row."""
        tops = self._laid(self.width())
        return QRectF(0, tops[row], self.width(), tops[row + 1] - tops[row])

    def row_at(self, y: float) -> int:
        """Return the row at a height; −1 beside them."""
        tops = self._laid(self.width())
        return next((i for i in range(len(tops) - 1) if tops[i] <= y < tops[i + 1]), -1)

    def hasHeightForWidth(self) -> bool:
        """Qt's virtual: words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt's virtual: all rows."""
        return round(self._laid(width)[-1])

    def sizeHint(self) -> QSize:
        """Qt's virtual."""
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: another width, other heights."""
        super().resizeEvent(event)
        height = self.heightForWidth(self.width())
        if height != self.minimumHeight():
            self.setMinimumHeight(height)
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's virtual: the rows that are in sight."""
        theme = active_theme()
        shown = QRectF(event.rect())
        with QPainter(self) as painter:
            for row in range(self.count()):
                rect = self.row_rect(row)
                if rect.intersects(shown):
                    self.draw(painter, row, rect, theme)

    def _laid(self, width: int) -> list[float]:
        if self._laid_for != width:
            tops = [0.0]
            for row in range(self.count()):
                tops.append(tops[-1] + round(self.height_of(row, float(width))))
            self._tops, self._laid_for = tops, width
        return self._tops


def cleared(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
