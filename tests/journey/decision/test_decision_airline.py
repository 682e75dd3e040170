"""The decisions of a real relational survey: 14 rules on ratings, 26,000 passengers."""

import csv

import numpy as np
import pytest

from journey.decision.design_check import with_and_without
from journey.decision.hidden_cause import unseat
from journey.decision.next_data import what_to_measure
from journey.priority.evidence import MISSING

RATINGS = ("Inflight wifi service", "Online boarding", "Seat comfort", "Cleanliness")
RULE = """
[[pain_point]]
title = "Pain p{0}"
touchpoint = "T{0}"
when = {{ column = "{1}", between = [1, 2] }}
"""


@pytest.fixture(scope="module")
def airline(shared_data, new_world):
    path = shared_data / "airline" / "AirlinePassengerSatisfaction.csv"
    with path.open(encoding="utf-8", newline="") as file:
        passengers = list(csv.DictReader(file))[::8]
    world = new_world()
    world.segment("all", None, None)
    answers, pains = {}, {}
    for i, name in enumerate(RATINGS):
        world.touchpoint(f"t{i}", question="csat")
        world.pain(f"p{i}", f"t{i}")
        scores = np.array([int(p[name]) for p in passengers], np.int16)
        pains[f"p{i}"] = (scores == 1) | (scores == 2)
        answers[f"q-t{i}"] = np.where(scores == 0, MISSING, scores)
    world.survey(
        pains=pains,
        answers=answers,
        outcome=np.array([p["satisfaction"] != "satisfied" for p in passengers]),
        covariates={
            name: np.array([p[name] for p in passengers], dtype=np.object_)
            for name in ("Class", "Type of Travel")
        },
        mapping="".join(RULE.format(i, name) for i, name in enumerate(RATINGS)),
    )
    return world


def test_the_list_hangs_on_the_thresholds_and_not_on_the_covariates(airline):
    effects = with_and_without(airline.ws, airline.tables, quarter="2026Q4", draws=100)
    assert len(effects) == 3 + 2 * len(RATINGS)
    without = [e for e in effects if e.change.startswith("without")]
    assert {e.subject for e in without} == {"Class", "Type of Travel", ""}
    assert {e.moves for e in without} == {0}
    assert {min(e.ranks, key=e.ranks.__getitem__) for e in without} == {"p1"}  # online boarding
    # Seat comfort: no evidence at 1–2, first at 1–3. An analyst has to say why 2 and not 3.
    assert (effects[0].change, effects[0].subject) == ("threshold_wider", "p2")
    assert effects[0].ranks["p2"] == 1


def test_its_e_value_and_what_to_ask(airline, study_of):
    study = study_of(airline)
    found = unseat(study)
    assert found.risk_ratio > 1
    assert found.risk_ratio_left <= found.risk_ratio
    assert 0 <= found.kappa <= found.kappa_now
    for measurement in what_to_measure(study.estimate(), airline.ws, top_k=2):
        assert measurement.reason == "overlaps_cut"
