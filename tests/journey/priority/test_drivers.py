"""Relative weights and Shapley's value: by hand, by brute force, and on a real survey."""

import csv
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.priority.drivers import correlations, drivers_of, relative_weights, shapley_weights
from journey.priority.evidence import MISSING

BOTH = pytest.mark.parametrize("weights", [relative_weights, shapley_weights])


def made(seed, predictors, rows=60):
    """Return data of predictors that go together, and their correlations."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((rows, predictors)) @ rng.standard_normal((predictors, predictors))
    y = x @ rng.standard_normal(predictors) + 3 * rng.standard_normal(rows)
    table = correlations(np.column_stack([x, y]), np.ones(rows))
    return x, y, table[:-1, :-1], table[:-1, -1]


def r2_of(x, y):
    """Return R² by least squares."""
    design = np.column_stack([np.ones(len(y)), x])
    rest = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    return 1 - rest @ rest / ((y - y.mean()) @ (y - y.mean()))


@BOTH
def test_two_predictors_by_hand(weights):
    # r = .5, .4 and .3 between: R² = (.25 + .16 − 2·.3·.5·.4)/(1 − .09) = .29/.91 = .318681;
    # the first gains .25 alone and R² − .16 after the other: (.25 + .158681)/2 = .204341.
    found = weights(np.array([[1.0, 0.3], [0.3, 1.0]]), np.array([0.5, 0.4]))
    assert [f"{w:.6f}" for w in found] == ["0.204341", "0.114341"]


@BOTH
def test_what_does_not_go_together_counts_by_its_square(weights):
    found = weights(np.eye(3), np.array([0.6, -0.3, 0.0]))
    assert found == pytest.approx([0.36, 0.09, 0.0])


@BOTH
def test_twins_share_their_credit(weights):
    table = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    found = weights(table, np.array([0.6, 0.6, 0.5]))
    assert found == pytest.approx([0.18, 0.18, 0.25])


@BOTH
@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10_000), predictors=st.integers(1, 7))
def test_parts_are_not_negative_and_sum_to_r2(weights, seed, predictors):
    x, y, between, r = made(seed, predictors)
    found = weights(between, r)
    assert (found > -1e-9).all()
    assert found.sum() == pytest.approx(r2_of(x, y), abs=1e-8)


@BOTH
def test_the_order_of_the_columns_does_not_matter(weights):
    _, _, between, r = made(3, 5)
    turned = [4, 2, 0, 1, 3]
    again = weights(between[np.ix_(turned, turned)], r[turned])
    assert again == pytest.approx(weights(between, r)[turned], abs=1e-10)


def test_shapley_is_the_mean_gain_over_all_orders():
    x, y, between, r = made(5, 4)
    total = np.zeros(4)
    for order in permutations(range(4)):
        before = 0.0
        for step in range(4):
            after = r2_of(x[:, order[: step + 1]], y)
            total[order[step]] += after - before
            before = after
    assert shapley_weights(between, r) == pytest.approx(total / 24, abs=1e-10)


def test_sampled_orders_come_near_and_still_sum():
    _, _, between, r = made(8, 12, rows=400)
    exact = shapley_weights(between, r)
    # A thirteenth that goes with nothing changes no part, but makes the orders sampled.
    wider = np.eye(13)
    wider[:12, :12] = between
    sampled = shapley_weights(wider, np.append(r, 0.0), seed=4)
    assert sampled[:12] == pytest.approx(exact, abs=0.01)
    assert sampled[12] == pytest.approx(0.0, abs=1e-12)
    assert sampled.sum() == pytest.approx(exact.sum(), abs=1e-9)
    assert list(sampled) == list(shapley_weights(wider, np.append(r, 0.0), seed=4))
    assert list(sampled) != list(shapley_weights(wider, np.append(r, 0.0), seed=5))


def test_sampled_orders_bear_twins():
    table = np.eye(13)
    table[0, 1] = table[1, 0] = 1.0
    r = np.zeros(13)
    r[:2] = 0.6
    found = shapley_weights(table, r)
    assert found[:2] == pytest.approx([0.18, 0.18], abs=1e-9)
    assert found[2:] == pytest.approx(np.zeros(11))


def rated_world(new_world, rows=200, *, gaps=0):
    """Return a world where the rating of t0 decides the outcome, t1 nothing."""
    rng = np.random.default_rng(2)
    world = new_world()
    answers = {}
    for t in range(2):
        world.touchpoint(f"t{t}", question="rating")
        answers[f"q-t{t}"] = rng.integers(1, 6, rows)
    outcome = np.asarray(answers["q-t0"] <= 2, np.int8)
    answers["q-t1"] = np.where(np.arange(rows) < gaps, MISSING, answers["q-t1"])
    world.survey(pains={}, answers=answers, outcome=outcome, rows=rows)
    return world


def test_the_driver_of_the_outcome_comes_first(new_world):
    world = rated_world(new_world, gaps=20)
    (found,) = drivers_of(world.ws, world.tables)
    assert (found.n, found.rows, found.outcome, found.exact) == (180, 200, "dissatisfied", True)
    assert [d.touchpoint for d in found.items] == ["t0", "t1"]
    assert found.items[0].shapley > 0.9 * found.r2
    assert found.items[0].correlation > 0.8
    for part in ("shapley", "relative_weight"):
        assert sum(getattr(d, part) for d in found.items) == pytest.approx(found.r2)


@pytest.mark.parametrize(("rows", "gaps"), [(20, 0), (200, 150)])
def test_too_few_complete_respondents_tell_no_drivers(new_world, rows, gaps):
    world = rated_world(new_world, rows, gaps=gaps)
    assert drivers_of(world.ws, world.tables) == ()


def test_visits_tell_no_drivers(transactional):
    world = transactional()
    assert drivers_of(world.ws, world.tables) == ()


def test_airline_passengers(shared_data, new_world):
    path = shared_data / "airline" / "AirlinePassengerSatisfaction.csv"
    with path.open(encoding="utf-8", newline="") as file:
        passengers = list(csv.DictReader(file))
    names = [n for n in passengers[0] if all(p[n] in set("012345") for p in passengers[:500])]
    world, answers = new_world(), {}
    for i in range(len(names)):
        world.touchpoint(f"t{i:02}", question="rating")
        scores = np.array([int(p[names[i]]) for p in passengers], np.int16)
        answers[f"q-t{i:02}"] = np.where(scores == 0, MISSING, scores)
    good = np.array([p["satisfaction"] == "satisfied" for p in passengers])
    world.survey(pains={}, answers=answers, outcome=~good, rows=len(good))
    (found,) = drivers_of(world.ws, world.tables)
    x = np.column_stack(list(answers.values()))
    complete = (x != MISSING).all(axis=1)
    assert (len(found.items), found.n, found.exact) == (14, complete.sum(), False)
    assert found.r2 == pytest.approx(r2_of(x[complete], good[complete].astype(float)), abs=1e-9)
    for part in ("shapley", "relative_weight"):
        assert sum(getattr(d, part) for d in found.items) == pytest.approx(found.r2, abs=1e-9)
    first = {names[int(d.touchpoint[1:])] for d in found.items[:2]}
    assert first == {"Online boarding", "Inflight wifi service"}
