"""Quarters of a document: frozen ones from their record, open ones from the evidence."""

from storage.quarters.sides import (
    ToCompare,
    ToFreeze,
    compare_quarters,
    metrics_of_quarter,
    quarter_data,
    read_quarter,
    read_to_compare,
    read_to_freeze,
)

__all__ = [
    "ToCompare",
    "ToFreeze",
    "compare_quarters",
    "metrics_of_quarter",
    "quarter_data",
    "read_quarter",
    "read_to_compare",
    "read_to_freeze",
]
