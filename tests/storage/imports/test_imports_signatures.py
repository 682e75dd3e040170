"""Vendors are known by shape; columns by position, with names that are unique."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.imports.rows import Table, open_table
from storage.imports.signatures import MOST_TITLE_ROWS, clean_header, recognise, unique_names


def opened(fixtures: Path, name: str) -> Table:
    return open_table(fixtures / "imports" / name)


@pytest.mark.parametrize(
    ("name", "vendor", "header_rows", "columns", "records"),
    [
        ("qualtrics_three_rows.csv", "qualtrics", 3, 9, 4),
        ("qualtrics_legacy.csv", "qualtrics_legacy", 2, 6, 2),
        ("surveymonkey_two_rows.csv", "surveymonkey", 2, 9, 3),
        ("mac_roman.csv", "surveymonkey", 1, 3, 3),
        ("typeform.csv", "typeform", 1, 11, 3),
        ("google_forms.csv", "google_forms", 1, 4, 3),
        ("microsoft_forms.csv", "microsoft_forms", 1, 7, 2),
        ("limesurvey_text.csv", "limesurvey", 1, 8, 3),
        ("limesurvey_codes.csv", "limesurvey", 1, 5, 3),
        ("limesurvey_two_rows.csv", "limesurvey", 2, 6, 4),
        ("ga4_report.csv", "ga4", 1, 3, 3),
        ("ga4_resaved.csv", "ga4", 1, 3, 1),
        ("delighted.csv", "delighted", 1, 7, 2),
        ("polish_utf-8.csv", "plain", 1, 6, 3),
    ],
)
def test_vendors(
    fixtures: Path, name: str, vendor: str, header_rows: int, columns: int, records: int
) -> None:
    table = opened(fixtures, name)
    found = table.signature
    assert (found.vendor, found.header_rows, len(found.columns)) == (vendor, header_rows, columns)
    assert sum(1 for _ in table.rows()) == records


def test_qualtrics_names_texts_ids_and_zone(fixtures: Path) -> None:
    columns = opened(fixtures, "qualtrics_three_rows.csv").columns
    assert [column.name for column in columns][:4] == [
        "StartDate", "Status", "Finished", "RecordedDate",
    ]  # fmt: skip
    assert columns[6].text == "Hvor sannsynlig er det at du anbefaler oss?"
    assert columns[6].vendor_id == "QID1"
    assert columns[3].timezone == "Europe/Oslo"


def test_the_legacy_shape_is_named_by_its_second_row(fixtures: Path) -> None:
    names = [column.name for column in opened(fixtures, "qualtrics_legacy.csv").columns]
    assert names == [
        "ResponseID", "ResponseSet", "StartDate", "How likely are you to recommend us?", "Why?",
        "Unnamed",
    ]  # fmt: skip


def test_a_question_reaches_over_its_options_and_tags_are_gone(fixtures: Path) -> None:
    names = [column.name for column in opened(fixtures, "surveymonkey_two_rows.csv").columns]
    question = "Which of these did you use? Please select all that apply."
    assert names == [
        "Respondent ID", "Collector ID", "Date Created", "Do you own a bike?",
        f"{question} [Hire desk]", f"{question} [Repair shop]", f"{question} [Guided tour]",
        "How would you rate the hire desk?", "What was the best part?",
    ]  # fmt: skip


def test_typeform_keeps_its_header_and_every_column(fixtures: Path) -> None:
    names = [column.name for column in opened(fixtures, "typeform.csv").columns]
    assert names[0] == "#"
    assert [name for name in names if name.startswith("Other")] == ["Other", "Other (2)"]


def test_line_breaks_in_headers_do_not_cut_records(fixtures: Path) -> None:
    table = opened(fixtures, "limesurvey_text.csv")
    assert table.columns[6].name == "How satisfied are you? [Ordering online]"
    line, first = next(iter(table.rows()))
    assert (line, first[0]) == (3, "1")


def test_only_the_first_table_of_a_ga4_file_is_read(fixtures: Path) -> None:
    rows = [row for _, row in opened(fixtures, "ga4_report.csv").rows()]
    assert rows == [["/home", "146", "103"], ["/a, b", "91", "63"], ["/c", "86", "57"]]


def test_a_table_without_a_header_loses_no_record() -> None:
    found = recognise([["00004", "19970101", "29.33"], ["00004", "19970118", "29.73"]])
    assert found.header_rows == 0
    assert [column.name for column in found.columns] == ["Column 1", "Column 2", "Column 3"]


def test_answers_repeated_from_above_are_no_second_header() -> None:
    records = [["a", "", "", "b"], ["x", "Yes", "No", "1"], ["y", "Yes", "No", "2"]]
    records += [["z", "No", "Yes", "1"], ["w", "Yes", "No", "1"]]
    assert recognise(records).header_rows == 1
    words = [["a", "", "", "b"], ["x", "Yes", "No", "c"], ["y", "No", "Yes", "d"]]
    assert recognise(words).header_rows == 1


def test_the_user_may_say_how_many_header_rows() -> None:
    records = [["Report of June"], ["id", "score"], ["1", "9"]]
    found = recognise(records, header_rows=2)
    assert found.header_rows == 2
    assert len(found.columns) == 2


@given(st.lists(st.sampled_from(["", "a", "a (2)", "b", "Unnamed", "x" * 300]), max_size=12))
def test_names_are_unique_filled_and_short(names: list[str]) -> None:
    given_names = unique_names(names)
    assert len(set(given_names)) == len(names)
    assert all(0 < len(name) <= 200 for name in given_names)


@given(st.lists(st.lists(st.text(max_size=10), min_size=1, max_size=5), max_size=6), st.booleans())
def test_any_records_are_recognised_as_something(records: list[list[str]], mark: bool) -> None:
    found = recognise(records, preamble=mark, marked=not mark)
    names = [column.name for column in found.columns]
    assert len(set(names)) == len(names)
    # Rows over the table that only say what it is count as its head.
    assert found.header_rows <= min(max(3, len(records)), 3 + MOST_TITLE_ROWS)


def test_header_text_is_plain() -> None:
    assert clean_header("<p>Was it <b>good</b>&nbsp;&amp; fast?</p>") == "Was it good & fast?"
    assert clean_header("\ufeffA\u00a0 B\nC\x00") == "A B C"
    assert clean_header("2 < 3 > 1") == "2 < 3 > 1"


@pytest.mark.parametrize("rows", [2, 3, 4, 5])
@pytest.mark.parametrize("first", [[["q1", "q2"]], [["q1", ""]], [["", "q2"]]])
def test_as_many_header_rows_as_somebody_says(rows: int, first: list[list[str]]) -> None:
    records = first + [[f"text {n}", f"word {n}"] for n in range(6)]
    found = recognise(records, header_rows=rows)
    assert len(found.columns) == 2
