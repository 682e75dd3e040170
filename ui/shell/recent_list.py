"""The list of workspaces opened before, with a search field and little pictures."""

import zlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.dates import clock_words, day_words
from ui.shell.drawing import draw_box, fill_rect
from ui.shell.settings import RecentFile
from ui.shell.theme import Theme
from ui.shell.type import font
from ui.shell.widgets.choice import Choice, choices_menu
from ui.shell.widgets.labels import PlainLabel, WrapLabel, set_plain_tooltip
from ui.shell.widgets.painted_button import PaintedButton
from ui.shell.wrapping import paint_line, text_width

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent
    from PySide6.QtWidgets import QLineEdit

_ROW, _PICTURE_WIDE, _PICTURE_HIGH = 80, 88, 56
OUTDENT: Final = 14  # the tint of a row reaches past the text it stands under


class RecentRow(PaintedButton):
    """One workspace: picture, name, journeys, state; when it was opened and in which folder."""

    radius = 8.0
    forget_requested = Signal(str)

    def __init__(self, file: RecentFile, now: datetime, parent: QWidget) -> None:
        super().__init__(parent)
        self.file = file
        self._when = self._moment(file.opened.astimezone(now.tzinfo), now)
        self._folder = PurePath(file.path).parent.name
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(file.title)
        said = (file.title, *self._details(), self._when, self._folder)
        self.setAccessibleName(", ".join(part for part in said if part))
        set_plain_tooltip(self, file.path)

    def content_size(self) -> QSize:
        """Return the least a row takes; long names end in an ellipsis, the tooltip has them."""
        return QSize(320, _ROW)

    def draw(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the row."""
        if self.isDown():
            draw_box(painter, rect, self.radius, theme.accent_tint)
        elif self.is_hot or self.hasFocus():
            draw_box(painter, rect, self.radius, theme.selected)
        picture = QRectF(OUTDENT, 12, _PICTURE_WIDE, _PICTURE_HIGH)
        paint_picture(painter, picture, self.file, theme)
        left = picture.right() + 14
        right = rect.right() - OUTDENT
        room = self._draw_place(painter, right, theme)
        wide = right - room - 16 - left
        lines = [(self.file.title, font("title", 600), theme.text)]
        ink = theme.warning if self.file.failed else theme.text_2
        lines += [(t, font("sticky"), ink) for t in self._details() if t]
        heights = [20.0] + [16.0] * (len(lines) - 1)
        y = (rect.height() - sum(heights)) / 2
        for (text, face, ink), height in zip(lines, heights, strict=True):
            shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, wide)
            paint_line(painter, QRectF(left, y, wide, height), shown, face, ink)
            y += height

    def contextMenuEvent(self, event: "QContextMenuEvent") -> None:
        """Qt's virtual: offer to take the file off the list."""
        forget = Choice("forget", self.tr("Remove from this list"), "x")
        menu = choices_menu(self, (forget,), "")
        menu.triggered.connect(self._forget)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Qt's virtual: Delete takes the file off the list, never off the disk."""
        if event.key() == Qt.Key.Key_Delete:
            self._forget()
            return
        super().keyPressEvent(event)

    def _forget(self) -> None:
        self.forget_requested.emit(self.file.path)

    def _details(self) -> tuple[str, str]:
        if self.file.failed:
            return self.tr("Could not be opened the last time"), ""
        return self.file.journeys, self.file.status

    def _draw_place(self, painter: QPainter, right: float, theme: Theme) -> float:
        face = font("sticky")
        room = min(max(text_width(self._when, face), text_width(self._folder, face)), 160.0)
        flag = Qt.AlignmentFlag.AlignRight
        folder = QFontMetricsF(face).elidedText(self._folder, Qt.TextElideMode.ElideMiddle, room)
        for text, y, ink in ((self._when, 24, theme.text_2), (folder, 40, theme.text_3)):
            place = QRectF(right - room, y, room, 16)
            paint_line(painter, place, text, face, ink, alignment=flag)
        return room

    def _moment(self, opened: datetime, now: datetime) -> str:
        days = (now.date() - opened.date()).days
        if days == 0:
            return self.tr("today, {0}").format(clock_words(opened))
        return self.tr("yesterday") if days == 1 else day_words(opened)


def paint_picture(painter: QPainter, rect: QRectF, file: RecentFile, theme: Theme) -> None:
    """Paint a sketch of a map: stages, a line, stickies.

    The line is solid where answers came in and dashed where people only judged. Its shape comes
    from the path, so each file keeps its own; it is a sign to recognise, not a measurement.
    """
    draw_box(painter, rect, 4, theme.canvas, line=theme.hairline)
    step = (rect.width() - 12) / 5
    for index in range(5):
        box = QRectF(rect.left() + 6.5 + index * step, rect.top() + 7, step - 2, 5)
        draw_box(painter, box, 1.5, theme.stage)
    seed = zlib.crc32(file.path.encode("utf-8", "surrogatepass"))
    points = []
    for index in range(8):
        drop = (seed >> (index * 4)) & 15
        x = rect.left() + 9 + index * (rect.width() - 18) / 7
        points.append(QPointF(x, rect.top() + 21 + drop * 1.2))
    pen = QPen(theme.measured if file.has_answers else theme.judged, 1.75)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if not file.has_answers:
        pen.setDashPattern([2.0, 1.6])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))
    for index, colour in enumerate((theme.pain_edge, theme.pain_edge, theme.improvement_edge)):
        note = QRectF(rect.left() + 23 + index * 18, rect.bottom() - 10, 7, 6)
        fill_rect(painter, note, QColor(colour))


class RecentList(QWidget):
    """The heading, a search field once there is something to search, and the rows.

    Fires `chosen` and `forget_requested` with the path.
    """

    chosen = Signal(str)
    forget_requested = Signal(str)
    _SEARCH_FROM = 3

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[RecentFile, ...] = ()
        self._shown: list[RecentRow] = []
        self._now = datetime.now().astimezone()
        self._heading = PlainLabel("", "title", 600, parent=self)
        self._search: QLineEdit | None = None
        self._empty = WrapLabel("", "base", 400, "text_2", self)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(OUTDENT, 0, OUTDENT, 0)
        self._head.addWidget(self._heading)
        self._head.addStretch(1)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        notice = QHBoxLayout()
        notice.setContentsMargins(OUTDENT, 8, OUTDENT, 0)
        notice.addWidget(self._empty)
        self._rows.addLayout(notice)
        self._rows.addStretch(1)
        inside = QWidget(self)
        inside.setLayout(self._rows)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head)
        column.addWidget(self._scroll, 1)
        self._retranslate()

    def set_files(self, files: Sequence[RecentFile], now: datetime | None = None) -> None:
        """Show these files, the latest first. `now` is aware; the moment of the call if None."""
        self._files = tuple(files)
        self._now = now or datetime.now().astimezone()
        enough = len(self._files) >= self._SEARCH_FROM
        if enough and self._search is None:
            self._search = self._make_search()
        if self._search is not None:
            self._search.setVisible(enough)
            self._search.clear()
        self._rebuild()

    def rows(self) -> list[RecentRow]:
        """Return the rows shown, from the top."""
        return list(self._shown)

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: a new language renames everything."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _rebuild(self) -> None:
        for row in self._shown:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        typed = self._search.text() if self._search is not None else ""
        wanted = typed.casefold().split()
        self._shown.clear()
        shown = [file for file in self._files if _holds(file, wanted)]
        for index, file in enumerate(shown):
            row = RecentRow(file, self._now, self)
            row.clicked.connect(self._on_clicked)
            row.forget_requested.connect(self.forget_requested)
            self._rows.insertWidget(index, row)
            self._shown.append(row)
        self._empty.setVisible(not shown)
        self._say_empty()

    def _on_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, RecentRow):
            self.chosen.emit(row.file.path)

    def _say_empty(self) -> None:
        if self._files:
            self._empty.set_text(self.tr("No file here has these words in its name or journeys."))
        else:
            self._empty.set_text(
                self.tr(
                    "Nothing opened here yet. Start a journey at the left, or look at the sample "
                    "to see a finished one. What you open will be listed here."
                )
            )

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Recent"))
        self._name_search()
        self.set_files(self._files, self._now)

    def _make_search(self) -> "QLineEdit":
        # Made only for those who have something to search: the first paint is quicker without.
        from PySide6.QtWidgets import QLineEdit

        from ui.shell.icons import icon

        field = QLineEdit(self)
        field.setProperty("compact", True)
        field.setFixedWidth(200)
        field.setFont(font("sticky"))
        field.addAction(icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)
        field.textChanged.connect(self._rebuild)
        self._head.addWidget(field)
        self._search = field
        self._name_search()
        return field

    def _name_search(self) -> None:
        if self._search is not None:
            words = self.tr("Search recent files")
            self._search.setPlaceholderText(words)
            self._search.setAccessibleName(words)


def _holds(file: RecentFile, wanted: Sequence[str]) -> bool:
    hay = f"{file.title} {file.journeys} {file.path}".casefold()
    return all(word in hay for word in wanted)
