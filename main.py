"""Entry point: hands the command line to ui.cli, or opens the window; nothing else."""

import os
import sys

# The ranking's matrices are small: more threads of BLAS only burn time, the more on a busy machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> int:
    """Run Waymark and return the process's exit code."""
    if len(sys.argv) == 1:
        from ui.start import open_window

        return open_window()
    try:
        from ui.cli import run_command

        return run_command(sys.argv[1:])
    except KeyboardInterrupt:  # before the command had begun
        sys.stderr.write("Stopped; nothing was done.\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
