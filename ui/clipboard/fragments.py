"""A fragment of a workspace as Waymark JSON: the objects as the format writes them, with kinds."""

import json
from dataclasses import MISSING, fields
from typing import Any

from journey.edit import Fragment
from journey.edit.entrance import cleaned
from journey.model.ids import Kind, Ref
from journey.model.workspace import CLASS_OF, Entity

# Beside what the format writes of an object: its parent and place, which there its list tells.
_PLACED = ("journey", "lane", "position")


def write_fragment(fragment: Fragment) -> bytes:
    """Return a fragment as JSON."""
    from storage.openformats import shapes

    found = {
        "format": shapes.FORMAT,
        "fragment": {
            "roots": [[ref.kind.value, ref.id] for ref in fragment.roots],
            "columns": dict(fragment.columns),
            "moved": fragment.moved,
        },
        "objects": [_object(entity) for entity in fragment.entities],
        "named": [_object(entity) for entity in fragment.context],
    }
    return json.dumps(found, ensure_ascii=False).encode()


def parse_fragment(data: bytes) -> Fragment | None:
    """Return the fragment in some JSON, None where it is none or not whole."""
    from storage.errors import DumpError
    from storage.openformats import shapes

    try:
        found = json.loads(data)
        if not isinstance(found, dict) or found.get("format") != shapes.FORMAT:
            return None
        entities = tuple(_entity(row) for row in found["objects"])
        context = tuple(_entity(row) for row in found["named"])
        about = found["fragment"]
        known = {Ref(e.kind, e.id) for e in entities}
        roots = tuple(Ref(Kind(kind), str(key)) for kind, key in about["roots"])
        columns = {str(k): int(v) for k, v in about["columns"].items()}
        if not known.issuperset(roots):
            return None
        return Fragment(roots, entities, context, columns, bool(about["moved"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, DumpError):
        return None


def _object(entity: Entity) -> dict[str, object]:
    row: dict[str, object] = {"object": entity.kind.value}
    row |= {name: getattr(entity, name) for name in _PLACED if hasattr(entity, name)}
    shape = _shape(entity.kind)
    return row | {f.name: f.codec.write(getattr(entity, f.model)) for f in shape}


def _entity(row: dict[str, Any]) -> Entity:
    kind = Kind(row["object"])
    cls: Any = CLASS_OF[kind]
    values: dict[str, Any] = {}
    for f in _shape(kind):
        if row.get(f.name) is not None:
            values[f.model] = f.codec.read(row[f.name], f.name)
    known = {f.name for f in fields(cls)}
    for name in _PLACED:
        if row.get(name) is not None and name in known:
            values[name] = float(row[name]) if name == "position" else str(row[name])
    for f in fields(cls):
        if f.name not in values and f.default is MISSING and f.default_factory is MISSING:
            raise KeyError(f.name)
    entity: Entity = cls(**values)
    return cleaned(entity)


def _shape(kind: Kind) -> Any:
    from storage.openformats import shapes

    return {
        Kind.LEADER: shapes.LEADER,
        Kind.PERSONA: shapes.PERSONA,
        Kind.SEGMENT: shapes.SEGMENT,
        Kind.JOURNEY: shapes.JOURNEY,
        Kind.STAGE: shapes.STAGE,
        Kind.TOUCHPOINT: shapes.TOUCHPOINT,
        Kind.TRANSITION: shapes.TRANSITION,
        Kind.PAIN_POINT: shapes.PAIN_POINT,
        Kind.STRENGTH: shapes.STRENGTH,
        Kind.LANE: shapes.LANE,
        Kind.NOTE: shapes.NOTE,
        Kind.IMPROVEMENT: shapes.IMPROVEMENT,
        Kind.KPI: shapes.KPI,
    }[kind]
