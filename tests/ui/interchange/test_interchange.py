"""Maps from elsewhere into the window and out of it, with real files and real dialogs."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from journey.model.ids import JourneyId, StageId, TouchpointId
from journey.model.map import Journey, Stage, Touchpoint
from journey.model.workspace import Workspace, ordered_journeys
from storage.document import Document, read_document
from storage.openformats.convert import opened
from storage.openformats.convert_losses import Loss
from ui.document import DocumentModel
from ui.interchange.dialogs import ArrivalDialog, LossDialog
from ui.interchange.flow import ENDINGS, Interchange
from ui.interchange.picture_flow import PictureFlow
from ui.interchange.words import loss_line
from ui.interchange.work import Prepare, Saved
from ui.jobs import Jobs
from ui.session import Session

PATIENCE_MS = 20_000
MERMAID = "journey\n  title Leaving\n  section Call\n    Ask for the form: 2: Anna\n    Wait: 1\n"


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    """The workers."""
    made = Jobs()
    yield made
    made.wait()
    made.shut_down()


@pytest.fixture
def session(jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """An open workspace of one journey with two touchpoints."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    journey = JourneyId("j")
    ws = Workspace(
        "Bank",
        [
            Journey(journey, "Joining"),
            Stage(StageId("s"), journey, "Purchase"),
            Touchpoint(TouchpointId("a"), journey, "Form; page 1", StageId("s"), 0.0, "Web"),
            Touchpoint(TouchpointId("b"), journey, "Card", StageId("s"), 1.0),
        ],
    )
    document = DocumentModel(Document.create(tmp_path / "bank.waymark", ws), jobs)
    made = Session(document, jobs)
    made.findings.read()
    jobs.wait()
    yield made
    jobs.wait()
    document.close()


@pytest.fixture
def answers_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], None]:
    """Stand for a person in front of the system's own file dialog."""

    def answer(path: Path | None) -> None:
        def chosen(*_: object) -> tuple[str, str]:
            return (str(path) if path else "", "")

        monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)

    return answer


def asked(flow: Interchange, qtbot: QtBot) -> ArrivalDialog | LossDialog:
    """Wait until the flow asks."""
    qtbot.waitUntil(lambda: flow.dialog is not None, timeout=PATIENCE_MS)
    assert flow.dialog is not None
    return flow.dialog


def test_a_journey_is_added_as_one_step(
    session: Session, jobs: Jobs, qtbot: QtBot, tmp_path: Path
) -> None:
    source = tmp_path / "leaving.mmd"
    source.write_text(MERMAID, encoding="utf-8")
    flow, document = Interchange(jobs), session.document
    before = document.workspace.copy()
    flow.begin(source, session)
    dialog = asked(flow, qtbot)
    assert isinstance(dialog, ArrivalDialog)
    assert not dialog.is_fresh
    assert "Leaving" in dialog.about.text()
    assert document.workspace == before
    with qtbot.waitSignal(flow.journey_added) as added, qtbot.waitSignal(flow.noted):
        dialog.go.click()
    names = [j.name for j in ordered_journeys(document.workspace)]
    assert names == ["Joining", "Leaving"]
    assert document.workspace.journeys[JourneyId(added.args[0])].name == "Leaving"
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.workspace == before
    qtbot.waitUntil(lambda: flow.dialog is None, timeout=PATIENCE_MS)


@pytest.mark.parametrize("name", ["odd.ojf", "traps.mmd"])
def test_what_reading_loses_is_listed_before_a_workspace_is_made(
    name: str, fixtures: Path, session: Session, jobs: Jobs, qtbot: QtBot, tmp_path: Path,
    answers_with: Callable[[Path | None], None],
) -> None:  # fmt: skip
    source = fixtures / "openformats" / name
    with opened(source) as found:
        expected = [loss_line(loss) for loss in found.losses]
    flow = Interchange(jobs)
    flow.begin(source)
    dialog = asked(flow, qtbot)
    assert isinstance(dialog, ArrivalDialog)
    assert dialog.is_fresh
    assert not dialog.add.isVisibleTo(dialog)
    assert dialog.losses.toPlainText().splitlines() == expected
    answers_with(tmp_path / "made")
    with qtbot.waitSignal(flow.workspace_made, timeout=PATIENCE_MS) as made:
        dialog.go.click()
    assert made.args == [str(tmp_path / "made.waymark")]
    document = Document.open(tmp_path / "made.waymark")
    assert document.workspace.touchpoints
    document.close()


def test_a_waymark_json_keeps_its_answers_in_a_new_workspace_and_says_what_adding_leaves(
    fixtures: Path, session: Session, jobs: Jobs, qtbot: QtBot, tmp_path: Path,
    answers_with: Callable[[Path | None], None],
) -> None:  # fmt: skip
    source = fixtures / "json" / "bank.json"
    raw = json.loads(source.read_text("utf-8"))
    flow = Interchange(jobs)
    flow.begin(source, session)
    dialog = asked(flow, qtbot)
    assert isinstance(dialog, ArrivalDialog)
    assert f"Left out: {len(raw['responses'])} answers" in dialog.losses.toPlainText()
    dialog.fresh.click()
    assert "answers" not in dialog.losses.toPlainText()
    answers_with(tmp_path / "new.waymark")
    with qtbot.waitSignal(flow.workspace_made, timeout=PATIENCE_MS):
        dialog.go.click()
    document = Document.open(tmp_path / "new.waymark")
    assert sum(s.records for s in document.workspace.surveys.values()) == len(raw["responses"])
    document.close()


def test_a_file_that_is_no_map_changes_nothing(
    session: Session, jobs: Jobs, qtbot: QtBot, tmp_path: Path
) -> None:
    source = tmp_path / "notes.json"
    source.write_text('{"format": "something else"}', encoding="utf-8")
    flow, before = Interchange(jobs), session.document.workspace.copy()
    with qtbot.waitSignal(flow.failed, timeout=PATIENCE_MS):
        flow.begin(source, session)
    assert flow.dialog is None
    assert session.document.workspace == before


def test_cancel_changes_nothing(session: Session, jobs: Jobs, qtbot: QtBot, tmp_path: Path) -> None:
    source = tmp_path / "leaving.mmd"
    source.write_text(MERMAID, encoding="utf-8")
    flow, before = Interchange(jobs), session.document.workspace.copy()
    flow.begin(source, session)
    asked(flow, qtbot).cancel.click()
    qtbot.waitUntil(lambda: flow.dialog is None, timeout=PATIENCE_MS)
    assert session.document.workspace == before
    assert not session.document.undo_stack.count()


@pytest.mark.parametrize("ending", ENDINGS)
def test_losses_are_told_before_a_journey_is_saved(
    ending: str, session: Session, jobs: Jobs, qtbot: QtBot, tmp_path: Path,
    answers_with: Callable[[Path | None], None],
) -> None:  # fmt: skip
    flow, target = Interchange(jobs), tmp_path / f"out{ending}"
    answers_with(target)
    with qtbot.waitSignal(flow.noted, timeout=PATIENCE_MS) as noted:
        flow.save(session, ending)
        if ending == ".mmd":
            dialog = asked(flow, qtbot)
            assert not target.exists()
            text = dialog.losses.toPlainText()
            assert "names hold signs the format keeps for itself" in text
            assert "channel" in text
            dialog.go.click()
        elif ending != ".json":
            qtbot.waitUntil(lambda: flow.dialog is not None or target.exists(), timeout=PATIENCE_MS)
            if flow.dialog is not None:
                flow.dialog.go.click()
    assert noted.args[1] == f"{target.name} was written"
    assert "Card" in target.read_text("utf-8")


@pytest.mark.parametrize("ending", [".ojf", ".mmd", ".graphml"])
def test_no_loss_of_the_sample_is_listed_twice(ending: str, open_sample: Path) -> None:
    with read_document(open_sample) as document:
        journey = ordered_journeys(document.workspace)[0].id
        prepare = Prepare(document, document.workspace, journey, ending)
        saved = prepare(_nothing, lambda: False)
    assert isinstance(saved, Saved)
    lines = [loss_line(loss) for loss in saved.losses]
    assert lines.count("Left out: 1 event log") == 1
    assert len(set(lines)) == len(lines)


def _nothing(_done: int, _total: int, _what: str) -> None: ...


def test_every_loss_has_words() -> None:
    assert loss_line(Loss("touchpoint.channel", 2)) == "Left out: 2 × “channel” of touchpoints"
    assert loss_line(Loss("kpi", 1)) == "Left out: 1 KPI"
    assert loss_line(Loss("other_journey", 1)) == "Left out: 1 other journey"
    assert loss_line(Loss("score_rounded", 3)).startswith("Changed (3): judged experiences")


@pytest.mark.parametrize("ending", ["pdf", "png", "svg", "html"])
def test_a_picture_through_the_dialog(
    ending: str, session: Session, jobs: Jobs, qtbot: QtBot, tmp_path: Path,
    answers_with: Callable[[Path | None], None],
) -> None:  # fmt: skip
    flow, target = PictureFlow(jobs), tmp_path / f"out.{ending}"
    flow.begin(session)
    dialog = flow.dialog
    assert dialog is not None
    dialog.format.setCurrentIndex(dialog.format.findData(ending))
    dialog.show_preview()
    assert not dialog.preview.pixmap().isNull()
    assert dialog.page.isEnabled() == (ending == "pdf")
    assert dialog.scale.isEnabled() == (ending == "png")
    assert dialog.view.isEnabled() == (ending != "html")
    answers_with(tmp_path / "out")
    with qtbot.waitSignal(flow.noted, timeout=PATIENCE_MS):
        dialog.save.click()
    starts = {"pdf": b"%PDF", "png": b"\x89PNG", "svg": b"<?xml", "html": b"<!DOCTYPE html>"}
    assert target.read_bytes().startswith(starts[ending])
    qtbot.waitUntil(lambda: flow.dialog is None, timeout=PATIENCE_MS)


def test_a_picture_that_cannot_be_written_says_so(
    session: Session, jobs: Jobs, qtbot: QtBot, tmp_path: Path,
    answers_with: Callable[[Path | None], None],
) -> None:  # fmt: skip
    flow = PictureFlow(jobs)
    flow.begin(session, "flow")
    assert flow.dialog is not None
    assert flow.dialog.view.currentData() == "flow"
    answers_with(tmp_path / "nowhere" / "out.pdf")
    with qtbot.waitSignal(flow.failed, timeout=PATIENCE_MS):
        flow.dialog.save.click()
    assert not (tmp_path / "nowhere").exists()


def test_paper_and_pages_are_told(session: Session, jobs: Jobs, qtbot: QtBot) -> None:
    flow = PictureFlow(jobs)
    flow.begin(session)
    dialog = flow.dialog
    assert dialog is not None
    assert not dialog.one_sheet.isEnabled()
    dialog.page.setCurrentIndex(dialog.page.findData("A4"))
    assert dialog.one_sheet.isEnabled()
    dialog.show_preview()
    assert "page" in dialog.told.text()
    assert dialog.order.page == "A4"
    flow.stop()
    qtbot.waitUntil(lambda: flow.dialog is None, timeout=PATIENCE_MS)


def test_a_picture_being_drawn_is_stopped_and_leaves_no_file(
    session: Session, jobs: Jobs, qtbot: QtBot, tmp_path: Path,
    answers_with: Callable[[Path | None], None],
) -> None:  # fmt: skip
    flow = PictureFlow(jobs)
    flow.begin(session)
    assert flow.dialog is not None
    flow.dialog.format.setCurrentIndex(flow.dialog.format.findData("svg"))
    answers_with(tmp_path / "out")
    running: list[int] = []
    jobs.progressed.connect(lambda seen: running.append(seen.number))
    flow.dialog.save.click()
    qtbot.waitUntil(lambda: bool(running), timeout=PATIENCE_MS)
    with qtbot.waitSignal(flow.noted, timeout=PATIENCE_MS) as told:
        jobs.cancel(running[0])
    assert told.args == ["x", "Stopped; nothing was written"]
    assert list(tmp_path.glob("out*")) == []
