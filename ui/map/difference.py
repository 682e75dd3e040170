"""From which column on two layouts look different: what stands before it stays as painted."""

from ui.map.layout import MapLayout


def first_difference(before: MapLayout, after: MapLayout) -> int:
    """Return the first column of the first stage that looks different; 0 for the whole map.

    What a stage writes at its beginning counts all of its columns, so it is painted whole.
    """
    if before.lanes != after.lanes or _scale(before) != _scale(after):
        return 0
    pairs = zip(before.columns, after.columns, strict=False)
    same = next((i for i, (a, b) in enumerate(pairs) if a is not b), None)
    if same is None:
        same = min(len(before.columns), len(after.columns))
    span = after.span_of(min(same, len(after.columns) - 1))
    first = min(span.first, same)
    known = (_left_of(layout, first) for layout in (before, after))
    return first if next(known) == next(known) else 0


def _scale(layout: MapLayout) -> tuple[float, ...]:
    line = layout.experience
    return line.low, line.high, line.top, line.bottom


def _left_of(layout: MapLayout, column: int) -> tuple[object, ...]:
    """Return what is painted left of a column beside its cards."""
    line = layout.experience
    return (
        line.points[:column],
        [spot for spot in line.blind_spots if spot.column < column],
        [(other.name, other.values[:column]) for other in line.others],
        [span for span in layout.spans if span.first < column],
    )
