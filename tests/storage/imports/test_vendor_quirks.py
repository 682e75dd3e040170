"""What vendors add to their exports and people do to them, by small tables written by hand."""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.imports.answer_words import named_scores
from storage.imports.dates import counted_format, date_parser, find_date_format
from storage.imports.inspect import Inspection, inspect_file
from storage.imports.likely_kind import likely_kind
from storage.imports.mapping import propose
from storage.imports.numbers import parse_number
from storage.imports.question_words import touchpoint_name
from storage.imports.signatures import recognise

RECORDS = 40
FIVE = [str(1 + n % 5) for n in range(RECORDS)]
FOUR = [str(1 + n % 4) for n in range(RECORDS)]
NPS = [str(n % 11) for n in range(RECORDS)]
DAYS = [f"2026-{1 + n % 9:02d}-{1 + n % 28:02d} 10:00:00" for n in range(RECORDS)]
IDS = [str(500 + n) for n in range(RECORDS)]


def table(folder: Path, heads: Sequence[Sequence[str]], *columns: Sequence[object]) -> Inspection:
    """Inspect a file of some header rows and the columns below them."""
    path = folder / "export.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([*heads, *zip(*columns, strict=True)])
    return inspect_file(path)


def asked(seen: Inspection) -> dict[str, tuple[str, tuple[int, int]]]:
    return {q.touchpoint: (q.metric, q.scale) for q in propose(seen).questions}


def noticed(seen: Inspection) -> dict[str, str]:
    return {notice.reason: notice.detail for notice in seen.warnings}


QUALTRICS = ["StartDate", "EndDate", "Status", "Progress", "Finished", "RecordedDate", "ResponseId"]


def qualtrics(folder: Path, *columns: tuple[str, str, str, Sequence[object]]) -> Inspection:
    """An export of three header rows; a column is tag, text, import id and answers."""
    heads = [
        [*QUALTRICS, *(tag for tag, *_ in columns)],
        [*QUALTRICS, *(text for _, text, *_ in columns)],
        [f'{{"ImportId":"{key}"}}' for key in (*QUALTRICS, *(c[2] for c in columns))],
    ]
    fixed = [DAYS, DAYS, ["0"] * RECORDS, ["100"] * RECORDS, ["1"] * RECORDS, DAYS, IDS]
    return table(folder, heads, *fixed, *(answers for *_, answers in columns))


def test_qualtrics_loops_ask_about_what_they_loop_over(tmp_path: Path) -> None:
    text = "{0} - How satisfied were you with this step?"
    loops = [
        (f"{n}_Q5", text.format(name), f"{n}_QID5", FIVE) for n, name in ((1, "Room"), (2, "Bar"))
    ]
    assert asked(qualtrics(tmp_path, *loops)) == {"Room": ("csat", (1, 5)), "Bar": ("csat", (1, 5))}


def test_the_order_in_which_qualtrics_showed_things_is_no_answer(tmp_path: Path) -> None:
    grid = "How satisfied are you? - {0}"
    seen = qualtrics(
        tmp_path,
        ("Q2_1", grid.format("Room"), "QID2_1", FIVE),
        ("Q2_DO_1", grid.format("Display Order - Room"), "QID2_DO_1", FIVE),
        ("FL_6_DO_B", "Randomizer - Satisfaction block", "FL_6_DO_B", FIVE),
        ("Q9_Click Count", "Satisfaction - Click Count", "QID9_CLICK_COUNT", FIVE),
        ("Q_RelevantIDFraudScore", "Q_RelevantIDFraudScore", "Q_RelevantIDFraudScore", NPS),
    )
    assert asked(seen) == {"Room": ("csat", (1, 5))}


def test_seen_and_unanswered_among_words_is_missing(tmp_path: Path) -> None:
    said = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree", "-99"]
    answers = [said[n % 6] for n in range(RECORDS)]
    seen = qualtrics(tmp_path, ("Q3", "The staff was friendly", "QID3", answers))
    (question,) = propose(seen).questions
    assert (question.scale, question.missing) == ((1, 5), ("-99",))


def test_a_slider_is_a_rating_of_a_hundred_steps(tmp_path: Path) -> None:
    slid = [str(n * 97 % 101) for n in range(RECORDS)]
    text = "How satisfied are you with the delivery? - Satisfaction"
    seen = qualtrics(tmp_path, ("Q5_1", text, "QID5_1", slid))
    assert list(asked(seen).values()) == [("rating", (0, 100))]


def test_surveymonkey_is_known_by_its_shape_in_any_language(tmp_path: Path) -> None:
    fixed = ["ID", "Zbieracz", "Początek", "Koniec", "Adres IP", "E-mail", "Imię", "Nazwisko"]
    heads = [[*fixed, "Jak oceniasz dostawę?"], [*[""] * 8, "Odpowiedź"]]
    long = [str(118_000_000_000 + n) for n in range(RECORDS)]
    blank = [""] * RECORDS
    seen = table(
        tmp_path, heads, long, ["443322110"] * RECORDS, DAYS, DAYS, blank, blank, blank, blank, FIVE
    )
    assert (seen.vendor, seen.header_rows, seen.records) == ("surveymonkey", 2, RECORDS)
    survey = propose(seen).survey
    assert survey is not None
    assert survey.date is not None
    assert (survey.respondent, survey.date.column) == ("ID", "Koniec")
    assert asked(seen) == {"Dostawę": ("csat", (1, 5))}


def test_points_and_feedback_of_a_quiz_are_no_questions(tmp_path: Path) -> None:
    question = "How satisfied are you with the room?"
    head = ["ID", "Start time", "Completion time", "Email", "Name", "Total points", question]
    head += [f"Points - {question}", f"Feedback - {question}"]
    names = [["anonymous"] * RECORDS, [""] * RECORDS, FIVE]
    seen = table(tmp_path, [head], IDS, DAYS, DAYS, *names, FOUR, FIVE, [""] * RECORDS)
    assert asked(seen) == {"Room": ("csat", (1, 5))}


def test_limesurveys_row_of_field_names_is_no_answer(tmp_path: Path) -> None:
    texts = ["Response ID", "Date submitted", "Last page", "Start language", "Rate it [Room]"]
    codes = ["id", "submitdate", "lastpage", "startlanguage", "Q1_SQ001"]
    answers = [score if n % 9 else "{question_not_shown}" for n, score in enumerate(FIVE)]
    fixed = [IDS, DAYS, ["3"] * RECORDS, ["en"] * RECORDS]
    seen = table(tmp_path, [texts, codes], *fixed, answers)
    assert (seen.vendor, seen.header_rows, seen.records) == ("limesurvey", 2, RECORDS)
    (question,) = propose(seen).questions
    assert (question.touchpoint, question.missing) == ("Room", ("{question_not_shown}",))


def test_services_are_known_however_their_columns_are_spelt() -> None:
    head = ["Response ID", "Answer", "Question Type", "Comment", "Responded At"]
    assert recognise([head, ["1", "9", "NPS", "", "2026-07-01"]]).vendor == "asknicely"


def test_thumbs_are_the_two_ends_of_satisfaction(tmp_path: Path) -> None:
    head = ["id", "survey_type", "score", "comment", "permalink"]
    thumbs = [str(n % 2) for n in range(RECORDS)]
    said = ["thumbs"] * RECORDS, thumbs, [""] * RECORDS, ["u"] * RECORDS
    (question,) = propose(table(tmp_path, [head], IDS, *said)).questions
    assert (question.metric, question.scores) == ("csat", (("0", 1), ("1", 5)))


@pytest.mark.parametrize("top", [5, 7])
def test_an_effort_score_has_the_scale_its_answers_have(tmp_path: Path, top: int) -> None:
    head = ["id", "survey_type", "score", "comment", "permalink"]
    scores = [str(1 + n % top) for n in range(RECORDS)]
    said = ["ces"] * RECORDS, scores, [""] * RECORDS, ["u"] * RECORDS
    (question,) = propose(table(tmp_path, [head], IDS, *said)).questions
    assert (question.metric, question.scale) == ("ces", (1, top))


SCALES = [
    ("mycket missnöjd|missnöjd|varken nöjd eller missnöjd|nöjd|mycket nöjd", 5),
    ("Äußerst unzufrieden|Eher unzufrieden|Weder noch|Eher zufrieden|Äußerst zufrieden", 5),
    ("Molto insoddisfatto|Insoddisfatto|Neutrale|Soddisfatto|Molto soddisfatto", 5),
    ("Zeer ontevreden|Ontevreden|Neutraal|Tevreden|Zeer tevreden", 5),
    ("Skrajnie niezadowolony|Niezadowolony|Średnio|Zadowolony|Skrajnie zadowolony", 5),
    ("😡 Very poor|🙁 Poor|😐 Average|🙂 Good|😀 Excellent", 5),
    ("Extremely unhappy|Unhappy|Neutral|Happy|Extremely happy", 5),
]


@pytest.mark.parametrize(("levels", "top"), SCALES)
def test_scales_in_words(levels: str, top: int) -> None:
    found = named_scores(levels.split("|"))
    assert found is not None
    assert found.scale == (1, top)
    assert [text for text, _ in found.scores] == levels.split("|")


WORDINGS = [
    ("NPS. How likely are you to recommend us to a friend?", "Overall experience"),
    ("Q#3: How satisfied are you with onboarding? (Answer)", "Onboarding"),
    ("Would you recommend us?", "Overall experience"),
    ("Hur nöjd är du med leveransen?", "Leveransen"),
    ("Hoe tevreden bent u met de levering?", "Levering"),
]


@pytest.mark.parametrize(("title", "about"), WORDINGS)
def test_what_questions_are_about(title: str, about: str) -> None:
    assert touchpoint_name(title) == about


def test_a_sum_at_the_foot_hides_no_question(tmp_path: Path) -> None:
    title = "How satisfied are you with delivery?"
    ids = [*IDS, "id", "Average", "Total"]
    scores = [*FIVE, title, "2.97", "178"]
    seen = table(tmp_path, [["id", title]], ids, scores)
    assert asked(seen) == {"Delivery": ("csat", (1, 5))}


def test_many_odd_scores_are_another_scale(tmp_path: Path) -> None:
    odd = ["55" if n % 8 == 0 else score for n, score in enumerate(FIVE)]
    assert asked(table(tmp_path, [["id", "How satisfied are you with delivery?"]], IDS, odd)) != {
        "Delivery": ("csat", (1, 5))
    }


def test_erased_answers_are_missing(tmp_path: Path) -> None:
    erased = ["[deleted]" if n % 5 == 0 else score for n, score in enumerate(FIVE)]
    (question,) = propose(
        table(tmp_path, [["id", "How satisfied are you with it?"]], IDS, erased)
    ).questions
    assert question.missing == ("[deleted]",)


def test_options_of_a_grid_are_pains_of_its_rows(tmp_path: Path) -> None:
    head = ["id", "Which problems did you meet? [Door]", "Which problems did you meet? [Bar]"]
    door = [("Queue", "Queue, Noise", "Noise", "")[n % 4] for n in range(RECORDS)]
    bar = [("Queue", "Noise, Price")[n % 2] for n in range(RECORDS)]
    rules = {
        (p.title, p.touchpoint)
        for p in propose(table(tmp_path, [head], IDS, door, bar)).pain_points
    }
    assert rules == {
        ("Door: Queue", "Door"), ("Door: Noise", "Door"),
        ("Bar: Queue", "Bar"), ("Bar: Noise", "Bar"), ("Bar: Price", "Bar"),
    }  # fmt: skip


def test_a_place_with_a_comma_is_no_list_of_options(tmp_path: Path) -> None:
    city = [("Oslo, Norway", "Bergen")[n % 2] for n in range(RECORDS)]
    assert (
        table(tmp_path, [["id", "Region"]], IDS, city).column("Region").proposal.role == "segment"
    )


def test_a_column_of_questions_makes_a_long_table(tmp_path: Path) -> None:
    texts = [f"How satisfied are you with {('it', 'us')[n % 2]}?" for n in range(RECORDS)]
    long = propose(table(tmp_path, [["Respondent", "Question", "Answer"]], IDS, texts, FIVE)).long
    assert long is not None
    assert (long.touchpoint, long.score, long.metric) == ("Question", "Answer", "csat")


UNREAD = [
    ("yes_no", ["Yes", "No"], "No | Yes"),
    ("part_scores", ["4.5", "3", "2.5", "1"], "4.5"),
    ("unknown_scale", ["Wow", "Meh", "Ugh"], "Meh | Ugh | Wow"),
]


@pytest.mark.parametrize(("reason", "values", "detail"), UNREAD)
def test_what_cannot_be_scored_is_said_with_its_answers(
    tmp_path: Path, reason: str, values: list[str], detail: str
) -> None:
    answers = [values[n % len(values)] for n in range(RECORDS)]
    seen = table(tmp_path, [["id", "How satisfied are you with it?"]], IDS, answers)
    assert noticed(seen)[reason] == detail
    assert propose(seen).takes_nothing


def test_a_grid_of_unknown_words_is_told_of_once(tmp_path: Path) -> None:
    heads = [["id", "Rate these [Room]", "Rate these [Bar]", "Rate these [Door]"]]
    words = [("Wow", "Meh", "Ugh")[n % 3] for n in range(RECORDS)]
    seen = table(tmp_path, heads, IDS, words, words, words)
    found = [notice for notice in seen.warnings if notice.reason == "unknown_scale"]
    assert [notice.column for notice in found] == ["Rate these"]


def test_a_file_without_names_is_said(tmp_path: Path) -> None:
    seen = table(tmp_path, [], DAYS, FIVE, NPS)
    assert "no_header" in noticed(seen)
    assert "no_header" not in noticed(table(tmp_path, [["day", "a", "b"]], DAYS, FIVE, NPS))


def test_moments_that_are_counted(tmp_path: Path) -> None:
    at = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
    assert date_parser("unix_ms")("1782896400000") == at
    assert date_parser("excel")("46204,375") == at.replace(tzinfo=None)
    assert date_parser("excel")("2026") is None
    head = ["id", "Submitted on date", "How satisfied are you with it?"]
    serials = [f"{46204 + n}.5" for n in range(RECORDS)]
    survey = propose(table(tmp_path, [head], IDS, serials, FIVE)).survey
    assert survey is not None
    assert survey.date is not None
    assert survey.date.format == "excel"


@given(st.datetimes(datetime(1991, 1, 1), datetime(2098, 1, 1)))
def test_days_as_spreadsheets_count_them(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    days = (whole - datetime(1899, 12, 30)).total_seconds() / 86_400
    assert date_parser("excel")(f"{days:.9f}") == whole
    assert counted_format(days, days) == "excel"


def test_clocks_with_a_word_before_them() -> None:
    found = find_date_format(["01.07.2026 kl. 09.00.00", "13.07.2026 kl. 10.30.00"])
    assert found is not None
    assert found.format == "%d.%m.%Y kl. %H.%M.%S"
    assert find_date_format(["13.7.2026 klo 9.00.00"]) is not None


@given(st.integers(-9999, 9999), st.sampled_from("\u200b\u2060\ufeff\u200d"))
def test_marks_nobody_sees_do_not_change_a_number(number: int, mark: str) -> None:
    assert parse_number(f"{mark}{number}{mark}") == number


def test_satisfaction_in_percent_by_month_is_a_kpi(tmp_path: Path) -> None:
    months = [f"{name} 2026" for name in ("January", "February", "March", "April")]
    seen = table(tmp_path, [["Month", "CSAT (%)"]], months, ["80.5", "81.5", "82.5", "83.5"])
    assert likely_kind(seen).kind == "kpi"


def test_a_range_in_several_headers_is_their_scale(tmp_path: Path) -> None:
    names = ["Overall rating (1-10)", "Ease of use (1-10)", "Value for money (1-10)"]
    ten = [str(1 + n % 10) for n in range(RECORDS)]
    scales = asked(table(tmp_path, [["id", *names]], IDS, ten, ten, ten)).values()
    assert sorted(scales) == [("csat", (1, 10)), ("rating", (1, 10)), ("rating", (1, 10))]
    assert not asked(table(tmp_path, [["id", "Floor (1-10)"]], IDS, ten))


def test_ids_that_a_spreadsheet_rounded_are_nobodys(tmp_path: Path) -> None:
    fixed = ["Respondent ID", "Collector ID", "Date Created", "Date Modified"]
    heads = [[*fixed, "How would you rate us?"], ["", "", "", "", "Response"]]
    rounded = ["1.18E+11"] * RECORDS
    seen = table(tmp_path, heads, rounded, ["443322110"] * RECORDS, DAYS, DAYS, FIVE)
    survey = propose(seen).survey
    assert survey is not None
    assert (seen.vendor, survey.respondent) == ("surveymonkey", None)
