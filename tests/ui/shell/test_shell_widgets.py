"""Widgets under real keys and clicks: focus, choice, words shown letter by letter."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ui.shell.drawing import key_words
from ui.shell.theme import Theme
from ui.shell.widgets.buttons import Button, IconButton, KeyButton
from ui.shell.widgets.choice import Choice
from ui.shell.widgets.choices import LeaderPill, SegmentedControl
from ui.shell.widgets.evidence import Chip, IntervalBar, LevelBadge
from ui.shell.widgets.labels import IconLabel, PlainLabel, WrapLabel, set_plain_tooltip
from ui.shell.widgets.marks import ChipFace, Interval, IntervalScale
from ui.shell.widgets.panel_handle import PanelHandle
from ui.shell.widgets.picker import PickerButton
from ui.shell.widgets.surfaces import InlineMessage, MessageKind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


Host = Callable[..., QWidget]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Host]:
    """Shows widgets side by side in a window that lives as long as the test."""
    hosts: list[QWidget] = []

    def show(*widgets: QWidget) -> QWidget:
        host = QWidget()
        row = QHBoxLayout(host)
        for widget in widgets:
            row.addWidget(widget)
        with qtbot.waitActive(host):
            host.show()
            host.activateWindow()
        hosts.append(host)
        return host

    yield show
    for host in hosts:
        host.close()
        host.deleteLater()


def _edge(widget: QWidget) -> str:
    image: QImage = widget.grab().toImage()
    return image.pixelColor(image.width() // 2, 1).name()


def test_a_click_leaves_the_focus_where_one_types(qtbot: QtBot, shown: Host) -> None:
    field, pill = QLineEdit(), LeaderPill("Lena Haugen", 3)
    shown(field, pill)
    field.setFocus()
    qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert pill.isChecked()
    assert field.hasFocus()


def test_the_ring_shows_for_the_keyboard_only(qtbot: QtBot, shown: Host) -> None:
    first, second = LeaderPill("Lena Haugen", 3), LeaderPill("Tomas Berg", 5)
    shown(first, second)
    first.setFocus(Qt.FocusReason.OtherFocusReason)
    assert _edge(first) != Theme.light().accent.name()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert _edge(second) == Theme.light().accent.name()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys_press_a_painted_button(qtbot: QtBot, key: Qt.Key, shown: Host) -> None:
    button = KeyButton("magnifying-glass", "Search", "Ctrl+F")
    shown(button)
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)


def test_segments_are_chosen_by_click_and_by_arrow(qtbot: QtBot, shown: Host) -> None:
    control = SegmentedControl([Choice("a", "List"), Choice("b", "Picture"), Choice("c", "More")])
    host = shown(control)
    assert control.current() == "a"
    with qtbot.waitSignal(control.chosen) as heard:
        last = host.childAt(control.mapTo(host, QPoint(control.width() - 10, 10)))
        qtbot.mouseClick(last, Qt.MouseButton.LeftButton)
    assert heard.args == ["c"]
    with qtbot.assertNotEmitted(control.chosen):
        control.set_current("a")
    segment = host.childAt(control.mapTo(host, QPoint(5, 10)))
    segment.setFocus()
    with qtbot.waitSignal(control.chosen) as heard:
        qtbot.keyClick(segment, Qt.Key.Key_Right)
    assert heard.args == ["b"]
    assert control.current() == "b"
    with pytest.raises(KeyError):
        control.set_current("z")


def test_a_picker_opens_its_menu_and_names_the_choice(qtbot: QtBot, shown: Host) -> None:
    picker = PickerButton("path", "Journey")
    picker.set_choices(
        [Choice("1", "First & best"), Choice(""), Choice("new", "New journey", "plus")], "1"
    )
    picker.set_tag("open", "lock-simple-open")
    shown(picker)
    assert picker.accessibleName() == "Journey, First & best, open"
    qtbot.mouseClick(picker, Qt.MouseButton.LeftButton)
    menu = picker.findChild(QMenu)
    assert menu is not None
    first, separator, new = menu.actions()
    assert first.text() == "First && best"
    assert first.isChecked()
    assert separator.isSeparator()
    with qtbot.waitSignal(picker.chosen) as heard:
        new.trigger()
    assert heard.args == ["new"]
    menu.close()


def test_a_picker_without_captions_is_narrower(qtbot: QtBot) -> None:
    picker = PickerButton("path", "A caption much longer than its value")
    picker.set_choices([Choice("1", "Short")], "1")
    wide = picker.sizeHint().width()
    picker.set_compact(True)
    assert picker.sizeHint().width() < wide
    qtbot.addWidget(picker)


def test_nothing_typed_is_taken_for_html(qtbot: QtBot) -> None:
    label = PlainLabel("<b>x</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    set_plain_tooltip(label, '<img src="file:///x"> & more\nnext')
    tip = label.toolTip()
    assert "<img" not in tip
    assert "&lt;img" in tip
    assert "&amp; more<br>next" in tip
    set_plain_tooltip(label, "R&D")
    assert label.toolTip() == "R&D"


def test_a_wrapping_label_grows_instead_of_cutting(qtbot: QtBot) -> None:
    label = WrapLabel("Card arrives with no notice of when, and the letter days after it")
    qtbot.addWidget(label)
    assert label.heightForWidth(120) > label.heightForWidth(400)
    assert label.heightForWidth(400) % 18 == 0
    label.set_text("Short")
    assert label.heightForWidth(120) == 18


def test_a_status_label_without_room_keeps_its_text_in_the_tooltip(qtbot: QtBot) -> None:
    label = IconLabel("check-circle", "All changes saved in a folder with a very long name")
    qtbot.addWidget(label)
    label.resize(90, 20)
    label.grab()
    assert label.toolTip() == label.text()


def test_a_message_says_what_was_pressed(qtbot: QtBot, shown: Host) -> None:
    message = InlineMessage(MessageKind.WARNING, "Index, not money", "No row", closable=True)
    enter = message.add_action("enter", "Enter customers")
    shown(message)
    assert message.accessibleName() == "Index, not money. No row"
    with qtbot.waitSignal(message.action_chosen) as heard:
        qtbot.mouseClick(enter, Qt.MouseButton.LeftButton)
    assert heard.args == ["enter"]
    close = message.findChild(IconButton)
    assert close is not None
    with qtbot.waitSignal(message.dismissed):
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)


def test_every_widget_has_a_name_and_paints_in_both_themes(
    qtbot: QtBot, qapp: QApplication, shown: Host
) -> None:
    interval = Interval(1, 2, 3, 4, 5)
    widgets = [
        Button("Export", "export"),
        IconButton("x", "Close", keys="Esc"),
        KeyButton("command", "All actions", "Ctrl+K", sunken=True),
        Chip(ChipFace("NPS", "+3", "±8", "21")),
        LevelBadge("B"),
        IntervalBar(interval, IntervalScale(0, 5), "3 k€"),
        LeaderPill("Lena Haugen", 3),
        InlineMessage(MessageKind.ERROR, "The disk is full"),
    ]
    host = shown(*widgets)
    assert not host.grab().isNull()
    names = [w.accessibleName() or getattr(w, "text", str)() for w in widgets]
    assert all(names), names
    assert widgets[4].accessibleName().startswith("B, link assumed")
    assert widgets[6].accessibleName() == "Lena Haugen, 3"


def test_button_icon_may_be_disabled(qtbot: QtBot, shown: Host) -> None:
    button = Button("Export", "export")
    button.setEnabled(False)
    button.setToolTip("No quarter is frozen yet")
    shown(button)
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_message_takes_one_line_where_it_fits(qtbot: QtBot, shown: Host) -> None:
    message = InlineMessage(MessageKind.WARNING, "Index, not money", "No row shows money.")
    message.add_action("go", "Enter customers")
    shown(message).resize(900, 80)
    title, words = message.findChild(PlainLabel), message.findChild(WrapLabel)
    assert title is not None
    assert words is not None
    qtbot.waitUntil(lambda: words.x() > title.x() + title.sizeHint().width())
    message.set_words("Index, not money", "No row shows money, for a reason. " * 6)
    qtbot.waitUntil(lambda: words.y() > title.y() and words.x() == title.x())


def test_a_plus_is_a_key_too() -> None:
    assert key_words("Ctrl++") == "Ctrl +"
    assert key_words("Ctrl+-") == "Ctrl -"
    assert key_words("Ctrl+Shift+K") == "Ctrl Shift K"
    assert IconButton("plus", "Zoom in", keys="Ctrl++").toolTip() == "Zoom in (Ctrl +)"


def test_a_handle_says_all_of_what_it_opens(qtbot: QtBot, shown: Host) -> None:
    handle = PanelHandle("info")
    shown(handle)
    handle.set_words("Pain point", "310 k€ · rank 2", title="Late <b>card</b>")
    handle.set_face("warning", "pain_text")
    assert handle.accessibleName() == "Show: Pain point, Late <b>card</b>, 310 k€ · rank 2"
    assert "&lt;b&gt;" in handle.toolTip(), "a name is no markup"
    with qtbot.waitSignal(handle.panel_wanted) as asked:
        qtbot.keyClick(handle, Qt.Key.Key_Space)
    assert asked.args == [True]
