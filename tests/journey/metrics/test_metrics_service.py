"""Service figures, health, survival, and the variants of churn and customer value."""

import math
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.metrics import MetricError, margin_multiple, wilson, yearly_churn
from journey.metrics.churn import churn_by_cause, renewal_churn, start_base_churn
from journey.metrics.churn_variants import (
    counted_churn,
    inactive_share,
    kpi_churn,
    over_a_year,
    survey_churn,
)
from journey.metrics.clv_variants import ClvInputs, clv_variants
from journey.metrics.engagement import engagement
from journey.metrics.fcr import Issue, first_contact_resolution
from journey.metrics.health_score import Component, health_score, predicts_churn
from journey.metrics.referral import acquisition_cost, referred_share, referring_share
from journey.metrics.response_time import quantile, response_times
from journey.metrics.sbg import ShiftedBetaGeometric
from journey.metrics.standard_kpis import STANDARD_KPIS, recognised, standard_kpi
from journey.metrics.survival import survival_curve

NOW = datetime(2026, 11, 22, 12)
HOURS = st.floats(0.0, 500.0)


def _day(days: float) -> datetime:
    return NOW - timedelta(days=days)


def test_first_contact_resolution_leaves_young_issues_out() -> None:
    issues = [
        Issue(_day(30), True),
        Issue(_day(30), True, _day(25)),  # came back within the week
        Issue(_day(30), True, _day(10)),  # another issue
        Issue(_day(30), False),
        Issue(_day(3), True),  # has had no week yet
    ]
    found = first_contact_resolution(issues, NOW)
    assert found is not None
    assert (found.resolved, found.share.n, found.too_young) == (2, 4, 1)
    assert found.share.value == 0.5
    assert (found.share.low, found.share.high) == wilson(2, 4)
    assert first_contact_resolution([Issue(_day(1), True)], NOW) is None


@given(st.lists(HOURS), st.lists(HOURS))
def test_waiting_tickets_count_once_they_are_late(done: list[float], waiting: list[float]) -> None:
    found = response_times(done, waiting)
    late = [hours for hours in waiting if hours >= 2.0]
    assert (found.waiting_late, found.left_out) == (len(late), len(waiting) - len(late))
    n = len(done) + len(late)
    if n:
        assert found.in_time is not None
        assert found.in_time.value == sum(h < 2.0 for h in done) / n
    else:
        assert found.in_time is None
    assert (found.median is None) == (not done)


def test_quantiles_are_those_of_spreadsheets() -> None:
    assert quantile([4, 1, 3, 2], 0.5) == 2.5
    assert quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 0.9) == 10
    assert quantile([], 0.5) is None
    with pytest.raises(MetricError):
        response_times([-1.0])


def test_winning_customers() -> None:
    assert acquisition_cost(50_000, 200) == 250
    assert acquisition_cost(50_000, 0) is None
    asked, new = referring_share(12, 80), referred_share(30, 200)
    assert asked is not None
    assert new is not None
    assert (asked.value, new.value) == (0.15, 0.15)
    assert referring_share(0, 0) is None


def test_engagement_is_per_customer() -> None:
    found = engagement({"a": 1, "b": 9, "c": 0, "d": 2}, 10)
    assert found.engaged is not None
    assert found.engaged.value == 0.3
    assert found.median_actions == 2
    assert engagement({}, 0).engaged is None


HEALTH = (
    Component("csat", 0.5, bad=5.0, target=9.0),
    Component("response", 0.3, bad=24.0, target=2.0),
    Component("logins", 0.2, bad=0.0, target=20.0),
)


def test_health_by_declared_anchors() -> None:
    found = health_score(HEALTH, {"csat": 8.0, "response": 2.0, "logins": 40.0})
    assert found.points == {"csat": 7.5, "response": 10.0, "logins": 10.0}
    assert found.score == pytest.approx(0.5 * 7.5 + 0.3 * 10 + 0.2 * 10)
    assert found.good


def test_health_needs_sixty_percent_of_the_weight() -> None:
    enough = health_score(HEALTH, {"csat": 7.0, "logins": 10.0, "response": None})
    assert enough.coverage == pytest.approx(0.7)
    assert enough.score == pytest.approx((0.5 * 5 + 0.2 * 5) / 0.7)
    assert enough.good is False
    short = health_score(HEALTH, {"csat": 7.0})
    assert (short.score, short.good) == (None, None)
    assert short.coverage == pytest.approx(0.5)


@pytest.mark.parametrize(
    "components",
    [
        (),
        (Component("a", 0.0, 0, 1),),
        (Component("a", 1.0, 1, 1),),
        (Component("a", 1.0, 0, 1), Component("a", 1.0, 0, 1)),
        (Component("a", 2.0, 0, 1), Component("b", -1.0, 0, 1)),
    ],
)
def test_contradicting_components_are_refused(components: tuple[Component, ...]) -> None:
    with pytest.raises(MetricError):
        health_score(components, {})


@given(st.lists(st.tuples(st.integers(0, 10), st.booleans()), min_size=2, max_size=40))
def test_the_area_is_the_chance_of_a_pair(rows: list[tuple[int, bool]]) -> None:
    gone = [score for score, left in rows if left]
    there = [score for score, left in rows if not left]
    found = predicts_churn([float(score) for score, _ in rows], [left for _, left in rows])
    if not gone or not there:
        assert found is None
        return
    pairs = [(g < t) + 0.5 * (g == t) for g in gone for t in there]
    assert found is not None
    assert found.auc == pytest.approx(sum(pairs) / len(pairs))
    assert found.predicts == (found.auc >= 0.6)


def test_survival_counts_those_still_there_as_long_as_they_were_seen() -> None:
    # Six customers; two are still there.
    found = survival_curve([(1, True), (2, False), (3, True), (3, True), (5, False), (8, True)])
    assert found is not None
    assert [(p.tenure, p.at_risk, p.left) for p in found.points] == [
        (1, 6, 1),
        (3, 4, 2),
        (8, 1, 1),
    ]
    assert [p.share for p in found.points] == pytest.approx([5 / 6, 5 / 12, 0.0])
    assert found.share(2.9) == pytest.approx(5 / 6)
    assert found.median == 3
    assert survival_curve([]) is None


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=1, max_size=60))
def test_survival_falls_within_its_bounds(rows: list[tuple[int, bool]]) -> None:
    found = survival_curve([(float(t), left) for t, left in rows])
    assert found is not None
    shares = [1.0, *(p.share for p in found.points)]
    assert shares == sorted(shares, reverse=True)
    assert all(0.0 <= p.low <= p.share + 1e-12 and p.share <= p.high + 1e-12 for p in found.points)
    if all(left for _, left in rows):  # nobody is left: the plain share of each tenure
        n = len(rows)
        for p in found.points:
            assert p.share == pytest.approx(sum(t > p.tenure for t, _ in rows) / n)


def test_renewal_churn_divides_by_what_was_due() -> None:
    rate = renewal_churn(30, 200)
    assert rate is not None
    assert (rate.kind, rate.value) == ("renewal base", 0.15)
    assert (rate.low, rate.high) == wilson(30, 200)
    assert renewal_churn(0, 0) is None


def test_voluntary_and_involuntary_sum_to_all() -> None:
    parts = churn_by_cause(60, 40, 1_000)
    assert parts is not None
    assert (parts.total.value, parts.voluntary.value, parts.involuntary.value) == (0.1, 0.06, 0.04)
    whole = start_base_churn(100, 1_000)
    assert parts.total == whole
    with pytest.raises(MetricError):
        churn_by_cause(600, 500, 1_000)


def test_the_sources_own_figures() -> None:
    found = counted_churn("KPIs", {"2026": 120.0}, {"2025": 1_000.0, "2026": 1_200.0})
    assert [round(f.value, 5) for f in found] == [0.10909]
    assert round(yearly_churn(0.01), 5) == 0.11362
    survey = survey_churn("Telco", 1_869, 7_043, None)
    assert survey is not None
    assert round(survey.value, 4) == 0.2654
    assert survey.yearly is None
    assert counted_churn("KPIs", {"2025": 1.0}, {"2025": 9.0}) == []


@pytest.mark.parametrize(
    ("rate", "months", "yearly"), [(0.1, 12, 0.1), (0.1, 6, 0.19), (1.0, 3, 1.0), (0.5, None, None)]
)
def test_churn_over_a_year(rate: float, months: int | None, yearly: float | None) -> None:
    assert over_a_year(rate, months) == (None if yearly is None else pytest.approx(yearly))


def test_a_churn_kpi_is_read_in_its_unit() -> None:
    monthly = kpi_churn("churn_monthly", "Monthly", ("2026-07", 1.0, 500), percent=True)
    assert monthly is not None
    assert monthly.value == 0.01
    assert monthly.yearly == pytest.approx(0.11362, abs=5e-6)
    assert (monthly.low, monthly.high) == pytest.approx(wilson(5, 500))
    assert kpi_churn("churn_monthly", "Monthly", ("2026-07", 1.0, None), percent=False) is not None
    assert kpi_churn("nonsense", "?", ("2026", 0.1, None), percent=False) is None


def test_without_a_contract_churn_is_what_is_not_alive() -> None:
    figure = inactive_share("purchases", [0.9, 0.5, 0.1])
    assert figure is not None
    assert (figure.value, figure.base) == (pytest.approx(0.5), 3.0)
    assert inactive_share("purchases", []) is None


def test_the_simple_value_is_the_sources() -> None:
    found = {f.variant: f for f in clv_variants(ClvInputs(1000, None, 10, 1000))}
    assert found["simple"].value == 9000
    assert found["simple, margin"].needs == ("margin",)
    assert found["constant retention, discounted"].needs == ("margin", "retention", "discount")
    assert "survivors" in found["contract (sBG)"].needs


@pytest.mark.parametrize(
    ("retention", "multiples"),
    [
        (0.6, (1.20, 1.15, 1.11, 1.07)),
        (0.7, (1.75, 1.67, 1.59, 1.52)),
        (0.8, (2.67, 2.50, 2.35, 2.22)),
        (0.9, (4.50, 4.09, 3.75, 3.46)),
    ],
)
def test_margin_multiples_of_gupta_and_lehmann(
    retention: float, multiples: tuple[float, ...]
) -> None:
    for discount, printed in zip((0.10, 0.12, 0.14, 0.16), multiples, strict=True):
        assert round(margin_multiple(retention, discount), 2) == pytest.approx(printed, abs=0.0051)
        inputs = ClvInputs(margin=1.0, retention=retention, discount=discount)
        found = {f.variant: f.value for f in clv_variants(inputs)}
        assert found["constant retention, discounted"] == pytest.approx(printed, abs=0.0051)


def test_a_value_without_end_is_said_to_be_one() -> None:
    inputs = ClvInputs(margin=10.0, retention=1.0, discount=0.0, horizon=3)
    found = {f.variant: f for f in clv_variants(inputs)}
    assert found["constant retention, discounted"].reason == "diverges"
    assert found["finite horizon"].value == 30.0
    contract = clv_variants(inputs, ShiftedBetaGeometric(1.0, 1.0))[-1]
    assert contract.value == pytest.approx(10 * (1 + 1 / 2 + 1 / 3))


def test_the_standard_kpis_are_told_by_their_names() -> None:
    assert len({kpi.key for kpi in STANDARD_KPIS}) == len(STANDARD_KPIS)
    for kpi in STANDARD_KPIS:
        assert standard_kpi(kpi.key) is kpi
        assert recognised(kpi.name) is kpi
        assert recognised(kpi.name.upper()) is kpi
        assert kpi.better in ("higher", "lower")
        assert kpi.definition.endswith(".")
    assert recognised("Homegrown") is None
    fcr, health = recognised("first-contact resolution"), recognised("Health score")
    assert fcr is not None
    assert health is not None
    assert (fcr.key, health.target) == ("fcr", 7.0)
    response = standard_kpi("response_time")
    assert response is not None
    assert response.target == 2.0
    assert not math.isnan(sum(kpi.target or 0.0 for kpi in STANDARD_KPIS))
