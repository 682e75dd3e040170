"""Garbage is collected on the GUI thread, never by a worker.

Python collects on whichever thread makes the next object. What it finds may be of Qt: a dialog or
a scene that held itself in a circle. Destroyed on a worker thread, it takes the program with it,
because its timers and events belong to the GUI thread. So while there are workers the collector
is off, and a timer of the GUI thread does its work.
"""

import gc
from typing import ClassVar, Final

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY: Final = 200  # ms: short enough that a lot of young objects takes no time to look through


class Tidying(QObject):
    """Collects garbage on the thread that made it, from making it until `stop`."""

    _running: ClassVar[set[int]] = set()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.tidy)
        self._timer.start()
        self._running.add(id(self))
        gc.disable()

    @Slot()
    def tidy(self) -> None:
        """Collect as Python would: young objects often, old ones seldom."""
        counts, limits = gc.get_count(), gc.get_threshold()
        due = [age for age, limit in enumerate(limits) if counts[age] > limit]
        if due:
            gc.collect(max(due))

    def stop(self) -> None:
        """Leave it to Python again, once nobody else needs this."""
        self._timer.stop()
        self._running.discard(id(self))
        if not self._running:
            gc.enable()
