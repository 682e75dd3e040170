"""What an import of any kind did, in a sentence, and the command that keeps it."""

from typing import TYPE_CHECKING

from ui.imports.words import tr
from ui.numbers import number

if TYPE_CHECKING:
    from journey.edit import Command


def command_of(taken: object) -> "Command | None":
    """Return the command that keeps what was taken in; None where nothing was."""
    from journey.edit import Command

    command = getattr(taken, "command", None)
    return command if isinstance(command, Command) else None


def taken_word(taken: object) -> str:
    """Return how much was taken in: "240 of 240 records imported from flights.csv"."""
    from storage.imports.events_result import EventsImport
    from storage.imports.kpi_result import KpiImport
    from storage.imports.purchases import PurchasesImport
    from storage.imports.survey_result import SurveyImport

    if isinstance(taken, EventsImport):
        words = tr("%1 of %2 events imported from %3")
        return _filled(words, taken.events, taken.records, taken.log.source_file)
    if isinstance(taken, PurchasesImport):
        words = tr("%1 of %2 purchases imported from %3")
        return _filled(words, taken.purchases, taken.records, taken.log.source_file)
    if isinstance(taken, KpiImport):
        return _filled(tr("%1 values of %2 KPIs imported"), taken.imported, len(taken.kpis), "")
    assert isinstance(taken, SurveyImport)
    words = tr("%1 of %2 records imported from %3")
    return _filled(words, taken.imported, taken.records, taken.survey.source_file)


def _filled(words: str, taken: int, of: int, name: str) -> str:
    words = words.replace("%1", number(taken, 0)).replace("%2", number(of, 0))
    return words.replace("%3", name)
