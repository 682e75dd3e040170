"""Files of a million answers in the shapes exports have, for `survey_import.py --shapes`."""

import gzip
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, cast

_SURVEY = """
[survey]
name = "Answers"
design = "{design}"
respondent = "respondent"
segment = "segment"
date = {{ column = "date", format = "{format}" }}
{more}
"""
_LONG = """
[long]
touchpoint = "touchpoint"
score = "score"
metric = "nps"
"""
QUESTIONS = ("Web site", "Shop", "Delivery", "Invoice", "Support")
_WIDE = "".join(
    f'[[question]]\ncolumn = "{name}"\ntouchpoint = "{name}"\nmetric = "nps"\n'
    for name in QUESTIONS
)
_COMMENT = '[[comment]]\ncolumn = "comment"\ntouchpoint = "Support"\n'
_TICKED = "".join(
    f'[[pain_point]]\ntouchpoint = "Shop"\ntitle = "{name}"\n'
    f'when = {{ column = "ticked", values = ["{name}"] }}\n'
    for name in ("Too dear", "Long queue", "Rude clerk")
)
_LONG_COLUMNS = ("respondent", "touchpoint", "date", "segment", "score")
_WIDE_COLUMNS = ("respondent", "date", "segment", *QUESTIONS)


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of file.

    Attributes:
        columns: its header. rows: gives the cells of so many answers.
        mapping: what its columns mean.
        feed: what ends a line.
        command: what unpacks or recodes it for `.import`, which reads plain UTF-8 only.
        whole: whether every record's answers count.
    """

    columns: tuple[str, ...]
    rows: Callable[[int], Iterator[tuple[str, ...]]]
    mapping: str
    encoding: str = "utf-8"
    separator: str = ","
    quoted: bool = False
    feed: str = "\n"
    ending: str = ".csv"
    command: str = ""
    whole: bool = True

    def write(self, path: Path, answers: int) -> None:
        """Write a file."""
        with ExitStack() as open_ones:
            if path.suffix == ".zip":
                archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
                packed = open_ones.enter_context(
                    open_ones.enter_context(archive).open(path.stem, "w")
                )
            else:
                packed = open_ones.enter_context(_open(path))
            stream = io.TextIOWrapper(packed, encoding=self.encoding, newline="")
            stream.write(self._line(self.columns))
            stream.writelines(map(self._line, self.rows(answers)))
            stream.flush()

    def _line(self, cells: tuple[str, ...]) -> str:
        if self.quoted:
            cells = tuple(f'"{cell}"' for cell in cells)
        return self.separator.join(cells) + self.feed


def _open(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", (gzip.open if path.suffix == ".gz" else open)(path, "wb"))


def _mapping(*parts: str, day: str = "%Y-%m-%d", design: str = "transactional") -> str:
    tables = [part for part in parts if part.startswith("[")]
    more = "\n".join(part for part in parts if not part.startswith("["))
    return _SURVEY.format(format=day, design=design, more=more) + "".join(tables)


def _long(
    touchpoint: str = "Touchpoint {}", day: str = "%Y-%m-%d", *, clock: bool = False
) -> Callable[[int], Iterator[tuple[str, ...]]]:
    def rows(answers: int) -> Iterator[tuple[str, ...]]:
        chance = random.Random(1)
        start = datetime(2026, 1, 1)  # noqa: DTZ001 - as exports write it, without a zone
        days = [(start + timedelta(days=n)).strftime(day) for n in range(365)]
        for number in range(answers):
            when = (
                (start + timedelta(seconds=29 * number)).strftime(day)
                if clock
                else chance.choice(days)
            )
            yield (
                f"customer-{number:09d}",
                touchpoint.format(chance.randrange(40)),
                when,
                chance.choice(("Private", "Business", "Premium")),
                str(chance.randrange(11)),
            )

    return rows


def _wide(
    *more: Callable[[random.Random], str], point: str = ""
) -> Callable[[int], Iterator[tuple[str, ...]]]:
    def rows(answers: int) -> Iterator[tuple[str, ...]]:
        chance = random.Random(1)
        start = datetime(2026, 1, 1)  # noqa: DTZ001 - as exports write it, without a zone
        days = [(start + timedelta(days=n)).date().isoformat() for n in range(365)]
        for number in range(answers // len(QUESTIONS)):
            yield (
                f"customer-{number:09d}",
                chance.choice(days),
                chance.choice(("Private", "Business", "Premium")),
                *(f"{chance.randrange(11)}{point}" for _ in QUESTIONS),
                *(cell(chance) for cell in more),
            )

    return rows


def _weight(mark: str) -> Callable[[random.Random], str]:
    return lambda chance: f"{chance.randrange(50, 200) / 100:.2f}".replace(".", mark)


def _comment(chance: random.Random) -> str:
    number = chance.randrange(1_000_000)
    return "" if number % 5 else f'"The clerk was friendly, number {number}"'


def _ticked(chance: random.Random) -> str:
    names = ("Too dear", "Long queue", "Rude clerk", "Nothing of these")
    return "; ".join(name for name in names if chance.random() < 0.3)


# The shape with a goal of its own.
PLAIN = "clean"
_MOMENT = "%d/%m/%Y %H:%M:%S"
SHAPES = {
    PLAIN: Shape(_LONG_COLUMNS, _long(), _mapping(_LONG)),
    "in quotes": Shape(_LONG_COLUMNS, _long(), _mapping(_LONG), quoted=True),
    "semicolons": Shape(_LONG_COLUMNS, _long(), _mapping(_LONG), separator=";"),
    "day first": Shape(_LONG_COLUMNS, _long(day="%d.%m.%Y"), _mapping(_LONG, day="%d.%m.%Y")),
    "ISO moments": Shape(
        _LONG_COLUMNS,
        _long(day="%Y-%m-%d %H:%M:%S", clock=True),
        _mapping(_LONG, day="%Y-%m-%d %H:%M:%S"),
    ),
    "day-first moments": Shape(
        _LONG_COLUMNS, _long(day=_MOMENT, clock=True), _mapping(_LONG, day=_MOMENT)
    ),
    "Latin-2": Shape(
        _LONG_COLUMNS,
        _long("Zgłoszenie usterki {}"),
        _mapping(_LONG),
        encoding="iso8859-2",
        command="iconv -f ISO-8859-2 -t UTF-8",
    ),
    "UTF-16": Shape(
        _LONG_COLUMNS,
        _long("Zgłoszenie usterki {}"),
        _mapping(_LONG),
        encoding="utf-16",
        command="iconv -f UTF-16 -t UTF-8",
    ),
    "gzip": Shape(_LONG_COLUMNS, _long(), _mapping(_LONG), ending=".csv.gz", command="gzip -dc"),
    "one survey of persons": Shape(_LONG_COLUMNS, _long(), _mapping(_LONG, design="relational")),
    "wide": Shape(_WIDE_COLUMNS, _wide(), _mapping(_WIDE)),
    "wide, decimal commas": Shape(
        (*_WIDE_COLUMNS, "weight"),
        _wide(_weight(","), point=",0"),
        _mapping('weight = "weight"', _WIDE),
        separator=";",
    ),
    "wide, weighted": Shape(
        (*_WIDE_COLUMNS, "weight"), _wide(_weight(".")), _mapping('weight = "weight"', _WIDE)
    ),
    "wide, comments": Shape(
        (*_WIDE_COLUMNS, "comment"), _wide(_comment), _mapping(_WIDE, _COMMENT)
    ),
    "wide, ticked options": Shape(
        (*_WIDE_COLUMNS, "ticked"), _wide(_ticked), _mapping(_WIDE, _TICKED)
    ),
    "wide, covariates": Shape(
        (*_WIDE_COLUMNS, "plan", "age"),
        _wide(
            lambda chance: chance.choice(("Basic", "Plus")),
            lambda chance: str(chance.randrange(18, 90)),
        ),
        _mapping('covariates = ["plan", "age"]', _WIDE),
    ),
}
