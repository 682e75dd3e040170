"""Garbage goes on the GUI thread, and what has long been there is seldom looked through."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.tidying import Tidying


class Knot:
    """Holds itself, so that only the collector can take it away."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture
def tidying(qtbot: QtBot) -> Iterator[Tidying]:
    before = gc.get_threshold()
    made = Tidying()
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
