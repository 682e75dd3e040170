"""Filters and orders of rows: what a filter's text asks for, and stable sorting by columns."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ui import numbers
from ui.table.columns import Column
from ui.table.words import tr

Key = float | str | None
_RANGE: Final = re.compile(r"^\s*(.+?)\s*(?:\.\.|…|–| to )\s*(.+?)\s*$")
_SIGNS: Final[tuple[tuple[str, Callable[[float, float], bool]], ...]] = (
    (">=", lambda a, b: a >= b),
    ("≥", lambda a, b: a >= b),
    ("<=", lambda a, b: a <= b),
    ("≤", lambda a, b: a <= b),
    (">", lambda a, b: a > b),
    ("<", lambda a, b: a < b),
    ("=", lambda a, b: a == b),
)
_DASHES: Final = ("–", "-", "−")


@dataclass(frozen=True, slots=True)
class Filter:
    """What rows of a column are kept.

    Attributes:
        text: of a text or figure column, as typed: words all of which must be there, ">3",
            "2..4", "–" for empty cells.
        chosen: of a column picked by name: the texts kept; empty keeps all.
    """

    text: str = ""
    chosen: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.chosen)


@dataclass(frozen=True, slots=True)
class SortBy:
    """One column rows are sorted by."""

    key: str
    descending: bool = False


def matcher(column: Column, wanted: Filter) -> Callable[[str, Key], bool] | None:
    """Return whether a cell of a text and a key is kept; None for a figure that is no figure."""
    if wanted.chosen:
        chosen = wanted.chosen
        return lambda text, _key: text in chosen
    bare = wanted.text.strip()
    if bare in _DASHES or bare.casefold() == tr("empty").casefold():
        return lambda text, _key: text in ("", numbers.NONE)
    if column.numeric:
        return _figures(bare)
    words = bare.casefold().split()
    return lambda text, _key: all(word in text.casefold() for word in words)


def _figures(text: str) -> Callable[[str, Key], bool] | None:
    spread = _RANGE.match(text)
    if spread is not None:
        low, high = numbers.parse(spread[1]), numbers.parse(spread[2])
        if low is None or high is None:
            return None
        return lambda _text, key: isinstance(key, float | int) and low <= key <= high
    for sign, holds in _SIGNS:
        if text.startswith(sign):
            return _against(text.removeprefix(sign), holds)
    return _against(text, lambda a, b: a == b)


def _against(text: str, holds: Callable[[float, float], bool]) -> Callable[[str, Key], bool] | None:
    bound = numbers.parse(text)
    if bound is None:
        return None
    return lambda _text, key: isinstance(key, float | int) and holds(key, bound)


def filter_words(label: str, column: Column, wanted: Filter) -> str:
    """Return a filter in words: "severity 2 or more", "status Open or Planned"."""
    if wanted.chosen:
        few = sorted(wanted.chosen)
        words = tr(" or ").join(text or tr("empty") for text in few[:3])
        more = tr(" and {0} more").format(len(few) - 3) if len(few) > 3 else ""
        return f"{label} {words}{more}"
    text = wanted.text.strip()
    if not column.numeric:
        return tr("{0} contains “{1}”").format(label, text)
    for sign, words in ((">=", tr("{0} or more")), ("≥", tr("{0} or more")),
                        ("<=", tr("{0} or less")), ("≤", tr("{0} or less")),
                        (">", tr("above {0}")), ("<", tr("below {0}"))):  # fmt: skip
        if text.startswith(sign):
            return f"{label} {words.format(text.removeprefix(sign).strip())}"
    return f"{label} {text}"


def ordered(
    rows: Sequence[str], by: Sequence[SortBy], key_of: Callable[[str, str], Key]
) -> list[str]:
    """Return rows sorted by columns, the first counting most; equal ones keep their order.

    Rows without a value come last whichever way a column is sorted.
    """
    result = list(rows)
    for one in reversed(by):
        keys = {row: key_of(row, one.key) for row in result}
        known = [row for row in result if keys[row] not in (None, "")]
        empty = [row for row in result if keys[row] in (None, "")]
        # A reversed sort keeps equal rows in their order too.
        known.sort(key=lambda row: _comparable(keys[row]), reverse=one.descending)
        result = known + empty
    return result


def _comparable(key: Key) -> tuple[int, float, str]:
    return (0, float(key), "") if isinstance(key, float | int) else (1, 0.0, str(key).casefold())
