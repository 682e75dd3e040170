"""A prepared study: the same bytes as a new ranking, and the draws behind it."""

from dataclasses import replace

import numpy as np
import pytest

from journey.errors import RankingError
from journey.model.ids import SegmentId
from journey.priority import prepare, rank

CHANGES = {
    "fix_efficacy_mean": 0.4,
    "fix_efficacy_sd": 0.05,
    "effort_sd_log": 0.5,
    "effort_default_days": 7.0,
    "discrepancy_sd_log": 0.1,
    "causal_share_mean": 0.8,
    "bad_to_churn_mean": 0.2,
    "link_slope_mean": 0.6,
    "link_intercept_sd": 0.4,
    "reporting_sensitivity": 0.7,
    "experience_share_of_churn": 0.9,
    "top_k": 2,
}


def _arrows(world):
    for source, target, count in (
        ("start", "t0", 1000),
        ("t0", "t1", 800),
        ("t0", "retained", 150),
        ("t0", "lost", 50),
        ("t1", "t0", 40),
        ("t1", "retained", 700),
        ("t1", "lost", 60),
    ):
        world.arrow(source, target, count)
    return world


@pytest.fixture(params=["relational", "visits", "visits without a link", "graph"])
def world(request, relational, transactional):
    if request.param == "relational":
        return relational()
    made = transactional(outcome=request.param != "visits without a link")
    made.pain("judged", "t0", severity=4, frequency=3)
    return _arrows(made) if request.param == "graph" else made


def _prepared(world, draws=200):
    return prepare(world.ws, world.tables, quarter="2026Q4", draws=draws)


def test_whatever_is_asked_first_the_answers_have_the_bytes_of_a_new_ranking(world):
    study = _prepared(world)
    base = study.rank()
    for name, value in CHANGES.items():
        changed = replace(world.ws.assumptions, **{name: value})
        ws = world.ws.copy()
        ws.put(changed)
        fresh = rank(ws, world.tables, quarter="2026Q4", draws=200)
        assert repr(study.rank(changed)) == repr(fresh), name
    assert repr(study.rank(world.ws.assumptions)) == repr(base)
    assert repr(rank(world.ws, world.tables, quarter="2026Q4", draws=200)) == repr(base)


def test_a_changed_workspace_has_the_bytes_of_a_new_ranking(world):
    study = _prepared(world)
    study.rank()
    ws = world.ws.copy()
    first = study.pains[0]
    segment = ws.segments[SegmentId("a")]
    ws.put(replace(segment, customers_per_year=77.0, value_if_retained=3.0))
    ws.put(replace(ws.pain_points[first], title="Renamed", severity=1))
    if ws.transitions:
        arrow = next(iter(ws.transitions.values()))
        ws.put(replace(arrow, count=5.0))
    fresh = rank(ws, world.tables, quarter="2026Q4", draws=200)
    assert repr(study.rank(workspace=ws)) == repr(fresh)


def test_a_study_keeps_the_workspace_as_it_was_prepared(relational):
    world = relational()
    study = _prepared(world)
    before = repr(study.rank())
    world.assume(fix_efficacy_mean=0.1)
    world.segment("a", 1.0, 1.0)
    assert repr(_prepared(world).rank()) != before
    assert repr(study.estimate(world.ws.assumptions.__class__()).ranking) == before


def test_contradictory_assumptions_are_refused_with_the_reason(world):
    study = _prepared(world)
    wrong = replace(
        world.ws.assumptions, reporting_sensitivity=0.2, reporting_false_positive=0.3, top_k=0
    )
    with pytest.raises(RankingError) as caught:
        study.rank(wrong)
    assert caught.value.reason == "contradictory_assumptions"
    assert set(caught.value.facts["found"]) == {
        ("reporting_sensitivity", "not_above_false_positive"),
        ("top_k", "not_positive"),
    }


def test_the_draws_are_those_of_the_rows(world):
    study = _prepared(world)
    estimate = study.estimate()
    ranking = estimate.ranking
    assert study.values.shape == study.effort.shape == (200, len(study.pains))
    for item in ranking.items:
        column = estimate.column(item.pain_point)
        mean = item.value_mean if item.value_mean is not None else item.index_mean
        if mean is not None and item.level in ("A", "B", "C"):
            assert study.values[:, column].mean() == pytest.approx(mean, rel=1e-12)
            assert item.score == pytest.approx(
                (estimate.joint / estimate.effort)[:, column].mean(), rel=1e-12
            )
        assert study.facts(item.pain_point).effect == study.risk(item.pain_point)
    first = ranking.items[0].pain_point
    tally = study.facts(first).tally
    assert tally.asked == study.facts(first).n
    assert 0 < tally.named < tally.asked
    assert tally.known_named <= tally.named
    assert study.share(first) > 0
    assert study.visits(first) > 0


def test_one_pain_point_alone_is_worth_its_value(world):
    study = _prepared(world)
    for column, pain in enumerate(study.pains):
        assert study.joint_value([pain]) == pytest.approx(study.values[:, column], rel=1e-9)


def test_a_joint_value_is_not_the_sum_and_never_more_than_the_loss_there_is(world):
    world.assume(fix_efficacy_mean=0.95, fix_efficacy_sd=0.0)
    study = _prepared(world)
    pains = [p for p in study.pains if p != "judged"]
    joint, alone = study.joint_value(pains), study.values[:, : len(pains)].sum(axis=1)
    assert not np.allclose(joint, alone, rtol=1e-6)
    assert study.joint_value([]) == pytest.approx(0.0)
    assert study.joint_value([*pains, *pains]) == pytest.approx(joint)


def test_improvements_that_remove_the_same_pain_point_remove_it_once(relational):
    world = relational()
    world.improvement("one", "p0", effort_days=10.0, efficacy=0.5)
    world.improvement("two", "p0", effort_days=30.0, efficacy=0.4)
    world.assume(fix_efficacy_sd=0.0)
    world.ws.put(replace(world.ws.improvements["one"], efficacy=0.5))
    study = _prepared(world)
    one, two, both = (study.joint_value(ids) for ids in (["one"], ["two"], ["one", "two"]))
    spread = study.joint_value(["one"]) / 0.5
    assert spread.mean() != 0
    assert (np.abs(both) <= np.abs(one) + np.abs(two) + 1e-9).all()
    days = study.estimate().days(["one", "two", "p0"])
    assert days.mean() == pytest.approx(40.0, rel=0.1)


def test_what_the_list_does_not_know_is_named(relational):
    study = _prepared(relational())
    for ask in (study.facts, lambda x: study.joint_value([x])):
        with pytest.raises(RankingError) as caught:
            ask("nobody")
        assert (caught.value.reason, caught.value.facts["id"]) == ("unknown_item", "nobody")


def test_no_draws_are_refused(relational):
    with pytest.raises(RankingError) as caught:
        _prepared(relational(), draws=0)
    assert caught.value.reason == "no_draws"


def test_the_study_of_changed_answers_is_a_new_one(relational, transactional):
    for world in (relational(), _arrows(transactional())):
        table = world.tables[0]
        trip = np.where(np.arange(table.rows) % 3 == 0, "work", "leisure").astype(np.object_)
        whole = replace(table, covariates={"trip": trip, "age": np.arange(table.rows) % 70})
        study = prepare(world.ws, [whole], quarter="2026Q4", draws=50)
        study.rank()
        first = next(iter(table.pain_points))
        fewer = {**table.pain_points, first: table.pain_points[first] & (trip == "work")}
        for changed in (table, replace(whole, pain_points=fewer), replace(whole, covariates={})):
            new = rank(world.ws, [changed], quarter="2026Q4", draws=50)
            assert study.of_tables([changed]).rank() == new
        assert study.of_tables([whole]).rank() == study.rank()
