"""The content hash of a document: the same content has the same hash in every file.

SHA-256 over, in this order: each edit table's name and its rows by id, without `version`; the
purchases and the event logs likewise; for each survey's batch, by survey, its id and its own hash;
the same for the batches of imported logs, where there are any.
A row is the JSON array of its columns' stored values, rows are joined by commas. Answers of
batches without a survey are no content.
"""

import hashlib
import json
import sqlite3

from storage.database import tables
from storage.database.batch_hash import batch_sha256
from storage.database.log_batches import LOGS, active_batches, damaged_logs, purge_logs

_ROWS = 2000


def content_sha256(connection: sqlite3.Connection) -> str:
    """Return the hash of what a database holds.

    Raises:
        sqlite3.Error, TypeError, ValueError: a row cannot be read or is not what it should be.
    """
    made = hashlib.sha256()
    for table in (*tables.EDIT_TABLES, tables.purchase, tables.event_log):
        key = "id" if "id" in table.columns else "number"
        # The file's own tables and columns: an earlier version has fewer.
        found = connection.execute("SELECT name FROM pragma_table_info(?)", (table.name,))
        names = ", ".join(f'"{name}"' for (name,) in found if name != "version")
        if not names:
            continue
        made.update(f"\n{table.name}:".encode())
        query = f'SELECT {names} FROM "{table.name}" ORDER BY {key}'  # noqa: S608 - our own names
        _feed(made, connection.execute(query))
    made.update(b"\nbatch:")
    _feed(
        made,
        connection.execute(
            "SELECT survey, sha256 FROM batch WHERE survey IN (SELECT id FROM survey)"
            " ORDER BY survey"
        ),
    )
    for where in LOGS:
        kept = sorted((log, sha256) for _, log, sha256 in active_batches(connection, where))
        if kept:
            made.update(f"\n{where.batch.name}:".encode() + json.dumps(kept).encode())
    return made.hexdigest()


def _feed(made: "hashlib._Hash", cursor: sqlite3.Cursor) -> None:
    while rows := cursor.fetchmany(_ROWS):
        made.update(json.dumps(rows, separators=(",", ":"))[1:-1].encode() + b",")


def damaged_batches(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return the surveys and logs whose stored rows no longer match the hash taken at import."""
    batches = connection.execute("SELECT number, survey, sha256 FROM batch ORDER BY number")
    damaged = []
    for number, survey, expected in batches.fetchall():
        try:
            whole = batch_sha256(connection, number) == expected
        except (sqlite3.Error, TypeError, ValueError):
            whole = False
        if not whole:
            damaged.append(survey)
    return (*damaged, *damaged_logs(connection))


def purge_inactive(connection: sqlite3.Connection) -> bool:
    """Drop the answers whose survey is gone, and such logs; return whether there were any."""
    gone = "NOT IN (SELECT number FROM batch WHERE survey IN (SELECT id FROM survey))"
    dropped = 0
    for name in ("response", "comment", "histogram", "rejected"):
        dropped += connection.execute(f"DELETE FROM {name} WHERE batch {gone}").rowcount  # noqa: S608
    dropped += connection.execute(
        "DELETE FROM batch WHERE survey NOT IN (SELECT id FROM survey)"
    ).rowcount
    dropped += purge_logs(connection)
    return dropped > 0
