"""What the room sees: the chosen card, and where a dragged one was and would go."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.shell.theme import active_theme
from ui.shell.type import line_height
from ui.workshop.cards import ROOMY, dot_step
from ui.workshop.wall import HEAD

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def three(room):
    """Three pain points at the first touchpoint, the last of them chosen."""
    for title in ("No notice", "Late PIN", "Torn envelope"):
        room.enter(title)
    room.press(KEY.Key_Up)
    return room


def settle() -> None:
    """Let the parts find their places: one that changes its size asks for another turn."""
    for _ in range(4):
        QApplication.processEvents()


def middle(room, column: int, row: int) -> QPoint:
    wall = room.screen.wall
    card = wall.head(column) if row == HEAD else wall.stack(column)[row]
    down = 0.0 if row == HEAD else wall.stack_offset
    return card.rect.translated(0, down).center().toPoint()


def lift(room, start: QPoint, to: QPoint) -> QImage:
    """Return what the wall looks like while a card is held."""
    port = room.screen.wall.viewport()
    QTest.mousePress(port, LEFT, NONE, start)
    QTest.mouseMove(port, start + QPoint(30, 0))
    QTest.mouseMove(port, to)
    return port.grab().toImage()


def share(image: QImage, rect: QRectF, colour: QColor) -> float:
    """Return which part of a rectangle has exactly a colour."""
    ratio = image.devicePixelRatio()
    box = QRectF(rect.topLeft() * ratio, rect.size() * ratio).toRect() & image.rect()
    places = [(x, y) for x in range(box.left(), box.right() + 1)
              for y in range(box.top(), box.bottom() + 1)]  # fmt: skip
    return sum(image.pixelColor(x, y).rgb() == colour.rgb() for x, y in places) / len(places)


@pytest.mark.parametrize("row", [HEAD, 1])
def test_the_place_of_a_dragged_card_is_an_outline_without_its_ring(three, row: int) -> None:
    wall = three.screen.wall
    start = middle(three, 0, row)
    card = wall.head(0) if row == HEAD else wall.stack(0)[row]
    down = 0.0 if row == HEAD else wall.stack_offset
    home = card.rect.translated(0, down)
    image = lift(three, start, start + QPoint(700, 20))
    assert wall.lift.is_up
    theme = active_theme()
    assert share(image, home.adjusted(4, 4, -4, -4), theme.window) == 1.0
    assert share(image, home.adjusted(-5, -5, 5, 5), theme.accent) == 0.0
    assert share(image, home.adjusted(-5, -5, 5, 5), theme.window) < 1.0


def test_the_mark_lies_over_the_card_that_is_held(three) -> None:
    wall = three.screen.wall
    start, target = middle(three, 0, 2), wall.stack(0)[1]
    to = QPointF(start.x(), target.rect.translated(0, wall.stack_offset).top() - 8).toPoint()
    image = lift(three, start, to)
    assert wall.lift.drop is not None
    head = wall.head(0)
    line = QRectF(head.rect.left() + 20, 0, head.rect.width() - 40, wall.viewport().height())
    ratio = image.devicePixelRatio()
    accent = active_theme().accent.rgb()
    rows = [
        y for y in range(round(line.height() * ratio))
        if all(image.pixelColor(round(x * ratio), y).rgb() == accent
               for x in range(round(line.left()), round(line.right()), 7))
    ]  # fmt: skip
    assert rows, "no unbroken line from side to side"


@given(st.integers(1, 400), st.floats(180, 600))
def test_a_vote_is_a_dot_and_more_votes_are_never_shorter(votes: int, width: float) -> None:
    step, one_more = dot_step(votes, width), dot_step(votes + 1, width)
    assert 0 <= step * votes <= width
    assert one_more <= step
    if one_more:
        # The number may take another digit's room.
        assert one_more * (votes + 1) >= step * votes - 20


def test_the_chosen_card_stays_in_sight_when_more_is_revealed(three) -> None:
    screen = three.screen
    screen.resize(960, 600)
    settle()
    for title in ("Wet envelope", "Left at the neighbours", "Nobody at home"):
        three.enter(title)
    three.press(KEY.Key_Up)
    three.press(KEY.Key_Up)
    wall = screen.wall
    for _ in range(3):
        three.press(KEY.Key_Space)
        settle()
        card = next(c for c in wall.cards() if c.ref == wall.current)
        top = card.rect.top() + wall.stack_offset
        head = wall.head(wall.column)
        assert head.rect.bottom() <= top
        assert top + card.rect.height() <= wall.viewport().height(), "whole, in so low a window"


@pytest.mark.parametrize("size", [(1366, 768), (960, 600), (1920, 1080)])
def test_long_names_of_people_are_whole_and_keep_apart(room, size: tuple[int, int]) -> None:
    room.screen.resize(*size)
    names = ["Ane", "Tomasz Wisniewski-Kowalczyk", "Maximiliane Oberwasserburger", "Marek"]
    room.people(*names)
    votes = room.screen.votes
    settle()
    delegate = votes.list.itemDelegate()
    rects = []
    for row, name in enumerate(names):
        item = votes.list.item(row)
        assert name in item.data(Qt.ItemDataRole.AccessibleTextRole)
        voter = next(v for v in votes._shown[0] if v.name == name)
        laid = delegate._name(voter)
        told = [laid.layout.lineAt(i) for i in range(laid.lines)]
        whole = laid.layout.text()
        parts = [whole[x.textStart() : x.textStart() + x.textLength()] for x in told]
        parts = [part.replace("\u2028", "") for part in parts]
        assert "".join(parts) == name
        # Broken where the name has a space or a hyphen, nowhere inside its words.
        assert all(part.endswith((" ", "-")) for part in parts[:-1])
        assert laid.width <= votes.list.viewport().width()
        rects.append(votes.list.visualItemRect(item))
        assert (
            rects[-1].height() >= delegate.sizeHint(None, votes.list.indexFromItem(item)).height()
        )
    assert all(one.bottom() < two.top() for one, two in pairwise(rects))


@pytest.mark.parametrize("width", [920, 960, 1100, 1366])
def test_the_usual_question_takes_one_line(room, width: int) -> None:
    screen = room.screen
    screen.resize(width, 600)
    settle()
    label = screen.question.label
    one = line_height("workshop_capture"), line_height("workshop_question")
    assert label.heightForWidth(label.width()) in one
    assert screen.pager.isVisible() is (screen.wall.per_page < 3)
    if screen.pager.isVisible():
        assert "of 3" in screen.pager.on.toolTip(), "told also where the words gave way"


def test_a_projector_keeps_the_large_letters(room) -> None:
    room.screen.resize(1920, 1080)
    settle()
    label = room.screen.question.label
    assert label.heightForWidth(label.width()) == line_height("workshop_question")
    assert room.screen.wall.fit is ROOMY
