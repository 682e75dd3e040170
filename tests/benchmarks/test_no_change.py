"""The comparison of two quarters in worlds whose truth is known: fixed seeds, small sizes."""

from math import sqrt

import pytest

from benchmarks.no_change import GOAL, compared, detection, false_alarms
from benchmarks.one_change import World, measure, nps_chances, usual
from journey.metrics.kinds import Metric

SMALL = (0.03, 0.04, 0.05, 0.38, 0.5)
THREE = (-12.0, 0.0, 12.0)
TURNED = ((0.05, 0.35, 0.6), (0.6, 0.35, 0.05))
WORLDS = 400


@pytest.mark.parametrize("size", [20, 100])
def test_without_a_change_few_quarters_claim_one(size: int) -> None:
    assert false_alarms(150, size, 1) <= GOAL


def test_a_change_is_found_as_often_as_its_interval_promises() -> None:
    outside, promised, corrected, least, covered = detection(200, 400, 20.0, 2)
    assert outside == pytest.approx(promised, abs=0.05)
    assert corrected >= least - 0.07  # two standard errors of 200 worlds
    assert covered == pytest.approx(0.95, abs=0.03)


def test_no_rank_really_moves_where_nothing_changed_and_one_does_where_it_did() -> None:
    still = [compared(rep, 300, 3) for rep in range(12)]
    assert sum(any(i.really_moved for i in c.items) for c in still) <= 1
    fixed = [compared(rep, 2000, 4, changed=0.8) for rep in range(3)]
    assert all(any(i.really_moved for i in c.items) for c in fixed)


@pytest.mark.parametrize(
    "world",
    [
        World(Metric.NPS, (20, 20)),
        World(Metric.NPS, (20, 20), (-20.0, -10.0, 0.0, 10.0, 20.0)),
        World(Metric.NPS, (100, 100), (-20.0, -10.0, 0.0, 10.0, 20.0), (SMALL, SMALL)),
        World(Metric.NPS, (100, 100), THREE, TURNED),
        World(Metric.NPS, (20, 400), around=60.0),
        World(Metric.CSAT, (20, 20), (-0.3, 0.0, 0.3), around=usual(Metric.CSAT)),
        World(Metric.CES2, (100, 100), (-0.3, 0.0, 0.3), around=usual(Metric.CES2)),
    ],
    ids=["one", "five", "small", "turned", "uneven", "csat", "effort"],
)
def test_an_interval_holds_the_truth_in_95_of_100_worlds(world: World) -> None:
    found = measure(world, WORLDS, 31)
    assert found.covered >= 0.95 - 2 * sqrt(0.95 * 0.05 / WORLDS)
    assert abs(found.middle) <= 2 * found.sd / sqrt(WORLDS)


@pytest.mark.parametrize(
    "world",
    [
        World(Metric.NPS, (50, 50), change=45.0),
        World(Metric.NPS, (50, 50), THREE, change=35.0),
        World(Metric.NPS, (100, 100), THREE, change=25.0),
        World(Metric.CSAT, (100, 100), (-0.3, 0.0, 0.3), change=0.41, around=2.8),
        World(Metric.CES2, (50, 50), (-0.3, 0.0, 0.3), change=-1.06, around=4.5),
    ],
    ids=["+45 of 50", "+35 of 50", "+25 of 100", "csat", "effort"],
)
def test_a_change_is_found_at_the_rate_its_interval_promises(world: World) -> None:
    found = measure(world, WORLDS, 32)
    assert abs(found.middle - world.change) <= 2 * found.sd / sqrt(WORLDS)
    error = sqrt(found.promised * (1 - found.promised) / WORLDS)
    assert abs(found.outside - found.promised) <= 2 * error
    assert found.sd == pytest.approx(found.error, rel=2 / sqrt(2 * WORLDS))


def test_the_worlds_are_what_they_say() -> None:
    chances = nps_chances(25.0)
    assert chances.sum() == pytest.approx(1.0)
    assert 100 * (chances[9:].sum() - chances[:7].sum()) == pytest.approx(25.0)
