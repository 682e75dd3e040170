"""Headers of two rows: questions over their options, years over their quarters."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from storage.imports.dates import looks_like_date
from storage.imports.kpi_periods import parse_period
from storage.imports.numbers import parse_number

Records = Sequence[Sequence[str]]

_MARKS: Final = frozenset(
    {"response", "open-ended response", "antwort", "antwort mit offenem ende", "offene antwort"}
    | {"svar", "åpent svar", "öppet svar", "åbent svar", "odpowiedź", "odpowiedź otwarta"}
    | {"réponse", "réponse ouverte", "respuesta", "respuesta abierta", "resposta"}
    | {
        "resposta aberta",
        "risposta",
        "risposta aperta",
        "antwoord",
        "open antwoord",
        "ответ",
        "развернутый ответ",
        "vastaus",
    }
)
# SurveyMonkey's fixed columns: respondent, collector, two dates.
_FIXED: Final = 4
# With address, e-mail and names behind them.
_NAMED: Final = 8
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_LONG_NUMBER: Final = re.compile(r"[0-9]{6,20}(?:\.0)?")


def is_surveymonkey_second(records: Records) -> bool:
    """Tell a second row that has no respondent and names options, or says Response."""
    if len(records) < 2 or not records[1]:
        return False
    second = [cell.strip() for cell in records[1]]
    if second[0]:
        return False
    words = {cell.lower() for cell in second}
    if words & _MARKS or is_two_row(records):
        return True
    # In other languages the words are others, but a respondent always has a collector and dates.
    answered = [row for row in records[2:] if any(cell.strip() for cell in row)]
    return not any(second[:_FIXED]) and any(second) and all(all(r[:_FIXED]) for r in answered)


def is_surveymonkey_shape(records: Records) -> bool:
    """Tell SurveyMonkey's fixed columns, whatever the language they are named in.

    Respondent and collector are long numbers, two moments follow; the row below the header is blank
    under all of them and says something further on.
    """
    if len(records) < 3 or not is_surveymonkey_second(records):
        return False
    named = all(cell.strip() for cell in records[0][:_NAMED])
    blank = not any(cell.strip() for cell in records[1][:_NAMED])
    rows = [row for row in records[2:] if any(cell.strip() for cell in row)]
    return (
        named
        and blank
        and bool(rows)
        and all(
            all(_LONG_NUMBER.fullmatch(cell.strip()) for cell in row[:2])
            and all(looks_like_date(cell) for cell in row[2:_FIXED])
            for row in rows
        )
    )


def is_two_row(records: Records) -> bool:
    """Tell questions that stand over the first of their options, whose names fill the row below."""
    if len(records) < 3:
        return False
    top, below = records[0], records[1]
    gaps = [
        index
        for index in range(1, min(len(top), len(below)))
        if not top[index].strip() and below[index].strip()
    ]
    if len(gaps) < 2 or 2 * len(gaps) < sum(not cell.strip() for cell in top):
        return False
    if any(parse_number(cell) is not None for cell in below):
        return False
    names = {index: below[index].strip() for index in gaps}
    if len(set(names.values())) < max(2, len(names) / 2):
        return False
    # A ticked option repeats its own name; an answer repeats in other columns too.
    answers = [
        (names[index], record[index].strip())
        for record in records[2:]
        for index in gaps
        if index < len(record) and record[index].strip()
    ]
    others = sum(answer != name and answer in names.values() for name, answer in answers)
    return others <= 0.1 * len(answers)


def texts_below_names(records: Records) -> bool:
    """Tell short names over what they are in full: "A102_01" over "How satisfied are you with …?".

    No first record is all words in columns whose other records are all figures.
    """
    if len(records) < 4 or any(_is_figure(cell) for cell in records[1]):
        return False
    top, below = records[0], records[1]
    if any(cell.strip()[:1].isdigit() for cell in below):
        return False  # "71,5 %", "12 min"
    if any(cell.strip() and not name.strip() for name, cell in zip(top, below, strict=False)):
        return False
    for place, cell in enumerate(below):
        cells = [row[place] for row in records[2:] if len(row) > place and row[place].strip()]
        if len(_WORD.findall(cell)) > 1 and len(cells) > 1 and all(map(_is_figure, cells)):
            return True
    return False


def _is_figure(cell: str) -> bool:
    return parse_number(cell) is not None or looks_like_date(cell)


def heads_of_options(head: Records, *, surveymonkey: bool) -> list[str]:
    """Return "question [option]" for each column; the question alone where there is no option."""
    said = _words_for_response(head) if surveymonkey else frozenset()
    names: list[str] = []
    question = ""
    for above, below in zip(head[0], head[1], strict=True):
        question = above or question
        plain = not below or below.lower() in _MARKS or (bool(above) and below in said)
        # A blank over the very first column is the respondent's, not a question's.
        names.append(question if plain or not question else f"{question} [{below}]")
    return names


def _words_for_response(head: Records) -> frozenset[str]:
    """Return what stands under questions of one column: "Response" in the exporter's language.

    A word that comes again under other questions names no option, nor does a mere sign.
    """
    above = [*head[0], "end"]
    alone = [
        below
        for (this, after), below in zip(pairwise(above), head[1], strict=True)
        if this and after and below
    ]
    counts = Counter(alone)
    return frozenset(
        word
        for word, count in counts.items()
        if count > 1 or not any(character.isalnum() for character in word)
    )


def heads_of_periods(records: Records) -> bool:
    """Tell years over quarters or months, of which a period is made of both rows."""
    if len(records) < 2 or len(records[0]) != len(records[1]):
        return False
    made = [name for name, whole in _period_names(records) if whole]
    # Neither row alone says the periods.
    return len(made) >= 2 and not any(parse_period(cell) for cell in records[1])


def names_of_periods(head: Records) -> list[str]:
    """Return the names of columns under years and quarters."""
    return [name for name, _ in _period_names(head)]


def _period_names(records: Records) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    year = ""
    for above, below in (
        (one.strip(), two.strip()) for one, two in zip(records[0], records[1], strict=True)
    ):
        year = above or year
        both = f"{below} {year}"
        whole = bool(below and year) and below != year and parse_period(both) is not None
        found.append((both if whole else below or above, whole))
    return found
