"""What finished improvements brought, by the best evidence there is, and what it teaches."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from journey.edit import Set
from journey.model.assumptions import Assumptions
from journey.model.ids import ImprovementId, Kind, PainPointId, Ref
from journey.model.improvement import Improvement
from journey.model.workspace import Workspace
from journey.quarter.compare import compare
from journey.quarter.effects import Effect, How, efficacy_of, prediction_facts, prediction_of
from journey.quarter.learning import PRIOR_FIXES, learn, take
from journey.quarter.record import PainCount
from tests.journey.quarter.quarter_bank import frozen, frozen_side, side, table

P = [PainPointId(f"p{i}") for i in range(8)]


def counts(
    shares: "list[float] | np.ndarray[Any, Any]", n: float = 4000
) -> dict[PainPointId, PainCount]:
    """Return how many met each pain point."""
    return {p: PainCount(n, n * float(s)) for p, s in zip(P, shares, strict=True)}


def fix(**more: object) -> Improvement:
    """Return an improvement of the first pain point."""
    made = Improvement(ImprovementId("i"), "Fix", (P[0],))
    return replace(made, **more)  # type: ignore[arg-type]


def effect(efficacy: float, error: float) -> Effect:
    """Return an effect that was seen."""
    return Effect(ImprovementId("i"), "T", None, How.TRIAL, efficacy=efficacy, efficacy_error=error)


def test_a_trial_goes_before_all_else() -> None:
    trial = {"with": {"n": 1000, "successes": 940}, "without": {"n": 1000, "successes": 850}}
    found = efficacy_of(fix(trial=trial), counts([0.2] * 8), counts([0.1] * 8), P[1:])
    assert found is not None
    assert found.how is How.TRIAL
    assert found.value == pytest.approx(1 - 60.5 / 150.5, rel=1e-9)
    assert 0 < found.error < 0.1


@pytest.mark.parametrize(
    "trial",
    [{}, {"with": {"n": 3, "successes": 4}, "without": {"n": 3, "successes": 1}}, {"with": 3}],
)
def test_what_is_no_trial_is_none(trial: dict[str, object]) -> None:
    found = efficacy_of(fix(trial=trial), counts([0.2] * 8), counts([0.2] * 8), P[1:])
    assert found is not None
    assert found.how is How.DIFFERENCE


def test_what_all_pain_points_share_is_not_the_fix() -> None:
    """All else is met twice as often: a fix that halves its own removed three of four."""
    before = [0.1] * 8
    after = [0.05, *[0.2] * 7]
    found = efficacy_of(fix(), counts(before), counts(after), P[1:])
    alone = efficacy_of(fix(), counts(before), counts(after), [])
    assert found is not None
    assert alone is not None
    assert (found.how, alone.how) == (How.DIFFERENCE, How.BEFORE_AFTER)
    assert found.value == pytest.approx(0.75, abs=0.02)
    assert alone.value == pytest.approx(0.5, abs=0.02)


def test_nothing_seen_is_none() -> None:
    assert efficacy_of(fix(), {}, counts([0.1] * 8), P[1:]) is None
    assert efficacy_of(fix(), counts([0.0] * 8), counts([0.1] * 8), P[1:]) is None


def test_a_fix_that_did_nothing_is_not_praised_for_being_picked() -> None:
    """The worst of 30 pain points is picked and left alone: its efficacy is none, on average."""
    names = [PainPointId(f"n{i:02}") for i in range(30)]
    seen = []
    for world in range(150):
        rng = np.random.default_rng([9, world])
        truth = rng.beta(20, 180, 30)
        quarters = []
        for _ in range(2):
            drawn = rng.binomial(150, truth)
            quarters.append(
                {n: PainCount(150.0, float(h)) for n, h in zip(names, drawn, strict=True)}
            )
        worst = max(names, key=lambda n: quarters[0][n].hits)
        others = [n for n in names if n != worst]
        found = efficacy_of(fix(addresses=(worst,)), quarters[0], quarters[1], others)
        assert found is not None
        raw = 1 - quarters[1][worst].hits / quarters[0][worst].hits
        seen.append((raw, found.value))
    raw_mean, fair_mean = np.mean(seen, axis=0)
    assert raw_mean > 0.2
    assert abs(fair_mean) < 0.1


def test_a_finished_improvement_in_a_comparison(ws: Workspace) -> None:
    answers = table("2026Q3")
    first = frozen_side(frozen(ws, "2026Q3", answers), answers)
    Set(Ref(Kind.IMPROVEMENT, "i"), status="done", done_on=date(2026, 10, 2)).do(ws)
    # p1 is met by few of those who met it before: 0.094 … becomes 0.02.
    found = compare(first, side(ws, "2026Q4", table("2026Q4", share={1: 0.02})))
    (seen,) = found.effects
    assert (seen.improvement, seen.how, seen.unit) == ("i", How.DIFFERENCE, "money")
    assert seen.efficacy is not None
    assert seen.efficacy == pytest.approx(0.78, abs=0.15)
    assert seen.predicted is not None
    assert seen.observed == pytest.approx(seen.predicted * seen.efficacy / 0.6)
    assert seen.inside == ((seen.low80 or 0) <= (seen.observed or 0) <= (seen.high80 or 0))
    assert (found.told, found.hits) == (1, int(bool(seen.inside)))
    (leader,) = found.leaders
    assert (leader.name, leader.finished, leader.recovered) == ("Anna", 1, seen.observed)
    assert found.learned is not None
    later = compare(frozen_side(frozen(ws, "2026Q4", table("2026Q4")), table("2026Q4")),
                    side(ws, "2027Q1", table("2026Q4", seed=4)))  # fmt: skip
    assert later.effects == ()


def test_what_was_done_late_in_the_quarter_is_not_judged_by_it(ws: Workspace) -> None:
    answers = table("2026Q3")
    first = frozen_side(frozen(ws, "2026Q3", answers), answers)
    Set(Ref(Kind.IMPROVEMENT, "i"), status="done", done_on=date(2026, 12, 20)).do(ws)
    (seen,) = compare(first, side(ws, "2026Q4", table("2026Q4"))).effects
    assert (seen.how, seen.observed) == (How.TOO_EARLY, None)
    assert seen.predicted is not None


def test_what_was_kept_when_it_was_finished_goes_before_the_list(ws: Workspace) -> None:
    listed = side(ws, "2026Q3", table("2026Q3")).listed.ranking
    rows = prediction_of(ws.improvements[ImprovementId("i")], listed, ws)
    assert rows is not None
    kept = replace(rows, mean=5.0, low80=1.0, high80=9.0, efficacy=0.5)
    facts = prediction_facts(kept, "2026Q3")
    assert prediction_of(fix(prediction=facts), listed, ws) == kept
    assert (
        prediction_of(fix(id="other", addresses=(), prediction={"mean": "x"}), listed, ws) is None
    )


def test_rows_that_are_not_seen_to_help_promise_nothing(ws: Workspace) -> None:
    listed = side(ws, "2026Q3", table("2026Q3")).listed.ranking
    improvement = ws.improvements[ImprovementId("i")]
    items = tuple(
        replace(item, no_evidence=True, value_mean=-5.0, low80=-9.0, high80=1.0)
        if item.improvement == improvement.id
        else item
        for item in listed.items
    )
    assert prediction_of(improvement, listed, ws) is not None
    assert prediction_of(improvement, replace(listed, items=items), ws) is None


def test_learning_moves_towards_what_was_seen() -> None:
    prior = Assumptions()
    assert learn(prior, []) is None
    sure, doubtful = learn(prior, [effect(0.2, 0.01)]), learn(prior, [effect(0.2, 1.0)])
    assert sure is not None
    assert doubtful is not None
    assert 0.2 < sure.mean < doubtful.mean < prior.fix_efficacy_mean
    expected = (PRIOR_FIXES * 0.6 + 0.2 * sure.weight) / (PRIOR_FIXES + sure.weight)
    assert sure.mean == pytest.approx(expected)
    many = learn(prior, [effect(0.2, 0.01)] * 200)
    assert many is not None
    assert many.mean == pytest.approx(0.2, abs=0.02)
    assert many.sd < sure.sd


def test_learning_finds_the_truth_of_a_made_world() -> None:
    rng = np.random.default_rng(3)
    true = rng.normal(0.45, 0.1, 300)
    seen = [effect(float(rng.normal(t, 0.08)), 0.08) for t in true]
    found = learn(Assumptions(), seen)
    assert found is not None
    assert found.mean == pytest.approx(0.45, abs=0.03)
    assert found.sd == pytest.approx(0.1, abs=0.04)


def test_what_is_taken_is_an_edit_and_within_bounds(ws: Workspace) -> None:
    found = learn(Assumptions(), [effect(-3.0, 0.01)] * 50)
    assert found is not None
    command = take(found)
    command.do(ws)
    assert ws.assumptions.fix_efficacy_mean == pytest.approx(0.01)
    command.undo(ws)
    assert ws.assumptions == Assumptions()
