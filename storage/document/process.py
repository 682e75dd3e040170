"""Which process holds something, and whether it still runs. No clock decides it."""

import getpass
import json
import os
import socket
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Holder:
    """A process, told apart from a later one that was given the same number.

    Attributes:
        started: what this host says about the process's start; "" where it does not say.
    """

    pid: int
    started: str
    host: str
    user: str

    def text(self) -> str:
        """Return it as one line of JSON."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def parse(cls, text: str) -> "Holder | None":
        """Return the holder a text names; None where it names none."""
        try:
            facts = json.loads(text)
            pid, names = facts["pid"], [facts[name] for name in ("started", "host", "user")]
        except (ValueError, TypeError, KeyError, RecursionError):
            return None
        if type(pid) is not int or not 0 < pid < 2**31:
            return None
        if not all(isinstance(name, str) for name in names):
            return None
        return cls(pid, *names)

    def is_gone(self) -> bool:
        """Whether it surely no longer runs; what another host holds is never surely gone."""
        if self.host != socket.gethostname():
            return False
        started = _started(self.pid)
        return started is None or (bool(self.started) and bool(started) and started != self.started)


def this_process() -> Holder:
    """Return the holder that this process is."""
    pid = os.getpid()
    return Holder(pid, _started(pid) or "", socket.gethostname(), _user())


def runs(pid: int) -> bool:
    """Whether a process of this number runs on this host."""
    return _started(pid) is not None


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""  # an account without a name, as in some containers


def _started(pid: int) -> str | None:
    """Return what identifies a process's start, "" where unknown, None where none runs."""
    if sys.platform == "win32":
        return _started_windows(pid)
    if sys.platform == "darwin":
        asked = subprocess.run(  # noqa: S603 - a number, no shell
            ["/bin/ps", "-o", "lstart=", "-p", str(pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        return asked.stdout.strip() or None
    return _started_linux(pid)


def _started_linux(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_bytes()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except (FileNotFoundError, ProcessLookupError):
        return None if Path("/proc/self").exists() else ""
    except OSError:
        return ""
    # The name, in brackets, may hold anything; the fields after it are fixed (proc(5)).
    fields = stat[stat.rindex(b")") + 2 :].split()
    state, ticks = fields[0], fields[19]
    if state in (b"Z", b"X"):
        return None
    return f"{boot}:{ticks.decode('ascii')}"


def _started_windows(pid: int) -> str | None:
    if sys.platform != "win32":
        return None
    import ctypes
    from ctypes import wintypes

    query_limited_information = 0x1000
    invalid_parameter = 87
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = wintypes.HANDLE
    handle = kernel.OpenProcess(query_limited_information, False, pid)
    if not handle:
        return None if ctypes.get_last_error() == invalid_parameter else ""
    try:
        times = [wintypes.FILETIME() for _ in range(4)]
        code = wintypes.DWORD()
        kernel.GetExitCodeProcess(wintypes.HANDLE(handle), ctypes.byref(code))
        if code.value != 259:  # STILL_ACTIVE
            return None
        made = kernel.GetProcessTimes(
            wintypes.HANDLE(handle), *(ctypes.byref(time) for time in times)
        )
        return f"{times[0].dwHighDateTime}:{times[0].dwLowDateTime}" if made else ""
    finally:
        kernel.CloseHandle(wintypes.HANDLE(handle))
