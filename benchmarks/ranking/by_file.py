"""The simulated worlds by the road of a user: Waymark JSON, `waymark load`, `priorities --json`.

    python -m benchmarks.ranking.by_file [--worlds main,stress] [--journeys 6] [--n 100] [--seed 3]

Each world is written as Waymark JSON, loaded and ranked by processes of their own, and ranked here
in memory too. Told are the top-5 capture of the list the command printed, and how far both lists
lie apart; the exit code is 1 where an order differs.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.ranking.observed import Answers, observe, pain_id, table_of, workspace_of
from benchmarks.ranking.scores import quality_of
from benchmarks.ranking.world import PAINS, truth_of, worth_of_each
from journey.model.ids import PainPointId, QuestionId, SegmentId, SurveyId
from journey.model.workspace import Workspace
from journey.priority import rank
from journey.priority.evidence import MISSING, ResponseTable
from storage.evidence.layout import Response
from storage.openformats.dump import dump
from storage.openformats.purchase import Purchase

PROGRAM = Path(__file__).parents[2] / "main.py"
QUARTER = "2026Q4"


@dataclass(frozen=True, slots=True)
class Written:
    """The answers of a table as a file has them, a row at a time."""

    table: ResponseTable

    def iter_responses(self, survey: SurveyId) -> Iterator[Response]:
        """Yield every answer of the survey."""
        if survey == self.table.survey:
            for row in range(self.table.rows):
                yield self._row(row)

    def iter_purchases(self) -> Iterable[Purchase]:
        """Yield nothing: there are none."""
        return ()

    def iter_event_logs(self) -> Iterable[Mapping[str, object]]:
        """Yield nothing: the transitions hold what was logged."""
        return ()

    def _row(self, row: int) -> Response:
        table = self.table
        scores: dict[QuestionId, int] = {
            question: int(column[row])
            for question, column in table.answers.items()
            if column[row] != MISSING
        }
        named: tuple[PainPointId, ...] = tuple(p for p, h in table.pain_points.items() if h[row])
        segment: SegmentId = table.segments[table.segment[row]]
        return Response(
            respondent=f"visit-{row:06}",
            segment=segment,
            outcome=int(table.outcome[row]),
            answers=scores,
            pain_points=named,
        )


@dataclass(frozen=True, slots=True)
class Trial:
    """One world: top-5 capture by the command, whether the orders agree, and how far values do."""

    top: float
    same: bool
    apart: float


def trial(world: str, seed: int, rep: int, n: int, draws: int = 1000) -> Trial:
    """Rank one world both ways."""
    for_truth, for_seen, for_ties = np.random.default_rng([seed, rep]).spawn(3)
    truth = truth_of(for_truth, world)
    seen = observe(truth, for_seen, n)
    ours = rank(workspace_of(seen), [table_of(seen.answers)], quarter=QUARTER, draws=draws)
    with TemporaryDirectory() as folder:
        found = by_command(workspace_of(seen), seen.answers, Path(folder), draws)
    theirs = [str(item["pain_point"]) for item in found]
    places = np.array([-theirs.index(pain_id(p)) for p in range(PAINS)], dtype=np.float64)
    quality = quality_of(places, truth, worth_of_each(truth), for_ties.permutation(PAINS))
    values = {str(item["pain_point"]): item["value_mean"] for item in found}
    pairs = [(i.value_mean, values[i.pain_point]) for i in ours.items]
    return Trial(
        top=quality.top,
        same=theirs == [i.pain_point for i in ours.items],
        apart=max(abs(a - b) / abs(a) if a and b is not None else float(a != b) for a, b in pairs),
    )


def by_command(ws: Workspace, answers: Answers, folder: Path, draws: int) -> list[dict[str, Any]]:
    """Return the rows that `priorities --json` prints of a world brought in by `load`."""
    written, file = folder / "world.json", folder / "world.waymark"
    dump(ws, Written(table_of(answers)), written)
    _run("load", written, file)
    rows: list[dict[str, Any]] = json.loads(_run("priorities", file, "--draws", draws, "--json"))[
        "items"
    ]
    return rows


def _run(*words: object) -> str:
    call = [sys.executable, str(PROGRAM), *map(str, words)]
    done = subprocess.run(call, capture_output=True, check=False, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(call)}\n{done.stderr}")
    return done.stdout


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line per world; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ranking.by_file")
    parser.add_argument("--worlds", default="main")
    parser.add_argument("--journeys", type=int, default=6)
    parser.add_argument("--n", type=int, default=100)
    parser.add_argument("--seed", type=int, default=3)
    asked = parser.parse_args(arguments)
    same = True
    for world in asked.worlds.split(","):
        trials = [trial(world, asked.seed, rep, asked.n) for rep in range(asked.journeys)]
        tops = np.array([t.top for t in trials])
        error = float(tops.std(ddof=1) / len(tops) ** 0.5) if len(tops) > 1 else 0.0
        agreed = sum(t.same for t in trials)
        same = same and agreed == len(trials)
        print(
            f"{world}, n={asked.n}, seed {asked.seed}: top-5 capture {tops.mean():.3f} "
            f"±{error:.3f}; the same order in {agreed} of {len(trials)}; values at most "
            f"{max(t.apart for t in trials):.1e} apart"
        )
    return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(main())
