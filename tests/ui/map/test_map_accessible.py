"""The map and the inspector by keyboard alone: every widget that takes the focus has a name."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from journey.model.ids import Kind, Ref
from journey.model.people import Persona
from tests.ui.priorities.bank import FakeDocument
from ui.document import DocumentModel
from ui.inspector import Inspector
from ui.jobs import Jobs
from ui.map.cursor import STAGE_ROW

Key = Qt.Key


def takes_focus(widget: QWidget) -> bool:
    own = widget.focusProxy() is None  # a viewport's focus is its view's
    return own and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible()


def name_of(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return widget.accessibleName() or (text() if callable(text) else "")


@pytest.fixture
def screen(hand, qtbot) -> Callable[[], QWidget]:
    """The map beside the inspector in one window."""
    hand.workspace.put(Persona("n", "Nadia"))
    hand.view.show_everything()
    window = QWidget()
    row = QHBoxLayout(window)
    inspector = Inspector(None, hand.view.selection)
    row.addWidget(hand.view, 1)
    row.addWidget(inspector)
    qtbot.addWidget(window)
    window.resize(1600, 900)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    return window


def test_every_widget_of_the_map_that_takes_the_focus_has_a_name(hand, screen) -> None:
    view = hand.view
    view.find_bar.open()
    view.ask_bar.ask("To be pasted")
    widgets = [w for w in view.findChildren(QWidget) if takes_focus(w) and w.isEnabled()]
    assert len(widgets) >= 10
    assert [type(w).__name__ for w in widgets if not name_of(w)] == []


def test_tab_walks_through_the_map_and_every_widget_beside_it(hand, screen) -> None:
    view = hand.view
    view.toolbar.lanes.setFocus()
    seen: list[QWidget] = []
    cells = set()
    for _ in range(400):
        focus = QApplication.focusWidget()
        if focus is None:
            break
        if focus is view.canvas:
            cells.add((view.cell.column, view.cell.lane) if view.cell else None)
        elif focus in seen:
            break
        else:
            seen.append(focus)
        QTest.keyClick(focus, Key.Key_Tab)
    toolbar = view.toolbar
    for widget in (toolbar.lanes, toolbar.add, toolbar.personas, toolbar.fit):
        assert widget in seen
    layout = view.layout_now
    assert {(c, r) for c in range(3) for r in range(len(layout.lanes))} <= cells


def test_every_cell_is_described(hand) -> None:
    view = hand.view
    view.go(view.start())
    said = set()
    for _ in range(100):
        text = view.canvas.accessibleDescription()
        assert text
        said.add(text)
        if not view.keys.tab(True):
            break
    assert len(said) > 20
    view.select(())
    hand.view.go(type(view.start())(0, STAGE_ROW))
    assert "Purchase" in view.canvas.accessibleDescription()


def test_every_field_of_the_inspector_has_a_name(hand, qtbot) -> None:
    jobs = Jobs()
    document = DocumentModel(FakeDocument(hand.workspace), jobs)
    inspector = Inspector(document, hand.view.selection)
    qtbot.addWidget(inspector)
    inspector.resize(324, 900)
    inspector.show()
    for ref in (Ref(Kind.TOUCHPOINT, "t0"), Ref(Kind.PAIN_POINT, "p0"), Ref(Kind.NOTE, "n0")):
        hand.view.selection.set(ref)
        widgets = [w for w in inspector.findChildren(QWidget) if takes_focus(w)]
        assert len(widgets) > 3
        nameless = [w for w in widgets if not name_of(w) and w.isEnabled()]
        assert [(type(w).__name__, w.objectName()) for w in nameless] == []
    inspector.set_document(None)
    jobs.shut_down()
