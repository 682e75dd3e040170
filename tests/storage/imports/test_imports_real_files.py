"""The world's own files, where they stand beside the checkout."""

from pathlib import Path

import pytest

from storage.errors import ImportProblem
from storage.imports.inspect import inspect_file
from storage.imports.mapping import check_columns, parse_mapping, propose, write_mapping
from storage.imports.rows import open_table

FILES = [
    ("airline/AirlinePassengerSatisfaction.csv", "plain", "utf-8", ",", 1, 25_976, 25),
    ("carpentries_nps/data_20170701.csv", "plain", "utf-8", ",", 1, 476, 75),
    ("telco_churn/Telco-Customer-Churn.csv", "plain", "utf-8", ",", 1, 7_043, 21),
    ("cdnow/CDNOW_sample.txt", "plain", "utf-8", " ", 0, 6_919, 5),
    ("surveymonkey/StarWars.csv", "surveymonkey", "mac-roman", ",", 2, 1_186, 38),
    ("surveymonkey/food-world-cup-data.csv", "surveymonkey", "mac-roman", ",", 1, 1_373, 48),
    ("surveymonkey/comma-survey.csv", "surveymonkey", "utf-8", ",", 1, 1_129, 13),
    ("typeform/typeform_part1.csv", "typeform", "utf-8", ",", 1, 15_653, 51),
    ("limesurvey_dt/results_german.csv", "limesurvey", "utf-8-sig", ";", 1, 96, 317),
    ("limesurvey_dt/results_english.csv", "limesurvey", "utf-8-sig", ";", 1, 96, 317),
    ("limesurvey_semicolon_de/results-survey.csv", "limesurvey", "utf-8-sig", ";", 2, 45, 38),
    ("limesurvey_codes_fr/results-survey.csv", "limesurvey", "utf-8", ",", 1, 50, 45),
    ("qualtrics_sample/sample.csv", "qualtrics", "utf-8", ",", 3, 1, 20),
    ("qualtrics_sample/sample_legacy.csv", "qualtrics_legacy", "utf-8-sig", ",", 2, 1, 16),
    ("ga4/Pages_and_screens_Page_path_and_screen_class.csv", "ga4", "utf-8", ",", 1, 16, 8),
    ("retentioneering_ecom/ecom.csv.gz", "plain", "utf-8", ",", 1, 31_106, 8),
    ("xes/running-example.csv", "plain", "utf-8", ",", 1, 42, 9),
]


def real(shared_data: Path, name: str) -> Path:
    path = shared_data / name
    if not path.is_file():
        pytest.skip(f"{name} is not beside this checkout")
    return path


@pytest.mark.parametrize(
    ("name", "vendor", "encoding", "separator", "header_rows", "records", "columns"), FILES
)
def test_shape(
    shared_data: Path,
    name: str,
    vendor: str,
    encoding: str,
    separator: str,
    header_rows: int,
    records: int,
    columns: int,
) -> None:
    seen = inspect_file(real(shared_data, name))
    assert (seen.vendor, seen.encoding, seen.separator) == (vendor, encoding, separator)
    assert (seen.header_rows, seen.records, len(seen.columns)) == (header_rows, records, columns)
    assert all(column.profile.cells == records for column in seen.columns)


@pytest.mark.parametrize("language", ["pl", "nb", "ru", "en"])
@pytest.mark.parametrize("prefix", ["pl", "no", "ru"])
def test_every_variant_reads_to_the_same_text(
    shared_data: Path, prefix: str, language: str
) -> None:
    folder = real(shared_data, "encoding_variants/SOURCE.txt").parent
    read = {
        path.name: [row for _, row in open_table(path, language=language).rows()]
        for path in sorted(folder.glob(f"{prefix}_*"))
    }
    assert len(read) >= 3
    texts = [
        # cp1252 has no true minus and no narrow space; the file was written without them.
        [[cell.replace("\u2212", "?").replace("\u202f", "\u00a0") for cell in row] for row in rows]
        for rows in read.values()
    ]
    assert all(rows == texts[0] for rows in texts), read


def test_the_re_encoded_german_file_reads_like_the_original(shared_data: Path) -> None:
    original = open_table(real(shared_data, "limesurvey_semicolon_de/results-survey.csv"))
    coded = open_table(real(shared_data, "encoding_variants/de_real_limesurvey_cp1252.csv"))
    assert [column.name for column in coded.columns] == [c.name for c in original.columns]
    assert [row for _, row in coded.rows()] == [row for _, row in original.rows()]


def test_no_break_spaces_of_the_old_macintosh_read_as_spaces(shared_data: Path) -> None:
    seen = inspect_file(real(shared_data, "surveymonkey/food-world-cup-data.csv"))
    assert "level of knowledge of cuisines" in seen.columns[1].name
    assert "Not much" in seen.columns[2].profile.values


def test_airline_proposal(shared_data: Path) -> None:
    seen = inspect_file(real(shared_data, "airline/AirlinePassengerSatisfaction.csv"))
    assert seen.column("Arrival Delay in Minutes").profile.blank == 83
    mapping = propose(seen)
    assert len(mapping.questions) == len(mapping.pain_points) == 14
    assert {(q.metric, q.scale, q.missing) for q in mapping.questions} == {("csat", (1, 5), ("0",))}
    assert mapping.survey is not None
    assert mapping.survey.design == "relational"
    assert (mapping.survey.respondent, mapping.survey.segment) == ("id", "Class")
    assert mapping.outcome is not None
    assert mapping.outcome.column == "satisfaction"
    assert mapping.outcome.bad == ("neutral or dissatisfied",)
    bad = seen.column("satisfaction").profile.values["neutral or dissatisfied"]
    assert bad == 25_976 - 11_403
    text = write_mapping(mapping).replace("# quarter", "quarter")
    chosen = parse_mapping(text)
    check_columns(chosen, [column.column for column in seen.columns])
    assert chosen.questions == mapping.questions


def test_carpentries_proposal(shared_data: Path) -> None:
    seen = inspect_file(real(shared_data, "carpentries_nps/data_20170701.csv"))
    mapping = propose(seen)
    asked = {q.column: q for q in mapping.questions}
    assert (asked["Likely-To-Recommend"].metric, asked["Likely-To-Recommend"].scale) == (
        "nps",
        (0, 10),
    )
    agreed = asked["Motivated-Seek-Knowledge"]
    assert (agreed.metric, agreed.scale) == ("rating", (1, 5))
    assert dict(agreed.scores)["Strongly agree"] == 5
    profile = seen.column("Likely-To-Recommend").profile
    assert (profile.answered, profile.cells) == (402, 476)
    assert profile.values["10"] == 148


def test_telco_proposal(shared_data: Path) -> None:
    seen = inspect_file(real(shared_data, "telco_churn/Telco-Customer-Churn.csv"))
    charges = seen.column("TotalCharges").profile
    assert (charges.type, charges.blank, charges.refused) == ("number", 11, 0)
    mapping = propose(seen)
    assert mapping.outcome is not None
    assert (mapping.outcome.bad, mapping.outcome.means) == (("Yes",), "left")
    assert seen.column("Churn").profile.values["Yes"] == 1_869
    assert mapping.survey is not None
    assert (mapping.survey.respondent, mapping.survey.segment) == ("customerID", "Contract")


def test_event_logs_are_proposed(shared_data: Path) -> None:
    log = propose(inspect_file(real(shared_data, "xes/running-example.csv"))).events
    assert log is not None
    assert (log.case, log.activity, log.time) == (
        "case:concept:name",
        "concept:name",
        "time:timestamp",
    )
    clicks = propose(inspect_file(real(shared_data, "retentioneering_ecom/ecom.csv.gz"))).events
    assert clicks is not None
    assert (clicks.case, clicks.activity) == ("session_id", "event")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("xes/running-example.xes", "xes"),
        ("ojf/customer-support.ojf", "json"),
    ],
)
def test_other_kinds_are_refused_by_name(shared_data: Path, name: str, kind: str) -> None:
    with pytest.raises(ImportProblem) as caught:
        inspect_file(real(shared_data, name))
    assert (caught.value.reason, caught.value.detail) == ("unsupported", kind)
