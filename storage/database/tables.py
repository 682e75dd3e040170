"""The tables of a workspace, as SQLAlchemy Core; the same for SQLite and PostgreSQL.

Edit tables hold one row per object with a `version` that counts its writes, so that two clients
of a shared database cannot overwrite each other unseen. Evidence tables hold immutable batches of
answers and the histogram kept beside them.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

metadata = MetaData()


def _object(name: str, *columns: Column[object]) -> Table:
    """Return an edit table: id, the given columns, version."""
    return Table(
        name,
        metadata,
        Column("id", String(200), primary_key=True),
        *columns,
        Column("version", Integer, nullable=False, default=1),
    )


def _text(name: str) -> Column[object]:
    return Column(name, Text, nullable=False, default="")


def _ref(name: str, *, required: bool = False) -> Column[object]:
    return Column(name, String(200), nullable=not required)


def _real(name: str, *, required: bool = False) -> Column[object]:
    return Column(name, Float, nullable=not required)


def _whole(name: str, *, required: bool = False) -> Column[object]:
    return Column(name, Integer, nullable=not required)


def _json(name: str) -> Column[object]:
    return Column(name, JSON, nullable=False)


# One row: how the file came to be; `change_sequence` grows by one with every committed edit and
# is what recovery compares, never a clock.
document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("schema_version", Integer, nullable=False),
    Column("change_sequence", BigInteger, nullable=False),
    Column("content_sha256", String(64), nullable=False, default=""),
    Column("written_by", String(50), nullable=False, default=""),
)

workspace = _object(
    "workspace",
    _text("name"),
    _text("currency"),
    _text("language"),
    _whole("minimum_n", required=True),
    _whole("fiscal_year_start_month", required=True),
)
assumptions = _object("assumptions", _json("figures"), _json("extra"), _text("name"))
leader = _object("leader", _text("name"), _text("role"), _text("email"))
persona = _object("persona", _text("name"), _text("description"), _ref("segment"))
segment = _object("segment", _text("name"), _real("customers_per_year"), _real("value_if_retained"))
journey = _object(
    "journey",
    _text("name"),
    _real("position", required=True),
    _ref("persona"),
    _json("entrants"),
    Column("locked", Boolean, nullable=False, default=False),
    _json("layout"),
)
stage = _object(
    "stage", _ref("journey", required=True), _text("name"), _real("position", required=True)
)
touchpoint = _object(
    "touchpoint",
    _ref("journey", required=True),
    _text("name"),
    _ref("stage"),
    _real("position", required=True),
    _text("channel"),
    _text("department"),
    _ref("owner"),
    Column("moment_of_truth", Boolean, nullable=False),
    _json("shared_with"),
    _json("judged_experience"),
    _text("step"),
    _text("colour"),
)
transition = _object(
    "transition",
    _ref("journey", required=True),
    _ref("source", required=True),
    _ref("target", required=True),
    _ref("segment"),
    _real("count"),
)
pain_point = _object(
    "pain_point",
    _ref("journey", required=True),
    _text("title"),
    _ref("touchpoint"),
    _real("position", required=True),
    _whole("severity"),
    _whole("frequency"),
    _whole("votes"),
    _ref("owner"),
    _text("status"),
    _text("evidence"),
    _text("colour"),
    _json("ballots"),
)
strength = _object(
    "strength",
    _ref("journey", required=True),
    _text("title"),
    _ref("touchpoint"),
    _text("evidence"),
)
lane = _object(
    "lane",
    _ref("journey", required=True),
    _text("name"),
    _real("position", required=True),
    _text("content"),
)
note = _object(
    "note",
    _ref("lane", required=True),
    _ref("stage"),
    _ref("touchpoint"),
    _text("title"),
    _text("text"),
    _json("extra"),
)
improvement = _object(
    "improvement",
    _text("title"),
    _json("addresses"),
    _real("effort_days"),
    _real("cost"),
    _real("efficacy"),
    _ref("owner"),
    _text("status"),
    Column("due", String(10), nullable=True),
    Column("quarter", String(6), nullable=True),
    Column("done_on", String(10), nullable=True),
    _json("prediction"),
    _json("trial"),
    _text("notes"),
    _json("rolled_from"),
)
question = _object(
    "question",
    _ref("touchpoint"),
    _text("text"),
    _text("metric"),
    _json("scale"),
    Column("higher_is_better", Boolean, nullable=False),
)
survey = _object(
    "survey",
    _text("name"),
    _text("design"),
    Column("quarter", String(6), nullable=True),
    Column("outcome_means", String(20), nullable=True),
    _whole("outcome_months"),
    _text("mapping"),
    _text("source_file"),
    _text("source_sha256"),
    Column("imported_at", String(40), nullable=True),
    _whole("records", required=True),
    _text("batch_sha256"),
)
kpi = _object(
    "kpi",
    _text("name"),
    _ref("touchpoint"),
    _ref("owner"),
    _text("unit"),
    _text("better"),
    _real("target"),
    _text("measure"),
    _text("note"),
)
observation = _object(
    "observation",
    _ref("kpi", required=True),
    _text("period"),
    _real("value", required=True),
    _whole("n"),
)
quarter = _object(
    "quarter",
    Column("frozen_at", String(40), nullable=True),
    _text("content_sha256"),
    _text("method_version"),
    _json("items"),
    _json("record"),
    _whole("revision", required=True),
    _text("reason"),
)

event_import = _object(
    "event_import",
    _text("name"),
    _ref("journey", required=True),
    _text("source_file"),
    _text("source_sha256"),
    Column("imported_at", String(40), nullable=True),
    _whole("events", required=True),
    _whole("cases", required=True),
    _text("mapping"),
    _text("batch_sha256"),
)
purchase_import = _object(
    "purchase_import",
    _text("name"),
    _text("source_file"),
    _text("source_sha256"),
    Column("imported_at", String(40), nullable=True),
    _whole("purchases", required=True),
    _whole("customers", required=True),
    _text("mapping"),
    _text("batch_sha256"),
)

EDIT_TABLES = (
    workspace,
    assumptions,
    leader,
    persona,
    segment,
    journey,
    stage,
    touchpoint,
    transition,
    pain_point,
    strength,
    lane,
    note,
    improvement,
    question,
    survey,
    kpi,
    observation,
    quarter,
    event_import,
    purchase_import,
)

# A batch is the answers of one survey (batch.survey = survey.id). Its slots are numbered from 0
# in `layout`: {"questions": [ids], "pain_points": [ids], "segments": [ids], "covariates": [names]}.
# A batch whose survey row is gone is inactive: publish leaves it out.
batch = Table(
    "batch",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("survey", String(200), nullable=False, unique=True),
    Column("layout", JSON, nullable=False),
    Column("records", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
)

# One row per respondent (relational) or per answered contact (transactional), in file order.
response = Table(
    "response",
    metadata,
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("respondent", Text, nullable=True),
    Column("at", Text, nullable=True),  # ISO 8601, UTC, as "2026-11-22T09:30:00Z"
    Column("period", Integer, nullable=False),  # journey.model.quarter.quarter_number
    Column("segment", SmallInteger, nullable=True),  # slot in layout.segments
    Column("weight", Float, nullable=True),  # NULL is 1
    Column("outcome", SmallInteger, nullable=True),  # 1 bad, 0 good, NULL unknown
    # Little-endian pairs (uint16 slot, int16 score), slots ascending; only what was answered.
    Column("answers", LargeBinary, nullable=False),
    # Little-endian uint16 slots of pain points named by this row, ascending; NULL is none.
    Column("pain_points", LargeBinary, nullable=True),
    Column("covariates", JSON, nullable=True),  # {name: text or number}
    sqlite_with_rowid=False,
)

comment = Table(
    "comment",
    metadata,
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("heading", String(200), primary_key=True),
    Column("touchpoint", String(200), nullable=True),
    Column("text", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Kept by the import in the same transaction; every screen's figures come from here.
histogram = Table(
    "histogram",
    metadata,
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("question", SmallInteger, primary_key=True, autoincrement=False),  # slot
    Column("period", Integer, primary_key=True, autoincrement=False),
    Column("segment", SmallInteger, primary_key=True, autoincrement=False),  # slot, −1 is none
    Column("score", SmallInteger, primary_key=True, autoincrement=False),
    Column("n", Integer, nullable=False),
    Column("weight", Float, nullable=False),
    Column("weight_sq", Float, nullable=False),
    sqlite_with_rowid=False,
)

# Records the import left out, so that they can be shown and saved as a file.
rejected = Table(
    "rejected",
    metadata,
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("reason", String(60), primary_key=True),
    Column("record", Text, nullable=False),
    sqlite_with_rowid=False,
)

# Purchases that a Waymark JSON brought without a log; those of an import are in `purchase_row`.
purchase = Table(
    "purchase",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("customer", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("amount", Float, nullable=False),
    Column("segment", String(200), nullable=True),
)

# Event logs of another shape that a Waymark JSON brought: kept as they came, one document each.
event_log = Table(
    "event_log",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("content", JSON, nullable=False),
)

# The cases of an imported event log (event_batch.log = event_import.id). Its slots are numbered
# from 0 in `layout`: {"activities": [names], "touchpoints": [id, "lost", "retained" or null, one
# per activity], "segments": [ids], "lost": [slots], "retained": [slots]}.
event_batch = Table(
    "event_batch",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("log", String(200), nullable=False, unique=True),
    Column("layout", JSON, nullable=False),
    Column("records", Integer, nullable=False),  # cases
    Column("sha256", String(64), nullable=False),
)

# One row per case, in the order in which cases first occur in the file.
event_case = Table(
    "event_case",
    metadata,
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("segment", SmallInteger, nullable=True),  # slot in layout.segments
    Column("period", Integer, nullable=False),  # quarter of the first event
    Column("start_at", Text, nullable=False),  # of the first event, UTC, to the second
    # Little-endian uint16 slots of activities and int32 seconds since the event before (0 first).
    Column("steps", LargeBinary, nullable=False),
    Column("gaps", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# The purchases of an import (purchase_batch.log = purchase_import.id); layout: {"segments": [ids]}.
purchase_batch = Table(
    "purchase_batch",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("log", String(200), nullable=False, unique=True),
    Column("layout", JSON, nullable=False),
    Column("records", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
)

purchase_row = Table(
    "purchase_row",
    metadata,
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("customer", Text, nullable=False),
    Column("at", Text, nullable=False),  # a day, or a moment in UTC
    Column("amount", Float, nullable=False),
    Column("segment", SmallInteger, nullable=True),  # slot in layout.segments
    sqlite_with_rowid=False,
)
