"""Every action of the window: its words, its keys, and whether it can be done now."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMenu, QWidget

StandardKey = QKeySequence.StandardKey


class Spec(NamedTuple):
    """One action: its name in the program, its words, its icon, its keys, its group in a menu."""

    name: str
    words: str
    icon: str
    keys: tuple[StandardKey | str, ...] = ()
    group: str = "file"
    needs_document: bool = True


def _spec(
    name: str, words: str, icon: str, *keys: StandardKey | str, group: str, always: bool = False
) -> Spec:
    return Spec(name, words, icon, keys, group, not always)


ACTIONS: Final = (
    _spec(
        "new",
        "New journey…",
        "file-plus",
        StandardKey.New,
        group="file",
        always=True,
    ),
    _spec(
        "open",
        "Open a workspace…",
        "folder-open",
        StandardKey.Open,
        group="file",
        always=True,
    ),
    _spec("save", "Save now", "floppy-disk", StandardKey.Save, group="file"),
    _spec("save_as", "Save as…", "copy", "Ctrl+Shift+S", group="file"),
    _spec("backups", "Backups…", "arrow-counter-clockwise", group="file"),
    _spec("close", "Close the workspace", "x", "Ctrl+W", group="file"),
    _spec(
        "import_survey",
        "Import evidence…",
        "download-simple",
        "Ctrl+I",
        group="evidence",
        always=True,
    ),
    _spec(
        "import_clipboard",
        "Import from the clipboard…",
        "clipboard-text",
        "Ctrl+Shift+V",
        group="evidence",
        always=True,
    ),
    _spec("undo", "Undo", "arrow-u-up-left", StandardKey.Undo, group="edit"),
    _spec("redo", "Redo", "arrow-u-up-right", "Ctrl+Y", "Ctrl+Shift+Z", group="edit"),
    _spec(
        "search",
        "Search names, notes, comments",
        "magnifying-glass",
        "Ctrl+F",
        group="edit",
    ),
    _spec("palette", "All actions", "command", "Ctrl+K", group="help", always=True),
    _spec("map", "Map", "map-trifold", "Ctrl+1", group="view"),
    _spec("flow", "Flow", "flow-arrow", "Ctrl+2", group="view"),
    _spec("table", "Table", "table", "Ctrl+3", group="view"),
    _spec("evidence", "Evidence", "chart-bar", "Ctrl+4", group="view"),
    _spec("priorities", "Priorities", "list-numbers", "Ctrl+5", group="view"),
    _spec("quarter", "Quarter", "calendar-check", "Ctrl+6", group="view"),
    _spec("workshop", "Workshop", "presentation", "F5", group="view"),
    _spec("export", "Export the packs…", "export", "Ctrl+E", group="out"),
    _spec(
        "picture",
        "Picture, or a page to share…",
        "image",
        "Ctrl+Shift+E",
        group="out",
    ),
    _spec("save_json", "Save the workspace as Waymark JSON…", "file-text", group="format"),
    _spec("save_ojf", "Save the journey as OpenJourney…", "file-text", group="format"),
    _spec("save_mmd", "Save the journey as Mermaid…", "file-text", group="format"),
    _spec("save_graphml", "Save the journey as GraphML…", "file-text", group="format"),
    _spec("save_template", "Keep the journey as a template…", "stack", group="out"),
    _spec("guide", "Keyboard guide", "question", "F1", group="help", always=True),
    _spec(
        "quit",
        "Quit Waymark",
        "sign-out",
        StandardKey.Quit,
        group="help",
        always=True,
    ),
)
VIEW_NAMES: Final = tuple(spec.name for spec in ACTIONS if spec.group == "view")
_GROUPS: Final = ("file", "evidence", "edit", "view", "out", "format", "help")
_FOLDED: Final = {"view": "View", "format": "Save in another format"}


class Actions(QObject):
    """The window's actions; they live on the window, so that their keys work everywhere.

    Attributes:
        about_to_act: one of them is going to be done; heard before whoever does it.
    """

    about_to_act = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._made = {spec.name: self._make(spec) for spec in ACTIONS}
        self._stack: QUndoStack | None = None
        self["undo"].triggered.connect(self._undo)
        self["redo"].triggered.connect(self._redo)
        self.retranslate()
        self.follow(None)

    def __getitem__(self, name: str) -> QAction:
        """Return an action by its name; KeyError for one that does not exist."""
        return self._made[name]

    def __iter__(self) -> Iterator[QAction]:
        """Yield them all, group by group."""
        for group in _GROUPS:
            yield from self._group(group)

    def set_available(self, names: frozenset[str]) -> None:
        """Hide the views that lead nowhere, keys and all."""
        for spec in ACTIONS:
            if spec.group == "view":
                self[spec.name].setVisible(spec.name in names)
                self[spec.name].setEnabled(spec.name in names and self._stack is not None)

    def follow(self, stack: QUndoStack | None) -> None:
        """Let undo and redo act on this stack; None where no workspace is open."""
        if self._stack is not None:
            self._stack.indexChanged.disconnect(self._on_index)
        self._stack = stack
        if stack is not None:
            stack.indexChanged.connect(self._on_index)
        for spec in ACTIONS:
            if spec.needs_document:
                self[spec.name].setEnabled(stack is not None and self[spec.name].isVisible())
        self._on_index()

    def menu(self, parent: QWidget) -> QMenu:
        """Return a menu of all of them, in one column on a small laptop too."""
        menu = QMenu(parent)
        for group in _GROUPS:
            place = menu
            if title := _FOLDED.get(group):
                place = menu.addMenu(QCoreApplication.translate("Actions", title))
            place.addActions([a for a in self._group(group) if a.isVisible()])
            if group not in {"view", "out"}:
                menu.addSeparator()
        return menu

    def retranslate(self) -> None:
        """Name every action in the present language."""
        for spec in ACTIONS:
            self[spec.name].setText(QCoreApplication.translate("Actions", spec.words))
        self._on_index()

    def _group(self, group: str) -> list[QAction]:
        return [self[spec.name] for spec in ACTIONS if spec.group == group]

    def _make(self, spec: Spec) -> QAction:
        action = QAction(self._window)
        action.setObjectName(spec.name)
        # The icon's name, not a picture of it: the finder paints it in the theme's colour.
        action.setProperty("sign", spec.icon)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.triggered.connect(self.about_to_act)
        self._window.addAction(action)
        return action

    def _on_index(self) -> None:
        stack = self._stack
        words = (
            (self["undo"], self.tr("Undo"), stack.canUndo() if stack else False, _undo_text),
            (self["redo"], self.tr("Redo"), stack.canRedo() if stack else False, _redo_text),
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
