""" "You said, we did": what customers are told of a finished improvement, and when not."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.model.assumptions import Assumptions
from journey.model.improvement import Improvement
from journey.model.map import Journey, PainPoint
from journey.model.workspace import Workspace, WorkspaceInfo
from journey.report.around import Around, Before, Outcome
from journey.report.fixes import finished
from journey.report.overview import result_text
from journey.report.pack import ShareFact
from journey.report.words import Words

WORDS = Words("en")


def workspace(trend: int = 30) -> Workspace:
    """Return one finished improvement."""
    ws = Workspace(entities=[WorkspaceInfo(name="Bank"), Assumptions(minimum_n_trend=trend)])
    ws.put(Journey("j", "Opening"))
    ws.put(PainPoint("p", "j", "Too many forms"))
    ws.put(Improvement("i", "One form", ("p",), status="done", done_on=date(2026, 11, 3)))
    return ws


def shares(outcomes: Mapping[str, Outcome], before: str | None = "2026Q3") -> ShareFact | None:
    around = Around(before=Before(before) if before else None, outcomes=outcomes)
    (fix,) = finished(workspace(), around, quarter="2026Q4")
    return fix.shares


def seen(value: float, error: float, asked: tuple[float, float] = (412.0, 388.0)) -> Outcome:
    return Outcome(None, None, 0.6, value, error, asked, "difference_in_differences")


def told(fact: ShareFact | None) -> str:
    return result_text(fact, WORDS)


def test_what_was_seen_stands_beside_what_was_hoped_with_how_many_were_asked() -> None:
    assert told(shares({"i": seen(0.46, 0.08)})) == (
        "Of every 10 customers who met this before, about 5 no longer do."
        " We had hoped for about 6 of 10. Asked: 412 customers before, 388 since."
    )


@pytest.mark.parametrize(
    ("value", "error", "begins"),
    [
        (0.30, 0.20, "We cannot see yet"),  # inside the noise
        (-0.50, 0.10, "We cannot see yet"),
        (0.04, 0.01, "Slightly fewer"),
        (0.97, 0.01, "Hardly any"),
    ],
)
def test_nothing_is_claimed_inside_the_noise(value: float, error: float, begins: str) -> None:
    assert told(shares({"i": seen(value, error)})).startswith(begins)


@pytest.mark.parametrize("asked", [(29.0, 388.0), (412.0, 29.9), (0.0, 0.0)])
def test_too_few_answers_are_not_yet_measured(asked: tuple[float, float]) -> None:
    assert told(shares({"i": seen(0.5, 0.05, asked)})) == "Not yet measured."


def test_what_was_not_seen_or_is_too_early_is_not_yet_measured() -> None:
    for how in ("too_early", "not_seen"):
        assert told(shares({"i": Outcome(None, None, 0.6, how=how)})) == "Not yet measured."
    assert told(shares({}, before=None)) == "Not yet measured."


def test_another_quarters_result_is_not_told_again_nor_denied() -> None:
    assert told(shares({})) == ""
    assert told(shares({"i": Outcome(None, 3.0)})) == ""  # of a record that did not keep it


def test_a_trial_says_who_was_asked() -> None:
    trial = Outcome(None, None, None, 0.5, 0.05, (200.0, 190.0), "trial")
    assert told(shares({"i": trial})).endswith(
        "Asked: 190 customers with the change, 200 without it."
    )
    assert "hoped" not in told(shares({"i": trial}))


@given(
    value=st.floats(-5, 1),
    error=st.floats(0, 3),
    asked=st.tuples(st.floats(0, 2000), st.floats(0, 2000)),
    trend=st.integers(0, 60),
)
def test_a_figure_stands_only_above_every_threshold(
    value: float, error: float, asked: tuple[float, float], trend: int
) -> None:
    around = Around(before=Before("2026Q3"), outcomes={"i": seen(value, error, asked)})
    (fix,) = finished(workspace(trend), around, quarter="2026Q4")
    text = told(fix.shares)
    if min(asked) < max(10, trend):
        assert text == "Not yet measured."
    elif "no longer do" in text or "Hardly" in text:
        assert value - 1.9 * error > 0
