"""Names of files and sheets made from people's text."""

import re
import unicodedata

# Device names of Windows, also with any ending; a file of that name cannot be opened there.
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE
)
_NOT_IN_FILES = re.compile('[<>:"/\\\\|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_NOT_IN_SHEETS = re.compile("[\\[\\]:*?/\\\\\x00-\x1f\x7f]")
_FILE_BYTES = 255
_SHEET_LENGTH = 31


def safe_filename(text: str, suffix: str = "", taken: set[str] | None = None) -> str:
    """Return a file name every system accepts: `text` as far as it goes, then `suffix`.

    Separators and controls become "-", trailing dots and spaces go, device names get a "_", the
    whole is NFC and at most 255 bytes of UTF-8. With `taken` (keys of names used so far, changed
    here) names that differ only in case or form get " (2)", " (3)", …

    Args:
        suffix: the ending with its dot, ASCII.
    """
    name = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    name = _NOT_IN_FILES.sub("-", name).strip().rstrip(". ").lstrip(".")
    name = " ".join(name.split()) or "unnamed"
    if _RESERVED.fullmatch(name):
        name = f"{name}_"
    if taken is None:
        return _cut_bytes(name, _FILE_BYTES - len(suffix)) + suffix
    number = 1
    while True:
        mark = "" if number == 1 else f" ({number})"
        whole = _cut_bytes(name, _FILE_BYTES - len(suffix) - len(mark)) + mark + suffix
        if _key(whole) not in taken:
            taken.add(_key(whole))
            return whole
        number += 1


def safe_sheet_name(text: str, taken: set[str] | None = None) -> str:
    """Return a sheet name spreadsheets accept: 31 characters, no []:*?/\\, unique without case.

    It neither starts nor ends with an apostrophe and is not "History", which Excel keeps.
    """
    name = " ".join(_NOT_IN_SHEETS.sub(" ", text).split()).strip("' ") or "Sheet"
    if name.casefold() == "history":
        name = f"{name}_"
    taken = set() if taken is None else taken
    number = 1
    while True:
        mark = "" if number == 1 else f" ({number})"
        whole = _cut_units(name, _SHEET_LENGTH - len(mark)).rstrip("' ") + mark
        if _key(whole) not in taken:
            taken.add(_key(whole))
            return whole
        number += 1


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _cut_bytes(name: str, limit: int) -> str:
    cut = name.encode("utf-8")[:limit].decode("utf-8", "ignore")
    # A cut may leave a trailing dot or space, which Windows drops unasked.
    return cut if cut == name else cut.rstrip(". ")


def _cut_units(name: str, limit: int) -> str:
    """Excel counts UTF-16 units, so that an emoji is two."""
    return name.encode("utf-16-le")[: limit * 2].decode("utf-16-le", "ignore")
