"""Interval bars and level badges as conditional formats: they follow a sort, a filter, an edit.

A bar is a strip of narrow cells of which each knows where it stands on the scale and looks up the
figures of its own row. Nothing is drawn over the sheet, and no cell holds a formula.
"""

from dataclasses import dataclass
from typing import Any

from journey.report.pack import Axis
from storage.exports.xlsx_styles import (
    ACCENT,
    BAR,
    NEUTRAL,
    ON_ACCENT,
    PALE,
    TEXT_2,
    TINT,
    Styles,
)

CELLS = 30
CELL_PIXELS = 5


@dataclass(frozen=True, slots=True)
class Places:
    """The columns in which a row's figures stand, from 0."""

    mean: int
    low80: int
    high80: int
    low95: int
    high95: int


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip of `CELLS` columns from `first` on, and the scale it stands for."""

    first: int
    axis: Axis

    @property
    def step(self) -> float:
        """What one cell is wide; a little more than its share, so that the end lies inside."""
        return (self.axis.high - self.axis.low) / CELLS * (1 + 1e-9)

    @property
    def last(self) -> int:
        """The last column of the strip."""
        return self.first + CELLS - 1

    def column_of(self, value: float) -> int:
        """Return the column in which a value lies."""
        return self.first + min(CELLS - 1, int((value - self.axis.low) / self.step))


def bar_rules(
    sheet: Any, rows: tuple[int, int], strip: Strip, places: Places, styles: Styles
) -> None:
    """Fill the strips of rows: the mean dark, 80 % blue, 95 % pale; the first that fits wins."""
    from xlsxwriter.utility import xl_col_to_name

    left = f"({strip.axis.low!r}+(COLUMN()-{strip.first + 1})*{strip.step!r})"
    middle = f"({strip.axis.low!r}+(COLUMN()-{strip.first + 0.5})*{strip.step!r})"
    line = rows[0] + 1
    cell = {name: f"${xl_col_to_name(getattr(places, name))}{line}" for name in Places.__slots__}
    mean = cell["mean"]
    known = f"ISNUMBER({mean})"
    rules = (
        (f"=AND({known},{mean}>={left},{mean}<{left}+{strip.step!r})", ACCENT),
        (_between(cell["low80"], cell["high80"], middle), BAR),
        (_between(cell["low95"], cell["high95"], middle), PALE),
    )
    for criteria, colour in rules:
        look = styles.rule(bg_color=colour)
        options = {"type": "formula", "criteria": criteria, "format": look, "stop_if_true": True}
        sheet.conditional_format(rows[0], strip.first, rows[1], strip.last, options)


def _between(low: str, high: str, middle: str) -> str:
    return f"=AND(ISNUMBER({low}),ISNUMBER({high}),{low}<={middle},{high}>={middle})"


def badge_rules(sheet: Any, rows: tuple[int, int], column: int, styles: Styles) -> None:
    """Give levels their look: filled, tinted, outlined, dashed or dotted."""
    looks: dict[str, dict[str, Any]] = {
        "A": {"bg_color": ACCENT, "font_color": ON_ACCENT},
        "B": {"bg_color": TINT, "font_color": ACCENT, "border": 1, "border_color": ACCENT},
        "C": {"font_color": ACCENT, "border": 1, "border_color": ACCENT},
        "D": {"font_color": ACCENT, "border": 1, "border_color": ACCENT},
        "E": {"font_color": TEXT_2, "border": 3, "border_color": NEUTRAL},
        "F": {"font_color": TEXT_2, "border": 4, "border_color": NEUTRAL},
    }
    for level, look in looks.items():
        sheet.conditional_format(
            rows[0],
            column,
            rows[1],
            column,
            {
                "type": "cell",
                "criteria": "==",
                "value": f'"{level}"',
                "format": styles.rule(bold=True, **look),
            },
        )


def data_bars(sheet: Any, rows: tuple[int, int], column: int) -> None:
    """Show a column's figures as bars behind them; a figure under zero has none.

    The plain bars of 2007: those of 2010 live in an extension that other programs drop.
    """
    sheet.conditional_format(
        rows[0],
        column,
        rows[1],
        column,
        {
            "type": "data_bar",
            "bar_color": BAR,
            "min_type": "num",
            "min_value": 0,
        },
    )
