"""The judged lines of those whose judgements are not edited now."""

from collections.abc import Sequence

from journey.model.ids import PersonaId
from journey.model.workspace import Workspace
from ui.map import words
from ui.map.cells import ColumnCells
from ui.map.experience import Other


def other_lines(
    ws: Workspace, columns: Sequence[ColumnCells], persona: PersonaId | None
) -> tuple[Other, ...]:
    """Return a line for everyone who judged and is not `persona` (None: everyone at once)."""
    if not ws.personas:
        return ()
    names: dict[PersonaId | None, str] = dict.fromkeys((None,), words.everyone())
    names |= {p.id: p.name for p in ws.personas.values()}
    names.pop(persona, None)
    values: dict[PersonaId | None, list[float | None]] = {}
    for index, cells in enumerate(columns):
        for judged in cells.touchpoint.judged_experience if cells.touchpoint else ():
            if judged.persona in names:
                line = values.setdefault(judged.persona, [None] * len(columns))
                line[index] = judged.value
    return tuple(Other(names[key], tuple(values[key])) for key in names if key in values)
