"""Interval bars and level badges as native shapes over their cells.

The figures themselves always stand in cells; a program that drops shapes loses only the picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journey.report.pack import Axis, Figure
from storage.exports.figures import Unit
from storage.exports.xlsx_styles import ACCENT, BAR, FONT, LEVELS, NEUTRAL, TEXT_2

_PAD = 12  # pixels left free at both ends of the bar's cell
_LINE, _BODY, _TICK, _TICK_WIDTH = 2, 11, 17, 3
# Text boxes keep some ten pixels free at both sides of their text.
_INSET = 10
_BADGE_WIDTH, _BADGE_HEIGHT = 32, 23


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell and its size: characters wide, points high."""

    sheet: Any
    row: int
    column: int
    characters: float
    points: float

    @property
    def width(self) -> int:
        """In pixels, as Excel counts a column for a digit of 7 pixels."""
        return int(self.characters * 7 + 5)

    @property
    def height(self) -> float:
        """In pixels."""
        return self.points * 4 / 3

    def insert(self, text: str, options: Mapping[str, Any]) -> None:
        """Put a text box over the cell; it moves and stretches with it."""
        self.sheet.insert_textbox(self.row, self.column, text, {"object_position": 1, **options})


def draw_bar(spot: Spot, figure: Figure, axis: Axis, unit: Unit) -> None:
    """Draw a figure: thin line 95 %, bar 80 %, tick at the mean."""
    place = _Scale(axis, spot.width)
    if figure.low95 is not None and figure.high95 is not None:
        _box(spot, (place(figure.low95), place(figure.high95)), _LINE, NEUTRAL)
    if figure.low80 is not None and figure.high80 is not None:
        _box(spot, (place(figure.low80), place(figure.high80)), _BODY, BAR)
    at = place(figure.mean)
    tick = at - _TICK_WIDTH / 2, at + _TICK_WIDTH / 2
    _box(spot, tick, _TICK, ACCENT, description=unit.text(figure.mean))


def draw_axis(spot: Spot, before: float, axis: Axis, unit: Unit) -> None:
    """Write the axis's ticks above the bars.

    Args:
        before: width in characters of the column to the left, into which a label may reach.
    """
    place = _Scale(axis, spot.width)
    left = Spot(spot.sheet, spot.row, spot.column - 1, before, spot.points)
    for tick in axis.ticks:
        text = unit.text(tick, with_unit=False)
        width = 7 * len(text) + 2 * _INSET + 4
        left.insert(
            text,
            {
                "width": width,
                "height": 20,
                "x_offset": left.width + place(tick) - width / 2,
                "y_offset": 0,
                "fill": {"none": True},
                "line": {"none": True},
                "font": {"name": FONT, "size": 9.5, "color": TEXT_2},
                "align": {"vertical": "middle", "horizontal": "center"},
            },
        )


def draw_badge(spot: Spot, level: str, name: str) -> None:
    """Draw a level's badge over its letter: filled, tinted, outlined, dashed or dotted."""
    look = LEVELS[level]
    spot.insert(
        level,
        {
            "width": _BADGE_WIDTH,
            "height": _BADGE_HEIGHT,
            "x_offset": (spot.width - _BADGE_WIDTH) / 2,
            "y_offset": (spot.height - _BADGE_HEIGHT) / 2,
            "fill": {"color": look["fill"]},
            "line": {"color": look["line"], "width": 1, "dash_type": look["dash"]},
            "font": {"name": FONT, "size": 10, "bold": True, "color": look["text"]},
            "align": {"vertical": "middle", "horizontal": "center"},
            "description": f"{level}: {name}",
        },
    )


class _Scale:
    """Turns a figure into pixels from the left of its cell."""

    def __init__(self, axis: Axis, width: int) -> None:
        self._low, self._span = axis.low, axis.high - axis.low
        self._width = width - 2 * _PAD

    def __call__(self, value: float) -> float:
        return _PAD + (value - self._low) / self._span * self._width


def _box(
    spot: Spot, ends: tuple[float, float], size: float, colour: str, *, description: str = ""
) -> None:
    """Draw one filled rectangle from end to end, `size` pixels high, in the cell's middle."""
    options: dict[str, Any] = {
        "width": max(1.0, ends[1] - ends[0]),
        "height": size,
        "x_offset": ends[0],
        "y_offset": (spot.height - size) / 2,
        "fill": {"color": colour},
        "line": {"none": True},
    }
    options |= {"description": description} if description else {"decorative": True}
    spot.insert("", options)
