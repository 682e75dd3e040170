"""Packs pick and order what is there, one per leader, and never make a figure up."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.metrics import Metric
from journey.metrics.score import MetricResult
from journey.model.assumptions import Assumptions
from journey.model.evidence import Kpi, Observation, Question
from journey.model.improvement import Improvement
from journey.model.map import Journey, PainPoint, Touchpoint
from journey.model.people import Leader
from journey.model.quarter import Quarter
from journey.model.workspace import Workspace, WorkspaceInfo
from journey.priority.result import Basis, Level, RankedItem, Ranking
from journey.report import Pack, build_packs
from journey.report.axis import axis_of
from journey.report.pack import Ask, Figure
from journey.report.words import LANGUAGES, Words


def item(
    rank: int | None, leader: str | None = "a", level: str = "A", **more: object
) -> RankedItem:
    """Return a row of level A worth 1,000 divided by its rank, for ten days of work."""
    value = None if rank is None or level > "B" else 1000.0 / rank
    key = f"p{rank}-{leader}" if "pain_point" not in more else str(more.pop("pain_point"))
    row = RankedItem(
        rank, key, key, "t", "Step", "Stage", leader, leader or "", None, "", Level(level),
        value, value, value, value, value, None, None, None, None, None, 10.0, False,
        None, 0.5, 0.5, rank, rank, 0.1, 0.1, 100, "", "",
    )  # fmt: skip
    return replace(row, **more)


def ranking(*items: RankedItem, **more: object) -> Ranking:
    made = Ranking(
        "2026Q4", True, 7, 1000, "1", Basis.MONEY, "kept_per_1000", "EUR",
        Assumptions(top_k=5).figures(), items,
    )  # fmt: skip
    return replace(made, **more)


@pytest.fixture
def ws() -> Workspace:
    found = Workspace(entities=[WorkspaceInfo(name="Bank", minimum_n=5)])
    found.put(Leader("a", "Ada", "Onboarding"))
    found.put(Leader("b", "Bo"))
    found.put(Journey("j", "Account"))
    found.put(Touchpoint("t", "j", "Step"))
    found.put(Touchpoint("u", "j", "Other", owner="b"))
    return found


@dataclass(frozen=True, slots=True)
class Row:
    touchpoint: str | None
    question: Question
    segment: str | None
    result: MetricResult


def build(ws: Workspace, made: Ranking, rows: list[Row] | None = None) -> tuple[Pack, ...]:
    return build_packs(
        ws,
        made,
        rows or [],
        quarter="2026Q4",
        generated_on=date(2027, 1, 4),
        content_sha256="ab",
    )


OWNERS = st.sampled_from(["a", "b", "zoë", None])


@given(owners=st.lists(OWNERS, max_size=30), unranked=st.lists(OWNERS, max_size=5))
def test_every_row_stands_in_exactly_one_pack(
    owners: list[str | None], unranked: list[str | None]
) -> None:
    items = [item(rank, owner) for rank, owner in enumerate(owners, start=1)]
    items += [item(None, o, "F", pain_point=f"f{i}") for i, o in enumerate(unranked)]
    packs = build(Workspace(), ranking(*items))
    assert sorted(r.item.pain_point for p in packs for r in p.all_rows) == sorted(
        i.pain_point for i in items
    )
    assert [p.leader for p in packs].count(None) == (None in owners + unranked)
    for pack in packs:
        assert {row.item.leader for row in pack.all_rows} == {pack.leader}
        assert pack.rows == pack.all_rows[:10]
        assert pack.rows_in_all == len(items)
        ranks = [row.item.rank or 10**6 for row in pack.all_rows]
        assert ranks == sorted(ranks)


def test_packs_come_by_name_and_the_unassigned_last(ws: Workspace) -> None:
    items = (item(1, None), item(2, "b", leader_name="Bo"), item(3, "a", leader_name="Ada"))
    packs = build(ws, ranking(*items))
    assert [pack.leader_name for pack in packs] == ["Ada", "Bo", ""]
    assert packs[0].leader_role == "Onboarding"


def test_no_rows_no_packs(ws: Workspace) -> None:
    assert build(ws, ranking()) == ()


def test_the_decision_asks_for_rows_among_the_first(ws: Workspace) -> None:
    pack = build(ws, ranking(item(1), item(4), item(6)))[0]
    assert pack.decision.ask is Ask.APPROVE
    assert [row.item.rank for row in pack.decision.rows] == [1, 4]
    assert [row.asked for row in pack.rows] == [True, True, False]
    assert pack.decision.effort_days == 20


def test_an_improvement_that_serves_two_rows_is_done_once(ws: Workspace) -> None:
    pack = build(ws, ranking(item(1, improvement="i"), item(2, improvement="i"), item(3)))[0]
    assert pack.decision.effort_days == 20


@pytest.mark.parametrize(
    ("rows", "ask", "ranks"),
    [
        ((item(7), item(9)), Ask.NEAREST, [7]),
        ((item(1, level="E"), item(2, level="E")), Ask.MEASURE, [1]),
        ((item(None, level="F"),), Ask.MEASURE, [None]),
        ((item(1, level="D", index_mean=2.0),), Ask.APPROVE, [1]),
        # No evidence that fixing helps: no figure, so nothing to approve.
        ((item(1, value_mean=None),), Ask.MEASURE, [1]),
        ((item(1), item(2, value_mean=-9.0, no_evidence=True)), Ask.APPROVE, [1]),
        ((item(1, value_mean=-9.0, no_evidence=True),), Ask.MEASURE, [1]),
    ],
)
def test_what_is_asked_follows_what_is_known(
    ws: Workspace, rows: tuple[RankedItem, ...], ask: Ask, ranks: list[int | None]
) -> None:
    decision = build(ws, ranking(*rows))[0].decision
    assert decision.ask is ask
    assert [row.item.rank for row in decision.rows] == ranks


def test_a_figure_is_in_the_unit_of_its_list_or_absent(ws: Workspace) -> None:
    rows = (item(1), item(2, level="D", index_mean=3.0, index_low80=1.0))
    money = build(ws, ranking(*rows))[0]
    assert [row.figure and row.figure.mean for row in money.rows] == [1000.0, None]
    index = build(ws, ranking(*rows, basis=Basis.INDEX))[0]
    assert [row.figure and row.figure.mean for row in index.rows] == [None, 3.0]
    order = build(ws, ranking(*rows, basis=Basis.ORDER))[0]
    assert [row.figure for row in order.rows] == [None, None]
    assert order.axis is None


def metric(kind: Metric, n: int, value: float, segment: str | None = None, at: str = "t") -> Row:
    question = Question(f"{kind}-{n}", at, f"{kind} {n}", kind.value, (0, 10))
    return Row(at, question, segment, MetricResult(kind, n, float(n), value, grade="normal"))


def test_the_leading_question_is_nps_then_the_one_with_most_answers(ws: Workspace) -> None:
    rows = [
        metric(Metric.CSAT, 900, 4.1),
        metric(Metric.NPS, 40, 3.0),
        metric(Metric.NPS, 60, 5.0),
        metric(Metric.NPS, 500, 9.0, segment="young"),
        metric(Metric.NPS, 800, 7.0, at="u"),
    ]
    pack = build(ws, ranking(item(1)), rows)[0]
    assert pack.rows[0].metric is not None
    assert pack.rows[0].metric.value == 5.0
    assert [fact.n for fact in pack.metrics] == [900, 40, 60, 500]
    assert pack.foot.answers == 1000


def test_a_leader_sees_the_touchpoints_they_own_too(ws: Workspace) -> None:
    rows = [metric(Metric.NPS, 800, 7.0, at="u"), metric(Metric.NPS, 40, 3.0)]
    packs = build(ws, ranking(item(1, "a"), item(2, "b", leader_name="Bo")), rows)
    assert [[f.touchpoint for f in p.metrics] for p in packs] == [["Step"], ["Other", "Step"]]


def test_kpis_take_the_latest_period_up_to_the_quarter(ws: Workspace) -> None:
    ws.put(Kpi("mine", "Finished", "t", target=75.0))
    ws.put(Kpi("company", "Health", None, better="lower", target=2.0))
    ws.put(Kpi("theirs", "Other", "u"))
    ws.put(Kpi("owned", "Owned", "u", owner="a"))
    for kpi, period, value in (
        ("mine", "2026Q3", 50.0),
        ("mine", "2026-11", 60.0),
        ("mine", "2026-12", 80.0),
        ("mine", "2027-01", 10.0),
        ("company", "2026-12", 1.0),
        ("company", "2026Q4", 2.5),
        ("owned", "spring", 1.0),
    ):
        ws.put(Observation(f"{kpi}{period}", kpi, period, value))
    pack = build(ws, ranking(item(1)))[0]
    found = {fact.name: (fact.period, fact.value, fact.met) for fact in pack.kpis}
    assert found == {
        "Finished": ("2026-12", 80.0, True),
        "Health": ("2026Q4", 2.5, False),
        "Owned": ("spring", 1.0, None),
    }


def test_fiscal_years_place_months(ws: Workspace) -> None:
    ws.put(replace(ws.info, fiscal_year_start_month=4))
    ws.put(Kpi("k", "Finished"))
    # With a year from April, January to March 2026 is the last quarter of 2026.
    ws.put(Observation("in", "k", "2026-03", 1.0))
    ws.put(Observation("after", "k", "2026-04", 2.0))
    assert build(ws, ranking(item(1)))[0].kpis[0].value == 1.0


def test_status_and_due_are_those_of_the_improvement(ws: Workspace) -> None:
    ws.put(PainPoint("p", "j", "P", "t"))
    ws.put(Improvement("i", "Fix", ("p",), status="planned", due=date(2027, 3, 1)))
    row = build(ws, ranking(item(1, improvement="i")))[0].rows[0]
    assert (row.status, row.due) == ("planned", date(2027, 3, 1))


def test_a_pack_says_how_its_figures_are_made(ws: Workspace) -> None:
    ws.put(Quarter("2026Q4", datetime(2027, 1, 3, 9, tzinfo=UTC)))
    pack = build(ws, ranking(item(1), draft=False))[0]
    assert (pack.foot.seed, pack.foot.draws, pack.foot.method_version) == (7, 1000, "1")
    assert (pack.draft, pack.frozen_on) == (False, date(2027, 1, 3))
    assert [(a.name, a.value, a.default) for a in pack.assumptions][-1] == ("top_k", 5, 5)


FINITE = st.floats(-1e12, 1e12).filter(lambda x: x == 0 or abs(x) > 1e-3)


@given(st.lists(st.lists(FINITE, min_size=5, max_size=5).map(sorted), min_size=1))
def test_the_axis_holds_every_interval_and_zero(ends: list[list[float]]) -> None:
    figures = [Figure(e[2], e[1], e[3], e[0], e[4]) for e in ends]
    axis = axis_of(figures)
    assert axis is not None
    assert axis.low <= 0 <= axis.high
    assert all(axis.low <= e[0] and e[4] <= axis.high for e in ends)
    assert 0 in axis.ticks
    assert 2 <= len(axis.ticks) <= 7
    assert list(axis.ticks) == sorted(axis.ticks)


def test_no_figure_no_axis() -> None:
    assert axis_of([None]) is None


def test_every_language_has_only_known_words() -> None:
    for words in LANGUAGES.values():
        assert words.keys() <= LANGUAGES["en"].keys()


def test_every_assumption_and_level_has_words() -> None:
    words = Words("nb")  # not there yet: English
    assert all(" " in words.assumption(n) or n == "x" for n in Assumptions().figures())
    assert words.assumption("from_another_version") == "from another version"
    assert words.level(Level.B) == "link to leaving assumed"
    assert words.status("planned") == "planned"
    assert words.status("{0}") == "{0}"
    with pytest.raises(KeyError):
        words("nothing of this name")
