"""Whatever a workspace holds survives dump and load, and the same content gives the same bytes."""

import json
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from journey.edit.entrance import cleaned
from journey.model import check
from journey.model.assumptions import Assumptions
from journey.model.evidence import Kpi, Observation, Question, Survey
from journey.model.ids import SurveyId
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
from journey.model.quarter import Quarter, quarter_number
from journey.model.text import clean_comment, clean_note
from journey.model.workspace import Workspace, WorkspaceInfo, ordered_touchpoints
from storage.evidence.layout import CommentText, Response
from storage.openformats.dump import dump
from storage.openformats.load import Loaded, load
from storage.openformats.purchase import Purchase
from storage.openformats.sorting import in_order

IDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
NAMES = TEXTS.filter(lambda t: bool(t.strip()))
REALS = st.floats(allow_nan=False, allow_infinity=False)
AMOUNTS = st.floats(0, 1e12)
SHARES = st.floats(0, 1)
QUARTERS = st.builds("{:04d}Q{}".format, st.integers(1, 9999), st.integers(1, 4))
MOMENTS = st.datetimes(timezones=st.just(UTC))
FREE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | REALS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
FREE_OBJECTS = st.dictionaries(TEXTS, FREE, max_size=3)


class Stored:
    """Evidence held in memory, in any order."""

    def __init__(
        self,
        responses: Mapping[SurveyId, list[Response]],
        purchases: Iterable[Purchase] = (),
        logs: Iterable[Mapping[str, object]] = (),
    ) -> None:
        self.responses = {survey: list(rows) for survey, rows in responses.items() if rows}
        self.purchases = list(purchases)
        self.logs = list(logs)

    def iter_responses(self, survey: SurveyId) -> Iterator[Response]:
        yield from self.responses.get(survey, [])

    def iter_purchases(self) -> Iterator[Purchase]:
        yield from self.purchases

    def iter_event_logs(self) -> Iterator[Mapping[str, object]]:
        yield from self.logs


def stored(loaded: Loaded) -> Stored:
    rows: dict[SurveyId, list[Response]] = {}
    for survey, row in loaded.responses():
        rows.setdefault(survey, []).append(row)
    return Stored(rows, loaded.purchases, loaded.event_logs)


def ids(draw: st.DrawFn, most: int) -> list[str]:
    return draw(st.lists(IDS, max_size=most, unique=True))


def one_or_none(draw: st.DrawFn, known: Iterable[str]) -> str | None:
    return draw(st.sampled_from([None, *known]))


@st.composite
def workspaces(draw: st.DrawFn) -> Workspace:
    """A workspace in which every reference leads somewhere and lists are numbered from 0."""
    ws = Workspace()
    maybe = lambda values: draw(st.none() | values)  # noqa: E731
    ws.put(
        WorkspaceInfo(
            name=draw(TEXTS),
            currency=draw(st.sampled_from(["EUR", "NOK"])),
            minimum_n=draw(st.integers(1, 20)),
            fiscal_year_start_month=draw(st.integers(1, 12)),
        )
    )
    extra = draw(st.dictionaries(st.text(string.ascii_lowercase + "_", min_size=9), FREE))
    known = Assumptions().figures()
    extra = {k: v for k, v in extra.items() if k not in known}
    ws.put(Assumptions(discount_rate=draw(st.floats(0, 1)), top_k=7, extra=extra))
    for key in ids(draw, 3):
        ws.put(Leader(key, draw(NAMES), draw(TEXTS), draw(TEXTS)))
    for key in ids(draw, 3):
        ws.put(Segment(key, draw(NAMES), maybe(AMOUNTS), maybe(REALS)))
    for key in ids(draw, 2):
        ws.put(Persona(key, draw(NAMES), draw(TEXTS), one_or_none(draw, ws.segments)))
    for place, key in enumerate(ids(draw, 2)):
        _journey(draw, ws, key, float(place))
    _around(draw, ws)
    clean = Workspace(entities=[cleaned(e) for e in ws.entities()])
    broken = [p for e in clean.entities() for p in check.problems(clean, e)]
    # A name of nothing but invisible characters is the one thing cleaning can break.
    assume(not broken)
    return clean


def _journey(draw: st.DrawFn, ws: Workspace, journey: str, position: float) -> None:
    entrants = tuple(Entrants(s, draw(AMOUNTS)) for s in ws.segments if draw(st.booleans()))
    persona = one_or_none(draw, ws.personas)
    ws.put(Journey(journey, draw(NAMES), position, persona, entrants))
    stages = [f"{journey}/{key}" for key in ids(draw, 3)]
    for place, key in enumerate(stages):
        ws.put(Stage(key, journey, draw(NAMES), float(place)))
    touchpoints: list[str] = []
    for stage in [*stages, None]:
        for place in range(draw(st.integers(0, 2))):
            key = f"{journey}/{stage}/{place}"
            touchpoints.append(key)
            judged = tuple(
                JudgedExperience(draw(st.floats(-100, 100)), p) for p in [None, *ws.personas]
            )
            ws.put(
                Touchpoint(
                    key,
                    journey,
                    draw(NAMES),
                    stage,
                    float(place),
                    channel=draw(TEXTS),
                    owner=one_or_none(draw, ws.leaders),
                    moment_of_truth=draw(st.booleans()),
                    judged_experience=judged if draw(st.booleans()) else (),
                )
            )
    for number in range(draw(st.integers(0, 3))):
        ends = [*touchpoints]
        ws.put(
            Transition(
                f"{journey}-t{number}",
                journey,
                draw(st.sampled_from(["start", *ends])),
                draw(st.sampled_from(["retained", "lost", *ends])),
                one_or_none(draw, ws.segments),
                draw(st.none() | AMOUNTS),
            )
        )
    for number in range(draw(st.integers(0, 3))):
        ws.put(
            PainPoint(
                f"{journey}-p{number}",
                journey,
                draw(NAMES),
                one_or_none(draw, touchpoints),
                draw(REALS),
                severity=draw(st.none() | st.integers(1, 5)),
                votes=draw(st.none() | st.integers(0, 99)),
                owner=one_or_none(draw, ws.leaders),
                evidence=draw(TEXTS),
            )
        )
    if draw(st.booleans()):
        ws.put(Strength(f"{journey}-s", journey, draw(NAMES), one_or_none(draw, touchpoints)))
    for place in range(draw(st.integers(0, 2))):
        lane = f"{journey}-l{place}"
        ws.put(Lane(lane, journey, draw(NAMES), float(place), draw(TEXTS)))
        ws.put(
            Note(
                f"{lane}-n",
                lane,
                one_or_none(draw, stages),
                one_or_none(draw, touchpoints),
                draw(TEXTS),
                draw(TEXTS),
                draw(FREE_OBJECTS),
            )
        )


def _around(draw: st.DrawFn, ws: Workspace) -> None:
    pains = list(ws.pain_points)
    for key in ids(draw, 3):
        ws.put(
            Improvement(
                key,
                draw(NAMES),
                tuple(p for p in pains if draw(st.booleans())),
                effort_days=draw(st.none() | st.floats(0.01, 1e6)),
                cost=draw(st.none() | REALS),
                efficacy=draw(st.none() | SHARES),
                due=draw(st.none() | st.dates(date(1000, 1, 1))),
                quarter=draw(st.none() | QUARTERS),
            )
        )
    for key in ids(draw, 3):
        low = draw(st.integers(-5, 5))
        ws.put(
            Question(
                key,
                one_or_none(draw, ws.touchpoints),
                draw(TEXTS),
                draw(st.sampled_from(["nps", "csat", "ces1", "ces2", "rating"])),
                (low, low + draw(st.integers(1, 10))),
                draw(st.booleans()),
            )
        )
    for key in ids(draw, 2):
        ws.put(
            Survey(
                key,
                draw(NAMES),
                draw(st.sampled_from(["relational", "transactional"])),
                draw(st.none() | QUARTERS),
                draw(st.none() | st.sampled_from(["left", "dissatisfied"])),
                draw(st.none() | st.integers(1, 24)),
                mapping=draw(TEXTS),
                imported_at=draw(st.none() | MOMENTS),
            )
        )
    for key in ids(draw, 2):
        touchpoint = one_or_none(draw, ws.touchpoints)
        ws.put(Kpi(key, draw(NAMES), touchpoint, better="lower", target=draw(st.none() | REALS)))
        for number in range(draw(st.integers(0, 2))):
            period = draw(st.sampled_from(["2026Q3", "2026Q4", "2026-10"]))
            ws.put(Observation(f"{key}-{number}", key, period, draw(REALS), None))
    for label in draw(st.sets(QUARTERS, max_size=2)):
        items = tuple(draw(st.lists(FREE_OBJECTS, max_size=2)))
        ws.put(Quarter(label, draw(st.none() | MOMENTS), "ab12", "1", items))


@st.composite
def evidence(draw: st.DrawFn, ws: Workspace) -> Stored:
    """Answers, purchases and event logs that fit the workspace."""
    rows: dict[SurveyId, list[Response]] = {}
    for survey in ws.surveys.values():
        count = draw(st.integers(0, 3))
        rows[survey.id] = [_response(draw, ws, survey) for _ in range(count)]
        ws.put(replace(survey, records=count))
    segment = one_or_none(draw, ws.segments)
    purchases = [
        Purchase(draw(TEXTS), "2026-01-02", draw(REALS), segment)
        for _ in range(draw(st.integers(0, 3)))
    ]
    return Stored(rows, purchases, draw(st.lists(FREE_OBJECTS, max_size=2)))


def _response(draw: st.DrawFn, ws: Workspace, survey: Survey) -> Response:
    comments = draw(st.dictionaries(IDS, TEXTS, max_size=2))
    covariates = draw(st.dictionaries(TEXTS, TEXTS | REALS, max_size=2))
    return Response(
        respondent=draw(st.none() | TEXTS.filter(bool)),
        period=quarter_number(survey.quarter),
        segment=one_or_none(draw, ws.segments),
        weight=draw(st.none() | st.floats(0.01, 100)),
        outcome=draw(st.sampled_from([None, 0, 1])),
        answers={
            q.id: draw(st.integers(*q.scale)) for q in ws.questions.values() if draw(st.booleans())
        },
        pain_points=tuple(sorted(p for p in ws.pain_points if draw(st.booleans()))),
        covariates={k: clean_note(v) if isinstance(v, str) else v for k, v in covariates.items()},
        comments=tuple(
            CommentText(heading, clean_comment(text), one_or_none(draw, ws.touchpoints))
            for heading, text in sorted(comments.items())
        ),
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_a_workspace_survives_and_the_bytes_are_the_same(data: st.DataObject, folder: Path) -> None:
    ws = data.draw(workspaces())
    before = data.draw(evidence(ws))
    first, second = folder / "first.json", folder / "second.json"
    dump(ws, before, first)
    loaded = load(first)
    assert loaded.workspace == ws
    assert loaded.notes == ()
    after = stored(loaded)
    assert after.responses == {
        survey: sorted(
            rows, key=lambda r: (r.respondent is not None, r.respondent or "", r.at or "")
        )
        for survey, rows in before.responses.items()
    }
    assert after.purchases == sorted(before.purchases, key=lambda p: (p.customer, p.at))
    dump(loaded.workspace, after, second)
    assert first.read_bytes() == second.read_bytes()


@given(places=st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=6, unique=True))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_positions_between_neighbours_keep_the_order(places: list[float], folder: Path) -> None:
    ws = Workspace(entities=[Journey("j", "Account"), Stage("s", "j", "Purchase")])
    for i, place in enumerate(places):
        ws.put(Touchpoint(f"t{i}", "j", f"Step {i}", "s", place))
    again = load(dump(ws, None, folder / "out.json")).workspace
    expected = [t.id for t in ordered_touchpoints(ws, "j")]
    assert [t.id for t in ordered_touchpoints(again, "j")] == expected
    assert [t.position for t in ordered_touchpoints(again, "j")] == [
        float(i) for i in range(len(places))
    ]


def test_every_key_is_written_for_an_empty_workspace(folder: Path) -> None:
    written = json.loads(dump(Workspace("Fjordbank"), None, folder / "out.json").read_bytes())
    assert list(written) == [
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
    ]
    assert written["format"] == "waymark/1"
    assert written["workspace"]["name"] == "Fjordbank"
    assert written["assumptions"]["top_k"] == 5


def test_a_dump_replaces_its_target_whole_and_leaves_nothing_beside_it(folder: Path) -> None:
    target = folder / "out.json"
    target.write_text("something longer than nothing " * 1000, encoding="utf-8")
    dump(Workspace("Ålesund Łódź"), None, target)
    assert "Ålesund Łódź" in target.read_text("utf-8")
    assert [p.name for p in folder.iterdir()] == ["out.json"]


def test_a_failure_keeps_the_target(folder: Path) -> None:
    class Failing(Stored):
        def iter_responses(self, survey: SurveyId) -> Iterator[Response]:
            yield Response("a")
            raise KeyError(survey)

    target = folder / "out.json"
    target.write_text("before", encoding="utf-8")
    with pytest.raises(KeyError):
        dump(Workspace(entities=[Survey("s", "Passengers")]), Failing({}), target)
    assert target.read_text("utf-8") == "before"
    assert [p.name for p in folder.iterdir()] == ["out.json"]


@given(
    keys=st.lists(st.tuples(st.booleans(), TEXTS, st.sampled_from(["", "2026-01-02"]))),
    run=st.integers(1, 5),
)
def test_runs_on_disk_sort_as_memory_does(keys: list[tuple[bool, str, str]], run: int) -> None:
    rows = [(key, f"{i}\n") for i, key in enumerate(keys)]
    expected = [text for _, text in sorted(rows, key=lambda row: row[0])]
    assert list(in_order(rows, run)) == expected


def test_moments_are_written_in_utc(folder: Path) -> None:
    moment = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    ws = Workspace(entities=[Survey("s", "Passengers", imported_at=moment)])
    written = json.loads(dump(ws, None, folder / "out.json").read_bytes())
    assert written["surveys"][0]["source"]["imported_at"] == "2026-11-22T09:30:00Z"
