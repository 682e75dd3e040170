"""Whose export a table is, by its shape, and the names of its columns.

Never by words in somebody's language: question texts and Qualtrics' second row are in the
exporter's own. Header rows are records, not lines: headers hold line breaks.
"""

import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from storage.imports.child import VariableSeen
from storage.imports.dates import counted_format, looks_like_date
from storage.imports.header_pairs import (
    heads_of_options,
    heads_of_periods,
    is_surveymonkey_second,
    is_surveymonkey_shape,
    is_two_row,
    names_of_periods,
    texts_below_names,
)
from storage.imports.numbers import UNSEEN, parse_number

NAME_CHARACTERS: Final = 200
TEXT_CHARACTERS: Final = 2_000
# Above a table: who made it, when, what is counted.
MOST_TITLE_ROWS: Final = 10

Records = Sequence[Sequence[str]]

# Marks within a word or before a comma leave no gap, paragraphs do.
_INLINE_TAG: Final = re.compile(
    r"</?(?:b|i|u|em|strong|span|font|a|sup|sub|small|mark)(?:\s[^<>]{0,500})?>", re.IGNORECASE
)
_TAG: Final = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
# How Typeform writes what is bold, and what an earlier answer stands for.
_EMPHASIS: Final = re.compile(r"(?<![\w*])\*([^\s*](?:[^*]{0,200}[^\s*])?)\*(?![\w*])")
_RECALLED: Final = re.compile(r"\{\{[a-z_]{1,20}:[^{}]{1,100}\}\}")
# What other programs leave around a cell.
_AROUND: Final = "\ufeff \u00a0\t"
_SUB_CODE: Final = re.compile(r"\w+\[\w+\]")
_SUB_TEXT: Final = re.compile(r".+\S ?\[.+\]\s*", re.DOTALL)
_SURVEYMONKEY_IDS: Final = frozenset({"respondentid", "respondent id", "respondent_id"})
_QUALTRICS_DATES: Final = frozenset({"startdate", "enddate", "recordeddate"})
_QUALTRICS: Final = _QUALTRICS_DATES | {
    "status", "progress", "duration (in seconds)", "finished", "responseid", "distributionchannel",
    "userlanguage",
}  # fmt: skip
_MOST_OF_QUALTRICS: Final = 5
# The fixed columns of LimeSurvey's heading codes and of its English full texts.
_LIMESURVEY: Final = frozenset(
    {"submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"}
    | {"date submitted", "last page", "start language", "date started", "date last action"}
)
_LIMESURVEY_CODES: Final = frozenset({"id", "submitdate", "lastpage", "startlanguage", "seed"})
# Google translates this one header with the account's language.
_GOOGLE_FIRST: Final = frozenset(
    {"timestamp", "zeitstempel", "horodateur", "sygnatura czasowa", "tidsmerke", "tidsstempel"}
    | {"tidstämpel", "tijdstempel", "aikaleima", "časová značka", "carimbo de data/hora"}
    | {"позначка часу", "zaman damgası", "タイムスタンプ", "时间戳记", "타임스탬프", "időbélyeg"}
    | {"отметка времени", "marca temporal", "informazioni cronologiche", "tidstempel"}
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        index: its position from 0: the key, because names repeat.
        name: unique among the columns of the file; a repeated name gets " (2)".
        raw: the header cell as it stands.
        text: the question's full text where the vendor gives it apart, else "".
        vendor_id: Qualtrics' ImportId, else "".
        timezone: the zone that the vendor names for a date column, else "".
        labels: codes and what they mean, where the file says so (SPSS).
    """

    index: int
    name: str
    raw: str
    text: str = ""
    vendor_id: str = ""
    timezone: str = ""
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """Whose file it is and how many records its header takes.

    Attributes:
        vendor: qualtrics, qualtrics_legacy, surveymonkey, typeform, google_forms,
            microsoft_forms, limesurvey, ga4, delighted, asknicely, medallia, zendesk, hubspot,
            thanx, spss or plain.
        header_rows: records before the first answer; 0 for a table without a header.
        columns: in the file's order.
    """

    vendor: str
    header_rows: int
    columns: tuple[Column, ...]


def recognise(
    records: Records,
    *,
    preamble: bool = False,
    marked: bool = False,
    header_rows: int | None = None,
) -> Signature:
    """Recognise a table by its first records.

    Args:
        records: the first records, blank ones left out; five are enough.
        preamble: a GA4 preamble stood before them.
        marked: the file has a byte order mark (LimeSurvey's and Excel's are alike in this).
        header_rows: how many the user says; the vendor's own number otherwise.
    """
    titles = _title_rows(records) or _comment_rows(records) if not preamble else 0
    vendor, rows = _vendor(records[titles:], preamble, marked)
    if header_rows is not None:
        titles = min(titles, max(0, header_rows - 1))
        rows = header_rows - titles
    signature = _signature(vendor, rows, records[titles:])
    return replace(signature, header_rows=rows + titles)


def _title_rows(records: Records) -> int:
    """Count the rows over a table that only say what it is: one cell, where others have many."""
    for place, record in enumerate(records[: min(len(records) - 1, MOST_TITLE_ROWS + 1)]):
        filled = [at for at, cell in enumerate(record) if cell.strip()]
        if len(filled) != 1 or filled[0] != 0:
            wide = sum(bool(cell.strip()) for cell in record) >= 3
            return place if wide else 0
    return 0


def _comment_rows(records: Records) -> int:
    """Count the rows over a table that somebody marked as comments: "# colours: green = done".

    "# of visits, date" is no comment: below it stand figures, and no names.
    """
    for place, record in enumerate(records[:-1]):
        if not record[0].startswith("#") or record[0].strip() == "#":
            figured = any(_is_figure(cell) for cell in records[place + 1])
            names = sum(bool(cell.strip()) for cell in record) >= 2
            return place if names and figured and not any(map(_is_figure, record)) else 0
    return 0


def _is_figure(cell: str) -> bool:
    return parse_number(cell) is not None or looks_like_date(cell)


def _signature(vendor: str, rows: int, records: Records) -> Signature:
    """Return the columns of a table that begins with its header."""
    head = [[clean_header(cell) for cell in record] for record in records[:rows]]
    width = max((len(record) for record in records[: max(1, rows)]), default=0)
    for record in head:
        record.extend([""] * (width - len(record)))
    raws = records[0] if rows else []
    names, texts = _names_and_texts(vendor, head, width)
    marks = _import_ids(records) if vendor == "qualtrics" and rows == 3 else {}
    columns = tuple(
        Column(
            index=index,
            name=name,
            raw=raws[index] if index < len(raws) else "",
            text=texts[index],
            vendor_id=marks.get(index, ("", ""))[0],
            timezone=marks.get(index, ("", ""))[1],
        )
        for index, name in enumerate(unique_names(names))
    )
    return Signature(vendor, rows, columns)


def recognise_variables(variables: Sequence[VariableSeen]) -> Signature:
    """Return the columns of an SPSS file, which says itself what they are called."""
    names = unique_names([clean_header(variable.name) for variable in variables])
    columns = tuple(
        Column(
            index=index,
            name=name,
            raw=variable.name,
            text=clean_header(variable.text),
            labels=variable.labels,
        )
        for index, (name, variable) in enumerate(zip(names, variables, strict=True))
    )
    return Signature("spss", 1, columns)


def clean_header(cell: str) -> str:
    """Return a header cell as one line of plain text: marks, tags and entities gone."""
    text = cell
    if "<" in cell:
        text = _TAG.sub(" ", _INLINE_TAG.sub("", html.unescape(cell.replace("\ufeff", ""))))
    if "&" in text:
        text = html.unescape(text)
    if "*" in text or "{{" in text:
        text = _EMPHASIS.sub(r"\1", _RECALLED.sub("…", text))
    return " ".join(text.translate(UNSEEN).replace("\x00", "").split())[:TEXT_CHARACTERS]


def unique_names(names: Sequence[str]) -> list[str]:
    """Return the names, shortened, each different from all others and none blank."""
    taken: set[str] = set()
    given: list[str] = []
    for name in names:
        base = (name or "Unnamed")[:NAME_CHARACTERS].rstrip()
        candidate, number = base, 1
        while candidate in taken:
            number += 1
            candidate = f"{base[: NAME_CHARACTERS - 8]} ({number})"
        taken.add(candidate)
        given.append(candidate)
    return given


def _vendor(  # noqa: PLR0911 - one answer per vendor
    records: Records, preamble: bool, marked: bool
) -> tuple[str, int]:
    if not records:
        return "plain", 0
    first = [clean_header(cell).lower() for cell in records[0]]
    if preamble:
        return "ga4", 1
    for row in (2, 1):
        if len(records) > row and _import_id(records[row][0] if records[row] else ""):
            return "qualtrics", row + 1
    if len(records) > 1 and first[:2] == ["v1", "v2"] and _is_legacy(records[1]):
        return "qualtrics_legacy", 2
    if len(_QUALTRICS & set(first)) >= _MOST_OF_QUALTRICS and _QUALTRICS_DATES & set(first):
        return "qualtrics", _rows_without_ids(records, first)
    if first[0] in _SURVEYMONKEY_IDS or is_surveymonkey_shape(records):
        return "surveymonkey", 2 if is_surveymonkey_second(records) else 1
    return _one_row_vendor(records, first, marked)


def _rows_without_ids(records: Records, first: list[str]) -> int:
    """Somebody took Qualtrics' row of import ids out, and maybe that of the texts too."""
    start = next(at for at, name in enumerate(first) if name in _QUALTRICS_DATES)
    below = records[1][start] if len(records) > 1 and len(records[1]) > start else ""
    return 1 if not below.strip() or looks_like_date(below) else 2


def _one_row_vendor(  # noqa: PLR0911 - one answer per vendor
    records: Records, first: list[str], marked: bool
) -> tuple[str, int]:
    if first[0] == "#" and len(first) > 2 and {"network id", "submit date (utc)"} & set(first):
        return "typeform", 1
    if first[0] in _GOOGLE_FIRST and _column_is_date(records, 0):
        return "google_forms", 1
    if _is_microsoft(records, first):
        return "microsoft_forms", 1
    service = _service(set(first))
    if service:
        return service, 1
    if _has_no_header(records):
        return "plain", 0
    if _is_limesurvey(records[0], first):
        return "limesurvey", 2 if _are_codes(records[1:2]) else 1
    if is_two_row(records):
        return ("limesurvey" if marked else "plain"), 2
    return "plain", 2 if heads_of_periods(records) or texts_below_names(records) else 1


# Column names that only one service's exports have together.
_SERVICES: Final = (
    ("asknicely", {"answer", "question_type"}, {"response_id", "responded", "comment"}),
    ("medallia", {"star_rating"}, {"request_id", "response_received_at", "request_sent_at"}),
    ("thanx", {"rated_at"}, {"state", "created_at"}),
    ("hubspot", {"hs_value"}, {"hs_survey_type", "hs_sentiment", "hs_survey_name"}),
    ("hubspot", {"survey_type", "sentiment"}, {"value", "rating", "response_value", "score"}),
    ("hubspot", {"survey_type", "feedback_sentiment"}, {"survey_response", "rating", "value"}),
    ("hubspot", {"survey_type", "sentiment"}, {"survey_response"}),
    ("delighted", {"score", "comment"}, {"survey_type", "permalink"}),
)
_ZENDESK: Final = re.compile(r"(?:ticket )?satisfaction[ _]?(?:rating|score)(?:[ ._]score)?")


def _service(names: set[str]) -> str:
    names = {name.replace(" ", "_") for name in names}
    for vendor, all_of, some_of in _SERVICES:
        if all_of <= names and some_of & names:
            return vendor
    tickets = any("ticket" in name for name in names) or "satisfaction_rating.score" in names
    return "zendesk" if tickets and any(_ZENDESK.fullmatch(name) for name in names) else ""


def _import_id(cell: str) -> str:
    if not cell.lstrip(_AROUND).startswith("{"):
        return ""
    try:
        value = json.loads(cell.strip(_AROUND))
    except (ValueError, RecursionError):
        return ""
    found = value.get("ImportId") if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def _import_ids(records: Records) -> dict[int, tuple[str, str]]:
    marks: dict[int, tuple[str, str]] = {}
    for index, cell in enumerate(records[2]):
        found = _import_id(cell)
        if found:
            zone = json.loads(cell.strip(_AROUND)).get("timeZone", "")
            marks[index] = (found, zone if isinstance(zone, str) else "")
    return marks


def _is_legacy(record: Sequence[str]) -> bool:
    return {"ResponseID", "ResponseSet"} <= {cell.strip() for cell in record}


def _is_limesurvey(header: Sequence[str], first: list[str]) -> bool:
    if len(_LIMESURVEY & set(first)) >= 2:
        return True
    codes = sum(_SUB_CODE.fullmatch(cell.strip()) is not None for cell in header)
    texts = sum(_SUB_TEXT.fullmatch(cell) is not None for cell in header)
    return codes >= 2 or texts >= max(2, 0.2 * len(header))


def _are_codes(below: Records) -> bool:
    """Tell LimeSurvey's row of field names, which its own format of answers has under the texts."""
    return bool(below) and len(_LIMESURVEY_CODES & {cell.strip().lower() for cell in below[0]}) >= 3


def _is_microsoft(records: Records, first: list[str]) -> bool:
    if len(first) < 5:
        return False
    if first[:3] == ["id", "start time", "completion time"]:
        return True
    rows = records[1:]
    return bool(rows) and all(
        len(row) > 4
        and row[0].strip().isdigit()
        and _is_moment(row[1])
        and _is_moment(row[2])
        and (row[3] == "anonymous" or "@" in row[3])
        for row in rows
    )


def _is_moment(cell: str) -> bool:
    """Tell a moment; a spreadsheet without formats has the days since 1900 instead."""
    number = parse_number(cell)
    serial = number is not None and counted_format(number, number) == "excel"
    return serial or looks_like_date(cell)


def _column_is_date(records: Records, index: int) -> bool:
    cells = [row[index] for row in records[1:] if len(row) > index and row[index].strip()]
    return all(looks_like_date(cell) for cell in cells)


def _has_no_header(records: Records) -> bool:
    """No name in the first row: every cell is a figure, a date or blank, as in those below."""
    filled = [cell for cell in records[0] if cell.strip()]
    if len(records) < 2 or len(filled) < 2:
        return False
    return all(map(_is_figure, filled))


def _names_and_texts(  # noqa: PLR0911 - one answer per shape
    vendor: str, head: list[list[str]], width: int
) -> tuple[list[str], list[str]]:
    blank = [""] * width
    if not head:
        return [f"Column {index + 1}" for index in range(width)], blank
    if len(head) == 1:
        return head[0], blank
    if vendor == "qualtrics":
        return head[0], head[1]
    if vendor == "qualtrics_legacy" or (vendor == "limesurvey" and _are_codes(head[1:])):
        return head[1], head[1 if vendor == "qualtrics_legacy" else 0]
    if vendor == "plain" and heads_of_periods(head):
        return names_of_periods(head), blank
    if vendor == "plain" and not any(two and not one for one, two in zip(*head[:2], strict=True)):
        return head[0], head[1]
    return heads_of_options(head, surveymonkey=vendor == "surveymonkey"), blank
