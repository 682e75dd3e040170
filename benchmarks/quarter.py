"""What freezing and comparing cost beyond the ranking: 500 pain points, 100 touchpoints.

Run: python -m benchmarks.quarter

Freezing: the spread of the ranks, the counts, the record, its hash and its text, beside the one
ranking that is frozen. Comparing: a frozen quarter with an open one, an assumption and an edit
between them, less the rankings that takes. In processor time, since the machine is shared.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median
from time import process_time
from typing import TypeVar

from benchmarks.no_change import counted
from benchmarks.ranking_speed import DRAWS, PAINS, table, workspace
from journey.model.ids import ImprovementId, PainPointId
from journey.model.improvement import Improvement
from journey.model.quarter import Quarter
from journey.model.workspace import Workspace
from journey.priority import prepare
from journey.priority.evidence import ResponseTable
from journey.priority.study import Study
from journey.quarter import compare
from journey.quarter.freeze import FreezeQuarter, frozen_quarter
from journey.quarter.listed import list_quarter
from journey.quarter.measured import pain_counts
from journey.quarter.record import QuarterData, data_of, listed_of, workspace_of
from journey.quarter.side import Side

AT = datetime(2027, 1, 4, tzinfo=UTC)
RUNS = 3
GOAL_SECONDS = 1.0
Result = TypeVar("Result")


def measured(ws: Workspace, answers: ResponseTable) -> QuarterData:
    """Return what a quarter's answers say."""
    return QuarterData((), (), counted(answers), pain_counts(ws, [answers]), ())


class Clock:
    """Adds up the processor time of some calls."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def timed(self, work: Callable[..., Result]) -> Callable[..., Result]:
        """Return the work, its time added here."""

        def run(*arguments: object, **named: object) -> Result:
            start = process_time()
            try:
                return work(*arguments, **named)
            finally:
                self.seconds += process_time() - start

        return run


def freeze(ws: Workspace, answers: ResponseTable) -> Quarter:
    """Rank a quarter, freeze it and write it as a file does."""
    listed = list_quarter(ws, [answers], quarter="2026Q3", draws=DRAWS)
    kept = frozen_quarter(ws, listed, measured(ws, answers), at=AT)
    there = ws.copy()
    FreezeQuarter(kept).do(there)
    found = there.quarters[kept.id]
    json.dumps([found.items, found.record])
    return found


def compared(frozen: Quarter, then: ResponseTable, after: Side) -> None:
    """Compare a frozen quarter, read from its record, with an open one."""
    old = workspace_of(frozen)
    before = Side("2026Q3", True, listed_of(frozen), data_of(frozen), old, (then,))
    compare.compare(before, after)


def beyond(work: Callable[[], object], owner: object, name: str) -> tuple[float, float]:
    """Return the processor time of a call without that of `owner.name`, and that."""
    clock, original = Clock(), getattr(owner, name)
    setattr(owner, name, clock.timed(original))
    try:
        start = process_time()
        work()
        return process_time() - start - clock.seconds, clock.seconds
    finally:
        setattr(owner, name, original)


def spread_again(ws: Workspace, answers: ResponseTable) -> float:
    """Return the processor time of a study's second list, whose spread is frozen."""
    study = prepare(ws, [answers], quarter="2026Q3", draws=DRAWS)
    study.estimate()
    start = process_time()
    study.estimate(replace(ws.assumptions, fix_efficacy_sd=0.0, effort_sd_log=0.0))
    return process_time() - start


def main() -> None:
    """Print the medians beyond the rankings and the goal."""
    ws = workspace("relational")
    first = table("relational")
    second = replace(first, outcome=first.outcome[::-1].copy())
    now = ws.copy()
    now.put(replace(now.assumptions, fix_efficacy_mean=0.5))
    now.put(Improvement(ImprovementId("i"), "New", (PainPointId("p000"),), 5.0))
    frozen = freeze(ws, first)
    listed = list_quarter(now, [second], quarter="2026Q4", draws=DRAWS)
    after = Side("2026Q4", False, listed, measured(now, second), now, (second,))
    froze = [beyond(lambda: freeze(ws, first), Study, "_worked_out") for _ in range(RUNS)]
    again = [spread_again(ws, first) for _ in range(RUNS)]
    pairs = [beyond(lambda: compared(frozen, first, after), compare, "_rank") for _ in range(RUNS)]
    # A study works out two lists: the ranking, and the one of the spread, which is ours.
    ours = median(f[0] for f in froze) + median(again)
    print(f"{PAINS} pain points, {DRAWS} draws; goals ≤ {GOAL_SECONDS:.0f} s beyond the ranking")
    print(
        f"freeze: {ours:.2f} s beyond its ranking ({median(f[1] for f in froze):.2f} s with both)"
    )
    print(
        f"compare: {median(p[0] for p in pairs):.2f} s beyond the rankings "
        f"({median(p[1] for p in pairs):.2f} s)"
    )


if __name__ == "__main__":
    main()
