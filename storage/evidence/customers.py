"""Churn and customer value of a workspace, from all of its evidence that speaks of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Engine

from journey.metrics.churn_variants import (
    ChurnFigure,
    counted_churn,
    inactive_share,
    kpi_churn,
    survey_churn,
)
from journey.metrics.clv_variants import ClvFigure, ClvInputs, clv_variants
from journey.metrics.kinds import MetricError
from journey.metrics.purchase_history import PurchaseHistory, purchase_histories
from journey.metrics.purchase_value import (
    CustomerValue,
    PurchaseModels,
    Trait,
    ValueGroup,
    best_group,
    customer_values,
    fit_purchase_models,
    value_groups,
)
from journey.metrics.sbg import ShiftedBetaGeometric, fit_sbg
from journey.model.evidence import LEFT, Kpi, Observation, Survey
from journey.model.ids import SegmentId, SurveyId
from journey.model.workspace import Workspace
from storage.evidence.outcomes import outcome_counts
from storage.evidence.purchases import PurchaseStore

PURCHASES = "purchases"
_MONTHS = 12
# KPIs that are churn themselves; retention is turned round.
_CHURN = (
    "churn_average_base",
    "churn",
    "churn_monthly",
    "churn_renewal",
    "churn_voluntary",
    "churn_involuntary",
    "churn_revenue_gross",
    "churn_revenue_net",
)
# Which KPI of the whole company says which input.
_INPUTS = {
    "revenue": "revenue_per_customer",
    "margin": "margin_per_customer",
    "years": "customer_years",
    "acquisition_cost": "cac",
}


@dataclass(frozen=True, slots=True)
class PurchaseReport:
    """What the purchases of a workspace say.

    Attributes:
        until: the day of looking. models: None where too few bought again.
        reason: why there is no model, "".
        groups: one for all, or by segment. best: the most valuable segment and its traits.
    """

    until: date
    purchases: int
    customers: int
    repeat_customers: int
    models: PurchaseModels | None
    reason: str
    values: tuple[CustomerValue, ...]
    groups: tuple[ValueGroup, ...]
    best: tuple[ValueGroup, tuple[Trait, ...]] | None


@dataclass(frozen=True, slots=True)
class ClvReport:
    """Customer value in its variants.

    Attributes:
        sources: where each known input comes from: given, kpi, survey or assumption.
        by_segment: variants of each segment with a retention of its own.
    """

    inputs: ClvInputs
    sources: Mapping[str, str]
    variants: tuple[ClvFigure, ...]
    contract: ShiftedBetaGeometric | None
    by_segment: Mapping[SegmentId, tuple[ClvInputs, tuple[ClvFigure, ...]]]
    purchases: PurchaseReport | None


def churn_figures(
    workspace: Workspace, engine: Engine, *, by_segment: bool = False
) -> list[ChurnFigure]:
    """Return churn in every variant the workspace has evidence of: surveys, KPIs, purchases."""
    found = _of_surveys(workspace, engine, by_segment=by_segment)
    found += _of_kpis(workspace)
    report = purchase_report(workspace, engine, by_segment=by_segment)
    if report is not None and report.models is not None:
        found += _of_purchases(report, _segments_of(engine) if by_segment else {})
    return found


def _of_surveys(ws: Workspace, engine: Engine, *, by_segment: bool) -> list[ChurnFigure]:
    counts: dict[tuple[SurveyId, SegmentId | None], list[int]] = defaultdict(lambda: [0, 0])
    for count in outcome_counts(engine, ws):
        if ws.surveys[count.survey].outcome_means != LEFT:
            continue
        segments = {None, count.segment} if by_segment else {None}
        for segment in segments:
            known = counts[count.survey, segment]
            known[0] += count.bad
            known[1] += count.n
    found = []
    called = {key: _called(ws, ws.surveys[key]) for key, _ in counts}
    order = sorted(counts.items(), key=lambda item: (called[item[0][0]], item[0][1] or ""))
    for (survey_id, segment), (left, n) in order:
        survey = ws.surveys[survey_id]
        figure = survey_churn(called[survey_id], left, n, survey.outcome_months, segment)
        if figure is not None:
            found.append(replace(figure, period=survey.quarter))
    return found


def _called(ws: Workspace, survey: Survey) -> str:
    """Return a survey's name, with its file where another quarter's has the same name."""
    alike = sum(other.name == survey.name for other in ws.surveys.values())
    return f"{survey.name}, {survey.source_file}" if alike > 1 else survey.name


def _of_kpis(ws: Workspace) -> list[ChurnFigure]:
    series = _company_series(ws)
    found = []
    for measure in _CHURN:
        for kpi, observations in series.get(measure, ()):
            for seen in observations:
                observed = (seen.period, seen.value, seen.n)
                figure = kpi_churn(measure, kpi.name, observed, percent=_is_percent(kpi))
                found += [figure] if figure is not None else []
    lost, base = series.get("customers_lost", ()), series.get("customers", ())
    if lost and base:
        name = f"{lost[0][0].name} / {base[0][0].name}"
        found += counted_churn(
            name,
            {o.period: o.value for o in lost[0][1]},
            {o.period: o.value for o in base[0][1]},
        )
    return found


def _of_purchases(
    report: PurchaseReport, segment_of: Mapping[str, SegmentId | None]
) -> list[ChurnFigure]:
    whole = [v.p_alive for v in report.values if v.p_alive is not None]
    found = [inactive_share(PURCHASES, whole)]
    if segment_of:
        for group in report.groups:
            if group.segment is not None:
                mine = [
                    v.p_alive
                    for v in report.values
                    if v.p_alive is not None and segment_of.get(v.customer) == group.segment
                ]
                found.append(inactive_share(PURCHASES, mine, group.segment))
    return [figure for figure in found if figure is not None]


def _company_series(ws: Workspace) -> dict[str, list[tuple[Kpi, list[Observation]]]]:
    """Return the series of the whole company's standard KPIs, by measure, periods ascending."""
    found: dict[str, list[tuple[Kpi, list[Observation]]]] = defaultdict(list)
    observed: dict[str, list[Observation]] = defaultdict(list)
    for observation in ws.observations.values():
        observed[observation.kpi].append(observation)
    for kpi in sorted(ws.kpis.values(), key=lambda k: k.id):
        if kpi.measure and kpi.touchpoint is None and observed[kpi.id]:
            found[kpi.measure].append((kpi, sorted(observed[kpi.id], key=lambda o: o.period)))
    return found


def _is_percent(kpi: Kpi) -> bool:
    return kpi.unit.casefold() in {"%", "percent"}


def purchase_report(
    workspace: Workspace, engine: Engine, *, by_segment: bool = False, until: date | None = None
) -> PurchaseReport | None:
    """Return what the purchases say; None without any.

    Args:
        until: the day of looking; later purchases are left out. None is the last day there is.
    """
    rows = [(p.customer, p.day, p.amount) for p in PurchaseStore(engine).purchases()]
    if until is not None:
        rows = [row for row in rows if row[1] <= until]
    if not rows:
        return None
    histories = purchase_histories(rows, until)
    models, reason = _models(histories)
    assumptions = workspace.assumptions
    values: list[CustomerValue] = []
    if models is not None:
        years = max(1, round(assumptions.horizon_years))
        values = customer_values(models, histories, assumptions.discount_rate, years)
    segment_of = _segments_of(engine) if by_segment else {}
    groups = value_groups(histories, segment_of, values)
    return PurchaseReport(
        until or max(day for _, day, _ in rows),
        len(rows),
        len(histories),
        sum(history.repeats > 0 for history in histories),
        models,
        reason,
        tuple(values),
        tuple(groups),
        best_group(groups, workspace.info.minimum_n) if by_segment else None,
    )


def _models(histories: Sequence[PurchaseHistory]) -> tuple[PurchaseModels | None, str]:
    try:
        return fit_purchase_models(histories), ""
    except MetricError as error:
        return None, error.reason


def _segments_of(engine: Engine) -> dict[str, SegmentId | None]:
    """Return each customer's segment: the one their latest purchase that has one names."""
    found: dict[str, tuple[str, SegmentId]] = {}
    for row in PurchaseStore(engine).purchases():
        known = found.get(row.customer)
        if row.segment is not None and (known is None or known[0] <= row.at):
            found[row.customer] = (row.at, row.segment)
    return {customer: segment for customer, (_, segment) in found.items()}


def clv_report(
    workspace: Workspace,
    engine: Engine,
    given: ClvInputs | None = None,
    *,
    survivors: Sequence[float] = (),
    by_segment: bool = False,
    until: date | None = None,
) -> ClvReport:
    """Return customer value in every variant, with where each input comes from.

    Args:
        given: inputs that replace what the workspace says.
        survivors: customers of one cohort at the start and after each renewal, for the contract
            variant.
        until: the day of looking at the purchases.

    Raises:
        MetricError: an input out of range, or no cohort.
    """
    inputs, sources = _inputs(workspace, engine, given or ClvInputs())
    contract = fit_sbg(survivors) if survivors else None
    segments: dict[SegmentId, tuple[ClvInputs, tuple[ClvFigure, ...]]] = {}
    if by_segment and sources.get("retention") != "given":
        for segment, retention in _retention(workspace, engine, by_segment=True).items():
            if segment is not None:
                mine = replace(inputs, retention=retention)
                segments[segment] = (mine, clv_variants(mine))
    return ClvReport(
        inputs,
        sources,
        clv_variants(inputs, contract),
        contract,
        segments,
        purchase_report(workspace, engine, by_segment=by_segment, until=until),
    )


def _inputs(ws: Workspace, engine: Engine, given: ClvInputs) -> tuple[ClvInputs, dict[str, str]]:
    """Return what is known of the inputs, and where from; what is given wins."""
    found: dict[str, float] = {}
    sources: dict[str, str] = {}
    series = _company_series(ws)
    for name, measure in _INPUTS.items():
        if series.get(measure):
            found[name] = series[measure][0][1][-1].value
            sources[name] = "kpi"
    retention = _kpi_retention(series)
    if retention is not None:
        found["retention"], sources["retention"] = retention, "kpi"
    else:
        seen = _retention(ws, engine, by_segment=False).get(None)
        if seen is not None:
            found["retention"], sources["retention"] = seen, "survey"
    found["discount"], found["horizon"] = ws.assumptions.discount_rate, ws.assumptions.horizon_years
    sources["discount"] = sources["horizon"] = "assumption"
    for name, value in given.known.items():
        found[name], sources[name] = value, "given"
    horizon = max(0, round(found.pop("horizon")))
    return ClvInputs(**found, horizon=horizon), sources


def _kpi_retention(series: Mapping[str, list[tuple[Kpi, list[Observation]]]]) -> float | None:
    """Return the latest yearly retention a KPI tells, directly or as start-base churn."""
    for measure in ("retention", "churn"):
        for kpi, observations in series.get(measure, ()):
            rate = observations[-1].value / (100.0 if _is_percent(kpi) else 1.0)
            if 0.0 <= rate <= 1.0:
                return rate if measure == "retention" else 1.0 - rate
    return None


def _retention(ws: Workspace, engine: Engine, *, by_segment: bool) -> dict[SegmentId | None, float]:
    """Return yearly retention of the latest survey that saw who left over a stated time."""
    found: dict[SegmentId | None, float] = {}
    for figure in _of_surveys(ws, engine, by_segment=by_segment):
        if figure.yearly is not None:
            segment = None if figure.segment is None else SegmentId(figure.segment)
            found[segment] = 1.0 - figure.yearly
    return found
