"""A workshop's map typed without the mouse, by a process that is killed at the end.

The typing process is another one, so that the kill is real: no closing, no saving, no cleaning up.
It stops after the last key, once every edit was acknowledged by the storage worker.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from journey.model.workspace import Workspace, ordered_stages, ordered_touchpoints
from storage.document import Document

PROJECT = Path(__file__).resolve().parents[2]
TYPED = "typed"

STAGES = ("Awareness", "Consideration", "Purchase", "Use", "Advocacy")
TOUCHPOINTS = (
    ("Social ad", "Branch window", "Word of mouth"),
    ("Product page", "Chat", "Call centre"),
    ("Online form", "ID check", "Signing"),
    ("Card delivery", "First login", "Support call"),
    ("Survey", "Referral", "Newsletter"),
)
LEADERS = ("Ingrid Solberg", "Marek Nowak", "Lena Haug")


def pains_of(column: int) -> list[tuple[str, int, int]]:
    """Two pain points in every third column, one in the others: twenty in all."""
    count = 2 if column % 3 == 0 else 1
    return [
        (f"Pain {column}.{n}", 1 + (column + n) % 5, 1 + (column + 2 * n) % 5) for n in range(count)
    ]


def type_the_map(path: Path) -> None:
    """Type the whole map with key events only; runs in the process that is killed."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from journey.model.template import new_workspace
    from ui.document import DocumentModel
    from ui.jobs import Jobs
    from ui.map.view import MapView
    from ui.selection import Selection

    app = QApplication([])
    jobs = Jobs()
    empty = new_workspace("Workshop", stages=())
    model = DocumentModel(Document.create(path, empty), jobs)
    view = MapView(model, Selection())
    view.resize(1366, 700)
    view.show()
    view.activateWindow()
    view.setFocus()
    app.processEvents()
    key, shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier

    def press(what: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget(), what, held)

    def write(text: str) -> None:
        for letter in text:
            press(letter)

    for place, name in enumerate(STAGES):
        write(name)
        press(key.Key_Tab if place < len(STAGES) - 1 else key.Key_Return)
    press(key.Key_Home)
    for names in TOUCHPOINTS:
        for place, name in enumerate(names):
            write(name)
            press(key.Key_Return if place < len(names) - 1 else key.Key_Tab)
    press(key.Key_Escape)
    press(key.Key_Right)
    press(key.Key_Home)
    while view.layout_now.lanes[view.cell.lane].spec.key != "pain_points":
        press(key.Key_Down)
    for column in range(15):
        for number, (title, severity, frequency) in enumerate(pains_of(column)):
            if number:
                press(key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            write(title)
            press(key.Key_Return)
            press(key.Key_Up)
            press(str(severity))
            press(str(frequency), shift)
            press(key.Key_L, Qt.KeyboardModifier.ControlModifier)
            # A known leader is completed after two letters.
            write(LEADERS[column % 3][: 2 if column >= 3 else None])
            press(key.Key_Return)
            press(key.Key_Up)
        press(key.Key_Right)
    jobs.wait()
    sys.stdout.write(f"{TYPED}\n")
    sys.stdout.flush()
    app.exec()


def test_a_workshop_is_typed_without_the_mouse_and_survives_a_kill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    assert child.returncode == -signal.SIGKILL
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    document = Document.open(path)
    try:
        assert document.has_unpublished
        check(document.workspace)
    finally:
        document.close(publish=False)


def check(ws: Workspace) -> None:
    journey = next(iter(ws.journeys))
    stages = ordered_stages(ws, journey)
    assert [s.name for s in stages] == list(STAGES)
    touchpoints = ordered_touchpoints(ws, journey)
    assert [(t.stage, t.name) for t in touchpoints] == [
        (stage.id, name) for stage, names in zip(stages, TOUCHPOINTS, strict=True) for name in names
    ]
    assert len(touchpoints) == 15
    assert len(ws.pain_points) == 20
    assert sorted(leader.name for leader in ws.leaders.values()) == sorted(LEADERS)
    for column, touchpoint in enumerate(touchpoints):
        mine = sorted(
            (p for p in ws.pain_points.values() if p.touchpoint == touchpoint.id),
            key=lambda p: p.position,
        )
        owner = LEADERS[column % 3]
        assert [
            (p.title, p.severity, p.frequency, ws.leaders[p.owner].name if p.owner else None)
            for p in mine
        ] == [(*pain, owner) for pain in pains_of(column)]


if __name__ == "__main__":
    type_the_map(Path(sys.argv[1]))
