"""`waymark decide`: the best set, what to measure, what to doubt, what it returns."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
FEW = ("--draws", 100)
KEYS = {
    "quarter", "draft", "seed", "draws", "method_version", "basis", "index_unit", "currency",
    "top_k", "best_set", "measure", "unseat", "returns",
}  # fmt: skip


def test_the_answer_names_what_the_list_has(waymark: Run, demo: Path) -> None:
    (file,) = demo.glob("*.waymark")
    ran = waymark("decide", file, "--days", 60, *FEW, "--json")
    assert ran.code == 0
    answer = ran.json
    assert answer.keys() == KEYS
    ours = waymark("priorities", file, *FEW, "--json").json
    rows = {item["pain_point"]: item for item in ours["items"]}
    best = answer["best_set"]
    assert best["days_asked"] == 60
    assert best["days"] == sum(i["effort_days"] for i in best["items"]) <= 60
    assert best["joint_low80"] <= best["joint_mean"] <= best["joint_high80"]
    for item in [*best["items"], best["left_out_next"]]:
        assert item["rank"] == rows[item["pain_points"][0]]["rank"]
    assert answer["unseat"]["rank1"]["pain_point"] == ours["items"][0]["pain_point"]
    assert 0 <= answer["unseat"]["kappa"] <= answer["unseat"]["kappa_now"]
    for found in answer["measure"]:
        assert 0 <= found["chance_wrong_now"] <= 1
        assert found["reason"] in ("opinion", "kpi_only", "overlaps_cut")
    assert {r["pain_point"] for r in answer["returns"]} <= rows.keys()
    assert answer["returns"]


def test_people_read_the_same(waymark: Run, demo: Path) -> None:
    (file,) = demo.glob("*.waymark")
    answer = waymark("decide", file, "--days", 60, *FEW, "--json").json
    ran = waymark("decide", file, "--days", 60, *FEW)
    assert (ran.code, ran.err) == (0, "")
    assert "The best set found for 60 days" in ran.out
    for item in answer["best_set"]["items"]:
        assert item["title"] in ran.out
    assert f"“{answer['unseat']['rank1']['title']}” stays first" in ran.out
    titles = [r["title"] for r in answer["returns"]]
    table = ran.out.partition("Paid back")[2]
    assert all(table.count(title) == 1 for title in titles)


def test_an_index_is_no_money(waymark: Run, bank: Path) -> None:
    answer = waymark("decide", bank, *FEW, "--json").json
    assert (answer["basis"], answer["returns"]) == ("index", [])
    assert "in 1,000 customers" in waymark("decide", bank, *FEW).out


def test_without_evidence_nothing_is_an_error(waymark: Run, empty: Path) -> None:
    answer = waymark("decide", empty, "--json").json
    assert (answer["best_set"]["items"], answer["measure"], answer["returns"]) == ([], [], [])
    assert answer["unseat"]["rank1"] is None
    ran = waymark("decide", empty)
    assert (ran.code, "No pain point is on the list." in ran.out) == (0, True)


def test_the_file_stays_as_it_is(waymark: Run, bank: Path) -> None:
    before = bank.read_bytes()
    assert waymark("decide", bank, *FEW).code == 0
    assert bank.read_bytes() == before


def test_fewer_than_no_days_is_a_wrong_call(waymark: Run, bank: Path) -> None:
    assert waymark("decide", bank, "--days", -1).code == 2
