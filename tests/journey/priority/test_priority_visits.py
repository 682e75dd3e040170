"""Transactional answers: shift, link, hazards, and the formula through the journey."""

from itertools import product

import numpy as np
import pytest

from journey.priority.draws import Streams
from journey.priority.flow import flow_of
from journey.priority.harms import Evidence
from journey.priority.link import Harm, company, joined_of, link_draws, risk_difference, unharmed
from journey.priority.market import market_of
from journey.priority.memory import Memory
from journey.priority.reading import read
from journey.priority.shift import shift_draws
from journey.priority.transactional import visit_source
from journey.priority.visits import visits_of


def _parts(world, draws=50):
    streams = Streams(1, "2026Q4", draws)
    market = market_of(world.ws, world.tables)
    readings = [read(world.ws, market, t) for t in world.tables]
    return streams, market, readings, visits_of(readings)


def test_the_shift_is_found_and_shared_between_pains_that_come_together(new_world):
    rng = np.random.default_rng(0)
    world = new_world()
    world.touchpoint("t")
    world.pain("p1", "t")
    world.pain("p2", "t")
    first = rng.random(4000) < 0.3
    second = rng.random(4000) < np.where(first, 0.7, 0.1)
    score = np.clip(np.round(8 - 2.0 * first + 0.7 * rng.standard_normal(4000)), 0, 10)
    world.survey(design="transactional", pains={"p1": first, "p2": second}, answers={"q-t": score})
    streams, _, _, visits = _parts(world)
    shift = shift_draws(visits, streams)
    assert shift.shift["p1"].mean() == pytest.approx(2.0, abs=0.1)
    assert shift.shift["p2"].mean() == pytest.approx(0.0, abs=0.1)
    assert shift.base["t"].mean() == pytest.approx(8.0, abs=0.1)


def test_a_shift_with_two_reports_is_pulled_to_the_average_pain(transactional):
    world = transactional(rows=2000)
    table = world.tables[0]
    world.pain("rare", "t0")
    rare = np.zeros(2000, dtype=bool)
    at_t0 = np.flatnonzero(table.answers["q-t0"] >= 0)[:2]
    rare[at_t0] = True
    table.answers["q-t0"][at_t0] = 0
    table.pain_points["rare"] = rare
    streams, _, _, visits = _parts(world)
    drawn = shift_draws(visits, streams).shift["rare"]
    assert 1.0 < drawn.mean() < 7.0


def _risk(link, k, score, extra):
    return 1 / (1 + np.exp(-(link.intercept[k] + link.slope[k] * (8 - score) + extra)))


def test_the_risk_difference_is_the_mean_over_the_residuals(transactional):
    world = transactional()
    streams, _, _, visits = _parts(world, draws=5)
    shift = shift_draws(visits, streams)
    link = link_draws(joined_of(visits), world.ws.assumptions, streams)
    base, harm = shift.base["t0"], Harm(shift.shift["p00"], link.direct["p00"])
    (found,) = risk_difference(unharmed(link, base, shift), harm.logit(link)[None])
    for k in range(5):
        total = 0.0
        for e, share in zip(shift.residual, shift.share, strict=True):
            score = base[k] + e
            worse = _risk(link, k, score - harm.lower[k], harm.direct[k])
            total += share * (worse - _risk(link, k, score, 0.0))
        assert found[k] == pytest.approx(total, abs=1e-12)
    rough = risk_difference(unharmed(link, base, shift, single=True), harm.logit(link)[None])
    assert rough[0] == pytest.approx(found, abs=1e-6)


@pytest.mark.parametrize(
    ("shares", "falls", "within"),
    [([], [], 1e-9), ([0.3], [4.0], 1e-9), ([0.2, 0.4, 0.1, 0.05], [3.0, -0.5, 1.0, 4.0], 0.02)],
)
def test_the_effect_is_the_mean_over_who_else_is_met(transactional, shares, falls, within):
    world = transactional()
    streams, _, _, visits = _parts(world, draws=5)
    shift = shift_draws(visits, streams)
    link = link_draws(joined_of(visits), world.ws.assumptions, streams)
    base, harm = shift.base["t0"], Harm(np.full(5, 2.0), np.full(5, 0.1))
    others = [Harm(np.full(5, fall), np.full(5, 0.2)) for fall in falls]
    beside = sum(
        (
            company(o.logit(link)[None], np.full((1, 5), a))
            for o, a in zip(others, shares, strict=True)
        ),
        np.zeros((3, 1, 5)),
    )
    without = unharmed(link, base, shift)
    (found,) = risk_difference(without, harm.logit(link)[None], beside)
    expected = np.zeros(5)
    for met in product((0, 1), repeat=len(shares)):
        chance = np.prod([a if m else 1 - a for a, m in zip(shares, met, strict=True)])
        extra = sum((m * o.logit(link) for o, m in zip(others, met, strict=True)), np.zeros(5))
        together = Harm(harm.lower, harm.direct + extra)
        alone = Harm(np.zeros(5), extra)
        with_it, plain = (
            risk_difference(without, h.logit(link)[None])[0] for h in (together, alone)
        )
        expected += chance * (with_it - plain)
    assert found == pytest.approx(expected, rel=within)


def test_a_pain_point_that_nobody_or_everybody_meets_is_no_chance(transactional):
    world = transactional()
    streams, _, _, visits = _parts(world, draws=5)
    link = link_draws(joined_of(visits), world.ws.assumptions, streams)
    logit = Harm(np.full(5, 2.0), np.zeros(5)).logit(link)[None]
    assert company(logit, np.zeros((1, 5))) == pytest.approx(0.0)
    assert company(logit, np.ones((1, 5)))[0, 0] == pytest.approx(link.slope * 2.0)
    assert company(logit, np.ones((1, 5)))[1:] == pytest.approx(0.0)


def test_without_outcomes_the_link_is_its_prior(transactional):
    world = transactional(outcome=False)
    streams, _, _, visits = _parts(world, draws=20_000)
    link = link_draws(joined_of(visits), world.ws.assumptions, streams)
    assert not link.fitted
    assert link.intercept.mean() == pytest.approx(-4, abs=0.05)
    assert link.slope.std() == pytest.approx(0.3, abs=0.01)


def _scale(settled, pain):
    stop = next(s for s in settled.stops if pain in s.pains)
    at = list(stop.pains).index(pain)
    return np.ones_like(stop.eta[:, at]) if stop.scale is None else stop.scale[:, at]


def test_kept_is_the_hazard_taken_off_where_the_order_is_not_known(transactional):
    world = transactional()
    world.certain()
    streams, market, readings, _ = _parts(world)
    source = visit_source(world.ws, market, Evidence(tuple(readings)), streams, Memory())
    settled = source.settle(np.full((50, 4), 0.4))
    singles = settled.singles()
    hazards = [source.legs[t][0].hazard for t in ("t0", "t1")]
    stay = (1 - hazards[0]) * (1 - hazards[1])
    for p in range(4):
        hazard = source.legs[source.touchpoint[p]][0].hazard
        eta = np.clip(0.4 * source.unit[:, p], -0.5, 0.9 * hazard) * _scale(settled, p)
        # The customer has to stay at the other touchpoint too.
        assert singles[:, p] == pytest.approx(eta * stay / (1 - hazard), abs=1e-12)
    both = settled.joint([0, 1, 2, 3], np.full((50, 4), 0.4))
    assert (singles.sum(axis=1) <= 1 - stay + 1e-12).all()
    assert (both <= 1 - stay + 1e-12).all()
    assert source.warnings == ("no_graph",)


def _graphed(world):
    world.arrow("start", "t0", 1000)
    world.arrow("t0", "t1", 800)
    world.arrow("t0", "retained", 150)
    world.arrow("t0", "lost", 50)
    world.arrow("t1", "t0", 40)
    world.arrow("t1", "retained", 700)
    world.arrow("t1", "lost", 60)
    return world


def test_kept_equals_whole_chains_solved_anew(transactional):
    world = _graphed(transactional())
    streams, market, readings, _ = _parts(world)
    source = visit_source(world.ws, market, Evidence(tuple(readings)), streams, Memory())
    settled = source.settle(np.full((50, 4), 0.5))
    flow = source.legs["t0"][0].flow
    joint = settled.joint([0, 2], np.full((50, 2), 0.5))
    singles = settled.singles()
    for s in range(2):
        solved = flow.chains[s]
        for k in range(0, 50, 7):
            steps = np.eye(2) - np.linalg.inv(solved.inverse[k])
            ends = np.linalg.solve(solved.inverse[k], solved.retained[k])
            start = solved.visits[k] @ np.linalg.inv(solved.inverse[k])
            grown = {}
            for p, t in ((0, 0), (2, 1)):
                lost = solved.lost[k, t]
                eta = np.clip(0.5 * source.unit[k, p, s], -0.5, 0.9 * lost)
                grown[p, t] = (1 - lost + eta * _scale(settled, p)[k, s]) / (1 - lost)
            for pains, found in (([(0, 0)], singles[:, 0]), (list(grown), joint)):
                factor = np.ones(2)
                for p, t in pains:
                    factor[t] = grown[p, t]
                system = np.eye(2) - factor[:, None] * steps
                after = start @ np.linalg.solve(system, factor * ends)
                gained = after - start @ solved.retained[k]
                assert found[k, s] == pytest.approx(gained, abs=1e-12)
    assert source.warnings == ()


def test_fixes_of_a_touchpoint_never_remove_more_exits_than_there_are(transactional):
    world = _graphed(transactional())
    world.assume(link_intercept_mean=0.0, link_intercept_sd=0.1, link_slope_mean=2.0)
    streams, market, readings, _ = _parts(world)
    source = visit_source(world.ws, market, Evidence(tuple(readings)), streams, Memory())
    settled = source.settle(np.ones((50, 4)))
    for touchpoint, pains in (("t0", [0, 1]), ("t1", [2, 3])):
        hazard = source.legs[touchpoint][0].hazard
        eta = [np.clip(source.unit[:, p], -0.5, 0.9 * hazard) * _scale(settled, p) for p in pains]
        assert (sum(eta) <= hazard + 1e-12).all()


def test_drawn_arrows_without_counts_are_split_equally_and_flagged(transactional):
    world = transactional()
    world.arrow("start", "t0", None)
    world.arrow("t0", "t1", None)
    world.arrow("t0", "retained", None)
    streams, market, _, _ = _parts(world)
    hazard = np.full((50, 2), 0.1)
    flow = flow_of(world.ws, "j", market.segments, hazard, streams)
    assert not flow.counted
    assert flow.chains[0].visits[0] == pytest.approx([1.0, 0.45])
    assert flow.chains[0].retained[0] == pytest.approx([0.45 + 0.45 * 0.9, 0.9])
    assert "structure_assumed" in world.rank().warnings


def test_a_segments_own_counts_go_before_those_of_all(transactional):
    from journey.model.ids import SegmentId, TransitionId
    from journey.model.map import Transition

    world = _graphed(transactional())
    for target, count in (("retained", 900.0), ("lost", 100.0)):
        name = TransitionId(f"b>{target}")
        world.ws.put(Transition(name, "j", "t0", target, SegmentId("b"), count))
    world.ws.put(Transition(TransitionId("b>t0"), "j", "start", "t0", SegmentId("b"), 1000.0))
    streams, market, _, _ = _parts(world)
    flow = flow_of(world.ws, "j", market.segments, np.full((50, 2), 0.1), streams)
    assert flow.chains[0].visits[:, 1].mean() == pytest.approx(0.84, abs=0.03)
    assert (flow.chains[1].visits[:, 1] == 0).all()
    assert flow.chains[1].lost[:, 0].mean() == pytest.approx(0.1, abs=0.01)
