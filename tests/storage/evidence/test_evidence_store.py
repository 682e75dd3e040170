"""What the store reads: active batches only, by quarter, as counts, columns, values, comments."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from journey.edit.remove import Remove
from journey.edit.survey import AddSurvey
from journey.model.evidence import Question, Survey
from journey.model.ids import (
    Kind,
    PainPointId,
    QuestionId,
    Ref,
    SegmentId,
    StageId,
    SurveyId,
    TouchpointId,
)
from journey.model.map import PainPoint, Touchpoint
from journey.model.people import Segment
from journey.model.workspace import ordered_journeys, ordered_stages
from journey.priority.evidence import MISSING
from storage.document import Document
from storage.evidence import BatchWriter, CommentText, EvidenceStore, Response, decode, metric_rows
from storage.evidence import store as store_module
from storage.evidence.layout import Layout

WIFI, FOOD = QuestionId("wifi"), QuestionId("food")
ECO, FIRST = SegmentId("eco"), SegmentId("first")
SLOW = PainPointId("slow")
SURVEY = SurveyId("s1")

ROWS = [
    Response(
        "a",
        "2026-08-01T00:00:00Z",
        20263,
        ECO,
        None,
        1,
        {WIFI: 1, FOOD: 4},
        (SLOW,),
        {"age": 41, "town": "Oslo"},
        (CommentText("why", "So SLOW a wifi", TouchpointId("t-wifi")),),
    ),
    Response("b", "2026-11-01T00:00:00Z", 20264, None, None, 0, {FOOD: 5}),
    Response("c", "2026-11-02T00:00:00Z", 20264, FIRST, 2.0, None, {WIFI: 3}),
    Response(
        "d",
        None,
        0,
        ECO,
        None,
        None,
        {WIFI: 2},
        comments=(CommentText("why", "wifi dropped", TouchpointId("t-wifi")),),
    ),
]


@pytest.fixture
def survey(document: Document) -> Survey:
    """A survey of four rows in two quarters and none, stored and active."""
    ws = document.workspace
    journey = ordered_journeys(ws)[0].id
    stage = StageId(ordered_stages(ws, journey)[0].id)
    needed = [
        Touchpoint(TouchpointId("t-wifi"), journey, "Wifi", stage, 0.0),
        Touchpoint(TouchpointId("t-food"), journey, "Food", stage, 1.0),
        PainPoint(SLOW, journey, "Slow wifi", TouchpointId("t-wifi")),
        Segment(ECO, "Eco"),
        Segment(FIRST, "First"),
        Question(WIFI, TouchpointId("t-wifi"), "Wifi", "csat"),
        Question(FOOD, TouchpointId("t-food"), "Food", "csat"),
    ]
    with document.engine.begin() as connection:
        writer = BatchWriter(connection, SURVEY)
        for row in ROWS:
            writer.add(row)
        sha256 = writer.finish()
    survey = Survey(SURVEY, "Flight", records=len(ROWS), batch_sha256=sha256)
    document.write(AddSurvey(survey, needed).do(ws))
    return survey


def test_quarters_are_those_with_rows(document: Document, survey: Survey) -> None:
    store = EvidenceStore(document.engine)
    assert store.quarters() == ["2026Q3", "2026Q4"]
    assert store.responses_count(SURVEY) == 4
    assert store.batch_sha256(SURVEY) == survey.batch_sha256
    assert store.responses_count(SurveyId("other")) == 0


def test_a_quarter_counts_its_own_rows_and_no_quarter_counts_all(
    document: Document, survey: Survey
) -> None:
    store = EvidenceStore(document.engine)
    last = {
        (h.question, h.segment, h.score): (h.n, h.weight, h.weight_sq, h.quarter)
        for h in store.histogram("2026Q4")
    }
    assert last == {
        (FOOD, None, 5): (1, 1.0, 1.0, "2026Q4"),
        (WIFI, FIRST, 3): (1, 2.0, 4.0, "2026Q4"),
    }
    assert sum(h.n for h in store.histogram()) == 5
    assert store.histogram("2025Q1") == []


def test_rows_come_as_columns(document: Document, survey: Survey) -> None:
    (table,) = EvidenceStore(document.engine).response_tables(document.workspace, None)
    assert table.rows == 4
    assert table.segments == (ECO, FIRST)
    assert table.segment.tolist() == [0, -1, 1, 0]
    assert table.segment.dtype == np.int16
    assert table.weight.tolist() == [1.0, 1.0, 2.0, 1.0]
    assert table.outcome.tolist() == [1, 0, -1, -1]
    assert table.answers[WIFI].tolist() == [1, MISSING, 3, 2]
    assert table.answers[FOOD].tolist() == [4, 5, MISSING, MISSING]
    assert table.pain_points[SLOW].tolist() == [True, False, False, False]
    assert table.covariates["age"].tolist() == [41.0, None, None, None]
    assert table.covariates["town"].tolist() == ["Oslo", None, None, None]


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_columns_are_the_same_however_many_rows_are_read_at_once(
    document: Document, survey: Survey, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    store, sizes = EvidenceStore(document.engine), list[int]()
    (whole,) = store.response_tables(document.workspace, None)
    made = decode._Block.of

    def noted(layout: Layout, rows: Sequence[Any]) -> decode._Block:
        sizes.append(len(rows))
        return made(layout, rows)

    monkeypatch.setattr(store_module, "_BLOCK", at_once)
    monkeypatch.setattr(decode._Block, "of", noted)
    (table,) = store.response_tables(document.workspace, None)
    assert max(sizes) == at_once
    assert sum(sizes) == table.rows == whole.rows
    for name in ("segments", "design", "survey"):
        assert getattr(table, name) == getattr(whole, name)
    for name in ("segment", "weight", "outcome"):
        one, other = getattr(table, name), getattr(whole, name)
        assert (one.tolist(), one.dtype) == (other.tolist(), other.dtype)
    for name in ("answers", "pain_points", "covariates"):
        one, other = getattr(table, name), getattr(whole, name)
        assert {k: v.tolist() for k, v in one.items()} == {k: v.tolist() for k, v in other.items()}


def test_columns_of_a_quarter_name_only_what_occurs_in_it(
    document: Document, survey: Survey
) -> None:
    (table,) = EvidenceStore(document.engine).response_tables(document.workspace, "2026Q4")
    assert table.rows == 2
    assert table.segments == (FIRST,)
    assert table.segment.tolist() == [-1, 0]
    assert set(table.answers) == {WIFI, FOOD}
    assert "age" not in table.covariates
    assert EvidenceStore(document.engine).response_tables(document.workspace, "2025Q1") == []


def test_what_the_workspace_no_longer_has_is_left_out(document: Document, survey: Survey) -> None:
    ws = document.workspace
    gone = Remove([Ref(Kind.SEGMENT, ECO), Ref(Kind.PAIN_POINT, SLOW), Ref(Kind.QUESTION, FOOD)])
    document.write(gone.do(ws))
    (table,) = EvidenceStore(document.engine).response_tables(ws, None)
    assert table.segments == (FIRST,)
    assert table.segment.tolist() == [-1, -1, 0, -1]
    assert not table.pain_points
    assert set(table.answers) == {WIFI}


def test_a_survey_taken_off_counts_nowhere_and_comes_back(
    document: Document, survey: Survey
) -> None:
    ws, store = document.workspace, EvidenceStore(document.engine)
    remove = Remove(Ref(Kind.SURVEY, SURVEY))
    document.write(remove.do(ws))
    assert store.histogram() == []
    assert store.quarters() == []
    assert store.comments() == []
    assert store.response_tables(ws) == []
    document.write(remove.undo(ws))
    assert sum(h.n for h in store.histogram()) == 5


def test_comments_are_found_by_words_touchpoint_and_quarter(
    document: Document, survey: Survey
) -> None:
    store = EvidenceStore(document.engine)
    assert [c.seq for c in store.comments()] == [0, 3]
    assert [c.text for c in store.comments(search="wifi slow")] == ["So SLOW a wifi"]
    assert [c.segment for c in store.comments(quarter="2026Q3")] == [ECO]
    assert store.comments(touchpoint=TouchpointId("t-food")) == []
    assert len(store.comments(limit=1)) == 1


def test_responses_come_back_as_values_in_file_order(document: Document, survey: Survey) -> None:
    assert list(EvidenceStore(document.engine).iter_responses(SURVEY)) == ROWS
    assert list(EvidenceStore(document.engine).iter_responses(SurveyId("other"))) == []


def test_answers_survive_publishing_and_opening(document: Document, survey: Survey) -> None:
    path = document.path
    document.close()
    with Document.open(path) as again:
        assert list(EvidenceStore(again.engine).iter_responses(SURVEY)) == ROWS
        assert again.damaged_batches() == ()


def test_figures_come_in_the_order_of_the_map(document: Document, survey: Survey) -> None:
    rows = metric_rows(document.workspace, EvidenceStore(document.engine))
    assert [(r.question.id, r.segment, r.result.n) for r in rows] == [
        (WIFI, None, 3),
        (FOOD, None, 2),
    ]
    assert all(r.result.suppressed and r.result.value is None for r in rows)


def test_figures_by_segment_and_with_weights(document: Document, survey: Survey) -> None:
    from journey.edit.change import Set

    ws = document.workspace
    document.write(Set(Ref(Kind.WORKSPACE, "workspace"), minimum_n=1).do(ws))
    store = EvidenceStore(document.engine)
    by_segment = metric_rows(ws, store, by_segment=True)
    assert [(r.question.id, r.segment, r.result.n) for r in by_segment] == [
        (WIFI, ECO, 2),
        (WIFI, FIRST, 1),
        (FOOD, ECO, 1),
        (FOOD, None, 1),
    ]
    wifi = metric_rows(ws, store)[0].result
    assert wifi.value == pytest.approx((1 + 2 + 2 * 3) / 4)
    assert wifi.distribution == {1: 1, 2: 1, 3: 1}
    assert wifi.n_effective == pytest.approx(16 / 6)


def test_answers_off_a_narrowed_scale_are_counted_apart(document: Document, survey: Survey) -> None:
    from journey.edit.change import Set

    ws = document.workspace
    document.write(Set(Ref(Kind.QUESTION, FOOD), scale=(1, 4)).do(ws))
    rows = metric_rows(ws, EvidenceStore(document.engine))
    assert [(r.question.id, r.result.n, r.off_scale) for r in rows] == [(WIFI, 3, 0), (FOOD, 1, 1)]


def test_figures_of_one_journey_leave_out_the_others(document: Document, survey: Survey) -> None:
    from journey.model.ids import JourneyId

    store = EvidenceStore(document.engine)
    assert metric_rows(document.workspace, store, journey=JourneyId("other")) == []
