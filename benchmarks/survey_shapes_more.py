"""Further shapes of files of a million answers, beside those of `survey_shapes`.

Each column is a function of chance and the record's number, so that a file is the sum of them.
"""

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from benchmarks.survey_shapes import QUESTIONS, Shape

Column = Callable[[random.Random, int], str]

_START = datetime(2026, 1, 1)  # noqa: DTZ001 - as exports write it, without a zone
_LIKERT = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
_WORDS = ("the", "clerk", "was", "friendly", "but", "queue", "too", "long", "nobody", "answered")


def _mapping(
    parts: str, day: str = "%Y-%m-%d", design: str = "transactional", more: str = ""
) -> str:
    date = f'date = {{ column = "date", format = "{day}"{more} }}'
    return (
        f'[survey]\nname = "Answers"\ndesign = "{design}"\nrespondent = "respondent"\n'
        f"{date}\n{parts}"
    )


_SEGMENT = 'segment = "segment"\n'
_WEIGHT = 'weight = "weight"\n'
_LONG = '[long]\ntouchpoint = "touchpoint"\nscore = "score"\nmetric = "nps"\n'
_LONG_METRIC = _LONG.replace('metric = "nps"', 'metric = "metric"')
_STAGED = _LONG_METRIC + 'stage = "stage"\n'
_COMMENT = '[[comment]]\ncolumn = "comment"\n'
_TICKED = (
    '[[pain_point]]\ntouchpoint = "Shop"\ntitle = "Too dear"\n'
    'when = { column = "comment", contains = ["long"] }\n'
)


def _wide(names: tuple[str, ...], more: str = 'metric = "nps"') -> str:
    return "".join(
        f'[[question]]\ncolumn = "{name}"\ntouchpoint = "{name}"\n{more}\n' for name in names
    )


_SCORES = ", ".join(f'"{word}" = {score}' for score, word in enumerate(_LIKERT, 1))
_WORDED = f'metric = "csat"\nscores = {{ {_SCORES} }}'
_FORTY = tuple(f"Question {n}" for n in range(1, 41))


def _of(*values: str) -> Column:
    return lambda chance, _: chance.choice(values)


def _touchpoint(text: str = "Touchpoint {}") -> Column:
    return lambda chance, _: text.format(chance.randrange(40))


def _day(spelt: str = "%Y-%m-%d") -> Column:
    days = [(_START + timedelta(days=n)).strftime(spelt) for n in range(365)]
    return lambda chance, _: chance.choice(days)


def _moment(spelt: str) -> Column:
    return lambda _, number: (_START + timedelta(seconds=29 * number)).strftime(spelt)


def _person(text: str = "customer-{:09d}", answers: int = 1) -> Column:
    return lambda _, number: text.format(number // answers)


def _score(chance: random.Random, _: int) -> str:
    return str(chance.randrange(11))


def _weight(chance: random.Random, _: int) -> str:
    return f"{chance.randrange(50, 200) / 100:.2f}"


def _comment(text: str, share: float = 0.2) -> Column:
    return lambda chance, number: text.format(number) if chance.random() < share else ""


def _told(chance: random.Random, number: int) -> str:
    if chance.random() >= 0.3:
        return ""
    return f"{' '.join(chance.choices(_WORDS, k=chance.randrange(3, 40)))} {number}"


def _sometimes(column: Column, other: Column, share: float) -> Column:
    return lambda chance, number: (other if chance.random() < share else column)(chance, number)


def _answers_of_a_person(_: random.Random, number: int) -> str:
    return f"Touchpoint {number * 7 % 40}"


def _strewn(column: Column, answers: int) -> Column:
    """Return a column of persons whose answers are not one after another."""
    return lambda chance, number: column(chance, number * 7919 % answers)


def _rows(
    columns: dict[str, Column], per_record: int
) -> Callable[[int], Iterator[tuple[str, ...]]]:
    def rows(answers: int) -> Iterator[tuple[str, ...]]:
        chance = random.Random(1)
        for number in range(answers // per_record):
            yield tuple(column(chance, number) for column in columns.values())

    return rows


def _shape(columns: dict[str, Column], mapping: str, per_record: int = 1, **more: object) -> Shape:
    return Shape(tuple(columns), _rows(columns, per_record), mapping, **more)  # type: ignore[arg-type]


_LONG_COLUMNS: dict[str, Column] = {
    "respondent": _person(),
    "touchpoint": _touchpoint(),
    "date": _day(),
    "segment": _of("Private", "Business", "Premium"),
    "score": _score,
}
_WIDE_COLUMNS: dict[str, Column] = {
    "respondent": _person(),
    "date": _day(),
    "segment": _of("Private", "Business", "Premium"),
    **dict.fromkeys(QUESTIONS, _score),
}
_PLAIN = _mapping(_SEGMENT + _LONG)
_PLAIN_WIDE = _mapping(_SEGMENT + _wide(QUESTIONS))
_ANSWERED: dict[str, Column] = {
    **_LONG_COLUMNS,
    "respondent": _person(answers=5),
    "touchpoint": _answers_of_a_person,
    "date": lambda _, number: f"2026-0{1 + number // 5 % 9}-11",
}
_CLOCK = "%m/%d/%Y %I:%M:%S %p"
_ZONED = "%Y-%m-%dT%H:%M:%S%z"
_LOCAL = "%d.%m.%Y %H:%M:%S"
_SOME = _comment('"He said ""no"", then, number {}"')
_LINES = _comment('"First line of number {}\nand the second, with a comma"')

MORE_SHAPES = {
    "tabs": _shape(_LONG_COLUMNS, _PLAIN, separator="\t"),
    "CRLF": _shape(_LONG_COLUMNS, _PLAIN, feed="\r\n"),
    "in quotes, CRLF, mark": _shape(
        _LONG_COLUMNS, _PLAIN, quoted=True, feed="\r\n", encoding="utf-8-sig"
    ),
    "zip": _shape(_LONG_COLUMNS, _PLAIN, ending=".csv.zip", command="unzip -p"),
    "not ASCII": _shape({**_LONG_COLUMNS, "touchpoint": _touchpoint("Zgłoszenie {}")}, _PLAIN),
    "names as respondents": _shape(
        {**_LONG_COLUMNS, "respondent": _person("Żaneta Kowalska-{:06d}")}, _PLAIN
    ),
    "some blanks": _shape(
        {
            **_LONG_COLUMNS,
            "respondent": _sometimes(_person(), _of(""), 0.05),
            "date": _sometimes(_day(), _of(""), 0.05),
            "segment": _of("Private", "Business", ""),
        },
        _mapping(_SEGMENT + 'quarter = "2026Q1"\n' + _LONG),
    ),
    "some refused": _shape(
        {**_LONG_COLUMNS, "score": _sometimes(_score, _of("n/a", "", "11"), 0.03)},
        _PLAIN,
        whole=False,
    ),
    "some touchpoints blank": _shape(
        {**_LONG_COLUMNS, "touchpoint": _sometimes(_touchpoint(), _of(""), 0.01)},
        _PLAIN,
        whole=False,
    ),
    "days of two lengths": _shape(
        {**_LONG_COLUMNS, "date": lambda c, _: f"{c.randrange(1, 29)}/{c.randrange(1, 13)}/2026"},
        _mapping(_SEGMENT + _LONG, "%d/%m/%Y"),
    ),
    "12-hour clock": _shape(
        {**_LONG_COLUMNS, "date": _moment(_CLOCK)}, _mapping(_SEGMENT + _LONG, _CLOCK)
    ),
    "moments with a zone": _shape(
        {**_LONG_COLUMNS, "date": _moment("%Y-%m-%dT%H:%M:%S+02:00")},
        _mapping(_SEGMENT + _LONG, _ZONED),
    ),
    "local moments": _shape(
        {**_LONG_COLUMNS, "date": _moment(_LOCAL)},
        _mapping(_SEGMENT + _LONG, _LOCAL, more=', timezone = "Europe/Warsaw"'),
    ),
    "weights": _shape({**_LONG_COLUMNS, "weight": _weight}, _mapping(_SEGMENT + _WEIGHT + _LONG)),
    "fine weights": _shape(
        {**_LONG_COLUMNS, "weight": lambda chance, _: f"{chance.uniform(0.5, 2):.9f}"},
        _mapping(_SEGMENT + _WEIGHT + _LONG),
    ),
    "comments": _shape({**_LONG_COLUMNS, "comment": _told}, _mapping(_SEGMENT + _LONG + _COMMENT)),
    "comments with quotes": _shape(
        {**_LONG_COLUMNS, "comment": _SOME}, _mapping(_SEGMENT + _LONG + _COMMENT)
    ),
    "comments of several lines": _shape(
        {**_LONG_COLUMNS, "comment": _LINES}, _mapping(_SEGMENT + _LONG + _COMMENT)
    ),
    "words in comments": _shape(
        {**_LONG_COLUMNS, "comment": _told}, _mapping(_SEGMENT + _LONG + _TICKED)
    ),
    "metric and stage": _shape(
        {
            **_LONG_COLUMNS,
            "metric": _of("NPS", "CSAT"),
            "stage": _of("Buy"),
            "score": _of(*"12345"),
        },
        _mapping(_SEGMENT + _STAGED),
    ),
    "outcome": _shape(
        {**_LONG_COLUMNS, "end": _of("stayed", "stayed", "left")},
        _mapping(_SEGMENT + _LONG + '[outcome]\ncolumn = "end"\nbad = ["left"]\nmeans = "left"\n'),
    ),
    "only some kept": _shape(
        {**_LONG_COLUMNS, "finished": _sometimes(_of("True"), _of("False"), 0.1)},
        _mapping(
            _SEGMENT + _LONG + '[source]\nkeep = { column = "finished", values = ["true"] }\n'
        ),
        whole=False,
    ),
    "persons of five answers": _shape(_ANSWERED, _mapping(_SEGMENT + _LONG, design="relational")),
    "persons strewn": _shape(
        {
            **_ANSWERED,
            "respondent": _strewn(_person(answers=5), 1_000_000),
            "date": _of("2026-01-01"),
        },
        _mapping(_SEGMENT + _LONG, design="relational"),
        whole=False,
    ),
    "persons with weights": _shape(
        {**_ANSWERED, "weight": _weight},
        _mapping(_SEGMENT + _WEIGHT + _LONG, design="relational"),
    ),
    "persons with comments": _shape(
        {**_ANSWERED, "comment": _comment("It was fine {}", 0.1)},
        _mapping(_SEGMENT + _LONG + _COMMENT, design="relational"),
    ),
    "wide, tabs, quotes": _shape(_WIDE_COLUMNS, _PLAIN_WIDE, 5, separator="\t", quoted=True),
    "wide, 40 questions": _shape(
        {
            **{k: _WIDE_COLUMNS[k] for k in ("respondent", "date", "segment")},
            **dict.fromkeys(_FORTY, _score),
        },
        _mapping(_SEGMENT + _wide(_FORTY)),
        40,
    ),
    "wide, half blank": _shape(
        {**_WIDE_COLUMNS, **dict.fromkeys(QUESTIONS, _sometimes(_score, _of(""), 0.5))},
        _PLAIN_WIDE,
        5,
        whole=False,
    ),
    "wide, words": _shape(
        {**_WIDE_COLUMNS, **dict.fromkeys(QUESTIONS, _of(*_LIKERT))},
        _mapping(_SEGMENT + _wide(QUESTIONS, _WORDED)),
        5,
    ),
    "wide, some refused": _shape(
        {**_WIDE_COLUMNS, "Shop": _sometimes(_score, _of("n/a"), 0.02)},
        _PLAIN_WIDE,
        5,
        whole=False,
    ),
    "wide, outcome": _shape(
        {**_WIDE_COLUMNS, "end": _of("stayed", "stayed", "left", "")},
        _mapping(
            _SEGMENT
            + _wide(QUESTIONS)
            + '[outcome]\ncolumn = "end"\nbad = ["left"]\nmeans = "left"\n'
        ),
        5,
    ),
    "wide, many ignored": _shape(
        {
            **_WIDE_COLUMNS,
            **{f"meta {n}": _of("192.168.0.1", "anonymous", "EN", "") for n in range(20)},
        },
        _PLAIN_WIDE,
        5,
    ),
    "wide, everything": _shape(
        {**_WIDE_COLUMNS, "weight": _weight, "plan": _of("Basic", "Plus"), "comment": _told},
        _mapping(
            _SEGMENT + _WEIGHT + 'covariates = ["plan"]\n' + _wide(QUESTIONS) + _COMMENT + _TICKED
        ),
        5,
    ),
    "wide, comments of several lines": _shape(
        {**_WIDE_COLUMNS, "comment": _LINES}, _mapping(_SEGMENT + _wide(QUESTIONS) + _COMMENT), 5
    ),
}
