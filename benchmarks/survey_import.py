"""A million answers in, against `sqlite3 .import` of the same file.

    python benchmarks/survey_import.py [--answers 1000000] [--rounds 3] [--shapes [NAME ...]]

Both read one long CSV (respondent, touchpoint, date, segment, score; about 54 MB at a million), in
processes of their own, alternately. `.import` only copies texts into a table; Waymark checks
every cell, finds touchpoints, segments and quarters, packs the answers, counts the histogram and
hashes the batch. Prints medians of the seconds that passed and of those the processor worked (which
other programs disturb less), their ratios beside the goal, and the peak memory beside its goal.

With --shapes as many answers come in each other shape that exports have (see survey_shapes.py and
survey_shapes_more.py), or in those named. What is no plain UTF-8 `.import` reads through iconv,
gzip or unzip.
"""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

# So that it runs as a file too, not only as a module.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.survey_shapes import PLAIN, SHAPES, Shape
from benchmarks.survey_shapes_more import MORE_SHAPES

GOAL_RATIO = 1.3
GOAL_RATIO_OTHERWISE = 2.2
GOAL_MEMORY_MB = 200
ALL_SHAPES = {**SHAPES, **MORE_SHAPES}


def import_once(csv: Path, base: Path, shape: Shape) -> None:
    """Import the file as the application does; print seconds, memory and what was counted."""
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
    result = import_survey(document, csv, parse_mapping(shape.mapping), create=True)
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counted = sum(question.n for question in result.questions)
    print(json.dumps({"seconds": seconds, "cpu": busy, "memory": memory, "counted": counted}))


def waymark(csv: Path, folder: Path, shape: str) -> dict[str, float]:
    """Run `import_once` in a process of its own."""
    command = [sys.executable, __file__, "--once", str(csv), str(folder / "waymark.db"), shape]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def shell_import(shell: str, csv: Path, folder: Path, shape: Shape) -> dict[str, float]:
    """Run `sqlite3 .import` into an empty file."""
    create = "CREATE TABLE answer ({})".format(", ".join(f'"{name}"' for name in shape.columns))
    base = str(folder / "shell.db")
    read = f"'|{shape.command} {csv.name}'" if shape.command else csv.name
    feed = shape.feed.encode("unicode_escape").decode()
    how = [".mode csv", f'.separator "{shape.separator}" "{feed}"']
    began, busy = time.perf_counter(), _cpu_of_children()
    subprocess.run(
        [shell, base, create, *how, f".import --skip 1 {read} answer"],
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


def measure(name: str, answers: int, rounds: int, shell: str | None) -> None:
    """Measure one shape and print what came out."""
    shape = ALL_SHAPES[name]
    ours: list[dict[str, float]] = []
    theirs: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        csv = folder / f"answers{shape.ending}"
        shape.write(csv, answers)
        print(f"{name}: {answers:,} answers, {csv.stat().st_size / 1e6:.0f} MB")
        for _ in range(rounds):
            ours.append(waymark(csv, folder, name))
            if shell is not None:
                theirs.append(shell_import(shell, csv, folder, shape))
            clear(folder)
    memory = max(run["memory"] for run in ours)
    if shape.whole and {run["counted"] for run in ours} != {answers}:
        raise SystemExit("not every answer was counted")
    print("  waymark          {:6.2f} {:6.2f}".format(*medians(ours)))
    if theirs:
        print("  sqlite3 .import  {:6.2f} {:6.2f}".format(*medians(theirs)))
        wall, cpu = (a / b for a, b in zip(medians(ours), medians(theirs), strict=True))
        goal = GOAL_RATIO if name == PLAIN else GOAL_RATIO_OTHERWISE
        print(f"  ratio            {wall:6.2f} {cpu:6.2f} goal <= {goal}")
    print(f"  peak memory      {memory:6.0f} MB goal <= {GOAL_MEMORY_MB} MB", flush=True)


def main() -> None:
    """Run the rounds and print what came out."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--answers", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--shapes", nargs="*", choices=list(ALL_SHAPES), metavar="NAME")
    arguments.add_argument("--once", nargs=3, help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.once:
        csv, base, name = chosen.once
        import_once(Path(csv), Path(base), ALL_SHAPES[name])
        return
    shell = shutil.which("sqlite3")
    if shell is None:
        print("The sqlite3 shell is not installed: there is nothing to compare with.")
    print(f"medians of {chosen.rounds} rounds, seconds and processor seconds")
    names = [PLAIN] if chosen.shapes is None else chosen.shapes or list(ALL_SHAPES)
    for name in names:
        measure(name, chosen.answers, chosen.rounds, shell)


if __name__ == "__main__":
    main()
