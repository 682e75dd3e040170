"""The table of columns: menus for what a column is and how it is read, names typed in place."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from ui.imports.columns_model import LINE, ColumnsModel, Part
from ui.imports.columns_paint import FIRST_LEFT, ColumnsDelegate
from ui.imports.columns_places import PAD, how_places, role_rect
from ui.imports.draft import Draft
from ui.imports.draft_scores import words_of
from ui.imports.lines import ColumnLine, Control, Made, date_formats, label_of, outcome_values
from ui.imports.roles import Role, role_choices
from ui.imports.words import date_word, role_word, tr
from ui.shell.drawing import fill_rect
from ui.shell.theme import active_theme
from ui.shell.widgets.choice import Choice, choices_menu

_ROLE_WIDTH = 204
# From this width of the table on: name (at least), values, cells.
_WIDTHS = (
    (1200, 200, 220, 160),
    (1000, 200, 160, 150),
    (820, 170, 116, 128),
    (0, 156, 92, 112),
)
_LONGEST = 60  # letters of a value in a menu
AT_ONCE = 16  # rows whose words are laid out at once: some ten milliseconds
_SCORES = "scores"
_MONTHS = (1, 3, 6, 12, 24)
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2)


class ColumnsView(QTableView):
    """Shows a draft and tells of what is chosen in it; whoever owns the draft changes it.

    Attributes:
        role_chosen: (place, role). touchpoint_named: (place, name).
        bad_chosen: the outcome's bad values. means_chosen: left or dissatisfied.
        months_chosen: within how many months a customer left.
        date_chosen: how the dates are written. settled: a doubt about a touchpoint is gone.
        scores_wanted: the place of a column whose answers are to be scored.
    """

    role_chosen = Signal(int, str)
    touchpoint_named = Signal(int, str)
    bad_chosen = Signal(tuple)
    means_chosen = Signal(str)
    months_chosen = Signal(int)
    date_chosen = Signal(str)
    settled = Signal()
    scores_wanted = Signal(int)

    def __init__(
        self,
        touchpoints: Sequence[str],
        waiting: frozenset[int] = frozenset(),
        made: Made | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Take the touchpoints of the map, places nobody scored, and lines made before."""
        super().__init__(parent)
        self._draft: Draft | None = None
        self._place = -1
        self._unfit: list[int] = []  # rows that wait for a height
        self._is_new = True  # what waits for a choice is scrolled to once the rows have heights
        self.columns = ColumnsModel(tuple(touchpoints), waiting, made or {})
        self.columns.setParent(self)
        self.setModel(self.columns)
        self._painter = ColumnsDelegate(self, tuple(touchpoints))
        self.setItemDelegate(self._painter)
        self._heights = QTimer(self)
        self._heights.setSingleShot(True)
        self._heights.setInterval(0)
        self._heights.timeout.connect(self._fit_on)
        self.columns.touchpoint_named.connect(self.touchpoint_named)
        self.columns.lines_changed.connect(self._fit)
        self.columns.lines_changed.connect(self.settled)
        self._set_up()

    def _set_up(self) -> None:
        self.setAccessibleName(self.tr("What each column is"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = Headings(self)
        self.setHorizontalHeader(header)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)

    def set_draft(self, draft: Draft) -> None:
        """Show another draft."""
        self._draft = draft
        self.columns.set_draft(draft)

    def first_open(self) -> int | None:
        """Return the place of the first column that waits for a choice."""
        found = (at for at, line in enumerate(self.columns.lines) if line.is_open)
        return next(found, None)

    def show_first_open(self) -> None:
        """Put the cursor on the first choice that is to be made, else on the first column."""
        place = self.first_open()
        line = self.columns.lines[place] if place is not None else None
        part = Part.ROLE if line is None or line.control is Control.NAME else Part.HOW
        index = self.columns.index(place or 0, part)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def menu_at(self, index: QModelIndex) -> QMenu | None:
        """Return the menu of a cell; None where it has none."""
        draft, line = self._draft, index.data(LINE)
        if draft is None or not isinstance(line, ColumnLine):
            return None
        self._place = index.row()
        if index.column() == Part.ROLE:
            roles = role_choices(draft.mapping, line.role)
            choices = [Choice(role.value, role_word(role)) for role in roles]
            if words_of(draft, index.row()) is not None:
                choices.append(Choice(_SCORES, tr("Score the answers…")))
            return self._menu(choices, line.role.value, self._on_role)
        if index.column() == Part.HOW and line.near:
            yes = tr("Yes, it is “%1”").replace("%1", line.near)
            choices = [Choice("yes", yes), Choice("other", tr("Other: type a name"))]
            return self._menu(choices, "", self._on_answer)
        if index.column() == Part.HOW and line.control is Control.BAD:
            return self._outcome_menu(draft)
        if index.column() == Part.HOW and line.control is Control.DATE:
            date = draft.survey.date
            forms = [Choice(form, date_word(form)) for form in date_formats(draft)]
            return self._menu(forms, date.format if date else "", self._on_date)
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: Enter, Space and F2 open what the cell has."""
        if event.key() in _KEYS and self.state() != QAbstractItemView.State.EditingState:
            self._open(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: a click on a field or a box opens it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        answer = self._button_at(index, event.position())
        if answer:
            self.answer(index.row(), answer)
        elif self._box(index).contains(event.position()):
            self._open(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: dragging over cells selects nothing."""
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: how a column is read gets what room there is."""
        super().resizeEvent(event)
        wide = self.viewport().width()
        name, values, cells = next(parts for least, *parts in _WIDTHS if wide >= least)
        name = max(name, round(wide * 0.2))
        how = wide - name - values - _ROLE_WIDTH - cells
        for part, size in zip(Part, (name, values, _ROLE_WIDTH, how, cells), strict=True):
            self.setColumnWidth(part, size)
        self._fit(list(range(self.columns.rowCount())))

    def answer(self, place: int, name: str) -> None:
        """Do what a button in a line says: Yes, Other, or which end of an effort score is good."""
        near = self.columns.lines[place].near
        if name in (Role.CES_LOW, Role.CES_HIGH):
            self.role_chosen.emit(place, name)
        elif name == "yes" and near:
            self.touchpoint_named.emit(place, near)
            self.columns.settle(place)
        elif name == _SCORES:
            self.scores_wanted.emit(place)
        elif name == "other":
            self.edit(self.columns.index(place, Part.HOW))

    def _button_at(self, index: QModelIndex, point: QPointF) -> str:
        if index.column() != Part.HOW:
            return ""
        places = how_places(index.data(LINE), QRectF(self.visualRect(index)))
        return places.button_at(point.x(), point.y())

    def _on_answer(self, action: QAction) -> None:
        self.answer(self._place, str(action.data()))

    def _open(self, index: QModelIndex) -> None:
        line = index.data(LINE)
        if index.column() == Part.HOW and isinstance(line, ColumnLine) and line.scores:
            self.scores_wanted.emit(index.row())
            return
        menu = self.menu_at(index)
        if menu is not None:
            box = self._box(index)
            menu.setMinimumWidth(int(box.width()))
            menu.popup(self.viewport().mapToGlobal(box.bottomLeft().toPoint() + QPoint(0, 2)))
        elif index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def _box(self, index: QModelIndex) -> QRectF:
        cell = QRectF(self.visualRect(index))
        if index.column() == Part.ROLE:
            return role_rect(cell)
        return how_places(index.data(LINE), cell).box if index.column() == Part.HOW else QRectF()

    def _menu(self, choices: Sequence[Choice], current: str, chosen: object) -> QMenu:
        menu = choices_menu(self, choices, current)
        menu.triggered.connect(chosen)
        return menu

    def _outcome_menu(self, draft: Draft) -> QMenu:
        outcome = draft.mapping.outcome
        assert outcome is not None
        menu = StayingMenu(self)
        title = menu.addAction(tr("The bad outcome is"))
        title.setEnabled(False)
        for value in outcome_values(draft):
            place = draft.finder.find(outcome.column) or 0
            value_words = label_of(draft, place, value)
            shown = value_words if len(value_words) <= _LONGEST else value_words[:_LONGEST] + "…"
            action = _checkable(menu, shown, value, checked=value in outcome.bad)
            action.toggled.connect(lambda _on, menu=menu: self._on_bad(menu))
        menu.addSeparator()
        title = menu.addAction(tr("It means"))
        title.setEnabled(False)
        group = QActionGroup(menu)
        for means, words in (
            ("left", tr("The customer left")),
            ("dissatisfied", tr("The customer was dissatisfied")),
        ):
            action = _checkable(menu, words, means, checked=outcome.means == means)
            group.addAction(action)
        group.triggered.connect(lambda action: self.means_chosen.emit(str(action.data())))
        if outcome.means == "left":
            self._add_months(menu, outcome.months)
        menu.values = [a for a in menu.actions() if a.isCheckable() and a.actionGroup() is None]
        return menu

    def _add_months(self, menu: QMenu, months: int | None) -> None:
        """Offer the time within which a customer left."""
        menu.addSeparator()
        menu.addAction(tr("Within")).setEnabled(False)
        group = QActionGroup(menu)
        for n in sorted({*_MONTHS, *((months,) if months else ())}):
            words = tr("1 month") if n == 1 else tr("%1 months").replace("%1", str(n))
            group.addAction(_checkable(menu, words, str(n), checked=n == months))
        group.triggered.connect(lambda action: self.months_chosen.emit(int(action.data())))

    def _on_bad(self, menu: "StayingMenu") -> None:
        self.bad_chosen.emit(tuple(str(a.data()) for a in menu.values if a.isChecked()))

    def _on_role(self, action: QAction) -> None:
        if action.data() == _SCORES:
            self.scores_wanted.emit(self._place)
        else:
            self.role_chosen.emit(self._place, Role(str(action.data())).value)

    def _on_date(self, action: QAction) -> None:
        self.date_chosen.emit(str(action.data()))

    def _fit(self, places: list[int]) -> None:
        """Give rows the heights of their words: the first now, the others soon."""
        rows = self.columns.rowCount()
        self._unfit = [at for at in dict.fromkeys((*places, *self._unfit)) if at < rows]
        self._unfit.sort(key=self.isRowHidden)  # what is seen goes first
        self._fit_some()
        if self._unfit:
            self._heights.start()

    def _fit_some(self) -> None:
        some, self._unfit = self._unfit[:AT_ONCE], self._unfit[AT_ONCE:]
        for place in some:
            self.setRowHeight(place, self._painter.row_height(place))

    def _fit_on(self) -> None:
        self._fit_some()
        if self._unfit:
            self._heights.start()
        elif self._is_new:
            self._is_new = False
            self.scrollTo(self.currentIndex())


class Headings(QHeaderView):
    """Headings whose first and last word stand over the words below them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Qt's virtual."""
        inset = FIRST_LEFT - PAD
        left = inset if section == Part.NAME else 0
        right = inset if section == Part.CELLS else 0
        super().paintSection(painter, rect, section)
        if left or right:
            theme = active_theme()
            fill_rect(painter, QRectF(rect).adjusted(0, 0, 0, -1), theme.surface)
            super().paintSection(painter, rect.adjusted(left, 0, -right, 0), section)


class StayingMenu(QMenu):
    """A menu that stays open while its entries are ticked; Esc or a click elsewhere closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.values: list[QAction] = []

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual."""
        if not self._tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() not in keys or not self._tick(self.activeAction()):
            super().keyPressEvent(event)

    def _tick(self, action: QAction | None) -> bool:
        if action is None or not action.isCheckable() or not action.isEnabled():
            return False
        action.trigger()
        return True


def _checkable(menu: QMenu, words: str, value: str, *, checked: bool) -> QAction:
    action = menu.addAction(words.replace("&", "&&"))
    action.setData(value)
    action.setCheckable(True)
    action.setChecked(checked)
    return action
