"""Opening the window where that can be done, and a sentence where it cannot."""

import os
import sys
from pathlib import Path

CANNOT = 2


def open_window(path: Path | None = None) -> int:
    """Show the window, with a workspace where one is given; return the exit code."""
    if no_display():
        sys.stderr.write(
            "There is no display to open a window on.\n"
            "Nothing was changed. Every command but open works without one: waymark --help.\n"
        )
        return CANNOT
    try:
        from ui.app import run
    except ImportError as error:
        # Qt needs libraries of the system that no Python package brings.
        sys.stderr.write(
            f"The window cannot be shown, a library is missing: {error}\n"
            "Nothing was changed. The README names the packages Qt needs on Linux.\n"
        )
        return CANNOT
    return run(path)


def no_display() -> bool:
    """Whether Qt would find neither a display nor a platform it was told to use."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
