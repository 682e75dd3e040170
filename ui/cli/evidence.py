"""Commands that take evidence in: inspect, import survey."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from journey.model.quarter import quarter_of
from journey.model.workspace import Workspace as WorkspaceModel
from ui.cli.answers import survey_answer
from ui.cli.faults import REFUSED
from ui.cli.options import Journey, Json, Workspace
from ui.cli.output import Meter, advise, print_json, print_table, say, show
from ui.cli.publishing import open_to_write, publish
from ui.mapping_faults import LOOK, explain_mapping, look_words

if TYPE_CHECKING:
    from storage.errors import MappingError
    from storage.imports.inspect import ColumnSeen, Inspection
    from storage.imports.mapping import Mapping
    from storage.imports.rows import Table
    from storage.imports.survey_result import SurveyImport

Data = Annotated[Path, typer.Argument(metavar="DATA", help="The export to read.")]

_WARNINGS = {
    "outcome_never": "No record has the outcome “{name}”.",
    "rule_never": "No record meets the rule of the pain point “{name}”.",
    "keep_never": "No record has the value “{name}” that is to be kept.",
    "timezone": "Column {name} names no time zone; its moments were read as UTC.",
    "encoding_guessed": "The encoding was guessed, {name}; where letters look wrong, name it.",
    "faulty_bytes": "{name} bytes could not be decoded.",
    "nul": "{name} NUL characters were found; they are no part of any answer.",
    "double_mark": "The file begins with two byte order marks.",
    "unsaved_formulas": (
        "{name} formulas were saved without their values, and count as blank cells. Open the file "
        "in a spreadsheet program, save it there, and import it again."
    ),
    "unclosed_quote": "A quote that is never closed, near line {name}, may hide records.",
    "more_sheets": "Other sheets were not read: {name}; a mapping can name one.",
    "answered_twice": "{name} answers were replaced by later ones of the same respondent.",
    "respondent_twice": "Respondents with several records of one time: {name}; each record counts.",
}

_LEFT_OUT = {
    "metric": "metric that is none of nps, csat, ces1, ces2 and rating (of a bare “ces” it is open "
    "whether a low or a high score is good)",
}
# What of these `inspect` says in the same words.
_COUNTED = frozenset({"faulty_bytes", "nul", "double_mark"})

_KINDS = {
    "survey": "the answers of a survey",
    "kpi": "a KPI sheet",
    "events": "an event log",
    "purchases": "a purchase log",
    "tickets": "a help desk's tickets, of which KPIs are made",
}
_NO_MAPPING = """\
# A KPI sheet whose shape is found by itself; nothing need stand here.
# To name columns yourself: [[kpi]] with column, name, period, and unit, better, target, touchpoint.
"""


class IfKnown(StrEnum):
    """What to do with answers that were imported before."""

    REFUSE = "refuse"
    REPLACE = "replace"
    ADD = "add"


def inspect(
    data: Data,
    *,
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", metavar="OUT.toml", help="Write the proposed mapping here."),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help="The encoding of its text.")
    ] = None,
    whole: Annotated[
        bool, typer.Option("--all", help="Read all of a very large file, not just its start.")
    ] = False,
    json: Json = False,
) -> None:
    """Say what is in a file and propose a mapping.

    Example: waymark inspect answers.csv --mapping answers.toml
    """
    from storage.exports.target import replacing
    from storage.imports.inspect import inspection_facts
    from storage.imports.likely_kind import likely_kind
    from storage.imports.mapping import write_mapping
    from storage.imports.readers import inspect_any
    from storage.imports.waiting_questions import write_waiting

    with Meter("Reading") as step:
        found = inspect_any(data, sheet=sheet, encoding=encoding, whole=whole, progress=step)
    likely = likely_kind(found)
    lacking = _lacking(found, likely.mapping)
    if mapping is not None:
        with replacing(mapping) as target:
            text = write_mapping(likely.mapping).strip() or _NO_MAPPING.strip()
            waiting = write_waiting(found, likely.mapping) if likely.kind == "survey" else ""
            target.file.write(f"{text}\n{waiting}".encode())
        mapping = target.path
    if json:
        facts = {"kind": likely.kind, "command": f"waymark import {likely.kind}"}
        needs = [] if lacking is None else [{"reason": lacking.reason, "of": list(lacking.names)}]
        more = {"needs": needs} if likely.kind == "tickets" else {}
        print_json({**inspection_facts(found, likely.roles), **facts, **more})
    else:
        _print_inspection(data, found, likely.roles)
        say(f"It looks like {_KINDS[likely.kind]}: waymark import {likely.kind} WORKSPACE {data}")
        if mapping is not None:
            say(f"Proposed mapping: {mapping}")
    if lacking is not None:
        head, *_, advice = explain_mapping(lacking, str)
        advise(f"Look at: {head} {advice}")
    for notice in found.warnings:
        if notice.reason in LOOK:
            advise("Look at: " + look_words(notice.reason, notice.column, str, notice.detail))
            continue
        if notice.reason in _COUNTED:
            advise(_WARNINGS[notice.reason].format(name=notice.count))
            continue
        parts = (notice.reason.replace("_", " "), notice.place, notice.detail)
        advise("Look at: " + " · ".join(part for part in parts if part))


def _lacking(found: "Inspection", mapping: "Mapping") -> "MappingError | None":
    """Return what a table of tickets must still be told before KPIs can be made of it."""
    from storage.errors import MappingError
    from storage.imports.tickets import check_tickets

    try:
        if found.table is not None and mapping.tickets is not None:
            check_tickets(found.table, mapping)
    except MappingError as error:
        return error
    return None


def _print_inspection(data: Path, found: "Inspection", roles: dict[str, str]) -> None:
    kind = "" if found.vendor == "plain" else f"{found.vendor.replace('_', ' ')}, "
    headers = f"{found.header_rows} header row{'' if found.header_rows == 1 else 's'}"
    sheet = f"sheet “{found.sheet}”, " if found.sheet else ""
    about = "about " if found.forecast else ""
    say(f"{data}: {kind}{found.encoding}, {sheet}{headers}, {about}{found.records} records")
    if found.forecast is not None:
        told = found.forecast
        say(
            f"Only the first {told.read} records were read; all {show(told.bytes)} bytes "
            f"would take about {show(told.seconds, 0)} s (--all)."
        )
    print_table(
        ("Column", "Type", "Blank", "Distinct", "Examples", "Proposal"),
        [
            (
                seen.name,
                seen.profile.type,
                seen.profile.blank,
                seen.profile.distinct,
                ", ".join(seen.profile.examples[:3])[:40],
                _proposal(seen, roles),
            )
            for seen in found.columns
        ],
        cut="Examples",
    )


def _proposal(seen: "ColumnSeen", roles: dict[str, str]) -> str:
    role, metric = seen.proposal.role, seen.proposal.metric
    if roles:
        return roles.get(seen.name, "ignore")
    if role == "ignore" and seen.proposal.options:
        return "ignore (ticked)"
    return f"{role} ({metric})" if metric else role


def import_survey(
    file: Workspace,
    data: Data,
    *,
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", metavar="MAP.toml", help="What each column means."),
    ] = None,
    create: Annotated[
        bool, typer.Option("--create", help="Make the touchpoints and others the mapping names.")
    ] = False,
    journey: Journey = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Count and check, change nothing.")
    ] = False,
    if_known: Annotated[
        IfKnown, typer.Option("--if-known", help="What to do with answers imported before.")
    ] = IfKnown.REFUSE,
    quarter: Annotated[
        str | None,
        typer.Option("--quarter", metavar="2026Q4", help="When answers without a date were given."),
    ] = None,
    json: Json = False,
) -> int:
    """Take a survey's answers in.

    Example: waymark import survey bank.waymark answers.csv --mapping answers.toml --create
    """
    from storage.imports.survey import import_survey as take_in

    with open_to_write(file) as document:
        ws = document.workspace
        chosen, which, opened = _mapping(ws, data, mapping)
        dated = _with_quarter(chosen, ws, quarter)
        with Meter("Importing") as step:
            result = take_in(
                document,
                data,
                dated,
                create=create,
                journey=journey,
                dry_run=dry_run,
                if_known=if_known.value,
                progress=step,
                opened=opened,
            )
        if result.command is not None:
            document.write(result.command.do(ws))
        sha256 = publish(document)
    if json:
        print_json(survey_answer(result, sha256))
    else:
        _print_import(result, data, dry_run=dry_run)
    if which:
        advise(which)
    if dated is not chosen and dated.survey is not None:
        advise(_no_date(dated.survey.quarter or "", quarter))
    _advise_of(result)
    return REFUSED if result.refused else 0


def _mapping(
    ws: WorkspaceModel, data: Path, path: Path | None
) -> "tuple[Mapping, str, Table | None]":
    """Return the given mapping, else the remembered one, else the one inspect proposes.

    With it come what to tell of a mapping that nobody named, and the table if it is open already.
    """
    from storage.errors import MappingError
    from storage.imports.inspect import inspect_file
    from storage.imports.mapping import parse_mapping, propose
    from storage.imports.remembered import remembered_mapping, unfitting_mapping

    if path is not None:
        return parse_mapping(read_mapping(path)), "", None
    inspection = inspect_file(data, whole=False)
    # Of a file whose start only was looked at, the import looks at all of the bytes first.
    opened = inspection.table if inspection.forecast is None else None
    columns = [seen.column for seen in inspection.columns]
    found = remembered_mapping(ws, data, columns)
    if found is not None:
        _tell_fresh(found.mapping, propose(inspection))
        told = f"The mapping of “{found.survey.name}” was used; --mapping names another."
        return found.mapping, told, opened
    if not inspection.records and inspection.forecast is None:
        raise MappingError("no_records", (data.name,))
    _refuse_other_kinds(inspection)
    proposed = propose(inspection)
    _refuse_either_order(inspection, proposed)
    seen = [notice for notice in inspection.warnings if notice.reason in LOOK]
    if seen and seen[0].reason != "no_moments" and proposed.takes_nothing:
        raise MappingError(seen[0].reason, (seen[0].column,), detail=seen[0].detail)
    for notice in seen:
        advise("Look at: " + look_words(notice.reason, notice.column, str, notice.detail))
    unfit = unfitting_mapping(ws, columns)
    if unfit is not None:
        gone = ", ".join(f"“{name}”" for name in unfit[1])
        advise(f"The mapping of “{unfit[0].name}” was not used; the file has no {gone}.")
    told = "The proposed mapping was used; --mapping names another."
    return proposed, told, opened


def _refuse_either_order(inspection: "Inspection", proposed: "Mapping") -> None:
    """Name both ways to read the dates, where day and month can be exchanged.

    Raises:
        MappingError: date_order.
    """
    from storage.errors import MappingError

    date = proposed.survey.date if proposed.survey is not None else None
    if date is not None and not date.format:
        found = inspection.column(date.column).profile.date
        if found is not None:
            raise MappingError("date_order", (date.column,), detail=found.format)


def _tell_fresh(remembered: "Mapping", proposed: "Mapping") -> None:
    """Say which questions a file has that the mapping of an earlier one does not know."""
    known = {question.column for question in remembered.questions}
    fresh = [question.column for question in proposed.questions if question.column not in known]
    if fresh and remembered.questions:
        names = ", ".join(f"“{name}”" for name in fresh)
        advise(f"New in this file and not taken in: {names}. --mapping takes them in.")


def _refuse_other_kinds(inspection: "Inspection") -> None:
    """Say of a sheet of KPIs or a log which command takes it.

    Raises:
        MappingError: other_kind.
    """
    from storage.errors import MappingError
    from storage.imports.likely_kind import likely_kind

    kind = likely_kind(inspection).kind
    if kind != "survey":
        detail = f"{_KINDS[kind]}: waymark import {kind}"
        raise MappingError("other_kind", (inspection.path.name,), detail=detail)


def read_mapping(path: Path) -> str:
    """Return the text of a mapping file.

    Raises:
        ImportProblem: it cannot be read.
    """
    from storage.errors import ImportProblem

    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise ImportProblem(path, "", "missing") from None
    except IsADirectoryError:
        raise ImportProblem(path, "", "directory") from None
    except UnicodeDecodeError:
        raise ImportProblem(path, "", "encoding") from None
    except OSError as error:
        raise ImportProblem(path, "", "unreadable", error.strerror or "") from None


def _with_quarter(mapping: "Mapping", ws: WorkspaceModel, quarter: str | None) -> "Mapping":
    """Give answers without any time the quarter that is named, else today's."""
    survey = mapping.survey
    if survey is None or (quarter is None and (survey.quarter or survey.date) is not None):
        return mapping
    today = datetime.now().astimezone().date()
    quarter = quarter or quarter_of(today, ws.info.fiscal_year_start_month)
    return replace(mapping, survey=replace(survey, quarter=quarter))


def _no_date(quarter: str, told: str | None) -> str:
    if told is not None:
        return f"Answers without a date count in {quarter}."
    return (
        f"The answers have no date; they count in {quarter}, today's quarter. "
        "--quarter 2026Q1 names another."
    )


def _print_import(result: "SurveyImport", data: Path, *, dry_run: bool) -> None:
    did = "Would import" if dry_run else "Imported"
    say(f"{did} {result.imported} of {result.records} records of {data}.")
    if result.questions:
        print_table(
            ("Question", "Touchpoint", "Metric", "n"),
            [(q.question.text, q.touchpoint, q.question.metric, q.n) for q in result.questions],
            cut="Question",
        )
    if result.outcome is not None:
        say(f"Outcome: {result.outcome.bad} bad of {result.outcome.n}.")


def _advise_of(result: "SurveyImport") -> None:
    """Say what was left out and what looks odd, to standard error."""
    for reason, name in result.warnings:
        advise(_WARNINGS.get(reason, "{reason}: {name}").format(reason=reason, name=name))
    for skipped in result.skipped:
        reason = _LEFT_OUT.get(skipped.reason, skipped.reason.replace("_", " "))
        advise(f"Left out: {skipped.count} × {reason}, first at line {skipped.example_line}.")
    for cell in result.refused_cells:
        reason = cell.reason.replace("_", " ")
        advise(
            f"Refused: {cell.count} × {reason} in {cell.column}, "
            f"first “{cell.example[:40]}” at line {cell.example_line}."
        )
    if not result.imported:
        advise("Nothing of it could be taken in; the workspace is as it was.")
    elif result.refused:
        advise("All else was imported; correct the file or the mapping to take the rest in.")
