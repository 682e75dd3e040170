"""The dialog of a returned pack, and its way into an open workspace, with real files and keys."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from journey.errors import ReturnError
from journey.model.ids import ImprovementId, PainPointId
from journey.model.improvement import Improvement
from journey.model.map import Journey, PainPoint
from journey.model.workspace import Workspace
from journey.priority import rank
from journey.report.build import build_packs
from journey.returns import Difference, Field, RefusedCell, Value
from storage.document import Document
from storage.errors import ImportProblem
from storage.exports.xlsx import write_xlsx
from ui.document import DocumentModel
from ui.jobs import Jobs
from ui.returns.dialog import ReturnDialog
from ui.returns.flow import ReturnFlow
from ui.returns.model import STATE, TITLE
from ui.session import Session

PATIENCE_MS = 20_000
SHEET = "Your answers"
TYPED = '<b>%1</b> "Queue" %5'


def difference(
    line: int, field: Field, returned: Value, *, conflict: bool = False, created: bool = False
) -> Difference:
    """Return a difference of a row of its own."""
    return Difference(
        line=line,
        pain_point=PainPointId(f"p{line}"),
        title=TYPED,
        improvement=ImprovementId(f"i{line}"),
        improvement_title="More desks",
        created=created,
        field=field,
        exported="planned" if field is Field.STATUS else None,
        now="planned" if field is Field.STATUS else None,
        returned=returned,
        conflict=conflict,
    )


DIFFERENCES = (
    difference(4, Field.STATUS, "started"),
    difference(5, Field.DUE, date(2027, 3, 15), conflict=True),
    difference(6, Field.NOTES, "A long note. " * 40, created=True),
)


@pytest.fixture
def dialog(qtbot: QtBot) -> ReturnDialog:
    """The dialog with three differences and a refused cell."""
    refused = (RefusedCell(7, TYPED, Field.EFFORT, "%4 many", "not_a_number"),)
    made = ReturnDialog(DIFFERENCES, refused=refused, source="pack.xlsx")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_conflicts_start_unticked_and_are_marked(dialog: ReturnDialog) -> None:
    assert dialog.chosen == (DIFFERENCES[0], DIFFERENCES[2])
    assert dialog.count.text() == "2 of 3 ticked"
    states = [str(dialog.model.data(dialog.model.index(row, STATE))) for row in range(3)]
    assert states[0] == ""
    assert "Conflict" in states[1]
    assert "New improvement" in states[2]


def test_the_keyboard_alone_ticks_and_takes(dialog: ReturnDialog, qtbot: QtBot) -> None:
    assert dialog.table.hasFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    QTest.keyClick(dialog.table, Qt.Key.Key_Right)
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.chosen == DIFFERENCES[1:]
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)


def test_escape_takes_nothing(dialog: ReturnDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog.table, Qt.Key.Key_Escape)


def test_all_and_none(dialog: ReturnDialog) -> None:
    dialog.none.click()
    assert dialog.chosen == ()
    assert not dialog.apply.isEnabled()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.isVisible()  # nothing ticked, nothing to take
    dialog.all.click()
    assert dialog.chosen == DIFFERENCES
    assert dialog.apply.isEnabled()


def test_what_was_typed_stays_as_it_was_typed(dialog: ReturnDialog) -> None:
    assert dialog.model.data(dialog.model.index(0, TITLE)) == TYPED
    told = dialog.refused.accessibleName()
    assert f"Line 7, effort, days of “{TYPED}”: “%4 many” is no number of days." in told


def test_every_cell_and_part_has_a_name(dialog: ReturnDialog) -> None:
    assert dialog.table.accessibleName()
    role = Qt.ItemDataRole.AccessibleTextRole
    assert dialog.model.data(dialog.model.index(1, 4), role) == "Returned: 2027-03-15"


def test_a_long_note_is_shown_whole(dialog: ReturnDialog) -> None:
    assert dialog.table.rowHeight(2) > 3 * dialog.table.rowHeight(0)


def test_the_model_keeps_qts_rules(dialog: ReturnDialog) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    QAbstractItemModelTester(dialog.model, mode)
    dialog.model.toggle(1)
    dialog.model.tick_all(ticked=True)
    assert dialog.chosen == DIFFERENCES


def test_without_differences_there_is_nothing_to_take(qtbot: QtBot) -> None:
    made = ReturnDialog(())
    qtbot.addWidget(made)
    made.show()
    assert "Nothing was filled in" in made.count.text()
    assert not made.apply.isEnabled()


def test_a_workspace_to_read_only_takes_nothing(qtbot: QtBot) -> None:
    made = ReturnDialog(DIFFERENCES, read_only=True)
    qtbot.addWidget(made)
    assert not made.apply.isEnabled()
    assert "read only" in made.count.text()


@pytest.fixture
def session(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    """An open workspace with one pain point that has an improvement and one that has none."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    ws = Workspace("Bank")
    ws.put(Journey("j", "Opening"))
    ws.put(PainPoint("queue", "j", "Queue too long", severity=4, frequency=4, votes=3))
    ws.put(PainPoint("form", "j", "Form asks twice", severity=2, frequency=2, votes=1))
    ws.put(Improvement("fix", "More desks", ("queue",), 12.0, status="planned"))
    stored = Document.create(tmp_path / "bank.waymark", ws)
    jobs = Jobs()
    document = DocumentModel(stored, jobs)
    made = Session(document, jobs)
    made.findings.read()
    jobs.wait()
    yield made
    document.close()
    jobs.wait()
    jobs.shut_down()


@pytest.fixture
def flow(session: Session, qtbot: QtBot) -> ReturnFlow:
    """The flow on the workers of the open workspace."""
    return ReturnFlow(session.document._jobs)


def returned(session: Session, folder: Path, **cells: object) -> Path:
    """Return the workspace's pack with cells filled in."""
    ws = session.document.workspace
    (pack,) = build_packs(
        ws,
        rank(ws, (), quarter=None),
        (),
        quarter=None,
        generated_on=date(2027, 1, 4),
        content_sha256="00",
    )
    path = write_xlsx(pack, folder / "pack.xlsx")
    book = load_workbook(path)
    for place, value in cells.items():
        book[SHEET][place] = value
    book.save(path)
    return path


def asked(flow: ReturnFlow, path: Path, session: Session, qtbot: QtBot) -> ReturnDialog:
    flow.begin(path, session)
    qtbot.waitUntil(lambda: flow.dialog is not None, timeout=PATIENCE_MS)
    assert flow.dialog is not None
    return flow.dialog


def test_a_pack_is_read_asked_about_and_taken_as_one_step(
    flow: ReturnFlow, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    document = session.document
    before = document.workspace.copy()
    path = returned(session, tmp_path, E4="started", H4="Two by May", H5="Ask once", G5="many")
    dialog = asked(flow, path, session, qtbot)
    assert "1 cell cannot be taken" in dialog.refused.accessibleName()
    with qtbot.waitSignal(flow.noted) as noted:
        dialog.apply.click()
    assert noted.args == ["check-circle", "3 differences taken from pack.xlsx"]
    fix = document.workspace.improvements[ImprovementId("fix")]
    assert (fix.status, fix.notes) == ("started", "Two by May")
    assert len(document.workspace.improvements) == 2
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Take back 2 improvements"
    document.undo_stack.undo()
    assert document.workspace == before
    assert flow.dialog is None


def test_cancel_changes_nothing(
    flow: ReturnFlow, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = asked(flow, returned(session, tmp_path, E4="done"), session, qtbot)
    dialog.cancel.click()
    assert session.document.undo_stack.count() == 0
    assert flow.dialog is None


def test_a_file_that_cannot_be_read_is_told(
    flow: ReturnFlow, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "claims.xlsx"
    path.write_text("rank,title")
    with qtbot.waitSignal(flow.failed, timeout=PATIENCE_MS) as failed:
        flow.begin(path, session)
    assert isinstance(failed.args[0], ImportProblem)


def test_a_pack_of_another_quarter_is_refused(
    flow: ReturnFlow, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = returned(session, tmp_path)
    book = load_workbook(path)
    book["waymark"]["B4"] = "2025Q1"
    book.save(path)
    with qtbot.waitSignal(flow.failed, timeout=PATIENCE_MS) as failed:
        flow.begin(path, session)
    assert isinstance(failed.args[0], ReturnError)
    assert flow.dialog is None


def test_stopping_forgets_what_is_under_way(
    flow: ReturnFlow, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = asked(flow, returned(session, tmp_path, E4="done"), session, qtbot)
    with qtbot.waitSignal(dialog.rejected):
        flow.stop()
    assert flow.dialog is None
