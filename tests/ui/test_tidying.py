"""Garbage goes on the GUI thread, and what has long been there is seldom looked through."""

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.tidying import _MODULES, _MOST, Tidying


class Knot:
    """Holds itself, so that only the collector can take it away."""

    def __init__(self) -> None:
        self.self = self


class Workers:
    """Whether a worker is at work."""

    def __init__(self) -> None:
        self.busy = False

    def __call__(self) -> bool:
        return self.busy


@pytest.fixture
def workers() -> Workers:
    return Workers()


@pytest.fixture
def tidying(qtbot: QtBot, workers: Workers, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tidying]:
    before = gc.get_threshold()
    # What the modules of other tests made is spared already.
    monkeypatch.setattr(Tidying, "_spared", len(sys.modules))
    made = Tidying(busy=workers)
    # Only what the test asks for is collected.
    made._timer.stop()
    yield made
    made.stop()
    gc.set_threshold(*before)


def passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    found: list[int] = []
    collect = gc.collect

    def noted(generation: int = 2) -> int:
        found.append(generation)
        return collect(generation)

    monkeypatch.setattr(gc, "collect", noted)
    return found


def test_young_garbage_goes(tidying: Tidying) -> None:
    gc.collect()
    gc.set_threshold(10, 10, 10)
    knots = [Knot() for _ in range(50)]
    gone = weakref.ref(knots[0])
    del knots
    assert gone() is not None
    tidying.tidy()
    assert gone() is None


def test_all_is_looked_through_once_and_again_only_when_there_is_much_more(
    tidying: Tidying, monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.set_threshold(1, 0, 0)
    done = passes(monkeypatch)

    def tidy() -> int:
        done.clear()
        kept.extend([[] for _ in range(5)])
        gc.collect(0)
        gc.collect(1)
        kept.extend([[] for _ in range(5)])
        done.clear()
        tidying.tidy()
        return max(done, default=-1)

    kept: list[object] = []
    assert tidy() == 2
    assert tidy() < 2
    kept.extend([[] for _ in range(2 * len(gc.get_objects()))])
    gc.collect(1)
    assert tidy() == 2
    assert tidy() < 2


def test_what_a_worker_holds_by_the_thousand_is_looked_through_after_its_work(
    tidying: Tidying, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.collect()
    done = passes(monkeypatch)
    knot = Knot()
    gone = weakref.ref(knot)
    del knot
    held = [[] for _ in range(2 * _MOST)]
    workers.busy = True
    tidying.tidy()
    assert done == []
    assert gone() is not None
    held.clear()
    workers.busy = False
    held.extend([] for _ in range(2 * _MOST))
    tidying.tidy()
    assert done
    assert gone() is None


def test_few_young_objects_are_looked_through_while_a_worker_works_and_old_ones_are_not(
    tidying: Tidying, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.collect()
    gc.set_threshold(1, 0, 0)
    workers.busy = True
    kept: list[object] = []
    for age in (0, 1):
        kept.extend([[] for _ in range(5)])
        gc.collect(age)
    kept.extend([[] for _ in range(5)])
    done = passes(monkeypatch)
    tidying.tidy()
    assert done == [0]
    workers.busy = False
    for age in (0, 1):
        kept.extend([[] for _ in range(5)])
        gc.collect(age)
    kept.extend([[] for _ in range(5)])
    done.clear()
    tidying.tidy()
    assert done == [2]


def test_what_modules_made_is_spared_once_they_are_many_more(
    tidying: Tidying, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen: list[int] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(len(sys.modules)))
    tidying.tidy()
    assert frozen == []
    monkeypatch.setattr(Tidying, "_spared", len(sys.modules) - _MODULES)
    workers.busy = True
    tidying.tidy()
    assert frozen == []
    workers.busy = False
    gone = weakref.ref(Knot())
    tidying.tidy()
    assert len(frozen) == 1
    assert gone() is None
    tidying.tidy()
    assert len(frozen) == 1
