"""The demo: the main job from answers to packs, on the made-up sample."""

import os
import shutil
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from storage.errors import TargetExistsError, WorkspaceLockedError
from ui.cli.answers import metrics_answer, quarters_with_evidence, ranking_answer
from ui.cli.calls import find_quarter
from ui.cli.lists import print_ranking
from ui.cli.maps import frozen_with_maps, report_with_maps
from ui.cli.options import Json
from ui.cli.output import Meter, print_json, say
from ui.start import no_display

# A folder that holds this file was made by an earlier demo and may be replaced.
MARK = ".waymark-demo"
WORKSPACE = "Havnbank sample.waymark"
PACKS = "packs"
FORMATS = frozenset({"xlsx", "pdf", "csv"})
DRAWS, SEED = 1000, 1
ROWS_SHOWN = 10


def demo(
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The folder to write to.")] = Path(
        "waymark-demo"
    ),
    no_window: Annotated[
        bool, typer.Option("--no-window", help="Do not open the window afterwards.")
    ] = False,
    json: Json = False,
) -> int:
    """Make a sample, its ranking and packs; then the window.

    Example: waymark demo --to waymark-demo --no-window
    """
    from storage.document import COMMAND
    from storage.evidence.metrics import metric_rows
    from storage.evidence.store import EvidenceStore
    from storage.exports import export_report
    from storage.exports.gather import gather
    from storage.sample import make_sample

    window = not (no_window or json) and has_display()
    _make_room(to)
    path = to / WORKSPACE
    with Meter("Importing the sample's surveys") as step:
        readied = partial(frozen_with_maps, window_follows=window)
        document = make_sample(path, step, purpose=COMMAND, readied=readied)
    try:
        ws = document.workspace
        store = EvidenceStore(document.engine)
        quarter = find_quarter(None, quarters_with_evidence(ws, store))
        rows = metric_rows(ws, store, quarter)
        today = datetime.now().astimezone().date()
        gathered = gather(document, quarter, today=today, draws=DRAWS, seed=SEED)
        report = report_with_maps(gathered, quarter, FORMATS, window_follows=window)
        with Meter("Exporting") as step:
            packs = export_report(report, to / PACKS, FORMATS, progress=step)
    finally:
        document.close(publish=False)
    priorities = ranking_answer(gathered.ranking)
    if json:
        metrics = metrics_answer(ws, rows, by_segment=False)
        files = [str(pack) for pack in packs]
        answer = {"file": str(path), "packs": files, "metrics": metrics}
        print_json({**answer, "priorities": priorities})
        return 0
    say("Havnbank is made up: two journeys, two quarters of answers, four leaders.")
    print_ranking(priorities, ROWS_SHOWN)
    say("")
    say(f"Workspace: {path}")
    say(f"Packs, one for each leader: {to / PACKS}")
    if not window:
        return 0
    from ui import start

    return start.open_window(path)


def _make_room(folder: Path) -> None:
    """Empty a folder an earlier demo made, or make it; anything else is left alone.

    Raises:
        TargetExistsError: no earlier demo made it.
        WorkspaceLockedError: the sample in it is open.
    """
    from storage.document.lock import holder_of

    if folder.exists():
        mark = folder / MARK
        if not folder.is_dir() or (any(folder.iterdir()) and not mark.is_file()):
            raise TargetExistsError(folder, "not_a_demo_folder")
        holder = holder_of(folder / WORKSPACE)
        if holder is not None:
            facts = {"user": holder.user, "host": holder.host, "pid": holder.pid}
            raise WorkspaceLockedError(folder / WORKSPACE, "locked", **facts)
        for name in (WORKSPACE, PACKS):
            path = folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("Made by waymark demo, which may replace it.\n", encoding="utf-8")


def has_display() -> bool:
    """Whether a window would be seen by anyone."""
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform in ("offscreen", "minimal") or os.environ.get("CI"):
        return False
    return not no_display()
