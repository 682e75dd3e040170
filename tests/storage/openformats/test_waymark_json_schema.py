"""What is documented is what is written: the JSON Schema in docs against real dumps."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from storage.openformats import shapes
from storage.openformats.dump import dump
from storage.openformats.load import load

DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads((DOCS / "waymark-1.schema.json").read_text("utf-8"))


@pytest.fixture
def dumped(fixtures: Path, tmp_path: Path) -> Any:
    loaded = load(fixtures / "json" / "bank.json")
    rows = list(loaded.responses())

    class Stored:
        def iter_responses(self, survey: str) -> Any:
            return (row for found, row in rows if found == survey)

        def iter_purchases(self) -> Any:
            return loaded.purchases

        def iter_event_logs(self) -> Any:
            return loaded.event_logs

    return json.loads(dump(loaded.workspace, Stored(), tmp_path / "out.json").read_bytes())


def closed(schema: Any) -> Any:
    """Return the schema with every object refusing fields it does not name."""
    if isinstance(schema, dict):
        copied = {key: closed(value) for key, value in schema.items()}
        if "properties" in copied:
            copied.setdefault("additionalProperties", False)
        return copied
    return [closed(item) for item in schema] if isinstance(schema, list) else schema


def test_the_schema_is_one(schema: Any) -> None:
    Draft202012Validator.check_schema(schema)


def test_a_dump_fits_the_schema(schema: Any, dumped: Any) -> None:
    Draft202012Validator(schema).validate(dumped)


def test_every_field_written_is_documented(schema: Any, dumped: Any) -> None:
    strict = copy.deepcopy(dumped)
    del strict["assumptions"]["a_later_assumption"]
    Draft202012Validator(closed(schema)).validate(strict)


def test_every_documented_field_is_written(schema: Any, dumped: Any) -> None:
    assert list(schema["properties"]) == list(shapes.TOP_LEVEL) == list(dumped)
    for key, part in schema["properties"].items():
        reference = part.get("items", {}).get("$ref", "")
        if reference:
            documented = schema["$defs"][reference.rpartition("/")[2]]["properties"]
            assert list(dumped[key][0]) == list(documented), key


def test_a_hand_written_file_fits_the_schema(schema: Any, fixtures: Path) -> None:
    document = json.loads((fixtures / "json" / "bank.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(document)


def test_the_schema_refuses_what_the_loader_refuses(schema: Any, dumped: Any) -> None:
    for change in (
        {"format": "waymark/2"},
        {"leaders": [{"id": "a"}]},
        {"segments": [{"id": "a", "name": "A", "customers_per_year": -1}]},
        {"questions": [{"id": "a", "metric": "joy"}]},
    ):
        assert not Draft202012Validator(schema).is_valid(dumped | change)
