"""What an event log shows, against counting by hand over plain lists."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.graph.cases import Cases, cases_of, relabelled, selected
from journey.graph.discovery import (
    IS_LOST,
    IS_RETAINED,
    OPEN,
    discover,
    found_transitions,
    journey_counts,
    transition_counts,
    variant_count,
)
from journey.graph.discovery_flow import service_spread, stage_conversion, waiting_times
from journey.metrics import wilson

NAMES = ("search", "basket", "pay", "help")
SEQUENCES = st.lists(st.lists(st.integers(0, 3), max_size=7), max_size=12)


@st.composite
def logs(draw: st.DrawFn) -> tuple[Cases, list[list[int]], list[list[int]]]:
    """Cases with segments and times, and the plain lists they were made of."""
    sequences = draw(SEQUENCES)
    gaps = [[0, *draw(_gaps(len(s) - 1))] if s else [] for s in sequences]
    made = cases_of(NAMES, sequences, gaps)
    slots = draw(_slots(len(sequences)))
    periods = draw(
        st.lists(st.sampled_from([20261, 20262]), min_size=len(slots), max_size=len(slots))
    )
    cases = Cases(
        made.names,
        made.steps,
        made.gaps,
        made.offsets,
        np.array(slots, dtype=np.int64),
        np.array(periods, dtype=np.int64),
        ("young", "old"),
    )
    return cases, sequences, gaps


def _gaps(n: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, 10_000), min_size=max(n, 0), max_size=max(n, 0))


def _slots(n: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(-1, 1), min_size=n, max_size=n)


@given(logs())
def test_counts_are_those_made_by_hand(log: tuple[Cases, list[list[int]], list[list[int]]]) -> None:
    cases, sequences, gaps = log
    found = discover(cases)
    pairs = Counter((NAMES[a], NAMES[b]) for s in sequences for a, b in pairwise(s))
    assert {(p.source, p.target): p.count for p in found.passages} == pairs
    assert transition_counts(cases) == pairs
    assert found.starts == Counter(NAMES[s[0]] for s in sequences if s)
    assert found.ends == Counter(NAMES[s[-1]] for s in sequences if s)
    variants = Counter(tuple(NAMES[x] for x in s) for s in sequences if s)
    assert {v.steps: v.cases for v in found.variants} == variants
    assert variant_count(cases) == len(variants)
    assert (found.events, found.cases) == (sum(map(len, sequences)), len(sequences))
    for passage in found.passages:
        times = [
            gaps[i][k + 1]
            for i, s in enumerate(sequences)
            for k, (a, b) in enumerate(pairwise(s))
            if (NAMES[a], NAMES[b]) == (passage.source, passage.target)
        ]
        assert passage.median == pytest.approx(np.median(times))
        assert (passage.median, passage.p90) == tuple(np.quantile(times, (0.5, 0.9)))


@given(logs())
def test_loops_are_names_met_again(log: tuple[Cases, list[list[int]], list[list[int]]]) -> None:
    cases, sequences, _ = log
    for loop in discover(cases).loops:
        slot = NAMES.index(loop.name)
        again = [s for s in sequences if s.count(slot) > 1]
        assert (loop.cases, loop.visits) == (len(again), sum(s.count(slot) for s in again))
        assert loop.directly == sum(a == b == slot for s in sequences for a, b in pairwise(s))


@given(logs(), st.lists(st.sampled_from([OPEN, IS_LOST, IS_RETAINED]), min_size=12, max_size=12))
def test_a_journey_starts_and_ends(
    log: tuple[Cases, list[list[int]], list[list[int]]], ends: list[int]
) -> None:
    cases, sequences, _ = log
    ended = np.array(ends[: len(sequences)], dtype=np.int64)
    expected: Counter[tuple[str, str, str | None]] = Counter()
    for sequence, slot, end in zip(sequences, cases.segment.tolist(), ends, strict=False):
        if not sequence:
            continue
        nodes = ["start", *(NAMES[x] for x in sequence)]
        nodes += {IS_LOST: ["lost"], IS_RETAINED: ["retained"]}.get(end, [])
        segment = cases.segments[slot] if slot >= 0 else None
        expected.update((a, b, segment) for a, b in pairwise(nodes))
    assert journey_counts(cases, ended) == expected
    found = found_transitions(cases)
    plain = journey_counts(cases)
    assert sum(found.counts.values()) == sum(plain.values())
    assert found.cases == len(sequences)
    young = {(a, b): n for (a, b, s), n in plain.items() if s == "young"}
    assert found.of("young") == young


def test_an_end_in_the_middle_is_no_end() -> None:
    cases = relabelled(cases_of("ab", [[0, 1, 0], [0, 1]]), ["shop", "lost"])
    assert journey_counts(cases) == {
        ("start", "shop", None): 2,
        ("shop", "shop", None): 1,
        ("shop", "lost", None): 1,
    }


@given(logs(), st.lists(st.sampled_from(["a", "b", None]), min_size=4, max_size=4))
def test_relabelling_keeps_the_time(
    log: tuple[Cases, list[list[int]], list[list[int]]], targets: list[str | None]
) -> None:
    cases, sequences, gaps = log
    found = relabelled(cases, targets)
    at = 0
    for i, sequence in enumerate(sequences):
        clock = np.cumsum(gaps[i]).tolist()
        kept = [(targets[x], t) for x, t in zip(sequence, clock, strict=True) if targets[x]]
        assert found.offsets[i + 1] - found.offsets[i] == len(kept)
        mine = slice(found.offsets[i], found.offsets[i + 1])
        assert [found.names[s] for s in found.steps[mine]] == [name for name, _ in kept]
        waited = [0, *(b - a for (_, a), (_, b) in pairwise(kept))][: len(kept)]
        assert found.gaps[mine].tolist() == waited
        at += len(kept)
    assert found.events == at


@given(logs(), st.sampled_from(["young", "old", "", "nobody", None]))
def test_filters_keep_whole_cases(
    log: tuple[Cases, list[list[int]], list[list[int]]], segment: str | None
) -> None:
    cases, sequences, _ = log
    found = selected(cases, segment=segment, periods=[20261])
    wanted = {"young": 0, "old": 1, "": -1}.get(segment or "", 99) if segment is not None else None
    kept = [
        s
        for s, slot, period in zip(
            sequences, cases.segment.tolist(), cases.period.tolist(), strict=True
        )
        if period == 20261 and (wanted is None or slot == wanted)
    ]
    assert found.cases == len(kept)
    assert found.steps.tolist() == [x for s in kept for x in s]


def test_what_is_rare_can_be_left_out() -> None:
    cases = cases_of(NAMES, [[0, 1], [0, 1], [0, 2]])
    assert [p.count for p in discover(cases, least=2).passages] == [2]
    assert len(discover(cases, least=2).variants) == 1


STAGES = {"search": "Find", "basket": "Buy", "pay": "Buy", "help": "Use"}


def test_conversion_from_stage_to_stage() -> None:
    cases = cases_of(
        NAMES,
        [[0, 1, 2, 3], [0, 0, 1], [0, 3], [0], [1, 3]],
        [[0, 60, 60, 600], [0, 10, 20], [0, 90], [0], [0, 30]],
    )
    find, buy = stage_conversion(cases, ["Find", "Buy", "Use"], STAGES)
    # Four came to Find, three went on (one of them straight to Use).
    assert (find.reached, find.went_on, find.share) == (4, 3, 0.75)
    assert (find.low, find.high) == wilson(3, 4)
    assert find.median == 60  # 60, 30 (10 + 20) and 90 seconds
    assert (buy.reached, buy.went_on) == (3, 2)
    assert buy.median == pytest.approx((660 + 30) / 2)
    assert stage_conversion(cases, ["Find"], STAGES) == ()
    (none,) = stage_conversion(cases_of(NAMES, []), ["Find", "Buy"], STAGES)
    assert (none.reached, none.share, none.median) == (0, None, None)


def test_where_cases_wait() -> None:
    gaps = [[0, 10, 5_000, 20] for _ in range(6)]
    waits = waiting_times(cases_of(NAMES, [[0, 1, 2, 3]] * 6, gaps))
    assert [(w.name, w.passages, w.median) for w in waits] == [
        ("basket", 6, 5_000),
        ("pay", 6, 20),
        ("search", 6, 10),
    ]
    assert [w.bottleneck for w in waits] == [True, False, False]
    assert sum(w.share for w in waits) == pytest.approx(1.0)
    assert waiting_times(cases_of(NAMES, [[0], []])) == ()


@given(SEQUENCES)
def test_service_is_spread_over_what_is_visited(sequences: list[list[int]]) -> None:
    found = service_spread(cases_of(NAMES, sequences))
    visits = Counter(NAMES[x] for s in sequences for x in s)
    assert {s.name: s.visits for s in found.services} == visits
    assert {s.name: s.cases for s in found.services} == Counter(
        NAMES[x] for s in sequences for x in set(s)
    )
    if visits:
        assert 1 - 1e-9 <= found.effective <= len(visits) + 1e-9
    if len(set(visits.values())) == 1:
        assert found.effective == pytest.approx(len(visits))


def test_many_names_are_counted_alike() -> None:
    names = tuple(f"n{i}" for i in range(400))
    rng = np.random.default_rng(1)
    sequences = [rng.integers(0, 400, 30).tolist() for _ in range(40)]
    pairs = Counter((names[a], names[b]) for s in sequences for a, b in pairwise(s))
    found = discover(cases_of(names, sequences))
    assert {(p.source, p.target): p.count for p in found.passages} == pairs
