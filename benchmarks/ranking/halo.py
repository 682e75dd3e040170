"""A relational world with a halo: one respondent rates all touchpoints in one mood.

    python -m benchmarks.ranking.halo [--journeys 20] [--seed 1]

A mood common to all answers of a respondent moves both what is ticked and whether the outcome is
bad, so that pain points look worse than they are. Told are the top-5 capture, and what the claimed
effect is of the true one with κ = 1 and with the default: that is what κ is for.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from journey.model.evidence import RELATIONAL, Survey
from journey.model.ids import JourneyId, PainPointId, SegmentId, StageId, SurveyId, TouchpointId
from journey.model.map import Journey, PainPoint, Stage, Touchpoint
from journey.model.people import Segment
from journey.model.workspace import Workspace
from journey.priority import prepare
from journey.priority.evidence import ResponseTable
from journey.priority.study import Study

HALOS = (0.0, 0.5, 1.0)
PAINS, ROWS, TOP = 14, 3000, 5
JOURNEY, SEGMENT, SURVEY = JourneyId("journey"), SegmentId("all"), SurveyId("survey")


@dataclass(frozen=True, slots=True)
class Trial:
    """One world: top-5 capture, and claimed over true effect with κ 1 and as assumed."""

    top: float
    whole: float
    assumed: float


def trial(halo: float, seed: int, rep: int) -> Trial:
    """Simulate a survey and rank it."""
    rng = np.random.default_rng([seed, rep])
    often = rng.normal(-1.8, 0.6, PAINS)
    harm = np.maximum(rng.normal(0.5, 0.5, PAINS), 0.0)
    mood = rng.standard_normal(ROWS)
    met = rng.random((ROWS, PAINS)) < _sigmoid(often - halo * mood[:, None])
    risk = -1.5 + met @ harm - halo * mood
    bad = rng.random(ROWS) < _sigmoid(risk)
    truth = np.array(
        [(met[:, p] * (_sigmoid(risk) - _sigmoid(risk - harm[p]))).mean() for p in range(PAINS)]
    )
    study = _study(met, bad)
    order = [int(i.pain_point[1:]) for i in study.rank().items]
    best = np.sort(truth)[::-1][:TOP].sum()
    return Trial(
        top=float(truth[order[:TOP]].sum() / best),
        whole=_claimed(study, 1.0) / float(truth.sum()),
        assumed=_claimed(study, study.workspace.assumptions.causal_share_mean) / float(truth.sum()),
    )


def _claimed(study: Study, kappa: float) -> float:
    """Return the claimed drop of the share that is bad, all pain points removed one by one."""
    assumed = replace(
        study.workspace.assumptions, causal_share_mean=kappa, causal_share_sd=0.0,
        fix_efficacy_mean=1.0, fix_efficacy_sd=0.0,
    )  # fmt: skip
    estimate = study.estimate(assumed)
    return float(estimate.values.mean(axis=0).sum()) / 1000


def _study(met: np.ndarray, bad: np.ndarray) -> Study:
    ws = Workspace("Halo", [Journey(JOURNEY, "Halo"), Stage(StageId("s"), JOURNEY, "All")])
    ws.put(Segment(SEGMENT, "All", 10_000.0, None))
    ws.put(Survey(SURVEY, "Survey", RELATIONAL, "2026Q4", outcome_means="dissatisfied"))
    for p in range(PAINS):
        at = TouchpointId(f"t{p:02}")
        ws.put(Touchpoint(at, JOURNEY, f"Touchpoint {p}", StageId("s"), float(p)))
        ws.put(PainPoint(PainPointId(f"p{p:02}"), JOURNEY, f"Pain {p}", at))
    table = ResponseTable(
        survey=SURVEY,
        design=RELATIONAL,
        outcome_means="dissatisfied",
        outcome_months=None,
        segments=(SEGMENT,),
        segment=np.zeros(len(bad), np.int16),
        weight=np.ones(len(bad)),
        outcome=bad.astype(np.int8),
        answers={},
        pain_points={PainPointId(f"p{p:02}"): met[:, p] for p in range(PAINS)},
    )
    return prepare(ws, [table], quarter="2026Q4")


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-x)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one line per halo."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ranking.halo")
    parser.add_argument("--journeys", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    print(f"{'halo':<8}{'top-5 capture':<20}{'claimed/true, κ 1':<22}{'κ as assumed':<14}")
    for halo in HALOS:
        found = [trial(halo, asked.seed, rep) for rep in range(asked.journeys)]
        top = np.array([t.top for t in found])
        error = top.std(ddof=1) / len(top) ** 0.5 if len(top) > 1 else 0.0
        whole = np.mean([t.whole for t in found])
        assumed = np.mean([t.assumed for t in found])
        print(f"{halo:<8}{f'{top.mean():.3f} ±{error:.3f}':<20}{whole:<22.2f}{assumed:<14.2f}")


if __name__ == "__main__":
    main()
