"""The start page, rail, top bar and status bar: what they ask for and what they show."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QProgressBar
from pytestqt.qtbot import QtBot

from ui.saving import SaveState
from ui.shell.rail import NARROW, VIEWS, WIDE, Rail
from ui.shell.recent_list import RecentRow
from ui.shell.settings import RecentFile
from ui.shell.start_page import StartPage
from ui.shell.status_bar import RunningJob, StatusBar
from ui.shell.theme import ThemeMode
from ui.shell.top_bar import TopBar
from ui.shell.type import font
from ui.shell.widgets.buttons import Button, KeyButton
from ui.shell.widgets.choice import Choice
from ui.shell.widgets.labels import IconLabel
from ui.shell.widgets.menu_button import MenuButton
from ui.shell.widgets.picker import PickerButton, two_lines, two_lines_width
from ui.shell.wrapping import text_width

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

NOW = datetime(2026, 12, 12, 10, 0, tzinfo=UTC)
PROJECT = Path(__file__).resolve().parents[3]


def _recent(count: int) -> list[RecentFile]:
    return [
        RecentFile(f"folder/{n}.waymark", NOW - timedelta(days=n), f"Bank {n}", f"Journey {n}")
        for n in range(count)
    ]


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    """A start page as people see it, in the size of a small laptop."""
    QLocale.setDefault(QLocale(QLocale.Language.English))
    made = StartPage("1.0")
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_first_steps_are_asked_for_by_click_and_key(page: StartPage, qtbot: QtBot) -> None:
    for card, signal in (
        (page.new_card, page.new_requested),
        (page.survey_card, page.survey_requested),
        (page.open_card, page.open_requested),
        (page.sample_card, page.sample_requested),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
        with qtbot.waitSignal(signal):
            qtbot.keyClick(card, Qt.Key.Key_Return)


def test_recent_files_are_listed_searched_and_chosen(page: StartPage, qtbot: QtBot) -> None:
    page.set_recent(_recent(4), NOW)
    rows = page.recent.rows()
    assert [row.text() for row in rows] == ["Bank 0", "Bank 1", "Bank 2", "Bank 3"]
    names = [row.accessibleName() for row in rows]
    assert "today, 10:00" in names[0]
    assert "yesterday" in names[1]
    assert "2026-12-10" in names[2]
    with qtbot.waitSignal(page.recent_chosen) as heard:
        qtbot.mouseClick(rows[2], Qt.MouseButton.LeftButton)
    assert heard.args == ["folder/2.waymark"]
    field = page.recent.findChild(QLineEdit)
    assert field is not None
    qtbot.keyClicks(field, "journey 3")
    assert [row.text() for row in page.recent.rows()] == ["Bank 3"]
    qtbot.keyClicks(field, " nowhere")
    assert page.recent.rows() == []


def test_delete_takes_a_file_off_the_list_only(page: StartPage, qtbot: QtBot) -> None:
    page.set_recent(_recent(2), NOW)
    row = page.recent.rows()[1]
    row.setFocus()
    with qtbot.waitSignal(page.recent_forgotten) as heard:
        qtbot.keyClick(row, Qt.Key.Key_Delete)
    assert heard.args == ["folder/1.waymark"]


def test_an_empty_list_says_what_to_do(page: StartPage) -> None:
    page.set_recent([])
    assert page.recent.rows() == []
    assert page.recent.findChild(RecentRow) is None
    assert page.recent._empty.isVisible()
    assert "sample" in page.recent._empty.text()


def test_a_dropped_file_is_handed_on(page: StartPage, qtbot: QtBot, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.csv"), QUrl.fromLocalFile(str(tmp_path / "a.csv"))])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), copy, mime, left, none)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(page.file_dropped) as heard:
        QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), copy, mime, left, none))
    assert Path(heard.args[0]) == tmp_path / "a.csv"


def test_a_link_is_not_taken(page: StartPage) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.csv")])
    enter = QDragEnterEvent(
        QPointF(9, 9).toPoint(),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.ignore()
    QApplication.sendEvent(page, enter)
    assert not enter.isAccepted()


def test_theme_and_language_are_chosen_at_the_foot(page: StartPage, qtbot: QtBot) -> None:
    page.set_theme_mode(ThemeMode.LIGHT)
    page.set_language("nb")
    language, theme = page.findChildren(MenuButton)
    assert language.text() == "Norsk bokmål"
    for button, signal, value in (
        (theme, page.theme_chosen, "dark"),
        (language, page.language_chosen, "pl"),
    ):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        menu = button.findChild(QMenu)
        assert menu is not None
        action = next(a for a in menu.actions() if a.data() == value)
        with qtbot.waitSignal(signal) as heard:
            action.trigger()
        assert heard.args == [value]
        menu.close()


@pytest.mark.parametrize("size", [(960, 600), (1024, 640), (1366, 768), (2560, 1440)])
def test_nothing_overlaps_at_any_size(page: StartPage, size: tuple[int, int]) -> None:
    page.resize(*size)
    QApplication.processEvents()
    cards = (page.new_card, page.survey_card, page.open_card, page.sample_card, page._promise)
    for above, below in zip((page._hero, *cards), cards, strict=False):
        assert above.geometry().bottom() < below.geometry().top()
    assert page._promise.geometry().bottom() <= page.height()
    for card in cards[:4]:
        assert card.height() >= card.heightForWidth(card.width())


def test_the_rail_shows_only_what_works(qtbot: QtBot) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.show()
    rail.set_available(["map", "priorities"])
    shown = [name for name, _, _ in VIEWS if rail._buttons[name].isVisible()]
    assert shown == ["map", "priorities"]
    rail.set_current("map")
    with qtbot.waitSignal(rail.view_requested) as heard:
        qtbot.mouseClick(rail._buttons["priorities"], Qt.MouseButton.LeftButton)
    assert heard.args == ["priorities"]
    assert rail.current() == "priorities"
    rail.set_compact(True)
    assert rail.width() == NARROW
    rail.set_compact(False)
    assert rail.width() == WIDE
    assert [rail._buttons[name].accessibleName() for name in shown] == ["Map", "Priorities"]
    assert "Ctrl" not in rail._settings.toolTip(), "there is no such key"
    with qtbot.waitSignal(rail.help_requested):
        qtbot.keyClick(rail._help, Qt.Key.Key_Space)
    with pytest.raises(KeyError):
        rail.set_current("nowhere")


def test_the_top_bar_asks_and_drops_words_when_narrow(qtbot: QtBot) -> None:
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.journey.set_choices([Choice("1", "Opening a first account")], "1")
    bar.resize(1600, 56)
    bar.show()
    search, actions, workshop = bar.findChildren(KeyButton)
    for button, signal in (
        (search, bar.search_requested),
        (actions, bar.actions_requested),
        (workshop, bar.workshop_requested),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wide = workshop.sizeHint().width()
    bar.resize(1366, 56)
    assert bar.height() == 48
    assert workshop.sizeHint().width() < wide
    assert workshop.accessibleName() == "Workshop"
    assert workshop.toolTip() == "Workshop (F5)"
    word = search.sizeHint().width()
    bar.resize(1000, 56)
    assert search.sizeHint().width() < word, "the pickers shorten last"
    assert search.accessibleName() == "Search names, notes, comments"
    assert search.toolTip().startswith("Search names, notes, comments")
    assert "Ctrl+F" in search.toolTip() or "Ctrl F" in search.toolTip()
    bar.resize(1366, 56)
    assert search.sizeHint().width() == word
    bar.set_available(search=True, actions=True, workshop=False)
    assert not workshop.isVisible()


def test_in_a_small_window_the_state_goes_before_a_name_is_shortened(qtbot: QtBot) -> None:
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.journey.set_choices([Choice("1", "Opening a salary account")], "1")
    bar.persona.set_choices([Choice("1", "Ida, first job · all segments")], "1")
    bar.quarter.set_choices([Choice("1", "2026 Q4")], "1")
    bar.quarter.set_tag("open", "lock-simple-open")
    bar.resize(1366, 48)
    bar.show()
    QApplication.processEvents()
    assert bar.quarter.has_tag_room
    bar.resize(960, 48)
    QApplication.processEvents()
    assert not bar.quarter.has_tag_room
    pickers = (bar.journey, bar.persona, bar.quarter)
    for picker in pickers:
        assert picker.minimumSizeHint().width() <= picker.width() <= picker.sizeHint().width()
    # Nothing reaches over the edge, and no room is left while a name is short of it.
    last = max(bar.findChildren(KeyButton), key=lambda button: button.x())
    assert last.geometry().right() < 960
    short = any(picker.width() < picker.sizeHint().width() for picker in pickers)
    gap = min(b.x() for b in bar.findChildren(KeyButton)) - bar.quarter.geometry().right()
    assert not short or gap < 20
    bar.resize(1366, 48)
    QApplication.processEvents()
    assert bar.quarter.has_tag_room


def test_a_name_without_room_takes_two_lines_and_is_told_whole(qtbot: QtBot) -> None:
    picker = PickerButton("path", "Journey")
    qtbot.addWidget(picker)
    name = "Opening a salary account for the first job"
    picker.set_choices([Choice("1", name)], "1")
    assert name in picker.toolTip()
    assert name in picker.accessibleName()
    face = font("sticky", 500)
    wide = two_lines_width(name)
    lines = two_lines(name, wide + 1)
    assert " ".join(lines) == name
    assert max(text_width(line, face) for line in lines) <= wide + 1
    first, second = two_lines(name, wide / 2)
    assert name.startswith(first)
    assert second.endswith("…")
    assert text_width(second, face) <= wide / 2
    assert picker.minimumSizeHint().width() < picker.sizeHint().width()


def test_the_status_bar_says_what_is_saved_and_what_runs(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.resize(1200, 28)
    bar.show()
    save = bar.findChildren(IconLabel)[0]
    assert not save.isVisible()
    words = set()
    for state in SaveState:
        bar.set_save_state(state, "Documents / Bank.waymark")
        words.add(save.text())
        assert save.isVisible()
        assert save.text().endswith("Documents / Bank.waymark")
    assert len(words) == len(SaveState)
    cancel = bar.findChild(Button)
    meter = bar.findChild(QProgressBar)
    assert cancel is not None
    assert meter is not None
    assert not cancel.isVisible()
    bar.set_job(RunningJob("Importing answers.csv", 0.62))
    assert meter.value() == 620
    with qtbot.waitSignal(bar.cancel_requested):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    bar.set_job(RunningJob("Exporting packs", None, can_cancel=False))
    assert not meter.isVisible()
    assert not cancel.isVisible()
    bar.set_job(None)
    assert not bar._job.isVisible()


def test_the_shell_imports_nothing_heavy() -> None:
    script = (
        "import sys\n"
        "import ui.shell.start_page, ui.shell.rail, ui.shell.top_bar, ui.shell.status_bar\n"
        "heavy = {'qtawesome', 'numpy', 'scipy', 'sqlalchemy', 'matplotlib', 'networkx',"
        " 'PySide6.QtSvg', 'PySide6.QtNetwork', 'json', 'xlsxwriter'}\n"
        "found = heavy & set(sys.modules)\n"
        "assert not found, found\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=PROJECT, check=True, timeout=60)
