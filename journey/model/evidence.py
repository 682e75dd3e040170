"""Evidence: questions, the surveys that asked them, KPIs and their observations.

The answers themselves stay in storage; these are their headings.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from journey.model.ids import (
    EventLogId,
    JourneyId,
    Kind,
    KpiId,
    LeaderId,
    ObservationId,
    PurchaseLogId,
    QuestionId,
    SurveyId,
    TouchpointId,
)

RELATIONAL = "relational"
TRANSACTIONAL = "transactional"
LEFT = "left"
DISSATISFIED = "dissatisfied"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a survey, attached to a touchpoint.

    Attributes:
        metric: nps, csat, ces1, ces2 or rating.
        scale: lowest and highest score, whole numbers.
    """

    kind: ClassVar[Kind] = Kind.QUESTION
    id: QuestionId
    touchpoint: TouchpointId | None
    text: str = ""
    metric: str = "rating"
    scale: tuple[int, int] = (1, 5)
    higher_is_better: bool = True


@dataclass(frozen=True, slots=True)
class Survey:
    """One import of answers; its rows are immutable and hashed once.

    Attributes:
        design: relational (one respondent rates many touchpoints) or transactional.
        quarter: of the rows that carry no time of their own.
        outcome_means: left or dissatisfied, None where no outcome was asked.
        outcome_months: months over which leaving was observed.
        mapping: the TOML text it was imported with.
        records: rows kept; batch_sha256: their hash, "" before they are stored.
    """

    kind: ClassVar[Kind] = Kind.SURVEY
    id: SurveyId
    name: str
    design: str = TRANSACTIONAL
    quarter: str | None = None
    outcome_means: str | None = None
    outcome_months: int | None = None
    mapping: str = ""
    source_file: str = ""
    source_sha256: str = ""
    imported_at: datetime | None = None
    records: int = 0
    batch_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Kpi:
    """A key figure of a touchpoint, or (touchpoint None) of the whole company.

    Attributes:
        better: higher or lower.
        target: in the KPI's unit.
        measure: which of the trade's standard KPIs it is, "" for one of the company's own.
        note: how it is defined here.
    """

    kind: ClassVar[Kind] = Kind.KPI
    id: KpiId
    name: str
    touchpoint: TouchpointId | None = None
    owner: LeaderId | None = None
    unit: str = ""
    better: str = "higher"
    target: float | None = None
    measure: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of a KPI for one period, with the count behind it where known."""

    kind: ClassVar[Kind] = Kind.OBSERVATION
    id: ObservationId
    kpi: KpiId
    period: str
    value: float
    n: int | None = None


@dataclass(frozen=True, slots=True)
class EventLog:
    """One import of events; its cases are immutable and hashed once.

    Attributes:
        journey: whose touchpoints its activities were matched to.
        mapping: the TOML text it was imported with.
        events, cases: as kept; batch_sha256: the hash of the cases, "" before they are stored.
    """

    kind: ClassVar[Kind] = Kind.EVENT_LOG
    id: EventLogId
    name: str
    journey: JourneyId
    source_file: str = ""
    source_sha256: str = ""
    imported_at: datetime | None = None
    events: int = 0
    cases: int = 0
    mapping: str = ""
    batch_sha256: str = ""


@dataclass(frozen=True, slots=True)
class PurchaseLog:
    """One import of purchases; its rows are immutable and hashed once.

    Attributes:
        mapping: the TOML text it was imported with.
        purchases, customers: as kept; batch_sha256: their hash, "" before they are stored.
    """

    kind: ClassVar[Kind] = Kind.PURCHASE_LOG
    id: PurchaseLogId
    name: str
    source_file: str = ""
    source_sha256: str = ""
    imported_at: datetime | None = None
    purchases: int = 0
    customers: int = 0
    mapping: str = ""
    batch_sha256: str = ""
