"""The observations of a KPI as a small table: period, value, count."""

from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from journey.edit import Add, Remove, Set
from journey.model.evidence import Kpi, Observation
from journey.model.ids import Kind, KpiId, ObservationId, Ref, new_id
from journey.model.workspace import Workspace
from ui import numbers
from ui.inspector.periods import period_words, stored_period
from ui.priorities.edits import Edits
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import WrapLabel

Index = QModelIndex | QPersistentModelIndex
_FIELDS: Final = ("period", "value", "n")
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROW, _MOST_ROWS = 28, 8


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("Inspector", text)


class ObservationModel(QAbstractTableModel):
    """A KPI's observations, the latest first. Fires `refused` with words, "" after an edit."""

    refused = Signal(str)

    def __init__(self, kpi: Ref, edits: Edits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kpi, self._edits = kpi, edits
        self._rows: list[Observation] = []
        self._unit = ""
        self._decimals = 0

    def refresh(self, ws: Workspace) -> None:
        """Read the rows of the workspace."""
        mine = (o for o in ws.observations.values() if o.kpi == self._kpi.id)
        rows = sorted(mine, key=lambda o: (o.period, o.id), reverse=True)
        kpi = ws.find(self._kpi)
        self._unit = kpi.unit if isinstance(kpi, Kpi) else ""
        shown = (numbers.number(o.value).partition(".")[2] for o in rows)
        self._decimals = max((len(rest) for rest in shown), default=0)
        if [o.id for o in rows] == [o.id for o in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 2))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def ref(self, row: int) -> Ref:
        """Return the observation of a row."""
        return Ref(Kind.OBSERVATION, self._rows[row].id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt's virtual."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt's virtual."""
        return 0 if parent.isValid() else len(_FIELDS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Qt's virtual."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_RIGHT if section else _LEFT)
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        value = tr("Value, {0}").format(self._unit) if self._unit else tr("Value")
        return (tr("Period"), value, tr("Count"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt's virtual."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_RIGHT if index.column() else _LEFT)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        value = getattr(self._rows[index.row()], _FIELDS[index.column()])
        if isinstance(value, float | int):
            return numbers.number(value, 0 if index.column() > 1 else self._decimals)
        text = "" if value is None else str(value)
        return period_words(text) if index.column() == 0 else text

    def flags(self, _index: Index, /) -> Qt.ItemFlag:
        """Qt's virtual."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return base if self._edits.document.read_only else base | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt's virtual: one command for each cell."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        name, text = _FIELDS[index.column()], str(value).strip()
        new: object = stored_period(text)
        if name != "period":
            number = numbers.parse(text)
            if number is None and (text or name == "value"):
                self.refused.emit(tr("“{0}” is not a number.").format(text))
                return False
            new = number if name == "value" or number is None else round(number)
        if new == getattr(self._rows[index.row()], name):
            return True
        words = self._edits.run(Set(self.ref(index.row()), **{name: new}))
        self.refused.emit(words)
        return not words


class ObservationTable(QWidget):
    """The table, with buttons to add and remove."""

    def __init__(self, kpi: Ref, edits: Edits) -> None:
        super().__init__()
        self._kpi, self._edits = kpi, edits
        self.model = ObservationModel(kpi, edits, self)
        self.model.refused.connect(self._tell)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr("Observations"))
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.table)
        self._message = WrapLabel("", "meta", 400, "warning")
        self._message.hide()
        column.addWidget(self._message)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        self.add_button = Button(tr("Add a value"), "plus", "link")
        self.add_button.clicked.connect(self._on_add)
        self.remove_button = Button(tr("Remove the row"), "trash", "link")
        self.remove_button.clicked.connect(self._on_remove)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        column.addLayout(buttons)

    @property
    def message(self) -> str:
        """Why the last edit was refused, "" where none was."""
        return self._message.text()

    def refresh(self, ws: Workspace) -> None:
        """Show the rows of the workspace."""
        self.model.refresh(ws)
        rows = self.model.rowCount()
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + _ROW * min(rows, _MOST_ROWS) + 2)
        self.table.setVisible(rows > 0)
        self.remove_button.setVisible(rows > 0)
        editable = not self._edits.document.read_only
        self.add_button.setEnabled(editable)
        self.remove_button.setEnabled(editable)

    def _on_add(self) -> None:
        latest = stored_period(str(self.model.index(0, 0).data() or ""))
        observation = Observation(
            ObservationId(new_id(Kind.OBSERVATION)), KpiId(self._kpi.id), latest, 0.0
        )
        self._tell(self._edits.run(Add(observation)))
        for row in range(self.model.rowCount()):
            if self.model.ref(row).id == observation.id:
                self.table.setCurrentIndex(self.model.index(row, 0))
                self.table.edit(self.model.index(row, 0))

    def _on_remove(self) -> None:
        rows = {index.row() for index in self.table.selectionModel().selectedIndexes()}
        if rows:
            self._tell(self._edits.run(Remove([self.model.ref(row) for row in sorted(rows)])))
        else:
            self._tell(tr("Choose a row first."))

    def _tell(self, words: str) -> None:
        self._message.set_text(words)
        self._message.setVisible(bool(words))
