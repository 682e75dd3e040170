"""The same people in both quarters are paired: nobody is Welch's test, everybody the paired t."""

import math
from dataclasses import replace
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from benchmarks.no_change import two_waves_of_a_panel
from journey.metrics.counts import ScoreCounts, count_scores
from journey.metrics.intervals import adjusted_nps_moments
from journey.metrics.kinds import Metric
from journey.metrics.shares import nps_classes
from journey.metrics.significance import change_test
from journey.model.evidence import Question
from journey.model.ids import QuestionId, SegmentId, TouchpointId
from journey.model.workspace import Workspace
from journey.quarter.overlap import (
    FEWEST_PAIRS,
    Overlap,
    Pair,
    overlap_of,
    paired_test,
    pairs_between,
)
from journey.quarter.record import SegmentCounts
from journey.quarter.touchpoints import Asked, touchpoint_changes
from tests.journey.quarter.quarter_bank import side, table

Q = QuestionId("q")
SCORES = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=10, max_size=60)
NPS = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=10, max_size=60)


def csat(scores: list[int]) -> ScoreCounts:
    return count_scores(scores, Metric.CSAT)


def nps(scores: list[int]) -> ScoreCounts:
    return count_scores(scores, Metric.NPS)


def changes(
    first: ScoreCounts, second: ScoreCounts, pairs: list[Pair], metric: str = "csat"
) -> tuple[object, ...]:
    scale = (0, 10) if metric == "nps" else (1, 5)
    question = Question(Q, TouchpointId("t"), "How?", metric, scale)
    asked = Asked({Q: (question, "Place")}, 5, 30, 0.05)
    one, two = ([SegmentCounts(Q, None, counts)] for counts in (first, second))
    return touchpoint_changes(one, two, asked, pairs={Q: pairs} if pairs else {})


@given(st.lists(st.integers(1, 5), min_size=5), st.lists(st.integers(1, 5), min_size=5))
def test_nobody_in_both_is_the_unpaired_test(first: list[int], second: list[int]) -> None:
    one, two = csat(first), csat(second)
    unpaired = change_test(one, two)
    assert unpaired is not None
    found = paired_test(one, two, Overlap(0, 0.0, 0.0))
    assert found is not None
    if unpaired.statistic is not None:
        assert found.p == pytest.approx(unpaired.p, abs=1e-9)
    assert changes(one, two, []) == changes(one, two, [Pair((1, 1))] * (FEWEST_PAIRS - 1))


@given(SCORES)
def test_everybody_in_both_is_the_paired_t(scores: list[tuple[int, int]]) -> None:
    first, second = ([pair[wave] for pair in scores] for wave in (0, 1))
    one, two = csat(first), csat(second)
    overlap = overlap_of([Pair(pair) for pair in scores], (one, two), None)
    assert overlap is not None
    assert (overlap.people, overlap.pairs) == (len(scores), pytest.approx(len(scores)))
    found = paired_test(one, two, overlap)
    assert found is not None
    moved = np.subtract(second, first)
    if moved.std() < 1e-9:
        expected = 1.0 if not moved.any() else 2.0 ** (1 - len(scores))
        assert found.p == pytest.approx(expected)
        return
    theirs = stats.ttest_rel(second, first)
    assert found.p == pytest.approx(float(theirs.pvalue), abs=1e-7)
    low, high = theirs.confidence_interval(0.95)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-6), pytest.approx(high, abs=1e-6))


@given(NPS)
def test_everybody_in_both_is_the_paired_wald_of_the_adjusted_score(
    scores: list[tuple[int, int]],
) -> None:
    one, two = (nps([pair[wave] for pair in scores]) for wave in (0, 1))
    overlap = overlap_of([Pair(pair) for pair in scores], (one, two), None)
    assert overlap is not None
    found = paired_test(one, two, overlap)
    assert found is not None
    a, b = (adjusted_nps_moments(*nps_classes(counts)) for counts in (one, two))
    assert a is not None
    assert b is not None
    shared = overlap.correlation * math.sqrt(a.variance * b.variance) * len(scores)
    error = math.sqrt((a.variance + b.variance) / a.n - 2 * shared / a.n**2)
    expected = 2 * stats.norm.sf(abs(b.score - a.score) / error)
    assert found.p == pytest.approx(float(expected), abs=1e-9)
    assert 0 <= found.p <= 1
    assert found.low <= 100 * (b.score - a.score) <= found.high


@given(SCORES, st.lists(st.integers(1, 5), max_size=40), st.lists(st.integers(1, 5), max_size=40))
def test_a_part_in_both_is_the_published_test(
    scores: list[tuple[int, int]], more_first: list[int], more_second: list[int]
) -> None:
    """Derrick and others, 2017: t_new of partially overlapping samples, unequal variances."""
    first, second = ([pair[wave] for pair in scores] for wave in (0, 1))
    both = np.array(first), np.array(second)
    x, y = np.array([*first, *more_first]), np.array([*second, *more_second])
    sd = both[0].std(), both[1].std()
    r = float(np.corrcoef(*both)[0, 1]) if min(sd) > 0 else 0.0
    n_c, n_1, n_2 = len(scores), len(x), len(y)
    v_1, v_2 = x.var(ddof=1) / n_1, y.var(ddof=1) / n_2
    squared = v_1 + v_2 - 2 * r * x.std(ddof=1) * y.std(ddof=1) * n_c / (n_1 * n_2)
    one, two = csat([int(s) for s in x]), csat([int(s) for s in y])
    overlap = overlap_of([Pair(pair) for pair in scores], (one, two), None)
    assert overlap is not None
    found = paired_test(one, two, overlap)
    assert found is not None
    if squared < 1e-9:
        return
    gamma = (v_1 + v_2) ** 2 / (v_1**2 / (n_1 - 1) + v_2**2 / (n_2 - 1))
    n_a, n_b = n_1 - n_c, n_2 - n_c
    df = (n_c - 1) + (gamma - n_c + 1) / (n_a + n_b + 2 * n_c) * (n_a + n_b)
    t = (y.mean() - x.mean()) / math.sqrt(squared)
    assert found.p == pytest.approx(2 * stats.t.sf(abs(t), df), abs=1e-7)


def test_people_who_keep_their_opinion_make_a_small_change_plain() -> None:
    rng = np.random.default_rng(4)
    first = [int(score) for score in rng.integers(1, 5, 80)]
    second = [min(5, score + int(rng.random() < 0.25)) for score in first]
    (apart,) = changes(csat(first), csat(second), [])
    pairs = [Pair(pair) for pair in zip(first, second, strict=True)]
    (paired,) = changes(csat(first), csat(second), pairs)
    assert (paired.in_both, apart.in_both) == (80, 0)
    assert paired.difference == apart.difference
    assert paired.p < 0.001 < 0.05 < apart.p
    assert paired.low95 > 0 > apart.low95


def test_the_weights_and_the_mix_of_segments_count_in_pairs() -> None:
    pairs = [Pair((n % 5 + 1, n % 4 + 1), (1.0, 1.0), (SegmentId("a"), SegmentId("a")))
             for n in range(20)]  # fmt: skip
    counts = csat([p.scores[0] for p in pairs]), csat([p.scores[1] for p in pairs])
    plain = overlap_of(pairs, counts, None)
    same = overlap_of(pairs, counts, ({SegmentId("a"): 1.0}, {SegmentId("a"): 1.0}))
    assert plain == same
    elsewhere = [replace(p, segments=(SegmentId("a"), SegmentId("b"))) for p in pairs]
    assert overlap_of(elsewhere, counts, ({SegmentId("a"): 1.0}, {SegmentId("a"): 1.0})) is None


def test_pairs_are_who_answered_once_in_each_quarter(ws: Workspace) -> None:
    first, second = side(ws, "2026Q3", table("2026Q3")), side(ws, "2026Q4", table("2026Q4"))
    assert pairs_between(first, second) == {}
    rows = first.tables[0].rows
    names = [f"r{n}" for n in range(rows)]
    twice = ["", "r1", *names[1:]][:rows]
    one = replace(first, respondents=(names,))
    two = replace(second, respondents=(twice,))
    found = pairs_between(one, two)
    assert found.keys() == first.tables[0].answers.keys()
    scores = first.tables[0].answers[QuestionId("q0")], second.tables[0].answers[QuestionId("q0")]
    # r0 did not come again, r1 came twice; all others stand one row lower.
    expected = [(int(scores[0][n]), int(scores[1][n + 1])) for n in range(2, rows - 1)]
    assert [pair.scores for pair in found[QuestionId("q0")]] == expected
    assert pairs_between(replace(one, complete=False), two) == {}
    assert pairs_between(one, replace(two, complete=False)) == {}


@pytest.mark.parametrize("share", [0.5, 1.0])
def test_a_panel_without_change_claims_no_more_than_others(share: float) -> None:
    found = [
        any(row.significant for row in two_waves_of_a_panel(rng, 100, share))
        for rng in (np.random.default_rng([6, world]) for world in range(300))
    ]
    # 300 quarters at a true 7 %: more than 11 % in one of a thousand tests.
    assert fmean(found) <= 0.11
