"""What a file is by its first bytes, and what is refused before anything is read."""

import gzip
import lzma
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

from storage.errors import ImportProblem

# Text is streamed in constant memory; the limit only stops what cannot be a survey.
MAX_TEXT_BYTES: Final = 16 * 1024**3
# A packed file may not grow beyond this ratio once it is longer than RATIO_FREE_BYTES.
MAX_RATIO: Final = 200
RATIO_FREE_BYTES: Final = 10 * 1024**2
HEAD_BYTES: Final = 64 * 1024

_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK\x03\x04"
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
    ".xlsb": "spreadsheet",
    ".ods": "spreadsheet",
    ".xls": "old_spreadsheet",
    ".sav": "spss",
    ".zsav": "spss",
    ".xes": "xes",
    ".pdf": "pdf",
    ".parquet": "parquet",
    ".json": "json",
}
_SPACE: Final = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"


# What may go wrong while packed bytes are unpacked.
UNPACKING_ERRORS: Final = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    NotImplementedError,  # a way of packing that Python does not know
)


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file is.

    Attributes:
        kind: text, spreadsheet, spss, xes, json, archive, document, …; of a packed file, what
            is in it.
        packing: "gzip" or "zip" where it is packed, else "".
    """

    kind: str
    packing: str = ""


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file for reading bytes, unpacking gzip and zip (of one file) on the way.

    Raises:
        ImportProblem: missing, directory, unreadable, damaged, several_files or password.
    """
    try:
        raw = path.open("rb")
        start = raw.read(4)
        raw.seek(0)
    except (OSError, ValueError) as error:
        raise _cannot_open(path, error) from error
    if start.startswith(_GZIP):
        raw.close()
        return cast("IO[bytes]", gzip.open(path, "rb"))
    if start == _ZIP and _is_plain_archive(path):
        raw.close()
        return _open_member(path)
    return raw


def _is_plain_archive(path: Path) -> bool:
    """Tell an archive of files from a document that is kept as one."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _document_kind(archive.namelist()) == ""
    except UNPACKING_ERRORS as error:
        raise ImportProblem(path, "", "damaged", str(error)) from error


def _document_kind(names: list[str]) -> str:
    if "[Content_Types].xml" in names:
        return "spreadsheet" if any(name.startswith("xl/") for name in names) else "document"
    if "mimetype" in names and "content.xml" in names:
        return "spreadsheet"
    return ""


def _open_member(path: Path) -> IO[bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.open(_only_member(path, archive))
    except RuntimeError as error:  # zipfile's word for encrypted, and for unknown packing
        reason = "damaged" if isinstance(error, NotImplementedError) else "password"
        raise ImportProblem(path, "", reason) from error
    except UNPACKING_ERRORS as error:
        raise ImportProblem(path, "", "damaged", str(error)) from error


def _only_member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the one file of an archive; what systems add of their own does not count."""
    files = [
        member
        for member in archive.infolist()
        if not member.is_dir()
        and not member.filename.startswith("__MACOSX/")
        and not member.filename.rpartition("/")[2].startswith(".")
    ]
    if not files:
        raise ImportProblem(path, "", "blank")
    if len(files) > 1:
        shown = [member.filename for member in files[:10]]
        more = [f"… ({len(files)})"] if len(files) > 10 else []
        raise ImportProblem(path, "", "several_files", ", ".join((*shown, *more)))
    return files[0]


def look_at_file(path: Path) -> FileKind:
    """Tell what a file is, packed or not.

    The content decides; the name is only asked whether it promises something else.

    Raises:
        ImportProblem: missing, directory, blank, binary, too_large, not_what_it_claims, damaged,
            several_files or password.
    """
    head = _first_bytes(path)
    packing = _packing(path, head)
    if packing:
        head = unpacked_head(path)
        if not head.strip(_SPACE):
            raise ImportProblem(path, "", "blank")
    kind = _kind_of(head)
    if head.startswith(_ZIP) and not packing:
        with zipfile.ZipFile(path) as archive:
            kind = _document_kind(archive.namelist())
    _check_claim(path, kind)
    if kind == "text" and _is_binary(head):
        raise ImportProblem(path, "", "binary")
    return FileKind(kind, packing)


def _packing(path: Path, head: bytes) -> str:
    if head.startswith(_GZIP):
        return "gzip"
    return "zip" if head.startswith(_ZIP) and _is_plain_archive(path) else ""


def _check_claim(path: Path, kind: str) -> None:
    claim = _CLAIMS.get(path.suffix.lower())
    # Under a password a workbook is kept in the old container; its reader says so.
    kept = {claim, "old_spreadsheet"} if claim == "spreadsheet" else {claim}
    if claim is not None and kind not in kept:
        raise ImportProblem(path, "", "not_what_it_claims", f"{path.suffix.lower()}: {kind}")


def file_kind(path: Path) -> str:
    """Tell what a file is in one word; "gzip" and "zip" are one packed text file.

    Raises:
        ImportProblem: as look_at_file.
    """
    found = look_at_file(path)
    return found.packing if found.packing and found.kind == "text" else found.kind


def require_text(path: Path) -> bool:
    """Refuse by name everything that is not a text table; return whether it is packed.

    Raises:
        ImportProblem: as look_at_file, or unsupported with the kind as detail.
    """
    found = look_at_file(path)
    if found.kind != "text":
        raise ImportProblem(path, "", "unsupported", found.kind)
    return bool(found.packing)


def unpacked_head(path: Path) -> bytes:
    """Return the first bytes of the content, unpacked.

    Raises:
        ImportProblem: the packed file is damaged.
    """
    try:
        with open_bytes(path) as stream:
            return stream.read(HEAD_BYTES)
    except UNPACKING_ERRORS as error:
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
    for kind, magic in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(_ZIP):
        # Packed once more: a workbook shows its parts' names, anything else is not unpacked twice.
        names = (b"xl/", b"[Content_Types].xml", b"opendocument.spreadsheet")
        return "spreadsheet" if any(name in head for name in names) else "archive"
    if head.startswith(_GZIP):
        return "archive"
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
