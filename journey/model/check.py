"""The invariants of a workspace: references that lead somewhere, values that can be."""

import math
from collections.abc import Iterator
from dataclasses import fields
from functools import cache

from journey.model.assumptions import Assumptions, contradictions
from journey.model.evidence import Question
from journey.model.ids import Kind, Ref
from journey.model.improvement import Improvement
from journey.model.map import LOST, RETAINED, START, Journey, Touchpoint, Transition
from journey.model.workspace import CLASS_OF, Entity, Workspace

# Which field of which kind names an object of which other kind.
REFERENCES: dict[Kind, dict[str, Kind]] = {
    Kind.PERSONA: {"segment": Kind.SEGMENT},
    Kind.JOURNEY: {"persona": Kind.PERSONA},
    Kind.STAGE: {"journey": Kind.JOURNEY},
    Kind.TOUCHPOINT: {"journey": Kind.JOURNEY, "stage": Kind.STAGE, "owner": Kind.LEADER},
    Kind.TRANSITION: {"journey": Kind.JOURNEY, "segment": Kind.SEGMENT},
    Kind.PAIN_POINT: {
        "journey": Kind.JOURNEY,
        "touchpoint": Kind.TOUCHPOINT,
        "owner": Kind.LEADER,
    },
    Kind.STRENGTH: {"journey": Kind.JOURNEY, "touchpoint": Kind.TOUCHPOINT},
    Kind.LANE: {"journey": Kind.JOURNEY},
    Kind.NOTE: {"lane": Kind.LANE, "stage": Kind.STAGE, "touchpoint": Kind.TOUCHPOINT},
    Kind.IMPROVEMENT: {"owner": Kind.LEADER},
    Kind.QUESTION: {"touchpoint": Kind.TOUCHPOINT},
    Kind.KPI: {"touchpoint": Kind.TOUCHPOINT, "owner": Kind.LEADER},
    Kind.OBSERVATION: {"kpi": Kind.KPI},
    Kind.EVENT_LOG: {"journey": Kind.JOURNEY},
}
_NAMED = frozenset({"name", "title"})


@cache
def field_names(kind: Kind) -> tuple[str, ...]:
    """Return the names of all fields of an object of this kind."""
    return tuple(f.name for f in fields(CLASS_OF[kind]))


@cache
def name_field(kind: Kind) -> str | None:
    """Return the field by which people know an object of this kind, if it has one."""
    return next((name for name in field_names(kind) if name in _NAMED), None)


def problems(ws: Workspace, entity: Entity) -> Iterator[tuple[str, str]]:
    """Yield (field, reason) for every invariant an entity breaks in this workspace."""
    for name, kind in REFERENCES.get(entity.kind, {}).items():
        target = getattr(entity, name)
        if target is not None and ws.find(Ref(kind, target)) is None:
            yield name, "unknown"
    yield from _reference_lists(ws, entity)
    yield from _numbers(entity)
    yield from _values(entity)


def _reference_lists(ws: Workspace, entity: Entity) -> Iterator[tuple[str, str]]:
    if isinstance(entity, Improvement):
        if any(pain not in ws.pain_points for pain in entity.addresses):
            yield "addresses", "unknown"
    elif isinstance(entity, Journey):
        if any(e.segment not in ws.segments for e in entity.entrants):
            yield "entrants", "unknown"
    elif isinstance(entity, Touchpoint):
        personas = (j.persona for j in entity.judged_experience)
        if any(p is not None and p not in ws.personas for p in personas):
            yield "judged_experience", "unknown"
        stage = ws.stages.get(entity.stage) if entity.stage else None
        if stage is not None and stage.journey != entity.journey:
            yield "stage", "of_another_journey"
    elif isinstance(entity, Transition):
        ends = ((entity.source, "source", {START}), (entity.target, "target", {RETAINED, LOST}))
        for end, name, special in ends:
            if end not in special and end not in ws.touchpoints:
                yield name, "unknown"


def _numbers(entity: Entity) -> Iterator[tuple[str, str]]:
    for name in field_names(entity.kind):
        value = getattr(entity, name)
        if isinstance(value, float) and not math.isfinite(value):
            yield name, "not_finite"


def _values(entity: Entity) -> Iterator[tuple[str, str]]:
    name = name_field(entity.kind)
    # The assumptions in force have no name; those kept beside them do.
    in_force = entity.kind is Kind.ASSUMPTIONS and entity.id == "assumptions"
    may_be_nameless = entity.kind in (Kind.NOTE, Kind.WORKSPACE) or in_force
    if name is not None and not may_be_nameless and not str(getattr(entity, name)).strip():
        yield name, "empty"
    if isinstance(entity, Assumptions):
        yield from contradictions(entity)
    for field_name, low, high, reason in _RANGES.get(entity.kind, ()):
        value = getattr(entity, field_name)
        if value is not None and not low <= value <= high:
            yield field_name, reason
    yield from _parts(entity)


# Inclusive ranges; the smallest positive float stands for "above 0".
_TINY = math.ulp(0.0)
_RANGES: dict[Kind, tuple[tuple[str, float, float, str], ...]] = {
    Kind.PAIN_POINT: (
        ("severity", 1, 5, "off_the_scale"),
        ("frequency", 1, 5, "off_the_scale"),
        ("votes", 0, math.inf, "negative"),
    ),
    Kind.SEGMENT: (("customers_per_year", 0, math.inf, "negative"),),
    Kind.TRANSITION: (("count", 0, math.inf, "negative"),),
    Kind.IMPROVEMENT: (
        ("effort_days", _TINY, math.inf, "not_positive"),
        ("efficacy", 0, 1, "not_a_share"),
    ),
    Kind.WORKSPACE: (
        ("fiscal_year_start_month", 1, 12, "off_the_scale"),
        ("minimum_n", 1, math.inf, "not_positive"),
    ),
}


def _parts(entity: Entity) -> Iterator[tuple[str, str]]:
    if isinstance(entity, Touchpoint):
        if any(not -100 <= j.value <= 100 for j in entity.judged_experience):
            yield "judged_experience", "off_the_scale"
    elif isinstance(entity, Journey):
        if any(not 0 <= e.per_year < math.inf for e in entity.entrants):
            yield "entrants", "negative"
    elif isinstance(entity, Question) and entity.scale[0] >= entity.scale[1]:
        yield "scale", "empty"
