"""The Evidence screen: figures with n, comments searched and coded, sources removed and re-read."""

import csv
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from journey.edit import AddSurvey, Remove, Set
from journey.evidence.alerts import Alert
from journey.metrics.kinds import Metric
from journey.model.evidence import Survey
from journey.model.ids import Kind, PainPointId, QuestionId, Ref, SurveyId, TouchpointId
from journey.model.template import new_workspace
from journey.model.workspace import Workspace
from storage.document import Document
from storage.evidence import BatchWriter, Response
from storage.imports.inspect import inspect_file
from storage.imports.mapping import propose
from storage.imports.survey import import_survey
from storage.sample import sample_folder
from ui.document import DocumentModel
from ui.evidence import EvidenceScreen
from ui.evidence.sources import source_rows
from ui.evidence.words import alert_sentence, verdict
from ui.jobs import Jobs
from ui.session import Session
from ui.shell.widgets.marks import ChipState

Settle = Callable[[], None]
Rest = Callable[[EvidenceScreen], None]


@pytest.fixture
def rest(qtbot: QtBot) -> Callable[[EvidenceScreen], None]:
    """Wait until the figures shown follow the last edit."""

    def wait(screen: EvidenceScreen) -> None:
        qtbot.waitUntil(lambda: not screen.is_stale, timeout=20_000)

    return wait


def place_named(ws: Workspace, name: str) -> TouchpointId:
    return next(t.id for t in ws.touchpoints.values() if t.name == name)


def type_words(screen: EvidenceScreen, text: str, settle: Settle) -> None:
    """Type into the search and press Enter."""
    line = screen.detail.comments.search
    line.setFocus()
    line.clear()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle()


def test_a_touchpoint_is_chosen_by_key_and_its_figures_follow(
    screen: EvidenceScreen, session: Session, settle: Settle
) -> None:
    places = screen.places
    QTest.keyClick(places, Qt.Key.Key_Home)
    QTest.keyClick(places, Qt.Key.Key_Down)
    settle()
    row = places.rows[1]
    assert screen.touchpoint == row.touchpoint
    assert session.selection.current == Ref(Kind.TOUCHPOINT, row.touchpoint or "")
    assert screen.figures is not None
    (found, *_) = screen.figures.by_touchpoint[row.touchpoint]
    assert screen.detail.current is found
    assert row.chip.n == screen.detail.head.answers.value.text()
    assert sum(c.n for c in screen.detail.scores.scores.classes) == found.result.n
    assert screen.detail.trend.verdict.text() == verdict(found)[1]


def test_the_selection_of_another_view_is_followed(
    screen: EvidenceScreen, session: Session, settle: Settle
) -> None:
    wanted = place_named(session.document.workspace, "Card delivery")
    session.selection.set(Ref(Kind.TOUCHPOINT, wanted))
    settle()
    assert screen.touchpoint == wanted
    (card,) = screen.detail.kpis
    assert card.title.text() == "Days to card"


def test_figures_are_those_of_the_quarter_chosen_above(
    screen: EvidenceScreen, session: Session, settle: Settle
) -> None:
    wanted = place_named(session.document.workspace, "Card delivery")
    screen.show_touchpoint(wanted)
    now = screen.detail.head.answers.value.text()
    session.findings.read("2026Q3")
    settle()
    assert screen.figures is not None
    assert screen.figures.quarter == "2026Q3"
    assert screen.detail.head.answers.value.text() != now
    assert "2026 Q3" in screen.detail.scores.note.text()


def test_no_figure_is_shown_under_the_minimum_and_raising_it_hides_them(
    screen: EvidenceScreen, session: Session, settle: Settle, rest: Rest
) -> None:
    wanted = place_named(session.document.workspace, "Refer a friend")
    screen.show_touchpoint(wanted)
    session.document.run(Set(Ref(Kind.WORKSPACE, "workspace"), minimum_n=5000))
    rest(screen)
    settle()
    row = screen.places.rows[screen.places.row_of(wanted)]
    assert row.chip.state is ChipState.TOO_FEW
    assert screen.detail.scores.scores.is_empty
    assert screen.detail.trend.trend.is_empty
    assert all(cell.hidden for cell in screen.detail.segments.rows.cells)
    assert "too few" in screen.detail.head.figure.value.text()


def test_comments_are_searched_by_what_is_typed(screen: EvidenceScreen, settle: Settle) -> None:
    screen.show_touchpoint(None)
    settle()
    card = screen.detail.comments
    whole = int(card.count.text())
    assert whole >= 10
    type_words(screen, "typed again", settle)
    assert card.rows.count() > 0
    assert all("typed" in c.text.casefold() for c in card.rows.comments)
    assert card.count.text() == f"{card.rows.count()} of {whole}"
    type_words(screen, "zeppelin", settle)
    assert card.rows.count() == 0
    assert "No comment has these words" in card.foot.text()


def test_ticks_wait_and_are_counted_as_one_step(
    screen: EvidenceScreen, session: Session, settle: Settle
) -> None:
    ws = session.document.workspace
    screen.show_touchpoint(None)
    settle()
    card = screen.detail.comments
    row = next(i for i, c in enumerate(card.rows.comments) if len(c.pain_points) < 3)
    comment = card.rows.comments[row]
    pain = next(p for p in ws.pain_points if p not in comment.pain_points)
    before = dict(ws.surveys)
    menu = card.rows.open_menu(row, QPoint(0, 0))
    action = next(a for a in menu.actions() if a.data()[1] == pain)
    assert not action.isChecked()
    action.trigger()
    menu.close()
    assert card.pending.isVisible()
    assert dict(ws.surveys) == before
    card.apply.click()
    settle()
    assert not card.pending.isVisible()
    assert set(ws.surveys) != set(before)
    assert len(ws.surveys) == len(before)
    coded = next(
        c
        for c in card.rows.comments
        if (c.text, c.at, c.seq) == (comment.text, comment.at, comment.seq)
    )
    assert pain in coded.pain_points
    session.document.undo_stack.undo()
    settle()
    assert dict(ws.surveys) == before


def test_discarded_ticks_change_nothing(
    screen: EvidenceScreen, session: Session, settle: Settle
) -> None:
    screen.show_touchpoint(None)
    settle()
    card = screen.detail.comments
    card.rows.ticked.emit(0, str(next(iter(session.document.workspace.pain_points))))
    assert card.codings
    card.discard.click()
    assert not card.codings
    assert not card.pending.isVisible()
    assert not session.document.undo_stack.canUndo()


def test_a_rule_tells_what_it_finds_before_it_codes(
    screen: EvidenceScreen, session: Session, settle: Settle
) -> None:
    ws = session.document.workspace
    noted: list[str] = []
    screen.noted.connect(lambda _icon, text: noted.append(text))
    screen.show_touchpoint(None)
    settle()
    screen.detail.comments.rule.click()
    dialog = screen.tools.rule
    assert dialog is not None
    assert not dialog.go.isEnabled()
    dialog.line.setText("five times, work until")
    dialog.pain.setCurrentIndex(0)
    dialog.ask()
    settle()
    assert "would report the pain point newly" in dialog.told.text()
    assert dialog.go.isEnabled()
    pain = PainPointId(str(dialog.pain.currentData()))
    before = set(ws.surveys)
    dialog.go.click()
    settle()
    assert any("undo takes it back" in text for text in noted)
    changed = [s for s in ws.surveys.values() if s.id not in before]
    assert changed
    assert all('contains = ["five times", "work until"]' in s.mapping for s in changed)
    told = [c for c in screen.detail.comments.rows.comments if "five times" in c.text]
    assert all(pain in c.pain_points for c in told)
    session.document.undo_stack.undo()
    assert set(ws.surveys) == before


def test_a_source_is_removed_and_undo_brings_it_back(
    screen: EvidenceScreen, session: Session, settle: Settle, rest: Rest
) -> None:
    ws = session.document.workspace
    rows = screen.sources.rows
    row = next(i for i, r in enumerate(rows.rows) if r.file == "first_year_2026Q4.csv")
    rows.pick(row)
    ref = rows.rows[row].ref
    assert ref is not None
    assert screen.figures is not None
    answers = screen.figures.answers
    screen.sources.remove.click()
    rest(screen)
    settle()
    assert ws.find(ref) is None
    assert screen.figures is not None
    assert 0 < screen.figures.answers < answers
    session.document.undo_stack.undo()
    rest(screen)
    settle()
    assert ws.find(ref) is not None
    assert screen.figures.answers == answers


def test_an_event_log_goes_with_what_it_counted(
    screen: EvidenceScreen, session: Session, settle: Settle
) -> None:
    ws = session.document.workspace
    rows = screen.sources.rows
    row = next((i for i, r in enumerate(rows.rows) if r.ref and r.ref.kind is Kind.EVENT_LOG), None)
    if row is None:
        pytest.skip("the sample holds no event log")
    counts = {t.id: t.count for t in ws.transitions.values()}
    rows.pick(row)
    screen.sources.remove.click()
    settle()
    assert not ws.event_logs
    assert {t.id: t.count for t in ws.transitions.values()} != counts
    session.document.undo_stack.undo()
    assert {t.id: t.count for t in ws.transitions.values()} == counts


def test_the_mapping_is_shown_and_the_file_read_again_by_another(
    screen: EvidenceScreen, session: Session, settle: Settle
) -> None:
    ws = session.document.workspace
    rows = screen.sources.rows
    row = next(i for i, r in enumerate(rows.rows) if r.file == "mortgage_2026Q4.csv")
    rows.pick(row)
    source = rows.rows[row]
    screen.sources.mapping.click()
    dialog = screen.acts.mapping
    assert dialog is not None
    text = dialog.text.edit.toPlainText()
    assert text == source.mapping
    dialog.text.edit.setPlainText("nonsense = [")
    dialog.text.read()
    assert dialog.problem.isVisible()
    assert not dialog.again.isEnabled()
    dialog.text.edit.setPlainText(text.replace("Mortgage contacts", "Mortgages"))
    with sample_folder() as folder:
        assert dialog.order(folder / "mortgage_2026Q4.csv")
        settle()
    names = sorted(s.name for s in ws.surveys.values())
    assert names.count("Mortgages") == 1
    assert names.count("Mortgage contacts") == 1
    session.document.undo_stack.undo()
    assert sorted(s.name for s in ws.surveys.values()).count("Mortgage contacts") == 2


def test_a_file_that_is_not_there_changes_nothing_and_is_told(
    screen: EvidenceScreen, session: Session, settle: Settle, tmp_path: Path
) -> None:
    before = dict(session.document.workspace.surveys)
    source = next(r for r in screen.sources.rows.rows if r.mapping)
    screen.acts._on_mapping_ordered(source, tmp_path / "gone.csv", source.mapping)
    settle()
    assert screen.message.isVisible()
    assert dict(session.document.workspace.surveys) == before
    assert not session.document.undo_stack.canUndo()


def test_a_plot_is_copied_and_saved_as_svg_and_png(
    screen: EvidenceScreen, session: Session, settle: Settle, tmp_path: Path
) -> None:
    screen.show_touchpoint(place_named(session.document.workspace, "Card delivery"))
    settle()
    for plot in (screen.detail.scores.plot, screen.detail.trend.plot, screen.detail.kpis[0].plot):
        svg, png = tmp_path / f"{plot.name}.svg", tmp_path / f"{plot.name}.png"
        plot.save("svg", svg)
        plot.save("png", png)
        settle()
        root = ET.parse(svg).getroot()
        assert root.tag.endswith("svg")
        assert len(list(root.iter())) > 10
        assert QImage(str(png)).width() > 2 * 150
        plot.copy()
        assert QApplication.clipboard().image().width() > 150
        assert QApplication.clipboard().mimeData().hasFormat("image/svg+xml")


def test_the_calculators_show_their_inputs(
    screen: EvidenceScreen, session: Session, settle: Settle
) -> None:
    tools = screen.tools
    tools.open_value()
    settle()
    assert tools.value is not None
    for name, text in (("revenue", "1000"), ("years", "10"), ("acquisition_cost", "1000")):
        tools.value.fields[name].setText(text)
    tools.value.ask()
    settle()
    shown = {name: value for name, value, _ in tools.value.rows.rows}
    assert shown["Simple"].startswith("9\u202f000")
    assert "needs" in next(w for n, _, w in tools.value.rows.rows if n == "Simple, margin")
    assert "an assumption" in tools.value.fields["discount"].placeholderText()
    tools.value.fields["retention"].setText("140")
    tools.value.fields["margin"].setText("10")
    tools.value.ask()
    settle()
    assert "cannot be computed" in tools.value.note.text()
    tools.value.reject()
    tools.open_churn()
    settle()
    assert tools.churn is not None
    assert tools.churn.rows.rows
    tools.churn.reject()
    screen.show_touchpoint(place_named(session.document.workspace, "Card delivery"))
    tools.open_planner()
    assert tools.planner is not None
    assert tools.planner.plan is not None
    assert not tools.planner.plan.assumed
    few = tools.planner.plan.for_margin
    tools.planner.margin.setText("4")
    assert tools.planner.plan.for_margin > 3 * few
    tools.planner.margin.setText("none")
    assert tools.planner.plan is None
    tools.planner.reject()


def test_an_alert_is_told_in_words() -> None:
    alert = Alert(QuestionId("q"), None, "2026Q4", -12.0, 80, 20.0, 8.0, 32.0, 4, 0.001)
    assert alert_sentence(alert, "Chat", Metric.NPS) == (
        "Chat: NPS −12, where its own history lets one expect +8 to +32"
    )


def test_an_empty_workspace_says_what_to_bring(
    screen: EvidenceScreen, session: Session, settle: Settle, rest: Rest
) -> None:
    ws = session.document.workspace
    asked: list[bool] = []
    screen.import_requested.connect(lambda: asked.append(True))
    refs = [Ref(Kind.SURVEY, s) for s in ws.surveys] + [Ref(Kind.KPI, k) for k in ws.kpis]
    refs += [Ref(Kind.EVENT_LOG, log) for log in ws.event_logs]
    session.document.run(Remove(refs))
    rest(screen)
    settle()
    assert screen.empty.isVisible()
    screen.empty.button.click()
    screen.sources.import_button.click()
    assert asked == [True, True]


def test_refused_rows_are_saved(screen: EvidenceScreen, settle: Settle, tmp_path: Path) -> None:
    noted: list[str] = []
    screen.noted.connect(lambda _icon, text: noted.append(text))
    source = next(r for r in screen.sources.rows.rows if r.ref is not None)
    screen.acts.save_refused(source, tmp_path / "rows.csv")
    settle()
    assert (tmp_path / "rows.csv").read_text("utf-8-sig").startswith("line,reason,record")
    assert noted == ["0 refused rows saved in rows.csv"]


def test_sources_are_listed_with_what_was_left_out(session: Session) -> None:
    from storage.evidence.sources import SurveySource

    ws = session.document.workspace
    survey = next(iter(ws.surveys))
    stored = {SurveyId(survey): SurveySource(survey, 10, 0, (("off_scale", 2), ("cut_off", 1)))}
    rows = source_rows(ws, stored)
    row = next(r for r in rows if r.ref == Ref(Kind.SURVEY, survey))
    assert row.state[1] == "3 refused"
    assert rows[-1].ref is None
    assert rows[-1].name == "Key figures"


def test_a_fall_is_told_once_after_it_came_in(
    screen: EvidenceScreen, session: Session, settle: Settle, rest: Rest
) -> None:
    """Two quiet quarters are added before the sample's, and one in which everything fell."""
    noted: list[str] = []
    screen.noted.connect(lambda icon, text: noted.append(text) if icon == "bell" else None)
    ws = session.document.workspace
    question = next(q for q in ws.questions.values() if q.metric == "nps" and q.touchpoint)
    for period, scores in ((20261, (6, 8, 9, 10)), (20262, (6, 8, 9, 10)), (20271, (0, 1, 2))):
        bring(session, question.id, period, scores)
    session.findings.read("2027Q1")
    settle()
    rest(screen)
    assert screen.figures is not None
    assert [a.question for a in screen.figures.alerts] == [question.id]
    assert screen.alert.isVisible()
    assert len(noted) == 1
    session.findings.read("2027Q1")
    settle()
    assert len(noted) == 1
    session.findings.read("2026Q2")
    settle()
    assert not screen.alert.isVisible()


def bring(session: Session, question: QuestionId, period: int, scores: tuple[int, ...]) -> None:
    """Take three hundred answers in."""
    storage = session.document.storage
    with storage.transaction() as connection:
        writer = BatchWriter(connection, SurveyId(f"wave-{period}"))
        for n in range(300):
            writer.add(Response(period=period, answers={question: scores[n % len(scores)]}))
        sha256 = writer.finish()
    survey = Survey(SurveyId(f"wave-{period}"), f"Wave {period}", records=300, batch_sha256=sha256)
    session.document.run(AddSurvey(survey))


def test_a_real_export_shows_what_its_reference_says(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: Jobs, qtbot: QtBot,
    settle: Settle,
) -> None:  # fmt: skip
    """25,976 passengers; a 0 is not applicable and never a score."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    file = shared_data / "airline" / "AirlinePassengerSatisfaction.csv"
    path = tmp_path / "air.waymark"
    with Document.create(path, new_workspace("Airline")) as made:
        mapping = propose(inspect_file(file))
        assert mapping.survey is not None
        mapping = replace(mapping, survey=replace(mapping.survey, quarter="2026Q4"))
        taken = import_survey(made, file, mapping, create=True)
        assert taken.command is not None
        made.write(taken.command.do(made.workspace))
        made.publish()
    document = DocumentModel(Document.open(path), jobs)
    session = Session(document, jobs)
    screen = EvidenceScreen(session, jobs)
    qtbot.addWidget(screen)
    screen.show()
    session.findings.read()
    settle()
    assert screen.figures is not None
    (source, *_) = screen.sources.rows.rows
    assert "25\u202f976" in source.detail
    wanted = next(t for t in document.workspace.touchpoints.values() if "wifi" in t.name)
    screen.show_touchpoint(wanted.id)
    settle()
    current = screen.detail.current
    assert current is not None
    with file.open(newline="") as stream:
        column = "Inflight wifi service"
        scores = [int(row[column]) for row in csv.DictReader(stream) if row[column] != "0"]
    assert current.result.n == len(scores)
    assert current.result.value == pytest.approx(sum(scores) / len(scores), abs=1e-12)
    assert current.result.distribution == dict(sorted(Counter(scores).items()))
    assert sum(cell.n for cell in current.segments) == len(scores)
    document.close()
    session.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("size", [(1306, 684), (1860, 1010), (900, 500)])
def test_it_paints_at_every_size(
    screen: EvidenceScreen, settle: Settle, size: tuple[int, int]
) -> None:
    screen.resize(*size)
    settle()
    assert not screen.grab().isNull()


def test_shares_stand_apart_where_the_plot_is_narrow(screen: EvidenceScreen) -> None:
    plot = screen.detail.scores.scores
    assert [c.name for c in plot.classes] == ["detractors", "passives", "promoters"]
    assert plot.has_room(0.0, 60.0), "counts and shares"
    assert not plot.has_room(0.0, 12.0), "shares alone"
