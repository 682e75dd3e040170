"""A frozen quarter holds everything, and nothing edits it."""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.edit import Remove, Set
from journey.errors import EditError, RecordError
from journey.model.ids import ImprovementId, Kind, PainPointId, QuarterId, Ref
from journey.model.improvement import Improvement
from journey.model.quarter import Quarter
from journey.model.workspace import CLASS_OF, Workspace
from journey.priority.result import RankedItem
from journey.quarter.freeze import FreezeQuarter
from journey.quarter.plain import made, plain
from journey.quarter.record import (
    content_sha256,
    data_of,
    is_whole,
    listed_of,
    ranking_of,
    workspace_of,
)
from journey.quarter.view import frozen_view
from journey.report.around import Around, Picture
from journey.report.build import build_packs
from tests.journey.quarter.quarter_bank import AT, frozen, side, table

LABEL = "2026Q4"
REF = Ref(Kind.QUARTER, LABEL)
PICTURE = Picture("J", ("S",), 4, b"\x00<svg>", 90.5, 40.0, (b"\x01",))
VALUES = st.none() | st.integers(-5, 5) | st.floats(allow_nan=False, allow_infinity=False)
FACTS = st.dictionaries(st.text(max_size=5), VALUES | st.text(max_size=5), max_size=3)


def through_a_file(quarter: Quarter) -> Quarter:
    """Return the quarter as a file gives it back: JSON, whole numbers as such, keys sorted."""
    items = json.loads(json.dumps([dict(i) for i in quarter.items], sort_keys=True))
    record = json.loads(json.dumps(quarter.record, sort_keys=True))
    return replace(quarter, items=tuple(items), record=record)


def test_the_list_comes_back_field_by_field(ws: Workspace) -> None:
    answers = table(LABEL)
    live = side(ws, LABEL, answers).listed
    quarter = through_a_file(frozen(ws, LABEL, answers))
    assert ranking_of(quarter) == replace(live.ranking, draft=False)
    assert list(ranking_of(quarter).assumptions) == list(live.ranking.assumptions)
    assert listed_of(quarter).spreads == live.spreads
    assert is_whole(quarter)


def test_the_workspace_comes_back_as_it_was(ws: Workspace) -> None:
    before = ws.copy()
    quarter = through_a_file(frozen(ws, LABEL, table(LABEL)))
    then = workspace_of(quarter)
    assert then.quarters.keys() == {LABEL}
    then.drop(REF)
    assert then == before


def test_figures_and_counts_come_back(ws: Workspace) -> None:
    answers = table(LABEL)
    live = side(ws, LABEL, answers).data
    assert data_of(through_a_file(frozen(ws, LABEL, answers))) == replace(
        live, metrics=[], by_segment=[], surveys=list(live.surveys)
    )


@pytest.mark.parametrize("field", [f.name for f in fields(Quarter) if f.name != "id"])
def test_no_command_changes_any_field(ws: Workspace, field: str) -> None:
    quarter = frozen(ws, LABEL, table(LABEL))
    with pytest.raises(EditError, match="not_editable"):
        Set(REF, **{field: getattr(quarter, field)}).do(ws)
    with pytest.raises(EditError, match="not_removable"):
        Remove(REF).do(ws)
    assert ws.quarters[QuarterId(LABEL)] == quarter


def test_freezing_is_for_good_and_again_only_with_a_reason(ws: Workspace) -> None:
    first = frozen(ws, LABEL, table(LABEL))
    assert not FreezeQuarter.undoable
    assert (first.revision, first.reason) == (1, "")
    for reason in ("", " \n"):
        with pytest.raises(EditError) as refused:
            frozen(ws, LABEL, table(LABEL), reason)
        assert (refused.value.reason, refused.value.facts["revision"]) == ("frozen", 1)
    second = frozen(ws, LABEL, table(LABEL, seed=2), "Late answers")
    assert (second.revision, second.reason) == (2, "Late answers")
    assert second.content_sha256 != first.content_sha256
    previous: Any = second.record["previous"]
    assert [p["content_sha256"] for p in previous] == [first.content_sha256]
    assert is_whole(second)


def test_any_change_of_the_record_shows(ws: Workspace) -> None:
    quarter = frozen(ws, LABEL, table(LABEL))
    item = {**quarter.items[0], "value_mean": 1}
    assert not is_whole(replace(quarter, items=(item, *quarter.items[1:])))
    assert not is_whole(replace(quarter, revision=3))
    assert content_sha256(replace(quarter, content_sha256="x")) == quarter.content_sha256


def test_a_record_that_is_not_one_says_which_quarter(ws: Workspace) -> None:
    quarter = frozen(ws, LABEL, table(LABEL))
    for broken in ({}, {"ranking": 3}, {**quarter.record, "spread": {"p": 3}}):
        with pytest.raises(RecordError) as found:
            listed_of(replace(quarter, record=broken))
        assert found.value.facts["quarter"] == LABEL


def test_packs_of_a_frozen_quarter_need_nothing_else(ws: Workspace) -> None:
    frozen(ws, LABEL, table(LABEL))

    def packs() -> object:
        view = frozen_view(ws, LABEL)
        assert view is not None
        return build_packs(
            view.workspace,
            view.ranking,
            view.metrics,
            quarter=LABEL,
            generated_on=view.frozen_on,
            content_sha256=view.content_sha256,
            around=view.around,
        )

    before = packs()
    Set([Ref(Kind.PAIN_POINT, p) for p in ws.pain_points], title="Other").do(ws)
    Set(Ref(Kind.ASSUMPTIONS, "assumptions"), fix_efficacy_mean=0.1).do(ws)
    Remove([Ref(Kind.JOURNEY, j) for j in ws.journeys]).do(ws)
    Remove([Ref(Kind.SURVEY, s) for s in ws.surveys]).do(ws)
    assert packs() == before
    assert frozen_view(ws, "2026Q3") is None


@given(prediction=FACTS, days=st.none() | st.floats(0.1, 1e6), due=st.none() | st.dates())
def test_values_come_back_by_their_types(
    prediction: Mapping[str, object], days: float | None, due: date | None
) -> None:
    improvement = Improvement(
        ImprovementId("i"),
        "T",
        (PainPointId("p"),),
        days,
        due=due,
        prediction=prediction,
        rolled_from=("2026Q3",),
    )
    written = json.loads(json.dumps(plain(improvement)))
    assert made(Improvement, written) == improvement


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_entity_has_a_way_back(kind: Kind) -> None:
    cls: Any = CLASS_OF[kind]
    with pytest.raises(ValueError, match=r"without id|expected"):
        made(cls, {"id": 3} if kind in (Kind.WORKSPACE, Kind.ASSUMPTIONS) else {})


def test_what_has_no_text_as_key_and_bytes_come_back() -> None:
    from journey.report.pack import CommentFact

    around = Around(comments={None: (CommentFact("a"),)}, pictures=(PICTURE,))
    assert made(Around, json.loads(json.dumps(plain(around)))) == around


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        plain({"a": float("nan")})
    with pytest.raises(ValueError, match="no place"):
        plain(object())
    assert AT.tzinfo is not None
    assert RankedItem.__slots__
