"""Words of the backups: why one was made, how large it is."""

from PySide6.QtCore import QCoreApplication, QLocale

_WORDS = {
    "daily": "Of the day, before the first edit",
    "import": "Before an import",
    "recovery": "Before recovered edits were saved",
    "upgrade": "Before an upgrade to a newer Waymark",
    "replaced": "Before another file took its place",
}


def reason_words(reason: str) -> str:
    """Return why a backup was made; the bare word where a later version made it."""
    words = _WORDS.get(reason)
    return reason.replace("_", " ") if words is None else _tr(words)


def size_words(size: int) -> str:
    """Return a number of bytes as people read it, in the form of the program's numbers."""
    return QLocale.c().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Backups", text)
