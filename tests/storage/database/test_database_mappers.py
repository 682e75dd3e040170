"""Every entity comes back from its row as it went in."""

import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import JSON

from journey.model.assumptions import ASSUMPTION_NAMES, Assumptions
from journey.model.ids import Kind
from journey.model.workspace import CLASS_OF
from storage.database.engine import canonical_json
from storage.database.mappers import FIELDS, TABLE_OF, from_row, to_row
from tests.storage.database.strategies import ENTITIES


def _stored(kind: Kind, row: dict[str, object]) -> dict[str, Any]:
    """Return the row as a database gives it back: JSON columns through their text."""
    columns = TABLE_OF[kind].columns
    return {
        name: json.loads(canonical_json(value)) if isinstance(columns[name].type, JSON) else value
        for name, value in row.items()
    }


@pytest.mark.parametrize("kind", list(Kind))
def test_an_entity_comes_back_as_it_went_in(kind: Kind) -> None:
    @given(ENTITIES[kind])
    def comes_back(entity: Any) -> None:
        assert from_row(kind, _stored(kind, to_row(entity))) == entity

    comes_back()


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.ASSUMPTIONS])
def test_every_field_has_its_column(kind: Kind) -> None:
    names = [field.name for field in fields(CLASS_OF[kind])]
    assert list(FIELDS[kind]) == names
    assert [c.name for c in TABLE_OF[kind].columns] == [*names, "version"]


def test_an_unknown_figure_is_kept() -> None:
    figures = {"top_k": 7, "of_tomorrow": 0.5}
    row = {"id": "assumptions", "figures": figures, "extra": {"a": [1]}, "name": ""}
    found = from_row(Kind.ASSUMPTIONS, row)
    assert found == Assumptions(top_k=7, extra={"of_tomorrow": 0.5, "a": [1]})
    again = to_row(found)
    assert again["extra"] == {"of_tomorrow": 0.5, "a": [1]}
    assert set(ASSUMPTION_NAMES) == set(again["figures"])  # type: ignore[call-overload]


_JUNK = st.sampled_from([b"\x00", object(), [], {}, [[]], "not a date", 1.5, True, -1, None, ""])


@pytest.mark.parametrize("kind", list(Kind))
def test_junk_is_refused_or_read_as_the_type_it_is(kind: Kind) -> None:
    @given(ENTITIES[kind], st.data())
    def survives(entity: Any, data: st.DataObject) -> None:
        row = _stored(kind, to_row(entity))
        name = data.draw(st.sampled_from(sorted(row)))
        row[name] = data.draw(_JUNK)
        try:
            found = from_row(kind, row)
        except ValueError:
            return
        assert from_row(kind, _stored(kind, to_row(found))) == found

    survives()
