"""Logged exits bear on the harm that answers alone show."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.model.workspace import ref_of
from journey.priority import prepare
from journey.priority.draws import Streams
from journey.priority.evidence import MISSING
from journey.priority.exits import Site, heed

_DRAWS = 4000
_TOUCHPOINTS = 5


def _site(place, pains, base, logged):
    return Site(f"t{place}", np.array(pains), np.array([0.7, 0.3]), base, logged)


def _sites(rng, exits):
    """Return sites of one pain point each, and their unit draws, with these logged exits."""
    unit = rng.normal(0.02, 0.008, (_DRAWS, len(exits), 1)) * np.ones(2)
    base = 0.05 * rng.lognormal(0, 0.1, _DRAWS)
    logged = [h * rng.lognormal(0, 0.05, _DRAWS) for h in exits]
    return unit, [_site(i, [i], base, logged[i]) for i in range(len(exits))]


def _streams(draws=_DRAWS):
    return Streams(1, "2026Q4", draws)


def _heeded(unit, sites, sd_log, streams):
    """Return float64[K, P, S] after the update, of draws that stay as they are."""
    changed = unit.transpose(1, 0, 2).copy()
    raised = heed(changed, sites, sd_log, streams)
    out = changed.transpose(1, 0, 2)
    assert (out - unit).mean(axis=0) == pytest.approx(raised, abs=1e-12)
    return out


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), factor=st.floats(0.05, 8.0))
def test_what_the_log_calls_an_exit_everywhere_does_not_matter(seed, factor):
    exits = np.random.default_rng(seed).uniform(0.04, 0.11, _TOUCHPOINTS)
    unit, sites = _sites(np.random.default_rng(seed), exits)
    scaled = [replace(s, logged=factor * s.logged) for s in sites]
    found = _heeded(unit, sites, 0.25, _streams())
    assert _heeded(unit, scaled, 0.25, _streams()) == pytest.approx(found, abs=1e-12)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), at=st.integers(0, _TOUCHPOINTS - 1))
def test_more_exits_at_a_touchpoint_mean_more_harm_there_and_less_doubt(seed, at):
    exits = np.full(_TOUCHPOINTS, 0.07)
    unit, sites = _sites(np.random.default_rng(seed), exits)
    usual = _heeded(unit, sites, 0.1, _streams())
    exits[at] *= 1.2
    unit, sites = _sites(np.random.default_rng(seed), exits)
    more = _heeded(unit, sites, 0.1, _streams())
    rise = (more - usual).mean(axis=(0, 2))
    assert rise[at] > 0.0005
    assert (np.delete(rise, at) < 0).all()
    assert (more.std(axis=0) < unit.std(axis=0)).all()


def test_the_update_is_bayes_where_all_is_normal():
    rng = np.random.default_rng(3)
    unit = np.full((100_000, 3, 2), 0.02)
    unit[:, 0] = rng.normal(0.02, 0.004, 100_000)[:, None]
    known = np.full(100_000, 0.07)
    base = np.full(100_000, 0.05)
    seen = 0.075 * np.exp(rng.normal(0, 0.05, 100_000))
    sites = [_site(i, [i], base, logged) for i, logged in enumerate((seen, known, known))]
    found = _heeded(unit, sites, 0.0, _streams(100_000))[:, 0, 0]
    # The two others are known without doubt and as expected: one observation, log 0.075 ± 0.05, of
    # log(0.05 + unit), whose slope at the mean is 1/0.07.
    gain = (0.004**2 / 0.07) / ((0.004 / 0.07) ** 2 + 0.05**2)
    assert found.mean() == pytest.approx(0.02 + gain * np.log(0.075 / 0.07), abs=1e-4)
    assert found.std() == pytest.approx(0.004 * (1 - gain / 0.07) ** 0.5, rel=0.03)


def test_a_log_that_the_answers_do_not_bear_out_counts_for_less():
    exits = 0.07 * np.exp(np.array([-1.5, 1.5, -1.5, 1.5, 0.0]))
    unit, sites = _sites(np.random.default_rng(0), exits)
    moved = np.abs((_heeded(unit, sites, 0.1, _streams()) - unit).mean(axis=0)).max()
    # A touchpoint whose exits are 4.5 times the usual would, believed, put its unit at 0.2.
    assert moved < unit[:, 0].std()


@pytest.mark.parametrize(("sites", "draws"), [(2, _DRAWS), (5, 1)])
def test_too_few_touchpoints_or_draws_change_nothing(sites, draws):
    unit, made = _sites(np.random.default_rng(0), np.linspace(0.03, 0.2, sites))
    made = [replace(s, base=s.base[:draws], logged=s.logged[:draws]) for s in made]
    assert (_heeded(unit[:draws], made, 0.25, _streams(draws)) == unit[:draws]).all()


def _logged_world(new_world, exits, *, outcome=True, months=None):
    """Return five touchpoints in a row, one pain point each, whose logged exits are given."""
    rng = np.random.default_rng(5)
    rows = 1500
    world = new_world()
    world.segment("a")
    at = rng.integers(0, _TOUCHPOINTS, rows)
    met = rng.random(rows) < 0.2
    score = np.clip(np.round(8 - 2.0 * met + 1.5 * rng.standard_normal(rows)), 0, 10)
    lost = rng.random(rows) < 1 / (1 + np.exp(3.0 - 0.4 * (8 - score)))
    for t, share in enumerate(exits):
        world.touchpoint(f"t{t}")
        world.pain(f"p{t}", f"t{t}")
        world.arrow(f"t{t}", f"t{t + 1}" if t + 1 < _TOUCHPOINTS else "retained", 1 - share)
        world.arrow(f"t{t}", "lost", share)
    for arrow in list(world.ws.transitions.values()):
        world.ws.put(replace(arrow, count=5000 * arrow.count))
    world.arrow("start", "t0", 5000)
    world.survey(
        design="transactional",
        means="left" if outcome else None,
        months=months,
        pains={f"p{t}": met & (at == t) for t in range(_TOUCHPOINTS)},
        answers={f"q-t{t}": np.where(at == t, score, MISSING) for t in range(_TOUCHPOINTS)},
        outcome=lost if outcome else None,
        segments=("a",),
        segment=np.zeros(rows, dtype=int),
    )
    return world


def _study(world):
    return prepare(world.ws, world.tables, quarter="2026Q4", draws=400)


_EVEN, _WORSE = [0.07] * 5, [0.07, 0.07, 0.11, 0.07, 0.07]


def test_a_touchpoint_that_loses_more_has_the_more_harmful_pain_point(new_world, row):
    even = _study(_logged_world(new_world, _EVEN))
    worse = _study(_logged_world(new_world, _WORSE))
    assert worse.risk("p2") > 1.1 * even.risk("p2")
    assert worse.risk("p0") < even.risk("p0")
    assert worse.share("p2") == pytest.approx(even.share("p2"), abs=1e-12)
    # What is told of a row is what it is ranked by.
    for study in (even, worse):
        unit = study.estimate().bench.sources[0].unit[:, 2, 0].mean()
        assert study.share("p2") * study.risk("p2") == pytest.approx(unit, rel=0.05)
        assert row(study.rank(), "p2").effect == study.risk("p2")


@pytest.mark.parametrize("fields", [{"outcome": False}, {"months": 12}])
def test_exits_tell_nothing_where_leaving_was_not_seen_visit_by_visit(new_world, fields):
    even = _study(_logged_world(new_world, _EVEN, **fields))
    worse = _study(_logged_world(new_world, _WORSE, **fields))
    assert worse.risk("p2") == pytest.approx(even.risk("p2"), abs=1e-12)


def test_exits_drawn_without_counts_tell_nothing(new_world):
    counted = _logged_world(new_world, _WORSE)
    for arrow in list(counted.ws.transitions.values()):
        counted.ws.put(replace(arrow, count=None))
    bare = _logged_world(new_world, _WORSE)
    for arrow in list(bare.ws.transitions.values()):
        bare.ws.drop(ref_of(arrow))
    assert _study(counted).risk("p2") == pytest.approx(_study(bare).risk("p2"), abs=1e-12)
