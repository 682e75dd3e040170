"""Before a workspace is closed: edits that nothing could write yet are not given up unasked."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from ui.document import DocumentModel
from ui.saving import SaveState
from ui.shell.notices import fault_lines, show_notice


def may_close(document: DocumentModel, parent: QWidget) -> bool:
    """Whether a workspace can be closed: all is written, or the person gives up what is not."""
    error = document.store_all()
    if error is None:
        return True
    box = QMessageBox(parent)
    box.setWindowTitle("Waymark")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(fault_lines(error)[0])
    more = QCoreApplication.translate(
        "Closing", "%n edit(s) could not be written down and would be lost.", "", document.unwritten
    )
    stay = QCoreApplication.translate("Closing", "Stay, mend that, and close again.")
    box.setInformativeText(f"{more} {stay}")
    close = box.addButton(
        QCoreApplication.translate("Closing", "Close and lose them"),
        QMessageBox.ButtonRole.DestructiveRole,
    )
    here = box.addButton(
        QCoreApplication.translate("Closing", "Stay"), QMessageBox.ButtonRole.RejectRole
    )
    box.setDefaultButton(here)
    box.setEscapeButton(here)
    box.exec()
    chosen = box.clickedButton() is close
    box.deleteLater()
    return chosen


def tell_of_failed_close(document: DocumentModel, parent: QWidget) -> None:
    """Say where the edits are where they could not go to the file."""
    error = document.save_status.error
    if document.save_status.state is SaveState.FAILED and error is not None:
        kept = QCoreApplication.translate(
            "Closing", "Every edit is kept on this computer and comes back when it is opened."
        )
        if document.unwritten:
            kept = QCoreApplication.translate("Closing", "What was written down before is kept.")
        show_notice(parent, fault_lines(error)[0], kept)
