"""The ranked list: rows on one scale, one of them open in place."""

from collections.abc import Mapping

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from journey.model.ids import Kind, Ref
from ui.priorities import header
from ui.priorities.columns import columns_for, least_width
from ui.priorities.detail import Beside, RowDetail
from ui.priorities.header import RankingHeader
from ui.priorities.lines import LineKind, Sort
from ui.priorities.model import Index, RankingModel
from ui.priorities.paint import RowPainter
from ui.priorities.slides import Slides
from ui.shell.type import line_height

_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class RankingList(QListView):
    """Shows a RankingModel. A click chooses a row and opens it, a second one closes it.

    Keys: up, down, Home, End, Page move; Enter and Space open and close; Right and Left too.

    Attributes:
        chosen: Ref of the pain point chosen by a person; show_on_map, answers_wanted: a button of
            its detail was pressed.
    """

    chosen = Signal(object)
    show_on_map = Signal(object)
    answers_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ranking_model = RankingModel(self)
        self.slides = Slides(self)
        self.slides.moved.connect(self._on_slid)
        self._painter = RowPainter(self.ranking_model, self.slides, self)
        self._detail: RowDetail | None = None
        self._quiet = False
        self.setModel(self.ranking_model)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setMinimumWidth(least_width())
        self.setAccessibleName(self.tr("Ranked pain points"))
        self.header = RankingHeader(self)
        self.setViewportMargins(0, header.HEIGHT, 0, 0)
        self.verticalScrollBar().setSingleStep(2 * line_height("base"))

    @property
    def selected_ref(self) -> Ref | None:
        """The chosen pain point."""
        index = self.currentIndex()
        return self.ranking_model.ref(index.row()) if index.isValid() else None

    def is_open(self) -> bool:
        """Whether the chosen row shows its detail."""
        return self.ranking_model.open_row() >= 0

    def choose(self, ref: Ref | None, *, open_it: bool | None = None) -> None:
        """Choose a row without firing `chosen`. `open_it` None keeps the detail as it is."""
        wanted = self.is_open() if open_it is None else open_it
        row = self.ranking_model.row_of(ref.id) if ref and ref.kind is Kind.PAIN_POINT else -1
        self._quiet = True
        if row < 0:
            self.close_detail()
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            self.setCurrentIndex(self.ranking_model.index(row))
            if wanted:
                self.open_detail()
            else:
                self.close_detail()
        self._quiet = False

    def open_detail(self) -> None:
        """Open the chosen row in place."""
        row = self.currentIndex().row()
        if row < 0 or self.ranking_model.open_row() == row:
            return
        self.close_detail()
        row = self.currentIndex().row()
        item = self.ranking_model.line(row).item
        if item is None:
            return
        model = self.ranking_model
        beside = Beside(model.first, model.runner_up, model.fixes)
        self._detail = RowDetail(item, model.figures, beside, self)
        self._detail.show_on_map.connect(self.show_on_map)
        self._detail.answers_wanted.connect(self.answers_wanted)
        self._measure_detail()
        detail = self.ranking_model.index(self.ranking_model.open_detail(row))
        self.setIndexWidget(detail, self._detail)
        self.scrollTo(detail)
        self.scrollTo(self.ranking_model.index(row))

    def places(self) -> dict[str, float]:
        """Return where each row in sight is painted, by its key."""
        found: dict[str, float] = {}
        for row in self.ranking_model.item_rows():
            rect = self.visualRect(self.ranking_model.index(row))
            if rect.bottom() >= -rect.height() and rect.top() <= 2 * self.viewport().height():
                key = self.ranking_model.line(row).key
                found[key] = rect.top() + self.slides.offset(key)
        return found

    def slide_from(self, before: Mapping[str, float]) -> None:
        """Let the rows slide from where they were."""
        if self.isVisible():
            self.slides.start(before, self.places())

    def _on_slid(self) -> None:
        self.viewport().update()

    def close_detail(self) -> None:
        """Close the row that is open, if any."""
        self.ranking_model.close_detail()  # takes the widget with it
        self._detail = None

    def toggle_detail(self) -> None:
        """Open the chosen row, or close it."""
        if self.is_open():
            self.close_detail()
        else:
            self.open_detail()

    def _measure_detail(self) -> None:
        if self._detail is not None:
            left = int(columns_for(self.viewport().width()).places[Sort.PAIN_POINT][0])
            self._detail.set_indent(left)
            self._painter.detail_height = self._detail.height_at(self.viewport().width())

    # Qt's virtuals

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt's virtual: an open detail follows the choice; the choice is told."""
        super().currentChanged(current, previous)
        if self._quiet or not current.isValid():
            return
        if self.is_open() and self.ranking_model.line(current.row()).kind is LineKind.ITEM:
            persistent = QPersistentModelIndex(self.ranking_model.index(current.row()))
            self._quiet = True
            self.close_detail()
            self.setCurrentIndex(self.ranking_model.index(persistent.row()))
            self.open_detail()
            self._quiet = False
        ref = self.selected_ref
        if ref is not None:
            self.chosen.emit(ref)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier, /
    ) -> QModelIndex:
        """Qt's virtual: keys go from row to row and step over headers and details."""
        rows = self.ranking_model.item_rows()
        if not rows:
            return QModelIndex()
        move = QAbstractItemView.CursorAction
        here = self.currentIndex().row()
        place = rows.index(here) if here in rows else -1
        page = max(1, self.viewport().height() // 40 - 1)
        steps = {move.MoveUp: -1, move.MovePrevious: -1, move.MoveDown: 1, move.MoveNext: 1,
                 move.MovePageUp: -page, move.MovePageDown: page}  # fmt: skip
        if action == move.MoveHome:
            place = 0
        elif action == move.MoveEnd:
            place = len(rows) - 1
        elif action in steps:
            place = max(0, min(len(rows) - 1, place + steps[action])) if place >= 0 else 0
        return self.ranking_model.index(rows[max(place, 0)])

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, _event: object = None, /
    ) -> QItemSelectionModel.SelectionFlag:
        """Qt's virtual: a click beside the rows keeps what is chosen."""
        if not index.isValid() or self.ranking_model.line(index.row()).kind is not LineKind.ITEM:
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return QItemSelectionModel.SelectionFlag.ClearAndSelect

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual."""
        self._set_ring(True)
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.toggle_detail()
        elif key == Qt.Key.Key_Right:
            self.open_detail()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Escape) and self.is_open():
            self.close_detail()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's virtual: choose and open; a press on the open row closes it."""
        self._set_ring(False)
        index = self.indexAt(event.position().toPoint())
        is_row = index.isValid() and (self.ranking_model.line(index.row()).kind is LineKind.ITEM)
        if not is_row or event.button() != Qt.MouseButton.LeftButton:
            # A header or the ground beside the rows keeps what is chosen.
            event.accept()
            return
        was_open = self.ranking_model.open_row() == index.row()
        super().mousePressEvent(event)
        if was_open:
            self.close_detail()
        else:
            self.open_detail()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt's virtual: the ring shows to those who came by keyboard; a first row is at hand."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEY:
            self._set_ring(True)
            rows = self.ranking_model.item_rows()
            if not self.currentIndex().isValid() and rows:
                self.setCurrentIndex(self.ranking_model.index(rows[0]))

    def _set_ring(self, shown: bool) -> None:
        self._painter.ring = shown
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: header and detail take the new width."""
        width = self.viewport().width()
        self.header.setGeometry(0, 0, width, header.HEIGHT)
        self._measure_detail()
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
