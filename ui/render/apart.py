"""Drawing in a process of its own: a long journey takes seconds, and the window goes on.

Qt draws text and pictures on the thread its fonts belong to, so a thread would not do. What is
drawn goes to the child as plain values, the file's bytes come back.
"""

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

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
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ui.render.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        try:
            return _answer(process, pickle.dumps(self.wish), cancelled)
        finally:
            _end(process)


def _answer(process: "subprocess.Popen[bytes]", asked: bytes, cancelled: Cancelled) -> bytes | None:
    unsent: bytes | None = asked  # a second call goes on with what the first one began to send
    while True:
        try:
            drawn, told = process.communicate(unsent, timeout=_ASKED_EVERY)
        except subprocess.TimeoutExpired:
            unsent = None
            if cancelled():
                return None
            continue
        if process.returncode or not drawn:
            lines = told.decode("utf-8", "replace").strip().splitlines()
            raise DrawingError("not_drawn", detail=lines[-1] if lines else "")
        return drawn


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        # What was not sent yet goes to nobody now.
        with suppress(OSError):
            if pipe is not None:
                pipe.close()


def _environment() -> dict[str, str]:
    """Return an environment in which the child finds this very package."""
    before = os.environ.get("PYTHONPATH")
    path = os.pathsep.join(filter(None, (str(_PACKAGE), before)))
    return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
