"""Writing a workspace as Waymark JSON; the same content gives the same bytes."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from journey.model.assumptions import Assumptions
from journey.model.evidence import PurchaseLog, Survey
from journey.model.ids import JourneyId, Kind, SurveyId
from journey.model.map import Journey
from journey.model.workspace import (
    Entity,
    Workspace,
    ordered_lanes,
    ordered_stages,
    ordered_touchpoints,
)
from storage.evidence.layout import Response
from storage.exports.target import replacing
from storage.openformats import shapes
from storage.openformats.codecs import free_out, real_out
from storage.openformats.purchase import Purchase
from storage.openformats.shapes import Field
from storage.openformats.sorting import in_order

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class Evidence(Protocol):
    """What a dump reads of the evidence, a row at a time."""

    def iter_responses(self, survey: SurveyId) -> Iterable[Response]:
        """Yield a survey's answers in a fixed order."""

    def iter_purchases(self) -> Iterable[Purchase]:
        """Yield purchases in a fixed order."""

    def iter_event_logs(self) -> Iterable[Mapping[str, object]]:
        """Yield the event logs as they came."""


def dump(workspace: Workspace, evidence: Evidence | None, path: Path) -> Path:
    """Write everything the user can see to `path`, replacing it whole; return where it stands.

    Answers are streamed and sorted in bounded memory.

    Raises:
        TargetError: the target is as it was.
    """
    with replacing(path) as target:
        _write(target.file, workspace, evidence)
    return target.path


def _write(file: BinaryIO, ws: Workspace, evidence: Evidence | None) -> None:
    parts: dict[str, str | Iterable[str]] = {
        "format": _encode(shapes.FORMAT),
        "workspace": _encode(_object(ws.info, shapes.WORKSPACE)),
        "leaders": _by_id(ws.table(Kind.LEADER), shapes.LEADER),
        "personas": _by_id(ws.table(Kind.PERSONA), shapes.PERSONA),
        "segments": _by_id(ws.table(Kind.SEGMENT), shapes.SEGMENT),
        "assumptions": _encode(_assumptions(ws.assumptions)),
        "assumption_sets": (
            _encode(_assumption_set(kept)) for kept in sorted(ws.assumption_sets, key=_id)
        ),
        "journeys": (_journey(ws, ws.journeys[key]) for key in sorted(ws.journeys)),
        "improvements": _by_id(ws.table(Kind.IMPROVEMENT), shapes.IMPROVEMENT),
        "questions": _by_id(ws.table(Kind.QUESTION), shapes.QUESTION),
        "surveys": (
            _encode(_with_source(ws.surveys[key], shapes.SURVEY)) for key in sorted(ws.surveys)
        ),
        "responses": _responses(ws, evidence) if evidence else (),
        "event_logs": _event_logs(evidence) if evidence else (),
        "purchase_logs": (
            _encode(_with_source(ws.purchase_logs[key], shapes.PURCHASE_LOG))
            for key in sorted(ws.purchase_logs)
        ),
        "purchases": _purchases(evidence) if evidence else (),
        "kpis": _by_id(ws.table(Kind.KPI), shapes.KPI),
        "observations": _observations(ws),
        "quarters": _by_id(ws.table(Kind.QUARTER), shapes.QUARTER_FIELDS),
    }
    separator = "{\n"
    for name in shapes.TOP_LEVEL:
        file.write(f"{separator}{_encode(name)}: ".encode())
        part = parts[name]
        if isinstance(part, str):
            file.write(part.encode())
        else:
            _write_list(file, part)
        separator = ",\n"
    file.write(b"\n}\n")


def _write_list(file: BinaryIO, rows: Iterable[str]) -> None:
    """Write a list with a row to a line, so that two dumps can be compared line by line."""
    separator = "[\n"
    empty = True
    for row in rows:
        file.write(f"{separator}{row}".encode())
        separator, empty = ",\n", False
    file.write(b"[]" if empty else b"\n]")


def _object(entity: Entity, fields: Sequence[Field]) -> dict[str, object]:
    return {f.name: f.codec.write(getattr(entity, f.model)) for f in fields}


def _by_id(table: Mapping[str, Entity], fields: Sequence[Field]) -> Iterator[str]:
    return (_encode(_object(table[key], fields)) for key in sorted(table))


def _assumptions(kept: Assumptions) -> dict[str, object]:
    known = _object(kept, shapes.ASSUMPTIONS)
    extra = {k: v for k, v in kept.extra.items() if k not in known and k not in ("id", "name")}
    return known | {key: free_out(extra[key]) for key in sorted(extra)}


def _assumption_set(kept: Assumptions) -> dict[str, object]:
    return {"id": kept.id, "name": kept.name} | _assumptions(kept)


def _journey(ws: Workspace, journey: Journey) -> str:
    """Return a journey over several lines: its own fields, then a line per part."""
    own = _encode(_object(journey, shapes.JOURNEY))
    lists = ",\n".join(
        f"{_encode(name)}: {_indented(rows)}" for name, rows in _journey_lists(ws, journey.id)
    )
    return f"{own[:-1]},\n{lists}}}"


def _indented(rows: Sequence[Mapping[str, object]]) -> str:
    return "[\n " + ",\n ".join(_encode(row) for row in rows) + "\n]" if rows else "[]"


def _journey_lists(
    ws: Workspace, journey: JourneyId
) -> Iterator[tuple[str, list[dict[str, object]]]]:
    yield "stages", [_object(s, shapes.STAGE) for s in ordered_stages(ws, journey)]
    yield (
        "touchpoints",
        [_object(t, shapes.TOUCHPOINT) for t in ordered_touchpoints(ws, journey)],
    )
    transitions = sorted(
        (t for t in ws.transitions.values() if t.journey == journey),
        key=lambda t: (t.source, t.target, t.segment or "", t.id),
    )
    yield "transitions", [_object(t, shapes.TRANSITION) for t in transitions]
    pains = sorted((p for p in ws.pain_points.values() if p.journey == journey), key=_id)
    yield "pain_points", [_object(p, shapes.PAIN_POINT) for p in pains]
    strengths = sorted((s for s in ws.strengths.values() if s.journey == journey), key=_id)
    yield "strengths", [_object(s, shapes.STRENGTH) for s in strengths]
    yield "lanes", _lanes(ws, journey)


def _lanes(ws: Workspace, journey: JourneyId) -> list[dict[str, object]]:
    rows = []
    for lane in ordered_lanes(ws, journey):
        notes = sorted((n for n in ws.notes.values() if n.lane == lane.id), key=_id)
        row = _object(lane, shapes.LANE)
        row["notes"] = [_object(n, shapes.NOTE) for n in notes]
        rows.append(row)
    return rows


def _id(entity: Entity) -> str:
    return entity.id


def _with_source(entity: Survey | PurchaseLog, fields: Sequence[Field]) -> dict[str, object]:
    return {**_object(entity, fields), "source": _object(entity, shapes.SOURCE)}


def _observations(ws: Workspace) -> Iterator[str]:
    rows = sorted(ws.observations.values(), key=lambda o: (o.kpi, o.period, o.id))
    return (_encode(_object(row, shapes.OBSERVATION)) for row in rows)


def _responses(ws: Workspace, evidence: Evidence) -> Iterator[str]:
    """Yield the answers by survey, respondent and time, None first, else as stored."""
    for survey in sorted(ws.surveys):
        rows = evidence.iter_responses(survey)
        yield from in_order(
            (
                (row.respondent is not None, row.respondent or "", row.at or ""),
                _encode(_response(survey, row)),
            )
            for row in rows
        )


def _response(survey: SurveyId, row: Response) -> dict[str, object]:
    covariates = row.covariates
    return {
        "survey": survey,
        "respondent": row.respondent,
        "at": row.at,
        "segment": row.segment,
        "weight": real_out(row.weight),
        "answers": {key: row.answers[key] for key in sorted(row.answers)},
        "pain_points": sorted(row.pain_points),
        "covariates": {key: _covariate(covariates[key]) for key in sorted(covariates)},
        "outcome": None if row.outcome is None else ("bad" if row.outcome else "good"),
        "comments": {
            c.heading: {"touchpoint": c.touchpoint, "text": c.text}
            for c in sorted(row.comments, key=lambda c: c.heading)
        },
    }


def _covariate(value: str | float) -> str | float | None:
    return value if isinstance(value, str) else real_out(value)


def _event_logs(evidence: Evidence) -> Iterator[str]:
    logs = sorted(evidence.iter_event_logs(), key=lambda log: str(log.get("id", "")))
    return (_encode(free_out(log)) for log in logs)


def _purchases(evidence: Evidence) -> Iterator[str]:
    rows = (
        (p, (p.customer, p.at, real_out(p.amount), p.segment, p.log))
        for p in evidence.iter_purchases()
    )
    named = ((p, dict(zip(shapes.PURCHASE, row, strict=True))) for p, row in rows)
    return in_order(((p.customer, p.at), _encode(row)) for p, row in named)
