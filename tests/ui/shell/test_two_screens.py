"""A window taken to a screen of another scale looks as if it had been opened there."""

import json
import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[3]
SIZE = {"y": 0, "logicalBaseDpi": 96, "dpr": 1}
LAPTOP = {**SIZE, "name": "laptop", "x": 0, "width": 1366, "height": 768}
PROJECTOR = {**SIZE, "name": "projector", "x": 1366, "width": 2732, "height": 1536}

# Qt reads its screens once, when a program starts: the windows live in one of their own.
CHILD = """
import shutil, sys
from pathlib import Path
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPoint
from PySide6.QtWidgets import QApplication
from storage.sample import make_sample
from ui.app import Program

folder, views = Path(sys.argv[1]), ("map", "flow", "table", "evidence", "quarter")
app = QApplication([])
laptop, projector = app.screens()
make_sample(folder / "first.waymark").close()
shutil.copy(folder / "first.waymark", folder / "second.waymark")

def wait(done):
    end = QDeadlineTimer(60_000)
    while not done():
        assert not end.hasExpired()
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

def begin(name, screen):
    made = Program(app, folder / f"{name}.ini", folder / f"{name}.waymark")
    made.window.resize(1000, 600)
    put(made, screen)
    made.window.show()
    wait(lambda: made.desk is not None and made.desk.session is not None)
    wait(lambda: made.desk.session.findings.ranking is not None)
    wait(lambda: not made.jobs._jobs)
    return made

def put(program, screen):
    program.window.move(screen.geometry().topLeft() + QPoint(20, 20))

def seen(program, view):
    bench = program.desk.workbench
    bench.show_view(view)
    wait(lambda: not program.jobs._jobs)
    for _ in range(20):
        app.processEvents()
    shown = bench.place(view)
    return shown.grab().toImage()

def end(program):
    program.window.close()
    program.shut_down()

taken = begin("first", laptop)
small = {view: seen(taken, view) for view in views}
put(taken, projector)
large = {view: seen(taken, view) for view in views}
put(taken, laptop)
back = {view: seen(taken, view) for view in views}
end(taken)
there = begin("second", projector)
fresh = {view: seen(there, view) for view in views}
end(there)
for view in views:
    for name, one, other in (("there", large, fresh), ("back", back, small)):
        if one[view] != other[view]:
            one[view].save(str(folder / f"{view}-{name}-taken.png"))
            other[view].save(str(folder / f"{view}-{name}-opened.png"))
            print("DIFFERENT", view, name)
    assert large[view].size() == 2 * small[view].size(), view
"""


def test_a_window_taken_to_another_screen_looks_as_if_opened_there(tmp_path: Path) -> None:
    screens = [{**LAPTOP, "logicalDpi": 96}, {**PROJECTOR, "logicalDpi": 192}]
    (tmp_path / "screens.json").write_text(json.dumps({"screens": screens}))
    environment = os.environ | {
        "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}",
        "WAYMARK_STATE_DIR": str(tmp_path / "state"),
        "XDG_STATE_HOME": str(tmp_path / "log"),
    }
    environment.pop("QT_SCALE_FACTOR", None)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "DIFFERENT" not in done.stdout, done.stdout
