"""Jobs run off the GUI thread and come back to it, in order, whatever happens in them."""

import gc
import threading

import pytest
from PySide6.QtCore import QObject

from journey.errors import WaymarkError
from ui.jobs import Jobs


class Receiver:
    """Keeps what jobs brought back, and on which thread."""

    def __init__(self):
        self.results = []
        self.threads = []

    def take(self, result):
        self.results.append(result)
        self.threads.append(threading.get_ident())


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    made.wait()
    made.shut_down()


def test_results_arrive_on_the_gui_thread_in_order(jobs, qtbot):
    receiver, ran_on = Receiver(), []

    def work(n):
        def run(_progress, _cancelled):
            ran_on.append(threading.get_ident())
            return n

        return run

    for n in range(20):
        jobs.store(work(n), receiver.take)
    qtbot.waitUntil(lambda: len(receiver.results) == 20)
    assert [r.value for r in receiver.results] == list(range(20))
    assert set(receiver.threads) == {threading.get_ident()}
    assert threading.get_ident() not in ran_on


def test_waiting_delivers_everything_without_the_event_loop_and_only_once(jobs, qapp):
    receiver = Receiver()
    for n in range(5):
        jobs.store(lambda _p, _c, n=n: n, receiver.take)
        jobs.compute(lambda _p, _c, n=n: n + 100, receiver.take)
    jobs.wait()
    assert len(receiver.results) == 10
    qapp.processEvents()
    assert len(receiver.results) == 10


def test_a_known_error_is_handed_back(jobs):
    receiver = Receiver()

    def fail(_progress, _cancelled):
        raise WaymarkError("full")

    jobs.store(fail, receiver.take)
    jobs.wait()
    assert receiver.results[0].error.reason == "full"


def test_an_unknown_error_is_logged_and_handed_back(jobs, caplog):
    receiver = Receiver()

    def fail(_progress, _cancelled):
        raise ZeroDivisionError

    jobs.compute(fail, receiver.take, title="Ranking")
    jobs.wait()
    assert isinstance(receiver.results[0].error, ZeroDivisionError)
    assert "Ranking" in caplog.text


def test_a_cancelled_job_hears_of_it_and_says_so(jobs, qtbot):
    receiver, started = Receiver(), threading.Event()

    def work(_progress, cancelled):
        started.set()
        while not cancelled():
            threading.Event().wait(0.001)
        return "stopped"

    number = jobs.store(work, receiver.take, title="Importing")
    assert started.wait(5)
    jobs.cancel(number)
    jobs.wait()
    assert receiver.results[0].cancelled


def test_progress_of_a_titled_job_is_heard(jobs, qtbot):
    def work(progress, _cancelled):
        progress(1, 2)
        progress(2, 2)

    with qtbot.waitSignals([jobs.progressed, jobs.progressed]):
        jobs.store(work, title="Importing")


def test_what_is_asked_for_after_the_end_is_never_begun(qapp, qtbot):
    jobs = Jobs()
    receiver = Receiver()
    jobs.shut_down()
    for ask in (jobs.compute, jobs.store):
        assert ask(lambda _progress, _cancelled: 1, receiver.take, "Drawing") > 0
    jobs.wait()
    assert receiver.results == []


class Circle(QObject):
    """An object of Qt that holds itself, and says on which thread it went."""

    def __init__(self, gone):
        super().__init__()
        self.me = self
        self.gone = gone

    def __del__(self):
        self.gone.append(threading.get_ident())


def test_what_holds_itself_goes_on_the_gui_thread_however_busy_a_worker_is(jobs, qtbot):
    gone = []
    Circle(gone)

    def busy(_progress, _cancelled):
        # Enough objects in circles that Python would collect several times over.
        for _ in range(20_000):
            circle = []
            circle.append(circle)
        return len(gone)

    receiver = Receiver()
    jobs.compute(busy, receiver.take)
    qtbot.waitUntil(lambda: bool(receiver.results))
    qtbot.waitUntil(lambda: bool(gone))
    assert set(gone) == {threading.get_ident()}


def test_python_collects_by_itself_again_after_the_workers(qapp):
    made = Jobs()
    assert not gc.isenabled()
    made.shut_down()
    assert gc.isenabled()
