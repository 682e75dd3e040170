"""A process that dies by kill −9 at a moment that is chosen: named, counted or random."""

import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

Tell = Callable[[str], None]
# What Python does to files; SQLite's own work is met by the named points and the random moments.
_FILE_EVENTS = frozenset(
    {
        "open",
        "os.rename",
        "os.link",
        "os.remove",
        "os.mkdir",
        "os.rmdir",
        "os.chmod",
        "shutil.rmtree",
    }
)


@dataclass(frozen=True, slots=True)
class Death:
    """How a process ends.

    Attributes:
        point: a crash point's name, "random" (a moment within `spread` seconds) or "file_step"
            (within the next `spread` things done to a file).
        after: how many acknowledgements it gives before.
    """

    point: str
    after: int
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class Dead:
    """What a process acknowledged, and whether it was killed; else it ended (error: badly)."""

    said: tuple[str, ...]
    killed: bool
    error: bool


def die(work: Callable[[Tell], None], death: Death, chance: random.Random) -> Dead:
    """Fork this warm process, let the child work and die, and return what it acknowledged."""
    reading, writing = os.pipe()
    step = chance.randrange(1, max(2, int(death.spread) + 1))
    moment = chance.random() * death.spread
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _live(work, death, writing, step)
    os.close(writing)
    said: list[str] = []
    with os.fdopen(reading, "r", encoding="utf-8") as answers:
        if death.point == "random":
            said.extend(answers.readline() for _ in range(death.after))
            time.sleep(moment)
            os.kill(child, signal.SIGKILL)
        said += answers.readlines()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    killed = code in (137, -signal.SIGKILL)
    lines = tuple(line.strip() for line in said if line.endswith("\n"))
    return Dead(lines, killed, not killed and code != 0)


def _live(work: Callable[[Tell], None], death: Death, writing: int, step: int) -> None:
    """Do the work in the child, to its end or its death; never returns."""
    given = 0

    def tell(line: str) -> None:
        nonlocal given
        os.write(writing, f"{line}\n".encode())
        given += 1
        if given == death.after:
            arm()

    def arm() -> None:
        if death.point == "file_step":
            _die_at_file_step(step)
        elif death.point != "random":
            os.environ["WAYMARK_CRASH_AT"] = death.point

    code = 1
    try:
        if death.after == 0:
            arm()
        work(tell)
        code = 0
    except BaseException:  # noqa: BLE001 - told and counted by the parent
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _die_at_file_step(step: int) -> None:
    left = step

    def count(event: str, _arguments: object) -> None:
        nonlocal left
        if event in _FILE_EVENTS:
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
