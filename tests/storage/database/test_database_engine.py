"""Connections: guarded, explicit, and never waiting where they only read."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from storage.database import engine as engines
from storage.database.engine import connect, for_reading, reading_engine, working_engine


def _pragma(engine: Engine, name: str) -> object:
    with for_reading(engine).connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("mmap_size", 0),
        ("secure_delete", 1),
        ("foreign_keys", 1),
    ],
)
def test_the_working_engine_has_every_guard(engine: Engine, name: str, value: object) -> None:
    assert _pragma(engine, name) == value


@pytest.mark.parametrize("name", ["trusted_schema", "query_only", "cell_size_check"])
def test_the_reading_engine_has_every_guard(database: Path, name: str) -> None:
    engine = reading_engine(database)
    try:
        assert _pragma(engine, name) == (0 if name == "trusted_schema" else 1)
        with pytest.raises(OperationalError), engine.begin() as connection:
            connection.execute(text("DELETE FROM document"))
    finally:
        engine.dispose()


def test_reading_creates_nothing_beside_the_file(database: Path) -> None:
    before = sorted(database.parent.iterdir())
    engine = reading_engine(database)
    with engine.connect() as connection:
        connection.execute(text("SELECT * FROM document")).all()
        assert sorted(database.parent.iterdir()) == before
    engine.dispose()


def test_a_failed_transaction_leaves_nothing(engine: Engine) -> None:
    def fail() -> None:
        with engine.begin() as connection:
            connection.execute(text("UPDATE document SET change_sequence = 7"))
            connection.execute(text("CREATE TABLE another (id INTEGER)"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with for_reading(engine).connect() as connection:
        assert connection.execute(text("SELECT change_sequence FROM document")).scalar() == 0
        names = connection.execute(text("SELECT name FROM sqlite_schema")).scalars().all()
    assert "another" not in names


def test_a_writer_takes_its_place_at_the_beginning(
    engine: Engine, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 0.0)
    other = connect(database, mode="rw")
    try:
        with engine.begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    finally:
        other.close()


def test_reading_does_not_wait_for_a_writer(engine: Engine) -> None:
    with engine.begin() as writer:
        writer.execute(text("UPDATE document SET change_sequence = 7"))
        with for_reading(engine).connect() as reader:
            assert reader.execute(text("SELECT change_sequence FROM document")).scalar() == 0


def test_a_connection_serves_whichever_thread_comes(engine: Engine) -> None:
    found: list[object] = []

    def read() -> None:
        with for_reading(engine).connect() as connection:
            found.append(connection.execute(text("SELECT id FROM document")).scalar())

    read()
    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert found == [1, 1]


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    engine = working_engine(tmp_path / "nothing.db")
    with pytest.raises(OperationalError):
        engine.connect()
    engine.dispose()
    assert list(tmp_path.iterdir()) == []
