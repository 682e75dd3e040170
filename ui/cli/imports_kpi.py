"""`import kpi`: a sheet of KPIs becomes series."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from journey.edit.command import display_name
from ui.cli.evidence import IfKnown
from ui.cli.faults import REFUSED
from ui.cli.imports_logs import Create, Data, DryRun, Known, MappingFile, advise_of, chosen_mapping
from ui.cli.options import Journey, Json, Workspace
from ui.cli.output import Meter, advise, print_json, print_table, say
from ui.cli.publishing import open_to_write, publish

if TYPE_CHECKING:
    from storage.imports.kpi_result import KpiImport
    from storage.imports.mapping import Mapping

WARNINGS = {
    "direction_assumed": "“{name}”: a higher value is taken as better; set better to say so.",
    "target_kept": "“{name}” keeps the target it has; --if-known replace takes the sheet's.",
    "too_young": "{name} tickets were solved too recently to tell whether they come back.",
    "unsolved": "{name} tickets are not solved; they are in no share of solved tickets.",
    "unknown_fcr": "{name} tickets do not say whether the first contact was all it took.",
    "no_fcr": (
        "No first contact resolution: the file must say what is solved (a moment or a state), and "
        "the replies, the reopens or the requester of each ticket."
    ),
    "no_response": "No response times: the file has no first reply, neither a time nor a moment.",
}


def import_kpi(
    file: Workspace,
    data: Data,
    *,
    mapping: MappingFile = None,
    create: Create = False,
    journey: Journey = None,
    dry_run: DryRun = False,
    if_known: Known = IfKnown.REFUSE,
    json: Json = False,
) -> int:
    """Take a sheet of KPIs in.

    Periods stand in a column, as columns, or with one value a record.

    Example: waymark import kpi bank.waymark kpis.xlsx --create
    """
    from storage.imports.mapping import Mapping

    chosen, _ = chosen_mapping(mapping, (), Mapping, lambda _: False)
    taking = Taking(data, chosen, create, journey, dry_run, if_known)
    return take_kpis(file, taking, json=json)


@dataclass(frozen=True, slots=True)
class Taking:
    """What is taken in as KPIs, and how."""

    data: Path
    mapping: "Mapping"
    create: bool
    journey: str | None
    dry_run: bool
    if_known: IfKnown


def take_kpis(file: Path, taking: Taking, *, json: bool) -> int:
    """Take KPIs in and say what was done; return the exit code."""
    from storage.imports.kpi import import_kpi as take_in

    data, dry_run = taking.data, taking.dry_run
    with open_to_write(file) as document:
        ws = document.workspace
        with Meter("Importing") as step:
            result = take_in(
                ws,
                data,
                taking.mapping,
                create=taking.create,
                journey=taking.journey,
                dry_run=dry_run,
                if_known=taking.if_known.value,
                progress=step,
            )
        if result.command is not None:
            document.write(result.command.do(ws))
        sha256 = publish(document)
    if json:
        print_json(kpi_answer(result, sha256))
    else:
        _print(result, data, dry_run=dry_run)
    advise_of(result.skipped, result.warnings, WARNINGS)
    for cell in result.refused_cells:
        reason = cell.reason.replace("_", " ")
        advise(
            f"Refused: {cell.count} × {reason} in {cell.column}, "
            f"first “{cell.example[:40]}” at line {cell.example_line}."
        )
    if result.refused:
        advise("All else was imported; correct the file or the mapping to take the rest in.")
    return REFUSED if result.refused else 0


def kpi_answer(result: "KpiImport", content_sha256: str) -> dict[str, object]:
    """Return what an import of KPIs took in."""
    return {
        "records": result.records,
        "imported": result.imported,
        "kpis": [
            {
                "kpi": taken.kpi.name,
                "id": taken.kpi.id,
                "measure": taken.kpi.measure or None,
                "note": taken.kpi.note,
                "touchpoint": taken.touchpoint or None,
                "unit": taken.kpi.unit,
                "better": taken.kpi.better,
                "target": taken.kpi.target,
                "periods": list(taken.periods),
            }
            for taken in result.kpis
        ],
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
        "created": [{"kind": e.kind.value, "name": display_name(e)} for e in result.created],
        "warnings": [{"reason": reason, "name": name} for reason, name in result.warnings],
        "content_sha256": content_sha256,
    }


def _print(result: "KpiImport", data: Path, *, dry_run: bool) -> None:
    did = "Would import" if dry_run else "Imported"
    say(f"{did} {result.imported} observations of {len(result.kpis)} KPIs from {data}.")
    if result.kpis:
        print_table(
            ("KPI", "Touchpoint", "Unit", "Better", "Target", "Periods"),
            [
                (
                    taken.kpi.name,
                    taken.touchpoint,
                    taken.kpi.unit,
                    taken.kpi.better,
                    taken.kpi.target,
                    _span(taken.periods),
                )
                for taken in result.kpis
            ],
            cut="KPI",
        )
    notes = {taken.kpi.name: taken.kpi.note for taken in result.kpis if result.from_tickets}
    for name, note in notes.items():
        say(f"{name}: {note}")


def _span(periods: tuple[str, ...]) -> str:
    if len(periods) < 2:
        return "".join(periods)
    return f"{periods[0]} – {periods[-1]} ({len(periods)})"
