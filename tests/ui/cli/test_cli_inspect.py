"""`inspect` on every kind of file, and what `import survey` says about the file itself."""

import signal
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.storage.imports.foreign_files import workbook
from ui.cli import evidence

Run = Callable[..., Any]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "answers.xlsx"
    answers = [[f"c{n}", n % 5 + 1, ("Queue", None, "Forms")[n % 3]] for n in range(30)]
    header = ["id", "How satisfied were you with the desk?", "What problem did you have?"]
    workbook(path, {"Cover": [["Visits"]], "Answers": [header, *answers]})
    return path


def test_a_workbook_has_sheets_and_no_separator(book: Path, waymark: Run) -> None:
    ran = waymark("inspect", book, "--json")
    assert ran.code == 0
    seen = ran.json
    assert (seen["separator"], seen["sheet"], seen["records"]) == (None, "Answers", 30)
    assert [s["name"] for s in seen["sheets"]] == ["Cover", "Answers"]
    assert "Cover" in ran.err
    assert waymark("inspect", book, "--sheet", "Cover", "--json").json["records"] in (0, 1)


def test_a_sheet_that_is_not_there(book: Path, waymark: Run) -> None:
    ran = waymark("inspect", book, "--sheet", "Nowhere", "--json")
    assert (ran.code, ran.out) == (3, "")
    assert "Cover, Answers" in ran.err
    assert 1 <= len(ran.lines) <= 3


def test_a_workbook_goes_in_by_the_proposal(book: Path, waymark: Run, tmp_path: Path) -> None:
    file = tmp_path / "w.waymark"
    assert waymark("new", file).code == 0
    ran = waymark("import", "survey", file, book, "--create", "--json")
    assert ran.code == 0, ran.err
    assert [(q["touchpoint"], q["metric"], q["n"]) for q in ran.json["questions"]] == [
        ("Desk", "csat", 30)
    ]
    assert {"reason": "more_sheets", "name": "Cover"} in ran.json["warnings"]
    assert "Other sheets were not read: Cover" in ran.err


def test_a_proposal_with_answers_in_words_is_read_back(waymark: Run, tmp_path: Path) -> None:
    data, mapping, file = (tmp_path / name for name in ("a.csv", "a.toml", "w.waymark"))
    words = ["Very poor", "Poor", "Fair", "Good", "Excellent", "Not applicable"]
    lines = [f"c{n},{words[n % 6]}" for n in range(36)]
    data.write_text("\n".join(["id,How would you rate the shop?", *lines]) + "\n")
    assert waymark("inspect", data, "--mapping", mapping, "--json").code == 0
    assert '"Very poor" = 1' in mapping.read_text("utf-8")
    assert waymark("new", file).code == 0
    took = waymark("import", "survey", file, data, "--mapping", mapping, "--create", "--json")
    assert took.code == 0, took.err
    (row,) = waymark("metrics", file, "--json").json
    assert (row["touchpoint"], row["n"], row["value"]) == ("Shop", 30, 3.0)


def test_several_files_in_an_archive_are_named(waymark: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("first.csv", "a,b\n1,2\n")
        archive.writestr("second.csv", "a,b\n1,2\n")
    ran = waymark("inspect", path)
    assert ran.code == 3
    assert "first.csv, second.csv" in ran.err


def test_a_guessed_encoding_is_said_at_import_too(waymark: Run, empty: Path) -> None:
    data = empty.with_name("answers.csv")
    text = data.read_text("utf-8").replace("Young", "Dorośli").replace("Old", "Młodzież")
    data.write_bytes(text.encode("cp1250"))
    mapping = empty.with_name("map.toml")
    ran = waymark("import", "survey", empty, data, "--mapping", mapping, "--create", "--json")
    assert ran.code == 0, ran.err
    assert {"reason": "encoding_guessed", "name": "cp1250"} in ran.json["warnings"]
    assert "guessed, cp1250" in ran.err
    assert waymark("inspect", data, "--encoding", "cp1252", "--json").json["encoding"] == "cp1252"


class Interrupting:
    """Progress during which the user presses Ctrl+C."""

    def __init__(self, title: str) -> None:
        self.title = title

    def __enter__(self) -> Callable[[int, int], None]:
        return lambda done, total: signal.raise_signal(signal.SIGINT)

    def __exit__(self, *_: object) -> None:
        pass


def test_an_interrupt_leaves_everything_as_it_was(
    waymark: Run, bank: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    data = bank.with_name("answers.csv")
    data.write_text(data.read_text("utf-8").replace("C0", "D0"), encoding="utf-8")
    before = {path: path.read_bytes() for path in bank.parent.iterdir()}
    monkeypatch.setattr(evidence, "Meter", Interrupting)
    # A suite that runs in the background is started with the interrupt ignored.
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, usual))
    for command in (["inspect", data], ["import", "survey", bank, data, "--create"]):
        ran = waymark(*command, "--json")
        assert (ran.code, ran.out) == (130, "")
        assert {path: path.read_bytes() for path in bank.parent.iterdir()} == before


def test_formulas_and_merged_cells_by_the_command(waymark: Run, tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["segment", "score"], ["Private", 4], [None, 5], ["Business", 3]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(path)
    columns = waymark("inspect", path, "--json").json["columns"]
    assert (columns[0]["blank"], columns[0]["examples"]) == (0, ["Private", "Business"])
