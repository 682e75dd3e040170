"""First paint of the window beside a bare PySide6 window, alternating in one run.

Run: python -m benchmarks.startup [runs]. All start in a fresh interpreter with their bytecode
cached; the time is the whole process's until its paint event. The window paints its ground first
and is filled right after, so the painting of the filled start page is timed as well.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
GOAL = 1.3
HEAVY = ("sqlalchemy", "alembic", "numpy", "scipy", "networkx", "matplotlib", "xlsxwriter")

END = """
def finish():
    heavy = [m for m in {heavy!r} if m in sys.modules]
    sys.stdout.write("painted " + " ".join(heavy)); sys.stdout.flush(); os._exit(0)
"""
BARE = (
    """
import os, sys
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        finish()
"""
    + END
    + """
app = QApplication([]); window = Window(); window.resize(1440, 900); window.show(); app.exec()
"""
)
OURS = (
    """
import os, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
app = QApplication([])
from ui.app import Program
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.UpdateRequest:
            watched.event(event)
            if not {filled} or program.desk is not None:
                finish()
            return True
        return False
"""
    + END
    + """
program = Program(app, Path(sys.argv[1])); watch = Watch(); program.window.installEventFilter(watch)
program.window.show(); app.exec()
"""
)


def first_paint(script: str, settings: str, *, filled: bool = False) -> tuple[float, str]:
    """Return the seconds to the first paint and the heavy modules loaded by then."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    code = script.replace("{heavy!r}", repr(HEAVY)).replace("{filled}", str(filled))
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, settings],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return time.perf_counter() - start, done.stdout.removeprefix("painted").strip()


def main() -> None:
    """Print the medians, their ratio and the goal."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    bare, ours, page, heavy = [], [], [], ""
    with tempfile.TemporaryDirectory() as folder:
        settings = str(Path(folder) / "settings.ini")
        first_paint(BARE, settings)
        first_paint(OURS, settings)
        for _ in range(runs):
            bare.append(first_paint(BARE, settings)[0])
            seconds, heavy = first_paint(OURS, settings)
            ours.append(seconds)
            page.append(first_paint(OURS, settings, filled=True)[0])
    a, b, c = (statistics.median(times) for times in (bare, ours, page))
    best = min(ours) / min(bare)
    print(f"bare window {a * 1000:.0f} ms, Waymark {b * 1000:.0f} ms")
    print(f"ratio of medians {b / a:.2f}, of the best runs {best:.2f} (goal ≤ {GOAL})")
    print(f"start page painted {c * 1000:.0f} ms, ratio {c / a:.2f}")
    print(f"heavy modules at first paint: {heavy or 'none'} (goal: none)")


if __name__ == "__main__":
    main()
