"""Touchpoint changes: one family of tests, one mix of segments, and what luck takes back."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.metrics.counts import ScoreCounts, count_scores
from journey.metrics.intervals import benjamini_hochberg
from journey.metrics.kinds import Metric
from journey.metrics.significance import change_test
from journey.model.evidence import Question
from journey.model.ids import QuestionId, SegmentId, TouchpointId
from journey.quarter.baseline import Noisy, noisy, shrunk
from journey.quarter.record import SegmentCounts
from journey.quarter.touchpoints import Asked, same_mix, touchpoint_changes

Q = QuestionId("q")
CLASSES = st.tuples(*[st.integers(0, 40)] * 3).filter(lambda classes: sum(classes) >= 5)
# Efron and Morris, 1975: hits of 18 players in their first 45 times at bat.
HITS = (18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7)


def nps(promoters: int, passives: int, detractors: int) -> ScoreCounts:
    """Return an NPS question's answers."""
    return count_scores([10] * promoters + [8] * passives + [3] * detractors, Metric.NPS)


def asked(*questions: Question, minimum: int = 5, trend: int = 30, rate: float = 0.05) -> Asked:
    """Return what both quarters asked."""
    known = {q.id: (q, f"At {q.touchpoint}") for q in questions}
    return Asked(known, minimum, trend, rate)


def question(name: str = "q", metric: str = "nps", **more: object) -> Question:
    """Return a question at a touchpoint."""
    scale = (0, 10) if metric == "nps" else (1, 5)
    made = Question(QuestionId(name), TouchpointId("t"), "How?", metric, scale)
    return replace(made, **more)  # type: ignore[arg-type]


def row(counts: ScoreCounts, name: str = "q", segment: str | None = None) -> SegmentCounts:
    """Return one segment's answers to one question."""
    return SegmentCounts(QuestionId(name), SegmentId(segment) if segment else None, counts)


def test_the_published_example_of_two_waves() -> None:
    (found,) = touchpoint_changes([row(nps(40, 30, 30))], [row(nps(50, 30, 20))], asked(question()))
    assert found.difference == pytest.approx(20.0)
    assert (found.value_from, found.value_to) == (pytest.approx(10.0), pytest.approx(30.0))
    assert found.p == pytest.approx(0.0832, abs=5e-5)
    assert not found.significant
    assert found.better
    assert found.low95 is not None
    assert found.low95 < 0 < (found.high95 or 0)


def test_all_questions_are_one_family() -> None:
    pairs = {f"q{i}": (nps(40, 30, 30), nps(40 + 2 * i, 30, 30 - 2 * i)) for i in range(12)}
    found = touchpoint_changes(
        [row(a, name) for name, (a, _) in pairs.items()],
        [row(b, name) for name, (_, b) in pairs.items()],
        asked(*(question(name) for name in pairs)),
    )
    tests = [change_test(a, b) for a, b in pairs.values()]
    expected = benjamini_hochberg([t.p for t in tests if t is not None], 0.05)
    assert tuple(r.significant for r in found) == expected
    alone = [t.p < 0.05 for t in tests if t is not None]
    assert 0 < sum(expected) < sum(alone)


def test_another_mix_of_people_is_no_change() -> None:
    happy, sad = nps(90, 5, 5), nps(10, 10, 80)
    many = {s: replace(c, counts={k: 9 * n for k, n in c.counts.items()}) for s, c in
            (("happy", happy), ("sad", sad))}  # fmt: skip
    first = [row(many["happy"], segment="happy"), row(sad, segment="sad")]
    second = [row(happy, segment="happy"), row(many["sad"], segment="sad")]
    (found,) = touchpoint_changes(first, second, asked(question()))
    assert found.difference == pytest.approx(0.0, abs=1e-9)
    assert not found.significant
    assert found.raw_from is not None
    assert found.raw_to is not None
    assert found.raw_to - found.raw_from < -80
    assert found.p == pytest.approx(1.0, abs=0.02)


def test_a_segment_of_one_quarter_only_is_left_out_and_told() -> None:
    first = [row(nps(40, 30, 30), segment="a"), row(nps(0, 0, 50), segment="gone")]
    second = [row(nps(40, 30, 30), segment="a")]
    (found,) = touchpoint_changes(first, second, asked(question()))
    assert found.left_out == 50
    assert found.difference == pytest.approx(0.0)
    before, after, left = same_mix({None: nps(5, 5, 5)}, {SegmentId("b"): nps(1, 1, 1)})
    assert (before.n, after.n, left) == (15, 3, 0)


def test_equal_mixes_are_left_as_they_are() -> None:
    parts = {SegmentId("a"): nps(8, 4, 2), SegmentId("b"): nps(3, 3, 3)}
    before, after, _ = same_mix(parts, parts)
    assert before == after
    assert before.weight is None


@pytest.mark.parametrize(("n", "told", "indicative"), [(4, False, False), (6, True, True)])
def test_few_answers(n: int, told: bool, indicative: bool) -> None:
    (found,) = touchpoint_changes([row(nps(n, 0, 0))], [row(nps(0, 0, n))], asked(question()))
    assert (found.difference is not None) == told
    assert found.indicative == indicative
    assert (found.n_from, found.n_to) == (n, n)
    assert not found.changed


def test_a_question_that_was_changed_is_not_compared() -> None:
    first = count_scores([1, 2, 3, 4, 5] * 4, Metric.CSAT)
    second = count_scores([1, 2, 3, 4, 5] * 4, Metric.RATING)
    assert touchpoint_changes([row(first)], [row(second)], asked(question(metric="csat"))) == ()
    assert touchpoint_changes([row(first)], [], asked(question(metric="csat"))) == ()


def test_low_is_good_where_the_question_says_so() -> None:
    first, second = ([1, 2, 2, 3] * 20, [3, 4, 4, 5] * 20)
    counts = [count_scores(scores, Metric.CES1) for scores in (first, second)]
    effort = question(metric="ces1", higher_is_better=False)
    (found,) = touchpoint_changes([row(counts[0])], [row(counts[1])], asked(effort))
    assert found.significant
    assert found.better is False
    assert found.low95 is not None
    assert found.low95 > 0


def test_the_same_quarter_a_year_ago_stands_beside() -> None:
    rows = [row(nps(40, 30, 30))]
    (found,) = touchpoint_changes(rows, rows, asked(question()), [row(nps(60, 20, 20))])
    assert found.year_ago == pytest.approx(40.0)
    (found,) = touchpoint_changes(rows, rows, asked(question()))
    assert found.year_ago is None


def test_shrinking_gives_the_published_batting_averages() -> None:
    shares = [hits / 45 for hits in HITS]
    mean = sum(shares) / len(shares)
    # Equal errors: p(1 − p)/n at the grand mean, as published.
    found = shrunk([Noisy(share, mean * (1 - mean) / 45) for share in shares])
    assert mean == pytest.approx(0.2654, abs=5e-5)
    factor = (found[0] - mean) / (shares[0] - mean)
    assert factor == pytest.approx(0.212, abs=0.002)


def test_few_figures_and_equal_ones_stay() -> None:
    assert shrunk([]) == []
    assert shrunk([Noisy(3.0, 1.0), Noisy(9.0, 4.0), Noisy(5.0, 1.0)]) == [3.0, 9.0, 5.0]
    assert shrunk([Noisy(2.0, 0.0)] * 5) == pytest.approx([2.0] * 5)


def test_the_worst_of_fifteen_does_not_improve_by_itself() -> None:
    """Nothing changes, the worst is picked: its raw gain is luck, that on the baseline is none."""
    raw, fair = [], []
    for world in range(120):
        rng = np.random.default_rng([5, world])
        levels = rng.normal(10.0, 10.0, 15)
        waves = []
        for _ in range(2):
            promoters = (0.7 + levels / 100) / 2
            chances = np.stack([promoters, np.full(15, 0.3), 0.7 - promoters], axis=1)
            waves.append([nps(*map(int, rng.multinomial(50, chance))) for chance in chances])
        names = [f"q{i:02}" for i in range(15)]
        found = touchpoint_changes(
            [row(c, name) for name, c in zip(names, waves[0], strict=True)],
            [row(c, name) for name, c in zip(names, waves[1], strict=True)],
            asked(*(question(name) for name in names)),
        )
        worst = min(found, key=lambda r: r.value_from or 0.0)
        assert worst.value_to is not None
        assert worst.value_from is not None
        assert worst.baseline is not None
        raw.append(worst.value_to - worst.value_from)
        fair.append(worst.value_to - worst.baseline)
    assert np.mean(raw) > 10
    assert abs(float(np.mean(fair))) < 4


def test_one_answer_has_no_error() -> None:
    assert noisy(count_scores([3], Metric.CSAT)) is None
    assert noisy(count_scores([], Metric.NPS)) is None


@given(CLASSES, CLASSES)
def test_the_interval_lies_around_the_difference_and_agrees_with_the_test(
    first: tuple[int, int, int], second: tuple[int, int, int]
) -> None:
    (found,) = touchpoint_changes([row(nps(*first))], [row(nps(*second))], asked(question()))
    assert found.difference is not None
    assert found.low95 is not None
    assert found.high95 is not None
    assert found.p is not None
    if found.low95 > -200.0 and found.high95 < 200.0:
        assert (found.low95 + found.high95) / 2 == pytest.approx(found.difference, abs=1e-9)
    if abs(found.p - 0.05) > 1e-9:
        assert (found.low95 > 0 or found.high95 < 0) == (found.p < 0.05)


def test_quarters_of_different_sizes_and_one_truth_show_no_difference() -> None:
    """Three added answers draw the smaller quarter nearer to 0: that is no change."""
    few, many = nps(16, 3, 1), nps(1600, 300, 100)
    (found,) = touchpoint_changes([row(few)], [row(many)], asked(question()))
    assert found.difference == pytest.approx(0.0)
    assert found.p == pytest.approx(1.0)
    assert found.low95 == pytest.approx(-(found.high95 or 0.0))
