"""Search over what was written: every word, in any case and without marks; names first."""

from hypothesis import given
from hypothesis import strategies as st

from journey.model.ids import Kind
from journey.model.map import Journey, PainPoint, Stage, Touchpoint
from journey.model.search import find, folded
from journey.model.workspace import Workspace


def made() -> Workspace:
    return Workspace(
        entities=[
            Journey("j", "Loan"),
            Stage("s", "j", "Purchase"),
            Touchpoint("t", "j", "Złoty przelew", "s"),
            PainPoint("p", "j", "Waits for Ångström", "t", evidence="heard: przelew too slow"),
        ]
    )


def test_marks_and_case_do_not_matter() -> None:
    assert [h.ref.id for h in find(made(), "zloty")] == ["t"]
    assert [h.ref.id for h in find(made(), "ANGSTROM waits")] == ["p"]


def test_a_name_comes_before_a_note_and_the_excerpt_shows_the_word() -> None:
    hits = find(made(), "przelew")
    assert [h.ref.kind for h in hits] == [Kind.TOUCHPOINT, Kind.PAIN_POINT]
    assert "przelew" in hits[1].excerpt


def test_nothing_typed_finds_nothing() -> None:
    assert find(made(), "  ") == []


@given(st.text(min_size=1).filter(lambda t: folded(t).strip()))
def test_every_name_is_found_by_itself(name: str) -> None:
    ws = Workspace(entities=[Journey("j", name)])
    assert [h.ref.id for h in find(ws, name)] == ["j"]
