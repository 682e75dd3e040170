"""What a file looks like: answers, KPIs, events or purchases, by its shape alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.imports.likely_kind import likely_kind
from storage.imports.readers import inspect_any

KINDS = [
    ("kpi,period,value\nFCR,2026Q1,3\nFCR,2026Q2,4\nB,2026Q1,5\n", "kpi"),
    ("Wskaźnik;Okres;Wartość;Cel\nFCR;2026-01;71,5 %;80 %\n", "kpi"),
    ("Month,FCR (%),Churn\n2026-01,71,3\n2026-02,72,4\n2026-03,73,5\n", "kpi"),
    ("KPI,Touchpoint,Q1 2026,Q2 2026\nFCR,Call,71,72\n", "kpi"),
    ("Kennzahl;Jan 2026;Feb 2026\nErstlösung;71 %;72 %\n", "kpi"),
    ("Date,Visits,Cost\n2026-01-01,120,33.5\n2026-01-02,131,31.2\n", "kpi"),
    ("# -----\n# Pages\n# -----\nPage,Views\n/a,1\n", "kpi"),
    ("case_id,activity,timestamp\n1,a,2026-01-01 10:00:00\n1,b,2026-01-01 11:00:00\n", "events"),
    ("Kunde;Datum;Betrag\n1;01.02.2026;10,50\n2;02.02.2026;11,20\n", "purchases"),
    # One answer a day under a date is no series of figures.
    ("Date,How likely are you to recommend us?\n2026-01-01,9\n2026-01-02,10\n", "survey"),
    ("id,NPS,Comment\n1,9,good\n2,3,bad\n", "survey"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_kind_of_a_file(tmp_path: Path, text: str, kind: str) -> None:
    path = tmp_path / "data.csv"
    path.write_text(text, encoding="utf-8")
    assert likely_kind(inspect_any(path)).kind == kind


def test_columns_of_a_sheet_are_named_by_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("Month,FCR (%),Note\n2026-01,71,x\n2026-02,72,y\n", encoding="utf-8")
    found = likely_kind(inspect_any(path))
    assert (found.kind, found.roles) == ("kpi", {"Month": "period", "FCR (%)": "kpi"})


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("airline/AirlinePassengerSatisfaction.csv", "survey"),
        ("telco_churn/Telco-Customer-Churn.csv", "survey"),
        ("limesurvey_codes_fr/results-survey.csv", "survey"),
        ("ga4/Pages_and_screens_Page_path_and_screen_class.csv", "kpi"),
        ("cdnow/CDNOW_sample.txt", "purchases"),
        ("xes/running-example.csv", "events"),
        ("xes/running-example.xes", "events"),
    ],
)
def test_the_kind_of_real_files(
    shared_data: Path, waymark_kind: Callable[[Path], str], name: str, kind: str
) -> None:
    assert waymark_kind(shared_data / name) == kind


@pytest.fixture
def waymark_kind() -> Callable[[Path], str]:
    return lambda path: likely_kind(inspect_any(path)).kind
