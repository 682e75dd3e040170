"""Words for what can go wrong: what, where, what was kept, what to do.

Free of Qt: the window passes its translation, the command line none. Templates are whole
sentences with named places, so that they can be translated.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from journey.errors import (
    EditError,
    RankingError,
    RecordError,
    ReturnError,
    WaymarkError,
)
from journey.model.ids import Ref
from storage.errors import (
    DumpError,
    ImportProblem,
    MappingError,
    NotAWorkspaceError,
    SurveyKnownError,
    TargetError,
    TargetExistsError,
    TargetFullError,
    WorkspaceDamagedError,
    WorkspaceError,
    WorkspaceLockedError,
    WorkspaceMissingError,
    WorkspaceNewerError,
)
from ui.mapping_faults import explain_mapping

Translate = Callable[[str], str]
Lines = list[str]


def explain(error: WaymarkError, tr: Translate = str) -> Lines:
    """Return one to three sentences for a person."""
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words(error, tr)
    if error.reason == "cancelled":
        return [tr("Stopped."), tr("Nothing was changed.")]
    if error.reason == "not_drawn":
        first = tr("The picture could not be drawn: {detail}.")
        detail = str(error.facts.get("detail") or tr("no reason was given"))
        return [first.format(detail=detail), tr("No file was written. Try again.")]
    told = facts(error)
    return [f"{_plain(error.reason)}: {told}" if told else error.reason, tr("Nothing was changed.")]


def facts(error: WaymarkError) -> str:
    """Return an error's facts in one line."""
    told = ((key, value) for key, value in error.facts.items() if value not in ("", (), None))
    return ", ".join(f"{key} {_fact(value)}" for key, value in told)


def _fact(value: object) -> str:
    if isinstance(value, Ref):
        return f"{value.kind.value.replace('_', ' ')} {value.id}"
    if isinstance(value, tuple):
        return " ".join(str(part) for part in value)
    return str(value)


def _plain(reason: str) -> str:
    return reason.replace("_", " ")


def _known(error: WaymarkError, tr: Translate) -> Lines:
    if error.reason == "nothing_new":
        return [
            tr("Everything in this file was imported before."),
            tr("Nothing was imported; the workspace is as it was."),
        ]
    survey = error.facts.get("name") or error.facts.get("survey", "")
    head = {
        "events": tr("These events were imported before, as “{survey}”."),
        "purchases": tr("These purchases were imported before, as “{survey}”."),
        "kpi": tr("This KPI has a value for this period already: {survey}."),
    }.get(str(error.facts.get("what")), tr("These answers were imported before, as “{survey}”."))
    return [
        head.format(survey=survey),
        tr("Nothing was imported; the workspace is as it was."),
        tr("Replace them (--if-known replace), or add only what is new (--if-known add).")
        if "what" in error.facts
        else tr("Replace them (--if-known replace), or add new respondents (--if-known add)."),
    ]


def _edit(error: WaymarkError, tr: Translate) -> Lines:
    if error.reason == "locked":
        held = tr("The structure of the journey “{journey}” is locked.")
        return [
            held.format(journey=error.facts.get("journey", "")),
            tr("Nothing was changed. Unlock it to change its stages, lanes and touchpoints."),
        ]
    first = tr("The workspace cannot be changed so: {reason} ({facts}).")
    return [
        first.format(reason=_plain(error.reason), facts=facts(error)),
        tr("Nothing was changed."),
    ]


def _ranking(error: WaymarkError, tr: Translate) -> Lines:
    first = tr("No ranking can be made: {reason} ({facts}).")
    return [
        first.format(reason=_plain(error.reason), facts=facts(error)),
        tr("Nothing was changed. Correct the assumptions or the journey and try again."),
    ]


def _record(error: WaymarkError, tr: Translate) -> Lines:
    first = tr("The frozen quarter {quarter} cannot be read: {detail}.")
    told = {key: str(error.facts.get(key) or "") for key in ("quarter", "detail")}
    return [
        first.format(**told),
        tr("Nothing was changed. Its list is kept; freeze it again with a reason."),
    ]


def _import(error: WaymarkError, tr: Translate) -> Lines:
    assert isinstance(error, ImportProblem)
    heads = {
        "missing": tr("There is no such file: {file}."),
        "blank": tr("The file is blank: {file}."),
        "directory": tr("This is a directory, not a file: {file}."),
        "binary": tr("This is a binary file, not a table of text: {file}."),
        "encoding": tr("The text cannot be decoded: {file}."),
        "unsupported": tr("This kind of file is not read: {file}."),
        "not_what_it_claims": tr("The file is not what its name claims: {file}."),
        "device": tr("This is a device, not a file: {file}."),
        "too_large": tr("The file is larger than Waymark reads: {file}."),
        "damaged": tr("The file is damaged: {file}."),
        "cell_never_ends": tr("A quoted cell never ends in {file}."),
        "separator": tr("No separator of columns was found in {file}."),
        "not_a_table": tr("No table was found in {file}."),
        "password": tr("The file is protected by a password: {file}."),
        "several_files": tr("The archive holds several files: {file}."),
        "sheet": tr("The workbook has no sheet of that name: {file}."),
        "too_slow": tr("Reading took too long and was stopped: {file}."),
        "unreadable": tr("The file may not be read: {file}."),
        "unsafe": tr("The file holds what no log needs and is not opened: {file}."),
        "not_a_pack": tr("This is no pack that Waymark exported: {file}."),
    }
    head = heads.get(error.reason, tr("The file cannot be read ({reason}): {file}."))
    first = head.format(file=error.file, reason=_plain(error.reason))
    more = " · ".join(part for part in (error.place, " ".join(error.detail.split())) if part)
    advice = {
        "not_what_it_claims": _claim_advice(error.detail, tr),
        "missing": tr("Check the path."),
        "directory": tr("Name a file in it."),
        "unsupported": tr("Save it as CSV and try again."),
        "binary": tr("Save it as CSV and try again."),
        "too_large": tr("Split it, or save the part that is needed as CSV."),
        "too_slow": tr("Save the sheet that is needed as CSV and try again."),
        "password": tr("Save it without a password and try again."),
        "several_files": tr("Unpack it and name one of them."),
        "sheet": tr("Name one of those it has."),
        "encoding": tr("Save it as UTF-8, or name its encoding in the mapping."),
        "not_a_pack": tr("Give the XLSX of a pack that came back, saved as XLSX again."),
    }.get(error.reason, tr("Export it again and try again."))
    return [f"{first} {more}".strip(), f"{tr('Nothing was imported or changed.')} {advice}"]


def _claim_advice(detail: str, tr: Translate) -> str:
    """Return what to do with a file whose name promises something else."""
    if detail.endswith(": text"):
        return tr("It is plain text: rename it to end in .csv and try again.")
    if detail.endswith(": markup"):
        return tr("It is a web page: open it as a spreadsheet, save it as .xlsx and try again.")
    return tr("Export it again and try again.")


def _return(error: WaymarkError, tr: Translate) -> Lines:
    told = {key: str(value or "–") for key, value in error.facts.items()}
    if error.reason == "another_quarter":
        first = tr("The pack is of {pack}; the workspace is at {quarter}.").format(**told)
        return [
            first,
            tr("Nothing was changed. Name the pack's own quarter (--quarter) to take it."),
        ]
    first = tr("The pack is of “{pack}”; this workspace is “{workspace}”.").format(**told)
    kept = tr("Nothing was changed.")
    if error.facts.get("named"):
        return [first, f"{kept} {tr('Only if this one was renamed: --renamed takes it.')}"]
    return [first, f"{kept} {tr('Open the workspace it was exported from.')}"]


def _dump(error: WaymarkError, tr: Translate) -> Lines:
    first = tr("This is not a Waymark JSON that can be loaded: {file}.")
    where = tr("At {place}: {reason}. {detail}")
    told = {key: str(error.facts.get(key) or "") for key in ("file", "place", "detail")}
    return [
        first.format(file=told["file"]),
        where.format(reason=_plain(error.reason), **told).strip(),
        tr("Nothing was written. Correct it there, or dump the workspace again."),
    ]


def _workspace(error: WaymarkError, tr: Translate) -> Lines:
    assert isinstance(error, WorkspaceError)
    heads: Mapping[type[WorkspaceError], tuple[str, str]] = {
        WorkspaceMissingError: (
            tr("There is no workspace at {path}."),
            tr("Check the path, or make a new one."),
        ),
        WorkspaceDamagedError: (
            tr("The workspace is damaged: {path}."),
            tr("“waymark check FILE --repair-to COPY” saves what can be read."),
        ),
        WorkspaceNewerError: (
            tr("A newer Waymark wrote {path}."),
            tr("Update Waymark to open it."),
        ),
        NotAWorkspaceError: (
            tr("This is not a Waymark workspace: {path}."),
            tr("Choose a file that ends in .waymark."),
        ),
        WorkspaceLockedError: (
            tr("The workspace is open elsewhere: {path}{who}."),
            tr("Close it there, or wait and try again."),
        ),
    }
    other = (tr("The workspace may not be read: {path}."), tr("Check its permissions."))
    head, advice = next((w for kind, w in heads.items() if isinstance(error, kind)), other)
    if error.reason == "changed":
        head = tr("Somebody else changed {path} meanwhile.")
        advice = tr("The result is in {kept}.").format(kept=error.facts.get("kept"))
    elif error.reason == "directory":
        head = tr("This is a folder, not a workspace: {path}.")
    told = (error.facts.get("user"), error.facts.get("host"))
    who = ", ".join(str(part) for part in told if part)
    first = head.format(path=error.path, who=f" ({who})" if who else "")
    missing = isinstance(error, WorkspaceMissingError)
    return [first, tr("Nothing was changed.") if missing else tr("The file is as it was."), advice]


def _target(error: WaymarkError, tr: Translate) -> Lines:
    assert isinstance(error, TargetError)
    choose = tr("Choose another folder, or change its permissions.")
    head, advice = tr("{path} could not be written."), choose
    if error.reason == "not_a_demo_folder":
        head = tr("{path} holds something that no earlier demo made.")
        advice = tr("Choose an empty or a new folder.")
    elif isinstance(error, TargetExistsError) and error.reason == "same":
        head = tr("{path} is this workspace itself.")
        advice = tr("Every edit is in it already. Choose another name for a copy.")
    elif isinstance(error, TargetExistsError) and error.reason == "changed":
        head = tr("{path} was changed by somebody else meanwhile.")
        advice = tr("Look at it, then try again or choose another name.")
    elif isinstance(error, TargetExistsError):
        head = tr("There is something already at {path}.")
        advice = tr("Choose another name; nothing is overwritten.")
    elif isinstance(error, TargetFullError):
        head = tr("The disk is full; could not write {path}.")
        advice = tr("Free some space and try again.")
    elif error.reason in ("no_folder", "no_such_folder"):
        head = tr("The folder of {path} is not there.")
        advice = tr("Make the folder, or choose another one.")
    elif error.reason == "is_a_folder":
        head = tr("{path} is a folder.")
        advice = tr("Choose the name of a file.")
    elif error.reason == "held":
        head = tr("Another program holds {path}.")
        advice = tr("Close it there and try again.")
    elif error.reason == "read_only":
        head = tr("It is not allowed to write {path}.")
    kept = tr("What stood there is as it was.")
    if isinstance(found := error.facts.get("kept"), Path):
        kept = tr("What stood there is as it was; the new file is {kept}.").format(kept=found)
    return [head.format(path=error.path), kept, advice]


_WORDS: Sequence[tuple[type[WaymarkError], Callable[[WaymarkError, Translate], Lines]]] = (
    (MappingError, explain_mapping),
    (SurveyKnownError, _known),
    (ImportProblem, _import),
    (DumpError, _dump),
    (ReturnError, _return),
    (WorkspaceError, _workspace),
    (TargetError, _target),
    (EditError, _edit),
    (RankingError, _ranking),
    (RecordError, _record),
)
