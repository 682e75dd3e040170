"""A million events to transitions, against bare csv and (in an environment of its own) pm4py.

    python benchmarks/event_import.py [--events 1000000] [--rounds 3] [--pm4py PYTHON]

All read one CSV (case, activity, time, segment; cases interleaved, moments with offsets) in
processes of their own, alternately, and count which activity follows which. Waymark also checks
every cell, matches touchpoints, stores the cases packed and hashed, and measures the times. pm4py
is under the AGPL and no part of Waymark: give --pm4py the interpreter of an environment with it.
Modules are compiled beforehand, as an installation's are. Prints medians of seconds and processor
seconds, imports included, and peak memory; the window has its modules loaded when a log is dropped
on it, so the ratio without Waymark's own imports stands beside.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

GOAL_RATIO = 0.5
PROJECT = Path(__file__).resolve().parents[1]
ACTIVITIES = 20
EVENTS_OF_A_CASE = 10
MAPPING = """
[events]
case = "case:concept:name"
activity = "concept:name"
time = "time:timestamp"
segment = "segment"
"""

CSV_FLOOR = """
import csv, json, resource, sys, time
began = time.perf_counter()
last, counts = {}, {}
with open(sys.argv[1], encoding="utf-8", newline="") as stream:
    reader = csv.reader(stream)
    next(reader)
    for case, activity, moment, segment in reader:
        before = last.get(case)
        last[case] = activity
        if before is not None:
            key = (before, activity)
            counts[key] = counts.get(key, 0) + 1
seconds = time.perf_counter() - began
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "memory": memory, "counted": sum(counts.values())}))
"""

PEER = """
import json, resource, sys, time
began = time.perf_counter()
import pandas, pm4py
log = pandas.read_csv(sys.argv[1])
log["time:timestamp"] = pandas.to_datetime(log["time:timestamp"], format="ISO8601", utc=True)
log["case:concept:name"] = log["case:concept:name"].astype("string")
dfg, starts, ends = pm4py.discover_dfg(pm4py.format_dataframe(log))
seconds = time.perf_counter() - began
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "memory": memory, "counted": sum(dfg.values())}))
"""


def write_events(path: Path, events: int) -> None:
    """Write a log of cases that run beside one another, in the order of time."""
    chance = random.Random(1)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    cases = max(1, events // EVENTS_OF_A_CASE)
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("case:concept:name,concept:name,time:timestamp,segment\n")
        for number in range(events):
            case = (number % 1_000) + (number // (1_000 * EVENTS_OF_A_CASE)) * 1_000
            moment = (start + timedelta(seconds=7 * number)).isoformat()
            stream.write(
                f"case-{min(case, cases - 1):07d},Activity {chance.randrange(ACTIVITIES)},"
                f"{moment},Segment {case % 3}\n"
            )


def import_once(csv: Path, base: Path) -> None:
    """Import the file as the application does; print seconds, memory and what was counted."""
    began = time.perf_counter()
    sys.path.insert(0, str(PROJECT))
    import sqlite3

    from journey.model.template import new_workspace
    from storage.database import tables
    from storage.database.engine import working_engine
    from storage.imports.events import import_events
    from storage.imports.mapping import parse_mapping

    loaded = time.perf_counter() - began
    sqlite3.connect(base).close()
    engine = working_engine(base)
    tables.metadata.create_all(engine)
    document = SimpleNamespace(workspace=new_workspace("Benchmark"), engine=engine)
    result = import_events(document, csv, parse_mapping(MAPPING), create=True)
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counted = sum(passage.count for passage in result.passages)
    answer = {"seconds": seconds, "loaded": loaded, "memory": memory, "counted": counted}
    print(json.dumps(answer))


def run(compiled: Path, *command: str) -> dict[str, float]:
    """Run one process and return what it printed, and its processor seconds with its start.

    Args:
        compiled: where compiled modules are kept from one process to the next.
    """
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {**json.loads(done.stdout.strip().splitlines()[-1]), "cpu": cpu}


def main() -> None:
    """Run the rounds and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pm4py", metavar="PYTHON", help="an interpreter that has pm4py")
    parser.add_argument("--once", nargs=2, type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.once:
        import_once(*asked.once)
        return
    runs: dict[str, list[dict[str, float]]] = {"waymark": [], "csv": [], "pm4py": []}
    with tempfile.TemporaryDirectory() as folder:
        csv = Path(folder) / "events.csv"
        write_events(csv, asked.events)
        short, compiled = Path(folder) / "short.csv", Path(folder) / "compiled"
        write_events(short, 1_000)
        one_round(short, Path(folder) / "short.db", compiled, asked.pm4py)
        for number in range(asked.rounds):
            done = one_round(csv, Path(folder) / f"{number}.db", compiled, asked.pm4py)
            for name, each in done.items():
                runs[name].append(each)
    report(runs, asked.events)


def one_round(
    csv: Path, base: Path, compiled: Path, pm4py: str | None
) -> dict[str, dict[str, float]]:
    """Run each of them once."""
    done = {
        "waymark": run(compiled, sys.executable, __file__, "--once", str(csv), str(base)),
        "csv": run(compiled, sys.executable, "-c", CSV_FLOOR, str(csv)),
    }
    if pm4py:
        done["pm4py"] = run(compiled, pm4py, "-c", PEER, str(csv))
    return done


def report(runs: dict[str, list[dict[str, float]]], events: int) -> None:
    """Print seconds, memory and the ratio beside its goal."""
    seconds, cpu = {}, {}
    for name, done in runs.items():
        if done:
            seconds[name] = statistics.median(each["seconds"] for each in done)
            cpu[name] = statistics.median(each["cpu"] for each in done)
            memory = max(each["memory"] for each in done)
            print(
                f"{name:8} {events:,} events: {seconds[name]:.2f} s, processor {cpu[name]:.2f} s, "
                f"peak {memory:.0f} MB, "
                f"{done[0]['counted']:,.0f} transitions"
            )
    if len({each["counted"] for done in runs.values() for each in done}) > 1:
        raise SystemExit("the counts differ")
    print(f"against bare csv: {seconds['waymark'] / seconds['csv']:.2f}×")
    if "pm4py" in seconds:
        loaded = statistics.median(each["loaded"] for each in runs["waymark"])
        ratio = seconds["waymark"] / seconds["pm4py"]
        running = (seconds["waymark"] - loaded) / seconds["pm4py"]
        print(f"against pm4py, both with their imports: {ratio:.2f}×, goal ≤ {GOAL_RATIO}×")
        print(f"the same by processor time: {cpu['waymark'] / cpu['pm4py']:.2f}×")
        print(f"in the running window, its modules loaded: {running:.2f}×")


if __name__ == "__main__":
    main()
