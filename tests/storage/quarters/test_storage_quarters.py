"""Quarters of a real document: read, frozen, compared, and whole after a way through files."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journey.edit import Remove
from journey.model.ids import Kind, QuarterId, Ref
from journey.model.quarter import quarter_number
from journey.quarter.causes import Cause
from journey.quarter.record import is_whole
from journey.quarter.view import frozen_view
from storage.document import Document
from storage.evidence.store import EvidenceStore
from storage.imports.mapping import parse_mapping
from storage.imports.survey import import_survey
from storage.openformats.dump import dump
from storage.openformats.load import load
from storage.quarters import compare_quarters, read_quarter, read_to_freeze

PANEL = """
[survey]
name = "Panel"
design = "relational"
date = { column = "at", format = "%Y-%m-%d" }
respondent = "id"

[[question]]
column = "score"
touchpoint = "Panel place"
metric = "csat"
scale = [1, 5]
"""
AT = datetime(2027, 1, 4, 9, 12, tzinfo=UTC)
FIRST, SECOND = "2026Q3", "2026Q4"


@pytest.fixture
def document(
    open_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Document]:
    """The sample, two quarters of answers."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    path = tmp_path / "sample.waymark"
    path.write_bytes(open_sample.read_bytes())
    made = Document.open(path)
    yield made
    made.close(publish=False)


def freeze(document: Document, quarter: str, reason: str = "") -> None:
    """Freeze a quarter and store it."""
    store = EvidenceStore(document.engine)
    read = read_to_freeze(document.workspace, store, quarter, document.content_sha256())
    document.write(read.command(AT, reason, draws=100).do(document.workspace))


def test_a_frozen_quarter_is_whole_after_closing_and_opening(
    document: Document, tmp_path: Path
) -> None:
    freeze(document, FIRST)
    freeze(document, SECOND)
    kept = dict(document.workspace.quarters)
    document.publish()
    copy = tmp_path / "copy.waymark"
    copy.write_bytes(document.path.read_bytes())
    with Document.open(copy) as again:
        assert again.workspace.quarters == kept
        assert all(is_whole(q) for q in again.workspace.quarters.values())


def test_a_frozen_quarter_is_whole_after_dump_and_load(document: Document, tmp_path: Path) -> None:
    freeze(document, SECOND)
    file = tmp_path / "w.json"
    dump(document.workspace, None, file)
    loaded = load(file).workspace
    assert is_whole(loaded.quarters[QuarterId(SECOND)])
    live, back = frozen_view(document.workspace, SECOND), frozen_view(loaded, SECOND)
    assert live is not None
    assert back is not None
    assert (back.ranking, back.metrics) == (live.ranking, live.metrics)
    assert back.around == live.around
    assert back.content_sha256 == live.content_sha256


def test_packs_of_a_frozen_quarter_tell_of_the_one_before(document: Document) -> None:
    freeze(document, SECOND)
    view = frozen_view(document.workspace, SECOND)
    assert view is not None
    assert view.around.before is not None
    assert view.around.before.quarter == FIRST
    assert view.around.before.rows
    freeze(document, FIRST)
    first = frozen_view(document.workspace, FIRST)
    assert first is not None
    assert first.around.before is None


def surveys_of(document: Document, quarter: str) -> list[Ref]:
    """Return the surveys with answers in a quarter."""
    store = EvidenceStore(document.engine)
    tables = store.response_tables(document.workspace, quarter)
    return [Ref(Kind.SURVEY, table.survey) for table in tables]


def test_answers_that_went_are_noticed(document: Document) -> None:
    freeze(document, FIRST)
    store = EvidenceStore(document.engine)
    assert read_quarter(document.workspace, store, FIRST).complete
    document.write(Remove(surveys_of(document, FIRST)[:1]).do(document.workspace))
    gone = read_quarter(document.workspace, store, FIRST)
    assert not gone.complete
    found = compare_quarters(document.workspace, store, FIRST, SECOND, draws=50)
    assert "answers_gone" in found.warnings
    assert all(item.because[Cause.EDIT] == 0 for item in found.items)


def test_answers_of_another_quarter_change_nothing(document: Document) -> None:
    freeze(document, FIRST)
    store = EvidenceStore(document.engine)
    before = read_quarter(document.workspace, store, FIRST)
    document.write(Remove(surveys_of(document, SECOND)).do(document.workspace))
    after = read_quarter(document.workspace, store, FIRST)
    assert after.complete
    assert after.data == before.data
    assert after.workspace == before.workspace


def test_the_same_quarter_a_year_before(document: Document) -> None:
    store = EvidenceStore(document.engine)
    found = compare_quarters(document.workspace, store, FIRST, SECOND, draws=50)
    assert found.year_ago == ""
    assert all(row.year_ago is None for row in found.touchpoints)


def test_a_quarter_frozen_again_bears_its_reason(document: Document) -> None:
    freeze(document, SECOND)
    freeze(document, SECOND, "Late answers")
    kept = document.workspace.quarters[QuarterId(SECOND)]
    assert (kept.revision, kept.reason) == (2, "Late answers")
    assert is_whole(kept)
    assert not is_whole(replace(kept, reason="Other"))


def test_who_gave_each_row_stands_beside_the_tables(document: Document) -> None:
    store, ws = EvidenceStore(document.engine), document.workspace
    for quarter in (FIRST, SECOND):
        read = read_quarter(ws, store, quarter)
        assert [len(people) for people in read.respondents] == [t.rows for t in read.tables]
        for table, people in zip(read.tables, read.respondents, strict=True):
            given = [
                r for r in store.iter_responses(table.survey) if r.period == quarter_number(quarter)
            ]
            assert [r.respondent or "" for r in given] == people
    document.write(Remove(surveys_of(document, FIRST)[:1]).do(ws))
    assert len(store.respondents(ws, FIRST)) == len(store.response_tables(ws, FIRST)) == 1


def test_the_same_people_in_both_quarters_are_paired(document: Document, tmp_path: Path) -> None:
    store, ws = EvidenceStore(document.engine), document.workspace
    found = compare_quarters(ws, store, FIRST, SECOND, draws=50)
    known = {t for q in (FIRST, SECOND) for p in store.respondents(ws, q) for t in p}
    assert known
    assert {row.in_both for row in found.touchpoints} == {0}  # the sample asks others each quarter
    file = tmp_path / "panel.csv"
    rows = ["id,at,score"]
    for day, shift in (("2026-08-03", 0), ("2026-11-03", 1)):
        rows += [f"c{n},{day},{min(5, 1 + n % 4 + (shift if n % 3 else 0))}" for n in range(60)]
    file.write_text("\n".join(rows))
    result = import_survey(document, file, parse_mapping(PANEL), create=True)
    assert result.command is not None
    document.write(result.command.do(ws))
    found = compare_quarters(ws, store, FIRST, SECOND, draws=50)
    (row,) = [row for row in found.touchpoints if row.name == "Panel place"]
    assert (row.in_both, row.n_from, row.n_to) == (60, 60, 60)
    assert row.p is not None
    assert row.p < 1e-6
