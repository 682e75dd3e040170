"""What packs cost beside the bare writers: 20 leaders in XLSX, PDF, PPTX and CSV.

    python benchmarks/packs.py [--leaders 20] [--rounds 5]

Two bare sides, each ready to write before the clock starts (`packs_bare.py`):

- the same pages: every cell, format, rule, slide, run and bar that our files hold, by the library
  alone, everything else known beforehand; it is checked that the files are the same. The goal, at
  most 1.5 times in all, is to this.
- rows only: the ten rows as plain text, which is no pack, but no library writes them faster.

Rounds alternate; medians of the processor's time are told, which the machine's other work changes
least. Then the time on the wall of the whole export, files and folder and all, in which pages are
set on another processor than sheets and slides; and how a leader's PDF costs among few and many.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.packs_bare import ROWS_ONLY, SAME_PAGES, Write
from journey.model.assumptions import Assumptions
from journey.model.map import Journey, Stage, Touchpoint
from journey.model.people import Leader
from journey.model.workspace import Workspace, WorkspaceInfo
from journey.priority.result import Basis, Level, RankedItem, Ranking
from journey.report import Pack, build_packs
from storage.exports.brand import Brand
from storage.exports.packs import export_packs
from storage.exports.writers import PACKS

FORMATS = ("xlsx", "pdf", "pptx", "csv")
GOAL = 1.5
ROWS = 10
SIDES = ("ours", "same pages", "rows only")


def packs_of(leaders: int) -> tuple[Pack, ...]:
    """Return packs of ten rows each."""
    ws = Workspace(entities=[WorkspaceInfo(name="Benchmark")])
    ws.put(Journey("j", "Journey"))
    ws.put(Stage("s", "j", "Stage"))
    ws.put(Touchpoint("t", "j", "Touchpoint", "s"))
    items = []
    for number in range(leaders):
        leader = f"l{number:04d}"
        ws.put(Leader(leader, f"Leader {number}", "Some department"))
        items += [_item(number * ROWS + row + 1, leader, number) for row in range(ROWS)]
    ranking = Ranking(
        "2026Q4", True, 1, 1000, "1", Basis.MONEY, "kept_per_1000", "EUR",
        Assumptions().figures(), tuple(items),
    )  # fmt: skip
    day = date(2027, 1, 4)
    return build_packs(ws, ranking, (), quarter="2026Q4", generated_on=day, content_sha256="a" * 64)


def _item(rank: int, leader: str, number: int) -> RankedItem:
    value = 400_000.0 / rank
    return RankedItem(
        rank, f"p{rank}", f"Something takes too long, number {rank}", "t", "Touchpoint", "Stage",
        leader, f"Leader {number}", None, "", Level.A, value, value * 0.6, value * 1.4,
        value * 0.4, value * 1.7, None, None, None, None, None, 20.0, False, value / 20, 0.5, 0.6,
        rank, rank + 2, 0.2, 0.03, 300, "It stands here because many meet it.", "Fewer meet it.",
    )  # fmt: skip


def ours(pack: Pack, form: str) -> Write:
    """Return our writer of a pack."""
    brand = Brand()
    return lambda path: path.write_bytes(PACKS[form](pack, brand))


def writers(packs: Sequence[Pack], form: str) -> dict[str, list[Write]]:
    """Return what writes all packs in a format, by side."""
    return {
        "ours": [ours(pack, form) for pack in packs],
        "same pages": [SAME_PAGES[form](pack) for pack in packs],
        "rows only": [ROWS_ONLY[form](pack) for pack in packs],
    }


def seconds(writes: Sequence[Write], folder: Path, form: str) -> float:
    """Return how long the processor is busy with all packs in one format."""
    start = time.process_time()
    for number, write in enumerate(writes):
        write(folder / f"{number}.{form}")
    return time.process_time() - start


def whole(packs: Sequence[Pack], folder: Path) -> tuple[float, float]:
    """Return the seconds on the wall and of the processor that an export into a folder takes."""
    wall, busy = time.perf_counter(), time.process_time()
    export_packs(packs, folder, FORMATS)
    return time.perf_counter() - wall, time.process_time() - busy


def main() -> None:
    """Print the ratios and the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leaders", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    packs = packs_of(args.leaders)
    every = {form: writers(packs, form) for form in FORMATS}
    taken = {(form, side): [] for form in FORMATS for side in SIDES}
    walls = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(args.rounds):
            for form in FORMATS:
                for side in SIDES:
                    taken[form, side].append(seconds(every[form][side], folder, form))
            walls.append(whole(packs, folder / "whole"))
        growth = [
            seconds([ours(pack, "pdf") for pack in packs_of(n)[:n]], folder, "pdf") / n
            for n in (10, 40)
        ]
    tell(taken, args.leaders, args.rounds)
    wall, busy = (statistics.median(each) for each in zip(*walls, strict=True))
    print(f"whole export: {wall * 1000:.0f} ms on the wall, {busy * 1000:.0f} ms of processor")
    print(f"a leader's PDF: {growth[0] * 1000:.1f} ms of 10, {growth[1] * 1000:.1f} ms of 40")


def tell(taken: dict[tuple[str, str], list[float]], leaders: int, rounds: int) -> None:
    """Print each format and all together, beside both bare sides."""
    medians = {key: statistics.median(values) * 1000 for key, values in taken.items()}
    for side in SIDES:
        medians["all", side] = sum(medians[form, side] for form in FORMATS)
    print(f"{leaders} leaders, {rounds} rounds, medians of the processor's time")
    print(f"{'':5} {'ours':>9} {'same pages':>18} {'rows only':>18}")
    for form in (*FORMATS, "all"):
        own, same, rows = (medians[form, side] for side in SIDES)
        print(f"{form:5} {own:6.0f} ms {same:6.0f} ms {own / same:6.2f} x"
              f" {rows:6.0f} ms {own / rows:6.2f} x")  # fmt: skip
    verdict = "met" if medians["all", "ours"] <= GOAL * medians["all", "same pages"] else "missed"
    print(f"goal, all to the same pages: at most {GOAL} x: {verdict}")


if __name__ == "__main__":
    main()
