"""Imported event logs in a Waymark JSON: one object each, with its cases.

Other objects among the event logs are kept as they came; ours are known by their `format`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from journey.model.evidence import EventLog
from journey.model.ids import EventLogId, Kind, Ref
from journey.model.map import LOST, RETAINED
from journey.model.quarter import quarter_number, quarter_of
from journey.model.text import clean_name
from journey.model.workspace import Workspace
from storage.database import tables
from storage.database.engine import for_reading
from storage.database.log_batches import EVENTS
from storage.database.mappers import from_row
from storage.errors import DumpError
from storage.evidence.events import CaseRow, EventLayout, EventStore, pack_gaps, pack_steps
from storage.evidence.logs import LogWriter
from storage.openformats import shapes
from storage.openformats.codecs import (
    moment_out,
    read_id,
    read_list,
    read_moment,
    read_object,
    read_text,
    read_when,
    read_whole,
)

FORMAT = "waymark/events/1"
_ENDS = (LOST, RETAINED)
_LONGEST_GAP = 2**31 - 1


@dataclass(frozen=True, slots=True)
class LoadedLog:
    """One event log read from a JSON."""

    log: EventLog
    layout: EventLayout
    cases: tuple[CaseRow, ...]


def is_ours(raw: Mapping[str, object]) -> bool:
    """Whether an object among the event logs is an imported log."""
    return raw.get("format") == FORMAT


def stored_logs(engine: Engine) -> Iterator[dict[str, object]]:
    """Yield the imported logs of a workspace file as objects, by id."""
    reading = for_reading(engine)
    kept, touchpoint = tables.event_import, tables.touchpoint
    with reading.connect() as connection:
        rows = connection.execute(select(kept).order_by(kept.c.id)).mappings().all()
        known = set(connection.execute(select(touchpoint.c.id)).scalars())
        segments = set(connection.execute(select(tables.segment.c.id)).scalars())
    store = EventStore(engine)
    for row in rows:
        log = from_row(Kind.EVENT_LOG, dict(row))
        assert isinstance(log, EventLog)
        layout = store.layout(log.id)
        if layout is not None:
            yield _as_json(log, layout.within(known, segments), store.iter_cases(log.id))


def _as_json(log: EventLog, layout: EventLayout, cases: Iterator[CaseRow]) -> dict[str, object]:
    return {
        "format": FORMAT,
        "id": log.id,
        "name": log.name,
        "journey": log.journey,
        "mapping": log.mapping,
        "source": {
            "file": log.source_file,
            "sha256": log.source_sha256,
            "imported_at": None if log.imported_at is None else moment_out(log.imported_at),
        },
        "activities": [
            {"name": name, "touchpoint": touchpoint}
            for name, touchpoint in zip(layout.activities, layout.touchpoints, strict=True)
        ],
        "lost": list(layout.lost),
        "retained": list(layout.retained),
        "other_end": layout.other_end,
        "cases": [
            {
                "case": case.name,
                "segment": None if case.segment is None else layout.segments[case.segment] or None,
                "at": case.at,
                "steps": list(case.steps),
                "gaps": list(case.gaps),
            }
            for case in cases
        ],
    }


def read_log(raw: Mapping[str, object], place: str, ws: Workspace) -> LoadedLog:
    """Return an imported log.

    Raises:
        DumpError: with the JSON path of what is wrong.
    """
    journey = read_id(raw.get("journey"), f"{place}.journey")
    if journey not in ws.journeys:
        raise DumpError("unknown_reference", place=f"{place}.journey", detail=repr(journey))
    activities = [
        read_object(item, f"{place}.activities[{i}]")
        for i, item in enumerate(read_list(raw.get("activities"), f"{place}.activities"))
    ]
    segments: dict[str, int] = {}
    cases = tuple(
        _case(read_object(item, at), at, len(activities), segments, ws)
        for i, item in enumerate(read_list(raw.get("cases"), f"{place}.cases"))
        for at in (f"{place}.cases[{i}]",)
    )
    layout = EventLayout(
        tuple(
            clean_name(read_text(a.get("name"), f"{place}.activities[{i}].name"))
            for i, a in enumerate(activities)
        ),
        tuple(
            _touchpoint(a.get("touchpoint"), f"{place}.activities[{i}].touchpoint", ws)
            for i, a in enumerate(activities)
        ),
        tuple(segments),
        _slots(raw.get("lost"), f"{place}.lost", len(activities)),
        _slots(raw.get("retained"), f"{place}.retained", len(activities)),
        _end(raw.get("other_end"), f"{place}.other_end"),
    )
    return LoadedLog(_heading(raw, place, journey, cases), layout, cases)


def _heading(
    raw: Mapping[str, object], place: str, journey: str, cases: Sequence[CaseRow]
) -> EventLog:
    source = raw.get("source")
    facts = {} if source is None else read_object(source, f"{place}.source")
    told: dict[str, Any] = {
        field.model: field.codec.read(facts[field.name], f"{place}.source.{field.name}")
        for field in shapes.SOURCE
        if facts.get(field.name) is not None
    }
    mapping = raw.get("mapping")
    made: Any = EventLog
    log = made(
        id=EventLogId(read_id(raw.get("id"), f"{place}.id")),
        name=clean_name(read_text(raw.get("name"), f"{place}.name")),
        journey=journey,
        events=sum(len(case.steps) for case in cases),
        cases=len(cases),
        mapping="" if mapping is None else read_text(mapping, f"{place}.mapping"),
        **told,
    )
    assert isinstance(log, EventLog)
    if not log.name:
        raise DumpError("empty", place=f"{place}.name", detail="")
    return log


def _case(
    raw: Mapping[str, object], place: str, activities: int, segments: dict[str, int], ws: Workspace
) -> CaseRow:
    at = read_when(raw.get("at"), f"{place}.at")
    moment = read_moment(at, f"{place}.at")
    steps = _slots(raw.get("steps"), f"{place}.steps", activities)
    gaps = [
        read_whole(gap, f"{place}.gaps[{i}]")
        for i, gap in enumerate(read_list(raw.get("gaps"), f"{place}.gaps"))
    ]
    if len(gaps) != len(steps) or any(not 0 <= gap <= _LONGEST_GAP for gap in gaps):
        raise DumpError("off_the_scale", place=f"{place}.gaps", detail="one for each step, ≥ 0")
    segment = raw.get("segment")
    slot = None
    if segment is not None:
        known = read_id(segment, f"{place}.segment")
        if ws.find(Ref(Kind.SEGMENT, known)) is None:
            raise DumpError("unknown_reference", place=f"{place}.segment", detail=repr(known))
        slot = segments.setdefault(known, len(segments))
    day = date(moment.year, moment.month, moment.day)
    period = quarter_number(quarter_of(day, ws.info.fiscal_year_start_month))
    name = clean_name(read_text(raw.get("case"), f"{place}.case"))
    stored = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return CaseRow(name, slot, period, stored, steps, tuple(gaps))


def _slots(value: object, place: str, activities: int) -> tuple[int, ...]:
    found = [read_whole(item, f"{place}[{i}]") for i, item in enumerate(read_list(value, place))]
    for i, slot in enumerate(found):
        if not 0 <= slot < min(activities, 2**16):
            raise DumpError("off_the_scale", place=f"{place}[{i}]", detail=str(slot))
    return tuple(found)


def _touchpoint(value: object, place: str, ws: Workspace) -> str | None:
    if value is None or value in _ENDS:
        return None if value is None else str(value)
    known = read_id(value, place)
    if ws.find(Ref(Kind.TOUCHPOINT, known)) is None:
        raise DumpError("unknown_reference", place=place, detail=repr(known))
    return known


def _end(value: object, place: str) -> str | None:
    if value is None or value in _ENDS:
        return None if value is None else str(value)
    raise DumpError("unknown_word", place=place, detail=f"{value!r} is none of lost, retained")


def write_log(connection: Connection, loaded: LoadedLog) -> None:
    """Write a log's cases and seal its row, which is there already."""
    writer = LogWriter(connection, EVENTS, loaded.log.id)
    writer.write(
        [
            (c.name, c.segment, c.period, c.at, pack_steps(c.steps), pack_gaps(c.gaps))
            for c in loaded.cases
        ]
    )
    sha256 = writer.finish(loaded.layout.as_json())
    kept = tables.event_import
    sealed = update(kept).where(kept.c.id == loaded.log.id)
    connection.execute(sealed.values(batch_sha256=sha256))
