"""Exit codes 2 to 5: what happened, where, what was kept, what to do; never a traceback."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

# Called with the folder of the bank: the words of the call and what standard error must name.
CALLS: dict[str, tuple[int, list[str], str]] = {
    "no such command": (2, ["rank", "bank.waymark"], "rank"),
    "no such import": (2, ["import", "pictures", "bank.waymark"], "pictures"),
    "which import": (2, ["import"], "Missing command"),
    "no such option": (2, ["info", "bank.waymark", "--fast"], "--fast"),
    "an argument is missing": (2, ["info"], "FILE"),
    "a value of another kind": (2, ["priorities", "bank.waymark", "--draws", "many"], "--draws"),
    "a value out of range": (2, ["priorities", "bank.waymark", "--draws", "1"], "10"),
    "no quarter": (2, ["metrics", "bank.waymark", "--quarter", "autumn"], "autumn"),
    "no such quarter": (2, ["metrics", "bank.waymark", "--quarter", "2020Q1"], "2026Q4"),
    "no such quarter to rank": (
        2,
        ["priorities", "bank.waymark", "--quarter", "2020Q1"],
        "2020Q1",
    ),
    "no such journey": (2, ["metrics", "bank.waymark", "--journey", "Loans"], "Loans"),
    "no such leader": (2, ["priorities", "bank.waymark", "--leader", "Nobody"], "Nobody"),
    "no such format": (
        2,
        ["export", "bank.waymark", "--to", "packs", "--formats", "xlsx,doc"],
        "doc",
    ),
    "no such template": (2, ["new", "other.waymark", "--template", "round"], "round"),
    "known survey": (2, ["import", "survey", "bank.waymark", "answers.csv"], "Branch visits"),
    "no such data": (3, ["inspect", "nothing.csv"], "nothing.csv"),
    "no such mapping": (
        3,
        ["import", "survey", "bank.waymark", "answers.csv", "--mapping", "nothing.toml"],
        "nothing.toml",
    ),
    "a folder as data": (3, ["inspect", "folder"], "directory"),
    "not Waymark JSON": (3, ["load", "other.json", "other.waymark"], "other.json"),
    "no such JSON": (3, ["load", "nothing.json", "other.waymark"], "nothing.json"),
    "no such workspace": (4, ["info", "nothing.waymark"], "nothing.waymark"),
    "a folder as workspace": (4, ["metrics", "folder"], "folder"),
    "a text as workspace": (4, ["priorities", "answers.csv"], "answers.csv"),
    "another database": (4, ["dump", "other.db", "other.json"], "other.db"),
    "something is there": (5, ["new", "bank.waymark"], "bank.waymark"),
    "no folder": (5, ["new", "nowhere/new.waymark"], "nowhere"),
    "load over a workspace": (5, ["load", "good.json", "bank.waymark"], "bank.waymark"),
    "a folder as target": (5, ["dump", "bank.waymark", "folder"], "folder"),
    "packs into a file": (5, ["export", "bank.waymark", "--to", "answers.csv"], "answers.csv"),
    "a mapping into no folder": (
        5,
        ["inspect", "answers.csv", "--mapping", "nowhere/map.toml"],
        "nowhere",
    ),
}


@pytest.fixture
def folder(bank: Path, waymark: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bank's folder, with things in it that are not what commands ask for."""
    monkeypatch.chdir(bank.parent)
    Path("folder").mkdir()
    Path("other.json").write_text('{"format": "something/1"}', encoding="utf-8")
    with sqlite3.connect("other.db") as other:
        other.execute("CREATE TABLE mine (id)")
    other.close()
    assert waymark("dump", bank, "good.json").code == 0
    return bank.parent


@pytest.mark.parametrize(("code", "words", "named"), CALLS.values(), ids=CALLS.keys())
def test_a_fault_says_what_and_where_and_keeps_everything(
    code: int, words: list[str], named: str, folder: Path, waymark: Run
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    ran = waymark(*words)
    assert ran.code == code, ran.err
    assert ran.out == ""
    assert 1 <= len(ran.lines) <= 3
    assert "Traceback" not in ran.err
    assert named in ran.err
    assert any(kept in ran.err for kept in ("othing", "as it was"))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_debug_shows_where_an_error_came_from(waymark: Run, tmp_path: Path) -> None:
    plain = waymark("info", tmp_path / "nothing.waymark")
    shown = waymark("info", tmp_path / "nothing.waymark", "--debug")
    assert "Traceback" not in plain.err
    assert "Traceback" in shown.err
    assert shown.err.startswith(plain.err)
    assert shown.code == plain.code == 4


def test_a_real_process_ends_with_the_code(process: Run, tmp_path: Path) -> None:
    assert process("new", "bank.waymark").code == 0
    again = process("new", "bank.waymark")
    assert (again.code, again.out, len(again.lines)) == (5, "", 3)
    assert process("info").code == 2
    assert process("inspect", "nothing.csv").code == 3
    assert process("info", "nothing.waymark", "--json").code == 4


@pytest.mark.skipif(sys.platform == "win32", reason="pipes as Unix has them")
def test_a_reader_that_goes_away_is_no_error(made_bank: Path) -> None:
    main = Path(__file__).resolve().parents[3] / "main.py"
    with subprocess.Popen(
        [sys.executable, main, "metrics", made_bank / "bank.waymark"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        told = running.stderr.read()
    assert running.returncode == 141
    assert told == b""
