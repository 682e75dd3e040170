"""A result that arrives after its receiver was closed is dropped; the others still arrive."""

import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import delete

from ui.jobs import Jobs


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    made.wait()
    made.shut_down()


class Page(QWidget):
    """A screen that shows a result in a field of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit(self)

    def take(self, result) -> None:
        self.field.setText(str(result.value))


def test_a_closed_page_gets_no_result(jobs, qtbot):
    page, other = Page(), Page()
    qtbot.addWidget(other)
    free = threading.Event()
    finished: list[object] = []
    jobs.finished.connect(lambda result: finished.append(result.value))

    def work(_progress, _cancelled):
        free.wait()
        return 7

    jobs.store(work, page.take)
    jobs.store(work, other.take)
    delete(page)
    free.set()
    qtbot.waitUntil(lambda: other.field.text() == "7")
    assert finished == [7, 7]


def test_a_receiver_that_is_no_object_of_qt_gets_its_result(jobs, qtbot):
    taken: list[object] = []
    jobs.store(lambda _p, _c: 3, lambda result: taken.append(result.value))
    qtbot.waitUntil(lambda: taken == [3])
    assert isinstance(jobs, QObject)
