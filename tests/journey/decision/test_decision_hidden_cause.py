"""E-values as published, and the κ at which rank 1 really loses its place."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.decision.hidden_cause import e_value, unseat
from journey.metrics.kinds import MetricError


@pytest.mark.parametrize(
    ("ratio", "value"),
    # VanderWeele & Ding 2017: 3.9 → 7.26 and, for the limit 1.8 of its interval, 3.0; 1 → 1.
    [(3.9, 7.26), (1.8, 3.0), (1.0, 1.0)],
)
def test_published_e_values(ratio, value):
    assert e_value(ratio) == pytest.approx(value, abs=0.005)


@given(st.floats(1.0, 1e6))
def test_e_value_explains_exactly_and_is_symmetric(ratio):
    found = e_value(ratio)
    # Ding & VanderWeele's bounding factor E²/(2E − 1) of a cause of that strength is the ratio.
    assert found**2 / (2 * found - 1) == pytest.approx(ratio)
    assert e_value(1 / ratio) == pytest.approx(found)


@pytest.mark.parametrize("ratio", [0.0, -1.0, math.inf, math.nan])
def test_what_is_no_risk_ratio_is_refused(ratio):
    with pytest.raises(MetricError):
        e_value(ratio)


def test_below_its_kappa_rank_1_loses_its_place(relational, study_of):
    world = relational(rows=3000, effects=(1.5, 1.0, 0.2))
    study = study_of(world, 400)
    found = unseat(study)
    assert (found.rank1, found.rank2) == ("p0", "p1")
    assert found.kappa_now == 0.5
    assert 0 < found.kappa < 0.5
    estimate = study.estimate()
    one, two = (float(estimate.scores[:, estimate.column(p)].mean()) for p in ("p0", "p1"))
    assert one * (found.kappa / 0.5) == pytest.approx(two)
    assert found.risk_ratio > found.risk_ratio_left > 1
    assert found.e_value == pytest.approx(e_value(found.risk_ratio / found.risk_ratio_left))
    assert found.word == "dissatisfied"


def test_the_risk_ratio_is_that_of_the_answers(new_world, study_of):
    world = new_world()
    world.segment("a")
    world.touchpoint("t", question=None)
    world.pain("p", "t")
    hit = np.arange(4000) % 4 == 0
    bad = np.where(hit, np.arange(4000) % 8 == 0, np.arange(4000) % 5 == 1)
    world.survey(pains={"p": hit}, outcome=bad)
    found = unseat(study_of(world))
    assert found.risk_ratio == pytest.approx(0.5 / 0.2, rel=0.05)
    assert (found.rank2, found.kappa, found.e_value) == ("", None, None)


def test_the_rival_is_another_improvement(relational, study_of):
    world = relational(rows=3000, effects=(1.5, 1.4, 0.6))
    world.improvement("both", "p0", "p1", effort_days=20.0)
    study = study_of(world, 400)
    found = unseat(study)
    assert {found.rank1, found.rank2} == {study.rank().items[0].pain_point, "p2"}
    # The other pain point of the improvement carries it: rank 1 need not be causal at all.
    assert found.kappa == 0.0


def test_visits_assume_that_all_of_it_is_causal(transactional, study_of):
    found = unseat(study_of(transactional(rows=1500)))
    assert found.kappa_now == 1.0
    assert 0 <= found.kappa <= 1
    assert found.word == "left"


def test_without_an_outcome_there_is_no_e_value(transactional, study_of):
    found = unseat(study_of(transactional(outcome=False)))
    assert found.kappa is not None
    assert (found.risk_ratio, found.e_value) == (None, None)


def test_opinion_and_nothing_have_no_kappa(new_world, study_of):
    world = new_world()
    assert unseat(study_of(world)).rank1 == ""
    world.touchpoint("t", question=None)
    world.pain("a", "t", severity=5, frequency=5)
    found = unseat(study_of(world))
    assert (found.rank1, found.kappa) == ("a", None)
