"""Moments of a column that was cut: whole columns of one spelling read at once.

A day is few texts, a moment is nearly always a new one. Where a format gives each figure its
place, all cells of that length are read figure by figure, in ISO 8601's order.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from storage.imports.events_moments import SECOND, iso_moments
from storage.imports.survey_cut import Cut

_WIDTHS: Final = {"Y": 4, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2}
# What ISO 8601 says, and which part stands where.
_ISO: Final = b"0000-00-00T00:00:00Z"
_PLACES: Final = {"Y": 0, "m": 5, "d": 8, "H": 11, "M": 14, "S": 17}
_CLOCK_END: Final = 19
_DAY: Final = 86_400 * SECOND

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class MomentsRead:
    """Moments of a column.

    Attributes:
        texts: uint8[rows, 20], in ISO 8601 with Z.
        months: since January 1970, by row.
    """

    texts: Bytes
    months: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MomentLayout:
    """Where a format has its figures.

    Attributes:
        width: of each cell.
        figures: a place in the cell and the one in ISO 8601, for each figure.
        marks: places of what stands between them, and what it is.
    """

    width: int
    figures: tuple[tuple[int, int], ...]
    marks: tuple[tuple[int, int], ...]

    def read(self, cut: Cut, column: int) -> MomentsRead | None:
        """Return the moments; None where one is written in another way, blank, or none at all."""
        starts, sizes = cut.places(column)
        if (sizes != self.width).any() or column in cut.escaped:
            return None
        cells = np.ndarray((len(cut.data) - self.width + 1,), f"V{self.width}", cut.data, 0, (1,))
        texts = cells[starts].view(np.uint8).reshape(-1, self.width)
        places = np.ascontiguousarray(texts.T)
        if any((places[at] != mark).any() for at, mark in self.marks):
            return None
        iso = np.empty((len(_ISO), len(starts)), dtype=np.uint8)
        iso[:] = np.frombuffer(_ISO, dtype=np.uint8)[:, None]
        for source, target in self.figures:
            iso[target] = places[source]
        moments = iso_moments(iso[:_CLOCK_END], _CLOCK_END, zoned=True)
        if moments is None:
            return None
        months = (moments // _DAY).astype("M8[D]").astype("M8[M]").astype(np.int64)
        return MomentsRead(np.ascontiguousarray(iso.T), months)


def moment_layout(date_format: str) -> MomentLayout | None:
    """Return where a format has its figures; None where that differs from cell to cell.

    Day, month, year, hours and minutes must be there, each once and with all its figures.
    """
    figures: list[tuple[int, int]] = []
    marks: list[tuple[int, int]] = []
    seen: set[str] = set()
    width = 0
    letters = iter(date_format)
    for letter in letters:
        if letter != "%":
            if not letter.isascii() or letter.isdigit():
                return None
            marks.append((width, ord(letter)))
            width += 1
            continue
        part = next(letters, "")
        if part not in _WIDTHS or part in seen:
            return None
        seen.add(part)
        figures += [(width + n, _PLACES[part] + n) for n in range(_WIDTHS[part])]
        width += _WIDTHS[part]
    if not seen >= {"Y", "m", "d", "H", "M"}:
        return None
    return MomentLayout(width, tuple(figures), tuple(marks))
