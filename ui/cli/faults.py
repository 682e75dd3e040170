"""Exit codes and words of the command line for what can go wrong."""

import errno

from journey.errors import (
    EditError,
    RankingError,
    RecordError,
    ReturnError,
    WaymarkError,
)
from journey.metrics.kinds import MetricError
from storage.errors import (
    DumpError,
    ImportProblem,
    MappingError,
    SurveyKnownError,
    TargetError,
    WorkspaceError,
)
from ui import faults
from ui.cli.calls import CallError

REFUSED, CALL, INPUT, WORKSPACE, TARGET = 1, 2, 3, 4, 5

_CODES: tuple[tuple[type[WaymarkError], int], ...] = (
    (CallError, CALL),
    (MappingError, CALL),
    (SurveyKnownError, CALL),
    (EditError, CALL),
    (RankingError, CALL),
    (MetricError, CALL),
    (ReturnError, CALL),
    (ImportProblem, INPUT),
    (DumpError, INPUT),
    (WorkspaceError, WORKSPACE),
    (RecordError, WORKSPACE),
    (TargetError, TARGET),
)


def exit_code(error: WaymarkError) -> int:
    """Return the exit code of an error, as the README lists them."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), REFUSED)


def explain(error: WaymarkError) -> list[str]:
    """Return one to three lines for a person."""
    if isinstance(error, MetricError):
        facts = ", ".join(
            f"{name.replace('_', ' ')} {value}" for name, value in error.facts.items()
        )
        return [f"This cannot be computed: {facts or error.reason}.", "Nothing was changed."]
    if not isinstance(error, CallError):
        return faults.explain(error)
    lines = [error.message, "Nothing was changed."]
    if error.nearest:
        lines.insert(1, "Did you mean: " + ", ".join(error.nearest) + "?")
    return lines


def explain_os_error(error: OSError) -> tuple[list[str], int]:
    """Return lines and exit code for a fault of the file system that no layer named better."""
    what = error.strerror or type(error).__name__
    where = f": {error.filename}" if error.filename else ""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    advice = "Free some space and run it again." if full else "Check the path and its permissions."
    return [f"{what}{where}", f"The workspace is as it was. {advice}"], TARGET
