"""A million answers in, against `sqlite3 .import` of the same file.

    python benchmarks/survey_import.py [--answers 1000000] [--rounds 3]

Both read one long CSV (respondent, touchpoint, date, segment, score; about 54 MB at a million), in
processes of their own, alternately. `.import` only copies texts into a table; Waymark checks
every cell, finds touchpoints, segments and quarters, packs the answers, counts the histogram and
hashes the batch. Prints medians of the seconds that passed and of those the processor worked (which
other programs disturb less), their ratios beside the goal, and the peak memory beside its goal.
"""

import argparse
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

GOAL_RATIO = 1.3
GOAL_MEMORY_MB = 200
PROJECT = Path(__file__).resolve().parents[1]
MAPPING = """
[survey]
name = "Contacts"
design = "transactional"
respondent = "respondent"
segment = "segment"
date = { column = "date", format = "%Y-%m-%d" }

[long]
touchpoint = "touchpoint"
score = "score"
metric = "nps"
"""


def write_answers(path: Path, answers: int) -> None:
    """Write a clean long table: 40 touchpoints, 3 segments, a year of days, scores 0 … 10."""
    chance = random.Random(1)
    days = [(date(2026, 1, 1) + timedelta(days=n)).isoformat() for n in range(365)]
    segments = ("Private", "Business", "Premium")
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("respondent,touchpoint,date,segment,score\n")
        for number in range(answers):
            stream.write(
                f"customer-{number:09d},Touchpoint {chance.randrange(40)},{chance.choice(days)},"
                f"{chance.choice(segments)},{chance.randrange(11)}\n"
            )


def import_once(csv: Path, base: Path) -> None:
    """Import the file as the application does; print seconds, memory and what was counted."""
    sys.path.insert(0, str(PROJECT))
    import sqlite3

    from journey.model.template import new_workspace
    from storage.database import tables
    from storage.database.engine import working_engine
    from storage.imports.mapping import parse_mapping
    from storage.imports.survey import import_survey

    sqlite3.connect(base).close()
    engine = working_engine(base)
    tables.metadata.create_all(engine)
    document = SimpleNamespace(workspace=new_workspace("Benchmark"), engine=engine)
    began, busy = time.perf_counter(), time.process_time()
    result = import_survey(document, csv, parse_mapping(MAPPING), create=True)
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counted = sum(question.n for question in result.questions)
    print(json.dumps({"seconds": seconds, "cpu": busy, "memory": memory, "counted": counted}))


def waymark(csv: Path, folder: Path) -> dict[str, float]:
    """Run `import_once` in a process of its own."""
    command = [sys.executable, __file__, "--once", str(csv), str(folder / "waymark.db")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def shell_import(shell: str, csv: Path, folder: Path) -> dict[str, float]:
    """Run `sqlite3 .import` into an empty file."""
    create = "CREATE TABLE answer (respondent, touchpoint, date, segment, score)"
    base = str(folder / "shell.db")
    began, busy = time.perf_counter(), _cpu_of_children()
    subprocess.run(
        [shell, base, create, ".mode csv", f".import --skip 1 {csv.name} answer"],
        check=True,
        capture_output=True,
        cwd=csv.parent,
    )
    return {"seconds": time.perf_counter() - began, "cpu": _cpu_of_children() - busy}


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def clear(folder: Path) -> None:
    """Delete the databases of the last round."""
    for stale in folder.glob("*.db*"):
        stale.unlink()


def medians(runs: list[dict[str, float]]) -> tuple[float, float]:
    """Return the medians of the runs' seconds and of their processor seconds."""
    return (
        statistics.median(run["seconds"] for run in runs),
        statistics.median(run["cpu"] for run in runs),
    )


def main() -> None:
    """Run the rounds and print what came out."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--answers", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--once", nargs=2, type=Path, help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.once:
        import_once(*chosen.once)
        return
    shell = shutil.which("sqlite3")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        csv = folder / "answers.csv"
        write_answers(csv, chosen.answers)
        print(f"{chosen.answers:,} answers, {csv.stat().st_size / 1e6:.0f} MB")
        if shell is None:
            print("The sqlite3 shell is not installed: there is nothing to compare with.")
        ours: list[dict[str, float]] = []
        theirs: list[dict[str, float]] = []
        for _ in range(chosen.rounds):
            ours.append(waymark(csv, folder))
            if shell is not None:
                theirs.append(shell_import(shell, csv, folder))
            clear(folder)
    memory = max(run["memory"] for run in ours)
    if {run["counted"] for run in ours} != {chosen.answers}:
        raise SystemExit("not every answer was counted")
    print(f"medians of {chosen.rounds} rounds, seconds and processor seconds")
    print("waymark          {:6.2f} {:6.2f}".format(*medians(ours)))
    if theirs:
        print("sqlite3 .import  {:6.2f} {:6.2f}".format(*medians(theirs)))
        wall, cpu = (a / b for a, b in zip(medians(ours), medians(theirs), strict=True))
        print(f"ratio            {wall:6.2f} {cpu:6.2f} goal <= {GOAL_RATIO}")
    print(f"peak memory      {memory:6.0f} MB goal <= {GOAL_MEMORY_MB} MB")


if __name__ == "__main__":
    main()
