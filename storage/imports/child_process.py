"""The process that reads one spreadsheet or SPSS file under limits and sends its rows home.

    python -m storage.imports.child_process ORDER

ORDER is JSON: path, reader ("workbook" or "spss"), packed, sheet, encoding, limits. The answer on
standard output is frames of `child_frames`. Whatever goes wrong becomes one frame that says so.
"""

import gc
import json
import os
import sys
from typing import IO, Any

from storage.imports import child_frames as frames
from storage.imports.child_limits import Limits, size_words

# What the readers call a password, whatever class they raise.
_PASSWORD = ("password", "encrypted")
# A thread that has read a piece of a sheet should not wait for the next for long.
_SWITCH_SECONDS = 0.0002


def main() -> None:
    """Do what the first argument says."""
    # It makes millions of cells, none of which holds itself, and is gone soon.
    gc.disable()
    sys.setswitchinterval(_SWITCH_SECONDS)
    order: dict[str, Any] = json.loads(sys.argv[1])
    limits = Limits(**order["limits"])
    _limit_process(limits)
    out = sys.stdout.buffer
    # A border: readers of foreign files raise a dozen classes, some of them no Exception.
    try:
        encoding = _read(order, limits, out)
        frames.send_facts(out, frames.DONE, {"encoding": encoding})
    except MemoryError:
        _refuse(out, "too_large", f"more than {limits.memory_bytes:,} bytes of memory")
    except BaseException as error:  # noqa: BLE001 - the border of the child process
        _refuse(out, *_told(error))
    out.flush()
    # Nothing is left to do but to take apart what the system takes back at once.
    os._exit(0)


def _limit_process(limits: Limits) -> None:
    """Limit memory and processor time, and forbid writing any file, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    memory, seconds = limits.memory_bytes, int(limits.seconds) + 1
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (lowest, hard))


def _read(order: dict[str, Any], limits: Limits, out: IO[bytes]) -> str:
    path: str = order["path"]
    content: str | bytes = _unpacked(path, limits) if order["packed"] else path
    if order["reader"] == "spss":
        from storage.imports.child_spss import read_spss

        return read_spss(content, order["encoding"], limits, out)
    from storage.imports.child_workbook import read_workbook

    if isinstance(content, str):
        with open(content, "rb") as stream:  # noqa: PTH123 - see `child_limits`
            content = stream.read()
    return read_workbook(content, order["sheet"], limits, out)


def _unpacked(path: str, limits: Limits) -> bytes:
    from pathlib import Path

    from storage.errors import ImportProblem
    from storage.imports.file_kind import open_bytes

    with open_bytes(Path(path)) as stream:
        data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        most = size_words(limits.file_bytes)
        raise ImportProblem(Path(path), "", "too_large", f"more than {most} unpacked")
    return data


def _told(error: BaseException) -> tuple[str, str, str]:
    """Return the reason, the detail and the place of an error of any class."""
    reason = getattr(error, "reason", None)
    if isinstance(reason, str) and hasattr(error, "detail"):
        return reason, str(getattr(error, "detail", "")), str(getattr(error, "place", ""))
    text = " ".join(str(error).split())[:300]
    lower = f"{type(error).__name__} {text}".lower()
    if any(word in lower for word in _PASSWORD):
        return "password", "", ""
    return "damaged", text or type(error).__name__, ""


def _refuse(out: IO[bytes], reason: str, detail: str = "", place: str = "") -> None:
    facts = {"reason": reason, "detail": detail, "place": place}
    frames.send_facts(out, frames.REFUSED, facts)


if __name__ == "__main__":
    main()
