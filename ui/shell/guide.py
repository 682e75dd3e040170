"""The keyboard guide (F1): every key there is, by where it works."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.shell.widgets.buttons import KeyCap
from ui.shell.widgets.labels import PlainLabel

_KEYS = 76  # pixels for a key's cap, in every group: what they do stands in one line


class KeyboardGuide(QDialog):
    """A sheet of keys; Esc closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard guide"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(16)
        column.addWidget(PlainLabel(self.tr("Keyboard guide"), "screen", 600, "text", self))
        first, second, third = (self._sheet(*group) for group in self._groups())
        left = QVBoxLayout()
        left.setSpacing(20)
        left.addLayout(first)
        left.addLayout(third)
        left.addStretch(1)
        right = QVBoxLayout()
        right.addLayout(second)
        right.addStretch(1)
        sheets = QHBoxLayout()
        sheets.setSpacing(48)
        sheets.addLayout(left)
        sheets.addLayout(right)
        column.addLayout(sheets)

    def _sheet(self, title: str, keys: list[tuple[str, str]]) -> QGridLayout:
        """Return a group's heading over its keys and what they do."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, _KEYS)
        grid.setColumnStretch(1, 1)
        grid.addWidget(PlainLabel(title, "base", 600, "text", self), 0, 0, 1, 2)
        for row, (key, words) in enumerate(keys, 1):
            grid.addWidget(KeyCap(key, self), row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(PlainLabel(words, "base", 400, "text_2", self), row, 1)
        return grid

    def _groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return [
            (
                self.tr("Everywhere"),
                [
                    ("Ctrl+N", self.tr("New journey")),
                    ("Ctrl+O", self.tr("Open a workspace")),
                    ("Ctrl+I", self.tr("Import evidence")),
                    ("Ctrl+S", self.tr("Save now (it is saved anyway)")),
                    ("Ctrl+Shift+S", self.tr("Save as another file")),
                    ("Ctrl+Z", self.tr("Undo, as far as you like")),
                    ("Ctrl+Y", self.tr("Redo")),
                    ("Ctrl+K", self.tr("All actions, by name")),
                    ("Ctrl+F", self.tr("Search names, notes and comments")),
                    ("Ctrl+1", self.tr("Map; Ctrl+2 to Ctrl+6 the other screens")),
                    ("Ctrl+E", self.tr("Export the packs")),
                    ("Ctrl+W", self.tr("Close the workspace")),
                ],
            ),
            (
                self.tr("On the map"),
                [
                    ("←↑↓→", self.tr("Move between cells")),
                    ("Tab", self.tr("Next cell")),
                    ("Enter", self.tr("Edit, or next row")),
                    ("F2", self.tr("Rename")),
                    ("Esc", self.tr("Cancel")),
                    ("Delete", self.tr("Delete")),
                    ("Ctrl+D", self.tr("Duplicate")),
                    ("Ctrl+C X V", self.tr("Copy, cut, paste; from Excel too")),
                    ("Ctrl+H", self.tr("Find and replace")),
                    ("Ctrl+J", self.tr("Draw the way between two touchpoints")),
                    ("1–5", self.tr("Severity of a pain point")),
                    ("Shift+1–5", self.tr("Frequency of a pain point")),
                    ("Ctrl+0", self.tr("Fit the whole map")),
                    ("Ctrl++", self.tr("Zoom in; so does Ctrl with the wheel")),
                    ("Space", self.tr("Hold it to drag the map")),
                ],
            ),
            (
                self.tr("In the ranked list"),
                [
                    ("↑↓", self.tr("Move between rows")),
                    ("Enter", self.tr("Open or close a row")),
                    ("Esc", self.tr("Close the open row")),
                ],
            ),
        ]
