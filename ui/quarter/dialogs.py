"""Before a quarter is frozen, or frozen again: what that means, said plainly."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from ui.quarter import words
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

_WIDTH = 460


class FreezeDialog(QDialog):
    """Asks whether to freeze; for a frozen quarter it asks why, and nothing happens without."""

    def __init__(self, quarter: str, revision: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        again = revision > 0
        label = words.label(quarter)
        title = words.tr("Reopen {0}") if again else words.tr("Freeze {0}")
        self.setWindowTitle(title.format(label))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(PlainLabel(title.format(label), "title", 600))
        for text in self._told(label, revision):
            paragraph = WrapLabel(text)
            paragraph.setFixedWidth(_WIDTH)
            column.addWidget(paragraph)
        self._reason = QPlainTextEdit()
        self._reason.setPlaceholderText(words.tr("Why is it frozen again?"))
        self._reason.setAccessibleName(words.tr("Reason"))
        self._reason.setFixedHeight(72)
        self._reason.setTabChangesFocus(True)
        self._reason.setVisible(again)
        self._reason.textChanged.connect(self._on_reason)
        column.addWidget(self._reason)
        text = (
            words.tr("Freeze revision {0}").format(revision + 1) if again else title.format(label)
        )
        self.go = Button(text, "lock-simple", "primary")
        self.stay = Button(words.tr("Cancel"))
        self.stay.setAutoDefault(False)  # the dialog would paint it as the one next step
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        self.stay.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.stay)
        buttons.addWidget(self.go)
        column.addLayout(buttons)
        self._needs_reason = again
        self._on_reason()

    @property
    def reason(self) -> str:
        """Why, as it was typed; "" for a first freeze."""
        return self._reason.toPlainText().strip()

    def set_reason(self, text: str) -> None:
        """Type a reason."""
        self._reason.setPlainText(text)

    def _on_reason(self) -> None:
        self.go.setEnabled(not self._needs_reason or bool(self.reason))

    @staticmethod
    def _told(label: str, revision: int) -> tuple[str, ...]:
        if revision:
            return (
                words.tr(
                    "{0} is frozen, revision {1}. It can only be frozen again: the list is made "
                    "of what the workspace holds now and takes the place of the frozen one."
                ).format(label, revision),
                words.tr(
                    "Packs that were sent keep their hash; the new revision names it, with the "
                    "day and your reason. This cannot be undone."
                ),
            )
        return (
            words.tr(
                "The list, its figures and intervals, all names, the assumptions and the method "
                "are kept as they are now. Packs of {0} show them for ever, whatever is edited "
                "later."
            ).format(label),
            words.tr(
                "The map stays free to edit, and the next quarter is compared with this one. "
                "Freezing cannot be undone; a later correction is a new revision with a reason."
            ),
        )
