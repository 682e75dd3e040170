"""`demo`: one workspace, a pack per leader, never somebody else's folder, never a window here."""

import csv
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from storage.document import read_document
from storage.exports.gather import gather
from ui.cli.maps import report_with_maps

Run = Callable[..., Any]


def test_the_folder_holds_one_workspace_and_a_pack_per_leader(demo: Path, waymark: Run) -> None:
    (file,) = demo.rglob("*.waymark")
    assert file.parent == demo
    answer = waymark("info", file, "--json").json
    assert len(answer["journeys"]) == 2
    assert [q["quarter"] for q in answer["quarters"]] == ["2026Q3", "2026Q4"]
    assert len(answer["surveys"]) == 4
    ranked = waymark("priorities", file, "--json").json
    owners = {item["leader"] for item in ranked["items"]}
    assert set(answer["leaders"]) <= owners
    packs = list((demo / "packs").iterdir())
    for owner in owners:
        mine = sorted(pack.suffix for pack in packs if owner in pack.name)
        assert mine == [".csv", ".pdf", ".xlsx"], owner
    beside = [pack.name for pack in packs if not any(owner in pack.name for owner in owners)]
    assert sorted(beside) == [
        "2026Q4 All leaders.pdf",
        "2026Q4 You said, we did.pdf",
        "2026Q4 You said, we did.xlsx",
    ]


def test_the_board_gets_the_map_of_every_journey_of_the_demo(demo: Path) -> None:
    reader = PdfReader(demo / "packs" / "2026Q4 All leaders.pdf")
    titles = [entry.title for entry in flattened(reader.outline)]
    assert "The map: Opening a salary account" in titles
    assert "The map: Moving a mortgage" in titles


def test_the_frozen_quarter_of_the_demo_kept_its_maps(
    demo: Path, waymark: Run, tmp_path: Path
) -> None:
    (file,) = demo.glob("*.waymark")
    to = tmp_path / "before"
    ran = waymark("export", file, "--quarter", "2026Q3", "--to", to, "--formats", "pdf")
    assert ran.code == 0
    reader = PdfReader(to / "2026Q3 All leaders.pdf")
    titles = [entry.title for entry in flattened(reader.outline)]
    assert "The map: Opening a salary account" in titles
    assert "The map: Moving a mortgage" in titles


def test_a_process_of_its_own_draws_the_same_maps_before_a_window(demo: Path) -> None:
    (file,) = demo.glob("*.waymark")
    with read_document(file) as document:
        gathered = gather(document, "2026Q4", today=date(2026, 12, 20), draws=50, seed=1)
    here = report_with_maps(gathered, "2026Q4", {"pdf"})
    apart = report_with_maps(gathered, "2026Q4", {"pdf"}, window_follows=True)
    assert apart.overview is not None
    assert len(apart.overview.pictures) == 2
    assert apart.overview.pictures == here.overview.pictures


def flattened(outline: list) -> list:
    return [e for x in outline for e in (flattened(x) if isinstance(x, list) else [x])]


def test_the_packs_open_and_hold_the_ranking(demo: Path, waymark: Run) -> None:
    (file,) = demo.glob("*.waymark")
    items = waymark("priorities", file, "--json").json["items"]
    books = [pack for pack in (demo / "packs").glob("*.xlsx") if "You said" not in pack.name]
    assert books
    for pack in books:
        workbook = load_workbook(pack)
        texts = {
            str(cell.value)
            for sheet in workbook
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        workbook.close()
        mine = [item for item in items if item["leader"] in pack.name]
        assert mine
        for item in mine:
            assert any(item["title"] in text for text in texts), item["title"]
    for pack in (demo / "packs").glob("*.csv"):
        with pack.open(encoding="utf-8-sig", newline="") as table:
            assert len(list(csv.reader(table))) > 1


def test_the_sample_ranks_in_money_with_its_uncertainty(demo: Path, waymark: Run) -> None:
    (file,) = demo.glob("*.waymark")
    answer = waymark("priorities", file, "--json").json
    assert (answer["basis"], answer["currency"], answer["quarter"]) == ("money", "EUR", "2026Q4")
    first = answer["items"][0]
    assert first["rank"] == 1
    assert first["low95"] <= first["low80"] <= first["value_mean"] <= first["high80"]
    assert first["high80"] <= first["high95"]
    ranks = [item["rank"] for item in answer["items"] if item["rank"] is not None]
    assert ranks == list(range(1, len(ranks) + 1))


def test_one_leaders_list_is_a_part_of_the_whole(demo: Path, waymark: Run) -> None:
    (file,) = demo.glob("*.waymark")
    whole = waymark("priorities", file, "--json").json["items"]
    name = whole[0]["leader"]
    part = waymark("priorities", file, "--leader", name.upper(), "--json").json["items"]
    assert part == [item for item in whole if item["leader"] == name]


def test_one_leaders_pack_alone(demo: Path, waymark: Run, tmp_path: Path) -> None:
    (file,) = demo.glob("*.waymark")
    words = ("--leader", "Jonas Vik", "--formats", "xlsx", "--json")
    ran = waymark("export", file, "--quarter", "2026Q3", "--to", tmp_path / "one", *words)
    assert ran.code == 0
    (pack,) = (tmp_path / "one").iterdir()
    assert "Jonas Vik" in pack.name
    assert "2026Q3" in pack.name


def test_demo_again_replaces_its_own(demo: Path, waymark: Run, tmp_path: Path) -> None:
    folder = tmp_path / "again"
    first = waymark("demo", "--to", folder, "--json")
    assert first.code == 0
    (folder / "packs" / "old pack.xlsx").write_bytes(b"old")
    second = waymark("demo", "--to", folder, "--json")
    assert second.code == 0
    assert not (folder / "packs" / "old pack.xlsx").exists()
    assert len(list(folder.rglob("*.waymark"))) == 1
    assert second.json["metrics"] == first.json["metrics"]
    # Surveys and questions have fresh ids, and with them the draws differ a little.
    ranked = [{i["pain_point"] for i in ran.json["priorities"]["items"]} for ran in (first, second)]
    assert ranked[0] == ranked[1]
    assert second.json["file"].endswith(".waymark")


def test_demo_leaves_a_foreign_folder_alone(waymark: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    ran = waymark("demo", "--to", tmp_path, "--no-window")
    assert (ran.code, ran.out, len(ran.lines)) == (5, "", 3)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
    ran = waymark("demo", "--to", tmp_path / "mine.txt", "--no-window")
    assert ran.code == 5
    assert (tmp_path / "mine.txt").read_text("utf-8") == "mine"


def test_demo_does_not_replace_what_people_put_into_its_folder(
    demo: Path, waymark: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(demo, folder)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    assert waymark("demo", "--to", folder, "--no-window").code == 0
    assert (folder / "notes.txt").read_text("utf-8") == "mine"


def test_demo_waits_for_a_workspace_that_is_open(demo: Path, waymark: Run, tmp_path: Path) -> None:
    from storage.document import Document

    folder = tmp_path / "demo"
    shutil.copytree(demo, folder)
    (file,) = folder.glob("*.waymark")
    before = file.read_bytes()
    with Document.open(file):
        ran = waymark("demo", "--to", folder, "--no-window")
        assert ran.code in (4, 5)
        assert file.read_bytes() == before


@pytest.mark.parametrize(
    "display",
    [
        {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"},
        {"QT_QPA_PLATFORM": "minimal:option", "DISPLAY": ":0"},
        {"QT_QPA_PLATFORM": "", "DISPLAY": ":0", "CI": "true"},
        {"QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""},
    ],
)
def test_nobody_would_see_a_window(
    display: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.cli.demonstration import has_display

    monkeypatch.delenv("CI", raising=False)
    for name, value in display.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "linux")
    assert not has_display()


def test_a_display_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.cli.demonstration import has_display

    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "")
    monkeypatch.setenv("DISPLAY", ":0")
    assert has_display()


def test_nothing_that_draws_no_picture_imports_qt(bank: Path, many: Run) -> None:
    folder = bank.parent
    mapped = ("--mapping", folder / "map.toml", "--create")
    calls = [
        ["new", folder / "new.waymark"],
        ["info", bank],
        ["inspect", folder / "answers.csv"],
        ["import", "survey", folder / "new.waymark", folder / "answers.csv", *mapped],
        ["metrics", bank],
        ["priorities", bank, "--draws", "50"],
        ["export", bank, "--to", folder / "packs", "--draws", "50", "--formats", "xlsx,csv"],
        ["dump", bank, folder / "bank.json"],
        ["load", folder / "bank.json", folder / "again.waymark"],
        ["check", bank],
        ["--help"],
        ["info", folder / "nothing.waymark"],
    ]
    done, qt = many(calls)
    assert [ran.code for ran in done] == [*[0] * 11, 4], [ran.err for ran in done]
    assert qt == []
