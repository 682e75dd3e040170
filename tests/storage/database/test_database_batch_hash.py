"""A batch's hash: the same however it is fed, another for any other content."""

import itertools
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.database import tables
from storage.database.batch_hash import BatchHash, batch_sha256
from storage.database.engine import connect

_ROWS = [
    (0, "anna", "2026-11-22T09:30:00Z", 20264, 0, None, 1, b"\x00\x00\x05\x00", None, None),
    (1, 'bo\n,"', None, 20264, None, 1.5, None, b"", b"\x01\x00", '{"age":30}'),
    (2, None, None, 20261, 1, 0.25, 0, b"\x00\x00\x01\x00", None, "null"),
]


@given(st.lists(st.integers(0, 3), max_size=4))
def test_the_pieces_in_which_it_is_fed_do_not_matter(cuts: list[int]) -> None:
    whole, pieces = BatchHash("{}", 3), BatchHash("{}", 3)
    whole.add(tables.response, _ROWS)
    places = [0, *sorted(cuts), 3]
    for start, end in itertools.pairwise(places):
        pieces.add(tables.response, _ROWS[start:end])
    assert pieces.hexdigest() == whole.hexdigest()


@pytest.fixture
def filled(database: Path) -> sqlite3.Connection:
    """A database with one batch that has a row in every table."""
    connection = connect(database, mode="rw")
    connection.execute("INSERT INTO batch VALUES (1, 'survey-1', '{}', 3, '')")
    connection.executemany("INSERT INTO response VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _ROWS)
    connection.execute("INSERT INTO comment VALUES (1, 0, 'Why?', NULL, 'slow')")
    connection.execute("INSERT INTO histogram VALUES (1, 0, 20264, -1, 5, 1, 1.0, 1.0)")
    connection.execute("INSERT INTO rejected VALUES (1, 7, 'score', 'x;y')")
    yield connection
    connection.close()


def test_what_is_fed_at_import_is_what_is_read_later(filled: sqlite3.Connection) -> None:
    fed = BatchHash("{}", 3)
    fed.add(tables.response, _ROWS)
    fed.add(tables.comment, [(0, "Why?", None, "slow")])
    fed.add(tables.histogram, [(0, 20264, -1, 5, 1, 1.0, 1.0)])
    fed.add(tables.rejected, [(7, "score", "x;y")])
    assert fed.hexdigest() == batch_sha256(filled, 1)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE response SET respondent = 'ann' WHERE seq = 0",
        "UPDATE response SET answers = x'00000400' WHERE seq = 0",
        "UPDATE response SET pain_points = x'' WHERE seq = 0",
        "UPDATE response SET weight = 1.0 WHERE seq = 0",
        "UPDATE response SET covariates = NULL WHERE seq = 2",
        "DELETE FROM response WHERE seq = 1",
        "UPDATE response SET answers = x'0000050000', pain_points = x'01' WHERE seq = 1",
        "UPDATE comment SET text = 'slow!'",
        "UPDATE histogram SET n = 2",
        "DELETE FROM rejected",
        "UPDATE batch SET layout = '{ }'",
        "UPDATE batch SET records = 4",
    ],
)
def test_any_change_shows(filled: sqlite3.Connection, change: str) -> None:
    before = batch_sha256(filled, 1)
    filled.execute(change)
    assert batch_sha256(filled, 1) != before
