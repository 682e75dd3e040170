"""Which workspace a file holds, whatever it is called: made once, kept by every copy of the file.

It stands behind the name of the program that made the file. Files made before have none.
"""

import secrets

from sqlalchemy import Engine, select

from storage.database import tables
from storage.database.engine import for_reading

_PROGRAM = "Waymark"


def made_by() -> str:
    """Return what a new file says of its making: the program, and a fresh identity."""
    return f"{_PROGRAM} {secrets.token_hex(8)}"


def identity_of(engine: Engine) -> str:
    """Return the identity of a document's workspace, "" where its file has none."""
    with for_reading(engine).connect() as connection:
        written = connection.execute(select(tables.document.c.written_by)).scalar()
    program, _, identity = str(written or "").partition(" ")
    return identity if program == _PROGRAM else ""
