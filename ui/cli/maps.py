"""The maps of a report, drawn without a display, or left out where Qt cannot be had."""

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journey.model.workspace import Workspace
    from journey.priority.result import Ranking
    from journey.report.around import Picture
    from journey.report.build import MetricRow


def maps_without_window(
    ws: "Workspace",
    rows: "Iterable[MetricRow]",
    ranking: "Ranking",
    *,
    quarter: str | None,
    with_parts: bool,
) -> "Sequence[Picture]":
    """Return the map of each journey; none where Qt cannot be had. See `ui.render.maps`."""
    try:
        _application()
        from ui.render.maps import drawn_maps
    except ImportError:  # libraries of the system that Qt stands on are missing
        return ()
    return tuple(drawn_maps(ws, rows, ranking, quarter=quarter, with_parts=with_parts))


def _application() -> None:
    """Make Qt's application; on Linux always without a display.

    A display that is named and cannot be reached would end the whole process.
    """
    from ui.render.offscreen import drawing_application

    name = "QT_QPA_PLATFORM"
    before = os.environ.get(name)
    if sys.platform.startswith("linux"):
        os.environ[name] = "offscreen"
    try:
        drawing_application()
    finally:
        if before is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = before
