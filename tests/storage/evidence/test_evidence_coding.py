"""Comments searched, masked and coded; refused rows as a file; sources off in one step."""

import csv
from pathlib import Path

import pytest

from journey.edit.survey import AddSurvey
from journey.evidence.coding import CommentRule, RowCoding
from journey.model.evidence import Question, Survey
from journey.model.ids import (
    Kind,
    PainPointId,
    QuestionId,
    Ref,
    SegmentId,
    SurveyId,
    TouchpointId,
)
from journey.model.map import PainPoint, Touchpoint
from journey.model.people import Segment
from journey.model.workspace import ordered_journeys, ordered_stages
from storage.document import Document, read_document
from storage.evidence import BatchWriter, CommentText, EvidenceStore, Response
from storage.evidence.coding import code_by_hand, code_by_rule, rule_found, with_rule
from storage.evidence.comments import Asked, CommentIndex, match_query
from storage.evidence.figures import read_answers
from storage.evidence.sources import removal_of, save_refused, survey_sources
from storage.imports.mapping import parse_mapping
from storage.imports.stopping import ImportCancelledError

PLACE, OTHER = TouchpointId("delivery"), TouchpointId("chat")
NPS = QuestionId("q")
LATE, RUDE = PainPointId("late"), PainPointId("rude")
SEGMENT = SegmentId("eco")
SURVEY = SurveyId("s1")
MAPPING = """
[survey]
name = "Contacts"
design = "transactional"

[[question]]
column = "score"
touchpoint = "Delivery"
metric = "nps"

[[comment]]
column = "why"
touchpoint = "Delivery"
"""


def answer(number: int, text: str, *pains: PainPointId, period: int = 20264) -> Response:
    return Response(
        f"r{number}",
        f"2026-11-{number % 28 + 1:02d}T10:00:00Z",
        period,
        SEGMENT if number % 2 else None,
        None if number % 3 else 1.5,
        None,
        {NPS: number % 11},
        pains,
        {"age": number},
        (CommentText("why", text, PLACE),) if text else (),
    )


TEXTS = [
    "It came a week late", "LATE again and nobody called", "Łódź: żółta, Straße",
    "Mail anna@example.com", "Call +47 912 34 567 please", "Café was closed", "Slow, slow",
    "Fine", "Ødegård spør, Ёлка", "Good", "All good", "",
]  # fmt: skip


@pytest.fixture
def stored(document: Document) -> Document:
    """Twelve answers, eleven comments, one refused record."""
    ws = document.workspace
    journey = ordered_journeys(ws)[0]
    stage = ordered_stages(ws, journey.id)[0]
    needed = [
        Touchpoint(PLACE, journey.id, "Delivery", stage.id),
        Touchpoint(OTHER, journey.id, "Chat", stage.id, 1.0),
        Question(NPS, PLACE, "Recommend?", "nps", (0, 10)),
        Segment(SEGMENT, "Eco"),
        PainPoint(LATE, journey.id, "Late", PLACE),
        PainPoint(RUDE, journey.id, "Rude", PLACE),
    ]
    with document.transaction() as connection:
        writer = BatchWriter(connection, SURVEY)
        for number, text in enumerate(TEXTS):
            writer.add(answer(number, text, *((LATE,) if number == 0 else ())))
        writer.write_rejected([(14, "off_scale", "=cmd(),99")])
        sha256 = writer.finish()
    survey = Survey(SURVEY, "Contacts", mapping=MAPPING, records=len(TEXTS), batch_sha256=sha256)
    document.write(AddSurvey(survey, needed).do(ws))
    return document


def told(index: CommentIndex, document: Document, search: str = "", **more: object) -> list[str]:
    page = index.page(document.engine, Asked(PLACE, search=search, **more))  # type: ignore[arg-type]
    return [comment.text for comment in page.comments]


@pytest.fixture
def index(stored: Document) -> CommentIndex:
    made = CommentIndex()
    made.refresh(stored.engine)
    return made


def test_search_finds_words_whatever_case_accent_or_beginning(
    stored: Document, index: CommentIndex
) -> None:
    assert told(index, stored, "LATE") == [TEXTS[0], TEXTS[1]]
    assert told(index, stored, "late call") == [TEXTS[1]]
    assert told(index, stored, "cafe") == [TEXTS[5]]
    for typed in ("lodz", "ŁÓDŹ", "zolta", "strasse"):
        assert told(index, stored, typed) == [TEXTS[2]], typed
    for typed in ("odegard", "Ødegård", "spor", "елка", "ёлк"):
        assert told(index, stored, typed) == [TEXTS[8]], typed
    assert told(index, stored, 'a" OR "b') == []
    assert told(index, stored, "-") == []
    assert len(told(index, stored)) == 11
    page = index.page(stored.engine, Asked(PLACE, "2026Q4", "slow"), (NPS,))
    assert (page.total, page.found) == (11, 1)
    assert (page.comments[0].score, page.comments[0].pain_points) == (6, ())
    assert index.page(stored.engine, Asked(PLACE, "2026Q3")).total == 0
    index.close()


def test_what_is_masked_is_neither_shown_nor_found(stored: Document, index: CommentIndex) -> None:
    assert told(index, stored, "anna") == []
    assert told(index, stored, "mail") == ["Mail [e-mail]"]
    assert told(index, stored, "call please") == ["Call [number] please"]
    assert told(index, stored, "call please", unmasked=True) == [TEXTS[4]]
    index.close()


def test_under_ten_comments_none_is_shown_and_another_touchpoint_has_none(
    stored: Document, index: CommentIndex
) -> None:
    with stored.transaction() as connection:
        writer = BatchWriter(connection, SurveyId("s2"))
        for number in range(9):
            writer.add(answer(number, "Few", period=20263))
        sha256 = writer.finish()
    survey = Survey(SurveyId("s2"), "Few", records=9, batch_sha256=sha256)
    stored.write(AddSurvey(survey).do(stored.workspace))
    index.refresh(stored.engine)
    page = index.page(stored.engine, Asked(PLACE, "2026Q3"))
    assert (page.total, page.hidden, page.comments) == (9, True, ())
    assert not index.page(stored.engine, Asked(PLACE, "2026Q4", "few")).comments
    assert len(told(index, stored, "few")) == 9
    assert not index.page(stored.engine, Asked(OTHER)).hidden
    index.close()


def test_an_interrupted_index_is_finished_the_next_time(stored: Document) -> None:
    index = CommentIndex()
    index.refresh(stored.engine, lambda: True)
    assert told(index, stored) == []
    index.refresh(stored.engine)
    assert len(told(index, stored)) == 11
    index.close()


def test_coding_by_hand_is_one_step_that_undo_takes_back_exactly(
    stored: Document, index: CommentIndex
) -> None:
    ws = stored.workspace
    before = list(EvidenceStore(stored.engine).iter_responses(SURVEY))
    rows = [
        RowCoding(SURVEY, 1, frozenset({LATE, RUDE})),
        RowCoding(SURVEY, 0, frozenset(), frozenset({LATE})),
    ]
    coded = code_by_hand(stored.engine, ws, rows)
    assert (coded.reports, coded.surveys) == (1, 1)
    assert coded.command is not None
    stored.write(coded.command.do(ws))
    (survey,) = ws.surveys.values()
    after = list(EvidenceStore(stored.engine).iter_responses(survey.id))
    assert survey.id != SURVEY
    assert [r.pain_points for r in after[:3]] == [(), (LATE, RUDE), ()]
    assert [(r.answers, r.weight, r.covariates, r.comments, r.at) for r in after] == [
        (r.answers, r.weight, r.covariates, r.comments, r.at) for r in before
    ]
    assert not stored.damaged_batches()
    index.refresh(stored.engine)
    page = index.page(stored.engine, Asked(PLACE, search="again"))
    assert page.total == 11
    assert page.comments[0].pain_points == (LATE, RUDE)
    stored.write(coded.command.undo(ws))
    assert list(ws.surveys) == [SURVEY]
    assert list(EvidenceStore(stored.engine).iter_responses(SURVEY)) == before
    stored.write(coded.command.do(ws))
    stored.publish()
    with read_document(stored.path) as kept:
        assert len(list(EvidenceStore(kept.engine).iter_responses(survey.id))) == len(TEXTS)
        assert not list(EvidenceStore(kept.engine).iter_responses(SURVEY))
    index.close()


def test_a_rule_is_counted_first_and_remembered_for_the_next_export(stored: Document) -> None:
    ws = stored.workspace
    rule = CommentRule(LATE, ("late", "slow"))
    found = rule_found(stored.engine, ws, rule)
    assert (found.comments, found.rows, found.new, found.surveys) == (3, 3, 2, 1)
    assert ws.surveys[SURVEY].mapping == MAPPING
    coded = code_by_rule(stored.engine, ws, rule)
    assert coded.command is not None
    assert coded.reports == 2
    coded.command.do(ws)
    (survey,) = ws.surveys.values()
    (entry,) = parse_mapping(survey.mapping).pain_points
    assert (entry.title, entry.touchpoint, entry.when.contains) == (
        "Late", "Delivery", ("late", "slow"),
    )  # fmt: skip
    assert with_rule(survey.mapping, ws, rule) == survey.mapping
    assert with_rule("", ws, rule) == ""
    again = code_by_rule(stored.engine, ws, CommentRule(LATE, ("nothing like this",)))
    assert again.command is None


def test_a_stopped_coding_leaves_nothing(stored: Document) -> None:
    with pytest.raises(ImportCancelledError):
        code_by_rule(
            stored.engine, stored.workspace, CommentRule(LATE, ("good",)), cancelled=lambda: True
        )
    with stored.engine.connect() as connection:
        (batches,) = connection.exec_driver_sql("SELECT count(*) FROM batch").one()
    assert batches == 1


def test_counts_by_quarter_and_segment_add_up_to_the_answers(stored: Document) -> None:
    read = read_answers(stored.workspace, EvidenceStore(stored.engine))
    whole = read.answers.pooled(NPS)
    assert whole is not None
    assert whole.n == len(TEXTS)
    by_segment = read.answers.by_segment(NPS, 20264)
    assert {s: c.n for s, c in by_segment.items()} == {SEGMENT: 6, None: 6}


def test_refused_records_are_counted_by_reason_and_saved_safely(
    stored: Document, tmp_path: Path
) -> None:
    source = survey_sources(stored.workspace, stored.engine)[SURVEY]
    assert (source.records, source.comments, source.refused) == (12, 11, (("off_scale", 1),))
    path, n = save_refused(stored.engine, Ref(Kind.SURVEY, SURVEY), tmp_path / "refused.csv")
    assert n == 1
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream)) == [
            ["line", "reason", "record"], ["14", "off_scale", "'=cmd(),99"],
        ]  # fmt: skip


def test_a_source_goes_in_one_step_and_comes_back(stored: Document) -> None:
    ws = stored.workspace
    command = removal_of(ws, stored.engine, Ref(Kind.SURVEY, SURVEY))
    stored.write(command.do(ws))
    assert not ws.surveys
    assert read_answers(ws, EvidenceStore(stored.engine)).answers.questions == ()
    stored.write(command.undo(ws))
    assert read_answers(ws, EvidenceStore(stored.engine)).answers.questions == (NPS,)


@pytest.mark.parametrize(
    ("typed", "query"),
    [("", ""), ("  ", ""), ('-*"', ""), ("late", '"late"*'), ("no-one AND", '"no" "one" "and"*')],
)
def test_what_is_typed_never_is_an_operator(typed: str, query: str) -> None:
    assert match_query(typed) == query
