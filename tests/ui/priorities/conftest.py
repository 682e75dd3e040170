"""The bank of the panels as a workspace, a ranking and an open document."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from journey.model.workspace import Workspace
from journey.priority.result import Ranking
from storage.document import Document
from tests.ui.priorities.bank import FakeDocument, bank, ranking_of
from tests.ui.priorities.opened import Opened
from ui.document import DocumentModel
from ui.jobs import Jobs
from ui.priorities import PrioritiesView
from ui.selection import Selection
from ui.session import Session
from ui.shell.workbench import Workbench
from ui.studies import Ask


@pytest.fixture
def workspace() -> Workspace:
    """A bank with eighteen pain points."""
    return bank()


@pytest.fixture
def ranking(workspace: Workspace) -> Ranking:
    """Its ranking in money."""
    return ranking_of(workspace)


@pytest.fixture
def document(workspace: Workspace, qtbot: QtBot, qapp: QApplication) -> Iterator[DocumentModel]:
    """The bank as an open document."""
    jobs = Jobs()
    model = DocumentModel(FakeDocument(workspace), jobs)  # type: ignore[arg-type]
    yield model
    model.close()
    jobs.shut_down()


@pytest.fixture
def selection() -> Selection:
    """What is selected in all views."""
    return Selection()


@pytest.fixture
def view(
    qtbot: QtBot, document: DocumentModel, selection: Selection, ranking: Ranking
) -> Iterator[PrioritiesView]:
    """The screen, shown, with the ranking."""
    shown = PrioritiesView(document, selection)
    qtbot.addWidget(shown)
    shown.resize(1500, 900)
    shown.set_ranking(ranking, document.workspace)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    shown.close()


@pytest.fixture
def opened(
    frozen_sample: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    qapp: QApplication,
) -> Iterator[Opened]:
    """The sample in the workbench, ranked, at its Priorities screen."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    path = tmp_path / "sample.waymark"
    path.write_bytes(frozen_sample.read_bytes())
    jobs = Jobs()
    session = Session(DocumentModel(Document.open(path), jobs), jobs)
    bench = Workbench(session, jobs)

    def settle() -> None:
        desk = session.findings._desk
        for _ in range(4):
            jobs.wait()
            qapp.processEvents()
        qtbot.waitUntil(
            lambda: (
                session.findings.evidence is not None
                and not session.findings._timer.isActive()
                and not any(desk.waits(kind) for kind in Ask)
            ),
            timeout=60_000,
        )

    qtbot.addWidget(bench)
    bench.resize(1700, 1000)
    bench.show()
    qtbot.waitExposed(bench)
    bench.show_view("priorities")
    settle()
    yield Opened(session, jobs, bench, settle)
    bench.close()
    session.findings.stop()
    jobs.wait()
    session.document.close()
    session.deleteLater()  # with its timers, before the workers go
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    jobs.shut_down()
