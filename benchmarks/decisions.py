"""Decisions: how long a budget slider, what to measure, and the bars of the assumptions take.

Run: python -m benchmarks.decisions

500 pain points, 100 touchpoints, 3 segments, 1,000 draws, both designs. The slider is dragged over
days that a set of one item to all of them needs; the first call, which works the order out, is told
apart. Goal of a drag: 100 ms.
"""

from functools import partial
from statistics import median

from benchmarks.ranking_speed import DRAWS, seconds, world
from journey.decision.budget import Budget
from journey.decision.next_data import what_to_measure
from journey.decision.sensitivity import one_at_a_time
from journey.priority import prepare

STEPS, GOAL_DRAG = 40, 0.1


def main() -> None:
    """Print the times and the goal."""
    for design in ("relational", "transactional"):
        ws, answers = world(design)
        study = prepare(ws, [answers], quarter="2026Q4", draws=DRAWS)
        budget = Budget(study.estimate())
        first = seconds(partial(budget.best_set, 120.0))
        all_days = budget.all_days
        # More steps where a slider is dragged most, at few days.
        days = [all_days * ((i + 1) / STEPS) ** 3 for i in range(STEPS)]
        drags = [seconds(partial(budget.best_set, d)) for d in days]
        measure = seconds(partial(what_to_measure, study.estimate(), ws))
        bars = seconds(partial(one_at_a_time, study))
        print(
            f"{design}: a drag {1000 * median(drags):.0f} ms, slowest {1000 * max(drags):.0f} ms; "
            f"goal {1000 * GOAL_DRAG:.0f} ms; first call {first:.2f} s; what to measure "
            f"{1000 * measure:.0f} ms; bars of all assumptions {bars:.1f} s"
        )


if __name__ == "__main__":
    main()
