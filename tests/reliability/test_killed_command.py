"""What a killed command did not publish is discarded; what a killed window wrote is kept."""

import os
import random
from pathlib import Path

import pytest

from benchmarks.reliability.dying import Death, Tell, die
from journey.edit import Set
from journey.model.ids import Kind, Ref
from journey.model.template import new_workspace
from storage.document import COMMAND, WINDOW, Document

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.mark.parametrize(
    ("purpose", "name", "notes"),
    [(COMMAND, "Before", ["command_copy_discarded"]), (WINDOW, "After", [])],
)
def test_whose_edits_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, purpose: str, name: str, notes: list[str]
) -> None:
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    path = tmp_path / "killed.waymark"
    Document.create(path, new_workspace("Before")).close()

    def work(_tell: Tell) -> None:
        document = Document.open(path, purpose=purpose)
        edit = Set(Ref(Kind.WORKSPACE, "workspace"), name="After")
        document.write(edit.do(document.workspace))

    assert die(work, Death("edit.committed", 0), random.Random(1)).killed
    with Document.open(path) as document:
        assert document.workspace.info.name == name
        assert document.recovered == (purpose == WINDOW)
        assert [note.reason for note in document.notes] == notes
