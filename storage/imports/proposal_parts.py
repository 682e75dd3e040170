"""What a column is proposed to be, and the small things every proposal looks at."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from storage.imports import words
from storage.imports.numbers import parse_number
from storage.imports.profile import ColumnProfile
from storage.imports.signatures import Column

# Below so few answers, how many different values there are says nothing.
FEW_ANSWERS: Final = 30

# Of fewer scores it cannot be told whether halves are usual.
_FEWEST_PARTS: Final = 5
_SLIPS: Final = 0.02

Scale = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column is proposed to be.

    Attributes:
        role: respondent, date, segment, covariate, weight, touchpoint, metric (it names the
            metric of each record), question, comment, outcome, option (ticked or not), options
            (several ticked in one cell) or ignore.
        metric: of a question: nps, csat, rating, or "ces" where the user must say which.
        scale: of a question: lowest and highest score.
        missing: values that are no answer.
        bad: of an outcome: the values that are bad, empty where that could not be told.
        means: of an outcome: left or dissatisfied.
        scores: of a question answered in words: what each answer counts as.
        lower_is_better: where the labels of a question's codes go from good to bad.
        options: of a column of ticked options: what was ticked; also where the options are ignored
            because they do not say what went wrong.
        asked: of a column that holds one answer of a question: that question.
    """

    role: str
    metric: str | None = None
    scale: Scale | None = None
    missing: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    means: str | None = None
    scores: tuple[tuple[str, int], ...] = ()
    lower_is_better: bool = False
    options: tuple[str, ...] = ()
    asked: str = ""


# "Please rate the following:-Delivery": how older exports join question and option.
_STUCK: Final = re.compile(r"(?P<question>.*[?:.…])\s*-\s*(?P<option>[^\s-][^?:]*)", re.DOTALL)

IGNORED: Final = Proposal("ignore")


def title_of(column: Column) -> str:
    """Return what a person would call the question of a column."""
    return column.text or column.name


def tells_pain(column: Column) -> bool:
    """Tell whether the options of a column say what went wrong; of other questions they do not.

    What people wrote under "Other" is a comment, not an option.
    """
    asked = split_option(title_of(column))[0]
    return words.hints(words.PROBLEM, asked) and not words.hints(words.OTHER, column.name)


def metrics_asked(questions: Iterable[str]) -> frozenset[str]:
    """Return what a column of questions asks for: nps, ces, csat, as far as their words tell."""
    kinds = (("nps", words.RECOMMEND), ("ces", words.EFFORT), ("csat", words.SATISFACTION))
    asked = (next((k for k, p in kinds if words.hints(p, text)), "") for text in questions)
    return frozenset(asked) - {""}


def is_timing(title: str) -> bool:
    """Tell how long a question was looked at, as LimeSurvey keeps beside each."""
    return title.casefold().startswith(("question time", "group time", "total time"))


def are_parts(profile: ColumnProfile) -> bool:
    """Tell scores between whole numbers, as half stars: what they count as is for a person to say.

    One slip of the finger among whole ones is refused when it is read, with its line.
    """
    few = profile.answered < _FEWEST_PARTS
    if profile.type != "number" or not profile.values_complete or few:
        return False
    read = ((parse_number(value), count) for value, count in profile.values.items())
    parts = sum(count for number, count in read if number is not None and not number.is_integer())
    return parts > max(1, _SLIPS * profile.answered)


def stem(name: str) -> str:
    """Return the question of "question [option]"; the name itself where there is no option."""
    return name.partition("[")[0].strip() if name.endswith("]") else name


def split_option(name: str) -> tuple[str, str]:
    """Return question and option of "question [option]", "question - option", "question: option".

    The option is "" where there is none.
    """
    if name.endswith("]") and "[" in name:
        question, _, option = name.removesuffix("]").partition("[")
        return question.strip(), option.strip()
    stuck = _STUCK.fullmatch(name)
    if stuck is not None:
        return stuck["question"].strip(), stuck["option"].strip()
    for mark in (" - ", " – ", ": "):
        question, found, option = name.rpartition(mark)
        if found and question.strip() and option.strip():
            return question.strip(), option.strip()
    return name, ""
