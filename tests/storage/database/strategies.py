"""Any entity of any kind, as hypothesis draws them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from journey.model.assumptions import Assumptions
from journey.model.evidence import EventLog, Kpi, Observation, PurchaseLog, Question, Survey
from journey.model.ids import Kind
from journey.model.improvement import Improvement
from journey.model.map import (
    Entrants,
    Journey,
    JudgedExperience,
    Lane,
    Note,
    PainPoint,
    Stage,
    Strength,
    Touchpoint,
    Transition,
)
from journey.model.people import Leader, Persona, Segment
from journey.model.quarter import Quarter
from journey.model.workspace import Entity, WorkspaceInfo

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ids = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
reals = st.floats(allow_nan=False, allow_infinity=False)
wholes = st.integers(-(2**31), 2**31 - 1)
moments = st.datetimes(
    datetime(1900, 1, 1),
    datetime(2200, 1, 1),
    timezones=st.builds(timezone, st.timedeltas(timedelta(hours=-23), timedelta(hours=23)))
    | st.just(UTC),
)
_json = st.recursive(
    st.none() | st.booleans() | wholes | reals | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
facts = st.dictionaries(texts, _json, max_size=3)
figure_names = st.sampled_from([n for n in Assumptions().figures() if not n.startswith("top")])


def _or_none(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


def _tuples(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.lists(strategy, max_size=3).map(tuple)


@st.composite
def _assumptions(draw: st.DrawFn) -> Assumptions:
    figures = draw(st.dictionaries(figure_names, reals, max_size=4))
    figures.pop("minimum_n_trend", None)
    return Assumptions(
        top_k=draw(wholes), minimum_n_trend=draw(wholes), extra=draw(facts), **figures
    )


ENTITIES: Mapping[Kind, st.SearchStrategy[Entity]] = {
    Kind.WORKSPACE: st.builds(WorkspaceInfo, ids, texts, texts, texts, wholes, st.integers(1, 12)),
    Kind.ASSUMPTIONS: _assumptions(),
    Kind.LEADER: st.builds(Leader, ids, texts, texts, texts),
    Kind.PERSONA: st.builds(Persona, ids, texts, texts, _or_none(ids)),
    Kind.SEGMENT: st.builds(Segment, ids, texts, _or_none(reals), _or_none(reals)),
    Kind.JOURNEY: st.builds(
        Journey, ids, texts, reals, _or_none(ids), _tuples(st.builds(Entrants, ids, reals))
    ),
    Kind.STAGE: st.builds(Stage, ids, ids, texts, reals),
    Kind.TOUCHPOINT: st.builds(
        Touchpoint,
        ids,
        ids,
        texts,
        _or_none(ids),
        reals,
        texts,
        texts,
        _or_none(ids),
        st.booleans(),
        _tuples(ids),
        _tuples(st.builds(JudgedExperience, reals, _or_none(ids))),
    ),
    Kind.TRANSITION: st.builds(Transition, ids, ids, ids, ids, _or_none(ids), _or_none(reals)),
    Kind.PAIN_POINT: st.builds(
        PainPoint,
        ids,
        ids,
        texts,
        _or_none(ids),
        reals,
        _or_none(wholes),
        _or_none(wholes),
        _or_none(wholes),
        _or_none(ids),
        texts,
        texts,
    ),
    Kind.STRENGTH: st.builds(Strength, ids, ids, texts, _or_none(ids), texts),
    Kind.LANE: st.builds(Lane, ids, ids, texts, reals, texts),
    Kind.NOTE: st.builds(Note, ids, ids, _or_none(ids), _or_none(ids), texts, texts, facts),
    Kind.IMPROVEMENT: st.builds(
        Improvement,
        ids,
        texts,
        _tuples(ids),
        _or_none(reals),
        _or_none(reals),
        _or_none(reals),
        _or_none(ids),
        texts,
        _or_none(st.dates()),
        _or_none(texts),
    ),
    Kind.QUESTION: st.builds(
        Question, ids, _or_none(ids), texts, texts, st.tuples(wholes, wholes), st.booleans()
    ),
    Kind.SURVEY: st.builds(
        Survey,
        ids,
        texts,
        texts,
        _or_none(texts),
        _or_none(texts),
        _or_none(wholes),
        texts,
        texts,
        texts,
        _or_none(moments),
        wholes,
        texts,
    ),
    Kind.KPI: st.builds(
        Kpi, ids, texts, _or_none(ids), _or_none(ids), texts, texts, _or_none(reals)
    ),
    Kind.OBSERVATION: st.builds(Observation, ids, ids, texts, reals, _or_none(wholes)),
    Kind.EVENT_LOG: st.builds(
        EventLog,
        ids,
        texts,
        ids,
        texts,
        texts,
        _or_none(moments),
        wholes,
        wholes,
        texts,
        texts,
    ),
    Kind.PURCHASE_LOG: st.builds(
        PurchaseLog, ids, texts, texts, texts, _or_none(moments), wholes, wholes, texts, texts
    ),
    Kind.QUARTER: st.builds(Quarter, ids, _or_none(moments), texts, texts, _tuples(facts)),
}
