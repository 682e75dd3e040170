"""The mapping file in one place: its parts, reading, writing, checking, proposing."""

from storage.imports.mapping_checks import ColumnFinder, check_choices, check_columns
from storage.imports.mapping_parts import (
    METRICS,
    ChoiceMapping,
    CommentMapping,
    DateSettings,
    EventsMapping,
    Keep,
    KpiMapping,
    LongMapping,
    Mapping,
    OutcomeMapping,
    PainPointMapping,
    PurchasesMapping,
    QuestionMapping,
    SourceSettings,
    SurveySettings,
    TicketsMapping,
    When,
)
from storage.imports.mapping_proposal import propose
from storage.imports.mapping_reading import parse_mapping
from storage.imports.mapping_writing import write_mapping

__all__ = [
    "METRICS",
    "ChoiceMapping",
    "ColumnFinder",
    "CommentMapping",
    "DateSettings",
    "EventsMapping",
    "Keep",
    "KpiMapping",
    "LongMapping",
    "Mapping",
    "OutcomeMapping",
    "PainPointMapping",
    "PurchasesMapping",
    "QuestionMapping",
    "SourceSettings",
    "SurveySettings",
    "TicketsMapping",
    "When",
    "check_choices",
    "check_columns",
    "parse_mapping",
    "propose",
    "write_mapping",
]
