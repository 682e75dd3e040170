"""A window on a file of its own, and small exports like those people bring."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.imports.bringing import PATIENCE_MS, Dialog
from ui.imports.dialog import ImportDialog
from ui.jobs import Jobs
from ui.shell.desk import Desk
from ui.shell.settings import Settings
from ui.shell.theme import ThemeMode, ThemeStore
from ui.shell.window import Window


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Window]:
    """The window with its start page."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    settings = Settings(tmp_path / "settings.ini")
    jobs = Jobs()
    made = Window(settings)
    made.fill(Desk("0", settings, ThemeStore(qapp, ThemeMode.LIGHT), jobs, made))
    made.resize(1300, 860)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    jobs.wait()
    jobs.shut_down()
    made.deleteLater()


@pytest.fixture
def desk(window: Window) -> Desk:
    """What fills the window."""
    assert window.desk is not None
    return window.desk


@pytest.fixture
def opened(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Desk:
    """The window with a new, empty workspace open."""
    desk.files.make(tmp_path / "bank.waymark", "Bank", "en")
    qtbot.waitUntil(lambda: desk.session is not None, timeout=PATIENCE_MS)
    return desk


@pytest.fixture
def dialog_for(opened: Desk, qtbot: QtBot) -> Dialog:
    """Bring a file into the window and return the dialog that asks about it."""

    def bring(path: Path) -> ImportDialog:
        opened.take_file(str(path))
        qtbot.waitUntil(lambda: opened.flows.importer.dialog is not None, timeout=PATIENCE_MS)
        found = opened.flows.importer.dialog
        assert found is not None
        return found

    return bring


@pytest.fixture
def airline(tmp_path: Path) -> Path:
    """A table as an airline's: three ratings with 0 for no answer, an outcome, no date."""
    chance = random.Random(7)
    lines = [",id,Class,Seat comfort,Cleanliness,Checkin service,satisfaction"]
    for n in range(240):
        scores = [chance.randint(0, 5) for _ in range(3)]
        end = "satisfied" if sum(scores) > 7 else "neutral or dissatisfied"
        cabin = chance.choice(("Eco", "Business"))
        lines.append(f"{n},{1000 + 7 * n},{cabin},{','.join(map(str, scores))},{end}")
    path = tmp_path / "flights.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def undecided(tmp_path: Path) -> Path:
    """A table whose dates, effort score and outcome only a person can read."""
    chance = random.Random(3)
    lines = ["When;Effort to pay;How likely are you to recommend <b>us</b>?;Satisfaction"]
    for _ in range(120):
        day, month = chance.randint(1, 12), chance.randint(1, 12)
        nps = chance.choice((*range(11), 9))
        scores = f"{chance.randint(1, 7)};{nps};{chance.choice('ABC')}"
        lines.append(f"{day:02}/{month:02}/2026;{scores}")
    path = tmp_path / "branch visits.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
