"""Figures written out for people, as `journey.report.figures` gives them to every format."""

from journey.report.figures import (
    MINUS,
    THIN,
    Unit,
    grouped,
    long_date,
    percent,
    quarter_words,
    short_hash,
    unit_of,
)

__all__ = [
    "MINUS",
    "THIN",
    "Unit",
    "grouped",
    "long_date",
    "percent",
    "quarter_words",
    "short_hash",
    "unit_of",
]
