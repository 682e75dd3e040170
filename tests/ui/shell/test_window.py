"""The window as a whole, on real files: from the start page to a saved and ranked workspace."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from journey.edit import AddTouchpoint, Rename
from journey.model.ids import Kind, Ref
from journey.model.template import new_workspace
from storage.document import Document, read_document
from ui.app import Program
from ui.saving import SaveState


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "log"))
    return tmp_path


@pytest.fixture
def program(folder, qapp, qtbot):
    made = Program(qapp, folder / "settings.ini")
    made.window.resize(1400, 900)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    qtbot.waitUntil(lambda: made.desk is not None)
    yield made
    made.window.close()
    made.shut_down()
    made.window.deleteLater()


def opened(program, path, qtbot):
    program.desk.open_path(str(path))
    qtbot.waitUntil(lambda: program.desk.session is not None, timeout=20_000)
    return program.desk.session


def names(path):
    with read_document(path) as document:
        return sorted(t.name for t in document.workspace.touchpoints.values())


def test_the_window_starts_with_the_start_page(program):
    assert program.desk.start.isVisible()
    assert program.desk.workbench is None
    assert program.window.windowTitle() == "Waymark"


def test_an_edit_reaches_the_file_when_the_window_closes(program, folder, qtbot):
    path = folder / "bank.waymark"
    Document.create(path, new_workspace("Bank")).close()
    session = opened(program, path, qtbot)
    assert program.window.windowTitle() == "bank – Waymark"
    stage = min(session.document.workspace.stages)
    assert session.document.run(AddTouchpoint(stage, "Card delivery"))
    program.window.close()
    assert names(path) == ["Card delivery"]


class Watch(QObject):
    """Notes every widget that shows itself as a window."""

    def __init__(self):
        super().__init__()
        self.windows = []

    def eventFilter(self, watched, event):
        shown = event.type() == QEvent.Type.Show
        if shown and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


def test_opening_shows_no_second_window_and_leaves_the_focus_on_the_map(
    program, folder, qapp, qtbot
):
    path = folder / "bank.waymark"
    Document.create(path, new_workspace("Bank")).close()
    watch = Watch()
    qapp.installEventFilter(watch)
    opened(program, path, qtbot)
    qapp.removeEventFilter(watch)
    assert watch.windows == []
    assert program.window.isActiveWindow()
    assert program.desk.workbench.map.canvas.hasFocus()


def test_undo_and_redo_work_by_key(program, folder, qtbot):
    path = folder / "bank.waymark"
    Document.create(path, new_workspace("Bank")).close()
    session = opened(program, path, qtbot)
    session.document.run(AddTouchpoint(min(session.document.workspace.stages), "Card delivery"))
    canvas = program.desk.workbench.map.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not session.document.workspace.touchpoints
    qtbot.keyClick(canvas, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert len(session.document.workspace.touchpoints) == 1


def test_the_sample_is_measured_and_ranked(frozen_sample, program, folder, qtbot):
    path = folder / "sample.waymark"
    path.write_bytes(frozen_sample.read_bytes())
    session = opened(program, path, qtbot)
    qtbot.waitUntil(lambda: session.findings.ranking is not None, timeout=60_000)
    bench = program.desk.workbench
    assert session.findings.ranking.basis == "money"
    assert len(session.findings.ranking.items) == 25
    bench.show_view("priorities")
    assert bench.priorities.isVisible()
    assert not bench.inspector.isVisible()
    first = session.findings.ranking.items[0]
    session.document.run(Rename(Ref(Kind.PAIN_POINT, first.pain_point), "Renamed by the test"))
    qtbot.waitUntil(
        lambda: any(i.title == "Renamed by the test" for i in session.findings.ranking.items),
        timeout=60_000,
    )


def test_a_list_out_of_sight_is_the_latest_when_it_is_looked_at(
    frozen_sample, program, folder, qtbot
):
    path = folder / "sample.waymark"
    path.write_bytes(frozen_sample.read_bytes())
    session = opened(program, path, qtbot)
    bench = program.desk.workbench

    def ranked(title):
        found = session.findings.ranking
        return found is not None and any(i.title == title for i in found.items)

    def listed():
        model = bench.priorities.list.ranking_model
        return [model.line(row).item.title for row in model.item_rows()]

    qtbot.waitUntil(lambda: session.findings.ranking is not None, timeout=60_000)
    assert not listed(), "nobody has looked at it yet"
    bench.show_view("priorities")
    assert len(listed()) == 25
    bench.show_view("map")
    first = session.findings.ranking.items[0].pain_point
    session.document.run(Rename(Ref(Kind.PAIN_POINT, first), "Renamed on the map"))
    qtbot.waitUntil(lambda: ranked("Renamed on the map"), timeout=60_000)
    assert "Renamed on the map" not in listed()
    bench.show_view("priorities")
    assert "Renamed on the map" in listed()
    session.document.run(Rename(Ref(Kind.PAIN_POINT, first), "Renamed beside the list"))
    qtbot.waitUntil(lambda: "Renamed beside the list" in listed(), timeout=60_000)


def test_an_edit_on_another_screen_is_on_the_map_when_it_is_shown(program, folder, qtbot):
    path = folder / "bank.waymark"
    Document.create(path, new_workspace("Bank")).close()
    session = opened(program, path, qtbot)
    bench = program.desk.workbench
    bench.show_view("table")
    stage = min(session.document.workspace.stages)
    made = AddTouchpoint(stage, "Card delivery")
    session.document.run(made)
    session.selection.set(Ref(Kind.TOUCHPOINT, made.id))
    assert bench.map.following.waits
    bench.show_view("map")
    assert not bench.map.following.waits
    names = [c.touchpoint.name for c in bench.map.scene.layout.columns if c.touchpoint]
    assert names == ["Card delivery"]
    assert bench.map.scene.shown.selected == {Ref(Kind.TOUCHPOINT, made.id)}


def test_a_damaged_file_is_told_and_the_start_page_stays(program, folder, qtbot):
    path = folder / "broken.waymark"
    Document.create(path, new_workspace("Bank")).close()
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle:] = b"x" * (len(content) - middle)
    path.write_bytes(content)
    program.desk.open_path(str(path))
    qtbot.waitUntil(lambda: program.window.findChild(QMessageBox) is not None)
    box = program.window.findChild(QMessageBox)
    assert str(path) in box.text()
    assert box.textFormat() is Qt.TextFormat.PlainText
    box.close()
    assert program.desk.session is None
    assert program.desk.start.isVisible()
    assert path.read_bytes() == bytes(content)


def test_a_workspace_locked_elsewhere_is_told(program, folder, qtbot):
    path = folder / "bank.waymark"
    other = Document.create(path, new_workspace("Bank"))
    program.desk.open_path(str(path))
    qtbot.waitUntil(lambda: program.window.findChild(QMessageBox) is not None)
    program.window.findChild(QMessageBox).close()
    assert program.desk.session is None
    other.close()


def test_closing_the_workspace_remembers_it_on_the_start_page(program, folder, qtbot):
    path = folder / "bank.waymark"
    Document.create(path, new_workspace("Bank")).close()
    opened(program, path, qtbot)
    program.desk.close_workspace()
    assert program.desk.start.isVisible()
    assert [row.file.path for row in program.desk.start.recent.rows()] == [str(path.resolve())]


def test_saving_by_key_says_so(program, folder, qtbot):
    path = folder / "bank.waymark"
    Document.create(path, new_workspace("Bank")).close()
    session = opened(program, path, qtbot)
    session.document.run(AddTouchpoint(min(session.document.workspace.stages), "Ad"))
    assert session.document.save_status.state is SaveState.UNSAVED
    canvas = program.desk.workbench.map.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: session.document.save_status.state is SaveState.SAVED)
    assert names(path) == ["Ad"]


def test_ctrl_s_says_that_it_is_kept(program, folder, qtbot):
    path = folder / "bank.waymark"
    Document.create(path, new_workspace("Bank")).close()
    session = opened(program, path, qtbot)
    session.document.run(AddTouchpoint(min(session.document.workspace.stages), "Card delivery"))
    canvas = program.desk.workbench.map.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    bar = program.desk.workbench.status_bar
    assert "kept" in bar.note
    qtbot.waitUntil(lambda: session.document.save_status.state is SaveState.SAVED, timeout=20_000)
    assert names(path) == ["Card delivery"]
