"""A row that is not seen to help shows its negative figure, its bar across zero."""

from dataclasses import replace

from tests.ui.priorities.bank import bank, ranking_of
from ui import numbers
from ui.priorities.figures import figures_of
from ui.priorities.lines import LineKind, Sort, lines_of


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


def test_rows_without_evidence_stand_under_a_header_that_says_so() -> None:
    listed = ranking_of(bank())
    last = max(i.rank for i in listed.items if i.level in "ABC" and i.rank is not None)
    items = tuple(replace(i, no_evidence=i.rank == last) for i in listed.items)
    changed = replace(listed, items=items)
    lines = lines_of(changed)
    at = next(k for k, line in enumerate(lines) if line.key == "no_evidence")
    assert lines[at].kind is LineKind.GROUP
    assert lines[at].note == "1 row"
    below = lines[at + 1].item
    assert below is not None
    assert below.no_evidence
    assert all(line.item is None or not line.item.no_evidence for line in lines[:at])
    for other in (lines_of(listed), lines_of(changed, sort=Sort.VALUE)):
        assert all(line.key != "no_evidence" for line in other)
