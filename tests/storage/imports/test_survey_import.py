"""Surveys taken in: what is counted, refused, created, known; and that a failure keeps nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from journey.model.ids import Kind
from journey.model.template import new_workspace
from storage.document import Document
from storage.errors import ImportProblem, MappingError, SurveyKnownError
from storage.imports.mapping import parse_mapping
from storage.imports.survey import import_survey
from storage.imports.survey_result import ImportCancelledError
from tests.storage.imports.survey_trial import Trial

TWO_RATINGS = """
[survey]
name = "Two ratings"
design = "relational"
quarter = "2026Q4"
respondent = "id"
segment = "kind"

[[question]]
column = "ease"
touchpoint = "Website"
metric = "csat"

[[question]]
column = "call"
touchpoint = "Call"
metric = "csat"

[[pain_point]]
title = "The call was poor"
touchpoint = "Call"
when = { column = "call", between = [1, 2] }
"""

WIDE = """
[survey]
name = "Flight"
design = "relational"
quarter = "2026Q4"
respondent = "id"
segment = "class"
covariates = ["town"]

[[question]]
column = "wifi"
touchpoint = "Inflight wifi"
stage = "Purchase"
metric = "csat"
scale = [1, 5]
missing = ["0"]

[[question]]
column = "food"
touchpoint = "Food"
metric = "csat"

[[pain_point]]
title = "Wifi does not work"
touchpoint = "Inflight wifi"
when = { column = "wifi", between = [0, 2] }

[outcome]
column = "happy"
bad = ["no"]
means = "dissatisfied"

[[comment]]
column = "why"
touchpoint = "Food"
"""
HEADER = ["id", "class", "town", "wifi", "food", "happy", "why"]
ROWS: list[list[object]] = [
    ["a", "Eco", "Oslo", 1, 5, "no", "Too slow"],
    ["b", "First", "", 0, 4, "yes", ""],
    ["c", "Eco", "Bergen", 5, "", "", ""],
    ["d", "", "", 11, 3, "yes", " "],
    ["e", "Eco", "", "4.5", "", "", ""],
    ["f", "Eco", "", "", "", "", ""],
    ["g", "Eco", "", "", "", "no", ""],
]
LONG = """
[survey]
name = "Contacts"
design = "transactional"
respondent = "who"
segment = "segment"
date = { column = "day", format = "%Y-%m-%d" }

[long]
touchpoint = "where"
score = "score"
metric = "nps"
"""
CONTACTS: list[list[object]] = [
    ["who", "where", "day", "segment", "score"],
    ["a", "Shop", "2026-07-01", "Private", 10],
    ["b", "Call", "2026-12-31", "Business", 0],
    ["a", "Call", "", "Private", 7],
    ["c", "Shop", "2026-13-01", "Private", 5],
    ["d", "", "2026-07-01", "Private", 5],
    ["e", "Shop", "2026-07-01", "", 11],
]


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trial]:
    """A new document beside a folder for files."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    with Document.create(tmp_path / "bank.waymark", new_workspace("Bank")) as document:
        yield Trial(document, tmp_path)


def test_a_wide_table_is_taken_in(trial: Trial) -> None:
    result = trial.take(trial.file([HEADER, *ROWS]), WIDE)
    assert (result.records, result.imported, result.responses) == (7, 5, 5)
    assert trial.counts("2026Q4") == {
        ("Inflight wifi", "Eco", 1): 1,
        ("Inflight wifi", "Eco", 5): 1,
        ("Food", "Eco", 5): 1,
        ("Food", "First", 4): 1,
        ("Food", "", 3): 1,
    }
    assert {(q.touchpoint, q.n) for q in result.questions} == {("Inflight wifi", 2), ("Food", 3)}
    assert result.outcome is not None
    assert (result.outcome.n, result.outcome.bad) == (4, 2)


def test_what_is_refused_is_told_apart_from_what_is_blank(trial: Trial) -> None:
    result = trial.take(trial.file([HEADER, *ROWS]), WIDE)
    assert {(s.reason, s.count, s.example_line) for s in result.skipped} == {
        ("not_whole", 1, 6),
        ("unanswered", 1, 7),
    }
    assert [
        (c.reason, c.column, c.count, c.example_line, c.example) for c in result.refused_cells
    ] == [
        ("not_whole", "wifi", 1, 6, "4.5"),
        ("off_scale", "wifi", 1, 5, "11"),
    ]
    assert result.refused
    rejected = trial.store.rejected(result.survey.id)
    assert [(r.line, r.reason, r.record) for r in rejected] == [
        (5, "off_scale", "d,,,11,3,yes, "),
        (6, "not_whole", "e,Eco,,4.5,,,"),
    ]


def test_blank_records_alone_are_no_refusal(trial: Trial) -> None:
    assert not trial.take(trial.file([HEADER, ROWS[0], ROWS[5]]), WIDE).refused


def test_rows_keep_what_the_file_says(trial: Trial) -> None:
    result = trial.take(trial.file([HEADER, *ROWS]), WIDE)
    rows = list(trial.store.iter_responses(result.survey.id))
    ws = trial.workspace
    assert [row.respondent for row in rows] == ["a", "b", "c", "d", "g"]
    assert [ws.segments[row.segment].name if row.segment else None for row in rows] == [
        "Eco",
        "First",
        "Eco",
        None,
        "Eco",
    ]
    assert [row.outcome for row in rows] == [1, 0, None, 0, 1]
    assert [dict(row.covariates) for row in rows] == [
        {"town": "Oslo"},
        {},
        {"town": "Bergen"},
        {},
        {},
    ]
    # 0 is no answer and 11 is off the scale: neither meets the rule.
    assert [len(row.pain_points) for row in rows] == [1, 0, 0, 0, 0]
    (comment,) = rows[0].comments
    assert (comment.heading, comment.text) == ("why", "Too slow")
    assert comment.touchpoint is not None
    assert ws.touchpoints[comment.touchpoint].name == "Food"


def test_what_the_mapping_names_is_created_in_its_place(trial: Trial) -> None:
    result = trial.take(trial.file([HEADER, *ROWS]), WIDE)
    ws = trial.workspace
    stage_of = {t.name: ws.stages[t.stage].name for t in ws.touchpoints.values() if t.stage}
    assert stage_of == {"Inflight wifi": "Purchase", "Food": "Unsorted"}
    assert {s.name for s in ws.segments.values()} == {"Eco", "First"}
    assert [p.title for p in ws.pain_points.values()] == ["Wifi does not work"]
    assert [s.position for s in ws.stages.values() if s.name == "Unsorted"] == [5.0]
    survey = ws.surveys[result.survey.id]
    assert (survey.records, survey.design, survey.outcome_means) == (
        5,
        "relational",
        "dissatisfied",
    )
    assert survey.source_file == "answers.csv"
    assert trial.document.damaged_batches() == ()


def test_undo_takes_everything_off_and_redo_brings_it_back(trial: Trial) -> None:
    before = trial.workspace.copy()
    result = trial.take(trial.file([HEADER, *ROWS]), WIDE)
    assert result.command is not None
    after = trial.workspace.copy()
    trial.document.write(result.command.undo(trial.workspace))
    assert trial.workspace == before
    assert trial.counts() == {}
    trial.document.write(result.command.do(trial.workspace))
    assert trial.workspace == after
    assert sum(trial.counts().values()) == 5


def test_unknown_names_are_all_listed_with_near_ones(trial: Trial) -> None:
    trial.take(trial.file([HEADER, *ROWS]), WIDE)
    other = WIDE.replace('"Inflight wifi"', '"Inflight wify"').replace('"Food"', '"Drinks"')
    path = trial.file([HEADER, ["z", "Eco", "", 1, 1, "", ""]], "other.csv")
    with pytest.raises(MappingError) as refused:
        trial.take(path, other, create=False)
    assert refused.value.reason == "unknown_name"
    assert set(refused.value.names) == {"Inflight wify", "Drinks"}
    assert refused.value.nearest["Inflight wify"] == ("Inflight wifi",)


def test_unknown_segments_and_touchpoints_of_a_long_table_are_all_listed(trial: Trial) -> None:
    with pytest.raises(MappingError) as refused:
        trial.take(trial.file(CONTACTS), LONG, create=False)
    assert set(refused.value.names) == {"Shop", "Call", "Private", "Business"}
    assert set(trial.rows_stored().values()) == {0}


def test_a_question_asked_again_is_the_same_question(trial: Trial) -> None:
    trial.take(trial.file([HEADER, *ROWS]), WIDE)
    again = [[f"{row[0]}2", *row[1:]] for row in ROWS]
    path = trial.file([HEADER, *again], "later.csv")
    result = trial.take(path, WIDE.replace("2026Q4", "2027Q1"), create=False)
    assert len(trial.workspace.questions) == 2
    assert result.created == ()
    assert trial.store.quarters() == ["2026Q4", "2027Q1"]
    assert trial.counts("2026Q4") == trial.counts("2027Q1")


def test_a_long_table_is_taken_in(trial: Trial) -> None:
    result = trial.take(trial.file(CONTACTS), LONG)
    assert (result.records, result.imported) == (6, 3)
    assert {(s.reason, s.count, s.example_line) for s in result.skipped} == {
        ("date", 1, 5),
        ("no_touchpoint", 1, 6),
        ("off_scale", 1, 7),
    }
    assert trial.counts("2026Q3") == {("Shop", "Private", 10): 1}
    assert trial.counts("2026Q4") == {("Call", "Business", 0): 1}
    # A record without a moment and a quarter still counts where no quarter is asked.
    assert trial.counts()["Call", "Private", 7] == 1
    rows = list(trial.store.iter_responses(result.survey.id))
    assert [(row.at, row.period) for row in rows] == [
        ("2026-07-01T00:00:00Z", 20263),
        ("2026-12-31T00:00:00Z", 20264),
        (None, 0),
    ]


def test_the_fiscal_year_decides_the_quarter(trial: Trial) -> None:
    from journey.edit.change import Set
    from journey.model.ids import Kind, Ref

    ref = Ref(Kind.WORKSPACE, "workspace")
    trial.document.write(Set(ref, fiscal_year_start_month=4).do(trial.workspace))
    trial.take(trial.file(CONTACTS), LONG)
    assert trial.store.quarters() == ["2027Q2", "2027Q3"]


def test_a_time_zone_moves_moments_but_no_days(trial: Trial) -> None:
    zoned = LONG.replace(
        'format = "%Y-%m-%d" }', 'format = "%Y-%m-%d %H:%M", timezone = "Europe/Oslo" }'
    )
    rows = [CONTACTS[0], ["a", "Shop", "2026-07-01 00:30", "", 9]]
    result = trial.take(trial.file(rows), zoned)
    (row,) = trial.store.iter_responses(result.survey.id)
    assert row.at == "2026-06-30T22:30:00Z"
    assert row.period == 20262


def test_relational_long_tables_are_gathered_by_respondent(trial: Trial) -> None:
    rows: list[list[object]] = [
        CONTACTS[0],
        ["a", "Shop", "", "Private", 10],
        ["b", "Shop", "", "Business", 3],
        ["a", "Call", "", "", 7],
        ["a", "Call", "", "", 8],
        ["", "Call", "", "", 1],
        ["", "Call", "", "", 2],
    ]
    mapping = LONG.replace("transactional", "relational")
    result = trial.take(trial.file(rows), mapping)
    assert (result.records, result.imported, result.responses) == (6, 6, 4)
    ws = trial.workspace
    found = [
        (
            row.respondent,
            ws.segments[row.segment].name if row.segment else None,
            {
                ws.touchpoints[t].name: score
                for q, score in row.answers.items()
                if (t := ws.questions[q].touchpoint)
            },
        )
        for row in trial.store.iter_responses(result.survey.id)
    ]
    assert found == [
        ("a", "Private", {"Shop": 10, "Call": 8}),
        ("b", "Business", {"Shop": 3}),
        (None, None, {"Call": 1}),
        (None, None, {"Call": 2}),
    ]
    assert ("answered_twice", "1") in result.warnings
    assert trial.document.damaged_batches() == ()


def test_long_tables_may_mix_metrics_and_name_stages(trial: Trial) -> None:
    mapping = """
[survey]
name = "Mixed"
design = "transactional"
quarter = "2026Q1"
[long]
touchpoint = "where"
score = "score"
metric = "kind"
stage = "phase"
"""
    rows: list[list[object]] = [
        ["where", "kind", "phase", "score"],
        ["Shop", "NPS", "Purchase", 0],
        ["Shop", "csat", "Purchase", 0],
        ["Shop", "csat", "Purchase", 5],
        ["Call", "ces1", "Help", 2],
        ["Call", "mood", "Help", 2],
    ]
    result = trial.take(trial.file(rows), mapping)
    assert {(q.touchpoint, q.question.metric, q.question.scale, q.n) for q in result.questions} == {
        ("Shop", "nps", (0, 10), 1),
        ("Shop", "csat", (1, 5), 1),
        ("Call", "ces1", (1, 5), 1),
    }
    assert {(s.reason, s.count) for s in result.skipped} == {("off_scale", 1), ("metric", 1)}
    assert not next(
        q for q in result.questions if q.question.metric == "ces1"
    ).question.higher_is_better
    assert {s.name for s in trial.workspace.stages.values()} > {"Help", "Purchase"}


def test_weights_are_kept_and_bad_ones_refused(trial: Trial) -> None:
    mapping = WIDE.replace('covariates = ["town"]', 'weight = "town"')
    rows = [
        ["a", "Eco", "0,5", 1, 5, "", ""],
        ["b", "Eco", "", 1, 4, "", ""],
        ["c", "Eco", "0", 1, 4, "", ""],
        ["d", "Eco", "-2", 1, 4, "", ""],
        ["e", "Eco", "nan", 1, 4, "", ""],
    ]
    result = trial.take(trial.file([HEADER, *rows]), mapping)
    assert [(s.reason, s.count) for s in result.skipped] == [("weight", 3)]
    sums = {(h.score, h.n, h.weight, h.weight_sq) for h in trial.store.histogram()}
    assert sums == {(1, 2, 1.5, 1.25), (5, 1, 0.5, 0.25), (4, 1, 1.0, 1.0)}


def test_a_filter_keeps_its_values_only(trial: Trial) -> None:
    mapping = '[source]\nkeep = { column = "town", values = ["oslo", "Rome"] }\n' + WIDE
    result = trial.take(trial.file([HEADER, *ROWS]), mapping)
    assert (result.records, result.imported) == (7, 1)
    assert [(s.reason, s.count, s.example_line) for s in result.skipped] == [("filtered", 6, 3)]
    assert not result.refused
    assert ("keep_never", "Rome") in result.warnings


def test_values_and_rules_nobody_met_are_told(trial: Trial) -> None:
    mapping = WIDE.replace('bad = ["no"]', 'bad = ["no", "never"]').replace(
        "between = [0, 2]", 'values = ["x"]'
    )
    result = trial.take(trial.file([HEADER, *ROWS]), mapping)
    assert set(result.warnings) == {
        ("outcome_never", "never"),
        ("rule_never", "Wifi does not work"),
    }


def test_lines_are_those_of_the_file_though_cells_hold_breaks(trial: Trial) -> None:
    rows: list[list[object]] = [
        ["a", "Eco", "two\nlines", 1, 5, "", ""],
        ["b", "Eco", "two\r\nlines", 9, 5, "", ""],
        [],
        ["c", "Eco", "", "", 9, "", ""],
    ]
    result = trial.take(trial.file([HEADER, *rows]), WIDE)
    assert [(c.column, c.example_line) for c in result.refused_cells] == [("food", 7), ("wifi", 4)]
    assert result.records == 3


def test_ragged_records_are_padded_or_refused(trial: Trial) -> None:
    rows: list[list[object]] = [
        ["a", "Eco", "", 1],
        ["b", "Eco", "", 1, 5, "", "", ""],
        ["c", "Eco", "", 1, 5, "", "", "surplus"],
    ]
    result = trial.take(trial.file([HEADER, *rows]), WIDE)
    assert result.imported == 2
    assert [(s.reason, s.example_line) for s in result.skipped] == [("surplus_cells", 4)]


def test_a_record_cut_off_in_transfer_is_refused(trial: Trial) -> None:
    path = trial.file([HEADER, ["a", "Eco", "", 1], *ROWS[:2]])
    with path.open("a", encoding="utf-8") as stream:
        stream.write("z,Eco,,1")
    result = trial.take(path, WIDE)
    assert (result.records, result.imported) == (4, 3)
    assert [(s.reason, s.example_line) for s in result.skipped] == [("cut_off", 5)]
    assert [r.record for r in trial.store.rejected(result.survey.id)] == ["z,Eco,,1,,,"]


def test_a_dry_run_says_the_same_and_keeps_nothing(trial: Trial) -> None:
    path, before = trial.file([HEADER, *ROWS]), trial.workspace.copy()
    dry = trial.take(path, WIDE, dry_run=True)
    assert dry.command is None
    assert set(trial.rows_stored().values()) == {0}
    assert trial.workspace == before
    real = trial.take(path, WIDE)
    assert (dry.records, dry.imported, dry.skipped, dry.refused_cells, dry.outcome) == (
        real.records,
        real.imported,
        real.skipped,
        real.refused_cells,
        real.outcome,
    )


def test_progress_reaches_the_end_and_cancel_keeps_nothing(trial: Trial) -> None:
    rows = [[f"r{n}", "Eco", "", 1 + n % 5, "", "", "words"] for n in range(60_000)]
    path = trial.file([HEADER, *rows])
    seen: list[tuple[int, int]] = []

    def cancelled() -> bool:
        return len(seen) >= 2

    with pytest.raises(ImportCancelledError):
        trial.take(
            path, WIDE, progress=lambda done, of: seen.append((done, of)), cancelled=cancelled
        )
    assert set(trial.rows_stored().values()) == {0}
    seen.clear()
    trial.take(path, WIDE, progress=lambda done, of: seen.append((done, of)))
    assert seen[-1] == (60_001, 60_001)
    assert seen == sorted(seen)


def test_a_file_that_breaks_midway_keeps_nothing(trial: Trial) -> None:
    rows = [[f"r{n}", "Eco", "", 1 + n % 5, "", "", "words"] for n in range(20_000)]
    path = trial.file([HEADER, *rows])
    with path.open("a", encoding="utf-8") as stream:
        stream.write('x,Eco,,1,,,"' + "never ends " * 120_000)
    with pytest.raises(ImportProblem) as refused:
        trial.take(path, WIDE)
    assert refused.value.reason == "cell_never_ends"
    assert set(trial.rows_stored().values()) == {0}


def test_a_file_without_any_answer_leaves_no_survey(trial: Trial) -> None:
    result = trial.take(trial.file([HEADER, ROWS[5]]), WIDE)
    assert result.command is None
    assert (result.records, result.imported) == (1, 0)


def test_a_column_that_is_not_there_is_named(trial: Trial) -> None:
    with pytest.raises(MappingError) as refused:
        trial.take(trial.file([["id", "class", "town", "wifi"], ["a", "", "", 1]]), WIDE)
    assert refused.value.reason == "unknown_column"
    assert set(refused.value.names) == {"food", "happy", "why"}


def test_a_journey_is_chosen_or_made(trial: Trial) -> None:
    path = trial.file([HEADER, *ROWS])
    with pytest.raises(MappingError) as refused:
        trial.take(path, WIDE, create=False, journey="Returning customers")
    assert "Returning customers" in refused.value.names
    trial.take(path, WIDE, journey="Returning customers")
    ws = trial.workspace
    names = {ws.journeys[t.journey].name for t in ws.touchpoints.values()}
    assert names == {"Returning customers"}


def test_the_same_file_is_known(trial: Trial) -> None:
    path = trial.file([HEADER, *ROWS])
    first = trial.take(path, WIDE)
    with pytest.raises(SurveyKnownError) as refused:
        trial.take(path, WIDE)
    assert refused.value.facts["survey"] == first.survey.id
    with pytest.raises(SurveyKnownError) as nothing:
        trial.take(path, WIDE, if_known="add")
    assert nothing.value.reason == "nothing_new"
    assert trial.rows_stored()["batch"] == 1


def test_the_same_respondents_in_another_file_are_known(trial: Trial) -> None:
    trial.take(trial.file([HEADER, *ROWS]), WIDE)
    later = trial.file([HEADER, *ROWS, ["h", "Eco", "", 3, 3, "", ""]], "later.csv")
    with pytest.raises(SurveyKnownError):
        trial.take(later, WIDE)
    assert trial.rows_stored()["batch"] == 1


def test_adding_takes_new_respondents_only(trial: Trial) -> None:
    trial.take(trial.file([HEADER, *ROWS]), WIDE)
    later = trial.file([HEADER, *ROWS, ["h", "Eco", "", 3, 3, "", ""]], "later.csv")
    result = trial.take(later, WIDE, if_known="add")
    assert (result.imported, result.responses) == (1, 1)
    assert {s.reason: s.count for s in result.skipped}["known"] == 5
    assert len(trial.workspace.surveys) == 2
    assert trial.counts()["Food", "Eco", 3] == 1


def test_adding_contacts_takes_new_answers_of_known_people(trial: Trial) -> None:
    rows = [CONTACTS[0], *([f"p{n}", "Shop", "2026-07-01", "", n % 11] for n in range(20))]
    trial.take(trial.file(rows), LONG)
    more: list[list[object]] = [
        ["p0", "Call", "2026-07-01", "", 4],
        ["p1", "Shop", "2026-08-01", "", 1],
    ]
    result = trial.take(trial.file([*rows, *more], "later.csv"), LONG, if_known="add")
    assert result.imported == 2
    assert sum(trial.counts().values()) == 22


def test_replacing_takes_the_old_survey_off_in_one_step(trial: Trial) -> None:
    first = trial.take(trial.file([HEADER, *ROWS]), WIDE)
    later = trial.file([HEADER, *ROWS, ["h", "Eco", "", 3, 3, "", ""]], "later.csv")
    result = trial.take(later, WIDE, if_known="replace")
    assert result.replaced == (first.survey.id,)
    assert set(trial.workspace.surveys) == {result.survey.id}
    assert sum(trial.counts().values()) == 7
    assert result.command is not None
    trial.document.write(result.command.undo(trial.workspace))
    assert set(trial.workspace.surveys) == {first.survey.id}
    assert sum(trial.counts().values()) == 5


def test_a_later_quarter_of_the_same_people_is_another_survey(trial: Trial) -> None:
    trial.take(trial.file([HEADER, *ROWS]), WIDE)
    path = trial.file([HEADER, *ROWS, ["h", "Eco", "", 3, 3, "", ""]], "later.csv")
    trial.take(path, WIDE.replace("2026Q4", "2027Q1"))
    assert len(trial.workspace.surveys) == 2


def test_a_survey_without_respondents_cannot_be_added_to(trial: Trial) -> None:
    mapping = WIDE.replace('respondent = "id"\n', "")
    path = trial.file([HEADER, *ROWS])
    trial.take(path, mapping)
    with pytest.raises(SurveyKnownError):
        trial.take(path, mapping, if_known="add")


def test_a_mapping_without_a_survey_is_refused(trial: Trial) -> None:
    from storage.imports.mapping import parse_mapping
    from storage.imports.survey import import_survey

    mapping = replace(parse_mapping(WIDE), survey=None)
    with pytest.raises(MappingError):
        import_survey(trial.document, trial.file([HEADER, *ROWS]), mapping)


def test_the_same_file_in_two_workspaces_makes_the_same_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fixtures: Path
) -> None:
    path = fixtures / "imports" / "two_ratings.csv"
    mapping = parse_mapping(TWO_RATINGS)
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    ids = []
    for name in ("one", "two"):
        with Document.create(tmp_path / f"{name}.waymark", new_workspace("Same")) as document:
            taken = import_survey(document, path, mapping, create=True)
            assert taken.command is not None
            document.write(taken.command.do(document.workspace))
            kinds = (Kind.SURVEY, Kind.QUESTION, Kind.TOUCHPOINT, Kind.SEGMENT, Kind.PAIN_POINT)
            ids.append([sorted(document.workspace.table(kind)) for kind in kinds])
    assert ids[0] == ids[1]
    assert all(ids[0])


def test_an_import_after_its_undo_takes_another_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fixtures: Path
) -> None:
    path = fixtures / "imports" / "two_ratings.csv"
    mapping = parse_mapping(TWO_RATINGS)
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
    with Document.create(tmp_path / "one.waymark", new_workspace("Same")) as document:
        surveys = []
        for _ in range(2):
            taken = import_survey(document, path, mapping, create=True)
            assert taken.command is not None
            document.write(taken.command.do(document.workspace))
            surveys += list(document.workspace.surveys)
            document.write(taken.command.undo(document.workspace))
        assert len(set(surveys)) == 2


IN_WORDS = """
[survey]
name = "Films"
design = "relational"
quarter = "2026Q4"
respondent = "id"

[[question]]
column = "han"
touchpoint = "Han Solo"
metric = "rating"
scale = [1, 3]
scores = { "Unfavorably" = 1, "Neutral" = 2, "Favorably" = 3 }

[[pain_point]]
title = "Han Solo is not liked"
touchpoint = "Han Solo"
when = { column = "han", between = [1, 1] }
"""


def test_a_rule_on_answers_in_words_goes_by_what_they_count_as(trial: Trial) -> None:
    rows = [["id", "han"], ["1", "Unfavorably"], ["2", "Neutral"], ["3", "Favorably"], ["4", ""]]
    result = trial.take(trial.file(rows), IN_WORDS)
    assert result.imported == 3
    (survey,) = trial.workspace.surveys
    named = [r.respondent for r in trial.store.iter_responses(survey) if r.pain_points]
    assert named == ["1"]
