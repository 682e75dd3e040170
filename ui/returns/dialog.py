"""What a returned pack would change: a tick per difference, was, now and returned."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from journey.returns import Difference, RefusedCell
from ui.numbers import number
from ui.returns.model import STATE, TITLE, DifferencesModel
from ui.returns.words import refusal_line
from ui.shell.theme import active_theme
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel
from ui.shell.widgets.surfaces import InlineMessage, MessageKind

_BEST, _LEAST = QSize(1040, 620), QSize(720, 380)
_SIDE = 20
# The theme's own sheet dresses check boxes, but not those within a table.
_SHEET = """
QTableView::item {{ border: 0; border-bottom: 1px solid {hairline}; padding: 0 6px; }}
QTableView::indicator {{ width: 14px; height: 14px; border: 1px solid {neutral};
  border-radius: 4px; background: {surface}; }}
QTableView::indicator:checked {{ background: {accent}; border-color: {accent};
  image: url("{mark}"); }}
"""
_MARKS = Path(__file__).resolve().parents[2] / "resources" / "themes"
# Pixels of a cell its text cannot use, those a tick or an icon takes, and the highest row.
_INSET, _TICK, _HIGHEST = 20, 26, 480
_SHOWN = 4  # refused cells told one by one; the others are counted
# Shares of the width: pain point, field, exported, now, returned, what is to be known.
_SHARES = (0.26, 0.12, 0.15, 0.13, 0.16, 0.18)


class ReturnDialog(QDialog):
    """Asks which differences are taken. `chosen` holds them once it was accepted."""

    def __init__(
        self,
        differences: Sequence[Difference],
        parent: QWidget | None = None,
        *,
        refused: Sequence[RefusedCell] = (),
        source: str = "",
        read_only: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Take back a pack"))
        self.model = DifferencesModel(differences, self)
        self.table = self._table()
        self.count = PlainLabel("", "base", 400, "text_2")
        self.refused = InlineMessage(MessageKind.WARNING, "")
        self.all = Button(self.tr("Tick all"), compact=True)
        self.none = Button(self.tr("Tick none"), compact=True)
        self.cancel = Button(self.tr("Cancel"))
        self.apply = Button(self.tr("Take the ticked"), "check", "primary")
        self._read_only = read_only
        self._lay_out(source)
        self._tell_refused(refused)
        self._connect()
        self._show_count()
        self._show_size()

    @property
    def chosen(self) -> tuple[Difference, ...]:
        """The ticked differences, in the order of the sheet."""
        return self.model.chosen

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(self.tr("Differences between the pack and the workspace"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setWordWrap(True)
        table.setTabKeyNavigation(False)
        table.setTextElideMode(Qt.TextElideMode.ElideNone)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        return table

    @staticmethod
    def _dress(table: QTableView) -> None:
        theme = active_theme()
        roles = ("hairline", "neutral", "surface", "accent")
        inks = {role: theme.role(role).name() for role in roles}
        mark = (_MARKS / f"check-{theme.name}.svg").as_posix()
        table.setStyleSheet(_SHEET.format(mark=mark, **inks))

    def changeEvent(self, event: QEvent) -> None:
        """Qt's virtual: another theme, other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._dress(self.table)

    def _lay_out(self, source: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 16, _SIDE, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(source or self.tr("What the pack changes"), "title", 600), 1)
        for button in (self.all, self.none):
            head.addWidget(button)
        column.addLayout(head)
        told = self.tr(
            "Each line is something its leader filled in. What is ticked is taken as one step that"
            " can be undone; a conflict was changed here too since the export, so it is not ticked."
        )
        column.addWidget(WrapLabel(told, role="text_2"))
        column.addWidget(self.table, 1)
        column.addWidget(self.refused)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.apply)
        column.addLayout(foot)

    def _tell_refused(self, refused: Sequence[RefusedCell]) -> None:
        self.refused.setVisible(bool(refused))
        if not refused:
            return
        title = self.tr("1 cell cannot be taken")
        if len(refused) > 1:
            title = self.tr("%1 cells cannot be taken").replace("%1", number(len(refused), 0))
        lines = [refusal_line(cell) for cell in refused[:_SHOWN]]
        if len(refused) > _SHOWN:
            more = number(len(refused) - _SHOWN, 0)
            lines.append(self.tr("And %1 more.").replace("%1", more))
        self.refused.set_words(title, "\n".join(lines))

    def _connect(self) -> None:
        self.model.dataChanged.connect(self._show_count)
        self.all.clicked.connect(self._on_all)
        self.none.clicked.connect(self._on_none)
        self.cancel.clicked.connect(self.reject)
        self.apply.clicked.connect(self._on_apply)
        for button in (self.all, self.none, self.cancel):
            button.setAutoDefault(False)
        self.apply.setDefault(True)
        self.table.installEventFilter(self)
        self._dress(self.table)

    def _show_size(self) -> None:
        self.setMinimumSize(_LEAST)
        parent = self.parentWidget()
        room = parent.window().size() if parent is not None else _BEST
        self.resize(_BEST.boundedTo(room - QSize(40, 40)).expandedTo(_LEAST))

    @Slot()
    def _show_count(self) -> None:
        chosen, all_of = len(self.chosen), len(self.model.differences)
        words = self.tr("%1 of %2 ticked")
        words = words.replace("%1", number(chosen, 0)).replace("%2", number(all_of, 0))
        if not all_of:
            words = self.tr("Nothing was filled in that this workspace does not say already.")
        if self._read_only:
            words = self.tr("This workspace is open to read only.")
        self.count.setText(words)
        for button in (self.all, self.none):
            button.setEnabled(bool(all_of))
        self.apply.setEnabled(bool(chosen) and not self._read_only)
        self.apply.setToolTip("" if chosen else words)

    @Slot()
    def _on_all(self) -> None:
        self.model.tick_all(ticked=True)

    @Slot()
    def _on_none(self) -> None:
        self.model.tick_all(ticked=False)

    @Slot()
    def _on_apply(self) -> None:
        if self.apply.isEnabled():
            self.accept()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's virtual: the keyboard starts in the table."""
        super().showEvent(event)
        self._fit()
        if self.model.differences:
            self.table.setCurrentIndex(self.model.index(0, TITLE))
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's virtual: long texts wrap in the columns' new widths."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.table.viewport().width()
        for column, share in enumerate(_SHARES[:STATE]):
            self.table.setColumnWidth(column, int(wide * share))
        for row in range(self.model.rowCount()):
            self.table.setRowHeight(row, self._row_height(row))

    def _row_height(self, row: int) -> int:
        """Return the height at which no text of a row is cut, but for a note of many pages."""
        highest = 0
        for column in range(self.model.columnCount()):
            index = self.model.index(row, column)
            metrics = QFontMetrics(self.model.data(index, Qt.ItemDataRole.FontRole))
            room = self.table.columnWidth(column) - _INSET - (_TICK if column in (0, STATE) else 0)
            flags = int(Qt.TextFlag.TextWordWrap)
            text = str(self.model.data(index))
            laid = metrics.boundingRect(QRect(0, 0, max(40, room), _HIGHEST), flags, text)
            highest = max(highest, laid.height())
        return min(max(40, highest + 18), _HIGHEST)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's virtual: Space ticks the row one stands on, in whichever column."""
        if isinstance(event, QKeyEvent) and watched is self.table:
            pressed = event.type() == QEvent.Type.KeyPress
            index = self.table.currentIndex()
            if pressed and event.key() == Qt.Key.Key_Space and index.isValid():
                self.model.toggle(index.row())
                return True
            if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_apply()
                return True
        return super().eventFilter(watched, event)
