"""One-at-a-time bars: what plays a part, over which range, and what the list says there."""

from dataclasses import replace

import pytest

from journey.decision.sensitivity import VALUE, one_at_a_time, sensible_ranges

RELATIONAL = {
    "fix_efficacy_mean",
    "causal_share_mean",
    "bad_to_churn_mean",
    "reporting_sensitivity",
    "reporting_false_positive",
}
VISITS = {
    "fix_efficacy_mean",
    "link_intercept_mean",
    "link_slope_mean",
    "reporting_sensitivity",
    "reporting_false_positive",
}


def test_only_what_plays_a_part(relational, transactional, study_of):
    assert set(sensible_ranges(study_of(relational()).estimate())) == RELATIONAL
    assert set(sensible_ranges(study_of(transactional()).estimate())) == VISITS
    left = relational()
    left.tables[0] = replace(left.tables[0], outcome_means="left", outcome_months=12)
    assert "bad_to_churn_mean" not in sensible_ranges(study_of(left).estimate())


def test_ranges_are_the_tenths_of_what_the_workspace_believes(relational, study_of):
    from scipy.stats import beta

    world = relational()
    low, high = sensible_ranges(study_of(world).estimate())["causal_share_mean"]
    strength = 0.25 / 0.04 - 1
    assert (low, high) == pytest.approx(beta(strength / 2, strength / 2).ppf([0.1, 0.9]))
    world.assume(causal_share_sd=0.0)  # constant in the draws, but no more certain for that
    assert sensible_ranges(study_of(world).estimate())["causal_share_mean"] == (low, high)


def test_each_end_is_the_list_under_that_assumption(relational, study_of):
    world = relational(rows=800, effects=(1.5, 1.0, 0.6, -0.3))
    world.assume(top_k=2)
    study = study_of(world)
    effects = one_at_a_time(study)
    assert {e.name for e in effects} == RELATIONAL | {VALUE}
    assert [e.width for e in effects] == sorted((e.width for e in effects), reverse=True)
    first = [i.pain_point for i in study.rank().items if i.rank <= 2]
    for e in [e for e in effects if not e.segment]:
        assert e.value == world.ws.assumptions.figures()[e.name]
        assert e.low <= e.value <= e.high
        assert 0 <= e.kept_top <= 2
        changed = study.estimate(replace(world.ws.assumptions, **{e.name: e.low}))
        assert e.value_low == pytest.approx(float(changed.joint_value(first).mean()), rel=1e-9)
        assert e.rank1_at_low == changed.ranking.items[0].pain_point


def test_kappa_scales_the_value_and_leaves_the_order(relational, study_of):
    world = relational(rows=2000, effects=(1.5, 0.5))
    effects = {e.name: e for e in one_at_a_time(study_of(world))}
    kappa = effects["causal_share_mean"]
    assert (kappa.moves, kappa.kept_top) == (0, 2)
    assert kappa.value_low < kappa.value_high
    assert kappa.value_high / kappa.value_low == pytest.approx(kappa.high / kappa.low, rel=0.15)


def test_what_a_customer_is_worth_goes_from_half_to_twice_segment_by_segment(relational, study_of):
    world = relational(rows=800, effects=(1.5, 1.0, 0.6, -0.3))
    study = study_of(world)
    found = {e.segment: e for e in one_at_a_time(study) if e.name == VALUE}
    assert {s: (e.low, e.value, e.high) for s, e in found.items()} == {
        "a": (250.0, 500.0, 1000.0),
        "b": (1000.0, 2000.0, 4000.0),
    }
    first = [i.pain_point for i in study.rank().items if not i.no_evidence]
    now = float(study.joint_value(first).mean())
    for e in found.values():
        mine = float(study.estimate().of_segment(e.segment).joint_value(first).mean())
        assert e.value_low == pytest.approx(now - mine / 2, rel=1e-9)
        assert e.value_high == pytest.approx(now + mine, rel=1e-9)
    world.segment("a", None, None)  # an index has no money in it
    assert VALUE not in {e.name for e in one_at_a_time(study_of(world))}


def test_assumptions_at_their_limits_are_no_contradiction(relational, study_of):
    world = relational()
    world.assume(
        fix_efficacy_mean=1.0, fix_efficacy_sd=0.0, causal_share_mean=0.02, causal_share_sd=0.02
    )
    world.assume(reporting_sensitivity=0.1, reporting_false_positive=0.05)
    for effect in one_at_a_time(study_of(world)):
        assert effect.low <= effect.value <= effect.high


def test_it_can_be_stopped_and_tells_how_far_it_is(relational, study_of):
    study = study_of(relational())
    steps = []
    whole = one_at_a_time(study, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(i + 1, len(whole)) for i in range(len(whole))]
    told = []
    part = one_at_a_time(
        study, progress=lambda *at: told.append(at), cancelled=lambda: len(told) >= 2
    )
    assert len(part) == 2
    assert set(part) <= set(whole)


def test_opinion_shows_no_figures(new_world, study_of):
    world = new_world()
    assert one_at_a_time(study_of(world)) == ()
    world.touchpoint("t", question=None)
    for name in "ab":
        world.pain(name, "t", severity=3, frequency=3)
    for effect in one_at_a_time(study_of(world)):
        assert (effect.value_low, effect.value_high, effect.width) == (None, None, 0.0)
