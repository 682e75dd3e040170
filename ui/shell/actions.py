"""Every action of the window: its words, its keys, and whether it can be done now."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMenu, QWidget

StandardKey = QKeySequence.StandardKey


class Actions(QObject):
    """The window's actions; they live on the window, so that their keys work everywhere."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.new = self._make(StandardKey.New)
        self.open = self._make(StandardKey.Open)
        self.import_survey = self._make("Ctrl+I")
        self.save = self._make(StandardKey.Save)
        self.export = self._make("Ctrl+E")
        self.close_workspace = self._make("Ctrl+W")
        self.undo = self._make(StandardKey.Undo)
        self.redo = self._make("Ctrl+Y", "Ctrl+Shift+Z")
        self.show_map = self._make("Ctrl+1")
        self.show_priorities = self._make("Ctrl+2")
        self.guide = self._make("F1")
        self.quit = self._make(StandardKey.Quit)
        self.needs_document = (
            self.save,
            self.export,
            self.close_workspace,
            self.show_map,
            self.show_priorities,
        )
        self._stack: QUndoStack | None = None
        self.undo.triggered.connect(self._undo)
        self.redo.triggered.connect(self._redo)
        self.retranslate()
        self.follow(None)

    def follow(self, stack: QUndoStack | None) -> None:
        """Let undo and redo act on this stack; None where no workspace is open."""
        if self._stack is not None:
            self._stack.indexChanged.disconnect(self._on_index)
        self._stack = stack
        if stack is not None:
            stack.indexChanged.connect(self._on_index)
        for action in self.needs_document:
            action.setEnabled(stack is not None)
        self._on_index()

    def menu(self, parent: QWidget) -> QMenu:
        """Return a menu of all of them."""
        menu = QMenu(parent)
        for group in (
            (self.new, self.open, self.import_survey, self.save, self.close_workspace),
            (self.undo, self.redo),
            (self.show_map, self.show_priorities, self.export),
            (self.guide, self.quit),
        ):
            menu.addActions(group)
            menu.addSeparator()
        return menu

    def retranslate(self) -> None:
        """Name every action in the present language."""
        self.new.setText(self.tr("New journey…"))
        self.open.setText(self.tr("Open a workspace…"))
        self.import_survey.setText(self.tr("Import a survey…"))
        self.save.setText(self.tr("Save now"))
        self.export.setText(self.tr("Export the packs…"))
        self.close_workspace.setText(self.tr("Close the workspace"))
        self.show_map.setText(self.tr("Map"))
        self.show_priorities.setText(self.tr("Priorities"))
        self.guide.setText(self.tr("Keyboard guide"))
        self.quit.setText(self.tr("Quit Waymark"))
        self._on_index()

    def _make(self, *keys: StandardKey | str) -> QAction:
        action = QAction(self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        self._window.addAction(action)
        return action

    def _on_index(self) -> None:
        stack = self._stack
        words = (
            (self.undo, self.tr("Undo"), stack.canUndo() if stack else False, _undo_text),
            (self.redo, self.tr("Redo"), stack.canRedo() if stack else False, _redo_text),
        )
        for action, verb, can, text in words:
            action.setEnabled(can)
            what = text(stack) if stack is not None and can else ""
            action.setText(f"{verb}: {what}" if what else verb)

    def _undo(self) -> None:
        if self._stack is not None:
            self._stack.undo()

    def _redo(self) -> None:
        if self._stack is not None:
            self._stack.redo()


def _undo_text(stack: QUndoStack) -> str:
    return stack.undoText()


def _redo_text(stack: QUndoStack) -> str:
    return stack.redoText()
