"""Answers that a file holds and no mapping can be proposed for: what they are and need."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from storage.imports import words
from storage.imports.answer_words import is_no_answer, named_scores, plain_answer
from storage.imports.proposal import is_no_moment
from storage.imports.proposal_parts import is_timing, metrics_asked, split_option, title_of
from storage.imports.record_counts import Notice
from storage.imports.scale_words import ASKED

if TYPE_CHECKING:
    from storage.imports.inspect import ColumnSeen

# So many columns of one question that are levels of a scale are its answers.
_FEWEST_LEVELS: Final = 3
_ANSWER_CODE: Final = re.compile(r"A[OA]?\d{1,2}")
# So many different words may be a scale; more are names, or what people wrote.
_MOST_LEVELS: Final = 11
_LEVEL_CHARACTERS: Final = 40
_TITLE_CHARACTERS: Final = 90


def unread_answers(columns: Sequence["ColumnSeen"], *, named: bool) -> Iterator[Notice]:
    """Yield answers whose order only the survey's author knows, or whose scores were left at home.

    Args:
        named: whether any column has a header.
    """
    if not named and columns:
        yield Notice("no_header", f"column {columns[0].name}", len(columns))
    coded = [seen for seen in columns if seen.proposal.role == "ignore" and _is_coded(seen)]
    if coded:
        detail = ", ".join(coded[0].profile.values)
        yield Notice("answer_codes", f"column {coded[0].name}", len(coded), detail)
    yield from _split_answers(columns)
    if not any(seen.proposal.role == "metric" for seen in columns):
        for seen in columns:
            texts = list(seen.profile.values)
            if seen.proposal.role == "touchpoint" and len(metrics_asked(texts)) > 1:
                yield Notice(
                    "mixed_questions", f"column {seen.name}", len(texts), " | ".join(texts[:3])
                )
    yield from _unscored(columns)
    if any(is_no_moment(seen.profile) for seen in columns):
        yield Notice("no_moments", "", 1)
    scored = any(seen.proposal.role == "question" for seen in columns)
    if any(seen.proposal.metric == "nps" for seen in columns) or (
        scored and any(seen.proposal.role == "metric" for seen in columns)
    ):
        return
    for seen in columns:
        values = {value.strip().casefold().removesuffix("s") for value in seen.profile.values}
        if len(values) > 1 and values <= {"promoter", "passive", "detractor"}:
            yield Notice("nps_groups", f"column {seen.name}", seen.profile.answered)


def _split_answers(columns: Sequence["ColumnSeen"]) -> Iterator[Notice]:
    """A question of one answer that was exported with a column for each answer it could have."""
    groups: dict[str, list[str]] = {}
    for seen in columns:
        question, option = split_option(seen.name)
        if option and seen.profile.distinct <= 1 and not seen.proposal.asked:
            groups.setdefault(question, []).append(option)
    for question, options in groups.items():
        scale = named_scores(options) if len(options) >= _FEWEST_LEVELS else None
        if scale is not None and scale.family != "numbered":
            yield Notice("answer_columns", f"column {question}", len(options))


def _is_coded(seen: "ColumnSeen") -> bool:
    """Tell LimeSurvey's answer codes: A1, A2, …"""
    values = seen.profile.values
    return len(values) >= 3 and all(_ANSWER_CODE.fullmatch(value) for value in values)


def _unscored(columns: Sequence["ColumnSeen"]) -> Iterator[Notice]:
    """Columns that ask for a judgement, of which it cannot be told what an answer counts as.

    The rows of a grid are told of once, by their question.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for seen in columns:
        title = title_of(seen.column)
        asked = any(words.hints(pattern, title) for pattern in (*ASKED, words.SCORE))
        if seen.proposal.role != "ignore" or not asked or is_timing(title):
            continue
        if not seen.profile.answered:
            continue
        values = [value for value in seen.profile.values if not is_no_answer(value)]
        reason = _why_unscored(seen, values)
        if reason:
            shown = (
                values if reason != "part_scores" else [v for v in values if not v.isdigit()][:1]
            )
            found.setdefault((reason, _question_of(title)), set()).update(shown)
    for (reason, question), values_of in found.items():
        detail = " | ".join(sorted(values_of)[:_MOST_LEVELS])
        yield Notice(reason, f"column {question}", len(values_of), detail)


def _question_of(title: str) -> str:
    question = split_option(title)[0] if title.endswith("]") else title
    return question if len(question) <= _TITLE_CHARACTERS else f"{question[:_TITLE_CHARACTERS]}…"


def _why_unscored(seen: "ColumnSeen", values: Sequence[str]) -> str:
    profile = seen.profile
    if profile.type == "number" and _are_parts(seen):
        return "part_scores"
    if profile.type != "text" or not profile.values_complete or _is_coded(seen):
        return ""
    plain = {plain_answer(value) for value in values}
    if len(values) == 2 and plain <= words.YES | words.NO:
        return "yes_no"
    several = 3 <= len(values) <= _MOST_LEVELS and profile.mean_length <= _LEVEL_CHARACTERS
    return "unknown_scale" if several and not {p.rstrip("s") for p in plain} <= _GROUPS else ""


_GROUPS: Final = frozenset({"promoter", "passive", "detractor"})


def _are_parts(seen: "ColumnSeen") -> bool:
    """Tell scores between whole numbers on a scale of at most ten, as half stars."""
    low, high = seen.profile.minimum, seen.profile.maximum
    return low is not None and high is not None and low >= 0 and high <= 10
