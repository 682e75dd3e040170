"""What the answers of a column count as, said by a person: part of a draft. Free of Qt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from storage.imports.inspect import ColumnSeen, Inspection
from storage.imports.mapping import QuestionMapping
from storage.imports.mapping_parts import Scale
from storage.imports.numbers import parse_number
from storage.imports.scale_words import (
    MOST_ANSWERS,
    AnswerToScore,
    ScaleWords,
    scale_words,
    waiting_words,
)
from ui.imports.draft import Draft
from ui.imports.draft_parts import grid_parts, is_high_good, question_of
from ui.imports.roles import QUESTIONS, Role

# From this share of a column's answers on, what nobody scored keeps it from being taken in: less
# is told of, cell by cell, as refused.
_TOO_MANY: Final = 0.1


@dataclass(frozen=True, slots=True)
class ScoreChoice:
    """What a person said of a column's answers.

    Attributes:
        missing: answers that are none.
    """

    role: Role
    scale: Scale
    scores: tuple[tuple[str, int], ...]
    missing: tuple[str, ...] = ()


def waiting_columns(inspection: Inspection) -> frozenset[int]:
    """Return the places of columns that could be questions if somebody scored their answers.

    Takes some tenths of a millisecond for each column.
    """
    return frozenset(
        place for place, seen in enumerate(inspection.columns) if waiting_words(seen) is not None
    )


def unscored(question: QuestionMapping, seen: ColumnSeen) -> tuple[str, ...]:
    """Return the answers of a question that count as nothing yet, too many to let them go."""
    profile = seen.profile
    if profile.type in {"integer", "blank"} or not profile.values_complete:
        return ()
    known = {_plain(text) for text, _ in question.scores} | {_plain(t) for t in question.missing}
    known |= {_plain(text) for text in profile.missing}
    rest = {
        text: count
        for text, count in profile.values.items()
        if _plain(text) not in known and not _is_whole(text)
    }
    if not rest or sum(rest.values()) < _TOO_MANY * max(profile.answered, 1):
        return ()
    return tuple(rest) if scale_words(seen) is not None else ()


def words_of(draft: Draft, place: int) -> ScaleWords | None:
    """Return the answers of a column to be scored, with what was said of them before.

    None for a column without such answers, and where one score a record stands for all.
    """
    found = None if draft.mapping.long is not None else scale_words(draft.seen(place))
    question = draft.question(place)
    if found is None or question is None or not question.scores:
        return found
    said = {_plain(text): score for text, score in question.scores}
    answers = tuple(
        replace(answer, score=said.get(_plain(answer.answer))) for answer in found.answers
    )
    ranked = sorted(answers, key=lambda a: (a.score is None, a.score or 0))
    return replace(found, scale=question.scale, answers=tuple(ranked), missing=question.missing)


def with_grid(draft: Draft, place: int, words: ScaleWords, waiting: Iterable[int]) -> ScaleWords:
    """Return a column's answers with those that only other rows of its grid have, unscored."""
    met = {_plain(answer.answer) for answer in words.answers}
    met |= {_plain(text) for text in words.missing}
    grid, more = _grid(draft.seen(place)), []
    for at in sorted(waiting):
        seen = draft.seen(at)
        if not grid or at == place or _grid(seen) != grid or not seen.profile.values_complete:
            continue
        for text in seen.profile.values:
            if _plain(text) not in met and text not in seen.profile.missing:
                met.add(_plain(text))
                more.append(AnswerToScore(text, 0, None))
    if not more or len(words.answers) + len(more) > MOST_ANSWERS:
        return words
    return replace(words, answers=(*words.answers, *more))


def _grid(seen: ColumnSeen) -> str:
    """Return the question that a column is one row of, "" where it stands alone."""
    question, option = grid_parts(seen.name)
    return question if option else seen.proposal.asked or ""


def like_columns(
    draft: Draft, place: int, words: ScaleWords, waiting: Iterable[int]
) -> tuple[int, ...]:
    """Return the other columns whose answers are among those of a column and wait as it does."""
    roles = draft.roles()
    answers = {_plain(answer.answer) for answer in words.answers}
    answers |= {_plain(text) for text in words.missing}
    others = set(waiting) | {at for at, role in enumerate(roles) if role in QUESTIONS}
    return tuple(
        at
        for at in sorted(others - {place})
        if _is_like(draft, at, roles[at], answers) and draft.seen(at).profile.values_complete
    )


def _is_like(draft: Draft, place: int, role: Role, answers: set[str]) -> bool:
    question = draft.question(place)
    open_ = role is Role.IGNORE or (question is not None and not question.scores)
    profile = draft.seen(place).profile
    told = {_plain(text) for text in profile.values if text not in profile.missing}
    return open_ and bool(told) and told <= answers


def with_scores(draft: Draft, places: Sequence[int], choice: ScoreChoice) -> Draft:
    """Return the draft with columns as questions whose answers count as was said."""
    roles = draft.roles()
    for place in places:
        if roles[place] not in {Role.IGNORE, Role.CES, *QUESTIONS}:
            draft = draft.without(place)
    made = {place: _asked(draft, place, choice) for place in places}
    return draft.with_questions(made)


def _asked(draft: Draft, place: int, choice: ScoreChoice) -> QuestionMapping:
    old = draft.question(place)
    asked = old or question_of(draft.seen(place), choice.role)
    was = draft.seen(place).proposal.lower_is_better
    return replace(
        asked,
        metric=choice.role.value,
        scale=choice.scale,
        higher_is_better=is_high_good(choice.role, high_was_good=not was),
        scores=choice.scores,
        missing=choice.missing,
    )


def rescaled(scores: Mapping[str, int | None], old: Scale, new: Scale) -> dict[str, int | None]:
    """Return scores on another scale: in the same place where that is a whole number, else open."""
    step = (new[1] - new[0]) / (old[1] - old[0])
    moved = {
        text: None if score is None else new[0] + (score - old[0]) * step
        for text, score in scores.items()
    }
    return {
        text: None if at is None or abs(at - round(at)) > 1e-9 else round(at)
        for text, at in moved.items()
    }


def mirrored(scores: Mapping[str, int | None], scale: Scale) -> dict[str, int | None]:
    """Return scores with the other end of their scale as the good one."""
    ends = sum(scale)
    return {text: None if score is None else ends - score for text, score in scores.items()}


def _is_whole(text: str) -> bool:
    number = parse_number(text)
    return number is not None and number.is_integer()


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
