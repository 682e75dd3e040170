"""The best set: never over the days, never worse than the list's order, near the best there is."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.decision.budget import Budget, best_set
from journey.decision.items import items_of
from journey.decision.thinned import Thinned
from journey.priority.result import Basis

FEW = settings(deadline=None, max_examples=12)
KINDS = pytest.mark.parametrize("kind", ["relational", "transactional"])


@pytest.fixture(scope="module")
def make(relational, transactional, study_of):
    """Make an estimate of a world with improvements of different sizes, one of two pain points."""

    def made(kind, seed, draws=100):
        if kind == "relational":
            world = relational(rows=200, seed=seed, effects=(1.5, 1.2, 0.9, 0.6, 0.3, -0.3))
        else:
            world = transactional(rows=300, seed=seed)
        rng = np.random.default_rng(seed)
        pains = sorted(world.ws.pain_points)
        world.improvement("both", pains[0], pains[1], effort_days=float(rng.integers(5, 60)))
        for pain in pains[2:-1]:
            world.improvement(f"i-{pain}", pain, effort_days=float(rng.integers(5, 60)))
        return study_of(world, draws).estimate()

    return made


def _joint(estimate, items):
    return float(Thinned(estimate, 1).joint(items).mean()) if items else 0.0


def _by_list(estimate, days):
    chosen = []
    for item in items_of(estimate):
        if sum(i.days for i in chosen) + item.days <= days:
            chosen.append(item)
    return chosen


@KINDS
@FEW
@given(seed=st.integers(0, 60), days=st.floats(0, 250))
def test_never_over_the_days_and_never_worse_than_the_list(make, kind, seed, days):
    estimate = make(kind, seed)
    chosen = best_set(estimate, days)
    assert chosen.days <= days + 1e-6
    assert len(set(chosen.items)) == len(chosen.items)
    assert chosen.joint_mean >= _joint(estimate, _by_list(estimate, days)) * (1 - 1e-9)
    assert chosen.joint_low80 <= chosen.joint_high80


@KINDS
@FEW
@given(seed=st.integers(0, 60), days=st.floats(10, 250))
def test_near_the_best_of_all_sets(make, kind, seed, days):
    estimate = make(kind, seed)
    items = items_of(estimate)
    best = max(
        (
            _joint(estimate, list(some))
            for size in range(len(items) + 1)
            for some in combinations(items, size)
            if sum(i.days for i in some) <= days
        ),
        default=0.0,
    )
    chosen = best_set(estimate, days)
    assert chosen.joint_mean <= best * (1 + 1e-9) + 1e-9
    assert chosen.joint_mean >= 0.9 * best


@KINDS
@FEW
@given(seed=st.integers(0, 60))
def test_all_together_give_no_more_than_the_loss_there_is(make, kind, seed):
    estimate = make(kind, seed)
    budget = Budget(estimate)
    everything = budget.best_set(budget.all_days)
    assert everything.left_out_next is None
    market = estimate.board.market
    there_is = float((market.customers * market.value).sum())
    link = max(float(s.link.max()) for s in estimate.board.body.sources)
    assert 0 <= everything.joint_high80 <= there_is * link


@KINDS
def test_the_joint_value_is_recomputed_by_the_estimate(make, kind):
    estimate = make(kind, 3)
    chosen = best_set(estimate, 100)
    assert len(chosen.items) > 1
    assert chosen.joint_mean == pytest.approx(float(estimate.joint_value(chosen.items).mean()))
    assert chosen.sum_of_singles != pytest.approx(chosen.joint_mean, rel=1e-6)
    named = {*estimate.board.ws.improvements, *estimate.pains}
    assert set(chosen.items) <= named


def test_what_no_longer_fits_is_named(make):
    estimate = make("relational", 3)
    everything = Budget(estimate).all_days
    chosen = best_set(estimate, everything - 1)
    assert chosen.left_out_next is not None
    assert chosen.left_out_next not in chosen.items
    nothing = best_set(estimate, 0)
    assert (nothing.items, nothing.days, nothing.joint_mean) == ((), 0.0, 0.0)
    assert nothing.left_out_next is not None


def test_a_slider_gets_the_same_answer_whatever_it_was_asked_before(make):
    estimate = make("transactional", 5)
    budget = Budget(estimate)
    dragged = [budget.best_set(d) for d in (10, 90, 40, 90, 10)]
    assert dragged == [best_set(estimate, d) for d in (10, 90, 40, 90, 10)]


@KINDS
def test_fewer_draws_tell_the_same_story(make, kind):
    estimate = make(kind, 2, draws=400)
    items = items_of(estimate)
    every, some = (Thinned(estimate, step).joint(items) for step in (1, 2))
    assert len(some) == 200
    if kind == "transactional":
        assert some == pytest.approx(every[::2])
    else:
        assert some.mean() == pytest.approx(every.mean(), rel=0.15)


def test_an_order_by_opinion_shows_no_figure(new_world, study_of):
    world = new_world()
    world.touchpoint("t", question=None)
    for name, severity in (("a", 5), ("b", 1)):
        world.pain(name, "t", severity=severity, frequency=3)
    estimate = study_of(world).estimate()
    assert estimate.ranking.basis is Basis.ORDER
    chosen = best_set(estimate, 20)
    assert chosen.items == ("a",)
    assert (chosen.joint_mean, chosen.joint_low80, chosen.sum_of_singles) == (None, None, None)


def test_opinion_and_what_is_not_seen_to_help_are_not_chosen(relational, study_of):
    world = relational(rows=2000, effects=(1.5, 0.8, -1.5))
    world.touchpoint("judged", question=None)
    world.pain("judged", "judged", severity=5, frequency=5)
    estimate = study_of(world).estimate()
    harmless = next(i.pain_point for i in estimate.ranking.items if i.no_evidence)
    chosen = best_set(estimate, 10_000)
    assert chosen.items
    assert not {"judged", harmless} & set(chosen.items)


def test_without_evidence_there_is_nothing_to_choose(new_world, study_of):
    budget = Budget(study_of(new_world()).estimate())
    assert budget.all_days == 0
    assert budget.best_set(100).items == ()
    assert budget.best_set(100).left_out_next is None
