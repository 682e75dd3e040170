"""A database in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.database.engine import connect, working_engine
from storage.database.migrations import SCHEMA_VERSION
from storage.document.schema import create_schema


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A file with our schema and the row about the document."""
    path = tmp_path / "a database?#%20.db"
    connection = connect(path, mode="rwc")
    create_schema(connection)
    connection.execute("INSERT INTO document VALUES (1, ?, 0, '', 'a test')", (SCHEMA_VERSION,))
    connection.close()
    return path


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    """The working engine of that file."""
    made = working_engine(database)
    yield made
    made.dispose()
