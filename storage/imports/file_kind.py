"""What a file is by its first bytes, and what is refused before anything is read."""

import gzip
import zlib
from pathlib import Path
from typing import IO, Final, cast

from storage.errors import ImportProblem

# Text is streamed in constant memory; the limit only stops what cannot be a survey.
MAX_TEXT_BYTES: Final = 2 * 1024**3
# A packed file may not grow beyond this ratio once it is longer than RATIO_FREE_BYTES.
MAX_RATIO: Final = 200
RATIO_FREE_BYTES: Final = 10 * 1024**2
HEAD_BYTES: Final = 64 * 1024

_GZIP: Final = b"\x1f\x8b"
# kind -> the first bytes it has; the first match wins.
_MAGIC: Final = (
    ("spss", b"$FL2"),
    ("spss", b"$FL3"),
    ("old_spreadsheet", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("pdf", b"%PDF-"),
    ("sqlite", b"SQLite format 3\x00"),
    ("parquet", b"PAR1"),
    ("picture", b"\x89PNG\r\n"),
    ("picture", b"\xff\xd8\xff"),
    ("picture", b"GIF8"),
    ("archive", b"7z\xbc\xaf\x27\x1c"),
    ("archive", b"BZh"),
    ("archive", b"\xfd7zXZ"),
    ("archive", b"\x28\xb5\x2f\xfd"),
    ("stata", b"<stata_dta>"),
)
# What a name promises; a text file under such a name is not what it claims.
_CLAIMS: Final = {
    ".xlsx": "spreadsheet",
    ".xlsm": "spreadsheet",
    ".ods": "spreadsheet",
    ".xls": "old_spreadsheet",
    ".sav": "spss",
    ".zsav": "spss",
    ".xes": "xes",
    ".gz": "gzip",
    ".zip": "archive",
    ".pdf": "pdf",
    ".parquet": "parquet",
    ".json": "json",
}
_SPACE: Final = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file for reading bytes, unpacking gzip on the way.

    Raises:
        ImportProblem: missing, directory or unreadable.
    """
    try:
        raw = path.open("rb")
        packed = raw.read(2) == _GZIP
        raw.seek(0)
    except (OSError, ValueError) as error:
        raise _cannot_open(path, error) from error
    if not packed:
        return raw
    raw.close()
    return cast("IO[bytes]", gzip.open(path, "rb"))


def file_kind(path: Path) -> str:
    """Tell what a file is: "text", "gzip", "spreadsheet", "spss", "xes", "json", "archive", …

    "gzip" is one packed text file. The content decides; the name is only asked whether it
    promises something else.

    Raises:
        ImportProblem: missing, directory, blank, binary, too_large, not_what_it_claims.
    """
    head = _first_bytes(path)
    kind = _kind_of(head)
    if kind == "gzip":
        unpacked = unpacked_head(path)
        inner = _kind_of(unpacked)
        kind = "gzip" if inner == "text" else inner
        head = unpacked
    claim = _CLAIMS.get(path.suffix.lower())
    if claim is not None and claim != kind:
        raise ImportProblem(path, "", "not_what_it_claims", f"{path.suffix.lower()}: {kind}")
    if kind in {"text", "gzip"} and _is_binary(head):
        raise ImportProblem(path, "", "binary")
    return kind


def require_text(path: Path) -> bool:
    """Refuse by name everything that is not a text table; return whether it is packed.

    Raises:
        ImportProblem: as file_kind, or unsupported with the kind as detail.
    """
    kind = file_kind(path)
    if kind not in {"text", "gzip"}:
        raise ImportProblem(path, "", "unsupported", kind)
    return kind == "gzip"


def unpacked_head(path: Path) -> bytes:
    """Return the first bytes of the content, unpacked.

    Raises:
        ImportProblem: the packed file is damaged.
    """
    try:
        with open_bytes(path) as stream:
            return stream.read(HEAD_BYTES)
    except (OSError, EOFError, zlib.error) as error:
        raise ImportProblem(path, "", "damaged", str(error)) from error


def _first_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ImportProblem(path, "", "directory")
        size = path.stat().st_size
        if not path.is_file():
            raise ImportProblem(path, "", "unsupported", "device")
        if size > MAX_TEXT_BYTES:
            raise ImportProblem(path, "", "too_large", f"{size} > {MAX_TEXT_BYTES}")
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except (OSError, ValueError) as error:
        raise _cannot_open(path, error) from error
    if size <= HEAD_BYTES and not head.strip(_SPACE):
        raise ImportProblem(path, "", "blank")
    return head


def _cannot_open(path: Path, error: OSError | ValueError) -> ImportProblem:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return ImportProblem(path, "", "missing")
    if isinstance(error, IsADirectoryError):
        return ImportProblem(path, "", "directory")
    return ImportProblem(path, "", "unreadable", str(error))


def _kind_of(head: bytes) -> str:  # noqa: PLR0911 - one answer per kind of file
    if head.startswith(_GZIP):
        return "gzip"
    for kind, magic in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"PK\x03\x04"):
        names = (b"xl/", b"[Content_Types].xml", b"opendocument.spreadsheet")
        return "spreadsheet" if any(name in head for name in names) else "archive"
    if head[257:262] == b"ustar":
        return "archive"
    start = head.replace(b"\x00", b"").lstrip(_SPACE)[:4096].lower()
    if start.startswith(b"<"):
        return "xes" if b"<log" in start else "markup"
    if start.startswith((b"{", b"[{")):
        return "json"
    return "text"


def _is_binary(head: bytes) -> bool:
    """More control bytes than any text has. A few NULs are real in survey files."""
    nul = head.count(0)
    controls = sum(head.count(code) for code in (*range(1, 9), *range(14, 26), *range(27, 32)))
    if nul and _looks_utf16(head):
        # Cyrillic in UTF-16 has the byte 04 in every other place.
        return False
    # A handful is never enough: short files hold one bad cell too.
    return controls > 8 + 0.02 * len(head) or nul > 8 + 0.3 * len(head)


def _looks_utf16(head: bytes) -> bool:
    return head[:2] in (b"\xff\xfe", b"\xfe\xff") or utf16_order(head) is not None


def utf16_order(head: bytes) -> str | None:
    """Return "utf-16-le" or "utf-16-be" where NULs stand on one side of the pairs only.

    Separators, digits and line ends of any table give NULs in UTF-16, whatever the script.
    """
    even, odd = head[0::2].count(0), head[1::2].count(0)
    both = even + odd
    if both < 0.05 * len(head) or not both or max(even, odd) < 0.9 * both:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"
