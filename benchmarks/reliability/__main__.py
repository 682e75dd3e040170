"""Run one measure, or all, for a while; what was run adds up in docs/reliability.json.

    python -m benchmarks.reliability [MEASURE ...] [--trials N] [--chunk N] [--ledger FILE]

Without a measure all are run, each until its release size is reached or N trials are done. A run
that is interrupted loses only the chunk in hand. `--list` tells how far each is, `--report
docs/reliability.md` puts the counts on that page.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from benchmarks.reliability import damage, full_disk, guided, imports, kills, undo
from benchmarks.reliability.ledger import PLACE, Ledger, write_table


class Measure(NamedTuple):
    """What a release asks for, and how many trials are one chunk."""

    wanted: int
    chunk: int


KILLS = (*kills.PHASES, "export")
FORMATS = (
    *("csv", "kpi_csv", "events_csv", "purchases_csv", "csv_zip", "csv_gz"),
    *("xlsx", "ods", "xls", "sav", "xes", "json", "ojf", "mmd", "toml", "pack"),
)
MEASURES: dict[str, Measure] = {
    **{f"kill {phase}": Measure(1_000, 25) for phase in KILLS},
    "full disk": Measure(2_000, 100),
    "damage": Measure(10_000, 250),
    **{f"mutated {name}": Measure(10_000, 250) for name in FORMATS},
    "undo": Measure(1_000, 10),
    "actions": Measure(100_000, 2_000),
    # Executions; a million in all. Reading a whole table is a thousand times a number's work.
    "guided numbers": Measure(700_000, 100_000),
    "guided dates": Measure(100_000, 25_000),
    "guided mapping": Measure(300_000, 100_000),
    "guided json": Measure(100_000, 25_000),
    "guided reader": Measure(20_000, 5_000),
}


def run_chunk(name: str, folder: Path, trials: int, seed: int) -> Counter[str]:
    """Run one chunk in this process and return its counts."""
    kind, _, what = name.partition(" ")
    if kind == "kill":
        return kills.run(what, folder, trials, seed)
    if kind == "mutated":
        return imports.run(what, folder, trials, seed)
    if kind == "guided":
        return guided.run(what, folder, trials, seed)
    if kind == "actions":
        from benchmarks.reliability import actions

        return actions.run(folder, trials, seed)
    return {"damage": damage, "undo": undo, "full": full_disk}[kind].run(folder, trials, seed)


def _chunk_apart(name: str, trials: int, seed: int, ledger: Ledger) -> None:
    """Run one chunk in a process of its own, so that a crash is a count and not an end."""
    folder = Path(tempfile.mkdtemp(prefix="waymark-reliability-"))
    begun = time.monotonic()
    try:
        words = ["--inside", name, str(folder), str(trials), str(seed), str(ledger.place)]
        ended = subprocess.run(
            [sys.executable, "-m", "benchmarks.reliability", *words], check=False
        )
        if ended.returncode not in (0, -2, -15):
            sys.stderr.write(f"{name}, seed {seed}: ended with {ended.returncode}\n")
            seconds = time.monotonic() - begun
            ledger.add(name, MEASURES[name].wanted, {"error": 1}, seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _inside(name: str, folder: str, trials: str, seed: str, place: str) -> None:
    begun = time.monotonic()
    counts = run_chunk(name, Path(folder), int(trials), int(seed))
    seconds = time.monotonic() - begun
    Ledger(Path(place)).add(name, MEASURES[name].wanted, counts, seconds)
    print(f"{name}, seed {seed}: {dict(counts)} in {seconds:.0f} s", flush=True)


def _run(name: str, most: int | None, chunk: int | None, ledger: Ledger) -> None:
    measure = MEASURES[name]
    if name.startswith("guided ") and not guided.is_there():
        sys.stderr.write(f"{name}: {guided.ABSENT}\n")
        return
    done, size = 0, chunk or measure.chunk
    while (had := ledger.trials(name)) < measure.wanted and (most is None or done < most):
        # The seed goes on where the counts stand, so that no chunk is run twice.
        _chunk_apart(name, size, had // size, ledger)
        if ledger.trials(name) == had:
            return  # it died at once; the count says so
        done += size


def main() -> None:
    """Run from the command line."""
    if sys.argv[1:2] == ["--inside"]:
        _inside(*sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("measures", nargs="*", metavar="MEASURE")
    parser.add_argument("--trials", type=int, help="of each measure at most, in this run")
    parser.add_argument("--chunk", type=int, help="trials that are counted together")
    parser.add_argument("--ledger", type=Path, default=PLACE)
    parser.add_argument("--list", action="store_true", help="tell how far each measure is")
    parser.add_argument("--report", type=Path, metavar="PAGE", help="put the counts on a page")
    asked = parser.parse_args()
    ledger = Ledger(asked.ledger.resolve())
    if asked.list:
        for name, measure in MEASURES.items():
            print(f"{name}: {ledger.trials(name)} of {measure.wanted}")
        return
    if asked.report is not None:
        write_table(ledger.read(), asked.report)
        return
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in asked.measures or MEASURES:
        _run(name, asked.trials, asked.chunk, ledger)


if __name__ == "__main__":
    main()
