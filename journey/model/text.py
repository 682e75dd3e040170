"""One way in for text: what people and files bring is cleaned here, once."""

import re
import unicodedata
from dataclasses import dataclass

NAME_LENGTH = 200
NOTE_LENGTH = 10_000
COMMENT_LENGTH = 32_000

_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n?|\x85|\u2028|\u2029")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text and how many characters had to be changed or cut."""

    text: str
    changes: int


def clean(text: str, limit: int, *, keep_bidi: bool = False) -> Cleaned:
    """Return text as NFC without control characters, no longer than `limit` characters.

    Surrogates, NUL, C0 and C1 controls (but tab and newline) and the two non-characters become
    U+FFFD; bidirectional controls, which can make a name read as another, are removed unless kept.
    """
    changes = 0
    text = _BREAKS.sub("\n", text)
    text, n = _FORBIDDEN.subn("\ufffd", text)
    changes += n
    if not keep_bidi:
        text, n = _BIDI.subn("", text)
        changes += n
    text = unicodedata.normalize("NFC", text)
    if len(text) > limit:
        changes += len(text) - limit
        text = text[:limit]
    return Cleaned(text, changes)


def clean_name(text: str) -> str:
    """Return a name: one line, clean, trimmed, at most 200 characters."""
    return clean(" ".join(text.split()), NAME_LENGTH).text.strip()


def clean_note(text: str) -> str:
    """Return a note: clean, at most 10,000 characters."""
    return clean(text, NOTE_LENGTH).text


def clean_comment(text: str) -> str:
    """Return a customer's comment: clean, at most 32,000 characters."""
    return clean(text, COMMENT_LENGTH, keep_bidi=True).text
