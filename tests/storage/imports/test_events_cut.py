"""Events of a table whose blocks are cut at once are those that were read cell by cell."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.errors import MappingError
from storage.imports import events_columns, survey_records
from storage.imports.events_columns import Codes, EventColumns
from storage.imports.events_reading import read_events
from storage.imports.mapping import parse_mapping
from storage.imports.survey_chunks import Tally
from storage.imports.survey_cut import cut_lines

MAPPING = """
[events]
case = "who"
activity = "what"
time = "when"
segment = "segment"
"""
FIRST = ["start", "visit", "2026-01-01T00:00:00", "Eco"]

cases = st.sampled_from(["a", "b ", "case-0001", "case-0002", " b", "żółw", "x" * 300])
activities = st.sampled_from(["visit", "Visit  shop", "pay", 'say "hello"', "a, b", "Café"])
moments = st.sampled_from(
    ["2026-01-01T09:30:00", "2026-02-28T23:59:59", "1969-12-31T00:00:00", "2026-01-01 00:00:00"]
)
segments = st.sampled_from(["", "Eco", "eco", "First"])
odd = st.sampled_from(["", " ", "1\n2", "soon", "2026-02-30T00:00:00", "2026-01-01T10:00:00+02:00"])


def mostly(usual: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.integers(0, 29).flatmap(lambda n: odd if n == 7 else usual)


events = st.lists(
    st.tuples(mostly(cases), mostly(activities), mostly(moments), mostly(segments)).map(list),
    max_size=40,
)


def read(path: Path) -> tuple[Any, ...]:
    tally = Tally()
    try:
        columns = read_events(path, parse_mapping(MAPPING), tally, lambda line: None)
    except MappingError as error:
        # Where most of the first cells are no moments, both ways refuse alike.
        return error.reason, error.detail
    return *told(columns), tally.records, tally.skipped, tally.take_waiting()


def told(columns: EventColumns) -> tuple[Any, ...]:
    ordered = columns.in_order()
    kept = (*(getattr(ordered.cases, name).tolist() for name in ("steps", "gaps", "offsets")),)
    names = (columns.case_names, columns.activities, columns.segments, columns.events)
    return *kept, ordered.cases.segment.tolist(), ordered.first.tolist(), *names


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=events, few=st.sampled_from([0, 2, 4_000]), block=st.sampled_from([80, 400, 100_000]))
def test_cut_is_as_cell_by_cell(
    rows: list[list[str]], few: int, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([["who", "what", "when", "segment"], FIRST])
    csv.writer(text, lineterminator="\n").writerows(rows)
    path = tmp_path / "log.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    monkeypatch.setattr(events_columns, "_FEW", few)
    monkeypatch.setattr(survey_records, "_BLOCK_CHARACTERS", block)
    cut = read(path)
    with monkeypatch.context() as patched:
        patched.setattr(survey_records, "cut_lines", lambda *_: None)
        assert read(path) == cut


def test_no_text_is_made_of_a_clean_block() -> None:
    made = cut_lines("a,visit\nb,pay\na,pay\n", ",", 2)
    assert made is not None
    codes = Codes(str.strip)
    assert codes.of_cut(made, 0).tolist() == [0, 1, 0]
    assert codes.names == ["a", "b"]
    assert made._columns is None


def test_what_was_learnt_holds_when_a_column_goes_on_to_say_new_things(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(events_columns, "_FEW", 2)
    codes, found = Codes(str.strip), []
    for text in ("b\na\nb\n", "c\nb \nd\n", "a\ne\nb\n"):
        made = cut_lines(text, ",", 1)
        assert made is not None
        found += codes.of_cut(made, 0).tolist()
    assert found == [0, 1, 0, 2, 0, 3, 1, 4, 0]
    assert codes.names == ["b", "a", "c", "d", "e"]
