"""What the command line says of files it cannot take in as they are, and of what it leaves out."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def _write(path: Path, header: str, rows: Sequence[str]) -> Path:
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def take(waymark: Run, empty: Path) -> Run:
    def run(data: Path, *words: object) -> Any:
        return waymark("import", "survey", empty, data, "--create", *words)

    return run


def test_a_header_without_records(take: Run, tmp_path: Path) -> None:
    ran = take(_write(tmp_path / "new.csv", "Response ID,How satisfied are you?", []))
    assert ran.code == 2
    assert "“new.csv” has a row of names and no records below it." in ran.err
    assert "when there are answers" in ran.err


def test_no_question_says_how_to_name_one(take: Run, tmp_path: Path) -> None:
    rows = [f"R{n},2026-07-{1 + n % 28:02d},{1 + n % 3}" for n in range(40)]
    ran = take(_write(tmp_path / "data.csv", "Response ID,day,窓口", rows))
    assert ran.code == 2
    assert "[[question]] column, touchpoint, metric, scale" in ran.err


def test_questions_on_several_scales_one_at_a_time(
    take: Run, waymark: Run, tmp_path: Path, empty: Path
) -> None:
    asked = ("How satisfied are you with the desk?", "How likely are you to recommend us?")
    rows = [
        f"R{n},2026-07-02,{asked[n % 2]},{1 + n % 5 if n % 2 == 0 else n % 11}" for n in range(44)
    ]
    data = _write(tmp_path / "long.csv", "id,day,question,answer", rows)
    ran = take(data)
    assert ran.code == 2
    assert f"“question” holds questions on several scales: {asked[0]} | {asked[1]}" in ran.err
    assert "[source] keep" in ran.err
    # What the sentence says works.
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        f'[source]\nkeep = {{ column = "question", values = ["{asked[1]}"] }}\n[survey]\n'
        'name = "NPS"\ndesign = "transactional"\nquarter = "2026Q3"\n'
        '[[question]]\ncolumn = "answer"\ntouchpoint = "Visit"\nmetric = "nps"\nscale = [0, 10]\n',
        encoding="utf-8",
    )
    kept = take(data, "--mapping", mapping, "--json")
    assert kept.code == 0, kept.err
    assert [(q["metric"], q["n"]) for q in kept.json["questions"]] == [("nps", 22)]


def test_a_bare_ces_among_metrics_is_named(take: Run, tmp_path: Path) -> None:
    rows = [f"{n},{('nps', 'ces')[n % 2]},{1 + n % 7},,17830656{n:02d}" for n in range(40)]
    ran = take(_write(tmp_path / "d.csv", "id,survey_type,score,comment,created_at", rows))
    assert ran.code == 1
    assert "none of nps, csat, ces1, ces2 and rating" in ran.err
    assert "bare “ces”" in ran.err


@pytest.mark.parametrize(
    ("name", "text", "advice"),
    [
        ("a.xls", "day\tscore\n2026-07-01\t4\n", "rename it to end in .csv"),
        ("a.xlsx", "<html><table><tr><td>4</td></tr></table></html>", "save it as .xlsx"),
    ],
)
def test_a_workbook_that_is_none(
    take: Run, tmp_path: Path, name: str, text: str, advice: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    ran = take(tmp_path / name)
    assert ran.code == 3
    assert "not what its name claims" in ran.err
    assert advice in ran.err


def _quarter(path: Path, month: int, *more: str) -> Path:
    header = ",".join(("Respondent ID", "day", "How satisfied are you with the desk?", *more))
    rows = [
        f"{month}{n:03d},2026-{month:02d}-{1 + n % 28:02d},{1 + n % 5}"
        + f",{1 + n % 5}" * len(more)
        for n in range(40)
    ]
    return _write(path, header, rows)


def test_a_new_question_beside_a_remembered_mapping(take: Run, tmp_path: Path) -> None:
    assert take(_quarter(tmp_path / "q1.csv", 2)).code == 0
    ran = take(_quarter(tmp_path / "q2.csv", 5, "How satisfied are you with the pool?"))
    assert ran.code == 0
    assert "The mapping of “q1” was used" in ran.err
    told = "New in this file and not taken in: “How satisfied are you with the pool?”"
    assert told in ran.err


def test_the_same_export_again_has_nothing_new(take: Run, tmp_path: Path) -> None:
    assert take(_quarter(tmp_path / "q1.csv", 2)).code == 0
    assert "New in this file" not in take(_quarter(tmp_path / "q2.csv", 5)).err


def test_a_renamed_question_is_told(take: Run, tmp_path: Path) -> None:
    pool = "How satisfied are you with the pool?"
    assert take(_quarter(tmp_path / "q1.csv", 2, pool)).code == 0
    ran = take(_quarter(tmp_path / "q2.csv", 5, "How satisfied are you with the sauna?"))
    assert ran.code == 0
    assert f"The mapping of “q1” was not used; the file has no “{pool}”." in ran.err


def test_another_survey_is_no_renamed_one(take: Run, tmp_path: Path) -> None:
    assert take(_quarter(tmp_path / "q1.csv", 2)).code == 0
    rows = [f"9{n:03d},2026-05-02,{n % 11}" for n in range(40)]
    ran = take(_write(tmp_path / "x.csv", "Respondent ID,day,How likely to recommend?", rows))
    assert ran.code == 0
    assert "was not used" not in ran.err


@pytest.mark.parametrize("clock", ["", " 10:15", " 09:05:07"])
def test_what_is_said_of_either_order_works(
    take: Run, waymark: Run, tmp_path: Path, clock: str
) -> None:
    rows = [f"R{n},0{1 + n % 9}/07/2026{clock},{n % 11}" for n in range(40)]
    data = _write(tmp_path / "days.csv", "Response ID,Date,NPS", rows)
    mapping = tmp_path / "map.toml"
    assert waymark("inspect", data, "--mapping", mapping).code == 0
    ran = take(data)
    assert ran.code == 2
    assert "Day and month cannot be told apart: “Date”." in ran.err
    first, second = re.findall(r'"(%[^"]+)"', ran.err)
    assert {first[:8], second[:8]} == {"%d/%m/%Y", "%m/%d/%Y"}
    for said in (first, second):
        text = mapping.read_text("utf-8")
        (tmp_path / "said.toml").write_text(
            text.replace('format = "" }', f'format = "{said}" }}'), encoding="utf-8"
        )
        done = take(data, "--mapping", tmp_path / "said.toml", "--json", "--dry-run")
        assert (done.code, done.json["imported"]) == (0, 40)


def test_what_is_said_of_a_logs_either_order_works(
    waymark: Run, tmp_path: Path, empty: Path
) -> None:
    rows = [f"C{n // 2},{'AB'[n % 2]},0{1 + n // 2}/07/2026 1{n % 2}:30 PM" for n in range(12)]
    data = _write(tmp_path / "log.csv", "case,event,time", rows)
    mapping = tmp_path / "map.toml"
    assert waymark("inspect", data, "--mapping", mapping).code == 0
    ran = waymark("import", "events", empty, data, "--create")
    assert ran.code == 2
    assert "“events.time_format”" in ran.err
    for said in re.findall(r'"(%[^"]+)"', ran.err):
        text = mapping.read_text("utf-8").replace("[events]", f'[events]\ntime_format = "{said}"')
        (tmp_path / "said.toml").write_text(text, encoding="utf-8")
        words = ("--create", "--json", "--dry-run", "--mapping", tmp_path / "said.toml")
        done = waymark("import", "events", empty, data, *words)
        assert (done.code, done.json["events"]) == (0, 12)


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("events", "case_id,activity\n1,A\n1,B\n", '[events] case = "…", activity = "…", time'),
        ("purchases", "CustomerID,InvoiceDate\nK1,2026-07-15\n", "[purchases] customer"),
    ],
)
def test_a_log_that_lacks_a_column(
    waymark: Run, tmp_path: Path, empty: Path, kind: str, text: str, said: str
) -> None:
    (tmp_path / "log.csv").write_text(text, encoding="utf-8")
    ran = waymark("import", kind, empty, tmp_path / "log.csv")
    assert ran.code == 2
    assert f"The mapping lacks “{kind}." in ran.err
    assert said in ran.err
