"""The different answers of a column that only its author can score, each with a suggested score.

A suggestion is made where the words of known scales, the halves of stars, or yes and no tell it;
where nothing does, the score is left open. Nothing is read by it: it fills a form or a mapping.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from storage.imports import words
from storage.imports.answer_scales import FAMILIES
from storage.imports.answer_words import Scale, is_no_answer, named_scores, plain_answer
from storage.imports.numbers import parse_number
from storage.imports.proposal_parts import is_timing, title_of

if TYPE_CHECKING:
    from storage.imports.inspect import ColumnSeen

# The halves from 0 to 10 are 21; a column of more different answers is no scale.
MOST_ANSWERS: Final = 24
MOST_WORDS: Final = 11
WORD_CHARACTERS: Final = 60
# A column that asks such things asks for a judgement.
ASKED: Final = (words.RECOMMEND, words.SATISFACTION, words.EFFORT)
_BETWEEN: Final = frozenset(
    {"partly", "partially", "somewhat", "maybe", "so so", "so-so", "mixed", "to some extent"}
    | {"teilweise", "teils", "vielleicht", "częściowo", "może", "delvis", "kanskje", "kanske"}
    | {"delvist", "måske", "частично", "отчасти", "может быть", "en partie", "peut-être"}
    | {"en parte", "parcialmente", "quizás", "talvez", "in parte", "forse", "gedeeltelijk"}
    | {"misschien", "osittain", "ehkä"}
)
_GROUPS: Final = frozenset({"promoter", "passive", "detractor"})
_CODE: Final = re.compile(r"A[OA]?\d{1,2}")

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AnswerToScore:
    """One answer of a column.

    Attributes:
        answer: as the file has it: a key of `scores` in a mapping.
        count: how many cells say so; 0 for a level of the scale that nobody chose this time.
        score: suggested; None where nothing tells it.
    """

    answer: str
    count: int
    score: int | None


@dataclass(frozen=True, slots=True)
class ScaleWords:
    """What a column of answers needs to become a question.

    Attributes:
        reason: part_scores, yes_no or unknown_scale, as the warnings have it; known_scale where
            every score is known already.
        metric: suggested: csat, rating or "ces", whose direction is a choice; never NPS, which has
            its own eleven numbers.
        scale: lowest and highest score that is suggested.
        answers: from the worst; behind them those without a suggestion, the most frequent first.
        missing: answers that say that there is none.
    """

    reason: str
    metric: str
    scale: Scale
    answers: tuple[AnswerToScore, ...]
    missing: tuple[str, ...] = ()

    @property
    def scores(self) -> tuple[tuple[str, int], ...]:
        """What is suggested, as a mapping has it."""
        return tuple((a.answer, a.score) for a in self.answers if a.score is not None)

    @property
    def is_whole(self) -> bool:
        """Whether every answer has a score."""
        return all(answer.score is not None for answer in self.answers)


def scale_words(seen: "ColumnSeen") -> ScaleWords | None:
    """Return the answers of a column that can be scored one by one; None where it is no such scale.

    None for whole numbers that need no scores, dates, free text, codes, groups of NPS, and a column
    of more different answers than a person would score.
    """
    profile, proposal = seen.profile, seen.proposal
    if proposal.scores and proposal.metric is not None and proposal.scale is not None:
        told = ((text, profile.values.get(text, 0), score) for text, score in proposal.scores)
        known = _ranked(AnswerToScore(*each) for each in told)
        return ScaleWords("known_scale", proposal.metric, proposal.scale, known, proposal.missing)
    missing = tuple(profile.missing) or tuple(t for t in profile.values if is_no_answer(t))
    counts = {text: n for text, n in profile.values.items() if text not in missing}
    if not profile.values_complete or not 2 <= len(counts) <= MOST_ANSWERS:
        return None
    title = title_of(seen.column)
    if profile.type == "number":
        scale, answers = _of_parts(counts)
        found = ScaleWords("part_scores", _metric(title), scale, answers, missing)
        return found if answers else None
    return _of_words(title, counts, missing) if profile.type == "text" else None


def waiting_words(seen: "ColumnSeen") -> ScaleWords | None:
    """Return the answers of a column that asks for a judgement and is no question without them."""
    title = title_of(seen.column)
    asked = any(words.hints(each, title) for each in ASKED)
    if seen.proposal.role != "ignore" or not asked or is_timing(title):
        return None
    found = scale_words(seen)
    return None if found is None or found.reason == "known_scale" else found


def words_facts(found: ScaleWords) -> dict[str, object]:
    """Return what is suggested as plain values."""
    return {
        "metric": found.metric,
        "scale": list(found.scale),
        "missing": list(found.missing),
        "answers": [asdict(answer) for answer in found.answers],
    }


def _metric(title: str) -> str:
    if words.hints(words.EFFORT, title):
        return "ces"
    judged = words.hints(words.SATISFACTION, title) or words.hints(words.RECOMMEND, title)
    return "csat" if judged else "rating"


def _of_parts(counts: Counts) -> tuple[Scale, tuple[AnswerToScore, ...]]:
    """Scores in halves count twice; finer ones are means of several answers and stay open."""
    numbers = {text: number for text in counts if (number := parse_number(text)) is not None}
    low, high = min(numbers.values(), default=-1.0), max(numbers.values(), default=-1.0)
    if len(numbers) < len(counts) or low < 0 or high > 10:
        return (1, 10), ()
    scale = (0 if low == 0 else 1), 10 if high <= 5 else 20
    if not all((number * 2).is_integer() for number in numbers.values()):
        return scale, tuple(AnswerToScore(text, n, None) for text, n in counts.items())
    found = [AnswerToScore(text, counts[text], int(2 * n)) for text, n in numbers.items()]
    met = {answer.score for answer in found}
    # A level nobody chose this time would be read as it stands next time: 5 as 5 of 10.
    found += [
        AnswerToScore(_half(n, counts), 0, n) for n in range(scale[0], scale[1] + 1) if n not in met
    ]
    return scale, _ranked(found)


def _half(doubled: int, counts: Counts) -> str:
    """Return a number of halves as the column writes such numbers: "5", "5.0" or "5,0"."""
    mark = "," if any("," in text for text in counts) else "."
    tenths = all(mark in text for text in counts)
    return f"{doubled / 2:.1f}".replace(".", mark) if doubled % 2 or tenths else str(doubled // 2)


def _of_words(title: str, counts: Counts, missing: tuple[str, ...]) -> ScaleWords | None:
    plain = {text: plain_answer(text) for text in counts}
    coded = all(_CODE.fullmatch(text) for text in counts)
    groups = {each.rstrip("s") for each in plain.values()} <= _GROUPS
    if coded or groups or len(counts) > MOST_WORDS or max(map(len, counts)) > WORD_CHARACTERS:
        return None
    known = named_scores(counts)
    if known is not None:
        answers = _ranked(AnswerToScore(text, counts.get(text, 0), n) for text, n in known.scores)
        return ScaleWords("known_scale", _metric(title), known.scale, answers, missing)
    yes_no = set(plain.values()) <= words.YES | words.NO
    if yes_no and len(counts) > 2:
        return None
    top = 5 if len(counts) <= 5 else 7 if len(counts) <= 7 else 10
    # Of "Did you have problems?" yes is no good answer.
    turned = words.hints(words.PROBLEM, title)
    scored = _ranked(
        AnswerToScore(text, n, _suggested(plain[text], top, turned)) for text, n in counts.items()
    )
    return ScaleWords(
        "yes_no" if yes_no else "unknown_scale", _metric(title), (1, top), scored, missing
    )


def _suggested(plain: str, top: int, turned: bool) -> int | None:
    """Return what a word counts as on a scale from 1, where all scales that know it agree."""
    if plain in words.YES | words.NO:
        return top if (plain in words.YES) is not turned else 1
    if plain in _BETWEEN:
        return (1 + top) // 2 if top % 2 else None
    places = _PLACES.get(plain, frozenset())
    if len(places) != 1:
        return None
    (place,) = places
    score = 1 + place * (top - 1)
    return round(score) if abs(score - round(score)) < 0.01 else None


def _places() -> dict[str, frozenset[float]]:
    """Return where each word stands on the scales that have it, from 0 to 1."""
    found: dict[str, set[float]] = {}
    for scales in FAMILIES.values():
        for levels in scales:
            for n, level in enumerate(levels):
                for word in level:
                    found.setdefault(word, set()).add(n / (len(levels) - 1))
    return {word: frozenset(places) for word, places in found.items()}


_PLACES: Final = _places()


def _ranked(answers: Iterable[AnswerToScore]) -> tuple[AnswerToScore, ...]:
    return tuple(sorted(answers, key=lambda a: (a.score is None, a.score or 0, -a.count, a.answer)))
