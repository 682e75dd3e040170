"""Answers in words as scores: the common scales of surveys, in the languages we serve.

As everything about words it only makes a proposal: which answer counts as what stands in the
mapping, and the user confirms it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from storage.imports.answer_scales import FAMILIES
from storage.imports.numbers import UNSEEN
from storage.imports.words import is_missing_mark

Scale = tuple[int, int]

_BAD: Final = frozenset({"bad", "bad with comment", "bad_with_comment", "negative", "thumbs down"})
_GOOD: Final = frozenset(
    {"good", "good with comment", "good_with_comment", "positive", "thumbs up"}
)
_HAPPINESS: Final = {"not good": 1, "okay": 3, "ok": 3, "great": 5}
# One word for how much, whatever it is about: "Not so likely", "Extremely satisfied".
_HOW_MUCH: Final = re.compile(
    r"(?P<a>not at all)|(?P<b>not so|not very|slightly|a little)|(?P<c>somewhat|moderately)"
    r"|(?P<d>very)|(?P<e>extremely|completely)",
)
# "10 - Extremely likely", "(5) Very good", "3 stars", "5": the number is what counts.
_NUMBERED: Final = re.compile(
    r"\(?(?P<first>-?[0-9]{1,2})\)?(?:\s*[-–—=:.()]?\s*[^\W\d].*)?|[^\W\d].*[-–—=:(]\s*(?P<last>[0-9]{1,2})\)?",
    re.DOTALL,
)
_STAR: Final = re.compile("[★⭐☆]")
_STARS: Final = re.compile("[★⭐☆]{1,10}\ufe0f?")
_OF: Final = re.compile(r"(?P<score>\d{1,2}) ?(?:/|out of|of|von|z|av|из|de|sur) ?(?P<top>\d{1,2})")
_RANGE: Final = re.compile(r"[0-9]\s*(?:[-–—]|to|bis|do|til)\s*[0-9]")
# What stands before or behind the words of an answer, and is no word, figure or bracket.
_EITHER: Final = re.compile(r" ?/ ?| or | oder | lub | eller ")
_SIGNS: Final = re.compile(r"^[^\w(+\-]+|[^\w)%.!]+$")
_NO_ANSWER: Final = frozenset(
    {"don't know", "don’t know", "do not know", "not sure", "no opinion", "prefer not to say"}
    | {"not applicable", "n/a", "na", "n.a.", "does not apply", "unfamiliar (n/a)", "no answer"}
    | {"refused", "refusal", "declined", "declined to answer", "no response", "not answered"}
    | {"can't say", "can’t say", "rather not say", "dk", "inapplicable", "not asked", "unsure"}
    | {"verweigert", "keine antwort", "brak odpowiedzi", "ubesvart", "ikke besvart", "отказ"}
    | {"weiß nicht", "weiss nicht", "keine angabe", "k.a.", "k. a.", "trifft nicht auf mich zu"}
    | {"nie wiem", "trudno powiedzieć", "nie dotyczy", "nie mam zdania", "odmowa odpowiedzi"}
    | {"vet ikke", "ikke aktuelt", "ikke relevant", "ønsker ikke å svare", "ingen formening"}
    | {"no sabe", "ns/nc", "no aplica", "sans opinion", "ne sait pas", "non applicable"}
    | {"sans objet", "não sei", "não se aplica", "prefiro não responder"}
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
    missing = tuple(text for text in texts if is_no_answer(text))
    said = {text: plain_answer(text) for text in texts if text not in missing}
    if len(said) < 2:
        return None
    found = _scale_of_words(said, missing)
    if found is None:
        # "😡 Very dissatisfied": a sign beside the words says nothing more.
        bare = {text: _SIGNS.sub("", plain) for text, plain in said.items()}
        told = bare != said and all(bare.values())
        found = _scale_of_words(bare, missing) if told else None
    return found


def _scale_of_words(said: dict[str, str], missing: tuple[str, ...]) -> NamedScores | None:
    for find in (_good_or_bad, _of_a_family, _how_much, _stars, _of_so_many, _numbered):
        found = find(said)
        if found is not None:
            family, scale, scores = found
            ranked = tuple(sorted(scores.items(), key=lambda item: (item[1], item[0])))
            return NamedScores(family, scale, ranked, missing)
    return None


def is_no_answer(text: str) -> bool:
    """Tell whether a label says that there is no answer: also "Don't know / refused"."""
    plain = plain_answer(text)
    if plain in _NO_ANSWER or is_missing_mark(text):
        return True
    parts = _EITHER.split(plain)
    return len(parts) > 1 and all(part in _NO_ANSWER for part in parts)


def plain_answer(text: str) -> str:
    """Return an answer without letter case, spare blanks, a final full stop or a Russian ё."""
    plain = " ".join(text.translate(UNSEEN).split()).casefold().rstrip(".!")
    return plain.replace("ё", "е").replace("\u2019", "'")


Found = tuple[str, Scale, dict[str, int]]


def _good_or_bad(said: dict[str, str]) -> Found | None:
    """Two answers say the same as the ends of five: the share of good ones is top-two-box.

    Help Scout's third one is their middle.
    """
    plain = set(said.values())
    if plain <= _HAPPINESS.keys() and not plain.isdisjoint({"great", "not good"}):
        return "good_or_bad", (1, 5), {text: _HAPPINESS[each] for text, each in said.items()}
    if not set(said.values()) <= _BAD | _GOOD:
        return None
    scores = {text: 5 if plain in _GOOD else 1 for text, plain in said.items()}
    return "good_or_bad", (1, 5), scores


def _of_a_family(said: dict[str, str]) -> Found | None:
    plain_answers = set(said.values())
    for family, levels, places in _SCALES:
        if not plain_answers <= places.keys():
            continue
        scores = {text: places[plain] for text, plain in said.items()}
        # Of neutral words alone nobody knows the scale; of one end one does.
        if len(set(scores.values())) == len(scores) > 1:
            # Nobody chose the other levels this time; next quarter somebody may.
            for place, words in enumerate(levels, start=1):
                if place not in scores.values():
                    scores[words[0].capitalize()] = place
            return family, (1, len(levels)), scores
    return None


# Every scale with the place of each of its words.
_SCALES: Final = tuple(
    (family, levels, {word: n for n, words in enumerate(levels, start=1) for word in words})
    for family, scales in FAMILIES.items()
    for levels in scales
)


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


def _stars(said: dict[str, str]) -> Found | None:
    """Stars are counted; hollow ones only show how many there could be."""
    if not all(_STARS.fullmatch(plain) for plain in said.values()):
        return None
    scores = {text: plain.count("★") + plain.count("⭐") for text, plain in said.items()}
    top = max(*scores.values(), *(len(_STAR.findall(plain)) for plain in said.values()))
    if len(set(scores.values())) < len(scores) or top > 10:
        return None
    return "good_or_bad", (1, 5 if top <= 5 else 10), scores


def _of_so_many(said: dict[str, str]) -> Found | None:
    """ "7/10" and "4 of 5" say their scale themselves."""
    parts = {text: _OF.fullmatch(plain) for text, plain in said.items()}
    found = {text: (int(m["score"]), int(m["top"])) for text, m in parts.items() if m is not None}
    tops = {top for _, top in found.values()}
    if len(found) < len(said) or len(tops) != 1 or tops - {5, 6, 7, 10}:
        return None
    (top,) = tops
    scores = {text: score for text, (score, _) in found.items()}
    if len(set(scores.values())) < len(scores) or max(scores.values()) > top:
        return None
    low = 0 if top == 10 and min(scores.values()) == 0 else 1
    return ("numbered", (low, top), scores) if min(scores.values()) >= low else None


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
