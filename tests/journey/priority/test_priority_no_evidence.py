"""What is not seen to help: of visits a negative figure, of a survey no money; chosen by nobody."""

import numpy as np
import pytest

from journey.decision.budget import best_set
from journey.priority import prepare
from journey.priority.result import Basis


def _harmless(transactional):
    """Return visits where whoever meets p00 scores higher and stays more often."""
    world = transactional(rows=1500)
    (table,) = world.tables
    hits = {p: h.copy() for p, h in table.pain_points.items()}
    met = hits["p00"]
    score = table.answers["q-t0"].copy()
    score[met] = 10
    lost = table.outcome.copy()
    lost[met] = 0
    world.tables.clear()
    world.survey(
        design="transactional",
        means="left",
        pains=hits,
        answers={**table.answers, "q-t0": score},
        outcome=lost,
        segments=table.segments,
        segment=table.segment,
    )
    world.improvement("cheap", "p00", effort_days=0.1)
    return world


def test_of_visits_a_negative_mean_is_shown_with_its_interval(transactional, row):
    world = _harmless(transactional)
    estimate = prepare(world.ws, world.tables, quarter="2026Q4", draws=300).estimate()
    ranking = estimate.ranking
    assert ranking.basis is Basis.MONEY
    bad = row(ranking, "p00")
    assert bad.no_evidence
    assert "no_evidence" in bad.notes
    assert bad.rank == len(ranking.items)
    drawn = estimate.values[:, estimate.column("p00")]
    assert bad.value_mean == pytest.approx(float(drawn.mean()))
    assert bad.value_mean < 0
    assert (bad.low80, bad.high80) == pytest.approx(tuple(np.quantile(drawn, [0.1, 0.9])))
    assert bad.low95 <= bad.low80 <= bad.high80 <= bad.high95
    assert bad.score < 0
    assert "no evidence that fixing it helps" in bad.sentence
    assert "keeps about" not in bad.sentence
    assert all(i.value_mean is not None for i in ranking.items)
    assert "cheap" not in best_set(estimate, 10_000).items


def test_of_a_relational_survey_it_has_no_money(relational, row):
    world = relational(rows=4000, effects=(1.0, -1.0, 0.5))
    bad = row(world.rank(), "p1")
    assert bad.no_evidence
    assert (bad.value_mean, bad.low80, bad.high95, bad.score) == (None, None, None, None)
