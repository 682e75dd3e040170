"""A hand-written Waymark JSON: what is read, what is filled in, what is refused and where."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journey.model.ids import Kind
from journey.model.workspace import ordered_touchpoints
from storage.errors import DumpError, ImportProblem
from storage.evidence.layout import CommentText
from storage.openformats.dump import dump
from storage.openformats.load import load

Edit = Callable[[Any], None]


@pytest.fixture
def bank(fixtures: Path) -> Any:
    return json.loads((fixtures / "json" / "bank.json").read_text("utf-8"))


def written(folder: Path, document: object) -> Path:
    path = folder / "in.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_what_is_left_out_has_its_default(fixtures: Path) -> None:
    loaded = load(fixtures / "json" / "bank.json")
    ws = loaded.workspace
    assert ws.leaders["lund"].role == ""
    assert ws.assumptions.fix_efficacy_mean == 0.5
    assert ws.assumptions.top_k == 5
    assert ws.segments["young"].customers_per_year == 9000
    assert ws.segments["other"].value_if_retained is None
    assert ws.pain_points["untold"].title == "untold"
    assert ws.questions["nps"].scale == (0, 10)
    assert ws.questions["effort"].scale == (1, 5)
    assert not ws.questions["effort"].higher_is_better
    assert ws.surveys["late"].design == "transactional"


def test_unknown_fields_are_kept_where_there_is_a_place_and_told_elsewhere(
    bank: Any, tmp_path: Path
) -> None:
    bank["leaders"][1]["shoe_size"] = 38
    bank["weather"] = [1, 2]
    bank["workspace"]["motto"] = "calm"
    loaded = load(written(tmp_path, bank))
    assert loaded.workspace.assumptions.extra == {"a_later_assumption": {"a": 2, "b": 1}}
    assert loaded.workspace.notes["n1"].extra == {"colour": "pink", "icon": "lock"}
    assert {(n.reason, n.place) for n in loaded.notes} == {
        ("unknown_field", "leaders[1].shoe_size"),
        ("unknown_field", "weather"),
        ("unknown_field", "workspace.motto"),
    }


def test_list_order_is_journey_order(fixtures: Path) -> None:
    ws = load(fixtures / "json" / "bank.json").workspace
    assert [t.id for t in ordered_touchpoints(ws, "opening")] == ["check", "form", "id-check"]
    assert [ws.touchpoints[t].position for t in ("check", "form", "id-check")] == [0, 0, 1]


def test_answers_come_survey_by_survey_with_their_quarter(fixtures: Path) -> None:
    loaded = load(fixtures / "json" / "bank.json")
    rows = list(loaded.responses())
    assert [(survey, row.respondent) for survey, row in rows] == [
        ("late", None),
        ("q4", "r2"),
        ("q4", "r1"),
    ]
    late, second, first = (row for _, row in rows)
    # 23:30 at −01:00 is already the new year in UTC.
    assert (second.at, second.period) == ("2027-01-01T00:30:00Z", 20271)
    assert (first.at, first.period, late.period) == ("2026-11-22", 20264, 0)
    assert (second.outcome, late.outcome, first.outcome) == (1, 0, 0)
    assert first.answers == {"nps": 9}
    assert second.covariates == {"age": 23, "city": "Tromsø"}
    assert second.comments == (CommentText("id-check", "Third time refused", "id-check"),)
    assert first.comments == (CommentText("What could we do better?", "Save my entries", "form"),)
    assert loaded.answers == {"q4": 2, "late": 1}
    assert loaded.workspace.surveys["q4"].records == 2


def test_rows_without_an_id_get_the_same_one_every_time(bank: Any, tmp_path: Path) -> None:
    first = load(written(tmp_path, bank)).workspace
    bank["journeys"][0]["transitions"].reverse()
    second = load(written(tmp_path, bank)).workspace
    assert set(first.transitions) == set(second.transitions)
    assert first == second


def test_a_byte_order_mark_is_no_obstacle(bank: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    path.write_text(json.dumps(bank), encoding="utf-8-sig")
    assert load(path).workspace.info.name == "Fjordbank"


def test_names_are_cleaned_and_that_is_told(bank: Any, tmp_path: Path) -> None:
    bank["leaders"][0]["name"] = "  Ingrid\u202e\n Solberg "
    loaded = load(written(tmp_path, bank))
    assert loaded.workspace.leaders["solberg"].name == "Ingrid Solberg"
    assert ("text_cleaned", "leaders[0]") in {(n.reason, n.place) for n in loaded.notes}


def _set(*path: Any) -> Edit:
    """Return an edit that puts the last argument where the others lead."""
    *keys, last, value = path

    def edit(document: Any) -> None:
        for key in keys:
            document = document[key]
        if last == "+":
            document.append(value)
        else:
            document[last] = value

    return edit


REFUSED: list[tuple[Edit, str, str]] = [
    (_set("format", "waymark/2"), "newer_format", "format"),
    (_set("format", "ojf"), "not_waymark_json", "format"),
    (_set("leaders", {}), "wrong_type", "leaders"),
    (_set("leaders", 0, "leader"), "wrong_type", "leaders[0]"),
    (_set("leaders", 0, "id", 7), "wrong_type", "leaders[0].id"),
    (_set("leaders", 0, "id", ""), "not_an_id", "leaders[0].id"),
    (_set("leaders", 0, "id", "a\0b"), "not_an_id", "leaders[0].id"),
    (_set("leaders", 0, "name", None), "missing", "leaders[0].name"),
    (_set("leaders", 0, "name", " "), "empty", "leaders[0].name"),
    (_set("leaders", "+", {"id": "lund", "name": "B"}), "duplicate_id", "leaders[2].id"),
    (_set("personas", 0, "segment", "old"), "unknown_reference", "personas[0].segment"),
    (
        _set("journeys", 0, "touchpoints", 1, "owner", "nobody"),
        "unknown_reference",
        "journeys[0].touchpoints[1].owner",
    ),
    (
        _set("journeys", 0, "touchpoints", 1, "moment_of_truth", 1),
        "wrong_type",
        "journeys[0].touchpoints[1].moment_of_truth",
    ),
    (
        _set("journeys", 0, "transitions", 1, "to", "start"),
        "unknown_reference",
        "journeys[0].transitions[1].to",
    ),
    (
        _set("journeys", 0, "pain_points", 0, "severity", 6),
        "off_the_scale",
        "journeys[0].pain_points[0].severity",
    ),
    (
        _set("journeys", 0, "pain_points", 0, "severity", True),
        "wrong_type",
        "journeys[0].pain_points[0].severity",
    ),
    (
        _set("journeys", 0, "lanes", 0, "notes", 0, "stage", "x"),
        "unknown_reference",
        "journeys[0].lanes[0].notes[0].stage",
    ),
    (_set("segments", 0, "customers_per_year", -1), "negative", "segments[0].customers_per_year"),
    (_set("assumptions", "causal_share_mean", 2), "not_a_share", "assumptions.causal_share_mean"),
    (_set("improvements", 0, "due", "soon"), "not_a_date", "improvements[0].due"),
    (_set("improvements", 0, "quarter", "Q4"), "not_a_quarter", "improvements[0].quarter"),
    (_set("improvements", 0, "addresses", ["x"]), "unknown_reference", "improvements[0].addresses"),
    (_set("questions", 0, "metric", "joy"), "unknown_word", "questions[0].metric"),
    (_set("questions", 0, "scale", [1]), "not_a_scale", "questions[0].scale"),
    (_set("questions", 0, "scale", [5, 1]), "empty", "questions[0].scale"),
    (_set("surveys", 0, "source", []), "wrong_type", "surveys[0].source"),
    (_set("responses", 1, "survey", "x"), "unknown_reference", "responses[1].survey"),
    (_set("responses", 1, "survey", None), "wrong_type", "responses[1].survey"),
    (_set("responses", 0, "answers", {"x": 1}), "unknown_reference", "responses[0].answers.x"),
    (_set("responses", 0, "answers", {"nps": 11}), "off_the_scale", "responses[0].answers.nps"),
    (_set("responses", 0, "answers", {"nps": 2.5}), "wrong_type", "responses[0].answers.nps"),
    (_set("responses", 0, "weight", 0), "not_positive", "responses[0].weight"),
    (_set("responses", 0, "outcome", "sad"), "unknown_word", "responses[0].outcome"),
    (_set("responses", 0, "outcome", ["bad"]), "unknown_word", "responses[0].outcome"),
    (_set("responses", 0, "at", "yesterday"), "not_a_moment", "responses[0].at"),
    (
        _set("responses", 0, "pain_points", ["x"]),
        "unknown_reference",
        "responses[0].pain_points[0]",
    ),
    (_set("responses", 0, "covariates", {"a": True}), "wrong_type", "responses[0].covariates.a"),
    (_set("responses", 0, "comments", {"a": 1}), "wrong_type", "responses[0].comments.a"),
    (_set("purchases", 0, "amount", "12"), "wrong_type", "purchases[0].amount"),
    (_set("observations", 0, "value", None), "missing", "observations[0].value"),
    (_set("kpis", 0, "target", 10**400), "not_finite", "kpis[0].target"),
    (_set("leaders", 0, "email", "\ud800"), "not_text", "leaders[0]"),
]


@pytest.mark.parametrize(("edit", "reason", "place"), REFUSED)
def test_what_cannot_be_is_refused_with_its_place(
    bank: Any, tmp_path: Path, edit: Edit, reason: str, place: str
) -> None:
    edit(bank)
    with pytest.raises(DumpError) as refusal:
        load(written(tmp_path, bank))
    assert (refusal.value.reason, refusal.value.facts["place"]) == (reason, place)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[1, 2]", "not_an_object"),
        ('{"format": "waymark/1"', "not_json"),
        ('{"format": "waymark/1",}', "not_json"),
        ('{"format": "waymark/1"} x', "not_json"),
        ('{"format": "waymark/1", "format": "waymark/1"}', "key_twice"),
        ('{"format": "waymark/1", "workspace": {"minimum_n": NaN}}', "not_finite"),
        ('{"format": "waymark/1", "event_logs": [{"a": 1e999}]}', "not_finite"),
        ('{"format": "waymark/1", "event_logs": [' + "[" * 200_000, "too_deep"),
        ('{"version": "1.0", "nodes": []}', "not_waymark_json"),
        ("{}", "not_waymark_json"),
    ],
)
def test_what_is_no_waymark_json_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "in.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DumpError) as refusal:
        load(path)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "blank"), (b" \n", "blank"), (b'{"a": "\xe6"}', "encoding")]
)
def test_what_cannot_be_read_is_told_apart(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "in.json"
    path.write_bytes(content)
    with pytest.raises(ImportProblem) as refusal:
        load(path)
    assert refusal.value.reason == reason


def test_missing_files_and_folders_are_told_apart(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "none.json", "missing"), (tmp_path, "directory")):
        with pytest.raises(ImportProblem) as refusal:
            load(path)
        assert refusal.value.reason == reason


@given(cut=st.integers(0, 4000), junk=st.binary(max_size=6), keep=st.integers(0, 4000))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_mutated_file_is_read_or_refused_never_worse(
    fixtures: Path, tmp_path: Path, cut: int, junk: bytes, keep: int
) -> None:
    content = (fixtures / "json" / "bank.json").read_bytes()
    path = tmp_path / "in.json"
    path.write_bytes(content[:cut] + junk + content[cut + min(keep, 3) :])
    try:
        loaded = load(path)
    except (DumpError, ImportProblem):
        return
    assert sum(1 for _ in loaded.responses()) == sum(loaded.answers.values())


@given(size=st.integers(1, 64))
@settings(max_examples=20, deadline=None)
def test_where_the_window_ends_makes_no_difference(fixtures: Path, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.openformats.stream._CHUNK", size)
        loaded = load(fixtures / "json" / "bank.json")
        rows = list(loaded.responses())
    again = load(fixtures / "json" / "bank.json")
    assert loaded.workspace == again.workspace
    assert rows == list(again.responses())


def test_dump_of_a_load_is_stable(fixtures: Path, tmp_path: Path) -> None:
    ws = load(fixtures / "json" / "bank.json").workspace
    first = dump(ws, None, tmp_path / "first.json")
    second = dump(load(first).workspace, None, tmp_path / "second.json")
    assert first.read_bytes() == second.read_bytes()
    assert len(ws.table(Kind.TRANSITION)) == 4
