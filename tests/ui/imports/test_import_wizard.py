"""Reading again, doubts, ticks, rows left out, what was remembered, and the clipboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from journey.edit import AddTouchpoint
from storage.imports.mapping import parse_mapping, write_mapping
from tests.ui.imports.bringing import PATIENCE_MS, Dialog, ready
from ui.imports.columns_model import LINE, Part
from ui.imports.columns_places import how_places
from ui.imports.dialog import ImportDialog
from ui.imports.draft_parts import grid_parts
from ui.imports.refused_dialog import RefusedDialog
from ui.imports.roles import Role
from ui.imports.words import rate_word
from ui.shell.desk import Desk

CARD = "Card delivery"


def add_touchpoint(desk: Desk, name: str) -> None:
    document = desk.session.document
    stage = min(document.workspace.stages.values(), key=lambda s: s.position)
    assert document.run(AddTouchpoint(stage.id, name))


def press(dialog: ImportDialog, column: str, button: str, qtbot: QtBot) -> None:
    """Click on a button in the line of a column."""
    view = dialog.columns
    names = [line.name for line in view.columns.lines]
    index = view.columns.index(names.index(column), Part.HOW)
    view.scrollTo(index)
    places = how_places(index.data(LINE), QRectF(view.visualRect(index)))
    point: QPoint = places.buttons[button].center().toPoint()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)


def pick(picker: object, value: object) -> None:
    """Choose from a short list as the keyboard does."""
    at = next(n for n in range(picker.count()) if picker.itemData(n) == value)
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Home)
    for _ in range(at):
        QTest.keyClick(picker, Qt.Key.Key_Down)


def survey(
    path: Path, *, head: str = "Response ID,Card deliver rating,NPS", rows: int = 60
) -> Path:
    lines = [head, *(f"R{n},{n % 5 + 1},{n % 11}" for n in range(rows))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_another_encoding_is_read_at_once_and_kept_in_the_mapping(
    tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    path = tmp_path / "opinie.csv"
    rows = [f"{n % 11};za\u017c\u00f3\u0142\u0107 {n}" for n in range(40)]
    path.write_bytes("\n".join(["NPS;Uwagi", *rows]).encode("cp1250"))
    dialog = dialog_for(path)
    model = dialog.preview.records
    cells = lambda: model.cell(1, 2)  # noqa: E731
    pick(dialog.read.encoding, "cp1252")
    qtbot.waitUntil(lambda: "za\u017c" not in cells(), timeout=PATIENCE_MS)
    pick(dialog.read.encoding, "cp1250")
    qtbot.waitUntil(lambda: cells().startswith("za\u017c\u00f3\u0142\u0107"), timeout=PATIENCE_MS)
    assert dialog.draft.mapping.source.encoding == "cp1250"
    assert parse_mapping(write_mapping(dialog.draft.mapping)) == dialog.draft.mapping
    ready(dialog, qtbot)


def test_another_separator_makes_other_columns(
    tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    path = tmp_path / "pipes.csv"
    rows = [f"{n % 11};x|{n % 5 + 1};y" for n in range(60)]
    path.write_text("\n".join(["NPS;a|CSAT desk;b", *rows]) + "\n", encoding="utf-8")
    dialog = dialog_for(path)
    assert len(dialog.columns.columns.lines) == 3
    pick(dialog.read.separator, "|")
    qtbot.waitUntil(lambda: len(dialog.columns.columns.lines) == 2, timeout=PATIENCE_MS)
    assert dialog.preview.records.cell(0, 1) == "NPS;a"
    assert dialog.draft.mapping.source.separator == "|"


def test_a_sheet_is_chosen(tmp_path: Path, dialog_for: Dialog, qtbot: QtBot) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("Answers")
    first.append(["About"])
    second.append(["NPS", "Comment"])
    for n in range(40):
        first.append([f"note {n}"])
        second.append([n % 11, f"it was day {n}"])
    path = tmp_path / "two.xlsx"
    book.save(path)
    dialog = dialog_for(path)
    other = "Answers" if dialog.read.sheet.currentData() != "Answers" else first.title
    pick(dialog.read.sheet, other)
    wanted = "NPS" if other == "Answers" else "About"
    qtbot.waitUntil(
        lambda: dialog.columns.columns.lines[0].name == wanted,
        timeout=PATIENCE_MS,
    )
    assert dialog.draft.mapping.source.sheet == other
    assert dialog.read.separator.isHidden()


def test_a_doubtful_touchpoint_is_attached_only_after_a_yes(
    opened: Desk, tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    add_touchpoint(opened, CARD)
    dialog = dialog_for(survey(tmp_path / "card.csv"))
    line = dialog.columns.columns.lines[1]
    assert line.near == CARD
    assert dialog.draft.touchpoint_at(1) != CARD
    assert "1 in doubt" in dialog._heading.text()
    press(dialog, "Card deliver rating", "yes", qtbot)
    assert dialog.draft.touchpoint_at(1) == CARD
    assert not dialog.columns.columns.lines[1].near
    assert "in doubt" not in dialog._heading.text()


def test_another_name_settles_a_doubt(
    opened: Desk, tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    add_touchpoint(opened, CARD)
    dialog = dialog_for(survey(tmp_path / "card.csv"))
    own = dialog.draft.touchpoint_at(1)
    press(dialog, "Card deliver rating", "other", qtbot)
    field = dialog.columns.viewport().focusWidget() or QApplication.focusWidget()
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.columns.columns.lines[1].near, timeout=PATIENCE_MS)
    assert dialog.draft.touchpoint_at(1) == own


@pytest.mark.parametrize("role", [Role.CES_LOW, Role.CES_HIGH])
def test_the_good_end_of_effort_is_chosen_in_its_line(
    role: Role, undecided: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(undecided)
    press(dialog, "Effort to pay", role.value, qtbot)
    assert role.value in {q.metric for q in dialog.draft.mapping.questions}


def test_ticked_options_become_pain_points(
    tmp_path: Path, opened: Desk, dialog_for: Dialog, qtbot: QtBot
) -> None:
    path = tmp_path / "ticks.csv"
    rows = [f"{n % 11},{'Yes' if n % 3 == 0 else ''}" for n in range(60)]
    path.write_text("\n".join(["NPS,Envelope was open", *rows]) + "\n", encoding="utf-8")
    dialog = dialog_for(path)
    dialog.columns.role_chosen.emit(1, Role.TICKS.value)
    assert [p.title for p in dialog.draft.ticks(1)] == ["Envelope was open"]
    ready(dialog, qtbot)
    qtbot.mouseClick(dialog.counts.go, Qt.MouseButton.LeftButton)
    ws = opened.session.document.workspace
    qtbot.waitUntil(lambda: bool(ws.surveys), timeout=PATIENCE_MS)
    assert {p.title for p in ws.pain_points.values()} == {"Envelope was open"}


def test_rows_left_out_are_shown_and_saved(
    tmp_path: Path,
    opened: Desk,
    dialog_for: Dialog,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "dated.csv"
    rows = [f"{n % 11},2026-0{n % 9 + 1}-11" for n in range(300)]
    rows[4], rows[9] = "7,yesterday", "8,=soon"
    path.write_text("\n".join(["NPS,Date", *rows]) + "\n", encoding="utf-8")
    before = opened.session.document.workspace.copy()
    dialog = dialog_for(path)
    dialog.columns.role_chosen.emit(1, Role.DATE.value)
    dialog.columns.date_chosen.emit("%Y-%m-%d")
    ready(dialog, qtbot)
    assert "2 without a readable date" in dialog.counts.text()
    qtbot.mouseClick(dialog.counts.rows, Qt.MouseButton.LeftButton)
    shown = dialog.findChild(RefusedDialog)
    qtbot.waitUntil(lambda: shown.rows.rowCount() == 2, timeout=PATIENCE_MS)
    assert [r.line for r in shown.rows.records] == [6, 11]
    target = tmp_path / "left out"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.mouseClick(shown.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "left out.csv" in shown.told.text(), timeout=PATIENCE_MS)
    text = (tmp_path / "left out.csv").read_text("utf-8-sig")
    assert "yesterday" in text
    assert "date" in text
    shown.accept()
    assert opened.session.document.workspace == before


def test_the_next_quarters_export_shows_what_differs(
    opened: Desk, tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(survey(tmp_path / "q3.csv"))
    dialog.columns.touchpoint_named.emit(1, "Post")
    ready(dialog, qtbot)
    qtbot.mouseClick(dialog.counts.go, Qt.MouseButton.LeftButton)
    surveys = opened.session.document.workspace.surveys
    qtbot.waitUntil(lambda: bool(surveys), timeout=PATIENCE_MS)
    path = tmp_path / "q4.csv"
    rows = [f"S{n},{n % 5 + 1},{n % 11},it was {n} days" for n in range(60)]
    head = "Response ID,Card deliver rating,Recommend us? NPS,Comment"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    following = dialog_for(path)
    assert following.draft.touchpoint_at(1) == "Post"
    told = following._remembered.text()
    assert "Remembered from \u201cq3\u201d" in told
    assert "1 no longer there: NPS" in told
    assert "Comment" in told
    qtbot.mouseClick(following.afresh, Qt.MouseButton.LeftButton)
    assert following.draft.touchpoint_at(1) != "Post"
    assert following._remembered.isHidden()
    ready(following, qtbot)


def test_cells_of_a_spreadsheet_are_pasted_and_taken(opened: Desk, qtbot: QtBot) -> None:
    text = "NPS\tComment\n" + "\n".join(f'{n % 11}\t"line one\nday {n}"' for n in range(30))
    QApplication.clipboard().setText(text)
    opened.flows.paste(opened.session)
    qtbot.waitUntil(lambda: opened.flows.importer.dialog is not None, timeout=PATIENCE_MS)
    dialog = opened.flows.importer.dialog
    assert dialog.read.encoding.isHidden()
    pick(dialog.read.header_rows, 0)
    qtbot.waitUntil(lambda: dialog._found.inspection.records == 31, timeout=PATIENCE_MS)
    pick(dialog.read.header_rows, 1)
    qtbot.waitUntil(lambda: dialog._found.inspection.records == 30, timeout=PATIENCE_MS)
    ready(dialog, qtbot)
    qtbot.mouseClick(dialog.counts.go, Qt.MouseButton.LeftButton)
    surveys = opened.session.document.workspace.surveys
    qtbot.waitUntil(lambda: bool(surveys), timeout=PATIENCE_MS)
    assert {s.source_file for s in surveys.values()} == {"Pasted table"}
    opened.actions_["undo"].trigger()
    assert not surveys


def test_an_empty_clipboard_is_told(opened: Desk, qtbot: QtBot) -> None:
    QApplication.clipboard().clear()
    with qtbot.waitSignal(opened.flows.noted) as told:
        opened.flows.paste(opened.session)
    assert "clipboard" in told.args[1]


def test_the_speed_of_an_import_is_told_in_rows_a_second() -> None:
    assert rate_word(12_000, 25_976, 0.25).endswith("48\u202f000 a second")
    assert rate_word(12_000, None, 0) == "12\u202f000 rows"


def test_answers_that_nobody_can_read_say_how_to_export_them(
    tmp_path: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    path = tmp_path / "results.csv"
    lines = ["id,submitdate,Q[1],Q[2]"]
    lines += [f"{n},2026-07-{1 + n % 28:02d} 10:00:00,A{1 + n % 4},A{1 + n % 3}" for n in range(40)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    dialog = dialog_for(path)
    qtbot.waitUntil(dialog.problem.isVisible, timeout=PATIENCE_MS)
    assert "as full text" in dialog.problem.accessibleName()
    assert not dialog.counts.go.isEnabled()


def test_of_a_grid_the_option_leads_its_line(tmp_path: Path, dialog_for: Dialog) -> None:
    asked = "How satisfied are you with each of the following things that we do for you every day?"
    dialog = dialog_for(survey(tmp_path / "grid.csv", head=f"Response ID,{asked} [Delivery],NPS"))
    line = dialog.columns.columns.lines[1]
    assert (line.name, line.text.startswith("How satisfied")) == ("Delivery", True)
    assert line.text.endswith(" …")
    assert len(line.text) < len(asked)


def test_a_grids_option_that_was_cut_leads_its_line_all_the_same() -> None:
    asked = "How satisfied are you with each of these things? " * 3
    name = f"{asked.strip()} [Delivery of the card to the door by the day that was promised to you"
    question, option = grid_parts(name[:200].strip())
    assert question == asked.strip()
    assert option.startswith("Delivery of the card")
    assert option.endswith("\N{NO-BREAK SPACE}…")
    assert option[:-2] in name
    assert name[name.index(option[:-2]) + len(option) - 2] == " "  # no word is cut
    assert grid_parts("Waiting time [minutes") == ("Waiting time [minutes", "")
