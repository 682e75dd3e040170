"""Questions that were exported with a column for each answer they could have.

SurveyMonkey calls it expanded: under "How satisfied are you?" stand "Dissatisfied", "Satisfied" …,
and of these one is ticked. Such columns are one question again; what a tick looks like is told by
those that have one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from storage.imports import words
from storage.imports.answer_words import NamedScores, named_scores, plain_answer
from storage.imports.profile import ColumnProfile
from storage.imports.proposal_parts import Proposal, split_option
from storage.imports.proposal_text import metric_of
from storage.imports.signatures import Column

_FEWEST_LEVELS: Final = 3
_GROUP: Final = "_nps_group"
_TICKS: Final = words.YES | {"x", "✓", "✔", "selected", "checked", "ticked"}


@dataclass(slots=True)
class _Group:
    """The columns of one question: their places in the file, and the answers they stand for.

    Attributes:
        options: what stands over them, which in a grid has the row before the answer.
    """

    places: list[int] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)


def ticked_answers(
    columns: Sequence[Column], profiles: Sequence[ColumnProfile]
) -> dict[int, Proposal]:
    """Return what columns are that hold one answer of a question each, by their place."""
    found: dict[int, Proposal] = {}
    for question, group in _groups(columns, profiles).items():
        scale = _scale_of(group.answers)
        if scale is None or not _one_each(group, profiles):
            continue
        rated = {text: score for text, score in scale.scores if text in group.answers}
        metric, ends = metric_of(scale, question)
        if any(not ends[0] <= score <= ends[1] for score in rated.values()):
            continue
        look = _looks(group, profiles)
        for number, (place, answer) in enumerate(zip(group.places, group.answers, strict=True)):
            if answer in rated and look is not None:
                ticks = {"text": answer, "option": group.options[number], "place": str(number + 1)}
                scores = ((ticks.get(look, look), rated[answer]),)
                found[place] = Proposal("question", metric, ends, scores=scores, asked=question)
    return found


def numbered_ticks(
    columns: Sequence[Column], profiles: Sequence[ColumnProfile]
) -> dict[int, Proposal]:
    """Return the ticked options of questions whose ticks are the options' numbers, by their place.

    Exported as numbers, the second option of SurveyMonkey is 2 or nothing.
    """
    asked: dict[str, list[int]] = {}
    for column in columns:
        question, option = split_option(column.name)
        if column.name.endswith("]") and option:
            asked.setdefault(question, []).append(column.index)
    found: dict[int, Proposal] = {}
    for places in asked.values():
        ticks = {
            place: str(number)
            for number, place in enumerate(places, start=1)
            if profiles[place].distinct == 1 and set(profiles[place].values) == {str(number)}
        }
        # What people wrote under "Other" is no tick; all else is one, or was never ticked.
        others = [p for p in places if p not in ticks and profiles[p].type in {"integer", "number"}]
        if len(ticks) > 1 and not others:
            found |= {place: Proposal("option", options=(tick,)) for place, tick in ticks.items()}
    return found


def scores_beside_groups(
    columns: Sequence[Column], profiles: Sequence[ColumnProfile]
) -> dict[int, Proposal]:
    """Return the scores of NPS that stand beside their groups: "Q2" beside "Q2_NPS_GROUP"."""
    places = {column.name.casefold(): column.index for column in columns}
    found: dict[int, Proposal] = {}
    for name in places:
        score = places.get(name.removesuffix(_GROUP)) if name.endswith(_GROUP) else None
        if score is None:
            continue
        numbers = profiles[score].whole_numbers
        if profiles[score].type == "integer" and numbers and numbers <= set(range(11)):
            missing = tuple(profiles[score].missing)
            found[score] = Proposal("question", "nps", (0, 10), missing)
    return found


def _groups(columns: Sequence[Column], profiles: Sequence[ColumnProfile]) -> dict[str, _Group]:
    """Return the options of each question; of a grid, those of each row of it."""
    groups: dict[str, _Group] = {}
    for column, profile in zip(columns, profiles, strict=True):
        question, option = split_option(column.name)
        if not (column.name.endswith("]") and option) or profile.distinct > 1:
            continue
        whole_option = option
        row, mark, level = option.rpartition(" - ")
        whole = named_scores([option, "Neutral"]) is not None or not mark
        if not whole and not any(character.isdigit() for character in level):
            question, option = f"{question} [{row.strip()}]", level.strip()
        group = groups.setdefault(question, _Group())
        group.places.append(column.index)
        group.answers.append(option)
        group.options.append(whole_option)
    return groups


def _scale_of(answers: Sequence[str]) -> NamedScores | None:
    """Return the scale that the answers of a question are all of, each once."""
    if len(answers) < _FEWEST_LEVELS or len(set(answers)) < len(answers):
        return None
    if all(answer.isdigit() and len(answer) <= 2 for answer in answers):
        numbers = sorted(int(answer) for answer in answers)
        ends = (numbers[0], numbers[-1])
        whole = numbers == list(range(ends[0], ends[1] + 1))
        if not whole or ends not in {(0, 10), (1, 10), (1, 7), (1, 5)}:
            return None
        scores = tuple((str(number), number) for number in numbers)
        return NamedScores("numbered", ends, scores, ())
    return named_scores(answers)


def _one_each(group: _Group, profiles: Sequence[ColumnProfile]) -> bool:
    """Tell that nobody can have ticked two: there are no more ticks than records."""
    ticks = sum(profiles[place].answered for place in group.places)
    return 0 < ticks <= max(profiles[place].cells for place in group.places)


def _looks(group: _Group, profiles: Sequence[ColumnProfile]) -> str | None:
    """Return what a tick is: the answer's "text", all of the "option", its "place", or a sign."""
    ticks = [
        (number, group.answers[number], next(iter(profiles[place].values)).strip())
        for number, place in enumerate(group.places)
        if profiles[place].answered
    ]
    if all(plain_answer(answer) == plain_answer(tick) for _, answer, tick in ticks):
        return "text"
    if all(tick == group.options[number] for number, _, tick in ticks):
        return "option"
    if len(ticks) > 1 and all(tick == str(number + 1) for number, _, tick in ticks):
        return "place"
    signs = {tick for *_, tick in ticks}
    return signs.pop() if len(signs) == 1 and {s.casefold() for s in signs} <= _TICKS else None
