"""Every classic method on a small world reckoned by hand, and why a score cannot be had."""

from dataclasses import replace

import pytest

from journey.priority.classic import compare_methods
from journey.priority.evidence import MISSING

BAD = [1, 1, 1, 1, 0, 0, 0, 0, 1, 0]


def small(new_world, *, customers=1000.0, value=100.0, design="relational", outcome=BAD):
    """Two rated touchpoints, ten respondents; p is met by the first five, q by the last six."""
    world = new_world()
    world.segment("s", customers, value)
    world.touchpoint("a")
    world.touchpoint("b")
    world.pain("p", "a", severity=4, frequency=2, votes=3)
    world.pain("q", "b", severity=2, frequency=5, votes=1)
    world.improvement("i", "p", effort_days=5.0)
    world.improvement("j", "q", effort_days=10.0)
    world.survey(
        design=design,
        pains={"p": [True] * 5 + [False] * 5, "q": [False] * 4 + [True] * 6},
        answers={"q-a": [2] * 5 + [9] * 5, "q-b": [10] * 4 + [4] * 6},
        outcome=outcome,
    )
    return world


def compared(world):
    """Return the comparison's methods by name."""
    found = compare_methods(world.ws, world.tables, world.rank(draws=50))
    return {m.method: m for m in found.methods}


# p: of 1,000 customers worth 100 each half meet it, 4 of 5 of them are unhappy; severity 4,
# frequency 2, 5 days: the lower half of two efforts is class 2 of 5, the upper one class 4.
# q: 6 of 10 meet it, 1 of 6 unhappy; severity 2, frequency 5, 10 days.
# The score of a goes with being content: phi = (4·4 − 1·1)/25; that of b goes against it.
BY_HAND = {
    "impact_effort": (4 / 2, 2 / 4),
    "ice": (8 * 8 * 8, 4 * 8 * 4),
    "rice": (500 * 2 * 0.8 / 5, 600 * 0.5 * 0.8 / 10),
    "severity_frequency": (8, 10),
    "severity_frequency_effort": (1.6, 1.0),
    "votes": (3, 1),
    "opportunity": (10 + (10 - 5), 0),
    "revenue_at_risk": (1000 * 0.5 * 0.8 * 100, 1000 * 0.6 / 6 * 100),
    "revenue_at_risk_effort": (8000, 1000),
    "touchpoint_score": (5.5, 6.4),
    "importance_performance": (2, -2),
}


@pytest.mark.parametrize("method", BY_HAND)
def test_scores_by_hand(new_world, method):
    found = compared(small(new_world))[method]
    scores = [found.scores[pain].value for pain in ("p", "q")]
    assert scores == pytest.approx(BY_HAND[method])
    first = "q" if method == "severity_frequency" else "p"
    assert found.ranks[first] == 1


def test_fields_of_the_grids(new_world):
    found = compared(small(new_world))
    assert found["impact_effort"].scores["p"].quadrant == "quick_win"
    assert found["impact_effort"].scores["q"].quadrant == "thankless"
    assert found["importance_performance"].scores["p"].quadrant == "concentrate_here"
    assert found["importance_performance"].scores["q"].quadrant == "possible_overkill"


def test_of_a_visit_its_own_score_says_who_is_unhappy(new_world):
    world = small(new_world, design="transactional")
    scores = compared(world)["revenue_at_risk"].scores
    assert scores["p"].value == pytest.approx(1000 * 0.5 * 1.0 * 100)  # all five gave a 2
    assert scores["q"].value == pytest.approx(1000 * 0.6 * 1.0 * 100)  # all six gave a 4


def test_a_visit_counts_where_it_was(new_world):
    world = new_world()
    world.segment("s", 1000.0, 100.0)
    world.touchpoint("a")
    world.pain("p", "a")
    world.survey(
        design="transactional",
        means=None,
        pains={"p": [True] * 5 + [False] * 15},
        answers={"q-a": [1] * 10 + [MISSING] * 10},
    )
    assert compared(world)["revenue_at_risk"].scores["p"].value == pytest.approx(50_000)


def test_every_segment_has_its_own_share(new_world):
    world = new_world()
    world.segment("a", 1000.0, 10.0)
    world.segment("b", 100.0, 1000.0)
    world.touchpoint("t", question=None)
    world.pain("p", "t")
    world.survey(
        pains={"p": [True] * 8 + [False] * 2 + [True] * 2 + [False] * 8},
        outcome=[1] * 5 + [0] * 15,
        segments=("a", "b"),
        segment=[0] * 10 + [1] * 10,
    )
    found = compared(world)["revenue_at_risk"].scores["p"].value
    assert found == pytest.approx((1000 * 10 * 0.8 + 100 * 1000 * 0.2) * 5 / 10)


REASONS = {
    "impact_effort": "no_severity",
    "ice": "no_severity",
    "rice": "no_severity",
    "severity_frequency": "no_severity",
    "severity_frequency_effort": "no_severity",
    "votes": "no_votes",
    "opportunity": "no_touchpoint",
    "revenue_at_risk": "not_measured",
    "revenue_at_risk_effort": "not_measured",
    "touchpoint_score": "no_touchpoint",
    "importance_performance": "no_touchpoint",
    "key_driver": "no_touchpoint",
}


@pytest.mark.parametrize("method", REASONS)
def test_a_bare_pain_point_has_a_reason_and_no_score(new_world, method):
    world = small(new_world)
    world.pain("bare", None)
    found = compared(world)[method]
    assert (found.scores["bare"].value, found.scores["bare"].reason) == (None, REASONS[method])
    assert "bare" not in found.ranks


def test_without_effort_nothing_is_divided_by_a_guess(new_world):
    world = small(new_world)
    world.improvement("j", "q")
    found = compared(world)
    for method in ("impact_effort", "ice", "rice", "severity_frequency_effort"):
        assert found[method].scores["q"].reason == "no_effort"
        assert found[method].scores["p"].value is not None
    assert found["severity_frequency"].scores["q"].value == 10


@pytest.mark.parametrize(
    ("facts", "method", "reason"),
    [
        ({"customers": None}, "rice", "no_customers"),
        ({"customers": None}, "revenue_at_risk", "no_customers"),
        ({"value": None}, "revenue_at_risk", "no_value"),
        ({"outcome": None}, "opportunity", "no_outcome"),
        ({"outcome": None}, "importance_performance", "no_outcome"),
        ({"outcome": None}, "key_driver", "no_drivers"),
    ],
)
def test_what_is_not_known_is_named(new_world, facts, method, reason):
    scores = compared(small(new_world, **facts))[method].scores
    assert {s.reason for s in scores.values()} == {reason}


def test_few_answers_give_no_figure(new_world):
    world = small(new_world)
    world.ws.put(replace(world.ws.info, minimum_n=11))
    found = compared(world)
    for method in ("touchpoint_score", "opportunity", "importance_performance", "revenue_at_risk"):
        assert {s.reason for s in found[method].scores.values()} == {"few_answers"}


def test_few_of_the_affected_give_no_revenue_at_risk(new_world):
    world = small(new_world)
    world.ws.put(replace(world.ws.info, minimum_n=6))
    scores = compared(world)["revenue_at_risk"].scores
    assert scores["p"].reason == "few_affected"
    assert scores["q"].value is not None


def test_a_scale_without_two_best_scores_has_no_opportunity(new_world):
    world = small(new_world)
    question = world.ws.questions["q-b"]
    world.ws.put(replace(question, metric="rating", scale=(0, 20)))
    found = compared(world)
    assert found["opportunity"].scores["q"].reason == "no_top_two"
    assert found["touchpoint_score"].scores["q"].value == pytest.approx(3.2)


def test_where_low_is_good_the_mean_is_turned(new_world):
    world = small(new_world)
    question = world.ws.questions["q-b"]
    world.ws.put(replace(question, metric="rating", higher_is_better=False))
    found = compared(world)
    assert found["touchpoint_score"].scores["q"].value == pytest.approx(3.6)


def test_rice_reaches_by_the_frequency_class_where_nothing_is_measured(new_world):
    world = small(new_world)
    world.touchpoint("c", question=None)
    world.pain("heard", "c", severity=5, frequency=3)
    world.improvement("k", "heard", effort_days=9.0)
    found = compared(world)["rice"].scores["heard"]
    assert found.value == pytest.approx(1000 * 0.09 * 3 * 0.5 / 9)


def test_methods_without_any_pain_point(new_world):
    found = compared(new_world())
    assert len(found) == 12
    for method in found.values():
        assert method.scores == {}
        assert (method.agreement.tau, method.agreement.n, method.agreement.shared) == (None, 0, 0)
