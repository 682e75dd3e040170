"""Garbage is collected on the GUI thread, never by a worker.

Python collects on whichever thread makes the next object. What it finds may be of Qt: a dialog or
a scene that held itself in a circle. Destroyed on a worker thread, it takes the program with it,
because its timers and events belong to the GUI thread. So while there are workers the collector
is off, and a timer of the GUI thread does its work.

Nobody may notice. What the modules made when they were loaded is spared: it stays until the end.
And what a worker holds by the hundred thousand, such as the cells of a file, is not looked through
while it works: nearly all of it goes by itself with the work.
"""

import gc
import sys
from collections.abc import Callable
from typing import ClassVar, Final

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY: Final = 200  # ms: short enough that a lot of young objects takes no time to look through
_OLDEST: Final = 2
_MOST: Final = 20_000  # young objects that take some milliseconds to look through
_MODULES: Final = 100  # as many new ones made objects enough to be worth sparing
# Looking through all objects of all modules is a pause that can be seen: it waits until there are
# so many times as many old ones as the last time, as Python itself does.
_GROWTH: Final = 1.25


class Tidying(QObject):
    """Collects garbage on the thread that made it, from making it until `stop`."""

    _running: ClassVar[set[int]] = set()
    _spared: ClassVar[int] = 0  # modules there were when the collector was last spared theirs

    def __init__(self, parent: QObject | None = None, busy: Callable[[], bool] = bool) -> None:
        """Take who tells whether a worker is at work; without it none ever is."""
        super().__init__(parent)
        self._busy = busy
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self._wait_a_turn)
        self._timer.start()
        self._running.add(id(self))
        self._old = self._again = 0
        gc.disable()

    @Slot()
    def _wait_a_turn(self) -> None:
        """Let what waits after a long turn, as keys and the mouse, go before."""
        QTimer.singleShot(0, self, self._tidy_if_running)

    @Slot()
    def _tidy_if_running(self) -> None:
        if self._timer.isActive():
            self.tidy()

    @Slot()
    def tidy(self) -> None:
        """Collect as Python would: young objects often, old ones seldom."""
        counts, limits = gc.get_count(), gc.get_threshold()
        busy = self._busy()
        if busy and counts[0] > _MOST:
            return
        if not busy and len(sys.modules) >= Tidying._spared + _MODULES:
            self._spare()
            return
        due = [age for age, limit in enumerate(limits) if counts[age] > limit]
        if _OLDEST in due and (busy or not self._have_grown(counts[_OLDEST], limits[_OLDEST])):
            due.remove(_OLDEST)
        if due:
            gc.collect(max(due))
        if _OLDEST in due:
            self._old, self._again = len(gc.get_objects(_OLDEST)), 0

    def _spare(self) -> None:
        """Spare the collector what is there now that many more modules are loaded.

        An old circle of this moment is never collected; but it comes a few times in a program.
        """
        gc.collect(_OLDEST - 1)
        gc.freeze()
        Tidying._spared = len(sys.modules)
        self._old = self._again = 0

    def _have_grown(self, count: int, limit: int) -> bool:
        """Tell whether there are many more old objects; it is not asked each time."""
        if count <= self._again:
            return False
        if len(gc.get_objects(_OLDEST)) >= _GROWTH * self._old:
            return True
        self._again = count + limit
        return False

    def stop(self) -> None:
        """Leave it to Python again, once nobody else needs this."""
        self._timer.stop()
        self._running.discard(id(self))
        if not self._running:
            gc.enable()
