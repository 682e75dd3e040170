"""From what was found to what the map shows: facts only, nothing is computed here."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from journey.edit import Change, Changes
from journey.evidence.grade import measured_level
from journey.metrics import Metric, MetricResult
from journey.model.ids import Kind, KpiId, PainPointId, TouchpointId
from journey.model.map import PainPoint
from journey.model.workspace import Entity, Workspace
from ui.map.figures import ChipFact, KpiFigure, MapFigures, Measured, TouchpointFigures
from ui.shell.widgets.marks import ChipState

if TYPE_CHECKING:
    from journey.priority.result import Ranking
    from storage.evidence import MetricRow

_LABELS = {
    Metric.NPS: "NPS",
    Metric.CSAT: "CSAT",
    Metric.CES1: "CES",
    Metric.CES2: "CES",
    Metric.RATING: "Rating",
}
_FIGURED = frozenset({Kind.KPI, Kind.OBSERVATION})


def map_figures(
    ws: Workspace, rows: Iterable["MetricRow"], ranking: "Ranking | None", quarter: str | None
) -> MapFigures:
    """Return the figures of every touchpoint, KPI and pain point for the map."""
    found: dict[TouchpointId, list[MetricResult]] = defaultdict(list)
    for row in rows:
        if row.touchpoint is not None:
            found[row.touchpoint].append(row.result)
    levels = {item.pain_point: item.level.value for item in ranking.items} if ranking else {}
    ranked: dict[TouchpointId, list[str]] = defaultdict(list)
    for pain, level in levels.items():
        at = ws.pain_points.get(PainPointId(pain))
        if at is not None and at.touchpoint is not None:
            ranked[at.touchpoint].append(level)
    money = ranking is not None and ranking.basis.value == "money"
    return MapFigures(
        touchpoints={
            t: _touchpoint(results, measured_level(ranked[t], money=money))
            for t, results in found.items()
        },
        kpis=_kpis(ws, quarter),
        levels={PainPointId(pain): level for pain, level in levels.items()},
    )


def figures_follow(changes: Changes, shown: MapFigures) -> bool:
    """Whether an edit changes what `map_figures` returns, for the same evidence and ranking."""
    return any(
        change.ref.kind in _FIGURED or (change.ref.id in shown.levels and _moves(change, shown))
        for change in changes.items
    )


def _moves(change: Change, shown: MapFigures) -> bool:
    """Whether a ranked pain point comes to or goes from a touchpoint that was measured."""
    places = {_place(change.before), _place(change.after)}
    return len(places) > 1 and any(place in shown.touchpoints for place in places)


def _place(entity: Entity | None) -> TouchpointId | None:
    """Return where a pain point stands: the levels of a touchpoint are those of its pain points."""
    return entity.touchpoint if isinstance(entity, PainPoint) else None


def _touchpoint(results: list[MetricResult], level: str) -> TouchpointFigures:
    # NPS first, then the metric with most answers: that is the one the experience line follows.
    ordered = sorted(results, key=lambda r: (r.metric is not Metric.NPS, -r.n))
    lines = (_measured(result) for result in ordered)
    experience = next((line for line in lines if line is not None), None)
    chips = tuple(_chip(result) for result in ordered)
    enough = any(chip.state is ChipState.MEASURED for chip in chips)
    return TouchpointFigures(chips, experience, level if enough else "")


def _chip(result: MetricResult) -> ChipFact:
    nps = result.metric is Metric.NPS
    if result.suppressed or result.value is None:
        state = ChipState.TOO_FEW if result.n else ChipState.NOT_ASKED
        return ChipFact(_LABELS[result.metric], n=result.n, state=state)
    return ChipFact(
        _LABELS[result.metric],
        result.value,
        result.margin,
        result.n,
        decimals=0 if nps else 1,
        signed=nps,
    )


def _measured(result: MetricResult) -> Measured | None:
    value, low, high = result.experience, result.experience_low, result.experience_high
    if value is None or low is None or high is None:
        return None
    return Measured(value, low, high)


def _kpis(ws: Workspace, quarter: str | None) -> dict[KpiId, KpiFigure]:
    """Return each KPI's observation of the quarter, else its latest before it."""
    latest: dict[KpiId, tuple[str, float]] = {}
    for observation in ws.observations.values():
        known = latest.get(observation.kpi)
        in_time = quarter is None or observation.period <= quarter
        if in_time and (known is None or observation.period > known[0]):
            latest[observation.kpi] = (observation.period, observation.value)
    figures = {}
    for kpi_id, (period, value) in latest.items():
        kpi = ws.kpis[kpi_id]
        ok = None
        if kpi.target is not None:
            ok = value >= kpi.target if kpi.better == "higher" else value <= kpi.target
        figures[kpi_id] = KpiFigure(value, ok, period)
    return figures
