"""The order of the list: filters, groups, the cut."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.model.workspace import Workspace
from journey.priority.result import Basis, Ranking
from tests.ui.priorities.bank import bank, ranking_of
from ui.priorities.figures import figures_of, round_ticks
from ui.priorities.lines import (
    ALL_LEADERS,
    UNASSIGNED,
    LineKind,
    Sort,
    leader_counts,
    lines_of,
)
from ui.priorities.placed import Placed


def ids(ranking: Ranking, **options: object) -> list[str]:
    return [ln.key for ln in lines_of(ranking, **options) if ln.kind is LineKind.ITEM]  # type: ignore[arg-type]


@given(st.sampled_from(list(Sort)), st.booleans(), st.integers(0, 5))
def test_sorting_and_filtering_lose_and_double_nothing(
    sort: Sort, ascending: bool, pick: int
) -> None:
    ranking = ranking_of(bank())
    counts = leader_counts(ranking)
    leader = ALL_LEADERS if pick >= len(counts) else counts[pick].id
    found = ids(ranking, leader=leader, sort=sort, ascending=ascending)
    wanted = {
        i.pain_point for i in ranking.items if leader in (ALL_LEADERS, i.leader or UNASSIGNED)
    }
    assert set(found) == wanted
    assert len(found) == len(wanted)


def test_leaders_are_counted_and_nobody_comes_last(ranking: Ranking) -> None:
    counts = leader_counts(ranking)
    assert sum(c.count for c in counts) == len(ranking.items)
    assert [c.name for c in counts[:-1]] == sorted(c.name for c in counts[:-1])
    assert counts[-1].id == UNASSIGNED


def test_the_cut_stands_behind_the_fifth_row_and_groups_below(ranking: Ranking) -> None:
    lines = lines_of(ranking)
    kinds = [line.kind for line in lines]
    assert kinds.index(LineKind.CUT) == 5
    groups = [line.key for line in lines if line.kind is LineKind.GROUP]
    assert groups == ["judged", "unknown"]
    cut = next(line for line in lines if line.kind is LineKind.CUT)
    assert "61" in cut.note


def test_no_cut_where_the_order_is_another(ranking: Ranking) -> None:
    for sort in (Sort.EFFORT, Sort.PAIN_POINT, Sort.LEADER):
        assert all(ln.kind is not LineKind.CUT for ln in lines_of(ranking, sort=sort))


def test_in_an_index_list_a_kpi_row_stands_with_the_measured(workspace: Workspace) -> None:
    lines = lines_of(ranking_of(workspace, basis=Basis.INDEX))
    group = next(line for line in lines if line.kind is LineKind.GROUP)
    assert "opinion" in group.title
    assert lines.index(group) > [line.key for line in lines].index("p15")


def test_opinion_among_the_measured_gets_no_header_that_would_lie(ranking: Ranking) -> None:
    items = list(ranking.items)
    chat = next(k for k, i in enumerate(items) if i.level == "E")
    items[chat] = replace(items[chat], rank=2)
    lines = lines_of(replace(ranking, items=tuple(items)))
    assert [line.key for line in lines if line.kind is LineKind.GROUP] == ["unknown"]


@given(st.integers(0, 10_000))
def test_the_scale_holds_the_widest_interval(seed: int) -> None:
    ranking = ranking_of(bank())
    figures = figures_of(ranking)
    shuffled = list(ranking.items)
    random.Random(seed).shuffle(shuffled)
    for item in shuffled:
        interval = figures.interval(item)
        if interval is not None:
            assert figures.scale.low <= interval.low_95
            assert interval.high_95 <= figures.scale.high


@given(st.floats(-1e7, 0), st.floats(0, 1e7))
def test_ticks_are_few_and_inside(low: float, high: float) -> None:
    if high - low < 1e-6:
        return
    ticks = round_ticks(low, high)
    assert 1 <= len(ticks) <= 6
    assert all(low - 1e-6 <= t <= high + 1e-6 for t in ticks)


def test_what_may_claim_no_money_shows_none(ranking: Ranking) -> None:
    figures = figures_of(ranking)
    for item in ranking.items:
        if item.level in ("D", "E", "F"):
            assert figures.value(item) == "–"
            assert figures.per_day(item) == "–"
    assert figures.value(ranking.items[1]) == "310"
    assert figures.per_day(ranking.items[1]) == "12.4"


@pytest.mark.parametrize("basis", list(Basis))
def test_every_basis_has_lines(workspace: Workspace, basis: Basis) -> None:
    assert lines_of(ranking_of(workspace, basis=basis))


def test_the_cut_says_when_the_order_is_a_toss_up() -> None:
    ranking = ranking_of(bank())

    def note(chance: float) -> str:
        items = tuple(replace(i, p_beats_next=chance) for i in ranking.items)
        lines = lines_of(replace(ranking, items=items))
        return next(line.note for line in lines if line.kind is LineKind.CUT)

    assert note(0.52).startswith("a toss-up: rank 5 is ahead of rank 6 in 52")
    assert note(0.71).startswith("rank 5 is ahead of rank 6 in 71")


def test_the_place_of_a_pain_point_in_short() -> None:
    placed = Placed(ranking_of(bank()))
    assert placed.words("p02") == "310\u00a0k€ · rank 2"
    assert placed.words("p16") == "rank 16"
    assert placed.words("p18") == placed.words("nobody") == Placed(None).words("p02") == ""
