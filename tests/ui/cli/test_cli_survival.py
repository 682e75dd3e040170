"""Killed commands and full disks: the workspace is byte for byte as it was, or whole and new."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits as Unix has")

resource = pytest.importorskip("resource", reason="limits as Unix has them")

Run = Callable[..., Any]
MAIN = Path(__file__).resolve().parents[3] / "main.py"

BEFORE_THE_REPLACE = (
    "edit.written",
    "edit.committed",
    "publish.sealed",
    "publish.half_copied",
    "publish.synced",
)


@pytest.fixture
def more(bank: Path) -> Path:
    """New answers of new respondents for the bank."""
    text = bank.with_name("answers.csv").read_text("utf-8")
    file = bank.with_name("more.csv")
    file.write_text(text.replace("\nC", "\nN"), encoding="utf-8")
    return file


@pytest.mark.parametrize("point", BEFORE_THE_REPLACE)
def test_a_killed_import_leaves_the_file_as_it_was(
    point: str, bank: Path, more: Path, forked: Run, waymark: Run
) -> None:
    before = bank.read_bytes()
    killed = forked("import", "survey", bank, more, WAYMARK_CRASH_AT=point)
    assert killed.code == 137
    assert bank.read_bytes() == before
    found = waymark("check", bank, "--json")
    assert found.json["ok"] is True
    assert found.code == (1 if found.json["findings"] else 0)
    assert waymark("info", bank, "--json").json["surveys"][0]["responses"] == 120
    assert waymark("import", "survey", bank, more).code == 0
    assert waymark("check", bank).code == 0
    responses = [s["responses"] for s in waymark("info", bank, "--json").json["surveys"]]
    assert responses == [120, 120]


def test_killed_after_the_replace_the_file_is_whole_and_new(
    bank: Path, more: Path, forked: Run, waymark: Run
) -> None:
    assert forked("import", "survey", bank, more, WAYMARK_CRASH_AT="publish.replaced").code == 137
    responses = [s["responses"] for s in waymark("info", bank, "--json").json["surveys"]]
    assert responses == [120, 120]
    assert waymark("import", "survey", bank, more).code == 2
    assert waymark("check", bank).code == 0


def test_kill_9_while_it_works_leaves_the_file_as_it_was_or_new(
    bank: Path, more: Path, state: Path, waymark: Run
) -> None:
    before = bank.read_bytes()
    with subprocess.Popen(
        [sys.executable, MAIN, "import", "survey", bank, more],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        lock = bank.with_name(f".~lock.{bank.name}#")
        while running.poll() is None and not lock.exists():
            os.sched_yield()
        running.send_signal(signal.SIGKILL)
    if running.returncode == -signal.SIGKILL:
        assert bank.read_bytes() == before
    assert waymark("info", bank).code == 0
    assert waymark("import", "survey", bank, more, "--if-known", "replace").code == 0
    assert waymark("check", bank).code == 0


class _DiskOf:
    """Lets a process write files up to so many bytes, as a disk that is nearly full."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __call__(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (self._size, self._size))


def test_a_full_disk_stops_an_import_and_keeps_the_file(
    bank: Path, more: Path, forked: Run, waymark: Run
) -> None:
    before = bank.read_bytes()
    for size in (0, 4096, len(before) // 2, len(before) - 4096):
        ran = forked("import", "survey", bank, more, most_bytes=size)
        assert ran.code == 5, (size, ran.err)
        assert ran.out == ""
        assert 1 <= len(ran.lines) <= 3
        assert "full" in ran.err
        assert bank.read_bytes() == before
        assert [p.name for p in bank.parent.iterdir() if p.name.startswith(".")] == []
    assert waymark("import", "survey", bank, more).code == 0


def test_a_full_disk_stops_other_commands_that_write(bank: Path, many: Run, tmp_path: Path) -> None:
    target = tmp_path / "bank.json"
    target.write_text("older", encoding="utf-8")
    calls = (
        ("dump", bank, target),
        ("new", tmp_path / "new.waymark"),
        ("export", bank, "--to", tmp_path / "packs", "--draws", "50"),
    )
    done, _ = many(calls, before=_DiskOf(2048))
    for words, ran in zip(calls, done, strict=True):
        assert ran.code == 5, (words, ran.err)
        assert "full" in ran.err
    assert target.read_text("utf-8") == "older"
    assert not (tmp_path / "new.waymark").exists()
    packs = tmp_path / "packs"
    assert not packs.exists() or list(packs.iterdir()) == []


def test_a_stopped_import_says_that_nothing_was_imported(tmp_path: Path, bank: Path) -> None:
    before = bank.read_bytes()
    pipe = tmp_path / "answers.csv"
    header = bank.with_name("answers.csv").read_text("utf-8").splitlines()[0]
    width = header.count(",")
    with pipe.open("w", encoding="utf-8") as stream:
        stream.write(header + "\n")
        stream.writelines(f"X{n}" + ",5" * width + "\n" for n in range(600_000))
    command = [sys.executable, str(MAIN), "import", "survey", str(bank), str(pipe), "--create"]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    )
    lock = bank.with_name(f".~lock.{bank.name}#")
    while not lock.exists() and running.poll() is None:
        os.sched_yield()
    running.send_signal(signal.SIGINT)
    out, told = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, "")
    assert told == "Stopped. Nothing was imported; the workspace is as it was.\n"
    assert bank.read_bytes() == before
    assert not lock.exists()
