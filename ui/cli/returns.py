"""The command that takes a leader's pack back: return."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from journey.returns import (
    Comparison,
    Difference,
    Field,
    RefusedCell,
    ReturnedPack,
    Value,
    barred_cells,
    check_belongs,
    find_differences,
    refusals,
    take_back,
)
from ui.cli.answers import Answer, quarters_with_evidence
from ui.cli.calls import find_quarter
from ui.cli.faults import REFUSED
from ui.cli.options import Json, Quarter, Workspace
from ui.cli.output import advise, print_json, print_table, say
from ui.cli.publishing import open_to_write, publish

if TYPE_CHECKING:
    from storage.document import Document

FIELD_WORDS = {
    Field.STATUS: "status",
    Field.DUE: "due date",
    Field.EFFORT: "effort",
    Field.NOTES: "notes",
}
REASON_WORDS = {
    "not_a_status": "is no status",
    "not_a_date": "is no date",
    "not_a_number": "is no number of days",
    "not_positive": "must be above zero",
    "contradicts": "contradicts another row of the same improvement",
    "improvement_gone": "its improvement is no longer in the workspace",
    "pain_point_gone": "its pain point is no longer in the workspace",
    "locked": "its journey is locked",
}


def return_pack(
    file: Workspace,
    pack: Annotated[Path, typer.Argument(metavar="PACK.xlsx", help="The pack that came back.")],
    *,
    quarter: Quarter = None,
    take_conflicts: Annotated[
        bool,
        typer.Option(
            "--take-conflicts", help="Take the pack's word where the workspace has moved on."
        ),
    ] = False,
    renamed: Annotated[
        bool, typer.Option("--renamed", help="The workspace bears another name since the export.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Compare, change nothing.")] = False,
    json: Json = False,
) -> int:
    """Take back what a leader filled in.

    Status, due date, effort and notes come back as one step. What changed in the workspace since
    the export is a conflict and stays as it is, unless --take-conflicts. The pack must be of this
    workspace and of the quarter, by default the latest.

    Example: waymark return bank.waymark "2026Q4 Jonas Vik.xlsx"
    """
    from storage.document import identity_of
    from storage.returns import read_returned

    came = read_returned(pack)
    with open_to_write(file) as document:
        ws = document.workspace
        asked, identity = _quarter(document, quarter), identity_of(document.engine)
        check_belongs(ws, came, asked, renamed=renamed, workspace_id=identity)
        found = find_differences(ws, came)
        wanted = [d for d in found.differences if take_conflicts or not d.conflict]
        barred = refusals(ws, wanted)
        taken = [d for d in wanted if d not in barred]
        before = document.content_sha256()
        if taken and not dry_run:
            today = datetime.now().astimezone().date()
            document.write(take_back(ws, taken, came.quarter, on=today).do(ws))
        sha256 = publish(document)
    refused = [*found.refused, *barred_cells(barred)]
    left = [d for d in found.conflicts if d not in taken]
    if json:
        answer = return_answer(came, found, taken, refused, dry_run=dry_run)
        answer["moved_on"] = came.content_sha256 != before
        print_json({**answer, "content_sha256": sha256})
    else:
        _print(came, found, taken, dry_run=dry_run)
    _advise_of(refused, left, dry_run=dry_run)
    return REFUSED if refused or left else 0


def _quarter(document: "Document", asked: str | None) -> str | None:
    from storage.evidence.store import EvidenceStore

    ws = document.workspace
    known = quarters_with_evidence(ws, EvidenceStore(document.engine))
    return find_quarter(asked, known, ws.quarters)


def return_answer(
    came: ReturnedPack,
    found: Comparison,
    taken: Sequence[Difference],
    refused: Sequence[RefusedCell],
    *,
    dry_run: bool,
) -> Answer:
    """Return what a pack changed: every difference, and every cell that was not taken."""
    return {
        "workspace": came.workspace,
        "quarter": came.quarter,
        "leader": came.leader_name,
        "pack_content_sha256": came.content_sha256,
        "dry_run": dry_run,
        "rows": len(came.rows),
        "applied": 0 if dry_run else len(taken),
        "created": sorted({d.improvement for d in taken if d.created and not dry_run}),
        "differences": [
            {
                "line": d.line,
                "pain_point": d.pain_point,
                "title": d.title,
                "improvement": d.improvement,
                "created": d.created,
                "field": d.field.value,
                "exported": _plain(d.exported),
                "now": _plain(d.now),
                "returned": _plain(d.returned),
                "conflict": d.conflict,
                "applied": d in taken and not dry_run,
            }
            for d in found.differences
        ],
        "refused": [
            {
                "line": cell.line,
                "title": cell.title,
                "field": cell.field.value,
                "text": cell.text,
                "reason": cell.reason,
            }
            for cell in refused
        ],
    }


def _plain(value: Value) -> str | float | None:
    if isinstance(value, date):
        return value.isoformat()
    return value or None if isinstance(value, str) else value


def _print(
    came: ReturnedPack, found: Comparison, taken: Sequence[Difference], *, dry_run: bool
) -> None:
    who = came.leader_name or "Unassigned"
    say(f"{who} · {came.quarter or 'all time'} · {len(came.rows)} rows")
    if not found.differences:
        say("Nothing was filled in that the workspace does not say already.")
        return
    rows = [
        (d.title, FIELD_WORDS[d.field], d.exported, d.now, d.returned, _became(d, taken))
        for d in found.differences
    ]
    print_table(
        ("Pain point", "Field", "Was exported", "Now", "Returned", ""), rows, cut="Pain point"
    )
    count = len(taken)
    did = "Would take" if dry_run else "Took"
    say(f"{did} {count} of {len(rows)} difference{'' if len(rows) == 1 else 's'}.")


def _became(difference: Difference, taken: Sequence[Difference]) -> str:
    if difference not in taken:
        return "conflict" if difference.conflict else "refused"
    return "new improvement" if difference.created else "taken"


def _advise_of(
    refused: Sequence[RefusedCell], conflicts: Sequence[Difference], *, dry_run: bool
) -> None:
    """Say what was not taken, to standard error."""
    for cell in refused:
        reason = REASON_WORDS.get(cell.reason, cell.reason.replace("_", " "))
        what = f"“{cell.text[:40]}”" if cell.text else "an empty cell"
        advise(
            f"Refused: line {cell.line}, {FIELD_WORDS[cell.field]} of “{cell.title[:60]}”: "
            f"{what} {reason}."
        )
    if conflicts:
        advise(
            f"{len(conflicts)} conflict{'' if len(conflicts) == 1 else 's'}: the workspace was "
            "changed since the export and keeps its value; --take-conflicts takes the pack's."
        )
    if refused and not dry_run:
        advise("All else was taken; correct these cells and return the pack again.")
