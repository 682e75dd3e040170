"""A workshop whose process is killed: every card that was entered, its class and its dot stay."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.document import Document

PROJECT = Path(__file__).resolve().parents[3]
TYPED = "typed"


def run_the_workshop(path: Path) -> None:
    """Capture, classify and vote with key events only; runs in the process that is killed."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from journey.edit import AddTouchpoint
    from journey.model.template import new_workspace
    from ui.document import DocumentModel
    from ui.jobs import Jobs
    from ui.session import Session
    from ui.workshop import WorkshopScreen

    app = QApplication([])
    jobs = Jobs()
    workspace = new_workspace("Workshop")
    AddTouchpoint(min(workspace.stages.values(), key=lambda s: s.position).id, "Social ad").do(
        workspace
    )
    session = Session(DocumentModel(Document.create(path, workspace), jobs), jobs)
    screen = WorkshopScreen(session, jobs)
    screen.begin()
    app.processEvents()
    key = Qt.Key

    def press(what: Qt.Key | str) -> None:
        QTest.keyClick(QApplication.focusWidget(), what)

    for title in ("Promises too much", "Never seen it"):
        for letter in title:
            press(letter)
        press(key.Key_Return)
    for what in (key.Key_Up, "4", "v", "v"):
        press(what)
    jobs.wait()
    sys.stdout.write(f"{TYPED}\n")
    sys.stdout.flush()
    app.exec()


def test_what_was_entered_survives_a_kill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "workshop.waymark"
    environment = os.environ | {
        "WAYMARK_STATE_DIR": str(tmp_path / "state"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(PROJECT),
    }
    child = subprocess.Popen(
        [sys.executable, __file__, str(path)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
    )
    assert child.stdout is not None
    said = child.stdout.readline().strip()
    child.send_signal(signal.SIGKILL)
    _out, errors = child.communicate()
    assert said == TYPED, errors
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    document = Document.open(path)
    try:
        found = {p.title: (p.severity, p.votes) for p in document.workspace.pain_points.values()}
        assert found == {"Promises too much": (None, None), "Never seen it": (4, 2)}
    finally:
        document.close(publish=False)


if __name__ == "__main__":
    run_the_workshop(Path(sys.argv[1]))
