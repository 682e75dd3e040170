"""Quarters: their labels and what is kept of a frozen one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from journey.model.ids import Kind, QuarterId

_LABEL = re.compile(r"(\d{4})Q([1-4])")


@dataclass(frozen=True, slots=True)
class Quarter:
    """A frozen quarter: the list as it was, never edited afterwards. Its id is its label.

    Attributes:
        items: the ranked list, in rank order.
        record: all else that was frozen with it (journey.quarter).
        revision: 1 at first; one more each time it was reopened and frozen again, with a reason.
    """

    kind: ClassVar[Kind] = Kind.QUARTER
    id: QuarterId
    frozen_at: datetime | None = None
    content_sha256: str = ""
    method_version: str = ""
    items: tuple[Mapping[str, object], ...] = ()
    record: Mapping[str, object] = field(default_factory=dict, hash=False)
    revision: int = 1
    reason: str = ""


def quarter_of(day: date, first_month: int = 1) -> str:
    """Return the label, as "2026Q4", of a date in a fiscal year starting in `first_month`.

    A fiscal year that starts after January bears the calendar year in which it ends.
    """
    months = (day.month - first_month) % 12
    year = day.year + (1 if first_month > 1 and day.month >= first_month else 0)
    return f"{year:04d}Q{months // 3 + 1}"


def parse_quarter(label: str) -> tuple[int, int]:
    """Return (year, 1 … 4) of a label; ValueError where it is none."""
    match = _LABEL.fullmatch(label)
    if match is None:
        raise ValueError(label)
    return int(match[1]), int(match[2])


def quarter_before(label: str) -> str:
    """Return the label of the quarter before one; ValueError where it is none."""
    year, part = parse_quarter(label)
    return f"{year:04d}Q{part - 1}" if part > 1 else f"{year - 1:04d}Q4"


def quarter_number(label: str | None) -> int:
    """Return the label as a sortable whole number, 20264 for "2026Q4"; 0 where there is none."""
    if label is None:
        return 0
    year, part = parse_quarter(label)
    return year * 10 + part


def quarter_label(number: int) -> str | None:
    """Return the label of a number made by `quarter_number`; None for 0."""
    return None if number == 0 else f"{number // 10:04d}Q{number % 10}"
