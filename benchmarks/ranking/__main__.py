"""How much of the value the ranking finds, on simulated journeys whose truth is known.

    python -m benchmarks.ranking [--worlds main,stress] [--journeys 60] [--n 20,100,1000] [--seed 1]

Worlds beyond the goals: together, efficacy, no_volumes.

Prints every method's top-5 capture ± standard error, budget capture and Kendall's τ_b, then the
goals of docs/method.md. The exit code is 1 where a goal is missed; with few journeys that may be
chance.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from multiprocessing import get_context

from benchmarks.ranking.report import table, verdicts
from benchmarks.ranking.scores import Trial, trial
from benchmarks.ranking.world import BEYOND, WORLDS

_WHAT_FOR = {1: "used while developing", 2: "used while developing"}
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the trials and print the tables; return the exit code."""
    asked = _parser().parse_args(arguments)
    jobs = [
        (world, asked.seed, rep, n)
        for rep, world, n in product(range(asked.journeys), asked.worlds, asked.n)
    ]
    trials = _run(jobs, asked.processes)
    print(f"seed {asked.seed}: {_WHAT_FOR.get(asked.seed, 'fresh, not used while developing')}")
    for world in asked.worlds:
        print(f"\n{world} world, {asked.journeys} journeys, seed {asked.seed}")
        print(table(trials, world))
    found = verdicts(trials)
    if not found:
        return 0
    print(f"\n{'goal':<44}{'n':>6}{'measured':>9}")
    print("\n".join(v.line() for v in found))
    return 0 if all(v.met for v in found) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ranking", description=__doc__)
    parser.add_argument("--worlds", type=_worlds, default=list(WORLDS))
    parser.add_argument("--journeys", type=int, default=60)
    parser.add_argument("--n", type=_sizes, default=[20, 100, 1000], help="answers per touchpoint")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    return parser


def _worlds(text: str) -> list[str]:
    names = text.split(",")
    if not set(names) <= {*WORLDS, *BEYOND}:
        raise argparse.ArgumentTypeError(f"worlds are {', '.join((*WORLDS, *BEYOND))}")
    return names


def _sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _run(jobs: Sequence[tuple[str, int, int, int]], processes: int) -> list[Trial]:
    """Return the trials in the order of the jobs; how far it is goes to standard error."""
    if processes <= 1:
        return [trial(*job) for job in jobs]
    # The journeys are the parallel part; threads below them would only fight over the cores. The
    # new processes read this as they load numpy.
    os.environ |= dict.fromkeys(_THREADS, "1")
    trials = []
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        for done in pool.map(trial, *zip(*jobs, strict=True)):
            trials.append(done)
            print(f"\r{len(trials)} of {len(jobs)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return trials


if __name__ == "__main__":
    raise SystemExit(main())
