"""A workspace is known under any name: its identity is made once and kept by every copy."""

import shutil
from pathlib import Path

from journey.edit import Set
from journey.model.ids import Kind, Ref
from storage.document import Document, identity_of, put_copy, read_document
from tests.storage.document.sample import sample_workspace


def identity(path: Path) -> str:
    with read_document(path) as found:
        return identity_of(found.engine)


def test_it_stays_through_edits_and_copies_and_no_two_are_alike(folder: Path) -> None:
    path, other = folder / "one.waymark", folder / "two.waymark"
    with Document.create(path, sample_workspace()) as document:
        first = identity_of(document.engine)
        edit = Set(Ref(Kind.WORKSPACE, "workspace"), name="Other")
        document.write(edit.do(document.workspace))
        document.publish()
    put_copy(path, other)
    assert len(first) == 16
    assert (identity(path), identity(other)) == (first, first)
    with Document.create(folder / "three.waymark", sample_workspace()) as document:
        assert identity_of(document.engine) != first


def test_files_made_before_have_none(fixtures: Path, folder: Path) -> None:
    for name in ("version-1.waymark", "version-2.waymark"):
        path = folder / name
        shutil.copyfile(fixtures / "workspaces" / name, path)
        assert identity(path) == ""
        with Document.open(path) as document:
            assert identity_of(document.engine) == ""
