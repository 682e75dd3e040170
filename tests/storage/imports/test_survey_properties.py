"""Any table of answers is taken in as a plain count in Python says."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journey.model.quarter import quarter_of
from journey.model.template import new_workspace
from storage.document import Document
from tests.storage.imports.survey_trial import Trial

WIDE = """
[survey]
name = "S"
design = "relational"
quarter = "2026Q4"
segment = "segment"
[[question]]
column = "one"
touchpoint = "One"
metric = "csat"
missing = ["0", "n/a"]
[[question]]
column = "two"
touchpoint = "Two"
metric = "nps"
"""
LONG = """
[survey]
name = "S"
design = "transactional"
respondent = "who"
segment = "segment"
date = { column = "day", format = "%Y-%m-%d" }
[long]
touchpoint = "where"
score = "score"
metric = "nps"
missing = ["-99"]
"""
PLAIN = re.compile(r"-?\d+(\.0+)?")

cells = st.sampled_from(
    [
        "",
        " ",
        "0",
        "1",
        "5",
        " 3 ",
        "4.0",
        "4,0",
        "2.5",
        "10",
        "11",
        "-1",
        "-99",
        "n/a",
        "nan",
        "1e400",
        "x",
    ]
)
segments = st.sampled_from(["", "Eco", " eco ", "First"])
places = st.sampled_from(["Shop", "Call"])
days = st.dates().filter(lambda d: 1900 <= d.year <= 2100)


def score(cell: str, low: int, high: int, missing: set[str]) -> tuple[int | None, bool]:
    """The score a cell holds, and whether it was refused; the slow and simple way."""
    text = cell.strip().replace(",", ".")
    if not text or text in missing:
        return None, False
    if not PLAIN.fullmatch(text):
        return None, True
    value = int(text.split(".")[0])
    return (value, False) if low <= value <= high else (None, True)


def named(segment: str) -> str:
    return {"": "", "eco": "Eco", "first": "First"}[segment.strip().casefold()]


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Private folders for the documents of this test."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path_factory.mktemp("state")))


def trial(folder: Path) -> Trial:
    document = Document.create(folder / "w.waymark", new_workspace("W"))
    segments_needed(document)
    return Trial(document, folder)


def segments_needed(document: Document) -> None:
    """Segments stand beforehand, so that their spelling is theirs and not the first cell's."""
    from journey.edit.add import Add
    from journey.model.ids import SegmentId
    from journey.model.people import Segment

    for name in ("Eco", "First"):
        document.write(Add(Segment(SegmentId(name), name)).do(document.workspace))


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.tuples(segments, cells, cells), max_size=40))
def test_a_wide_table_counts_as_by_hand(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    expected: Counter[tuple[str, str, int]] = Counter()
    records = imported = refused = 0
    for segment, one, two in rows:
        if not (segment or one or two):
            continue
        records += 1
        found = [score(one, 1, 5, {"0", "n/a"}), score(two, 0, 10, set())]
        refused += sum(bad for _, bad in found)
        imported += any(value is not None for value, _ in found)
        for name, (value, _) in zip(("One", "Two"), found, strict=True):
            if value is not None:
                expected[name, named(segment), value] += 1
    t = trial(tmp_path_factory.mktemp("wide"))
    result = t.take(t.file([("segment", "one", "two"), *rows]), WIDE)
    assert t.counts() == expected
    assert (result.records, result.imported) == (records, imported)
    assert result.records == result.imported + sum(s.count for s in result.skipped)
    assert sum(c.count for c in result.refused_cells) == refused
    assert t.document.damaged_batches() == ()
    t.document.close()


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["", "a", "b"]),
            st.sampled_from(["Shop", "Call"]),
            days,
            segments,
            cells,
        ),
        max_size=40,
    )
)
def test_a_long_table_counts_as_by_hand(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, object, str, str]]
) -> None:
    expected: dict[str, Counter[tuple[str, str, int]]] = {}
    for _, where, day, segment, cell in rows:
        value, _ = score(cell, 0, 10, {"-99"})
        if value is not None:
            quarter = quarter_of(day)  # type: ignore[arg-type]
            expected.setdefault(quarter, Counter())[where, named(segment), value] += 1
    t = trial(tmp_path_factory.mktemp("long"))
    header = ("who", "where", "day", "segment", "score")
    result = t.take(t.file([header, *rows]), LONG)
    assert t.store.quarters() == sorted(expected)
    for quarter, counts in expected.items():
        assert t.counts(quarter) == counts
    assert result.imported == sum(sum(counts.values()) for counts in expected.values())
    assert t.document.damaged_batches() == ()
    t.document.close()


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["a", "b", "c"]), st.sampled_from(["Shop", "Call"]), st.integers(0, 10)
        ),
        min_size=1,
        max_size=40,
    )
)
def test_gathering_gives_each_respondent_one_row_wherever_the_records_stand(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, int]]
) -> None:
    expected: dict[str, dict[str, int]] = {}
    for who, where, value in rows:
        expected.setdefault(who, {})[where] = value
    t = trial(tmp_path_factory.mktemp("gather"))
    full = [(who, where, "", "", value) for who, where, value in rows]
    header = ("who", "where", "day", "segment", "score")
    result = t.take(t.file([header, *full]), LONG.replace("transactional", "relational"))
    ws = t.workspace
    found = {
        row.respondent: {
            ws.touchpoints[place].name: value
            for q, value in row.answers.items()
            if (place := ws.questions[q].touchpoint)
        }
        for row in t.store.iter_responses(result.survey.id)
    }
    assert found == expected
    assert list(found) == list(expected)
    t.document.close()
