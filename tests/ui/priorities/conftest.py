"""The bank of the panels as a workspace, a ranking and an open document."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from journey.model.workspace import Workspace
from journey.priority.result import Ranking
from tests.ui.priorities.bank import FakeDocument, bank, ranking_of
from ui.document import DocumentModel
from ui.jobs import Jobs
from ui.priorities import PrioritiesView
from ui.selection import Selection


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
