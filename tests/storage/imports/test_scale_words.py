"""Columns whose answers only a person can score: their words, with what can be suggested."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.imports.inspect import ColumnSeen, Inspection, inspection_facts
from storage.imports.mapping import parse_mapping, propose, write_mapping
from storage.imports.profile import ColumnCounter, DistinctBudget
from storage.imports.proposal import propose_columns
from storage.imports.readers import inspect_any
from storage.imports.scale_words import MOST_ANSWERS, ScaleWords, scale_words, waiting_words
from storage.imports.signatures import Column
from storage.imports.waiting_questions import write_waiting


def column(title: str, values: Sequence[str]) -> ColumnSeen:
    counter = ColumnCounter(DistinctBudget())
    counter.add(values)
    made, profile = Column(0, title, title), counter.profile()
    (proposal,) = propose_columns("plain", [made], [profile])
    return ColumnSeen(made, profile, proposal)


def words_of(title: str, values: Sequence[str]) -> ScaleWords:
    found = scale_words(column(title, values))
    assert found is not None
    return found


def looked_at(tmp_path: Path, head: str, rows: Sequence[str]) -> Inspection:
    path = tmp_path / "answers.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return inspect_any(path)


def test_half_stars_count_twice_and_every_level_is_there() -> None:
    found = words_of("How many stars would you rate it?", ["0.5", "3", "4.5", "4.5", "5"])
    assert (found.reason, found.metric, found.scale) == ("part_scores", "csat", (1, 10))
    assert found.scores == tuple((f"{n / 2:g}", n) for n in range(1, 11))
    assert {a.answer: a.count for a in found.answers if a.count} == {
        "0.5": 1, "3": 1, "4.5": 2, "5": 1,
    }  # fmt: skip


SPELT = [
    (["4,5", "3,0", "1,5"], "5,0"),
    (["4.5", "3.0", "1.5"], "5.0"),
    (["4.5", "3", "1.5"], "5"),
]


@pytest.mark.parametrize(("values", "whole"), SPELT)
def test_levels_nobody_chose_are_written_as_the_others(values: list[str], whole: str) -> None:
    assert (whole, 10) in words_of("Rating", values).scores


def test_halves_of_ten_and_means_of_several() -> None:
    assert words_of("Rating", ["9.5", "0", "4"]).scale == (0, 20)
    means = words_of("Rating", ["3.67", "4.33", "1.5"])
    assert means.scores == ()
    assert not means.is_whole


def test_yes_and_no_depend_on_what_was_asked() -> None:
    kind = words_of("Were you satisfied with us?", ["Yes", "No", "Yes"])
    assert (kind.reason, kind.scores) == ("yes_no", (("No", 1), ("Yes", 5)))
    turned = words_of("Did you have any problems with our rating?", ["Yes", "No"])
    assert turned.scores == (("Yes", 1), ("No", 5))


def test_unknown_words_are_suggested_where_every_scale_agrees() -> None:
    found = words_of("How satisfied are you?", ["Wow", "Average", "Excellent", "Ugh", "Ugh", "N/A"])
    assert found.reason == "unknown_scale"
    assert found.missing == ("N/A",)
    assert [(a.answer, a.score) for a in found.answers] == [
        ("Average", 3), ("Excellent", 5), ("Ugh", None), ("Wow", None),
    ]  # fmt: skip
    assert not found.is_whole


def test_a_known_scale_needs_nothing() -> None:
    seen = column("How satisfied are you?", ["Very satisfied", "Dissatisfied", "Neutral"] * 20)
    found = scale_words(seen)
    assert found is not None
    assert (found.reason, found.scale, found.is_whole) == ("known_scale", (1, 5), True)
    assert waiting_words(seen) is None


NO_SCALES = [
    ("id", [str(n) for n in range(40)]),
    ("How satisfied are you?", [f"because of {n}" for n in range(30)]),
    ("How satisfied are you?", ["A1", "A2", "A3"]),
    ("NPS group", ["Promoter", "Passive", "Detractors"]),
    ("Day", ["2026-07-01", "2026-07-02"]),
    ("Only one", ["Wow", "Wow"]),
    ("How satisfied are you?", ["x" * 80, "y" * 80, "z"]),
]


@pytest.mark.parametrize(("title", "values"), NO_SCALES)
def test_other_columns_are_no_scale(title: str, values: list[str]) -> None:
    assert scale_words(column(title, values)) is None


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=40))
def test_suggestions_lie_on_the_scale_and_name_every_answer(values: list[str]) -> None:
    seen = column("How satisfied are you with it?", values)
    found = scale_words(seen)
    if found is None:
        return
    low, high = found.scale
    assert all(low <= score <= high for _, score in found.scores)
    met = {answer.answer for answer in found.answers if answer.count} | set(found.missing)
    assert set(seen.profile.values) <= met | set(seen.profile.missing)
    assert len(found.answers) <= MOST_ANSWERS


def test_halves_are_asked_for_and_not_refused_one_by_one(tmp_path: Path) -> None:
    rows = [f"{n},{(n % 10 + 1) / 2}" for n in range(12)]
    seen = looked_at(tmp_path, "id,How would you rate us?", rows)
    assert propose(seen).takes_nothing
    assert "part_scores" in {notice.reason for notice in seen.warnings}
    facts = inspection_facts(seen)["columns"]
    assert isinstance(facts, list)
    told = facts[1]["scale_words"]
    assert (told["metric"], told["scale"], len(told["answers"])) == ("csat", [1, 10], 10)


def test_what_waits_stands_in_the_mapping_ready_to_be_taken_in(tmp_path: Path) -> None:
    rows = [f"{n},{('Yes', 'No')[n % 2]},{(4, 5)[n % 2]}" for n in range(12)]
    seen = looked_at(tmp_path, "id,Were you satisfied with the call?,Rate the shop", rows)
    mapping = propose(seen)
    waiting = write_waiting(seen, mapping)
    assert waiting.strip()
    assert all(not line or line.startswith("#") for line in waiting.splitlines())
    assert parse_mapping(write_mapping(mapping) + waiting) == mapping
    lines = [line.removeprefix("# ") for line in waiting.splitlines()]
    block = "\n".join(lines[next(n for n, x in enumerate(lines) if x == "[[question]]") :])
    taken = parse_mapping(write_mapping(mapping) + block)
    assert taken.questions[-1].scores == (("No", 1), ("Yes", 5))


def test_an_answer_without_a_score_is_not_taken_in_unseen(tmp_path: Path) -> None:
    rows = [f"{n},{('Wow', 'Meh', 'Ugh')[n % 3]}" for n in range(12)]
    seen = looked_at(tmp_path, "id,How satisfied are you?", rows)
    waiting = write_waiting(seen, propose(seen))
    assert "Wow" in waiting
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(waiting.split("# [[question]]")[1].replace("# ", ""))


def test_ticked_options_that_may_be_pain_points_stand_there_too(tmp_path: Path) -> None:
    head = (
        "Respondent ID,Rate the shop,Which words describe us?,,\n,Response,Reliable,Overpriced,Slow"
    )
    rows = [
        f"{11800000000 + n},{n % 5 + 1},{'Reliable' * (n % 2)},{'Overpriced' * (n % 3 == 0)},"
        f"{'Slow' * (n % 4 == 0)}"
        for n in range(40)
    ]
    seen = looked_at(tmp_path, head, rows)
    mapping = propose(seen)
    # Nobody asked what went wrong: that people call it reliable is no pain.
    assert not [rule for rule in mapping.pain_points if rule.when.values]
    waiting = write_waiting(seen, mapping)
    for option in ("Reliable", "Overpriced", "Slow"):
        assert f'title = "{option}"' in waiting
