"""What is kept of a failure of ours: a report without anybody's data, to copy and send.

It names the error's kind and the lines of the program it went through. Messages of errors and the
values in them are left out, because they may hold names, answers or paths.
"""

import faulthandler
import os
import platform
import sys
import traceback
from pathlib import Path
from typing import IO

_PREFIX, _SUFFIX = "ended-", ".txt"
_PROJECT = Path(__file__).resolve().parents[2]
MOST = 20_000


def report_of(error: BaseException, version: str) -> str:
    """Return the report of an error of ours."""
    lines = [*_about(version), ""]
    current: BaseException | None = error
    while current is not None:
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}")
        lines.extend(
            f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        )
        current = current.__cause__ or current.__context__
        if current is not None:
            lines.append("after")
    return "\n".join(lines)[:MOST]


def _about(version: str) -> list[str]:
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return [f"Waymark {version}", system]


def _place(filename: str) -> str:
    """Return a source file without the folders of this computer."""
    path = Path(filename)
    try:
        return path.relative_to(_PROJECT).as_posix()
    except ValueError:
        return path.name


class AbruptEnds:
    """Keeps what the interpreter says when the process dies, for the next start to offer.

    One file per process in `folder`; it is gone after an orderly end.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder
        self._version = version
        self._file: IO[str] | None = None

    def watch(self) -> None:
        """Begin; where the folder cannot be written nothing is kept."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            place = self._folder / f"{_PREFIX}{os.getpid()}{_SUFFIX}"
            self._file = place.open("w", encoding="utf-8")
        except OSError:
            return
        faulthandler.enable(self._file)

    def stop(self) -> None:
        """End in order: nothing is left to tell."""
        if self._file is None:
            return
        faulthandler.disable()
        place = Path(self._file.name)
        self._file.close()
        self._file = None
        place.unlink(missing_ok=True)

    def take_last(self) -> str:
        """Return the report of an earlier process that died, once; "" where none did."""
        found = ""
        try:
            places = sorted(self._folder.glob(f"{_PREFIX}*{_SUFFIX}"))
        except OSError:
            return ""
        for place in places:
            number = place.stem.removeprefix(_PREFIX)
            if not number.isdecimal() or _runs(int(number)):
                continue
            try:
                said = place.read_text("utf-8", errors="replace")
                place.unlink()
            except OSError:
                continue
            # An empty one was killed from outside: nothing of ours to tell.
            found = said or found
        return "\n".join([*_about(self._version), "", _stripped(found)])[:MOST] if found else ""


def _stripped(said: str) -> str:
    """Return the interpreter's words without the folders of this computer."""
    lines = []
    for line in said.splitlines():
        head, quote, rest = line.partition('File "')
        name, end, tail = rest.partition('"')
        lines.append(f"{head}{quote}{_place(name)}{end}{tail}" if quote else line)
    return "\n".join(lines)


def _runs(process: int) -> bool:
    if sys.platform == "win32":
        return False  # its own file is locked there while it runs, so it cannot be removed
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False  # nobody, or more than a process's number can be
    except PermissionError:
        return True
    return True
