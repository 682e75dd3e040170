"""A source's mapping as text, and the same file read again by another one."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.evidence import words
from ui.evidence.sources import SourceRow
from ui.imports.text_pane import TextPane
from ui.mapping_faults import explain_mapping
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel
from ui.shell.widgets.surfaces import InlineMessage, MessageKind

if TYPE_CHECKING:
    from storage.errors import MappingError

_SIZE = QSize(680, 560)


class MappingDialog(QDialog):
    """Shows a mapping; edited, it can be applied by reading the file again.

    Attributes:
        ordered: (SourceRow, Path, mapping text): read this file by this mapping.
    """

    ordered = Signal(object, object, str)

    def __init__(
        self, source: SourceRow, *, read_only: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.source = source
        self.setWindowTitle(words.tr("Mapping of {0}").format(source.name))
        self.resize(_SIZE)
        self.text = TextPane()
        self.text.edit.setPlainText(source.mapping)
        self.text.edit.setReadOnly(read_only)
        self.text.read()
        self.problem = InlineMessage(MessageKind.WARNING, "")
        self.problem.hide()
        self.again = Button(words.tr("Read the file again…"), "arrows-clockwise", "primary")
        self.close_button = Button(words.tr("Close"))
        self.close_button.setAutoDefault(False)
        self.again.setEnabled(not read_only)
        self._build()
        self.text.refused.connect(self._on_refused)
        self.text.parsed.connect(self._on_parsed)
        self.again.clicked.connect(self._on_again)
        self.close_button.clicked.connect(self.reject)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 16, 4, 16)
        column.setSpacing(10)
        head = QVBoxLayout()
        head.setContentsMargins(20, 0, 20, 0)
        head.addWidget(PlainLabel(words.tr("What each column means"), "title", 600))
        file = self.source.file or words.tr("the file it came from")
        hint = words.tr(
            "A workspace keeps what was read, not the file. To change the mapping, edit it here "
            "and read {0} again: its answers take the place of those there, as one step."
        ).format(file)
        head.addWidget(WrapLabel(hint, "base", 400, "text_2"))
        head.addWidget(self.problem)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(20, 0, 20, 0)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.again)
        column.addLayout(buttons)

    def order(self, path: Path) -> bool:
        """Order the file to be read by the mapping that stands here; False where it is refused."""
        if not self.text.read():
            return False
        self.ordered.emit(self.source, path, self.text.edit.toPlainText())
        self.accept()
        return True

    def _on_again(self) -> None:
        if not self.text.read():
            return
        name, _ = QFileDialog.getOpenFileName(
            self, words.tr("The file of {0}").format(self.source.name), self.source.file
        )
        if name:
            self.order(Path(name))

    def _on_refused(self, error: "MappingError") -> None:
        lines = explain_mapping(error, words.tr)
        self.problem.set_words(words.tr("This mapping cannot be used"), lines[0])
        self.problem.show()
        self.again.setEnabled(False)

    def _on_parsed(self, _mapping: object) -> None:
        self.problem.hide()
        self.again.setEnabled(not self.text.edit.isReadOnly())
