"""What must hold of any list: scaling, effort, order of rows and columns, more answers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.model.ids import Kind, Ref, SegmentId

FEW = settings(deadline=None, max_examples=10)


def _one_segment(world):
    table = world.tables[0]
    world.tables[0] = replace(
        table, segments=(SegmentId("a"),), segment=np.zeros(table.rows, np.int16)
    )
    return world


@pytest.mark.parametrize("kind", ["relational", "transactional"])
@FEW
@given(seed=st.integers(0, 50), factor=st.floats(0.01, 1000.0))
def test_scaling_the_value_scales_money_and_no_rank(relational, transactional, kind, seed, factor):
    make = relational if kind == "relational" else transactional
    world = _one_segment(make(rows=150, seed=seed))
    before = world.rank(draws=100)
    world.segment("a", 10_000.0, 500.0 * factor)
    after = world.rank(draws=100)
    assert [i.pain_point for i in after.items] == [i.pain_point for i in before.items]
    for old, new in zip(before.items, after.items, strict=True):
        assert (new.rank, new.p_top5, new.p_beats_next) == (old.rank, old.p_top5, old.p_beats_next)
        if old.value_mean is not None:
            assert new.value_mean == pytest.approx(old.value_mean * factor)
            assert new.high95 == pytest.approx(old.high95 * factor)


@pytest.mark.parametrize("kind", ["relational", "transactional"])
@FEW
@given(seed=st.integers(0, 50), days=st.floats(0.5, 500.0))
def test_doubling_the_effort_halves_the_score(relational, transactional, row, kind, seed, days):
    make = relational if kind == "relational" else transactional
    world = make(rows=150, seed=seed)
    pain = min(world.ws.pain_points)
    world.improvement("i", pain, effort_days=days)
    world.improvement("other", effort_days=days)
    before = row(world.rank(draws=100), pain)
    world.improvement("i", pain, effort_days=2 * days)
    after = row(world.rank(draws=100), pain)
    assert after.value_mean == before.value_mean
    if before.score is not None:
        assert after.score == pytest.approx(before.score / 2)


def _shuffled(world, seed):
    rng = np.random.default_rng(seed)
    table = world.tables[0]
    order = rng.permutation(table.rows)
    names = rng.permutation(sorted(table.pain_points))
    world.tables[0] = replace(
        table,
        segment=table.segment[order],
        weight=table.weight[order],
        outcome=table.outcome[order],
        answers={q: a[order] for q, a in reversed(list(table.answers.items()))},
        pain_points={str(n): table.pain_points[str(n)][order] for n in names},
    )
    pains = list(world.ws.pain_points.values())
    for pain in pains:
        world.ws.drop(Ref(Kind.PAIN_POINT, pain.id))
    for i in rng.permutation(len(pains)):
        world.ws.put(pains[i])


@pytest.mark.parametrize("kind", ["relational", "transactional"])
@FEW
@given(seed=st.integers(0, 50))
def test_the_order_of_rows_and_of_pain_points_does_not_matter(
    relational, transactional, kind, seed
):
    make = relational if kind == "relational" else transactional
    world = make(rows=150, seed=seed)
    before = world.rank(draws=100)
    _shuffled(world, seed)
    after = world.rank(draws=100)
    for old, new in zip(before.items, after.items, strict=True):
        assert new.pain_point == old.pain_point
        assert new.sentence == old.sentence
        if old.value_mean is not None:
            assert new.value_mean == pytest.approx(old.value_mean, rel=1e-6)


@pytest.mark.parametrize("kind", ["relational", "transactional"])
def test_more_answers_narrow_the_interval_on_average(relational, transactional, kind):
    make = relational if kind == "relational" else transactional
    widths = []
    for rows in (150, 3000):
        relative = []
        for seed in range(8):
            world = make(rows=rows, seed=seed)
            world.certain()
            world.assume(link_intercept_sd=1.5, link_slope_sd=0.3)
            first = world.rank(draws=200).items[0]
            relative.append((first.high80 - first.low80) / abs(first.value_mean))
        widths.append(np.mean(relative))
    assert widths[1] < 0.6 * widths[0]


def test_another_pain_point_leaves_the_draws_of_the_others(new_world, row):
    world = new_world()
    world.touchpoint("t")
    world.pain("a", "t", severity=3, frequency=3)
    before = row(world.rank(), "a")
    world.touchpoint("u")
    world.pain("b", "u")
    assert row(world.rank(), "a") == replace(before, sentence=row(world.rank(), "a").sentence)
