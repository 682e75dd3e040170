"""Makes the pictures in docs/screenshots from the sample, in light and dark.

Run: python docs/screenshots.py [folder] [scale]. The window is drawn offscreen; a scale of 2 gives
the picture of a 200 % screen.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if len(sys.argv) > 2:
    os.environ["QT_SCALE_FACTOR"] = sys.argv[2]

from PySide6.QtCore import QCoreApplication, QElapsedTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from journey.model.ids import Kind, PainPointId, Ref  # noqa: E402
from ui.app import Program  # noqa: E402
from ui.shell.desk import Desk  # noqa: E402
from ui.shell.tokens import ThemeMode  # noqa: E402

PATIENCE_MS = 60_000
WORK_MS = 4_000  # what a screen works out when it is first shown
VIEWS = ("map", "flow", "table", "evidence", "priorities", "quarter")
SELECTED = Ref(Kind.PAIN_POINT, PainPointId("photo"))
SIZES = {"1920": (1920, 1080), "1366": (1366, 768)}


def settle(app: QApplication, done: object) -> None:
    """Let the program work until `done` says so."""
    clock = QElapsedTimer()
    clock.start()
    assert callable(done)
    while not done():
        app.processEvents()
        time.sleep(0.01)  # the workers need the interpreter too
        if clock.elapsed() > PATIENCE_MS:
            raise SystemExit("the window did not get ready in time")
    for _ in range(50):
        QCoreApplication.sendPostedEvents()
        app.processEvents()


def take(widget: QWidget, path: Path) -> None:
    """Save a picture of a widget."""
    widget.grab().save(str(path))
    print(path.name)


def desk_of(program: Program) -> Desk:
    """Return what fills the window."""
    assert program.desk is not None
    return program.desk


def ranked(program: Program) -> bool:
    """Whether the open workspace has its ranking."""
    session = desk_of(program).session
    return session is not None and session.findings.ranking is not None


def main() -> None:
    """Take every picture."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["WAYMARK_STATE_DIR"] = str(Path(scratch) / "state")
        from storage.sample import make_sample

        path = Path(scratch) / "Documents" / "Havnbank.waymark"
        path.parent.mkdir()
        make_sample(path).close()
        program = Program(app, Path(scratch) / "settings.ini")
        program.window.show()
        settle(app, lambda: program.desk is not None)
        desk, themes = desk_of(program), program.themes
        assert themes is not None
        for mode in (ThemeMode.LIGHT, ThemeMode.DARK):
            themes.set_mode(mode)
            program.window.resize(1366, 768)
            settle(app, lambda: True)
            take(program.window, folder / f"start-{mode.value}.png")
            desk.open_path(str(path))
            settle(app, lambda: ranked(program))
            bench, session = desk.workbench, desk.session
            assert bench is not None
            assert session is not None
            for name, size in SIZES.items():
                program.window.resize(*size)
                for view in VIEWS:
                    bench.show_view(view)
                    session.selection.set(SELECTED)
                    idle = QElapsedTimer()
                    idle.start()
                    settle(app, lambda clock=idle: clock.elapsed() > WORK_MS)
                    if view == "priorities":
                        bench.priorities.reveal(SELECTED)
                    settle(app, lambda: True)
                    take(program.window, folder / f"{view}-{name}-{mode.value}.png")
            desk.close_workspace()
        program.window.close()
        program.shut_down()


if __name__ == "__main__":
    main()
