"""Drawing several maps while the window goes on: a piece with each turn of the event loop."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from journey.report.around import Picture


class MapDrawer(QObject):
    """Draws what it is given, one lot at a time.

    Attributes:
        drawn: a tuple of pictures; all of the lot are there.
    """

    drawn = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Iterator[Picture | None] = iter(())
        self._made: list[Picture] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._draw_next)

    @property
    def is_drawing(self) -> bool:
        """Whether something is still to be drawn."""
        return self._timer.isActive()

    def begin(self, steps: Iterator[Picture | None]) -> None:
        """Draw these, a step with each turn; what was under way is forgotten."""
        self._steps, self._made = steps, []
        self._timer.start()

    def stop(self) -> None:
        """Forget what is under way; nothing is told."""
        self._timer.stop()
        self._steps, self._made = iter(()), []

    @Slot()
    def _draw_next(self) -> None:
        for step in self._steps:
            if step is not None:
                self._made.append(step)
            return
        made = tuple(self._made)
        self.stop()
        self.drawn.emit(made)
