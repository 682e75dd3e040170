"""The clock goes back a year and ahead ten: nothing is lost, nothing is thinned to nothing."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journey.edit import Set
from journey.model.ids import Kind, QuarterId, Ref
from journey.model.template import new_workspace
from journey.quarter.record import has_record
from storage.document import Document, back_up, backups_of, check_document, read_document
from storage.document import backups as backups_module
from storage.document.backups import DAILY, IMPORT, superfluous
from storage.document.lock import lock_path
from storage.document.places import working_place
from storage.errors import WorkspaceLockedError
from storage.exports.folder import replacing_files
from ui.cli import quarters as quarters_module
from ui.cli import run_command

INFO = Ref(Kind.WORKSPACE, "workspace")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
BACK, AHEAD = NOW - timedelta(days=365), NOW + timedelta(days=3652)


class Clock(datetime):
    """A clock that stands where it was set, for the borders that ask for the present."""

    moment = NOW

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(cls.moment.timestamp(), tz)


def _seconds() -> float:
    return Clock.moment.timestamp()


@pytest.fixture(autouse=True)
def _clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setattr(backups_module, "datetime", Clock)
    monkeypatch.setattr(quarters_module, "datetime", Clock)
    monkeypatch.setattr("storage.exports.folder.time.time", _seconds)
    yield
    Clock.moment = NOW


def _stamp(moment: datetime, *places: Path) -> None:
    """Give files and all in folders the time that a clock set so would have given them."""
    for place in places:
        for file in (place, *place.rglob("*")) if place.is_dir() else (place,):
            os.utime(file, (moment.timestamp(), moment.timestamp()))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path.resolve() / "Bank.waymark"
    Document.create(place, new_workspace("Bank")).close()
    return place


def _rename(document: Document, name: str) -> None:
    document.write(Set(INFO, name=name).do(document.workspace))


def test_edits_publishes_and_backups_stand_whatever_the_clock_says(path: Path) -> None:
    moments = (NOW, BACK, AHEAD, NOW + timedelta(days=1), BACK + timedelta(days=1), AHEAD)
    for number, moment in enumerate(moments):
        Clock.moment = moment
        document = Document.open(path)
        assert document.notes == ()
        _rename(document, f"published {number}")
        document.publish()
        _stamp(moment, path, lock_path(path), working_place(path))
        _rename(document, f"kept {number}")
        document.close(publish=False)
        with read_document(path) as found:
            assert found.workspace.info.name == f"published {number}"
        _stamp(moment, path, working_place(path))
        # The next start is at another time than the killed window was.
        Clock.moment = moments[number - 1]
        with Document.open(path) as again:
            assert again.recovered
            assert again.workspace.info.name == f"kept {number}"
    assert check_document(path).ok
    assert not any((path.parent / "state" / "working").iterdir())
    days = {backup.name[:8] for backup in backups_of(path)}
    assert days == {moment.strftime("%Y%m%d") for moment in moments}
    assert [file.name for file in path.parent.glob("*.waymark")] == [path.name]


@pytest.mark.parametrize("moment", [datetime(1970, 1, 1, tzinfo=UTC), BACK, AHEAD])
def test_a_living_lock_is_not_stolen_however_old_or_young_it_looks(
    path: Path, moment: datetime
) -> None:
    with Document.open(path) as document:
        _stamp(moment, path, lock_path(path), working_place(path))
        for Clock.moment in (BACK, AHEAD):
            with pytest.raises(WorkspaceLockedError) as raised:
                Document.open(path)
            assert raised.value.facts["pid"] == os.getpid()
        _rename(document, "Still ours")
    with read_document(path) as found:
        assert found.workspace.info.name == "Still ours"


def test_backups_of_a_clock_that_was_ahead_cost_no_new_one(path: Path) -> None:
    source = path.with_name("small")
    source.write_bytes(b"content")
    for month in range(14):
        for day in range(2):
            moment = AHEAD + timedelta(days=31 * month + day)
            assert back_up(source, source, DAILY, moment).path is not None
    ahead = set(backups_of(source))
    new = []
    for day in range(10):
        made = back_up(source, source, IMPORT, NOW + timedelta(days=day)).path
        assert made is not None
        new.append(made)
        assert all(place.exists() for place in new)
    assert ahead <= set(backups_of(source))


@given(st.lists(st.integers(-400, 4000), min_size=1, max_size=60))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_jumps_thin_what_was_just_made_nor_all_the_others(
    tmp_path: Path, jumps: list[int]
) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"content")
    document = tmp_path / "plan.waymark"
    moments = [NOW + timedelta(days=days, seconds=number) for number, days in enumerate(jumps)]
    for number, moment in enumerate(moments, 1):
        made = back_up(source, document, DAILY, moment).path
        assert made is not None
        assert made.exists()
        assert len(backups_of(document)) >= min(len(set(moments[:number])), 10)
    for left in backups_of(document):
        left.unlink()


def test_large_backups_ahead_leave_room_for_new_ones(tmp_path: Path) -> None:
    source = tmp_path / "plan"
    source.write_bytes(b"content")
    first = back_up(source, source, DAILY, AHEAD).path
    assert first is not None
    for day in range(1, 5):
        place = first.with_name((AHEAD + timedelta(days=day)).strftime("%Y%m%dT-daily-x.waymark"))
        with place.open("wb") as file:
            file.truncate(900_000_000)
    made = [back_up(source, source, IMPORT, NOW + timedelta(hours=h)).path for h in range(3)]
    assert all(place is not None and place.exists() for place in made)
    assert superfluous([place for place in made if place is not None]) == []


def test_an_export_that_runs_keeps_its_folder_when_the_clock_is_set_ahead(tmp_path: Path) -> None:
    with replacing_files(tmp_path / "first") as mine:
        (mine.folder / "a.md").write_text("a")
        _stamp(BACK, mine.folder)
        Clock.moment = AHEAD
        with replacing_files(tmp_path / "second") as other:
            (other.folder / "b.md").write_text("b")
    assert (tmp_path / "first" / "a.md").read_text() == "a"
    assert (tmp_path / "second" / "b.md").read_text() == "b"
    assert sorted(place.name for place in tmp_path.iterdir() if place.name[0] == ".") == []


def test_a_quarter_frozen_again_a_decade_earlier_is_the_later_one(
    tmp_path: Path, open_sample: Path
) -> None:
    path = tmp_path / "sample.waymark"
    path.write_bytes(open_sample.read_bytes())
    freeze = ["freeze", str(path), "--quarter", "2026Q3", "--draws", "10"]
    Clock.moment = AHEAD
    assert run_command(freeze) == 0
    with read_document(path) as found:
        pains = found.workspace.pain_points
        first = found.workspace.quarters[QuarterId("2026Q3")]
    Clock.moment = BACK
    assert run_command([*freeze, "--reason", "The clock was wrong"]) == 0
    with read_document(path) as found:
        second = found.workspace.quarters[QuarterId("2026Q3")]
        assert found.workspace.pain_points == pains
    assert (first.frozen_at, first.revision) == (AHEAD, 1)
    assert (second.frozen_at, second.revision) == (BACK, 2)
    assert has_record(second)
    assert [item["pain_point"] for item in first.items] == [
        item["pain_point"] for item in second.items
    ]
    assert check_document(path).ok
