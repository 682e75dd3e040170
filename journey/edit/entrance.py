"""The entrance of text: every entity that a command or a loader brings is cleaned here."""

from dataclasses import replace

from journey.model.check import REFERENCES, field_names
from journey.model.text import clean_name, clean_note
from journey.model.workspace import Entity

_ONE_LINE = frozenset(
    {
        "name",
        "title",
        "role",
        "email",
        "channel",
        "department",
        "status",
        "unit",
        "content",
        "step",
        "colour",
    }
)
_PROSE = frozenset({"description", "evidence", "text", "notes", "note", "reason"})


def cleaned(entity: Entity) -> Entity:
    """Return the entity with every text a person typed made clean; ids are left alone."""
    changed: dict[str, object] = {}
    references = REFERENCES.get(entity.kind, {})
    for name in field_names(entity.kind):
        value = getattr(entity, name)
        if not isinstance(value, str) or name in references:
            continue
        if name in _ONE_LINE:
            text = clean_name(value)
        elif name in _PROSE:
            text = clean_note(value)
        else:
            continue
        if text != value:
            changed[name] = text
    return replace(entity, **changed) if changed else entity  # type: ignore[arg-type]
