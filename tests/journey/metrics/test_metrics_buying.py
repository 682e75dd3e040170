"""Retention by contract year and buying without a contract, against the published figures."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import hyp2f1

from journey.metrics import MetricError
from journey.metrics.bgnbd import BgNbd, fit_bgnbd
from journey.metrics.gamma_gamma import GammaGamma, fit_gamma_gamma
from journey.metrics.purchase_history import PurchaseHistory, purchase_histories
from journey.metrics.purchase_value import (
    PurchaseModels,
    best_group,
    customer_values,
    expected_purchases,
    value_groups,
)
from journey.metrics.sbg import ShiftedBetaGeometric, fit_sbg

SHAPES = st.floats(0.05, 8.0)
MODELS = st.builds(BgNbd, SHAPES, st.floats(0.5, 50.0), SHAPES, SHAPES)


@st.composite
def histories(draw: st.DrawFn) -> PurchaseHistory:
    age = draw(st.floats(1.0, 300.0))
    x = draw(st.integers(0, 400))
    recency = draw(st.floats(0.0, 1.0)) * age if x else 0.0
    return PurchaseHistory("c", x, recency, age, draw(st.floats(0.5, 500.0)) if x else 0.0)


@pytest.fixture(scope="module")
def cdnow(shared_data: Path) -> list[PurchaseHistory]:
    """The calibration period of the 2,357 customers."""
    rows = []
    for line in (shared_data / "cdnow" / "CDNOW_sample.txt").read_text("ascii").splitlines():
        _, customer, day, _, amount = line.split()
        when = date(int(day[:4]), int(day[4:6]), int(day[6:]))
        rows.append((customer, when, float(amount)))
    return purchase_histories(rows, date(1997, 9, 30))


# Shifted beta-geometric


@pytest.mark.parametrize(
    ("survivors", "alpha", "beta"),
    [
        ((1000, 869, 743, 653, 593, 551, 517, 491), 0.668, 3.806),
        ((1000, 631, 468, 382, 326, 289, 262, 241), 0.704, 1.182),
    ],
)
def test_the_published_cohorts(survivors: Sequence[float], alpha: float, beta: float) -> None:
    fit = fit_sbg(survivors)
    assert (round(fit.alpha, 3), round(fit.beta, 3)) == (alpha, beta)
    assert (fit.customers, fit.periods) == (1000, 7)


@given(SHAPES, SHAPES, st.integers(0, 30))
def test_survival_is_the_product_of_the_retentions(a: float, b: float, t: int) -> None:
    model = ShiftedBetaGeometric(a, b)
    product = math.prod(model.retention(k) for k in range(1, t + 1))
    assert model.survival(t) == pytest.approx(product, rel=1e-9)


@given(SHAPES, SHAPES)
def test_retention_rises_with_tenure(a: float, b: float) -> None:
    model = ShiftedBetaGeometric(a, b)
    rates = [model.retention(k) for k in range(1, 20)]
    assert rates == sorted(rates)


def test_a_fit_finds_the_model_that_made_the_cohort() -> None:
    made = ShiftedBetaGeometric(1.3, 2.7)
    fit = fit_sbg([1e6 * made.survival(t) for t in range(9)])
    assert (fit.alpha, fit.beta) == (pytest.approx(1.3, rel=1e-4), pytest.approx(2.7, rel=1e-4))


def test_the_value_of_a_contract_is_its_discounted_survival() -> None:
    model = ShiftedBetaGeometric(0.668, 3.806)
    expected = sum(100 * model.survival(t) / 1.1**t for t in range(5)) - 30
    assert model.value(100, 0.1, 5, acquisition_cost=30) == pytest.approx(expected)
    later = sum(100 * model.survival(2 + t) / model.survival(2) / 1.1**t for t in range(5))
    assert model.value(100, 0.1, 5, renewals=2) == pytest.approx(later)
    assert model.value(100, 0.1, 0) == 0.0


@pytest.mark.parametrize("bad", [(10, 9), (10, 11, 9), (10, 10, 10), (10, -1, -2)])
def test_no_cohort_is_refused(bad: Sequence[float]) -> None:
    with pytest.raises(MetricError):
        fit_sbg(bad)


# Purchase histories


def test_a_history_counts_days_not_purchases() -> None:
    first = date(2026, 1, 1)
    rows = [
        ("b", first, 5.0),
        ("a", first, 10.0),
        ("a", first, 2.0),
        ("a", first + timedelta(days=7), 4.0),
        ("a", first + timedelta(days=21), 8.0),
        ("a", first + timedelta(days=70), 99.0),
    ]
    found = purchase_histories(rows, first + timedelta(days=28))
    assert found == [
        PurchaseHistory("a", 2, 3.0, 4.0, 6.0, 24.0),
        PurchaseHistory("b", 0, 0.0, 4.0, 0.0, 5.0),
    ]
    assert purchase_histories([]) == []


# BG/NBD


def test_cdnow_is_read_as_published(cdnow: list[PurchaseHistory]) -> None:
    assert len(cdnow) == 2_357
    assert sum(h.repeats for h in cdnow) == 2_457
    assert sum(h.repeats == 0 for h in cdnow) == 1_411
    assert round(max(h.age for h in cdnow), 2) == 38.86


def test_cdnow_has_the_published_fit(cdnow: list[PurchaseHistory]) -> None:
    # The published summary keeps two decimals of a week.
    summary = [replace(h, recency=round(h.recency, 2), age=round(h.age, 2)) for h in cdnow]
    fit = fit_bgnbd(summary)
    found = tuple(round(value, 4) for value in (fit.r, fit.alpha, fit.a, fit.b))
    assert found == (0.2426, 4.4135, 0.7929, 2.4258)
    assert round(fit.log_likelihood, 2) == -9582.43
    customer = PurchaseHistory("", 2, 30.43, 38.86)
    assert round(fit.expected_purchases(customer, 39), 4) == 1.2259
    alive = fit.p_alive(customer)
    assert alive is not None
    assert round(alive, 4) == 0.7266


def test_without_a_repeat_purchase_nothing_is_known(cdnow: list[PurchaseHistory]) -> None:
    model = BgNbd(0.2426, 4.4135, 0.7929, 2.4258)
    assert model.p_alive(PurchaseHistory("", 0, 0.0, 38.86)) is None


@given(MODELS, histories(), st.floats(0.1, 150.0))
def test_the_expectation_is_that_of_the_published_formula(
    model: BgNbd, history: PurchaseHistory, weeks: float
) -> None:
    x = min(history.repeats, 15)  # where the published form does not overflow
    history = replace(history, repeats=x, recency=history.recency if x else 0.0)
    if abs(model.a - 1.0) < 0.02:  # and has no pole
        model = replace(model, a=1.1)
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    after = alpha + history.age
    inner = hyp2f1(r + x, b + x, a + b + x - 1, weeks / (after + weeks))
    value = (a + b + x - 1) / (a - 1) * (1 - (after / (after + weeks)) ** (r + x) * inner)
    if x:
        value /= 1 + a / (b + x - 1) * (after / (alpha + history.recency)) ** (r + x)
    if math.isfinite(value) and value > 1e-9:
        assert model.expected_purchases(history, weeks) == pytest.approx(value, rel=1e-4, abs=1e-9)


@given(MODELS, histories())
def test_heavy_buyers_neither_overflow_nor_turn_back(
    model: BgNbd, history: PurchaseHistory
) -> None:
    seen = [model.expected_purchases(history, weeks) for weeks in (0.0, 1.0, 26.0, 260.0)]
    assert all(math.isfinite(value) and value >= 0.0 for value in seen)
    assert all(b >= a * (1 - 1e-9) - 1e-12 for a, b in pairwise(seen))


def test_the_pole_at_one_is_no_jump() -> None:
    history = PurchaseHistory("", 3, 20.0, 40.0)
    near = [
        BgNbd(0.4, 5.0, a, 2.0).expected_purchases(history, 52) for a in (1 - 1e-9, 1, 1 + 1e-9)
    ]
    assert near[0] == pytest.approx(near[1], rel=1e-7) == near[2]


def test_the_expectation_is_the_integral_over_the_customers() -> None:
    """E[X(t)] of a new customer against the definition: rate and leaving drawn from their own."""
    model = BgNbd(0.8, 6.0, 1.7, 3.2)

    def given_rate(rate: float) -> float:
        def given_leaving(p: float) -> float:
            density = p ** (model.a - 1) * (1 - p) ** (model.b - 1)
            return (1 - math.exp(-rate * p * 30)) / p * density

        return quad(given_leaving, 0, 1)[0]

    beta = math.gamma(model.a) * math.gamma(model.b) / math.gamma(model.a + model.b)
    scale = model.alpha**model.r / math.gamma(model.r)
    whole = quad(
        lambda rate: rate ** (model.r - 1) * math.exp(-model.alpha * rate) * given_rate(rate), 0, 9
    )[0]
    new = model.expected_purchases(PurchaseHistory("", 0, 0.0, 0.0), 30)
    assert new == pytest.approx(whole * scale / beta, rel=1e-5)


@given(MODELS, st.lists(histories(), min_size=1, max_size=8), st.floats(0.0, 260.0))
def test_many_at_once_are_as_one_by_one(
    model: BgNbd, some: list[PurchaseHistory], weeks: float
) -> None:
    together = expected_purchases(model, some, weeks)
    alone = [model.expected_purchases(history, weeks) for history in some]
    assert together == pytest.approx(np.array(alone), rel=1e-7, abs=1e-12)


def test_nobody_who_bought_again_is_no_model() -> None:
    with pytest.raises(MetricError):
        fit_bgnbd([PurchaseHistory("a", 0, 0.0, 10.0), PurchaseHistory("b", 0, 0.0, 12.0)])


# Gamma-gamma


def test_cdnow_spends_as_published(cdnow: list[PurchaseHistory]) -> None:
    # The published summary keeps two decimals of an amount, halves up.
    summary = [replace(h, repeat_value=float(f"{h.repeat_value + 1e-9:.2f}")) for h in cdnow]
    fit = fit_gamma_gamma(summary)
    assert fit.customers == 946
    assert tuple(round(v, 4) for v in (fit.p, fit.q, fit.v)) == (6.2488, 3.7446, 15.4477)
    # The maximum itself, solved in 40 figures: the fit is not its own stopping point.
    exact = (6.24880248971, 3.74458845329, 15.4477480095)
    assert (fit.p, fit.q, fit.v) == pytest.approx(exact, rel=2e-9)
    assert fit.log_likelihood == pytest.approx(-4055.92324350286, abs=1e-9)
    assert round(fit.correlation, 3) == 0.114
    first = fit.expected_amount(summary[0])
    mean = fit.mean_amount()
    assert first is not None
    assert mean is not None
    assert (round(first, 4), round(mean, 3)) == (24.6586, 35.171)
    nobody = PurchaseHistory("", 0, 0.0, 30.0)
    assert fit.expected_amount(nobody) == mean


@given(SHAPES, st.floats(1.05, 9.0), st.floats(1.0, 90.0), histories())
def test_the_amount_lies_between_the_customers_and_everybodys(
    p: float, q: float, v: float, history: PurchaseHistory
) -> None:
    model = GammaGamma(p, q, v)
    amount, mean = model.expected_amount(history), model.mean_amount()
    assert amount is not None
    assert mean is not None
    if history.repeats:
        low, high = sorted((mean, history.repeat_value))
        assert low * (1 - 1e-9) <= amount <= high * (1 + 1e-9)


def test_there_is_no_mean_where_the_tail_is_too_heavy() -> None:
    model = GammaGamma(2.0, 0.9, 10.0)
    assert model.mean_amount() is None
    assert model.expected_amount(PurchaseHistory("", 0, 0.0, 1.0)) is None


# Value


def test_value_is_what_is_expected_times_what_it_brings() -> None:
    models = PurchaseModels(BgNbd(0.24, 4.41, 0.79, 2.43), GammaGamma(6.25, 3.74, 15.44))
    buyer = PurchaseHistory("a", 2, 30.43, 38.86, 22.35, 74.0)
    (plain,) = customer_values(models, [buyer], discount=0.0, years=1)
    year = models.buying.expected_purchases(buyer, 365.25 / 7)
    amount = models.spending.expected_amount(buyer)
    assert amount is not None
    assert plain.purchases == pytest.approx(year)
    assert plain.value == pytest.approx(year * amount)
    (later,) = customer_values(models, [buyer], discount=0.1, years=1)
    assert later.value is not None
    assert year * amount / 1.1 < later.value < year * amount


def test_the_best_segment_is_told_apart() -> None:
    models = PurchaseModels(BgNbd(0.24, 4.41, 0.79, 2.43), GammaGamma(6.25, 3.74, 15.44))
    many = [PurchaseHistory(f"g{i}", 6, 38.0, 39.0, 60.0, 400.0) for i in range(6)]
    few = [PurchaseHistory(f"s{i}", 1, 5.0, 39.0, 20.0, 40.0) for i in range(9)]
    segment = {h.customer: "gold" if h.customer[0] == "g" else "silver" for h in (*many, *few)}
    values = customer_values(models, [*many, *few], 0.1, 5)
    groups = value_groups([*many, *few], segment, values)
    assert [(g.segment, g.customers) for g in groups] == [("gold", 6), ("silver", 9)]
    assert sum(g.value_share or 0 for g in groups) == pytest.approx(1.0)
    found = best_group(groups)
    assert found is not None
    group, traits = found
    assert group.segment == "gold"
    assert traits[0].name == "value"
    assert all(t.ratio is None or t.ratio >= 1.0 for t in traits)
    assert best_group(groups, least=7) is None


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_a_fit_finds_what_made_the_customers(seed: int) -> None:
    """Simulated buyers: the expected number over the next year is right on the whole."""
    rng = np.random.default_rng(seed)
    made = []
    for number in range(400):
        rate, leaving = rng.gamma(0.9) / 4.0, rng.beta(1.2, 3.0)
        times, clock = [], 0.0
        while True:
            clock += rng.exponential(1.0 / rate)
            if clock > 40.0:
                break
            times.append(clock)
            if rng.random() < leaving:
                break
        made.append(PurchaseHistory(str(number), len(times), times[-1] if times else 0.0, 40.0))
    fit = fit_bgnbd(made)
    truth = BgNbd(0.9, 4.0, 1.2, 3.0)
    expected = float(expected_purchases(truth, made, 20.0).sum())
    assert float(expected_purchases(fit, made, 20.0).sum()) == pytest.approx(expected, rel=0.35)
