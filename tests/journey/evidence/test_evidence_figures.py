"""The Evidence screen's figures: trends judged, segments safe, alerts, plans, codings."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.evidence.alerts import alerts, expectation
from journey.evidence.answers import AnswerPart, Answers
from journey.evidence.coding import CommentRule, RowCoding, shown_pain_points, toggled
from journey.evidence.figures import figures
from journey.evidence.planner import plan
from journey.evidence.segments import hidden_cells, segment_cells
from journey.evidence.series import kpi_series
from journey.metrics.counts import ScoreCounts, count_scores
from journey.metrics.kinds import Metric, MetricError
from journey.metrics.sample_size import answers_for_margin, answers_per_wave
from journey.model.evidence import Kpi, Observation, Question
from journey.model.ids import (
    KpiId,
    ObservationId,
    PainPointId,
    QuestionId,
    SegmentId,
    SurveyId,
    TouchpointId,
)
from journey.model.people import Segment
from journey.model.template import new_workspace
from journey.model.workspace import Workspace

TOUCHPOINT = TouchpointId("delivery")
NPS = Question(QuestionId("q-nps"), TOUCHPOINT, "Recommend?", "nps", (0, 10))
CSAT = Question(QuestionId("q-csat"), TOUCHPOINT, "Satisfied?", "csat", (1, 5))
A, B, C = SegmentId("a"), SegmentId("b"), SegmentId("c")


def workspace(*questions: Question) -> Workspace:
    ws = new_workspace("Bank")
    for question in questions:
        ws.put(replace(question, touchpoint=None))
    for segment in (A, B, C):
        ws.put(Segment(segment, segment.upper()))
    return ws


def nps(detractors: int, passives: int, promoters: int) -> ScoreCounts:
    return count_scores([3] * detractors + [7] * passives + [10] * promoters, Metric.NPS)


def part(
    question: Question, period: int, counts: ScoreCounts, segment: object = None
) -> AnswerPart:
    return AnswerPart(question.id, period, segment, counts)  # type: ignore[arg-type]


def test_figures_are_of_the_quarter_and_the_trend_of_all_before_it() -> None:
    ws = workspace(NPS)
    answers = Answers(
        [part(NPS, 20261, nps(10, 10, 20)), part(NPS, 20262, nps(20, 10, 10)),
         part(NPS, 20263, nps(0, 0, 40))]
    )  # fmt: skip
    found = figures(ws, answers, "2026Q2")
    (row,) = found.by_touchpoint[None]
    assert found.quarter == "2026Q2"
    assert found.quarters == ("2026Q1", "2026Q2", "2026Q3")
    assert found.answers == row.result.n == 40
    assert row.result.value == -25.0
    assert [point.quarter for point in row.trend] == ["2026Q1", "2026Q2"]
    assert [(c.name, c.n) for c in row.classes] == [
        ("detractors", 20), ("passives", 10), ("promoters", 10),
    ]  # fmt: skip


def test_a_step_is_marked_only_where_it_survives_all_tests_together() -> None:
    sure = [part(NPS, 20261, nps(0, 0, 60)), part(NPS, 20262, nps(60, 0, 0))]
    (row,) = figures(workspace(NPS), Answers(sure)).by_touchpoint[None]
    assert row.last_step is not None
    assert row.last_step.step is not None
    assert row.last_step.step.changed
    assert row.last_step.step.better is False
    # p = 0.03 alone would pass; among nineteen questions that did not move it does not.
    many = [replace(NPS, id=QuestionId(f"q{i}")) for i in range(20)]
    parts = []
    for i, question in enumerate(many):
        moved = nps(30, 10, 60) if i == 0 else nps(40, 10, 50)
        parts += [part(question, 20261, nps(44, 12, 44)), part(question, 20262, moved)]
    rows = figures(workspace(*many), Answers(parts)).by_touchpoint[None]
    first = next(row for row in rows if row.question.id == many[0].id)
    assert first.last_step is not None
    assert first.last_step.step is not None
    assert first.last_step.step.p is not None
    assert 0.01 < first.last_step.step.p < 0.05
    assert not any(r.last_step and r.last_step.step and r.last_step.step.changed for r in rows)


def test_under_the_minimum_n_no_score_is_told() -> None:
    (row,) = figures(workspace(NPS), Answers([part(NPS, 20261, nps(1, 1, 2))])).by_touchpoint[None]
    assert row.result.n == 4
    assert row.result.value is None
    assert row.result.distribution == {}
    assert row.classes == ()
    assert row.trend[0].result.value is None


@given(
    st.dictionaries(
        st.sampled_from([A, B, C, None]), st.tuples(*[st.integers(0, 12)] * 3), min_size=1
    ),
    st.integers(1, 12),
)
def test_no_hidden_segment_can_be_worked_out(
    sizes: dict[SegmentId | None, tuple[int, int, int]], minimum_n: int
) -> None:
    cells = segment_cells({s: nps(*n) for s, n in sizes.items()}, [A, B, C], minimum_n)
    hidden = [cell for cell in cells if cell.hidden]
    assert sum(cell.n for cell in cells) == sum(map(sum, sizes.values()))
    for cell in cells:
        assert (cell.result is None) == bool(cell.hidden)
        assert cell.hidden == "too_few" or cell.n >= minimum_n
    if hidden and len(hidden) < len(cells):
        assert len(hidden) > 1
        assert sum(cell.n for cell in hidden) >= minimum_n


def test_a_segment_alone_under_the_minimum_takes_the_smallest_other_with_it() -> None:
    cells = segment_cells({A: nps(5, 5, 30), B: nps(1, 1, 1), C: nps(2, 3, 4)}, [A, B, C], 5)
    assert [cell.hidden for cell in cells] == ["", "too_few", "complement"]


def test_a_fall_beyond_its_own_history_is_told_and_a_rise_is_not() -> None:
    steady = [part(NPS, p, nps(20, 20, 60)) for p in (20254, 20261, 20262)]
    ws = workspace(NPS)
    assert not alerts(ws, Answers([*steady, part(NPS, 20263, nps(24, 20, 56))]), 20263)
    assert not alerts(ws, Answers([*steady, part(NPS, 20263, nps(0, 0, 100))]), 20263)
    (fell,) = alerts(ws, Answers([*steady, part(NPS, 20263, nps(60, 20, 20))]), 20263)
    assert fell.value == -40.0
    assert fell.expected == pytest.approx(40.0)
    assert fell.value < fell.low < 40.0 < fell.high
    assert fell.history == 3
    # Of a history that went up and down by itself, the same figure is no news.
    wild = [part(NPS, 20254, nps(60, 20, 20)), part(NPS, 20261, nps(5, 5, 90)),
            part(NPS, 20262, nps(50, 20, 30))]  # fmt: skip
    assert not alerts(ws, Answers([*wild, part(NPS, 20263, nps(60, 20, 20))]), 20263)


def test_one_quarter_before_is_no_history_and_low_good_falls_upwards() -> None:
    ws = workspace(NPS)
    short = [part(NPS, 20262, nps(20, 20, 60)), part(NPS, 20263, nps(90, 5, 5))]
    assert not alerts(ws, Answers(short), 20263)
    effort = replace(CSAT, metric="ces1", higher_is_better=False)

    def ces(low: int, high: int) -> ScoreCounts:
        return count_scores([1] * low + [5] * high, Metric.CES1)

    rows = [part(effort, p, ces(80, 20)) for p in (20254, 20261, 20262)]
    (fell,) = alerts(workspace(effort), Answers([*rows, part(effort, 20263, ces(20, 80))]), 20263)
    assert fell.value > fell.high


@pytest.mark.parametrize("drift", [0.0, 0.06])
def test_without_a_fall_few_quarters_alarm(drift: float) -> None:
    """Level drifting or not, at most about 5 % of the new figures lie beyond the interval."""
    chance = random.Random(5)
    beyond = 0
    worlds = 400
    for _ in range(worlds):
        waves = []
        for _ in range(6):
            share = min(max(0.5 + chance.gauss(0.0, drift), 0.05), 0.95)
            happy = sum(chance.random() < share for _ in range(120))
            waves.append(nps(120 - happy, 0, happy))
        found = expectation(waves[:-1], waves[-1])
        assert found is not None
        beyond += found.p < 0.05
    assert beyond / worlds < 0.085


def test_the_planner_takes_last_quarters_spread_and_else_the_worst_case() -> None:
    known = nps(60, 60, 80)
    made = plan(known, 8.0, 10.0)
    variance = 0.7 - 0.1**2
    assert made.for_margin == answers_for_margin(8.0, variance)
    assert made.per_wave == answers_per_wave(10.0, variance)
    assert not made.assumed
    worst = plan(nps(1, 1, 1), 10.0, 10.0)
    assert worst.assumed
    assert worst.for_margin == 382  # docs: margin ±10 in the worst case
    mean = plan(count_scores([1, 5] * 50, Metric.CSAT), 0.2, 0.3)
    assert mean.for_margin == 389  # (1.96 · 2.01 / 0.2)²
    assert mean.per_wave > mean.for_margin
    with pytest.raises(MetricError):
        plan(known, 0.0, 1.0)


def test_a_series_is_in_order_and_met_by_its_direction() -> None:
    ws = new_workspace("Bank")
    ws.put(Kpi(KpiId("k"), "Days", None, unit="d", better="lower", target=4.0))
    for period, value in (("2026-02", 3.5), ("2026-01", 6.0)):
        ws.put(Observation(ObservationId(period), KpiId("k"), period, value))
    (series,) = kpi_series(ws, None)
    assert [o.value for o in series.observations] == [6.0, 3.5]
    assert series.met is True
    assert series.latest is not None
    assert series.latest.period == "2026-02"
    assert kpi_series(ws, TOUCHPOINT) == ()


def test_a_rule_reads_like_a_mapping_and_ignores_empty_words() -> None:
    rule = CommentRule(PainPointId("p"), ("  Too   slow ", "", "LATE"))
    assert rule.used == ("too slow", "late")
    assert rule.matches("It came LATE again")
    assert not rule.matches("slow, too")
    assert not CommentRule(PainPointId("p"), ("", " ")).matches("anything")


@given(st.lists(st.sampled_from(["p", "q", "r"]), max_size=8), st.sets(st.sampled_from("pq")))
def test_ticks_turn_over_and_a_pair_of_them_leaves_nothing(ticks: list[str], had: set[str]) -> None:
    stored = [PainPointId(p) for p in sorted(had)]
    place = (SurveyId("s"), 3)
    codings: dict[tuple[SurveyId, int], RowCoding] = {}
    expected = set(stored)
    for tick in ticks:
        codings = toggled(codings, place, PainPointId(tick), stored)
        expected ^= {PainPointId(tick)}
        assert set(shown_pain_points(stored, codings.get(place))) == expected
    assert (place in codings) == (expected != set(stored))


@given(st.lists(st.integers(1, 20), min_size=1, max_size=6), st.integers(0, 20), st.integers(1, 12))
def test_neither_a_cell_nor_what_is_left_beside_the_cells_can_be_worked_out(
    sizes: list[int], rest: int, minimum_n: int
) -> None:
    hidden = hidden_cells(sizes, [n < minimum_n for n in sizes], minimum_n, rest=rest)
    unknown = [n for n, why in zip(sizes, hidden, strict=True) if why]
    if 0 < rest < minimum_n:
        unknown.append(rest)
    if unknown and not all(hidden):
        assert len(unknown) > 1
        assert sum(unknown) >= minimum_n
    assert all(why or n >= minimum_n for n, why in zip(sizes, hidden, strict=True))
