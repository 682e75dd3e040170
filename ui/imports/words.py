"""Words of the import: what columns are, how they are read, what is left out, what is open."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from storage.errors import MappingError, SurveyKnownError
from ui.imports.kinds import EvidenceKind
from ui.imports.roles import Role
from ui.numbers import number
from ui.shell.notices import fault_lines

if TYPE_CHECKING:
    from storage.imports.record_counts import Forecast
    from storage.imports.rows import Skipped
    from storage.imports.survey_result import SurveyImport
    from ui.imports.remembering import Recalled

_VENDORS = {
    "qualtrics": "Qualtrics",
    "qualtrics_legacy": "Qualtrics, legacy layout",
    "surveymonkey": "SurveyMonkey",
    "typeform": "Typeform",
    "google_forms": "Google Forms",
    "microsoft_forms": "Microsoft Forms",
    "limesurvey": "LimeSurvey",
    "ga4": "Google Analytics 4",
    "delighted": "Delighted",
    "asknicely": "AskNicely",
    "medallia": "Medallia",
    "zendesk": "Zendesk",
    "hubspot": "HubSpot",
    "thanx": "Thanx",
    "freshdesk": "Freshdesk",
    "intercom": "Intercom",
    "salesforce": "Salesforce",
    "servicenow": "ServiceNow",
    "jira": "Jira",
    "gorgias": "Gorgias",
    "helpscout": "Help Scout",
    "spss": "SPSS",
    "xes": "XES",
}

_ENCODING_NAMES = {"mac-roman": "Mac Roman", "shift-jis": "Shift JIS", "big5": "Big5"}

ICONS = {
    Role.RESPONDENT: "user",
    Role.DATE: "calendar-blank",
    Role.SEGMENT: "users-three",
    Role.WEIGHT: "scales",
    Role.NPS: "chart-bar",
    Role.CSAT: "chart-bar",
    Role.CES_LOW: "chart-bar",
    Role.CES_HIGH: "chart-bar",
    Role.RATING: "chart-bar",
    Role.CES: "question",
    Role.SCORE: "chart-bar",
    Role.TOUCHPOINT: "map-pin",
    Role.OUTCOME: "sign-out",
    Role.TICKS: "warning",
    Role.COMMENT: "chat-circle-text",
    Role.COVARIATE: "equals",
    Role.IGNORE: "minus",
}


def tr(text: str) -> str:
    """Translate a text of the import."""
    return QCoreApplication.translate("Imports", text)


def role_word(role: Role) -> str:
    """Return what a column is, as the menu says it."""
    return {
        Role.RESPONDENT: tr("Respondent"),
        Role.DATE: tr("Date"),
        Role.SEGMENT: tr("Segment"),
        Role.WEIGHT: tr("Weight"),
        Role.NPS: tr("Question: NPS"),
        Role.CSAT: tr("Question: CSAT"),
        Role.CES_LOW: tr("CES, low is good"),
        Role.CES_HIGH: tr("CES, high is good"),
        Role.RATING: tr("Question: Rating"),
        Role.CES: tr("CES: which end?"),
        Role.SCORE: tr("Score"),
        Role.TOUCHPOINT: tr("Touchpoint"),
        Role.OUTCOME: tr("Outcome"),
        Role.TICKS: tr("Pain points"),
        Role.COMMENT: tr("Comment"),
        Role.COVARIATE: tr("Covariate"),
        Role.IGNORE: tr("Ignore"),
    }[role]


def role_note(role: Role) -> str:
    """Return how a column of a plain role is read; "" for questions and choices."""
    return {
        Role.RESPONDENT: tr("recognises who answered before"),
        Role.SEGMENT: tr("groups the answers"),
        Role.WEIGHT: tr("how much an answer counts"),
        Role.TOUCHPOINT: tr("names the touchpoint of each answer"),
        Role.SCORE: tr("its metric stands in another column"),
        Role.COMMENT: tr("kept as text"),
        Role.COVARIATE: tr("held equal when pain points are compared"),
        Role.IGNORE: tr("not stored"),
    }.get(role, "")


def vendor_word(vendor: str) -> str:
    """Return whose export it is."""
    return _VENDORS.get(vendor, tr("Plain table"))


def encoding_word(encoding: str) -> str:
    """Return an encoding as people know it: "UTF-8", "Windows-1252"."""
    plain = encoding.lower().removesuffix("-sig").replace("_", "-")
    if plain in _ENCODING_NAMES:
        return _ENCODING_NAMES[plain]
    if plain.startswith("cp125"):
        return f"Windows-{plain[2:]}"
    return plain.upper()


def separator_word(separator: str | None) -> str:
    """Return what stands between two columns."""
    words = {
        ",": tr("comma"),
        ";": tr("semicolon"),
        "\t": tr("tab"),
        "|": tr("bar"),
        " ": tr("spaces"),
    }
    return words.get(separator or "", separator or tr("none"))


def how_many(count: int, one: str, many: str) -> str:
    """Return a count in words: `one` as it is, or `many` with %1 for the number."""
    return one if count == 1 else many.replace("%1", number(count, 0))


def records_word(count: int, *, in_file: bool = False) -> str:
    """Return how many records there are: "1 record", "25 976 records in the file"."""
    if in_file:
        return how_many(count, tr("1 record in the file"), tr("%1 records in the file"))
    return how_many(count, tr("1 record"), tr("%1 records"))


def columns_word(count: int) -> str:
    """Return how many columns there are: "1 column", "25 columns"."""
    return how_many(count, tr("1 column"), tr("%1 columns"))


def date_word(written: str) -> str:
    """Return a format of dates as people read it: "day/month/year"."""
    counted = {
        "unix": tr("seconds since 1970"),
        "unix_ms": tr("milliseconds since 1970"),
        "excel": tr("days as spreadsheets count them"),
    }
    if written in counted:
        return counted[written]
    day = written.partition("T%")[0].partition(" ")[0]
    for mark, word in (
        ("%Y", tr("year")),
        ("%y", tr("year, 2 digits")),
        ("%m", tr("month")),
        ("%d", tr("day")),
        ("%q", tr("quarter")),
        ("%b", tr("month")),
    ):
        day = day.replace(mark, word)
    return day


def size_word(size: int) -> str:
    """Return a file's size: "1.9 MB"."""
    if size < 1_000_000:
        return f"{number(max(size / 1_000, 0.1), 1 if size < 10_000 else 0)}\u00a0kB"
    return f"{number(size / 1_000_000, 1)}\u00a0MB"


def left_out_word(reason: str) -> str:
    """Return why a record was left out, or a score was refused."""
    return {
        "filtered": tr("not to be kept"),
        "unanswered": tr("without any answer"),
        "known": tr("imported before"),
        "not_chosen": tr("of KPIs that are left out"),
        "date": tr("without a readable date"),
        "weight": tr("without a readable weight"),
        "no_touchpoint": tr("without a touchpoint"),
        "metric": tr("with an unknown metric"),
        "surplus_cells": tr("with too many cells"),
        "cut_off": tr("cut off"),
        "off_scale": tr("off the scale"),
        "two_answers": tr("a second answer to one question"),
        "not_whole": tr("not whole numbers"),
        "not_a_number": tr("not numbers"),
        "blank_ticket": tr("without a ticket"),
        "same_ticket": tr("of a ticket that stands there already"),
        "never_a_ticket": tr("deleted, spam or merged"),
        "blank_place": tr("without a value in the column of touchpoints"),
    }.get(reason, reason.replace("_", " "))


def left_out(skipped: "Sequence[Skipped]") -> str:
    """Return why records were left out: "19 not to be kept · 11 imported before"."""
    told = (f"{number(s.count, 0)} {left_out_word(s.reason)}" for s in skipped)
    return " · ".join(told)


def kind_word(kind: EvidenceKind) -> str:
    """Return a kind of evidence as the first choice names it."""
    return {
        EvidenceKind.SURVEY: tr("Survey"),
        EvidenceKind.KPI: tr("KPIs"),
        EvidenceKind.EVENTS: tr("Events"),
        EvidenceKind.PURCHASES: tr("Purchases"),
    }[kind]


def import_title(kind: EvidenceKind) -> str:
    """Return what an import of a kind is called."""
    return {
        EvidenceKind.SURVEY: tr("Import a survey"),
        EvidenceKind.KPI: tr("Import KPIs"),
        EvidenceKind.EVENTS: tr("Import events"),
        EvidenceKind.PURCHASES: tr("Import purchases"),
    }[kind]


def recalled_word(recalled: "Recalled") -> str:
    """Return whose mapping is used and what differs in the new file."""
    words = tr("Remembered from “%1”: %2 columns filled in")
    words = words.replace("%1", recalled.survey).replace("%2", number(recalled.kept, 0))
    for found, told in (
        (recalled.fresh, tr("%1 not taken then: %2")),
        (recalled.gone, tr("%1 no longer there: %2")),
    ):
        if found:
            names = ", ".join(found[:3]) + (" …" if len(found) > 3 else "")
            words += " · " + told.replace("%1", number(len(found), 0)).replace("%2", names)
    return words


def forecast_word(forecast: "Forecast") -> str:
    """Return what reading all of a very large file is expected to be."""
    minutes = max(round(forecast.seconds / 60), 1)
    records = f"{float(f'{forecast.records:.2g}'):.0f}"
    words = tr("about %1 records, %2 min to read").replace("%1", number(float(records), 0))
    return words.replace("%2", number(minutes, 0))


def rate_word(done: int, total: int | None, seconds: float) -> str:
    """Return how far an import is and how fast: "12 000 of 25 976 rows · 48 000 a second"."""
    words = number(done, 0)
    if total:
        words = tr("%1 of %2").replace("%1", words).replace("%2", number(total, 0))
    words = tr("%1 rows").replace("%1", words)
    if seconds <= 0:
        return words
    rate = float(f"{done / seconds:.2g}")
    return words + " · " + tr("%1 a second").replace("%1", number(rate, 0))


def remarks(result: "SurveyImport") -> list[str]:
    """Return what looks odd about what was taken in, a sentence each."""
    sentences = {
        "outcome_never": tr("No record has the outcome “%1”."),
        "rule_never": tr("Nobody has the pain point “%1”."),
        "keep_never": tr("No record has the value “%1” that is to be kept."),
        "timezone": tr("%1 names no time zone; its moments are read as UTC."),
        "answered_twice": tr("%1 answers are replaced by later ones of the same respondent."),
        "faulty_bytes": tr("%1 bytes could not be decoded; choose another encoding."),
        "nul": tr("%1 NUL characters were found; they are no part of any answer."),
        "double_mark": tr("The file begins with two byte order marks."),
        "unclosed_quote": tr("A quote that is never closed, near line %1, may hide records."),
        "more_sheets": tr("Other sheets are not read: %1."),
        "respondent_twice": tr(
            "Respondents with several records of one time: %1; each record counts."
        ),
    }
    return [
        sentences[reason].replace("%1", name)
        for reason, name in result.warnings
        if reason in sentences
    ]


def open_choice(error: Exception) -> str:
    """Return, in a sentence, what keeps a mapping from being taken in."""
    if isinstance(error, SurveyKnownError):
        if error.reason == "nothing_new":
            return tr("Everything in this file was imported before; there is nobody new in it.")
        return tr("These answers were imported before: choose what becomes of them.")
    if not isinstance(error, MappingError):
        return fault_lines(error)[0]
    names = ", ".join(f"“{name}”" for name in error.names)
    words = {
        "ces_version": tr("To go on, choose for %1 which end is good: a low or a high score."),
        "outcome_bad": tr("To go on, choose which values of %1 are the bad outcome."),
        "date_order": tr("To go on, choose how the dates are written."),
        "no_questions": tr("Nothing is taken out of this file yet: say what its columns are."),
        "scale": tr("A question cannot be asked on this scale: %1. Correct it in the text."),
    }
    if error.reason == "wrong_value" and error.names == ("survey.quarter",):
        return tr("Write the quarter as 2026Q4.")
    if error.reason in words:
        return words[error.reason].replace("%1", names)
    return fault_lines(error)[0]
