"""Identifiers, the kinds of objects in a workspace, and references to them."""

import secrets
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple, NewType

LeaderId = NewType("LeaderId", str)
PersonaId = NewType("PersonaId", str)
SegmentId = NewType("SegmentId", str)
JourneyId = NewType("JourneyId", str)
StageId = NewType("StageId", str)
TouchpointId = NewType("TouchpointId", str)
TransitionId = NewType("TransitionId", str)
PainPointId = NewType("PainPointId", str)
StrengthId = NewType("StrengthId", str)
LaneId = NewType("LaneId", str)
NoteId = NewType("NoteId", str)
ImprovementId = NewType("ImprovementId", str)
QuestionId = NewType("QuestionId", str)
SurveyId = NewType("SurveyId", str)
KpiId = NewType("KpiId", str)
ObservationId = NewType("ObservationId", str)
EventLogId = NewType("EventLogId", str)
PurchaseLogId = NewType("PurchaseLogId", str)
QuarterId = NewType("QuarterId", str)


class Kind(StrEnum):
    """The kinds of objects in a workspace; the values are stored and never reused."""

    WORKSPACE = "workspace"
    ASSUMPTIONS = "assumptions"
    LEADER = "leader"
    PERSONA = "persona"
    SEGMENT = "segment"
    JOURNEY = "journey"
    STAGE = "stage"
    TOUCHPOINT = "touchpoint"
    TRANSITION = "transition"
    PAIN_POINT = "pain_point"
    STRENGTH = "strength"
    LANE = "lane"
    NOTE = "note"
    IMPROVEMENT = "improvement"
    QUESTION = "question"
    SURVEY = "survey"
    KPI = "kpi"
    OBSERVATION = "observation"
    QUARTER = "quarter"
    EVENT_LOG = "event_import"
    PURCHASE_LOG = "purchase_import"


class Ref(NamedTuple):
    """What names one object of a workspace."""

    kind: Kind
    id: str


def named_id(kind: Kind, *names: str) -> str:
    """Return the id that the same names always give: what is imported twice is the same twice.

    Random streams of a ranking are keyed by ids, so two workspaces made of the same files rank
    alike to the digit. Whoever uses it looks first whether the id is taken.
    """
    digest = sha256("\x1f".join(names).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind.value}-{digest[:12]}"


def new_id(kind: Kind) -> str:
    """Return a fresh id: the kind's name and 48 random bits, unique for any real workspace."""
    return f"{kind.value}-{secrets.token_hex(6)}"
