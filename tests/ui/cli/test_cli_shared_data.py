"""Every kind of real file, looked at and taken in by the command that `inspect` names."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

# file, what it is, its records, and what is taken in: the others answered nothing that is asked.
FILES = [
    ("encoding_variants/pl_cp1250_semicolon.csv", "survey", 3, 3),
    ("encoding_variants/pl_utf-16_tab.txt", "survey", 3, 3),
    ("encoding_variants/no_cp1252_semicolon.csv", "survey", 3, 3),
    ("encoding_variants/ru_koi8-r_semicolon.csv", "survey", 3, 3),
    ("ga4/Pages_and_screens_Page_path_and_screen_class.csv", "kpi", 16, 16 * 7),
    ("limesurvey_dt/results_german.csv", "survey", 96, 34),
    ("limesurvey_codes_fr/results-survey.csv", "survey", 50, 50),
    ("surveymonkey/StarWars.csv", "survey", 1_186, 829),
    ("surveymonkey/food-world-cup-data.csv", "survey", 1_373, 1_276),
    ("xes/running-example.csv", "events", 42, None),
]


@pytest.mark.parametrize(("name", "kind", "records", "taken"), FILES)
def test_a_real_file_goes_the_way_inspect_says(
    waymark: Run, shared_data: Path, tmp_path: Path, name: str, kind: str, records: int,
    taken: int | None,
) -> None:  # fmt: skip
    file = tmp_path / "blank.waymark"
    assert waymark("new", file).code == 0
    seen = waymark("inspect", shared_data / name, "--json").json
    assert (seen["kind"], seen["command"]) == (kind, f"waymark import {kind}")
    assert seen["records"] == records
    ran = waymark("import", kind, file, shared_data / name, "--create", "--json")
    assert ran.code == 0
    assert ran.json["records"] == records
    if taken is not None:
        assert ran.json["imported"] == taken
        left_out = {s["reason"]: s["count"] for s in ran.json["skipped"]}
        assert kind == "kpi" or left_out.get("unanswered", 0) == records - taken


def test_a_file_without_a_rating_is_refused_by_name(
    waymark: Run, shared_data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "blank.waymark"
    assert waymark("new", file).code == 0
    sample = shared_data / "qualtrics_sample" / "sample.csv"
    assert waymark("inspect", sample, "--json").json["vendor"] == "qualtrics"
    ran = waymark("import", "survey", file, sample, "--create")
    assert (ran.code, "no question" in ran.err, len(ran.lines)) == (2, True, 3)


def test_a_log_is_no_survey(waymark: Run, shared_data: Path, tmp_path: Path) -> None:
    file = tmp_path / "blank.waymark"
    assert waymark("new", file).code == 0
    ran = waymark("import", "survey", file, shared_data / "xes" / "running-example.csv")
    assert ran.code == 2
    assert "waymark import events" in ran.err
    assert len(ran.lines) <= 3


def test_people_are_told_the_command(waymark: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "kpis.csv"
    sheet.write_text("KPI,Q1 2026,Q2 2026\nFCR,71,72\n", encoding="utf-8")
    ran = waymark("inspect", sheet)
    assert f"a KPI sheet: waymark import kpi WORKSPACE {sheet}" in ran.out
