"""Every warning a ranking can give has a sentence of its own."""

import re
from pathlib import Path

import pytest

from journey.report.warnings import explain_warning

PRIORITY = Path(__file__).resolve().parents[3] / "journey" / "priority"
WORDS = (
    "no_volumes",
    "no_value",
    "no_graph",
    "structure_assumed",
    "no_loss_observed",
    "outcome_from_overall_question",
    "outcome_all_the_same",
    "leaving_period_not_stated",
    "leaving_period_not_per_visit",
    "no_effort",
    "calibrated_to_churn",
    "churn_below_logged_exits",
    "graphs_reused",
)


@pytest.mark.parametrize("word", WORDS)
def test_a_warning_is_a_sentence_and_not_its_word(word: str) -> None:
    bare = f"{word.replace('_', ' ').capitalize()}."
    assert explain_warning(word) != bare
    assert explain_warning(word).endswith(".")


def test_the_words_are_those_the_ranking_gives() -> None:
    said = "\n".join(path.read_text("utf-8") for path in PRIORITY.glob("*.py"))
    assert [word for word in WORDS if not re.search(rf'"{word}', said)] == []


def test_facts_follow_in_brackets() -> None:
    assert explain_warning("no_effort: Card").endswith("(Card)")
