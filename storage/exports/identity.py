"""What a pack says of itself so that it can come back: one layout, written here, read there."""

from datetime import date
from typing import Final

from journey.report.pack import Pack, PackRow
from journey.returns.pack import Field, Value

FORMAT: Final = "waymark-pack/1"
SHEET: Final = "waymark"

# The facts in the first rows of the hidden sheet: their keys stand in its first column. Packs made
# before may have fewer; what is new is added at the end.
FACTS: Final = (
    "format",
    "workspace",
    "content_sha256",
    "quarter",
    "leader",
    "leader_name",
    "language",
    "generated_on",
    "workspace_id",
)
# Below the facts, one row per pain point with what its cells held.
ROW_KEYS: Final = ("pain_point", "improvement", "title", *(field.value for field in Field))

# By these keys, in a hidden row, a column is known wherever it was moved to.
ANSWER_KEYS: Final = (*(field.value for field in Field), "pain_point", "improvement")


def facts_of(pack: Pack) -> tuple[str, ...]:
    """Return the facts of a pack in the order of `FACTS`."""
    return (
        FORMAT,
        pack.workspace,
        pack.foot.content_sha256,
        pack.quarter or "",
        pack.leader or "",
        pack.leader_name,
        pack.language,
        pack.foot.generated_on.isoformat(),
        pack.foot.workspace_id,
    )


def answer_of(row: PackRow, field: Field) -> Value:
    """Return what a row's cell holds when the pack is made: what is known, never a stand-in."""
    item = row.item
    if item.improvement is None:
        return None
    if field is Field.STATUS:
        return row.status
    if field is Field.DUE:
        return row.due
    if field is Field.EFFORT:
        return None if item.effort_assumed else item.effort_days
    return row.notes


def kept(value: Value) -> str | float | None:
    """Return a value as the hidden sheet keeps it: dates as text, so that no zone touches them."""
    return value.isoformat() if isinstance(value, date) else value
