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
