"""What users really bring to `import survey`, and what must survive it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from journey.model.quarter import quarter_of

Run = Callable[..., Any]


@pytest.fixture
def take(waymark: Run, empty: Path) -> Run:
    """Import the answers of the bank into a workspace without any touchpoint."""

    def run(*words: object, data: str = "answers.csv", mapping: str | None = "map.toml") -> Any:
        given = ["--mapping", empty.with_name(mapping)] if mapping else []
        return waymark("import", "survey", empty, empty.with_name(data), *given, *words)

    return run


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_an_unknown_column_is_named_with_the_nearest(take: Run, empty: Path) -> None:
    _change(empty.with_name("map.toml"), 'column = "Desk score"', 'column = "Desk scores"')
    _change(empty.with_name("map.toml"), 'respondent = "Customer"', 'respondent = "Client"')
    before = empty.read_bytes()
    ran = take("--create")
    assert ran.code == 2
    assert "“Desk scores” (nearest: Desk score)" in ran.err
    assert "“Client”" in ran.err
    assert len(ran.lines) == 3
    assert empty.read_bytes() == before


def test_unknown_touchpoints_are_all_listed_with_the_nearest(
    take: Run, empty: Path, waymark: Run
) -> None:
    assert take("--create").code == 0
    before = empty.read_bytes()
    mapping = empty.with_name("map.toml")
    _change(mapping, 'touchpoint = "Service desk"', 'touchpoint = "Service dsk"')
    _change(mapping, 'touchpoint = "Whole visit"', 'touchpoint = "Phone"')
    ran = take("--if-known", "replace")
    assert ran.code == 2
    assert "“Service dsk” (nearest: Service desk)" in ran.err
    assert "“Phone”" in ran.err
    assert "--create" in ran.err
    assert empty.read_bytes() == before


def test_create_makes_what_the_mapping_names(take: Run, empty: Path, waymark: Run) -> None:
    ran = take("--create", "--json")
    assert ran.code == 0
    made = {(each["kind"], each["name"]) for each in ran.json["created"]}
    assert {
        ("touchpoint", "Service desk"),
        ("touchpoint", "Whole visit"),
        ("segment", "Young"),
        ("segment", "Old"),
        ("pain_point", "Queue too long"),
        ("pain_point", "Forms ask twice"),
    } <= made


def test_a_touchpoint_without_a_stage_is_unsorted(take: Run, empty: Path, waymark: Run) -> None:
    _change(empty.with_name("map.toml"), 'stage = "Purchase"\n', "")
    assert take("--create").code == 0
    (journey,) = waymark("info", empty, "--json").json["journeys"]
    assert journey["stages"] == 6


def test_scores_off_the_scale_are_counted_and_the_rest_is_kept(
    take: Run, empty: Path, waymark: Run
) -> None:
    data = empty.with_name("answers.csv")
    lines = data.read_text("utf-8").splitlines()
    for line, score in ((3, "6"), (9, "much"), (14, "-1")):
        cells = lines[line].split(";")
        lines[line] = ";".join([*cells[:3], score, *cells[4:]])
    data.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ran = take("--create", "--json")
    assert ran.code == 1
    refused = {(c["reason"], c["count"]) for c in ran.json["refused_cells"]}
    assert refused == {("off_scale", 2), ("not_a_number", 1)}
    assert "Desk score" in ran.err
    assert "line 4" in ran.err
    assert ran.json["imported"] == 120
    assert waymark("metrics", empty, "--json").json[0]["n"] == ran.json["questions"][0]["n"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "blank"),
        (b"\n \n", "blank"),
        (b"\xef\xbb\xbf", "blank"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "read"),
        (b"PK\x03\x04" + bytes(range(256)) * 4, "read"),
    ],
)
def test_a_blank_or_binary_file_is_refused(
    content: bytes, reason: str, take: Run, empty: Path
) -> None:
    empty.with_name("odd.csv").write_bytes(content)
    before = empty.read_bytes()
    ran = take("--create", data="odd.csv")
    assert ran.code == 3, ran.err
    assert "odd.csv" in ran.err
    assert 1 <= len(ran.lines) <= 3
    assert empty.read_bytes() == before


def test_a_folder_is_no_file(take: Run, empty: Path) -> None:
    empty.with_name("folder").mkdir()
    ran = take("--create", data="folder")
    assert (ran.code, len(ran.lines)) == (3, 2)
    assert "directory" in ran.err


def test_a_cut_last_record_is_taken_as_far_as_it_goes(take: Run, empty: Path) -> None:
    data = empty.with_name("answers.csv")
    text = data.read_text("utf-8")
    last = text.rstrip("\n").rindex("\n") + 1
    data.write_text(text[: last + len("C0119;2026-12-08;Ol")], encoding="utf-8")
    ran = take("--create", "--json")
    assert ran.code in (0, 1)
    assert ran.json["records"] == 120
    assert ran.json["imported"] + sum(s["count"] for s in ran.json["skipped"]) == 120


@pytest.mark.parametrize("encoding", ["cp1250", "cp1252", "iso8859-2", "utf-16", "utf-8-sig"])
def test_eight_bit_encodings_are_read(encoding: str, take: Run, empty: Path, waymark: Run) -> None:
    data = empty.with_name("answers.csv")
    names = {"cp1252": ("Bærum og Råde", "Gjøvik ved Mjøsa"), "utf-8-sig": ("Łódź", "Якутск")}
    young, old = names.get(encoding, ("Młodzież ze Śląska", "Dorośli, zażółcona jaźń"))
    text = data.read_text("utf-8").replace("Young", young).replace("Old", old)
    data.write_bytes(text.encode(encoding))
    assert take("--create").code == 0
    assert waymark("info", empty, "--json").json["segments"] == sorted((young, old))


def test_a_dry_run_counts_and_changes_nothing(take: Run, empty: Path) -> None:
    before = empty.read_bytes()
    ran = take("--create", "--dry-run", "--json")
    assert (ran.code, ran.json["imported"]) == (0, 120)
    assert empty.read_bytes() == before


def test_known_answers_are_refused_replaced_or_added(take: Run, empty: Path, waymark: Run) -> None:
    assert take("--create").code == 0
    again = take()
    assert again.code == 2
    assert "Branch visits" in again.err
    assert "--if-known replace" in again.err
    replaced = take("--if-known", "replace", "--json")
    assert (replaced.code, len(replaced.json["replaced"])) == (0, 1)
    (survey,) = waymark("info", empty, "--json").json["surveys"]
    assert survey["responses"] == 120
    data = empty.with_name("answers.csv")
    with data.open("a", encoding="utf-8") as file:
        file.write("C9999;2026-12-01;Old;4;9;;stayed;\n")
    added = take("--if-known", "add", "--json")
    assert added.code == 0
    assert (added.json["records"], added.json["imported"]) == (121, 1)


def test_a_remembered_mapping_is_used_again(take: Run, empty: Path, waymark: Run) -> None:
    assert take("--create").code == 0
    data = empty.with_name("answers.csv")
    later = data.read_text("utf-8").replace("C0", "D0").replace("C1", "D1")
    empty.with_name("later visits.csv").write_text(later, encoding="utf-8")
    ran = take("--json", data="later visits.csv", mapping=None)
    assert (ran.code, ran.json["imported"]) == (0, 120)
    assert "Branch visits" in ran.err
    surveys = waymark("info", empty, "--json").json["surveys"]
    assert {s["name"] for s in surveys} == {"Branch visits", "later visits"}
    assert waymark("metrics", empty, "--json").json[0]["n"] == 2 * 96


def test_without_a_mapping_the_proposed_one_is_used(waymark: Run, empty: Path) -> None:
    data = empty.with_name("ratings.csv")
    records = "".join(f"R{i},{1 + i % 5}\n" for i in range(60))
    data.write_text(f"Respondent ID,How satisfied are you?\n{records}", encoding="utf-8")
    ran = waymark("import", "survey", empty, data, "--create", "--json")
    assert ran.code == 0
    assert "proposed mapping" in ran.err
    assert [q["n"] for q in ran.json["questions"]] == [60]


def test_a_choice_left_open_is_refused_and_named(take: Run, empty: Path) -> None:
    _change(empty.with_name("map.toml"), 'bad = ["left"]', "bad = []")
    ran = take("--create")
    assert ran.code == 2
    assert "“Outcome”" in ran.err
    assert "bad outcome" in ran.err


def test_a_mapping_that_is_no_toml_is_refused(take: Run, empty: Path) -> None:
    empty.with_name("map.toml").write_text("[survey\nname = 3", encoding="utf-8")
    ran = take("--create")
    assert (ran.code, len(ran.lines)) == (2, 3)
    assert "TOML" in ran.err


def test_answers_without_a_date_go_to_todays_quarter(take: Run, empty: Path, waymark: Run) -> None:
    _change(empty.with_name("map.toml"), 'date = { column = "Day", format = "%Y-%m-%d" }\n', "")
    ran = take("--create", "--json")
    today = quarter_of(datetime.now().astimezone().date())
    assert ran.code == 0
    assert today in ran.err
    quarters = waymark("info", empty, "--json").json["quarters"]
    assert [q["quarter"] for q in quarters] == [today]


def test_answers_without_a_date_follow_the_fiscal_year(
    waymark: Run, empty: Path, take: Run, tmp_path: Path
) -> None:
    assert waymark("dump", empty, tmp_path / "new.json").code == 0
    _change(tmp_path / "new.json", '"fiscal_year_start_month": 1', '"fiscal_year_start_month": 7')
    fiscal = tmp_path / "fiscal.waymark"
    assert waymark("load", tmp_path / "new.json", fiscal).code == 0
    _change(empty.with_name("map.toml"), 'date = { column = "Day", format = "%Y-%m-%d" }\n', "")
    words = ("--mapping", tmp_path / "map.toml", "--create")
    assert waymark("import", "survey", fiscal, tmp_path / "answers.csv", *words).code == 0
    (quarter,) = waymark("info", fiscal, "--json").json["quarters"]
    assert quarter["quarter"] == quarter_of(datetime.now().astimezone().date(), 7)


def test_a_quarter_in_the_mapping_is_kept(take: Run, empty: Path, waymark: Run) -> None:
    _change(
        empty.with_name("map.toml"),
        'date = { column = "Day", format = "%Y-%m-%d" }',
        'quarter = "2025Q2"',
    )
    ran = take("--create")
    assert (ran.code, ran.err) == (0, "")
    quarters = waymark("info", empty, "--json").json["quarters"]
    assert [q["quarter"] for q in quarters] == ["2025Q2"]


def test_a_journey_that_is_not_there_is_refused_or_made(take: Run, empty: Path) -> None:
    before = empty.read_bytes()
    ran = take("--journey", "Loans")
    assert ran.code == 2
    assert "Loans" in ran.err
    assert empty.read_bytes() == before
    made = take("--journey", "Loans", "--create", "--json")
    assert made.code == 0
    assert {"kind": "journey", "name": "Loans"} in made.json["created"]
