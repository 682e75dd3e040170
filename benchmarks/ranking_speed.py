"""Ranking speed: 500 pain points, 3 segments, 1,000 draws, beside the bare arithmetic it needs.

Run: python -m benchmarks.ranking_speed

The floor, measured in the same run and in turn with the ranking, is what no implementation in
numpy can leave out: one weighted Gram matrix of the answers and one Beta draw per pain point,
segment and draw. The relational world has 26,000 respondents; the transactional one 100
touchpoints with a logged graph, then 1,000, whose drawn graphs are reused: there the Monte-Carlo
error is told, as the spread between two seeds. A prepared study is ranked again after each
assumption that enters a list was changed alone, every one beside the goal; those that repeat a fit
are marked.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

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
from journey.priority import prepare, rank
from journey.priority.estimate import Estimate
from journey.priority.evidence import MISSING, ResponseTable

PAINS, SEGMENTS, TOUCHPOINTS, ROWS, DRAWS = 500, 3, 100, 26_000, 1000
MANY = 1000
RUNS = 3
GOAL_SECONDS, GOAL_MANY, GOAL_AGAIN = 2.0, 15.0, 0.3
CHANGES = {
    "fix_efficacy_mean": 0.5,
    "fix_efficacy_sd": 0.1,
    "effort_sd_log": 0.2,
    "effort_default_days": 10.0,
    "discrepancy_sd_log": 0.3,
    "causal_share_mean": 0.4,
    "causal_share_sd": 0.15,
    "bad_to_churn_mean": 0.2,
    "bad_to_churn_sd": 0.03,
    "experience_share_of_churn": 0.4,
    "top_k": 10,
    "link_intercept_mean": -3.5,
    "link_intercept_sd": 1.0,
    "link_slope_mean": 0.2,
    "link_slope_sd": 0.2,
    "reporting_sensitivity": 0.9,
    "reporting_false_positive": 0.01,
}
_REPORTING = ("reporting_sensitivity", "reporting_false_positive")
_LINK = ("link_intercept_mean", "link_intercept_sd", "link_slope_mean", "link_slope_sd")
REFITS = {"relational": _REPORTING, "transactional": (*_LINK, *_REPORTING)}
JOURNEY = JourneyId("journey")


def workspace(design: str, touchpoints: int = TOUCHPOINTS) -> Workspace:
    """Return a journey with 500 pain points spread over its touchpoints."""
    ws = Workspace("speed", [Journey(JOURNEY, "Speed"), Stage(StageId("s"), JOURNEY, "All")])
    for s in range(SEGMENTS):
        ws.put(Segment(SegmentId(f"s{s}"), f"Segment {s}", 20_000.0, 900.0))
    for t in range(touchpoints):
        name = TouchpointId(f"t{t:03}")
        ws.put(Touchpoint(name, JOURNEY, f"Touchpoint {t}", StageId("s"), float(t)))
        ws.put(Question(QuestionId(f"q{t:03}"), name, "How was it?", "nps", (0, 10)))
    for p in range(PAINS):
        at = TouchpointId(f"t{p % touchpoints:03}")
        ws.put(PainPoint(PainPointId(f"p{p:03}"), JOURNEY, f"Pain {p}", at))
    means = "left" if design == "transactional" else "dissatisfied"
    ws.put(Survey(SurveyId("a"), "Survey", design, outcome_means=means))
    return ws


def add_graph(ws: Workspace, touchpoints: int = TOUCHPOINTS) -> None:
    """Log a flow through all touchpoints with small jumps and exits."""
    arrows = [(START, "t000", 900.0)]
    for t in range(touchpoints):
        here = f"t{t:03}"
        for step, count in ((1, 800.0), (2, 150.0)):
            ahead = f"t{t + step:03}" if t + step < touchpoints else RETAINED
            arrows.append((here, ahead, count))
        arrows.append((here, LOST, 20.0))
    for i, (source, target, count) in enumerate(arrows):
        ws.put(Transition(TransitionId(f"e{i:04}"), JOURNEY, source, target, None, count))


def table(design: str, touchpoints: int = TOUCHPOINTS) -> ResponseTable:
    """Return 26,000 answers; a transactional one speaks of a single touchpoint."""
    rng = np.random.default_rng(5)
    at = rng.integers(0, touchpoints, ROWS)
    single = design == "transactional"
    hits = rng.random((ROWS, PAINS)) < (0.12 if single else 0.02)
    scores = rng.integers(0, 11, (ROWS, touchpoints)).astype(np.int16)
    if single:
        hits &= np.arange(PAINS) % touchpoints == at[:, None]
        scores[np.arange(touchpoints) != at[:, None]] = MISSING
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
        answers={QuestionId(f"q{t:03}"): scores[:, t] for t in range(touchpoints)},
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


def world(design: str, touchpoints: int = TOUCHPOINTS) -> tuple[Workspace, ResponseTable]:
    """Return a workspace and its answers."""
    ws = workspace(design, touchpoints)
    if design == "transactional":
        add_graph(ws, touchpoints)
    return ws, table(design, touchpoints)


def whole(design: str) -> None:
    """Tell how long a whole ranking takes."""
    ws, answers = world(design)

    def ranking() -> object:
        return rank(ws, [answers], quarter="2026Q4", draws=DRAWS)

    ranking()
    pairs = [(seconds(floor), seconds(ranking)) for _ in range(RUNS)]
    bare, ours = median(p[0] for p in pairs), median(p[1] for p in pairs)
    print(
        f"{design}: {ours:.2f} s, {ours / bare:.1f} × the bare arithmetic ({bare:.2f} s); "
        f"goal at {TOUCHPOINTS} touchpoints {GOAL_SECONDS:.0f} s"
    )


def again(design: str) -> None:
    """Tell how long a re-rank takes after each assumption was changed alone."""
    ws, answers = world(design)
    study = prepare(ws, [answers], quarter="2026Q4", draws=DRAWS)
    study.rank()
    found = {}
    for name, value in CHANGES.items():
        runs = []
        for i in range(RUNS):
            # A value of its own each time: nothing kept from the run before helps.
            step = 1 if name == "top_k" else 0.01
            figure: dict[str, Any] = {name: value + i * step}
            changed = replace(ws.assumptions, **figure)
            runs.append(seconds(partial(study.rank, changed)))
        found[name] = median(runs)
        refit = ", repeats a fit" if name in REFITS[design] else ""
        print(
            f"{design}: re-rank after {name} {1000 * found[name]:.0f} ms{refit}; "
            f"goal {1000 * GOAL_AGAIN:.0f} ms"
        )
    quick = {name: took for name, took in found.items() if name not in REFITS[design]}
    for words, told in (("without a fit", quick), ("of all", found)):
        slowest = max(told, key=lambda name: told[name])
        print(
            f"{design}: re-rank, median {words} {1000 * median(told.values()):.0f} ms, slowest "
            f"{slowest} {1000 * told[slowest]:.0f} ms; goal {1000 * GOAL_AGAIN:.0f} ms"
        )


def many() -> None:
    """Tell how long 1,000 touchpoints take, and how far two seeds lie apart."""
    ws, answers = world("transactional", MANY)
    made: list[Estimate] = []

    def ranking(seed: int) -> None:
        study = prepare(ws, [answers], quarter="2026Q4", draws=DRAWS, seed=seed)
        made.append(study.estimate())

    took = [seconds(partial(ranking, seed)) for seed in (1, 2)]
    first, second = ({i.pain_point: i for i in found.ranking.items} for found in made)
    pairs = [(first[p], second[p]) for p in first]
    money = [(a.value_mean, b.value_mean) for a, b in pairs if a.value_mean and b.value_mean]
    apart = np.array([abs(a - b) / (abs(a) + abs(b)) for a, b in money]) * 2**0.5
    means = [found.values.mean(axis=0) for found in made]
    spread = np.sqrt(np.mean([found.values.var(axis=0) for found in made], axis=0))
    beside = np.sqrt((((means[0] - means[1]) / spread) ** 2).mean() / 2)
    top = np.array([(a.p_top5 or 0.0) - (b.p_top5 or 0.0) for a, b in pairs]) / 2**0.5
    print(
        f"transactional, {MANY:,} touchpoints: {median(took):.1f} s; goal {GOAL_MANY:.0f} s; "
        f"Monte-Carlo error of a value {100 * float(np.sqrt((apart**2).mean())):.1f} % (typical "
        f"{100 * float(np.median(apart)):.1f} %), {100 * float(beside):.1f} % of the spread that "
        f"the evidence leaves (typical spread {float(np.median(spread / np.abs(means[0]))):.0f} × "
        f"the value), of a chance of the top 5 at most "
        f"{float(np.abs(top).max()):.3f}"
    )


def main() -> None:
    """Print the medians, the ratios and the goals."""
    for design in ("relational", "transactional"):
        whole(design)
        again(design)
    many()


if __name__ == "__main__":
    main()
