"""A real relational survey: 25,976 passengers, 14 ratings, satisfied or not."""

import csv

import numpy as np
import pytest

from journey.priority.evidence import MISSING
from journey.priority.result import Basis, Level

RATINGS = (
    "Inflight wifi service",
    "Departure/Arrival time convenient",
    "Ease of Online booking",
    "Gate location",
    "Food and drink",
    "Online boarding",
    "Seat comfort",
    "Inflight entertainment",
    "On-board service",
    "Leg room service",
    "Baggage handling",
    "Checkin service",
    "Inflight service",
    "Cleanliness",
)
CLASSES = ("Business", "Eco", "Eco Plus")


@pytest.fixture(scope="module")
def passengers(shared_data):
    path = shared_data / "airline" / "AirlinePassengerSatisfaction.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_airline_passengers_are_ranked_by_an_index(passengers, new_world):
    world = new_world()
    answers, pains = {}, {}
    for i, name in enumerate(RATINGS):
        world.touchpoint(f"t{i:02}", question="rating")
        world.pain(f"p{i:02}", f"t{i:02}")
        scores = np.array([int(p[name]) for p in passengers], np.int16)
        pains[f"p{i:02}"] = (scores == 1) | (scores == 2)
        answers[f"q-t{i:02}"] = np.where(scores == 0, MISSING, scores)
    for name in CLASSES:
        world.segment(name, None, None)
    world.survey(
        pains=pains,
        answers=answers,
        outcome=np.array([p["satisfaction"] != "satisfied" for p in passengers]),
        segments=CLASSES,
        segment=np.array([CLASSES.index(p["Class"]) for p in passengers]),
    )
    ranking = world.rank(draws=300)
    assert ranking.basis is Basis.INDEX
    assert ranking.index_unit == "moved_per_1000"
    assert {i.level for i in ranking.items} == {Level.C}
    assert len(ranking.items) == 14
    helped = [i for i in ranking.items if not i.no_evidence]
    assert len(helped) == 8  # the other 6 effects of this survey are negative
    first_three = {RATINGS[int(i.pain_point[1:])] for i in ranking.items[:3]}
    assert first_three == {"Inflight wifi service", "Inflight entertainment", "Online boarding"}
    assert all(i.no_evidence for i in ranking.items[8:])
    assert ranking.items[0].n == sum(p["Inflight wifi service"] != "0" for p in passengers)
