"""The list in step with the findings: dragged, released, undone; and what is asked beside it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from journey.model.assumptions import Assumptions
from journey.model.ids import Kind, Ref
from journey.model.workspace import Workspace
from journey.priority import rank
from tests.ui.priorities.bank import FakeDocument, bank
from tests.ui.priorities.evidence import KnownFindings, with_survey
from ui.document import DocumentModel
from ui.findings import DRAWS, SEED
from ui.jobs import Jobs
from ui.priorities import PrioritiesView
from ui.priorities.live import Live
from ui.selection import Selection
from ui.studies import Ask


class Desk:
    """The screen over a small survey, ranked by the real method."""

    def __init__(self, qtbot: QtBot) -> None:
        workspace = bank()
        self.table = with_survey(workspace)
        self.jobs = Jobs()
        self.document = DocumentModel(FakeDocument(workspace), self.jobs)  # type: ignore[arg-type]
        self.findings = KnownFindings(self.document, self.jobs, self.table)
        self.view = PrioritiesView(self.document, Selection())
        self.view.set_findings(self.findings)
        self.findings.ranking_changed.connect(self._on_ranking)
        self.findings.read()
        qtbot.addWidget(self.view)
        self.view.resize(1700, 1000)
        self.view.show()
        qtbot.waitExposed(self.view)
        self.settle(qtbot)

    def _on_ranking(self) -> None:
        self.view.set_ranking(self.findings.ranking, self.document.workspace)

    @property
    def live(self) -> Live:
        assert self.view.live is not None
        return self.view.live

    @property
    def workspace(self) -> Workspace:
        return self.document.workspace

    def settle(self, qtbot: QtBot) -> None:
        """Wait until everything that was asked is answered."""
        desk = self.findings._desk
        qtbot.waitUntil(
            lambda: (
                self.findings.ranking is not None
                and not self.findings._timer.isActive()
                and not any(desk.waits(kind) for kind in Ask)
            ),
            timeout=60_000,
        )

    def ranked_afresh(self) -> tuple[str, ...]:
        """The order of a ranking made without any study, as the workspace stands."""
        made = rank(self.workspace, [self.table], quarter="2026Q4", draws=DRAWS, seed=SEED)
        return tuple(i.pain_point for i in made.items)

    def shown(self) -> tuple[str, ...]:
        model = self.view.list.ranking_model
        return tuple(model.line(row).key for row in model.item_rows())

    def figure(self, pain: str) -> float | None:
        """The value the list shows of a pain point."""
        model = self.view.list.ranking_model
        item = model.line(model.row_of(pain)).item
        return item.value_mean if item else None


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.findings.stop()
    made.document.close()
    made.view.close()
    made.jobs.shut_down()


def press(slider: object, share: float) -> QPoint:
    place = QPoint(8 + round(share * (slider.width() - 16)), slider.rect().center().y())  # type: ignore[attr-defined]
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=place)  # type: ignore[arg-type]
    return place


def test_the_list_follows_a_dragged_slider_and_keeps_one_step(qtbot: QtBot, desk: Desk) -> None:
    before = desk.figure("p02")
    slider = desk.view.assumptions.row("fix_efficacy_mean").slider
    place = press(slider, 0.6)
    with qtbot.waitSignal(desk.findings.preview_changed, timeout=20_000):
        QTest.mouseMove(slider, place - QPoint(80, 0))
    assert desk.workspace.assumptions.fix_efficacy_mean == 0.6, "nothing is kept yet"
    assert desk.document.undo_stack.count() == 0
    tried = desk.figure("p02")
    assert before
    assert tried
    assert tried < 0.9 * before
    assert "Tried out" in desk.view.head.subtitle.text()
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=place - QPoint(80, 0))
    desk.settle(qtbot)
    assert desk.document.undo_stack.count() == 1
    assert desk.figure("p02") == tried, "what was tried out is what is kept"
    assert desk.shown() == desk.ranked_afresh()
    assert "Tried out" not in desk.view.head.subtitle.text()
    desk.document.undo_stack.undo()
    desk.settle(qtbot)
    assert desk.figure("p02") == before


def test_a_burst_of_moves_makes_no_queue(qtbot: QtBot, desk: Desk) -> None:
    answered: list[object] = []
    desk.findings.preview_changed.connect(answered.append)
    slider = desk.view.assumptions.row("fix_efficacy_mean").slider
    place = press(slider, 0.6)
    for step in range(1, 60):
        QTest.mouseMove(slider, place - QPoint(step, 0))
        assert len(desk.findings._desk._waiting) <= 1
    desk.settle(qtbot)
    assert 1 <= len(answered) < 59
    last = answered[-1]
    slid = desk.view.assumptions.row("fix_efficacy_mean")._slid()
    assert last.assumptions["fix_efficacy_mean"] == slid, "the latest wins"  # type: ignore[attr-defined]
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=place)
    desk.settle(qtbot)


def test_a_slider_let_go_where_it_was_shows_the_settled_list(qtbot: QtBot, desk: Desk) -> None:
    before = desk.figure("p02")
    slider = desk.view.assumptions.row("fix_efficacy_mean").slider
    place = press(slider, 0.6)
    with qtbot.waitSignal(desk.findings.preview_changed, timeout=20_000):
        QTest.mouseMove(slider, place - QPoint(60, 0))
    assert desk.figure("p02") != before
    slider.setValue(600)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=place)
    desk.settle(qtbot)
    assert desk.figure("p02") == before
    assert desk.document.undo_stack.count() == 0


def test_a_contradiction_is_said_where_it_is_made(qtbot: QtBot, desk: Desk) -> None:
    panel = desk.view.assumptions
    panel.more_button.click()
    row = panel.row("reporting_false_positive")
    row.field.setFocus()
    row.field.selectAll()
    qtbot.keyClicks(row.field, "100")
    qtbot.keyClick(row.field, Qt.Key.Key_Return)
    assert "Sensitivity must be above" in row.message
    assert desk.workspace.assumptions == Assumptions()


def test_the_panel_says_what_each_assumption_does(desk: Desk) -> None:
    row = desk.view.assumptions.row("fix_efficacy_mean")
    assert row.effect.isVisible()
    assert row.effect.face.low is not None
    assert row.effect.face.high is not None
    assert 0 <= row.effect.face.low < row.effect.face.high <= 1
    spread = desk.view.assumptions.row("effort_sd_log")
    assert "keeps the order" in spread.effect.face.words
    assert desk.view.assumptions.row("causal_share_mean").isVisible(), "a list of respondents"
    assert not desk.view.assumptions.row("experience_share_of_churn").isVisible()


def test_the_budget_buys_a_set_worth_less_than_its_sum(qtbot: QtBot, desk: Desk) -> None:
    budget = desk.live.budget
    assert budget.words.texts[0].startswith("Takes rank")
    budget.slider.setFocus()
    qtbot.keyClick(budget.slider, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: "Nothing fits" in budget.words.texts[0], timeout=20_000)
    qtbot.keyClick(budget.slider, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: "Takes ranks" in budget.words.texts[0], timeout=20_000)
    assert budget.slider.value() == budget.slider.maximum()
    assert "Together" in budget.words.texts[1]
    assert "80 %" in budget.words.texts[1]


def test_other_methods_stand_beside_ours(qtbot: QtBot, desk: Desk) -> None:
    assert desk.live.classic.bars.accessibleName()
    qtbot.mouseClick(desk.live.classic.all_button, Qt.MouseButton.LeftButton)
    methods = desk.view.methods
    assert methods.isVisible()
    titles = [c.title for c in methods.table.table_model.columns]
    assert titles[:2] == ["Ours", "Pain point"]
    assert any(t.startswith("Votes\nτ") for t in titles)
    votes = next(k for k, t in enumerate(titles) if t.startswith("Votes"))
    methods.table.setFocus()
    methods.table.setCurrentIndex(methods.table.table_model.index(0, votes))
    assert any("Fails to tell: Anything the room" in text for text in methods.notes.texts)
    qtbot.keyClick(methods.table, Qt.Key.Key_Down)
    assert desk.view.selected_ref is not None
    assert desk.view.selected_ref.id == desk.shown()[1], "the list follows"


def test_key_drivers_of_a_survey_of_respondents(qtbot: QtBot, desk: Desk) -> None:
    desk.view.show_methods()
    switch = desk.view.methods.switch
    assert switch.isVisible()
    buttons = switch.children()
    last = next(b for b in buttons if getattr(b, "text", str)() == "Key drivers")
    qtbot.mouseClick(last, Qt.MouseButton.LeftButton)  # type: ignore[arg-type]
    rows = desk.view.methods.drivers.table_model.rows
    assert {row[0].text for row in rows} == {
        "ID verification", "Card delivery", "Support call", "Online application",
    }  # fmt: skip
    assert any("R²" in text for text in desk.view.methods.notes.texts)


def test_two_scenarios_side_by_side(qtbot: QtBot, desk: Desk) -> None:
    panel = desk.view.assumptions
    assert not panel.compare_button.isEnabled(), "nothing differs from the defaults"
    panel.row("fix_efficacy_mean").edited.emit(0.3)
    desk.settle(qtbot)
    qtbot.mouseClick(panel.compare_button, Qt.MouseButton.LeftButton)
    desk.settle(qtbot)
    page = desk.view.scenarios
    assert page.isVisible()
    assert "30\u00a0% (60\u00a0%)" in page.differs.text()
    row = next(r for r in page.table.table_model.rows if r[1].text == "Card arrives with no "
               "notice of when")  # fmt: skip
    now, default = (float(cell.text.replace("\u202f", "")) for cell in row[4:6])
    assert now < default
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert desk.view.list.isVisible()


def test_named_sets_are_kept_used_and_deleted(qtbot: QtBot, desk: Desk) -> None:
    panel = desk.view.assumptions
    panel.row("fix_efficacy_mean").edited.emit(0.3)
    menu = panel.sets.menu()
    menu.actions()[0].trigger()
    assert panel.sets.field.hasFocus()
    qtbot.keyClicks(panel.sets.field, "Careful")
    qtbot.keyClick(panel.sets.field, Qt.Key.Key_Return)
    assert [s.name for s in desk.workspace.assumption_sets] == ["Careful"]
    assert not panel.sets.field.isVisible()
    panel.defaults_button.click()
    assert desk.workspace.assumptions.fix_efficacy_mean == 0.6
    use, _compare, drop = panel.sets.menu().actions()[2].menu().actions()  # type: ignore[union-attr]
    use.trigger()
    assert desk.workspace.assumptions.fix_efficacy_mean == 0.3
    drop.trigger()
    assert desk.workspace.assumption_sets == []
    assert desk.workspace.assumptions.fix_efficacy_mean == 0.3
    desk.document.undo_stack.undo()
    assert [s.name for s in desk.workspace.assumption_sets] == ["Careful"]


def test_a_set_needs_a_name(qtbot: QtBot, desk: Desk) -> None:
    sets = desk.view.assumptions.sets
    sets.menu().actions()[0].trigger()
    qtbot.keyClick(sets.field, Qt.Key.Key_Return)
    assert sets.field.isVisible()
    assert "empty" in sets._message.text()
    qtbot.keyClick(sets.field, Qt.Key.Key_Escape)
    assert not sets.field.isVisible()
    assert desk.workspace.assumption_sets == []


def test_the_counts_behind_a_row(qtbot: QtBot, desk: Desk) -> None:
    ref = Ref(Kind.PAIN_POINT, "p02")
    desk.view.reveal(ref)
    button = next(
        b for b in desk.view.list.findChildren(type(desk.view.head.export_button))
        if b.text() == "See the answers"
    )  # fmt: skip
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    panel = desk.view.answers
    assert panel.isVisible()
    assert not desk.view.assumptions.isVisible()
    facts = desk.findings.estimate.facts("p02")  # type: ignore[union-attr]
    hits = int(desk.table.pain_points[ref.id].sum())  # type: ignore[index]
    assert facts.tally is not None
    assert facts.tally.named == hits
    told = " ".join(panel.texts())
    assert f"named it {hits} of {facts.tally.asked}" in told
    assert "New in Norway 24\u202f000 a year" in told
    with qtbot.waitSignal(panel.answers_requested) as asked:
        qtbot.mouseClick(panel.evidence_button, Qt.MouseButton.LeftButton)
    assert asked.args == [ref]
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert desk.view.assumptions.isVisible()
    assert desk.view.list.hasFocus()


def test_what_to_measure_and_how_sure_rank_1_is(desk: Desk) -> None:
    assert desk.live.sure.words.texts
    assert any("halve the doubt" in text for text in desk.live.measure.words.texts)
    assert not desk.live.returns.isVisible(), "no improvement has a cost"


def test_the_design_is_checked_on_a_click(qtbot: QtBot, desk: Desk) -> None:
    design = desk.live.design
    assert design.isVisible()
    qtbot.mouseClick(design.button, Qt.MouseButton.LeftButton)
    assert not design.button.isEnabled()
    qtbot.waitUntil(design.button.isEnabled, timeout=60_000)
    assert "1 changes" in design.words.texts[0], "one covariate, no rule of a mapping"


def test_nothing_is_asked_while_the_screen_is_not_looked_at(qtbot: QtBot, desk: Desk) -> None:
    desk.view.hide()
    before = desk.live.budget.words.texts
    desk.view.assumptions.row("fix_efficacy_mean").edited.emit(0.2)
    desk.settle(qtbot)
    assert desk.live.budget.words.texts == before
    desk.view.show()
    qtbot.waitUntil(lambda: desk.live.budget.words.texts != before, timeout=20_000)
    desk.settle(qtbot)
