"""Ticked options that say what went wrong, proposed as pain points."""

from collections.abc import Iterator, Sequence
from typing import Final

from storage.imports import words
from storage.imports.inspect import ColumnSeen
from storage.imports.mapping_parts import PainPointMapping, QuestionMapping, When
from storage.imports.proposal_parts import split_option, title_of
from storage.imports.question_words import touchpoint_name

_CHARACTERS: Final = 200


def option_rules(
    columns: Sequence[ColumnSeen], questions: Sequence[QuestionMapping]
) -> Iterator[PainPointMapping]:
    """Yield a pain point for each option of a question about what went wrong.

    Options of other questions ("Which films have you seen?") are no pain. What was asked right
    before tells the touchpoint, else the question itself does.
    """
    rated = {question.column: question.touchpoint for question in questions}
    about = ""
    taken: set[tuple[str, str]] = set()
    for seen in columns:
        about = rated.get(seen.name, about)
        if seen.proposal.role not in {"option", "options"}:
            continue
        asked, row = split_option(title_of(seen.column))
        gridded = seen.proposal.role == "options" and title_of(seen.column).endswith("]")
        where = (row if gridded else about or touchpoint_name(asked))[:_CHARACTERS]
        for option, value in _ticks(seen):
            # The same problem in two places is two of them.
            title = f"{row}: {option}"[:_CHARACTERS] if gridded else option
            if (title.casefold(), where.casefold()) not in taken:
                taken.add((title.casefold(), where.casefold()))
                yield PainPointMapping(title, where, When(seen.name, values=(value,)))


def _ticks(seen: ColumnSeen) -> Iterator[tuple[str, str]]:
    """Yield what an option is called and the cell that ticks it."""
    for value in seen.proposal.options:
        title = value
        option = split_option(title_of(seen.column))[1]
        if option and (value.strip().lower() in words.YES or value.strip().isdigit()):
            title = option
        yield title.strip()[:_CHARACTERS], value
