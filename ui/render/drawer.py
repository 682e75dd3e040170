"""Drawing several maps while the window goes on: one with each turn of the event loop."""

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
        self._maps: Iterator[Picture] = iter(())
        self._made: list[Picture] = []
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._draw_next)

    def begin(self, maps: Iterator[Picture]) -> None:
        """Draw these; what was under way is forgotten."""
        self._maps, self._made = maps, []
        self._timer.start()

    def stop(self) -> None:
        """Forget what is under way; nothing is told."""
        self._timer.stop()
        self._maps, self._made = iter(()), []

    @Slot()
    def _draw_next(self) -> None:
        picture = next(self._maps, None)
        if picture is not None:
            self._made.append(picture)
            return
        made = tuple(self._made)
        self.stop()
        self.drawn.emit(made)
