"""A screen's figures from five million answers, against the scan of the rows, with equal sums.

    python benchmarks/screen_figures.py [--answers 5000000] [--rounds 5]

Writes the answers as an import does (one batch: 40 touchpoints, 3 segments, 6 quarters), then
alternately: reads all counts from the histogram, as the Evidence screen does for every touchpoint,
quarter and segment at once; and counts the same from the rows by one SQL statement, the barest
scan there is (a packed answer is four bytes: question and score). Both sums are compared to the
last answer. Prints the medians, their ratio beside the goal, and what computing every trend,
segment and alert from the counts takes on top.
"""

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

from journey.evidence.figures import figures
from journey.model.evidence import Question, Survey
from journey.model.ids import QuestionId, SegmentId, SurveyId
from journey.model.people import Segment
from journey.model.template import new_workspace
from journey.model.workspace import Workspace
from storage.database import tables
from storage.database.engine import working_engine
from storage.evidence.batch import BatchWriter
from storage.evidence.figures import ReadAnswers, read_answers
from storage.evidence.layout import ResponseColumns, pack_pair
from storage.evidence.store import EvidenceStore

GOAL_RATIO = 0.05
TOUCHPOINTS, SEGMENTS, SCORES = 40, 3, 11
PERIODS = (20253, 20254, 20261, 20262, 20263, 20264)
CHUNK = 50_000
SURVEY = SurveyId("contacts")


def write_answers(engine: object, answers: int) -> Workspace:
    """Write one transactional batch and return the workspace it belongs to."""
    chance = random.Random(1)
    ws = new_workspace("Benchmark")
    with engine.begin() as connection:  # type: ignore[attr-defined]
        writer = BatchWriter(connection, SURVEY)
        slots = [writer.questions.of(f"q{n}") for n in range(TOUCHPOINTS)]
        for n in range(SEGMENTS):
            writer.segments.of(f"s{n}")
        pairs = [pack_pair(slot, score) for slot in slots for score in range(SCORES)]
        for first in range(0, answers, CHUNK):
            size = min(CHUNK, answers - first)
            writer.write(
                ResponseColumns(
                    period=chance.choices(PERIODS, k=size),
                    pairs=[chance.choices(pairs, k=size)],
                    respondent=[f"customer-{first + n:09d}" for n in range(size)],
                    segment=chance.choices(range(SEGMENTS), k=size),
                )
            )
        sha256 = writer.finish()
        connection.execute(
            tables.survey.insert().values(
                id=SURVEY, name="Contacts", design="transactional", mapping="", source_file="",
                source_sha256="", records=answers, batch_sha256=sha256,
            )
        )  # fmt: skip
    ws.put(Survey(SURVEY, "Contacts", records=answers))
    for n in range(TOUCHPOINTS):
        ws.put(Question(QuestionId(f"q{n}"), None, f"Touchpoint {n}", "nps", (0, 10)))
    for n in range(SEGMENTS):
        ws.put(Segment(SegmentId(f"s{n}"), f"Segment {n}"))
    return ws


def scan(base: Path) -> dict[tuple[int, int, int, int], int]:
    """Count the rows themselves, by question, period, segment and score."""
    connection = sqlite3.connect(base)
    found: dict[tuple[int, int, int, int], int] = {}
    query = "SELECT answers, period, segment, count(*) FROM response GROUP BY 1, 2, 3"
    for blob, period, segment, n in connection.execute(query):
        slot = int.from_bytes(blob[:2], "little")
        found[slot, period, segment, int.from_bytes(blob[2:], "little", signed=True)] = n
    connection.close()
    return found


def equal_sums(rows: dict[tuple[int, int, int, int], int], read: ReadAnswers) -> bool:
    """Tell whether every count of the rows is that of the histogram."""
    counted = {
        (slot, period, segment, score): n
        for slot in range(TOUCHPOINTS)
        for period in PERIODS
        for name, counts in read.answers.by_segment(QuestionId(f"q{slot}"), period).items()
        for segment in (int(str(name)[1:]),)
        for score, n in counts.counts.items()
        if n
    }
    return counted == rows


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure(answers: int, rounds: int) -> SimpleNamespace:
    """Write, check, and take turns; medians in seconds."""
    with tempfile.TemporaryDirectory() as name:
        base = Path(name) / "workspace.db"
        sqlite3.connect(base).close()
        engine = working_engine(base)
        tables.metadata.create_all(engine)
        ws = write_answers(engine, answers)
        store = EvidenceStore(engine)
        read = read_answers(ws, store)
        if not equal_sums(scan(base), read):
            raise SystemExit("the histogram and the rows differ")
        taken = [
            (seconds(lambda: read_answers(ws, store)), seconds(lambda: scan(base)))
            for _ in range(rounds)
        ]
        on_top = seconds(lambda: figures(ws, read.answers))
        engine.dispose()
    ours, theirs = (statistics.median(pair[i] for pair in taken) for i in (0, 1))
    return SimpleNamespace(ours=ours, theirs=theirs, ratio=ours / theirs, on_top=on_top)


def main() -> None:
    """Run the rounds and print what came out."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--answers", type=int, default=5_000_000)
    arguments.add_argument("--rounds", type=int, default=5)
    chosen = arguments.parse_args()
    found = measure(chosen.answers, chosen.rounds)
    print(f"{chosen.answers:,} answers, sums equal, medians of {chosen.rounds} rounds")
    print(f"counts from the histogram  {1000 * found.ours:8.1f} ms")
    print(f"scan of the rows           {1000 * found.theirs:8.1f} ms")
    print(f"ratio                      {found.ratio:8.3f} goal <= {GOAL_RATIO}")
    print(f"figures from the counts    {1000 * found.on_top:8.1f} ms, once, whatever the answers")


if __name__ == "__main__":
    main()
