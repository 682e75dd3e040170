"""Where a word too long for its line is broken: between syllables, and with a hyphen."""

from collections.abc import Callable
from typing import Final

# Scripts from here on may have no spaces between words or join their letters across them.
FIRST_COMPLEX: Final = "\u0590"
# Stands where a word is broken inside; a typed hyphen is another sign.
HYPHEN: Final = "\u2010"
_VOWELS: Final = frozenset("aeiouyåäöæøáéíóúąęôêâàèüаеёиоуыэюяіїє")
# Consonants that begin a syllable together, in the languages of the interface and in German.
_TOGETHER: Final = (
    "bl br ch chl chr cl cr cz dr fl fr gl gr gj hj hv kj kl kn kr kv pf ph pl pr ps qu rz "
    "sch schl schm schn schr schw sh shr sj sk skj skr sl sm sn sp spl spr st str sv sw sz "
    "szcz śc śl śm śn śr św th thr tr tsch tw vr wh wr zw бл бр вл вр гл гр др зд зн кл кр "
    "пл пр сл см сн сп ст стр св тр фр хр"
)
_ONSETS: Final = frozenset(_TOGETHER.split())
_LONGEST_ONSET: Final = max(map(len, _ONSETS))
_BREAKS_AFTER: Final = "-/–—_."
_LOOK_BACK: Final = 6


def parts(word: str, fits: Callable[[str], bool]) -> list[str]:
    """Return a word in parts that fit, with hyphens where letters part; at least one letter each.

    Args:
        fits: whether a text fits the line.
    """
    found: list[str] = []
    while word and not fits(word):
        cut = 1
        while cut < len(word) - 1 and fits(word[: cut + 1] + HYPHEN):
            cut += 1
        cut = _better_cut(word, cut)
        parts_letters = word[cut - 1].isalpha() and word[cut : cut + 1].isalpha()
        found.append(word[:cut] + (HYPHEN if parts_letters and cut > 1 else ""))
        word = word[cut:]
    return [*found, word] if word else found


def _better_cut(word: str, cut: int) -> int:
    """Return where to break at or before `cut`: after a mark, else between two syllables."""
    for place in range(cut, 1, -1):
        if word[place - 1] in _BREAKS_AFTER:
            return place
    low = word.casefold()
    if len(low) != len(word):
        return cut
    for place in range(min(cut, len(word) - 3), max(cut - _LOOK_BACK, 2), -1):
        if _opens(low, place) and not _opens_before(low, place):
            return place
    return cut


def _opens_before(low: str, place: int) -> bool:
    """Whether the consonants at a place belong to a syllable that opens before them."""
    for earlier in range(place - 1, max(place - _LONGEST_ONSET, 0), -1):
        if low[earlier] in _VOWELS:
            return False
        if _opens(low, earlier):
            return True
    return False


def _opens(low: str, place: int) -> bool:
    """Whether a syllable can begin at a place: consonants that go together, then a vowel."""
    end = place
    while end < len(low) and low[end] not in _VOWELS:
        end += 1
    return end < len(low) and (end == place + 1 or low[place:end] in _ONSETS)
