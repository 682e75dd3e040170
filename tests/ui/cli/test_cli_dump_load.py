"""dump → load → dump through the commands, byte for byte."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def _and_back(file: Path, folder: Path, waymark: Run) -> None:
    first, second = folder / "first.json", folder / "second.json"
    again = folder / "again.waymark"
    assert waymark("dump", file, first).code == 0
    assert waymark("load", first, again).code == 0
    assert waymark("dump", again, second).code == 0
    assert first.read_bytes() == second.read_bytes()
    checked = waymark("check", again, "--json")
    assert (checked.code, checked.json["ok"], checked.json["findings"]) == (0, True, [])


def test_the_sample_and_back_is_byte_identical(demo: Path, waymark: Run, tmp_path: Path) -> None:
    (file,) = demo.glob("*.waymark")
    _and_back(file, tmp_path, waymark)
    assert _figures(tmp_path / "again.waymark", waymark) == _figures(file, waymark)


def _figures(file: Path, waymark: Run) -> list[Any]:
    return [
        waymark("metrics", file, "--quarter", quarter, "--by", "segment", "--json").json
        for quarter in ("2026Q3", "2026Q4")
    ]


def test_an_imported_survey_and_back_is_byte_identical(
    bank: Path, waymark: Run, tmp_path: Path
) -> None:
    _and_back(bank, tmp_path, waymark)


def test_purchases_and_event_logs_and_back(waymark: Run, tmp_path: Path, fixtures: Path) -> None:
    given = tmp_path / "given.waymark"
    assert waymark("load", fixtures / "json" / "bank.json", given).code == 0
    _and_back(given, tmp_path, waymark)
    kept = (tmp_path / "first.json").read_text("utf-8")
    assert '"purchases": [\n' in kept
    assert '"event_logs": [\n' in kept


def test_load_never_overwrites(bank: Path, waymark: Run, tmp_path: Path) -> None:
    before = bank.read_bytes()
    assert waymark("dump", bank, tmp_path / "bank.json").code == 0
    ran = waymark("load", tmp_path / "bank.json", bank)
    assert (ran.code, len(ran.lines)) == (5, 3)
    assert bank.read_bytes() == before


def test_dump_replaces_its_target_whole(bank: Path, waymark: Run, tmp_path: Path) -> None:
    target = tmp_path / "bank.json"
    target.write_text("x" * 1_000_000, encoding="utf-8")
    assert waymark("dump", bank, target).code == 0
    first = target.read_bytes()
    assert waymark("dump", bank, target).code == 0
    assert target.read_bytes() == first
    assert first.endswith(b"}\n")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("{", "line 1"),
        ('{"format": "waymark/1", "journeys": 3}', "journeys"),
        ('{"format": "waymark/1", "leaders": [{"id": "a", "name": "A"}, {"id": "a"}]}', "leaders"),
    ],
)
def test_a_fault_in_the_json_is_placed_and_leaves_nothing(
    content: str, place: str, waymark: Run, tmp_path: Path
) -> None:
    (tmp_path / "odd.json").write_text(content, encoding="utf-8")
    ran = waymark("load", tmp_path / "odd.json", tmp_path / "odd.waymark")
    assert (ran.code, ran.out, len(ran.lines)) == (3, "", 3)
    assert place in ran.err
    assert not (tmp_path / "odd.waymark").exists()


def test_what_is_not_known_is_left_out_and_told(waymark: Run, tmp_path: Path) -> None:
    (tmp_path / "new.json").write_text('{"format": "waymark/1", "moods": 3}', encoding="utf-8")
    ran = waymark("load", tmp_path / "new.json", tmp_path / "new.waymark")
    assert ran.code == 0
    assert "moods" in ran.err
