"""What a column can be, and which column of a file is what by a mapping. Free of Qt."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

from storage.imports.mapping import ColumnFinder, Mapping


class Role(StrEnum):
    """What one column is; a question's role is its metric.

    CES stands for an effort score whose direction nobody has chosen yet; SCORE for the score of
    a table with one answer per record that names its metric in another column.
    """

    RESPONDENT = "respondent"
    DATE = "date"
    SEGMENT = "segment"
    WEIGHT = "weight"
    NPS = "nps"
    CSAT = "csat"
    CES_LOW = "ces1"
    CES_HIGH = "ces2"
    RATING = "rating"
    CES = "ces"
    SCORE = "score"
    TOUCHPOINT = "touchpoint"
    OUTCOME = "outcome"
    TICKS = "ticks"
    COMMENT = "comment"
    COVARIATE = "covariate"
    IGNORE = "ignore"


QUESTIONS: Final = (Role.NPS, Role.CSAT, Role.CES_LOW, Role.CES_HIGH, Role.RATING)
# In the order a menu shows them; an open direction and a foreign metric cannot be chosen.
CHOICES: Final = (
    *QUESTIONS,
    Role.TICKS,
    Role.OUTCOME,
    Role.RESPONDENT,
    Role.DATE,
    Role.SEGMENT,
    Role.COVARIATE,
    Role.WEIGHT,
    Role.COMMENT,
    Role.IGNORE,
)


def roles_of(mapping: Mapping, finder: ColumnFinder, columns: int) -> tuple[Role, ...]:
    """Return the role of every column, in the file's order; of two roles the more telling one."""
    roles = [Role.IGNORE] * columns
    for name, role in _named(mapping):
        place = finder.find(name)
        if place is not None:
            roles[place] = role
    return tuple(roles)


def _named(mapping: Mapping) -> Iterator[tuple[str, Role]]:
    """Every column a mapping takes something from, the most telling role last."""
    survey = mapping.survey
    ticked = (rule.when for rule in mapping.pain_points if rule.when.values)
    yield from ((when.column, Role.TICKS) for when in ticked)
    yield from ((comment.column, Role.COMMENT) for comment in mapping.comments)
    if survey is not None:
        yield from ((name, Role.COVARIATE) for name in survey.covariates)
        single = (
            (survey.weight, Role.WEIGHT),
            (survey.segment, Role.SEGMENT),
            (survey.respondent, Role.RESPONDENT),
            (survey.date.column if survey.date else None, Role.DATE),
        )
        yield from ((name, role) for name, role in single if name is not None)
    if mapping.outcome is not None:
        yield mapping.outcome.column, Role.OUTCOME
    yield from ((question.column, Role(question.metric)) for question in mapping.questions)
    if mapping.long is not None:
        yield mapping.long.touchpoint, Role.TOUCHPOINT
        metric = mapping.long.metric
        yield mapping.long.score, Role(metric) if metric else Role.SCORE


def role_choices(mapping: Mapping, current: Role) -> Sequence[Role]:
    """Return what a column can be made: one that names touchpoints needs a single score."""
    scores = 1 if mapping.long is not None else len(mapping.questions)
    others = scores - (current in {*QUESTIONS, Role.CES})
    worded = any(question.scores for question in mapping.questions)
    if current is Role.TOUCHPOINT or (scores == 1 and others == 1 and not worded):
        return (*CHOICES[:-1], Role.TOUCHPOINT, Role.IGNORE)
    return CHOICES
