"""A short form of columns to pick, captions above, and rows of names matched to the map."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.imports.bands import SIDE, Band, captioned
from ui.imports.reading import Picker
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

_ACROSS = 4


class ColumnForm(QWidget):
    """Pickers of columns, four in a row.

    Attributes:
        chosen: (key, column name, "" for none).
    """

    chosen = Signal(str, str)

    def __init__(self, asked: Sequence[tuple[str, str, bool]], none: str) -> None:
        """Take (key, caption, whether it is needed) of each, and what no column is called."""
        super().__init__()
        self._none = none
        self._needed = {key: needed for key, _, needed in asked}
        self.pickers = {key: Picker(caption) for key, caption, _ in asked}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for at, (key, caption, _) in enumerate(asked):
            picker = self.pickers[key]
            picker.setMinimumWidth(150)
            picker.picked.connect(lambda value, key=key: self.chosen.emit(key, str(value)))
            grid.addLayout(captioned(caption, picker), at // _ACROSS, at % _ACROSS)
        for column in range(_ACROSS):
            grid.setColumnStretch(column, 1)
        self.setMinimumHeight(grid.sizeHint().height())

    def show_columns(self, columns: Sequence[str], values: dict[str, str | None]) -> None:
        """Offer these columns and show which were chosen."""
        for key, picker in self.pickers.items():
            entries: list[tuple[object, str]] = [(name, name) for name in columns]
            if not self._needed[key]:
                entries.insert(0, ("", self._none))
            picker.set_entries(entries, values.get(key) or "")
            picker.setPlaceholderText(self.tr("Choose"))


class MatchRow(QWidget):
    """A name of the file and what it is on the map; a doubt has a Yes.

    Attributes:
        matched: (name, what was chosen). ended: (name, which end it is).
    """

    matched = Signal(str, str)
    ended = Signal(str, str)

    def __init__(
        self,
        name: str,
        note: str,
        entries: list[tuple[object, str]],
        ends: list[tuple[object, str]],
    ) -> None:
        super().__init__()
        self.name = name
        self._near = ""
        self.picker = Picker(name)
        self.picker.setFixedWidth(260)
        self.picker.set_entries(entries, "")
        self.end = Picker(f"{name}: {self.tr('End')}")
        self.end.set_entries(ends, "")
        self.yes = Button(self.tr("Yes"), "check", compact=True)
        self.yes.setAutoDefault(False)
        self._words = WrapLabel("", "sticky", 400, "text_2")
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 5, SIDE, 5)
        row.setSpacing(10)
        label = WrapLabel(name, "base", 500)
        label.setFixedWidth(260)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        count = PlainLabel(note, "sticky", 400, "text_2")
        count.setFixedWidth(110)
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(count)
        row.addSpacing(8)
        row.addWidget(self.picker)
        row.addWidget(self.end)
        row.addWidget(self.yes)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self.picker.picked.connect(lambda value: self.matched.emit(self.name, str(value)))
        self.end.picked.connect(lambda value: self.ended.emit(self.name, str(value)))
        self.yes.clicked.connect(self._on_yes)

    def show_match(self, value: str, near: str, words: str) -> None:
        """Show what a name is matched to, or what it may be, with a sentence."""
        self._near = near
        self.picker.set_current(value)
        self.yes.setVisible(bool(near))
        if near:
            self.yes.setText(self.tr("Yes, “%1”").replace("%1", near))
        self._words.set_text(words)
        self._words.set_role("warning" if near else "text_2")

    def show_end(self, end: str) -> None:
        """Show which end it is where a case ends with it."""
        self.end.set_current(end)

    @Slot()
    def _on_yes(self) -> None:
        self.matched.emit(self.name, self._near)


class RowsArea(QScrollArea):
    """Rows under each other that scroll, with what stands above them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._held = Band("surface")
        self.column = QVBoxLayout(self._held)
        self.column.setContentsMargins(0, 12, 0, 12)
        self.column.setSpacing(0)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._held)

    def inset(self, widget: QWidget) -> None:
        """Add something with the dialog's margins."""
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, 0, SIDE, 12)
        row.addWidget(widget)
        self.column.addLayout(row)
