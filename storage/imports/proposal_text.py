"""What a column of words probably is: answers of a scale, ticked options, comments, groups."""

from typing import Final

from storage.imports import words
from storage.imports.answer_words import NamedScores, is_no_answer, named_scores, plain_answer
from storage.imports.mapping_parts import METRICS, metric_named
from storage.imports.profile import ColumnProfile
from storage.imports.proposal_parts import (
    FEW_ANSWERS,
    IGNORED,
    Proposal,
    tells_pain,
    title_of,
)
from storage.imports.signatures import Column

MAX_SEGMENTS: Final = 20
# Several options in one cell are told apart as long as there are so few.
MAX_OPTIONS: Final = 40
_OPTION_CHARACTERS: Final = 80
_UNTICKED: Final = frozenset(
    {"not selected", "unchecked", "no", "nein", "nie", "nei", "нет", "0", "false", "not ticked"}
    | {"nicht gewählt", "nicht ausgewählt", "nie wybrano", "ikke valgt", "не выбрано"}
)


def worded_question(column: Column, profile: ColumnProfile) -> Proposal | None:
    """Return a question whose answers are words of a scale, or codes labelled with such."""
    if column.labels:
        return _labelled(column, profile)
    if profile.type == "blank" or not profile.values_complete:
        return None
    found = named_scores({**profile.values, **profile.missing})
    if found is None or (found.family == "numbered" and not _is_rated(column, found)):
        return None
    metric, scale = metric_of(found, title_of(column))
    scores = _fit(found, scale)
    if scores is None:
        return None
    return Proposal("question", metric, scale, found.missing, scores=scores)


def _is_rated(column: Column, found: NamedScores) -> bool:
    """Numbered answers are a scale where the question says so, or several numbers are there."""
    title = title_of(column)
    if words.hints(words.COUNTS, title):
        return False
    asked = (words.RECOMMEND, words.SATISFACTION, words.EFFORT)
    return len(found.scores) >= 4 or any(words.hints(pattern, title) for pattern in asked)


def metric_of(found: NamedScores, title: str) -> tuple[str, tuple[int, int]]:
    """Return the metric and scale of answers in words, by what was asked."""
    low, high = found.scale
    if words.hints(words.RECOMMEND, title) and high == 10:
        return "nps", (0, 10)
    if high <= 7 and (found.family == "ease" or words.hints(words.EFFORT, title)):
        return "ces", found.scale
    rated = found.family in {"satisfied", "quality", "good_or_bad"}
    if rated or words.hints(words.SATISFACTION, title):
        return "csat", found.scale
    return "rating", (low, high)


def _fit(found: NamedScores, scale: tuple[int, int]) -> tuple[tuple[str, int], ...] | None:
    """Leave out what is a plain number anyway; None where an answer is off the scale."""
    if any(not scale[0] <= score <= scale[1] for _, score in found.scores):
        return None
    return tuple((text, score) for text, score in found.scores if text.strip() != str(score))


def _labelled(column: Column, profile: ColumnProfile) -> Proposal | None:
    """Codes are the scores; their labels say the scale, its direction, and what is missing."""
    labels = {label: code for code, label in column.labels}
    found = named_scores(labels)
    codes = [code for code, label in column.labels if not is_no_answer(label)]
    if found is None or len(found.scores) < 3 or profile.type != "integer":
        return None
    # Where only some levels are labelled, as the two ends, the family names the others too.
    named = [labels[text] for text, _ in found.scores if text in labels]
    ranked = [int(code) for code in named if _is_whole(code)]
    if len(ranked) < len(named) or sorted(ranked) not in (ranked, ranked[::-1]):
        return None
    if len(named) < 3 and abs(ranked[0] - ranked[-1]) < 2:
        return None
    numbers = sorted(int(code) for code in codes if _is_whole(code))
    scale = (numbers[0], numbers[-1])
    metric, _ = metric_of(found, title_of(column))
    metric = "rating" if metric == "nps" and scale != (0, 10) else metric
    missing = tuple(labels[text] for text in found.missing)
    return Proposal(
        "question",
        metric,
        scale,
        (*missing, *profile.missing),
        lower_is_better=ranked[0] > ranked[-1],
    )


def _is_whole(code: str) -> bool:
    return code.removeprefix("-").isdigit()


def text_proposal(  # noqa: PLR0911 - one answer per kind of column, in order of certainty
    column: Column, profile: ColumnProfile
) -> Proposal:
    """Return what a column of text is, where its answers are no scale."""
    title = title_of(column)
    if _is_written(column, profile):
        return Proposal("comment")
    ticked = _ticked(column, profile)
    if ticked:
        return Proposal("option", options=ticked)
    if words.hints(words.TOUCHPOINT, column.name):
        return Proposal("touchpoint")
    if _names_metrics(profile):
        return Proposal("metric")
    varied = profile.distinct > 0.5 * profile.answered
    if words.hints(words.COMMENT, title) and (varied or not profile.values_complete):
        return Proposal("comment")
    options = _joined_options(profile, told=tells_pain(column))
    if options:
        return Proposal("options", options=options)
    if varied and profile.mean_length >= 20 and profile.spaced > 0.5:
        return Proposal("comment")
    return Proposal("segment") if _is_category(column, profile) else IGNORED


def _is_written(column: Column, profile: ColumnProfile) -> bool:
    """Where people write, even one who wrote is no option: "Other (please specify)", "Comment"."""
    other = words.hints(words.OTHER, column.name) or words.hints(words.OTHER, title_of(column))
    if other:
        return not {plain_answer(value) for value in profile.values} <= words.YES | _UNTICKED
    asked = words.hints(words.COMMENT, title_of(column)) and not column.name.endswith("]")
    return asked and profile.distinct <= 3 and profile.mean_length >= 12 and profile.spaced > 0.5


def _ticked(column: Column, profile: ColumnProfile) -> tuple[str, ...]:
    """A column of one option: its own text or nothing, or yes and no under its name."""
    values = {plain_answer(value): value for value in profile.values}
    answers = [value for plain, value in values.items() if plain not in _UNTICKED]
    if profile.distinct == 1 and profile.blank:
        return tuple(answers)
    if len(values) == 2 and len(answers) == 1 and set(values) & _UNTICKED:
        # "No" beside another word may be a country; beside yes, under an option, it is no tick.
        said = plain_answer(answers[0])
        if not set(values) & words.NO:
            return tuple(answers)
        return tuple(answers) if column.name.endswith("]") and said in words.YES else ()
    return ()


def _names_metrics(profile: ColumnProfile) -> bool:
    """Services that mix surveys in one file say in a column which each answer is of."""
    if not profile.values_complete or not profile.values:
        return False
    return all(metric_named(value) in {*METRICS, "ces"} for value in profile.values)


def _joined_options(profile: ColumnProfile, *, told: bool) -> tuple[str, ...]:
    """Return the options that cells join by "; " or ", ", as forms export many answers.

    `told` says that the question is one of such options.
    """
    for mark in (";", ", ", ","):
        joined = [value for value in profile.values if mark in value.strip(" ;,")]
        if len(joined) < 0.1 * len(profile.values) or not joined:
            continue
        alone = {value.strip(" ;,") for value in profile.values}
        if (
            not told
            and len(joined) == 1
            and not {part.strip() for part in joined[0].split(mark)} - {""} <= alone
        ):
            continue  # one value with a comma in it is a name
        counts: dict[str, int] = {}
        for value, count in profile.values.items():
            for part in value.split(mark):
                if part.strip():
                    counts[part.strip()] = counts.get(part.strip(), 0) + count
        # Sentences hold commas too, but their parts do not come again and again.
        repeated = [part for part, count in counts.items() if count >= 2]
        known = sum(counts[part] for part in repeated)
        short = all(len(part) <= _OPTION_CHARACTERS for part in repeated)
        if (
            repeated
            and short
            and len(repeated) <= MAX_OPTIONS
            and known >= 0.8 * sum(counts.values())
        ):
            return tuple(sorted(repeated, key=lambda part: (-counts[part], part)))
    return ()


def _is_category(column: Column, profile: ColumnProfile) -> bool:
    if not profile.values_complete or not 2 <= profile.distinct <= MAX_SEGMENTS:
        return False
    if profile.answered < 0.8 * profile.cells or profile.mean_length > 40:
        return False
    if profile.answered < FEW_ANSWERS or profile.distinct > 0.2 * profile.answered:
        return False
    return words.first_match(words.SEGMENTS, column.name) is not None
