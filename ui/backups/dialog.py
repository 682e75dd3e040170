"""The backups of a workspace: when, why, how large; a copy of one can be opened."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.backups.words import reason_words, size_words
from ui.dates import moment_words
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

if TYPE_CHECKING:
    from storage.document import KeptBackup

_SIZE: Final = (640, 460)
_SIDE: Final = 24


class BackupsDialog(QDialog):
    """Lists backups and asks which one to open a copy of.

    Attributes:
        chosen: carries the KeptBackup of which a copy is wanted. Where the copy goes is for the
            receiver to ask; the workspace and its backups stay as they are.
    """

    chosen = Signal(object)

    def __init__(
        self, name: str, backups: "Sequence[KeptBackup]", parent: QWidget | None = None
    ) -> None:
        """`name` is the workspace's; `backups` as of storage.document.kept_backups."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Backups"))
        self.resize(*_SIZE)
        self._backups = tuple(backups)
        self.table = self._table()
        self.open_copy = Button(self.tr("Open a copy…"), kind="primary", parent=self)
        self._lay_out(name)
        self._choose_first()

    def _table(self) -> QTableView:
        model = QStandardItemModel(0, 3, self)
        model.setHorizontalHeaderLabels([self.tr("Made"), self.tr("Why"), self.tr("Size")])
        for backup in self._backups:
            made = moment_words(backup.made_at)
            texts = (made, reason_words(backup.reason), size_words(backup.size))
            row = [QStandardItem(text) for text in texts]
            row[2].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            model.appendRow(row)
        size_head = model.horizontalHeaderItem(2)
        size_head.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        table = QTableView(self)
        table.setModel(model)
        table.setAccessibleName(self.tr("Backups, the newest first"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        # Cells begin where the theme lets the heads begin.
        table.setStyleSheet("QTableView::item { padding: 0 6px; }")
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        table.doubleClicked.connect(self._on_double)
        table.activated.connect(self._on_double)
        return table

    def _lay_out(self, name: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 20, _SIDE, 20)
        column.setSpacing(12)
        heading = self.tr("Backups of %1").replace("%1", name)
        column.addWidget(PlainLabel(heading, "screen", 600, "text", self))
        about = self.tr(
            "They are kept on this computer, apart from the workspace. A copy opens as a file of"
            " its own; the workspace stays as it is."
        )
        column.addWidget(WrapLabel(about, role="text_2", parent=self))
        column.addWidget(self.table, 1)
        if not self._backups:
            self.table.hide()
            none = self.tr("There is none yet. The first is made on the day it is next opened.")
            column.addWidget(WrapLabel(none, parent=self))
            column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        close = Button(self.tr("Close"), parent=self)
        close.clicked.connect(self.reject)
        buttons.addWidget(close)
        buttons.addWidget(self.open_copy)
        self.open_copy.setDefault(True)
        self.open_copy.clicked.connect(self.accept)
        column.addLayout(buttons)

    def _choose_first(self) -> None:
        self.open_copy.setEnabled(bool(self._backups))
        if self._backups:
            self.table.selectRow(0)
            self.table.setFocus()

    def accept(self) -> None:
        """Qt's virtual: hand over the chosen backup."""
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self._backups):
            return
        backup = self._backups[row]
        super().accept()
        self.chosen.emit(backup)

    @Slot(QModelIndex)
    def _on_double(self, _index: QModelIndex) -> None:
        if self.isVisible():  # Enter in the table is a default button's too
            self.accept()
