"""The shared scale of a pack's interval bars."""

import math
from collections.abc import Iterable

from journey.report.pack import Axis, Figure

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MOST_INTERVALS = 5


def axis_of(figures: Iterable[Figure | None]) -> Axis | None:
    """Return a scale with round ticks that holds zero and every interval; None without any."""
    ends = [
        end
        for figure in figures
        if figure is not None
        for end in (figure.mean, figure.low80, figure.high80, figure.low95, figure.high95)
        if end is not None and math.isfinite(end)
    ]
    if not ends:
        return None
    low, high = min(0.0, *ends), max(0.0, *ends)
    if low == high:
        high = 1.0
    step = _step(high - low)
    ticks = range(math.ceil(low / step), math.floor(high / step) + 1)
    return Axis(low, high, tuple(number * step for number in ticks))


def _step(span: float) -> float:
    """Return the smallest round step that needs at most five intervals."""
    power = 10.0 ** math.floor(math.log10(span / _MOST_INTERVALS))
    fits = (factor * power for factor in _STEPS if span / (factor * power) <= _MOST_INTERVALS)
    return next(fits, 10.0 * power)
