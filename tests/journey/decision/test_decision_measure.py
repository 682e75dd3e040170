"""What to measure next: the value of information against theory, and what is named."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.decision.next_data import conditional_mean, what_to_measure

FEW = settings(deadline=None, max_examples=10)


@given(
    correlation=st.floats(0.05, 0.99),
    lead=st.floats(-2.0, 2.0),
    seed=st.integers(0, 2**32 - 1),
)
@settings(deadline=None, max_examples=30)
def test_knowing_a_normal_cause_is_worth_the_unit_normal_loss(correlation, lead, seed):
    # Two options, one worth 0, the other s = lead + N(0, 1) with φ of this correlation: knowing φ
    # is worth σ·L(|lead|/σ) with σ the correlation, L(d) = φ(d) − d(1 − Φ(d)) (Raiffa 1961).
    rng = np.random.default_rng(seed)
    learnt = rng.standard_normal(20_000)
    score = lead + correlation * learnt
    score = score + math.sqrt(1 - correlation**2) * rng.standard_normal(20_000)
    given_it = conditional_mean(score, learnt)
    found = np.maximum(given_it, 0.0).mean() - max(score.mean(), 0.0)
    d = abs(lead) / correlation
    density = math.exp(-0.5 * d * d) / math.sqrt(2 * math.pi)
    loss = density - d * 0.5 * math.erfc(d / math.sqrt(2))
    assert found == pytest.approx(correlation * loss, abs=0.02)


def test_what_never_varies_teaches_nothing():
    score = np.array([1.0, 2.0, 3.0])
    assert conditional_mean(score, np.ones(3)).tolist() == [2.0, 2.0, 2.0]


@pytest.mark.parametrize("kind", ["relational", "transactional"])
@FEW
@given(seed=st.integers(0, 50), k=st.integers(1, 3))
def test_gains_are_no_losses_and_chances_are_chances(
    relational, transactional, study_of, kind, seed, k
):
    world = (relational if kind == "relational" else transactional)(rows=150, seed=seed)
    estimate = study_of(world).estimate()
    found = what_to_measure(estimate, world.ws, top_k=k)
    gains = [m.expected_gain for m in found]
    assert all(gain is not None and gain >= 0 for gain in gains)
    assert gains == sorted(gains, reverse=True)
    most = float(np.maximum(estimate.joint / estimate.effort, 0).max(axis=1).mean())
    for m in found:
        assert 0 <= m.chance_wrong_now <= 1
        assert m.expected_gain <= k * most * estimate.effort.mean() * 2
        assert m.answers_for_half_width >= 1
        assert m.reason == "overlaps_cut"
        assert all(world.ws.pain_points[p].touchpoint == m.touchpoint for p in m.pain_points)


def test_where_every_place_is_sure_nothing_is_to_be_asked(relational, study_of):
    world = relational(rows=20_000, effects=(3.0, 0.1))
    world.certain()
    assert what_to_measure(study_of(world).estimate(), world.ws, top_k=1) == ()


def test_many_answers_are_worth_more_answers_than_few(relational, study_of):
    few, many = (relational(rows=n) for n in (100, 400))
    found = [what_to_measure(study_of(w).estimate(), w.ws, top_k=2)[0] for w in (few, many)]
    assert [m.answers_for_half_width for m in found] == [300, 1200]


def test_opinion_and_kpis_are_things_to_measure(relational, study_of):
    from journey.model.evidence import Kpi, Observation
    from journey.model.ids import KpiId, ObservationId, TouchpointId

    world = relational(rows=400)
    world.touchpoint("judged", question=None)
    world.pain("judged", "judged", severity=5, frequency=5)
    world.touchpoint("counted", question=None)
    world.pain("counted", "counted")
    kpi = KpiId("k")
    world.ws.put(Kpi(kpi, "First contact resolution", TouchpointId("counted"), target=0.9))
    world.ws.put(Observation(ObservationId("o"), kpi, "2026Q4", 0.6, 50))
    found = {m.touchpoint: m for m in what_to_measure(study_of(world).estimate(), world.ws)}
    assert (found["judged"].reason, found["judged"].expected_gain) == ("opinion", None)
    # A judged 30 % with spread .5 halves its width with 4(1 − a)/(a(e^.25 − 1)) answers.
    assert 25 <= found["judged"].answers_for_half_width <= 45
    assert (found["counted"].reason, found["counted"].expected_gain) == ("kpi_only", None)
    assert found["counted"].answers_for_half_width == 200


def test_a_touchpoint_between_two_equals_is_worth_more_than_a_sure_one(new_world, study_of):
    rng = np.random.default_rng(3)
    world = new_world()
    world.segment("a")
    hits = {}
    for name, share in (("sure", 0.6), ("open1", 0.15), ("open2", 0.15), ("last", 0.02)):
        world.touchpoint(name, question=None)
        world.pain(name, name)
        hits[name] = rng.random(800) < share
    bad = rng.random(800) < 0.1 + 0.4 * sum(hits.values()) / 2
    world.survey(pains=hits, outcome=bad)
    estimate = study_of(world, 1000).estimate()
    found = [m.touchpoint for m in what_to_measure(estimate, world.ws, top_k=2)]
    assert set(found[:2]) == {"open1", "open2"}


def test_without_rows_nothing_is_asked(new_world, study_of):
    world = new_world()
    assert what_to_measure(study_of(world).estimate(), world.ws) == ()
