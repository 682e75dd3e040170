"""A user who does anything, one thing at a time, in whatever is in front."""

import faulthandler
import random
import time
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QWidget
from shiboken6 import isValid

from benchmarks.reliability.aim import lives, some_place, some_widget
from benchmarks.reliability.drawer import Drawer
from journey.model.ids import Ref
from journey.model.workspace import ref_of
from ui.app import Program
from ui.offers import Offer
from ui.session import Session
from ui.shell.guide import KeyboardGuide
from ui.shell.tokens import ThemeMode

STUCK_SECONDS = 120
_LOOP_SECONDS = 0.5
# After so many steps before one dialog, menu or workshop a user has had enough of it.
_ESCAPE_STEPS, _CLOSE_STEPS = 30, 45
_BRIEF_ESCAPE, _BRIEF_CLOSE = 4, 6
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
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_MODIFIERS = (*(_PLAIN,) * 5, _SHIFT, _CONTROL, _CONTROL | _SHIFT, Qt.KeyboardModifier.AltModifier)
_WITH_CONTROL = (
    *(Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_V, Qt.Key.Key_D, Qt.Key.Key_Z, Qt.Key.Key_Y),
    *(Qt.Key.Key_A, Qt.Key.Key_F, Qt.Key.Key_L, Qt.Key.Key_Up, Qt.Key.Key_Down),
)
_LEAVING_KEYS = (Qt.Key.Key_Q, Qt.Key.Key_W, Qt.Key.Key_N, Qt.Key.Key_O)
_LEAVING = frozenset({"quit", "close", "new", "open"})
_TEXTS = (
    "Card", "<img src='/etc/passwd'>", "=1+1", "Zażółć", "$x^2$", "\u202eabc", "👩‍👩‍👧", "x" * 400,
    "-12,5", "2026Q9", "%1 %n", "&amp;", "7", "2026-03-04", "2026Q2", "0", "12 %", "1e400", "call",
)  # fmt: skip
_T = TypeVar("_T")


class User:
    """Does one thing at a time, in whatever is in front, even in a loop within a loop.

    Attributes:
        left: how much is still to do. last: what was done last, in words. done: how often what
            was done. reached: views, dialogs, actions, offers and kinds of objects met.
    """

    def __init__(self, program: Program, drawer: Drawer, chance: random.Random, steps: int) -> None:
        self.program, self.drawer, self.chance, self.left = program, drawer, chance, steps
        self.last = ""
        self.done: Counter[str] = Counter()
        self.reached: Counter[str] = Counter()
        self.on_step: Callable[[], None] = lambda: None
        self._busy: float | None = None
        self._held: QWidget | None = None
        self._before, self._before_steps = "", 0

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
        try:
            self.on_step()
            if not self.program.window.isVisible():
                self.program.window.show()  # it was quitted; begun again, without an end
            if not self._had_enough():
                self.chance.choices(self._kinds(), _WEIGHTS)[0]()
        finally:
            self._busy = None if outer is None else time.monotonic()

    def _kinds(self) -> tuple[Callable[[], None], ...]:
        return (
            *(self._key, self._click, self._drag, self._action, self._offer, self._type),
            *(self._wheel, self._view, self._window, self._choose, self._paste, self._drop),
            *(self._context_menu, self._hover, self._rest, self._leave),
        )

    def _end(self) -> None:
        """Close what is in front until nothing is, then stop."""
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if front is not None:
            front.close()
            return
        QApplication.quit()

    def _had_enough(self) -> bool:
        """Leave what has been in front for too long; True where that was the step."""
        front = self._front()
        name = type(front).__name__
        self._before_steps = self._before_steps + 1 if name == self._before else 0
        self._before = name
        self.reached[f"front {name}"] += 1
        brief = isinstance(front, KeyboardGuide | QMessageBox)
        brief |= front.windowType() == Qt.WindowType.Popup
        escape, close = (_BRIEF_ESCAPE, _BRIEF_CLOSE) if brief else (_ESCAPE_STEPS, _CLOSE_STEPS)
        if front is self.program.window or self._before_steps < escape:
            return False
        if self._before_steps >= close:
            self._note("close", front)
            self._before_steps = 0
            front.close()
        else:
            self._note("escape", front)
            QTest.keyClick(front, Qt.Key.Key_Escape)
        return True

    def _front(self) -> QWidget:
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        active = QApplication.activeWindow()
        if front is None and active is not None and not active.isVisible():
            # Without a window manager a menu that closed may stay the active window.
            active = self.program.window
            active.activateWindow()
        return front or active or self.program.window

    def _is_home(self) -> bool:
        return self._front() is self.program.window

    def _session(self) -> Session | None:
        desk = self.program.desk
        return desk.session if desk is not None else None

    def _some_widget(self) -> QWidget:
        # Held, because a child's Python side goes with its parent's.
        front = self._held = self._front()
        return some_widget(front, self.chance)

    def _note(self, what: str, widget: QWidget | None = None) -> None:
        where = "" if widget is None else f" in {type(widget).__name__}"
        self.last = f"{what}{where}, {self._before} in front"
        self.done[what.split(maxsplit=1)[0]] += 1

    def _rarely(self, options: Sequence[_T], names: Sequence[Hashable]) -> _T:
        """Return an option, every other time one of those that were met least often."""
        chosen = self.chance.randrange(len(options))
        if self.chance.random() < 0.5:
            least = min(self.reached[str(name)] for name in names)
            rare = [n for n, name in enumerate(names) if self.reached[str(name)] == least]
            chosen = self.chance.choice(rare)
        self.reached[str(names[chosen])] += 1
        return options[chosen]

    def _key(self) -> None:
        front = self._front()
        widget = QApplication.focusWidget()
        if widget is None or widget.window() is not front.window() or front.isModal():
            widget = front.focusWidget() or front
        key, modifiers = self.chance.choice(_KEYS), self.chance.choice(_MODIFIERS)
        if self.chance.random() < 0.15:
            key, modifiers = self.chance.choice(_WITH_CONTROL), _CONTROL
        if modifiers & _CONTROL and key in _LEAVING_KEYS:
            return
        self._note(f"key {key.name} {modifiers.name}", widget)
        QTest.keyClick(widget, key, modifiers)

    def _click(self) -> None:
        widget = self._some_widget()
        buttons = (Qt.MouseButton.LeftButton,) * 9 + (Qt.MouseButton.RightButton,)
        button, place = self.chance.choice(buttons), some_place(widget, self.chance)
        self._note(f"click {button.name}", widget)
        if self.chance.random() < 0.15:
            QTest.mouseDClick(widget, button, _PLAIN, place)
        else:
            QTest.mouseClick(widget, button, self.chance.choice(_MODIFIERS), place)

    def _drag(self) -> None:
        widget = self._some_widget()
        self._note("drag", widget)
        left, start = Qt.MouseButton.LeftButton, some_place(widget, self.chance)
        end = some_place(widget, self.chance)
        held = self.chance.choice(_MODIFIERS)
        QTest.mousePress(widget, left, held, start)
        stops = self.chance.randrange(2, 7)
        for stop in range(stops):
            if not lives(widget):
                return
            QTest.mouseMove(widget, start + (end - start) * ((stop + 1) / stops))
        if lives(widget) and self.chance.random() < 0.1:
            QTest.keyClick(widget, Qt.Key.Key_Escape)
        if lives(widget):
            QTest.mouseRelease(widget, left, held, end)

    def _action(self) -> None:
        desk = self.program.desk
        assert desk is not None
        front = self._front()
        actions = front.actions() + front.findChildren(QAction)
        if front.window() is self.program.window:
            actions += list(desk.actions_)
        actions = [a for a in actions if a.isEnabled() and a.isVisible() and a.menu() is None]
        actions = [
            a for a in actions if a.objectName() not in _LEAVING and a.text() and _at_hand(a)
        ]
        if actions:
            names = [f"action {a.objectName() or a.text()}" for a in actions]
            action = self._rarely(actions, names)
            self._note(f"action {action.objectName() or action.text()}")
            if isinstance(front, QMenu) and self.chance.random() < 0.9:
                front.close()  # as one that is clicked does first
            if isValid(action):
                action.trigger()

    def _offer(self) -> None:
        """Do something the list of all actions offers for the view that is shown."""
        desk = self.program.desk
        if desk is None or desk.workbench is None or not self._is_home():
            return
        offers = [offer for offer in desk.workbench.offers() if offer.on]
        if offers:
            offer: Offer = self._rarely(offers, [f"offer {_short(o.words)}" for o in offers])
            self._note(f"offer {offer.words}")
            offer.trigger()

    def _type(self) -> None:
        widget = QApplication.focusWidget()
        if widget is None:
            return
        self._note("text", widget)
        for sign in self.chance.choice(_TEXTS):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                if lives(widget):
                    QApplication.sendEvent(widget, QKeyEvent(kind, 0, _PLAIN, sign))
        ending = self.chance.choice((Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Tab, None))
        if ending is not None and lives(widget):
            QTest.keyClick(widget, ending)

    def _wheel(self) -> None:
        widget = self._some_widget()
        self._note("wheel", widget)
        place = some_place(widget, self.chance)
        turn = QPoint(0, self.chance.choice((-120, 120, -1200, 1200)))
        modifiers = self.chance.choice(_MODIFIERS)
        event = QWheelEvent(
            place.toPointF(), widget.mapToGlobal(place).toPointF(), QPoint(), turn,
            Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)

    def _view(self) -> None:
        desk = self.program.desk
        if desk is None or desk.workbench is None or not self._is_home():
            return
        names = sorted(desk.workbench.screens)
        name = self._rarely(names, [f"view {n}" for n in names])
        self._note(f"view {name}")
        desk.workbench.show_view(name)

    def _window(self) -> None:
        self._note("window")
        if self.chance.random() < 0.5 and self.program.themes is not None:
            self.program.themes.set_mode(self.chance.choice(list(ThemeMode)))
        else:
            size = self.chance.choice(((900, 600), (1366, 768), (1920, 1080)))
            self.program.window.resize(*size)

    def _choose(self) -> None:
        """Select an object of any kind, or several, or show another journey."""
        session = self._session()
        if session is None or QApplication.activePopupWidget() is not None:
            return  # while a menu is open nothing behind it can be chosen
        ws = session.document.workspace
        refs: list[Ref] = [ref_of(entity) for entity in ws.entities()]
        kinds = sorted({ref.kind for ref in refs})
        kind = self._rarely(kinds, [f"kind {kind}" for kind in kinds])
        some = [ref for ref in refs if ref.kind == kind]
        self._note(f"choose {kind}")
        if self.chance.random() < 0.2 and ws.journeys:
            session.show_journey(self.chance.choice(list(ws.journeys)))
        many = self.chance.sample(some, min(len(some), self.chance.choice((1, 1, 1, 2, 4))))
        session.selection.set(many)

    def _paste(self) -> None:
        """Bring something on the clipboard, and mostly paste it."""
        kind = self.drawer.put_on_clipboard()
        self._note(f"paste {kind}")
        widget = QApplication.focusWidget()
        if widget is not None and self.chance.random() < 0.8:
            QTest.keyClick(widget, Qt.Key.Key_V, _CONTROL)

    def _drop(self) -> None:
        """Drop a file on the window from outside, or think better of it."""
        if not self._is_home() or self.program.desk is None:
            return
        path = self.drawer.one()
        self._note(f"drop {path.name}")
        self.reached[f"drop {path.suffix}"] += 1
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        target = self.program.desk.start if self._session() is None else self.program.desk
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        enter = QDragEnterEvent(QPoint(50, 50), copy, data, left, _PLAIN)
        QApplication.sendEvent(target, enter)
        if self.chance.random() < 0.1:
            QApplication.sendEvent(target, QDragLeaveEvent())
        elif enter.isAccepted():
            drop = QDropEvent(QPointF(50, 50), copy, data, left, _PLAIN)
            QApplication.sendEvent(target, drop)

    def _context_menu(self) -> None:
        widget = self._some_widget()
        self._note("menu", widget)
        place = some_place(widget, self.chance)
        reason = self.chance.choice(
            (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Mouse,
             QContextMenuEvent.Reason.Keyboard)
        )  # fmt: skip
        event = QContextMenuEvent(reason, place, widget.mapToGlobal(place), _PLAIN)
        QApplication.sendEvent(widget, event)

    def _hover(self) -> None:
        """Move over something and ask for its tooltip."""
        widget = self._some_widget()
        self._note("hover", widget)
        place = some_place(widget, self.chance)
        QTest.mouseMove(widget, place)
        if lives(widget):
            kind, at = QEvent.Type.ToolTip, widget.mapToGlobal(place)
            QApplication.sendEvent(widget, QHelpEvent(kind, place, at))

    def _rest(self) -> None:
        """Look on until what is being worked out is there."""
        self._note("rest")
        if self.program.jobs is not None:
            self.program.jobs.wait()

    def _leave(self) -> None:
        """Close the workspace, make another, or open one."""
        desk = self.program.desk
        if desk is None or not self._is_home():
            return
        names = [n for n in ("close", "new", "open", "quit") if desk.actions_[n].isEnabled()]
        name = self._rarely(names, [f"action {n}" for n in names])
        self._note(f"leave {name}")
        desk.actions_[name].trigger()


_WEIGHTS = (22, 24, 9, 9, 10, 6, 2, 5, 1, 5, 3, 3, 6, 2, 3, 0.6)


def _at_hand(action: QAction) -> bool:
    """Whether a person could reach it: that of a menu that is shut has been made anew by then."""
    places = [place for place in action.associatedObjects() if isinstance(place, QWidget)]
    return any(place.isVisible() for place in places)


def _short(words: str) -> str:
    """Return the beginning of an offer's words: what people typed stands at their end."""
    return " ".join(words.split()[:2])
