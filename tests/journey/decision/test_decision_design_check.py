"""How ranks hang on covariates and on the thresholds of rules."""

import numpy as np
import pytest

from journey.decision.design_check import with_and_without
from journey.priority import rank

MAPPING = """
[[pain_point]]
title = "Pain wifi"
touchpoint = "Wifi"
when = { column = "Wifi", between = [1, 2] }

[[pain_point]]
title = "Pain seat"
touchpoint = "Seat"
values = ["Seat"]
"""


@pytest.fixture
def ruled(new_world):
    """A survey with a rule on a score, a tick, and a covariate behind both tick and outcome."""
    rng = np.random.default_rng(7)
    rows = 1500
    world = new_world()
    world.segment("a")
    world.touchpoint("wifi", question="csat")
    world.touchpoint("seat", question=None)
    world.pain("wifi", "wifi")
    world.pain("seat", "seat")
    score = rng.integers(1, 6, rows).astype(np.int16)
    trip = rng.random(rows) < 0.5
    seat = rng.random(rows) < np.where(trip, 0.6, 0.05)
    bad = rng.random(rows) < 0.15 + 0.6 * trip + 0.08 * (score <= 2)
    world.survey(
        pains={"wifi": score <= 2, "seat": seat},
        outcome=bad,
        answers={"q-wifi": score},
        covariates={"trip": np.array(np.where(trip, "business", "holiday"), dtype=np.object_)},
        mapping=MAPPING,
    )
    return world


def test_a_confounder_left_out_moves_the_list(ruled):
    effects = with_and_without(ruled.ws, ruled.tables, quarter="2026Q4", draws=200)
    found = {(e.change, e.subject): e for e in effects}
    assert set(found) == {
        ("without_covariate", "trip"),
        ("threshold_wider", "wifi"),
        ("threshold_narrower", "wifi"),
    }
    now = {i.pain_point: i.rank for i in rank(ruled.ws, ruled.tables, quarter="2026Q4").items}
    assert now == {"wifi": 1, "seat": 2}
    without = found["without_covariate", "trip"]
    assert (without.ranks, without.moves, without.kept_top) == ({"wifi": 2, "seat": 1}, 1, 2)
    assert effects[0].moves == 1


def test_a_rule_that_the_answers_do_not_bear_out_is_left_alone(ruled):
    from dataclasses import replace

    table = ruled.tables[0]
    ruled.tables[0] = replace(
        table, pain_points={**table.pain_points, "wifi": table.pain_points["seat"]}
    )
    effects = with_and_without(ruled.ws, ruled.tables, quarter="2026Q4", draws=50)
    assert {e.change for e in effects} == {"without_covariate"}


def test_it_can_be_stopped(ruled):
    told = []
    part = with_and_without(
        ruled.ws,
        ruled.tables,
        quarter="2026Q4",
        draws=50,
        progress=lambda *at: told.append(at),
        cancelled=lambda: len(told) == 1,
    )
    assert (len(part), told) == (1, [(1, 3)])


def test_visits_have_no_such_design(transactional):
    world = transactional()
    assert with_and_without(world.ws, world.tables, quarter="2026Q4", draws=50) == ()
