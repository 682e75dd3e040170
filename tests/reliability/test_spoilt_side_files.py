"""Random bytes in everything beside the document: the program starts, no edit is lost."""

import base64
import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from journey.edit import Set
from journey.model.ids import Kind, Ref
from journey.model.template import new_workspace
from storage.document import COMMAND, Document, backups_of, kept_backups, read_document
from storage.document.lock import lock_path
from storage.document.places import backup_place, working_place
from ui.app import Program
from ui.shell.recent_list import RecentList
from ui.shell.settings import Settings

INFO = Ref(Kind.WORKSPACE, "workspace")
KEPT = "Acknowledged, not yet in the file"
ORIGIN = "origin.json"
MEGABYTE = 1_000_000


def _whole(changed: dict[str, object]) -> bytes:
    facts = {"path": "x", "purpose": "window", "seen_sha256": None, "published_sequence": 0}
    return json.dumps({**facts, **changed}).encode()


JUNK = {
    "empty": b"",
    "zeros": bytes(4096),
    "half": b'{"path": "/home/marta/plan.waymark", "purpose": "win',
    "brackets": b"[" * MEGABYTE,
    "megabyte": random.Random(7).randbytes(MEGABYTE),
    **{f"bytes{seed}": random.Random(seed).randbytes(seed * 50) for seed in (1, 2, 3)},
}
# Notes that are JSON and still none of ours.
NOTES = {
    "list": b"[1, null]",
    "text count": _whole({"published_sequence": "many"}),
    "number path": _whole({"path": 5}),
    "number copy": _whole({"conflict_copy": 5, "conflict_sha256": ["a"]}),
    "holder list": _whole({"holder": [1]}),
    "purpose": _whole({"purpose": {}}),
    "no count": b'{"path": "x", "purpose": "window"}',
    "one more": _whole({"more": 1}),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("WAYMARK_STATE_DIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    made = tmp_path / "plans"
    made.mkdir()
    return made.resolve()


@pytest.fixture
def path(folder: Path) -> Path:
    """A document whose last edit is in the working copy only, as a killed window leaves it."""
    place = folder / "Bank.waymark"
    Document.create(place, new_workspace("In the file")).close()
    document = Document.open(place)
    document.write(Set(INFO, name=KEPT).do(document.workspace))
    document.close(publish=False)
    return place


def _name(path: Path) -> str:
    with read_document(path) as found:
        return found.workspace.info.name


def _names(folder: Path) -> set[str]:
    """Return the names of all workspaces in a folder: the document and copies beside it."""
    return {_name(place) for place in folder.glob("*.waymark")}


@pytest.mark.parametrize("junk", [*JUNK.values(), *NOTES.values()], ids=[*JUNK, *NOTES])
def test_a_spoilt_note_on_the_origin_loses_no_edit(path: Path, junk: bytes) -> None:
    (working_place(path) / ORIGIN).write_bytes(junk)
    with Document.open(path) as document:
        assert document.recovered
        assert document.workspace.info.name == KEPT
    assert KEPT in _names(path.parent)
    assert not lock_path(path).exists()
    with Document.open(path) as again:
        assert again.workspace.info.name == _name(path)


@pytest.mark.parametrize(
    "changed",
    [{"published_sequence": 99}, {"published_sequence": -1}, {"purpose": "command"},
     {"seen_sha256": "0" * 64}, {"path": "/another"}, {"holder": ""}],
    ids=str,
)  # fmt: skip
def test_a_value_spoilt_into_another_of_ours_loses_no_edit(
    path: Path, changed: dict[str, object]
) -> None:
    note = working_place(path) / ORIGIN
    facts = json.loads(note.read_text("utf-8"))
    note.write_text(json.dumps({**facts, **changed}), "utf-8")
    with Document.open(path) as document:
        assert document.recovered
        assert document.workspace.info.name == KEPT
    assert KEPT in _names(path.parent)


def test_a_note_of_a_version_that_had_no_sum_is_believed(path: Path) -> None:
    note = working_place(path) / ORIGIN
    facts = json.loads(note.read_text("utf-8"))
    del facts["sha256"]
    note.write_text(json.dumps(facts), "utf-8")
    with Document.open(path) as document:
        assert document.recovered
    assert _names(path.parent) == {KEPT}  # in the document itself, not beside it


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_a_spoilt_lock_locks_nobody_out_and_a_command_leaves_the_edit(
    path: Path, junk: bytes
) -> None:
    lock_path(path).write_bytes(junk)
    (working_place(path) / ORIGIN).write_bytes(junk)
    with Document.open(path, purpose=COMMAND) as document:
        assert document.workspace.info.name == KEPT
    assert KEPT in _names(path.parent) | _working(path)
    assert not lock_path(path).exists()


def _working(path: Path) -> set[str]:
    """Return the name of the workspace that a later opening takes up."""
    with Document.open(path) as document:
        return {document.workspace.info.name}


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_junk_among_the_backups_is_no_backup_and_costs_none(path: Path, junk: bytes) -> None:
    place = backup_place(path)
    good = {backup.path for backup in kept_backups(path)}
    place.mkdir(exist_ok=True)
    for name in ("index.json", "~.waymark", "0.waymark", "20261399T-daily-Bank.waymark", ORIGIN):
        (place / name).write_bytes(junk)
    (place / "folder.waymark").mkdir()
    with Document.open(path) as document:
        assert document.workspace.info.name == KEPT
    left = {backup.path for backup in kept_backups(path)}
    assert good <= left
    assert left
    assert left < set(backups_of(path))
    assert {_name(backup) for backup in left} <= {"In the file", KEPT}


def _ini(junk: bytes) -> bytes:
    """Return settings with our names and values of junk, of the right wrapping."""
    value = base64.b64encode(junk[:20_000]).decode()
    words = junk[:200].hex()
    return (
        f"[look]\ntheme={words}\nlanguage={words}\n[window]\ngeometry={value}\nlayout={value}\n"
        f"view={words}\n[files]\nrecent={value}\nopening={value}\n"
    ).encode()


Start = Callable[[Path], Program]


@pytest.fixture
def start(folder: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Start]:
    running: list[Program] = []

    def begin(path: Path) -> Program:
        made = Program(qapp, folder.parent / "settings" / "settings.ini", path)
        running.append(made)
        made.window.show()
        qtbot.waitUntil(lambda: made.desk is not None and made.desk.session is not None)
        return made

    yield begin
    for made in running:
        made.window.close()
        made.shut_down()
        made.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, 0)


@pytest.mark.parametrize("wrapped", [False, True], ids=["bare", "wrapped"])
@pytest.mark.parametrize("kind", ["empty", "half", "megabyte", "bytes3"])
def test_the_window_starts_and_opens_with_everything_spoilt_at_once(
    path: Path, folder: Path, start: Start, kind: str, wrapped: bool
) -> None:
    junk = JUNK[kind]
    settings = folder.parent / "settings"
    (settings / "reports").mkdir(parents=True)
    (settings / "settings.ini").write_bytes(_ini(junk) if wrapped else junk)
    for number in ("1x", "", str(2**22 + 1), "9" * 400 if os.name == "nt" else "9" * 30):
        (settings / "reports" / f"ended-{number}.txt").write_bytes(junk)
    lock_path(path).write_bytes(junk)
    (working_place(path) / ORIGIN).write_bytes(junk)
    program = start(path)
    assert program.desk is not None
    assert program.desk.session is not None
    assert program.desk.session.document.workspace.info.name == KEPT
    program.desk.close_workspace()
    assert KEPT in _names(folder)


def _recent(settings: Path, *entries: dict[str, str]) -> None:
    text = base64.b64encode(json.dumps(entries).encode()).decode()
    settings.write_text(f"[files]\nrecent={text}\n")


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+00:00"])
def test_a_recent_file_of_the_calendars_end_shows_in_every_zone(
    folder: Path, qtbot: QtBot, moment: str
) -> None:
    from datetime import UTC, datetime, timedelta, timezone

    _recent(folder / "a.ini", {"path": "/a.waymark", "opened": moment, "title": "A\0"})
    shown = RecentList()
    qtbot.addWidget(shown)
    for hours in (-12, 0, 14):
        now = datetime(2026, 11, 23, tzinfo=UTC).astimezone(timezone(timedelta(hours=hours)))
        shown.set_files(Settings(folder / "a.ini").recent, now)


def test_recent_paths_that_are_none_are_left_out_or_refused(
    folder: Path, path: Path, start: Start, qtbot: QtBot
) -> None:
    settings = folder.parent / "settings"
    settings.mkdir()
    moment = "2026-11-22T09:00:00+00:00"
    names = ("/a\0b.waymark", "\ud800.waymark", "a" * 5000, "http://[", "\n")
    _recent(settings / "settings.ini", *({"path": name, "opened": moment} for name in names))
    program = start(path)
    assert program.desk is not None
    for file in Settings(settings / "settings.ini").recent:
        program.desk.open_path(file.path)
    qtbot.wait(0)
    assert program.desk.session is not None
    assert program.desk.session.document.workspace.info.name == KEPT
