"""The time left: counts down while it runs, and says by how much it ran over."""

import math
import re
import time
from collections.abc import Callable

TEN_MINUTES = 600.0
MOST_MINUTES = 600.0
_TYPED = re.compile(r"\s*(\d{1,3})(?:[:.](\d{1,2}))?\s*(.*)", re.DOTALL)


class Countdown:
    """Minutes to work in. It knows no clock of its own but the one it is given."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._left = TEN_MINUTES
        self._since: float | None = None
        self.whole = TEN_MINUTES
        self.label = ""

    @property
    def running(self) -> bool:
        """Whether the time passes."""
        return self._since is not None

    @property
    def left(self) -> float:
        """Seconds left; below zero once it is over."""
        gone = 0.0 if self._since is None else self._now() - self._since
        return self._left - gone

    def start(self) -> None:
        """Let the time pass."""
        if self._since is None:
            self._since = self._now()

    def pause(self) -> None:
        """Hold it."""
        self._left, self._since = self.left, None

    def set(self, seconds: float, label: str) -> None:
        """Begin anew with so many seconds, held."""
        self._since, self._left, self.whole, self.label = None, seconds, seconds, label

    @property
    def share(self) -> float:
        """How much of the time is left, 0 … 1."""
        return min(max(self.left / self.whole, 0.0), 1.0)

    def face(self) -> str:
        """Return the time left as "7:42", over the end as "+0:12"."""
        left = self.left
        if left < 0:
            return f"+{clock_words(math.floor(-left))}"
        return clock_words(math.ceil(left))


def clock_words(seconds: int) -> str:
    """Return seconds as "7:42"."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def read_typed(text: str, usual: str) -> tuple[float, str] | None:
    """Return the seconds and the label of "7:30 votes"; None without minutes above zero."""
    found = _TYPED.fullmatch(text)
    if found is None:
        return None
    seconds = float(int(found[1]) * 60 + int(found[2] or 0))
    if not 0 < seconds <= MOST_MINUTES * 60:
        return None
    return seconds, " ".join(found[3].split()) or usual
