"""A document of its own for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from journey.model.template import new_workspace
from storage.document import Document


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Document]:
    """A new document with the five-stage journey and no touchpoints."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    with Document.create(tmp_path / "bank.waymark", new_workspace("Bank")) as made:
        yield made
