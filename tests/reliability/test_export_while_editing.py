"""What is exported is the workspace as it was when the packs were asked for."""

import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from journey.edit import Remove
from journey.model.ids import Kind, Ref
from storage.document import Document
from ui.document import DocumentModel
from ui.export.flow import ExportFlow
from ui.jobs import Jobs
from ui.session import Session


@pytest.fixture
def jobs(qapp: QObject):
    made = Jobs()
    yield made
    made.wait()
    made.shut_down()


def test_a_pain_point_removed_meanwhile_is_still_in_the_packs(
    frozen_sample, tmp_path, monkeypatch, jobs, qtbot: QtBot
):
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    (tmp_path / "sample.waymark").write_bytes(frozen_sample.read_bytes())
    window = QWidget()
    qtbot.addWidget(window)
    document = DocumentModel(Document.open(tmp_path / "sample.waymark"), jobs)
    session = Session(document, jobs, window)
    flow = ExportFlow(jobs, window)
    free = threading.Event()

    def busy(_progress: object, _cancelled: object) -> None:
        free.wait()

    jobs.store(busy)
    pains = frozenset(document.workspace.pain_points)
    flow.begin(session, "2026Q4")
    for pain in sorted(pains)[:10]:
        assert document.run(Remove(Ref(Kind.PAIN_POINT, pain)))
    told: list[object] = []
    monkeypatch.setattr(flow.dialog, "set_report", told.append)
    monkeypatch.setattr(flow.dialog, "show_error", told.append)
    free.set()
    qtbot.waitUntil(lambda: bool(told), timeout=120_000)
    (report,) = told
    listed = {row.item.pain_point for pack in report.packs for row in pack.all_rows}
    assert listed == pains
    flow.stop()
    document.close()
