"""What is seen in a table: counts, types, proposals, warnings."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from storage.errors import ImportProblem
from storage.imports import profile
from storage.imports.inspect import Inspection, inspect_file, inspection_facts
from storage.imports.mapping import propose, write_mapping


def inspect_text(folder: Path, text: str | bytes, **given_: object) -> Inspection:
    path = folder / "data.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return inspect_file(path, **given_)  # type: ignore[arg-type]


def notices(inspection: Inspection) -> dict[str, tuple[str, int]]:
    return {notice.reason: (notice.place, notice.count) for notice in inspection.warnings}


def roles(inspection: Inspection) -> dict[str, str]:
    return {seen.name: seen.proposal.role for seen in inspection.columns}


def test_the_answer_has_the_names_of_the_contract(fixtures: Path) -> None:
    facts = inspection_facts(inspect_file(fixtures / "imports" / "polish_cp1250.csv"))
    assert {
        "vendor",
        "encoding",
        "separator",
        "header_rows",
        "records",
        "columns",
        "warnings",
    } == set(facts)
    columns = json.loads(json.dumps(facts))["columns"]
    wanted = {"name", "type", "blank", "refused", "distinct", "examples", "proposal"}
    assert all(wanted <= set(column) for column in columns)
    assert columns[2] == {
        "name": "NPS", "type": "integer", "blank": 1, "missing": {}, "refused": 0,
        "refused_examples": [], "distinct": 2, "examples": ["9", "3"], "minimum": 3.0,
        "maximum": 9.0,
        "proposal": {"role": "question", "metric": "nps", "scale": [0, 10]},
    }  # fmt: skip


def test_types_blanks_and_refusals(tmp_path: Path) -> None:
    lines = ["id,charges,when,note,empty"]
    lines += [f"{n},{n}.5,2026-01-{n % 28 + 1:02},text {n % 3}," for n in range(1, 40)]
    lines += ["40, ,soon,text 1,", "41,nan,2026-02-30,, "]
    seen = {c.name: c.profile for c in inspect_text(tmp_path, "\n".join(lines)).columns}
    assert [seen[name].type for name in seen] == ["integer", "number", "date", "text", "blank"]
    assert (seen["charges"].blank, seen["charges"].missing) == (1, {"nan": 1})
    assert (seen["when"].refused, set(seen["when"].refused_examples)) == (2, {"soon", "2026-02-30"})
    assert (seen["note"].blank, seen["note"].distinct) == (1, 3)
    assert seen["empty"].blank == 41
    assert seen["id"].unique
    assert (seen["id"].minimum, seen["id"].maximum) == (1, 41)


def test_a_mark_is_no_answer_among_figures_and_one_among_words(tmp_path: Path) -> None:
    body = "How would you rate it?,Problems\n" + "5,None\n2,None\nN/A,\n-99,None\n4,\n3,None\n" * 6
    rating, used = inspect_text(tmp_path, body).columns
    assert rating.profile.missing == {"N/A": 6, "-99": 6}
    assert (rating.profile.answered, rating.profile.distinct) == (24, 4)
    assert set(rating.proposal.missing) == {"N/A", "-99"}
    assert (used.profile.type, used.profile.missing, used.proposal.role) == ("text", {}, "option")


def test_distinct_values_are_capped_and_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile, "KEPT_DISTINCT", 300)
    body = "id,x\n" + "".join(f"{n},1\n" for n in range(5000))
    column = inspect_text(tmp_path, body).columns[0].profile
    assert (column.distinct, column.distinct_capped, column.unique) == (300, True, True)
    assert (len(column.values), column.values_complete) == (200, False)


def test_records_are_counted_over_batches(tmp_path: Path) -> None:
    body = "a,b\n" + "1,2\n\n" * 10_000
    inspection = inspect_text(tmp_path, body)
    assert inspection.records == 10_000
    assert inspection.columns[1].profile.values == {"2": 10_000}
    assert inspection.warnings == ()


def test_ragged_and_cut_records_are_noticed(tmp_path: Path) -> None:
    found = notices(inspect_text(tmp_path, "a,b,c\n1,2,3\n1,2,3,4\n1,2,3,,\n5,6"))
    assert found == {"ragged": ("line 3", 2), "cut_last_record": ("line 5", 1)}
    whole = notices(inspect_text(tmp_path, "a,b,c\n1,2,3\n5,6,7"))
    assert whole == {}


def test_a_quote_that_swallows_the_rest_of_the_file_is_noticed(tmp_path: Path) -> None:
    body = 'id,score,comment\n1,9,fine\n2,3,"too slow\n' + "3,8,fine\n" * 20
    inspection = inspect_text(tmp_path, body)
    assert inspection.records == 2
    assert notices(inspection)["unclosed_quote"] == ("line 3", 20)


def test_a_quote_that_a_later_one_closes_is_noticed(tmp_path: Path) -> None:
    body = 'id,score,comment\n1,9,"fine\n2,3,slow\n3,3,slow\n4,3,"slow"\n5,1,x\n'
    assert notices(inspect_text(tmp_path, body))["unclosed_quote"][0] == "line 2"


def test_an_open_quote_in_the_last_cell_is_noticed(tmp_path: Path) -> None:
    assert "unclosed_quote" in notices(inspect_text(tmp_path, 'id,comment\n1,fine\n2,"slo'))
    assert "unclosed_quote" not in notices(inspect_text(tmp_path, 'id,comment\n1,x\n2,"slo"'))


def test_honest_line_breaks_in_comments_are_no_fault(tmp_path: Path) -> None:
    body = 'id,score,comment\n1,9,"fine,\nthough late"\n2,3,"a\nb\nc"\n'
    inspection = inspect_text(tmp_path, body)
    assert (inspection.records, inspection.warnings) == (2, ())


def test_bytes_are_noticed(tmp_path: Path) -> None:
    found = notices(inspect_text(tmp_path, b"\xef\xbb\xbf\xef\xbb\xbfid,x\n1,a\x00b\n"))
    assert found == {"double_mark": ("", 0), "nul": ("", 1)}
    wounded = "navn,x\n" + "blåbær,1\n" * 50
    found = notices(inspect_text(tmp_path, wounded.encode() + b"K\xe5re,1\n"))
    assert found == {"encoding_guessed": ("", 0), "faulty_bytes": ("", 1)}


def test_names_and_dates_that_can_be_mistaken_are_noticed(tmp_path: Path) -> None:
    body = "Other,Other,Date\n" + "x,y,01/02/2026\nx,y,03/04/2026\n"
    found = notices(inspect_text(tmp_path, body))
    assert found["duplicate_names"] == ("", 1)
    assert found["ambiguous_dates"] == ("column Date", 2)


def test_more_ga4_tables_are_noticed(fixtures: Path) -> None:
    assert notices(inspect_file(fixtures / "imports" / "ga4_report.csv"))["more_tables"] == ("", 1)
    assert notices(inspect_file(fixtures / "imports" / "ga4_resaved.csv")) == {}


def test_roles_in_the_vendors_shapes(fixtures: Path) -> None:
    found = roles(inspect_file(fixtures / "imports" / "qualtrics_three_rows.csv"))
    assert found["Q1_NPS_GROUP"] == "ignore"
    assert (found["ResponseId"], found["RecordedDate"]) == ("respondent", "date")
    seen = inspect_file(fixtures / "imports" / "typeform.csv")
    typeform = roles(seen)
    assert (typeform["#"], typeform["Submit Date (UTC)"]) == ("respondent", "date")
    # Options that do not say what went wrong are no pain points: known as such, and left out.
    chat = seen.column("Chat").proposal
    assert (chat.role, bool(chat.options)) == ("ignore", True)
    polish = roles(inspect_file(fixtures / "imports" / "polish_utf-16.txt", language="pl"))
    assert polish == {
        "Data": "date", "Punkt styku": "touchpoint", "NPS": "question", "CSAT": "question",
        "Czas obsługi": "ignore", "Komentarz": "comment",
    }  # fmt: skip


IN_ONE_FOLDER = [HealthCheck.function_scoped_fixture]


def read_whole(path: Path) -> bool:
    """Inspect and propose; tell whether the file was refused, which is the only other way."""
    try:
        inspection = inspect_file(path)
    except ImportProblem:
        return False
    json.dumps(inspection_facts(inspection))
    write_mapping(propose(inspection))
    return True


@settings(suppress_health_check=IN_ONE_FOLDER, max_examples=300)
@given(content=st.binary(max_size=400))
@example(content=b"\xff\xfe\x00")
@example(content=b"\xff\xfe\x00\x00\x01")
@example(content=b"\x1f\x8b\x08")
@example(content=b'"')
@example(content=b"a\n" + b"\r" * 10)
def test_junk_is_read_or_refused_and_never_anything_else(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "junk.csv"
    path.write_bytes(content)
    read_whole(path)


FRAGMENTS = st.sampled_from(
    [
        *(b'"', b",", b";", b"\n", b"\r\n", b"#", b"# ----\n", b"1", b"2026-01-02", b"\x00"),
        *(b"\xff", b"{", b'{"ImportId":"x"}', b"\xef\xbb\xbf", b"RespondentID", b"Response"),
        *(b"N/A", b"x [y]"),
    ]
)


@settings(suppress_health_check=IN_ONE_FOLDER, max_examples=300)
@given(parts=st.lists(FRAGMENTS, max_size=60))
def test_broken_tables_are_read_or_refused(tmp_path: Path, parts: list[bytes]) -> None:
    path = tmp_path / "junk.csv"
    path.write_bytes(b"".join(parts))
    read_whole(path)


CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=6)), min_size=1, max_size=5
)


@settings(suppress_health_check=IN_ONE_FOLDER, max_examples=300)
@given(data=st.data(), changes=CHANGES, cut=st.floats(0.2, 1))
def test_mutated_exports_are_read_or_refused(
    tmp_path: Path,
    fixtures: Path,
    data: st.DataObject,
    changes: list[tuple[float, int, bytes]],
    cut: float,
) -> None:
    names = sorted(path.name for path in (fixtures / "imports").iterdir())
    content = (fixtures / "imports" / data.draw(st.sampled_from(names))).read_bytes()
    for place, length, replacement in changes:
        start = int(place * len(content))
        content = content[:start] + replacement + content[start + length :]
    path = tmp_path / "mutated.csv"
    path.write_bytes(content[: int(cut * len(content))])
    read_whole(path)


def test_every_fixture_is_read(fixtures: Path) -> None:
    assert all(read_whole(path) for path in (fixtures / "imports").iterdir())
