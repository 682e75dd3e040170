"""Words for faults: every reason that is raised has its own, in one to three whole sentences."""

import re
from pathlib import Path

import pytest

from journey.errors import EditError, RankingError, WaymarkError
from storage.errors import (
    DumpError,
    ImportProblem,
    MappingError,
    NotAWorkspaceError,
    SurveyKnownError,
    TargetError,
    TargetExistsError,
    TargetFullError,
    TargetReadOnlyError,
    WorkspaceDamagedError,
    WorkspaceError,
    WorkspaceLockedError,
    WorkspaceMissingError,
    WorkspaceNewerError,
)
from ui.faults import explain

STORAGE = Path(__file__).resolve().parents[2] / "storage"
FILE = Path("a folder") / "bank.waymark"


def _raised(pattern: str) -> list[str]:
    sources = "\n".join(file.read_text("utf-8") for file in STORAGE.rglob("*.py"))
    return sorted(set(re.findall(pattern, sources)))


@pytest.mark.parametrize("reason", _raised(r'(?:MappingError|_raise_all)\(\s*"(\w+)"'))
def test_every_fault_of_a_mapping_has_words_of_its_own(reason: str) -> None:
    error = MappingError(reason, ("Score",), {"Score": ("Scores", "Store")}, "line 3")
    first, kept, advice = explain(error)
    assert "does not fit" not in first
    assert "{" not in first + advice
    assert "Nothing was imported" in kept
    assert advice.endswith(".")


@pytest.mark.parametrize("reason", _raised(r'ImportProblem\(\s*[\w.]+, [^,]*, "(\w+)"'))
def test_every_fault_of_an_input_has_words_of_its_own(reason: str) -> None:
    first, kept = explain(ImportProblem(FILE, "line 12", reason, "two\nlines"))
    assert "cannot be read (" not in first
    assert str(FILE) in first
    assert "line 12 · two lines" in first
    assert kept.startswith("Nothing was imported or changed.")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (WorkspaceMissingError(FILE, "missing"), "no workspace"),
        (WorkspaceMissingError(FILE, "directory"), "folder"),
        (WorkspaceDamagedError(FILE, "content_hash"), "damaged"),
        (WorkspaceNewerError(FILE, "newer", found=9, known=1), "newer Waymark"),
        (NotAWorkspaceError(FILE, "another_kind"), "not a Waymark workspace"),
        (WorkspaceLockedError(FILE, "locked", user="kari", host="desk", pid=7), "(kari, desk)"),
        (WorkspaceLockedError(FILE, "busy"), "open elsewhere"),
        (WorkspaceLockedError(FILE, "changed", kept=Path("copy.waymark")), "copy.waymark"),
        (WorkspaceError(FILE, "unreadable"), "may not be read"),
        (TargetExistsError(FILE, "exists"), "already"),
        (TargetExistsError(FILE, "not_a_demo_folder"), "demo"),
        (TargetFullError(FILE, "full"), "full"),
        (TargetReadOnlyError(FILE, "read_only"), "not allowed"),
        (TargetError(FILE, "no_folder"), "folder"),
        (TargetError(FILE, "no_such_folder"), "folder"),
        (TargetError(FILE, "is_a_folder"), "is a folder"),
        (TargetError(FILE, "held", kept=Path("new.waymark")), "new.waymark"),
        (TargetError(FILE, "not_written"), "could not be written"),
    ],
    ids=lambda value: value.reason if isinstance(value, WaymarkError) else "",
)
def test_a_place_that_cannot_be_used_is_named(error: WaymarkError, told: str) -> None:
    lines = explain(error)
    assert len(lines) == 3
    assert str(FILE) in lines[0]
    assert told in " ".join(lines)
    assert any(kept in lines[1] for kept in ("as it was", "Nothing was changed"))
    assert all(line.endswith(".") for line in lines)


@pytest.mark.parametrize(
    "error",
    [
        SurveyKnownError("known", survey="s1", name="Branch visits"),
        SurveyKnownError("nothing_new"),
        DumpError("wrong_type", file=FILE, place="journeys[0].name", detail="expected text"),
        EditError("empty", field="name"),
        RankingError("no_absorption", journey="j1"),
        WaymarkError("cancelled"),
        WaymarkError("something_new", count=3),
    ],
    ids=lambda error: error.reason,
)
def test_anything_else_has_one_to_three_sentences(error: WaymarkError) -> None:
    lines = explain(error)
    assert 1 <= len(lines) <= 3
    assert not any("{" in line or "\n" in line for line in lines)


def test_words_go_through_translation() -> None:
    lines = explain(TargetFullError(FILE, "full"), lambda text: f"<{text}>")
    assert lines[0] == f"<The disk is full; could not write {FILE}.>"
    lines = explain(MappingError("syntax", detail="line 1"), lambda text: f"<{text}>")
    assert all(line.startswith("<") for line in lines)
