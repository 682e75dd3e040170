"""Workspaces that cannot be used, and places that may not be written."""

import ctypes
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storage.document import Document

Run = Callable[..., Any]

READING = (
    ("info",),
    ("metrics",),
    ("priorities", "--draws", "50"),
    ("dump", "OUT"),
    ("export", "--to", "OUT"),
)
_USER_VERSION_AT = 60  # of SQLite's header; the version of the schema


def _call(words: tuple[str, ...], file: Path) -> list[object]:
    out = file.with_name(f"out of {words[0]}")
    return [words[0], file, *(out if word == "OUT" else word for word in words[1:])]


def _flip(file: Path, word: bytes) -> None:
    """Change one letter of a text in a file, as a failing disk does."""
    content = bytearray(file.read_bytes())
    at = content.index(word)
    content[at] ^= 0x02
    file.write_bytes(content)


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_a_damaged_workspace_is_refused(words: tuple[str, ...], bank: Path, waymark: Run) -> None:
    _flip(bank, b"Service desk")
    before = bank.read_bytes()
    ran = waymark(*_call(words, bank))
    assert (ran.code, ran.out, len(ran.lines)) == (4, "", 3)
    assert "damaged" in ran.err
    assert "--repair-to" in ran.err
    assert bank.read_bytes() == before
    assert not bank.with_name(f"out of {words[0]}").exists()


def test_check_of_a_damaged_workspace_answers_and_repairs(bank: Path, waymark: Run) -> None:
    _flip(bank, b"Service desk")
    before = bank.read_bytes()
    ran = waymark("check", bank, "--json")
    assert ran.code == 4
    assert ran.json["ok"] is False
    assert ran.json["findings"]
    assert 1 <= len(ran.lines) <= 3
    copy = bank.with_name("copy.waymark")
    repaired = waymark("check", bank, "--repair-to", copy, "--json")
    assert (repaired.code, repaired.json["repaired_to"]) == (4, str(copy))
    assert waymark("check", copy).code == 0
    assert waymark("info", copy, "--json").json["surveys"][0]["responses"] == 120
    assert bank.read_bytes() == before


def test_a_cut_workspace_is_damaged(bank: Path, waymark: Run) -> None:
    bank.write_bytes(bank.read_bytes()[:-5000])
    ran = waymark("info", bank)
    assert (ran.code, len(ran.lines)) == (4, 3)
    assert waymark("check", bank, "--json").json["ok"] is False


def test_a_newer_workspace_is_refused_and_left_alone(bank: Path, waymark: Run) -> None:
    content = bytearray(bank.read_bytes())
    content[_USER_VERSION_AT : _USER_VERSION_AT + 4] = (9999).to_bytes(4, "big")
    bank.write_bytes(content)
    for words in (*READING, ("import", "survey")):
        call = _call(words, bank)
        if words[0] == "import":
            call = ["import", "survey", bank, bank.with_name("answers.csv")]
        ran = waymark(*call)
        assert (ran.code, ran.out, len(ran.lines)) == (4, "", 3)
        assert "newer" in ran.err
    assert bank.read_bytes() == content
    assert waymark("check", bank, "--json").code == 4


@pytest.mark.parametrize("content", [b"", b"just a text\n" * 500])
def test_a_file_that_is_no_workspace_is_refused(
    content: bytes, tmp_path: Path, waymark: Run
) -> None:
    file = tmp_path / "text.waymark"
    file.write_bytes(content)
    ran = waymark("info", file)
    assert (ran.code, len(ran.lines)) == (4, 3)
    assert "not a Waymark workspace" in ran.err
    assert file.read_bytes() == content
    assert waymark("check", file, "--json").json["ok"] is False


def test_somebody_elses_database_is_never_touched(tmp_path: Path, waymark: Run) -> None:
    file = tmp_path / "other.waymark"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE recipe (name TEXT)")
    other.close()
    before = file.read_bytes()
    assert waymark("metrics", file).code == 4
    assert file.read_bytes() == before


def test_a_locked_workspace_can_be_read_but_not_written(bank: Path, waymark: Run) -> None:
    before = bank.read_bytes()
    more = bank.with_name("more.csv")
    lines = bank.with_name("answers.csv").read_text("utf-8").splitlines()
    more.write_text(f"{lines[0]}\nZ1;2026-12-01;Old;4;9;;stayed;\n", encoding="utf-8")
    with Document.open(bank):
        ran = waymark("import", "survey", bank, more)
        assert (ran.code, ran.out, len(ran.lines)) == (4, "", 3)
        assert "open elsewhere" in ran.err
        assert bank.read_bytes() == before
        for words in READING:
            assert waymark(*_call(words, bank)).code == 0
    assert waymark("import", "survey", bank, more).code == 0


def _without_capabilities() -> None:
    """Let permissions count for the tests' user even where that is root."""
    libc = ctypes.CDLL(None)
    for capability in range(41):
        libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.mark.skipif(sys.platform != "linux", reason="permissions as Linux has them")
def test_a_read_only_workspace_can_be_read_but_not_written(bank: Path, many: Run) -> None:
    before = bank.read_bytes()
    bank.chmod(0o444)
    words = ("import", "survey", bank, bank.with_name("answers.csv"), "--if-known", "replace")
    (ran, info), _ = many((words, ("info", bank)), before=_without_capabilities)
    assert (ran.code, ran.out) == (5, "")
    assert "not allowed to write" in ran.err
    assert len(ran.lines) == 3
    assert bank.read_bytes() == before
    assert info.code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="permissions as Linux has them")
def test_nothing_is_written_to_a_read_only_folder(
    bank: Path, many: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    closed = tmp_path_factory.mktemp("closed")
    there = closed / "bank.waymark"
    there.write_bytes(bank.read_bytes())
    before = there.read_bytes()
    closed.chmod(0o555)
    try:
        answers = bank.with_name("answers.csv")
        writing = (
            ("import", "survey", there, answers, "--if-known", "replace"),
            ("new", closed / "new.waymark"),
            ("dump", there, closed / "bank.json"),
            ("export", there, "--to", closed / "packs", "--draws", "50"),
            ("demo", "--to", closed / "demo", "--no-window"),
            ("inspect", answers, "--mapping", closed / "map.toml"),
        )
        reading = (("info", there), ("metrics", there), ("check", there))
        done, _ = many((*writing, *reading), before=_without_capabilities)
        for words, ran in zip(writing, done, strict=False):
            assert ran.code == 5, (words, ran.err)
            assert 1 <= len(ran.lines) <= 3
        assert [ran.code for ran in done[len(writing) :]] == [0, 0, 0]
        assert [file.name for file in closed.iterdir()] == ["bank.waymark"]
        assert there.read_bytes() == before
    finally:
        closed.chmod(0o755)


@pytest.mark.parametrize("words", [("info",), ("metrics",), ("check",), ("priorities",)])
def test_commands_that_only_read_leave_no_trace(
    words: tuple[str, ...], bank: Path, waymark: Run, state: Path
) -> None:
    before = {path: path.read_bytes() for path in bank.parent.iterdir()}
    assert waymark(words[0], bank).code == 0
    assert {path: path.read_bytes() for path in bank.parent.iterdir()} == before
    assert not [path for path in state.rglob("*") if path.is_file()]


def test_new_makes_one_file_and_never_overwrites(tmp_path: Path, waymark: Run) -> None:
    file = tmp_path / "only.waymark"
    assert waymark("new", file, "--language", "nb").code == 0
    assert list(tmp_path.iterdir()) == [file]
    before = file.read_bytes()
    assert waymark("new", file).code == 5
    assert file.read_bytes() == before
