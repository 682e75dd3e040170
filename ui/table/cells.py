"""What the cells of an object show, and what they are sorted by."""

from datetime import date
from typing import NamedTuple

from journey.model.ids import Kind, LeaderId
from journey.model.map import PainPoint
from journey.model.workspace import Entity
from ui.table.columns import Column, Editor
from ui.table.found import Found
from ui.table.names import journey_of
from ui.table.sorting import Key
from ui.table.values import Context, read, text_of


class Cell(NamedTuple):
    """What a cell shows, and what it is sorted by. `faint`: it follows from another object."""

    text: str = ""
    key: Key = None
    mark: str = ""
    faint: bool = False


class Cells:
    """Makes the cells of a kind's objects."""

    def __init__(self, context: Context, found: Found) -> None:
        self._context, self._found = context, found

    def of(self, entity: Entity, column: Column) -> Cell:
        """Return what an object's cell shows."""
        if column.computed:
            return Cell(*self._found.cell(self._context.kind, column.key, entity))
        value = read(self._context.ws, entity, column)
        if value is None and column.key == "owner" and isinstance(entity, PainPoint):
            return Cell(self._owner_of_place(entity), faint=True)
        text = text_of(self._context, column, value, journey_of(self._context.ws, entity))
        return Cell(text, self._key(column, value, text))

    def _owner_of_place(self, pain: PainPoint) -> str:
        """A pain point without an owner is its touchpoint's."""
        spot = self._context.ws.touchpoints.get(pain.touchpoint) if pain.touchpoint else None
        owner: LeaderId | None = spot.owner if spot is not None else None
        return self._context.names.label(Kind.LEADER, owner) if owner is not None else ""

    def _key(self, column: Column, value: object, text: str) -> Key:
        if value is None:
            return None
        if isinstance(value, date):
            return float(value.toordinal())
        if column.editor is Editor.CHOICE:
            options = self._context.names.options(self._context.kind, column, None)
            return float(next((i for i, (v, _) in enumerate(options.items) if v == value), 99))
        if isinstance(value, float | int) and not isinstance(value, bool):
            return value * column.factor
        return text
