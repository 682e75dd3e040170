"""Runs guided by coverage: what the fuzzer says is counted, and its absence is told."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.reliability import guided
from benchmarks.reliability.__main__ import MEASURES

PROJECT = Path(__file__).resolve().parents[2]

_WITHOUT = """
import importlib.util, sys
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "atheris" else found(name, *more)
sys.argv = ["benchmarks.reliability", "guided numbers", "--ledger", sys.argv[1]]
from benchmarks.reliability.__main__ import main
main()
"""


def test_every_group_is_a_measure() -> None:
    named = {name.removeprefix("guided ") for name in MEASURES if name.startswith("guided ")}
    assert named == set(guided.GROUPS)
    assert sum(MEASURES[f"guided {name}"].wanted for name in named) >= 1_000_000


def test_without_the_fuzzer_it_says_so_and_counts_nothing(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.json"
    ended = subprocess.run(
        [sys.executable, "-c", _WITHOUT, ledger],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stderr == f"guided numbers: {guided.ABSENT}\n"
    assert not ledger.exists()


@pytest.mark.parametrize(
    ("said", "code", "counted"),
    [
        ("#4096 pulse\nDone 5000 runs in 3 second(s)\n", 0, {"trials": 5_000}),
        ("#4096\tpulse\n==1== Uncaught Python exception\n", 77, {"trials": 4_096, "error": 1}),
        ("#512\tNEW\nERROR: libFuzzer: timeout after 10 seconds\n", 70, {"trials": 512, "slow": 1}),
        ("INFO: seed corpus\n", -9, {"trials": 0, "error": 1}),
        ("Done 5000 runs in 3 second(s)\n", 1, {"trials": 0, "error": 1}),
    ],
)
def test_an_end_before_the_end_is_a_fault(said: str, code: int, counted: dict[str, int]) -> None:
    assert dict(guided.counts_of(said, code)) == counted
