"""The settings of this computer: theme, language, recent files, the window's place.

Kept in an INI file. Everything in it is a text that may have been edited or damaged by anyone,
so each value is parsed here and falls back to its default; nothing else reads the file.
"""

import base64
import binascii
from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QByteArray, QJsonDocument, QSettings

from ui.shell.tokens import ThemeMode

LANGUAGES: Final[dict[str, str]] = {
    "en": "English",
    "pl": "Polski",
    "nb": "Norsk bokmål",
    "ru": "Русский",
}
MOST_RECENT: Final = 12
_LONGEST: Final = 4096
_COMPACT: Final = QJsonDocument.JsonFormat.Compact


class RecentFile(NamedTuple):
    """A workspace opened before, with the lines the start page shows for it.

    `opened` is aware UTC; `journeys` and `status` may be empty; `has_answers` picks its picture;
    `failed` says that it could not be opened the last time.
    """

    path: str
    opened: datetime
    title: str
    journeys: str = ""
    status: str = ""
    has_answers: bool = False
    failed: bool = False


class Settings:
    """Typed reading and writing of the settings file at `path`; written when it is closed."""

    def __init__(self, path: Path) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def sync(self) -> bool:
        """Write to disk now; False when the file could not be written."""
        self._store.sync()
        return self._store.status() == QSettings.Status.NoError

    @property
    def theme(self) -> ThemeMode:
        """The chosen theme; the system's where nothing valid is stored."""
        try:
            return ThemeMode(self._text("look/theme"))
        except ValueError:
            return ThemeMode.SYSTEM

    @theme.setter
    def theme(self, mode: ThemeMode) -> None:
        self._store.setValue("look/theme", mode.value)

    @property
    def language(self) -> str:
        """The chosen interface language, one of LANGUAGES; empty to follow the system."""
        stored = self._text("look/language")
        return stored if stored in LANGUAGES else ""

    @language.setter
    def language(self, code: str) -> None:
        self._store.setValue("look/language", code)

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window as Qt saved it; empty where none is stored."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, saved: QByteArray) -> None:
        self._set_bytes("window/geometry", saved)

    @property
    def layout(self) -> QByteArray:
        """State of the window's docks and bars as Qt saved it; empty where none is stored."""
        return self._bytes("window/layout")

    @layout.setter
    def layout(self, saved: QByteArray) -> None:
        self._set_bytes("window/layout", saved)

    @property
    def view(self) -> str:
        """Name of the screen shown last; the caller checks that it exists."""
        return self._text("window/view")

    @view.setter
    def view(self, name: str) -> None:
        self._store.setValue("window/view", name)

    @property
    def recent(self) -> tuple[RecentFile, ...]:
        """Files opened before, the latest first; entries that make no sense are left out."""
        return _read_recent(self._text("files/recent"))

    @recent.setter
    def recent(self, files: Iterable[RecentFile]) -> None:
        self._store.setValue("files/recent", _write_recent(files))

    def remember(self, file: RecentFile) -> None:
        """Put a file first in the list, once."""
        others = (old for old in self.recent if old.path != file.path)
        self.recent = (file, *others)

    def forget(self, path: str) -> None:
        """Take a file off the list."""
        self.recent = tuple(old for old in self.recent if old.path != path)

    def mark_failed(self, path: str) -> None:
        """Note that a file of the list could not be opened; it keeps its place."""
        self.recent = tuple(
            file._replace(failed=True) if file.path == path else file for file in self.recent
        )

    @property
    def opening(self) -> str:
        """The file that is being opened; what stands there at a start ended the last one."""
        try:
            stored = base64.b64decode(self._text("files/opening"), validate=True)
        except (binascii.Error, ValueError):
            return ""
        return stored.decode("utf-8", "surrogateescape")[:_LONGEST]

    @opening.setter
    def opening(self, path: str) -> None:
        # In base64 as the list is: a path may hold what an INI value loses.
        stored = base64.b64encode(path.encode("utf-8", "surrogateescape")).decode("ascii")
        self._store.setValue("files/opening", stored)

    def _text(self, key: str) -> str:
        value = self._store.value(key)
        # A comma in a hand-edited line makes Qt return a list.
        if isinstance(value, list):
            value = ", ".join(part for part in value if isinstance(part, str))
        return value if isinstance(value, str) else ""

    def _bytes(self, key: str) -> QByteArray:
        try:
            return QByteArray(base64.b64decode(self._text(key), validate=True))
        except (binascii.Error, ValueError):
            return QByteArray()

    def _set_bytes(self, key: str, saved: QByteArray) -> None:
        self._store.setValue(key, base64.b64encode(saved.data()).decode("ascii"))


def _write_recent(files: Iterable[RecentFile]) -> str:
    entries = [
        {
            "path": file.path,
            "opened": file.opened.astimezone(UTC).isoformat(),
            "title": file.title,
            "journeys": file.journeys,
            "status": file.status,
            "has_answers": file.has_answers,
            "failed": file.failed,
        }
        for file in files
    ]
    # JSON in base64: an INI value must not lose quotes, commas or letters on its way.
    text = QJsonDocument.fromVariant(entries[:MOST_RECENT]).toJson(_COMPACT)
    return base64.b64encode(text.data()).decode("ascii")


def _read_recent(stored: str) -> tuple[RecentFile, ...]:
    try:
        text = QByteArray(base64.b64decode(stored, validate=True))
    except (binascii.Error, ValueError):
        return ()
    # Qt's reader, as the window pays for its import already; it gives None for what is not JSON.
    entries = QJsonDocument.fromJson(text).toVariant()
    if not isinstance(entries, list):
        return ()
    found: dict[str, RecentFile] = {}
    for entry in entries:
        file = _parse_recent(entry)
        if file is not None and len(found) < MOST_RECENT:
            found.setdefault(file.path, file)
    return tuple(found.values())


def _parse_recent(entry: object) -> RecentFile | None:
    if not isinstance(entry, dict):
        return None
    path, opened = entry.get("path"), entry.get("opened")
    if not isinstance(path, str) or not path or "\0" in path or not isinstance(opened, str):
        return None
    try:
        moment = datetime.fromisoformat(opened)
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    # In another zone the first and the last day of the calendar have no name.
    if not MINYEAR < moment.year < MAXYEAR:
        return None

    def line(name: str) -> str:
        value = entry.get(name)
        return value[:_LONGEST] if isinstance(value, str) else ""

    return RecentFile(
        path=path,
        opened=moment,
        title=line("title") or Path(path).stem,
        journeys=line("journeys"),
        status=line("status"),
        has_answers=entry.get("has_answers") is True,
        failed=entry.get("failed") is True,
    )
