"""Commands on the workspace file as a whole: new, info, dump, load, check, open."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.answers import check_answer, info_answer
from ui.cli.calls import CallError
from ui.cli.faults import REFUSED, WORKSPACE
from ui.cli.options import Json, Workspace
from ui.cli.output import advise, print_json, print_table, say

if TYPE_CHECKING:
    from storage.document import CheckReport, Finding

NOTES_SHOWN = 10
_REPAIRABLE = ("content_hash", "batch_hash", "malformed", "marks", "row", "contradiction")


def new(
    file: Workspace,
    template: Annotated[
        str, typer.Option(help="A template by name; an unknown one lists them.")
    ] = "default",
    language: Annotated[str, typer.Option(help="The language of the workspace.")] = "en",
    json: Json = False,
) -> None:
    """Make a workspace with one journey.

    The default template has five empty stages; `--template retail` and others bring touchpoints.
    Nothing is ever overwritten.

    Example: waymark new bank.waymark
    """
    from storage.document import COMMAND, Document
    from storage.templates import UnknownTemplateError, templates, workspace_from

    try:
        workspace = workspace_from(template, file.stem, language)
    except UnknownTemplateError as error:
        names = [known.name for known in templates()]
        raise CallError(f"There is no template “{template}”.", names) from error
    Document.create(file, workspace, purpose=COMMAND).close()
    if json:
        print_json({"file": str(file)})
    else:
        counts = f"{len(workspace.stages)} stages, {len(workspace.touchpoints)} touchpoints"
        say(f"Made {file}: one journey, {counts}. Open it with: waymark open {file}")


def info(file: Workspace, json: Json = False) -> None:
    """Say what a workspace holds.

    Example: waymark info bank.waymark --json
    """
    from storage.document import read_document
    from storage.evidence.store import EvidenceStore

    with read_document(file) as document:
        answer = info_answer(document, EvidenceStore(document.engine))
    if json:
        print_json(answer)
        return
    say(f"{file}: schema {answer['schema_version']}, content {str(answer['content_sha256'])[:12]}")
    for key in ("leaders", "segments"):
        names = answer[key]
        assert isinstance(names, list)
        if names:
            say(f"{key.capitalize()}: {', '.join(names)}")
    tables = (
        ("journeys", ("Journey", "Stages", "Touchpoints", "Pain points", "Transitions")),
        ("surveys", ("Survey", "Responses")),
        ("quarters", ("Quarter", "Frozen")),
    )
    for key, headings in tables:
        rows = answer[key]
        assert isinstance(rows, list)
        if rows:
            say("")
            print_table(headings, [tuple(row.values()) for row in rows])


def dump(
    file: Workspace,
    out: Annotated[Path, typer.Argument(metavar="OUT.json", help="The JSON to write.")],
    json: Json = False,
) -> None:
    """Write a workspace as Waymark JSON.

    An existing JSON is replaced whole.

    Example: waymark dump bank.waymark bank.json
    """
    from storage.document import read_document
    from storage.openformats.workspace_file import dump_workspace

    with read_document(file) as document:
        written = dump_workspace(document.workspace, document.engine, out)
        sha256 = document.content_sha256()
    if json:
        print_json({"file": str(written), "content_sha256": sha256})
    else:
        say(f"Wrote {written}.")


def load(
    source: Annotated[Path, typer.Argument(metavar="IN.json", help="A Waymark JSON.")],
    file: Workspace,
    json: Json = False,
) -> None:
    """Make a workspace from Waymark JSON.

    Nothing is ever overwritten.

    Example: waymark load bank.json bank.waymark
    """
    from storage.openformats.workspace_file import load_into

    loaded = load_into(source, file)
    for note in loaded.notes[:NOTES_SHOWN]:
        what = "Left out, unknown" if note.reason == "unknown_field" else "Cleaned"
        advise(f"{what}: {note.place}")
    if len(loaded.notes) > NOTES_SHOWN:
        advise(f"… and {len(loaded.notes) - NOTES_SHOWN} more places.")
    if json:
        print_json({"file": str(file), "responses": loaded.responses})
    else:
        say(f"Made {file} with {loaded.responses} responses.")


def check(
    file: Workspace,
    repair_to: Annotated[
        Path | None,
        typer.Option("--repair-to", metavar="COPY", help="Save what can be read to a new file."),
    ] = None,
    json: Json = False,
) -> int:
    """Check that a workspace is whole.

    The file is only read; --repair-to saves what can be read to a new one.

    Example: waymark check bank.waymark
    """
    from storage.document import check_document
    from storage.document import repair_to as repair

    report = check_document(file)
    answer = check_answer(report)
    repair_made = repair(file, repair_to) if repair_to is not None else None
    if repair_made is not None:
        answer["repaired_to"] = str(repair_made.path)
        answer["rows"] = repair_made.rows
        answer["losses"] = [
            {"table": loss.table, "reason": loss.reason, "count": loss.count}
            for loss in repair_made.losses
        ]
    if json:
        print_json(answer)
    else:
        say(f"{file} is whole." if report.ok else f"{file} cannot be used.")
        for finding in report.findings:
            say(f"· {finding_words(finding)}")
        if repair_made is not None:
            say(f"What could be read, {repair_made.rows} rows, is in {repair_made.path}.")
    return _check_advice(report, file, repair_to)


def _check_advice(report: "CheckReport", file: Path, copy: Path | None) -> int:
    """Say on standard error why the exit code is not 0, and return it."""
    if report.ok:
        if report.findings:
            advise(f"{file} is whole, but look at: {finding_words(report.findings[0])}")
        return REFUSED if report.findings else 0
    advise(f"The workspace cannot be used: {file}.")
    advise("The file is as it was.")
    if copy is None and report.findings[0].reason in _REPAIRABLE:
        advise("“waymark check FILE --repair-to COPY” saves what can be read.")
    return WORKSPACE


def finding_words(finding: "Finding") -> str:
    """Return a finding as a sentence."""
    words = {
        "leftover_working_copy": "A command or window that was killed left a working copy.",
        "leftover_temporary": "A save that was killed left a temporary file.",
        "another_kind": "This is not a Waymark workspace.",
        "blank": "The file is blank.",
        "not_a_file": "This is not a file.",
        "foreign_schema": "It holds tables that no Waymark makes.",
        "newer": "A newer Waymark wrote it.",
        "content_hash": "The content differs from what was saved.",
        "batch_hash": "Answers differ from what was imported.",
        "malformed": "The database is malformed.",
    }
    head = words.get(finding.reason, finding.reason.replace("_", " ") + ".")
    told = ", ".join(f"{key} {value}" for key, value in finding.facts.items() if value)
    return f"{head} ({told})" if told else head


def open_window(file: Workspace) -> int:
    """Open a workspace in the window.

    Example: waymark open bank.waymark
    """
    from ui import start

    return start.open_window(file)
