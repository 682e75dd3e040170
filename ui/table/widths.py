"""How wide the columns of a table stand: names whole first, then the room shared out."""

from collections.abc import Mapping, Sequence
from typing import Final

from ui.table.columns import Column, Editor

_LONG: Final = frozenset({Editor.PROSE, Editor.NAMES})
_DRAWN: Final = frozenset({Editor.CLASS, Editor.CHECK})  # not as wide as their text
_MOST_NAME: Final = 480  # pixels for what a row is called; a longer one is cut
_MOST_PICKED: Final = 300  # and for a name that is picked, where others must scroll for it
_MOST_MORE: Final = 320  # what a long text takes of the room that is left
_MOST_NAMES: Final = 160  # and what a picked name does


def shared_widths(columns: Sequence[Column], room: int, wanted: Mapping[str, int]) -> list[int]:
    """Return a width for each column, logical pixels.

    Where there is room every column has at least its first width and the table ends with the
    window. Where there is not, figures give up their air before a name is cut, and what then
    does not fit is scrolled to.

    Args:
        columns: as they stand, the first says what a row is called. room: of them all.
        wanted: by key, the width at which header and texts stand whole.
    """
    roomy = [_roomy(column, wanted[column.key], first=not at) for at, column in enumerate(columns)]
    spare = room - sum(roomy)
    if spare >= 0:
        return _spread(columns, roomy, spare)
    tight = [_tight(column, wanted[column.key], first=not at) for at, column in enumerate(columns)]
    spare = room - sum(tight)
    if spare < 0:
        return tight
    air = [max(wide - narrow, 0) for wide, narrow in zip(roomy, tight, strict=True)]
    part = spare / max(sum(air), 1)
    return [narrow + int(part * more) for narrow, more in zip(tight, air, strict=True)]


def _is_long(column: Column, *, first: bool) -> bool:
    return (first and not column.named) or column.editor in _LONG


def _roomy(column: Column, wanted: int, *, first: bool) -> int:
    """Return the width of a column that has the room it likes."""
    if _is_long(column, first=first):
        return min(max(column.width, wanted), column.width + _MOST_MORE)
    if column.named and column.editor not in _DRAWN:
        return min(max(column.width, wanted), column.width + _MOST_NAMES)
    return column.width


def _tight(column: Column, wanted: int, *, first: bool) -> int:
    """Return the least width at which a column says what it has to."""
    if column.editor in _DRAWN:
        return column.width
    if first:
        return min(wanted, max(column.width, _MOST_NAME))
    if column.named:
        return min(wanted, max(column.width, _MOST_PICKED))
    return min(wanted, column.width)


def _spread(columns: Sequence[Column], widths: list[int], spare: int) -> list[int]:
    """Give what is left to long texts first, or to names, then a little to everyone."""
    long = [at for at, column in enumerate(columns) if _is_long(column, first=not at)]
    long = long or [at for at, column in enumerate(columns) if column.named] or [0]
    each = spare // len(long)
    for at in long:
        more = max(min(each, columns[at].width + _MOST_MORE - widths[at]), 0)
        widths[at] += more
        spare -= more
    every, rest = divmod(spare, len(columns))
    widths = [width + every for width in widths]
    widths[long[0]] += rest
    return widths
