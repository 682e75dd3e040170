"""Files of every released schema open for ever, with the same content and the same hash."""

import shutil
from pathlib import Path

from sqlalchemy import text

from journey.edit import Set
from journey.model.ids import Kind, Ref
from storage.document import Document, check_document, read_document
from storage.document.files import file_sha256
from tests.storage.document.sample import sample_workspace

CONTENT = "191233b85903ae3f195b2f39640750f467a7fc1ed9db42a22f8100cd39921718"


def test_version_1_reads_as_it_was_written(fixtures: Path) -> None:
    golden = fixtures / "workspaces" / "version-1.waymark"
    report = check_document(golden)
    assert (report.ok, report.schema_version, report.content_sha256) == (True, 1, CONTENT)
    assert report.findings == ()
    with read_document(golden) as found:
        assert found.workspace == sample_workspace()
        with found.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM response")).scalar() == 40


def test_version_1_can_be_edited(fixtures: Path, folder: Path) -> None:
    golden = fixtures / "workspaces" / "version-1.waymark"
    before = file_sha256(golden)
    path = folder / "copy.waymark"
    shutil.copyfile(golden, path)
    with Document.open(path) as document:
        command = Set(Ref(Kind.WORKSPACE, "workspace"), name="Edited")
        document.write(command.do(document.workspace))
        document.publish()
        document.write(command.undo(document.workspace))
    assert check_document(path).content_sha256 == CONTENT
    assert file_sha256(golden) == before
