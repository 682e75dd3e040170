"""Customers who are all alike in buying or leaving: the model's parameters have no end there."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import betaln

from journey.metrics.bgnbd import ALIKE_FROM, BgNbd, fit_bgnbd
from journey.metrics.purchase_history import PurchaseHistory, purchase_histories
from journey.metrics.purchase_value import customer_values, expected_purchases, fit_purchase_models

LEAVES = 0.2


@pytest.fixture(scope="module")
def alike() -> list[PurchaseHistory]:
    """Customers with rates of their own, each leaving after a purchase with one probability."""
    chance, rows = Random(4), list[tuple[str, date, float]]()
    for one in range(300):
        day, gap = chance.randrange(120), chance.uniform(10, 90)
        while day < 400:
            rows.append((f"c{one}", date(2025, 1, 1) + timedelta(days=day), chance.uniform(20, 90)))
            left = chance.random() < LEAVES
            day = 999 if left else day + 1 + int(chance.expovariate(1 / gap))
    return purchase_histories(rows, None)


def test_one_probability_of_leaving_is_found(alike: list[PurchaseHistory]) -> None:
    model = fit_bgnbd(alike)
    assert model.a / (model.a + model.b) == pytest.approx(LEAVES, abs=0.04)
    assert model.a + model.b > 50


def test_their_value_is_a_number(alike: list[PurchaseHistory]) -> None:
    models = fit_purchase_models(alike)
    values = [v.value for v in customer_values(models, alike, 0.1, 5) if v.value is not None]
    assert len(values) == len(alike)
    assert 0 < np.mean(values) < 1000
    assert np.isfinite(values).all()


def _integral(model: BgNbd, x: int, age: float, weeks: float) -> float:
    """E[X(t)] of an active customer over p ~ Beta(a, b+x), by quadrature."""
    a, b, c = model.a, model.b + x, model.alpha + age
    mean = a / (a + b)
    spread = 12 * (mean * (1 - mean) / (a + b + 1)) ** 0.5

    def weighed(p: float) -> float:
        density = np.exp((a - 1) * np.log(p) + (b - 1) * np.log1p(-p) - betaln(a, b))
        return float((1 - (c / (c + p * weeks)) ** (model.r + x)) / p * density)

    ends = (max(0.0, mean - spread), min(1.0, mean + spread))
    return quad(weighed, *ends, points=[mean], limit=400, epsabs=1e-13)[0]


@pytest.mark.parametrize("of", [0.05, 0.2, 0.6])
@pytest.mark.parametrize("a", [ALIKE_FROM * 0.9, ALIKE_FROM * 1.1, 4_000.0])
@pytest.mark.parametrize(("x", "weeks"), [(0, 10.0), (3, 260.0), (60, 260.0)])
def test_the_expectation_is_the_integral_however_alike(
    a: float, of: float, x: int, weeks: float
) -> None:
    model = BgNbd(0.8, 6.0, a, a / of - a)
    history = PurchaseHistory("", x, 50.0 if x else 0.0, 50.0)
    alive = model.p_alive(history) or 1.0
    found = model.expected_purchases(history, weeks)
    assert found == pytest.approx(_integral(model, x, 50.0, weeks) * alive, rel=2e-5)
    assert expected_purchases(model, [history], weeks)[0] == pytest.approx(found, rel=1e-9)


def test_more_weeks_bring_more() -> None:
    model = BgNbd(0.8, 6.0, 2_000.0, 9_000.0)
    seen = [model.expected_purchases(PurchaseHistory("", 4, 30.0, 50.0), w) for w in range(300)]
    assert all(after > before for before, after in pairwise(seen))
