"""`waymark methods`: the classic methods beside ours, for programs and for people."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

METHODS = {
    "impact_effort",
    "ice",
    "rice",
    "severity_frequency",
    "severity_frequency_effort",
    "votes",
    "opportunity",
    "revenue_at_risk",
    "revenue_at_risk_effort",
    "touchpoint_score",
    "importance_performance",
    "key_driver",
}
METHOD = {
    "method",
    "lowest_first",
    "scored",
    "compared",
    "tau",
    "top",
    "top_shared",
    "disagreements",
    "reasons",
}
FEW_DRAWS = ("--draws", 100)


def test_every_method_stands_beside_our_list(waymark: Run, demo: Path) -> None:
    (file,) = demo.glob("*.waymark")
    ran = waymark("methods", file, *FEW_DRAWS, "--json")
    assert ran.code == 0
    answer = ran.json
    ours = waymark("priorities", file, *FEW_DRAWS, "--json").json
    keys = ("quarter", "draft", "seed", "draws", "method_version", "basis")
    assert {k: answer[k] for k in keys} == {k: ours[k] for k in keys}
    listed = [(item["rank"], item["pain_point"]) for item in answer["items"]]
    assert listed == [(item["rank"], item["pain_point"]) for item in ours["items"]]
    assert {m["method"] for m in answer["methods"]} == METHODS
    for item in answer["items"]:
        assert item["methods"].keys() == METHODS


def test_a_score_or_a_reason(waymark: Run, demo: Path) -> None:
    (file,) = demo.glob("*.waymark")
    answer = waymark("methods", file, *FEW_DRAWS, "--json").json
    for method in answer["methods"]:
        assert method.keys() == METHOD
        cells = [item["methods"][method["method"]] for item in answer["items"]]
        for cell in cells:
            assert (cell["score"] is None) == (cell["rank"] is None) == bool(cell["reason"])
        assert method["scored"] == sum(cell["score"] is not None for cell in cells)
        assert sum(method["reasons"].values()) == len(cells) - method["scored"]
        assert -1 <= method["tau"] <= 1
        assert 0 <= method["top_shared"] <= method["top"] == 5
        apart = [abs(d["rank_ours"] - d["rank_theirs"]) for d in method["disagreements"]]
        assert apart == sorted(apart, reverse=True)
        assert 0 not in apart


def test_the_drivers_share_out_r2(waymark: Run, demo: Path) -> None:
    (file,) = demo.glob("*.waymark")
    (drivers,) = waymark("methods", file, *FEW_DRAWS, "--json").json["drivers"]
    assert drivers["n"] <= drivers["rows"]
    for part in ("relative_weight", "shapley"):
        assert sum(d[part] for d in drivers["items"]) == pytest.approx(drivers["r2"])


def test_people_see_what_cannot_be_had_and_why(waymark: Run, bank: Path) -> None:
    ran = waymark("methods", bank, *FEW_DRAWS)
    assert (ran.code, ran.err) == (0, "")
    assert "Classic methods beside ours 2026Q4 (draft)" in ran.out
    assert "Kendall τ" in ran.out
    table, _, missing = ran.out.partition("Cannot be had:")
    assert "Touchpoint mean score" in table
    assert "Workshop votes: no votes were given (2)" in missing
    assert "Revenue at risk: the customers of a segment are not known (2)" in missing
    assert table.index("Queue too long") < table.index("Forms ask twice")


def test_another_quarter_is_compared_by_its_own_answers(waymark: Run, demo: Path) -> None:
    (file,) = demo.glob("*.waymark")
    now, before = (
        waymark("methods", file, *FEW_DRAWS, "--quarter", quarter, "--json").json
        for quarter in ("2026Q4", "2026Q3")
    )
    assert (now["quarter"], before["quarter"]) == ("2026Q4", "2026Q3")
    assert now["methods"] != before["methods"]


def test_a_quarter_without_evidence_is_refused(waymark: Run, bank: Path) -> None:
    ran = waymark("methods", bank, "--quarter", "2020Q1")
    assert ran.code == 2
    assert "2020Q1" in ran.err


def test_without_evidence_nothing_is_an_error(waymark: Run, empty: Path) -> None:
    answer = waymark("methods", empty, "--json").json
    assert (answer["quarter"], answer["items"], answer["drivers"]) == (None, [], [])
    assert {m["scored"] for m in answer["methods"]} == {0}
    ran = waymark("methods", empty)
    assert (ran.code, "No pain point is on the list." in ran.out) == (0, True)


def test_the_file_stays_as_it_is(waymark: Run, bank: Path) -> None:
    before = bank.read_bytes()
    assert waymark("methods", bank, *FEW_DRAWS).code == 0
    assert bank.read_bytes() == before
