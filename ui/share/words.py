"""The words of the page."""

from PySide6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Translate a text of the page."""
    return QCoreApplication.translate("Share", text)


def of_five(value: int | None) -> str:
    """Return a class of severity or frequency."""
    return tr("%1 of 5").replace("%1", str(value)) if value else tr("not judged")


def page_words() -> dict[str, str]:
    """Return the words of buttons and headings, by their places in the page."""
    return {
        "tools": tr("View"),
        "zoom_in": tr("Zoom in"),
        "zoom_out": tr("Zoom out"),
        "zoom_reset": tr("Zoom to 100 %"),
        "fit": tr("Fit"),
        "list": tr("As a list"),
        "shade": tr("Light or dark"),
        "print": tr("Print"),
        "details": tr("Details"),
        "close": tr("Close"),
        "noscript": tr("Details need scripts to be allowed for this file."),
    }
