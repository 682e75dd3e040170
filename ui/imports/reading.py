"""What was read, and how: encoding, separator, header rows and sheet, each to be changed."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from storage.imports.mapping import SourceSettings
from ui.imports.bands import SIDE, Band, captioned
from ui.imports.words import (
    columns_word,
    encoding_word,
    forecast_word,
    records_word,
    separator_word,
    vendor_word,
)
from ui.imports.work import Found
from ui.numbers import number
from ui.shell.widgets.labels import IconLabel, PlainLabel

# In the order people meet them; what was detected is added where it is none of these.
_UNICODE: Final = ("utf-8", "utf-16")
_WINDOWS: Final = ("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257")
_ISO: Final = ("iso8859-1", "iso8859-2", "iso8859-5", "iso8859-15")
_OLDER: Final = ("koi8-r", "mac-roman", "cp850", "cp852", "shift_jis", "gb18030", "big5", "euc_kr")
_ENCODINGS: Final = (*_UNICODE, *_WINDOWS, *_ISO, *_OLDER)
_SEPARATORS: Final = (",", ";", "\t", "|", " ")
_MOST_HEADERS: Final = 6


class Picker(QComboBox):
    """A short list to choose from; a scrolling wheel does not change it.

    Attributes:
        picked: the value a person chose, not one that was set.
    """

    picked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None, *, stays: bool = False) -> None:
        """Make it; one that `stays` as wide as it is first shown is made in a tenth of the time."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("compact", True)
        self.ensurePolished()  # a size asked for before is kept, and is that of a tall one
        if not stays:
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda at: self.picked.emit(self.itemData(at)))

    def set_entries(self, entries: list[tuple[object, str]], current: object) -> None:
        """Offer values with their words; the current one is added where it is none of them."""
        self.clear()
        for value, words in entries:
            self.addItem(words, value)
        self.set_current(current)

    def set_current(self, value: object) -> None:
        """Show a value without telling."""
        at = next((n for n in range(self.count()) if self.itemData(n) == value), -1)
        self.setCurrentIndex(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt's virtual."""
        event.ignore()


class ReadBand(Band):
    """What was read: whose export it is, and pickers for how.

    Attributes:
        source_chosen: a SourceSettings; the file is to be read again in that way.
    """

    source_chosen = Signal(object)

    def __init__(self, found: Found) -> None:
        super().__init__("window")
        self._source = SourceSettings()
        self._vendor = IconLabel("check-circle", "", role="good")
        self.encoding = Picker(self.tr("Encoding"))
        self.separator = Picker(self.tr("Separator"))
        self.header_rows = Picker(self.tr("Header rows"))
        self.sheet = Picker(self.tr("Sheet"))
        self._size = PlainLabel("", "base", 400, "text_2")
        self._parts = [captioned(p.accessibleName(), p) for p in self._pickers()]
        title = QVBoxLayout()
        title.setSpacing(2)
        title.addWidget(PlainLabel(self.tr("What was read"), "title", 600))
        title.addWidget(self._vendor)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 8, SIDE, 8)
        row.setSpacing(12)
        row.addLayout(title)
        row.addSpacing(24)
        for part in self._parts:
            row.addLayout(part)
        row.addStretch(1)
        row.addWidget(self._size)
        self.encoding.picked.connect(lambda value: self._choose(encoding=value))
        self.separator.picked.connect(lambda value: self._choose(separator=value))
        self.header_rows.picked.connect(lambda value: self._choose(header_rows=value))
        self.sheet.picked.connect(lambda value: self._choose(sheet=value))
        self.set_found(found)

    def _pickers(self) -> tuple[Picker, ...]:
        return (self.encoding, self.separator, self.header_rows, self.sheet)

    def set_found(self, found: Found) -> None:
        """Show how a file was read."""
        seen = found.inspection
        chosen = found.mapping.source
        self._source = SourceSettings(
            chosen.encoding, chosen.separator, chosen.header_rows, chosen.sheet
        )
        self._vendor.set_face("check-circle", vendor_word(seen.vendor), "good", "text_2")
        found_as = _plain(seen.encoding)
        codecs = dict.fromkeys((*_ENCODINGS, found_as))
        self.encoding.set_entries([(c, encoding_word(c)) for c in codecs], found_as)
        marks = dict.fromkeys((*_SEPARATORS, seen.separator or ","))
        self.separator.set_entries([(m, separator_word(m)) for m in marks], seen.separator)
        most = max(_MOST_HEADERS, seen.header_rows)
        rows: list[tuple[object, str]] = [(n, number(n, 0)) for n in range(most + 1)]
        self.header_rows.set_entries(rows, seen.header_rows)
        sheets: list[tuple[object, str]] = [(sheet.name, sheet.name) for sheet in seen.sheets]
        self.sheet.set_entries(sheets, seen.sheet)
        self._show_what_applies(found)
        columns = columns_word(len(seen.columns))
        words = f"{records_word(seen.records)} · {columns}"
        if seen.forecast is not None:
            words = forecast_word(seen.forecast) + f" · {columns}"
        self._size.setText(words)

    def _show_what_applies(self, found: Found) -> None:
        """A workbook has sheets and no separator, a log neither, a pasted table no encoding."""
        seen, table = found.inspection, found.table
        form = table.source.form if table is not None else ""
        applies = (
            form == "text",
            form in {"text", "pasted"} and seen.separator is not None,
            table is not None and form != "spss",
            len(seen.sheets) > 1,
        )
        for part, shown in zip(self._parts, applies, strict=True):
            for widget in (part.itemAt(at).widget() for at in range(part.count())):  # type: ignore[union-attr]
                if widget is not None:
                    widget.setVisible(shown)

    def _choose(self, **values: object) -> None:
        parts = {
            name: getattr(self._source, name)
            for name in ("encoding", "separator", "header_rows", "sheet")
        }
        parts.update(values)
        if "sheet" in values:
            parts["header_rows"] = None  # another sheet has a header of its own
        self.source_chosen.emit(SourceSettings(**parts))


def _plain(encoding: str) -> str:
    return encoding.lower().removesuffix("-sig")
