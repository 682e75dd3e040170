"""What a returned pack holds, read and typed, before anything is compared."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Value = str | date | float | None


class Field(StrEnum):
    """What a leader fills in; the values are the fields of an improvement."""

    STATUS = "status"
    DUE = "due"
    EFFORT = "effort_days"
    NOTES = "notes"


# What a row without an improvement holds; it compares equal to an improvement just made.
NOTHING: Mapping[Field, Value] = {
    Field.STATUS: "",
    Field.DUE: None,
    Field.EFFORT: None,
    Field.NOTES: "",
}


def same(one: Value, other: Value) -> bool:
    """Whether two values say the same; spreadsheets keep fifteen digits of a number."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-12)
    return one == other


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell that was not taken.

    Attributes:
        line: of the sheet, from 1. title: of the row's pain point, for people.
        text: what stood in the cell, cut to what can be shown.
        reason: not_a_status, not_a_date, not_a_number, not_positive, pain_point_gone,
            improvement_gone, contradicts or not_editable.
    """

    line: int
    title: str
    field: Field
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row as it came back.

    Attributes:
        improvement: the id it was exported with, None where it had none.
        exported: what the cells held when the pack was made.
        returned: what they hold now; a refused cell is left out.
    """

    line: int
    pain_point: str
    improvement: str | None
    title: str
    exported: Mapping[Field, Value]
    returned: Mapping[Field, Value]


@dataclass(frozen=True, slots=True)
class ReturnedPack:
    """A pack with what its leader filled in.

    Attributes:
        workspace: the name it was exported from; content_sha256: of its content then.
        workspace_id: whose it is under any name; "" in a pack of a file that had none.
        quarter: None for a pack of all time. leader: an id, None for what nobody owned.
        refused: cells that could not be read.
    """

    workspace: str
    content_sha256: str
    quarter: str | None
    leader: str | None
    leader_name: str
    rows: tuple[ReturnedRow, ...]
    refused: tuple[RefusedCell, ...] = ()
    workspace_id: str = ""
