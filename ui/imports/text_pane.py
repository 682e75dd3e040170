"""The mapping as text: the same choices for those who keep them in a file."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from storage.errors import MappingError
from storage.imports.mapping import Mapping, parse_mapping, write_mapping
from ui.shell.widgets.labels import WrapLabel

_WAIT_MS = 350


class TextPane(QWidget):
    """A mapping that can be typed.

    Attributes:
        typed: the text was changed by hand. parsed: a Mapping. refused: the error.
    """

    typed = Signal()
    parsed = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QPlainTextEdit(self)
        self.edit.setTabChangesFocus(True)
        self.edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.edit.setAccessibleName(self.tr("The mapping as text"))
        face = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        face.setPixelSize(12)
        self.edit.setFont(face)
        hint = self.tr("TOML, as “waymark import survey --mapping” reads it.")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 20, 8)
        column.setSpacing(6)
        column.addWidget(WrapLabel(hint, "sticky", 400, "text_2"))
        column.addWidget(self.edit, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.read)
        self._quiet = False
        self._is_read = True
        self.edit.textChanged.connect(self._on_changed)

    def set_mapping(self, mapping: Mapping) -> None:
        """Show a mapping in place of what stands there."""
        self._timer.stop()
        self._quiet = True
        self.edit.setPlainText(write_mapping(mapping))
        self._quiet = False
        self._is_read = True

    def read(self) -> bool:
        """Read what stands there now; False where it is refused."""
        self._timer.stop()
        try:
            mapping = parse_mapping(self.edit.toPlainText())
        except MappingError as error:
            self.refused.emit(error)
            return False
        self._is_read = True
        self.parsed.emit(mapping)
        return True

    @property
    def is_read(self) -> bool:
        """Whether what stands there is what was shown or parsed last."""
        return self._is_read

    def _on_changed(self) -> None:
        if not self._quiet:
            self._is_read = False
            self._timer.start()
            self.typed.emit()
