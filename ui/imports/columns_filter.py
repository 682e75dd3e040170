"""Shows some of a file's columns: those that are taken, those to decide, those that say a word."""

from enum import StrEnum

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.imports.columns_view import ColumnsView
from ui.imports.lines import ColumnLine
from ui.imports.reading import Picker
from ui.imports.roles import Role

# So many columns are seen at a glance, or nearly.
_FEW = 24
_WAIT_MS = 120
_FIND_WIDTH = 170  # logical pixels


class Shown(StrEnum):
    """Which columns are shown."""

    ALL = "all"
    TAKEN = "taken"
    OPEN = "open"


class ColumnsFilter(QWidget):
    """A list and a line to type in; there only where a file has many columns.

    What is shown stays while roles change, so that no line goes from under the mouse; it is gone
    through again when the filter changes or another file is shown.
    """

    def __init__(self, view: ColumnsView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.shown = Picker(self.tr("Columns shown"))
        entries: list[tuple[object, str]] = [
            (Shown.ALL, self.tr("All columns")),
            (Shown.TAKEN, self.tr("Taken only")),
            (Shown.OPEN, self.tr("To decide")),
        ]
        self.shown.set_entries(entries, Shown.ALL)
        self.search = FindLine()
        self.search.setPlaceholderText(self.tr("Find a column"))
        self.search.setAccessibleName(self.tr("Find a column"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.search)
        row.addWidget(self.shown)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.apply)
        self.search.textEdited.connect(lambda _text: self._timer.start())
        self.search.cleared.connect(self.apply)
        self.shown.picked.connect(lambda _value: self.apply())
        view.columns.modelReset.connect(self.apply)
        self._show_itself()

    @Slot()
    def apply(self) -> None:
        """Hide the columns that are not asked for."""
        self._timer.stop()
        self._show_itself()
        view, lines = self._view, self._view.columns.lines
        view.setUpdatesEnabled(False)
        for place, line in enumerate(lines):
            hidden = not self._fits(line)
            if view.isRowHidden(place) != hidden:
                view.setRowHidden(place, hidden)
        view.setUpdatesEnabled(True)

    def _show_itself(self) -> None:
        self.setVisible(len(self._view.columns.lines) > _FEW)

    def _fits(self, line: ColumnLine) -> bool:
        which = self.shown.currentData()
        taken = line.is_open or line.role is not Role.IGNORE
        if (which == Shown.TAKEN and not taken) or (
            which == Shown.OPEN and not (line.is_open or line.near)
        ):
            return False
        words = self.search.text().casefold().split()
        said = f"{line.name} {line.text} {line.value}".casefold()
        return all(word in said for word in words)


class FindLine(QLineEdit):
    """A line whose Esc takes away what is typed before it closes anything.

    Attributes:
        cleared: Esc took it away.
    """

    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("compact", True)
        self.setClearButtonEnabled(True)
        self.setFixedWidth(_FIND_WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: Enter would press the dialog's own button."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.cleared.emit()
        elif key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
