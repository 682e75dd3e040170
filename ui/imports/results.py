"""What an import of any kind did, in a sentence, and the command that keeps it."""

from typing import TYPE_CHECKING, cast

from ui.imports.kinds import EvidenceKind
from ui.imports.words import tr
from ui.numbers import number

if TYPE_CHECKING:
    from journey.edit import Command
    from storage.imports.events_result import EventsImport
    from storage.imports.kpi_result import KpiImport
    from storage.imports.purchases import PurchasesImport
    from storage.imports.survey_result import SurveyImport


def command_of(taken: object) -> "Command | None":
    """Return the command that keeps what was taken in; None where nothing was."""
    from journey.edit import Command

    command = getattr(taken, "command", None)
    return command if isinstance(command, Command) else None


def taken_word(taken: object, kind: EvidenceKind) -> str:
    """Return how much was taken in: "240 of 240 records imported from flights.csv"."""
    if kind is EvidenceKind.EVENTS:
        log = cast("EventsImport", taken)
        words = tr("%1 of %2 events imported from %3")
        return _filled(words, log.events, log.records, log.log.source_file)
    if kind is EvidenceKind.PURCHASES:
        bought = cast("PurchasesImport", taken)
        words = tr("%1 of %2 purchases imported from %3")
        return _filled(words, bought.purchases, bought.records, bought.log.source_file)
    if kind is EvidenceKind.KPI:
        kpis = cast("KpiImport", taken)
        return _filled(tr("%1 values of %2 KPIs imported"), kpis.imported, len(kpis.kpis), "")
    survey = cast("SurveyImport", taken)
    words = tr("%1 of %2 records imported from %3")
    return _filled(words, survey.imported, survey.records, survey.survey.source_file)


def _filled(words: str, taken: int, of: int, name: str) -> str:
    words = words.replace("%1", number(taken, 0)).replace("%2", number(of, 0))
    return words.replace("%3", name)
