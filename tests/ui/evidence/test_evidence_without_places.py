"""Evidence of no touchpoint: the screen says so and where to look; hashes are shown."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from journey.model.template import new_workspace
from storage.document import Document
from tests.storage.imports.survey_trial import Trial
from tests.ui.evidence.conftest import opened
from ui.evidence import EvidenceScreen
from ui.jobs import Jobs
from ui.session import Session

MAPPING = """
[survey]
name = "Leavers"
design = "relational"
quarter = "2026Q4"
respondent = "id"

[outcome]
column = "Churn"
bad = ["Yes"]
means = "left"
"""


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: Jobs) -> Iterator[Session]:
    """A workspace that knows who left, and nothing else."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    path = tmp_path / "left.waymark"
    with Document.create(path, new_workspace("Left")) as document:
        trial = Trial(document, tmp_path)
        rows = [["id", "Churn"], *([f"p{n}", "Yes" if n % 4 == 0 else "No"] for n in range(40))]
        trial.take(trial.file(rows), MAPPING)
        document.publish()
    yield from opened(path, jobs)


def test_it_says_where_to_look(
    left: Session, jobs: Jobs, qtbot: QtBot, settle: Callable[[], None], tmp_path: Path
) -> None:
    screen = EvidenceScreen(left, jobs)
    qtbot.addWidget(screen)
    screen.resize(1300, 800)
    screen.show()
    qtbot.waitExposed(screen)
    left.findings.read()
    settle()
    assert left.document.workspace.surveys
    assert screen.empty.isVisible()
    assert screen.empty.title.text() == "Nothing about a touchpoint yet"
    screen.empty.churn.click()
    settle()
    assert screen.tools.churn is not None
    assert [value for _, value, _ in screen.tools.churn.rows.rows] == ["25.0 %"]
    screen.tools.churn.reject()
    screen.sources.rows.choose(0)
    screen.sources.rows.chosen.emit(0)
    shown = screen.sources.sha256.text().removeprefix("SHA-256").replace(" ", "")
    assert shown == hashlib.sha256((tmp_path / "answers.csv").read_bytes()).hexdigest()
    screen.close()
