"""Answers that were exported with a column for each answer a question could have."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from storage.imports.mapping import QuestionMapping

Pairs = NDArray[np.uint32]
# Numbers of columns of scores, brought together by the question they answer.
Groups = tuple[tuple[int, ...], ...]
TWO_ANSWERS: Final = "two_answers"


def are_ticks(asked: QuestionMapping, other: QuestionMapping) -> bool:
    """Tell two columns of one question that hold an answer each: "Satisfied", "Very satisfied"."""
    return len(asked.scores) == 1 == len(other.scores) and asked.scores[0][1] != other.scores[0][1]


def grouped(slots: Sequence[int]) -> Groups:
    """Return the columns of each question, by the slots of their questions."""
    found: dict[int, list[int]] = {}
    for number, slot in enumerate(slots):
        found.setdefault(slot, []).append(number)
    return tuple(map(tuple, found.values()))


def answers_of(columns: Sequence[list[bytes]], groups: Groups) -> list[list[bytes]]:
    """Return a column of packed pairs for each question; b"" where two answers are ticked."""
    if len(groups) == len(columns):
        return list(columns)
    answers: list[list[bytes]] = []
    for group in groups:
        members = [columns[number] for number in group]
        alone = members[0] if len(members) == 1 else list(map(b"".join, zip(*members, strict=True)))
        size = max((len(pair) for column in members for pair in column), default=0)
        answers.append([pair if len(pair) <= size else b"" for pair in alone])
    return answers


def ticked_twice(columns: Sequence[list[bytes]], groups: Groups) -> Iterator[tuple[int, int]]:
    """Yield the number of a column and the place of each record where another is ticked too."""
    for group in groups:
        if len(group) > 1:
            for place, pairs in enumerate(zip(*(columns[number] for number in group), strict=True)):
                ticked = [number for number, pair in zip(group, pairs, strict=True) if pair]
                if len(ticked) > 1:
                    yield ticked[-1], place


def packed_answers(columns: Sequence[Pairs], groups: Groups, none: int) -> list[Pairs] | None:
    """Return a column for each question; None where two answers are ticked somewhere."""
    if len(groups) == len(columns):
        return list(columns)
    answers: list[Pairs] = []
    for group in groups:
        answer = columns[group[0]]
        for number in group[1:]:
            other = columns[number]
            if ((answer != none) & (other != none)).any():
                return None
            answer = np.where(answer == none, other, answer)
        answers.append(answer)
    return answers
