"""Exports with a column for each answer: one question again, and nobody answers it twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.errors import MappingError
from storage.imports.inspect import inspect_file
from storage.imports.mapping import propose, write_mapping
from storage.imports.survey_result import SurveyImport
from tests.storage.imports.log_trial import log_trial
from tests.storage.imports.survey_trial import Trial

LEVELS = ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"]
FIXED = ["Respondent ID", "Collector ID", "Date Created", "Date Modified"]


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    with log_trial(tmp_path) as made:
        yield Trial(made.document, tmp_path)


def rows_of(scores: list[int | None], heads: list[str], look: list[object]) -> list[list[object]]:
    """A SurveyMonkey export whose columns hold a tick each, looking like that of `look`."""
    rows: list[list[object]] = [
        [*FIXED, "How satisfied are you with delivery?", *[""] * (len(heads) - 1)],
        ["", "", "", "", *heads],
    ]
    for n, score in enumerate(scores):
        ticks: list[object] = [tick if score == at else "" for at, tick in enumerate(look)]
        rows.append([118_000_000 + n, 4_433, "07/13/2026 10:00:00", "07/13/2026 10:00:00", *ticks])
    return rows


def taken(trial: Trial, rows: list[list[object]]) -> SurveyImport:
    path = trial.file(rows)
    return trial.take(path, write_mapping(propose(inspect_file(path))))


def told(result: SurveyImport) -> list[tuple[str, str, tuple[int, int], int]]:
    return [(q.touchpoint, q.question.metric, q.question.scale, q.n) for q in result.questions]


@pytest.mark.parametrize(
    "look", [list(LEVELS), [1] * 5, ["X"] * 5, [1, 2, 3, 4, 5]], ids=["text", "1", "x", "place"]
)
def test_a_tick_may_look_in_many_ways(trial: Trial, look: list[object]) -> None:
    scores: list[int | None] = [0, 1, 2, 2, 4, None, *([3] * 30)]
    result = taken(trial, rows_of(scores, LEVELS, look))
    assert told(result) == [("Delivery", "csat", (1, 5), 35)]
    assert not result.refused_cells
    question = result.questions[0].question
    assert question.text == "How satisfied are you with delivery?"
    rows = [row for row in trial.store.histogram() if row.question == question.id]
    assert {row.score: row.n for row in rows} == {1: 1, 2: 1, 3: 2, 4: 30, 5: 1}


def test_the_eleven_answers_of_nps_are_one_question(trial: Trial) -> None:
    heads = ["Not at all likely - 0", *map(str, range(1, 10)), "Extremely likely - 10"]
    rows = rows_of([n % 11 for n in range(44)], heads, list(heads))
    rows[0][4] = "How likely is it that you would recommend us to a friend?"
    assert told(taken(trial, rows)) == [("Overall experience", "nps", (0, 10), 44)]


def test_a_grid_is_a_question_for_each_of_its_rows(trial: Trial) -> None:
    heads = [f"{row} - {level}" for row in ("Speed", "Price") for level in LEVELS]
    rows = rows_of([n % 5 for n in range(40)], heads, list(heads))
    for n, row in enumerate(rows[2:]):
        row[9 + n % 5] = heads[5 + n % 5]
    assert {q[:2] for q in told(taken(trial, rows))} == {("Speed", "csat"), ("Price", "csat")}


def test_an_answer_nobody_gave_is_known_all_the_same(trial: Trial) -> None:
    rows = rows_of([1, 2, 3] * 12, LEVELS, list(LEVELS))
    mapping = propose(inspect_file(trial.file(rows)))
    assert [q.scores for q in mapping.questions] == [
        ((level, score),) for score, level in enumerate(LEVELS, 1)
    ]


@given(
    scores=st.lists(
        st.tuples(st.none() | st.integers(0, 4), st.none() | st.integers(0, 4)),
        min_size=30,
        max_size=60,
    )
)
@settings(max_examples=15, deadline=None)
def test_two_answers_of_one_record_are_none_and_said(
    tmp_path_factory: pytest.TempPathFactory, scores: list[tuple[int | None, int | None]]
) -> None:
    with log_trial(tmp_path_factory.mktemp("ticks")) as made:
        trial = Trial(made.document, tmp_path_factory.mktemp("files"))
        clean = rows_of([n % 5 for n in range(40)], LEVELS, list(LEVELS))
        mapping = write_mapping(propose(inspect_file(trial.file(clean))))
        rows = rows_of([first for first, _ in scores], LEVELS, list(LEVELS))
        for row, (_, second) in zip(rows[2:], scores, strict=True):
            if second is not None:
                row[4 + second] = LEVELS[second]
        result = trial.take(trial.file(rows, "next.csv"), mapping)
        said = [{s for s in pair if s is not None} for pair in scores]
        assert sum(q.n for q in result.questions) == sum(len(each) == 1 for each in said)
        twice = sum(len(each) == 2 for each in said)
        assert sum(c.count for c in result.refused_cells) == twice
        assert {c.reason for c in result.refused_cells} == ({"two_answers"} if twice else set())


def test_two_columns_of_scores_are_no_ticks(trial: Trial) -> None:
    path = trial.file([["a", "b"], *([n % 5 + 1, n % 5 + 1] for n in range(40))])
    asked = 'touchpoint = "Shop"\ntext = "How was it?"\nmetric = "csat"\nscale = [1, 5]\n'
    survey = '[survey]\nname = "S"\ndesign = "transactional"\nquarter = "2026Q1"\n'
    mapping = survey + "".join(f'[[question]]\ncolumn = "{name}"\n{asked}' for name in "ab")
    with pytest.raises(MappingError) as caught:
        trial.take(path, mapping)
    assert caught.value.reason == "duplicate"
