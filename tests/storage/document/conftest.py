"""Every test has private folders and a document of its own."""

from pathlib import Path

import pytest

from storage.document import Document
from tests.storage.document.sample import fill_answers, sample_workspace


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The private folder of this test."""
    folder = tmp_path / "state"
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(folder))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder people keep the document in."""
    made = tmp_path / "Plans & maps?#%20 żó"
    made.mkdir()
    return made


@pytest.fixture
def path(folder: Path) -> Path:
    """A published document of the sample workspace, closed."""
    place = folder / "First order.waymark"
    Document.create(place, sample_workspace(), fill=fill_answers).close()
    return place
