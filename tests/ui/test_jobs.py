"""Jobs run off the GUI thread and come back to it, in order, whatever happens in them."""

import threading

import pytest

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
