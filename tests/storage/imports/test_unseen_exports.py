"""Exports in shapes that came up later: written by hand as public files and handbooks show them."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from journey.model.template import new_workspace
from storage.document import Document
from storage.imports.answer_words import is_no_answer, named_scores
from storage.imports.inspect import Inspection, inspect_file
from storage.imports.mapping import Mapping, propose, write_mapping
from storage.imports.question_words import touchpoint_name
from tests.storage.imports.foreign_files import spss, workbook
from tests.storage.imports.survey_trial import Trial

RECORDS = 36
DAYS = [f"2026-{1 + n % 12:02d}-{1 + n % 28:02d} 10:00:00" for n in range(RECORDS)]
NPS = [str(n % 11) for n in range(RECORDS)]
FIVE = [str(1 + n % 5) for n in range(RECORDS)]
TEXTS = [f"The parcel came late and nobody answered, order {n}" for n in range(RECORDS)]

Write = Callable[..., Path]


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    path = tmp_path / "trial.waymark"
    Document.create(path, new_workspace("Trial")).close()
    return Trial(Document.open(path), tmp_path)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(header: Sequence[str], *columns: Sequence[object], above: str = "") -> Path:
        text = io.StringIO()
        csv.writer(text).writerows([header, *zip(*columns, strict=True)])
        path = tmp_path / "export.csv"
        path.write_text(above + text.getvalue(), encoding="utf-8", newline="")
        return path

    return write


def every(*values: str) -> list[str]:
    return [values[n % len(values)] for n in range(RECORDS)]


def proposed(path: Path) -> Mapping:
    return propose(inspect_file(path))


def asked(mapping: Mapping) -> dict[str, tuple[str, tuple[int, int]]]:
    return {q.column: (q.metric, q.scale) for q in mapping.questions}


def notices(found: Inspection) -> list[str]:
    return [notice.reason for notice in found.warnings]


# Words


EASE = [
    "Extremely difficult", "Very difficult", "Somewhat difficult", "Neither easy nor difficult",
    "Somewhat easy", "Very easy", "Extremely easy",
]  # fmt: skip


def test_seven_levels_of_ease() -> None:
    found = named_scores(EASE)
    assert found is not None
    assert (found.family, found.scale) == ("ease", (1, 7))
    assert found.scores == tuple((text, n) for n, text in enumerate(EASE, start=1))


def test_five_levels_of_ease_stay_five() -> None:
    found = named_scores(["Very difficult", "Difficult", "Neutral", "Easy", "Extremely easy"])
    assert found is not None
    assert found.scale == (1, 5)


@pytest.mark.parametrize(
    "text", ["Refused", "Don't know / refused", "No response", "DK", "Brak odpowiedzi", "–", "."]
)
def test_words_for_no_answer(text: str) -> None:
    assert is_no_answer(text)


@pytest.mark.parametrize("text", ["Refused boarding", "good or bad", "satisfied / happy"])
def test_what_is_an_answer(text: str) -> None:
    assert not is_no_answer(text)


def test_a_code_labelled_refused_is_no_score(tmp_path: Path, trial: Trial) -> None:
    labels = {1.0: "Very dissatisfied", 5.0: "Very satisfied", 99.0: "Refused"}
    cases = [[99.0 if n % 9 == 0 else 1.0 + n % 5] for n in range(RECORDS)]
    path = tmp_path / "branch.sav"
    spss(path, [("Q1", "How satisfied are you with the branch?", labels, None)], cases)
    mapping = proposed(path)
    assert asked(mapping) == {"Q1": ("csat", (1, 5))}
    text = write_mapping(mapping).replace("# quarter =", "quarter =", 1)
    done = trial.take(path, text)
    assert [question.n for question in done.questions] == [32]


# Headers


def test_short_names_for_satisfaction(write: Write) -> None:
    path = write(["id", "sat_onboarding", "Sat_support"], range(RECORDS), FIVE, FIVE[::-1])
    assert asked(proposed(path)) == {
        "sat_onboarding": ("csat", (1, 5)),
        "Sat_support": ("csat", (1, 5)),
    }


def test_the_score_beside_its_group(write: Write) -> None:
    groups = ["Promoter" if int(s) > 8 else "Passive" if int(s) > 6 else "Detractor" for s in NPS]
    found = inspect_file(write(["day", "Q2_NPS_GROUP", "Q2"], DAYS, groups, NPS))
    assert asked(propose(found)) == {"Q2": ("nps", (0, 10))}
    assert "nps_groups" not in notices(found)


def test_counts_beside_a_group_are_no_scores(write: Write) -> None:
    counts = [str(40 + n) for n in range(RECORDS)]
    path = write(["day", "Q2_NPS_GROUP", "Q2"], DAYS, every("Promoter", "Passive"), counts)
    assert not asked(proposed(path))


def test_recalled_answers_and_bold_words_are_no_part_of_a_question(write: Write) -> None:
    title = "*How likely* are you to recommend {{field:7d956171-88d8-4613}} to a friend?"
    path = write(
        ["#", title, "Submit Date (UTC)", "Network ID"],
        [f"t{n:031x}" for n in range(RECORDS)],
        NPS,
        DAYS,
        every("n"),
    )
    (question,) = proposed(path).questions
    assert question.column == "How likely are you to recommend … to a friend?"
    assert question.touchpoint == touchpoint_name("How likely are you to recommend us?")


def test_an_asterisk_alone_stays(write: Write) -> None:
    path = write(["Day*", "How satisfied are you with 2*3 beds?"], DAYS, FIVE)
    assert asked(proposed(path)).keys() == {"How satisfied are you with 2*3 beds?"}


def test_comments_above_the_header(write: Write) -> None:
    above = "# Please keep, thanks\n# colours: green = done\n"
    path = write(["day", "How satisfied are you with the bus?"], DAYS, FIVE, above=above)
    found = inspect_file(path)
    assert (found.header_rows, found.records) == (3, RECORDS)
    assert asked(propose(found)) == {"How satisfied are you with the bus?": ("csat", (1, 5))}


def test_a_number_sign_in_a_header_is_no_comment(write: Write) -> None:
    path = write(["# of visits", "satisfaction"], [str(n) for n in range(RECORDS)], FIVE)
    assert inspect_file(path).header_rows == 1


def test_texts_below_short_names(write: Write) -> None:
    path = write(
        ["CASE", "STARTED", "A102_01", "A103"],
        ["Number of the interview", *map(str, range(RECORDS))],
        ["Time the interview began", *DAYS],
        ["How satisfied are you with the clinic?", *FIVE],
        ["How likely are you to recommend us?", *NPS],
    )
    found = inspect_file(path)
    assert (found.header_rows, found.records) == (2, RECORDS)
    mapping = propose(found)
    assert asked(mapping) == {"A102_01": ("csat", (1, 5)), "A103": ("nps", (0, 10))}
    assert mapping.questions[0].touchpoint == "Clinic"


@pytest.mark.parametrize("first", ["71,5 %", "12 min", "k.A."])
def test_a_first_record_of_words_is_no_header(write: Write, first: str) -> None:
    path = write(["store", "share"], ["Oslo", *every("Rome", "Oslo")], [first, *FIVE])
    assert inspect_file(path).header_rows == 1


def test_the_ids_of_qualtrics_with_hard_spaces(write: Write) -> None:
    ids = ['{"ImportId":"startDate","timeZone":"Europe/Oslo"}', '{"ImportId":"QID2"}']
    path = write(
        ["StartDate", "Q2"],
        ["Start Date\u00a0", ids[0] + "\u00a0", *DAYS],
        ["How satisfied are you with the bus?\u00a0", ids[1] + "\u00a0", *FIVE],
    )
    found = inspect_file(path)
    assert (found.vendor, found.records) == ("qualtrics", RECORDS)
    assert found.columns[0].column.timezone == "Europe/Oslo"


# Services


def test_one_metric_beside_another_question(write: Write) -> None:
    path = write(
        ["Survey Type", "Score", "Comment", "Responded At", "Delivery rating"],
        every("csat"),
        FIVE,
        TEXTS,
        DAYS,
        FIVE[::-1],
    )
    assert asked(proposed(path)) == {"Score": ("csat", (1, 5)), "Delivery rating": ("csat", (1, 5))}


def test_a_score_beside_a_column_of_metrics(write: Write, trial: Trial) -> None:
    scores = [str(n % 11 if n % 2 else 1 + n % 5) for n in range(RECORDS)]
    path = write(
        ["Response ID", "Score", "Question Type", "Date Responded"],
        range(RECORDS),
        scores,
        every("5STAR", "NPS"),
        DAYS,
    )
    done = trial.take(path, write_mapping(proposed(path)))
    assert {(q.question.metric, q.n) for q in done.questions} == {("csat", 18), ("nps", 18)}


def test_hubspot_in_its_older_words(write: Write) -> None:
    effort = [str(1 + n % 7) for n in range(RECORDS)]
    path = write(
        ["Submission Date", "Survey type", "Survey response", "Feedback sentiment"],
        DAYS,
        every("CES"),
        effort,
        every("Detractor", "Passive", "Promoter"),
    )
    found = inspect_file(path)
    assert found.vendor == "hubspot"
    assert asked(propose(found)) == {"Survey response": ("ces", (1, 7))}
    assert "nps_groups" not in notices(found)


def test_a_score_beside_what_people_wrote(write: Write) -> None:
    path = write(["reviewId", "content", "score", "at"], range(RECORDS), TEXTS, FIVE, DAYS)
    assert asked(proposed(path)) == {"score": ("csat", (1, 5))}


def test_the_day_of_the_survey_before_that_of_the_order(write: Write) -> None:
    path = write(
        ["order_date_time", "Survey_response_Date", "CSAT Score"],
        every("01/07/2026 20:15"),
        [f"{1 + n % 28:02d}-Aug-26" for n in range(RECORDS)],
        FIVE,
    )
    survey = proposed(path).survey
    assert survey is not None
    assert survey.date is not None
    assert survey.date.column == "Survey_response_Date"


def test_microsoft_forms_without_the_formats_of_dates(tmp_path: Path) -> None:
    head = ["Identyfikator", "Godzina rozpoczęcia", "Godzina ukończenia", "E-mail", "Nazwa", "NPS"]
    rows = [[n + 1, 46206.5 + n, 46206.75 + n, "anonymous", None, n % 11] for n in range(RECORDS)]
    workbook(tmp_path / "forms.xlsx", {"Arkusz1": [head, *rows]})
    found = inspect_file(tmp_path / "forms.xlsx")
    assert found.vendor == "microsoft_forms"
    survey = propose(found).survey
    assert survey is not None
    assert survey.date is not None
    assert (survey.date.column, survey.date.format) == ("Godzina ukończenia", "excel")


# Ticked options


def test_ticks_that_are_the_options_numbers(write: Write, trial: Trial) -> None:
    path = write(
        ["Respondent ID", "Collector ID", "Start Date", "End Date", "What went wrong?", "", ""],
        ["", *(f"1180{n:05d}" for n in range(RECORDS))],
        ["", *every("1")],
        ["", *DAYS],
        ["", *DAYS],
        ["Long queue", *every("1", "")],
        ["Cold food", *every("", "2", "")],
        ["Other (please specify)", *every("", "", "", "Too many bees in the tent")],
    )
    mapping = proposed(path)
    assert {(p.title, p.when.values) for p in mapping.pain_points} == {
        ("Long queue", ("1",)),
        ("Cold food", ("2",)),
    }


@pytest.mark.parametrize("question", ["Was war schlecht?", "What was bad?", "Hva var dårlig?"])
def test_questions_about_what_was_bad(write: Write, question: str) -> None:
    heads = [f"{question} [Wait]", f"{question} [Price]"]
    path = write(["day", *heads], DAYS, every("Yes", "No"), every("No", "Yes", "No"))
    assert {rule.title for rule in proposed(path).pain_points} == {"Wait", "Price"}


# Long tables


def test_questions_on_several_scales_are_asked_for(write: Write) -> None:
    questions = ["How satisfied are you with the hotel?", "How likely are you to recommend us?"]
    path = write(["id", "day", "question", "answer"], range(RECORDS), DAYS, every(*questions), NPS)
    found = inspect_file(path)
    mapping = propose(found)
    assert mapping.takes_nothing
    assert "mixed_questions" in notices(found)


def test_questions_on_several_scales_with_their_metric(write: Write, trial: Trial) -> None:
    questions = every("How satisfied are you with the hotel?", "Would you recommend us?")
    answers = [FIVE[n] if n % 2 == 0 else NPS[n] for n in range(RECORDS)]
    path = write(
        ["day", "question", "answer", "metric"], DAYS, questions, answers, every("csat", "nps")
    )
    done = trial.take(path, write_mapping(proposed(path)))
    assert {(q.question.metric, q.n) for q in done.questions} == {("csat", 18), ("nps", 18)}


# What is looked at


def test_how_long_a_question_took_needs_no_scores(write: Write) -> None:
    spent = [f"{1 + n % 9}.25" for n in range(RECORDS)]
    heads = ["Date submitted", "Last page", "Question time: nps", "Recommend [us]"]
    found = inspect_file(write(heads, DAYS, every("4"), spent, NPS))
    assert "part_scores" not in notices(found)


def test_a_score_in_tenths_is_named(write: Write) -> None:
    tenths = [f"{3 + n % 70 / 10:.1f}" for n in range(RECORDS)]
    found = inspect_file(write(["Review_Date", "Reviewer_Score"], DAYS, tenths))
    assert "part_scores" in notices(found)


def test_answers_by_the_names_of_their_questions(write: Write, trial: Trial) -> None:
    questions = every("How satisfied are you with onboarding?", "Rate the hotline")
    path = write(["Created Date", "Question Name", "Response Value"], DAYS, questions, FIVE)
    done = trial.take(path, write_mapping(proposed(path)))
    assert {(q.touchpoint, q.question.metric, q.n) for q in done.questions} == {
        (questions[0], "csat", 18),
        (questions[1], "csat", 18),
    }


# Standard scales of forms


@pytest.mark.parametrize(
    ("levels", "top"),
    [
        (["Poor", "Below average", "Average", "Above average", "Excellent"], 5),
        (
            [
                "Extremely unhappy", "Very unhappy", "Unhappy", "Neutral", "Happy", "Very happy",
                "Extremely happy",
            ],
            7,
        ),
    ],
)  # fmt: skip
def test_more_scales_in_words(levels: list[str], top: int) -> None:
    found = named_scores(levels)
    assert found is not None
    assert (found.scale, found.scores) == (
        (1, top),
        tuple((text, n) for n, text in enumerate(levels, start=1)),
    )


def test_the_points_of_a_quiz_are_no_score(write: Write) -> None:
    points = [f"{n % 11} / 10" for n in range(RECORDS)]
    path = write(
        ["Timestamp", "Poeng", "How satisfied are you with the course?"], DAYS, points, FIVE
    )
    assert asked(proposed(path)).keys() == {"How satisfied are you with the course?"}
