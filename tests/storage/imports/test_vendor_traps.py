"""Every trap of the services' exports, in files written by hand in the same shape."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from journey.model.template import new_workspace
from storage.document import Document
from storage.errors import MappingError
from storage.imports.inspect import Inspection, inspect_file
from storage.imports.mapping import Mapping, check_choices, propose, write_mapping
from storage.imports.rows import open_table
from storage.imports.survey_result import SurveyImport
from tests.storage.imports.foreign_files import spss
from tests.storage.imports.survey_trial import Trial


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    path = tmp_path / "trial.waymark"
    Document.create(path, new_workspace("Trial")).close()
    return Trial(Document.open(path), tmp_path)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str, name: str = "export.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


Write = Callable[..., Path]


def table(rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def seen_and_proposed(path: Path) -> tuple[Inspection, Mapping]:
    seen = inspect_file(path)
    return seen, propose(seen)


def taken(trial: Trial, path: Path) -> SurveyImport:
    """Import by the proposal alone, as `import survey` without a mapping does."""
    mapping = propose(inspect_file(path))
    text = write_mapping(mapping)
    if mapping.survey is not None and mapping.survey.date is None:
        text = text.replace("# quarter =", "quarter =", 1)
    return trial.take(path, text)


def counted(result: SurveyImport) -> dict[str, tuple[str, int]]:
    return {q.touchpoint: (q.question.metric, q.n) for q in result.questions}


def skipped(result: SurveyImport) -> dict[str, int]:
    return {s.reason: s.count for s in result.skipped}


# (row-1 tag, text in the exporter's language, import id, answers of three records)
_ZONE = '","timeZone":"America/Chicago'
_QUALTRICS_COLUMNS = [
    ("StartDate", "Anfangsdatum", "startDate" + _ZONE, ""),
    ("Status", "Antworttyp", "status", "0|0|1"),
    ("Finished", "Fertig", "finished", "1|0|1"),
    ("RecordedDate", "Aufgezeichnet", "recordedDate" + _ZONE, ""),
    ("ResponseId", "Antwort-ID", "_recordId", "R_1|R_2|R_3"),
    ("Q1_NPS_GROUP", "Gruppe", "QID1_NPS_GROUP", "Promoter|Detractor|Promoter"),
    ("Q1", "How likely are you to recommend us\nto a friend?", "QID1", "10|3|10"),
    ("Q2", "How satisfied are you with the delivery?", "QID2", "5|-99|5"),
    ("Q2 - Topics", "Q2 - Topics", "QID2_TEXT_Topics", "|x|"),
    ("Q4_1", "Which problems did you have? - Late", "QID4_1", "Late||Late"),
    ("Q4_2", "Which problems did you have? - Damaged", "QID4_2", "|Damaged|"),
    ("Q4_3_TEXT", "Which problems did you have? - Other", "QID4_3_TEXT", "|box|"),
    ("plan", "plan", "plan", "Gold|Gold|Basic"),
]
_DAYS = ["2026-01-01 08:00:00", "2026-01-01 09:00:00", "2026-01-01 09:30:00"]
QUALTRICS = [
    [tag for tag, _, _, _ in _QUALTRICS_COLUMNS],
    [text for _, text, _, _ in _QUALTRICS_COLUMNS],
    [f'{{"ImportId":"{key}"}}' for _, _, key, _ in _QUALTRICS_COLUMNS],
    *(
        [
            day if tag.endswith("Date") else answers.split("|")[n]
            for tag, _, _, answers in _QUALTRICS_COLUMNS
        ]
        for n, day in enumerate(_DAYS)
    ),
]


def test_qualtrics_leaves_previews_out_and_never_counts_minus_99(
    trial: Trial, write: Write
) -> None:
    path = write(table(QUALTRICS))
    seen, mapping = seen_and_proposed(path)
    # The header's cells hold line ends: records are skipped, not lines.
    assert (seen.vendor, seen.header_rows, seen.records) == ("qualtrics", 3, 3)
    assert mapping.survey is not None
    assert mapping.survey.date is not None
    assert mapping.survey.date.timezone == "America/Chicago"
    assert "Q1_NPS_GROUP" not in {q.column for q in mapping.questions}
    result = taken(trial, path)
    assert skipped(result) == {"filtered": 1}
    assert counted(result) == {"Overall experience": ("nps", 2), "Delivery": ("csat", 1)}
    assert {rule.title for rule in mapping.pain_points} >= {"Late", "Damaged"}


@pytest.mark.parametrize(
    ("real", "preview"), [("0", "1"), ("IP Address", "Survey Preview"), ("0", "8")]
)
def test_qualtrics_status_is_told_in_codes_and_in_words(
    trial: Trial, write: Write, real: str, preview: str
) -> None:
    rows = [list(row) for row in QUALTRICS]
    for row in rows[3:]:
        row[1] = preview if row[1] == "1" else real
    assert skipped(taken(trial, write(table(rows)))) == {"filtered": 1}


def test_qualtrics_recoded_from_one_to_eleven_is_shifted(trial: Trial, write: Write) -> None:
    rows = [list(row) for row in QUALTRICS[:3]]
    for code in range(1, 12):
        day = f"2026-01-{code:02d} 08:00:00"
        rows.append([day, "0", "1", day, f"R_{code}", "", str(code), "5", "", "", "", "", "Gold"])
    result = taken(trial, write(table(rows)))
    assert counted(result)["Overall experience"] == ("nps", 11)
    assert not result.refused_cells


def test_surveymonkey_condensed_and_expanded(trial: Trial, write: Write) -> None:
    rows = [
        [
            "Respondent ID",
            "Collector ID",
            "Start Date",
            "<b>How satisfied</b> are you with our <i>app</i>?",
            "What went wrong?",
            "",
            "",
            "Anything else?",
        ],
        [
            "",
            "",
            "",
            "Response",
            "Crashes",
            "Slow",
            "Other (please specify)",
            "Open-Ended Response",
        ],
        ["10794459523", "1", "5/10/18 4:01", "Very satisfied", "", "Slow", "", ""],
        ["10794459524", "1", "5/10/18 4:02", "Satisfied", "", "", "", ""],
        [
            "10794459525",
            "1",
            "5/23/18 14:02",
            "Neither satisfied nor dissatisfied",
            "Crashes",
            "Slow",
            "ads",
            "please mend it",
        ],
    ]
    path = write(table(rows))
    seen, mapping = seen_and_proposed(path)
    assert (seen.vendor, seen.header_rows, seen.records) == ("surveymonkey", 2, 3)
    assert mapping.survey is not None
    assert mapping.survey.date is not None
    # Only "5/23/18" tells the order; the ids stay text though they are figures.
    assert mapping.survey.date.format == "%m/%d/%y %H:%M"
    assert mapping.survey.respondent == "Respondent ID"
    assert [(q.touchpoint, q.metric, q.scale) for q in mapping.questions] == [
        ("App", "csat", (1, 5))
    ]
    assert [(rule.title, rule.touchpoint) for rule in mapping.pain_points] == [
        ("Crashes", "App"),
        ("Slow", "App"),
    ]
    assert counted(taken(trial, path)) == {"App": ("csat", 3)}


def test_not_selected_is_no_tick(trial: Trial, write: Write) -> None:
    rows = [["id", "What problems did you have? [Queue]", "How satisfied are you with the desk?"]]
    rows += [[f"c{n}", "Queue" if n % 3 == 0 else "Not selected", str(n % 5 + 1)] for n in range(9)]
    result = taken(trial, write(table(rows)))
    (survey,) = result.questions
    assert (survey.touchpoint, survey.n) == ("Desk", 9)
    rule = next(p for p in propose(inspect_file(write(table(rows)))).pain_points)
    assert (rule.title, rule.when.values) == ("Queue", ("Queue",))


def test_typeform_keeps_its_hash_column_and_doubled_names(write: Write) -> None:
    path = write(
        '#,"How likely are you to recommend us to a friend?",Other,None,Other,None,'
        '"Start Date (UTC)","Submit Date (UTC)","Network ID"\n'
        "a1b2,9,x,,,None,2026-03-01 10:00:00,2026-03-01 10:01:00,n1\n"
        "a1b3,4,,,y,,2026-03-01 11:00:00,2026-03-01 11:01:00,n2\n"
    )
    seen, mapping = seen_and_proposed(path)
    assert seen.vendor == "typeform"
    assert [c.name for c in seen.columns][:6] == [
        "#",
        "How likely are you to recommend us to a friend?",
        "Other",
        "None",
        "Other (2)",
        "None (2)",
    ]
    assert mapping.survey is not None
    assert mapping.survey.respondent == "#"
    assert mapping.survey.date is not None
    assert (mapping.survey.date.column, mapping.survey.date.timezone) == (
        "Submit Date (UTC)",
        "UTC",
    )
    assert [n.reason for n in seen.warnings] == ["duplicate_names"]


@pytest.mark.parametrize(
    ("stamps", "date_format"),
    [
        (("19/04/2024 18:04:50", "20/04/2024 08:00:00"), "%d/%m/%Y %H:%M:%S"),
        (("4/19/2024 18:04:50", "4/20/2024 8:00:00"), "%m/%d/%Y %H:%M:%S"),
        (("2014-08-27 11:29:31", "2014-08-28 11:29:31"), "%Y-%m-%d %H:%M:%S"),
        (
            ("2023/10/10 11:58:38 PM GMT+5:30", "2023/10/11 1:58:38 AM GMT+5:30"),
            "%Y/%m/%d %I:%M:%S %p %z",
        ),
        (("2023/10/10 11:58:38 PM EEST", "2023/10/11 1:58:38 AM EEST"), "%Y/%m/%d %I:%M:%S %p %Z"),
        (("19.04.2024 18.04.50", "20.04.2024 8.00.00"), "%d.%m.%Y %H.%M.%S"),
    ],
)
def test_google_forms_in_every_locale(
    write: Write, stamps: tuple[str, str], date_format: str
) -> None:
    rows = [["Timestamp", "What was difficult? (tick all)", "How satisfied are you with the shop?"]]
    rows += [
        [stamps[n % 2], ("Price, Queue", "Queue", "Price, Staff")[n % 3], str(n % 5 + 1)]
        for n in range(12)
    ]
    seen, mapping = seen_and_proposed(write(table(rows)))
    assert seen.vendor == "google_forms"
    assert mapping.survey is not None
    assert mapping.survey.date is not None
    assert mapping.survey.date.format == date_format
    assert {rule.title for rule in mapping.pain_points} == {"Price", "Queue", "Staff"}


def test_google_forms_without_its_header(write: Write) -> None:
    seen = inspect_file(write("19/04/2024 18:04:50,5,3\n19/04/2024 18:05:50,4,2\n"))
    assert (seen.header_rows, seen.records) == (0, 2)
    assert [c.name for c in seen.columns] == ["Column 1", "Column 2", "Column 3"]


def test_microsoft_forms_in_another_language(trial: Trial, write: Write) -> None:
    rows = [
        [
            "ID",
            "Starttid",
            "Fullføringstidspunkt",
            "E-post",
            "Navn",
            "Hva var problemet?",
            "Hvor fornøyd er du med levering?",
        ],
        ["1", "2026-04-19 10:00:00", "2026-04-19 10:01:00", "anonymous", "", "Sent;Skadet;", "4"],
        ["2", "2026-04-19 11:00:00", "2026-04-19 11:01:00", "anonymous", "", "Sent;", "2"],
        ["3", "2026-04-19 12:00:00", "2026-04-19 12:01:00", "anonymous", "", "Skadet;Sent;", "5"],
    ]
    path = write(table(rows))
    seen, mapping = seen_and_proposed(path)
    assert seen.vendor == "microsoft_forms"
    assert [(q.touchpoint, q.metric) for q in mapping.questions] == [("Levering", "csat")]
    assert {r.title for r in mapping.pain_points} == {"Sent", "Skadet"}
    assert counted(taken(trial, path)) == {"Levering": ("csat", 3)}


def test_limesurvey_tells_not_shown_from_not_answered(trial: Trial, write: Write) -> None:
    path = write(
        '\ufeff"Response ID";"Date submitted";"Last page";"Start language";'
        '"How satisfied are you with <b>support</b>?";"Rate us [Speed]";"Rate us [Tone]";'
        '"filecount - Upload";"Question time: q1"\r\n'
        '"1";"2026-05-01 10:00:00";"3";"en";"4";"5";"N/A";'
        '"[{""title"":""a;b"",""size"":1}]";"3.2"\r\n'
        '"2";"";"1";"en";"";"3";"4";"";"1.1"\r\n'
        '"3";"2026-05-02 10:00:00";"3";"en";"2";"4";"5";"";"2"\r\n'
        '"";"";"";"";"";"";"";"";""\r\n'
    )
    seen, mapping = seen_and_proposed(path)
    # The blank record at the end is none, the JSON is one cell.
    assert (seen.vendor, seen.separator, seen.records) == ("limesurvey", ";", 3)
    assert seen.column("Rate us [Tone]").profile.missing == {"N/A": 1}
    by_column = {q.column: q for q in mapping.questions}
    assert by_column["How satisfied are you with support?"].touchpoint == "Support"


DELIGHTED = "id,person,survey_type,score,comment,permalink,created_at,plan\n"


@pytest.mark.parametrize(
    ("kind", "metric", "scale"), [("nps", "nps", (0, 10)), ("csat", "csat", (1, 5))]
)
def test_delighted_has_the_scale_of_its_survey_type(
    write: Write, kind: str, metric: str, scale: tuple[int, int]
) -> None:
    rows = "".join(
        f"{n},p{n},{kind},{n % 5 + 1},,http://x/{n},{1767225600 + n},gold\n" for n in range(8)
    )
    seen, mapping = seen_and_proposed(write(DELIGHTED + rows))
    assert seen.vendor == "delighted"
    assert [(q.touchpoint, q.metric, q.scale) for q in mapping.questions] == [
        ("Overall experience", metric, scale)
    ]
    assert mapping.survey is not None
    assert mapping.survey.date is not None
    assert mapping.survey.date.format == "unix"


def test_delighted_effort_is_left_to_choose(write: Write) -> None:
    rows = "".join(f"{n},p{n},ces,{n % 5 + 1},,http://x/{n},{1767225600 + n},a\n" for n in range(8))
    _, mapping = seen_and_proposed(write(DELIGHTED + rows))
    with pytest.raises(MappingError) as caught:
        check_choices(mapping)
    assert caught.value.reason == "ces_version"


def test_asknicely_mixes_scales_by_row(trial: Trial, write: Write) -> None:
    kinds = [("NPS", 9), ("NPS", 10), ("CSAT", 5), ("5STAR", 4), ("CSAT", 9), ("NPS", 0)]
    rows = [["response_id", "answer", "comment", "responded", "question_type"]]
    rows += [[str(n), str(a), "", f"2026-02-{n + 1:02d}", k] for n, (k, a) in enumerate(kinds)]
    path = write(table(rows))
    assert inspect_file(path).vendor == "asknicely"
    result = taken(trial, path)
    assert {(q.question.metric, q.touchpoint, q.n) for q in result.questions} == {
        ("nps", "NPS", 3),
        ("csat", "CSAT", 1),
        ("csat", "5STAR", 1),
    }
    # A 9 is off the scale of satisfaction, though it is on that of NPS.
    assert [(c.reason, c.count) for c in result.refused_cells] == [("off_scale", 1)]


def test_medallia_requests_without_an_answer_are_no_zeros(trial: Trial, write: Write) -> None:
    rows = [["request_id", "request_sent_at", "response_received_at", "star_rating", "comments"]]
    rows += [
        [
            f"r{n}",
            f"2026-03-{n + 1:02d}T10:00:00Z",
            "" if n % 2 else f"2026-03-{n + 1:02d}T11:00:00Z",
            "" if n % 2 else str(n % 5 + 1),
            "",
        ]
        for n in range(10)
    ]
    path = write(table(rows))
    assert inspect_file(path).vendor == "medallia"
    result = taken(trial, path)
    assert counted(result) == {"Overall experience": ("csat", 5)}
    assert skipped(result) == {"unanswered": 5}


def test_zendesk_good_and_bad_are_the_ends_of_five(trial: Trial, write: Write) -> None:
    rows = [["Ticket ID", "Satisfaction Score", "Updated at"]]
    kinds = ["Good", "Bad", "Offered", "Unoffered", "Good"]
    rows += [[str(n), kind, f"2026-03-{n + 1:02d}"] for n, kind in enumerate(kinds)]
    path = write(table(rows))
    seen, mapping = seen_and_proposed(path)
    assert seen.vendor == "zendesk"
    (question,) = mapping.questions
    assert (question.metric, question.scale, dict(question.scores)) == (
        "csat",
        (1, 5),
        {"Bad": 1, "Good": 5},
    )
    result = taken(trial, path)
    # Offered means asked, not answered.
    assert counted(result) == {"Overall experience": ("csat", 3)}
    assert skipped(result) == {"unanswered": 2}


def test_hubspot_two_is_the_top_of_satisfaction(trial: Trial, write: Write) -> None:
    rows = [["Contact ID", "Survey Type", "Sentiment", "Value", "Submission date"]]
    rows += [
        [f"c{n}", "CSAT", ("Detractor", "Passive", "Promoter")[n % 3], str(n % 3), "2026-03-01"]
        for n in range(9)
    ]
    path = write(table(rows))
    seen, mapping = seen_and_proposed(path)
    assert seen.vendor == "hubspot"
    assert dict(mapping.questions[0].scores) == {"0": 1, "1": 3, "2": 5}
    assert counted(taken(trial, path)) == {"Overall experience": ("csat", 9)}


def test_unrated_rows_of_a_state_column_are_left_out(trial: Trial, write: Write) -> None:
    rows = [["id", "state", "created_at", "rated_at", "stars"]]
    states = ["unviewed", "viewed", "rated", "rated"]
    rows += [
        [
            f"i{n}",
            s,
            "2026-03-01 10:00:00",
            "2026-03-02 10:00:00" if s == "rated" else "",
            "0" if s != "rated" else str(n),
        ]
        for n, s in enumerate(states)
    ]
    path = write(table(rows))
    assert inspect_file(path).vendor == "thanx"
    result = taken(trial, path)
    assert skipped(result) == {"filtered": 2}
    assert counted(result) == {"Overall experience": ("csat", 2)}


GA4 = (
    "# ----------------------------------------\n# {title}\n# Account: a\n"
    "# ----------------------------------------\n# \n# All Users\n# Start date: 20250101\n"
    "# End date: 20251231\n"
)


@pytest.mark.parametrize("padded", [False, True])
def test_ga4_reads_the_first_of_many_tables(write: Write, padded: bool) -> None:
    text = (
        GA4.format(title="Pages")
        + 'Page title,Views\n"Cart, checkout",10\nHome | Us,5\n\n'
        + GA4.format(title="Nothing")
        + "Page title,Views\n\n"
        + GA4.format(title="Days")
        + "Nth day,Views\n0000,3\n"
    )
    if padded:
        text = "".join(
            (line + ",,,," if line.startswith("#") else line) + "\r\n" for line in text.splitlines()
        )
    seen = inspect_file(write(text))
    assert (seen.vendor, seen.records) == ("ga4", 2)
    assert seen.columns[0].profile.examples == ("Cart, checkout", "Home | Us")
    assert [(n.reason, n.count) for n in seen.warnings] == [("more_tables", 2)]


LIKERT = [
    (
        "en",
        "I got help fast",
        ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"],
    ),
    ("en", "Rate the desk", ["Very poor", "Poor", "Fair", "Good", "Excellent"]),
    (
        "de",
        "Wie zufrieden sind Sie mit der Lieferung?",
        ["sehr unzufrieden", "eher unzufrieden", "teils/teils", "eher zufrieden", "sehr zufrieden"],
    ),
    (
        "pl",
        "Czy obsługa była dobra?",
        ["Zdecydowanie nie", "Raczej nie", "Ani tak, ani nie", "Raczej tak", "Zdecydowanie tak"],
    ),
    (
        "nb",
        "Hvor fornøyd er du med levering?",
        ["Svært misfornøyd", "Litt misfornøyd", "Verken eller", "Litt fornøyd", "Svært fornøyd"],
    ),
    (
        "ru",
        "Насколько вы довольны доставкой?",
        ["Очень недоволен", "Скорее недоволен", "Нейтрально", "Скорее доволен", "Очень доволен"],
    ),
]


@pytest.mark.parametrize(("language", "question", "levels"), LIKERT)
def test_answers_in_words_get_a_scale_and_a_direction(
    trial: Trial, write: Write, language: str, question: str, levels: list[str]
) -> None:
    answers = [levels[n % 5] for n in range(15)] + ["", "n/a"]
    rows = [["id", question], *([f"c{n}", answer] for n, answer in enumerate(answers))]
    path = write(table(rows))
    (proposed,) = propose(inspect_file(path)).questions
    assert [score for _, score in proposed.scores] == [1, 2, 3, 4, 5]
    assert {text.casefold() for text, _ in proposed.scores} == {x.casefold() for x in levels}
    assert proposed.higher_is_better
    result = taken(trial, path)
    assert [q.n for q in result.questions] == [15]
    assert not result.refused_cells


def test_only_the_ends_of_a_scale_have_words(trial: Trial, write: Write) -> None:
    rows = [["id", "How likely are you to recommend Acme?"]]
    ends = {0: "0 - Not at all likely", 10: "10 - Extremely likely"}
    rows += [[f"c{n}", ends.get(n % 11, str(n % 11))] for n in range(44)]
    path = write(table(rows))
    (proposed,) = propose(inspect_file(path)).questions
    assert (proposed.metric, proposed.scale, proposed.touchpoint) == ("nps", (0, 10), "Acme")
    assert [(q.question.metric, q.n) for q in taken(trial, path).questions] == [("nps", 44)]


def test_labels_of_codes_tell_the_direction(trial: Trial, tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    german = {
        1.0: "sehr zufrieden",
        2.0: "zufrieden",
        3.0: "weder noch",
        4.0: "unzufrieden",
        5.0: "sehr unzufrieden",
        9.0: "keine Angabe",
    }
    spss(
        path,
        [
            ("region", "Region", {1.0: "Süd", 2.0: "Nord"}, None),
            ("q1", "Wie zufrieden sind Sie mit der Kasse?", german, None),
        ],
        [[1.0 + n % 2, float([1, 2, 3, 4, 5, 9][n % 6])] for n in range(36)],
    )
    mapping = propose(inspect_file(path))
    (question,) = mapping.questions
    assert (question.scale, question.higher_is_better, question.missing) == ((1, 5), False, ("9",))
    assert question.touchpoint == "Kasse"
    assert mapping.survey is not None
    assert mapping.survey.segment == "REGION"
    assert counted(taken(trial, path)) == {"Kasse": ("csat", 30)}
    assert {s.name for s in trial.workspace.segments.values()} >= {"Süd", "Nord"}


def test_dates_of_both_orders_are_asked(write: Write) -> None:
    days = [f"{n:02d}/03/2026" for n in range(14, 28)] + [f"03/{n:02d}/2026" for n in range(14, 28)]
    rows = [["date", "How satisfied are you with us?"], *([d, "4"] for d in days)]
    seen, mapping = seen_and_proposed(write(table(rows)))
    assert "ambiguous_dates" in [n.reason for n in seen.warnings]
    with pytest.raises(MappingError) as caught:
        check_choices(mapping)
    assert caught.value.reason == "date_order"


def test_a_title_over_the_table_is_no_header(write: Write) -> None:
    seen = inspect_file(
        write("Survey of March,,\nExported by Ann,,\nid,score,region\n1,5,North\n2,4,South\n")
    )
    assert (seen.header_rows, seen.records) == (3, 2)
    assert [c.name for c in seen.columns] == ["id", "score", "region"]


def test_figures_of_five_thousand_digits(trial: Trial, write: Write) -> None:
    rows = [["id", "score"], *([f"c{n}", "9" * 5_000] for n in range(40))]
    seen = inspect_file(write(table(rows)))
    assert seen.columns[1].profile.type == "text"
    mapping = """
[survey]
name = "Long"
design = "transactional"
quarter = "2026Q1"
[[question]]
column = "score"
touchpoint = "Desk"
metric = "nps"
"""
    result = trial.take(write(table(rows)), mapping)
    assert [(c.reason, c.count) for c in result.refused_cells] == [("not_a_number", 40)]


def test_cells_of_two_hundred_thousand_characters(trial: Trial, write: Write) -> None:
    note = "blåbær " * 30_000
    rows = [["id", "How satisfied are you with the shop?", "Comment"]]
    rows += [[f"c{n}", str(n % 5 + 1), note if n == 1 else "fine"] for n in range(12)]
    result = taken(trial, write(table(rows)))
    assert counted(result) == {"Shop": ("csat", 12)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\ufeff\ufeffid,score\n1,5\n", "double_mark"),
        ("id,score,note\n1,5,a\x00b\n", "nul"),
        ('id,score,note\n1,5,"never closed\n2,4,b\n3,4,c\n', "unclosed_quote"),
        ("id;score;note\n" + "1;5;blåbær\n" * 200, "faulty_bytes"),
    ],
)
def test_what_is_odd_is_said_at_import_too(
    trial: Trial, tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(text.encode() + (b"2;4;K\xe5re\n" if reason == "faulty_bytes" else b""))
    assert reason in [n.reason for n in inspect_file(path).warnings]
    mapping = '[survey]\nname = "Odd"\ndesign = "transactional"\nquarter = "2026Q1"\n'
    mapping += '[[question]]\ncolumn = "score"\ntouchpoint = "Desk"\nmetric = "csat"\n'
    assert reason in [name for name, _ in trial.take(path, mapping).warnings]


def test_sixteen_thousand_columns_of_text_are_refused_with_the_limit(write: Write) -> None:
    from storage.errors import ImportProblem

    path = write(",".join(f"c{n}" for n in range(16_000)) + "\n" + "1," * 15_999 + "1\n")
    with pytest.raises(ImportProblem) as caught:
        open_table(path)
    assert caught.value.reason == "too_large"
    assert "16,000 columns > 5,000" in caught.value.detail


def test_the_later_of_two_records_of_a_respondent_counts(trial: Trial, write: Write) -> None:
    rows = [["customer_id", "touchpoint", "score", "date"]]
    rows += [["c1", "Desk", "1", "2026-01-01"], ["c1", "Desk", "5", "2026-01-09"]]
    mapping = """
[survey]
name = "Twice"
design = "relational"
respondent = "customer_id"
date = { column = "date", format = "%Y-%m-%d" }
[long]
touchpoint = "touchpoint"
score = "score"
metric = "csat"
"""
    result = trial.take(write(table(rows)), mapping)
    assert (result.imported, result.responses) == (2, 1)
    assert ("answered_twice", "1") in result.warnings
