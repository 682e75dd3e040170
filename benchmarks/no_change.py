"""Does the comparison of two quarters cry wolf, and does it see the wolf?

Run: python -m benchmarks.no_change [worlds]

Touchpoints: 15 NPS questions, three segments whose mix of answers differs from quarter to quarter
though nobody's opinion does. A quarter is a false alarm if any figure is called changed.
Panel: part of the people answers in both quarters; steady opinions are paired.
Ranks: a transactional survey of 15 touchpoints and 40 pain points is ranked in both quarters; a
false alarm is any row that "really moved". Both families together are what people see.
Change: one touchpoint of the 15 moves by a known number of points. Its 95 % interval promises a
rate at which 0 is outside, Φ(d/σ − 1.96); with the correction for 15 tests at least Φ(d/σ − 3.00).
After these, one question alone in many worlds: see `benchmarks.one_change`.
"""

import sys
from collections.abc import Sequence
from statistics import fmean

import numpy as np

from benchmarks import one_change
from benchmarks.one_change import Z, normal, nps_chances
from journey.metrics.counts import ScoreCounts, count_scores
from journey.metrics.kinds import Metric
from journey.model.evidence import Question, Survey
from journey.model.ids import (
    JourneyId,
    PainPointId,
    QuestionId,
    SegmentId,
    StageId,
    SurveyId,
    TouchpointId,
)
from journey.model.map import Journey, PainPoint, Stage, Touchpoint
from journey.model.people import Segment
from journey.model.workspace import Workspace
from journey.priority.evidence import MISSING, ResponseTable
from journey.quarter.compare import FIGURES_PART, Comparison, compare
from journey.quarter.listed import list_quarter
from journey.quarter.measured import pain_counts
from journey.quarter.overlap import Pair
from journey.quarter.record import QuarterData, SegmentCounts
from journey.quarter.side import Side
from journey.quarter.touchpoints import Asked, TouchpointChange, touchpoint_changes

TOUCHPOINTS, PAINS = 15, 40
GOAL = 0.07
SCORES = np.arange(11)
SEGMENTS = ("a", "b", "c")
J = JourneyId("j")


def answers(
    rng: np.random.Generator, question: str, levels: Sequence[float], sizes: Sequence[int]
) -> list[SegmentCounts]:
    """Return one question's answers of three segments with these NPS and sizes."""
    found = []
    for segment, level, size in zip(SEGMENTS, levels, sizes, strict=True):
        drawn = rng.multinomial(size, nps_chances(level))
        counts = {int(s): int(n) for s, n in zip(SCORES, drawn, strict=True) if n}
        made = ScoreCounts(Metric.NPS, 0, 10, True, counts)
        found.append(SegmentCounts(QuestionId(question), SegmentId(segment), made))
    return found


def asked() -> Asked:
    """Return the fifteen questions."""
    questions = {
        QuestionId(f"q{t:02}"): (
            Question(QuestionId(f"q{t:02}"), TouchpointId(f"t{t:02}"), "", "nps", (0, 10)),
            f"Touchpoint {t}",
        )
        for t in range(TOUCHPOINTS)
    }
    return Asked(questions, 5, 1, 0.05 * FIGURES_PART)


def two_waves(
    rng: np.random.Generator, size: int, change: float = 0.0
) -> tuple[TouchpointChange, ...]:
    """Return the verdicts on two quarters; the first touchpoint changes by so many points."""
    levels = rng.normal(10.0, 10.0, (TOUCHPOINTS, 1)) + np.array([[-12.0, 0.0, 12.0]])
    levels[0] = np.array([-12.0, 0.0, 12.0])
    quarters = []
    for wave in range(2):
        mix = rng.dirichlet((8.0, 8.0, 8.0), TOUCHPOINTS)
        rows = []
        for t in range(TOUCHPOINTS):
            sizes = rng.multinomial(size, mix[t]).tolist()
            moved = change if wave and t == 0 else 0.0
            rows += answers(rng, f"q{t:02}", levels[t] + moved, sizes)
        quarters.append(rows)
    return touchpoint_changes(quarters[0], quarters[1], asked())


def two_waves_of_a_panel(
    rng: np.random.Generator, size: int, share: float
) -> tuple[TouchpointChange, ...]:
    """Return the verdicts on two quarters in which a share of the people answers both times.

    A person's opinion of a touchpoint is steady: two answers of one person agree in 7 of 10 cases
    and are else as good as another person's.
    """
    quarters: list[list[SegmentCounts]] = [[], []]
    pairs = {}
    both = round(share * size)
    for t in range(TOUCHPOINTS):
        chances = nps_chances(float(rng.normal(10.0, 10.0)))
        first, second = (rng.choice(SCORES, size, p=chances) for _ in range(2))
        steady = rng.random(both) < 0.7
        second[:both][steady] = first[:both][steady]
        question = QuestionId(f"q{t:02}")
        for wave, scores in enumerate((first, second)):
            counts = count_scores([int(score) for score in scores], Metric.NPS)
            quarters[wave].append(SegmentCounts(question, None, counts))
        pairs[question] = [
            Pair((int(a), int(b))) for a, b in zip(first[:both], second[:both], strict=True)
        ]
    return touchpoint_changes(quarters[0], quarters[1], asked(), pairs=pairs)


def false_alarms(worlds: int, size: int, seed: int) -> float:
    """Return the share of worlds without any change in which some touchpoint "changed"."""
    found = [
        any(row.significant for row in two_waves(np.random.default_rng([seed, rep]), size))
        for rep in range(worlds)
    ]
    return fmean(found)


def detection(worlds: int, size: int, change: float, seed: int) -> tuple[float, ...]:
    """Return of a change of known size: rate at which its interval leaves 0 out, the rate that
    promises, rate after the correction, the least that promises, coverage of the interval."""
    outside, corrected, covered, promised, least = [], [], [], [], []
    for rep in range(worlds):
        row = two_waves(np.random.default_rng([seed, rep]), size, change)[0]
        assert row.low95 is not None
        assert row.high95 is not None
        error = (row.high95 - row.low95) / (2 * Z)
        outside.append(row.low95 > 0 or row.high95 < 0)
        covered.append(row.low95 <= change <= row.high95)
        corrected.append(row.significant)
        promised.append(normal(change / error - Z))
        least.append(normal(change / error - 3.003759))
    return tuple(fmean(rows) for rows in (outside, promised, corrected, least, covered))


def journey_world() -> Workspace:
    """Return a journey of 15 touchpoints, 40 pain points and three segments with their worth."""
    ws = Workspace("w", [Journey(J, "J"), Stage(StageId("s"), J, "S")])
    for s in SEGMENTS:
        ws.put(Segment(SegmentId(s), s, 10_000.0, 1_000.0))
    for t in range(TOUCHPOINTS):
        name = TouchpointId(f"t{t:02}")
        ws.put(Touchpoint(name, J, f"Touchpoint {t}", StageId("s"), float(t)))
        ws.put(Question(QuestionId(f"q{t:02}"), name, "", "nps", (0, 10)))
    for p in range(PAINS):
        at = TouchpointId(f"t{p % TOUCHPOINTS:02}")
        ws.put(PainPoint(PainPointId(f"p{p:02}"), J, f"Pain {p}", at))
    ws.put(Survey(SurveyId("a"), "A", "relational", outcome_means="left", outcome_months=12))
    return ws


class Company:
    """What is true: how many meet each pain point, and how many more of them leave.

    Attributes:
        size: answers a quarter.
    """

    def __init__(self, rng: np.random.Generator, size: int) -> None:
        self.size = size
        self.share = rng.beta(1.5, 9.0, PAINS)
        self.effect = rng.gamma(2.0, 0.35, PAINS)
        self.level = rng.normal(8.0, 0.6, TOUCHPOINTS)

    def quarter(self, rng: np.random.Generator, ws: Workspace, label: str) -> Side:
        """Return one quarter's answers, ranked."""
        n = self.size
        hits = rng.random((n, PAINS)) < self.share
        at = np.arange(PAINS) % TOUCHPOINTS
        scores = np.empty((n, TOUCHPOINTS), dtype=np.int16)
        for t in range(TOUCHPOINTS):
            drop = hits[:, at == t].sum(axis=1) * 1.5
            scores[:, t] = np.clip(np.rint(rng.normal(self.level[t], 2.0, n) - drop), 0, 10)
        risk = 1.0 / (1.0 + np.exp(2.6 - hits @ self.effect))
        table = ResponseTable(
            survey=SurveyId("a"),
            design="relational",
            outcome_means="left",
            outcome_months=12,
            segments=tuple(SegmentId(s) for s in SEGMENTS),
            segment=rng.integers(0, 3, n).astype(np.int16),
            weight=np.ones(n),
            outcome=(rng.random(n) < risk).astype(np.int8),
            answers={QuestionId(f"q{t:02}"): scores[:, t] for t in range(TOUCHPOINTS)},
            pain_points={PainPointId(f"p{p:02}"): hits[:, p] for p in range(PAINS)},
        )
        listed = list_quarter(ws, [table], quarter=label, draws=400)
        counts = pain_counts(ws, [table])
        data = QuarterData((), (), counted(table), counts, ())
        return Side(label, False, listed, data, ws, (table,))


def counted(table: ResponseTable) -> list[SegmentCounts]:
    """Return a table's answers by question, segment and score."""
    found = []
    for question, scores in table.answers.items():
        for s, segment in enumerate(table.segments):
            mine = scores[(table.segment == s) & (scores != MISSING)]
            values, numbers = np.unique(mine, return_counts=True)
            counts = {int(v): int(n) for v, n in zip(values, numbers, strict=True)}
            made = ScoreCounts(Metric.NPS, 0, 10, True, counts)
            found.append(SegmentCounts(question, segment, made))
    return found


def compared(rep: int, size: int, seed: int, *, changed: float = 0.0) -> Comparison:
    """Return the comparison of two quarters; `changed` moves the largest pain point's effect."""
    rng = np.random.default_rng([seed, rep])
    ws, company = journey_world(), Company(rng, size)
    first = company.quarter(rng, ws, "2026Q3")
    if changed:
        worst = int(np.argmax(company.share * company.effect))
        company.share[worst] *= 1.0 - changed
    return compare(first, company.quarter(rng, ws, "2026Q4"))


def main() -> None:
    """Print every rate with its goal."""
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    for size in (20, 100, 400, 2000):
        rate = false_alarms(worlds, size, 1)
        print(f"{size} answers: some touchpoint “changed” in {rate:.1%} of quarters; goal ≤ 7 %")
    for size, share in ((20, 1.0), (100, 0.5), (100, 1.0), (400, 1.0), (2000, 0.5)):
        panel = fmean(
            any(
                row.significant
                for row in two_waves_of_a_panel(np.random.default_rng([5, rep]), size, share)
            )
            for rep in range(worlds)
        )
        print(
            f"{size} answers, {share:.0%} of the people in both: some touchpoint “changed” in "
            f"{panel:.1%} of quarters; goal ≤ {GOAL:.0%}"
        )
    for size, change in ((50, 45.0), (100, 25.0), (400, 12.0), (400, 20.0)):
        rates = detection(worlds, size, change, 2)
        print(
            f"{size} answers, {change:+.0f} points: interval leaves 0 out in {rates[0]:.1%} "
            f"(promised {rates[1]:.1%}); found among {TOUCHPOINTS} in {rates[2]:.1%} (at least "
            f"{rates[3]:.1%}); interval covers the truth in {rates[4]:.1%}"
        )
    few = max(20, worlds // 2)
    for size in (20, 100, 300, 2000):
        found = [compared(rep, size, 3) for rep in range(few)]
        ranks = fmean(any(i.really_moved for i in c.items) for c in found)
        either = fmean(
            any(i.really_moved for i in c.items) or any(t.significant for t in c.touchpoints)
            for c in found
        )
        print(
            f"{size} answers, {PAINS} pain points: some rank “really moved” in {ranks:.1%}, any "
            f"claim in {either:.1%} of {few} quarters; goal ≤ {GOAL:.0%}"
        )
    found = [compared(rep, 2000, 4, changed=0.8) for rep in range(few)]
    seen = fmean(any(i.really_moved for i in c.items) for c in found)
    print(f"2000 answers, the worst pain point fixed by 80 %: a rank move claimed in {seen:.1%}")
    one_change.main(worlds)


if __name__ == "__main__":
    main()
