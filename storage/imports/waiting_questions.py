"""What a mapping could have once a person has said more: scores of answers, ticked options.

It stands in a mapping file as comments, ready to be taken in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from storage.imports.inspect import ColumnSeen, Inspection
from storage.imports.mapping_options import option_rules
from storage.imports.mapping_parts import Mapping, QuestionMapping
from storage.imports.mapping_writing import toml_text, write_mapping
from storage.imports.proposal_parts import Proposal, title_of
from storage.imports.question_words import touchpoint_name
from storage.imports.scale_words import ScaleWords, waiting_words

_NAME_CHARACTERS: Final = 200
_MOST_OPTIONS: Final = 40
_ASK_SCORES: Final = (
    "Only the author of the survey knows what these answers count as. To take the question in,",
    "give each its score and take the mark of a comment from the lines below.",
)
_ASK_PAINS: Final = (
    "Options that people ticked, of questions that do not ask what went wrong. Where one is a pain",
    "point all the same, take the mark of a comment from its lines.",
)


def write_waiting(inspection: Inspection, mapping: Mapping) -> str:
    """Return what a proposed mapping leaves out as comments; "" where that is nothing.

    Where nothing tells an answer's score stands "?", which is refused until a number is there.
    """
    questions = (block for seen in inspection.columns for block in _question(seen))
    blocks = [*questions, *_pains(inspection, mapping)]
    return "".join(f"\n{_commented(block)}\n" for block in blocks)


def _question(seen: ColumnSeen) -> Iterator[list[str]]:
    found = waiting_words(seen)
    if found is None:
        return
    asked = QuestionMapping(
        column=seen.name,
        touchpoint=touchpoint_name(title_of(seen.column))[:_NAME_CHARACTERS],
        metric=found.metric,
        scale=found.scale,
        missing=found.missing,
    )
    written = write_mapping(Mapping(questions=(asked,))).splitlines()
    yield [*_ASK_SCORES, *written, _scores(found)]


def _scores(found: ScaleWords) -> str:
    told = (
        f"{toml_text(each.answer)} = {'?' if each.score is None else each.score}"
        for each in found.answers
    )
    return f"scores = {{ {', '.join(told)} }}"


def _pains(inspection: Inspection, mapping: Mapping) -> Iterator[list[str]]:
    columns = [_as_ticked(seen) for seen in inspection.columns]
    rules = tuple(islice(option_rules(columns, mapping.questions), _MOST_OPTIONS))
    if rules:
        written = write_mapping(Mapping(pain_points=rules)).strip()
        yield [*_ASK_PAINS, *written.splitlines()]


def _as_ticked(seen: ColumnSeen) -> ColumnSeen:
    """Return a column as if its options were to be taken, if they were left out."""
    options = seen.proposal.options
    if seen.proposal.role != "ignore" or not options:
        return replace(seen, proposal=Proposal("ignore"))
    role = "options" if len(options) > 1 else "option"
    return replace(seen, proposal=replace(seen.proposal, role=role))


def _commented(lines: Sequence[str]) -> str:
    return "\n".join(f"# {line}".rstrip() for line in lines)
