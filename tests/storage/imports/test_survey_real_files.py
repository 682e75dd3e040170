"""Real survey files give the figures published for them."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from journey.model.template import new_workspace
from storage.document import Document
from storage.evidence import metric_rows
from tests.storage.imports.survey_trial import Trial

RATED = (
    "Inflight wifi service",
    "Departure/Arrival time convenient",
    "Ease of Online booking",
    "Gate location",
    "Food and drink",
    "Online boarding",
    "Seat comfort",
    "Inflight entertainment",
    "On-board service",
    "Leg room service",
    "Baggage handling",
    "Checkin service",
    "Inflight service",
    "Cleanliness",
)


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trial]:
    """A new document beside a folder for files."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    with Document.create(tmp_path / "w.waymark", new_workspace("W")) as document:
        yield Trial(document, tmp_path)


def test_airline(trial: Trial, shared_data: Path) -> None:
    import csv

    path = shared_data / "airline" / "AirlinePassengerSatisfaction.csv"
    mapping = """
[survey]
name = "Passengers"
design = "relational"
quarter = "2026Q4"
respondent = "id"
segment = "Class"
covariates = ["Type of Travel", "Age"]
[outcome]
column = "satisfaction"
bad = ["neutral or dissatisfied"]
means = "dissatisfied"
[[pain_point]]
title = "Wifi does not work"
touchpoint = "Inflight wifi service"
when = { column = "Inflight wifi service", between = [1, 2] }
""" + "".join(
        f'[[question]]\ncolumn = "{name}"\ntouchpoint = "{name}"\n'
        'metric = "csat"\nmissing = ["0"]\n'
        for name in RATED
    )
    result = trial.take(path, mapping)
    assert (result.records, result.imported) == (25_976, 25_976)
    assert result.skipped == ()
    assert result.refused_cells == ()
    assert result.outcome is not None
    assert (result.outcome.n, result.outcome.bad) == (25_976, 14_573)
    assert len(result.questions) == 14

    with path.open(newline="", encoding="utf-8") as stream:
        records = list(csv.DictReader(stream))
    expected = Counter(
        (name, record["Class"], int(record[name]))
        for record in records
        for name in RATED
        if record[name] != "0"
    )
    assert trial.counts("2026Q4") == expected
    (table,) = trial.store.response_tables(trial.workspace, "2026Q4")
    (ticked,) = table.pain_points.values()
    assert int(ticked.sum()) == sum(r["Inflight wifi service"] in {"1", "2"} for r in records)
    assert table.covariates["Age"][:3].tolist() == [52.0, 36.0, 20.0]


def test_carpentries(trial: Trial, shared_data: Path) -> None:
    import csv

    path = shared_data / "carpentries_nps" / "data_20170701.csv"
    with path.open(newline="", encoding="utf-8-sig", errors="replace") as stream:
        column = next(csv.reader(stream))[-1]
    result = trial.take(
        path,
        f"""
[survey]
name = "Long-term survey"
design = "transactional"
quarter = "2017Q2"
[[question]]
column = "{column}"
touchpoint = "Workshop"
metric = "nps"
""",
    )
    (row,) = metric_rows(trial.workspace, trial.store, "2017Q2")
    assert row.result.n == 402
    assert row.result.value == pytest.approx(36.318, abs=5e-4)
    assert row.result.distribution == {
        0: 4, 2: 2, 3: 3, 4: 2, 5: 28, 6: 30, 7: 59, 8: 59, 9: 67, 10: 148,
    }  # fmt: skip
    assert result.imported == 402
    assert result.records == result.imported + sum(s.count for s in result.skipped)
