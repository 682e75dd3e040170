"""How long a publish of a 5 MB document takes, and what an edit costs beside a bare fdatasync.

    python benchmarks/publish.py [--megabytes 5] [--rounds 40] [--answers 0]

Prints the figures and the goals: publish p95 ≤ 250 ms; commit p95 ≤ 4 × fdatasync, in this run.
With --answers, the document also holds a batch of that many answers.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, insert

from journey.edit import Set
from journey.model.evidence import Survey
from journey.model.ids import JourneyId, Kind, LaneId, NoteId, Ref, SurveyId
from journey.model.map import Note
from journey.model.template import new_workspace
from journey.model.workspace import Workspace
from storage.database import tables
from storage.database.batch_hash import batch_sha256
from storage.document import Document

_NOTE = "Called the support line twice, was cut off, and wrote to the shop in the end. " * 6


def workspace_of(megabytes: float) -> Workspace:
    """Return a workspace whose file is about so large."""
    workspace = new_workspace("Benchmark")
    journey = next(iter(workspace.journeys), JourneyId(""))
    lane = next(lane.id for lane in workspace.lanes.values() if lane.journey == journey)
    for number in range(int(megabytes * 1e6 / (len(_NOTE) + 110))):
        note = Note(NoteId(f"note-{number:08d}"), LaneId(lane), title=f"{number}", text=_NOTE)
        workspace.put(note)
    return workspace


def answers(count: int) -> Callable[[Connection], None]:
    """Return what writes one batch of `count` answers."""

    def fill(connection: Connection) -> None:
        layout: dict[str, list[str]] = {
            "questions": ["question-1"], "pain_points": [], "segments": [], "covariates": []
        }  # fmt: skip
        connection.execute(
            insert(tables.batch).values(
                number=1, survey="survey-1", layout=layout, records=count, sha256=""
            )
        )
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.executemany(
            "INSERT INTO response (batch, seq, respondent, period, outcome, answers)"
            " VALUES (1, ?, ?, 20264, ?, ?)",
            ((i, f"r{i}", i % 2, bytes((0, 0, i % 11, 0))) for i in range(count)),
        )
        begun = time.perf_counter()
        digest = batch_sha256(raw, 1)
        print(f"batch hash of {count} answers: {time.perf_counter() - begun:.2f} s")
        raw.execute("UPDATE batch SET sha256 = ? WHERE number = 1", (digest,))

    return fill


def p95(values: list[float]) -> float:
    """Return the 95th percentile of at least two values."""
    return statistics.quantiles(values, n=20)[-1]


def fdatasync_seconds(folder: Path) -> float:
    """Return how long a write of one database page and a bare fdatasync take."""
    descriptor = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        begun = time.perf_counter()
        os.write(descriptor, b"x" * 4096)
        getattr(os, "fdatasync", os.fsync)(descriptor)
        return time.perf_counter() - begun
    finally:
        os.close(descriptor)


def measure(folder: Path, megabytes: float, rounds: int, count: int) -> None:
    """Make the document, measure, print."""
    os.environ["WAYMARK_STATE_DIR"] = str(folder / "state")
    workspace = workspace_of(megabytes)
    if count:
        workspace.put(Survey(SurveyId("survey-1"), "Benchmark", records=count))
    path = folder / "benchmark.waymark"
    document = Document.create(path, workspace, fill=answers(count) if count else None)
    publishes, edits, bare = [], [], []
    for number in range(rounds):
        for part in range(5):
            command = Set(Ref(Kind.WORKSPACE, "workspace"), name=f"{number}.{part}")
            changes = command.do(document.workspace)
            begun = time.perf_counter()
            document.write(changes)
            edits.append(time.perf_counter() - begun)
            bare.append(fdatasync_seconds(folder))
        publishes.append(document.publish().seconds)
    document.close()
    begun = time.perf_counter()
    Document.open(path).close()
    print(f"open and close: {1000 * (time.perf_counter() - begun):.0f} ms")
    print(f"document: {path.stat().st_size / 1e6:.1f} MB")
    middle, worst = 1000 * statistics.median(publishes), 1000 * p95(publishes)
    print(f"publish: median {middle:.0f} ms, p95 {worst:.0f} ms (goal 250)")
    middle, worst, floor = 1000 * statistics.median(edits), 1000 * p95(edits), 1000 * p95(bare)
    print(
        f"edit: median {middle:.2f} ms, p95 {worst:.2f} ms"
        f" = {worst / floor:.1f} × fdatasync p95 {floor:.2f} ms (goal 4)"
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--answers", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), asked.megabytes, asked.rounds, asked.answers)


if __name__ == "__main__":
    main()
