"""Faults that the runs of benchmarks/reliability found: each failed here before it was mended."""

import random
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from journey.edit import Paste, Place, fragment_of
from journey.model.evidence import EventLog
from journey.model.ids import EventLogId, Kind, Ref
from journey.model.template import new_workspace
from storage.errors import ImportProblem
from storage.imports.inspect import inspect_file
from storage.imports.mapping import propose
from storage.returns.reading import read_returned
from tests.storage.imports.foreign_files import spss
from ui.clipboard.fragments import parse_fragment, write_fragment


def test_an_spss_file_that_labels_the_ends_of_its_scale_only(tmp_path: Path) -> None:
    place = tmp_path / "ends.sav"
    labels = {1.0: "Very bad", 5.0: "Very good", 9.0: "No answer"}
    cases = [(float(i % 5 + 1),) for i in range(40)]
    spss(place, [("DESK", "How was the desk?", labels, 9.0)], cases)
    found = inspect_file(place)
    (seen,) = found.columns
    assert (seen.proposal.role, seen.proposal.scale) == ("question", (1, 5))
    assert not seen.proposal.lower_is_better
    assert propose(found).questions


def _with_a_broken_part() -> bytes:
    """Return a workbook one of whose parts is no longer what deflate makes."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(random.Random(1).choices(b"<abc/>", k=5000)))
    data = bytearray(target.getvalue())
    start = data.index(b"xl/workbook.xml") + len("xl/workbook.xml")
    for place in range(start + 300, start + 900):
        data[place] ^= 0x55
    with zipfile.ZipFile(BytesIO(data)) as archive, pytest.raises(zlib.error):
        archive.read("xl/workbook.xml")
    return bytes(data)


def test_a_returned_pack_whose_parts_cannot_be_unpacked(tmp_path: Path) -> None:
    place = tmp_path / "pack.xlsx"
    place.write_bytes(_with_a_broken_part())
    with pytest.raises(ImportProblem) as raised:
        read_returned(place)
    assert raised.value.reason == "damaged"


def test_an_archive_of_another_way_of_packing_whose_content_is_damaged(tmp_path: Path) -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("answers.csv", "Customer;Desk\n" + "C1;4\nC2;5\n" * 400)
    data = bytearray(target.getvalue())
    start = data.index(b"answers.csv") + len("answers.csv")
    for place in range(start + 30, start + 60):
        data[place] ^= 0x55
    place = tmp_path / "answers.zip"
    place.write_bytes(data)
    with pytest.raises(ImportProblem) as raised:
        inspect_file(place)
    assert raised.value.reason == "damaged"


def test_a_journey_with_an_event_log_is_copied_without_it() -> None:
    ws = new_workspace("Copied")
    journey = next(iter(ws.journeys))
    ws.put(EventLog(EventLogId("log"), "October", journey=journey))
    fragment = fragment_of(ws, [Ref(Kind.JOURNEY, journey)])
    found = parse_fragment(write_fragment(fragment))
    assert found is not None
    assert Kind.EVENT_LOG not in {entity.kind for entity in found.entities}
    Paste(found, Place(journey)).do(ws)
    assert len(ws.journeys) == 2
    assert len(ws.event_logs) == 1
