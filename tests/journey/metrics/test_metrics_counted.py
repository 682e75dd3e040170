"""Standard KPIs from typed counts, against the method's own checks."""

import math
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.metrics import MetricError
from journey.metrics.counted import (
    ChurnCounts,
    CountedFigure,
    ServiceCounts,
    churn_from_counts,
    service_from_counts,
)
from journey.metrics.health_anchors import anchors_text, read_anchors
from journey.metrics.health_score import Component
from journey.metrics.standard_kpis import standard_kpi


def churn(**counts: float) -> dict[str, CountedFigure]:
    return {f.measure: f for f in churn_from_counts(ChurnCounts(**counts))}


def service(**counts: object) -> dict[str, CountedFigure]:
    return {f.measure: f for f in service_from_counts(ServiceCounts(**counts))}  # type: ignore[arg-type]


def test_the_variants_of_churn_are_different_figures() -> None:
    found = churn(start=1000, end=1200, lost=120, lost_from_start=100, involuntary=30, months=6)
    assert found["churn_average_base"].value == pytest.approx(120 / 1100)
    assert found["churn"].value == pytest.approx(0.1)
    assert found["churn"].yearly == pytest.approx(1 - 0.9**2)
    assert found["churn_voluntary"].value == pytest.approx(0.07)
    assert found["churn_involuntary"].value == pytest.approx(0.03)
    assert found["churn_renewal"].needs == ("not_renewed", "due")


def test_revenue_churn_may_be_negative_when_those_who_stay_buy_more() -> None:
    found = churn(revenue_start=50_000, revenue_lost=3_000, expansion=4_000)
    assert found["churn_revenue_gross"].value == pytest.approx(0.06)
    assert found["churn_revenue_net"].value == pytest.approx(-0.02)
    # How much more is not known is not the same as nothing more.
    assert churn(revenue_start=1, revenue_lost=0)["churn_revenue_net"].needs == ("expansion",)


def test_service_and_acquisition() -> None:
    found = service(
        closed_first=320,
        issues=400,
        hours=(0.5, 1.0, 1.5, 3.0, 8.0),
        waiting=(1.0, 5.0),
        spend=12_000,
        new_customers=100,
        asked=50,
        referring=9,
        referred=20,
        active=410,
        customers=900,
    )
    values = {name: figure.value for name, figure in found.items()}
    assert values == pytest.approx(
        {
            "fcr": 0.8,
            # Three of six: of the two that wait one is older than 2 h and late.
            "response_in_time": 0.5,
            "response_time": 1.5,
            "cac": 120.0,
            "referral_rate": 0.18,
            "referred_share": 0.2,
            "engagement": 410 / 900,
        }
    )
    # Wilson's published 81 of 263.
    share = service(closed_first=81, issues=263)["fcr"]
    assert share.low == pytest.approx(0.2553, abs=5e-5)
    assert share.high == pytest.approx(0.3662, abs=5e-5)


def test_nothing_to_divide_by_is_no_data() -> None:
    assert churn(start=0, end=0, lost=0)["churn_average_base"].value is None
    assert service(spend=100, new_customers=0)["cac"].value is None
    assert service(closed_first=0, issues=0)["fcr"].value is None


@pytest.mark.parametrize(
    "counts",
    [
        {"start": -1.0, "lost_from_start": 0.0},
        {"start": 10.0, "lost_from_start": 11.0},
        {"start": 10.0, "lost_from_start": 1.0, "involuntary": 2.0},
        {"lost": math.nan, "start": 1.0, "end": 1.0},
        {"due": 3.0, "not_renewed": 4.0},
    ],
)
def test_counts_that_cannot_be_are_refused(counts: dict[str, float]) -> None:
    with pytest.raises(MetricError):
        churn(**counts)


@given(
    st.fixed_dictionaries(
        {}, optional={f.name: st.floats(0, 1e6) for f in fields(ChurnCounts) if f.name != "months"}
    )
)
def test_every_variant_has_a_value_or_says_what_it_needs(counts: dict[str, float]) -> None:
    try:
        found = churn(**counts)
    except MetricError:
        return
    for figure in found.values():
        assert standard_kpi(figure.measure) is not None
        if figure.needs:
            assert figure.value is None
            assert not set(figure.needs) & counts.keys()


NAMES = st.text("abc |·é ", min_size=1, max_size=12).map(lambda t: " ".join(t.split())).filter(bool)
NUMBERS = st.integers(-10_000, 10_000).map(lambda n: n / 8)


@given(st.lists(st.builds(Component, NAMES, NUMBERS, NUMBERS, NUMBERS), max_size=6))
def test_declared_anchors_are_read_back_from_their_text(components: list[Component]) -> None:
    assert list(read_anchors(anchors_text(components))) == components


def test_other_words_in_a_note_declare_nothing() -> None:
    assert read_anchors("Weighted mean\nNPS | much | 0 | 50\n | 1 | 2 | 3\nA | 1 | nan | 3") == ()
