"""The tree writes every figure once: what a row says is what its figures are."""

from dataclasses import replace
from datetime import date

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
from journey.model.workspace import Workspace, WorkspaceInfo
from journey.priority.result import Basis, Level, RankedItem, Ranking
from journey.report import Around, Report, build_report
from journey.report.around import Before, Outcome, RowBefore
from journey.report.figures import MINUS, THIN
from journey.report.pack import Figure, MetricChange, RankChange
from journey.report.rows import amount, score_text, signed

MONEY = st.floats(-5e7, 5e7).map(lambda value: round(value, 2))


def item(rank: int | None, pain: str, value: float | None = 1000.0, **more: object) -> RankedItem:
    low = None if value is None else value - 200
    high = None if value is None else value + 300
    row = RankedItem(
        rank, pain, f"Title {pain}", "t", "Step", "Stage", "a", "Ada", None, "", Level.A,
        value, low, high, low, high, None, None, None, None, None, 12.0, False,
        1.0, 0.5, 0.5, rank, rank, 0.1, 0.1, 100, f"Why {pain}.", f"Not higher: {pain}.",
    )  # fmt: skip
    return replace(row, **more)


class Row:
    """A metric row as the evidence gives it."""

    def __init__(self, metric: Metric, value: float, n: int = 50) -> None:
        self.touchpoint = "t"
        self.question = Question("q", "t", "Asked", metric.value, (0, 10))
        self.segment = None
        self.result = MetricResult(metric, n, float(n), value, margin=4.6, grade="normal")


def report(
    *items: RankedItem,
    around: Around | None = None,
    basis: Basis = Basis.MONEY,
    ws: Workspace | None = None,
    rows: tuple[Row, ...] = (),
) -> Report:
    ranking = Ranking(
        "2026Q4", True, 7, 1000, "1", basis, "kept_per_1000", "EUR",
        Assumptions(top_k=5).figures(), items,
    )  # fmt: skip
    return build_report(
        ws or workspace(),
        ranking,
        rows,
        quarter="2026Q4",
        generated_on=date(2027, 1, 4),
        content_sha256="ab" * 32,
        around=around,
    )


def workspace() -> Workspace:
    ws = Workspace(entities=[WorkspaceInfo(name="Bank")])
    ws.put(Leader("a", "Ada", "Onboarding"))
    ws.put(Journey("j", "Account"))
    ws.put(Touchpoint("t", "j", "Step", owner="a"))
    return ws


def number_in(text: str) -> float:
    return float(text.replace(THIN, "").replace(MINUS, "-"))


@given(st.lists(MONEY, min_size=1, max_size=12))
def test_what_a_row_says_is_its_figure_in_the_lists_unit(values: list[float]) -> None:
    pack = report(*(item(n, f"p{n}", v) for n, v in enumerate(values, 1))).packs[0]
    assert len({row.text.value.split(" ")[-1] for row in pack.all_rows}) == 1, "one unit"
    widest = max(abs(end) for row in pack.rows if row.figure for end in
                 (row.figure.low95 or 0.0, row.figure.high95 or 0.0))  # fmt: skip
    scale = 1e6 if widest >= 1e7 else 1e3 if widest >= 1e4 else 1.0
    for row in pack.all_rows:
        assert row.figure is not None
        wanted = row.figure.mean / scale
        assert number_in(row.text.bare) == pytest.approx(wanted, abs=0.51)
        assert row.text.value.startswith(row.text.bare)
        assert row.text.interval == f"{row.text.low} to {row.text.high}"


def test_the_decision_the_page_and_the_overview_show_one_text() -> None:
    found = report(item(1, "p1", 48_000.0), item(2, "p2", 36_000.0))
    pack, overview = found.packs[0], found.overview
    assert overview is not None
    assert [row.text for row in overview.rows] == [row.text for row in pack.rows]
    assert [row.text for row in pack.decision.rows] == [row.text for row in pack.rows]
    assert "rank 1 about 48 k€ (80 %: 48 to 48)" in pack.text.decision_detail
    assert pack.text.ticks[0] == "0"
    assert len(pack.text.ticks) == len(pack.axis.ticks) if pack.axis else False


def test_what_is_asked_for_is_told_together_where_that_is_known() -> None:
    joint = Figure(75_000.0, 60_000.0, 90_000.0, None, None)
    items = (item(1, "p1", 48_000.0), item(2, "p2", 36_000.0))
    pack = report(*items, around=Around(joint={"a": joint}, joint_all=joint)).packs[0]
    assert pack.text.decision == "Approve 24 days of work for ranks 1 and 2: together about 75 k€"
    assert "80 % interval 60 to 90 k€" in pack.text.decision_detail
    assert "Their sum is 84 k€" in pack.text.decision_detail


def before(**ranks: int | None) -> Before:
    rows = {key: RowBefore(rank, f"Title {key}", "a") for key, rank in ranks.items()}
    return Before("2026Q3", rows, {"q": MetricChange(-3.4, False, "2026Q3")})


def test_a_row_says_how_it_moved() -> None:
    items = (item(1, "up"), item(2, "down"), item(3, "same"), item(4, "new"), item(None, "off"))
    around = Around(before=before(up=5, down=1, same=3, gone=2, off=None))
    pack = report(*items, around=around, rows=(Row(Metric.NPS, -3.0),)).packs[0]
    told = [(row.change, row.text.change) for row in pack.all_rows]
    assert told == [
        (RankChange.UP, "was 5"),
        (RankChange.DOWN, "was 1"),
        (RankChange.SAME, "same"),
        (RankChange.NEW, "new"),
        (RankChange.UNKNOWN, ""),
    ]
    assert pack.gone == ("Title gone",)
    assert pack.text.change == (
        "New in the list: Title new.",
        "No longer in the list: Title gone.",
        "No metric changed beyond chance.",
    )
    assert pack.rows[0].text.since == "no evidence of change"
    assert pack.rows[0].text.since_detail == f"{MINUS}3 since 2026 Q3"
    assert pack.text.columns.since == "Since 2026 Q3"


def test_without_a_quarter_before_nothing_is_said_of_change() -> None:
    pack = report(item(1, "p1"), rows=(Row(Metric.NPS, 3.0),)).packs[0]
    assert pack.text.change == ()
    assert pack.text.columns.since == pack.rows[0].text.since == pack.rows[0].text.change == ""


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Outcome(Figure(9e3, 5e3, 12e3, None, None), 10e3), "inside the range"),
        (Outcome(Figure(9e3, 5e3, 12e3, None, None), 13e3), "above the range"),
        (Outcome(Figure(9e3, 5e3, 12e3, None, None), 4e3), "below the range"),
        (Outcome(Figure(9e3, 5e3, 12e3, None, None), None), "nothing observed yet"),
        (Outcome(None, 4e3), "nothing was predicted; observed"),
        (Outcome(None, None), "done 3 November 2026; nothing was predicted"),
    ],
)
def test_a_finished_improvement_says_what_was_predicted_and_what_came(
    outcome: Outcome, told: str
) -> None:
    ws = workspace()
    ws.put(PainPoint("p1", "j", "Letters are late", "t"))
    ws.put(Improvement("i", "Send a text", ("p1",), status="done", done_on=date(2026, 11, 3)))
    ws.put(Improvement("later", "Later", ("p1",), status="done", done_on=date(2027, 1, 3)))
    found = report(item(1, "p1", 20e3), ws=ws, around=Around(outcomes={"i": outcome}))
    (fix,) = found.packs[0].text.fixes
    assert fix.title == "Send a text"
    assert told in fix.sentence
    assert found.overview is not None
    assert found.overview.text.fixes == (fix,)
    known = outcome.predicted is not None and outcome.observed is not None
    assert found.overview.predictions == known
    assert found.done is not None
    assert [entry.text.said for entry in found.done.entries] == [("Letters are late",)]


def test_nothing_finished_no_page() -> None:
    assert report(item(1, "p1")).done is None
    assert report().overview is None


def test_a_target_for_a_metric_comes_from_a_kpi_of_its_touchpoint() -> None:
    ws = workspace()
    ws.put(Kpi("percent", "NPS share", "t", target=170.0))
    ws.put(Kpi("other", "Consensus", "t", target=3.0))
    ws.put(Kpi("nps", "NPS after step", "t", target=25.0))
    row = report(item(1, "p1"), ws=ws, rows=(Row(Metric.NPS, 12.4),)).packs[0].rows[0]
    assert row.metric_target == 25.0
    assert (row.text.metric, row.text.margin, row.text.answers) == ("+12", "±5", "50")
    assert row.text.target == "target +25"


def test_a_pack_page_tells_the_leaders_own_kpis() -> None:
    ws = workspace()
    ws.put(Kpi("mine", "Finished", "t", unit="%", target=75.0))
    ws.put(Kpi("all", "Health", None, target=7.0))
    ws.put(Observation("o", "mine", "2026Q4", 61.25))
    found = report(item(1, "p1"), ws=ws)
    pack = found.packs[0]
    assert [fact.own for fact in pack.kpis] == [False, True]
    (told,) = pack.text.kpis
    assert (told.value, told.target, told.period) == ("61.25 %", "target 75 %", "2026 Q4")
    assert told.reading == "short of target"
    assert found.overview is not None
    assert found.overview.leaders[0].text.kpis == "0 of 1"


def test_a_leader_without_a_name_is_told_as_such() -> None:
    ws = workspace()
    ws.put(Leader("a", "", ""))
    pack = report(item(1, "p1", leader_name=""), ws=ws).packs[0]
    assert pack.text.leader == "A leader without a name"


@given(st.floats(-100, 100))
def test_a_sign_stands_before_every_change_but_none(value: float) -> None:
    text = signed(value, 0)
    assert (text == "0") == (round(value) == 0)
    assert text[0] in "+0" + MINUS


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (61.2, "%", "61.2 %"),
        (4.0, "days", "4 days"),
        (0.126, "", "0.13"),
        (-2.5, "", f"{MINUS}2.5"),
    ],
)
def test_a_kpi_shows_the_decimals_it_has(value: float, unit: str, text: str) -> None:
    assert amount(value, unit) == text


def test_scores_keep_a_decimal_and_nps_does_not() -> None:
    assert score_text(Metric.NPS, 12.4) == "+12"
    assert score_text(Metric.CSAT, 4.06) == "4.1"
