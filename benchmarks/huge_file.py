"""A CSV of two gigabytes: how long until its forecast is there, and until an import has stopped?

    python benchmarks/huge_file.py [--gigabytes 2]

The file is written to the folder for temporary files, where twice its size must be free, and
deleted afterwards. Its import is told to stop after a second; what of it is left in the database
is counted.
Beside the seconds by the clock stand the processor's, which other programs disturb less.
"""

import argparse
import shutil
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

GOAL_S = 2.0
PROJECT = Path(__file__).resolve().parents[1]
_STOP_AFTER_S = 1.0

# So that it runs as a file too, not only as a module.
sys.path.insert(0, str(PROJECT))


def write_huge(path: Path, size: int) -> None:
    """Write the same answers again and again."""
    from benchmarks.survey_shapes import PLAIN, SHAPES

    SHAPES[PLAIN].write(path, 200_000)
    header, _, rows = path.read_bytes().partition(b"\n")
    with path.open("wb") as stream:
        stream.write(header + b"\n")
        while stream.tell() < size:
            stream.write(rows)


def forecast(path: Path) -> None:
    """Look at the file as the window does when it is dropped."""
    from storage.imports.readers import inspect_any

    began, busy = time.perf_counter(), time.process_time()
    found = inspect_any(path, whole=False).forecast
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    if found is None:
        raise SystemExit("there is no forecast: the file is not huge")
    print(
        f"forecast after {seconds:.2f} s ({busy:.2f} s of the processor), goal <= {GOAL_S} s: "
        f"{found.records:,} records, {found.bytes:,} bytes, {found.seconds:.0f} s to read"
    )


def stop(path: Path, base: Path) -> None:
    """Begin the import, stop it, and look at what is left."""
    from benchmarks.survey_shapes import PLAIN, SHAPES
    from journey.model.template import new_workspace
    from storage.database import tables
    from storage.database.engine import working_engine
    from storage.imports.mapping import parse_mapping
    from storage.imports.survey import import_survey
    from storage.imports.survey_result import ImportCancelledError

    sqlite3.connect(base).close()
    engine = working_engine(base)
    tables.metadata.create_all(engine)
    document = SimpleNamespace(workspace=new_workspace("Benchmark"), engine=engine)
    for early, word in ((True, "while its bytes are looked at"), (False, "while rows are stored")):
        asked: list[float] = []
        ends = [time.perf_counter() + _STOP_AFTER_S if early else float("inf")]

        def cancelled(asked: list[float] = asked, ends: list[float] = ends) -> bool:
            late = time.perf_counter() >= ends[0]
            if late and not asked:
                asked.append(time.perf_counter())
            return late

        def progress(_done: int, _total: int | None, ends: list[float] = ends) -> None:
            ends[0] = min(ends[0], time.perf_counter() + _STOP_AFTER_S)

        try:
            import_survey(
                document,
                path,
                parse_mapping(SHAPES[PLAIN].mapping),
                create=True,
                progress=progress,
                cancelled=cancelled,
            )
        except ImportCancelledError:
            took = time.perf_counter() - asked[0]
        else:
            raise SystemExit("the import was not stopped")
        with engine.connect() as connection:
            left = connection.exec_driver_sql("SELECT count(*) FROM response").scalar()
        print(f"stopped {word}: {took:.2f} s after it was told to, {left} rows left")


def main() -> None:
    """Write the file, measure, delete it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--gigabytes", type=float, default=2.0)
    size = int(parser.parse_args().gigabytes * 1e9)
    with tempfile.TemporaryDirectory() as folder:
        if shutil.disk_usage(folder).free < 2 * size:
            raise SystemExit("there is too little room for temporary files")
        path = Path(folder) / "huge.csv"
        write_huge(path, size)
        print(f"{path.stat().st_size / 1e9:.2f} GB")
        forecast(path)
        stop(path, Path(folder) / "huge.db")


if __name__ == "__main__":
    main()
