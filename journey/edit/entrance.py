"""The entrance of text: every entity that a command or a loader brings is cleaned here."""

from dataclasses import fields, replace

from journey.model.check import REFERENCES
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
    for field in fields(entity):
        value = getattr(entity, field.name)
        if not isinstance(value, str) or field.name in references:
            continue
        if field.name in _ONE_LINE:
            text = clean_name(value)
        elif field.name in _PROSE:
            text = clean_note(value)
        else:
            continue
        if text != value:
            changed[field.name] = text
    return replace(entity, **changed) if changed else entity  # type: ignore[arg-type]
