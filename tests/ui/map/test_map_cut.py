"""A cut says what it cannot take along: what was measured there is evidence of the original."""

import pytest
from PySide6.QtCore import Qt

from journey.edit import Add, Batch, left_behind
from journey.model.evidence import Kpi, Observation, Question
from journey.model.ids import Kind, KpiId, ObservationId, QuestionId, Ref, TouchpointId
from ui.map.cursor import Cursor

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier
T2 = TouchpointId("t2")


@pytest.fixture
def said(hand) -> list[str]:
    sentences: list[str] = []
    hand.view.noted.connect(lambda _icon, sentence: sentences.append(sentence))
    return sentences


def cut(hand, column: int) -> None:
    hand.view.go(Cursor(column, hand.lane("touchpoints")))
    hand.key(Key.Key_X, Control)


def test_a_cut_of_what_was_measured_says_what_stays_behind(hand, said) -> None:
    values = [Observation(ObservationId(f"o{i}"), KpiId("k"), f"2026-0{i}", 2.0) for i in (1, 2)]
    found = [Question(QuestionId("q"), T2, "How was it?"), Kpi(KpiId("k"), "Days", T2), *values]
    hand.desk.run(Batch([Add(one) for one in found]))
    before = hand.workspace.copy()
    assert left_behind(hand.workspace, [Ref(Kind.TOUCHPOINT, T2)]) == (1, 2)
    cut(hand, 2)
    (sentence,) = said
    assert "the answers to 1 question, 2 observations of KPIs" in sentence
    hand.desk.undo_stack.undo()
    assert hand.workspace == before


def test_a_cut_of_what_nobody_measured_says_nothing(hand, said) -> None:
    assert left_behind(hand.workspace, [Ref(Kind.TOUCHPOINT, T2)]) == (0, 0)
    cut(hand, 2)
    assert said == []
    assert T2 not in hand.workspace.touchpoints
