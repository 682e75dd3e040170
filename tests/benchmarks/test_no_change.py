"""The comparison of two quarters in worlds whose truth is known: fixed seeds, small sizes."""

import pytest

from benchmarks.no_change import GOAL, compared, detection, false_alarms


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
