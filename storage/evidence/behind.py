"""One thread that works behind the one that reads: what is read is stored meanwhile."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

# Steps that may wait, so that memory stays level when storing is the slower of the two.
_WAITING: Final = 4


class Behind:
    """Does steps one after another in a thread of its own.

    The first error is raised to whoever hands over the next step or waits; later steps are not
    done then.
    """

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(1, "storing")
        self._steps: deque[Future[None]] = deque()
        self._failed = False

    def do(self, step: Callable[[], None]) -> None:
        """Have a step done; wait where too many wait already."""
        while len(self._steps) >= _WAITING:
            self._steps.popleft().result()
        self._steps.append(self._worker.submit(self._unless_failed, step))

    def wait(self) -> None:
        """Return when all is done."""
        while self._steps:
            self._steps.popleft().result()

    def close(self) -> None:
        """End the thread; steps that wait are dropped, the one that runs is waited for."""
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._steps.clear()

    def _unless_failed(self, step: Callable[[], None]) -> None:
        if self._failed:
            return
        self._failed = True
        step()
        self._failed = False
