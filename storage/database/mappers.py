"""Entities to rows and back, field by field, for every kind."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Table

from journey.model.assumptions import ASSUMPTION_NAMES, Assumptions
from journey.model.ids import Kind
from journey.model.workspace import CLASS_OF, Entity
from storage.database import codecs as c
from storage.database import tables

TABLE_OF: Mapping[Kind, Table] = {Kind(table.name): table for table in tables.EDIT_TABLES}

# Every field of every kind, id first; the columns bear the same names.
FIELDS: Mapping[Kind, Mapping[str, c.Codec]] = {
    Kind.WORKSPACE: {
        "id": c.TEXT,
        "name": c.TEXT,
        "currency": c.TEXT,
        "language": c.TEXT,
        "minimum_n": c.WHOLE,
        "fiscal_year_start_month": c.WHOLE,
    },
    Kind.LEADER: {"id": c.TEXT, "name": c.TEXT, "role": c.TEXT, "email": c.TEXT},
    Kind.PERSONA: {
        "id": c.TEXT,
        "name": c.TEXT,
        "description": c.TEXT,
        "segment": c.OPTIONAL_TEXT,
    },
    Kind.SEGMENT: {
        "id": c.TEXT,
        "name": c.TEXT,
        "customers_per_year": c.OPTIONAL_REAL,
        "value_if_retained": c.OPTIONAL_REAL,
    },
    Kind.JOURNEY: {
        "id": c.TEXT,
        "name": c.TEXT,
        "position": c.REAL,
        "persona": c.OPTIONAL_TEXT,
        "entrants": c.ENTRANTS,
        "locked": c.FLAG,
        "layout": c.FACTS,
    },
    Kind.STAGE: {"id": c.TEXT, "journey": c.TEXT, "name": c.TEXT, "position": c.REAL},
    Kind.TOUCHPOINT: {
        "id": c.TEXT,
        "journey": c.TEXT,
        "name": c.TEXT,
        "stage": c.OPTIONAL_TEXT,
        "position": c.REAL,
        "channel": c.TEXT,
        "department": c.TEXT,
        "owner": c.OPTIONAL_TEXT,
        "moment_of_truth": c.FLAG,
        "shared_with": c.TEXTS,
        "judged_experience": c.JUDGED,
        "step": c.TEXT,
        "colour": c.TEXT,
    },
    Kind.TRANSITION: {
        "id": c.TEXT,
        "journey": c.TEXT,
        "source": c.TEXT,
        "target": c.TEXT,
        "segment": c.OPTIONAL_TEXT,
        "count": c.OPTIONAL_REAL,
    },
    Kind.PAIN_POINT: {
        "id": c.TEXT,
        "journey": c.TEXT,
        "title": c.TEXT,
        "touchpoint": c.OPTIONAL_TEXT,
        "position": c.REAL,
        "severity": c.OPTIONAL_WHOLE,
        "frequency": c.OPTIONAL_WHOLE,
        "votes": c.OPTIONAL_WHOLE,
        "owner": c.OPTIONAL_TEXT,
        "status": c.TEXT,
        "evidence": c.TEXT,
        "colour": c.TEXT,
        "ballots": c.FACTS,
    },
    Kind.STRENGTH: {
        "id": c.TEXT,
        "journey": c.TEXT,
        "title": c.TEXT,
        "touchpoint": c.OPTIONAL_TEXT,
        "evidence": c.TEXT,
    },
    Kind.LANE: {
        "id": c.TEXT,
        "journey": c.TEXT,
        "name": c.TEXT,
        "position": c.REAL,
        "content": c.TEXT,
    },
    Kind.NOTE: {
        "id": c.TEXT,
        "lane": c.TEXT,
        "stage": c.OPTIONAL_TEXT,
        "touchpoint": c.OPTIONAL_TEXT,
        "title": c.TEXT,
        "text": c.TEXT,
        "extra": c.FACTS,
    },
    Kind.IMPROVEMENT: {
        "id": c.TEXT,
        "title": c.TEXT,
        "addresses": c.TEXTS,
        "effort_days": c.OPTIONAL_REAL,
        "cost": c.OPTIONAL_REAL,
        "efficacy": c.OPTIONAL_REAL,
        "owner": c.OPTIONAL_TEXT,
        "status": c.TEXT,
        "due": c.OPTIONAL_DAY,
        "quarter": c.OPTIONAL_TEXT,
        "done_on": c.OPTIONAL_DAY,
        "prediction": c.FACTS,
        "trial": c.FACTS,
        "notes": c.TEXT,
        "rolled_from": c.TEXTS,
    },
    Kind.QUESTION: {
        "id": c.TEXT,
        "touchpoint": c.OPTIONAL_TEXT,
        "text": c.TEXT,
        "metric": c.TEXT,
        "scale": c.SCALE,
        "higher_is_better": c.FLAG,
    },
    Kind.SURVEY: {
        "id": c.TEXT,
        "name": c.TEXT,
        "design": c.TEXT,
        "quarter": c.OPTIONAL_TEXT,
        "outcome_means": c.OPTIONAL_TEXT,
        "outcome_months": c.OPTIONAL_WHOLE,
        "mapping": c.TEXT,
        "source_file": c.TEXT,
        "source_sha256": c.TEXT,
        "imported_at": c.OPTIONAL_MOMENT,
        "records": c.WHOLE,
        "batch_sha256": c.TEXT,
    },
    Kind.KPI: {
        "id": c.TEXT,
        "name": c.TEXT,
        "touchpoint": c.OPTIONAL_TEXT,
        "owner": c.OPTIONAL_TEXT,
        "unit": c.TEXT,
        "better": c.TEXT,
        "target": c.OPTIONAL_REAL,
        "measure": c.TEXT,
        "note": c.TEXT,
    },
    Kind.OBSERVATION: {
        "id": c.TEXT,
        "kpi": c.TEXT,
        "period": c.TEXT,
        "value": c.REAL,
        "n": c.OPTIONAL_WHOLE,
    },
    Kind.QUARTER: {
        "id": c.TEXT,
        "frozen_at": c.OPTIONAL_MOMENT,
        "content_sha256": c.TEXT,
        "method_version": c.TEXT,
        "items": c.FACT_LIST,
        "record": c.FACTS,
        "revision": c.WHOLE,
        "reason": c.TEXT,
    },
    Kind.EVENT_LOG: {
        "id": c.TEXT,
        "name": c.TEXT,
        "journey": c.TEXT,
        "source_file": c.TEXT,
        "source_sha256": c.TEXT,
        "imported_at": c.OPTIONAL_MOMENT,
        "events": c.WHOLE,
        "cases": c.WHOLE,
        "mapping": c.TEXT,
        "batch_sha256": c.TEXT,
    },
    Kind.PURCHASE_LOG: {
        "id": c.TEXT,
        "name": c.TEXT,
        "source_file": c.TEXT,
        "source_sha256": c.TEXT,
        "imported_at": c.OPTIONAL_MOMENT,
        "purchases": c.WHOLE,
        "customers": c.WHOLE,
        "mapping": c.TEXT,
        "batch_sha256": c.TEXT,
    },
}


def to_row(entity: Entity) -> dict[str, object]:
    """Return the values of an entity's columns, without the version."""
    if isinstance(entity, Assumptions):
        figures, extra = entity.figures(), dict(entity.extra)
        return {"id": entity.id, "figures": figures, "extra": extra, "name": entity.name}
    fields = FIELDS[entity.kind]
    return {name: codec.encode(getattr(entity, name)) for name, codec in fields.items()}


def from_row(kind: Kind, row: Mapping[str, Any]) -> Entity:
    """Return the entity a row holds.

    Raises:
        ValueError: a value is not what its column holds.
    """
    if kind is Kind.ASSUMPTIONS:
        return _assumptions(row)
    values = {name: codec.decode(row[name]) for name, codec in FIELDS[kind].items()}
    if not values["id"]:
        raise ValueError("an object without an id")
    return CLASS_OF[kind](**values)


def _assumptions(row: Mapping[str, Any]) -> Assumptions:
    """Return the assumptions; figures this version does not know are kept in `extra`."""
    kept, extra = c.facts(row["figures"]), c.facts(row["extra"])
    defaults = Assumptions().figures()
    known = {
        name: c.figure(kept[name], defaults[name]) for name in ASSUMPTION_NAMES if name in kept
    }
    unknown = {name: value for name, value in kept.items() if name not in defaults}
    own = {"id": c.TEXT.decode(row["id"]), "name": c.TEXT.decode(row["name"])}
    return cast(Assumptions, cast(Any, Assumptions)(**own, extra={**unknown, **extra}, **known))
