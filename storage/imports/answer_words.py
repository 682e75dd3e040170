"""Answers in words as scores: the common scales of surveys, in the languages we serve.

As everything about words it only makes a proposal: which answer counts as what stands in the
mapping, and the user confirms it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from storage.imports.answer_scales import FAMILIES

Scale = tuple[int, int]

_BAD: Final = frozenset({"bad", "bad with comment", "bad_with_comment", "negative", "thumbs down"})
_GOOD: Final = frozenset(
    {"good", "good with comment", "good_with_comment", "positive", "thumbs up"}
)
# One word for how much, whatever it is about: "Not so likely", "Extremely satisfied".
_HOW_MUCH: Final = re.compile(
    r"(?P<a>not at all)|(?P<b>not so|not very|slightly|a little)|(?P<c>somewhat|moderately)"
    r"|(?P<d>very)|(?P<e>extremely|completely)",
)
# "10 - Extremely likely", "(5) Very good", "3 stars", "5": the number is what counts.
_NUMBERED: Final = re.compile(
    r"\(?(?P<first>-?[0-9]{1,2})\)?(?:\s*[-–—=:.)]?\s*[^\W\d].*)?|[^\W\d].*[-–—=:(]\s*(?P<last>[0-9]{1,2})\)?",
    re.DOTALL,
)
_RANGE: Final = re.compile(r"[0-9]\s*(?:[-–—]|to|bis|do|til)\s*[0-9]")
_NO_ANSWER: Final = frozenset(
    {"don't know", "don’t know", "do not know", "not sure", "no opinion", "prefer not to say"}
    | {"not applicable", "n/a", "na", "n.a.", "does not apply", "unfamiliar (n/a)", "no answer"}
    | {"weiß nicht", "weiss nicht", "keine angabe", "k.a.", "k. a.", "trifft nicht auf mich zu"}
    | {"nie wiem", "trudno powiedzieć", "nie dotyczy", "nie mam zdania", "odmowa odpowiedzi"}
    | {"vet ikke", "ikke aktuelt", "ikke relevant", "ønsker ikke å svare", "ingen formening"}
    | {
        "не знаю",
        "затрудняюсь ответить",
        "не применимо",
        "нет ответа",
        "offered",
        "unoffered",
        "not offered",
    }
)


@dataclass(frozen=True, slots=True)
class NamedScores:
    """What answers in words count as.

    Attributes:
        family: agree, satisfied, quality, ease, likely, much, numbered or good_or_bad.
        scale: lowest and highest score.
        scores: answer and score, from the lowest.
        missing: answers that are none.
    """

    family: str
    scale: Scale
    scores: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]


def named_scores(values: Iterable[str]) -> NamedScores | None:
    """Return the scale that the different answers of a column are taken from, or None.

    Every answer must be of the scale, or one that says there is none.
    """
    texts = list(values)
    missing = tuple(text for text in texts if plain_answer(text) in _NO_ANSWER)
    said = {text: plain_answer(text) for text in texts if text not in missing}
    if len(said) < 2:
        return None
    for find in (_good_or_bad, _of_a_family, _how_much, _numbered):
        found = find(said)
        if found is not None:
            family, scale, scores = found
            ranked = tuple(sorted(scores.items(), key=lambda item: (item[1], item[0])))
            return NamedScores(family, scale, ranked, missing)
    return None


def is_no_answer(text: str) -> bool:
    """Tell whether a label says that there is no answer."""
    return plain_answer(text) in _NO_ANSWER


def plain_answer(text: str) -> str:
    """Return an answer without letter case, spare blanks, a final full stop or a Russian ё."""
    return " ".join(text.split()).casefold().rstrip(".!").replace("ё", "е")


Found = tuple[str, Scale, dict[str, int]]


def _good_or_bad(said: dict[str, str]) -> Found | None:
    """Two answers say the same as the ends of five: the share of good ones is top-two-box."""
    if not set(said.values()) <= _BAD | _GOOD:
        return None
    scores = {text: 5 if plain in _GOOD else 1 for text, plain in said.items()}
    return "good_or_bad", (1, 5), scores


def _of_a_family(said: dict[str, str]) -> Found | None:
    for family, scales in FAMILIES.items():
        for levels in scales:
            places = {word: place for place, words in enumerate(levels, start=1) for word in words}
            scores = {text: places.get(plain, 0) for text, plain in said.items()}
            # Of neutral words alone nobody knows the scale; of one end one does.
            if 0 not in scores.values() and len(set(scores.values())) == len(scores) > 1:
                # Nobody chose the other levels this time; next quarter somebody may.
                for place, words in enumerate(levels, start=1):
                    if place not in scores.values():
                        scores[words[0].capitalize()] = place
                return family, (1, len(levels)), scores
    return None


def _how_much(said: dict[str, str]) -> Found | None:
    scores: dict[str, int] = {}
    rest: set[str] = set()
    for text, plain in said.items():
        found = _HOW_MUCH.match(plain)
        if found is None or found.lastgroup is None:
            return None
        scores[text] = " abcde".index(found.lastgroup)
        rest.add(plain[found.end() :].strip())
    if len(rest) > 1 or len(set(scores.values())) < max(3, len(scores)):
        return None
    return "much", (1, 5), scores


def _numbered(said: dict[str, str]) -> Found | None:
    """Numbers with words on some of them, as where only the ends of a scale are named."""
    scores: dict[str, int] = {}
    for text, plain in said.items():
        found = _NUMBERED.fullmatch(plain)
        if found is None or _RANGE.search(plain):
            return None
        scores[text] = int(found["first"] or found["last"])
    numbers = sorted(scores.values())
    worded = sum(any(character.isalpha() for character in text) for text in said)
    if not worded or len(set(numbers)) < len(numbers) or numbers[0] < 0 or numbers[-1] > 10:
        return None
    if len(numbers) < 3 and numbers[-1] - numbers[0] < 4:
        return None
    return "numbered", _scale_of(numbers), scores


def _scale_of(numbers: list[int]) -> Scale:
    low, top = numbers[0], numbers[-1]
    if top > 7 or low == 0:
        return (0 if low == 0 or top == 10 else 1), 10
    return 1, 5 if top <= 5 else 7
