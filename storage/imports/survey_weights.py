"""A column of weights of cut blocks: figures read for all cells at once, where they are plain."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from storage.evidence.packed import Reals
from storage.imports.survey_cells import Cells
from storage.imports.survey_combined import Combined, combined_weight
from storage.imports.survey_cut import Cut

# So many figures are one whole number exactly, and so is the power of ten it is divided by.
_FIGURES: Final = 15
_TENS: Final = 10.0 ** np.arange(_FIGURES + 1)
_NOUGHT, _NINE = np.uint8(ord("0")), np.uint8(9)

Weights = NDArray[np.float64]


class WeightColumn:
    """Reads weights as `survey_cells.weight_cells` does."""

    def __init__(self, place: int, cells: Cells[str, float]) -> None:
        self._place = place
        self._others: Combined = combined_weight(place, cells)

    def read(self, cut: Cut) -> Reals | None:
        """Return the weight of each record, NaN for none; None where one is refused."""
        found = _plain(cut, self._place)
        if found is None:
            words = self._others.read(cut)
            if words is None:
                return None
            values = [np.nan if value is None else value for value in words.values]
            found = np.array(values, dtype=np.float64)[words.numbers]
        return Reals(found)


def _plain(cut: Cut, column: int) -> Weights | None:
    """Return weights of figures with a mark among them at most; None where any is otherwise."""
    _, sizes = cut.places(column)
    longest = int(sizes.max())
    if not 0 < longest <= _FIGURES + 1 or column in cut.escaped:
        return None
    places = np.ascontiguousarray(cut.letters(column, longest).T)
    whole = np.zeros(cut.lines, dtype=np.int64)
    # Where the mark stands; a cell without one has it at its end.
    point = sizes.copy()
    for at, letters in enumerate(places):
        there = sizes > at
        figure = letters - _NOUGHT
        is_figure = figure <= _NINE
        is_mark = there & ((letters == ord(".")) | (letters == ord(",")))
        if not (is_figure | is_mark | ~there).all():
            return None
        whole = np.where(there & is_figure, 10 * whole + figure, whole)
        if is_mark.any():
            if (is_mark & ((point < sizes) | (at == 0) | (at == sizes - 1))).any():
                return None
            point[is_mark] = at
    after = np.maximum(sizes - point - 1, 0)
    if (sizes - (after > 0) > _FIGURES).any() or (whole == 0)[sizes > 0].any():
        return None
    weights: Weights = np.where(sizes > 0, whole / _TENS[after], np.nan)
    return weights
