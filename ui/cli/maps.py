"""The maps of a report, drawn without a display, or left out where Qt cannot be had."""

import os
import sys
from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journey.model.workspace import Workspace
    from journey.priority.result import Ranking
    from journey.quarter.freeze import FreezeQuarter
    from journey.report.around import Picture
    from journey.report.build import MetricRow
    from journey.report.report import Report
    from storage.exports.gather import Gathered

DRAWN_IN = frozenset({"pdf", "pptx"})


def report_with_maps(
    gathered: "Gathered", quarter: str | None, formats: Set[str], *, window_follows: bool = False
) -> "Report":
    """Return the whole report with the maps its overview shows, where one is printed.

    Args:
        window_follows: this process opens the window next, so Qt may not draw in it before.
    """
    if not gathered.drawable or not formats & DRAWN_IN:
        return gathered.report
    from journey.report.pictures import with_pictures

    draw = _drawn_apart if window_follows else drawn_without_display
    maps = draw(
        gathered.workspace,
        gathered.metrics,
        gathered.ranking,
        quarter=quarter,
        with_parts="pptx" in formats,
    )
    return with_pictures(gathered.report, maps) if maps else gathered.report


def frozen_with_maps(
    command: "FreezeQuarter", ws: "Workspace", *, window_follows: bool = False
) -> "FreezeQuarter":
    """Return the command that keeps the maps with the quarter, where they can be drawn.

    Args:
        window_follows: as of `report_with_maps`.
    """
    from journey.quarter.record import data_of, ranking_of

    quarter = command.quarter
    rows, ranking = data_of(quarter).metrics, ranking_of(quarter)
    draw = _drawn_apart if window_follows else drawn_without_display
    return command.with_pictures(draw(ws, rows, ranking, quarter=quarter.id, with_parts=True))


def drawn_without_display(
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


def _drawn_apart(
    ws: "Workspace",
    rows: "Iterable[MetricRow]",
    ranking: "Ranking",
    *,
    quarter: str | None,
    with_parts: bool,
) -> "Sequence[Picture]":
    """Return the maps, drawn in a process of their own; none where that ended early."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        job = pool.submit(
            drawn_without_display, ws, tuple(rows), ranking, quarter=quarter, with_parts=with_parts
        )
        try:
            return job.result()
        except BrokenProcessPool:
            return ()


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
