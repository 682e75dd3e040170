"""`import tickets`: a help desk's tickets become KPIs."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.evidence import IfKnown
from ui.cli.imports_kpi import Taking, take_kpis
from ui.cli.imports_logs import Create, Data, DryRun, Known, MappingFile, chosen_mapping
from ui.cli.options import Journey, Json, Workspace

if TYPE_CHECKING:
    from storage.imports.mapping import Mapping


def import_tickets(
    file: Workspace,
    data: Data,
    *,
    mapping: MappingFile = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="COLUMN", help="The column whose values are touchpoints."),
    ] = None,
    touchpoint: Annotated[
        str | None,
        typer.Option("--touchpoint", metavar="NAME", help="The touchpoint all tickets are at."),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", metavar="KIND", help="month, week, quarter, or one as 2026-07."),
    ] = None,
    create: Create = False,
    journey: Journey = None,
    dry_run: DryRun = False,
    if_known: Known = IfKnown.REFUSE,
    json: Json = False,
) -> int:
    """Take a help desk's tickets in: first contact resolution, answers within 2 h, times.

    One record per ticket, as Zendesk, HubSpot and others export them.

    Example: waymark import tickets bank.waymark tickets.csv --touchpoint "Support call"
    """
    chosen, _ = chosen_mapping(mapping, (), lambda: _proposed(data), lambda _: False)
    chosen = _with(chosen, data, by, touchpoint, period)
    return take_kpis(file, Taking(data, chosen, create, journey, dry_run, if_known), json=json)


def _proposed(data: Path) -> "Mapping":
    """Return what the columns of a table of tickets are.

    Raises:
        MappingError: no_tickets.
    """
    from storage.errors import MappingError
    from storage.imports.mapping import Mapping
    from storage.imports.rows import open_table
    from storage.imports.ticket_columns import tickets_of

    tickets = tickets_of(open_table(data))
    if tickets is None:
        raise MappingError("no_tickets", (data.name,))
    return Mapping(tickets=tickets)


def _with(
    mapping: "Mapping", data: Path, by: str | None, touchpoint: str | None, period: str | None
) -> "Mapping":
    """Return the mapping with what was said in the call; places of one kind only.

    Raises:
        MappingError: no_tickets, wrong_value.
    """
    from storage.errors import MappingError
    from storage.imports.mapping import check_choices

    tickets = mapping.tickets
    if tickets is None:
        raise MappingError("no_tickets", (data.name,))
    if by or touchpoint:
        tickets = replace(tickets, by=by, touchpoint=touchpoint)
    chosen = replace(mapping, tickets=replace(tickets, period=period or tickets.period))
    check_choices(chosen)
    return chosen
