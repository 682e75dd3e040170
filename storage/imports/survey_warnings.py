"""What an import warns of: (reason, name) as in `survey_result.SurveyImport`."""

from collections.abc import Iterator
from typing import Final

from storage.imports.mapping_parts import REAL_ANSWERS, SurveySettings
from storage.imports.record_counts import never_closed, source_warnings
from storage.imports.rows import Table
from storage.imports.survey_chunks import Tally
from storage.imports.survey_plan import Plan

# Of these a warning gives the encoding or the sheets, of others a count.
_TOLD_BY_NAME: Final = frozenset({"encoding_guessed", "more_sheets"})


def warnings_of_file(table: Table, tally: Tally) -> Iterator[tuple[str, str]]:
    """Yield what looked odd about the file itself."""
    for notice in source_warnings(table.source):
        yield notice.reason, notice.detail if notice.reason in _TOLD_BY_NAME else str(notice.count)
    line = tally.swallowed_line
    if not line and tally.last is not None and never_closed(table.source, tally.last):
        line = tally.last[0]
    if line:
        yield "unclosed_quote", str(line)


def warnings_of_mapping(
    plan: Plan, settings: SurveySettings, answered_twice: int
) -> Iterator[tuple[str, str]]:
    """Yield what of a mapping nothing in the file met, and what had to be assumed."""
    if answered_twice:
        yield "answered_twice", str(answered_twice)
    yield from (("outcome_never", value) for value in plan.outcome_bad.unmet)
    if plan.keep is not None:
        unmet = plan.keep[1].unmet
        # Qualtrics writes real answers as a code or in words, never as both in one file.
        both = {value.casefold() for value in REAL_ANSWERS} <= set(plan.keep[1].values)
        either = {value.casefold() for value in REAL_ANSWERS} if both else set()
        yield from (("keep_never", value) for value in unmet if value.casefold() not in either)
        # Other languages have other words, which the mapping then names beside these.
        if either and len(unmet) == len(plan.keep[1].values):
            yield "keep_never", REAL_ANSWERS[0]
    yield from (("rule_never", rule.title) for rule in plan.rules if not rule.met)
    date = settings.date
    if (
        date is not None
        and date.timezone is None
        and "%H" in date.format
        and "%z" not in date.format
    ):
        yield "timezone", date.column
