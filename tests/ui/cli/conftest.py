"""Fixtures that run commands as a user does, and a small bank to run them on."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ui.cli import run_command

PROJECT = Path(__file__).resolve().parents[3]
QUARTER = "2026Q4"

MAPPING = """
[survey]
name = "Branch visits"
design = "relational"
date = { column = "Day", format = "%Y-%m-%d" }
respondent = "Customer"
segment = "Segment"

[[question]]
column = "Desk score"
touchpoint = "Service desk"
stage = "Purchase"
metric = "csat"
scale = [1, 5]
missing = ["0"]

[[question]]
column = "Recommend"
touchpoint = "Whole visit"
stage = "Advocacy"
metric = "nps"
scale = [0, 10]

[[pain_point]]
title = "Queue too long"
touchpoint = "Service desk"
when = { column = "Trouble", values = ["Queue"] }

[[pain_point]]
title = "Forms ask twice"
touchpoint = "Service desk"
when = { column = "Trouble", values = ["Forms"] }

[outcome]
column = "Outcome"
bad = ["left"]
means = "left"
months = 12

[[comment]]
column = "What could we do better?"
touchpoint = "Service desk"
"""
HEADER = "Customer;Day;Segment;Desk score;Recommend;Trouble;Outcome;What could we do better?"


def answers(records: int = 120) -> str:
    """Return the answers of a made-up bank: every fifth is no score, queues make people leave."""
    lines = [HEADER]
    for i in range(records):
        trouble = ("Queue", "", "Forms", "", "", "")[i % 6]
        end = "left" if (trouble == "Queue" and i % 4 < 3) or i % 11 == 0 else "stayed"
        comment = "Mer folk i kassa" if i == 3 else ""
        lines.append(
            f"C{i:04d};2026-{10 + i % 3}-{1 + i % 28:02d};{('Young', 'Old')[i % 2]};{i % 5};"
            f"{(i * 7) % 11};{trouble};{end};{comment}"
        )
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output; anything else there fails."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


Run = Callable[..., Ran]


def sha256(path: Path) -> str:
    """Return the hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def environment(state: Path, **extra: str) -> dict[str, str]:
    """Return the environment of a command in a process of its own."""
    kept = {k: v for k, v in os.environ.items() if k not in ("CI", "COLUMNS")}
    mine = {"WAYMARK_STATE_DIR": str(state), "PYTHONDONTWRITEBYTECODE": "1"}
    return {**kept, **mine, **extra}


@pytest.fixture(scope="session")
def session_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A private folder for the commands of fixtures that live as long as the tests."""
    folder = tmp_path_factory.mktemp("state")
    before = os.environ.get("WAYMARK_STATE_DIR")
    os.environ["WAYMARK_STATE_DIR"] = str(folder)
    yield folder
    if before is None:
        del os.environ["WAYMARK_STATE_DIR"]
    else:
        os.environ["WAYMARK_STATE_DIR"] = before


@pytest.fixture
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The private folder of one test's commands."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(folder))
    return folder


@pytest.fixture
def waymark(capsys: pytest.CaptureFixture[str], state: Path) -> Run:
    """Run a command in this process."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code = run_command([str(a) for a in arguments])
        found = capsys.readouterr()
        return Ran(code, found.out, found.err)

    return run


@pytest.fixture
def process(state: Path, tmp_path: Path) -> Run:
    """Run a command in a process of its own, with a private folder of its own."""

    def run(*arguments: object, before: Callable[[], None] | None = None, **extra: str) -> Ran:
        done = subprocess.run(
            [sys.executable, PROJECT / "main.py", *map(str, arguments)],
            capture_output=True,
            check=False,
            cwd=tmp_path,
            env=environment(state, **extra),
            preexec_fn=before,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


_WARM = """
import io, json, os, resource, sys
import sqlalchemy, numpy
from ui.cli import run_command
import ui.cli.commands, storage.imports.survey, storage.imports.events, storage.imports.kpi
import storage.imports.purchases, storage.document

def be(order):
    os.environ.update(order["environment"])
    os.chdir(order["folder"])
    said = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in "oe"]
    sys.stdout, sys.stderr = said
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    if order["most_bytes"] is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["most_bytes"], usual[1]))
    code = run_command(order["words"])
    resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    for name, stream in zip(("out", "err"), said):
        stream.flush()
        with open(order[name], "wb") as file:
            file.write(stream.buffer.getvalue())
    return code

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        code = 99
        try:
            code = be(json.loads(line))
        finally:
            os._exit(code)
    _, ended = os.waitpid(child, 0)
    os.write(1, f"{os.waitstatus_to_exitcode(ended)}\\n".encode())
"""


@pytest.fixture(scope="session")
def warm_python() -> Iterator[subprocess.Popen[str]]:
    """A process without Qt that has loaded what commands need, and forks one for each."""
    with subprocess.Popen(
        [sys.executable, "-c", _WARM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        env={k: v for k, v in os.environ.items() if k not in ("CI", "COLUMNS")},
    ) as running:
        yield running
        assert running.stdin is not None
        running.stdin.close()


@pytest.fixture
def forked(warm_python: subprocess.Popen[str], state: Path, tmp_path: Path) -> Run:
    """Run a command as `process` does, in a process that does not have to start Python.

    For what is killed or starved at a point of the work; that a whole start ends well is the
    business of `process`. `most_bytes` is the size no file may pass.
    """
    if not hasattr(os, "fork"):
        pytest.skip("needs fork")

    def run(*arguments: object, most_bytes: int | None = None, **extra: str) -> Ran:
        out, err = state / "stdout", state / "stderr"
        out.unlink(missing_ok=True)
        err.unlink(missing_ok=True)
        order = {
            "words": [str(a) for a in arguments],
            "environment": {"WAYMARK_STATE_DIR": str(state), **extra},
            "folder": str(tmp_path),
            "out": str(out),
            "err": str(err),
            "most_bytes": most_bytes,
        }
        assert warm_python.stdin is not None
        assert warm_python.stdout is not None
        print(json.dumps(order), file=warm_python.stdin, flush=True)
        code = int(warm_python.stdout.readline())
        said = [place.read_text("utf-8") if place.exists() else "" for place in (out, err)]
        return Ran(code, *said)  # a killed one said nothing

    return run


_MANY = """
import contextlib, io, json, sys
from ui.cli import run_command

def ran(words):
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in "oe")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run_command(words)
        out.flush(), err.flush()
    return code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode()

done = [ran(words) for words in json.loads(sys.argv[1])]
qt = sorted(name for name in sys.modules if name.startswith(("PySide6", "shiboken")))
print(json.dumps([done, qt]))
"""


@pytest.fixture
def many(state: Path) -> Callable[..., tuple[list[Ran], list[str]]]:
    """Run commands one after the other in one other process.

    Returns what each left behind, and the modules of Qt that were loaded in the end.
    """

    def run(
        calls: Iterable[Iterable[object]], before: Callable[[], None] | None = None
    ) -> tuple[list[Ran], list[str]]:
        words = json.dumps([[str(word) for word in call] for call in calls])
        done = subprocess.run(
            [sys.executable, "-c", _MANY, words],
            capture_output=True,
            check=False,
            cwd=PROJECT,
            env=environment(state),
            preexec_fn=before,
        )
        assert done.returncode == 0, done.stderr.decode()
        found, qt = json.loads(done.stdout)
        return [Ran(*ran) for ran in found], qt

    return run


@pytest.fixture(scope="session")
def made_bank(tmp_path_factory: pytest.TempPathFactory, session_state: Path) -> Path:
    """A folder with answers, their mapping, and a workspace that holds them."""
    folder = tmp_path_factory.mktemp("bank")
    (folder / "answers.csv").write_text(answers(), encoding="utf-8")
    (folder / "map.toml").write_text(MAPPING, encoding="utf-8")
    file = str(folder / "bank.waymark")
    assert run_command(["new", file]) == 0
    took = ["import", "survey", file, str(folder / "answers.csv"), "--create"]
    assert run_command([*took, "--mapping", str(folder / "map.toml")]) == 0
    return folder


@pytest.fixture
def bank(made_bank: Path, tmp_path: Path) -> Path:
    """A copy of the bank's workspace; answers.csv and map.toml lie beside it."""
    for file in made_bank.iterdir():
        if file.suffix in (".csv", ".toml", ".waymark"):
            shutil.copy(file, tmp_path / file.name)
    return tmp_path / "bank.waymark"


@pytest.fixture
def empty(waymark: Run, tmp_path: Path) -> Path:
    """A workspace as `new` makes it, with the bank's answers and mapping beside it."""
    (tmp_path / "answers.csv").write_text(answers(), encoding="utf-8")
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    file = tmp_path / "new.waymark"
    assert waymark("new", file).code == 0
    return file


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, session_state: Path) -> Path:
    """The folder that `demo` makes, which no test changes."""
    folder = tmp_path_factory.mktemp("demo") / "waymark-demo"
    assert run_command(["demo", "--to", str(folder), "--no-window"]) == 0
    return folder
