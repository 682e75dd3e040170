"""What packs cost beside the bare writers: 20 leaders in XLSX, PDF, PPTX and CSV.

    python benchmarks/packs.py [--leaders 20] [--rounds 5]

Both sides put the same ten rows of a leader on a page. The bare side holds no styles of ours, no
checks: four sheets of XlsxWriter's write calls, the same page of our template's parts set once by
typst, four python-pptx slides with a table and a chart, csv.writer. Rounds alternate; medians are
told, with the goal: ≤ 1.5 times in all. Then how a leader's PDF costs among few and many.
"""

import argparse
import csv
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from journey.model.assumptions import Assumptions
from journey.model.map import Journey, Stage, Touchpoint
from journey.model.people import Leader
from journey.model.workspace import Workspace, WorkspaceInfo
from journey.priority.result import Basis, Level, RankedItem, Ranking
from journey.report import Pack, build_packs
from storage.exports.brand import ACCENT, Brand
from storage.exports.fonts import FAMILY, bundled
from storage.exports.pdf_data import pack_data
from storage.exports.writers import PACKS

FORMATS = ("xlsx", "pdf", "pptx", "csv")
GOAL = 1.5
ROWS = 10
TEMPLATES = Path(__file__).parents[1] / "resources" / "reports"

# The same page of our own parts, set once: no search for the density that fits.
_BARE = b"""
#import "style.typ": *
#import "rows.typ": rows-table
#let data = json(bytes(sys.inputs.data))
#let brand = data.brand + (accent: rgb(data.brand.accent))
#let t = data.text
#show: report-page.with(data, brand)
#page-head(t, brand)
#heading(level: 1, t.leader)
#quiet(t.lead)
#decision-box(t, brand)
#rows-table(data.rows, t.columns, data.axis, brand)
#legend(t, true, brand)
#kept-together(t.why_title, t.why)
#sentences(t.why_not.map(pair => pair.join()))
#foot(t.foot)
"""


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


def cells(pack: Pack) -> list[list[str]]:
    """Return what stands on a page as a plain table."""
    return [
        [t.rank, t.title, t.where, t.value, t.low, t.high, t.chance, t.effort, t.level]
        for t in (row.text for row in pack.rows)
    ]


def bare_xlsx(pack: Pack, path: Path) -> None:
    """Write the rows with XlsxWriter and nothing else."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    for _ in range(4):
        sheet = book.add_worksheet()
        for number, line in enumerate(cells(pack)):
            for column, text in enumerate(line):
                sheet.write_string(number, column, text)
    book.close()


def bare_pdf(pack: Pack, path: Path) -> None:
    """Set the same page with typst and nothing else."""
    import typst

    data = {**pack_data(pack), "brand": {"accent": ACCENT, "fonts": [FAMILY], "logo": None}}
    compiler = typst.Compiler(
        _BARE,
        root=TEMPLATES,
        font_paths=bundled(),
        sys_inputs={"data": json.dumps(data)},
    )
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    path.write_bytes(made)


def bare_pptx(pack: Pack, path: Path) -> None:
    """Write the rows with python-pptx: four slides with a table, one of them with a chart."""
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Cm

    deck = Presentation()
    lines = cells(pack)
    for _ in range(4):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        size = (len(lines), len(lines[0]), Cm(1), Cm(3), Cm(23), Cm(12))
        table = slide.shapes.add_table(*size).table
        for number, line in enumerate(lines):
            for column, text in enumerate(line):
                table.cell(number, column).text = text
    chart = CategoryChartData()
    chart.categories = [line[0] for line in lines]
    chart.add_series("Value", [row.figure.mean if row.figure else 0.0 for row in pack.rows])
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, Cm(1), Cm(3), Cm(9), Cm(9), chart)
    deck.save(str(path))


def bare_csv(pack: Pack, path: Path) -> None:
    """Write the rows with csv.writer."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(cells(pack))


Write = Callable[[Pack, Path], object]
BARE: dict[str, Write] = {
    "xlsx": bare_xlsx,
    "pdf": bare_pdf,
    "pptx": bare_pptx,
    "csv": bare_csv,
}


def ours(form: str) -> Write:
    """Return our writer of a format."""
    brand = Brand()
    return lambda pack, path: path.write_bytes(PACKS[form](pack, brand))


def seconds(write: Write, packs: Sequence[Pack], folder: Path, form: str) -> float:
    """Return how long all packs take in one format."""
    start = time.perf_counter()
    for number, pack in enumerate(packs):
        write(pack, folder / f"{number}.{form}")
    return time.perf_counter() - start


def main() -> None:
    """Print the ratios and the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leaders", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    packs = packs_of(args.leaders)
    mine: dict[str, list[float]] = {form: [] for form in FORMATS}
    bare: dict[str, list[float]] = {form: [] for form in FORMATS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for form in FORMATS:  # once unmeasured, so that imports and fonts are loaded
            seconds(ours(form), packs[:1], folder, form)
            seconds(BARE[form], packs[:1], folder, form)
        for _ in range(args.rounds):
            for form in FORMATS:
                mine[form].append(seconds(ours(form), packs, folder, form))
                bare[form].append(seconds(BARE[form], packs, folder, form))
        growth = [seconds(ours("pdf"), packs_of(n)[:n], folder, "pdf") / n for n in (10, 40)]
    print(f"{args.leaders} leaders, {args.rounds} rounds, medians")
    sums = [0.0, 0.0]
    for form in FORMATS:
        own, other = statistics.median(mine[form]), statistics.median(bare[form])
        sums[0] += own
        sums[1] += other
        print(f"{form:5} {own * 1000:8.0f} ms   bare {other * 1000:8.0f} ms   {own / other:5.2f}")
    ratio = sums[0] / sums[1]
    verdict = "met" if ratio <= GOAL else "missed"
    print(f"all   {sums[0] * 1000:8.0f} ms   bare {sums[1] * 1000:8.0f} ms   {ratio:5.2f}"
          f"   goal {GOAL}: {verdict}")  # fmt: skip
    print(f"a leader's PDF: {growth[0] * 1000:.1f} ms of 10, {growth[1] * 1000:.1f} ms of 40")


if __name__ == "__main__":
    main()
