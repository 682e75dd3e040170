"""A small journey with answers of two quarters, for the tests of the quarter."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from benchmarks.no_change import counted
from journey.model.evidence import Question, Survey
from journey.model.ids import (
    ImprovementId,
    JourneyId,
    LeaderId,
    PainPointId,
    QuestionId,
    SegmentId,
    StageId,
    SurveyId,
    TouchpointId,
)
from journey.model.improvement import Improvement
from journey.model.map import Journey, PainPoint, Stage, Touchpoint
from journey.model.people import Leader, Segment
from journey.model.quarter import Quarter
from journey.model.workspace import Workspace
from journey.priority.evidence import ResponseTable
from journey.quarter.freeze import FreezeQuarter, frozen_quarter
from journey.quarter.listed import list_quarter
from journey.quarter.measured import pain_counts
from journey.quarter.record import QuarterData, SurveyData, data_of, listed_of, workspace_of
from journey.quarter.side import Side

AT = datetime(2027, 1, 4, 9, 12, tzinfo=UTC)
J = JourneyId("j")
PAINS, ROWS, DRAWS = 8, 900, 200


def workspace() -> Workspace:
    """Return a journey of four touchpoints, eight pain points, two with an improvement."""
    ws = Workspace("Bank", [Journey(J, "J"), Stage(StageId("s"), J, "S")])
    ws.put(Leader(LeaderId("anna"), "Anna"))
    for s in ("a", "b"):
        ws.put(Segment(SegmentId(s), f"Segment {s}", 9_000.0, 700.0 if s == "a" else 1_900.0))
    for t in range(4):
        place = TouchpointId(f"t{t}")
        ws.put(Touchpoint(place, J, f"Place {t}", StageId("s"), float(t), owner=LeaderId("anna")))
        ws.put(Question(QuestionId(f"q{t}"), place, "How?", "nps", (0, 10)))
    for p in range(PAINS):
        ws.put(PainPoint(PainPointId(f"p{p}"), J, f"Pain {p}", TouchpointId(f"t{p % 4}")))
    ws.put(Improvement(ImprovementId("i"), "Better form", (PainPointId("p1"),), 12.0))
    ws.put(Improvement(ImprovementId("k"), "Shorter queue", (PainPointId("p2"),), 12.0))
    for quarter in (3, 4):
        ws.put(
            Survey(
                SurveyId(f"s{quarter}"),
                f"Survey {quarter}",
                "relational",
                f"2026Q{quarter}",
                "left",
                12,
                batch_sha256=f"hash {quarter}",
            )
        )
    return ws


def table(quarter: str, *, share: dict[int, float] | None = None, seed: int = 1) -> ResponseTable:
    """Return 900 answers; `share` changes how many meet a pain point."""
    rng = np.random.default_rng([seed, int(quarter[-1])])
    shares = np.linspace(0.06, 0.3, PAINS)
    for pain, value in (share or {}).items():
        shares[pain] = value
    hits = rng.random((ROWS, PAINS)) < shares
    risk = 1 / (1 + np.exp(2.5 - hits @ np.linspace(1.6, 0.3, PAINS)))
    scores = np.empty((ROWS, 4), dtype=np.int16)
    for t in range(4):
        drop = 2 * hits[:, np.arange(PAINS) % 4 == t].sum(axis=1)
        scores[:, t] = np.clip(np.rint(rng.normal(8.5, 1.5, ROWS) - drop), 0, 10)
    return ResponseTable(
        survey=SurveyId(f"s{quarter[-1]}"),
        design="relational",
        outcome_means="left",
        outcome_months=12,
        segments=(SegmentId("a"), SegmentId("b")),
        segment=rng.integers(0, 2, ROWS).astype(np.int16),
        weight=np.ones(ROWS),
        outcome=(rng.random(ROWS) < risk).astype(np.int8),
        answers={QuestionId(f"q{t}"): scores[:, t] for t in range(4)},
        pain_points={PainPointId(f"p{p}"): hits[:, p] for p in range(PAINS)},
    )


def data_from(ws: Workspace, answers: ResponseTable) -> QuarterData:
    """Return what was measured."""
    survey = SurveyData(answers.survey, "Survey", f"hash {answers.survey}", answers.rows)
    return QuarterData((), (), counted(answers), pain_counts(ws, [answers]), (survey,))


def side(ws: Workspace, quarter: str, answers: ResponseTable) -> Side:
    """Return an open quarter."""
    listed = list_quarter(ws, [answers], quarter=quarter, draws=DRAWS)
    return Side(quarter, False, listed, data_from(ws, answers), ws, (answers,))


def frozen(ws: Workspace, quarter: str, answers: ResponseTable, reason: str = "") -> Quarter:
    """Freeze a quarter in a workspace and return it."""
    made = side(ws, quarter, answers)
    kept = frozen_quarter(ws, made.listed, made.data, at=AT, workspace_sha256="w")
    FreezeQuarter(kept, reason).do(ws)
    return ws.quarters[kept.id]


def frozen_side(quarter: Quarter, answers: ResponseTable) -> Side:
    """Return a frozen quarter as one side of a comparison."""
    then = workspace_of(quarter)
    return Side(quarter.id, True, listed_of(quarter), data_of(quarter), then, (answers,))


def with_worth(ws: Workspace, segment: str, value: float) -> Workspace:
    """Return a copy in which a kept customer of a segment is worth something else."""
    found = ws.copy()
    found.put(replace(ws.segments[SegmentId(segment)], value_if_retained=value))
    return found
