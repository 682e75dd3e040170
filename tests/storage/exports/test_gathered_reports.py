"""A report told of an open quarter, and of the same quarter once it is frozen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from journey.edit import Remove, Set
from journey.model.ids import Kind, QuarterId, Ref
from journey.quarter.freeze import FreezeQuarter
from journey.quarter.record import is_whole
from journey.report.around import Picture
from journey.report.pictures import packed
from journey.report.report import Report
from storage.document import Document
from storage.evidence.store import EvidenceStore
from storage.exports.gather import gather
from storage.quarters import read_to_freeze

QUARTER = "2026Q4"
AT = datetime(2027, 1, 4, 9, 12, tzinfo=UTC)
TODAY = date(2027, 1, 4)
MAP = Picture("Opening", ("A",), 3, packed(b'<svg xmlns="http://www.w3.org/2000/svg"/>'), 9.0, 5.0)


@pytest.fixture
def document(
    frozen_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Document]:
    """The sample, its first quarter frozen."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    path = tmp_path / "sample.waymark"
    path.write_bytes(frozen_sample.read_bytes())
    made = Document.open(path)
    yield made
    made.close(publish=False)


def command(document: Document) -> FreezeQuarter:
    store = EvidenceStore(document.engine)
    read = read_to_freeze(document.workspace, store, QUARTER, document.content_sha256())
    return read.command(AT, draws=200)


def report_of(document: Document) -> Report:
    return gather(document, QUARTER, today=TODAY, draws=200).report


def told(report: Report) -> list[object]:
    """Return what only draws and answers tell."""
    assert report.overview is not None
    joint = [pack.decision.joint for pack in report.packs]
    segments = [row.segment for pack in report.packs for row in pack.all_rows]
    decisions = [pack.text.decision for pack in report.packs]
    return [joint, segments, decisions, report.overview.joint, report.overview.text.figures]


def test_a_frozen_quarter_tells_joint_values_and_segments_as_its_draft_did(
    document: Document,
) -> None:
    draft = told(report_of(document))
    assert any(draft[0])  # type: ignore[arg-type]
    assert any(draft[1])  # type: ignore[arg-type]
    assert draft[3] is not None
    document.write(command(document).do(document.workspace))
    assert told(report_of(document)) == draft


def test_after_every_edit_the_frozen_report_is_the_same(document: Document) -> None:
    document.write(command(document).with_pictures([MAP]).do(document.workspace))
    before = report_of(document)
    assert before.overview is not None
    assert before.overview.pictures == (MAP,)
    ws = document.workspace
    edits: list[Any] = [
        Set([Ref(Kind.SEGMENT, s) for s in ws.segments], name="Other", value_if_retained=1.0),
        Set([Ref(Kind.LEADER, s) for s in ws.leaders], name="Other"),
        Set(Ref(Kind.ASSUMPTIONS, "assumptions"), top_k=2, fix_efficacy_mean=0.2),
        Remove([Ref(Kind.SURVEY, s) for s in ws.surveys]),
        Remove([Ref(Kind.JOURNEY, j) for j in ws.journeys]),
    ]
    for edit in edits:
        document.write(edit.do(ws))
    assert report_of(document) == before


def test_a_quarter_frozen_with_its_maps_is_whole_after_a_way_through_the_file(
    document: Document, tmp_path: Path
) -> None:
    document.write(command(document).with_pictures([MAP]).do(document.workspace))
    document.publish()
    copy = tmp_path / "copy.waymark"
    copy.write_bytes(document.path.read_bytes())
    with Document.open(copy) as again:
        kept = again.workspace.quarters[QuarterId(QUARTER)]
        assert is_whole(kept)
        assert report_of(again) == report_of(document)


def test_a_record_made_before_such_things_were_kept_still_reads(document: Document) -> None:
    made = command(document).with_pictures([MAP]).quarter
    around: Any = made.record["around"]
    old = {name: around[name] for name in ("before", "comments", "outcomes")}
    kept = replace(made, record={**made.record, "around": {**old, "picture": None}})
    document.write(FreezeQuarter(kept).do(document.workspace))
    report = report_of(document)
    assert report.overview is not None
    assert (report.overview.joint, report.overview.pictures) == (None, ())
    assert {row.segment for pack in report.packs for row in pack.all_rows} == {""}
    assert "overlaps counted once" not in report.overview.text.decision_detail


def test_the_maps_of_a_frozen_quarter_are_never_drawn_anew(document: Document) -> None:
    assert gather(document, QUARTER, today=TODAY, draws=50).drawable
    assert not gather(document, "2026Q3", today=TODAY).drawable
