"""The command line, free of Qt: the same work as the window, through the same code."""

import contextlib
import io
import os
import sys
import traceback
from collections.abc import Sequence

from journey.errors import WaymarkError
from ui.cli.faults import exit_code, explain, explain_os_error

BAD_CALL = 2
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
        result = get_command(app).main(rest, prog_name="waymark", standalone_mode=False)
        sys.stdout.flush()
    except Exit as leave:
        return leave.exit_code
    except (Abort, KeyboardInterrupt):
        sys.stderr.write("Stopped; what was there before is as it was.\n")
        return INTERRUPTED
    except BrokenPipeError:
        return _nobody_reads()
    except Exception as error:  # noqa: BLE001 - a border: no traceback reaches a user
        lines, code = _words_for(error, TyperException)
        for line in lines:
            sys.stderr.write(line + "\n")
        if debug:
            traceback.print_exception(error)
        return code
    return result if isinstance(result, int) else 0


def _words_for(error: Exception, wrong_call: type[Exception]) -> tuple[list[str], int]:
    """Return what to say of an error and the exit code."""
    if isinstance(error, WaymarkError):
        return explain(error), exit_code(error)
    if isinstance(error, wrong_call):
        return [_one_line(error), f"Nothing was done; see “{_command(error)} --help”."], BAD_CALL
    if isinstance(error, OSError):
        return explain_os_error(error)
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
