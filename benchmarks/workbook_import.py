"""A workbook of 100,000 answers in, against bare python-calamine reading the same file.

    python benchmarks/workbook_import.py [--rows 100000] [--rounds 5] [--shared]

Bare calamine turns the sheet into a list of lists in a process of its own. Waymark reads it in a
child process under limits, writes every cell as text, checks and packs the answers, counts the
histogram and hashes the batch; timed is the whole import in a running program, the start of that
child with it, and the reading alone. As a stranger's workbook is never read in the program itself,
the goal is held against bare calamine as a process, from its start to its end; the ratio to the
seconds calamine itself takes in it stands beside. Modules are compiled beforehand, also those of
the child, as an installation's are. Processes alternate; medians are quoted, and for a machine
that others use as well the shortest times.

With `--shared` texts stand in a table beside the sheet, as Excel itself writes them, instead of
in the sheet.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

GOAL_RATIO = 1.3
PROJECT = Path(__file__).resolve().parents[1]
QUESTIONS = ("Web site", "Shop", "Delivery", "Invoice", "Support")
MAPPING = """
[survey]
name = "Workbook"
design = "relational"
respondent = "id"
segment = "segment"
date = { column = "date", format = "%Y-%m-%d %H:%M:%S" }
"""


def write_workbook(path: Path, rows: int, *, shared: bool = False) -> None:
    """Write a wide sheet: id, moment, segment, five scores, now and then a comment."""
    import random
    from datetime import datetime, timedelta

    import xlsxwriter

    chance = random.Random(1)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": not shared})
    sheet = book.add_worksheet("Answers")
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    sheet.write_row(0, 0, ("id", "date", "segment", *QUESTIONS, "comment"))
    start = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no zones
    for row in range(1, rows + 1):
        sheet.write_string(row, 0, f"customer-{row:07d}")
        sheet.write_datetime(row, 1, start + timedelta(minutes=row), moment)
        sheet.write_string(row, 2, chance.choice(("Private", "Business", "Premium")))
        for place in range(len(QUESTIONS)):
            sheet.write_number(row, 3 + place, chance.randrange(1, 6))
        if row % 20 == 0:
            sheet.write_string(row, 8, f"The clerk was friendly, number {row}")
    book.close()


def bare(path: Path, _: Path) -> None:
    """Read with calamine alone."""
    from python_calamine import CalamineWorkbook

    began = time.perf_counter()
    with CalamineWorkbook.from_path(str(path)) as book:
        rows = len(book.get_sheet_by_index(0).to_python()) - 1
    _tell(began, rows)


def read(path: Path, _: Path) -> None:
    """Read as an import does, without storing anything."""
    sys.path.insert(0, str(PROJECT))
    from storage.imports.rows import open_table
    from storage.imports.survey_records import read_blocks

    began = time.perf_counter()
    rows = sum(len(block.lines) for block in read_blocks(open_table(path)))
    _tell(began, rows)


def take_in(path: Path, base: Path) -> None:
    """Import as the application does."""
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
    mapping = MAPPING + "".join(
        f'[[question]]\ncolumn = "{name}"\ntouchpoint = "{name}"\nmetric = "csat"\n'
        for name in QUESTIONS
    )
    began = time.perf_counter()
    result = import_survey(document, path, parse_mapping(mapping), create=True)
    _tell(began, result.imported)


def _tell(began: float, rows: int) -> None:
    seconds = time.perf_counter() - began
    memory = max(
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps({"seconds": seconds, "rows": rows, "memory": memory}))


def run(compiled: Path, *arguments: object) -> dict[str, float]:
    """Run one of the three in a process of its own; add its processor seconds, and its whole time.

    Args:
        compiled: where compiled modules are kept from one process to the next.
    """
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, __file__, "--once", *map(str, arguments)]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    after, whole = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - began
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {**json.loads(done.stdout), "cpu": cpu, "whole": whole}


def main() -> None:
    """Run the rounds and print what came out."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rows", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--shared", action="store_true", help="texts beside the sheet")
    arguments.add_argument("--once", nargs="+", help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.once:
        kind, *paths = chosen.once
        KINDS[kind][1](*map(Path, paths))
        return
    runs: dict[str, list[dict[str, float]]] = {kind: [] for kind in KINDS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        short, book = folder / "short.xlsx", folder / "answers.xlsx"
        write_workbook(short, 100)
        write_workbook(book, chosen.rows, shared=chosen.shared)
        print(f"{chosen.rows:,} rows, {book.stat().st_size / 1e6:.1f} MB")
        compile_imports(folder / "compiled")
        one_round(short, folder)
        for _ in range(chosen.rounds):
            for kind, done in one_round(book, folder).items():
                runs[kind].append(done)
    if {each["rows"] for found in runs.values() for each in found} != {chosen.rows}:
        raise SystemExit("not every row was read")
    report(runs)


def compile_imports(compiled: Path) -> None:
    """Compile what imports are made of: the child process does not keep what it compiles."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(compiled)}
    folder = PROJECT / "storage" / "imports"
    command = [
        sys.executable,
        "-m",
        "compileall",
        "-q",
        str(folder),
        str(folder.parent / "errors.py"),
    ]
    subprocess.run(command, check=True, env=environment)


def one_round(book: Path, folder: Path) -> dict[str, dict[str, float]]:
    """Run each of them once."""
    compiled, base = folder / "compiled", folder / "waymark.db"
    done = {kind: run(compiled, kind, book, base) for kind in KINDS}
    for stale in folder.glob("*.db*"):
        stale.unlink()
    return done


def report(runs: dict[str, list[dict[str, float]]]) -> None:
    """Print medians, and the ratios beside their goal."""

    def median(kind: str, what: str) -> float:
        return statistics.median(each[what] for each in runs[kind])

    for kind, (word, _) in KINDS.items():
        seconds, memory = median(kind, "seconds"), max(each["memory"] for each in runs[kind])
        print(
            f"{word:16} {seconds:6.2f} s, peak {memory:.0f} MB, "
            f"processor {median(kind, 'cpu'):.2f} s with its start"
        )
    for word, of in (("median", statistics.median), ("shortest", min)):
        taken = {
            (kind, what): of(each[what] for each in runs[kind])
            for kind in KINDS
            for what in ("seconds", "whole")
        }
        bare, whole = taken["bare", "seconds"], taken["bare", "whole"]
        print(f"{word}: bare calamine as a process, with Python's start: {whole:.2f} s")
        for kind in ("read", "take"):
            seconds = taken[kind, "seconds"]
            print(
                f"{word}: {KINDS[kind][0]}: {seconds / whole:.2f}x of that process, goal <= "
                f"{GOAL_RATIO}; {seconds / bare:.2f}x of calamine's own seconds within it"
            )


KINDS = {
    "bare": ("bare calamine", bare),
    "read": ("Waymark reads", read),
    "take": ("Waymark imports", take_in),
}


if __name__ == "__main__":
    main()
