"""A user who does anything: every action, key, click and drag of every view, with a logged seed.

Nothing is mocked but what would leave the program: dialogs of the system that ask for a file are
answered with a file at hand, and no folder or page is opened.
"""

import faulthandler
import logging
import os
import random
import sys
import traceback
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from benchmarks.reliability.drawer import Drawer
from benchmarks.reliability.user import User
from journey.model.workspace import Workspace
from storage.document import check_document, read_document
from storage.sample import make_sample
from ui.app import Program
from ui.session import Session

_IGNORED = ("This plugin does not support",)  # the offscreen platform says so of every window
_CANCELLED = 0.2


class _Watch(logging.Handler):
    """Counts what may not happen: exceptions, Qt's warnings, failed jobs, edits not in the file."""

    def __init__(self, program: Program, user: User) -> None:
        super().__init__(logging.ERROR)
        self.counts: Counter[str] = Counter()
        self._program, self._user = program, user
        self._session: Session | None = None
        self._shown: tuple[Path, Workspace] | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """A job failed with an error of ours."""
        self._tell("error", self.format(record))

    def on_error(self, kind: type[BaseException], error: BaseException, trace: object) -> None:
        """An exception came out of a slot."""
        words = traceback.format_exception(kind, error, trace)  # type: ignore[arg-type]
        self._tell("error", "".join(words))

    def on_message(self, kind: QtMsgType, _context: object, text: str) -> None:
        """Qt said something."""
        if kind != QtMsgType.QtDebugMsg and not text.startswith(_IGNORED):
            self._tell("warning", text)

    def on_audit(self, event: str, _arguments: object) -> None:
        """Python did something: nothing may be asked of a network."""
        if event.startswith("socket.") and event != "socket.gethostname":
            self._tell("error", event)

    def on_step(self) -> None:
        """Where the workspace that was open is closed, look whether its file holds all of it."""
        desk = self._program.desk
        session = desk.session if desk is not None else None
        if session is not self._session:
            self._look()
            self._session = session
        if session is not None:
            self._shown = (session.document.path, session.document.workspace)

    def on_end(self) -> None:
        """The window is closed: what it showed last is in the file too."""
        self._look()

    def _look(self) -> None:
        if self._shown is None:
            return
        path, shown = self._shown
        self._shown = None
        self.counts["closed"] += 1
        if not check_document(path).ok:
            self._tell("corrupt", path.name)
        with read_document(path) as document:
            if document.workspace != shown:
                self._tell("lost", path.name)

    def _tell(self, what: str, words: str) -> None:
        self.counts[what] += 1
        sys.stderr.write(f"{what} after {self._user.last}:\n{words}\n")


def _stay_inside(drawer: Drawer, chance: random.Random) -> None:
    """Let nothing leave the program: no dialog of the system, no browser."""

    def opened(*words: object, **_more: object) -> tuple[str, str]:
        if chance.random() < _CANCELLED:
            return "", ""
        return str(drawer.one(str(words[3]) if len(words) > 3 else "")), ""

    def saved(*words: object, **_more: object) -> tuple[str, str]:
        if chance.random() < _CANCELLED:
            return "", ""
        return str(drawer.target(str(words[2]) if len(words) > 2 else "")), ""

    def folder(*_words: object, **_more: object) -> str:
        return "" if chance.random() < _CANCELLED else str(drawer.out)

    QFileDialog.getOpenFileName = staticmethod(opened)  # type: ignore[method-assign]
    QFileDialog.getSaveFileName = staticmethod(saved)  # type: ignore[method-assign]
    QFileDialog.getExistingDirectory = staticmethod(folder)  # type: ignore[method-assign]
    QDesktopServices.openUrl = staticmethod(lambda *_a: True)  # type: ignore[method-assign]


def _private(folder: Path) -> None:
    """Keep all that is written under this folder: settings, working copies, the sample."""
    cache = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    os.environ["XDG_CACHE_HOME"] = cache  # fonts are not looked for again
    for name in ("HOME", "WAYMARK_STATE_DIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        os.environ[name] = str(folder / name)
    (folder / "HOME" / "Documents").mkdir(parents=True)


def run(folder: Path, trials: int, seed: int) -> Counter[str]:
    """Do so many things in the sample workspace and return the counts."""
    _private(folder)
    path, chance = folder / "sample.waymark", random.Random(seed)
    with make_sample(path) as document:
        drawer = Drawer(folder, document, chance)
    app = QApplication.instance() or QApplication(["waymark"])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    _stay_inside(drawer, chance)
    program = Program(app, folder / "settings.ini", path)
    user = User(program, drawer, chance, trials)
    watch = _Watch(program, user)
    user.on_step = watch.on_step
    qInstallMessageHandler(watch.on_message)
    sys.addaudithook(watch.on_audit)
    program.window.show()
    while program.desk is None or program.desk.session is None:
        QTest.qWait(20)
    sys.excepthook = watch.on_error
    logging.getLogger().addHandler(watch)
    user.begin()
    app.exec()
    _close(program)
    watch.on_end()
    qInstallMessageHandler(None)
    faulthandler.cancel_dump_traceback_later()
    print(f"seed {seed}: {dict(user.done)}\nreached {dict(sorted(user.reached.items()))}")
    return watch.counts + Counter(trials=trials - max(0, user.left))


def _close(program: Program) -> None:
    program.window.close()
    program.shut_down()
    # The offscreen platform keeps the clipboard in a static object that outlives Python, and ends
    # in a crash where Python made what is on it; X11 and the others do not.
    clipboard = QApplication.clipboard()
    clipboard.setText(clipboard.text())
