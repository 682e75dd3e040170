"""The command that writes packs."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from journey.model.ids import QuarterId
from ui.cli.answers import quarters_with_evidence
from ui.cli.calls import UNASSIGNED, CallError, find_leader, find_quarter
from ui.cli.maps import report_with_maps
from ui.cli.options import Draws, Json, Leader, Quarter, Seed, Workspace
from ui.cli.output import Meter, advise, print_json, say

if TYPE_CHECKING:
    from journey.model.workspace import Workspace as WorkspaceModel
    from journey.report.report import Report
    from storage.exports.brand import Brand
    from storage.exports.gather import Gathered

USUAL = "xlsx,pdf,pptx,csv"


def export(
    file: Workspace,
    *,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="The folder to write to.")],
    quarter: Quarter = None,
    leader: Leader = None,
    formats: Annotated[
        str,
        typer.Option(
            "--formats",
            help="Any of xlsx, pdf, pptx, csv, raw-csv, md, tickets, separated by commas.",
        ),
    ] = USUAL,
    company: Annotated[
        Path | None,
        typer.Option(
            "--company", metavar="DIR", help="Your logo, colour, fonts and templates for packs."
        ),
    ] = None,
    draws: Draws = 1000,
    seed: Seed = 1,
    json: Json = False,
) -> None:
    """Write a pack for every leader, or for one.

    All leaders come with an overview and with what was done for customers.

    Example: waymark export bank.waymark --quarter 2026Q4 --to packs
    """
    from datetime import datetime

    from journey.quarter.record import has_record, workspace_of
    from storage.document import read_document
    from storage.evidence.store import EvidenceStore
    from storage.exports import export_report
    from storage.exports.brand import BrandError
    from storage.exports.gather import gather

    wanted = _formats(formats)
    brand = _brand(company)
    with read_document(file) as document:
        ws = document.workspace
        known = quarters_with_evidence(ws, EvidenceStore(document.engine))
        chosen = find_quarter(quarter, known, ws.quarters)
        frozen = ws.quarters.get(QuarterId(chosen)) if chosen is not None else None
        if frozen is not None and not has_record(frozen):
            advise(f"{chosen} was frozen without its figures; it is ranked afresh, as a draft.")
        then = workspace_of(frozen) if frozen is not None and has_record(frozen) else ws
        name = _leader_name(then, leader)
        today = datetime.now().astimezone().date()
        gathered = gather(document, chosen, today=today, draws=draws, seed=seed)
    report = report_with_maps(gathered, chosen, wanted) if name is None else _of_one(gathered, name)
    try:
        with Meter("Exporting") as step:
            written = export_report(report, to, wanted, brand=brand, progress=step)
    except BrandError as error:
        raise CallError(f"A template in {error.path} does not work: {error.detail}.") from error
    if json:
        print_json({"quarter": chosen, "files": [str(path) for path in written]})
    else:
        for path in written:
            say(str(path))
    if not written:
        advise("There is nothing to export: no pain point is on the list.")


def _formats(text: str) -> set[str]:
    """Return the formats asked for; all of the usual ones that can be written here."""
    from storage.exports.packs import formats_there_are

    known = formats_there_are()
    wanted = {name.strip().lower() for name in text.split(",") if name.strip()}
    unknown = sorted(wanted - set(known))
    if unknown or not wanted:
        raise CallError(f"Unknown format: {', '.join(unknown) or 'none given'}.", known)
    return wanted


def _brand(folder: Path | None) -> "Brand":
    from storage.exports.brand import Brand, BrandError, read_brand

    if folder is None:
        return Brand()
    try:
        return read_brand(folder)
    except BrandError as error:
        told = f": {error.detail}" if error.detail else ""
        what = "is no folder" if error.reason == "no_folder" else f"cannot be used{told}"
        raise CallError(f"{error.path} {what}.") from error


def _leader_name(ws: "WorkspaceModel", name: str | None) -> str | None:
    """Return a leader's name as the workspace writes it; None for all."""
    if name is None:
        return None
    leader = find_leader(ws, name)
    return UNASSIGNED if leader is None else ws.leaders[leader].name


def _of_one(gathered: "Gathered", name: str) -> "Report":
    """Return the pack of one leader alone."""
    report = gathered.report
    mine = tuple(p for p in report.packs if (p.leader_name if p.leader else UNASSIGNED) == name)
    return replace(report, packs=mine, overview=None, done=None)
