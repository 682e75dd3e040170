"""Messages that interrupt: what happened, what was kept, what to do. Plain text only."""

import logging

from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

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
    if isinstance(error, MemoryError):
        return [
            QCoreApplication.translate("Faults", "There is not enough memory for this."),
            QCoreApplication.translate("Faults", "Your work is kept in the working copy."),
            QCoreApplication.translate("Faults", "Close other programs, then try again."),
        ]
    return [
        QCoreApplication.translate("Faults", "Something went wrong inside Waymark."),
        QCoreApplication.translate("Faults", "Your work is kept in the working copy."),
        f"({type(error).__name__})",
    ]


def show_fault(parent: QWidget | None, error: BaseException, report: str = "") -> None:
    """Tell of an error; returns at once, the message goes when it is closed.

    Args:
        report: what the person may copy and send (ui.shell.reports), for an error of ours.
    """
    log.warning("told the user: %s", type(error).__name__)
    lines = fault_lines(error)
    show_notice(parent, lines[0], "\n".join(lines[1:]), QMessageBox.Icon.Warning, report)


class Notice(QMessageBox):
    """A message, with a report to copy where there is one."""

    def __init__(self, parent: QWidget | None, report: str) -> None:
        super().__init__(parent)
        self._report = report
        if report:
            button = self.addButton(self.tr("Copy the report"), self.ButtonRole.ActionRole)
            self.addButton(self.StandardButton.Ok)
            # Qt closes the message on any button; this one only copies.
            button.clicked.disconnect()
            button.clicked.connect(self._copy)

    @Slot()
    def _copy(self) -> None:
        QApplication.clipboard().setText(self._report)


def show_notice(
    parent: QWidget | None,
    text: str,
    more: str = "",
    icon: QMessageBox.Icon = QMessageBox.Icon.Information,
    report: str = "",
) -> None:
    """Tell something in plain text without stopping the program."""
    box = Notice(parent, report)
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
