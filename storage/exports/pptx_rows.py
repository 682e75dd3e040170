"""Rows of a report on slides: their table and the chart beside it, the same for every deck."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from journey.report.figures import Unit
from journey.report.pack import Axis, PackRow
from journey.report.texts import ColumnText, RowText
from journey.report.words import Words
from storage.exports.pptx_chart import Bar, Look, add_chart
from storage.exports.pptx_deck import Deck
from storage.exports.pptx_table import Grid, TableColumn, TableRow, add_table
from storage.exports.pptx_xml import Box, Paragraph, Run, Side

Cell = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A row to be shown, and whose it is where that is told."""

    row: PackRow
    leader: str = ""

    @property
    def text(self) -> RowText:
        """How it reads."""
        return self.row.text


@dataclass(frozen=True, slots=True)
class Kind:
    """A column of rows: its heading, share of the width, side, and what it shows."""

    title: str
    share: float
    cell: Callable[[Shown], Cell]
    side: Side = "l"


def page_columns(columns: ColumnText, leader: str = "") -> tuple[Kind, ...]:
    """Return the columns of the first slide; with a leader's where a heading for it is given."""
    whose = (Kind(leader, 1.3, _leader),) if leader else ()
    return (
        Kind(columns.rank, 0.95, _rank),
        Kind(columns.pain_point, 3.2, _pain_point),
        *whose,
        Kind(columns.value, 1.9, _value),
        Kind(columns.chance, 0.95, _chance, side="r"),
        Kind(columns.effort, 0.75, _effort, side="r"),
        Kind(columns.level, 0.65, _level, side="ctr"),
        Kind(columns.metric, 2.1, _metric),
    )


def all_columns(columns: ColumnText) -> tuple[Kind, ...]:
    """Return the columns of the slides with all rows."""
    return (
        Kind(columns.rank, 0.8, _rank),
        Kind(columns.pain_point, 3.0, _pain_point_where),
        Kind(columns.value, 1.8, _value),
        Kind(columns.chance, 0.95, _chance, side="r"),
        Kind(columns.effort, 0.75, _effort, side="r"),
        Kind(columns.level, 0.65, _level, side="ctr"),
        Kind(columns.metric, 1.9, _metric_target),
        Kind(columns.work, 2.6, _work),
    )


def table_rows(rows: Sequence[Shown], kinds: Sequence[Kind]) -> list[TableRow]:
    """Return the rows of a table."""
    return [TableRow(tuple(kind.cell(row) for kind in kinds), asked=row.row.asked) for row in rows]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a table of rows and the chart beside it show.

    Attributes:
        kinds: the columns. name: of the table.
    """

    words: Words
    unit: Unit
    axis: Axis | None
    columns: ColumnText
    kinds: tuple[Kind, ...]
    name: str
    made: date


def table_with_chart(
    deck: Deck, slide: Any, box: Box, rows: Sequence[Shown], scene: Scene
) -> tuple[int, int]:
    """Put as many rows as fit on a slide, their bars at the right.

    Returns:
        How many rows there are, and how high all is, EMU.
    """
    charted = scene.axis is not None and any(row.row.figure for row in rows)
    title = deck.inches(0.22) if charted else 0
    room = box.below(title)
    left, right = room.split(0.71, deck.inches(0.15)) if charted else (room, room)
    every = table_rows(rows, scene.kinds)
    columns = tuple(TableColumn(k.title, k.share, k.side) for k in scene.kinds)
    sizes = dict.fromkeys(deck.size(size) for size in (11, 10.5, 10, 9.5, 9))
    grids = [Grid(left, columns, size, deck.language) for size in sizes]
    # Rows alike first, so that bars stand beside them; else the largest letters that fit.
    alike = (grid for grid in grids if _even(deck, grid, every))
    fitting = (grid for grid in grids if grid.fitting(every) == len(every))
    grid = next(alike, None) or next(fitting, grids[-1])
    count = grid.fitting(every)
    least = _even(deck, grid, every[:count])
    told = scene.words("slides.table", count=count)
    heights = add_table(slide, grid, every[:count], (scene.name, told), least)
    if charted and scene.axis is not None:
        head = Box(right.left, box.top, right.width, title)
        words = scene.words("slides.chart", value=scene.columns.value)
        name = scene.words("slides.chart_title")
        deck.text(slide, head, [[Run(words, bold=True)]], deck.size(10), name=name)
        look = _look(deck, scene, rows[:count], heights)
        whole = Box(right.left, right.top, right.width, sum(heights))
        add_chart(slide, whole, [_bar(row) for row in rows[:count]], look)
    return count, sum(heights) + title


def _even(deck: Deck, grid: Grid, rows: Sequence[TableRow]) -> int:
    """Return a height for all rows alike where there is room, so that bars stand beside them."""
    highest = max((grid.row_height(row) for row in rows), default=0)
    room = (grid.box.height - grid.header_height) // max(1, len(rows))
    return max(highest, min(room, deck.inches(0.4))) if highest <= room else 0


def _look(deck: Deck, scene: Scene, rows: Sequence[Shown], heights: list[int]) -> Look:
    assert scene.axis is not None
    words, ticks = scene.words, scene.axis.ticks
    keys = ("rank", "value", "high80", "low80", "slides.minus", "slides.plus", "pain_point")
    name = words("slides.chart", value=scene.columns.value)
    told = "; ".join(_told(row, words) for row in rows if row.row.figure is not None)
    whole = sum(heights)
    return Look(
        size=deck.size(10),
        step=ticks[1] - ticks[0] if len(ticks) > 1 else scene.axis.high - scene.axis.low,
        number_format=scene.unit.number_format(with_unit=False),
        headings=tuple(words(key) for key in keys),
        plot=(heights[0] / whole, (whole - heights[0]) / whole),
        made=scene.made,
        language=deck.language,
        name=name,
        words=f"{name}. {told}",
    )


def _told(row: Shown, words: Words) -> str:
    """Return a bar in words, for those who cannot see it."""
    text = row.text
    facts = {"rank": text.rank, "title": text.title, "value": text.value}
    if not text.low:
        return words("slides.bar_bare", **facts)
    return words("slides.bar", low=text.low, high=text.high, **facts)


def _bar(row: Shown) -> Bar:
    figure = row.row.figure
    return Bar(
        name=row.text.rank,
        title=row.text.title,
        mean=None if figure is None else figure.mean,
        low80=None if figure is None else figure.low80,
        high80=None if figure is None else figure.high80,
        text=row.text.bare,
        asked=row.row.asked,
    )


def _rank(shown: Shown) -> Cell:
    rank = [Run(shown.text.rank, bold=True)]
    change = [Run(shown.text.change, quiet=True)]
    return (rank, change) if shown.text.change else (rank,)


def _pain_point(shown: Shown) -> Cell:
    return ([Run(shown.text.title, bold=shown.row.asked)],)


def _pain_point_where(shown: Shown) -> Cell:
    where = " · ".join(filter(None, (shown.text.where, shown.text.segment)))
    title = [Run(shown.text.title, bold=True)]
    return (title, [Run(where, quiet=True)]) if where else (title,)


def _leader(shown: Shown) -> Cell:
    return ([Run(shown.leader)],)


def _value(shown: Shown) -> Cell:
    text = shown.text
    if not text.value:
        return ([Run(text.no_value, quiet=True)],)
    return (
        [Run(text.value, bold=True), Run(f" {text.interval}" if text.interval else "", quiet=True)],
    )


def _chance(shown: Shown) -> Cell:
    return ([Run(shown.text.chance)],)


def _effort(shown: Shown) -> Cell:
    return ([Run(shown.text.effort)],)


def _level(shown: Shown) -> Cell:
    return ([Run(shown.text.level)],)


def _metric(shown: Shown) -> Cell:
    text = shown.text
    if not text.metric:
        return ([Run(text.no_metric, quiet=True)],)
    about = " · ".join(filter(None, (text.margin, text.answers)))
    return (
        [Run(f"{text.metric_name} "), Run(text.metric, bold=True), Run(f" {about}", quiet=True)],
    )


def _metric_target(shown: Shown) -> Cell:
    below = " · ".join(filter(None, (shown.text.target, shown.text.since)))
    cell = _metric(shown)
    return (*cell, [Run(below, quiet=True)]) if below else cell


def _work(shown: Shown) -> Cell:
    text = shown.text
    below = " · ".join(filter(None, (text.status, text.due)))
    work = [Run(text.improvement)]
    return (work, [Run(below, quiet=True)]) if below else (work,)
