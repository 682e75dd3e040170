"""What commands answer in JSON: names for people, ids for programs, unrounded figures."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from journey.edit.command import display_name
from journey.model.quarter import Quarter, parse_quarter
from journey.model.workspace import Workspace, ordered_journeys

if TYPE_CHECKING:
    from journey.metrics.score import MetricResult
    from journey.priority.result import RankedItem, Ranking
    from journey.quarter.record import FrozenMetric
    from storage.document import CheckReport, ReadDocument
    from storage.evidence import EvidenceStore, MetricRow
    from storage.imports.survey_result import SurveyImport

Answer = dict[str, object]

_FIGURES = (
    "value_mean",
    "low80",
    "high80",
    "low95",
    "high95",
    "index_mean",
    "index_low80",
    "index_high80",
    "index_low95",
    "index_high95",
    "effort_days",
    "effort_assumed",
    "score",
    "p_top5",
    "p_beats_next",
    "rank_low80",
    "rank_high80",
    "share_affected",
    "effect",
    "n",
    "sentence",
    "why_not_higher",
    "notes",
    "partners",
    "joint_mean",
    "joint_low80",
    "joint_high80",
)


def quarters_with_evidence(ws: Workspace, store: "EvidenceStore") -> list[str]:
    """Return the quarters with answers or KPI observations, ascending."""
    observed = {o.period for o in ws.observations.values() if _is_quarter(o.period)}
    return sorted(observed | set(store.quarters()))


def _is_quarter(period: str) -> bool:
    try:
        parse_quarter(period)
    except ValueError:
        return False
    return True


def info_answer(document: "ReadDocument", store: "EvidenceStore") -> Answer:
    """Return what a workspace holds."""
    ws = document.workspace
    quarters = sorted({*quarters_with_evidence(ws, store), *ws.quarters})
    surveys = sorted(ws.surveys.values(), key=lambda s: s.id)
    return {
        "schema_version": document.schema_version,
        "journeys": [
            {
                "name": j.name,
                "stages": sum(s.journey == j.id for s in ws.stages.values()),
                "touchpoints": sum(t.journey == j.id for t in ws.touchpoints.values()),
                "pain_points": sum(p.journey == j.id for p in ws.pain_points.values()),
                "transitions": sum(t.journey == j.id for t in ws.transitions.values()),
            }
            for j in ordered_journeys(ws)
        ],
        "leaders": sorted(leader.name for leader in ws.leaders.values()),
        "segments": sorted(segment.name for segment in ws.segments.values()),
        "surveys": [{"name": s.name, "responses": store.responses_count(s.id)} for s in surveys],
        "quarters": [{"quarter": q, "frozen": q in ws.quarters} for q in quarters],
        "content_sha256": document.content_sha256(),
    }


def survey_answer(result: "SurveyImport", content_sha256: str) -> Answer:
    """Return what an import took in and what it left out."""
    outcome = result.outcome
    return {
        "survey": result.survey.id,
        "records": result.records,
        "imported": result.imported,
        "responses": result.responses,
        "skipped": [
            {"reason": s.reason, "count": s.count, "example_line": s.example_line}
            for s in result.skipped
        ],
        "refused_cells": [
            {
                "reason": c.reason,
                "column": c.column,
                "count": c.count,
                "example_line": c.example_line,
                "example": c.example,
            }
            for c in result.refused_cells
        ],
        "questions": [
            {
                "question": q.question.text,
                "touchpoint": q.touchpoint,
                "metric": q.question.metric,
                "n": q.n,
            }
            for q in result.questions
        ],
        "outcome": None if outcome is None else {"n": outcome.n, "bad": outcome.bad},
        "created": [
            {"kind": entity.kind.value, "name": display_name(entity)} for entity in result.created
        ],
        "replaced": list(result.replaced),
        "warnings": [{"reason": reason, "name": name} for reason, name in result.warnings],
        "content_sha256": content_sha256,
    }


def check_answer(report: "CheckReport") -> Answer:
    """Return what a check found."""
    return {
        "ok": report.ok,
        "schema_version": report.schema_version,
        "content_sha256": report.content_sha256,
        "findings": [{"reason": f.reason, **f.facts} for f in report.findings],
    }


def _unclaimed(result: "MetricResult") -> "MetricResult":
    """Return a result that tells how many answered and nothing else."""
    return type(result)(
        result.metric, result.n, result.n_effective, suppressed=True, grade="suppressed"
    )


def _covers(ws: Workspace, rows: "Sequence[MetricRow | FrozenMetric]") -> frozenset[int]:
    """Return the places of rows that are hidden so that smaller ones stay hidden."""
    from journey.evidence.segments import hidden_cells

    asked: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        asked[row.question.id].append(place)
    found: set[int] = set()
    for places in asked.values():
        sizes = [rows[place].result.n for place in places]
        few = [rows[place].result.value is None for place in places]
        hidden = hidden_cells(sizes, few, ws.info.minimum_n)
        found.update(p for p, why in zip(places, hidden, strict=True) if why == "complement")
    return frozenset(found)


def metrics_answer(
    ws: Workspace, rows: "Sequence[MetricRow | FrozenMetric]", *, by_segment: bool
) -> list[Answer]:
    """Return one object per touchpoint and question (and segment).

    A segment is suppressed too where a smaller one would follow from it and the whole.
    """
    covered = _covers(ws, rows) if by_segment else frozenset()
    answers = []
    for place, row in enumerate(rows):
        result = _unclaimed(row.result) if place in covered else row.result
        touchpoint = ws.touchpoints.get(row.touchpoint) if row.touchpoint else None
        answer: Answer = {
            "touchpoint": touchpoint.name if touchpoint else None,
            "question": row.question.text,
            "metric": result.metric.value,
            "n": result.n,
            "value": result.value,
            "low95": result.low,
            "high95": result.high,
            "top2box": result.top2box,
            "distribution": {str(k): n for k, n in sorted(result.distribution.items())},
            "suppressed": result.suppressed,
        }
        if by_segment:
            segment = ws.segments.get(row.segment) if row.segment else None
            answer["segment"] = segment.name if segment else None
        answers.append(answer)
    return answers


def ranking_answer(ranking: "Ranking", whole: "Ranking | None" = None) -> Answer:
    """Return a ranking; of one segment beside the list of all: `rank_in_whole`."""
    items = [_item(item) for item in ranking.items]
    if whole is not None:
        ranks = {item.pain_point: item.rank for item in whole.items}
        found = [ranks[item.pain_point] for item in ranking.items]
        items = [{**i, "rank_in_whole": rank} for i, rank in zip(items, found, strict=True)]
    segment = {"id": ranking.segment, "name": ranking.segment_name} if ranking.segment else None
    return {
        "quarter": ranking.quarter,
        "draft": ranking.draft,
        "seed": ranking.seed,
        "draws": ranking.draws,
        "method_version": ranking.method_version,
        "basis": ranking.basis.value,
        "index_unit": ranking.index_unit,
        "currency": ranking.currency,
        "segment": segment,
        "assumptions": dict(ranking.assumptions),
        "warnings": list(ranking.warnings),
        "items": items,
    }


def frozen_answer(quarter: Quarter, currency: str) -> Answer:
    """Return a frozen quarter's list as it was kept; what was not kept with it is null."""
    items = [dict(item) for item in quarter.items]
    basis = "order"
    if any(item.get("index_mean") is not None for item in items):
        basis = "index"
    if any(item.get("value_mean") is not None for item in items):
        basis = "money"
    return {
        "quarter": quarter.id,
        "draft": False,
        "seed": None,
        "draws": None,
        "method_version": quarter.method_version,
        "basis": basis,
        "index_unit": None,
        "currency": currency,
        "segment": None,
        "assumptions": {},
        "warnings": [],
        "items": items,
    }


def _item(item: "RankedItem") -> Answer:
    named = {
        "rank": item.rank,
        "pain_point": item.pain_point,
        "title": item.title,
        "touchpoint": item.touchpoint_name or None,
        "stage": item.stage_name or None,
        "leader": item.leader_name,
        "improvement": item.improvement,
        "level": item.level.value,
    }
    return {**named, **{name: getattr(item, name) for name in _FIGURES}}
