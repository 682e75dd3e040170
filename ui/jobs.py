"""Work off the GUI thread: one serial worker for storage, a small pool for computing.

Workers get plain values and return plain values; no Qt object is ever touched there but the one
long-lived signal that carries results back.
"""

import logging
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from journey.errors import WaymarkError
from ui.tidying import Tidying

log = logging.getLogger(__name__)

# How long a worker may go on when the window's thread wants its turn. It wants one after each call
# that let go of it, dozens of times in a painting; Python's own 5 ms would make each a pause.
_TURN_S = 0.0005

Progress = Callable[[int, int | None], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class JobResult:
    """What became of a job: a value, or an error that the job runner caught."""

    number: int
    title: str
    value: object = None
    error: Exception | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a job is: done of total (None: nobody knows)."""

    number: int
    title: str
    done: int
    total: int | None


@dataclass(slots=True)
class _Job:
    number: int
    title: str
    on_done: Callable[[JobResult], None] | None
    cancel: threading.Event = field(default_factory=threading.Event)


class Jobs(QObject):
    """Runs work off the GUI thread and hands results back to it.

    Attributes:
        progressed: carries a JobProgress of a job with a title.
        finished: carries the JobResult of every job, after its own receiver got it.
    """

    progressed = Signal(object)
    finished = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = count(1)
        self._jobs: dict[int, _Job] = {}
        self._futures: dict[int, Future[JobResult]] = {}
        self._storage = ThreadPoolExecutor(1, thread_name_prefix="waymark-storage")
        self._compute = ThreadPoolExecutor(2, thread_name_prefix="waymark-compute")
        self._ended = False
        sys.setswitchinterval(_TURN_S)
        self._tidying = Tidying(self, lambda: bool(self._jobs))
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def store(
        self,
        work: Callable[[Progress, Cancelled], object],
        on_done: Callable[[JobResult], None] | None = None,
        title: str = "",
    ) -> int:
        """Queue work on the storage worker, after all that was queued before; return its number."""
        return self._start(self._storage, work, on_done, title)

    def compute(
        self,
        work: Callable[[Progress, Cancelled], object],
        on_done: Callable[[JobResult], None] | None = None,
        title: str = "",
    ) -> int:
        """Run work on the computing pool; return its number."""
        return self._start(self._compute, work, on_done, title)

    def cancel(self, number: int) -> None:
        """Ask a job to stop; it ends as cancelled, or done if it was quicker."""
        job = self._jobs.get(number)
        if job is not None:
            job.cancel.set()

    def wait(self) -> None:
        """Block until every queued job has run and its result was delivered.

        For closing and for tests; `_deliver` runs here, on the GUI thread.
        """
        while self._jobs:
            self._tidying.tidy()
            barrier = [self._storage.submit(_nothing), self._compute.submit(_nothing)]
            for future in barrier:
                future.result()
            for result in self._results_at_hand():
                self._deliver(result)

    def shut_down(self) -> None:
        """Stop the workers; queued work is done first, what is asked for later never."""
        self._ended = True
        self._storage.shutdown(wait=True)
        self._compute.shutdown(wait=True)
        self._tidying.stop()

    def _start(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[Progress, Cancelled], object],
        on_done: Callable[[JobResult], None] | None,
        title: str,
    ) -> int:
        job = _Job(next(self._numbers), title, on_done)
        if self._ended:
            # A timer of a view that is about to go: nobody waits for what it asks for.
            return job.number
        self._jobs[job.number] = job
        self._futures[job.number] = pool.submit(self._run, job, work)
        return job.number

    def _results_at_hand(self) -> list[JobResult]:
        return [f.result() for f in list(self._futures.values()) if f.done()]

    def _run(self, job: _Job, work: Callable[[Progress, Cancelled], object]) -> JobResult:
        def progress(done: int, total: int | None) -> None:
            if job.title:
                self.progressed.emit(JobProgress(job.number, job.title, done, total))

        try:
            value = work(progress, job.cancel.is_set)
            result = JobResult(job.number, job.title, value, cancelled=job.cancel.is_set())
        except WaymarkError as error:
            result = JobResult(job.number, job.title, error=error, cancelled=job.cancel.is_set())
        except Exception as error:
            log.exception("job %s failed", job.title or job.number)
            result = JobResult(job.number, job.title, error=error)
        self._arrived.emit(result)
        return result

    @Slot(object)
    def _deliver(self, result: JobResult) -> None:
        job = self._jobs.pop(result.number, None)
        self._futures.pop(result.number, None)
        if job is None:  # `wait` was quicker than the event loop
            return
        if job.on_done is not None and _lives(job.on_done):
            job.on_done(result)
        self.finished.emit(result)


def _lives(receiver: Callable[[JobResult], None]) -> bool:
    """Whether nothing of Qt that is to be told has been deleted meanwhile, as a closed dialog."""
    owner = getattr(receiver, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


def _nothing() -> None:
    """Run between two jobs, to know that those before it are done."""
