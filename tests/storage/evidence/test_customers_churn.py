"""Churn of a workspace names each survey so that two quarters' can be told apart."""

from pathlib import Path

from storage.evidence.customers import churn_figures
from storage.sample import make_sample


def test_two_quarters_of_one_survey_are_told_apart(tmp_path: Path) -> None:
    document = make_sample(tmp_path / "sample.waymark")
    try:
        figures = churn_figures(document.workspace, document.engine)
    finally:
        document.close()
    assert [f.source for f in figures] == [
        "First-year customers, first_year_2026Q3.csv",
        "First-year customers, first_year_2026Q4.csv",
    ]
