"""Shows some of a file's columns: those that are taken, those to decide, those that say a word."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.imports.bands import SIDE, Band
from ui.imports.columns_view import ColumnsView
from ui.imports.lines import ColumnLine
from ui.imports.reading import Picker
from ui.imports.roles import Role
from ui.imports.words import how_many, tr
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import WrapLabel

# So many columns are seen at a glance, or nearly.
_FEW = 24
_WAIT_MS = 120
_FIND_LEAST, _FIND_WIDTH = 120, 170  # logical pixels
_NAMED = 4  # columns that are not taken and are named
_LONGEST = 40


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
            (Shown.TAKEN, self.tr("Taken or to decide")),
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
        self.none = NoColumns(view)
        self.rest = RestBand()
        for button in (self.none.button, self.rest.button):
            button.clicked.connect(self.show_all)
        self._show_itself()

    def begin(self) -> None:
        """Of many columns show those that matter first; one line says which the others are."""
        lines = self._view.columns.lines
        if len(lines) > _FEW and any(_is_taken(line) for line in lines):
            self.shown.set_current(Shown.TAKEN)
        self.apply()

    @Slot()
    def show_all(self) -> None:
        """Take the filter away."""
        self.search.clear()
        self.shown.set_current(Shown.ALL)
        self.apply()
        self._view.setFocus()

    @Slot()
    def apply(self) -> None:
        """Hide the columns that are not asked for."""
        self._timer.stop()
        self._show_itself()
        view, lines = self._view, self._view.columns.lines
        view.setUpdatesEnabled(False)
        left = []
        for place, line in enumerate(lines):
            hidden = not self._fits(line)
            left += [line.name] if hidden else []
            if view.isRowHidden(place) != hidden:
                view.setRowHidden(place, hidden)
        view.setUpdatesEnabled(True)
        self.none.show_words(self._none_words() if len(left) == len(lines) else "")
        plain = self.shown.currentData() == Shown.TAKEN and not self.search.text().strip()
        self.rest.show_names(left if plain and len(left) < len(lines) else [])

    def _none_words(self) -> str:
        """Say why no column is shown."""
        typed = " ".join(self.search.text().split())
        if typed:
            return self.tr("No column says “%1”.").replace("%1", typed)
        if self.shown.currentData() == Shown.OPEN:
            return self.tr("Nothing is left to decide.")
        return self.tr("No column is taken yet.")

    def _show_itself(self) -> None:
        self.setVisible(len(self._view.columns.lines) > _FEW)

    def _fits(self, line: ColumnLine) -> bool:
        which, words = self.shown.currentData(), self.search.text().casefold().split()
        # Whoever types a name looks for it among all columns.
        which = Shown.ALL if words and which == Shown.TAKEN else which
        if (which == Shown.TAKEN and not _is_taken(line)) or (
            which == Shown.OPEN and not (line.is_open or line.near or line.scores)
        ):
            return False
        said = f"{line.name} {line.text} {line.value}".casefold()
        return all(word in said for word in words)


def _is_taken(line: ColumnLine) -> bool:
    return line.is_open or bool(line.scores) or line.role is not Role.IGNORE


class NoColumns(QWidget):
    """What stands in an empty table: why it is, and a button that shows all columns."""

    def __init__(self, view: ColumnsView) -> None:
        super().__init__(view.viewport())
        self._words = WrapLabel("", "base", 400, "text_2")
        self._words.set_alignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = Button(self.tr("Show all columns"))
        self.button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(self._words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        held = QVBoxLayout(view.viewport())
        held.addStretch(1)
        held.addWidget(self)
        held.addStretch(2)
        self.hide()

    def text(self) -> str:
        """Return the sentence that is shown, "" for none."""
        return "" if self.isHidden() else self._words.text()

    def show_words(self, words: str) -> None:
        """Show a sentence; "" hides it."""
        self._words.set_text(words)
        self.setVisible(bool(words))


class RestBand(Band):
    """One line for all the columns that are not taken."""

    def __init__(self) -> None:
        super().__init__("surface", above=True)
        self._words = WrapLabel("", "sticky", 400, "text_2")
        self.button = Button(self.tr("Show all columns"), kind="link", compact=True)
        self.button.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 5, SIDE, 5)
        row.setSpacing(12)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.button)
        self.hide()

    def text(self) -> str:
        """Return what is shown, "" for nothing."""
        return "" if self.isHidden() else self._words.text()

    def show_names(self, names: Sequence[str]) -> None:
        """Say how many columns are not taken, and the first of them."""
        words = how_many(
            len(names), tr("1 column is not taken: %2"), tr("%1 columns are not taken: %2")
        )
        told = ", ".join(_short(name) for name in names[:_NAMED])
        more = len(names) > _NAMED and not told.endswith("…")
        self._words.set_text(words.replace("%2", told + (" …" if more else "")))
        self.setVisible(bool(names))


def _short(name: str) -> str:
    """Return a name that is not much longer than a line's share of words, whole words of it."""
    words = " ".join(name.split())
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " …"


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
        self.setMinimumWidth(_FIND_LEAST)
        self.setMaximumWidth(_FIND_WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's virtual: Enter would press the dialog's own button."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.cleared.emit()
        elif key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
