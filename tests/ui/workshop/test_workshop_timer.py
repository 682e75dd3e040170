"""The timer on a clock of the test's own."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from ui.workshop.countdown import Countdown, clock_words, read_typed

KEY = Qt.Key


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_it_counts_down_holds_and_runs_over():
    clock = Clock()
    timer = Countdown(clock)
    timer.set(60.0, "votes")
    clock.now += 30
    assert timer.face() == "1:00", "it stands until it is started"
    timer.start()
    clock.now += 12.5
    assert timer.face() == "0:48"
    timer.pause()
    clock.now += 600
    assert timer.face() == "0:48"
    timer.start()
    clock.now += 60
    assert timer.left < 0
    assert timer.face() == "+0:12"
    assert timer.share == 0.0


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 100)), max_size=20))
def test_only_running_time_is_counted(turns):
    clock = Clock()
    timer = Countdown(clock)
    ran = 0.0
    for run, seconds in turns:
        (timer.start if run else timer.pause)()
        clock.now += seconds
        ran += seconds if run else 0.0
    assert abs(timer.left - (timer.whole - ran)) < 1e-6


def test_minutes_and_label_are_read_as_typed():
    assert read_typed("10 votes", "") == (600.0, "votes")
    assert read_typed(" 7:30 ", "pain points") == (450.0, "pain points")
    assert read_typed("5", "") == (300.0, "")
    for wrong in ("", "votes", "0", "0:00", "-3", "9999"):
        assert read_typed(wrong, "") is None
    assert clock_words(605) == "10:05"


def test_it_is_set_and_held_by_keys(room):
    room.press(KEY.Key_F8)
    room.enter("soon")
    assert "minutes" in room.said
    assert room.screen.clock.line.hasFocus()
    room.screen.clock.line.setText("")
    room.enter("7:30 votes")
    clock = room.screen.clock
    assert clock.countdown.running
    assert clock.label.text() == "votes"
    assert "7:30" in clock.whole.text()
    assert room.screen.bar.line.hasFocus()
    room.press(KEY.Key_F7)
    assert not clock.countdown.running
    assert "F7" in clock.pause.accessibleName()
