"""One segment's list: ranked among themselves, and adding up to the whole."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journey.errors import RankingError
from journey.priority import prepare
from journey.priority.result import Basis

_DRAWS = 60


def _estimate(world, draws=_DRAWS):
    return prepare(world.ws, world.tables, quarter="2026Q4", draws=draws).estimate()


def _made(relational, transactional, kind, seed, shared):
    world = relational(rows=300, seed=seed) if kind == "relational" else transactional(seed=seed)
    pains = sorted(world.ws.pain_points)
    if kind == "graph":
        for source, target, count in (("start", "t0", 90), ("t0", "t1", 70), ("t0", "lost", 9)):
            world.arrow(source, target, count)
        world.arrow("t1", "retained", 60)
        world.arrow("t1", "lost", 5)
    if shared:
        world.improvement("both", *pains[:shared], effort_days=7.0)
    return world


@settings(deadline=None, max_examples=12)
@given(
    st.sampled_from(["relational", "visits", "graph"]),
    st.integers(0, 50),
    st.sampled_from([0, 2, 3]),
    st.booleans(),
)
def test_the_segments_add_up_to_the_whole_draw_by_draw(
    relational, transactional, kind, seed, shared, money
):
    world = _made(relational, transactional, kind, seed, shared)
    if not money:
        world.segment("b", None, None)
    whole = _estimate(world)
    assert (whole.ranking.basis is Basis.MONEY) is money
    assert whole.segments == ("a", "b")
    parts = [whole.of_segment(s) for s in whole.segments]
    weight = np.ones(2) if money else whole.board.market.mix
    for name in ("values", "joint"):
        added = sum(w * getattr(part, name) for w, part in zip(weight, parts, strict=True))
        assert added == pytest.approx(getattr(whole, name), rel=1e-9, abs=1e-9)
    ids = list(whole.pains[:3])
    added = sum(w * part.joint_value(ids) for w, part in zip(weight, parts, strict=True))
    assert added == pytest.approx(whole.joint_value(ids), rel=1e-9, abs=1e-9)
    for part in parts:
        assert (part.effort == whole.effort).all()
        assert sorted(i.rank for i in part.ranking.items) == list(range(1, len(part.pains) + 1))


def test_a_segment_alone_is_the_list_of_its_own_draws(relational):
    world = relational()
    whole = _estimate(world)
    part = whole.of_segment("b")
    ranking = part.ranking
    assert (ranking.segment, ranking.segment_name) == ("b", "b")
    assert whole.ranking.segment is None
    means = part.scores.mean(axis=0)
    order = [part.pains[c] for c in np.argsort(-means, kind="stable")]
    helped = [i.pain_point for i in ranking.items if not i.no_evidence]
    assert helped == [p for p in order if p in helped]
    ranks = (-part.scores).argsort(axis=1).argsort(axis=1) + 1
    for item in ranking.items:
        column = part.column(item.pain_point)
        assert item.p_top5 == pytest.approx(float((ranks[:, column] <= 5).mean()))
        if item.value_mean is not None:
            assert item.value_mean == pytest.approx(float(part.values[:, column].mean()))
            low, high = np.quantile(part.values[:, column], [0.025, 0.975])
            assert (item.low95, item.high95) == pytest.approx((low, high))
        assert item.sentence.startswith("In the segment “b”, ")
    assert part.of_segment("a").ranking == whole.of_segment("a").ranking
    study = prepare(world.ws, world.tables, quarter="2026Q4", draws=_DRAWS)
    assert study.by_segment("b") == ranking


def test_a_segment_counts_its_own_answers(relational, transactional):
    for world in (relational(), transactional()):
        whole = _estimate(world)
        parts = [whole.of_segment(s) for s in whole.segments]
        for pain in whole.pains:
            found = [part.facts(pain) for part in parts]
            assert sum(f.n for f in found) == whole.facts(pain).n
            assert sum(f.tally.named for f in found) == whole.facts(pain).tally.named
            shares = sorted(f.share for f in found)
            assert shares[0] <= whole.facts(pain).share <= shares[1]


def test_where_one_segment_alone_meets_it_there_it_is_first(relational):
    world = relational(rows=1500)
    table = world.tables.pop()
    pains = {p: h.copy() for p, h in table.pain_points.items()}
    pains["p0"] &= table.segment == 0
    world.survey(pains=pains, outcome=table.outcome, segments=table.segments, segment=table.segment)
    whole = _estimate(world, draws=300)
    assert whole.of_segment("a").ranking.items[0].pain_point == "p0"
    there = {i.pain_point: i for i in whole.of_segment("b").ranking.items}
    everywhere = whole.of_segment("a").facts("p0").share
    assert whole.of_segment("b").facts("p0").share < everywhere / 5
    assert there["p0"].value_mean < there["p1"].value_mean


@pytest.mark.parametrize("segment", ["", "nobody"])
def test_a_segment_that_takes_no_part_is_refused(relational, segment):
    with pytest.raises(RankingError) as caught:
        _estimate(relational()).of_segment(segment)
    assert caught.value.reason == "unknown_segment"
    assert caught.value.facts["segments"] == ("a", "b")


def test_without_segments_there_is_none_to_choose(new_world):
    world = new_world()
    world.pain("p", None)
    world.survey(pains={"p": [True, False] * 20}, outcome=[1, 0] * 20)
    assert _estimate(world).segments == ()


def test_a_shared_fix_names_its_partner_and_what_both_give(relational):
    world = relational()
    world.improvement("both", "p0", "p1", effort_days=5.0)
    estimate = _estimate(world, draws=400)
    item = next(i for i in estimate.ranking.items if i.pain_point == "p0")
    assert (item.partners, item.partner_titles) == (("p1",), ("Pain p1",))
    joint = estimate.joint_value(["both"])
    assert item.joint_mean == pytest.approx(float(joint.mean()))
    assert item.joint_low80 == pytest.approx(float(np.quantile(joint, 0.1)))
    assert item.score == pytest.approx(float((joint / estimate.effort[:, 0]).mean()))
    assert "shared with “Pain p1”, " in item.sentence
    assert " in all; " in item.sentence
    alone = next(i for i in estimate.ranking.items if i.pain_point == "p2")
    assert (alone.partners, alone.joint_mean) == ((), None)
