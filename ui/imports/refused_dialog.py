"""The records an import leaves out, with the reason of each, and a file of them."""

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.imports.refusing import FindRefused, RefusedRecord, SaveRefused
from ui.imports.words import left_out_word
from ui.imports.work import Order
from ui.jobs import JobResult, Jobs
from ui.numbers import number
from ui.shell.notices import fault_lines
from ui.shell.type import font
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import WrapLabel

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_LETTERS: Final = 500  # of a record that is shown; the file has all of it


class RefusedModel(QAbstractTableModel):
    """Line, reason and record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.records: tuple[RefusedRecord, ...] = ()

    def set_records(self, records: tuple[RefusedRecord, ...]) -> None:
        """Show other records."""
        self.beginResetModel()
        self.records = records
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Qt's virtual."""
        return 0 if parent.isValid() else len(self.records)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Qt's virtual."""
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's virtual."""
        if role == Qt.ItemDataRole.FontRole:
            return font("sticky")
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 0:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        each = self.records[index.row()]
        record = " ".join(each.record[:_LETTERS].split())
        return (number(each.line, 0), left_out_word(each.reason), record)[index.column()]

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Qt's virtual."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section == 0:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("Line"), self.tr("Why it is left out"), self.tr("Record"))[section]


class RefusedDialog(QDialog):
    """Shows records that are left out for a fault; Save them as a file writes all of them."""

    def __init__(self, order: Order, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Rows left out"))
        self.resize(860, 480)
        self._order, self._jobs = order, jobs
        self._job = 0
        self.rows = RefusedModel(self)
        self.told = WrapLabel(self.tr("Reading the rows…"), "base", 400, "text_2")
        self.table = QTableView()
        self.table.setModel(self.rows)
        self.table.setAccessibleName(self.tr("Rows left out"))
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        # Cells begin where the theme lets the heads begin.
        self.table.setStyleSheet("QTableView::item { padding: 0 6px; }")
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(28)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setColumnWidth(0, 72)
        self.table.setColumnWidth(1, 230)
        self.save = Button(self.tr("Save them as a file…"), "floppy-disk")
        self.save.setEnabled(False)
        self.save.setAutoDefault(False)
        self.leave = Button(self.tr("Close"), kind="primary")
        self.save.clicked.connect(self._on_save)
        self.leave.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.save)
        row.addWidget(self.leave)
        column.addLayout(row)

    def find_refused(self) -> None:
        """Read the survey apart and show what it refuses."""
        self._job = self._jobs.store(FindRefused(self._order), self._on_found)

    def show_records(self, records: tuple[RefusedRecord, ...], *, more: bool = False) -> None:
        """Show records; `more` says that they are not all."""
        self.rows.set_records(records)
        one = self.tr("1 row has a fault; everything else is taken.")
        words = self.tr("%1 rows have a fault; everything else is taken.")
        words = one if len(records) == 1 else words
        if more:
            words = self.tr("The first %1 rows with a fault; everything else is taken.")
        if not records:
            words = self.tr("No row has a fault.")
        self.told.set_text(words.replace("%1", number(len(records), 0)))
        self.save.setEnabled(bool(records))

    def done(self, result: int) -> None:
        """Qt's virtual: whatever closes the dialog, reading stops."""
        if self._job:
            self._jobs.cancel(self._job)
            self._job = 0
        super().done(result)

    def _on_found(self, result: JobResult) -> None:
        if result.number != self._job:
            return
        self._job = 0
        if result.error is not None:
            self.told.set_text(fault_lines(result.error)[0])
        elif isinstance(result.value, tuple):
            self.show_records(result.value)

    @Slot()
    def _on_save(self) -> None:
        name = f"{self._order.path.name.split('.')[0]} {self.tr('rows left out')}.csv"
        place = self._order.path.with_name(name) if not self._order.text else Path(name)
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save them as a file"), str(place), self.tr("Tables") + " (*.csv)"
        )
        if chosen:
            path = Path(chosen)
            path = path if path.suffix else path.with_name(path.name + ".csv")
            self._job = self._jobs.store(SaveRefused(path, self.rows.records), self._on_saved)

    def _on_saved(self, result: JobResult) -> None:
        if result.number != self._job:
            return
        self._job = 0
        if result.error is not None:
            self.told.set_text(fault_lines(result.error)[0])
        elif isinstance(result.value, SaveRefused):
            words = self.tr("Saved as %1.").replace("%1", result.value.path.name)
            self.told.set_text(words)
