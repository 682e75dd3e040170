"""Settings: what is written is read again, and a damaged file falls back to defaults."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from ui.shell.settings import LANGUAGES, MOST_RECENT, RecentFile, Settings
from ui.shell.theme import ThemeMode

# Qt takes U+FEFF at the beginning of a text for the mark of its byte order, not for a letter.
letters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff")
texts = st.text(letters, min_size=1, max_size=40)
moments = st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)
files = st.builds(
    RecentFile,
    path=texts,
    opened=moments,
    title=texts,
    journeys=texts,
    status=texts,
    has_answers=st.booleans(),
)
per_example = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.lists(files, max_size=MOST_RECENT, unique_by=lambda file: file.path))
@per_example
def test_recent_files_come_back_as_they_were(
    qapp: QApplication, tmp_path: Path, recent: list[RecentFile]
) -> None:
    path = tmp_path / "waymark.ini"
    written = Settings(path)
    written.recent = recent
    assert written.sync()
    assert Settings(path).recent == tuple(recent)


def test_values_come_back(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "waymark.ini"
    written = Settings(path)
    written.theme = ThemeMode.DARK
    written.language = "nb"
    written.view = "priorities"
    written.geometry = QByteArray(bytes(range(256)))
    written.layout = QByteArray(b"\x00\xff,;=\n")
    assert written.sync()
    read = Settings(path)
    assert read.theme is ThemeMode.DARK
    assert read.language == "nb"
    assert read.view == "priorities"
    assert read.geometry.data() == bytes(range(256))
    assert read.layout.data() == b"\x00\xff,;=\n"


def test_an_absent_file_gives_defaults(qapp: QApplication, tmp_path: Path) -> None:
    read = Settings(tmp_path / "none.ini")
    assert read.theme is ThemeMode.SYSTEM
    assert read.language == ""
    assert read.recent == ()
    assert read.geometry.isEmpty()


@given(st.binary(max_size=400))
@per_example
def test_random_bytes_in_the_file_survive(qapp: QApplication, tmp_path: Path, junk: bytes) -> None:
    path = tmp_path / "waymark.ini"
    path.write_bytes(junk)
    _read_everything(Settings(path))


@given(st.text(st.characters(codec="ascii", exclude_categories=("Cc",)), max_size=60))
@per_example
def test_any_value_under_our_names_survives(qapp: QApplication, tmp_path: Path, value: str) -> None:
    value = value.replace("@", "a")
    path = tmp_path / "waymark.ini"
    path.write_text(
        f"[look]\ntheme={value}\nlanguage={value}\n"
        f"[window]\ngeometry={value}\nview={value}\n[files]\nrecent={value}\n"
    )
    _read_everything(Settings(path))


@pytest.mark.parametrize(
    "entry",
    [
        b"[]",
        b"{}",
        b"[1, null, [], {}]",
        b'[{"path": "", "opened": "2026-01-01"}]',
        b'[{"path": "a", "opened": "soon"}]',
        b'[{"path": "a", "opened": "0001-01-01T00:00:00+23:59"}]',
        b'[{"path": 4, "opened": "2026-01-01"}]',
        b"[" * 5000,
    ],
)
def test_recent_entries_that_make_no_sense_are_left_out(
    qapp: QApplication, tmp_path: Path, entry: bytes
) -> None:
    path = tmp_path / "waymark.ini"
    path.write_text(f"[files]\nrecent={QByteArray(entry).toBase64().data().decode()}\n")
    assert Settings(path).recent == ()


def test_an_entry_without_a_name_is_called_after_its_file(
    qapp: QApplication, tmp_path: Path
) -> None:
    path = tmp_path / "waymark.ini"
    entry = b'[{"path": "folder/Bank.waymark", "opened": "2026-01-01"}]'
    path.write_text(f"[files]\nrecent={QByteArray(entry).toBase64().data().decode()}\n")
    (file,) = Settings(path).recent
    assert file.title == "Bank"
    assert file.opened == datetime(2026, 1, 1, tzinfo=UTC)


def test_remember_moves_a_file_to_the_front_and_forget_removes_it(
    qapp: QApplication, tmp_path: Path
) -> None:
    store = Settings(tmp_path / "waymark.ini")
    for number in range(MOST_RECENT + 3):
        store.remember(_file(f"{number}.waymark"))
    store.remember(_file("5.waymark"))
    paths = [file.path for file in store.recent]
    assert paths[0] == "5.waymark"
    assert len(paths) == len(set(paths)) == MOST_RECENT
    store.forget("5.waymark")
    assert "5.waymark" not in {file.path for file in store.recent}


def _file(path: str) -> RecentFile:
    return RecentFile(path, datetime(2026, 1, 1, tzinfo=UTC), path)


def _read_everything(store: Settings) -> None:
    assert store.theme in ThemeMode
    assert store.language in {"", *LANGUAGES}
    assert isinstance(store.view, str)
    assert isinstance(store.geometry, QByteArray)
    assert all(isinstance(file, RecentFile) for file in store.recent)
