"""A row that is not seen to help shows its negative figure, its bar across zero."""

from dataclasses import replace

from tests.ui.priorities.bank import bank, ranking_of
from ui import numbers
from ui.priorities.figures import figures_of


def test_a_negative_value_has_its_bar_and_its_sign() -> None:
    listed = ranking_of(bank())
    first, *others = listed.items
    least = replace(
        first, value_mean=-9e3, low95=-80e3, low80=-40e3, high80=12e3, high95=30e3, score=-450.0,
        no_evidence=True,
    )  # fmt: skip
    figures = figures_of(replace(listed, items=(*others, least)))
    bar = figures.interval(least)
    assert bar is not None
    assert (bar.low_95, bar.mean, bar.high_95) == (-80e3, -9e3, 30e3)
    assert figures.scale.low <= -80e3
    assert 0.0 in figures.ticks
    assert figures.value(least) == numbers.number(-9)
    assert figures.per_day(least).startswith(numbers.number(-1)[0])
    span = numbers.interval(numbers.number(-40), numbers.number(12), "k€")
    assert span in figures.full(least)
