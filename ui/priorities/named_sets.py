"""Named sets of assumptions: keep the ones in force, use a kept set, delete one."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from journey.edit.assumption_sets import RemoveAssumptionSet, SaveAssumptionSet, UseAssumptionSet
from journey.model.assumptions import Assumptions
from ui.priorities.edits import Edits
from ui.shell.widgets.buttons import Button
from ui.shell.widgets.labels import WrapLabel

_SAVE, _USE, _DROP, _COMPARE = "save", "use", "drop", "compare"
_LONGEST: Final = 60


class NamedSets(QWidget):
    """A button with a menu of the kept sets; a field for the name of a new one.

    Attributes:
        compare_requested: an Assumptions to be laid beside those in force.
    """

    compare_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits: Edits | None = None
        self._sets: Sequence[Assumptions] = ()
        self._asking = False
        self.button = Button(self.tr("Sets"), compact=True)
        self.button.clicked.connect(self.open_menu)
        self.field = QLineEdit(self)
        self.field.setProperty("compact", True)
        self.field.setMaxLength(_LONGEST)
        self.field.setPlaceholderText(self.tr("Name of the set"))
        self.field.setAccessibleName(self.tr("Name of the set"))
        self.field.installEventFilter(self)
        self.field.returnPressed.connect(self._on_save)
        self.save_button = Button(self.tr("Save"), compact=True, parent=self)
        self.save_button.clicked.connect(self._on_save)
        self._message = WrapLabel("", "meta", 400, "warning", self)
        self._message.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.save_button)
        column.addLayout(row)
        column.addWidget(self._message)
        self._ask_name(False)

    def set_edits(self, edits: Edits | None) -> None:
        """Keep and use the sets of a document; None: of none."""
        self._edits = edits
        self.refresh()

    def refresh(self) -> None:
        """Read the sets from the workspace."""
        workspace = self._edits.document.workspace if self._edits else None
        self._sets = workspace.assumption_sets if workspace else ()
        count = len(self._sets)
        self.button.setText(self.tr("Sets ({0})").format(count) if count else self.tr("Sets"))
        self.button.setEnabled(self._edits is not None)

    def menu(self) -> QMenu:
        """Return the entries: save, then what can be done with each kept set."""
        menu = QMenu(self)
        read_only = self._edits is None or self._edits.document.read_only
        save = menu.addAction(self.tr("Save these assumptions as …"))
        save.setData((_SAVE, ""))
        save.setEnabled(not read_only)
        if self._sets:
            menu.addSeparator()
        for kept in self._sets:
            part = menu.addMenu(kept.name.replace("&", "&&"))
            for act, words in (
                (_USE, self.tr("Use")),
                (_COMPARE, self.tr("Compare with the ranking")),
                (_DROP, self.tr("Delete")),
            ):
                action = part.addAction(words)
                action.setData((act, kept.id))
                action.setEnabled(act == _COMPARE or not read_only)
        menu.triggered.connect(self._on_triggered)
        return menu

    def open_menu(self) -> None:
        """Show the entries under the button."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's virtual: Esc gives no name."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
            and watched is self.field
        ):
            self._ask_name(False)
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _on_triggered(self, action: QAction) -> None:
        act, kept = action.data()
        if act == _SAVE:
            self._ask_name(True)
        elif act == _COMPARE:
            self.compare_requested.emit(next(s for s in self._sets if s.id == kept))
        elif self._edits is not None:
            command = UseAssumptionSet(kept) if act == _USE else RemoveAssumptionSet(kept)
            self._tell(self._edits.run(command))

    def _ask_name(self, asked: bool) -> None:
        self._asking = asked
        for widget in (self.field, self.save_button):
            widget.setVisible(asked)
        self._tell("")
        if asked:
            self.field.clear()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_save(self) -> None:
        if self._edits is None or not self._asking:
            return
        refused = self._edits.run(SaveAssumptionSet(self.field.text()))
        if refused:
            self._tell(refused)
        else:
            self._ask_name(False)
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, refused: str) -> None:
        self._message.set_text(refused)
        self._message.setVisible(bool(refused))
        self.setVisible(bool(refused) or self._asking)
