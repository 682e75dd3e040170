"""Which kind of evidence a file looks like, and its mapping as a kind. Free of Qt."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from journey.model.evidence import TRANSACTIONAL, EventLog, PurchaseLog
from journey.model.workspace import Workspace
from storage.errors import ImportProblem, MappingError
from storage.imports.inspect import Inspection
from storage.imports.likely_kind import TICKETS, likely_kind, tickets_in
from storage.imports.mapping import (
    EventsMapping,
    Mapping,
    PurchasesMapping,
    SurveySettings,
    parse_mapping,
    propose,
)
from storage.imports.mapping_proposal import survey_name
from ui.imports.kinds import EvidenceKind


def guess_kind(inspection: Inspection) -> tuple[EvidenceKind, Mapping]:
    """Return what a file looks like, with the mapping proposed for it as that."""
    likely = likely_kind(inspection)
    # Tickets become KPIs.
    kind = "kpi" if likely.kind == TICKETS else likely.kind
    return EvidenceKind(kind), likely.mapping


def kinds_for(inspection: Inspection) -> tuple[EvidenceKind, ...]:
    """Return what a file can be taken for: a log in XES holds nothing but events."""
    return (EvidenceKind.EVENTS,) if inspection.vendor == "xes" else tuple(EvidenceKind)


def mapping_as(
    kind: EvidenceKind, path: Path, inspection: Inspection, workspace: Workspace
) -> Mapping:
    """Return the mapping of a file as a kind: a remembered one that fits, else the proposed one.

    What cannot be told is left blank in it.
    """
    if kind is EvidenceKind.KPI:
        return Mapping(tickets=tickets_in(inspection))
    if kind is EvidenceKind.EVENTS:
        return _events(path, inspection, workspace)
    if kind is EvidenceKind.PURCHASES:
        return _purchases(path, inspection, workspace)
    proposed = propose(inspection)
    if proposed.survey is not None:
        return proposed
    name = survey_name(inspection.path)
    return Mapping(source=proposed.source, survey=SurveySettings(name, TRANSACTIONAL))


def _events(path: Path, inspection: Inspection, workspace: Workspace) -> Mapping:
    from storage.imports.events_reading import fits_events, propose_events, xes_mapping

    remembered = _remembered(workspace.event_logs.values(), lambda m: fits_events(path, m))
    if remembered is not None:
        return remembered
    if inspection.vendor == "xes":
        return xes_mapping(inspection)
    proposed = propose(inspection)
    if proposed.events is not None:
        return proposed
    with suppress(MappingError):
        return propose_events(path)
    return Mapping(events=EventsMapping("", "", _first_date(inspection)))


def _purchases(path: Path, inspection: Inspection, workspace: Workspace) -> Mapping:
    from storage.imports.purchases_reading import fits_purchases, propose_purchases

    remembered = _remembered(workspace.purchase_logs.values(), lambda m: fits_purchases(path, m))
    if remembered is not None:
        return remembered
    with suppress(MappingError, ImportProblem):
        return propose_purchases(path)
    return Mapping(purchases=PurchasesMapping("", _first_date(inspection), ""))


def _first_date(inspection: Inspection) -> str:
    dates = (seen.name for seen in inspection.columns if seen.profile.type == "date")
    return next(dates, "")


def _remembered(
    logs: Iterable[EventLog | PurchaseLog], fits: Callable[[Mapping], bool]
) -> Mapping | None:
    """Return the latest log's mapping that fits."""
    latest = sorted(
        logs, key=lambda log: (log.imported_at.timestamp() if log.imported_at else 0.0, log.id)
    )
    for log in reversed(latest):
        with suppress(MappingError):
            mapping = parse_mapping(log.mapping)
            if fits(mapping):
                return mapping
    return None
