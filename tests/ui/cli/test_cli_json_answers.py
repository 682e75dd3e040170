"""`--json` gives exactly one document, with at least the fields of the contract."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

INFO = {
    "schema_version",
    "journeys",
    "leaders",
    "segments",
    "surveys",
    "quarters",
    "content_sha256",
}
INSPECT = {"vendor", "encoding", "separator", "header_rows", "records", "columns", "warnings"}
COLUMN = {"name", "type", "blank", "refused", "distinct", "examples", "proposal"}
IMPORT = {"records", "imported", "skipped", "questions", "outcome", "content_sha256"}
METRIC = {
    "touchpoint",
    "question",
    "metric",
    "n",
    "value",
    "low95",
    "high95",
    "top2box",
    "distribution",
    "suppressed",
}
RANKING = {
    "quarter",
    "draft",
    "seed",
    "draws",
    "method_version",
    "basis",
    "currency",
    "assumptions",
    "items",
}
ITEM = {
    "rank",
    "pain_point",
    "title",
    "touchpoint",
    "stage",
    "leader",
    "improvement",
    "level",
    "value_mean",
    "low80",
    "high80",
    "low95",
    "high95",
    "index_mean",
    "index_low80",
    "index_high80",
    "effort_days",
    "effort_assumed",
    "score",
    "p_top5",
    "p_beats_next",
    "rank_low80",
    "rank_high80",
    "share_affected",
    "n",
    "sentence",
    "why_not_higher",
}


def test_info(waymark: Run, bank: Path) -> None:
    ran = waymark("info", bank, "--json")
    assert (ran.code, ran.err) == (0, "")
    answer = ran.json
    assert answer.keys() >= INFO
    (journey,) = answer["journeys"]
    assert journey["stages"] == 5
    assert (journey["touchpoints"], journey["pain_points"], journey["transitions"]) == (2, 2, 0)
    assert answer["segments"] == ["Old", "Young"]
    assert answer["surveys"] == [{"name": "Branch visits", "responses": 120}]
    assert answer["quarters"] == [{"quarter": "2026Q4", "frozen": False}]


def test_new_says_where(waymark: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.waymark"
    ran = waymark("new", file, "--json")
    assert (ran.code, ran.json) == (0, {"file": str(file)})
    (journey,) = waymark("info", file, "--json").json["journeys"]
    assert (journey["stages"], journey["touchpoints"]) == (5, 0)


def test_inspect(waymark: Run, bank: Path) -> None:
    answer = waymark("inspect", bank.with_name("answers.csv"), "--json").json
    assert answer.keys() >= INSPECT
    assert (answer["separator"], answer["header_rows"], answer["records"]) == (";", 1, 120)
    assert len(answer["columns"]) == 8
    for column in answer["columns"]:
        assert column.keys() >= COLUMN


def test_import_survey(waymark: Run, empty: Path) -> None:
    folder = empty.parent
    ran = waymark(
        *("import", "survey", empty, folder / "answers.csv", "--mapping", folder / "map.toml"),
        *("--create", "--json"),
    )
    assert ran.code == 0
    answer = ran.json
    assert answer.keys() >= IMPORT
    assert (answer["records"], answer["imported"], answer["skipped"]) == (120, 120, [])
    asked = {q["touchpoint"]: (q["metric"], q["n"]) for q in answer["questions"]}
    # Every fifth desk score is 0, not applicable; the recommendation's 0 is a score.
    assert asked == {"Service desk": ("csat", 96), "Whole visit": ("nps", 120)}
    bad = folder.joinpath("answers.csv").read_text("utf-8").count(";left;")
    assert answer["outcome"] == {"n": 120, "bad": bad}
    assert answer["content_sha256"] == waymark("info", empty, "--json").json["content_sha256"]


def test_metrics(waymark: Run, bank: Path) -> None:
    rows = waymark("metrics", bank, "--json").json
    assert [row["touchpoint"] for row in rows] == ["Service desk", "Whole visit"]
    desk, visit = rows
    assert desk.keys() >= METRIC
    assert desk["distribution"] == {"1": 24, "2": 24, "3": 24, "4": 24}
    assert desk["value"] == 2.5
    assert visit["n"] == sum(visit["distribution"].values()) == 120
    promoters = visit["distribution"]["9"] + visit["distribution"]["10"]
    detractors = sum(visit["distribution"][str(score)] for score in range(7))
    assert visit["value"] == pytest.approx(100 * (promoters - detractors) / 120)


def test_metrics_by_segment(waymark: Run, bank: Path) -> None:
    rows = waymark("metrics", bank, "--by", "segment", "--json").json
    assert {row["segment"] for row in rows} == {"Young", "Old"}
    pooled = {r["touchpoint"]: r["n"] for r in waymark("metrics", bank, "--json").json}
    for touchpoint, n in pooled.items():
        assert sum(r["n"] for r in rows if r["touchpoint"] == touchpoint) == n


def test_priorities(waymark: Run, bank: Path) -> None:
    ran = waymark("priorities", bank, "--draws", 200, "--json")
    assert ran.code == 0
    answer = ran.json
    assert answer.keys() >= RANKING
    assert (answer["quarter"], answer["draft"]) == ("2026Q4", True)
    assert (answer["draws"], answer["seed"]) == (200, 1)
    # The customers of a segment are not known, so that no money can be named.
    assert answer["basis"] == "index"
    assert [item["title"] for item in answer["items"]] == ["Queue too long", "Forms ask twice"]
    for item in answer["items"]:
        assert item.keys() >= ITEM
        assert item["value_mean"] is None
        assert item["stage"] == "Purchase"
        assert item["leader"] == "Unassigned"
    assert answer["assumptions"]["fix_efficacy_mean"] == 0.6


def test_the_same_seed_gives_the_same_list(waymark: Run, bank: Path) -> None:
    first = waymark("priorities", bank, "--draws", 100, "--seed", 7, "--json")
    again = waymark("priorities", bank, "--draws", 100, "--seed", 7, "--json")
    other = waymark("priorities", bank, "--draws", 100, "--seed", 8, "--json")
    assert first.out == again.out
    assert first.out != other.out


def test_without_evidence_nothing_is_an_error(waymark: Run, empty: Path) -> None:
    assert waymark("metrics", empty, "--json").json == []
    ran = waymark("priorities", empty, "--json")
    assert (ran.code, ran.json["items"]) == (0, [])
    assert ran.json["quarter"] is None


def test_export_names_its_files(waymark: Run, bank: Path, tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    ran = waymark("export", bank, "--to", packs, "--draws", 100, "--json")
    assert ran.code == 0
    files = [Path(file) for file in ran.json["files"]]
    assert sorted(files) == sorted(packs.iterdir())
    assert {file.suffix for file in files} == {".csv", ".pdf", ".pptx", ".xlsx"}


def test_dump_load_and_check(waymark: Run, bank: Path, tmp_path: Path) -> None:
    sha256 = waymark("info", bank, "--json").json["content_sha256"]
    dumped = waymark("dump", bank, tmp_path / "bank.json", "--json").json
    assert dumped == {"file": str(tmp_path / "bank.json"), "content_sha256": sha256}
    loaded = waymark("load", tmp_path / "bank.json", tmp_path / "again.waymark", "--json").json
    assert loaded["responses"] == 120
    checked = waymark("check", tmp_path / "again.waymark", "--json")
    assert checked.code == 0
    assert checked.json.keys() >= {"ok", "schema_version", "content_sha256", "findings"}
    assert (checked.json["ok"], checked.json["findings"]) == (True, [])


def test_tables_for_people_hold_the_same_rows(waymark: Run, bank: Path) -> None:
    assert "Branch visits" in waymark("info", bank).out
    assert "Service desk" in waymark("metrics", bank).out
    shown = waymark("priorities", bank, "--draws", 100).out
    assert shown.index("Queue too long") < shown.index("Forms ask twice")
    assert "question (" in waymark("inspect", bank.with_name("answers.csv")).out
