"""What comes in or goes out, with all that is lost on the way, before anything is written."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import PlainLabel, WrapLabel

_SIZE = QSize(560, 440)


class LossDialog(QDialog):
    """Lists what is lost; `go` is pressed to do it nevertheless, nothing is done without."""

    def __init__(
        self, title: str, about: str, losses: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(_SIZE)
        self.about = WrapLabel(about)
        self.head = PlainLabel("", "base", 600)
        # A plain-text field: it can be walked with the keys, copied, and renders no markup.
        self.losses = QPlainTextEdit()
        self.losses.setReadOnly(True)
        self.losses.setTabChangesFocus(True)
        self.losses.setAccessibleName(self.tr("What is lost or changed"))
        self.cancel = Button(self.tr("Cancel"))
        self.go = Button(self.tr("Go on"), kind="primary")
        self.cancel.setAutoDefault(False)
        self.go.setDefault(True)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(12)
        self._column.addWidget(PlainLabel(title, "screen", 600))
        self._column.addWidget(self.about)
        self._column.addWidget(self.head)
        self._column.addWidget(self.losses, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        self._column.addLayout(foot)
        self.show_losses(losses)

    def show_losses(self, losses: Sequence[str]) -> None:
        """List what is lost, or say that nothing is."""
        self.losses.setPlainText("\n".join(losses))
        self.losses.setVisible(bool(losses))
        words = self.tr("This does not come across as it is:")
        self.head.setText(words if losses else self.tr("Everything comes across."))


class ArrivalDialog(LossDialog):
    """Asks where a map from elsewhere goes: into a workspace of its own or into the open one."""

    def __init__(
        self,
        name: str,
        about: str,
        losses: tuple[Sequence[str], Sequence[str]],
        into: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Build it.

        Args:
            losses: of a new workspace, and of adding to the open one.
            into: the name of the open workspace; "" where none can take it.
        """
        super().__init__(self.tr("Bring in a journey"), about, losses[0], parent)
        self._losses = losses
        self.fresh = QRadioButton(self.tr("A new workspace"))
        self.add = QRadioButton(self.tr("Add to “%1”, as one step to undo").replace("%1", into))
        self.add.setEnabled(bool(into))
        self.add.setVisible(bool(into))
        self.fresh.toggled.connect(self._on_choice)
        self._column.insertWidget(1, PlainLabel(name, "title", 600))
        self._column.insertWidget(3, self.fresh)
        self._column.insertWidget(4, self.add)
        (self.add if into else self.fresh).setChecked(True)
        self._on_choice()

    @property
    def is_fresh(self) -> bool:
        """Whether a new workspace was chosen."""
        return self.fresh.isChecked()

    @Slot()
    def _on_choice(self) -> None:
        self.show_losses(self._losses[0 if self.is_fresh else 1])
        go = self.tr("Where does it go?…") if self.is_fresh else self.tr("Add")
        self.go.setText(go)
