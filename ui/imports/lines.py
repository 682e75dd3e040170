"""One line of the column table: what a column is and how it is read, in words."""

from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from journey.model.text import clean_name
from storage.imports.mapping import LongMapping, QuestionMapping
from ui.imports.draft import Draft
from ui.imports.roles import QUESTIONS, Role
from ui.imports.words import date_word, role_note, tr
from ui.numbers import NO_BREAK, number

MOST_VALUES = 60  # values of an outcome a menu still shows
_COMMON_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "unix")


class Control(StrEnum):
    """What stands before the note of how a column is read."""

    NONE = ""
    NAME = "name"
    BAD = "bad"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """What the table shows of a column.

    Attributes:
        text: the question where it is not the column's name.
        values: what its cells hold, in pieces that are shown as far as there is room.
        value: what the control holds, "" where nothing is chosen yet.
        is_open: a person must choose before anything is imported.
        cells: how many were read. doubt: scores that were refused, "" for none.
    """

    name: str
    text: str
    values: tuple[str, ...]
    role: Role
    control: Control
    value: str
    note: str
    is_open: bool
    cells: str
    doubt: str = ""


def lines_of(
    draft: Draft, touchpoints: frozenset[str], doubts: Lookup[str, str]
) -> tuple[ColumnLine, ...]:
    """Return a line for every column.

    Args:
        draft: the mapping and the file.
        touchpoints: names on the map, case folded.
        doubts: by column name, what was refused in it.
    """
    roles = draft.roles()
    questions = {draft.finder.find(q.column): q for q in draft.mapping.questions}
    return tuple(
        _line(draft, place, role, questions.get(place), touchpoints=touchpoints, doubts=doubts)
        for place, role in enumerate(roles)
    )


def _line(
    draft: Draft,
    place: int,
    role: Role,
    question: QuestionMapping | None,
    *,
    touchpoints: frozenset[str],
    doubts: Lookup[str, str],
) -> ColumnLine:
    seen = draft.seen(place)
    control, value, note, is_open = Control.NONE, "", role_note(role), False
    if question is not None:
        control, value = Control.NAME, question.touchpoint
        note = _question_note(draft, place, question, touchpoints)
        is_open = role is Role.CES
    elif role is Role.OUTCOME and draft.mapping.outcome is not None:
        control, value, note = Control.BAD, *_outcome_words(draft)
        is_open = not value
    elif role is Role.DATE and draft.survey.date is not None:
        written = draft.survey.date.format
        control, value, is_open = Control.DATE, date_word(written), not written
        note = tr("the day counts for the quarter")
    elif draft.mapping.long is not None and role in {*QUESTIONS, Role.CES}:
        note = _scale_words(draft.mapping.long)
        is_open = role is Role.CES
    elif draft.mapping.source.keep is not None and draft.mapping.source.keep.column == seen.name:
        note = tr("not stored; sorts out records that are no answers")
    text = seen.column.text if seen.column.text != seen.name else ""
    missing = question.missing if question is not None else ()
    return ColumnLine(
        name=seen.name,
        text=" ".join(text.split()),
        values=_values(draft, place),
        role=role,
        control=control,
        value=value,
        note=note,
        is_open=is_open,
        cells=_cells(draft, place, missing),
        doubt=doubts.get(seen.name, ""),
    )


def outcome_values(draft: Draft) -> tuple[str, ...]:
    """Return the values an outcome's column holds, those marked first; not all where too many."""
    outcome = draft.mapping.outcome
    place = None if outcome is None else draft.finder.find(outcome.column)
    if outcome is None or place is None:
        return ()
    return tuple(dict.fromkeys((*outcome.bad, *draft.seen(place).profile.values)))[:MOST_VALUES]


def date_formats(draft: Draft) -> tuple[str, ...]:
    """Return how the dates may be written: what fits the cells, else what is common."""
    date = draft.survey.date
    place = None if date is None else draft.finder.find(date.column)
    if date is None or place is None:
        return ()
    found = draft.seen(place).profile.date
    fitting = (found.format, found.other) if found is not None else _COMMON_DATES
    return tuple(dict.fromkeys(form for form in (date.format, *fitting) if form))


def _outcome_words(draft: Draft) -> tuple[str, str]:
    outcome = draft.mapping.outcome
    assert outcome is not None
    left = outcome.means == "left"
    means = tr("the customer left") if left else tr("the customer was dissatisfied")
    return ", ".join(outcome.bad), tr("means: %1; every other value is good").replace("%1", means)


def _question_note(
    draft: Draft, place: int, question: QuestionMapping, touchpoints: frozenset[str]
) -> str:
    if question.metric == Role.CES:
        return tr("Both ways of asking are in use; a wrong guess would turn the result round.")
    parts = [_scale_words(question)]
    if draft.rule(place) is not None:
        low = question.scale[0]
        words = tr("pain point when %1 or %2").replace("%1", str(low))
        parts.append(words.replace("%2", str(low + 1)))
    if clean_name(question.touchpoint).casefold() not in touchpoints:
        parts.append(tr("new on the map"))
    return " · ".join(parts)


def _scale_words(asked: QuestionMapping | LongMapping) -> str:
    if asked.scale is None:
        return tr("each metric on its own scale")
    low, high = asked.scale
    best = high if asked.higher_is_better else low
    words = tr("%1 to %2, %3 is best").replace("%1", str(low)).replace("%2", str(high))
    words = words.replace("%3", str(best))
    if asked.missing:
        words += " · " + tr("%1 is no answer").replace("%1", ", ".join(asked.missing[:3]))
    return words


def _values(draft: Draft, place: int) -> tuple[str, ...]:
    profile = draft.seen(place).profile
    if profile.type in {"integer", "number"} and profile.minimum is not None:
        low, high = profile.minimum, profile.maximum or 0.0
        plain = profile.maximum is not None and abs(high) < 1e7
        shown = [number(v) if plain else f"{v:.12g}" for v in (low, high)]
        if shown[0] == shown[1]:
            return (shown[0],)
        return (tr("%1 to %2").replace("%1", shown[0]).replace("%2", shown[1]),)
    return tuple(" ".join(example.split()) for example in profile.examples)


def _cells(draft: Draft, place: int, missing: Sequence[str]) -> str:
    profile = draft.seen(place).profile
    marks = sum(profile.values.get(m, 0) for m in missing if m not in profile.missing)
    blank = profile.cells - profile.answered + marks
    words = tr("%1 read").replace("%1", number(profile.cells - blank, 0))
    if blank:
        words += ", " + tr("%1 blank").replace("%1", number(blank, 0)).replace(" ", NO_BREAK)
    return words
