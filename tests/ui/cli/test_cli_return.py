"""The way of a pack out to its leader and back: return."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from journey.edit import Set
from journey.model.ids import Kind, Ref
from storage.document import COMMAND, Document

Waymark = Callable[..., Any]
SHEET = "Your answers"


@pytest.fixture
def pack(bank: Path, waymark: Waymark, tmp_path: Path) -> Path:
    """The pack of what nobody owns, as it leaves."""
    out = tmp_path / "packs"
    ran = waymark("export", bank, "--to", out, "--formats", "xlsx")
    assert ran.code == 0, ran.err
    (path,) = (file for file in out.glob("*.xlsx") if "Unassigned" in file.name)
    return path


def filled(pack: Path, **cells: object) -> Path:
    """Return the pack with cells filled in."""
    book = load_workbook(pack)
    for place, value in cells.items():
        book[SHEET][place] = value
    path = pack.with_name("returned.xlsx")
    book.save(path)
    return path


def improvements(waymark: Waymark, bank: Path, tmp_path: Path) -> list[dict[str, Any]]:
    import json

    out = tmp_path / "dump.json"
    assert waymark("dump", bank, out).code == 0
    found: list[dict[str, Any]] = json.loads(out.read_text("utf-8"))["improvements"]
    return found


def test_what_was_filled_in_arrives(
    bank: Path, pack: Path, waymark: Waymark, tmp_path: Path
) -> None:
    came = filled(pack, E4="planned", F4=date(2027, 3, 1), G4=9.5, H4="Two more desks")
    ran = waymark("return", bank, came, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["applied"] == 4
    assert [d["field"] for d in ran.json["differences"]] == [
        "status",
        "due",
        "effort_days",
        "notes",
    ]
    assert all(d["created"] and d["applied"] for d in ran.json["differences"])
    (made,) = improvements(waymark, bank, tmp_path)
    assert (made["status"], made["due"], made["effort_days"]) == ("planned", "2027-03-01", 9.5)
    assert made["notes"] == "Two more desks"
    assert made["quarter"] == ran.json["quarter"]
    again = waymark("return", bank, came, "--json")
    assert (again.code, again.json["differences"]) == (0, [])
    assert waymark("check", bank).code == 0


def test_a_dry_run_shows_all_and_changes_nothing(bank: Path, pack: Path, waymark: Waymark) -> None:
    came, before = filled(pack, E4="started"), bank.read_bytes()
    ran = waymark("return", bank, came, "--dry-run", "--json")
    assert (ran.code, ran.json["applied"], len(ran.json["differences"])) == (0, 0, 1)
    assert bank.read_bytes() == before
    told = waymark("return", bank, came, "--dry-run")
    assert "Would take 1 of 1 difference." in told.out
    assert bank.read_bytes() == before


def test_bad_cells_are_counted_the_rest_is_taken(
    bank: Path, pack: Path, waymark: Waymark, tmp_path: Path
) -> None:
    came = filled(pack, F4="soon", G4="many", H4="said")
    ran = waymark("return", bank, came, "--json")
    assert ran.code == 1
    assert [(c["field"], c["text"], c["reason"]) for c in ran.json["refused"]] == [
        ("due", "soon", "not_a_date"),
        ("effort_days", "many", "not_a_number"),
    ]
    assert "soon" in ran.err
    assert [i["notes"] for i in improvements(waymark, bank, tmp_path)] == ["said"]


def test_a_conflict_stays_until_it_is_asked_for(
    bank: Path, pack: Path, waymark: Waymark, tmp_path: Path
) -> None:
    assert waymark("return", bank, filled(pack, F4=date(2027, 3, 1))).code == 0
    second = waymark("export", bank, "--to", tmp_path / "second", "--formats", "xlsx")
    assert second.code == 0
    (later,) = (f for f in (tmp_path / "second").glob("*.xlsx") if "Unassigned" in f.name)
    assert waymark("return", bank, filled(later, F4=date(2027, 4, 1))).code == 0
    came = filled(later, F4=date(2027, 5, 1))
    ran = waymark("return", bank, came, "--json")
    assert ran.code == 1
    (only,) = ran.json["differences"]
    assert (only["exported"], only["now"], only["returned"]) == (
        "2027-03-01",
        "2027-04-01",
        "2027-05-01",
    )
    assert only["conflict"]
    assert not only["applied"]
    assert "1 conflict" in ran.err
    ran = waymark("return", bank, came, "--take-conflicts", "--json")
    assert (ran.code, ran.json["applied"]) == (0, 1)
    assert [i["due"] for i in improvements(waymark, bank, tmp_path)] == ["2027-05-01"]


def test_a_pack_from_elsewhere_is_refused(
    bank: Path, pack: Path, waymark: Waymark, tmp_path: Path
) -> None:
    before = bank.read_bytes()
    other = tmp_path / "other.waymark"
    assert waymark("new", other).code == 0
    ran = waymark("return", other, pack, "--quarter", "2026Q4")
    assert ran.code == 2
    ran = waymark("return", other, pack, "--renamed")
    assert ran.code == 2
    book = load_workbook(pack)
    book["waymark"]["B4"] = "2025Q1"
    old = tmp_path / "old.xlsx"
    book.save(old)
    ran = waymark("return", bank, old)
    assert ran.code == 2
    assert "2025Q1" in ran.err
    assert 1 <= len(ran.lines) <= 3
    assert bank.read_bytes() == before


def test_what_cannot_be_read_is_told(bank: Path, waymark: Waymark, tmp_path: Path) -> None:
    claims = tmp_path / "claims.xlsx"
    claims.write_text("rank,title")
    for path in (claims, tmp_path / "none.xlsx", tmp_path, bank):
        ran = waymark("return", bank, path)
        assert (ran.code, ran.out) == (3, "")
        assert 1 <= len(ran.lines) <= 3
    assert waymark("return", tmp_path / "none.waymark", claims).code in (3, 4)


def renamed(path: Path, name: str) -> None:
    """Give the workspace of a file another name."""
    with Document.open(path, purpose=COMMAND) as document:
        edit = Set(Ref(Kind.WORKSPACE, "workspace"), name=name)
        document.write(edit.do(document.workspace))
        document.publish()


def test_a_renamed_workspace_and_a_copy_of_it_know_their_pack(
    bank: Path, pack: Path, waymark: Waymark, tmp_path: Path
) -> None:
    came = filled(pack, H4="Two more desks")
    copy = tmp_path / "copy.waymark"
    copy.write_bytes(bank.read_bytes())
    renamed(bank, "Another name")
    ran = waymark("return", bank, came, "--json")
    assert (ran.code, ran.json["applied"]) == (0, 1)
    ran = waymark("return", copy, came, "--json")
    assert (ran.code, ran.json["applied"]) == (0, 1)


def test_a_workspace_loaded_anew_is_known_by_its_name(
    bank: Path, pack: Path, waymark: Waymark, tmp_path: Path
) -> None:
    came = filled(pack, H4="Two more desks")
    assert waymark("dump", bank, tmp_path / "w.json").code == 0
    again = tmp_path / "again.waymark"
    assert waymark("load", tmp_path / "w.json", again).code == 0
    assert waymark("return", again, came, "--dry-run").code == 0
    renamed(again, "Another name")
    ran = waymark("return", again, came, "--dry-run")
    assert ran.code == 2
    assert "--renamed" in ran.err
    assert waymark("return", again, came, "--dry-run", "--renamed").code == 0


def test_a_pack_made_before_files_had_an_identity_returns_as_ever(
    bank: Path, pack: Path, waymark: Waymark
) -> None:
    book = load_workbook(pack)
    hidden = book["waymark"]
    assert hidden["A9"].value == "workspace_id"
    hidden.delete_rows(9)
    book[SHEET]["H4"] = "Two more desks"
    old = pack.with_name("old.xlsx")
    book.save(old)
    ran = waymark("return", bank, old, "--dry-run", "--json")
    assert (ran.code, len(ran.json["differences"])) == (0, 1)
    renamed(bank, "Another name")
    assert waymark("return", bank, old, "--dry-run").code == 2
    assert waymark("return", bank, old, "--dry-run", "--renamed").code == 0
