"""Objects copied on a map, a flow or in a workshop, as they come into a table."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from journey.edit import Fragment, Paste, Place
from journey.edit.command import display_name
from journey.model.ids import JourneyId, Kind, Ref, StageId, TouchpointId
from journey.model.map import Stage, Touchpoint
from journey.model.workspace import Entity, Workspace
from ui.table.columns import Column
from ui.table.values import Context, copied_text

if TYPE_CHECKING:
    from ui.table.model import TableModel

# What hangs on these comes with them; the others are rows like any that are pasted.
WHOLE: Final = frozenset({Kind.STAGE, Kind.TOUCHPOINT})


def taken(fragment: Fragment | None, kind: Kind) -> bool:
    """Whether a table of a kind takes what was copied as the objects they are."""
    return fragment is not None and {root.kind for root in fragment.roots} == {kind}


def pasted_whole(model: "TableModel", fragment: Fragment, journey: JourneyId, row: int) -> Paste:
    """Return the command that adds stages or touchpoints behind a row, with what hangs on them."""
    kind, rows = model.kind, model.rows
    found = model.workspace.find(Ref(kind, rows[row])) if row < len(rows) else None
    if isinstance(found, Touchpoint):
        place = Place(found.journey, found.stage, TouchpointId(found.id))
    elif isinstance(found, Stage):
        place = Place(found.journey, StageId(found.id))
    else:
        place = Place(journey)
    return Paste(fragment, place)


def as_rows(
    context: Context, fragment: Fragment, columns: Sequence[Column], journey: JourneyId | None
) -> list[list[str]]:
    """Return copied objects as the texts of these columns, a row each."""
    here = Workspace("", [*fragment.entities, *fragment.context])
    return [
        [_text(context, here, entity, column, journey) for column in columns]
        for root in fragment.roots
        if (entity := here.find(root)) is not None
    ]


def _text(
    context: Context, here: Workspace, entity: Entity, column: Column, journey: JourneyId | None
) -> str:
    if column.key == "votes":  # of the original alone
        return ""
    value = getattr(entity, column.field)
    known = copied_text(context, column, value, journey)
    if known or column.of is None or not value:
        return known
    # Copied in another workspace: found here by its name, or asked about.
    keys = value if isinstance(value, tuple) else (value,)
    named = (here.find(Ref(column.of, str(key))) for key in keys)
    return "; ".join(display_name(one) for one in named if one is not None)
