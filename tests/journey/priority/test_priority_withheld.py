"""A segment's list shows nothing of too few answers, nor what would give them away."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.model.ids import SegmentId
from journey.priority import prepare
from journey.priority.source import PainFacts, Tally
from journey.priority.withheld import NOTE, withheld

_SIZES = st.one_of(st.integers(0, 9), st.integers(0, 400))


def _fact(n, *, asked=True):
    tally = Tally(n, 0, 0, 0, 0, 0) if asked else None
    return PainFacts(n, 1.0, 0.1, 0.2, None, "left", relational=True, tally=tally)


@given(st.lists(_SIZES, min_size=1, max_size=6), _SIZES, st.integers(1, 30))
def test_no_hidden_cell_follows_from_the_others_and_the_whole(sizes, rest, minimum_n):
    whole = {"p": _fact(sum(sizes) + rest)}
    parts = {place: {"p": _fact(n)} for place, n in enumerate(sizes)}
    hidden = [bool(withheld(whole, parts, place, minimum_n)) for place in parts]
    assert all(hides for n, hides in zip(sizes, hidden, strict=True) if n < minimum_n)
    # The whole less all that is shown is what the hidden cells and the nameless hold together.
    covered = [n for n, hides in zip(sizes, hidden, strict=True) if hides and n]
    shown = [n for n, hides in zip(sizes, hidden, strict=True) if not hides]
    if covered and shown:
        unknown = covered + ([rest] if 0 < rest < minimum_n else [])
        assert len(unknown) > 1
        assert sum(unknown) >= minimum_n
    if 0 < rest < minimum_n and shown:
        assert covered
    if all(n >= minimum_n for n in sizes) and not 0 < rest < minimum_n:
        assert not any(hidden)


def test_where_nobody_was_asked_there_is_nothing_to_withhold():
    parts = {0: {"p": _fact(0, asked=False)}, 1: {"p": _fact(0, asked=False)}}
    assert withheld({"p": _fact(0, asked=False)}, parts, 0, 5) == frozenset()


def _split(world, *sizes):
    """Give the first rows to segments c0, c1, … by size, what is left to the last one."""
    (table,) = world.tables
    names = tuple(SegmentId(f"c{i}") for i in range(len(sizes) + 1))
    for name in names:
        world.segment(name, 1000.0, 100.0)
    place = np.full(table.rows, len(sizes), dtype=np.int16)
    place[: sum(sizes)] = np.repeat(np.arange(len(sizes)), sizes)
    world.tables[:] = [replace(table, segments=names, segment=place)]
    return prepare(world.ws, world.tables, quarter="2026Q4", draws=60).estimate()


@pytest.mark.parametrize("kind", ["relational", "visits"])
def test_a_small_segment_has_value_and_rank_and_none_of_its_answers(
    relational, transactional, kind
):
    whole = _split(relational() if kind == "relational" else transactional(), 3, 150)
    part = whole.of_segment("c0").ranking
    assert part.items
    for item in part.items:
        assert (item.share_affected, item.effect, item.shift) == (None, None, None)
        assert item.n in (None, 0)
        assert item.factors == ()
        assert NOTE in item.notes
        assert item.rank is not None
        assert "too few answers in this segment" in item.sentence
        assert "meet it" not in item.sentence
        assert "likel" not in item.sentence
        if item.rank > 1:
            assert item.why_not_higher == (
                "Too few answers in this segment to say what holds it back."
            )
    assert part.items[0].value_mean is not None
    assert "so a fix" not in part.items[0].sentence


@pytest.mark.parametrize("kind", ["relational", "visits"])
def test_the_smallest_shown_covers_a_small_one(relational, transactional, kind):
    whole = _split(relational() if kind == "relational" else transactional(), 4, 100)
    lists = {s: whole.of_segment(s).ranking.items for s in whole.segments}
    known = {i.pain_point: i.n for i in whole.ranking.items}
    for pain, n in known.items():
        mine = {s: next(i for i in rows if i.pain_point == pain).n for s, rows in lists.items()}
        counted = {s: whole.of_segment(s).facts(pain).n for s in lists}
        if 0 < counted["c0"] < 5:
            assert (mine["c0"], mine["c1"]) == (None, None)
            assert mine["c2"] == counted["c2"]
            assert n - mine["c2"] > counted["c0"]


def test_segments_that_are_large_enough_show_all(relational):
    whole = _split(relational(), 200)
    for segment in whole.segments:
        for item in whole.of_segment(segment).ranking.items:
            assert item.n is not None
            assert item.share_affected is not None
            assert NOTE not in item.notes
            assert item.factors or item.rank == 1 or item.no_evidence
    assert not any(NOTE in item.notes for item in whole.ranking.items)
