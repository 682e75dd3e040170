"""A question that has a column for each answer is changed as one."""

from pathlib import Path

import pytest

from storage.imports.inspect import inspect_file
from storage.imports.mapping import propose
from ui.imports.draft import Draft
from ui.imports.roles import Role

LEVELS = ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"]
FIRST = 4  # the column of the first answer


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """A draft of SurveyMonkey's expanded export of one question, beside another one."""
    lines = [
        "Respondent ID,Collector ID,Date Created,Date Modified,How satisfied are you?,,,,,Rate us",
        ",,,," + ",".join(LEVELS) + ",Response",
    ]
    for n in range(40):
        ticks = [level if n % 5 == at else "" for at, level in enumerate(LEVELS)]
        day = f"07/{13 + n % 15}/2026"
        lines.append(",".join([str(118_000_000 + n), "4433", day, day, *ticks, str(1 + n % 5)]))
    path = tmp_path / "expanded.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    seen = inspect_file(path)
    return Draft.of(seen, propose(seen))


def test_all_its_columns_move_to_another_touchpoint(draft: Draft) -> None:
    moved = draft.with_touchpoint(FIRST + 2, "Delivery")
    about = {q.column: q.touchpoint for q in moved.mapping.questions}
    assert [about[seen.name] for seen in moved.inspection.columns[FIRST : FIRST + 5]] == [
        "Delivery"
    ] * 5
    assert about["Rate us"] != "Delivery"
    rules = [(p.title, p.touchpoint) for p in moved.mapping.pain_points]
    assert rules.count(("Delivery: rated 1 or 2", "Delivery")) == 2


def test_all_its_columns_take_another_metric(draft: Draft) -> None:
    rated = draft.with_role(FIRST + 4, Role.RATING)
    assert list(rated.roles()[FIRST : FIRST + 5]) == [Role.RATING] * 5
    assert {q.scores[0][1] for q in rated.mapping.questions if len(q.scores) == 1} == {
        1,
        2,
        3,
        4,
        5,
    }


def test_one_answer_may_be_left_out(draft: Draft) -> None:
    left = draft.with_role(FIRST, Role.IGNORE)
    assert left.roles()[FIRST : FIRST + 2] == (Role.IGNORE, Role.CSAT)
