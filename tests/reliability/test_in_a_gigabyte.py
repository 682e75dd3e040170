"""A large import and an export of every format take less than 1 GB; too little is said."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux limits what a process allocates"
)

ANSWERS = 200_000
FORMATS = "xlsx,pdf,pptx,csv,raw-csv,md,tickets"

# Runs a command once so many bytes may be allocated: at most, or more than are once all modules
# of the work are there. A limit at which a library cannot even be loaded is another fault.
UNDER_A_LIMIT = """
import resource, sys
from ui.cli import run_command
most, more = int(sys.argv[1]), int(sys.argv[2])
if more:
    run_command(["import", "survey", *sys.argv[3:5], "--dry-run", "--json"])
    sys.stderr.flush()
    for line in open("/proc/self/status"):
        if line.startswith("VmData:"):
            most = int(line.split()[1]) * 1024 + more
resource.setrlimit(resource.RLIMIT_DATA, (most, most))
words = sys.argv[5:]
sys.exit(run_command(words))
"""


def _csv(path: Path, records: int) -> Path:
    lines = ["customer;date;segment;q1;q2;churned"]
    lines += (
        f"C{i};2026-{8 + i % 2:02d}-{1 + i % 28:02d};{('Private', 'Business')[i % 2]};"
        f"{1 + i % 7};{i * 7 % 11};{i // 3 % 2}"
        for i in range(records)
    )
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture
def sample(tmp_path: Path, open_sample: Path) -> Path:
    place = tmp_path / "sample.waymark"
    place.write_bytes(open_sample.read_bytes())
    return place


def _run(folder: Path, most: int, more: int, first: tuple[Path, Path], *words: object) -> Any:
    return subprocess.run(
        [sys.executable, "-c", UNDER_A_LIMIT, *map(str, (most, more, *first, *words))],
        cwd=PROJECT,
        env={**os.environ, "WAYMARK_STATE_DIR": str(folder / "state"), "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=False,
    )


def test_200_000_answers_come_in(tmp_path: Path, sample: Path) -> None:
    answers = _csv(tmp_path / "answers.csv", ANSWERS)
    words = ("import", "survey", sample, answers, "--create", "--json")
    done = _run(tmp_path, 1_000_000_000, 0, (sample, answers), *words)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["records"] == ANSWERS


def test_every_format_goes_out(tmp_path: Path, sample: Path) -> None:
    words = ("export", sample, "--to", tmp_path / "packs", "--formats", FORMATS)
    more = ("--draws", 10, "--json")
    done = _run(tmp_path, 1_000_000_000, 0, (sample, sample), *words, *more)
    assert done.returncode == 0, done.stderr
    files = [Path(name) for name in json.loads(done.stdout)["files"]]
    assert {file.suffix for file in files} == {".xlsx", ".pdf", ".pptx", ".csv", ".md"}
    assert all(file.stat().st_size for file in files)


def test_too_little_memory_is_said_and_the_file_is_as_it_was(tmp_path: Path, sample: Path) -> None:
    before = sample.read_bytes()
    few, answers = _csv(tmp_path / "few.csv", 50), _csv(tmp_path / "answers.csv", ANSWERS)
    there = {place.name for place in tmp_path.iterdir()} | {"state"}
    words = ("import", "survey", sample, answers, "--create", "--json")
    done = _run(tmp_path, 0, 4_000_000, (sample, few), *words)
    assert done.returncode == 5, done.stderr
    assert "There is not enough memory for this." in done.stderr
    assert "Traceback" not in done.stderr
    assert sample.read_bytes() == before
    assert {place.name for place in tmp_path.iterdir()} == there
    assert not any((tmp_path / "state" / "working").iterdir())
