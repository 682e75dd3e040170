"""Has a spreadsheet or SPSS file read by a process of its own, under limits.

Such files can hang, eat memory or crash their readers, which are not ours. The process is killed
when it takes too long or nobody wants its rows any more; whatever happens to it, the caller gets
either all rows or one ImportProblem.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
_WAITING_FRAMES: Final = 16
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
        rows: as CSV in UTF-8.
        lines: of that CSV.
        encoding: of the file's own texts.
        sheet: the sheet that was read; None for SPSS.
    """

    rows: Spool
    lines: int
    encoding: str
    sheet: str | None = None
    sheets: tuple[SheetSeen, ...] = ()
    variables: tuple[VariableSeen, ...] = ()


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


def read_apart(order: Order, cancelled: Cancelled | None = None) -> ReadApart:
    """Read a file in a process of its own.

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
    gathered = _Gathered(order.path)
    with _process(order) as process:
        try:
            for kind, content in _frames(process, order, cancelled):
                gathered.take(kind, content)
        except frames.FrameError as error:
            raise ImportProblem(order.path, "", "damaged", str(error)) from error
    if not gathered.done:
        raise _ended_early(order, process)
    return gathered.result()


class _Gathered:
    """What came so far."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows = Spool()
        self._lines = 0
        self._facts: dict[str, Any] = {}
        self.done = False

    def take(self, kind: bytes, content: bytes) -> None:
        """Take one frame."""
        if kind == frames.ROWS:
            self._rows.append(content)
            self._lines += content.count(b"\n")
        elif kind == frames.TALL:
            self._rows.tall.extend(frames.facts_of(content))
        elif kind == frames.AGAIN:
            self._rows.clear()
            self._lines = 0
        elif kind == frames.REFUSED:
            told = frames.facts_of(content)
            raise ImportProblem(self._path, told["place"], told["reason"], told["detail"])
        else:
            self._facts.update(frames.facts_of(content))
            self.done = kind == frames.DONE

    def result(self) -> ReadApart:
        """Return all of it."""
        facts = self._facts
        return ReadApart(
            rows=self._rows,
            lines=self._lines,
            encoding=str(facts["encoding"]).lower(),
            sheet=facts.get("sheet"),
            sheets=tuple(SheetSeen(**seen) for seen in facts.get("sheets", ())),
            variables=tuple(
                VariableSeen(
                    seen["name"], seen["text"], tuple((c, text) for c, text in seen["labels"])
                )
                for seen in facts.get("columns", ())
            ),
        )


@contextmanager
def _process(order: Order) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the child; it is gone when the block is left."""
    process = subprocess.Popen(  # noqa: S603 - our own program, told what to read as one argument
        [sys.executable, "-P", "-m", "storage.imports.child_process", _order_text(order)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


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
        # Every thread of a mathematics library takes its own share of the memory allowed.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def _frames(
    process: "subprocess.Popen[bytes]", order: Order, cancelled: Cancelled | None
) -> Iterator[tuple[bytes, bytes]]:
    """Yield frames as they come, and stop waiting when time is up or nobody wants them."""
    assert process.stdout is not None
    waiting: queue.Queue[tuple[bytes, bytes] | None] = queue.Queue(_WAITING_FRAMES)
    stop = threading.Event()
    reader = threading.Thread(target=_listen, args=(process.stdout, waiting, stop), daemon=True)
    reader.start()
    ends = time.monotonic() + order.limits.seconds
    try:
        while True:
            if cancelled is not None and cancelled():
                raise ImportCancelledError("cancelled", file=order.path)
            if time.monotonic() > ends:
                raise _too_slow(order)
            try:
                frame = waiting.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            if frame is None:
                process.wait()
                return
            yield frame
    finally:
        stop.set()
        if process.poll() is None:
            process.kill()
        reader.join()


def _listen(
    stream: IO[bytes],
    waiting: "queue.Queue[tuple[bytes, bytes] | None]",
    stop: threading.Event,
) -> None:
    """Hand frames on until the pipe ends; None says that it did."""
    frame: tuple[bytes, bytes] | None = (b"", b"")
    while frame is not None and not stop.is_set():
        try:
            frame = frames.receive(stream)
        except (frames.FrameError, OSError, ValueError):
            frame = None
        while not stop.is_set():
            try:
                waiting.put(frame, timeout=_POLL_SECONDS)
            except queue.Full:
                continue
            break


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
