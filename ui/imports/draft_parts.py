"""What a column becomes when a person says what it is: question, ticks, date, outcome."""

from collections.abc import Iterator
from typing import Final

from storage.imports import words
from storage.imports.dates import counted_format
from storage.imports.inspect import ColumnSeen
from storage.imports.mapping import DateSettings, OutcomeMapping, PainPointMapping, QuestionMapping
from storage.imports.mapping import When as Rule
from storage.imports.mapping_parts import DEFAULT_SCALES, Scale
from storage.imports.question_words import touchpoint_name
from ui.imports.roles import Role

TITLE: Final = 200  # characters a name can have
# Metrics whose good end is always the same.
_FIXED: Final = frozenset({Role.NPS, Role.CES_LOW, Role.CES_HIGH})
_MOST_TICKS: Final = 12  # values of one column that are proposed as pain points


def question_of(seen: ColumnSeen, role: Role) -> QuestionMapping:
    """Return the question a column asks, with what its answers in words count as."""
    text = seen.proposal.asked or seen.column.text
    return QuestionMapping(
        column=seen.name,
        touchpoint=about_of(seen),
        metric=role.value,
        scale=scale_of(seen, role, seen.proposal.scale),
        higher_is_better=is_high_good(role, high_was_good=not seen.proposal.lower_is_better),
        missing=seen.proposal.missing,
        text=text or None,
        scores=seen.proposal.scores,
    )


def are_answers(one: QuestionMapping, other: QuestionMapping) -> bool:
    """Tell two columns of one question that hold an answer each."""
    single = len(one.scores) == 1 == len(other.scores)
    return single and one.text is not None and one.text == other.text


def holds_no_worst(question: QuestionMapping) -> bool:
    """Tell a column that holds one answer of a question, and not a bad one."""
    return len(question.scores) == 1 and question.scores[0][1] not in question.worst


def is_high_good(role: Role, *, high_was_good: bool) -> bool:
    """Tell whether a high score is good; a metric without an end of its own keeps what it had."""
    return role is not Role.CES_LOW if role in _FIXED else high_was_good


def about_of(seen: ColumnSeen) -> str:
    """Return what a column asks about; of "question [option]" the option is what is rated."""
    title = seen.proposal.asked or seen.column.text or seen.name
    asked, _, option = title.partition(" [")
    inner = option.removesuffix("]").strip()
    if asked and inner and title.endswith("]"):
        return inner[:TITLE]
    return touchpoint_name(title)[:TITLE]


def grid_parts(name: str) -> tuple[str, str]:
    """Return the question and the option of "question [option]"; "" where it is no row of a grid.

    A name as long as names can be may have lost the end of its option.
    """
    question, _, option = name.partition(" [")
    whole = option.endswith("]")
    if not question or not (whole or len(name) >= TITLE - 2):
        return name, ""
    option = option.removesuffix("]").strip()
    return question, option if whole or not option else f"{option.rsplit(' ', 1)[0]}\u00a0…"


def scale_of(seen: ColumnSeen, role: Role, known: Scale | None) -> Scale:
    """Return a scale the metric can have, by preference the known one, else what the cells show."""
    low, high = seen.profile.minimum, seen.profile.maximum
    if role is Role.NPS:
        return known if known in {(0, 10), (1, 10)} else (0, 10)
    if known is not None:
        return known
    if low is None or high is None or low < 0 or high > 100:
        return DEFAULT_SCALES.get(role.value, (1, 5))
    if high <= 5:
        return (1, 5)
    if high <= 7:
        return (1, 7)
    return (0 if low < 1 else 1, 10 if high <= 10 else 100)


def date_of(seen: ColumnSeen) -> DateSettings:
    """Return where a moment stands and, where it tells, how it is written."""
    found = seen.profile.date
    written = "" if found is None or found.ambiguous else found.format
    if found is None and seen.profile.type in {"integer", "number"}:
        written = counted_format(seen.profile.minimum or 0, seen.profile.maximum or 0) or ""
    return DateSettings(seen.name, written, seen.column.timezone or None)


def outcome_of(seen: ColumnSeen) -> OutcomeMapping:
    """Return the outcome a column tells."""
    proposal = seen.proposal
    return OutcomeMapping(seen.name, proposal.bad, proposal.means or "dissatisfied")


def ticks_of(seen: ColumnSeen, touchpoint: str) -> tuple[PainPointMapping, ...]:
    """Return a pain point for every option that was ticked in a column."""
    return tuple(
        PainPointMapping(title, touchpoint, Rule(seen.name, values=(value,)))
        for title, value in _ticked(seen)
    )


def _ticked(seen: ColumnSeen) -> Iterator[tuple[str, str]]:
    """Yield what an option is called and the cell that ticks it."""
    values = sorted(seen.profile.values, key=lambda value: -seen.profile.values[value])
    agreed = [value for value in values if value.strip().lower() in words.YES]
    labels = dict(seen.column.labels)
    for value in list(seen.proposal.options or agreed or values)[:_MOST_TICKS]:
        is_mark = value in agreed
        title = about_of(seen) if is_mark else labels.get(value, value)
        if title.strip():
            yield title.strip()[:TITLE], value
