"""The runs of benchmarks/reliability at the size of a gate: same code, fewer trials."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.reliability.__main__ import FORMATS, MEASURES, run_chunk
from benchmarks.reliability.ledger import FAULTS, Ledger, bound, table

PROJECT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

PACKED = ("csv_zip", "csv_gz", "xlsx", "ods", "xls", "sav", "pack")
# The design's sizes; releases run 1,000 kills of a phase, 10,000 files of a format and more.
GATE = {
    **{f"kill import_{kind}": 25 for kind in ("survey", "events", "purchases", "kpi")},
    "kill migration": 25,
    "kill export": 25,
    "full disk": 20,
    "damage": 500,
    **{f"mutated {name}": 300 for name in FORMATS},
    "undo": 30,  # of 100 steps; test_document_model adds others
    "actions": 1_000,
}

_RUN = """
import json, sys, tempfile
from pathlib import Path
from benchmarks.reliability.__main__ import run_chunk
found = {}
for name, trials in json.loads(sys.argv[1]).items():
    with tempfile.TemporaryDirectory() as folder:
        found[name] = run_chunk(name, Path(folder), trials, 7)
print(json.dumps(found))
"""


# Runs of about the same length, to be shared among cores.
GROUPS = {
    "kill imports": [name for name in GATE if name.startswith("kill import")],
    "kill more": ["kill migration", "kill export", "full disk"],
    "mutated texts": [f"mutated {n}" for n in FORMATS if n not in PACKED],
    "mutated packed": [f"mutated {n}" for n in PACKED],
    "undo and damage": ["undo", "damage"],
    "actions": ["actions"],
}


def test_every_measure_is_in_one_group() -> None:
    assert sorted(name for names in GROUPS.values() for name in names) == sorted(GATE)


@pytest.mark.parametrize("group", GROUPS)
def test_no_trial_shows_a_fault(group: str, tmp_path: Path) -> None:
    import json

    wanted = {name: GATE[name] for name in GROUPS[group]}
    environment = {k: v for k, v in os.environ.items() if k != "WAYMARK_CRASH_AT"}
    environment |= {"TMPDIR": str(tmp_path), "WAYMARK_MUTANTS": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", _RUN, json.dumps(wanted)],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-3000:]
    found = json.loads(ended.stdout.splitlines()[-1])
    for name, trials in wanted.items():
        faults = {fault: found[name][fault] for fault in FAULTS if found[name].get(fault)}
        assert faults == {}, (name, ended.stderr[-3000:])
        assert found[name]["trials"] == trials


def test_counts_add_up_and_tell_the_bound(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "reliability.json")
    ledger.add("damage", 10_000, {"trials": 100, "refused": 60}, 1.5)
    ledger.add("damage", 10_000, {"trials": 200, "refused": 120}, 2.0)
    row = ledger.read()["measures"]["damage"]
    assert (row["trials"], row["refused"], row["wanted"], row["seconds"]) == (300, 180, 10_000, 3.5)
    assert row["bound"] == 0.01
    assert {row[fault] for fault in FAULTS} == {0}
    ledger.add("damage", 10_000, {"trials": 100, "changed": 1}, 1.0)
    row = ledger.read()["measures"]["damage"]
    assert (row["trials"], row["changed"], row["bound"]) == (400, 1, None)
    assert bound({"trials": 0}) is None


def test_a_process_that_dies_is_a_fault_and_not_the_end(tmp_path: Path) -> None:
    import random

    from benchmarks.reliability.dying import Death, die

    def fails(tell: object) -> None:
        raise OSError

    def lives(tell: object) -> None:
        """Do nothing and end in order."""

    dead = die(fails, Death("random", 0, 5.0), random.Random(1))
    assert dead.error or dead.killed
    outlived = die(lives, Death("publish.synced", 0), random.Random(1))
    assert (outlived.killed, outlived.error) == (False, False)


def test_every_measure_of_the_design_has_a_size() -> None:
    assert {name.split()[0] for name in MEASURES} == {
        *("kill", "full", "damage", "mutated", "undo", "actions", "guided")
    }
    assert callable(run_chunk)


def test_the_page_tells_what_the_ledger_holds() -> None:
    found = Ledger().read()
    assert table(found) in (PROJECT / "docs" / "reliability.md").read_text("utf-8")
    for name, row in found["measures"].items():
        assert row["bound"] == bound(row), name
