"""Names of dots: the top of the list always has its names, and none stands on another."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtWidgets import QApplication

from ui.priorities.dot_names import FAR, DotName, DotNames

GROUND = QRectF(0, 0, 760, 300)
NAME = "Card types explained in bank words"


def disc(x: float, y: float) -> QRectF:
    return QRectF(x - 11, y - 11, 22, 22)


@pytest.fixture(autouse=True, scope="module")
def _app(qapp: QApplication) -> None:
    """Letters are measured."""


@given(st.lists(st.tuples(st.integers(20, 740), st.integers(20, 280)), min_size=1, max_size=14))
def test_names_meet_neither_dots_nor_each_other(spots: list[tuple[int, int]]) -> None:
    discs = [disc(*spot) for spot in dict.fromkeys(spots)]
    names = DotNames(GROUND, discs)
    placed = [(names.place(f"{NAME} {n}", at), at) for n, at in enumerate(discs)]
    shown = [(name, at) for name, at in placed if not name.rect.isNull()]
    for name, at in shown:
        assert GROUND.contains(name.rect)
        letters = name.rect.adjusted(0, 2.5, 0, -2.5)
        assert not any(letters.contains(other.center()) for other in discs)
        assert name.at_left is (name.rect.right() < at.left())
        assert name.leader.isNull() is (
            abs(name.rect.center().x() - at.center().x()) < 1 or _near(name, at)
        )
    for (one, _), (two, _) in combinations(shown, 2):
        assert not one.rect.intersects(two.rect)
        crossed = QLineF.IntersectionType.BoundedIntersection
        if not one.leader.isNull() and not two.leader.isNull():
            assert one.leader.intersects(two.leader)[0] is not crossed


def _near(name: DotName, at: QRectF) -> bool:
    return min(abs(name.rect.left() - at.right()), abs(at.left() - name.rect.right())) <= 5.01


def test_a_dot_in_a_crowd_is_named_at_the_end_of_a_line() -> None:
    crowd = [disc(380 + 23 * x, 150 + 23 * y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    # Nothing leads out of the very middle; of the others each finds its way.
    around = [at for at in crowd if at.center().x() != 380 or at.center().y() != 150]
    names = DotNames(GROUND, crowd)
    found = [names.place(f"{NAME} {n}", at, reaches=FAR) for n, at in enumerate(around[:5])]
    assert all(not name.rect.isNull() for name in found)
    assert any(not name.leader.isNull() for name in found)


def test_without_a_place_there_is_no_name() -> None:
    names = DotNames(QRectF(0, 0, 60, 40), [disc(30, 20)])
    assert names.place(NAME, disc(30, 20), reaches=FAR).rect.isNull()
