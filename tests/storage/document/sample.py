"""A small workspace with every kind of object, and answers, the same at every call."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, insert

from journey.model.assumptions import Assumptions
from journey.model.evidence import Kpi, Observation, Question, Survey
from journey.model.ids import (
    ImprovementId,
    JourneyId,
    KpiId,
    LaneId,
    LeaderId,
    NoteId,
    ObservationId,
    PainPointId,
    PersonaId,
    QuarterId,
    QuestionId,
    SegmentId,
    StageId,
    StrengthId,
    SurveyId,
    TouchpointId,
    TransitionId,
)
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
from journey.model.workspace import Workspace, WorkspaceInfo
from storage.database import tables
from storage.database.batch_hash import batch_sha256

SURVEY = SurveyId("survey-1")


def names(folder: Path) -> list[str]:
    """Return what stands in a folder, in order."""
    return sorted(entry.name for entry in folder.iterdir())


def sample_workspace() -> Workspace:
    """Return the workspace."""
    journey, touchpoint = JourneyId("journey-1"), TouchpointId("touchpoint-1")
    segment, persona, leader = SegmentId("segment-1"), PersonaId("persona-1"), LeaderId("leader-1")
    stage, pain, lane = StageId("stage-1"), PainPointId("pain-1"), LaneId("lane-1")
    kpi = KpiId("kpi-1")
    return Workspace(
        entities=(
            WorkspaceInfo(name="Żółty sklep", currency="PLN", language="pl", minimum_n=7),
            Assumptions(discount_rate=0.08, top_k=3, extra={"of_tomorrow": [1, None, "ø"]}),
            Leader(leader, "Åse Ødegård", "Support", "ase@example.org"),
            Segment(segment, "Business", 1200.0, 340.5),
            Persona(persona, "Marta", "Buys for an office", segment),
            Journey(journey, "First order", 0.0, persona, (Entrants(segment, 900.0),)),
            Stage(stage, journey, "Purchase", 0.5),
            Touchpoint(
                touchpoint,
                journey,
                "Checkout",
                stage,
                1.0,
                "web",
                "Sales",
                leader,
                moment_of_truth=True,
                shared_with=("touchpoint-elsewhere",),
                judged_experience=(JudgedExperience(-40.0), JudgedExperience(15.0, persona)),
            ),
            Transition(TransitionId("transition-1"), journey, "start", touchpoint, segment, 880.0),
            Transition(TransitionId("transition-2"), journey, touchpoint, "lost"),
            PainPoint(pain, journey, "Coupon is refused", touchpoint, 0.0, 4, 3, 5, leader),
            Strength(StrengthId("strength-1"), journey, "Fast page", touchpoint, "three visits"),
            Lane(lane, journey, "Thoughts", 0.0, "thoughts"),
            Note(NoteId("note-1"), lane, stage, None, "Hm", "Why now?\nSecond", {"colour": "red"}),
            Improvement(
                ImprovementId("improvement-1"),
                "Say why",
                (pain,),
                8.0,
                1500.0,
                0.7,
                leader,
                "planned",
                date(2026, 12, 24),
                "2026Q4",
            ),
            Question(QuestionId("question-1"), touchpoint, "How easy?", "ces2", (1, 7)),
            Survey(
                SURVEY,
                "Checkout 2026Q3",
                quarter="2026Q3",
                outcome_means="left",
                outcome_months=12,
                mapping='[survey]\nname = "Checkout"\n',
                source_file="answers.csv",
                source_sha256="0" * 64,
                imported_at=datetime(2026, 10, 3, 8, 30, tzinfo=UTC),
                records=40,
            ),
            Kpi(kpi, "First response", touchpoint, leader, "h", "lower", 2.0),
            Observation(ObservationId("observation-1"), kpi, "2026-09", 3.25, 410),
            Quarter(
                QuarterId("2026Q3"),
                datetime(2026, 10, 5, 12, tzinfo=UTC),
                "1" * 64,
                "1",
                ({"rank": 1, "pain_point": "pain-1", "value_mean": 1234.5},),
            ),
        )
    )


def fill_answers(connection: Connection) -> None:
    """Write the answers of the survey, purchases and an event log."""
    layout = {"questions": ["question-1"], "pain_points": [], "segments": [], "covariates": []}
    connection.execute(
        insert(tables.batch).values(number=1, survey=SURVEY, layout=layout, records=40, sha256="")
    )
    connection.execute(
        insert(tables.response),
        [
            {
                "batch": 1,
                "seq": i,
                "respondent": f"r{i}",
                "period": 20263,
                "outcome": i % 2,
                "answers": bytes((0, 0, i % 7 + 1, 0)),
            }
            for i in range(40)
        ],
    )
    connection.execute(
        insert(tables.comment).values(batch=1, seq=3, heading="Why?", text="The coupon, again")
    )
    connection.execute(
        insert(tables.histogram).values(
            batch=1, question=0, period=20263, segment=-1, score=1, n=6, weight=6.0, weight_sq=6.0
        )
    )
    connection.execute(
        insert(tables.rejected).values(batch=1, line=9, reason="score", record="r9;eleven")
    )
    connection.execute(
        insert(tables.purchase).values(number=1, customer="r1", at="2026-09-01", amount=99.5)
    )
    connection.execute(insert(tables.event_log).values(number=1, content={"cases": [["a", "b"]]}))
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("UPDATE batch SET sha256 = ?", (batch_sha256(raw, 1),))


def second_workspace() -> Workspace:
    """Return the workspace with what version 2 of the schema added."""
    ws = sample_workspace()
    journey, touchpoint = ws.journeys[JourneyId("journey-1")], TouchpointId("touchpoint-1")
    pain, improvement = PainPointId("pain-1"), ImprovementId("improvement-1")
    layout = {"lanes": [{"key": "pains", "name": "Hurts", "hidden": False}], "flow": {}}
    ws.put(replace(journey, locked=True, layout=layout))
    ws.put(replace(ws.touchpoints[touchpoint], step="Pay", colour="blue"))
    ws.put(replace(ws.pain_points[pain], colour="red", ballots={"Ane": 3, "Piotr": 2}))
    ws.put(
        replace(
            ws.improvements[improvement],
            status="done",
            done_on=date(2026, 12, 20),
            prediction={"quarter": "2026Q3", "mean": 1200.5},
            trial={"with": {"n": 40, "successes": 31}},
            notes="Went live on Friday",
            rolled_from=("2026Q3",),
        )
    )
    ws.put(replace(ws.kpis[KpiId("kpi-1")], measure="response_time", note="Business hours"))
    quarter = ws.quarters[QuarterId("2026Q3")]
    ws.put(replace(quarter, record={"seed": 1}, revision=2, reason="Late answers"))
    ws.put(Assumptions(id="set-1", name="Careful", fix_efficacy_mean=0.4))
    return ws
