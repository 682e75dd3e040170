"""Drawing in a process of its own: a long journey takes seconds, and the window goes on.

Qt draws text and pictures on the thread its fonts belong to, so a thread would not do. What is
drawn goes to the child as plain values, the file's bytes come back.
"""

import os
import pickle
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from journey.errors import WaymarkError
from ui.jobs import Cancelled, Progress
from ui.render.order import Order
from ui.render.subject import Subject, View

_PACKAGE: Final = Path(__file__).resolve().parents[2]
_ASKED_EVERY: Final = 0.1  # seconds between two looks at whether it is still wanted


class DrawingError(WaymarkError):
    """A picture could not be drawn (facts: detail); no file was touched."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is drawn, and how.

    Attributes:
        look: "light" or "dark". order: None for a page to share, which holds the map.
    """

    subject: Subject
    view: View
    look: str
    transparent: bool
    order: Order | None


@dataclass(frozen=True, slots=True)
class DrawApart:
    """Draws what is wished for; a job of the computing pool, which returns the file's bytes."""

    wish: Wish

    def __call__(self, progress: Progress, cancelled: Cancelled) -> object:
        """Return the bytes; None where the job was cancelled.

        Raises:
            DrawingError: the process ended without a picture.
        """
        progress(0, None)
        asked = pickle.dumps(self.wish)
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ui.render.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        return _answer(process, asked, cancelled)


def _answer(process: "subprocess.Popen[bytes]", asked: bytes, cancelled: Cancelled) -> bytes | None:
    # By a thread: `communicate` forgets the rest of its input once it has timed out.
    pipe, process.stdin = process.stdin, None
    sender = threading.Thread(target=_send, args=(pipe, asked), name="waymark-wish")
    sender.start()
    try:
        while True:
            try:
                drawn, told = process.communicate(timeout=_ASKED_EVERY)
                break
            except subprocess.TimeoutExpired:
                if cancelled():
                    return None
    finally:
        _end(process)
        sender.join()
    if process.returncode or not drawn:
        lines = told.decode("utf-8", "replace").strip().splitlines()
        raise DrawingError("not_drawn", detail=lines[-1] if lines else "")
    return drawn


def _send(pipe: IO[bytes], asked: bytes) -> None:
    """Write what the child reads; one that has ended meanwhile needs it no more."""
    with suppress(OSError), pipe:
        pipe.write(asked)


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.kill()
    process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


def _environment() -> dict[str, str]:
    """Return an environment in which the child finds this very package."""
    before = os.environ.get("PYTHONPATH")
    path = os.pathsep.join(filter(None, (str(_PACKAGE), before)))
    return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
