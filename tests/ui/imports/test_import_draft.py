"""A mapping in the making stays a mapping, whatever is chosen in whatever order."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import MappingError
from storage.imports.inspect import Inspection, inspect_file
from storage.imports.mapping import (
    Mapping,
    check_choices,
    check_columns,
    parse_mapping,
    propose,
    write_mapping,
)
from ui.imports.draft import Draft
from ui.imports.lines import Names, label_of, lines_of
from ui.imports.roles import CHOICES, QUESTIONS, Role, role_choices

WIDE = [
    "id,When,Class,Weight,Seat comfort,Cleanliness,Effort,NPS,Words,Class,Ended",
    *(
        f"{n},2026-0{n % 9 + 1}-11,{'AB'[n % 2]},1.{n},{n % 5 + 1},{(n * 3) % 5 + 1},"
        f"{n % 7 + 1},{n % 11},it was {n} days,{'XYZ'[n % 3]},{'left' if n % 4 else 'stayed'}"
        for n in range(60)
    ),
]
LONG = ["Touchpoint,NPS", *(f"{'Desk' if n % 2 else 'Phone'},{n % 11}" for n in range(60))]
SINGLE = (Role.RESPONDENT, Role.DATE, Role.SEGMENT, Role.WEIGHT, Role.OUTCOME)


@cache
def seen(*lines: str) -> Inspection:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return inspect_file(path)


def draft_of(*lines: str) -> Draft:
    inspection = seen(*lines)
    return Draft.of(inspection, propose(inspection))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """A proposal after some choices."""
    draft = draft_of(*draw(st.sampled_from((tuple(WIDE), tuple(LONG)))))
    places = range(len(draft.inspection.columns))
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.sampled_from(places))
        match draw(st.sampled_from(("role", "touchpoint", "design", "bad", "means"))):
            case "role":
                choices = role_choices(draft.mapping, draft.roles()[place])
                draft = draft.with_role(place, draw(st.sampled_from(choices)))
            case "touchpoint":
                draft = draft.with_touchpoint(place, draw(st.text(min_size=1, max_size=12)))
            case "design":
                design = draw(st.sampled_from(("relational", "transactional")))
                draft = draft.with_design(design)
            case "bad":
                draft = draft.with_bad(("left",))
            case "means":
                draft = draft.with_means(draw(st.sampled_from(("left", "dissatisfied"))))
    return draft


def fault(mapping: Mapping) -> str:
    try:
        check_choices(mapping)
    except MappingError as error:
        return error.reason
    return ""


@given(drafts())
def test_a_mapping_without_open_choices_goes_through_its_text_unchanged(draft: Draft) -> None:
    if not fault(draft.mapping):
        assert parse_mapping(write_mapping(draft.mapping)) == draft.mapping


@given(drafts())
def test_no_choice_contradicts_another(draft: Draft) -> None:
    check_columns(draft.mapping, [column.column for column in draft.inspection.columns])
    assert fault(draft.mapping) in {"", "no_questions", "outcome_bad", "date_order", "ces_version"}


@given(drafts(), st.data())
def test_what_is_chosen_is_what_the_column_is(draft: Draft, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(range(len(draft.inspection.columns))))
    role = data.draw(st.sampled_from(CHOICES))
    changed = draft.with_role(place, role)
    roles = changed.roles()
    assert roles[place] is role
    assert all(roles.count(single) <= 1 for single in SINGLE)
    lines = lines_of(changed, Names(), {})
    assert [line.role for line in lines] == list(roles)


@given(drafts(), st.data())
def test_what_is_ignored_leaves_no_trace(draft: Draft, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(range(len(draft.inspection.columns))))
    text = write_mapping(draft.with_role(place, Role.IGNORE).mapping)
    name = draft.seen(place).name
    assert f'column = "{name}"' not in text


def test_questions_stay_in_the_files_order() -> None:
    draft = draft_of(*WIDE)
    names = [column.name for column in draft.inspection.columns]
    for place in (7, 4, 5):
        draft = draft.with_role(place, Role.IGNORE)
    for place in (5, 7, 4):
        draft = draft.with_role(place, Role.RATING)
    asked = [names.index(q.column) for q in draft.mapping.questions]
    assert asked == sorted(asked)


@pytest.mark.parametrize("role", QUESTIONS)
def test_a_metric_gets_a_scale_it_can_have(role: Role) -> None:
    draft = draft_of(*WIDE)
    for place in (4, 6, 7):
        changed = draft.with_role(place, role)
        question = changed.question(place)
        assert question is not None
        assert question.higher_is_better is (role is not Role.CES_LOW)
        alone = changed._with(outcome=None, questions=(question,), pain_points=())
        assert not fault(alone.mapping)


def test_a_rating_tells_a_pain_point_only_where_it_can_explain_an_outcome() -> None:
    draft = draft_of(*WIDE).with_design("relational").with_role(4, Role.CSAT)
    rule = draft.rule(4)
    assert rule is not None
    assert rule.when.between == (1.0, 2.0)
    assert draft.with_design("transactional").rule(4) is None
    assert draft.with_role(4, Role.NPS).rule(4) is None
    renamed = draft.with_touchpoint(4, "Seat")
    assert renamed.rule(4).title == "Seat: rated 1 or 2"
    assert renamed.rule(4).touchpoint == "Seat"
    back = draft.with_design("transactional").with_design("relational")
    assert set(back.mapping.pain_points) == set(draft.mapping.pain_points)


def test_a_pain_point_of_ones_own_making_survives_another_design() -> None:
    draft = draft_of(*WIDE).with_design("relational").with_role(4, Role.CSAT)
    draft = draft.with_role(6, Role.CES_HIGH)
    text = write_mapping(draft.mapping).replace("between = [1, 2]", "between = [1, 3]")
    changed = Draft.of(draft.inspection, parse_mapping(text.replace("rated 1 or 2", "is bad")))
    there = changed.with_design("transactional").with_design("relational")
    assert set(there.mapping.pain_points) == set(changed.mapping.pain_points)


def test_a_table_with_one_answer_per_record_names_its_touchpoints() -> None:
    draft = draft_of(*LONG)
    assert draft.roles() == (Role.TOUCHPOINT, Role.NPS)
    apart = draft.with_role(0, Role.SEGMENT)
    assert apart.roles() == (Role.SEGMENT, Role.NPS)
    assert apart.mapping.long is None
    again = apart.with_role(0, Role.TOUCHPOINT)
    assert again.mapping.long == draft.mapping.long
    assert again.mapping.questions == ()


def test_a_date_column_takes_the_quarters_place() -> None:
    draft = draft_of(*WIDE).with_role(1, Role.IGNORE).with_survey(quarter="2026Q1")
    dated = draft.with_role(1, Role.DATE)
    assert dated.survey.quarter is None
    assert dated.survey.date.format == "%Y-%m-%d"


WORDED = [
    "id,Agent,Speed,Region",
    *(
        f"{n},{('Very bad', 'Bad', 'Good', 'Very good')[n % 4]},"
        f"{n % 5 + 1},{'North' if n % 2 else 'South'}"
        for n in range(60)
    ),
]


def test_answers_in_words_keep_their_scores_whatever_the_column_was_in_between() -> None:
    inspection = seen(*WORDED)
    scores = inspection.column("Agent").proposal.scores
    assert dict(scores)
    draft = Draft.of(inspection, propose(inspection))
    for role in (Role.IGNORE, Role.COMMENT, Role.OUTCOME):
        back = draft.with_role(1, role).with_role(1, Role.CSAT)
        asked = back.question(1)
        assert asked is not None
        assert asked.scores == scores
        assert all(asked.scale[0] <= score <= asked.scale[1] for _, score in asked.scores)
    rated = draft.with_role(1, Role.NPS).question(1)
    assert rated is not None
    assert rated.scores == scores


def test_answers_in_words_cannot_be_the_score_of_a_long_table() -> None:
    inspection = seen(*WORDED)
    draft = Draft.of(inspection, propose(inspection)).with_role(2, Role.IGNORE)
    assert [q.column for q in draft.mapping.questions] == ["Agent"]
    assert Role.TOUCHPOINT not in role_choices(draft.mapping, draft.roles()[3])
    assert draft.with_role(3, Role.TOUCHPOINT).mapping == draft.mapping


def coded(shared: Path) -> Draft:
    inspection = inspect_file(shared)
    return Draft.of(inspection, propose(inspection))


def test_codes_are_shown_with_what_they_mean(shared_data: Path) -> None:
    draft = coded(shared_data / "spss_sav" / "sample.sav")
    places = [at for at, s in enumerate(draft.inspection.columns) if s.column.labels]
    assert places
    lines = lines_of(draft, Names(), {})
    for place in places:
        code, meaning = draft.seen(place).column.labels[0]
        assert meaning in label_of(draft, place, code)
        shown = " ".join(lines[place].values)
        known = [
            m for c, m in draft.seen(place).column.labels if c in draft.seen(place).profile.values
        ]
        assert any(m in shown for m in known)


def test_a_scale_whose_labels_go_down_stays_turned_round() -> None:
    inspection = seen(*WORDED)
    column = inspection.columns[2]
    turned = replace(column, proposal=replace(column.proposal, lower_is_better=True))
    columns = (*inspection.columns[:2], turned, *inspection.columns[3:])
    draft = Draft.of(replace(inspection, columns=columns), propose(inspection))
    asked = draft.with_role(2, Role.IGNORE).with_role(2, Role.CSAT).question(2)
    assert asked is not None
    assert not asked.higher_is_better
    assert draft.with_role(2, Role.IGNORE).with_role(2, Role.NPS).question(2).higher_is_better
