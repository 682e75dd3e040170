"""Answers of a small bank that can be ranked in a moment, and a session over them."""

import numpy as np

from journey.model.evidence import RELATIONAL, Question, Survey
from journey.model.ids import PainPointId, QuestionId, SegmentId, SurveyId, TouchpointId
from journey.model.workspace import Workspace
from journey.priority.evidence import ResponseTable
from ui.document import DocumentModel
from ui.findings import Evidence, Findings
from ui.jobs import Jobs

RESPONDENTS = 240
SURVEY = SurveyId("survey")


def with_survey(workspace: Workspace) -> ResponseTable:
    """Add a survey of respondents who left or stayed to a bank; return its answers."""
    workspace.put(Survey(SURVEY, "First year", RELATIONAL, outcome_means="left", outcome_months=12))
    rng = np.random.default_rng(7)
    answers, hits = {}, {}
    risk = np.full(RESPONDENTS, 0.08)
    asked = ("idcheck", "card", "support", "form")
    for k, touchpoint in enumerate(asked):
        question = QuestionId(f"q-{touchpoint}")
        workspace.put(Question(question, TouchpointId(touchpoint), "How was it?", "csat", (1, 5)))
        scores = rng.integers(1, 6, RESPONDENTS).astype(np.int16)
        answers[question] = scores
        risk += 0.06 * (k + 1) * (scores <= 2)
    for number, touchpoint in ((1, "idcheck"), (2, "card"), (3, "support"), (4, "form")):
        hits[PainPointId(f"p{number:02}")] = answers[QuestionId(f"q-{touchpoint}")] <= 2
    left = rng.random(RESPONDENTS) < risk
    return ResponseTable(
        survey=SURVEY,
        design=RELATIONAL,
        outcome_means="left",
        outcome_months=12,
        segments=(SegmentId("new"), SegmentId("grown")),
        segment=(np.arange(RESPONDENTS) % 2).astype(np.int16),
        weight=np.ones(RESPONDENTS),
        outcome=left.astype(np.int8),
        answers=answers,
        pain_points=hits,
        covariates={"age": rng.integers(20, 80, RESPONDENTS).astype(object)},
    )


class KnownFindings(Findings):
    """Findings whose evidence is at hand: nothing is read from a file."""

    def __init__(self, document: DocumentModel, jobs: Jobs, table: ResponseTable) -> None:
        super().__init__(document, jobs)
        self._table = table

    def read(self, quarter: str | None = None) -> None:
        """Take the evidence at hand, then rank."""
        found = Evidence(("2026Q4",), "2026Q4", (), self._table.rows, (self._table,))
        self._jobs.store(lambda _progress, _cancelled: found, self._read)
