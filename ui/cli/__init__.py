"""The command line, free of Qt: the same work as the window, through the same code."""

import contextlib
import io
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence

from journey.errors import WaymarkError
from ui.cli.faults import exit_code, explain, explain_os_error

BAD_CALL = 2
NOT_WRITTEN = 5
INTERRUPTED = 130
OUR_FAULT = 70  # an error of ours, not of the call or the files
NOBODY_READS = 141  # what a shell reports of a program whose reader went away


def run_command(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; words go to the standard streams."""
    from typer.exceptions import Abort, Exit, TyperException
    from typer.main import get_command

    from ui.cli.commands import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What a console cannot show becomes a question mark, never an error.
            stream.reconfigure(errors="replace")
    debug = "--debug" in arguments
    rest = [a for a in arguments if a != "--debug"]
    try:
        with _stops_as_before():
            result = get_command(app).main(rest, prog_name="waymark", standalone_mode=False)
            sys.stdout.flush()
    except Exit as leave:
        return leave.exit_code
    except (Abort, KeyboardInterrupt):
        return _stopped(rest)
    except BrokenPipeError:
        return _nobody_reads()
    except Exception as error:  # noqa: BLE001 - a border: no traceback reaches a user
        lines, code = _words_for(error, TyperException)
        for line in lines:
            sys.stderr.write(line + "\n")
        if debug:
            traceback.print_exception(error)
        return code
    if result == INTERRUPTED:
        # The library of commands turns Ctrl+C into an answer of its own.
        return _stopped(rest)
    return result if isinstance(result, int) else 0


@contextlib.contextmanager
def _stops_as_before() -> Iterator[None]:
    """Leave the answer to Ctrl+C as it was: a command that publishes takes no more."""
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        with contextlib.suppress(ValueError):  # not in the main thread, where nothing was changed
            signal.signal(signal.SIGINT, before)


def _stopped(arguments: Sequence[str]) -> int:
    """Say what is left of a command that was stopped; return the exit code."""
    if arguments[:1] == ["import"]:
        sys.stderr.write("Stopped. Nothing was imported; the workspace is as it was.\n")
    else:
        sys.stderr.write("Stopped; what was there before is as it was.\n")
    return INTERRUPTED


def _words_for(error: Exception, wrong_call: type[Exception]) -> tuple[list[str], int]:
    """Return what to say of an error and the exit code."""
    if isinstance(error, WaymarkError):
        return explain(error), exit_code(error)
    if isinstance(error, wrong_call):
        return [_one_line(error), f"Nothing was done; see “{_command(error)} --help”."], BAD_CALL
    if isinstance(error, OSError):
        return explain_os_error(error)
    if isinstance(error, MemoryError):
        return [
            "There is not enough memory for this.",
            "The workspace is as it was before the command.",
            "Close other programs, or take less at once, and run it again.",
        ], NOT_WRITTEN
    lines = [
        f"Something went wrong inside Waymark ({type(error).__name__}).",
        "The workspace is as it was before the command.",
        "Run it again with --debug and report what it prints.",
    ]
    return lines, OUR_FAULT


def _one_line(error: Exception) -> str:
    message = getattr(error, "format_message", lambda: str(error))()
    return " ".join(str(message).split()) or type(error).__name__


def _command(error: Exception) -> str:
    """Return the command whose call was wrong, as "waymark import survey"."""
    return getattr(getattr(error, "ctx", None), "command_path", "") or "waymark"


def _nobody_reads() -> int:
    """The reader of our output is gone, as with "| head": say nothing more, not even at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return NOBODY_READS
