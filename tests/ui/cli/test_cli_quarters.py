"""freeze and compare: a frozen quarter answers as it was, whatever is edited afterwards."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
QUARTER = "2026Q4"
EARLIER = "2026Q3"

COMPARE = {"from", "to", "items", "touchpoints", "improvements"}
ITEM = {"pain_point", "change", "rank_from", "rank_to", "because", "p_moved"}
TOUCHPOINT = {
    "touchpoint",
    "metric",
    "value_from",
    "value_to",
    "difference",
    "p",
    "significant_after_bh",
}


def read_all(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its name."""
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.csv"))}


def edited_everywhere(dumped: Any) -> Any:
    """Return a dump in which everything a team types is another."""
    dumped["workspace"] |= {"name": "Other", "currency": "NOK", "language": "pl", "minimum_n": 60}
    dumped["assumptions"] |= {"fix_efficacy_mean": 0.2, "top_k": 1, "bad_to_churn_mean": 0.4}
    for leader in dumped["leaders"]:
        leader |= {"name": f"{leader['name']} renamed", "role": "gone"}
    for segment in dumped["segments"]:
        segment |= {"name": f"S {segment['name']}", "customers_per_year": 3, "value_if_retained": 1}
    for question in dumped["questions"]:
        question |= {"text": "Another question"}
    for improvement in dumped["improvements"]:
        improvement |= {"title": "Other", "status": "dropped", "effort_days": 900, "due": None}
    for kpi in dumped["kpis"]:
        kpi |= {"name": "Other", "target": 1}
    for observation in dumped["observations"]:
        observation |= {"value": 1}
    for journey in dumped["journeys"]:
        journey["name"] = "Other"
        for part in ("stages", "touchpoints"):
            for each in journey[part]:
                each["name"] = f"X {each['name']}"
        for touchpoint in journey["touchpoints"]:
            touchpoint["owner"] = None
        for pain in journey["pain_points"]:
            pain |= {"title": f"X {pain['title']}", "owner": None, "severity": 1}
    for response in dumped["responses"]:
        response |= {"outcome": "good", "answers": {}, "comments": {}}
    return dumped


@pytest.fixture
def sample(open_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample workspace with two open quarters of answers."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    path = tmp_path / "sample.waymark"
    path.write_bytes(open_sample.read_bytes())
    return path


def test_a_frozen_quarter_is_no_draft_and_shows_the_same_list(waymark: Run, bank: Path) -> None:
    before = waymark("priorities", bank, "--draws", 200, "--seed", 7, "--json").json
    ran = waymark("freeze", bank, "--quarter", QUARTER, "--draws", 200, "--seed", 7, "--json")
    assert ran.code == 0
    assert ran.json["revision"] == 1
    assert ran.json["content_sha256"] == waymark("info", bank, "--json").json["content_sha256"]
    after = waymark("priorities", bank, "--quarter", QUARTER, "--json").json
    assert (before.pop("draft"), after.pop("draft")) == (True, False)
    assert after == before
    assert (after["seed"], after["draws"]) == (7, 200)
    assert waymark("info", bank, "--json").json["quarters"] == [
        {"quarter": QUARTER, "frozen": True}
    ]
    assert waymark("check", bank).code == 0


def test_freezing_again_needs_a_reason(waymark: Run, bank: Path) -> None:
    assert waymark("freeze", bank, "--quarter", QUARTER, "--draws", 50).code == 0
    kept = bank.read_bytes()
    for reason in ((), ("--reason", "  ")):
        ran = waymark("freeze", bank, "--quarter", QUARTER, *reason)
        assert ran.code == 2
        assert "revision 1" in ran.lines[0]
        assert bank.read_bytes() == kept
    ran = waymark("freeze", bank, "--quarter", QUARTER, "--reason", "Late answers", "--json")
    assert ran.code == 0
    assert (ran.json["revision"], ran.json["reason"]) == (2, "Late answers")


@pytest.mark.parametrize("quarter", ["2030Q1", "soon"])
def test_an_unknown_quarter_is_refused(waymark: Run, bank: Path, quarter: str) -> None:
    assert waymark("freeze", bank, "--quarter", quarter).code == 2
    assert waymark("compare", bank, QUARTER, quarter).code == 2
    assert waymark("compare", bank, QUARTER, QUARTER).code == 2


def test_after_every_edit_the_frozen_quarter_is_the_same_to_the_byte(
    waymark: Run, sample: Path, tmp_path: Path
) -> None:
    for quarter in (EARLIER, QUARTER):
        assert waymark("freeze", sample, "--quarter", quarter, "--draws", 100).code == 0
    asked = [
        ("priorities", "--quarter", QUARTER),
        ("priorities", "--quarter", QUARTER, "--leader", "Jonas Vik"),
        ("metrics", "--quarter", QUARTER),
        ("metrics", "--quarter", QUARTER, "--by", "segment"),
    ]

    def answers(file: Path) -> list[str]:
        rans = [waymark(command, file, *rest, "--json") for command, *rest in asked]
        assert [ran.code for ran in rans] == [0] * len(rans)
        return [ran.out for ran in rans]

    def packs(file: Path, to: Path) -> dict[str, bytes]:
        export = ("export", file, "--quarter", QUARTER, "--to", to, "--formats", "csv")
        assert waymark(*export).code == 0
        return read_all(to)

    told, written = answers(sample), packs(sample, tmp_path / "a")
    assert waymark("dump", sample, tmp_path / "w.json").code == 0
    dumped = edited_everywhere(json.loads((tmp_path / "w.json").read_text("utf-8")))
    (tmp_path / "edited.json").write_text(json.dumps(dumped), "utf-8")
    edited = tmp_path / "edited.waymark"
    assert waymark("load", tmp_path / "edited.json", edited).code == 0
    assert answers(edited) == told
    again = packs(edited, tmp_path / "b")
    assert again == written
    assert len(written) >= 4


def test_compare_answers_with_the_contract(waymark: Run, sample: Path) -> None:
    ran = waymark("compare", sample, EARLIER, QUARTER, "--draws", 200, "--json")
    assert ran.code == 0
    answer = ran.json
    assert answer.keys() >= COMPARE
    assert (answer["from"], answer["to"]) == (EARLIER, QUARTER)
    assert {item["change"] for item in answer["items"]} <= {"new", "gone", "moved", "same"}
    for item in answer["items"]:
        assert item.keys() >= ITEM
        assert item["because"].keys() == {"data", "method", "assumption", "edit"}
        if item["change"] in ("moved", "same"):
            moved = item["rank_from"] - item["rank_to"]
            assert sum(item["because"].values()) == moved
            assert (item["change"] == "same") == (moved == 0)
            assert 0 <= item["p_moved"] <= 1
    ranks = [item["rank_to"] for item in answer["items"] if item["rank_to"]]
    assert ranks == sorted(ranks)
    assert answer["touchpoints"]
    assert {row["n_both"] for row in answer["touchpoints"]} == {0}
    assert answer["kpis"]
    for change in answer["kpis"]:
        assert change.keys() >= {"name", "value_from", "value_to", "n_from", "n_to", "p"}
        # The sample's KPIs do not say of how many they are.
        assert (change["untested"] is None) == (change["p"] is not None)
    for row in answer["touchpoints"]:
        assert row.keys() >= TOUCHPOINT
        if row["difference"] is not None:
            assert row["difference"] == pytest.approx(row["value_to"] - row["value_from"])
            assert not (row["significant_after_bh"] and row["p"] > 0.05)
    (improvement,) = answer["improvements"]
    assert improvement.keys() >= {"improvement", "predicted", "low80", "high80", "observed"}
    assert improvement["observed"] is not None


def test_comparing_frozen_quarters_is_the_same_as_before_freezing(
    waymark: Run, sample: Path
) -> None:
    call = ("compare", sample, EARLIER, QUARTER, "--draws", 100, "--json")
    before = waymark(*call).json
    for quarter in (EARLIER, QUARTER):
        assert waymark("freeze", sample, "--quarter", quarter, "--draws", 100).code == 0
    after = waymark(*call).json
    assert (after.pop("from_frozen"), after.pop("to_frozen")) == (True, True)
    del before["from_frozen"], before["to_frozen"]
    assert after["items"] == before["items"]
    assert after["touchpoints"] == before["touchpoints"]


def test_people_read_a_comparison(waymark: Run, sample: Path) -> None:
    ran = waymark("compare", sample, EARLIER, QUARTER, "--draws", 100)
    assert ran.code == 0
    assert ran.out.startswith("2026Q3 → 2026Q4 · ")
    assert "no evidence of change" in ran.out
