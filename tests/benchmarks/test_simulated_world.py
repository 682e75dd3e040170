"""The simulated world is the one docs/method.md describes, and its scores mean what they say."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.ranking.__main__ import main
from benchmarks.ranking.methods import NAMES, RANDOM, REVENUE_AT_RISK, classic
from benchmarks.ranking.observed import (
    FALSE_POSITIVE,
    LOGGED_STARTS,
    SENSITIVITY,
    Seen,
    judged,
    observe,
    quintile,
    table_of,
    workspace_of,
)
from benchmarks.ranking.report import Verdict, table, verdicts
from benchmarks.ranking.scores import (
    BUDGET,
    OPINION,
    OURS,
    Honesty,
    Quality,
    Trial,
    fitting,
    quality_of,
    trial,
)
from benchmarks.ranking.world import (
    EFFICACY,
    PAINS,
    SCORE_SD,
    SEGMENTS,
    TOUCHPOINTS,
    Truth,
    hazards,
    leaving,
    solve,
    truth_of,
    worth,
    worth_of_each,
)
from journey.model.check import problems
from journey.priority import rank
from journey.priority.result import Basis, Level


def truth(rep: int = 0, world: str = "main") -> Truth:
    return truth_of(np.random.default_rng([7, rep]), world)


def seen(n: int = 20, world: str = "main") -> Seen:
    return observe(truth(world=world), np.random.default_rng([7, 0, 1]), n)


def test_every_touchpoint_has_a_pain_point_and_every_step_leads_somewhere() -> None:
    true = truth()
    assert set(true.place) == set(range(TOUCHPOINTS))
    assert len(true.place) == PAINS == 40
    np.testing.assert_allclose(true.steps.sum(axis=2), 1.0)
    np.testing.assert_allclose(true.start.sum(axis=1), 1.0)
    assert (true.start[:, 3:] == 0).all()
    assert (true.steps[:, :12, TOUCHPOINTS] == 0).all()  # only the last stage completes
    assert (true.steps[:, 12:, TOUCHPOINTS] > 0).all()
    assert true.customers.sum() == pytest.approx(20_000)


def test_a_sixth_of_the_customers_leave_in_a_year() -> None:
    lost = []
    for rep in range(40):
        true = truth(rep)
        mix = true.customers / true.customers.sum()
        lost.append(1 - mix @ solve(true, true.affected).retained)
    assert np.mean(lost) == pytest.approx(0.166, abs=0.02)


@pytest.mark.parametrize("world", ["main", "stress"])
def test_the_hazard_is_what_many_visits_show(world: str) -> None:
    true = truth(world=world)
    j = int(np.argmax(np.bincount(true.place)))
    here = true.place == j
    rng = np.random.default_rng(3)
    met = rng.random((200_000, PAINS)) < np.where(here, true.affected[:, 0], 0.0)
    score = true.base[j] - met @ true.drop + SCORE_SD * rng.standard_normal(len(met))
    left = leaving(true.stress, score, met @ true.direct).mean()
    assert hazards(true, true.affected)[0, j] == pytest.approx(left, abs=0.001)


def test_the_worth_of_one_fix_is_that_of_the_closed_form() -> None:
    true = truth()
    now = solve(true, true.affected)
    for p in (0, 20, 39):
        fixed = true.affected.copy()
        fixed[p] *= 1 - EFFICACY
        at = true.place[p]
        eta = now.hazard[:, at] - hazards(true, fixed)[:, at]
        gained = np.empty(SEGMENTS)
        for s in range(SEGMENTS):
            row = (1 - now.hazard[s])[:, None] * true.steps[s]
            inverse = np.linalg.inv(np.eye(TOUCHPOINTS) - row[:, :TOUCHPOINTS])
            k = eta[s] / (1 - now.hazard[s, at])
            r = (inverse @ row[:, TOUCHPOINTS])[at]
            gained[s] = now.visits[s, at] * k * r / (1 - k * (inverse[at, at] - 1))
        money = gained @ (true.customers * true.value)
        assert worth(true, [p]) == pytest.approx(money, rel=1e-9)


def test_both_worlds_share_all_but_leaving_and_reporting() -> None:
    main_world, stress = truth(), truth(world="stress")
    for name in ("steps", "customers", "affected", "drop", "estimate"):
        np.testing.assert_array_equal(getattr(main_world, name), getattr(stress, name))
    assert not np.allclose(worth_of_each(main_world), worth_of_each(stress))


def test_the_log_counts_every_visit_of_the_starts() -> None:
    one = seen()
    solved = solve(one.truth, one.truth.affected)
    np.testing.assert_allclose(one.visits(), solved.visits, atol=0.5 / LOGGED_STARTS)
    exits = one.counts[:, :, -1].sum() / one.counts.sum()
    expected = (solved.visits * solved.hazard).sum() / solved.visits.sum()
    assert exits == pytest.approx(expected, rel=0.1)


def test_reports_follow_sensitivity_and_false_positives() -> None:
    one = seen(5000)
    share = one.truth.affected
    volume = one.truth.customers[:, None] * solve(one.truth, share).visits
    mix = (volume / volume.sum(axis=0))[:, one.truth.place].T
    expected = FALSE_POSITIVE + (SENSITIVITY - FALSE_POSITIVE) * (share * mix).sum(axis=1)
    found = one.answers.reported.sum(axis=0) / 5000
    np.testing.assert_allclose(found, expected, atol=0.03)
    elsewhere = one.truth.place[None, :] != one.answers.at[:, None]
    assert not (one.answers.reported & elsewhere).any()


def test_the_unhappy_report_more_in_the_stress_world() -> None:
    def by_score(world: str) -> float:
        one = seen(5000, world).answers
        unhappy = one.score < 6
        return float(one.reported[unhappy].mean() / one.reported[~unhappy].mean())

    assert by_score("stress") > by_score("main")


def test_a_company_sees_a_sound_workspace_without_the_truth() -> None:
    one = seen()
    ws = workspace_of(one)
    assert [p for entity in ws.entities() for p in problems(ws, entity)] == []
    assert len(ws.pain_points) == len(ws.improvements) == PAINS
    assert all(p.severity is None and p.votes is None for p in ws.pain_points.values())
    days = sorted(i.effort_days or 0.0 for i in ws.improvements.values())
    np.testing.assert_allclose(days, np.sort(one.truth.estimate))
    assert all(p.severity and p.frequency for p in judged(ws, one.workshop).pain_points.values())


def test_the_ranking_reads_every_answer_as_a_visit_that_may_be_the_last() -> None:
    one = seen(100)
    ranking = rank(workspace_of(one), [table_of(one.answers)], quarter="2026Q4", draws=50)
    assert ranking.basis is Basis.MONEY
    assert ranking.warnings == ()
    assert {item.level for item in ranking.items} == {Level.A}
    assert {item.n for item in ranking.items} == {100}


def test_quintiles_are_equal_classes_in_order() -> None:
    classes = quintile(np.arange(40.0)[::-1])
    assert np.bincount(classes).tolist() == [0, 8, 8, 8, 8, 8]
    assert classes[0] == 5


def test_the_true_order_scores_one_and_the_reverse_little() -> None:
    true = truth()
    value = worth_of_each(true)
    ties = np.arange(PAINS)
    best = quality_of(value / true.effort, true, value, ties)
    assert (best.top, best.budget, best.first) == (1.0, 1.0, 1.0)
    assert best.tau == pytest.approx(1.0)
    worst = quality_of(-value / true.effort, true, value, ties)
    assert worst.tau == pytest.approx(-1.0)
    assert worst.top < 0.1


def test_ties_stand_in_the_order_given() -> None:
    true = truth()
    value = worth_of_each(true)
    best = np.argsort(-value / true.effort)
    ties = np.empty(PAINS, dtype=np.int64)
    ties[best] = np.arange(PAINS)
    flat = quality_of(np.zeros(PAINS), true, value, ties)
    assert flat.top == 1.0
    assert flat.tau == 0.0


def test_the_budget_skips_what_does_not_fit() -> None:
    days = np.ones(PAINS)
    days[0] = 100.0
    true = replace(truth(), effort=days)
    taken = fitting(np.arange(PAINS), true)
    assert 0 not in taken
    assert len(taken) == int(BUDGET * days.sum())


def test_classic_methods_follow_what_they_are_made_of() -> None:
    one = seen(100)
    scores = classic(one, np.random.default_rng(1))
    assert tuple(scores) == NAMES
    assert all(np.isfinite(s[one.answers.reported.any(axis=0)]).all() for s in scores.values())
    nobody = replace(one.answers, reported=np.zeros_like(one.answers.reported))
    silent = classic(replace(one, answers=nobody), np.random.default_rng(1))
    assert (silent[REVENUE_AT_RISK] == 0).all()
    assert (silent["mean score of the affected"] == -np.inf).all()
    np.testing.assert_array_equal(silent["votes"], scores["votes"])


def test_a_trial_can_be_made_again_and_beats_chance() -> None:
    trials = [trial("main", 5, rep, 100) for rep in range(3)]
    assert trials[0] == trial("main", 5, 0, 100)

    def top(name: str) -> float:
        return float(np.mean([t.quality[name].top for t in trials]))

    assert top(OURS) > top(RANDOM) + 0.3
    assert top(OURS) > top("touchpoint mean score")
    assert all(0.4 < t.honesty.inside80 <= t.honesty.inside95 for t in trials)


def _trial(world: str, n: int, rep: int, top: float) -> Trial:
    names = (OURS, OPINION, *NAMES)
    other = Quality(0.5, 0.5, 0.2, 0.0)
    quality = dict.fromkeys(names, other) | {OURS: Quality(top, 0.9, 0.5, 1.0)}
    return Trial(world, n, rep, quality, Honesty(0.8, 0.95, 1.0, 110.0, 100.0))


def test_verdicts_compare_means_with_the_goals() -> None:
    trials = [_trial("main", 100, 0, 0.8), _trial("main", 100, 1, 0.9)]
    by_goal = {v.goal[2:]: v for v in verdicts(trials)}
    assert by_goal["top-5 capture, main"].measured == pytest.approx(0.85)
    assert by_goal["top-5 capture, main"].error == pytest.approx(0.05)
    assert by_goal["top-5 capture, main"].met
    assert by_goal["ahead of revenue at risk / effort, paired"].measured == pytest.approx(0.35)
    assert by_goal["Σ value / Σ truth"].measured == pytest.approx(1.1)
    assert "0.850 ±0.050 | 0.900 | 0.500" in table(trials, "main")


@pytest.mark.parametrize(("measured", "met"), [(0.71, False), (0.72, True), (0.89, False)])
def test_a_goal_with_two_limits_is_missed_on_either_side(measured: float, met: bool) -> None:
    verdict = Verdict("interval", 20, measured, 0.01, 0.72, 0.88)
    assert verdict.met is met
    assert ("MISSED" in verdict.line()) is not met


def test_the_command_prints_tables_and_goals(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--journeys", "1", "--n", "20", "--worlds", "main", "--processes", "1"])
    printed = capsys.readouterr().out
    assert code == (1 if "MISSED" in printed else 0)
    assert "revenue at risk / effort" in printed
    assert "1 top-5 capture, main" in printed
    assert "stress" not in printed


def test_an_unknown_world_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--worlds", "mian"])
    assert "worlds are main, stress" in capsys.readouterr().err
