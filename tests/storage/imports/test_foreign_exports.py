"""Exports nobody here had seen: other languages, wordings and shapes, written by hand."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from journey.model.template import new_workspace
from storage.document import Document
from storage.imports.declared_ends import DeclaredEnds, declared_ends
from storage.imports.inspect import inspect_file
from storage.imports.mapping import Mapping, propose, write_mapping
from storage.imports.survey_result import SurveyImport
from tests.storage.imports.survey_trial import Trial

RECORDS = 36
IDS = [f"1180{n:05d}" for n in range(RECORDS)]
DAYS = [f"2026-{1 + n % 12:02d}-{1 + n % 28:02d} 10:00:00" for n in range(RECORDS)]
NPS = [str(n % 11) for n in range(RECORDS)]
FIVE = [str(1 + n % 5) for n in range(RECORDS)]

Write = Callable[..., Path]
Take = Callable[[Path], SurveyImport]


@pytest.fixture
def take(tmp_path: Path) -> Take:
    path = tmp_path / "trial.waymark"
    Document.create(path, new_workspace("Trial")).close()
    trial = Trial(Document.open(path), tmp_path)

    def take(path: Path) -> SurveyImport:
        return trial.take(path, write_mapping(propose(inspect_file(path))))

    return take


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(
        header: Sequence[str],
        *columns: Sequence[object],
        separator: str = ",",
        codec: str = "utf-8",
    ) -> Path:
        text = io.StringIO()
        table = csv.writer(text, delimiter=separator)
        table.writerows([header, *zip(*columns, strict=True)])
        path = tmp_path / "export.csv"
        path.write_bytes(text.getvalue().encode(codec))
        return path

    return write


def every(*values: str) -> list[str]:
    return [values[n % len(values)] for n in range(RECORDS)]


def proposed(path: Path) -> Mapping:
    return propose(inspect_file(path))


LEVELS = [
    (
        "¿Qué tan satisfecho está con la entrega?",
        "Entrega",
        ["Muy insatisfecho", "Insatisfecho", "Ni satisfecho ni insatisfecho", "Satisfecho",
         "Muy satisfecho"],
    ),
    (
        "Êtes-vous satisfait de la livraison ?",
        "Livraison",
        ["Très insatisfait", "Insatisfait", "Neutre", "Satisfait", "Très satisfait"],
    ),
    (
        "Qual o seu nível de satisfação com a entrega?",
        "Entrega",
        ["Muito insatisfeito", "Insatisfeito", "Neutro", "Satisfeito", "Muito satisfeito"],
    ),
    (
        "Le personnel est aimable",
        "Le personnel est aimable",
        ["Pas du tout d’accord", "Plutôt pas d’accord", "Ni d’accord ni pas d’accord",
         "Plutôt d’accord", "Tout à fait d’accord"],
    ),
    ("How was your visit?", "How was your visit?", ["😡", "🙁", "😐", "🙂", "😀"]),
    ("Rating", "Overall experience", ["★", "★★", "★★★", "★★★★", "★★★★★"]),
    ("Rating", "Overall experience", ["★☆☆☆☆", "★★☆☆☆", "★★★☆☆", "★★★★☆", "★★★★★"]),
    ("Rating", "Overall experience", ["1/5", "2/5", "3/5", "4/5", "5/5"]),
    ("Rating", "Overall experience", ["1 out of 5", "2 out of 5", "3 out of 5", "4 out of 5",
                                      "5 out of 5"]),
    (
        "How satisfied are you with delivery?",
        "Delivery",
        ["Very dissatisfied (1)", "Dissatisfied (2)", "Neutral (3)", "Satisfied (4)",
         "Very satisfied (5)"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("question", "touchpoint", "levels"), LEVELS)
def test_five_levels_in_any_dress(
    write: Write, take: Take, question: str, touchpoint: str, levels: list[str]
) -> None:
    path = write(["id", "date", question], IDS, DAYS, every(*levels))
    (asked,) = proposed(path).questions
    assert (asked.touchpoint, asked.scale) == (touchpoint, (1, 5))
    assert dict(asked.scores) == {level: n for n, level in enumerate(levels, start=1)}
    assert [q.n for q in take(path).questions] == [RECORDS]


RECOMMENDED = [
    "¿Qué probabilidad hay de que nos recomiendes a un amigo?",
    "Quelle est la probabilité que vous nous recommandiez à un proche ?",
    "De 0 a 10, qual a probabilidade de você nos recomendar a um amigo?",
    "Какова вероятность, что вы порекомендуете нас другу?",
    "How likely is it that you would recommend us to a friend or colleague?",
]


@pytest.mark.parametrize("question", RECOMMENDED)
@pytest.mark.parametrize("ends", [("0", "10"), ("0/10", "10/10"), ("0 - worst", "10 (best)")])
def test_recommendation_in_any_language(
    write: Write, take: Take, question: str, ends: tuple[str, str]
) -> None:
    said = [(f"{s}/10" if "/" in ends[0] else s) for s in NPS]
    scores = [{"0": ends[0], "10": ends[1]}.get(score, score) for score in said]
    path = write(["id", "date", question], IDS, DAYS, scores)
    (asked,) = proposed(path).questions
    assert (asked.metric, asked.scale, asked.touchpoint) == ("nps", (0, 10), "Overall experience")
    (taken,) = take(path).questions
    assert taken.n == RECORDS


@pytest.mark.parametrize(
    ("title", "ends"),
    [
        ("Wie bewerten Sie den Service? (1 = sehr gut, 6 = ungenügend)", (1, 6, True)),
        ("Rate us (1 = very poor, 5 = excellent)", (1, 5, False)),
        ("Ocena (5 = bardzo dobrze, 1 = źle)", (1, 5, False)),
        ("Оцените (1 – отлично, 5 – плохо)", (1, 5, True)),
        ("On a scale from 0 to 10, how likely …", (0, 10, None)),
        ("Zufriedenheit (1-7)", (1, 7, None)),
        ("Schulnote für die Filiale", (1, 6, True)),
        ("Do you live here 5 or 6 years?", None),
    ],
)
def test_a_question_that_names_its_scale(
    title: str, ends: tuple[int, int, bool | None] | None
) -> None:
    assert declared_ends(title) == (None if ends is None else DeclaredEnds(*ends))


def test_school_grades_are_best_at_one(write: Write, take: Take) -> None:
    title = "Wie bewerten Sie die Filiale? (1 = sehr gut, 6 = ungenügend)"
    path = write(["id", "Datum", title, title + " "], IDS, DAYS, FIVE, FIVE, separator=";")
    asked = proposed(path).questions
    assert {(q.scale, q.higher_is_better) for q in asked} == {((1, 6), False)}
    assert {p.when.between for p in proposed(path).pain_points} == {(5.0, 6.0)}
    assert take(path).imported == RECORDS


def test_a_german_table_says_who_when_and_how_much(write: Write, take: Take) -> None:
    path = write(
        ["Kundennummer", "Datum", "Kundengruppe", "Gewicht", "Zufriedenheit mit Beratung",
         "Was hat Sie gestört?", ""],
        [f"K{n}" for n in range(RECORDS)],
        [f"{1 + n % 28:02d}.{1 + n % 12:02d}.2026" for n in range(RECORDS)],
        every("Privat", "Geschäft"),
        every("0,8", "1,2"),
        every("1", "2", "3", "4", "5", "k.A."),
        every("", "Die Wartezeit am Schalter war lang"),
        every(""),
        separator=";",
        codec="cp1252",
    )  # fmt: skip
    mapping = proposed(path)
    assert mapping.survey is not None
    assert (mapping.survey.respondent, mapping.survey.segment, mapping.survey.weight) == (
        "Kundennummer",
        "Kundengruppe",
        "Gewicht",
    )
    assert [c.column for c in mapping.comments] == ["Was hat Sie gestört?"]
    result = take(path)
    assert not result.refused_cells
    assert [q.n for q in result.questions] == [RECORDS - RECORDS // 6]


@pytest.mark.parametrize(
    ("mark", "yes", "no"), [(" - ", "TRUE", "FALSE"), (": ", "1", "0"), (" - ", "Yes", "No")]
)
def test_one_column_per_option(write: Write, take: Take, mark: str, yes: str, no: str) -> None:
    path = write(
        ["id", "date", "NPS", f"What problems did you have?{mark}Late",
         f"What problems did you have?{mark}Damaged",
         f"What problems did you have?{mark}Other (please specify)"],
        IDS, DAYS, NPS, every(yes, no), every(no, no, yes), every("", "no stock at all"),
    )  # fmt: skip
    mapping = proposed(path)
    assert {(p.title, p.when.values) for p in mapping.pain_points} == {
        ("Late", (yes,)),
        ("Damaged", (yes,)),
    }
    assert [c.column.rpartition(" ")[2] for c in mapping.comments] == ["specify)"]
    assert take(path).imported == RECORDS


def test_previews_are_left_out_in_any_language(write: Write, take: Take) -> None:
    names = ["StartDate", "Status", "RecordedDate", "ResponseId", "Q1"]
    texts = ["Inicio", "Tipo", "Fecha", "ID", "¿Qué probabilidad hay de que recomiende Acme?"]
    keys = ["startDate", "status", "recordedDate", "_recordId", "QID1"]
    marks = [f'{{"ImportId":"{key}"}}' for key in keys]
    states = ["Dirección IP"] * (RECORDS - 3) + ["Vista previa de la encuesta"] * 3
    ids = [f"R_{n}" for n in range(RECORDS)]
    head = [[n, t, m] for n, t, m in zip(names, texts, marks, strict=True)]
    columns = [[*h[1:], *c] for h, c in zip(head, [DAYS, states, DAYS, ids, NPS], strict=True)]
    path = write(names, *columns, separator="\t", codec="utf-16")
    assert inspect_file(path).vendor == "qualtrics"
    result = take(path)
    assert [(s.reason, s.count) for s in result.skipped] == [("filtered", 3)]
    assert [(q.touchpoint, q.n) for q in result.questions] == [("Acme", RECORDS - 3)]


def test_who_was_screened_out_is_no_customer(write: Write, take: Take) -> None:
    states = every("Complete", "Partial", "Disqualified")
    path = write(["Response ID", "Status", "Submitted", "NPS score"], IDS, states, DAYS, NPS)
    result = take(path)
    assert [(s.reason, s.count) for s in result.skipped] == [("filtered", RECORDS // 3)]


def test_the_header_names_the_zone(write: Write) -> None:
    path = write(["id", "Response Timestamp (UTC)", "NPS"], IDS, DAYS, NPS)
    survey = proposed(path).survey
    assert survey is not None
    assert survey.date is not None
    assert survey.date.timezone == "UTC"


def test_the_end_of_a_form_is_its_moment(write: Write) -> None:
    later = [day.replace(" 10:", " 11:") for day in DAYS]
    head = ["ID", "Starttidspunkt", "Fullføringstidspunkt", "E-post", "Navn", "NPS"]
    number = [str(n + 1) for n in range(RECORDS)]
    path = write(head, number, DAYS, later, every("anonymous"), every(""), NPS)
    mapping = proposed(path)
    assert inspect_file(path).vendor == "microsoft_forms"
    assert mapping.survey is not None
    assert mapping.survey.date is not None
    assert mapping.survey.date.column == "Fullføringstidspunkt"


def test_a_country_is_no_tick(write: Write) -> None:
    path = write(["id", "date", "NPS", "Country"], IDS, DAYS, NPS, every("NO", "PL"))
    mapping = proposed(path)
    assert mapping.survey is not None
    assert (mapping.survey.segment, mapping.pain_points) == ("Country", ())


def test_codes_and_groups_say_what_they_lack(write: Write) -> None:
    codes = write(["id", "submitdate", "Q[1]", "Q[2]"], IDS, DAYS, *[every("A1", "A2", "A3")] * 2)
    told = [(n.reason, n.place, n.count) for n in inspect_file(codes).warnings]
    assert ("answer_codes", "column Q[1]", 2) in told
    groups = write(["id", "date", "NPS"], IDS, DAYS, every("Promoter", "Passive", "Detractor"))
    assert ("nps_groups", "column NPS", RECORDS) in [
        (n.reason, n.place, n.count) for n in inspect_file(groups).warnings
    ]


def test_a_slider_of_a_hundred_steps(write: Write, take: Take) -> None:
    title = "How satisfied are you with checkout? (0-100)"
    path = write(["id", "date", title], IDS, DAYS, [str(n * 2) for n in range(RECORDS)])
    (asked,) = proposed(path).questions
    assert (asked.metric, asked.scale, proposed(path).pain_points) == ("rating", (0, 100), ())
    assert [q.n for q in take(path).questions] == [RECORDS]
