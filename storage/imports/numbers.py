"""Numbers as people and exports write them, and nothing else.

`float()` is not used on what a file holds: it takes nan, inf, 1_000 and figures of other
scripts, and turns 1e400 into infinity.
"""

import math
import re
from collections.abc import Iterable
from typing import Final

# Marks without a width, which copied cells bring along.
UNSEEN: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_MINUS: Final = str.maketrans({"\u2212": "-", "\u2013": "-", "\ufe63": "-", "\uff0d": "-"}) | UNSEEN
# Space, no-break space, narrow no-break space, thin space, figure space, apostrophes.
_GROUP_MARKS: Final = " \u00a0\u202f\u2009\u2007'\u2019"
_PLAIN: Final = re.compile(r"[+-]?[0-9]{1,15}", re.ASCII)
_SHAPE: Final = re.compile(
    rf"(?P<sign>[+-]?)[ ]?(?P<whole>[0-9]+(?:(?P<mark>[{_GROUP_MARKS}.,])[0-9]{{3}}"
    r"(?:(?P=mark)[0-9]{3})*)?|)"
    r"(?:(?P<point>[.,])(?P<part>[0-9]+))?(?P<power>[eE][+-]?[0-9]{1,4})?",
    re.ASCII,
)


def parse_number(text: str, *, decimal: str | None = None) -> float | None:
    """Return the finite number a cell says, or None.

    Args:
        text: the cell; blanks around it do not matter.
        decimal: "," or "." where the column's mark is known. Without it a single mark
            followed by exactly three figures is read as the decimal mark ("1.234" is 1.234),
            because scores have fractions and no thousands; use find_decimal on a column.
    """
    plain = normal_number(text, decimal=decimal)
    if plain is None:
        return None
    value = float(plain)
    return value if math.isfinite(value) else None


def normal_number(text: str, *, decimal: str | None = None) -> str | None:
    """Return the number in plain ASCII with a point, or None where it is none."""
    cell = text.translate(_MINUS).strip()
    if _PLAIN.fullmatch(cell):
        return cell
    found = _SHAPE.fullmatch(cell)
    if found is None or not (found["whole"] or found["part"]):
        return None
    whole, mark = found["whole"], found["mark"]
    point, part = found["point"], found["part"]
    if mark is not None and point is None and mark in ".,":
        single = whole.count(mark) == 1
        if mark == decimal or (decimal is None and single):
            whole, part = whole.split(mark) if single else (None, None)
            if whole is None:
                return None
            mark = None
    elif point is not None and (point == mark or (decimal is not None and point != decimal)):
        return None
    if mark is not None:
        groups = whole.split(mark)
        if not 1 <= len(groups[0]) <= 3:
            return None
        whole = "".join(groups)
    fraction = f".{part}" if part else ""
    return f"{found['sign']}{whole or '0'}{fraction}{found['power'] or ''}"


def find_decimal(cells: Iterable[str]) -> str | None:
    """Return the decimal mark a column uses, or None where its cells do not tell.

    A cell tells by a last mark followed by other than three figures, or by two different
    marks. The first telling cell decides; ones that disagree are refused when parsed.
    """
    for cell in cells:
        found = _SHAPE.fullmatch(cell.strip().translate(_MINUS))
        if found is None:
            continue
        point, mark = found["point"], found["mark"]
        if point is not None:
            return point
        if mark is not None and mark in ".," and found["whole"].count(mark) > 1:
            return "," if mark == "." else "."
    return None
