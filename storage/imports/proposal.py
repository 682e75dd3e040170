"""What each column probably is. A proposal, made of values first and header words second."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from storage.imports import words
from storage.imports.answer_words import named_scores
from storage.imports.dates import counted_format
from storage.imports.declared_ends import DeclaredEnds, declared_ends
from storage.imports.numbers import parse_number
from storage.imports.profile import ColumnProfile
from storage.imports.proposal_parts import (
    FEW_ANSWERS,
    IGNORED,
    Proposal,
    Scale,
    are_parts,
    split_option,
    stem,
    tells_pain,
    title_of,
)
from storage.imports.proposal_text import text_proposal, worded_question
from storage.imports.proposal_ticks import numbered_ticks, scores_beside_groups, ticked_answers
from storage.imports.proposal_vendors import SERVICES, is_vendor_noise, vendor_question
from storage.imports.question_words import touchpoint_name
from storage.imports.signatures import Column

__all__ = ["Proposal", "propose_columns"]

MAX_COVARIATES: Final = 3
# Vendors whose first column tells answers apart.
_FIRST_IS_ID: Final = frozenset({"typeform", "surveymonkey"})
# A slider of a hundred steps is used beyond them.
_LEAST_SLIDER: Final = 20
_MOST_STEPS: Final = 10
# Share of cells off a scale that are slips and sums, and not the scale.
_HARDLY_EVER: Final = 0.02


def propose_columns(
    vendor: str, columns: Sequence[Column], profiles: Sequence[ColumnProfile]
) -> list[Proposal]:
    """Propose a role for every column, in order."""
    highest = _highest_by_stem(columns, profiles)
    drafts = [
        _draft(vendor, column, profile, highest.get(stem(column.name)))
        for column, profile in zip(columns, profiles, strict=True)
    ]
    for find in (numbered_ticks, ticked_answers, scores_beside_groups):
        for place, draft in find(columns, profiles).items():
            drafts[place] = draft
    drafts = _ticked_in_groups(drafts, columns, profiles)
    drafts = _sans_marks(vendor, drafts, columns)
    drafts = _with_common_zero(drafts, profiles)
    drafts = _only_grids(vendor, drafts, columns)
    for role, score in (
        ("respondent", _respondent_order),
        ("date", _DATE_ORDERS.get(vendor, _date_order)),
        ("segment", _segment_order),
        ("outcome", _file_order),
        ("weight", _file_order),
        ("touchpoint", _file_order),
        ("metric", _file_order),
    ):
        drafts = _only_best(drafts, columns, role, score)
    return [
        # What the mapping would not take is not proposed either.
        replace(IGNORED, options=draft.options)
        if draft.role in {"option", "options"} and not tells_pain(column)
        else draft
        for draft, column in zip(drafts, columns, strict=True)
    ]


def _draft(  # noqa: PLR0911 - one answer per kind of column, in order of certainty
    vendor: str, column: Column, profile: ColumnProfile, high: int | None
) -> Proposal:
    if profile.type == "blank" or is_vendor_noise(vendor, column, profile):
        return IGNORED
    if not column.raw.strip() and profile.unique and profile.type == "integer":
        return IGNORED  # the index column that pandas writes
    if profile.type == "date" or counted_moment(vendor, column, profile) is not None:
        return IGNORED if is_no_moment(profile) else Proposal("date")
    if _is_respondent(vendor, column, profile):
        return Proposal("respondent")
    if words.hints(words.WEIGHT, column.name) and profile.type in {"integer", "number"}:
        return Proposal("weight")
    found = (
        vendor_question(vendor, column, profile)
        or _outcome(column, profile)
        or worded_question(column, profile)
        or _question(column, profile, high)
    )
    if found is not None:
        return found
    if profile.type == "text" or column.labels:
        return text_proposal(column, profile)
    return IGNORED


def is_no_moment(profile: ColumnProfile) -> bool:
    """Tell the day that LimeSurvey writes where an author let it keep no dates."""
    return profile.type == "date" and all(v.startswith("1980-01-01") for v in profile.values)


def counted_moment(vendor: str, column: Column, profile: ColumnProfile) -> str | None:
    """Return the format of moments that are numbers, under a name that says a moment."""
    low, high = profile.minimum, profile.maximum
    if profile.type not in {"integer", "number"} or low is None or high is None:
        return None
    found = counted_format(low, high)
    if found == "excel":
        fixed = vendor == "microsoft_forms" and column.index in {1, 2}
        return found if fixed or words.hints(words.DAY, column.name) else None
    told = words.first_match(words.MOMENTS, column.name) is not None
    return found if told and profile.type == "integer" else None


def _is_respondent(vendor: str, column: Column, profile: ColumnProfile) -> bool:
    if profile.blank or profile.type == "number":
        return False
    if column.vendor_id == "_recordId" or (vendor in _FIRST_IS_ID and column.index == 0):
        # A spreadsheet writes twelve figures as 1.18E+11, which are many people's.
        return profile.distinct > 0.2 * profile.answered
    if (
        vendor == "limesurvey"
        and column.index == 0
        and profile.unique
        and profile.type == "integer"
    ):
        return True
    if not words.hints(words.RESPONDENT, column.name):
        return False
    # The same customer may answer more than once.
    return profile.unique or profile.distinct > 0.2 * profile.answered


def _are_questions(values: Sequence[str]) -> bool:
    """Tell a column of questions, of which each record answers one."""
    return any(value.rstrip().endswith("?") for value in values)


def _outcome(column: Column, profile: ColumnProfile) -> Proposal | None:
    values = list(profile.values)
    if not profile.values_complete or not 2 <= len(values) <= 3 or _are_questions(values):
        return None
    if words.hints(words.LEAVING, column.name) and len(values) == 2:
        bad = tuple(value for value in values if value.lower() in words.YES)
        bad = bad or tuple(value for value in values if value.lower() not in words.NO)
        return Proposal("outcome", bad=bad if len(bad) == 1 else (), means="left")
    if profile.type != "text":
        return None
    if not words.hints(words.OUTCOME, column.name) and named_scores(values) is not None:
        return None
    about = all(words.SATISFACTION.search(value) for value in values)
    if not about and not words.hints(words.OUTCOME, column.name):
        return None
    bad = tuple(value for value in values if words.NEGATIVE.search(value))
    return Proposal("outcome", bad=bad if 0 < len(bad) < len(values) else (), means="dissatisfied")


def _question(  # noqa: PLR0911 - one answer per kind of question, in order of certainty
    column: Column, profile: ColumnProfile, high: int | None
) -> Proposal | None:
    title = title_of(column)
    if profile.type not in {"integer", "number"}:
        return None
    if words.hints(words.COUNTS, title) and touchpoint_name(title) == title.rstrip(" :"):
        return None
    if are_parts(profile):
        return None
    low, top, numbers = _answered_scores(title, profile)
    if low is None or top is None:
        return None
    top = max(top, high or 0)
    if (low, top) >= (1, 11) and top == 11 and words.hints(words.RECOMMEND, title):
        # Recoded by the author: the codes 1 … 11 are the scores 0 … 10.
        shifted = tuple((str(code), code - 1) for code in range(1, 12))
        return Proposal("question", "nps", (0, 10), tuple(profile.missing), scores=shifted)
    declared = declared_ends(title)
    if declared is not None and declared.low <= low and top <= declared.high:
        return _declared(title, declared, profile)
    few = profile.answered < FEW_ANSWERS
    slid = profile.type == "integer" and not few and low >= 0 and _LEAST_SLIDER < top <= 100
    if slid and words.hints(words.SATISFACTION, title):
        return Proposal("question", "rating", (0, 100), tuple(profile.missing))
    if top > 10 or (len(numbers) < 3 and not few) or (few and top < 2):
        return None
    found = _metric_and_scale(title, low, top, len(numbers), few)
    if found is None:
        return None
    metric, scale = found
    missing = tuple(profile.missing)
    if scale[0] == 1 and 0 in numbers:
        missing = ("0", *missing)
    return Proposal("question", metric, scale, missing)


def _answered_scores(
    title: str, profile: ColumnProfile
) -> tuple[float | None, float | None, frozenset[int]]:
    """Return lowest, highest and all scores; of a question, without what is hardly ever met.

    A sum at the foot of a table or a slip of the finger is refused when it is read, with its line;
    that is no reason not to see what all other cells are.
    """
    numbers = profile.whole_numbers
    asked = (words.RECOMMEND, words.SATISFACTION, words.EFFORT)
    plain = profile.minimum, profile.maximum, numbers
    if not profile.values_complete or not any(words.hints(each, title) for each in asked):
        return plain
    counts = {parse_number(value): count for value, count in profile.values.items()}
    scores = {
        int(number): count
        for number, count in counts.items()
        if number is not None and number.is_integer() and 0 <= number <= _MOST_STEPS
    }
    odd = sum(count for n, count in counts.items() if n is not None and n not in scores)
    if not odd or odd > max(2, _HARDLY_EVER * profile.answered) or profile.answered < FEW_ANSWERS:
        return plain
    return float(min(scores)), float(max(scores)), frozenset(scores)


def _declared(title: str, ends: DeclaredEnds, profile: ColumnProfile) -> Proposal | None:
    """Return a question whose wording names its scale, where it is about a judgement."""
    scale, lower = (ends.low, ends.high), ends.lower_is_better is True
    missing = tuple(profile.missing)
    if words.hints(words.RECOMMEND, title) and scale == (0, 10) and not lower:
        return Proposal("question", "nps", scale, missing)
    if words.hints(words.EFFORT, title) and ends.high <= 10:
        return Proposal("question", "ces", scale, missing)
    named = ends.lower_is_better is not None or words.hints(words.SATISFACTION, title)
    if not named and not words.hints(words.RECOMMEND, title) and ends.high > _MOST_STEPS:
        return None
    metric = "csat" if words.hints(words.SATISFACTION, title) and ends.high <= 10 else "rating"
    return Proposal("question", metric, scale, missing, lower_is_better=lower)


def _ticked_in_groups(
    drafts: list[Proposal], columns: Sequence[Column], profiles: Sequence[ColumnProfile]
) -> list[Proposal]:
    """Columns of yes and no under one question are its options, ticked or not."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, (draft, column, profile) in enumerate(zip(drafts, columns, profiles, strict=True)):
        question, option = split_option(title_of(column))
        plain = {value.strip().casefold() for value in profile.values}
        binary = profile.values_complete and len(plain) <= 2 and plain <= words.YES | words.NO
        if option and binary and draft.role in {"ignore", "option"} and plain & words.YES:
            groups[question].append(place)
    result = list(drafts)
    for places in groups.values():
        for place in places if len(places) > 1 or tells_pain(columns[places[0]]) else ():
            values = profiles[place].values
            ticked = tuple(value for value in values if value.strip().casefold() in words.YES)
            result[place] = Proposal("option", options=ticked)
    return result


def _metric_and_scale(
    title: str, low: float, top: float, different: int, few: bool
) -> tuple[str, Scale] | None:
    if words.hints(words.RECOMMEND, title) and low >= 0 and (top > 5 or few):
        return "nps", (0, 10)
    if words.hints(words.EFFORT, title) and low >= 1 and top <= 7:
        return "ces", (1, 5 if top <= 5 else 7)
    told = words.hints(words.SATISFACTION, title)
    if told and (low >= 0 or few):
        return "csat", _scale_up_to(low, top)
    if low < 0 or few or different < 4 or top not in {5, 7, 10}:
        return None
    if top == 5:
        return "csat", (1, 5)
    return "rating", _scale_up_to(low, top)


def _scale_up_to(low: float, top: float) -> Scale:
    if top <= 5:
        return 1, 5
    if top <= 7:
        return 1, 7
    return (0 if low == 0 else 1), 10


def _highest_by_stem(
    columns: Sequence[Column], profiles: Sequence[ColumnProfile]
) -> dict[str, int]:
    """One question's options share a scale, though not each was given the highest score."""
    highest: dict[str, int] = defaultdict(int)
    for column, profile in zip(columns, profiles, strict=True):
        numbers = profile.whole_numbers
        if column.name.endswith("]") and numbers:
            name = stem(column.name)
            highest[name] = max(highest[name], *numbers)
    return highest


def _with_common_zero(drafts: list[Proposal], profiles: Sequence[ColumnProfile]) -> list[Proposal]:
    """Where 0 means "not applicable" in one column of a grid, it does in all of them."""
    grid = [d.scale == (1, 5) and d.role == "question" and not d.scores for d in drafts]
    zero = any(member and "0" in draft.missing for member, draft in zip(grid, drafts, strict=True))
    if not zero:
        return drafts
    return [
        replace(draft, missing=("0", *profile.missing)) if member else draft
        for member, draft, profile in zip(grid, drafts, profiles, strict=True)
    ]


def _only_grids(vendor: str, drafts: list[Proposal], columns: Sequence[Column]) -> list[Proposal]:
    """Small numbers without a word for rating are questions only where several stand together."""
    telling = {"touchpoint", "metric"} | ({"comment"} if vendor == "plain" else set())
    beside = any(draft.role in telling for draft in drafts)
    told = [
        draft.metric not in {"csat", "rating"}
        or bool(draft.scores or column.labels or vendor in SERVICES)
        or _says_direction(title_of(column))
        or words.hints(words.SATISFACTION, title_of(column))
        or (beside and words.hints(words.SCORE, column.name))
        for draft, column in zip(drafts, columns, strict=True)
    ]
    members: dict[Scale | None, int] = defaultdict(int)
    for draft in drafts:
        if draft.role == "question":
            members[draft.scale] += 1
    return [
        draft if kept or draft.role != "question" or members[draft.scale] >= 3 else IGNORED
        for kept, draft in zip(told, drafts, strict=True)
    ]


def _says_direction(title: str) -> bool:
    """Tell a question that names both ends of its scale: "(1 = strongly agree, 5 = …)"."""
    ends = declared_ends(title)
    return ends is not None and ends.lower_is_better is not None


def _sans_marks(vendor: str, drafts: list[Proposal], columns: Sequence[Column]) -> list[Proposal]:
    """Forms that are marked as a quiz put points and feedback beside each question."""
    if vendor not in {"microsoft_forms", "google_forms"}:
        return drafts
    names = {column.name for column in columns}
    return [
        IGNORED
        if names & {column.name.partition(" - ")[2], stem(column.name)} - {column.name}
        else draft
        for draft, column in zip(drafts, columns, strict=True)
    ]


def _respondent_order(column: Column) -> int:
    return 0 if column.vendor_id == "_recordId" or column.name == "#" else 1


def _date_order(column: Column) -> int:
    place = words.first_match(words.MOMENTS, column.vendor_id or column.name)
    return len(words.MOMENTS) if place is None else place


def _completion(column: Column) -> int:
    """Microsoft Forms writes when a form was begun, then when it was sent."""
    return 0 if column.index == 2 else 1 + column.index


def _modified(column: Column) -> int:
    """SurveyMonkey writes when an answer was begun, then when it was last changed."""
    return 0 if column.index == 3 else 1 + _date_order(column)


_DATE_ORDERS: Final = {"microsoft_forms": _completion, "surveymonkey": _modified}


def _segment_order(column: Column) -> int:
    place = words.first_match(words.SEGMENTS, column.name)
    return len(words.SEGMENTS) if place is None else place


def _file_order(column: Column) -> int:
    return column.index


def _only_best(
    drafts: list[Proposal],
    columns: Sequence[Column],
    role: str,
    order: Callable[[Column], int],
) -> list[Proposal]:
    """Keep a role for one column; other segments become covariates, the rest is ignored."""
    places = [place for place, draft in enumerate(drafts) if draft.role == role]
    if len(places) < 2:
        return drafts
    places.sort(key=lambda place: (order(columns[place]), place))
    result = list(drafts)
    for rank, place in enumerate(places[1:]):
        spare = role == "segment" and rank < MAX_COVARIATES
        result[place] = Proposal("covariate") if spare else IGNORED
    return result
