"""Does the window stay live while evidence comes in?

    python -m benchmarks.import_pause [--scale 1.0] [KIND ...]

Each kind of file is brought into the real window, in a process of its own, as a person does it:
dropped, looked at in its dialog, counted, imported, until the ranking that follows is there. A
timer of the window ticks every two milliseconds; the longest time between two ticks is the longest
pause. Where other programs share the machine they make pauses too: beside each stands the longest
pause counting only what this process's own threads worked in it, and the longest of the window
when it idles. At scale 1: a million answers as CSV (long and wide), workbooks and SPSS files of
100,000 rows, a million events, 2,000 values of KPIs.
"""

import argparse
import json
import os
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

GOAL_MS = 50
PROJECT = Path(__file__).resolve().parents[1]
QUESTIONS = ("Web site", "Shop", "Delivery", "Invoice", "Support")
_PATIENCE_S = 300.0
_TICK_MS = 2
_IDLE_S = 1.0
# The share of the real size with which modules are compiled.
_WARM = 0.01

# So that it runs as a file too, not only as a module.
sys.path.insert(0, str(PROJECT))


def write_long(path: Path, scale: float) -> None:
    """Write a long table of a million answers."""
    from benchmarks.survey_shapes import PLAIN, SHAPES

    SHAPES[PLAIN].write(path, int(1_000_000 * scale))


def write_wide(path: Path, scale: float) -> None:
    """Write a wide table of a million answers with comments."""
    from benchmarks.survey_shapes import SHAPES

    SHAPES["wide, comments"].write(path, int(1_000_000 * scale))


def write_book(path: Path, scale: float) -> None:
    """Write a workbook of 100,000 rows."""
    from benchmarks.workbook_import import write_workbook

    write_workbook(path, int(100_000 * scale))


def write_events(path: Path, scale: float) -> None:
    """Write a log of a million events."""
    from benchmarks.event_import import write_events as write_log

    write_log(path, int(1_000_000 * scale))


def write_kpis(path: Path, scale: float) -> None:
    """Write a wide sheet of values by quarter."""
    quarters = [f"{year}Q{quarter}" for year in range(2016, 2026) for quarter in range(1, 5)]
    lines = [",".join(("KPI", "Touchpoint", "Unit", "Target", *quarters))]
    for row in range(max(2, int(50 * scale))):
        values = (str(60 + (row + at) % 30) for at in range(len(quarters)))
        lines.append(",".join(("First contact resolution", f"Desk {row}", "%", "80", *values)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_sav(path: Path, scale: float) -> None:
    """Write an SPSS file of 100,000 cases: an id and five ratings."""
    cases = int(100_000 * scale)
    names = ("id", *(f"q{n}" for n in range(1, 6)))
    labels = ("Respondent ID", *(f"How satisfied are you with {name}?" for name in QUESTIONS))
    figures = 0x05080200  # F8.2
    with path.open("wb") as stream:
        stream.write(b"$FL2" + b"@(#) SPSS DATA FILE".ljust(60))
        stream.write(struct.pack("<iiiiid", 2, len(names), 0, 0, cases, 100.0))
        stream.write(b"01 Jan 26" + b"00:00:00" + b" " * 64 + b"\0" * 3)
        for name, label in zip(names, labels, strict=True):
            written = label.encode()
            stream.write(struct.pack("<iiiiii", 2, 0, 1, 0, figures, figures))
            stream.write(name.upper().encode().ljust(8))
            stream.write(struct.pack("<i", len(written)) + written.ljust(-(-len(written) // 4) * 4))
        stream.write(struct.pack("<ii", 999, 0))
        for case in range(cases):
            scores = ((case * step) % 5 + 1 for step in (1, 2, 3, 7, 11))
            stream.write(struct.pack("<6d", case, *scores))


KINDS: dict[str, tuple[str, Callable[[Path, float], None]]] = {
    "survey, long CSV": ("answers.csv", write_long),
    "survey, wide CSV": ("wide.csv", write_wide),
    "survey, workbook": ("answers.xlsx", write_book),
    "survey, SPSS": ("answers.sav", write_sav),
    "events": ("events.csv", write_events),
    "KPIs": ("kpis.csv", write_kpis),
}


class Ticks:
    """Measures the pauses of the event loop it ticks in."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self.start()

    def start(self) -> None:
        """Forget the pauses so far."""
        self.longest, self.own, self.over = 0.0, 0.0, 0
        self._last, self._worked = time.perf_counter(), time.process_time()
        self._timer.start(_TICK_MS)

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.process_time()
        pause = now - self._last
        self.longest = max(self.longest, pause)
        own = min(pause, worked - self._worked)
        self.own = max(self.own, own)
        self.over += own * 1000 > GOAL_MS
        self._last, self._worked = now, worked

    def told(self) -> dict[str, float]:
        """Return the longest pauses in milliseconds, and how many were over the goal."""
        return {"longest": 1000 * self.longest, "own": 1000 * self.own, "over": self.over}


def bring(path: Path) -> dict[str, dict[str, float]]:
    """Take one file into a window and return its pauses, by part of the way."""
    from PySide6.QtWidgets import QApplication

    from ui.jobs import Jobs
    from ui.shell.desk import Desk
    from ui.shell.settings import Settings
    from ui.shell.theme import ThemeMode, ThemeStore
    from ui.shell.window import Window

    app = QApplication([])
    settings = Settings(path.parent / "settings.ini")
    jobs, window = Jobs(), Window(settings)
    desk = Desk("0", settings, ThemeStore(app, ThemeMode.LIGHT), jobs, window)
    window.fill(desk)
    window.resize(1366, 768)
    window.show()
    desk.files.make(path.parent / "bank.waymark", "Bank", "en")
    _until(lambda: desk.session is not None)
    session = desk.session
    assert session is not None
    # The first painting of the map is no idling.
    _until(_after(2 * _IDLE_S))
    ticks, told = Ticks(), {}
    _until(_after(_IDLE_S))
    told["idle"] = ticks.told()

    ticks.start()
    desk.take_file(str(path))
    _until(lambda: desk.flows.importer.dialog is not None)
    told["looked at"] = ticks.told()
    dialog = desk.flows.importer.dialog
    assert dialog is not None
    ticks.start()
    _until(dialog.counts.go.isEnabled, dialog.problem.accessibleName)
    told["counted"] = ticks.told()
    ranked: list[object] = []
    session.findings.ranking_changed.connect(lambda *_: ranked.append(None))
    ticks.start()
    dialog.counts.go.click()
    _until(lambda: session.document.undo_stack.index() > 0)
    told["imported"] = ticks.told()
    ticks.start()
    _until(_after(3 * _IDLE_S))
    told["shown"] = ticks.told()
    window.close()
    jobs.wait()
    jobs.shut_down()
    return told


def _after(seconds: float) -> Callable[[], bool]:
    ends = time.perf_counter() + seconds
    return lambda: time.perf_counter() > ends


def _until(done: Callable[[], object], why: Callable[[], str] = str) -> None:
    """Let the window work until something is so."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    ends = time.perf_counter() + _PATIENCE_S
    while not done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.perf_counter() > ends:
            raise SystemExit(f"it took too long: {why()}")


def main() -> None:
    """Bring each kind in and print its pauses."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.once:
        print(json.dumps(bring(chosen.once)))
        return
    with tempfile.TemporaryDirectory() as compiled:
        for scale in (_WARM, chosen.scale):
            if scale == chosen.scale:
                print(f"milliseconds between two ticks of the window, goal <= {GOAL_MS}")
            measure(chosen.kinds or list(KINDS), scale, compiled, tell=scale == chosen.scale)


def measure(kinds: list[str], scale: float, compiled: str, *, tell: bool) -> None:
    """Bring each kind in; print its pauses if they are to be told."""
    for kind in kinds:
        name, write = KINDS[kind]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            write(path, scale)
            pauses_of = bring_apart(path, compiled)
            if not tell:
                continue
            print(f"{kind}: {path.stat().st_size / 1e6:.1f} MB")
            for part, pauses in pauses_of.items():
                print(
                    f"  {part:10} longest {pauses['longest']:6.0f}"
                    f"  by its own work {pauses['own']:6.0f}  over the goal {pauses['over']:.0f}",
                    flush=True,
                )


def bring_apart(path: Path, compiled: str) -> dict[str, dict[str, float]]:
    """Run `bring` in a process of its own, with settings and state of its own.

    Modules are compiled beforehand, as an installation's are, and kept in `compiled`.
    """
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "WAYMARK_STATE_DIR": str(path.parent / "state"),
        "PYTHONPYCACHEPREFIX": compiled,
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, __file__, "--once", str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stdout)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


if __name__ == "__main__":
    main()
