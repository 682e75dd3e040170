"""Answers in words, yes and no, and halves become scores by a form, as one step of the mapping."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from storage.imports.mapping import parse_mapping, write_mapping
from tests.ui.imports.bringing import PATIENCE_MS, Dialog, blocked, ready
from ui.imports.columns_model import LINE, Part
from ui.imports.columns_places import how_places
from ui.imports.dialog import ImportDialog
from ui.imports.roles import Role
from ui.imports.scores_dialog import ScoresDialog
from ui.shell.desk import Desk

WORDS = ("A breeze", "Middling", "A slog")
HEAD = "id,Would you recommend us?,How easy is it [Paying],How easy is it [Sending back]"


@pytest.fixture
def worded(tmp_path: Path) -> Path:
    """A survey with yes and no, and a grid of effort in words that nobody knows the order of."""
    lines = [HEAD]
    for n in range(60):
        grid = f"{WORDS[n % 3]},{WORDS[n % 2]}"
        lines.append(f"R{n},{'Yes' if n % 4 else 'No'},{grid}")
    path = tmp_path / "words.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def opened_form(dialog: ImportDialog, place: int, qtbot: QtBot) -> ScoresDialog:
    """Press the button in a column's line and return the form."""
    view = dialog.columns
    index = view.columns.index(place, Part.HOW)
    view.scrollTo(index)
    places = how_places(index.data(LINE), QRectF(view.visualRect(index)))
    point = places.buttons["scores"].center().toPoint()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    return dialog.findChild(ScoresDialog)


def pick(picker: object, value: object) -> None:
    """Choose from a short list as the keyboard does."""
    at = next(n for n in range(picker.count()) if picker.itemData(n) == value)
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Home)
    for _ in range(at):
        QTest.keyClick(picker, Qt.Key.Key_Down)


def accept(form: ScoresDialog, qtbot: QtBot) -> None:
    """Press the button that takes the scores."""
    assert form.go.isEnabled()
    with qtbot.waitSignal(form.finished):
        qtbot.mouseClick(form.go, Qt.MouseButton.LeftButton)


def test_nothing_can_be_taken_before_answers_have_scores(
    worded: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(worded)
    assert "score the answers" in blocked(dialog, qtbot)
    lines = dialog.columns.columns.lines
    assert [line.scores for line in lines] == ["", "ask", "ask", "ask"]
    assert "3 in doubt" in dialog._heading.text()


def test_yes_and_no_are_suggested_and_counted(
    worded: Path, opened: Desk, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(worded)
    form = opened_form(dialog, 1, qtbot)
    assert [(row.answer, row.value) for row in form.rows] == [("No", 1), ("Yes", 5)]
    accept(form, qtbot)
    (question,) = dialog.draft.mapping.questions
    assert (question.metric, question.scale) == ("csat", (1, 5))
    assert question.scores == (("No", 1), ("Yes", 5))
    ready(dialog, qtbot)
    assert dialog.counts.text().startswith("60 records in the file 60 taken")
    assert parse_mapping(write_mapping(dialog.draft.mapping)) == dialog.draft.mapping
    before = opened.session.document.workspace.copy()
    qtbot.mouseClick(dialog.counts.go, Qt.MouseButton.LeftButton)
    surveys = opened.session.document.workspace.surveys
    qtbot.waitUntil(lambda: bool(surveys), timeout=PATIENCE_MS)
    opened.actions_["undo"].trigger()
    assert opened.session.document.workspace == before


def test_words_without_an_order_wait_for_every_score_and_serve_the_whole_grid(
    worded: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(worded)
    form = opened_form(dialog, 3, qtbot)  # its own answers are two of the three
    assert {row.answer for row in form.rows} == set(WORDS)
    assert "which end is good" in form.told.text()
    pick(form.role, Role.CES_LOW.value)
    assert "3 answers" in form.told.text()
    scores = dict(zip(WORDS, (1, 3, 5), strict=True))
    for row in form.rows:
        assert not form.go.isEnabled()
        assert row.waits
        pick(row.picker, scores[row.answer])
        assert not row.waits
    assert form.like.text() == "The same for the other column with these answers"
    accept(form, qtbot)
    found = dialog.draft.mapping.questions
    assert [(q.metric, q.higher_is_better) for q in found] == [("ces1", False)] * 2
    assert {dict(q.scores)["A breeze"] for q in found} == {1}
    ready(dialog, qtbot)


def test_cancel_leaves_the_column_as_it_was(worded: Path, dialog_for: Dialog, qtbot: QtBot) -> None:
    dialog = dialog_for(worded)
    before = dialog.draft.mapping
    form = opened_form(dialog, 1, qtbot)
    with qtbot.waitSignal(form.finished):
        qtbot.mouseClick(form.leave, Qt.MouseButton.LeftButton)
    assert dialog.draft.mapping == before
    dialog.columns.role_chosen.emit(1, Role.CSAT.value)  # by the menu of what it is
    form = dialog.findChildren(ScoresDialog)[-1]
    assert form.role.currentData() == Role.CSAT
    with qtbot.waitSignal(form.finished):
        QTest.keyClick(form, Qt.Key.Key_Escape)
    assert dialog.draft.mapping == before


def test_the_form_is_reached_by_keyboard(worded: Path, dialog_for: Dialog, qtbot: QtBot) -> None:
    dialog = dialog_for(worded)
    dialog.columns.setFocus()
    dialog.columns.setCurrentIndex(dialog.columns.columns.index(1, Part.HOW))
    QTest.keyClick(dialog.columns, Qt.Key.Key_Return)
    form = dialog.findChild(ScoresDialog)
    assert form is not None
    assert form.isVisible()


def test_another_scale_moves_the_scores_and_another_end_turns_them(
    worded: Path, dialog_for: Dialog, qtbot: QtBot
) -> None:
    form = opened_form(dialog_for(worded), 1, qtbot)
    pick(form.scale, "1 7")
    assert [row.value for row in form.rows] == [1, 7]
    pick(form.role, Role.CES_LOW.value)
    assert [row.value for row in form.rows] == [7, 1]
    assert form.rows[1].picker.currentText() == "1, best"
    pick(form.role, Role.NPS.value)
    assert form.choice.scale == (0, 10)
    assert [row.value for row in form.rows] == [0, 10]


def test_halves_of_stars_are_one_press(tmp_path: Path, dialog_for: Dialog, qtbot: QtBot) -> None:
    path = tmp_path / "stars.csv"
    rows = [f"R{n},{(n % 10 + 1) / 2:g}" for n in range(80)]
    path.write_text("\n".join(["id,How satisfied are you?", *rows]) + "\n", encoding="utf-8")
    dialog = dialog_for(path)
    form = opened_form(dialog, 1, qtbot)
    accept(form, qtbot)
    (question,) = dialog.draft.mapping.questions
    assert (question.scale, dict(question.scores)["4.5"]) == ((1, 10), 9)
    ready(dialog, qtbot)
    assert "80 taken" in dialog.counts.text()


def test_what_was_scored_is_remembered_and_a_new_answer_is_asked_for(
    worded: Path, opened: Desk, dialog_for: Dialog, qtbot: QtBot
) -> None:
    dialog = dialog_for(worded)
    accept(opened_form(dialog, 1, qtbot), qtbot)
    ready(dialog, qtbot)
    qtbot.mouseClick(dialog.counts.go, Qt.MouseButton.LeftButton)
    surveys = opened.session.document.workspace.surveys
    qtbot.waitUntil(lambda: bool(surveys), timeout=PATIENCE_MS)
    text = worded.read_text().replace("R", "S").replace(",No,", ",Hardly,")
    following = worded.with_name("next.csv")
    following.write_text(text, encoding="utf-8")
    again = dialog_for(following)
    assert "score the answers" in blocked(again, qtbot, "recommend us")
    assert again.columns.columns.lines[1].is_open
    form = opened_form(again, 1, qtbot)
    assert [(row.answer, row.value) for row in form.rows if row.value] == [("Yes", 5)]
    (waiting,) = (row for row in form.rows if row.waits)
    assert waiting.answer == "Hardly"
    pick(waiting.picker, "missing")
    accept(form, qtbot)
    (question,) = again.draft.mapping.questions
    assert "Hardly" in question.missing
    ready(again, qtbot)
