"""Periods as people read and write them: a quarter with a space, all else as it is."""

import re
from typing import Final

_QUARTER: Final = re.compile(r"(\d{4})\s*[-/]?\s*[Qq]([1-4])")


def period_words(period: str) -> str:
    """Return a period as it is shown: "2026Q4" is "2026 Q4"."""
    found = _QUARTER.fullmatch(period)
    return f"{found[1]} Q{found[2]}" if found else period


def stored_period(text: str) -> str:
    """Return a period as the workspace keeps it: "2026 q4" is "2026Q4"."""
    found = _QUARTER.fullmatch(text.strip())
    return f"{found[1]}Q{found[2]}" if found else text.strip()
