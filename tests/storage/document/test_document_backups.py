"""Backups: enough of them, not too many."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.document import back_up, backups_of
from storage.document.backups import DAILY, IMPORT, is_due, superfluous

START = datetime(2026, 1, 1, 9, tzinfo=UTC)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Something to back up."""
    place = tmp_path / "plan.waymark"
    place.write_bytes(b"content")
    return place


def test_a_backup_is_the_same_bytes(source: Path) -> None:
    made = back_up(source, source, DAILY, START)
    assert made.path is not None
    assert made.path.read_bytes() == b"content"
    assert backups_of(source) == [made.path]


def test_one_a_day_is_due(source: Path) -> None:
    assert is_due(source, START)
    back_up(source, source, DAILY, START)
    assert not is_due(source, START + timedelta(hours=14))
    assert is_due(source, START + timedelta(hours=15))


def test_old_ones_are_thinned(source: Path) -> None:
    for day in range(400):
        assert back_up(source, source, DAILY, START + timedelta(days=day)).path is not None
    for minute in range(30):
        moment = START + timedelta(days=400, minutes=minute)
        assert back_up(source, source, IMPORT, moment).path is not None
    kept = backups_of(source)
    days = {backup.name[:8] for backup in kept}
    months = {backup.name[:6] for backup in kept}
    assert len(kept) < 40
    assert len(months) >= 12
    newest = [(START + timedelta(days=400 - back)).strftime("%Y%m%d") for back in range(10)]
    assert days.issuperset(newest)
    assert sum(backup.name.startswith(newest[0]) for backup in kept) == 10


def test_large_ones_are_thinned_to_a_few(tmp_path: Path) -> None:
    made = []
    for day in range(1, 7):
        place = tmp_path / f"202601{day:02d}T000000000000Z-daily-plan.waymark"
        with place.open("wb") as file:
            file.truncate(900_000_000)
        made.append(place)
    assert superfluous(made) == made[:3]


def test_an_old_one_that_cannot_be_removed_is_no_failure_and_stops_no_other(source: Path) -> None:
    for day in range(40):
        assert back_up(source, source, DAILY, START + timedelta(days=day)).path is not None
    # The oldest ones have become folders, which cannot be removed as files are.
    stuck = backups_of(source)[1:3]
    for backup in stuck:
        backup.unlink()
        backup.mkdir()
    made = [back_up(source, source, IMPORT, START + timedelta(days=40 + n)) for n in range(20)]
    assert all(backup.path is not None for backup in made)
    assert [backup for backup in backups_of(source) if backup.is_dir()] == stuck
    assert len(backups_of(source)) < 30


def test_a_failure_is_told(source: Path, state: Path) -> None:
    made = back_up(source.with_name("nothing"), source, DAILY, START)
    assert made.path is None
    assert made.detail
    assert backups_of(source) == []
