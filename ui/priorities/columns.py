"""Where the columns of the list stand; the header and every row ask here."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRectF

from ui.priorities.lines import Sort

EDGE: Final = 12.0
GAP: Final = 14.0
NAMES_FROM: Final = 1200  # from this width on leaders have their names beside the initials
_LEAST_TITLE, _LEAST_AXIS = 170.0, 96.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edge and width of each column, logical pixels, in a row of `width`."""

    width: int
    places: dict[Sort, tuple[float, float]]
    axis: tuple[float, float]
    leader_names: bool

    def rect(self, column: Sort, top: float, height: float) -> QRectF:
        """Return the cell of a column in a row."""
        left, width = self.places[column]
        return QRectF(left, top, width, height)

    def axis_rect(self, top: float, height: float) -> QRectF:
        """Return the part of the value column where the bars are."""
        return QRectF(self.axis[0], top, self.axis[1], height)


@lru_cache(maxsize=8)
def columns_for(width: int) -> Columns:
    """Return the columns of a row; title and axis share what the others leave."""
    names = width >= NAMES_FROM
    wide = width >= 896
    figure = 78.0
    fixed = {
        Sort.RANK: 72.0,
        Sort.LEADER: 150.0 if names else 44.0,
        Sort.TOP: 92.0 if wide else 56.0,
        Sort.EFFORT: 66.0,
        Sort.SCORE: 84.0,
        Sort.LEVEL: 58.0,
    }
    gaps = 7 * GAP + 2 * EDGE
    room = width - sum(fixed.values()) - figure - gaps
    title = max(_LEAST_TITLE, room * 0.54)
    axis = max(_LEAST_AXIS, room - title)
    title = max(_LEAST_TITLE, min(title, room - axis))
    widths = {
        Sort.RANK: fixed[Sort.RANK],
        Sort.PAIN_POINT: title,
        Sort.LEADER: fixed[Sort.LEADER],
        Sort.VALUE: axis + figure,
        Sort.TOP: fixed[Sort.TOP],
        Sort.EFFORT: fixed[Sort.EFFORT],
        Sort.SCORE: fixed[Sort.SCORE],
        Sort.LEVEL: fixed[Sort.LEVEL],
    }
    places: dict[Sort, tuple[float, float]] = {}
    left = EDGE
    for column, wide_of in widths.items():
        places[column] = (round(left), wide_of)
        left += wide_of + GAP
    return Columns(width, places, (places[Sort.VALUE][0], axis), names)


def least_width() -> int:
    """Return the width under which the columns would not fit, logical pixels."""
    return 860
