"""The survey planner: answers for a margin and for a change, from the last quarter's spread."""

import numpy as np
import pytest

from journey.decision.planner import plan_survey
from journey.priority.evidence import MISSING

# 40 % promoters, 30 % passives, 30 % detractors: v = .69. Half and half: v = 1.
MIXED = np.repeat([10, 8, 3], [400, 300, 300])
WORST = np.repeat([10, 0], [500, 500])


@pytest.fixture
def planned(new_world):
    def plan(answers, question="nps", **options):
        world = new_world()
        world.touchpoint("t", question=question)
        world.survey(
            design="transactional",
            means=None,
            pains={"p": np.zeros(len(answers), bool)},
            answers={"q-t": answers},
        )
        (found,) = plan_survey(world.ws, world.tables, **options)
        return found

    return plan


@pytest.mark.parametrize(
    ("answers", "margin", "n"),
    [(MIXED, 10, 263), (WORST, 10, 382), (MIXED, 5, 1058), (WORST, 5, 1534)],
)
def test_answers_for_a_margin(planned, answers, margin, n):
    assert planned(answers, margin=margin).for_margin == n


@pytest.mark.parametrize(("change", "n"), [(10, 1081), (5, 4330), (20, 268)])
def test_answers_to_see_a_change(planned, change, n):
    found = planned(MIXED, change=change)
    assert found.variance == pytest.approx(0.69)
    assert (found.for_change, found.answers, found.known) == (n, 1000, True)


def test_few_answers_have_no_spread_of_their_own(planned):
    found = planned(np.array([10, 10, 9, 10, MISSING, MISSING]))
    assert (found.answers, found.known, found.variance, found.for_margin) == (4, False, 1.0, 382)


def test_all_alike_needs_an_answer_at_least(planned):
    assert planned(np.full(100, 10)).for_margin == 1


def test_another_scale_is_stretched_over_the_same_points(planned):
    found = planned(np.repeat([1, 5], [50, 50]), question="csat")
    assert (found.variance, found.for_margin) == (1.0, 382)


def test_an_unasked_touchpoint_takes_the_worst_case(new_world):
    world = new_world()
    world.touchpoint("t")
    (found,) = plan_survey(world.ws, [])
    assert (found.answers, found.known, found.for_margin) == (0, False, 382)
