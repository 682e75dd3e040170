"""The look of a pack in a spreadsheet: colours by role, formats made once."""

import unicodedata
from functools import lru_cache
from typing import Any

FONT = "Arial"  # there or metric-compatible on every system, so that widths hold

TEXT = "#17212B"
TEXT_2 = "#44525F"
TEXT_3 = "#5C6A77"
HAIRLINE = "#DBE1E7"
ACCENT = "#00639C"
ON_ACCENT = "#FFFFFF"
TINT = "#E2EFF8"
SELECTED = "#E8F3FA"
SUNKEN = "#ECEFF3"
NEUTRAL = "#8794A0"
BAR = "#9CCBE6"
GOOD = "#00614A"
WARNING = "#A64900"
ENTRY = "#FFF5CC"
ENTRY_EDGE = "#E3B505"
PALE = "#DDE6EE"  # under a bar of 80 %, what lies within 95 %
SURFACE = "#FFFFFF"


# Points; a spreadsheet refuses the whole file over a row that is higher.
HIGHEST = 409.0

_USUAL: dict[str, dict[str, Any]] = {
    "text": {"font_name": FONT, "font_size": 10, "font_color": TEXT, "valign": "vcenter"},
    "header": {
        "bold": True,
        "font_color": TEXT_2,
        "text_wrap": True,
        "valign": "bottom",
        "bottom": 1,
        "bottom_color": NEUTRAL,
    },
    "cell": {"bottom": 1, "bottom_color": HAIRLINE, "text_wrap": True, "valign": "top"},
}


class Styles:
    """Formats of one workbook by their properties, each made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        # By what was asked for, so that the properties of most cells need not be put together.
        self._asked: dict[tuple[Any, ...], Any] = {}

    def __call__(self, **properties: Any) -> Any:
        """Return the format with these properties over the page's usual ones."""
        return self._found("text", properties)

    def rule(self, **properties: Any) -> Any:
        """Return the format of a conditional format: only what it changes."""
        return self._found("rule", properties)

    def header(self, **properties: Any) -> Any:
        """Return the format of a column's header."""
        return self._found("header", properties)

    def cell(self, **properties: Any) -> Any:
        """Return the format of a table's cell: a hairline below, text wrapped."""
        return self._found("cell", properties)

    def _found(self, kind: str, properties: dict[str, Any]) -> Any:
        asked = (kind, *properties.items())
        found = self._asked.get(asked)
        if found is None:
            full = properties
            if kind != "rule":
                full = _USUAL["text"] | _USUAL[kind] | properties
            key = (("rule", kind == "rule"), *sorted(full.items()))
            if key not in self._made:
                self._made[key] = self._workbook.add_format(full)
            found = self._asked[asked] = self._made[key]
        return found


# Widths of Arial's letters in thousandths of its size; accented ones are as wide as their base.
_WIDTHS = {
    letter: width
    for width, letters in (
        (222, "ijl'"),
        (278, " ftI.,:;/!|[]"),
        (333, "r()-`“”‘’"),
        (500, "ckvxyzsJ"),
        (556, "abdeghnopquL0123456789?_$#€"),
        (611, "FTZ+<=>−×"),
        (667, "ABEKPSVXY&"),
        (722, "CDHNRUw"),
        (778, "GOQ"),
        (833, "mM"),
        (889, "%"),
        (944, "W"),
        # Cyrillic; capitals count as other letters.
        (365, "г"),
        (458, "зтк"),
        (556, "авеинопрсухчьэя"),
        (583, "бдлц"),
        (688, "жм"),
        (750, "ъыю"),
        (823, "фшщ"),
    )
    for letter in letters
}
_OTHER_LETTER, _WIDE = 700, 1000
_BOLD, _SAFETY = 1.07, 1.03
_PIXELS_PER_COLUMN_CHARACTER = 7


@lru_cache(maxsize=4096)
def lines_needed(text: str, columns: float, *, size: float = 10, bold: bool = False) -> int:
    """Return how many lines a text takes in a cell `columns` characters wide, never too few.

    Spreadsheets set the height of merged cells to one line whatever they hold, so that it has to
    be known here.
    """
    room = columns * _PIXELS_PER_COLUMN_CHARACTER - 4
    scale = size * 4 / 3 / 1000 * _SAFETY * (_BOLD if bold else 1)
    total = 0
    for paragraph in text.split("\n"):
        lines, used = 1, 0.0
        for word in paragraph.split(" "):
            width = scale * _thousandths(word)
            space = scale * _WIDTHS[" "] if used else 0
            if used and used + space + width > room:
                lines, used, space = lines + 1, 0.0, 0
            # A word longer than the cell is broken by the spreadsheet itself.
            lines += int(width // room)
            used += space + width % room
        total += lines
    return total


@lru_cache(maxsize=16_384)
def _thousandths(word: str) -> int:
    return sum(
        _WIDTHS.get(letter, _WIDE if ord(letter) > 0x2E7F else _OTHER_LETTER)
        for letter in unicodedata.normalize("NFD", word)
        if not unicodedata.combining(letter)
    )
