"""The keyboard guide (F1): every key there is, by where it works."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from ui.shell.widgets.buttons import KeyCap
from ui.shell.widgets.labels import PlainLabel


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
        grid = QGridLayout()
        grid.setHorizontalSpacing(40)
        grid.setVerticalSpacing(8)
        for place, (title, keys) in enumerate(self._groups()):
            grid.addWidget(PlainLabel(title, "base", 600, "text", self), 0, place * 2, 1, 2)
            for row, (key, words) in enumerate(keys, 1):
                grid.addWidget(KeyCap(key, self), row, place * 2, Qt.AlignmentFlag.AlignLeft)
                label = PlainLabel(words, "base", 400, "text_2", self)
                grid.addWidget(label, row, place * 2 + 1)
        column.addLayout(grid)

    def _groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return [
            (
                self.tr("Everywhere"),
                [
                    ("Ctrl+N", self.tr("New journey")),
                    ("Ctrl+O", self.tr("Open a workspace")),
                    ("Ctrl+I", self.tr("Import a survey")),
                    ("Ctrl+S", self.tr("Save now (it is saved anyway)")),
                    ("Ctrl+Z", self.tr("Undo, as far as you like")),
                    ("Ctrl+Y", self.tr("Redo")),
                    ("Ctrl+1", self.tr("Map")),
                    ("Ctrl+2", self.tr("Priorities")),
                    ("Ctrl+E", self.tr("Export the packs")),
                    ("Ctrl+W", self.tr("Close the workspace")),
                ],
            ),
            (
                self.tr("On the map"),
                [
                    ("Tab", self.tr("Next cell")),
                    ("Enter", self.tr("Edit, or next row")),
                    ("F2", self.tr("Rename")),
                    ("Esc", self.tr("Cancel")),
                    ("Delete", self.tr("Delete")),
                    ("Ctrl+D", self.tr("Duplicate")),
                    ("1–5", self.tr("Severity of a pain point")),
                    ("Shift+1–5", self.tr("Frequency of a pain point")),
                    ("Ctrl+0", self.tr("Fit the whole map")),
                ],
            ),
        ]
