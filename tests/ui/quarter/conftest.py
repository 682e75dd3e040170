"""The sample as an open session with its Quarter screen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from storage.document import Document
from ui.document import DocumentModel
from ui.jobs import Jobs
from ui.quarter import QuarterScreen
from ui.session import Session


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    """Workers of one test."""
    made = Jobs()
    yield made
    made.wait()
    made.shut_down()


@pytest.fixture
def session(
    open_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: Jobs
) -> Iterator[Session]:
    """The sample, open."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    path = tmp_path / "sample.waymark"
    path.write_bytes(open_sample.read_bytes())
    document = DocumentModel(Document.open(path), jobs)
    made = Session(document, jobs)
    yield made
    document.close()
    made.deleteLater()  # with its timers, before the workers go
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def settle(jobs: Jobs, qapp: QApplication) -> Callable[[], None]:
    """Let every job end and its answer arrive."""

    def run() -> None:
        for _ in range(4):
            jobs.wait()
            qapp.processEvents()

    return run


@pytest.fixture
def screen(
    session: Session, jobs: Jobs, qtbot: QtBot, settle: Callable[[], None]
) -> Iterator[QuarterScreen]:
    """The screen, shown, both quarters compared."""
    made = QuarterScreen(session, jobs)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    qtbot.waitExposed(made)
    session.findings.read()
    settle()
    yield made
    made.close()
