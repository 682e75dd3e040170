"""The shape of a Waymark JSON: which field of which object stands where, in its fixed order."""

from typing import Any, NamedTuple

from journey.metrics.kinds import Metric
from journey.model.assumptions import ASSUMPTION_NAMES, Assumptions
from journey.model.evidence import DISSATISFIED, LEFT, RELATIONAL, TRANSACTIONAL
from journey.model.map import Entrants, JudgedExperience
from storage.errors import DumpError
from storage.openformats.codecs import (
    DAY,
    FLAG,
    FREE,
    FREE_LIST,
    ID,
    IDS,
    MOMENT,
    QUARTER,
    REAL,
    TEXT,
    WHOLE,
    Codec,
    one_of,
    read_id,
    read_list,
    read_object,
    read_real,
    read_whole,
    real_out,
)

FORMAT = "waymark/1"

# Every top-level key, in the order it is written.
TOP_LEVEL = (
    "format",
    "workspace",
    "leaders",
    "personas",
    "segments",
    "assumptions",
    "assumption_sets",
    "journeys",
    "improvements",
    "questions",
    "surveys",
    "responses",
    "event_logs",
    "purchase_logs",
    "purchases",
    "kpis",
    "observations",
    "quarters",
)


class Field(NamedTuple):
    """One field: its name in the JSON, its name in the model, how its value is written."""

    name: str
    model: str
    codec: Codec


def _fields(**codecs: Codec) -> tuple[Field, ...]:
    """Return fields of the same name on both sides."""
    return tuple(Field(name, name, codec) for name, codec in codecs.items())


def _read_scale(value: object, place: str) -> tuple[int, int]:
    ends = [read_whole(end, f"{place}[{i}]") for i, end in enumerate(read_list(value, place))]
    if len(ends) != 2:
        raise DumpError("not_a_scale", place=place, detail=f"{len(ends)} values, not 2")
    return ends[0], ends[1]


def _read_entrants(value: object, place: str) -> tuple[Entrants, ...]:
    found = []
    for i, item in enumerate(read_list(value, place)):
        at = f"{place}[{i}]"
        row = read_object(item, at)
        segment: Any = read_id(row.get("segment"), f"{at}.segment")
        found.append(Entrants(segment, read_real(row.get("per_year"), f"{at}.per_year")))
    return tuple(found)


def _read_judged(value: object, place: str) -> tuple[JudgedExperience, ...]:
    found = []
    for i, item in enumerate(read_list(value, place)):
        at = f"{place}[{i}]"
        row = read_object(item, at)
        persona: Any = row.get("persona")
        if persona is not None:
            persona = read_id(persona, f"{at}.persona")
        found.append(JudgedExperience(read_real(row.get("value"), f"{at}.value"), persona))
    return tuple(found)


def _entrants_out(entrants: tuple[Entrants, ...]) -> object:
    return [{"segment": e.segment, "per_year": real_out(e.per_year)} for e in entrants]


def _judged_out(judged: tuple[JudgedExperience, ...]) -> object:
    return [{"persona": j.persona, "value": real_out(j.value)} for j in judged]


ENTRANTS = Codec(_entrants_out, _read_entrants)
JUDGED = Codec(_judged_out, _read_judged)
SCALE = Codec(list, _read_scale)

WORKSPACE = _fields(
    name=TEXT, currency=TEXT, language=TEXT, minimum_n=WHOLE, fiscal_year_start_month=WHOLE
)
ASSUMPTIONS = tuple(
    Field(name, name, WHOLE if isinstance(getattr(Assumptions(), name), int) else REAL)
    for name in ASSUMPTION_NAMES
)
ASSUMPTION_SET = (*_fields(id=ID, name=TEXT), *ASSUMPTIONS)
LEADER = _fields(id=ID, name=TEXT, role=TEXT, email=TEXT)
PERSONA = _fields(id=ID, name=TEXT, description=TEXT, segment=ID)
SEGMENT = _fields(id=ID, name=TEXT, customers_per_year=REAL, value_if_retained=REAL)
JOURNEY = _fields(
    id=ID, name=TEXT, position=REAL, persona=ID, entrants=ENTRANTS, locked=FLAG, layout=FREE
)
STAGE = _fields(id=ID, name=TEXT)
TOUCHPOINT = _fields(
    id=ID,
    name=TEXT,
    stage=ID,
    channel=TEXT,
    department=TEXT,
    owner=ID,
    moment_of_truth=FLAG,
    shared_with=IDS,
    judged_experience=JUDGED,
    step=TEXT,
    colour=TEXT,
)
TRANSITION = (
    Field("id", "id", ID),
    Field("from", "source", ID),
    Field("to", "target", ID),
    Field("segment", "segment", ID),
    Field("count", "count", REAL),
)
PAIN_POINT = _fields(
    id=ID,
    title=TEXT,
    touchpoint=ID,
    position=REAL,
    severity=WHOLE,
    frequency=WHOLE,
    votes=WHOLE,
    owner=ID,
    status=TEXT,
    evidence=TEXT,
    colour=TEXT,
    ballots=FREE,
)
STRENGTH = _fields(id=ID, title=TEXT, touchpoint=ID, evidence=TEXT)
LANE = (Field("id", "id", ID), Field("name", "name", TEXT), Field("kind", "content", TEXT))
NOTE = _fields(id=ID, stage=ID, touchpoint=ID, title=TEXT, text=TEXT, extra=FREE)
IMPROVEMENT = _fields(
    id=ID,
    title=TEXT,
    addresses=IDS,
    effort_days=REAL,
    cost=REAL,
    efficacy=REAL,
    owner=ID,
    status=TEXT,
    due=DAY,
    quarter=QUARTER,
    done_on=DAY,
    prediction=FREE,
    trial=FREE,
    notes=TEXT,
    rolled_from=IDS,
)
QUESTION = _fields(
    id=ID,
    touchpoint=ID,
    text=TEXT,
    metric=one_of(*Metric),
    scale=SCALE,
    higher_is_better=FLAG,
)
SURVEY = _fields(
    id=ID,
    name=TEXT,
    design=one_of(RELATIONAL, TRANSACTIONAL),
    quarter=QUARTER,
    outcome_means=one_of(LEFT, DISSATISFIED),
    outcome_months=WHOLE,
    mapping=TEXT,
)
SOURCE = (
    Field("file", "source_file", TEXT),
    Field("sha256", "source_sha256", TEXT),
    Field("imported_at", "imported_at", MOMENT),
)
PURCHASE_LOG = _fields(id=ID, name=TEXT, mapping=TEXT)
KPI = _fields(
    id=ID,
    name=TEXT,
    touchpoint=ID,
    owner=ID,
    unit=TEXT,
    better=one_of("higher", "lower"),
    target=REAL,
    measure=TEXT,
    note=TEXT,
)
OBSERVATION = _fields(id=ID, kpi=ID, period=TEXT, value=REAL, n=WHOLE)
QUARTER_FIELDS = (
    Field("quarter", "id", QUARTER),
    *_fields(frozen_at=MOMENT, content_sha256=TEXT, method_version=TEXT, items=FREE_LIST),
    *_fields(record=FREE, revision=WHOLE, reason=TEXT),
)

RESPONSE = (
    "survey",
    "respondent",
    "at",
    "segment",
    "weight",
    "answers",
    "pain_points",
    "covariates",
    "outcome",
    "comments",
)
PURCHASE = ("customer", "at", "amount", "segment", "log")
