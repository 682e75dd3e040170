"""Has a spreadsheet or SPSS file read by a process of its own, under limits.

Such files can hang, eat memory or crash their readers, which are not ours. The process is killed
when it takes too long or nobody wants its rows any more; whatever happens to it, the caller gets
either all rows or one ImportProblem. Who stores nothing before the last row may read the first
ones while the others still come.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from storage.errors import ImportProblem
from storage.imports import child_frames as frames
from storage.imports.child_limits import LIMITS, Limits
from storage.imports.spool import Spool
from storage.imports.stopping import ImportCancelledError

_PACKAGE: Final = Path(__file__).resolve().parents[2]
_POLL_SECONDS: Final = 0.1
# What the process may be ahead of us without waiting, where the system can be told.
_PIPE_BYTES: Final = 1024**2
# What the thread is called that listens to such a process.
LISTENER: Final = "workbook-listener"
_KILLED: Final = frozenset({"SIGKILL", "SIGABRT", "SIGSEGV", "SIGBUS", "SIGTRAP", "SIGILL"})

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """One sheet of a workbook; rows and columns are −1 where it was not looked into."""

    name: str
    rows: int
    columns: int
    visible: bool = True


@dataclass(frozen=True, slots=True)
class VariableSeen:
    """One variable of an SPSS file.

    Attributes:
        text: the question, "" where there is none.
        labels: codes and what they mean, in the file's order.
    """

    name: str
    text: str
    labels: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReadApart:
    """What the process sent.

    Attributes:
        rows: as CSV in UTF-8; where it was not waited for, more may come.
        lines: of that CSV, or how many are expected.
        encoding: of the file's own texts.
        sheet: the sheet that was read; None for SPSS.
        unsaved_formulas: formulas seen without a value, 0 where none was.
    """

    rows: Spool
    lines: int
    encoding: str
    sheet: str | None = None
    sheets: tuple[SheetSeen, ...] = ()
    variables: tuple[VariableSeen, ...] = ()
    unsaved_formulas: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be read.

    Attributes:
        reader: workbook or spss.
        packed: the file is a gzip or zip archive around it.
        sheet: a sheet's name, letter case aside; None takes the one with most rows.
        encoding: of an SPSS file's texts, where the file says it wrongly.
    """

    path: Path
    reader: str
    packed: bool = False
    sheet: str | None = None
    encoding: str | None = None
    limits: Limits = LIMITS


def read_apart(
    order: Order, cancelled: Cancelled | None = None, *, whole: bool = True
) -> ReadApart:
    """Read a file in a process of its own.

    Args:
        order: what is to be read.
        cancelled: asked while it is waited for.
        whole: wait for all rows. Else it is waited for the first ones; whoever reads on waits for
            more, and has to expect there what is raised here, and a `RowsReplacedError`. Such rows
            have to be stopped (`Spool.stop`) when no more are wanted.

    Raises:
        ImportProblem: too_large (with the limit), password, sheet (with the sheets there are),
            damaged, too_slow.
        ImportCancelledError: `cancelled` said so.
    """
    size = order.path.stat().st_size
    if size > order.limits.file_bytes:
        raise ImportProblem(
            order.path, "", "too_large", f"{size:,} bytes > {order.limits.file_bytes:,}"
        )
    reading = _Reading(order, cancelled)
    try:
        if whole:
            reading.rows.settle()
        while not reading.has_begun and reading.wait():
            pass
        return reading.result()
    except BaseException:
        reading.stop()
        raise


class _Reading:
    """One process, and what it sent so far; a thread listens to it."""

    def __init__(self, order: Order, cancelled: Cancelled | None) -> None:
        self._order, self._cancelled = order, cancelled
        self.rows = Spool(self)
        self._tall: list[int] = []
        self._lines = 0
        self._facts: dict[str, Any] = {}
        self._problem: BaseException | None = None
        self._is_done = self._has_ended = False
        self._news = threading.Event()
        self._ends = time.monotonic() + order.limits.seconds
        self._process = _process(order)
        self._thread = threading.Thread(target=self._listen, name=LISTENER, daemon=True)
        self._thread.start()

    @property
    def has_begun(self) -> bool:
        """Whether rows are there, and what they are of is known."""
        return self._lines > 0 and "encoding" in self._facts

    def wait(self) -> bool:
        """Wait a moment for more; False where all is there.

        Raises:
            ImportProblem, ImportCancelledError: as `read_apart`.
        """
        if self._cancelled is not None and self._cancelled():
            raise ImportCancelledError("cancelled", file=self._order.path)
        if not self._has_ended:
            if time.monotonic() > self._ends:
                raise _too_slow(self._order)
            self._news.wait(_POLL_SECONDS)
            self._news.clear()
        if self._has_ended and self._problem is not None:
            raise self._problem
        return not self._has_ended

    def stop(self) -> None:
        """End the process and wait until it is gone."""
        self._process.kill()
        self._thread.join()

    def result(self) -> ReadApart:
        """Return what is known."""
        facts, sheet = self._facts, self._facts.get("sheet")
        sheets = tuple(SheetSeen(**seen) for seen in facts.get("sheets", ()))
        expected = max((seen.rows for seen in sheets if seen.name == sheet), default=0)
        return ReadApart(
            rows=self.rows,
            lines=self._lines if self._has_ended else max(self._lines, expected),
            encoding=str(facts["encoding"]).lower(),
            sheet=sheet,
            sheets=sheets,
            variables=tuple(
                VariableSeen(
                    seen["name"], seen["text"], tuple((c, text) for c, text in seen["labels"])
                )
                for seen in facts.get("columns", ())
            ),
            unsaved_formulas=int(facts.get("unsaved_formulas", 0)),
        )

    def _listen(self) -> None:
        """Take what comes, and say at the end why it was not all."""
        stream = self._process.stdout
        assert stream is not None
        problem: BaseException | None = None
        try:
            while not self._is_done and (frame := _frame(stream)) is not None:
                self._take(*frame)
                self._news.set()
        except frames.FrameError as error:
            problem = ImportProblem(self._order.path, "", "damaged", str(error))
        # The thread that waits raises it; it tells apart what it knows.
        except BaseException as error:  # noqa: BLE001 - a border between threads
            problem = error
        if self._is_done:
            self._end(None)
        with stream:
            if self._is_done or problem is not None:
                self._process.kill()
            self._process.wait()
        if not self._is_done:
            self._end(problem or _ended_early(self._order, self._process))

    def _end(self, problem: BaseException | None) -> None:
        self._problem, self._has_ended = problem, True
        self._news.set()

    def _take(self, kind: bytes, content: bytes) -> None:
        """Take one frame."""
        if kind == frames.ROWS:
            self.rows.append(content, self._tall)
            self._lines += content.count(b"\n")
            self._tall = []
        elif kind == frames.TALL:
            self._tall = frames.facts_of(content)
        elif kind == frames.AGAIN:
            self.rows.clear()
            self._tall, self._lines = [], 0
        elif kind == frames.REFUSED:
            told = frames.facts_of(content)
            raise ImportProblem(self._order.path, told["place"], told["reason"], told["detail"])
        else:
            self._facts.update(frames.facts_of(content))
            self._is_done = kind == frames.DONE


def _frame(stream: IO[bytes]) -> tuple[bytes, bytes] | None:
    """Return the next frame; None where no whole one comes any more."""
    try:
        return frames.receive(stream)
    except (frames.FrameError, OSError):
        return None


def _process(order: Order) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(  # noqa: S603 - our own program, told what to read as one argument
        [sys.executable, "-P", "-m", "storage.imports.child_process", _order_text(order)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    _widen(process)
    return process


def _widen(process: "subprocess.Popen[bytes]") -> None:
    """Let the process be ahead of us by more, where the system can be told so."""
    try:
        import fcntl

        widest: int = fcntl.F_SETPIPE_SZ  # type: ignore[attr-defined,unused-ignore]
        assert process.stdout is not None
        fcntl.fcntl(process.stdout, widest, _PIPE_BYTES)
    except (ImportError, AttributeError, OSError):
        return


def _order_text(order: Order) -> str:
    return json.dumps(
        {
            "path": str(order.path.resolve()),
            "reader": order.reader,
            "packed": order.packed,
            "sheet": order.sheet,
            "encoding": order.encoding,
            "limits": order.limits.facts(),
        }
    )


def _environment() -> dict[str, str]:
    """Return an environment in which the child finds this very package and little else."""
    before = os.environ.get("PYTHONPATH")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(_PACKAGE), before))),
        "PYTHONDONTWRITEBYTECODE": "1",
        # Every thread takes its own share of the memory allowed.
        "MALLOC_ARENA_MAX": "2",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def _too_slow(order: Order) -> ImportProblem:
    return ImportProblem(order.path, "", "too_slow", f"more than {order.limits.seconds:g} s")


def _ended_early(order: Order, process: "subprocess.Popen[bytes]") -> ImportProblem:
    """Say why the process is gone without an answer."""
    code = process.returncode
    name = signal.Signals(-code).name if code < 0 else ""
    if name == "SIGXCPU":
        return _too_slow(order)
    if name in _KILLED:
        memory = f"more than {order.limits.memory_bytes:,} bytes of memory"
        return ImportProblem(order.path, "", "too_large", memory)
    return ImportProblem(order.path, "", "damaged", name or f"its reader ended with {code}")
