"""What the tests of the import do again and again."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from ui.imports.dialog import ImportDialog

PATIENCE_MS = 20_000

Dialog = Callable[[Path], ImportDialog]


def ready(dialog: ImportDialog, qtbot: QtBot) -> None:
    """Wait until Import can be pressed."""
    qtbot.waitUntil(dialog.counts.go.isEnabled, timeout=PATIENCE_MS)


def blocked(dialog: ImportDialog, qtbot: QtBot, words: str = "") -> str:
    """Wait until the dialog says what is missing, in these words, and return all it says."""

    def told() -> bool:
        return not dialog.problem.isHidden() and words in dialog.problem.accessibleName()

    qtbot.waitUntil(told, timeout=PATIENCE_MS)
    assert not dialog.counts.go.isEnabled()
    return dialog.problem.accessibleName()


def close_message(qapp: QApplication, qtbot: QtBot) -> str:
    """Wait for a message box, close it and return its text."""

    def boxes() -> list[QMessageBox]:
        found = [w for w in qapp.topLevelWidgets() if isinstance(w, QMessageBox)]
        return [box for box in found if box.isVisible()]

    qtbot.waitUntil(lambda: bool(boxes()), timeout=PATIENCE_MS)
    (box,) = boxes()
    text = f"{box.text()}\n{box.informativeText()}"
    box.close()
    return text
