"""Schema version 2: how a journey is shown, who voted, what was predicted, what a quarter froze."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.database.migrations.added import ADDED

revision = "0002"
down_revision = "0001"

_NEW = ADDED[2]


def upgrade() -> None:
    """Make the changed tables anew, with the rows they have."""
    _numbers()
    _map()
    _improvement()
    _quarter()
    _logs()
    op.execute("UPDATE document SET schema_version = 2")


def _remade(name: str, *columns: sa.Column[Any]) -> None:
    """Make a table anew with its rows.

    A column added to a table in SQLite keeps its default for ever and stands last; a new file's
    table has neither, and a workspace file is held to one schema, letter by letter.
    """
    before = f"{name}_before"
    op.rename_table(name, before)
    version: sa.Column[Any] = sa.Column("version", sa.Integer(), nullable=False)
    op.create_table(name, *columns, version, sa.PrimaryKeyConstraint("id"))
    names = [str(column.name) for column in (*columns, version)]
    values = [_literal(_NEW[name][n]) if n in _NEW[name] else f'"{n}"' for n in names]
    into = ", ".join(f'"{n}"' for n in names)
    op.execute(
        f'INSERT INTO "{name}" ({into}) SELECT {", ".join(values)} FROM "{before}"'  # noqa: S608
    )
    op.drop_table(before)


def _literal(value: str | int | None) -> str:
    """Return a value of ours as SQL; none of them holds a quote."""
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else f"'{value}'"


def _id(name: str = "id", *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(200), nullable=optional)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _json(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=False)


def _real(name: str, *, optional: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Float(), nullable=optional)


def _numbers() -> None:
    _remade("assumptions", _id(), _json("figures"), _json("extra"), _text("name"))
    _remade(
        "kpi",
        _id(),
        _text("name"),
        _id("touchpoint", optional=True),
        _id("owner", optional=True),
        _text("unit"),
        _text("better"),
        _real("target"),
        _text("measure"),
        _text("note"),
    )


def _map() -> None:
    _remade(
        "journey",
        _id(),
        _text("name"),
        _real("position", optional=False),
        _id("persona", optional=True),
        _json("entrants"),
        sa.Column("locked", sa.Boolean(), nullable=False),
        _json("layout"),
    )
    _remade(
        "touchpoint",
        _id(),
        _id("journey"),
        _text("name"),
        _id("stage", optional=True),
        _real("position", optional=False),
        _text("channel"),
        _text("department"),
        _id("owner", optional=True),
        sa.Column("moment_of_truth", sa.Boolean(), nullable=False),
        _json("shared_with"),
        _json("judged_experience"),
        _text("step"),
        _text("colour"),
    )
    _remade(
        "pain_point",
        _id(),
        _id("journey"),
        _text("title"),
        _id("touchpoint", optional=True),
        _real("position", optional=False),
        sa.Column("severity", sa.Integer(), nullable=True),
        sa.Column("frequency", sa.Integer(), nullable=True),
        sa.Column("votes", sa.Integer(), nullable=True),
        _id("owner", optional=True),
        _text("status"),
        _text("evidence"),
        _text("colour"),
        _json("ballots"),
    )


def _improvement() -> None:
    _remade(
        "improvement",
        _id(),
        _text("title"),
        _json("addresses"),
        _real("effort_days"),
        _real("cost"),
        _real("efficacy"),
        _id("owner", optional=True),
        _text("status"),
        sa.Column("due", sa.String(10), nullable=True),
        sa.Column("quarter", sa.String(6), nullable=True),
        sa.Column("done_on", sa.String(10), nullable=True),
        _json("prediction"),
        _json("trial"),
        _text("notes"),
        _json("rolled_from"),
    )


def _quarter() -> None:
    _remade(
        "quarter",
        _id(),
        sa.Column("frozen_at", sa.String(40), nullable=True),
        _text("content_sha256"),
        _text("method_version"),
        _json("items"),
        _json("record"),
        sa.Column("revision", sa.Integer(), nullable=False),
        _text("reason"),
    )


def _logs() -> None:
    """Make the tables of imported event and purchase logs."""
    for name, own, counts in (
        ("event_import", [_id("journey")], ("events", "cases")),
        ("purchase_import", [], ("purchases", "customers")),
    ):
        op.create_table(
            name,
            _id(),
            _text("name"),
            *own,
            _text("source_file"),
            _text("source_sha256"),
            sa.Column("imported_at", sa.String(40), nullable=True),
            *(sa.Column(count, sa.Integer(), nullable=False) for count in counts),
            _text("mapping"),
            _text("batch_sha256"),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.PrimaryKeyConstraint("id"),
        )
    _log_batches(
        "event_batch",
        "event_case",
        _text("name"),
        sa.Column("segment", sa.SmallInteger(), nullable=True),
        sa.Column("period", sa.Integer(), nullable=False),
        _text("start_at"),
        sa.Column("steps", sa.LargeBinary(), nullable=False),
        sa.Column("gaps", sa.LargeBinary(), nullable=False),
    )
    _log_batches(
        "purchase_batch",
        "purchase_row",
        _text("customer"),
        _text("at"),
        _real("amount", optional=False),
        sa.Column("segment", sa.SmallInteger(), nullable=True),
    )


def _log_batches(batch: str, rows: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        batch,
        sa.Column("number", sa.Integer(), nullable=False),
        _id("log"),
        _json("layout"),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("log"),
    )
    op.create_table(
        rows,
        sa.Column("batch", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        *columns,
        sa.PrimaryKeyConstraint("batch", "seq"),
        sqlite_with_rowid=False,
    )
