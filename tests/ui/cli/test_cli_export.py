"""Packs by command: every format, one leader or all, whole or not at all, frozen for ever."""

import csv
import json
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pypdf import PdfReader

from journey.edit import Set
from journey.model.ids import Kind, Ref
from storage.document import COMMAND, Document
from ui.cli import run_command

Run = Callable[..., Any]
ALL = "xlsx,pdf,pptx,csv,raw-csv,md,tickets"


@pytest.fixture(scope="module")
def demo(open_sample: Path) -> Path:
    """The sample workspace, which no test changes."""
    return open_sample


@pytest.fixture(scope="module")
def everything(
    demo: Path, tmp_path_factory: pytest.TempPathFactory, session_state: Path
) -> tuple[Path, Any]:
    """Every format of every leader of the sample, which no test changes; the command's answer."""
    packs = tmp_path_factory.mktemp("everything") / "packs"
    call = ["export", str(demo), "--to", str(packs), "--formats", ALL, "--draws", "100", "--json"]
    told = TextIOWrapper(BytesIO(), encoding="utf-8")
    with redirect_stdout(told):
        assert run_command(call) == 0
        told.flush()
    return packs, json.loads(told.buffer.getvalue())  # type: ignore[attr-defined]


def text_of(path: Path) -> str:
    pages = PdfReader(BytesIO(path.read_bytes())).pages
    return "".join("".join(page.extract_text() for page in pages).split()).replace("\u2009", "")


def test_every_format_of_every_leader_is_written(everything: tuple[Path, Any]) -> None:
    packs, answer = everything
    assert answer["quarter"] == "2026Q4"
    files = [Path(file) for file in answer["files"]]
    assert sorted(files) == sorted(packs.iterdir())
    names = {file.name for file in files}
    leaders = ("Amina Noor", "Jonas Vik", "Petter Dahl", "Signe Aas")
    for leader in leaders:
        ends = (".xlsx", ".pdf", ".pptx", ".csv", " raw.csv", ".md", " tickets.csv")
        assert {f"2026Q4 {leader}{end}" for end in ends} <= names
    for end in (".pdf", ".pptx", ".md", " tickets.csv"):
        assert f"2026Q4 All leaders{end}" in names


def test_pdf_markdown_and_csv_hold_the_same_rows(waymark: Run, demo: Path, tmp_path: Path) -> None:
    call = ("export", demo, "--to", tmp_path, "--formats", "pdf,md,raw-csv", "--draws", 100)
    assert waymark(*call, "--leader", "jonas vik").code == 0
    assert {path.suffix for path in tmp_path.iterdir()} == {".pdf", ".md", ".csv"}
    with (tmp_path / "2026Q4 Jonas Vik raw.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pdf = text_of(tmp_path / "2026Q4 Jonas Vik.pdf")
    told = (tmp_path / "2026Q4 Jonas Vik.md").read_text(encoding="utf-8")
    at = 0
    for row in rows:
        value = f"{round(float(row['value_mean']) / 1000)} k€" if row["value_mean"] else ""
        at = pdf.index("".join(row["title"].split()), at)
        assert "".join(value.split()) in pdf[at:]
        assert value in told


def test_a_rerun_gives_the_same_bytes(waymark: Run, demo: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        call = ("export", demo, "--to", tmp_path / name, "--formats", "pdf,md,csv,tickets")
        assert waymark(*call, "--draws", 100).code == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_a_frozen_pack_is_the_same_to_the_byte_after_every_edit(
    waymark: Run, demo: Path, tmp_path: Path
) -> None:
    file = tmp_path / "bank.waymark"
    file.write_bytes(demo.read_bytes())
    assert waymark("freeze", file, "--quarter", "2026Q4", "--draws", 100).code == 0
    call = ("export", file, "--quarter", "2026Q4", "--formats", ALL)
    assert waymark(*call, "--to", tmp_path / "before").code == 0
    document = Document.open(file, purpose=COMMAND)
    ws = document.workspace
    edits = [
        *(Set(Ref(Kind.PAIN_POINT, key), title="Edited") for key in list(ws.pain_points)),
        *(Set(Ref(Kind.LEADER, key), name=f"New {key}") for key in list(ws.leaders)),
        *(Set(Ref(Kind.TOUCHPOINT, key), name="Edited") for key in list(ws.touchpoints)),
        *(Set(Ref(Kind.IMPROVEMENT, key), status="dropped") for key in list(ws.improvements)),
        *(Set(Ref(Kind.SEGMENT, key), value_if_retained=1.0) for key in list(ws.segments)),
    ]
    for edit in edits:
        document.write(edit.do(ws))
    document.publish()
    document.close()
    assert waymark(*call, "--to", tmp_path / "after").code == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "before").iterdir()}
    after = {path.name: path.read_bytes() for path in (tmp_path / "after").iterdir()}
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []
    board = PdfReader(BytesIO(after["2026Q4 All leaders.pdf"]))
    assert "The map: Opening a salary account" in board.pages[1].extract_text()


def test_the_board_gets_the_map_of_every_journey(everything: tuple[Path, Any]) -> None:
    packs, _ = everything
    pages = PdfReader(BytesIO((packs / "2026Q4 All leaders.pdf").read_bytes())).pages
    assert "The map: Opening a salary account" in pages[-2].extract_text()
    assert "The map: Moving a mortgage" in pages[-1].extract_text()
    slides = Presentation(str(packs / "2026Q4 All leaders.pptx")).slides
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert "The map: Moving a mortgage" in titles


def test_without_qt_the_board_gets_all_but_the_map(
    waymark: Run, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ui.render.offscreen", None)
    call = ("export", demo, "--formats", "pdf", "--draws", 50, "--to", tmp_path)
    assert waymark(*call).code == 0
    told = text_of(tmp_path / "2026Q4 All leaders.pdf")
    assert "Prioritiesofallleaders" in told
    assert "Themap" not in told


def test_a_company_folder_changes_the_look(waymark: Run, demo: Path, tmp_path: Path) -> None:
    (tmp_path / "company").mkdir()
    settings = tmp_path / "company" / "company.toml"
    settings.write_text('name = "Bank"\naccent = "#AA3300"\n')
    call = ("export", demo, "--formats", "pdf", "--draws", 50, "--to", tmp_path / "packs")
    assert waymark(*call, "--company", tmp_path / "company").code == 0
    for bad in ("accent = 'red'", "accent ="):
        settings.write_text(bad)
        ran = waymark(*call, "--company", tmp_path / "company")
        assert ran.code == 2
        assert "company.toml" in ran.err
    assert waymark(*call, "--company", tmp_path / "nowhere").code == 2
    (tmp_path / "company" / "company.toml").unlink()
    (tmp_path / "company" / "pack.typ").write_text("#oops")
    ran = waymark(*call, "--company", tmp_path / "company")
    assert ran.code == 2
    assert "oops" in ran.err


def test_a_target_that_cannot_be_written_keeps_what_was_there(
    waymark: Run, demo: Path, tmp_path: Path
) -> None:
    packs = tmp_path / "packs"
    call = ("export", demo, "--to", packs, "--formats", "md", "--draws", 50)
    assert waymark(*call).code == 0
    before = {path.name: path.read_bytes() for path in packs.iterdir()}
    packs.chmod(0o555)
    try:
        ran = waymark(*call, "--seed", 9)
    finally:
        packs.chmod(0o755)
    assert ran.code == 5
    assert {path.name: path.read_bytes() for path in packs.iterdir()} == before
