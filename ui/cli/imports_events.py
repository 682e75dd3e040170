"""`import events`: an event log becomes transitions."""

from pathlib import Path
from typing import TYPE_CHECKING

from journey.edit.command import display_name
from journey.model.workspace import Workspace as WorkspaceModel
from ui.cli.evidence import IfKnown
from ui.cli.faults import REFUSED
from ui.cli.imports_logs import (
    Create,
    Data,
    DryRun,
    Known,
    MappingFile,
    advise_of,
    chosen_mapping,
)
from ui.cli.options import Journey, Json, Workspace
from ui.cli.output import Meter, advise, print_json, print_table, say
from ui.cli.publishing import open_to_write, publish

if TYPE_CHECKING:
    from storage.imports.events_result import EventsImport
    from storage.imports.mapping import Mapping

SHOWN = 20
_WARNINGS = {
    "no_ends": "No end activity is named lost or retained, so no transition leads to an end.",
    "other_ends": "Cases that end with another activity count as {name}.",
    "activity_never": "No event has the activity “{name}” of the mapping.",
    "counts_replaced": "{name} transitions had counts typed by hand; the log's replace them.",
    "case_known": "{name} cases were imported before and left out.",
}


def import_events(
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
    """Take an event log in: transitions with counts.

    DATA is XES, or a table with an event a record; gz and zip are unpacked.

    Example: waymark import events bank.waymark log.xes --create
    """
    from storage.imports.events import import_events as take_in

    with open_to_write(file) as document:
        ws = document.workspace
        chosen, which = _mapping(ws, data, mapping)
        with Meter("Importing") as step:
            result = take_in(
                document,
                data,
                chosen,
                create=create,
                journey=journey,
                dry_run=dry_run,
                if_known=if_known.value,
                progress=step,
            )
        if result.command is not None:
            document.write(result.command.do(ws))
        sha256 = publish(document)
    if json:
        print_json(events_answer(result, sha256))
    else:
        _print(result, data, dry_run=dry_run)
    if which:
        advise(which)
    advise_of(result.skipped, result.warnings, _WARNINGS)
    if result.faulty:
        advise("All else was imported; correct the file or the mapping to take the rest in.")
    return REFUSED if result.faulty else 0


def events_answer(result: "EventsImport", content_sha256: str) -> dict[str, object]:
    """Return what an import of events took in."""
    return {
        "log": result.log.id,
        "records": result.records,
        "events": result.events,
        "cases": result.cases,
        "activities": result.activities,
        "variants": result.variants,
        "transitions": [
            {
                "from": p.source,
                "to": p.target,
                "count": p.count,
                "median_seconds": p.median,
                "p90_seconds": p.p90,
            }
            for p in result.passages
        ],
        "starts": [{"activity": name, "count": n} for name, n in result.starts.items()],
        "ends": [{"activity": name, "count": n} for name, n in result.ends.items()],
        "skipped": [
            {"reason": s.reason, "count": s.count, "example_line": s.example_line}
            for s in result.skipped
        ],
        "matched": [
            {"activity": m.activity, "touchpoint": m.touchpoint or None} for m in result.matched
        ],
        "created": [{"kind": e.kind.value, "name": display_name(e)} for e in result.created],
        "replaced": list(result.replaced),
        "warnings": [{"reason": reason, "name": name} for reason, name in result.warnings],
        "content_sha256": content_sha256,
    }


def _mapping(ws: WorkspaceModel, data: Path, path: Path | None) -> "tuple[Mapping, str]":
    from storage.imports.events_reading import fits_events, propose_events

    logs = sorted(
        ws.event_logs.values(),
        key=lambda log: (log.imported_at.timestamp() if log.imported_at else 0.0, log.id),
        reverse=True,
    )
    remembered = ((log.name, log.mapping) for log in logs)
    return chosen_mapping(
        path, remembered, lambda: propose_events(data), lambda mapping: fits_events(data, mapping)
    )


def _print(result: "EventsImport", data: Path, *, dry_run: bool) -> None:
    did = "Would import" if dry_run else "Imported"
    say(
        f"{did} {result.events} of {result.records} events of {data}: {result.cases} cases, "
        f"{result.activities} activities, {result.variants} variants."
    )
    if result.passages:
        print_table(
            ("From", "To", "Count", "Median time"),
            [(p.source, p.target, p.count, _time(p.median)) for p in result.passages[:SHOWN]],
            cut="From",
        )
    if len(result.passages) > SHOWN:
        say(f"… and {len(result.passages) - SHOWN} more transitions.")


def _time(seconds: float) -> str:
    """Return a time in the unit in which it is short."""
    for unit, size in (("d", 86_400.0), ("h", 3_600.0), ("min", 60.0)):
        if seconds >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.0f} s"
