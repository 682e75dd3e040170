"""What a ranking must survive: no answers, one answer, all alike, nothing known, too much."""

from dataclasses import replace

import numpy as np
import pytest

from journey.model.ids import SegmentId
from journey.priority.result import Basis, Level


def _finite(ranking):
    for item in ranking.items:
        for value in (item.value_mean, item.index_mean, item.score, item.p_top5, item.effect):
            assert value is None or np.isfinite(value)
        assert item.sentence
        assert "nan" not in item.sentence


@pytest.mark.parametrize("design", ["relational", "transactional"])
@pytest.mark.parametrize("rows", [0, 1, 2])
@pytest.mark.parametrize("outcome", [0, 1, None])
def test_few_answers_of_one_kind_are_survived(new_world, design, rows, outcome):
    world = new_world()
    world.segment("a")
    world.touchpoint("t")
    world.pain("p", "t")
    world.pain("q", "t")
    world.survey(
        design=design,
        means="left",
        months=12,
        pains={"p": np.ones(rows, bool), "q": np.zeros(rows, bool)},
        answers={"q-t": np.full(rows, 3)},
        outcome=None if outcome is None else np.full(rows, outcome),
        segments=("a",),
        segment=np.zeros(rows),
    )
    ranking = world.rank()
    assert len(ranking.items) == 2
    _finite(ranking)


@pytest.mark.parametrize("everyone", [0, 1])
def test_everyone_the_same_is_survived(relational, transactional, everyone):
    for make in (relational, transactional):
        world = make()
        world.tables[0].outcome[:] = everyone
        for column in world.tables[0].pain_points.values():
            column[:] = bool(everyone)
        _finite(world.rank())


@pytest.mark.parametrize("value", [0.0, -300.0])
def test_a_value_of_nothing_or_less_is_survived(relational, transactional, value):
    for make in (relational, transactional):
        world = make()
        for name in ("a", "b"):
            world.segment(name, 1000.0, value)
        ranking = world.rank()
        _finite(ranking)
        assert ranking.basis is Basis.MONEY


def test_customers_of_nought_are_survived(relational):
    world = relational()
    for name in ("a", "b"):
        world.segment(name, 0.0, 100.0)
    ranking = world.rank()
    _finite(ranking)
    assert ranking.items[0].value_mean in (0.0, None)


def test_two_hundred_pain_points_of_one_touchpoint_are_survived(new_world):
    rng = np.random.default_rng(0)
    for design in ("relational", "transactional"):
        world = new_world()
        world.touchpoint("t")
        pains = {f"p{i:03}": rng.random(300) < 0.05 for i in range(200)}
        for name in pains:
            world.pain(name, "t")
        world.survey(
            design=design,
            means="left",
            pains=pains,
            answers={"q-t": rng.integers(0, 11, 300)},
            outcome=rng.random(300) < 0.2,
        )
        ranking = world.rank(draws=200)
        assert sum(i.rank is not None for i in ranking.items) == 200
        _finite(ranking)


def test_weights_and_unknown_segments_are_survived(relational):
    world = relational()
    rng = np.random.default_rng(0)
    segment = rng.integers(-1, 2, 600).astype(np.int16)
    world.tables[0] = replace(world.tables[0], weight=rng.uniform(0.01, 40, 600), segment=segment)
    _finite(world.rank())


def test_a_table_that_names_what_the_workspace_lacks_is_survived(relational):
    world = relational()
    table = world.tables[0]
    world.tables[0] = replace(
        table,
        pain_points={**table.pain_points, "gone": table.pain_points["p0"]},
        answers={"gone": np.zeros(600, np.int16)},
        segments=(SegmentId("a"), SegmentId("gone")),
    )
    ranking = world.rank()
    _finite(ranking)
    assert ranking.basis is Basis.INDEX


def test_two_surveys_of_the_same_pain_points_use_the_larger(relational, row):
    world = relational(rows=200)
    large = relational(rows=2000, seed=5)
    table = replace(large.tables[0], survey="other")
    world.ws.put(replace(world.ws.surveys["survey"], id="other"))
    world.tables.append(table)
    assert row(world.rank(), "p0").n == 2000


def test_a_relational_survey_without_any_outcome_is_read_as_visits(relational):
    world = relational()
    world.tables[0] = replace(world.tables[0], outcome_means=None)
    world.tables[0].outcome[:] = -1
    ranking = world.rank()
    assert {i.level for i in ranking.items} == {Level.B}
    assert not any(i.relational for i in ranking.items)
    _finite(ranking)


def _arrow_counts(world, **counts):
    for name, count in counts.items():
        source, _, target = name.partition("__")
        world.arrow(source, target, count)
    return world


@pytest.mark.parametrize("lost", [1.0, None])
def test_a_loop_of_nearly_one_is_survived(transactional, lost):
    world = transactional()
    _arrow_counts(world, start__t0=10, t0__t0=1e9, t0__t1=1, t1__t1=1e6, t1__retained=1)
    world.arrow("t0", "lost", lost)
    ranking = world.rank()
    _finite(ranking)
    total = sum(i.value_mean or 0.0 for i in ranking.items)
    assert total <= 10_000 * 500 + 5_000 * 2_000


def test_every_visit_lost_is_survived(transactional):
    world = transactional()
    _arrow_counts(world, start__t0=10, t0__t1=1, t0__lost=1e9, t1__lost=1e9)
    _finite(world.rank())


@pytest.mark.parametrize("made", ["relational", "transactional"])
def test_nobody_asked_at_all_is_survived(made, request, row):
    world = request.getfixturevalue(made)()
    world.tables.clear()
    first = next(iter(world.ws.pain_points))
    assert all(i.level is Level.F for i in world.rank().items)
    world.ws.put(replace(world.ws.pain_points[first], severity=3))
    assert row(world.rank(), first).rank == 1


def test_unknown_volumes_make_an_index_and_say_so(transactional):
    world = transactional()
    for name in ("a", "b"):
        world.segment(name, None, 100.0)
    ranking = world.rank()
    _finite(ranking)
    assert ranking.basis is Basis.INDEX
    assert "no_volumes" in ranking.warnings


def test_without_any_effort_the_order_is_that_of_the_value_and_it_is_said(transactional):
    world = transactional()
    ranking = world.rank()
    assert "no_effort" in ranking.warnings
    assert all(i.effort_assumed for i in ranking.items)
    values = [i.value_mean for i in ranking.items if i.value_mean is not None]
    assert values == sorted(values, reverse=True)
    world.improvement("one", "p00", effort_days=3.0)
    assert "no_effort" not in world.rank().warnings


def test_a_segment_without_customers_is_worth_nothing(transactional):
    world = transactional()
    world.segment("b", 0.0, 2_000.0)
    with_none = world.rank()
    _finite(with_none)
    world.segment("b", 0.0, 9_000_000.0)
    again = world.rank()
    assert [i.value_mean for i in again.items] == [i.value_mean for i in with_none.items]


def test_weights_count_as_their_effective_number(relational, row):
    world = relational()
    equal = row(world.rank(), "p0")
    world.tables[0] = replace(world.tables[0], weight=np.full(600, 7.0))
    assert repr(row(world.rank(), "p0")) == repr(equal)
    rng = np.random.default_rng(0)
    world.tables[0] = replace(world.tables[0], weight=rng.choice([0.2, 0.9, 1.0], 600))
    uneven = row(world.rank(), "p0")
    assert uneven.high95 - uneven.low95 != equal.high95 - equal.low95
    assert uneven.n == 600


def test_two_hundred_pain_points_and_their_joint_value_stay_below_the_loss(new_world):
    from journey.priority import prepare

    rng = np.random.default_rng(0)
    world = new_world()
    world.segment("a", 1000.0, 100.0)
    world.touchpoint("t")
    pains = {f"p{i:03}": rng.random(300) < 0.05 for i in range(200)}
    for name in pains:
        world.pain(name, "t")
    world.survey(
        design="transactional",
        means="left",
        pains=pains,
        answers={"q-t": rng.integers(0, 11, 300)},
        outcome=rng.random(300) < 0.2,
        segments=("a",),
        segment=np.zeros(300),
    )
    study = prepare(world.ws, world.tables, quarter="2026Q4", draws=100)
    leg = study.estimate().board.body.sources[-1].legs["t"][0]
    loss = leg.hazard[:, 0] * 1000 * 100
    assert (np.maximum(study.values, 0).sum(axis=1) <= loss * (1 + 1e-9)).all()
    assert (study.joint_value(study.pains) <= loss * (1 + 1e-9)).all()
