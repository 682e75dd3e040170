"""The process that atheris runs in: one group of parsers, an input at a time.

    python -m benchmarks.reliability.guided_inputs GROUP CORPUS SEEDS [options of libFuzzer]

What may come out is ImportProblem, MappingError or DumpError. What is read must stand: a number is
finite and reads the same again, a mapping and a workspace are the same once written, and a column
of moments is what its cells are one by one.
"""

import math
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["storage", "journey", "tomllib"]):
    from benchmarks.reliability.imports import ALLOWED
    from storage.imports.answer_words import named_scores
    from storage.imports.dates import (
        KNOWN_FORMATS,
        date_parser,
        find_date_format,
        looks_like_date,
        to_utc,
    )
    from storage.imports.events_moments import MomentReader, find_moments
    from storage.imports.inspect import inspection_facts
    from storage.imports.kpi_periods import parse_period
    from storage.imports.kpi_reading import decimal_mark, read_value, undecided
    from storage.imports.mapping import parse_mapping, write_mapping
    from storage.imports.numbers import find_decimal, normal_number, parse_number
    from storage.imports.readers import inspect_any, propose_any
    from storage.imports.survey_cells import score_of
    from storage.openformats.convert import opened, write
    from storage.openformats.load import load

from datetime import UTC
from zoneinfo import ZoneInfo

Parse = Callable[[bytes], None]
_FORMATS = (*KNOWN_FORMATS, "unix", "%qQ%Y", "%Y-%m", "%I:%M %p %d %B %y")
_OSLO = ZoneInfo("Europe/Oslo")


def numbers(data: bytes) -> None:
    """Read a cell in every way numbers are read; its lines as a column."""
    text = data.decode("utf-8", "replace")
    for decimal in (None, ",", "."):
        value = parse_number(text, decimal=decimal)
        if value is not None:
            plain = normal_number(text, decimal=decimal)
            assert math.isfinite(value)
            assert plain is not None
            assert parse_number(plain, decimal=".") == value
        found = read_value(text, decimal)
        assert found is None or math.isfinite(found[0])
    lines = text.split("\n")
    for look in (find_decimal, decimal_mark, undecided, named_scores):
        look(lines)
    score_of(text, 0, 10, frozenset())


def dates(data: bytes) -> None:
    """Read a cell by the format its first byte chooses; its lines as a column of moments."""
    date_format = _FORMATS[data[0] % len(_FORMATS)] if data else "unix"
    text = data[1:].decode("utf-8", "replace")
    moment = date_parser(date_format)(text)
    for zone in (UTC, _OSLO):
        if moment is not None:
            assert to_utc(moment, zone).tzinfo is UTC
    looks_like_date(text)
    period = parse_period(text)
    assert period is None or parse_period(period.text) == period
    parse_period(text, date_format)
    lines = text.split("\n")
    find_date_format([line for line in lines if line.strip()])
    reader = MomentReader(None, None)
    column = reader.read(lines)
    assert [int(reader.read([line])[0]) for line in lines] == column.tolist()
    assert MomentReader(None, "Europe/Oslo").read(lines).shape == column.shape
    if any(line.strip() for line in lines):
        find_moments(lines, "events.time", None, None).read(lines)


def mapping(data: bytes) -> None:
    """Read a mapping; what is taken is the same once written."""
    read = parse_mapping(data.decode("utf-8", "replace"))
    assert parse_mapping(write_mapping(read)) == read


def json(data: bytes) -> None:
    """Load a Waymark JSON; what is taken is the same once written."""
    _PLACE.with_suffix(".json").write_bytes(data)
    loaded = load(_PLACE.with_suffix(".json"))
    again = _PLACE.with_name("again.json")
    with opened(loaded.path) as found:
        write(found, again)
    written = load(again)
    assert written.workspace == loaded.workspace
    assert written.answers == loaded.answers
    # Answers are written in an order of their own, so it is the second writing that is the same.
    with opened(again) as found:
        write(found, _PLACE.with_name("third.json"))
    assert _PLACE.with_name("third.json").read_bytes() == again.read_bytes()


def reader(data: bytes) -> None:
    """Open a table, say what is in it, propose a mapping and read every record."""
    path = _PLACE.with_suffix(".csv")
    path.write_bytes(data)
    found = inspect_any(path)
    inspection_facts(found)
    proposed = propose_any(found)
    assert parse_mapping(write_mapping(proposed)) == proposed


_PARSERS: dict[str, Parse] = {
    parse.__name__: parse for parse in (numbers, dates, mapping, json, reader)
}
_PLACE = Path(tempfile.mkdtemp()) / "input"


def _fuzz(parse: Parse, words: list[str]) -> None:
    def take(data: bytes) -> None:
        try:
            parse(data)
        except ALLOWED:
            return

    os.environ["WAYMARK_STATE_DIR"] = str(_PLACE.parent / "state")
    atheris.Setup([sys.argv[0], *words], take, internal_libfuzzer=True)
    atheris.Fuzz()


if __name__ == "__main__":
    _fuzz(_PARSERS[sys.argv[1]], sys.argv[2:])
