"""A pack that comes back: what its leader filled in, beside the workspace as it is now."""

from journey.returns.differences import (
    Comparison,
    Difference,
    barred_cells,
    check_belongs,
    find_differences,
)
from journey.returns.pack import Field, RefusedCell, ReturnedPack, ReturnedRow, Value
from journey.returns.taking import refusals, take_back

__all__ = [
    "Comparison",
    "Difference",
    "Field",
    "RefusedCell",
    "ReturnedPack",
    "ReturnedRow",
    "Value",
    "barred_cells",
    "check_belongs",
    "find_differences",
    "refusals",
    "take_back",
]
