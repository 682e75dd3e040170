"""Relational surveys: the algebra against plain loops, and a world with known truth."""

import numpy as np
import pytest

from journey.priority import effects, logistic, shares
from journey.priority.design import design_of
from journey.priority.draws import Streams
from journey.priority.market import market_of
from journey.priority.memory import Memory
from journey.priority.reading import read
from journey.priority.relational import relational_source


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _source(world, draws=7):
    streams = Streams(1, "2026Q4", draws)
    market = market_of(world.ws, world.tables)
    reading = read(world.ws, market, world.tables[0])
    a = world.ws.assumptions
    return relational_source(reading, market, a, streams, Memory()), reading, market, streams


def _coefficients(reading, streams):
    design = design_of(reading)
    known = reading.outcome.bad >= 0
    y = (reading.outcome.bad[known] == 1).astype(float)
    fitted = logistic.fit(design.x[known], y, reading.weight[known], design.prior())
    return design, fitted.draws(streams.of("coefficients", "survey"), streams.draws)


@pytest.mark.parametrize(("means", "months"), [("dissatisfied", None), ("left", 12), ("left", 3)])
def test_every_term_is_the_product_of_the_method(relational, means, months):
    world = relational(rows=240)
    world.certain()
    table = world.tables.pop()
    world.survey(
        means=means,
        months=months,
        pains=table.pain_points,
        outcome=table.outcome,
        segments=table.segments,
        segment=table.segment,
    )
    source, reading, _, streams = _source(world)
    design, b = _coefficients(reading, streams)
    counts = [
        shares.count(reading.segment, reading.weight, reading.hits[:, p], 2) for p in range(4)
    ]
    prior = shares.prior_by_moments(
        np.array([c.hits for c in counts]), np.array([c.users for c in counts])
    )

    def yearly(p):
        return p if months in (None, 12) else 1 - (1 - p) ** (12 / months)

    for p in range(4):
        rng = streams.of("share", "survey", f"p{p}")
        share = shares.share_draws(rng, counts[p], prior, 7)
        for s in range(2):
            rows = np.flatnonzero(reading.hits[:, p] & (reading.segment == s))
            for k in range(7):
                eta = design.x[rows] @ b[k]
                theta = b[k, design.background + p]
                delta = np.mean(yearly(_sigmoid(eta)) - yearly(_sigmoid(eta - theta)))
                expected = share[k, s] * 0.5 * delta
                assert source.unit[k, p, s] == pytest.approx(expected, abs=1e-12)
    assert (source.link == (1.0 if months else 0.10)).all()


def test_nodes_of_many_rows_give_the_mean_of_all_of_them():
    rng = np.random.default_rng(0)
    x = np.column_stack([np.ones(5000), rng.random((5000, 20)) < 0.3]).astype(float)
    b = rng.normal(0, 0.7, 21) + rng.normal(0, 0.05, (50, 21))
    rows, weight = np.flatnonzero(x[:, 5]), rng.uniform(0.5, 2, 5000)
    by_risk = rows[np.argsort(x[rows] @ b[0], kind="stable")]
    nodes = effects.gather(x, weight, [by_risk], np.array([True]), most=64)
    found = effects.effect_draws(nodes, b[:, [5]], effects.odds_of(nodes, b), None)[:, 0]
    eta = x[rows] @ b.T
    single = _sigmoid(eta) - _sigmoid(eta - b[:, 5])
    exact = (weight[rows, None] * single).sum(axis=0) / weight[rows].sum()
    assert found == pytest.approx(exact, rel=0.01)


def test_the_terms_of_a_segment_never_exceed_its_bad_outcomes(new_world):
    rng = np.random.default_rng(0)
    world = new_world()
    unlucky = rng.random(3000) < 0.3
    pains = {f"p{i}": unlucky ^ (rng.random(3000) < 0.03) for i in range(4)}
    for name in pains:
        world.pain(name, None)
    risk = _sigmoid(-8 + 2.2 * sum(pains.values()))
    world.survey(pains=pains, outcome=rng.random(3000) < risk)
    world.assume(causal_share_mean=1.0, causal_share_sd=0.0, discrepancy_sd_log=0.0)
    world.assume(fix_efficacy_mean=1.0, fix_efficacy_sd=0.0)
    source, *_ = _source(world, draws=50)
    own = np.ones((50, 4))
    settled = source.settle(own)
    total = settled.singles().sum(axis=1)
    uncapped = source.unit.sum(axis=1)
    assert (uncapped > source.bad).any()
    assert (total <= source.bad + 1e-12).all()
    part = settled.singles()[:, 0] / total
    assert part == pytest.approx(source.unit[:, 0] / uncapped, abs=1e-12)
    assert "capped" in world.rank().items[0].notes


def test_a_joint_fix_is_recomputed_and_not_added(relational):
    world = relational(rows=400, effects=(2.0, 2.0))
    source, *_ = _source(world)
    rows = source.rows
    together = _sigmoid(rows.risk) - _sigmoid(rows.risk - rows.hits @ rows.theta)
    alone = sum(
        (_sigmoid(rows.risk) - _sigmoid(rows.risk - rows.hits[:, p] * rows.theta[p])).sum()
        for p in range(2)
    )
    assert rows.joint_ratio([0, 1]) == pytest.approx(together.sum() / alone, abs=1e-12)
    assert rows.joint_ratio([0, 1]) != pytest.approx(1.0, abs=1e-3)
    assert rows.joint_ratio([1]) == pytest.approx(1.0)


def test_reports_are_corrected_for_ticks_and_never_for_rules(relational):
    mapping = """
[[pain_point]]
title = "Pain p0"
touchpoint = "T0"
when = { column = "x", between = [1, 2] }
[[pain_point]]
title = "Pain p1"
touchpoint = "T1"
when = { column = "x", values = ["yes"] }
[[pain_point]]
title = "Pain p2"
touchpoint = "T2"
[[pain_point]]
title = "Pain p3"
touchpoint = "T3"
"""
    world = relational()
    table = world.tables.pop()
    world.survey(
        pains=table.pain_points,
        outcome=table.outcome,
        segments=table.segments,
        segment=table.segment,
        mapping=mapping,
    )
    before, *_ = _source(world)
    world.assume(reporting_sensitivity=0.8, reporting_false_positive=0.03)
    after, reading, *_ = _source(world)
    assert list(reading.ruled) == [True, False, False, False]
    assert (after.unit[:, 0] == before.unit[:, 0]).all()
    assert (after.unit[:, 1] != before.unit[:, 1]).all()


def test_used_is_any_answer_or_tick_and_all_without_a_question(new_world):
    world = new_world()
    world.touchpoint("asked", question="rating")
    world.touchpoint("silent", question=None)
    world.pain("p1", "asked")
    world.pain("p2", "silent")
    world.survey(
        pains={"p1": [1, 0, 0, 1], "p2": [0, 0, 1, 0]},
        answers={"q-asked": [-32768, 4, -32768, 1]},
        outcome=[1, 0, 0, 1],
    )
    _, reading, *_ = _source(world)
    assert reading.touchpoints == ("asked", "silent")
    assert reading.used[:, 0].tolist() == [True, True, False, True]
    assert reading.used[:, 1].all()


def test_a_covariate_that_explains_the_outcome_takes_its_credit(new_world):
    rng = np.random.default_rng(0)
    business = rng.random(3000) < 0.5
    hit = rng.random(3000) < np.where(business, 0.6, 0.1)
    bad = rng.random(3000) < np.where(business, 0.7, 0.2)
    effect = {}
    for told in (False, True):
        world = new_world()
        world.touchpoint("t", question=None)
        world.pain("p", "t")
        travel = np.where(business, "Business", "Private").astype(object)
        age = np.where(rng.random(3000) < 0.1, None, 40.0)
        covariates = {"travel": travel, "age": age} if told else {}
        world.survey(pains={"p": hit}, outcome=bad, covariates=covariates)
        effect[told] = world.rank().items[0].effect
    assert effect[False] > 0.2
    assert abs(effect[True]) < 0.06


def test_without_an_outcome_a_relationship_nps_says_who_is_bad(relational, row):
    from journey.model.evidence import Question
    from journey.model.ids import QuestionId

    world = relational()
    table = world.tables.pop()
    world.ws.put(Question(QuestionId("overall"), None, "Recommend?", "nps", (0, 10)))
    answers = np.where(table.outcome == 1, 6, 7)
    world.survey(
        pains=table.pain_points,
        means=None,
        answers={"overall": answers},
        segments=table.segments,
        segment=table.segment,
    )
    ranking = world.rank()
    assert ranking.items[0].pain_point == "p0"
    assert ranking.items[0].outcome == "detractor"
    assert ranking.items[0].level == "B"
    assert "outcome_from_overall_question" in ranking.warnings


def _truth(world_effects, base=-1.2):
    """Return the true drop of P(bad) per customer when a pain point is gone, by pain point."""
    rng = np.random.default_rng(99)
    hits = rng.random((200_000, len(world_effects))) < 0.25
    eta = base + hits @ np.array(world_effects)
    now = _sigmoid(eta)
    return [
        float(np.mean(now - _sigmoid(eta - hits[:, i] * e))) for i, e in enumerate(world_effects)
    ]


def test_intervals_cover_the_truth_about_as_often_as_they_say(relational):
    covered80, covered95, first = [], [], 0
    for seed in range(40):
        rng = np.random.default_rng(1000 + seed)
        effects_of = tuple(rng.normal(0.5, 0.5, 6))
        world = relational(rows=500, seed=seed, effects=effects_of)
        for name in ("a", "b"):
            world.segment(name, None, None)  # an index shows every row, also those below zero
        world.assume(
            causal_share_mean=1.0,
            causal_share_sd=0.0,
            fix_efficacy_mean=1.0,
            fix_efficacy_sd=0.0,
            bad_to_churn_sd=0.0,
            effort_sd_log=0.0,
            discrepancy_sd_log=0.0,
        )
        truth = 1000 * np.array(_truth(effects_of))
        ranking = world.rank(draws=300)
        best = max(truth)
        first += truth[int(ranking.items[0].pain_point[1:])] >= 0.5 * best
        for item in ranking.items:
            true = truth[int(item.pain_point[1:])]
            covered80.append(item.index_low80 <= true <= item.index_high80)
            covered95.append(item.index_low95 <= true <= item.index_high95)
    assert 0.72 <= np.mean(covered80) <= 0.88
    assert 0.89 <= np.mean(covered95) <= 0.98
    assert first >= 36
