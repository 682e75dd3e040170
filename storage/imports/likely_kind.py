"""Which kind of evidence a file looks like, and what its columns are as that.

A proposal that a person may change; it is made of headers and values, never of a file's name.
"""

from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from storage.errors import MappingError
from storage.imports.inspect import ColumnSeen, Inspection
from storage.imports.kpi_periods import DAY, YEAR, parse_period
from storage.imports.kpi_reading import header_roles, period_cells, read_cells
from storage.imports.mapping import Mapping, TicketsMapping, propose
from storage.imports.readers import propose_any
from storage.imports.ticket_columns import MAYBE_TICKETS, find_tickets, samples_of
from storage.imports.ticket_words import VENDORS

SURVEY, KPI, EVENTS, PURCHASES = "survey", "kpi", "events", "purchases"
TICKETS = "tickets"
# From so many columns named like periods on, a sheet holds KPIs.
_PERIODS: Final = 2
# A sheet of KPIs has a record per period; one of answers has hundreds of records.
_MOST_PERIODS: Final = 600


@dataclass(frozen=True, slots=True)
class LikelyKind:
    """What a file looks like.

    Attributes:
        kind: survey, kpi, events, purchases or tickets. mapping: the one proposed for it as that.
        roles: what its columns are where they are no answers, by name.
    """

    kind: str
    mapping: Mapping
    roles: dict[str, str] = field(default_factory=dict)


def likely_kind(inspection: Inspection) -> LikelyKind:
    """Return what a file looks like, with the mapping proposed for it as that."""
    told = _report(inspection) or _tickets(inspection)
    if told is not None:
        return told
    if inspection.vendor == "plain" and _is_kpi_sheet(inspection):
        return LikelyKind(KPI, Mapping(), _kpi_roles(inspection))
    proposed = _proposed(inspection)
    if proposed.events is not None:
        return LikelyKind(EVENTS, proposed, _named(proposed.events, _EVENT_ROLES))
    if proposed.purchases is not None:
        return LikelyKind(PURCHASES, proposed, _named(proposed.purchases, _PURCHASE_ROLES))
    asked = (proposed.questions, proposed.pain_points, proposed.comments)
    says_nothing = not any(asked) and proposed.long is None and proposed.outcome is None
    people = any(seen.proposal.role == "respondent" for seen in inspection.columns)
    if says_nothing and not people and _reads_as_kpis(inspection):
        return LikelyKind(KPI, Mapping(), _kpi_roles(inspection))
    return LikelyKind(SURVEY, proposed)


def _report(inspection: Inspection) -> LikelyKind | None:
    if inspection.vendor != "ga4":
        return None
    roles = {seen.name: "value" if _is_figure(seen) else "row" for seen in inspection.columns}
    if inspection.columns:
        roles[inspection.columns[0].name] = "row"
    return LikelyKind(KPI, Mapping(), roles)


def _tickets(inspection: Inspection) -> LikelyKind | None:
    """Tickets that were rated are answers first; as tickets they can be taken in beside."""
    tickets = tickets_in(inspection)
    proposed = None if tickets is None else propose(inspection)
    if tickets is None or proposed is None or proposed.questions or proposed.long is not None:
        return None
    roles = {name: role for role, name in tickets.columns.items()}
    return LikelyKind(TICKETS, Mapping(source=proposed.source, tickets=tickets), roles)


def tickets_in(inspection: Inspection) -> TicketsMapping | None:
    """Return what the columns of a table of tickets are; None where it is no such table.

    Answers about tickets may stand in it too: then it is a survey as well.
    """
    if inspection.vendor not in MAYBE_TICKETS | VENDORS:
        return None
    return find_tickets(samples_of(inspection.columns))


_EVENT_ROLES: Final = ("case", "activity", "time", "lifecycle", "segment")
_PURCHASE_ROLES: Final = ("customer", "date", "amount", "segment")


def _named(mapping: object, roles: tuple[str, ...]) -> dict[str, str]:
    return {name: role for role in roles if (name := getattr(mapping, role))}


def _proposed(inspection: Inspection) -> Mapping:
    """Propose for any kind; a pasted table is no file that could be looked at again."""
    if inspection.table is not None and inspection.table.source.form == "pasted":
        return propose(inspection)
    return propose_any(inspection)


def _is_kpi_sheet(inspection: Inspection) -> bool:
    names = [seen.name for seen in inspection.columns]
    if sum(parse_period(name) is not None for name in names) >= _PERIODS:
        return True
    if not _reads_as_kpis(inspection):
        return False
    return {"name", "period", "value"} <= header_roles(names).keys() or _counts_by_period(
        inspection
    )


def _counts_by_period(inspection: Inspection) -> bool:
    """Each record is a period of its own, in the first column, and all else are figures."""
    first, others = inspection.columns[0], inspection.columns[1:]
    if inspection.table is None or not others or not 2 <= inspection.records <= _MOST_PERIODS:
        return False
    if not first.profile.unique or first.profile.blank:
        return False
    sample = [record for _, record in islice(inspection.table.rows(), _MOST_PERIODS)]
    found = [parse_period(cell) for cell in period_cells(sample, 0)]
    kinds = {period.kind if period else "" for period in found}
    if not found or "" in kinds or len(kinds) > 1:
        return False
    # Days and bare numbers also stand first in exports of answers: the other columns must tell.
    named = header_roles([first.name]).keys() & {"period"}
    asked = any(seen.proposal.role == "question" for seen in others)
    if kinds & {DAY, YEAR} and (asked or not named):
        return False
    answered = [seen for seen in others if seen.profile.answered]
    return bool(answered) and all(_is_figure(seen) for seen in answered)


def _is_figure(seen: ColumnSeen) -> bool:
    if seen.profile.type in {"integer", "number"}:
        return True
    percents = [value for value in seen.profile.values if value.strip().endswith("%")]
    return bool(percents) and len(percents) == len(seen.profile.values)


def _reads_as_kpis(inspection: Inspection) -> bool:
    if inspection.table is None or inspection.vendor != "plain":
        return False
    try:
        return next(iter(read_cells(inspection.table, Mapping())), None) is not None
    except MappingError as error:
        # Months without their year: of KPIs all the same.
        return error.reason in {"period_year", "half_years", "date_order"}


def _kpi_roles(inspection: Inspection) -> dict[str, str]:
    """Return what the columns of a sheet of KPIs are; those of figures are its values."""
    names = [seen.name for seen in inspection.columns]
    roles = {names[place]: role for role, place in header_roles(names).items()}
    roles = {name: "kpi" if role == "name" else role for name, role in roles.items()}
    for seen in inspection.columns:
        if seen.name in roles:
            continue
        if parse_period(seen.name) is not None:
            roles[seen.name] = "value"
        elif "period" not in roles.values() and _are_periods(seen):
            roles[seen.name] = "period"
        elif _is_figure(seen) and "value" not in roles.values():
            roles.setdefault(seen.name, "kpi")
    return roles


def _are_periods(seen: ColumnSeen) -> bool:
    values = list(seen.profile.values)
    return bool(values) and all(parse_period(value) is not None for value in values)
