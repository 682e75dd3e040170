"""The kinds of evidence an import takes in. Free of Qt."""

from enum import StrEnum


class EvidenceKind(StrEnum):
    """What a file is taken for."""

    SURVEY = "survey"
    KPI = "kpi"
    EVENTS = "events"
    PURCHASES = "purchases"
