"""`import purchases`: a purchase log, from which churn and customer value are computed."""

from pathlib import Path
from typing import TYPE_CHECKING

from journey.edit.command import display_name
from journey.model.workspace import Workspace as WorkspaceModel
from ui.cli.evidence import IfKnown
from ui.cli.faults import REFUSED
from ui.cli.imports_logs import Create, Data, DryRun, Known, MappingFile, advise_of, chosen_mapping
from ui.cli.options import Json, Workspace
from ui.cli.output import Meter, advise, print_json, say
from ui.cli.publishing import open_to_write, publish

if TYPE_CHECKING:
    from storage.imports.mapping import Mapping
    from storage.imports.purchases import PurchasesImport


def import_purchases(
    file: Workspace,
    data: Data,
    *,
    mapping: MappingFile = None,
    create: Create = False,
    dry_run: DryRun = False,
    if_known: Known = IfKnown.REFUSE,
    json: Json = False,
) -> int:
    """Take a log of purchases in.

    One record per purchase, with or without a header.

    Example: waymark import purchases bank.waymark purchases.csv
    """
    from storage.imports.purchases import import_purchases as take_in

    with open_to_write(file) as document:
        ws = document.workspace
        chosen, which = _mapping(ws, data, mapping)
        with Meter("Importing") as step:
            result = take_in(
                document,
                data,
                chosen,
                create=create,
                dry_run=dry_run,
                if_known=if_known.value,
                progress=step,
            )
        if result.command is not None:
            document.write(result.command.do(ws))
        sha256 = publish(document)
    if json:
        print_json(purchases_answer(result, sha256))
    else:
        did = "Would import" if dry_run else "Imported"
        say(
            f"{did} {result.purchases} of {result.records} purchases of {data}: "
            f"{result.customers} customers, {result.first} to {result.last}."
        )
    if which:
        advise(which)
    advise_of(result.skipped, (), {})
    if result.faulty:
        advise("All else was imported; correct the file or the mapping to take the rest in.")
    return REFUSED if result.faulty else 0


def purchases_answer(result: "PurchasesImport", content_sha256: str) -> dict[str, object]:
    """Return what an import of purchases took in."""
    return {
        "log": result.log.id,
        "records": result.records,
        "imported": result.purchases,
        "purchases": result.purchases,
        "customers": result.customers,
        "total": result.total,
        "first": result.first or None,
        "last": result.last or None,
        "skipped": [
            {"reason": s.reason, "count": s.count, "example_line": s.example_line}
            for s in result.skipped
        ],
        "created": [{"kind": e.kind.value, "name": display_name(e)} for e in result.created],
        "replaced": list(result.replaced),
        "content_sha256": content_sha256,
    }


def _mapping(ws: WorkspaceModel, data: Path, path: Path | None) -> "tuple[Mapping, str]":
    from storage.imports.purchases_reading import fits_purchases, propose_purchases

    logs = sorted(
        ws.purchase_logs.values(),
        key=lambda log: (log.imported_at.timestamp() if log.imported_at else 0.0, log.id),
        reverse=True,
    )
    remembered = ((log.name, log.mapping) for log in logs)
    return chosen_mapping(
        path,
        remembered,
        lambda: propose_purchases(data),
        lambda mapping: fits_purchases(data, mapping),
    )
