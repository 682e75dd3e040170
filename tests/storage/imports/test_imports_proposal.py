"""The proposed mapping: what can be told is proposed, what cannot is left open by name."""

from pathlib import Path

import pytest

from storage.errors import MappingError
from storage.imports.inspect import inspect_file
from storage.imports.mapping import (
    DateSettings,
    EventsMapping,
    Keep,
    LongMapping,
    Mapping,
    OutcomeMapping,
    PainPointMapping,
    SourceSettings,
    When,
    check_choices,
    parse_mapping,
    propose,
    write_mapping,
)


def test_qualtrics_is_proposed_without_test_answers_in_its_own_zone(fixtures: Path) -> None:
    mapping = propose(inspect_file(fixtures / "imports" / "qualtrics_three_rows.csv"))
    assert mapping.source.keep == Keep("Status", ("IP Address", "0"))
    assert mapping.survey is not None
    assert mapping.survey.date == DateSettings("RecordedDate", "%Y-%m-%d %H:%M:%S", "Europe/Oslo")
    by_column = {question.column: question for question in mapping.questions}
    assert (by_column["Q1"].metric, by_column["Q1"].scale) == ("nps", (0, 10))
    assert by_column["Q1"].touchpoint == "Overall experience"
    assert (by_column["Q2"].metric, by_column["Q2"].missing) == ("csat", ("-99",))
    assert parse_mapping(write_mapping(mapping)) == mapping


def test_a_table_of_touchpoints_is_proposed_as_a_long_one(fixtures: Path) -> None:
    mapping = propose(inspect_file(fixtures / "imports" / "norwegian_cp1252.csv"))
    assert mapping.long == LongMapping("Kontaktpunkt", "NPS", "nps", None, (0, 10))
    assert mapping.survey is not None
    assert mapping.survey.design == "transactional"
    assert mapping.survey.date == DateSettings("Dato", "%d.%m.%Y %H.%M")
    assert mapping.source == SourceSettings()


def test_what_the_user_chose_is_kept_in_the_proposal(fixtures: Path) -> None:
    path = fixtures / "imports" / "norwegian_cp1252.csv"
    mapping = propose(inspect_file(path, encoding="cp1252", header_rows=1))
    assert mapping.source == SourceSettings(encoding="cp1252", header_rows=1)


def refusal(text: str) -> str:
    with pytest.raises(MappingError) as caught:
        parse_mapping(text)
    return caught.value.reason


def proposal_of(folder: Path, header: str, rows: list[str]) -> Mapping:
    path = folder / "data.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return propose(inspect_file(path))


def test_open_choices_are_named_and_stand_in_the_text(tmp_path: Path) -> None:
    rows = [f"{n},{n % 5 + 1},0{n % 9 + 1}/0{n % 5 + 1}/2026" for n in range(40)]
    mapping = proposal_of(tmp_path, "id,How easy was it to reach us?,Date", rows)
    text = write_mapping(mapping)
    assert "ces1" in text
    assert "%m/%d/%Y" in text
    with pytest.raises(MappingError) as caught:
        check_choices(mapping)
    assert (caught.value.reason, caught.value.names) == (
        "ces_version",
        ("How easy was it to reach us?",),
    )
    assert refusal(text) == "ces_version"
    chosen = text.replace('metric = "ces"', 'metric = "ces2"')
    assert refusal(chosen) == "date_order"


def test_a_grid_of_ratings_with_an_outcome_is_relational(tmp_path: Path) -> None:
    rows = [
        f"{n},{n},{20 + n % 60},{n % 6},{(n + 1) % 5 + 1},{(n + 2) % 5 + 1},{n * 7 % 400},"
        + ("Silver" if n % 3 else "Gold")
        + (",happy" if n % 4 else ",not happy")
        for n in range(60)
    ]
    mapping = proposal_of(
        tmp_path, ",Customer ID,Age,Check-in,Lounge,Boarding,Delay,Tier,Satisfaction", rows
    )
    assert mapping.survey is not None
    assert mapping.survey.design == "relational"
    assert (mapping.survey.respondent, mapping.survey.segment) == ("Customer ID", "Tier")
    assert [question.column for question in mapping.questions] == ["Check-in", "Lounge", "Boarding"]
    assert {question.missing for question in mapping.questions} == {("0",)}
    assert mapping.outcome == OutcomeMapping("Satisfaction", ("not happy",), "dissatisfied")
    assert mapping.pain_points[0] == PainPointMapping(
        "Check-in: rated 1 or 2", "Check-in", When("Check-in", between=(1.0, 2.0))
    )


def test_an_outcome_whose_bad_side_cannot_be_told_is_left_open(tmp_path: Path) -> None:
    rows = [f"{n},{'A' if n % 2 else 'B'}" for n in range(40)]
    mapping = proposal_of(tmp_path, "id,churn", rows)
    assert mapping.outcome == OutcomeMapping("churn", (), "left")
    assert "Choose" in write_mapping(mapping)


def test_counts_and_ranks_are_no_ratings(tmp_path: Path) -> None:
    rows = [f"{n % 5 + 1},{n % 5 + 1},{n % 2},{n % 6 + 1},{n % 5 + 1}" for n in range(60)]
    header = "How many visits?,Number of children,Senior,Rank of the film,Door"
    assert proposal_of(tmp_path, header, rows).questions == ()


def test_event_logs_are_proposed_as_such(tmp_path: Path) -> None:
    rows = [f"c{n // 3},step {n % 3},2026-01-01 10:0{n % 10}:00" for n in range(30)]
    states = [row + (",start" if n % 2 else ",complete") for n, row in enumerate(rows)]
    mapping = proposal_of(tmp_path, "case_id,activity,timestamp,lifecycle", states)
    assert mapping.survey is None
    assert mapping.events == EventsMapping(
        "case_id", "activity", "timestamp", "lifecycle", None, ("complete",)
    )
