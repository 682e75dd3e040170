"""Shapes of exports that vendors write and people change, by small tables written by hand."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from storage.errors import MappingError
from storage.imports.dates import date_parser, find_date_format
from storage.imports.inspect import Inspection, inspect_file
from storage.imports.kpi_periods import parse_period
from storage.imports.likely_kind import likely_kind
from storage.imports.mapping import Mapping, parse_mapping, propose, write_mapping
from storage.imports.months import month_number
from storage.imports.question_words import touchpoint_name
from storage.imports.survey_cells import rule_holds
from tests.storage.imports.log_trial import LogTrial, log_trial
from tests.storage.imports.survey_trial import Trial

RECORDS = 32
FIVE = [str(1 + n % 5) for n in range(RECORDS)]
NPS = [str(n % 11) for n in range(RECORDS)]
DAYS = [f"2026-{1 + n % 9:02d}-{1 + n % 28:02d} 10:00:00" for n in range(RECORDS)]


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[LogTrial]:
    with log_trial(tmp_path) as made:
        yield made


def write(path: Path, rows: Sequence[Sequence[object]], codec: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=codec) as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    return path


def table(folder: Path, heads: Sequence[Sequence[str]], *columns: Sequence[object]) -> Inspection:
    """Inspect a file of some header rows and the columns below them."""
    return inspect_file(write(folder / "export.csv", [*heads, *zip(*columns, strict=True)]))


def asked(inspection: Inspection) -> dict[str, str]:
    """Touchpoints and their metrics, as proposed."""
    return {q.touchpoint: q.metric for q in propose(inspection).questions}


def noticed(inspection: Inspection) -> set[tuple[str, str]]:
    return {(notice.reason, notice.column) for notice in inspection.warnings}


MONTHS = [
    (7, "July Jul Juli lipca lipiec июля июль juillet julio luglio julho juil"),
    (6, "June Juni czerwca июнь juin junio giugno junho"),
    (3, "March Mar März mrz marca марта mars marzo março maart"),
    (12, "December Dez des grudnia декабря décembre diciembre dicembre"),
    (0, "Marketing Mayor jui Settings Outlet Total may2 Q1"),
]


@pytest.mark.parametrize(("number", "names"), MONTHS)
def test_months_in_many_languages_and_nothing_else(number: int, names: str) -> None:
    assert {name: month_number(name) for name in names.split()} == dict.fromkeys(
        names.split(), number
    )


@pytest.mark.parametrize(
    "cells",
    [
        ("1 lipca 2026", "13 lipca 2026"),
        ("1. Juli 2026", "13. Juli 2026"),
        ("01-Jul-2026", "13-Jul-2026"),
        ("1 de julio de 2026", "13 de julio de 2026"),
        ("1 juil. 2026", "13 juil. 2026"),
        ("1 июля 2026", "13 июля 2026"),
        ("Jul 1, 2026, 9:00 AM", "Jul 13, 2026, 9:00 AM"),
        ("7/1/2026, 9:00:00 AM", "7/13/2026, 9:00:00 AM"),
        ("2026/07/01 9:00:00 AM GMT+2", "2026/07/13 9:00:00 AM GMT+2"),
    ],
)
def test_dates_as_people_write_them(cells: tuple[str, str]) -> None:
    found = find_date_format(cells)
    assert found is not None
    parse = date_parser(found.format)
    read = [moment.date().isoformat() for cell in cells if (moment := parse(cell))]
    assert read == ["2026-07-01", "2026-07-13"]


def test_an_offset_of_whole_hours() -> None:
    moment = date_parser("%Y/%m/%d %I:%M:%S %p %z")("2026/07/01 1:00:00 AM GMT+2")
    assert moment is not None
    assert moment.isoformat() == "2026-07-01T01:00:00+02:00"


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("I kw. 2026", "2026Q1"),
        ("IV kwartał 2026 r.", "2026Q4"),
        ("II кв. 2026 г.", "2026Q2"),
        ("T3 2026", "2026Q3"),
        ("1er trimestre 2026", "2026Q1"),
        ("2º trimestre de 2026", "2026Q2"),
        ("août 2026", "2026-08"),
        ("Settings 26", None),
        ("Marketing 26", None),
        ("T3", None),
    ],
)
def test_periods_of_other_countries(cell: str, period: str | None) -> None:
    found = parse_period(cell)
    assert (found.text if found else None) == period


def values(trial: LogTrial) -> dict[tuple[str, str], list[float]]:
    ws = trial.workspace
    found: dict[tuple[str, str], list[float]] = {}
    for each in sorted(ws.observations.values(), key=lambda o: o.period):
        kpi = ws.kpis[each.kpi]
        found.setdefault((kpi.name, kpi.unit), []).append(each.value)
    return found


def test_years_over_quarters_are_one_head(logs: LogTrial) -> None:
    sheet = "KPI,Unit,2025,,2026,\n,,Q3,Q4,Q1,Q2\nFCR,%,71,72,73,74\n"
    result = logs.kpi(logs.file(sheet))
    assert result.kpis[0].periods == ("2025Q3", "2025Q4", "2026Q1", "2026Q2")
    assert values(logs) == {("FCR", "%"): [71, 72, 73, 74]}


def test_a_unit_in_brackets_and_a_word_in_brackets(logs: LogTrial) -> None:
    sheet = (
        "KPI,2026-01,2026-02\nWait (min),3,4\nRevenue (EUR),10,20\n"
        "Tickets (open),5,6\nTickets (closed),7,8\n"
    )
    logs.kpi(logs.file(sheet))
    assert values(logs) == {
        ("Wait", "min"): [3, 4],
        ("Revenue", "EUR"): [10, 20],
        ("Tickets (open)", ""): [5, 6],
        ("Tickets (closed)", ""): [7, 8],
    }


@pytest.mark.parametrize(
    "sheet", ["KPI,Jan,Feb,Mar\nNPS,30,31,33\n", "Month,NPS\nJanuary,30\nFebruary,31\n"]
)
def test_months_without_a_year_say_what_they_need(logs: LogTrial, sheet: str) -> None:
    path = logs.file(sheet)
    with pytest.raises(MappingError) as refused:
        logs.kpi(path)
    assert refused.value.reason == "period_year"
    assert refused.value.names[0].startswith("Jan")
    assert likely_kind(inspect_file(path)).kind == "kpi"


EXPLORED = (
    "# ------------------------------\n# Acme\n# Free form 1\n{days}"
    "# ------------------------------\n\nPage path,Views\n/,100\n/cart,30\n,130\n"
)


def test_an_exploration_names_its_days_in_one_line(logs: LogTrial) -> None:
    logs.kpi(logs.file(EXPLORED.format(days="# 20260401-20260630\n")))
    assert {o.period for o in logs.workspace.observations.values()} == {"2026Q2"}
    assert sorted(o.value for o in logs.workspace.observations.values()) == [30, 100, 130]


def test_a_report_without_days_says_so(logs: LogTrial) -> None:
    with pytest.raises(MappingError) as refused:
        logs.kpi(logs.file(EXPLORED.format(days="")))
    assert refused.value.reason == "report_days"


CHOSEN = '[[choice]]\nkpi = "NPS"\nclash = "period_clash"\ntake = "only:month"\n'


def test_what_was_chosen_stands_in_the_mapping(logs: LogTrial) -> None:
    path = logs.file("kpi,period,value\nNPS,2026Q1,30\nNPS,2026-04,31\n")
    with pytest.raises(MappingError) as refused:
        logs.kpi(path)
    assert refused.value.nearest["take"][0] == "only:quarter"
    mapping = parse_mapping(CHOSEN)
    assert parse_mapping(write_mapping(mapping)) == mapping
    logs.kpi(path, CHOSEN)
    assert values(logs) == {("NPS", "points"): [31]}


@pytest.mark.parametrize("scale", [1, 1_000, 1_000_000])
def test_moments_since_1970_in_any_unit(logs: LogTrial, scale: int) -> None:
    lines = [f"u{n % 3},{name},{(1_782_896_400 + n * 60) * scale}" for n in range(6)
             for name in [("open", "pay")[n // 3]]]  # fmt: skip
    path = logs.file("user_id,event_name,event_timestamp\n" + "\n".join(lines) + "\n")
    assert likely_kind(inspect_file(path)).kind == "events"
    result = logs.events(path)
    assert (result.events, result.cases, result.variants) == (6, 3, 1)


@pytest.mark.parametrize(
    "head", ["Sprawa,Czynność,Data", "Fall-ID,Aktivität,Zeitpunkt", "Кейс,Событие,Дата"]
)
def test_logs_with_heads_in_other_languages(logs: LogTrial, head: str) -> None:
    body = "1,A,01.07.2026 10:00\n1,B,13.07.2026 11:00\n2,A,14.07.2026 10:00\n"
    result = logs.events(logs.file(f"{head}\n{body}"))
    assert (result.events, result.cases) == (3, 2)


QUALTRICS = ["StartDate", "EndDate", "Status", "Progress", "Finished", "RecordedDate", "ResponseId"]


@pytest.mark.parametrize("texts", [True, False])
def test_qualtrics_whose_rows_somebody_took_out(tmp_path: Path, texts: bool) -> None:
    heads = [[*QUALTRICS, "Q1", "Q2"]]
    if texts:
        told = ["How likely are you to recommend us?", "How satisfied are you with the shop?"]
        heads.append([name + " text" for name in QUALTRICS] + told)
    fixed = [DAYS, DAYS, ["IP Address"] * RECORDS, ["100"] * RECORDS, ["True"] * RECORDS, DAYS]
    ids = [f"R_{n}" for n in range(RECORDS)]
    seen = table(tmp_path, heads, *fixed, ids, NPS, FIVE)
    assert (seen.vendor, seen.header_rows, seen.records) == ("qualtrics", len(heads), RECORDS)
    if texts:
        assert asked(seen) == {"Overall experience": "nps", "Shop": "csat"}


def test_question_and_option_stuck_together(tmp_path: Path) -> None:
    title = "Please rate the following:-"
    seen = table(tmp_path, [["id", "date", title + "Driver", title + "Punctuality"]],
                 range(RECORDS), DAYS, FIVE, FIVE)  # fmt: skip
    assert set(asked(seen)) == {"Driver", "Punctuality"}


def test_options_joined_by_a_bare_comma(tmp_path: Path) -> None:
    ticked = ["Long wait,App error", "App error", "Long wait", "Wrong fee,Long wait"] * 8
    seen = table(tmp_path, [["id", "date", "NPS", "Which problems did you have?"]],
                 range(RECORDS), DAYS, NPS, ticked)  # fmt: skip
    rules = {rule.title: rule.when for rule in propose(seen).pain_points}
    assert set(rules) == {"Long wait", "App error", "Wrong fee"}
    met = {title: sum(map(rule_holds(when, set()), ticked)) for title, when in rules.items()}  # type: ignore[arg-type]
    assert met == {"Long wait": 24, "App error": 16, "Wrong fee": 8}


def test_options_that_tell_no_pain_are_proposed_as_what_the_mapping_takes(tmp_path: Path) -> None:
    films = ["Alien", ""] * (RECORDS // 2)
    seen = table(tmp_path, [["id", "date", "NPS", "Which films have you seen? [Alien]"]],
                 range(RECORDS), DAYS, NPS, films)  # fmt: skip
    proposal = seen.columns[3].proposal
    assert (proposal.role, proposal.options) == ("ignore", ("Alien",))
    assert propose(seen).pain_points == ()


SM = ["Respondent ID", "Collector ID", "Anfangsdatum", "Enddatum"]


def test_surveymonkeys_second_row_in_another_language(tmp_path: Path) -> None:
    fixed = [range(11_800, 11_800 + RECORDS), ["44"] * RECORDS, DAYS, DAYS]
    heads = [
        [*SM, "Wie wahrscheinlich ist es, dass Sie Möbel Müller weiterempfehlen?",
         "Wie zufrieden sind Sie mit der Lieferung?", "Bewerten Sie uns", "", "Noch etwas?"],
        ["", "", "", "", "Antwort", "Antwort", "Preis", "Auswahl", "Offene Antwort"],
    ]  # fmt: skip
    said = ["", "Die Lieferung kam zu spät an"] * (RECORDS // 2)
    seen = table(tmp_path, heads, *fixed, NPS, FIVE, FIVE, FIVE, said)
    assert (seen.vendor, seen.header_rows, seen.records) == ("surveymonkey", 2, RECORDS)
    assert asked(seen) == {
        "Möbel Müller": "nps", "Lieferung": "csat", "Preis": "csat", "Auswahl": "csat",
    }  # fmt: skip


def test_a_column_for_each_answer_is_one_question(tmp_path: Path) -> None:
    levels = ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied"]
    fixed = [range(11_800, 11_800 + RECORDS), ["44"] * RECORDS, DAYS, DAYS]
    heads = [[*SM, "How satisfied are you?", "", "", ""], ["", "", "", "", *levels]]
    answers = [[level if n % 4 == at else "" for n in range(RECORDS)]
               for at, level in enumerate(levels)]  # fmt: skip
    seen = table(tmp_path, heads, *fixed, *answers)
    mapping = propose(seen)
    assert {(q.text, q.metric, q.scale) for q in mapping.questions} == {
        ("How satisfied are you?", "csat", (1, 5))
    }
    assert [q.scores for q in mapping.questions] == [
        (("Very satisfied", 5),), (("Satisfied", 4),), (("Neutral", 3),), (("Dissatisfied", 2),),
    ]  # fmt: skip
    assert "answer_columns" not in {reason for reason, _ in noticed(seen)}


def test_answers_that_could_be_ticked_together_say_how_to_export(tmp_path: Path) -> None:
    levels = ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied"]
    fixed = [range(11_800, 11_800 + RECORDS), ["44"] * RECORDS, DAYS, DAYS]
    heads = [[*SM, "How satisfied are you?", "", "", ""], ["", "", "", "", *levels]]
    answers = [[level if n % 3 else "" for n in range(RECORDS)] for level in levels]
    seen = table(tmp_path, heads, *fixed, *answers)
    assert ("answer_columns", "How satisfied are you?") in noticed(seen)
    assert propose(seen).takes_nothing


def test_dates_that_were_never_recorded_are_none(tmp_path: Path) -> None:
    seen = table(tmp_path, [["id", "submitdate", "lastpage", "Q[1]", "Q[2]", "Q[3]"]],
                 range(RECORDS), ["1980-01-01 00:00:00"] * RECORDS, ["3"] * RECORDS,
                 FIVE, FIVE, FIVE)  # fmt: skip
    survey = propose(seen).survey
    assert survey is not None
    assert survey.date is None
    assert ("no_moments", "") in noticed(seen)


@pytest.mark.parametrize(
    ("kind", "scores", "metric"),
    [
        ("Customer Loyalty (NPS)", NPS, "nps"),
        ("Customer Loyalty", NPS, "nps"),
        ("Customer Support", [str(1 + n % 7) for n in range(RECORDS)], "ces"),
        ("Customer Satisfaction", [str(n % 3) for n in range(RECORDS)], "csat"),
    ],
)
def test_hubspot_names_its_surveys(
    tmp_path: Path, kind: str, scores: list[str], metric: str
) -> None:
    head = ["Submission ID", "Survey Type", "Response Date", "Value", "Sentiment"]
    seen = table(tmp_path, [head],
                 range(RECORDS), [kind] * RECORDS, DAYS, scores, [""] * RECORDS)  # fmt: skip
    assert seen.vendor == "hubspot"
    assert list(asked(seen).values()) == [metric]


def test_a_real_answer_is_a_code_or_a_word_and_no_warning(tmp_path: Path) -> None:
    from journey.model.template import new_workspace
    from storage.document import Document

    seen = table(tmp_path, [[*QUALTRICS, "NPS"]], DAYS, DAYS, ["0"] * RECORDS, ["100"] * RECORDS,
                 ["1"] * RECORDS, DAYS, [f"R_{n}" for n in range(RECORDS)], NPS)  # fmt: skip
    path = tmp_path / "trial.waymark"
    Document.create(path, new_workspace("Trial")).close()
    trial = Trial(Document.open(path), tmp_path)
    mapping = write_mapping(propose(seen))
    told = [reason for reason, _ in trial.take(seen.path, mapping).warnings]
    assert "keep_never" not in told
    other = mapping.replace('"IP Address", "0"', '"IP Address", "3"')
    assert ("keep_never", "3") in trial.take(seen.path, other, if_known="replace").warnings


def test_russian_of_one_code_page_with_a_number_sign(tmp_path: Path) -> None:
    head = ["Дата", "Клиент", "Оценка обслуживания", "Порекомендуете ли вы нас?"]
    rows = [[f"{1 + n % 28:02d}.07.2026", f"№{n}", FIVE[n], NPS[n]] for n in range(RECORDS)]
    seen = inspect_file(write(tmp_path / "ru.csv", [head, *rows], "cp1251"))
    assert [c.name for c in seen.columns] == head
    assert asked(seen) == {"Обслуживания": "csat", "Overall experience": "nps"}


@pytest.mark.parametrize(
    ("title", "touchpoint"),
    [
        ("Overall, how satisfied or dissatisfied are you with our company?", "Overall experience"),
        ("Na ile prawdopodobne jest, że polecisz nas znajomym?", "Overall experience"),
        ("Zadowolenie z infolinii", "Infolinii"),
        ("Wie wahrscheinlich ist es, dass Sie Möbel Müller einem Freund weiterempfehlen?",
         "Möbel Müller"),
        ("Net Promoter Score", "Overall experience"),
        ("NPS", "Overall experience"),
    ],
)  # fmt: skip
def test_what_a_question_is_about(title: str, touchpoint: str) -> None:
    assert touchpoint_name(title) == touchpoint


def test_nothing_is_chosen_without_a_clash(logs: LogTrial) -> None:
    assert Mapping().choices == ()
    logs.kpi(logs.file("kpi,period,value\nNPS,2026Q1,30\n"), CHOSEN)
    assert values(logs) == {("NPS", "points"): [30]}
