"""The list: basis, levels, order, effort, owners, determinism, refusals, sentences."""

from dataclasses import replace

import numpy as np
import pytest

from journey.errors import RankingError
from journey.model.evidence import Kpi, Observation
from journey.model.ids import KpiId, ObservationId, TouchpointId
from journey.priority import for_leader
from journey.priority.result import Basis, Level

# --- basis and levels ---------------------------------------------------------------------------


def test_customers_and_value_make_a_list_in_money(relational):
    ranking = relational().rank()
    assert ranking.basis is Basis.MONEY
    first = ranking.items[0]
    assert first.pain_point == "p0"
    assert first.level is Level.B
    assert first.low95 < first.low80 < first.value_mean < first.high80 < first.high95
    assert first.index_mean is None
    assert [i.rank for i in ranking.items] == [1, 2, 3, 4]


def test_money_is_the_product_of_its_factors_where_nothing_spreads(relational):
    world = relational(rows=4000, effects=(1.5, 0.4))
    world.certain()
    ranking = world.rank(draws=2000)
    first = ranking.items[0]
    customers_times_value = 10_000 * 500 + 5_000 * 2_000
    expected = customers_times_value * first.share_affected * first.effect * 0.6 * 0.5 * 0.10
    assert first.value_mean == pytest.approx(expected, rel=0.05)
    assert first.score == pytest.approx(first.value_mean / 20, rel=1e-9)


def test_one_segment_without_value_makes_an_index_for_all(relational):
    world = relational()
    world.segment("b", 5000.0, None)
    ranking = world.rank()
    assert ranking.basis is Basis.INDEX
    assert ranking.index_unit == "moved_per_1000"
    assert "no_value" in ranking.warnings
    for item in ranking.items:
        assert item.level is Level.C
        assert item.value_mean is None
        assert item.low80 is None
        assert item.index_low95 <= item.index_low80 <= item.index_mean


def test_segments_that_do_not_answer_do_not_decide_the_basis(relational):
    world = relational()
    world.segment("silent", None, None)
    assert world.rank().basis is Basis.MONEY


def test_leaving_over_a_stated_time_is_level_a(relational):
    world = relational()
    world.tables[0] = replace(world.tables[0], outcome_means="left", outcome_months=12)
    first = world.rank().items[0]
    assert first.level is Level.A
    world.tables[0] = replace(world.tables[0], outcome_months=None)
    ranking = world.rank()
    assert ranking.items[0].level is Level.B
    assert "leaving_period_not_stated" in ranking.warnings


def test_an_outcome_of_months_is_told_where_one_answer_is_one_visit(transactional):
    world = transactional()
    assert "leaving_period_not_per_visit" not in world.rank().warnings
    world.tables[0] = replace(world.tables[0], outcome_months=12)
    assert "leaving_period_not_per_visit" in world.rank().warnings


def test_an_index_of_leaving_counts_customers_kept(relational):
    world = relational()
    world.tables[0] = replace(world.tables[0], outcome_means="left", outcome_months=12)
    world.segment("b", None, None)
    assert world.rank().index_unit == "kept_per_1000"


def test_leaving_within_three_months_is_worth_more_than_within_twelve(relational):
    means = []
    for months in (3, 12):
        world = relational(effects=(1.0, 0.2))
        world.tables[0] = replace(world.tables[0], outcome_means="left", outcome_months=months)
        # A rare outcome, so that a year is nearly four times a quarter.
        keep = np.random.default_rng(1).random(600) < 0.1
        world.tables[0].outcome[:] = world.tables[0].outcome * keep
        means.append(world.rank().items[0].value_mean)
    assert means[0] > 2 * means[1]


def test_visits_with_outcome_are_a_and_without_are_b(transactional):
    assert {i.level for i in transactional().rank().items} == {Level.A}
    ranking = transactional(outcome=False).rank()
    assert {i.level for i in ranking.items} == {Level.B}
    assert "assumed_link" in ranking.items[0].notes


def test_a_workshop_alone_makes_an_order_without_figures(new_world):
    world = new_world()
    world.segment("a")
    world.touchpoint("t")
    world.pain("often", "t", severity=4, frequency=5, votes=3)
    world.pain("rare", "t", severity=2, frequency=1, votes=3)
    world.pain("nothing", "t")
    ranking = world.rank()
    assert ranking.basis is Basis.ORDER
    assert [(i.pain_point, i.rank, i.level) for i in ranking.items] == [
        ("often", 1, Level.E),
        ("rare", 2, Level.E),
        ("nothing", None, Level.F),
    ]
    for item in ranking.items:
        assert item.value_mean is None
        assert item.index_mean is None
        assert item.score is None
    assert "ranked by 3 workshop votes" in ranking.items[0].sentence
    assert "not measured" in ranking.items[0].sentence
    assert ranking.items[2].p_top5 is None


def test_votes_break_ties_between_alike_classes(new_world):
    world = new_world()
    world.touchpoint("t")
    for i in range(6):
        world.pain(f"p{i}", "t", severity=3, frequency=3, votes=0)
    world.pain("liked", "t", severity=3, frequency=3, votes=30)
    ranking = world.rank(draws=4000)
    assert ranking.items[0].pain_point == "liked"


def _with_kpi(world, value=0.6, target=0.8, better="higher"):
    at = TouchpointId("far")
    world.touchpoint("far", question=None)
    world.pain("k", "far", severity=4)
    world.pain("w", "far2" if "far2" in world.ws.touchpoints else None, severity=5, frequency=5)
    kpi = Kpi(KpiId("fcr"), "First contact resolution", at, None, "%", better, target)
    world.ws.put(kpi)
    world.ws.put(Observation(ObservationId("o"), kpi.id, "2026Q3", value, 200))


def test_in_money_kpis_and_opinion_follow_the_measured(relational, row):
    world = relational()
    _with_kpi(world)
    ranking = world.rank()
    assert ranking.basis is Basis.MONEY
    levels = [i.level for i in ranking.items]
    assert levels[:4] == [Level.B] * 4
    assert {*levels[4:]} == {Level.D, Level.E}
    assert [i.rank for i in ranking.items] == [1, 2, 3, 4, 5, 6]
    kpi = row(ranking, "k")
    assert kpi.value_mean is None
    assert kpi.index_mean > 0
    assert ranking.index_unit == "kept_per_1000"
    assert "First contact resolution" in kpi.sentence
    opinion = row(ranking, "w")
    assert opinion.value_mean is None
    assert opinion.index_mean is None
    assert opinion.rank_low80 < opinion.rank


def test_a_kpi_on_target_is_worth_next_to_nothing(new_world, row):
    means = []
    for value in (0.8, 0.6):
        world = new_world()
        _with_kpi(world, value)
        ranking = world.rank()
        assert ranking.basis is Basis.INDEX
        means.append(row(ranking, "k").index_mean)
    assert means[0] < 0.05 * means[1]


@pytest.mark.parametrize(
    ("value", "target", "better", "share"),
    [(0.6, 0.8, "higher", 0.25), (4, 2, "lower", 0.5), (1, 2, "lower", 0.0), (0, 2, "lower", 0.0)],
)
def test_the_share_a_kpi_shows(new_world, value, target, better, share):
    from journey.priority.workshop import shortfall_of

    world = new_world()
    _with_kpi(world, value, target, better)
    found = shortfall_of(world.ws, world.ws.pain_points["k"], "2026Q4")
    assert found.share == pytest.approx(share)
    assert shortfall_of(world.ws, world.ws.pain_points["k"], "2026Q2") is None


def test_a_pain_point_nobody_ticked_at_a_surveyed_touchpoint_is_measured(transactional, row):
    world = transactional()
    world.pain("unticked", "t0", severity=5, frequency=5)
    item = row(world.rank(), "unticked")
    assert item.level is Level.A
    assert item.n > 0
    assert "nobody_named_it" in item.notes
    assert item.rank > 2


def test_no_pain_points_make_an_empty_list(new_world):
    ranking = new_world().rank()
    assert ranking.items == ()
    assert ranking.basis is Basis.ORDER


# --- what fixing does not help ------------------------------------------------------------------


def test_without_evidence_last_and_without_money(relational, row):
    world = relational(rows=4000, effects=(1.0, -1.0, 0.5))
    world.improvement("cheap", "p1", effort_days=0.1)
    ranking = world.rank()
    bad = row(ranking, "p1")
    assert bad.rank == 3
    assert bad.no_evidence
    assert bad.value_mean is None
    assert bad.score is None
    assert "no evidence that fixing it helps" in bad.sentence
    assert "less likely" in bad.sentence


# --- effort -------------------------------------------------------------------------------------


def test_unknown_effort_is_the_median_of_the_known_else_the_default(relational, row):
    world = relational()
    assert row(world.rank(), "p1").effort_days == 20
    world.improvement("i0", "p0", effort_days=8)
    world.improvement("i2", "p2", effort_days=40)
    world.improvement("i3", "p3")
    world.improvement("done", "p1", effort_days=1000, status="done")
    ranking = world.rank()
    assert row(ranking, "p0").effort_assumed is False
    for pain in ("p1", "p3"):
        assert row(ranking, pain).effort_days == 24
        assert row(ranking, pain).effort_assumed is True
    assert row(ranking, "p1").improvement is None


def test_the_best_open_improvement_by_value_per_day(relational, row):
    world = relational()
    world.improvement("slow", "p0", effort_days=50)
    world.improvement("quick", "p0", effort_days=10)
    world.improvement("weak", "p0", effort_days=9, efficacy=0.1)
    world.improvement("gone", "p0", effort_days=1, status="dropped")
    assert row(world.rank(), "p0").improvement == "quick"


def test_an_improvement_of_several_is_one_cluster(relational, row):
    world = relational(effects=(1.5, 1.0, 0.4))
    world.improvement("both", "p0", "p1", effort_days=30)
    ranking = world.rank()
    a, b = row(ranking, "p0"), row(ranking, "p1")
    assert a.improvement == b.improvement == "both"
    assert (a.rank, b.rank) == (1, 2)
    assert a.score == pytest.approx(b.score)
    assert a.joint == b.joint == 2
    joint = a.value_mean + b.value_mean
    world.certain()
    assert row(world.rank(), "p0").score == pytest.approx(
        sum(row(world.rank(), p).value_mean for p in ("p0", "p1")) / 30
    )
    single = relational(effects=(1.5, 1.0, 0.4))
    alone = sum(row(single.rank(), p).value_mean for p in ("p0", "p1"))
    assert joint != pytest.approx(alone, rel=1e-3)
    assert joint == pytest.approx(alone, rel=0.2)


def test_an_efficacy_of_its_own_scales_the_value(relational, row):
    values = []
    for efficacy in (0.3, 0.9):
        world = relational()
        world.assume(fix_efficacy_sd=0.0)
        world.improvement("i", "p0", effort_days=10, efficacy=efficacy)
        values.append(row(world.rank(), "p0").value_mean)
    assert values[1] == pytest.approx(3 * values[0])


@pytest.mark.parametrize("efficacy", [0.0, 0.99, 1.0])
def test_an_efficacy_at_the_edge_is_survived(relational, row, efficacy):
    world = relational()
    world.improvement("i", "p0", efficacy=efficacy)
    assert np.isfinite(row(world.rank(), "p0").value_mean)


# --- order, chances, factors --------------------------------------------------------------------


def test_the_list_is_in_the_order_of_its_scores(relational):
    ranking = relational(rows=3000, effects=(1.5, 1.0, 0.7, 0.5, 0.3, 0.2)).rank()
    scores = [i.score for i in ranking.items]
    assert scores == sorted(scores, reverse=True)
    for item in ranking.items[:-1]:
        assert 0.0 <= item.p_beats_next <= 1.0
        assert item.rank_low80 <= item.rank_high80
    assert ranking.items[-1].p_beats_next is None
    assert sum(i.p_top5 for i in ranking.items) == pytest.approx(5)


def test_alike_rows_stand_in_the_order_of_their_ids(new_world):
    world = new_world()
    world.segment("a", 0.0, 100.0)
    for name in ("c", "a", "b"):
        world.pain(name, None)
    world.survey(pains={n: np.zeros(9, bool) for n in ("c", "a", "b")}, outcome=np.ones(9))
    ranking = world.rank()
    assert [i.pain_point for i in ranking.items] == ["a", "b", "c"]


def test_factors_multiply_to_the_ratio_of_the_scores(relational):
    world = relational(rows=3000, effects=(1.5, 1.0, 0.7))
    world.improvement("i", "p1", effort_days=80)
    world.improvement("j", "p0", effort_days=10)
    ranking = world.rank()
    for item in ranking.items[1:]:
        product = np.prod([f.ratio for f in item.factors])
        assert product == pytest.approx(item.score / ranking.items[0].score)
        assert item.factors[-1].name == "residual"
    assert ranking.items[0].factors == ()
    assert ranking.items[0].why_not_higher == "Nothing ranks higher."
    effort = next(i for i in ranking.items if i.pain_point == "p1")
    assert "its fix takes more work" in effort.why_not_higher


def test_a_toss_up_is_only_told_where_it_is_one(relational):
    world = relational(rows=80, effects=(0.2,) * 12)
    ranking = world.rank()
    told = [i for i in ranking.items if "toss-up" in i.sentence]
    assert told
    for item in told:
        assert item.p_top5 < 0.5
        assert 0.4 <= item.p_beats_next <= 0.6
    clear = relational(rows=6000, effects=(2.0, 1.2, 0.6)).rank()
    assert not any("toss-up" in i.sentence for i in clear.items)


# --- owners -------------------------------------------------------------------------------------


def test_the_leader_of_a_row_and_the_ranks_of_a_leaders_list(relational, row):
    from journey.model.ids import LeaderId

    world = relational()
    world.leader("ana")
    world.leader("ben")
    at = world.ws.touchpoints["t0"]
    world.ws.put(replace(at, owner=LeaderId("ana")))
    pain = world.ws.pain_points["p1"]
    world.ws.put(replace(pain, owner=LeaderId("ben")))
    world.improvement("i", "p2", owner=LeaderId("ana"))
    ranking = world.rank()
    assert [i.pain_point for i in for_leader(ranking, LeaderId("ana"))] == ["p0"]
    assert for_leader(ranking, LeaderId("ben"))[0].rank == row(ranking, "p1").rank
    assert {i.pain_point for i in for_leader(ranking, None)} == {"p2", "p3"}
    assert row(ranking, "p2").leader_name == "Unassigned"


# --- determinism and refusals -------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes(relational, transactional):
    for make in (relational, transactional):
        assert repr(make().rank()) == repr(make().rank())
        assert repr(make().rank(seed=2).items) != repr(make().rank().items)
        assert repr(make().rank(quarter="2026Q3").items) != repr(make().rank().items)


def test_contradictory_assumptions_are_refused_with_all_reasons(relational):
    world = relational()
    world.assume(fix_efficacy_sd=0.9, reporting_sensitivity=0.0)
    with pytest.raises(RankingError) as caught:
        world.rank()
    assert caught.value.reason == "contradictory_assumptions"
    assert caught.value.facts["found"] == (
        ("fix_efficacy_sd", "spread_too_wide"),
        ("reporting_sensitivity", "not_above_false_positive"),
    )


def test_no_draws_are_refused(relational):
    with pytest.raises(RankingError):
        relational().rank(draws=0)


def test_a_ranking_names_all_it_needs_to_be_made_again(relational):
    ranking = relational().rank(seed=7, draft=False)
    assert (ranking.seed, ranking.draws, ranking.draft) == (7, 400, False)
    assert ranking.method_version == "1"
    assert ranking.assumptions["bad_to_churn_mean"] == 0.10
    assert ranking.currency == "EUR"


def test_the_package_may_be_imported_on_the_start_up_path():
    import subprocess
    import sys

    code = (
        "import sys, journey.priority, journey.priority.result;"
        "sys.exit(any(m in sys.modules for m in ('numpy', 'scipy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
