"""Words for a mapping that does not fit: what is open or wrong, where, what to do."""

from collections.abc import Callable, Sequence
from typing import Final

from journey.errors import WaymarkError
from storage.errors import MappingError

Translate = Callable[[str], str]

# Answers whose meaning was left at home by whoever exported them.
LOOK: Final = (
    "answer_codes", "nps_groups", "answer_columns", "no_moments", "no_header", "part_scores",
    "yes_no", "unknown_scale", "unsaved_formulas", "also_tickets", "mixed_questions",
)  # fmt: skip

# Of these, what a form of scores settles.
SCORED: Final = ("part_scores", "yes_no", "unknown_scale")


# What a log's part of a mapping looks like.
_COLUMNS_OF: Final = {
    "events": ' [events] case = "…", activity = "…", time = "…".',
    "purchases": ' [purchases] customer = "…", date = "…", amount = "…".',
}


def explain_mapping(error: WaymarkError, tr: Translate) -> list[str]:
    """Return three sentences for a person."""
    assert isinstance(error, MappingError)
    head, advice = _words(tr).get(
        error.reason,
        (tr("The mapping does not fit ({reason}): {names}."), tr("Correct the mapping.")),
    )
    names = "; ".join(_with_nearest(name, error.nearest.get(name, ()), tr) for name in error.names)
    # Faults of syntax are told in several lines; a person gets one.
    detail = " ".join(error.detail.split())
    first = head.format(names=names or detail, detail=detail, reason=error.reason.replace("_", " "))
    told = advice.replace("{names}", " = ".join(error.names)) if "{names}" in advice else advice
    kind = next(iter(error.names), "").partition(".")[0]
    if error.reason == "missing_key" and kind in _COLUMNS_OF:
        told = tr("Name the columns in a mapping:") + _COLUMNS_OF[kind]
    told = told.replace("{formats}", _both_orders(error.detail, tr))
    told = told.replace("{take}", " | ".join(error.nearest.get("take", ())))
    told = told.replace("{reason}", error.reason)
    told = told.replace("{key}", "".join(error.nearest.get("key", ())))
    at = "".join(f', touchpoint = "{name}"' for name in error.nearest.get("at", ()))
    told = told.replace("{at}", at)
    return [first, tr("Nothing was imported; the workspace is as it was."), told]


def _both_orders(found: str, tr: Translate) -> str:
    """Return the format that was found and the one with day and month exchanged."""
    if "%d" not in found or "%m" not in found:
        return tr('"%d/%m/%Y" or "%m/%d/%Y", with the time behind it as in the file')
    other = found.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")
    return tr('"{one}" or "{other}"').format(one=found, other=other)


def look_words(reason: str, column: str, tr: Translate, detail: str = "") -> str:
    """Return what a reader found that an import would not see, and what to do; "" for others."""
    if reason not in LOOK:
        return ""
    head, advice = _file(tr)[reason]
    return f"{head.format(names=f'“{column}”', detail=detail)} {advice}"


def _with_nearest(name: str, nearest: Sequence[str], tr: Translate) -> str:
    if not nearest:
        return f"“{name}”"
    return tr("“{name}” (nearest: {nearest})").format(name=name, nearest=", ".join(nearest))


def _words(tr: Translate) -> dict[str, tuple[str, str]]:
    """Return what is wrong and what to do, by the error's reason."""
    return {**_names(tr), **_choices(tr), **_rules(tr), **_logs(tr), **_kpis(tr), **_file(tr)}


def _names(tr: Translate) -> dict[str, tuple[str, str]]:
    correct = tr("Correct the names in the mapping and try again.")
    return {
        "unknown_column": (
            tr("The mapping names columns that the file does not have: {names}."),
            correct,
        ),
        "unknown_name": (
            tr("The workspace does not have: {names}."),
            tr("Let the import create them (--create), or correct the names in the mapping."),
        ),
        "unknown_key": (tr("The mapping has keys that nobody knows: {names}."), correct),
        "duplicate": (
            tr("The mapping asks the same question twice: {names}."),
            tr("Keep one of them, or give them texts of their own (text = …)."),
        ),
        "too_many_segments": (
            tr("The segment column has too many values to be one; it was left at {names}."),
            tr("Name another segment column in the mapping, or none."),
        ),
    }


def _choices(tr: Translate) -> dict[str, tuple[str, str]]:
    """What only a person can choose; a wrong guess would turn conclusions round."""
    return {
        "ces_version": (
            tr("The mapping leaves open how effort was asked: {names}."),
            tr("Set metric to ces1 (a low score is good) or ces2 (a high score is good)."),
        ),
        "scale": (
            tr("A metric cannot have this scale: {names}. {detail}"),
            tr("Set the scale of the question: NPS is asked on [0, 10]."),
        ),
        "direction": (
            tr("This metric has a direction of its own: {names}."),
            tr("Leave higher_is_better out, or choose another metric."),
        ),
        "date_order": (
            tr("Day and month cannot be told apart: {names}."),
            tr(
                "Set the format in the mapping, as {formats}; "
                "“waymark inspect DATA --mapping OUT.toml” writes one to begin with."
            ),
        ),
        "date_format": (
            tr("This is no format of a date: {names}, {detail}."),
            tr('Write it as "%Y-%m-%d %H:%M:%S".'),
        ),
        "timezone": (
            tr("There is no such time zone: {names}, {detail}."),
            tr('Write it as "Europe/Oslo".'),
        ),
        "outcome_bad": (
            tr("The mapping does not say which values of {names} are the bad outcome."),
            tr('Name them in the mapping under [outcome], as bad = ["left"].'),
        ),
        "months": (
            tr("Months count only where the outcome means leaving: {names}."),
            tr('Set means = "left" under [outcome], or leave months out.'),
        ),
        "keep": (
            tr("The mapping keeps no value of {names}, so no record would be left."),
            tr("Name the values whose records are answers, or leave keep out."),
        ),
    }


def _rules(tr: Translate) -> dict[str, tuple[str, str]]:
    return {
        "rule": (
            tr("A pain point needs exactly one rule (between, values or contains): {names}."),
            tr("Correct “when” in the mapping."),
        ),
        "rule_scale": (
            tr("A pain point's rule lies outside its question's scale: {names}."),
            tr("Correct “between” in the mapping."),
        ),
    }


def _logs(tr: Translate) -> dict[str, tuple[str, str]]:
    return {
        "no_date_format": (
            tr("These are no moments that are known by sight: {detail}."),
            tr('Say in the mapping how they are written, as {names} = "%Y-%m-%d %H:%M:%S".'),
        ),
        "clock_apart": (
            tr("{names} holds times of day without their days, as {detail}."),
            tr("Join day and time in one column of the file, as 2026-07-01 09:30:00."),
        ),
        "too_many_activities": (
            tr("The column {names} has {detail} different values; it is not one of activities."),
            tr("Name another column as activity in the mapping."),
        ),
        "no_journey": (
            tr("The workspace has no journey that the events of {names} could belong to."),
            tr("Name one with --journey and let the import create it (--create)."),
        ),
    }


def _kpis(tr: Translate) -> dict[str, tuple[str, str]]:
    take = " " + tr(
        'Or in the mapping: [[choice]] kpi = "{names}"{at}, clash = "{reason}", '
        "take = one of {take}."
    )
    return {
        "period_year": (
            tr("These periods do not say their year: {names}."),
            tr("Write it with them in the file, as “Jan 2026” or “Q1 2026”."),
        ),
        "half_years": (
            tr("These periods are half-years, which no series is kept by: {names}."),
            tr("Give the values by quarter or by year, as “Q1 2026” or “2026”."),
        ),
        "report_days": (
            tr("The report does not say which days it covers."),
            tr("Export it again as Google Analytics writes it, with its lines of comment."),
        ),
        "kpi_shape": (
            tr("Where the KPIs stand in the file could not be told; no column is the {names}."),
            tr(
                "Head a column “period” (and “kpi” and “value”), write values as numbers "
                "(5.2, not 05:12), or name the columns in a mapping."
            ),
        ),
        "report_period": (
            tr("These days are no whole week, month, quarter or year: {names}."),
            tr('Name their period in the mapping, under [periods]: "FIRST/LAST" = "2026-07".'),
        ),
        "too_many_rows": (
            tr("The report has {detail} rows that are no touchpoint yet."),
            tr('Name those that count in the mapping: [activities] "/checkout/" = "Checkout".'),
        ),
        "period_clash": (
            tr("Periods of different kinds cannot make one series: {names}, {detail}."),
            tr("Choose one kind, or give the series for the other a name of its own.") + take,
        ),
        "period_twice": (
            tr("The file has two values for one period: {names}, {detail}."),
            tr("Choose which value counts and take the other one out of the file.") + take,
        ),
        "unit_clash": (
            tr("A series has one unit, but {names} has several: {detail}."),
            tr("Choose one unit and bring all values to it, in the file or the workspace.") + take,
        ),
        "decimal_mark": (
            tr("It cannot be told whether the mark in {detail} is a decimal mark: {names}."),
            tr("Choose: write the values without marks between thousands.") + take,
        ),
        "ticket_unit": (
            tr("{names} holds times like {detail}, and nothing says in which unit."),
            tr('Say it in the mapping under [tickets]: {key} = "min" ({take}).'),
        ),
        "ticket_period": (
            tr("The tickets have no dates: neither when they came nor when they were solved."),
            tr(
                "Export them with such a column, or say which period all of them fall in: "
                '--period 2026-07, in the mapping period = "2026-07".'
            ),
        ),
        "ticket_columns": (
            tr("Nothing can be counted of these tickets ({names})."),
            tr(
                "The mapping must name the time until the first reply or the solution, the moments "
                "of both, or what is solved with replies, reopens or the requester."
            ),
        ),
        "no_tickets": (
            tr("{names} is no table of tickets."),
            tr(
                "Tickets have a column that names each of them, as “Ticket ID”, and when they came "
                "and were solved, or the times until the first reply or the solution."
            ),
        ),
        "kpi_direction": (
            tr("Which way is good cannot be told for {names}: {detail}."),
            tr("Choose “higher” or “lower” for it.") + take,
        ),
    }


def _file(tr: Translate) -> dict[str, tuple[str, str]]:
    look = tr("“waymark inspect DATA --mapping OUT.toml” writes a mapping to begin with.")
    score = tr(
        "Say what each answer counts as: in the window where the column is made a question, or in "
        "the mapping, where “waymark inspect DATA --mapping OUT.toml” lists the answers:"
    )
    return {
        "syntax": (tr("The mapping file is not TOML: {detail}"), tr("Correct it and try again.")),
        "missing_key": (tr("The mapping lacks {names}."), look),
        "wrong_value": (tr("The mapping has a wrong value at {names}: {detail}."), look),
        "answer_codes": (
            tr("{names} holds answer codes, and their order is not in the file."),
            tr(
                "Export the answers as full text, or say in the mapping what each counts as: "
                "scores = { A1 = 1, A2 = 2 }."
            ),
        ),
        "nps_groups": (
            tr("{names} holds the groups of NPS, not its scores."),
            tr("Export the scores from 0 to 10; the groups are then counted from them."),
        ),
        "answer_columns": (
            tr("{names} has a column for each answer it could have."),
            tr("Export it condensed, with one column for the question (SurveyMonkey's choice)."),
        ),
        "no_moments": (
            tr("The dates were not recorded: the survey writes 1980-01-01 for all of them."),
            tr("Say when the answers were given: the quarter of the survey."),
        ),
        "no_header": (
            tr("The file has no row of names; its columns are called “Column 1” and so on."),
            tr("Add the names as its first row, or say in the mapping what the columns are."),
        ),
        "part_scores": (
            tr("{names} has scores between whole numbers, as {detail}; only whole ones count."),
            score + " scores = { 4.5 = 9 }, scale = [1, 10].",
        ),
        "yes_no": (
            tr("{names} is answered with yes and no ({detail}), which is no scale of scores."),
            score + " scores = { Yes = 5, No = 1 }.",
        ),
        "unsaved_formulas": (
            tr("{detail} formulas were saved without their values; their cells count as blank."),
            tr("Open the file in a spreadsheet program, save it there, and import it again."),
        ),
        "unknown_scale": (
            tr("{names} is answered in words whose order is not known: {detail}."),
            score + " scores = { Poor = 1 }.",
        ),
        "also_tickets": (
            tr("The file also tells when tickets were answered and solved."),
            tr(
                "KPIs are made of that: by “waymark import tickets”, or in the window by choosing "
                "KPIs for this file."
            ),
        ),
        "no_questions": (
            tr("The mapping takes nothing out of the file: no question."),
            tr("Make a column a question: in the window, or in the mapping as [[question]]")
            + " column, touchpoint, metric, scale. "
            + look,
        ),
        "no_records": (
            tr("{names} has a row of names and no records below it."),
            tr("Export it again when there are answers."),
        ),
        "mixed_questions": (
            tr("{names} holds questions on several scales: {detail}."),
            tr(
                "Add a column “metric” that says nps, csat, ces1, ces2 or rating of each record, "
                "or take one question at a time:"
            )
            + ' [source] keep = { column = "…", values = ["…"] }.',
        ),
        "other_kind": (
            tr("{names} holds no answers; it looks like {detail}."),
            tr("Use that command, or say with --mapping what its columns are."),
        ),
        "two_shapes": (
            tr("The mapping has both [long] and [[question]]; a file has one of the shapes."),
            look,
        ),
    }
