"""What an import says of its own accord: nothing odd about a file goes by unsaid."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from journey.model.template import new_workspace
from storage.document import Document
from storage.imports.child_formulas import unsaved_formulas
from storage.imports.inspect import inspect_file
from tests.storage.imports.foreign_files import workbook
from tests.storage.imports.survey_trial import Trial

MAPPING = """
[survey]
name = "A"
design = "{design}"
quarter = "2026Q4"
respondent = "id"

[[question]]
column = "Booking"
touchpoint = "Booking"
metric = "csat"
scale = [1, 5]
"""


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trial]:
    """A new document beside a folder for files."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    with Document.create(tmp_path / "told.waymark", new_workspace("Told")) as document:
        yield Trial(document, tmp_path)


@pytest.mark.parametrize("design", ["relational", "transactional"])
def test_two_records_of_one_respondent_are_told(trial: Trial, design: str) -> None:
    rows = [["id", "Booking"], ["a", 1], ["b", 2], ["a", 3], ["a", 3], ["c", 4], ["", 5], ["", 5]]
    result = trial.take(trial.file(rows), MAPPING.format(design=design))
    assert result.imported == 7
    assert dict(result.warnings)["respondent_twice"] == "1"


def test_everybody_once_is_nothing_to_tell(trial: Trial) -> None:
    rows = [["id", "Booking"], *([f"p{i}", 1 + i % 5] for i in range(20)), ["", 1], ["", 1]]
    result = trial.take(trial.file(rows), MAPPING.format(design="relational"))
    assert "respondent_twice" not in dict(result.warnings)


def test_visits_of_one_person_at_several_moments_are_nothing_to_tell(trial: Trial) -> None:
    mapping = MAPPING.format(design="transactional").replace(
        'quarter = "2026Q4"', 'date = { column = "at", format = "%Y-%m-%d" }'
    )
    rows = [["id", "at", "Booking"], ["a", "2026-10-01", 3], ["a", "2026-10-02", 3]]
    result = trial.take(trial.file(rows), mapping)
    assert "respondent_twice" not in dict(result.warnings)


def test_formulas_without_values_are_told(tmp_path: Path, trial: Trial) -> None:
    path = tmp_path / "formulas.xlsx"
    rows = [["id", "Booking"], *([i, f"=1+{i % 5}"] for i in range(12))]
    workbook(path, {"S": rows})
    seen = {notice.reason: notice.count for notice in inspect_file(path).warnings}
    assert seen["unsaved_formulas"] == 12
    result = trial.take(path, MAPPING.format(design="relational"))
    assert dict(result.warnings)["unsaved_formulas"] == "12"
    assert result.questions[0].n == 0


def test_formulas_with_values_are_nothing_to_tell(tmp_path: Path) -> None:

    path = tmp_path / "values.xlsx"
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1"><f t="shared" si="0"/><v>3</v></c><c r="D1"><v>4</v></c>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f"<sheetData><row>{cells}</row></sheetData>")
    assert unsaved_formulas(path.read_bytes()) == 0
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "xl/worksheets/sheet1.xml", cells.replace("<v>3</v>", "").replace("<v>2</v>", "<v/>")
        )
    assert unsaved_formulas(path.read_bytes()) == 2
    assert unsaved_formulas(b"no archive") == 0
