"""Every real file beside the project, through the command line: what must come out of each."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ui.cli import run_command

Run = Callable[..., Any]

SURVEY = """
[survey]
name = "Real"
design = "relational"
quarter = "2026Q1"
"""


class Ran:
    """What a command left behind."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def waymark(
    capsys: pytest.CaptureFixture[str],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Run a command in this process, with a private folder."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path_factory.mktemp("state")))

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code = run_command([str(a) for a in arguments])
        found = capsys.readouterr()
        return Ran(code, found.out, found.err)

    return run


@pytest.fixture
def take(waymark: Run, tmp_path: Path) -> Run:
    """Import a file into a workspace of its own by a mapping, else by the proposed one."""

    def run(data: Path, mapping: str = "") -> tuple[Ran, Path]:
        file = tmp_path / "real.waymark"
        assert waymark("new", file).code == 0
        given: list[object] = []
        if mapping:
            (tmp_path / "map.toml").write_text(mapping, encoding="utf-8")
            given = ["--mapping", tmp_path / "map.toml"]
        ran = waymark("import", "survey", file, data, "--create", "--json", *given)
        return ran, file

    return run


INSPECTED = [
    ("airline/AirlinePassengerSatisfaction.csv", "plain", ",", 25_976, 25),
    ("carpentries_nps/data_20170701.csv", "plain", ",", 476, 75),
    ("telco_churn/Telco-Customer-Churn.csv", "plain", ",", 7_043, 21),
    ("cdnow/CDNOW_sample.txt", "plain", " ", 6_919, 5),
    ("surveymonkey/StarWars.csv", "surveymonkey", ",", 1_186, 38),
    ("surveymonkey/food-world-cup-data.csv", "surveymonkey", ",", 1_373, 48),
    ("surveymonkey/comma-survey.csv", "surveymonkey", ",", 1_129, 13),
    ("typeform/typeform_part1.csv", "typeform", ",", 15_653, 51),
    ("limesurvey_dt/results_german.csv", "limesurvey", ";", 96, 317),
    ("limesurvey_dt/results_english.csv", "limesurvey", ";", 96, 317),
    ("limesurvey_semicolon_de/results-survey.csv", "limesurvey", ";", 45, 38),
    ("limesurvey_codes_fr/results-survey.csv", "limesurvey", ",", 50, 45),
    ("qualtrics_sample/sample.csv", "qualtrics", ",", 1, 20),
    ("qualtrics_sample/sample_legacy.csv", "qualtrics_legacy", ",", 1, 16),
    ("ga4/Pages_and_screens_Page_path_and_screen_class.csv", "ga4", ",", 16, 8),
    ("retentioneering_ecom/ecom.csv.gz", "plain", ",", 31_106, 8),
    ("xes/running-example.csv", "plain", ",", 42, 9),
    ("xes/running-example.xes", "xes", None, 42, None),
    ("xes/roadtraffic100traces.xes", "xes", None, 390, None),
    ("spss_sav/sample.sav", "spss", None, 5, 7),
    ("spss_sav/sample_missing.sav", "spss", None, 7, 7),
    ("spss_sav/sample_large.sav", "spss", None, 485, 7),
    ("spss_sav/ordered_category.sav", "spss", None, 4, 1),
    ("spss_sav/simple_alltypes.sav", "spss", None, 6, 12),
    ("spss_sav/missing_test.sav", "spss", None, 2, 1),
]


@pytest.mark.parametrize(("name", "vendor", "separator", "records", "columns"), INSPECTED)
def test_every_file_is_inspected(
    shared_data: Path,
    waymark: Run,
    tmp_path: Path,
    name: str,
    vendor: str,
    separator: str | None,
    records: int,
    columns: int | None,
) -> None:
    ran = waymark("inspect", shared_data / name, "--mapping", tmp_path / "map.toml", "--json")
    assert ran.code == 0, ran.err
    seen = ran.json
    assert (seen["vendor"], seen["separator"], seen["records"]) == (vendor, separator, records)
    assert columns in {None, len(seen["columns"])}
    assert (tmp_path / "map.toml").stat().st_size > 0


def test_what_is_no_import_is_refused_with_its_kind(shared_data: Path, waymark: Run) -> None:
    ran = waymark("inspect", shared_data / "ojf" / "customer-support.ojf", "--json")
    assert ran.code == 3
    assert "json" in ran.err


def test_airline_zeros_are_no_scores(shared_data: Path, take: Run, waymark: Run) -> None:
    path = shared_data / "airline" / "AirlinePassengerSatisfaction.csv"
    ran, file = take(path)
    assert ran.code == 0
    assert ran.json["outcome"] == {"n": 25_976, "bad": 25_976 - 11_403}
    with path.open(encoding="utf-8", newline="") as stream:
        records = list(csv.DictReader(stream))
    rows = waymark("metrics", file, "--json").json
    assert len(rows) == 14
    for row in rows:
        scores = [int(r[row["touchpoint"]]) for r in records if r[row["touchpoint"]] != "0"]
        assert row["n"] == len(scores)
        assert row["value"] == pytest.approx(sum(scores) / len(scores), abs=1e-12)


def test_carpentries_nps_to_the_digit(shared_data: Path, take: Run, waymark: Run) -> None:
    ran, file = take(shared_data / "carpentries_nps" / "data_20170701.csv")
    assert ran.code == 0, ran.err
    assert ran.json["records"] == 476
    (nps,) = (row for row in waymark("metrics", file, "--json").json if row["metric"] == "nps")
    assert nps["n"] == 402
    assert nps["value"] == pytest.approx((215 - 69) / 402 * 100, abs=1e-9)
    assert round(nps["value"], 3) == 36.318
    assert nps["distribution"] == {
        "0": 4, "2": 2, "3": 3, "4": 2, "5": 28, "6": 30, "7": 59, "8": 59, "9": 67, "10": 148,
    }  # fmt: skip


def test_telco_churn_by_contract(shared_data: Path, take: Run) -> None:
    ran, _ = take(shared_data / "telco_churn" / "Telco-Customer-Churn.csv")
    assert ran.code == 0, ran.err
    assert ran.json["outcome"] == {"n": 7_043, "bad": 1_869}
    assert ran.json["imported"] == 7_043
    segments = {c["name"] for c in ran.json["created"] if c["kind"] == "segment"}
    assert segments == {"Month-to-month", "One year", "Two year"}


def test_telco_blank_charges_are_blank(shared_data: Path, waymark: Run) -> None:
    seen = waymark("inspect", shared_data / "telco_churn" / "Telco-Customer-Churn.csv", "--json")
    charges = next(c for c in seen.json["columns"] if c["name"] == "TotalCharges")
    assert (charges["type"], charges["blank"], charges["refused"]) == ("number", 11, 0)


@pytest.mark.parametrize("name", ["StarWars.csv", "food-world-cup-data.csv"])
def test_surveymonkey_is_not_utf8_and_says_so(shared_data: Path, take: Run, name: str) -> None:
    ran, _ = take(shared_data / "surveymonkey" / name)
    assert ran.code in {0, 1}, ran.err
    assert ran.json["questions"]
    (warned,) = (w for w in ran.json["warnings"] if w["reason"] == "encoding_guessed")
    assert warned["name"] in ran.err
    # Nothing was lost: not one byte stands as a mark of replacement.
    assert not any(w["reason"] == "faulty_bytes" for w in ran.json["warnings"])


def test_starwars_favour_is_counted(shared_data: Path, take: Run) -> None:
    path = shared_data / "surveymonkey" / "StarWars.csv"
    ran, _ = take(path)
    with path.open(encoding="mac-roman", newline="") as stream:
        _, second, *records = csv.reader(stream)
    place = second.index("Han Solo")
    said = [r[place] for r in records if r[place] and r[place] != "Unfamiliar (N/A)"]
    taken = {q["touchpoint"]: q["n"] for q in ran.json["questions"]}
    assert taken["Han Solo"] == len(said)


def test_typeform_comes_in_whole(shared_data: Path, take: Run) -> None:
    ran, _ = take(shared_data / "typeform" / "typeform_part1.csv")
    assert ran.code in {0, 1}, ran.err
    assert ran.json["records"] == 15_653
    assert ran.json["imported"] + sum(s["count"] for s in ran.json["skipped"]) == 15_653


@pytest.mark.parametrize(
    ("name", "records"),
    [
        ("limesurvey_semicolon_de/results-survey.csv", 45),
        ("limesurvey_codes_fr/results-survey.csv", 50),
        ("limesurvey_dt/results_english.csv", 96),
        ("limesurvey_dt/results_german.csv", 96),
    ],
)
def test_limesurvey_comes_in_or_says_what_it_needs(
    shared_data: Path, take: Run, name: str, records: int
) -> None:
    ran, _ = take(shared_data / name)
    if ran.code == 2:
        assert "Nothing" in ran.err
        return
    assert ran.code in {0, 1}, ran.err
    assert ran.json["records"] == records


def test_a_survey_without_ratings_gives_what_people_wrote(
    shared_data: Path, take: Run, waymark: Run
) -> None:
    """Its grids ask how relevant and how common things are: no experience, so no question."""
    path = shared_data / "limesurvey_dt" / "results_german.csv"
    ran, _ = take(path)
    assert ran.code == 0, ran.err
    assert (ran.json["records"], ran.json["imported"], ran.json["questions"]) == (96, 34, [])
    assert [(s["reason"], s["count"]) for s in ran.json["skipped"]] == [("unanswered", 62)]
    with path.open(encoding="utf-8-sig", newline="") as stream:
        _, *records = csv.reader(stream, delimiter=";")
    seen = waymark("inspect", path, "--json").json["columns"]
    places = [at for at, c in enumerate(seen) if c["proposal"]["role"] == "comment"]
    wrote = [any(r[at].strip() not in {"", "N/A"} for at in places) for r in records]
    assert (len(wrote), sum(wrote)) == (96, 34)


def test_answers_without_a_date_count_in_the_quarter_that_is_named(
    shared_data: Path, waymark: Run, tmp_path: Path
) -> None:
    file = tmp_path / "real.waymark"
    assert waymark("new", file).code == 0
    data = shared_data / "surveymonkey" / "StarWars.csv"
    unnamed = waymark("import", "survey", file, data, "--create", "--dry-run")
    assert "--quarter" in unnamed.err
    ran = waymark("import", "survey", file, data, "--create", "--quarter", "2025Q3")
    assert ran.code == 0, ran.err
    assert "2025Q3" in ran.err
    assert waymark("metrics", file, "--quarter", "2025Q3", "--json").json


def test_inspect_and_the_mapping_agree_about_options(shared_data: Path, waymark: Run) -> None:
    path = shared_data / "carpentries_nps" / "data_20170701.csv"
    seen = waymark("inspect", path, "--json").json["columns"]
    ticked = [c["proposal"] for c in seen if "options" in c["proposal"]]
    assert len(ticked) > 40
    # Nothing it asks to tick says what went wrong.
    assert {proposal["role"] for proposal in ticked} == {"ignore"}


def test_both_languages_of_a_survey_have_the_same_answers(shared_data: Path, waymark: Run) -> None:
    folder = shared_data / "limesurvey_dt"
    english, german = (
        waymark("inspect", folder / f"results_{name}.csv", "--json").json["columns"]
        for name in ("english", "german")
    )
    assert [c["blank"] for c in english] == [c["blank"] for c in german]


@pytest.mark.parametrize("name", ["sample.csv", "sample_legacy.csv"])
def test_one_qualtrics_response(shared_data: Path, take: Run, name: str) -> None:
    question = "Q1" if name == "sample.csv" else ""
    if not question:
        with (shared_data / "qualtrics_sample" / name).open(encoding="utf-8-sig") as stream:
            tags, texts = list(csv.reader(stream))[:2]
        question = texts[tags.index("Q1")]
    mapping = SURVEY + (
        f'[[question]]\ncolumn = {json.dumps(question)}\ntouchpoint = "Sample"\n'
        'metric = "rating"\nscale = [1, 10]\n'
    )
    ran, _ = take(shared_data / "qualtrics_sample" / name, mapping)
    assert ran.code == 0, ran.err
    assert ran.json["records"] == ran.json["imported"] == 1


def test_spss_labels_are_segments_and_user_missing_is_none(
    shared_data: Path, take: Run, waymark: Run
) -> None:
    path = shared_data / "spss_sav" / "sample_missing.sav"
    columns = {c["name"]: c for c in waymark("inspect", path, "--json").json["columns"]}
    assert columns["mylabl"]["labels"] == {"-1": "undetermined", "1": "Male", "2": "Female"}
    assert "-1" not in columns["mylabl"]["examples"]
    mapping = SURVEY + (
        'segment = "mylabl"\n[[question]]\ncolumn = "myord"\ntouchpoint = "Order"\n'
        'metric = "rating"\nscale = [1, 3]\n'
    )
    ran, _ = take(path, mapping)
    assert ran.code == 0, ran.err
    assert ran.json["records"] == 7
    segments = {c["name"] for c in ran.json["created"] if c["kind"] == "segment"}
    assert segments == {"Male", "Female"}
    assert [q["n"] for q in ran.json["questions"]] == [7 - columns["myord"]["blank"]]


@pytest.mark.parametrize("prefix", ["pl", "no", "ru"])
def test_every_encoding_reads_to_the_same_text(
    shared_data: Path, waymark: Run, prefix: str
) -> None:
    read = []
    for path in sorted((shared_data / "encoding_variants").glob(f"{prefix}_*")):
        seen = waymark("inspect", path, "--json").json
        examples = [(c["name"], c["examples"]) for c in seen["columns"]]
        # cp1252 has no true minus and no narrow space; the file was written without them.
        text = json.dumps(examples, ensure_ascii=False)
        read.append(text.replace("\u2212", "?").replace("\u202f", "\u00a0"))
    assert len(read) >= 3
    assert len(set(read)) == 1


def test_ga4_says_that_it_has_no_answers(shared_data: Path, take: Run) -> None:
    ran, _ = take(shared_data / "ga4" / "Pages_and_screens_Page_path_and_screen_class.csv")
    assert ran.code == 2
    assert ran.out == ""
    assert "holds no answers" in ran.err
    assert "waymark import kpi" in ran.err
