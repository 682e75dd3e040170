"""Which encoding a text file has: by its mark, by strict UTF-8, by NUL pattern, by likelihood.

One pass over the bytes in constant memory; what cannot be decoded is counted, never hidden.
"""

import codecs
import locale
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from storage.errors import ImportProblem
from storage.imports.child_limits import size_words
from storage.imports.file_kind import (
    MAX_RATIO,
    MAX_TEXT_BYTES,
    RATIO_FREE_BYTES,
    UNPACKING_ERRORS,
    open_bytes,
    utf16_order,
)
from storage.imports.stopping import ImportCancelledError

CHUNK_BYTES: Final = 1024 * 1024
# Enough non-ASCII text for a decision; more only costs time.
EVIDENCE_BYTES: Final = 100_000
# Faulty bytes per useful one up to which a file is UTF-8 with wounds, not another encoding.
FAULT_SHARE: Final = 0.05

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PAGE_OF_LANGUAGE: Final = {
    "pl": "cp1250",
    "cs": "cp1250",
    "nb": "cp1252",
    "nn": "cp1252",
    "no": "cp1252",
    "de": "cp1252",
    "en": "cp1252",
    "ru": "cp1251",
}
# Offered where the guess was wrong, the likely ones first.
OFFERED: Final = (
    "utf-8", "cp1252", "cp1250", "cp1251", "iso8859-2", "iso8859-15", "mac-roman", "koi8-r",
    "utf-16", "cp1253", "cp1254", "cp1257", "cp852", "cp850", "cp866", "gb18030", "shift_jis",
)  # fmt: skip
# What surveys come in; the detector also knows pages nobody has used since the mainframe.
_PLAUSIBLE: Final = frozenset(
    {f"cp{page}" for page in (*range(1250, 1259), 437, 850, 852, 855, 857, 865, 866, 874)}
    | {f"iso8859-{part}" for part in (1, 2, 3, 4, 5, 7, 8, 9, 10, 13, 15)}
    | {"koi8-r", "koi8-u", "mac-roman", "mac-latin2", "mac-cyrillic", "mac-greek", "mac-turkish"}
    | {"shift_jis", "cp932", "euc_jp", "gb18030", "gbk", "big5", "cp949", "euc_kr", "tis-620"}
)
# What a non-breaking space becomes on an old Macintosh that takes its bytes for Latin letters:
# after one round, and after two; in no language do such letters stand together.
_MAC_SPACES: Final = re.compile(rb"(?:\xe5\xca|\x8c\xe6)+")
_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]+")
# Codecs that are no encodings of text files, or that decode bytes no table is made of.
_NOT_FOR_FILES: Final = frozenset(
    {"idna", "punycode", "unicode_escape", "unicode-escape", "raw_unicode_escape"}
    | {"raw-unicode-escape", "undefined", "utf-7", "mbcs", "oem"}
)


@dataclass(frozen=True, slots=True)
class EncodingFound:
    """What the bytes are.

    Attributes:
        name: a Python codec name; "utf-8-sig" and "utf-16" mean that a mark was found.
        certain: False where it was judged by likelihood and ought to be shown for override.
        faults: bytes (or units) that this encoding cannot decode; they read as U+FFFD.
        double_mark: a second byte order mark follows the first.
        nul: NUL characters in the text.
        lines: line feeds, or carriage returns where there are none.
        size: bytes, unpacked.
        ends_in_line: the last line has its end.
    """

    name: str
    certain: bool
    faults: int
    double_mark: bool
    nul: int
    lines: int
    size: int
    ends_in_line: bool


@dataclass(slots=True)
class _Scan:
    size: int = 0
    nul: int = 0
    feeds: int = 0
    returns: int = 0
    extra: int = 0
    faults: int = 0
    cut: bool = False
    head: bytes = b""
    tail: bytes = b""
    evidence: bytes = b""
    blank: bool = True
    stopped: bool = False

    def estimated(self, path: Path, count: int) -> int:
        """Return a count of what was looked at as one of the whole file."""
        return round(count * path.stat().st_size / self.size) if self.stopped else count


def find_encoding(
    path: Path,
    *,
    override: str | None = None,
    language: str | None = None,
    most_bytes: int | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> EncodingFound:
    """Find the encoding of a text file, or measure it under the one the user chose.

    Args:
        path: the file; gzip is unpacked.
        override: a codec name that is taken as it is.
        language: two letters that break ties between code pages; default the locale's.
        most_bytes: look at no more than the start; lines are then an estimate, and faults those
            of the start.
        cancelled: asked now and then.

    Raises:
        ImportProblem: encoding (no such codec), blank, too_large, damaged.
        ImportCancelledError: `cancelled` said so.
    """
    chosen = None if override is None else _codec_name(path, override)
    scan = _scan(path, most_bytes, cancelled)
    name, certain = (chosen, True) if chosen is not None else _decide(scan, language)
    # A chosen "utf-8" must not leave the mark in the first header.
    if name == "utf-8" and scan.head.startswith(codecs.BOM_UTF8):
        name = "utf-8-sig"
    faults = (
        scan.faults if name in {"utf-8", "utf-8-sig"} else _count_faults(path, name, most_bytes)
    )
    mark = next((mark for mark, _ in _MARKS if scan.head.startswith(mark)), b"")
    return EncodingFound(
        name=name,
        certain=certain,
        faults=faults,
        double_mark=bool(mark) and scan.head.startswith(mark + mark),
        nul=0 if name.startswith(("utf-16", "utf-32")) else scan.nul,
        lines=scan.estimated(path, scan.feeds or scan.returns),
        size=scan.estimated(path, scan.size),
        ends_in_line=scan.stopped or scan.tail.rstrip(b"\x00")[-1:] in (b"\n", b"\r"),
    )


def _codec_name(path: Path, name: str) -> str:
    try:
        info = codecs.lookup(name)
        if info.name in _NOT_FOR_FILES or "a".encode(info.name).decode(info.name) != "a":
            raise LookupError(name)
    except (LookupError, ValueError) as error:
        raise ImportProblem(path, "", "encoding", name) from error
    return info.name


def chunks(path: Path, cancelled: Callable[[], bool] | None = None) -> Iterator[bytes]:
    """Yield the unpacked bytes; a bomb, a cut or a damaged packed file is refused.

    Raises:
        ImportProblem: too_large, damaged, unreadable.
        ImportCancelledError: `cancelled` said so.
    """
    packed = path.stat().st_size
    size = 0
    try:
        with open_bytes(path) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                if cancelled is not None and cancelled():
                    raise ImportCancelledError("cancelled", file=path)
                size += len(chunk)
                bomb = size > RATIO_FREE_BYTES and size > MAX_RATIO * packed
                if size > MAX_TEXT_BYTES or bomb:
                    raise ImportProblem(path, "", "too_large", f"{size_words(size)} unpacked")
                yield chunk
    except UNPACKING_ERRORS as error:
        raise ImportProblem(path, "", "damaged", str(error)) from error


def _scan(path: Path, most: int | None, cancelled: Callable[[], bool] | None) -> _Scan:
    scan = _Scan()
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for chunk in chunks(path, cancelled):
        if not scan.size:
            scan.head = chunk[: 64 * 1024]
        scan.size += len(chunk)
        # Looking whether there is any is far quicker than counting none.
        scan.nul += chunk.count(0) if 0 in chunk else 0
        scan.feeds += chunk.count(b"\n")
        scan.returns += chunk.count(b"\r") if b"\r" in chunk else 0
        scan.tail = chunk[-4:]
        scan.blank = scan.blank and not chunk.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe")
        if not chunk.isascii() or decoder.getstate()[0]:
            # A chunk of plain ASCII after whole characters needs no decoding.
            text = decoder.decode(chunk)
            scan.faults += max(0, text.count("\ufffd") - chunk.count(b"\xef\xbf\xbd"))
            scan.extra += len(chunk) - len(text)
            if len(scan.evidence) < EVIDENCE_BYTES:
                scan.evidence += _telling_lines(chunk, EVIDENCE_BYTES - len(scan.evidence))
        if most is not None and scan.size >= most:
            scan.stopped = True
            break
    scan.cut = not scan.stopped and bool(decoder.decode(b"", final=True))
    if scan.blank:
        raise ImportProblem(path, "", "blank")
    return scan


def _telling_lines(chunk: bytes, room: int) -> bytes:
    """Return the lines that hold a byte above 127, up to room bytes."""
    found: list[bytes] = []
    for line in chunk.splitlines(keepends=True):
        if not line.isascii():
            part = line[:2000]
            found.append(part)
            room -= len(part)
            if room <= 0:
                break
    return b"".join(found)


def _decide(scan: _Scan, language: str | None) -> tuple[str, bool]:
    for mark, name in _MARKS:
        if scan.head.startswith(mark):
            return name, True
    # UTF-16 of plain letters is valid UTF-8 full of NULs: look at their pattern first.
    order = utf16_order(scan.head)
    if order is not None:
        return order, False
    if not scan.faults and not (scan.cut and scan.extra == 0):
        return "utf-8", True
    if scan.faults <= FAULT_SHARE * scan.extra:
        return "utf-8", False
    return _likeliest(scan.evidence or scan.head, language), False


def _likeliest(evidence: bytes, language: str | None) -> str:
    """Choose among the detector's candidates by how odd the text looks, then by language.

    The detector compares letter pairs; it does not notice a capital inside a word, a sign
    between two letters or a control code, which is what a wrong code page looks like.
    """
    import chardet

    runs = _BEYOND_ASCII.findall(evidence)
    if runs and all(_MAC_SPACES.fullmatch(run) for run in runs):
        return "mac-roman"
    found = chardet.detect_all(evidence, ignore_threshold=True, compat_names=False)
    ranked: dict[str, float] = {}
    for item in found:
        name = _windows_name(str(item["encoding"] or "cp1252"), evidence)
        if name in _PLAUSIBLE:
            ranked.setdefault(name, float(item["confidence"] or 0.0))
    for name in ("cp1252", "mac-roman"):
        ranked.setdefault(name, 0.0)
    best = max(ranked.values())
    home = _PAGE_OF_LANGUAGE.get((language or _locale_language())[:2].lower())
    judged: list[tuple[float, int, float, str]] = []
    for name, confidence in ranked.items():
        odd = _oddness(evidence, name)
        if odd is not None:
            # Only a true tie goes to the page of the user's own language.
            at_home = name == home and confidence >= 0.999 * best
            judged.append((round(odd, 3), 0 if at_home else 1, -confidence, name))
    return min(judged)[3] if judged else "cp1252"


def _windows_name(name: str, evidence: bytes) -> str:
    """Return the codec's own name; Latin-1 becomes cp1252, its superset, where that decodes."""
    try:
        normal = codecs.lookup(name).name
    except LookupError:
        return "cp1252"
    if normal in {"iso8859-1", "ascii"} and _oddness(evidence, "cp1252") is not None:
        return "cp1252"
    return normal


def _locale_language() -> str:
    try:
        return locale.getlocale()[0] or ""
    except ValueError:
        return ""


# A whole word without a plain letter; "żółć" is as long as such words get.
_FOREIGN_WORD: Final = re.compile(r"(?<![^\W\d_])[^\W\d_\x00-\x7f]{5,}(?![^\W\d_])")
_BEYOND: Final = re.compile(r"[^\x00-\x7f]")


def _oddness(evidence: bytes, encoding: str) -> float | None:
    """Return odd places per non-ASCII character, or None where it does not decode."""
    try:
        text = evidence.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
    odd = count = 0
    for found in _BEYOND.finditer(text):
        index, character = found.start(), found[0]
        count += 1
        before = text[index - 1] if index else " "
        after = text[index + 1] if index + 1 < len(text) else " "
        odd += _odd_place(before, character, after)
    odd += sum(map(len, filter(_is_latin, _FOREIGN_WORD.findall(text))))
    return odd / count if count else 0.0


def _is_latin(word: str) -> bool:
    """Tell a word of accented Latin letters only: Cyrillic or Greek, read in a Latin page."""
    return all(_script(c) == "LATIN" for c in word)


@lru_cache(maxsize=8192)
def _odd_place(before: str, character: str, after: str) -> int:
    category = unicodedata.category(character)
    if category in {"Cc", "Cn", "Co"}:
        return 10
    if category.startswith("L"):
        if character.isupper() and before.islower():
            return 3
        if before.isalpha() and _script(before) != _script(character):
            return 3
        return 0
    if category == "So" and character != "№":
        return 3 if unicodedata.name(character, "").startswith("BOX") else 1
    # Dashes and apostrophes stand between letters; currency and fractions do not.
    between = before.isalpha() and after.isalpha()
    return 3 if between and category not in {"Pd", "Pf", "Pi", "Zs"} else 0


def _script(character: str) -> str:
    if character < "\x80":
        return "LATIN"
    return unicodedata.name(character, "LATIN").split(" ", 1)[0]


def _count_faults(path: Path, encoding: str, most: int | None) -> int:
    """Count what an encoding cannot decode, in the whole file or its start."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    faults = size = 0
    try:
        for chunk in chunks(path):
            faults += decoder.decode(chunk).count("\ufffd")
            size += len(chunk)
            if most is not None and size >= most:
                return faults
        faults += decoder.decode(b"", final=True).count("\ufffd")
    except UnicodeError as error:  # UTF-16 and UTF-32 may refuse to start
        raise ImportProblem(path, "", "encoding", encoding) from error
    return faults
