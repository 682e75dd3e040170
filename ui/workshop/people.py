"""Who votes, with the dots each has left; or, with nobody named, how many dots there are."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from journey.model.votes import Voter
from ui.shell.drawing import draw_box, fill_rect
from ui.shell.icons import paint_icon
from ui.shell.theme import active_theme
from ui.shell.type import font, line_height
from ui.shell.widgets.labels import PlainLabel, WrapLabel
from ui.shell.wrapping import WrappedText, paint_line, text_width, wrap
from ui.workshop.lines import Line
from ui.workshop.wording import tr

_STEP: Final = 18.0  # from dot to dot
_TIGHT_STEP: Final = 15.0  # where the panel is narrow
_NARROW: Final = 300.0
_GAP: Final = 4.0  # between dots
_ROW: Final = 42
_SIDE: Final = 8.0
_MOST_DOTS_SHOWN: Final = 6
_VOTER: Final = Qt.ItemDataRole.UserRole


class VoterDelegate(QStyledItemDelegate):
    """Paints one person: the name, dots given and left, how many are left.

    A name that is too long to stand beside its dots stands above them, and is never cut.
    """

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Qt's virtual: a long name takes more lines."""
        voter: Voter = index.data(_VOTER)
        line = line_height("workshop_hint")
        above = self._name(voter).lines * line if self._stands_above(voter) else 0
        return QSize(10, _ROW + above)

    def _width(self) -> float:
        view = self.parent()
        assert isinstance(view, QListWidget)
        return view.viewport().width() - 2 * _SIDE

    def _step(self) -> float:
        return _TIGHT_STEP if self._width() < _NARROW else _STEP

    def _dots_width(self, voter: Voter) -> float:
        if max(voter.dots, voter.given) > _MOST_DOTS_SHOWN:
            return text_width(f"{voter.given} / {voter.dots}", font("workshop_hint")) + _SIDE
        return max(voter.dots, voter.given) * self._step()

    @staticmethod
    def _left_width() -> float:
        """Return what "5 left" takes; alike for all, so that the dots stand under each other."""
        return text_width(tr("{0} left").format(5), font("workshop_hint", 600)) + 2 * _SIDE

    def _stands_above(self, voter: Voter) -> bool:
        """Whether a name has no room beside its dots; as wide as it is while its turn lasts."""
        room = self._width() - self._dots_width(voter) - self._left_width()
        return text_width(voter.name, font("workshop_hint", 600)) > room - _SIDE

    def _name(self, voter: Voter) -> WrappedText:
        """Return a name over the whole width; in the heavier face, which takes more lines."""
        face = font("workshop_hint", 600)
        return wrap(voter.name, face, line_height("workshop_hint"), max(self._width(), 60.0))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Qt's virtual."""
        theme = active_theme()
        voter: Voter = index.data(_VOTER)
        view = self.parent()
        assert isinstance(view, QListWidget)
        rect = QRectF(option.rect)
        current = view.currentRow() == index.row()
        if current:
            draw_box(painter, rect.adjusted(0, 1, 0, -1), 4, theme.selected)
            fill_rect(
                painter, QRectF(rect.left(), rect.top() + 1, 3, rect.height() - 2), theme.accent
            )
        fill_rect(painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.hairline)
        inner = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        dots = QRectF(inner)
        if self._stands_above(voter):
            face = font("workshop_hint", 600 if current else 400)
            line = line_height("workshop_hint")
            name = wrap(voter.name, face, line, max(self._width(), 60.0))
            name.paint(painter, inner.topLeft() + QPointF(0, 8), theme.text)
            dots.setTop(rect.bottom() - _ROW + 6)
        else:
            face = font("workshop_hint", 600 if current else 400)
            paint_line(painter, inner, voter.name, face, theme.text)
            dots.setLeft(inner.right() - self._left_width() - self._dots_width(voter))
        self._paint_dots(painter, dots, voter)
        self._paint_left(painter, dots, voter)

    def _paint_dots(self, painter: QPainter, rect: QRectF, voter: Voter) -> None:
        theme = active_theme()
        if max(voter.dots, voter.given) > _MOST_DOTS_SHOWN:
            text = f"{voter.given} / {voter.dots}"
            paint_line(painter, rect, text, font("workshop_hint"), theme.text)
            return
        step = self._step()
        size = step - _GAP
        for at in range(max(voter.dots, voter.given)):
            dot = QRectF(rect.left() + at * step, rect.center().y() - size / 2, size, size)
            if at < voter.given:
                draw_box(painter, dot, size / 2, theme.accent)
            else:
                draw_box(painter, dot, size / 2, None, line=theme.accent, width=2)

    def _paint_left(self, painter: QPainter, rect: QRectF, voter: Voter) -> None:
        theme = active_theme()
        if not voter.left:
            sign = QRectF(rect.right() - 18, rect.center().y() - 9, 18, 18)
            paint_icon(painter, sign, "check", theme.good)
            return
        words, right = tr("{0} left").format(voter.left), Qt.AlignmentFlag.AlignRight
        paint_line(painter, rect, words, font("workshop_hint", 600), theme.text, alignment=right)


class VoterList(QListWidget):
    """The people; the current row is who votes.

    Attributes:
        removal_wanted: Delete was pressed. left: Enter or Esc was.
    """

    removal_wanted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(VoterDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerItem)  # no half name on top
        self.setResizeMode(QListWidget.ResizeMode.Adjust)  # a scroll bar takes of the names' room
        self.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        self.setAccessibleName(tr("People who vote"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setStyleSheet("QListWidget { background: transparent; }")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: arrows choose who votes; what is no business of a list goes on."""
        key = event.key()
        if key == Qt.Key.Key_Delete and self.currentItem() is not None:
            self.removal_wanted.emit(self.currentItem().data(_VOTER).name)
        elif key in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        """Qt's virtual: as high as its rows."""
        rows = sum(self.sizeHintForRow(row) for row in range(self.count()))
        return QSize(10, rows + 2)

    def minimumSizeHint(self) -> QSize:
        """Qt's virtual: two rows, the rest scrolls."""
        return QSize(10, min(2 * _ROW, self.sizeHint().height()))


class VotesPanel(QWidget):
    """The list, its sum, and a line: a name adds a person or takes one off, a number sets the dots.

    Attributes:
        typed: what was entered in the line. removal_wanted: a name. voter_chosen: somebody else.
        left: the keyboard may go back to the cards.
    """

    typed = Signal(str)
    removal_wanted = Signal(str)
    voter_chosen = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.title = PlainLabel(tr("Votes"), "workshop_meta", 600)
        self.sum = PlainLabel("", "workshop_hint", 400, "text_2")
        self.list = VoterList()
        self.note = WrapLabel("", "workshop_hint", 400, "text_2")
        self.line = Line(font("workshop_hint"))
        self.line.setPlaceholderText(tr("Add a name"))
        self.line.setAccessibleName(tr("A name to add or take off, or the dots of each"))
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.sum)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(8)
        column.addWidget(self.list)
        column.addSpacing(16)
        row = QHBoxLayout()
        row.setContentsMargins(10, 0, 10, 0)
        row.addWidget(self.line)
        column.addLayout(row)
        column.addSpacing(16)
        column.addWidget(self.note)
        self.line.entered.connect(self._on_entered)
        self.line.left.connect(self.left)
        self.list.left.connect(self.left)
        self.list.removal_wanted.connect(self.removal_wanted)
        self.list.currentRowChanged.connect(self._on_row)
        self._shown: tuple[tuple[Voter, ...], int, bool] | tuple[()] = ()
        self._low = False

    def set_low(self, low: bool) -> None:
        """Say less where the window is low, so that more of the people are in sight."""
        if low != self._low:
            self._low = low
            if self._shown:
                voters, dots, hidden = self._shown
                self._shown = ()
                self.show_voters(voters, dots, hidden=hidden)

    @property
    def voter(self) -> str:
        """Who votes now; "" counts dots without a name."""
        item = self.list.currentItem()
        return str(item.data(_VOTER).name) if item is not None else ""

    def show_voters(self, voters: tuple[Voter, ...], dots: int, *, hidden: bool) -> None:
        """Show the people; `dots` is the sum of all dots, with and without a name.

        Args:
            hidden: where the dots are is not shown yet.
        """
        if (voters, dots, hidden) == self._shown:
            return
        self._shown = (voters, dots, hidden)
        kept = self.voter
        self.list.blockSignals(True)
        self.list.clear()
        for voter in voters:
            item = QListWidgetItem()
            left = tr("{0} left").format(voter.left)
            item.setData(_VOTER, voter)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{voter.name}, {left}")
            self.list.addItem(item)
        rows = [v.name for v in voters]
        self.list.setCurrentRow(rows.index(kept) if kept in rows else 0)
        self.list.blockSignals(False)
        self.list.setVisible(bool(voters))
        self.list.updateGeometry()
        self.sum.setText(str(dots))
        if voters:
            whole = sum(max(v.dots, v.given) for v in voters)
            self.sum.setText(tr("{0} of {1}").format(sum(v.given for v in voters), whole))
        self.note.set_text(_note(voters, hidden=hidden, low=self._low))
        self.updateGeometry()

    def step(self, by: int) -> None:
        """Let the next person vote (+1), or the one before (−1)."""
        if self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + by) % self.list.count())

    def choose(self, name: str) -> None:
        """Let a person vote."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_VOTER).name == name:
                self.list.setCurrentRow(row)

    def edit(self) -> None:
        """Let a name be typed."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_entered(self) -> None:
        text = self.line.text()
        if not text.strip():
            self.left.emit()
            return
        self.line.setText("")
        self.typed.emit(text)

    def _on_row(self, _row: int) -> None:
        self.list.viewport().update()
        self.voter_chosen.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's virtual: the card it stands on, a hairline under its head and around its line."""
        theme = active_theme()
        with QPainter(self) as painter:
            draw_box(painter, QRectF(self.rect()), 10, theme.surface, line=theme.hairline)
            around = QRectF(self.line.geometry()).adjusted(-10, -6, 10, 6)
            focused = self.line.hasFocus()
            line = theme.accent if focused else theme.outline
            draw_box(painter, around, 6, theme.surface, line=line, width=2 if focused else 1)


def _note(voters: tuple[Voter, ...], *, hidden: bool, low: bool) -> str:
    """Return the rules of the vote in a few words; in a low window only what is needed now."""
    words = [tr("Dots are only counted. Add names, and each gets five; type 3 for three.")]
    if voters:
        each = voters[0].dots
        dots = tr("One person, one dot.") if each == 1 else tr("One person, {0} dots.").format(each)
        words = [dots, tr("Then give each a class: it ranks better than votes.")]
        if low:
            words = [] if hidden else [dots]
    if hidden:
        words.append(tr("Where the dots are is hidden; Space reveals it."))
    return " ".join(words)
