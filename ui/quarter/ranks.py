"""The ranks of two quarters: what is new, gone, moved, by what, and whether it is real."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from journey.model.ids import Kind, Ref
from journey.quarter.compare import ComparedItem, Comparison, ItemChange
from ui.quarter import words
from ui.quarter.card import Card, Rows
from ui.quarter.marks import (
    BOX_HEIGHT,
    BOX_WIDTH,
    causes_width,
    paint_cause,
    paint_causes,
    places_moved,
)
from ui.shell.drawing import fill_rect, paint_focus_ring
from ui.shell.icons import paint_icon
from ui.shell.theme import Theme, active_theme
from ui.shell.type import font
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel
from ui.shell.widgets.marks import paint_avatar
from ui.shell.wrapping import paint_line, text_width, wrap

SHOWN_AT_FIRST: Final = 16
_CHANGE, _LEADER, _RANK, _NOISE = 84.0, 34.0, 78.0, 150.0
_LEAST_TITLE: Final = 130.0


class Legend(QWidget):
    """The four causes with their patterns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        face = font("sticky")
        wide = sum(BOX_WIDTH + 6 + text_width(words.cause_word(c), face) + 14 for c in words.CAUSES)
        self.setFixedSize(round(wide), 20)
        self.setAccessibleName(", ".join(words.cause_word(c) for c in words.CAUSES))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme, face, x = active_theme(), font("sticky"), 0.0
        with QPainter(self) as painter:
            for cause in words.CAUSES:
                paint_cause(painter, QRectF(x, 5, BOX_WIDTH, BOX_HEIGHT), cause, theme)
                x += BOX_WIDTH + 6
                word = words.cause_word(cause)
                paint_line(painter, QRectF(x, 0, 100, 20), word, face, theme.text_2)
                x += text_width(word, face) + 14


class RankRows(Rows):
    """One row per pain point; arrow keys move the choice, Enter shows it on the map.

    Attributes:
        chosen, opened: carry a Ref.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(
            int(_CHANGE + _LEADER + _RANK + _NOISE + causes_width() + _LEAST_TITLE)
        )
        self._items: tuple[ComparedItem, ...] = ()
        self._found: Comparison | None = None
        self._longest = 0  # the most places a row of the comparison moved
        self._current = -1
        self._by_key = False

    def set_items(self, found: Comparison | None, items: tuple[ComparedItem, ...]) -> None:
        """Show rows of a comparison; the choice stays where its row does."""
        held = self.current_ref
        self._found, self._items = found, items
        self._longest = max(map(places_moved, found.items), default=0) if found else 0
        self._current = -1
        self.choose(held)
        self.relay()

    @property
    def current_ref(self) -> Ref | None:
        """The pain point chosen, None where there is none."""
        if not 0 <= self._current < len(self._items):
            return None
        return Ref(Kind.PAIN_POINT, self._items[self._current].pain_point)

    def choose(self, ref: Ref | None) -> None:
        """Choose a row without telling; None, or what is not here, chooses none."""
        rows = [i.pain_point for i in self._items]
        known = ref is not None and ref.kind is Kind.PAIN_POINT and ref.id in rows
        self._go(rows.index(ref.id) if known and ref is not None else -1)  # type: ignore[arg-type]

    def count(self) -> int:
        """Return how many rows there are."""
        return len(self._items)

    def height_of(self, row: int, width: float) -> float:
        """Return the height of a title that wraps, with the touchpoint under it."""
        lines = wrap(self._items[row].title, font("base", 500), 18, self._title_width(width))
        return max(44.0, lines.height + 15 + 11)

    def draw(self, painter: QPainter, row: int, rect: QRectF, theme: Theme) -> None:
        """Paint a row."""
        item = self._items[row]
        if row == self._current:
            fill_rect(painter, rect, theme.selected)
            fill_rect(painter, QRectF(rect.left(), rect.top(), 3, rect.height()), theme.accent)
        fill_rect(painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.hairline)
        self._draw_change(painter, item, rect, theme)
        left = rect.left() + _CHANGE
        width = self._title_width(rect.width())
        title = wrap(item.title, font("base", 500), 18, width)
        top = rect.center().y() - (title.height + 15) / 2
        title.paint(painter, QPointF(left, top), theme.text)
        below = QRectF(left, top + title.height, width, 15)
        paint_line(painter, below, item.touchpoint_name, font("meta"), theme.text_2)
        x = left + width + 4
        disc = QRectF(x, rect.center().y() - 11, 22, 22)
        if item.leader is not None:
            paint_avatar(painter, disc, item.leader_name, theme)
        x += _LEADER
        cell = QRectF(x, rect.top(), _RANK, rect.height())
        paint_line(painter, cell, words.ranks(item), font("base", 600), theme.text)
        self._draw_noise(painter, item, QRectF(x + _RANK, rect.top(), _NOISE, rect.height()), theme)
        self._draw_causes(painter, item, QPointF(x + _RANK + _NOISE, rect.center().y()), theme)
        if row == self._current and self.hasFocus() and self._by_key:
            paint_focus_ring(painter, rect.adjusted(1, 1, -1, -1), 4, theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: arrows, Home and End move; Enter opens."""
        last = len(self._items) - 1
        to = {
            Qt.Key.Key_Up: max(self._current - 1, 0),
            Qt.Key.Key_Down: min(self._current + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if to is not None and last >= 0:
            self._by_key = True
            self._pick(to)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.current_ref:
            self.opened.emit(self.current_ref)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a click chooses."""
        row = self.row_at(event.position().y())
        if row >= 0:
            self._by_key = False
            self._pick(row)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a double click shows it on the map."""
        if self.row_at(event.position().y()) >= 0 and self.current_ref:
            self.opened.emit(self.current_ref)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual: a key that brings the focus brings a choice."""
        super().focusInEvent(event)
        by_tab = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._by_key = event.reason() in by_tab
        if self._by_key and self._current < 0 and self._items:
            self._pick(0)
        self.update()

    def _pick(self, row: int) -> None:
        self._go(row)
        if self.current_ref is not None:
            self.chosen.emit(self.current_ref)

    def _go(self, row: int) -> None:
        self._current = row
        if self._found is not None and 0 <= row < len(self._items):
            self.setAccessibleDescription(words.sentence(self._items[row], self._found))
        self.update()

    def _title_width(self, width: float) -> float:
        taken = _CHANGE + 4 + _LEADER + _RANK + _NOISE + causes_width() + 4
        return max(width - taken, _LEAST_TITLE)

    def _draw_change(
        self, painter: QPainter, item: ComparedItem, rect: QRectF, theme: Theme
    ) -> None:
        bold = item.really_moved or item.cause is not None
        ink = theme.text_2
        if item.change is ItemChange.NEW:
            ink = theme.accent
        elif item.change is ItemChange.GONE and item.closed_on:
            ink = theme.good
        elif item.really_moved:
            ink = theme.text
        place = QRectF(rect.left() + 10, rect.center().y() - 7, 14, 14)
        paint_icon(painter, place, words.change_icon(item), ink)
        cell = QRectF(rect.left() + 30, rect.top(), _CHANGE - 30, rect.height())
        face = font("base", 600 if bold else 400)
        paint_line(painter, cell, words.change_word(item.change), face, ink)

    def _draw_noise(
        self, painter: QPainter, item: ComparedItem, rect: QRectF, theme: Theme
    ) -> None:
        assert self._found is not None
        chance, verdict = words.noise(item, self._found)
        if not chance:
            laid = wrap(verdict, font("sticky"), 16, rect.width() - 10)
            top = rect.center().y() - laid.height / 2
            laid.paint(painter, QPointF(rect.left(), top), theme.text_2)
            return
        upper = QRectF(rect.left(), rect.center().y() - 17, rect.width(), 17)
        lower = QRectF(rect.left(), rect.center().y() + 1, rect.width(), 15)
        strong = 600 if item.really_moved else 400
        paint_line(painter, upper, chance, font("base", strong), theme.text)
        ink = theme.text if item.really_moved else theme.text_2
        paint_line(painter, lower, verdict, font("meta", strong), ink)

    def _draw_causes(
        self, painter: QPainter, item: ComparedItem, place: QPointF, theme: Theme
    ) -> None:
        told = words.moved_by(item)
        if not told:
            return
        above = QPointF(place.x(), place.y() - 13)
        paint_causes(painter, above, item, self._longest, theme)
        line = QRectF(place.x(), place.y() + 2, causes_width(), 15)
        paint_line(painter, line, told, font("meta"), theme.text_2)


class RanksCard(Card):
    """Moved, new and gone rows first; the others on request."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.tr("Ranks"), parent)
        self.add_beside_title(Legend())
        self.header = _Header()
        self.rows = RankRows()
        self.rows.setAccessibleName(words.tr("Ranks"))
        self.more = Button("", kind="link", compact=True)
        self.more.clicked.connect(self._on_more)
        self.rest = PlainLabel("", "sticky", 400, "text_2")
        self.body.setSpacing(0)
        self.body.addWidget(self.header)
        self.body.addWidget(self.rows)
        self._add_foot()
        self._found: Comparison | None = None
        self._all = False

    def _add_foot(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 6, 0, 0)
        foot.addWidget(self.rest)
        foot.addStretch(1)
        foot.addWidget(self.more)
        self.body.addLayout(foot)

    def set_comparison(self, found: Comparison | None) -> None:
        """Show a comparison."""
        self._found = found
        self._refill()

    def _refill(self) -> None:
        found = self._found
        items = found.items if found else ()
        told = tuple(i for i in items if i.change is not ItemChange.SAME)
        shown = items if self._all else told[:SHOWN_AT_FIRST]
        self.header.set_quarters(found)
        self.rows.set_items(found, shown)
        hidden, same = len(items) - len(shown), len(items) - len(told)
        self.more.setVisible(bool(hidden) or self._all)
        more = words.tr("Show all {0}").format(len(items))
        self.more.setText(words.tr("Show fewer") if self._all else more)
        text = words.tr("{0} with the same rank").format(same) if same else ""
        if hidden > same:
            text = words.tr("{0} more").format(hidden)
        self.rest.setText(text if not self._all else "")

    def _on_more(self) -> None:
        self._all = not self._all
        self._refill()


class _Header(QWidget):
    """The names of the columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(28)
        self._rank = words.tr("Rank")

    def set_quarters(self, found: Comparison | None) -> None:
        """Name the two quarters over their ranks."""
        if found is not None:
            self._rank = f"{found.before[-2:]} → {found.after[-2:]}"
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual."""
        theme, face = active_theme(), font("meta", 600)
        fixed = _LEADER + _RANK + _NOISE + causes_width() + 8
        width = max(self.width() - _CHANGE - fixed, _LEAST_TITLE)
        left = _CHANGE + width + 4 + _LEADER
        columns = (
            (10.0, words.tr("Change")),
            (_CHANGE, words.tr("Pain point")),
            (left, self._rank),
            (left + _RANK, words.tr("Beyond noise?")),
            (left + _RANK + _NOISE, words.tr("Moved by, in ranks")),
        )
        with QPainter(self) as painter:
            for x, text in columns:
                paint_line(painter, QRectF(x, 0, 400, 26), text, face, theme.text_2)
            fill_rect(painter, QRectF(0, 27, self.width(), 1), theme.hairline)
