"""The inspector changes the workspace through commands, and says when it may not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from journey.edit import Remove, Set
from journey.model.evidence import Kpi
from journey.model.ids import (
    ImprovementId,
    JourneyId,
    Kind,
    KpiId,
    LeaderId,
    PainPointId,
    Ref,
    SegmentId,
    TouchpointId,
)
from journey.model.improvement import Improvement
from tests.ui.priorities.bank import FakeDocument
from ui.document import DocumentModel
from ui.inspector import Inspector
from ui.inspector.choice import ChoiceField
from ui.inspector.fields import CheckField, ExperienceField, LineField
from ui.inspector.links import LinkButton, LinkList
from ui.inspector.prose import ProseField
from ui.inspector.squares import SquaresField
from ui.jobs import Jobs
from ui.selection import Selection

CARD = Ref(Kind.TOUCHPOINT, "card")


def pain(number: int) -> Ref:
    return Ref(Kind.PAIN_POINT, f"p{number:02}")


@pytest.fixture
def selection() -> Selection:
    return Selection()


@pytest.fixture
def inspector(qtbot: QtBot, document: DocumentModel, selection: Selection) -> Iterator[Inspector]:
    ws = document.workspace
    ws.put(
        Improvement(
            ImprovementId("i1"), "Text the day", (PainPointId("p02"),), 25, owner=LeaderId("marek")
        )
    )
    shown = Inspector(document, selection)
    qtbot.addWidget(shown)
    shown.resize(324, 900)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    shown.close()


def line(inspector: Inspector, name: str) -> QLineEdit:
    assert inspector.form is not None
    return cast(LineField, inspector.form.field(name)).edit


def type_into(qtbot: QtBot, edit: QWidget, text: str, *, enter: bool = True) -> None:
    edit.setFocus()
    edit.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(edit, text)
    if enter:
        qtbot.keyClick(edit, Qt.Key.Key_Return)


def test_a_title_is_edited_where_it_stands_and_undone(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(pain(2))
    type_into(qtbot, inspector.header.title, "Card comes unannounced")
    pains = document.workspace.pain_points
    assert pains[PainPointId("p02")].title == "Card comes unannounced"
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert pains[PainPointId("p02")].title == "Card arrives with no notice of when"
    assert inspector.header.title.toPlainText() == "Card arrives with no notice of when"


def test_an_empty_title_is_refused_in_place(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(pain(2))
    title = inspector.header.title
    title.setFocus()
    title.selectAll()
    qtbot.keyClick(title, Qt.Key.Key_Delete)
    qtbot.keyClick(title, Qt.Key.Key_Return)
    assert "empty" in inspector.header.message
    assert title.toPlainText() == "Card arrives with no notice of when"
    assert document.undo_stack.count() == 0


def test_what_was_typed_is_kept_when_something_else_is_selected(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(CARD)
    type_into(qtbot, line(inspector, "department"), "Cards", enter=False)
    selection.set(pain(1))
    assert document.workspace.touchpoints[TouchpointId("card")].department == "Cards"
    assert document.workspace.pain_points[PainPointId("p01")] is not None
    assert document.undo_stack.count() == 1


def test_escape_takes_back(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(CARD)
    type_into(qtbot, line(inspector, "channel"), "fax", enter=False)
    qtbot.keyClick(line(inspector, "channel"), Qt.Key.Key_Escape)
    assert line(inspector, "channel").text() == "post"
    assert document.undo_stack.count() == 0


def test_squares_are_clicked_and_typed(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(pain(2))
    assert inspector.form is not None
    squares = cast(SquaresField, inspector.form.field("severity")).squares
    qtbot.mouseClick(squares, Qt.MouseButton.LeftButton, pos=QPoint(9 + 4 * 18 + 5, 13))
    pains = document.workspace.pain_points
    assert pains[PainPointId("p02")].severity == 5
    squares.setFocus()
    qtbot.keyClick(squares, Qt.Key.Key_2)
    assert pains[PainPointId("p02")].severity == 2
    assert squares.accessibleDescription() == "2 of 5"
    qtbot.keyClick(squares, Qt.Key.Key_Delete)
    assert pains[PainPointId("p02")].severity is None
    assert document.undo_stack.count() == 3


def test_a_number_off_its_scale_is_refused_in_place(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(pain(2))
    assert inspector.form is not None
    votes = inspector.form.field("votes")
    type_into(qtbot, line(inspector, "votes"), "-3")
    assert "below zero" in votes.message
    type_into(qtbot, line(inspector, "votes"), "many")
    assert "many" in votes.message
    type_into(qtbot, line(inspector, "votes"), "1.5")
    assert "whole" in votes.message
    assert document.undo_stack.count() == 0
    type_into(qtbot, line(inspector, "votes"), "12")
    assert votes.message == ""
    assert document.workspace.pain_points[PainPointId("p02")].votes == 12


def test_an_owner_is_chosen(
    inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(pain(2))
    assert inspector.form is not None
    owner = cast(ChoiceField, inspector.form.field("owner"))
    assert owner.combo.currentText().startswith("Marek Nowak")
    place = [words for _, words in owner._choices].index("Lena Haugen")
    owner.combo.setCurrentIndex(place)
    owner.combo.activated.emit(place)
    assert document.workspace.pain_points[PainPointId("p02")].owner == "lena"


def test_a_kpi_of_the_trade_is_chosen_and_brings_its_unit(
    inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    document.workspace.put(Kpi(KpiId("k"), "New KPI"))
    selection.set(Ref(Kind.KPI, "k"))
    assert inspector.form is not None
    measure = cast(ChoiceField, inspector.form.field("measure"))
    assert measure.combo.currentText() == "One of your own"
    place = measure.combo.findText("Answered within 2 h")
    measure.combo.setCurrentIndex(place)
    measure.combo.activated.emit(place)
    kpi = document.workspace.kpis[KpiId("k")]
    assert (kpi.measure, kpi.unit, kpi.better) == ("response_in_time", "%", "higher")
    assert document.undo_stack.count() == 1


def test_several_are_changed_in_one_step(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    chosen = [pain(1), pain(2), pain(6)]
    selection.set(chosen)
    assert inspector.form is not None
    squares = cast(SquaresField, inspector.form.field("severity")).squares
    assert squares.words == "several values"
    squares.setFocus()
    qtbot.keyClick(squares, Qt.Key.Key_5)
    pains = document.workspace.pain_points
    assert [pains[PainPointId(r.id)].severity for r in chosen] == [5, 5, 5]
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert [pains[PainPointId(r.id)].severity for r in chosen] == [4, 3, 2]
    with pytest.raises(KeyError):
        inspector.form.field("evidence")


def test_several_kinds_share_their_owner(
    inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set([CARD, pain(2), Ref(Kind.IMPROVEMENT, "i1")])
    assert inspector.form is not None
    owner = cast(ChoiceField, inspector.form.field("owner"))
    place = [words for _, words in owner._choices].index("Tomas Berg")
    owner.combo.setCurrentIndex(place)
    owner.combo.activated.emit(place)
    ws = document.workspace
    assert ws.touchpoints[TouchpointId("card")].owner == "tomas"
    assert ws.pain_points[PainPointId("p02")].owner == "tomas"
    assert ws.improvements[ImprovementId("i1")].owner == "tomas"
    assert document.undo_stack.count() == 1


def test_a_touchpoint_moves_to_another_stage_and_is_judged(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(CARD)
    assert inspector.form is not None
    stage = cast(ChoiceField, inspector.form.field("stage"))
    place = [words for _, words in stage._choices].index("Purchase")
    stage.combo.activated.emit(place)
    touchpoints = document.workspace.touchpoints
    assert touchpoints[TouchpointId("card")].stage == "Purchase"
    judged = cast(ExperienceField, inspector.form.field("judged_experience"))
    type_into(qtbot, judged.edit, "-35")
    assert touchpoints[TouchpointId("card")].judged_experience[0].value == -35
    assert judged.edit.text() == "−35"
    truth = cast(CheckField, inspector.form.field("moment_of_truth"))
    qtbot.mouseClick(truth.box, Qt.MouseButton.LeftButton, pos=QPoint(8, 11))
    assert touchpoints[TouchpointId("card")].moment_of_truth


def test_an_improvement_takes_days_share_and_quarter(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(Ref(Kind.IMPROVEMENT, "i1"))
    type_into(qtbot, line(inspector, "due"), "26.02.2027")
    type_into(qtbot, line(inspector, "quarter"), "2027 q1")
    type_into(qtbot, line(inspector, "efficacy"), "45 %")
    made = document.workspace.improvements[ImprovementId("i1")]
    assert (made.due, made.quarter, made.efficacy) == (date(2027, 2, 26), "2027Q1", 0.45)
    assert inspector.form is not None
    type_into(qtbot, line(inspector, "due"), "soon")
    assert "2027-02-26" in inspector.form.field("due").message
    type_into(qtbot, line(inspector, "effort_days"), "0")
    assert "above zero" in inspector.form.field("effort_days").message


def test_an_improvement_is_added_named_linked_and_unlinked(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(pain(2))
    rows = inspector.findChild(LinkList)
    assert rows is not None
    qtbot.mouseClick(rows.add_button, Qt.MouseButton.LeftButton)
    made = selection.current
    assert made is not None
    assert made.kind is Kind.IMPROVEMENT
    assert inspector.header.title.textCursor().selectedText() == "New improvement"
    qtbot.keyClicks(inspector.header.title, "Show the day in the app")
    qtbot.keyClick(inspector.header.title, Qt.Key.Key_Return)
    improvement = document.workspace.improvements[ImprovementId(made.id)]
    assert improvement.title == "Show the day in the app"
    assert improvement.addresses == (PainPointId("p02"),)
    out = next(
        b
        for b in inspector.findChildren(QWidget)
        if b.accessibleName() == "Unlink Card arrives with no notice of when"
    )
    qtbot.mouseClick(out, Qt.MouseButton.LeftButton)
    assert document.workspace.improvements[ImprovementId(made.id)].addresses == ()


def test_a_row_of_a_list_opens_its_object(
    qtbot: QtBot, inspector: Inspector, selection: Selection
) -> None:
    selection.set(CARD)
    row = next(b for b in inspector.findChildren(LinkButton) if b.text().startswith("PIN letter"))
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert selection.current == pain(5)
    assert inspector.refs == (pain(5),)


def test_nothing_selected_shows_the_workspace(
    qtbot: QtBot, inspector: Inspector, document: DocumentModel
) -> None:
    type_into(qtbot, line(inspector, "minimum_n"), "8")
    type_into(qtbot, line(inspector, "currency"), "nok")
    assert document.workspace.info.minimum_n == 8
    assert document.workspace.info.currency == "NOK"
    assert not inspector.delete_button.isVisible()


def test_customers_who_start_a_journey_are_set_by_segment(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(Ref(Kind.JOURNEY, "j"))
    field = next(f for f in inspector.findChildren(LineField) if f.label == "New in Norway")
    type_into(qtbot, field.edit, "24,000")
    entrants = document.workspace.journeys[JourneyId("j")].entrants
    assert [(e.segment, e.per_year) for e in entrants] == [(SegmentId("new"), 24_000.0)]


def test_edits_elsewhere_show_at_once_but_not_over_typing(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(CARD)
    type_into(qtbot, line(inspector, "channel"), "lett", enter=False)
    document.run(Set(CARD, department="Cards", channel="parcel"))
    assert line(inspector, "department").text() == "Cards"
    assert line(inspector, "channel").text() == "lett"


def test_deleting_what_is_shown_shows_the_workspace(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(pain(2))
    qtbot.mouseClick(inspector.delete_button, Qt.MouseButton.LeftButton)
    assert PainPointId("p02") not in document.workspace.pain_points
    assert inspector.refs == (), "what is gone is not shown until the workspace is"
    assert not inspector.header.isVisibleTo(inspector)
    qtbot.waitUntil(lambda: inspector.refs == (Ref(Kind.WORKSPACE, "workspace"),))
    assert inspector.header.isVisibleTo(inspector)
    document.undo_stack.undo()
    assert PainPointId("p02") in document.workspace.pain_points


def test_a_pinned_object_stays(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(pain(2))
    qtbot.mouseClick(inspector.header.pin, Qt.MouseButton.LeftButton)
    selection.set(pain(3))
    assert inspector.refs == (pain(2),)
    document.run(Remove(pain(2)))
    assert inspector.refs == (pain(3),), "what is gone cannot stay"


def test_evidence_is_prose(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(pain(2))
    inspector.tabs.setCurrentIndex(1)
    assert inspector.form is not None
    edit = cast(ProseField, inspector.form.field("evidence")).edit
    edit.setFocus()
    qtbot.keyClicks(edit, "Said twice")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.keyClicks(edit, "in the branch")
    assert document.undo_stack.count() == 0
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert document.workspace.pain_points[PainPointId("p02")].evidence == (
        "Said twice\nin the branch"
    )


def test_a_workspace_for_reading_changes_nothing(qtbot: QtBot, document: DocumentModel) -> None:
    jobs = Jobs()
    stored = FakeDocument(document.workspace, read_only=True)
    reading = DocumentModel(stored, jobs)  # type: ignore[arg-type]
    selection = Selection()
    shown = Inspector(reading, selection)
    qtbot.addWidget(shown)
    shown.show()
    selection.set(pain(2))
    assert shown.header.title.isReadOnly()
    assert not shown.delete_button.isVisible()
    assert not line(shown, "votes").isEnabled()
    jobs.shut_down()


def test_titles_are_never_markup(
    inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    ws = document.workspace
    title = "<img src='file:///x.png'><b>late</b>"
    ws.put(replace(ws.pain_points[PainPointId("p02")], title=title))
    selection.set(CARD)
    row = next(b for b in inspector.findChildren(LinkButton) if b.text() == title)
    assert title in row.accessibleName()
    selection.set(pain(2))
    assert inspector.header.title.toPlainText() == title


def test_what_was_typed_is_taken_when_the_inspector_has_gone_meanwhile(
    qtbot: QtBot, inspector: Inspector, selection: Selection, document: DocumentModel
) -> None:
    selection.set(CARD)
    inspector.header.title.setFocus()
    inspector.header.title.selectAll()
    qtbot.keyClicks(inspector.header.title, "Another name")
    blocked = inspector.header.title.blockSignals(True)  # as where no focus was to lose
    inspector.hide()
    inspector.header.title.blockSignals(blocked)
    selection.set(pain(2))
    found = document.workspace.find(CARD)
    assert getattr(found, "name", None) == "Another name"
