"""More words than a name takes: the card shows their beginning, nothing of them is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from journey.edit import Set
from journey.model.ids import ImprovementId, Kind, PainPointId, Ref
from journey.model.text import NAME_LENGTH
from ui.map.cursor import Cursor

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier
LONG = "The form forgets everything " * 300


@pytest.fixture
def said(hand) -> list[str]:
    sentences: list[str] = []
    hand.view.noted.connect(lambda _icon, sentence: sentences.append(sentence))
    return sentences


def paste_into(hand, lane: str, slot: int) -> None:
    hand.view.choices.show(lane)
    hand.view.go(Cursor(0, hand.lane(lane), slot))
    hand.key(Key.Key_Return)
    QGuiApplication.clipboard().setText(LONG)
    hand.key(Key.Key_A, Control)
    hand.key(Key.Key_V, Control)
    hand.key(Key.Key_Tab)


@pytest.mark.parametrize(
    ("lane", "kind", "note"),
    [
        ("pain_points", Kind.PAIN_POINT, "evidence"),
        ("strengths", Kind.STRENGTH, "evidence"),
        ("improvements", Kind.IMPROVEMENT, "notes"),
    ],
)
def test_a_new_card_keeps_all_that_was_typed(hand, said, lane: str, kind: Kind, note: str) -> None:
    before = set(hand.workspace.table(kind))
    paste_into(hand, lane, 9)
    (new,) = set(hand.workspace.table(kind)) - before
    made = hand.workspace.find(Ref(kind, new))
    assert len(made.title) <= NAME_LENGTH
    assert made.title.endswith("…")
    assert getattr(made, note) == LONG.strip()
    assert any("Kept whole" in sentence for sentence in said)


def test_a_card_written_anew_keeps_what_was_noted_before(hand) -> None:
    pain = Ref(Kind.PAIN_POINT, "p0")
    hand.desk.run(Set(pain, evidence="Heard at the desk"))
    paste_into(hand, "pain_points", 0)
    made = hand.workspace.pain_points[PainPointId("p0")]
    assert made.evidence == f"{LONG.strip()}\n\nHeard at the desk"
    hand.key(Key.Key_Escape)
    hand.desk.undo_stack.undo()
    assert hand.workspace.pain_points[PainPointId("p0")].title == "Form forgets"
    assert hand.workspace.pain_points[PainPointId("p0")].evidence == "Heard at the desk"


def test_an_improvement_written_anew_keeps_it_among_its_notes(hand) -> None:
    paste_into(hand, "improvements", 0)
    assert hand.workspace.improvements[ImprovementId("i0")].notes == LONG.strip()


def test_of_a_name_too_long_it_is_said_what_is_left_out(hand, said) -> None:
    paste_into(hand, "touchpoints", 0)
    names = [t.name for t in hand.workspace.touchpoints.values()]
    assert max(len(name) for name in names) <= NAME_LENGTH
    assert any(str(NAME_LENGTH) in sentence for sentence in said)
