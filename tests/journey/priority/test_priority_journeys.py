"""Volumes, churn, earlier quarters, and touchpoints that several journeys share."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from journey.model.evidence import Kpi, Observation, Question
from journey.model.ids import (
    JourneyId,
    KpiId,
    ObservationId,
    PainPointId,
    QuestionId,
    SegmentId,
    StageId,
    SurveyId,
    TouchpointId,
    TransitionId,
)
from journey.model.map import Entrants, Journey, PainPoint, Stage, Touchpoint, Transition
from journey.priority import prepare
from journey.priority.evidence import MISSING
from journey.priority.shared import members, same_touchpoints
from journey.priority.volumes import visits_a_year, yearly_churn

QUARTER = "2026Q4"


def _kpi(world, name, measure, value, *, at=None, period=QUARTER, unit=""):
    touchpoint = TouchpointId(at) if at else None
    world.ws.put(Kpi(KpiId(name), name, touchpoint, unit=unit, measure=measure))
    key = ObservationId(f"{name} {period}")
    world.ws.put(Observation(key, KpiId(name), period, value))


def _arrow(world, journey, source, target, count=None):
    name = TransitionId(f"{journey} {source}>{target}")
    world.ws.put(Transition(name, JourneyId(journey), source, target, None, count))


def _drawn_map(world):
    for source, target in (("start", "t0"), ("t0", "t1"), ("t1", "t0"), ("t1", "retained")):
        _arrow(world, "j", source, target)
    return world


def _study(world, draws=200, **more):
    return prepare(world.ws, world.tables, quarter=QUARTER, draws=draws, **more)


def _legs(study):
    estimate = study.estimate()
    return estimate.board.body.sources[-1].legs


def _lost(study):
    """The share of customers that the model loses in a year, float64[K]."""
    estimate = study.estimate()
    mix = estimate.board.market.mix
    legs = [leg for at in _legs(study).values() for leg in at]
    flows = {id(leg.flow): leg for leg in legs if leg.flow is not None}
    total = sum(
        (leg.flow.lost()[leg.flow.graph] @ (mix * leg.starts) for leg in flows.values()),
        np.zeros(study.draws),
    )
    loose = [leg for leg in legs if leg.flow is None]
    if loose:
        total = total + (1 - loose[0].onward) @ mix
    return total


# --- churn -------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", [True, False])
@pytest.mark.parametrize("drawn", [True, False])
def test_exits_that_were_not_logged_are_held_to_the_known_churn(transactional, outcome, drawn):
    world = transactional(outcome=outcome)
    if drawn:
        _drawn_map(world)
    _kpi(world, "churn", "churn", 12.0, unit="%")
    world.assume(experience_share_of_churn=0.5)
    study = _study(world)
    assert _lost(study) == pytest.approx(0.06, rel=1e-5)
    assert "calibrated_to_churn" in study.rank().warnings


def test_all_fixes_together_never_keep_more_than_the_churn_there_is(transactional):
    world = _drawn_map(transactional())
    world.assume(fix_efficacy_mean=1.0, fix_efficacy_sd=0.0, link_slope_mean=2.0)
    _kpi(world, "churn", "churn", 0.08)
    study = _study(world)
    loss = 0.08 * 0.5 * (10_000 * 500 + 5_000 * 2_000)
    # Segments share the hazards of a drawn map, so that the loss in money is the mix's times 1.
    assert study.values.clip(0).sum(axis=1).max() <= loss * 1.01
    assert study.joint_value(study.pains).max() <= loss * 1.01


def test_logged_exits_are_never_calibrated(transactional):
    world = transactional()
    for source, target, count in (
        ("start", "t0", 1000),
        ("t0", "t1", 900),
        ("t0", "lost", 100),
        ("t1", "retained", 850),
        ("t1", "lost", 50),
    ):
        _arrow(world, "j", source, target, count)
    before = repr(_study(world).rank().items)
    _kpi(world, "churn", "churn", 0.5)
    ranking = _study(world).rank()
    assert repr(ranking.items) == before
    assert "calibrated_to_churn" not in ranking.warnings


def test_a_large_map_is_held_to_the_churn_in_the_draws_that_reuse_its_graphs(transactional):
    world = transactional(outcome=False)
    for t in range(2, 160):
        world.touchpoint(f"t{t}", question=None)
    chain = ["start", *(f"t{t}" for t in range(160)), "retained"]
    for source, target in pairwise(chain):
        _arrow(world, "j", source, target)
    _kpi(world, "churn", "churn", 0.2)
    study = _study(world, draws=400)
    assert "graphs_reused" in study.rank().warnings
    assert _lost(study) == pytest.approx(0.1, rel=1e-4)
    again = study.estimate(replace(world.ws.assumptions, link_intercept_mean=-2.0))
    # Whatever level the link's prior has, the churn that is known decides.
    assert again.values.mean() == pytest.approx(study.values.mean(), rel=0.5)


@pytest.mark.parametrize(
    ("value", "unit", "share"),
    [(0.12, "", 0.12), (12, "", 0.12), (12, "%", 0.12), (0.5, "%", 0.005)],
)
def test_churn_is_read_as_a_share_or_in_per_cent(new_world, value, unit, share):
    world = new_world()
    _kpi(world, "churn", "churn", value, unit=unit)
    assert yearly_churn(world.ws, QUARTER) == pytest.approx(share)
    assert yearly_churn(world.ws, "2026Q3") is None


# --- volumes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "per_year"), [("2026Q4", 4), ("2026-11", 12), ("2026-11-05", 365), ("2026", 1)]
)
def test_a_volume_of_a_shorter_period_stands_for_the_year(new_world, period, per_year):
    world = new_world()
    world.touchpoint("t")
    _kpi(world, "calls", "volume", 100.0, at="t", period=period)
    assert visits_a_year(world.ws, ["t"], QUARTER) == pytest.approx(100.0 * per_year)


def test_kpi_volumes_are_the_visits_where_the_order_is_not_known(transactional, row):
    world = transactional()
    world.certain()
    once = _study(world).rank()
    _kpi(world, "calls", "volume", 3 * 15_000 / 4, at="t0")
    study = _study(world)
    ranking = study.rank()
    assert study.visits("p00") == pytest.approx(3.0)
    assert study.visits("p10") == pytest.approx(1.0)
    assert row(ranking, "p00").volume == pytest.approx(45_000)
    assert row(ranking, "p00").value_mean > 2 * row(once, "p00").value_mean
    assert "no_graph" in ranking.warnings


# --- several journeys --------------------------------------------------------------------------


def _second_journey(world, entrants):
    starts = tuple(Entrants(SegmentId(s), n) for s, n in entrants.items())
    world.ws.put(Journey(JourneyId("k"), "Second", 1.0, entrants=starts))
    world.ws.put(Stage(StageId("k-s"), JourneyId("k"), "Stage"))
    world.ws.put(Touchpoint(TouchpointId("t0-again"), JourneyId("k"), "T0", StageId("k-s"), 0.0))
    return world


def test_what_is_the_same_touchpoint_holds_in_both_directions_and_onward(new_world):
    world = new_world()
    for name in ("d", "c", "b", "a"):
        world.touchpoint(name)
    for name, others in (("c", ("b",)), ("d", ("c", "gone"))):
        world.ws.put(replace(world.ws.touchpoints[name], shared_with=others))
    same = same_touchpoints(world.ws)
    assert same == {"a": "a", "b": "b", "c": "b", "d": "b"}
    assert members(same) == {"a": ["a"], "b": ["b", "c", "d"]}


def test_a_shared_touchpoint_is_counted_once_with_the_visits_of_all_its_journeys(transactional):
    world = _drawn_map(transactional())
    world.certain()
    alone = _study(world)
    _second_journey(world, {"a": 5_000.0, "b": 1_000.0})
    _arrow(world, "k", "start", "t0-again")
    _arrow(world, "k", "t0-again", "retained")
    world.ws.put(replace(world.ws.touchpoints["t0"], shared_with=("t0-again",)))
    both = _study(world)
    assert both.rank().items[0].n == alone.rank().items[0].n
    assert len(both.rank().items) == 4
    added = both.visits("p00") - alone.visits("p00")
    assert added == pytest.approx(6_000 / 15_000)
    assert both.visits("p10") == pytest.approx(alone.visits("p10"))
    # In the second journey the touchpoint is the only one: there, kept is η itself.
    source = both.estimate().board.body.sources[-1]
    here = source.settle(np.full((200, 4), 0.6))
    legs = source.legs["t0"]
    assert len(legs) == 2
    stop = next(s for s in here.stops if s.leg is legs[1])
    gained = stop.leg.gain(stop.eta)
    assert gained == pytest.approx(stop.eta * legs[1].starts, rel=1e-9)
    both_fixed = [s.leg.gain(s.eta.sum(axis=1, keepdims=True))[:, 0] for s in here.stops[:2]]
    joint = here.joint([0, 1], np.full((200, 2), 0.6))
    assert joint == pytest.approx(sum(both_fixed), rel=1e-9)


def test_answers_about_either_name_of_a_shared_touchpoint_are_pooled(transactional):
    world = transactional(rows=200)
    _second_journey(world, {"a": 100.0})
    world.ws.put(Question(QuestionId("q-again"), TouchpointId("t0-again"), "?", "nps", (0, 10)))
    world.ws.put(
        PainPoint(PainPointId("p-again"), JourneyId("k"), "Again", TouchpointId("t0-again"))
    )
    table = world.tables[0]
    table.answers[QuestionId("q-again")] = np.full(200, MISSING, np.int16)
    table.pain_points[PainPointId("p-again")] = np.zeros(200, dtype=bool)
    apart = _study(world).facts("p-again").n
    world.ws.put(replace(world.ws.touchpoints["t0-again"], shared_with=("t0",)))
    pooled = _study(world).facts("p-again").n
    assert apart == 0
    assert pooled == _study(world).facts("p00").n > 50


def test_several_journeys_have_their_own_entrants(transactional):
    world = _drawn_map(transactional())
    world.certain()
    before = _study(world)
    _second_journey(world, {"a": 20_000.0, "b": 5_000.0})
    for source, target in (("start", "t0-again"), ("t0-again", "retained")):
        _arrow(world, "k", source, target)
    world.ws.put(replace(world.ws.pain_points["p00"], touchpoint=TouchpointId("t0-again")))
    study = _study(world)
    assert study.visits("p00") == pytest.approx(25_000 / 15_000)
    assert study.visits("p10") == pytest.approx(before.visits("p10"), rel=0.01)


# --- earlier quarters --------------------------------------------------------------------------


def test_earlier_quarters_help_the_link_and_the_shift_and_count_nowhere_else(transactional):
    world = transactional(rows=150, seed=1)
    late = world.tables
    past = [transactional(rows=2000, seed=s).tables for s in (2, 3, 4)]
    for tables in past:
        world.ws.put(replace(world.ws.surveys["survey"], id=SurveyId("past")))
        tables[0] = replace(tables[0], survey=SurveyId("past"))
    alone = _study(world)
    pooled = _study(world, earlier=past)
    for pain in alone.pains:
        assert pooled.facts(pain).n == alone.facts(pain).n
        assert pooled.share(pain) == alone.share(pain)
        assert pooled.facts(pain).tally == alone.facts(pain).tally
    # p00 lowers the score by 3 points, p01 by half of one.
    truth = {"p00": 3.0, "p01": 0.5}
    off = [sum(abs(s.shift(p) - t) for p, t in truth.items()) for s in (alone, pooled)]
    assert off[1] < off[0]
    same = prepare(world.ws, late, quarter=QUARTER, draws=200, earlier=((), (), ()))
    assert repr(same.rank()) == repr(alone.rank())


def test_an_older_answer_weighs_less(transactional):
    world = transactional(rows=300, seed=1)
    other = transactional(rows=300, seed=9).tables[0]
    other.answers["q-t0"][other.pain_points["p00"]] = 0  # far worse than in this quarter
    shifts = []
    for place in range(3):
        earlier = [[], [], []]
        earlier[place] = [other]
        shifts.append(_study(world, earlier=earlier).shift("p00"))
    assert _study(world).shift("p00") < shifts[2] < shifts[1] < shifts[0]


def test_a_fourth_quarter_back_is_too_old(transactional):
    world = transactional(rows=100)
    other = transactional(rows=300, seed=9).tables
    assert repr(_study(world, earlier=[[], [], [], other]).rank()) == repr(_study(world).rank())


# --- effort beside the score -------------------------------------------------------------------


def _with_effort(world, rng, tells):
    """Ask an effort question beside the score; where it tells, the hard ones leave."""
    table = world.tables[0]
    at = table.answers[QuestionId("q-t0")] != MISSING
    easy = rng.integers(1, 8, len(at))
    easy[table.pain_points[PainPointId("p01")]] = 1
    world.ws.put(Question(QuestionId("effort"), TouchpointId("t0"), "Easy?", "ces2", (1, 7)))
    table.answers[QuestionId("effort")] = np.where(at, easy, MISSING).astype(np.int16)
    if tells:
        table.outcome[at] = rng.random(at.sum()) < np.where(easy[at] <= 2, 0.5, 0.03)


@pytest.mark.parametrize("tells", [True, False])
def test_effort_beside_the_score_has_a_term_of_its_own(transactional, tells):
    world = transactional(rows=3000)
    plain = _study(world).risk("p01")
    _with_effort(world, np.random.default_rng(3), tells)
    study = _study(world)
    table = world.tables[0]
    hit = table.pain_points[PainPointId("p01")]
    others = (table.answers[QuestionId("q-t0")] != MISSING) & ~hit
    if tells:
        seen = table.outcome[hit].mean() - table.outcome[others].mean()
        assert study.risk("p01") == pytest.approx(seen, abs=0.12)
        assert study.risk("p01") > plain + 0.1
    else:
        assert study.risk("p01") == pytest.approx(plain, abs=0.04)


def test_effort_alone_stands_in_the_place_of_the_score(transactional):
    world = transactional(rows=800)
    before = repr(_study(world).rank())
    for t in ("t0", "t1"):
        question = world.ws.questions[f"q-{t}"]
        world.ws.put(replace(question, metric="ces2"))
    assert repr(_study(world).rank()) == before
