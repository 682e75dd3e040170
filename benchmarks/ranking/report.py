"""The tables: every method beside the ranking, and the goals of docs/method.md."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.ranking.methods import NAMES, REVENUE_AT_RISK
from benchmarks.ranking.scores import OPINION, OURS, Trial
from benchmarks.ranking.world import Floats

# By number of answers per touchpoint.
TOP_MAIN = {20: 0.70, 100: 0.84, 1000: 0.92}
TOP_STRESS = {20: 0.66, 100: 0.83, 1000: 0.90}
AHEAD = {20: 0.02, 100: 0.06, 1000: 0.12}
TAU = {20: 0.39, 100: 0.48, 1000: 0.65}
INSIDE80, INSIDE95, RATIO = (0.72, 0.88), (0.89, 0.98), (0.8, 1.25)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One goal at one number of answers; error: the standard error of what was measured.

    Attributes:
        low, high: the goal's limits, None where there is none.
    """

    goal: str
    n: int
    measured: float
    error: float
    low: float
    high: float | None = None

    @property
    def met(self) -> bool:
        """Whether the mean is within the goal."""
        return self.measured >= self.low and (self.high is None or self.measured <= self.high)

    def line(self) -> str:
        """Return the verdict as a line of the table."""
        goal = f"≥ {self.low:.2f}" if self.high is None else f"{self.low:.2f}–{self.high:.2f}"
        word = "met" if self.met else "MISSED"
        return (
            f"{self.goal:<44}{self.n:>6}{self.measured:>9.3f} ±{self.error:.3f}  {goal:<12}{word}"
        )


def table(trials: Sequence[Trial], world: str) -> str:
    """Return top-5 capture ± its standard error | budget capture | τ, by method and n."""
    sizes = _sizes(trials)
    lines = [f"{'top-5 capture | budget | τ':<32}" + "".join(f"{f'n={n}':<32}" for n in sizes)]
    for name in (OURS, OPINION, *NAMES):
        cells = []
        for n in sizes:
            mine = [t.quality[name] for t in _of(trials, world, n)]
            top, error = _mean([q.top for q in mine])
            budget, tau = _mean([q.budget for q in mine])[0], _mean([q.tau for q in mine])[0]
            cells.append(f"{f'{top:.3f} ±{error:.3f} | {budget:.3f} | {tau:.3f}':<32}")
        lines.append(f"{name:<32}" + "".join(cells))
    best = [_mean([t.quality[OURS].first for t in _of(trials, world, n)])[0] for n in sizes]
    shown = [_mean([t.honesty.shown for t in _of(trials, world, n)])[0] for n in sizes]
    lines.append(f"{'best found first':<32}" + "".join(f"{b:<32.3f}" for b in best))
    lines.append(f"{'rows with a value':<32}" + "".join(f"{s:<32.3f}" for s in shown))
    lines += _honest(trials, world, sizes)
    return "\n".join(lines)


def _honest(trials: Sequence[Trial], world: str, sizes: Sequence[int]) -> list[str]:
    """Return how honest the figures are; a list without money has none."""
    inside, ratio = [], []
    for n in sizes:
        found = [t.honesty for t in _of(trials, world, n)]
        if not all(h.shown for h in found):
            return ["no money: volumes are not known"]
        held = [_mean([getattr(h, name) for h in found])[0] for name in ("inside80", "inside95")]
        inside.append(f"{held[0]:.3f} / {held[1]:.3f}")
        ratio.append(f"{sum(h.claimed for h in found) / sum(h.true for h in found):.3f}")
    return [
        f"{'80% / 95% hold the truth':<32}" + "".join(f"{i:<32}" for i in inside),
        f"{'Σ value / Σ truth':<32}" + "".join(f"{r:<32}" for r in ratio),
    ]


def verdicts(trials: Sequence[Trial]) -> list[Verdict]:
    """Return every goal for which there are trials."""
    found = []
    for n in _sizes(trials):
        for world in ("main", "stress"):
            mine = _of(trials, world, n)
            if mine:
                found += _quality(mine, world, n)
            if mine and world == "main":
                found += _honesty(mine, n)
    return sorted(found, key=lambda v: v.goal)


def _quality(mine: Sequence[Trial], world: str, n: int) -> list[Verdict]:
    top = [t.quality[OURS].top for t in mine]
    goals = TOP_MAIN if world == "main" else TOP_STRESS
    found = []
    if n in goals:
        found.append(Verdict(f"1 top-5 capture, {world}", n, *_mean(top), goals[n]))
    if n in AHEAD and world == "main":
        ahead = [t.quality[OURS].top - t.quality[REVENUE_AT_RISK].top for t in mine]
        found.append(
            Verdict("2 ahead of revenue at risk / effort, paired", n, *_mean(ahead), AHEAD[n])
        )
    if n in TAU and world == "main":
        found.append(Verdict("3 Kendall τ", n, *_mean([t.quality[OURS].tau for t in mine]), TAU[n]))
    return found


def _honesty(mine: Sequence[Trial], n: int) -> list[Verdict]:
    inside80 = _mean([t.honesty.inside80 for t in mine])
    inside95 = _mean([t.honesty.inside95 for t in mine])
    return [
        Verdict("4 80% interval holds the truth", n, *inside80, *INSIDE80),
        Verdict("5 95% interval holds the truth", n, *inside95, *INSIDE95),
        Verdict("6 Σ value / Σ truth", n, *_ratio(mine), *RATIO),
    ]


def _ratio(mine: Sequence[Trial]) -> tuple[float, float]:
    """Return the pooled ratio and its standard error (linearised)."""
    claimed = np.array([t.honesty.claimed for t in mine])
    true = np.array([t.honesty.true for t in mine])
    ratio = float(claimed.sum() / true.sum())
    return ratio, _mean((claimed - ratio * true) / true.mean())[1]


def _mean(values: Sequence[float] | Floats) -> tuple[float, float]:
    """Return the mean and its standard error, 0 for one value."""
    array = np.asarray(values, dtype=np.float64)
    error = float(array.std(ddof=1) / len(array) ** 0.5) if len(array) > 1 else 0.0
    return float(array.mean()), error


def _sizes(trials: Sequence[Trial]) -> list[int]:
    return sorted({t.n for t in trials})


def _of(trials: Sequence[Trial], world: str, n: int) -> list[Trial]:
    return [t for t in trials if t.world == world and t.n == n]
