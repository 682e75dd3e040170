"""Ranking speed: 500 pain points, 3 segments, 1,000 draws, beside the bare arithmetic it needs.

Run: python -m benchmarks.ranking_speed

The floor, measured in the same run and in turn with the ranking, is what no implementation in
numpy can leave out: one weighted Gram matrix of the answers and one Beta draw per pain point,
segment and draw. The relational world has 26,000 respondents; the transactional one 100
touchpoints with a logged graph.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

from journey.model.evidence import Question, Survey
from journey.model.ids import (
    JourneyId,
    PainPointId,
    QuestionId,
    SegmentId,
    StageId,
    SurveyId,
    TouchpointId,
    TransitionId,
)
from journey.model.map import (
    LOST,
    RETAINED,
    START,
    Journey,
    PainPoint,
    Stage,
    Touchpoint,
    Transition,
)
from journey.model.people import Segment
from journey.model.workspace import Workspace
from journey.priority import rank
from journey.priority.evidence import MISSING, ResponseTable

PAINS, SEGMENTS, TOUCHPOINTS, ROWS, DRAWS = 500, 3, 100, 26_000, 1000
RUNS = 3
GOAL_SECONDS = 2.0
JOURNEY = JourneyId("journey")


def workspace(design: str) -> Workspace:
    """Return a journey of 100 touchpoints with five pain points each."""
    ws = Workspace("speed", [Journey(JOURNEY, "Speed"), Stage(StageId("s"), JOURNEY, "All")])
    for s in range(SEGMENTS):
        ws.put(Segment(SegmentId(f"s{s}"), f"Segment {s}", 20_000.0, 900.0))
    for t in range(TOUCHPOINTS):
        name = TouchpointId(f"t{t:03}")
        ws.put(Touchpoint(name, JOURNEY, f"Touchpoint {t}", StageId("s"), float(t)))
        ws.put(Question(QuestionId(f"q{t:03}"), name, "How was it?", "nps", (0, 10)))
    for p in range(PAINS):
        at = TouchpointId(f"t{p % TOUCHPOINTS:03}")
        ws.put(PainPoint(PainPointId(f"p{p:03}"), JOURNEY, f"Pain {p}", at))
    means = "left" if design == "transactional" else "dissatisfied"
    ws.put(Survey(SurveyId("a"), "Survey", design, outcome_means=means))
    return ws


def add_graph(ws: Workspace) -> None:
    """Log a flow through all touchpoints with small jumps and exits."""
    arrows = [(START, "t000", 900.0)]
    for t in range(TOUCHPOINTS):
        here = f"t{t:03}"
        for step, count in ((1, 800.0), (2, 150.0)):
            ahead = f"t{t + step:03}" if t + step < TOUCHPOINTS else RETAINED
            arrows.append((here, ahead, count))
        arrows.append((here, LOST, 20.0))
    for i, (source, target, count) in enumerate(arrows):
        ws.put(Transition(TransitionId(f"e{i:04}"), JOURNEY, source, target, None, count))


def table(design: str) -> ResponseTable:
    """Return 26,000 answers; a transactional one speaks of a single touchpoint."""
    rng = np.random.default_rng(5)
    at = rng.integers(0, TOUCHPOINTS, ROWS)
    single = design == "transactional"
    hits = rng.random((ROWS, PAINS)) < (0.12 if single else 0.02)
    scores = rng.integers(0, 11, (ROWS, TOUCHPOINTS)).astype(np.int16)
    if single:
        hits &= np.arange(PAINS) % TOUCHPOINTS == at[:, None]
        scores[np.arange(TOUCHPOINTS) != at[:, None]] = MISSING
    risk = 1 / (1 + np.exp(2.0 - hits @ rng.normal(0.5, 0.4, PAINS)))
    return ResponseTable(
        survey=SurveyId("a"),
        design=design,
        outcome_means="left" if single else "dissatisfied",
        outcome_months=None,
        segments=tuple(SegmentId(f"s{s}") for s in range(SEGMENTS)),
        segment=rng.integers(0, SEGMENTS, ROWS).astype(np.int16),
        weight=np.ones(ROWS),
        outcome=(rng.random(ROWS) < risk).astype(np.int8),
        answers={QuestionId(f"q{t:03}"): scores[:, t] for t in range(TOUCHPOINTS)},
        pain_points={PainPointId(f"p{p:03}"): hits[:, p] for p in range(PAINS)},
    )


def floor() -> None:
    """Do the arithmetic that any implementation must."""
    rng = np.random.default_rng(1)
    x = rng.random((ROWS, PAINS), dtype=np.float32)
    _ = x.T @ x
    rng.beta(2.0, 20.0, (DRAWS, PAINS, SEGMENTS))


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def main() -> None:
    """Print the medians, the ratio to the floor and the goal."""
    for design in ("relational", "transactional"):
        ws, answers = workspace(design), table(design)
        if design == "transactional":
            add_graph(ws)

        def ranking(ws: Workspace = ws, answers: ResponseTable = answers) -> object:
            return rank(ws, [answers], quarter="2026Q4", draws=DRAWS)

        ranking()
        pairs = [(seconds(floor), seconds(ranking)) for _ in range(RUNS)]
        bare, ours = median(p[0] for p in pairs), median(p[1] for p in pairs)
        print(
            f"{design}: {ours:.2f} s, {ours / bare:.1f} × the bare arithmetic ({bare:.2f} s); "
            f"goal at {TOUCHPOINTS} touchpoints {GOAL_SECONDS:.0f} s"
        )


if __name__ == "__main__":
    main()
