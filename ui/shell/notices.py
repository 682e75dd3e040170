"""Messages that interrupt: what happened, what was kept, what to do. Plain text only."""

import logging

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from journey.errors import WaymarkError
from ui.faults import explain
from ui.shell.icons import icon as named_icon

log = logging.getLogger(__name__)

# Icon of the one family and its colour role, for Qt's kinds of message.
_ICONS = {
    QMessageBox.Icon.Information: ("info", "accent"),
    QMessageBox.Icon.Warning: ("warning", "warning"),
}


def translate_fault(text: str) -> str:
    """Translate a sentence of ui.faults."""
    return QCoreApplication.translate("Faults", text)


def fault_lines(error: BaseException) -> list[str]:
    """Return the sentences for an error, known or not."""
    if isinstance(error, WaymarkError):
        return explain(error, translate_fault)
    if isinstance(error, OSError):
        where = f": {error.filename}" if error.filename else ""
        return [f"{error.strerror or type(error).__name__}{where}"]
    return [
        QCoreApplication.translate("Faults", "Something went wrong inside Waymark."),
        QCoreApplication.translate("Faults", "Your work is kept in the working copy."),
        f"({type(error).__name__})",
    ]


def show_fault(parent: QWidget | None, error: BaseException) -> None:
    """Tell of an error; returns at once, the message goes when it is closed."""
    log.warning("told the user: %r", error)
    lines = fault_lines(error)
    show_notice(parent, lines[0], "\n".join(lines[1:]), QMessageBox.Icon.Warning)


def show_notice(
    parent: QWidget | None,
    text: str,
    more: str = "",
    icon: QMessageBox.Icon = QMessageBox.Icon.Information,
) -> None:
    """Tell something in plain text without stopping the program."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("Waymark")
    name, role = _ICONS.get(icon, ("info", "accent"))
    box.setIconPixmap(named_icon(name, role).pixmap(QSize(32, 32)))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    if more:
        box.setInformativeText(more)
    box.setStyleSheet("QLabel#qt_msgbox_label { font-weight: 600; }")
    # The informative text is a label of its own that reads its format from the text.
    for part in box.findChildren(QLabel):
        part.setTextFormat(Qt.TextFormat.PlainText)
    box.open()
