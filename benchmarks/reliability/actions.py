"""A user who does anything: every action, key, click and drag of every view, with a logged seed.

Nothing is mocked but what would leave the program: dialogs of the system that ask for a file, and
the opening of a folder or page.
"""

import faulthandler
import logging
import os
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QAction, QDesktopServices, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from storage.document import check_document, read_document
from storage.sample import make_sample
from ui.app import Program
from ui.shell.tokens import ThemeMode

STUCK_SECONDS = 120
_LOOP_SECONDS = 0.5
_IGNORED = ("This plugin does not support",)  # the offscreen platform says so of every window
# Leaving the program or the workspace ends the run, so they are done less often, by `_leave`.
_LEAVING = frozenset({"quit", "close", "new", "open"})
_KEYS = (
    *(Qt.Key(Qt.Key.Key_A + n) for n in range(26)),
    *(Qt.Key(Qt.Key.Key_0 + n) for n in range(10)),
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right) * 3,
    *(Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab) * 3,
    *(Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Home, Qt.Key.Key_End),
    *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_F2, Qt.Key.Key_Menu),
    *(Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Slash, Qt.Key.Key_Question),
)
_PLAIN = Qt.KeyboardModifier.NoModifier
_MODIFIERS = (
    *(_PLAIN,) * 5,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
_TEXTS = (
    "Card", "<img src='/etc/passwd'>", "=1+1", "Zażółć", "$x^2$", "\u202eabc", "👩‍👩‍👧", "x" * 400,
    "-12,5", "2026Q9", "%1 %n", "&amp;",
)  # fmt: skip


class _Watch(logging.Handler):
    """Counts what may not happen: exceptions, Qt's warnings, failed jobs."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.counts: Counter[str] = Counter()
        self.last = ""

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

    def _tell(self, what: str, words: str) -> None:
        self.counts[what] += 1
        sys.stderr.write(f"{what} after {self.last}:\n{words}\n")


class _User:
    """Does one thing at a time, in whatever is in front, even in a loop within a loop."""

    def __init__(self, program: Program, chance: random.Random, steps: int) -> None:
        self.program, self.chance, self.left = program, chance, steps
        self.watch = _Watch()
        self.done: Counter[str] = Counter()
        self.views: Counter[str] = Counter()
        self._busy: float | None = None
        self._held: QWidget | None = None

    def begin(self) -> None:
        """Go on until all is done."""
        QTimer.singleShot(0, self._step)

    def _step(self) -> None:
        now = time.monotonic()
        if self._busy is not None and now - self._busy < _LOOP_SECONDS:
            # Within a step events run now and then; only a loop of a dialog lasts.
            QTimer.singleShot(20, self._step)
            return
        # A timer of its own for each step: Qt does not fire one again in a loop within its slot.
        QTimer.singleShot(0, self._step)
        faulthandler.dump_traceback_later(STUCK_SECONDS, exit=True)
        if self.left <= 0:
            self._end()
            return
        self.left -= 1
        outer, self._busy = self._busy, now
        kinds = (self._key, self._click, self._drag, self._action, self._type, self._wheel,
                 self._view, self._window)  # fmt: skip
        kind = self.chance.choices(kinds, (36, 22, 12, 12, 5, 5, 6, 2))[0]
        try:
            kind()
        finally:
            self._busy = None if outer is None else time.monotonic()

    def _end(self) -> None:
        """Close what is in front until nothing is, then stop."""
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if front is not None:
            front.close()
            return
        QApplication.quit()

    def _front(self) -> QWidget:
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        return front or QApplication.activeWindow() or self.program.window

    def _some_widget(self) -> QWidget:
        # Held, because a child's Python side goes with its parent's.
        front = self._held = self._front()
        shown = [w for w in front.findChildren(QWidget) if _lives(w) and w.isEnabled()]
        return self.chance.choice(shown) if shown else front

    def _some_place(self, widget: QWidget) -> QPoint:
        width, height = max(1, widget.width()), max(1, widget.height())
        return QPoint(self.chance.randrange(width), self.chance.randrange(height))

    def _note(self, what: str, widget: QWidget | None = None) -> None:
        where = "" if widget is None else f" in {type(widget).__name__}"
        self.watch.last = f"{what}{where}"
        self.done[what.split(maxsplit=1)[0]] += 1

    def _key(self) -> None:
        front = self._front()
        widget = QApplication.focusWidget()
        if widget is None or widget.window() is not front.window() or front.isModal():
            widget = front.focusWidget() or front
        key, modifiers = self.chance.choice(_KEYS), self.chance.choice(_MODIFIERS)
        if modifiers & Qt.KeyboardModifier.ControlModifier and key in (Qt.Key.Key_Q, Qt.Key.Key_W):
            return
        self._note(f"key {key.name} {modifiers.name}", widget)
        QTest.keyClick(widget, key, modifiers)

    def _click(self) -> None:
        widget = self._some_widget()
        buttons = (Qt.MouseButton.LeftButton,) * 5 + (Qt.MouseButton.RightButton,)
        button, place = self.chance.choice(buttons), self._some_place(widget)
        self._note(f"click {button.name}", widget)
        if self.chance.random() < 0.15:
            QTest.mouseDClick(widget, button, _PLAIN, place)
        else:
            QTest.mouseClick(widget, button, self.chance.choice(_MODIFIERS), place)

    def _drag(self) -> None:
        widget = self._some_widget()
        self._note("drag", widget)
        left, start = Qt.MouseButton.LeftButton, self._some_place(widget)
        QTest.mousePress(widget, left, _PLAIN, start)
        for _ in range(self.chance.randrange(1, 6)):
            if not _lives(widget):
                return
            QTest.mouseMove(widget, self._some_place(widget))
        if _lives(widget) and self.chance.random() < 0.1:
            QTest.keyClick(widget, Qt.Key.Key_Escape)
        if _lives(widget):
            QTest.mouseRelease(widget, left, _PLAIN, self._some_place(widget))

    def _action(self) -> None:
        desk = self.program.desk
        assert desk is not None
        front = self._front()
        if front is not self.program.window and front.window() is not self.program.window:
            actions = [a for a in front.findChildren(QAction) if a.isEnabled()]
        else:
            actions = [a for a in desk.actions_ if a.isEnabled() and a.isVisible()]
            actions += [a for a in front.findChildren(QAction) if a.isEnabled()]
        actions = [a for a in actions if a.objectName() not in _LEAVING and a.menu() is None]
        if actions:
            action = self.chance.choice(actions)
            self._note(f"action {action.objectName() or action.text()}")
            action.trigger()

    def _type(self) -> None:
        widget = QApplication.focusWidget()
        if widget is not None:
            self._note("text", widget)
            for sign in self.chance.choice(_TEXTS):
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    if _lives(widget):
                        QApplication.sendEvent(widget, QKeyEvent(kind, 0, _PLAIN, sign))

    def _wheel(self) -> None:
        widget = self._some_widget()
        self._note("wheel", widget)
        place = self._some_place(widget)
        turn = QPoint(0, self.chance.choice((-120, 120, -1200, 1200)))
        modifiers = self.chance.choice(_MODIFIERS)
        event = QWheelEvent(
            place.toPointF(), widget.mapToGlobal(place).toPointF(), QPoint(), turn,
            Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)

    def _view(self) -> None:
        desk = self.program.desk
        if desk is None or desk.workbench is None or self._front() is not self.program.window:
            return
        name = self.chance.choice(sorted(desk.workbench.screens))
        self._note(f"view {name}")
        self.views[name] += 1
        desk.workbench.show_view(name)

    def _window(self) -> None:
        self._note("window")
        if self.chance.random() < 0.5 and self.program.themes is not None:
            self.program.themes.set_mode(self.chance.choice(list(ThemeMode)))
        else:
            size = self.chance.choice(((900, 600), (1366, 768), (1920, 1080)))
            self.program.window.resize(*size)


def _lives(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return isValid(widget) and widget.isVisible()


def _stay_inside() -> None:
    """Let nothing leave the program: no dialog of the system, no browser."""
    QFileDialog.getOpenFileName = staticmethod(lambda *_a, **_k: ("", ""))  # type: ignore[method-assign]
    QFileDialog.getSaveFileName = staticmethod(lambda *_a, **_k: ("", ""))  # type: ignore[method-assign]
    QFileDialog.getExistingDirectory = staticmethod(lambda *_a, **_k: "")  # type: ignore[method-assign]
    QDesktopServices.openUrl = staticmethod(lambda *_a: True)  # type: ignore[method-assign]


def run(folder: Path, trials: int, seed: int) -> Counter[str]:
    """Do so many things in the sample workspace and return the counts."""
    for name in ("WAYMARK_STATE_DIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        os.environ[name] = str(folder / name)
    path = folder / "sample.waymark"
    make_sample(path).close()
    app = QApplication.instance() or QApplication(["waymark"])
    assert isinstance(app, QApplication)
    _stay_inside()
    program = Program(app, folder / "settings.ini", path)
    user = _User(program, random.Random(seed), trials)
    qInstallMessageHandler(user.watch.on_message)
    program.window.show()
    while program.desk is None or program.desk.session is None:
        QTest.qWait(20)
    sys.excepthook = user.watch.on_error
    logging.getLogger().addHandler(user.watch)
    user.begin()
    app.exec()
    counts = user.watch.counts
    counts += _closed(program, path)
    qInstallMessageHandler(None)
    faulthandler.cancel_dump_traceback_later()
    print(f"seed {seed}: {dict(user.done)}, views {dict(user.views)}")
    counts["trials"] += trials - max(0, user.left)
    return counts


def _closed(program: Program, path: Path) -> Counter[str]:
    """Close the window; what it showed is in the file."""
    found: Counter[str] = Counter()
    assert program.desk is not None
    session = program.desk.session
    shown = session.document.workspace.copy() if session is not None else None
    program.window.close()
    program.shut_down()
    # The offscreen platform keeps the clipboard in a static object that outlives Python, and ends
    # in a crash where Python made what is on it; X11 and the others do not.
    clipboard = QApplication.clipboard()
    clipboard.setText(clipboard.text())
    found["corrupt"] += not check_document(path).ok
    if shown is not None:
        with read_document(path) as document:
            found["lost"] += document.workspace != shown
    return found
