"""Rows made of whole blocks at once are, to the byte, those made record by record."""

import csv
import io
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from journey.model.template import new_workspace
from storage.database import tables
from storage.database.engine import working_engine
from storage.document import Document
from storage.evidence import BatchWriter
from storage.evidence.packed import Figures, PackedRows
from storage.imports import survey_gather, survey_records
from storage.imports.mapping import parse_mapping
from storage.imports.survey import import_survey
from storage.imports.survey_cut import cut_lines
from storage.imports.survey_quick import QuickMaker
from storage.imports.survey_result import ImportCancelledError
from storage.imports.survey_tokens import Tokens
from tests.storage.imports.survey_trial import Trial

LONG = """
[survey]
name = "S"
design = "transactional"
respondent = "who"
segment = "segment"
date = { column = "day", format = "%Y-%m-%d" }
[long]
touchpoint = "where"
score = "score"
metric = "nps"
missing = ["-99"]
"""
GATHERED = LONG.replace("transactional", "relational")
WIDE = """
[survey]
name = "S"
design = "relational"
quarter = "2026Q4"
respondent = "who"
segment = "segment"
[outcome]
column = "end"
bad = ["left"]
means = "left"
[[question]]
column = "one"
touchpoint = "One"
metric = "csat"
missing = ["0"]
[[question]]
column = "two"
touchpoint = "Two"
metric = "nps"
"""

RICH = """
[survey]
name = "S"
design = "relational"
quarter = "2026Q4"
respondent = "who"
weight = "weight"
covariates = ["plan", "age"]
[[question]]
column = "one"
touchpoint = "One"
metric = "csat"
[[question]]
column = "two"
touchpoint = "Two"
metric = "nps"
[[pain_point]]
title = "Dear"
touchpoint = "One"
when = { column = "ticked", values = ["Dear"] }
[[pain_point]]
title = "Slow"
touchpoint = "Two"
when = { column = "ticked", values = ["Slow"] }
[[pain_point]]
title = "Dear"
touchpoint = "One"
when = { column = "one", between = [1, 2] }
[[comment]]
column = "said"
touchpoint = "One"
[[comment]]
column = "also"
touchpoint = "Two"
"""
TOLD = """
[survey]
name = "S"
design = "transactional"
respondent = "who"
weight = "weight"
date = { column = "day", format = "%d/%m/%Y %H:%M" }
[long]
touchpoint = "where"
score = "score"
metric = "nps"
[[comment]]
column = "said"
"""
FULL = """
[source]
keep = { column = "done", values = ["Yes"] }
[survey]
name = "S"
design = "transactional"
respondent = "who"
weight = "weight"
covariates = ["plan"]
date = { column = "day", format = "%m/%d/%Y %I:%M %p", timezone = "Europe/Warsaw" }
[long]
touchpoint = "where"
score = "score"
metric = "metric"
stage = "stage"
[outcome]
column = "end"
bad = ["left"]
means = "left"
[[pain_point]]
title = "Slow"
touchpoint = "Shop"
when = { column = "said", contains = ["well"] }
[[pain_point]]
title = "Late"
touchpoint = "Shop"
when = { column = "ticked", values = ["Late"] }
[[comment]]
column = "said"
"""
FULL_GATHERED = FULL.replace("transactional", "relational")

people = st.sampled_from(["a", "bb", "person-1", "person-22", "p" * 60])
strange_people = st.sampled_from(["", " x ", "żółw", 'a"b', "a\\b", "x" * 300, "a\tb", "a,b"])
scores = st.sampled_from(["0", "1", "5", "3 ", "4.0", "10"])
strange_scores = st.sampled_from(["", " ", "-99", "2.5", "11", "nan", "x", "1\n2"])
where = st.sampled_from(["Shop", "shop ", "Call centre", "Café", "A long name of a touchpoint"])
days = st.sampled_from(["2026-01-01", "2026-02-28", "2025-12-31", "2026-10-01", "1999-05-05"])
strange_days = st.sampled_from(["", "2026-02-30", "soon"])
segments = st.sampled_from(["", "Eco", "eco", "First"])


def mostly(usual: st.SearchStrategy[str], odd: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.integers(0, 19).flatmap(lambda n: odd if n == 7 else usual)


long_rows = st.lists(
    st.tuples(
        mostly(people, strange_people),
        mostly(where, st.just("")),
        mostly(days, strange_days),
        segments,
        mostly(scores, strange_scores),
    ),
    max_size=60,
)
wide_rows = st.lists(
    st.tuples(
        mostly(people, strange_people),
        segments,
        st.sampled_from(["", "left", "stayed"]),
        mostly(scores, strange_scores),
        mostly(scores, strange_scores),
    ),
    max_size=60,
)
weights = st.sampled_from(["1", "0.5", "1.25", "0,75", "2.125", "0.1", "1e-3"])
strange_weights = st.sampled_from(["", "0", "-1", "much"])
said = st.sampled_from(["", "", "", " ", "Good", 'so "so"', "well, well", "żółw", "a@b.pl"])
rich_rows = st.lists(
    st.tuples(
        mostly(people, strange_people),
        mostly(weights, strange_weights),
        st.sampled_from(["Basic", "Plus", "", "7"]),
        st.sampled_from(["18", "44.5", "044", "x y", ""]),
        mostly(scores, strange_scores),
        mostly(scores, strange_scores),
        st.sampled_from(["", "Dear", "Slow; Dear", "Slow", "Else, Dear, More"]),
        said,
        said,
    ),
    max_size=60,
)
moments = st.sampled_from(["01/02/2026 09:30", "31/12/2025 23:59", "29/02/2024 00:00"])
strange_moments = st.sampled_from(["1/2/2026 9:30", "30/02/2026 09:30", "", "01-02-2026 09:30"])
told_rows = st.lists(
    st.tuples(
        mostly(people, strange_people),
        mostly(weights, strange_weights),
        mostly(moments, strange_moments),
        mostly(where, st.just("")),
        mostly(scores, strange_scores),
        said,
    ),
    max_size=60,
)
told = said | st.sampled_from(
    ["two\nlines", "a\r\nb, c", 'x "y"\n\nz', "1,2,3,4\n5,6,7", "a\u202eb"]
)
clocks = st.sampled_from(["01/02/2026 09:30 AM", "12/31/2025 11:59 PM", "3/29/2026 2:30 am"])
strange_clocks = st.sampled_from(["", "13/01/2026 1:00 PM", "01/02/2026  9:30 AM", "soon"])
full_rows = st.lists(
    st.tuples(
        mostly(st.sampled_from(["Yes", "yes "]), st.sampled_from(["No", ""])),
        mostly(people, strange_people),
        mostly(weights, strange_weights),
        st.sampled_from(["Basic", "Plus", "", "7"]),
        mostly(clocks, strange_clocks),
        mostly(where, st.just("")),
        st.sampled_from(["Buy", "Use", ""]),
        mostly(st.sampled_from(["nps", "CSAT"]), st.just("thumb")),
        mostly(scores, strange_scores),
        st.sampled_from(["", "left", "stayed"]),
        st.sampled_from(["", "Late", "Late; Else", "Else"]),
        told,
    ),
    max_size=50,
)


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Private folders for the documents of this test."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path_factory.mktemp("state")))


def outcome_of(path: Path, mapping: str) -> tuple[object, ...]:
    """Everything an import did that can be compared, with every row it stored."""
    base = path.with_suffix(".db")
    base.unlink(missing_ok=True)
    sqlite3.connect(base).close()
    engine = working_engine(base)
    tables.metadata.create_all(engine)
    holder = SimpleNamespace(workspace=new_workspace("W"), engine=engine)
    done = import_survey(holder, path, parse_mapping(mapping), create=True)
    stored = (tables.response, tables.comment, tables.histogram, tables.rejected)
    with engine.connect() as connection:
        rows = [
            connection.execute(table.select().order_by(*table.primary_key)).all()
            for table in stored
        ]
    engine.dispose()
    return (
        rows,
        done.survey.batch_sha256,
        done.records,
        done.imported,
        done.responses,
        done.skipped,
        done.refused_cells,
        [(q.question.id, q.touchpoint, q.n) for q in done.questions],
        done.outcome,
        done.warnings,
        sorted(entity.id for entity in done.created),
    )


@settings(
    deadline=None,
    max_examples=100,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    table=st.tuples(
        st.sampled_from([LONG, GATHERED]).map(lambda m: (m, "who,where,day,segment,score")),
        long_rows,
    )
    | st.tuples(st.just((WIDE, "who,segment,end,one,two")), wide_rows)
    | st.tuples(st.just((RICH, "who,weight,plan,age,one,two,ticked,said,also")), rich_rows)
    | st.tuples(st.just((TOLD, "who,weight,day,where,score,said")), told_rows)
    | st.tuples(
        st.sampled_from([FULL, FULL_GATHERED]).map(
            lambda m: (m, "done,who,weight,plan,day,where,stage,metric,score,end,ticked,said")
        ),
        full_rows,
    ),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n"]),
    size=st.integers(20, 400),
    most=st.sampled_from([1, 4_000, 1_000_000]),
)
def test_both_ways_give_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    table: tuple[tuple[str, str], list[tuple[str, ...]]],
    quoting: Any,
    end: str,
    size: int,
    most: int,
) -> None:
    (mapping, header), rows = table
    text = io.StringIO()
    csv.writer(text, quoting=quoting, lineterminator=end).writerows([header.split(","), *rows])
    path = tmp_path_factory.mktemp("file") / "answers.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(survey_records, "_BLOCK_CHARACTERS", size)
        patch.setattr(survey_gather, "AT_ONCE_BYTES", most)
        quick = outcome_of(path, mapping)
        patch.setattr(QuickMaker, "fits", staticmethod(lambda *_, **__: False))
        slow = outcome_of(path, mapping)
    assert quick == slow


def big_file(folder: Path, rows: int = 40_000) -> Path:
    path = folder / "answers.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write("who,where,day,segment,score\n")
        for n in range(rows):
            score = "x" if n % 997 == 0 else n % 11
            stream.write(f"p{n:06d},Place {n % 40},2026-0{1 + n % 9}-11,Eco,{score}\n")
    return path


def test_a_large_file_takes_the_quick_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    take = QuickMaker.take

    def noted(self: QuickMaker, cut: Any) -> Any:
        found = take(self, cut)
        made.append(0 if found is None else found.rows.rows)
        return found

    monkeypatch.setattr(QuickMaker, "take", noted)
    path = big_file(tmp_path)
    quick = outcome_of(path, LONG)
    refused = -(-40_000 // 997)
    assert sum(made) == 40_000 - refused
    monkeypatch.setattr(QuickMaker, "fits", staticmethod(lambda *_, **__: False))
    assert outcome_of(path, LONG) == quick


@pytest.mark.parametrize("fails", [True, False])
def test_nothing_is_left_of_an_import_that_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    path = big_file(tmp_path)
    with Document.create(tmp_path / "w.waymark", new_workspace("W")) as document:
        trial = Trial(document, tmp_path)
        asked = iter(range(1_000))
        stop: Callable[[], bool] = lambda: not fails and next(asked) > 3  # noqa: E731
        if fails:
            # The fourth statement of the storing thread meets a row that is there already.
            write = BatchWriter.write_packed

            def again(self: BatchWriter, rows: PackedRows) -> int:
                if self.records > 10_000:
                    self.records = 0
                return write(self, rows)

            monkeypatch.setattr(BatchWriter, "write_packed", again)
        error = "UNIQUE" if fails else "cancelled"
        with pytest.raises((ImportCancelledError, sqlite3.IntegrityError), match=error):
            trial.take(path, LONG, cancelled=stop)
        assert set(trial.rows_stored().values()) == {0}
        monkeypatch.undo()
        monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path / "state"))
        # The same connection takes the file in afterwards.
        assert trial.take(path, LONG).imported == 40_000 - -(-40_000 // 997)


def test_tokens_are_the_cells() -> None:
    texts = ["a", "ab", "abcdefgh", "abcdefghi", "", "ż", "a\0", "abcdefgh\0", "a" * 250, "b", "a"]
    cut = cut_lines("".join(f"{text},x\n" for text in texts), ",", 2)
    assert cut is not None
    tokens = Tokens()
    numbers = tokens.of(cut, 0)
    assert numbers is not None
    assert [tokens.texts[n] for n in numbers.tolist()] == texts
    assert tokens.texts == list(dict.fromkeys(texts))
    assert tokens.of(cut, 0) is not None
    assert tokens.fresh == len(set(texts))


def test_a_cell_that_is_far_too_long_is_left_to_the_other_way() -> None:
    cut = cut_lines(f"{'x' * 300},1\n", ",", 2)
    assert cut is not None
    assert Tokens().of(cut, 0) is None


def test_answers_of_unequal_number_lie_together_in_a_row() -> None:
    none = 0x8000_0000
    pairs = [np.array([1, none, 3], dtype=np.uint32), np.array([none, none, 4], dtype=np.uint32)]
    joined, apart, sizes = PackedRows(3, Figures((0,)), pairs).answers()
    assert sizes is not None
    assert sizes.tolist() == [4, 0, 8]
    assert joined == b"".join(n.to_bytes(4, "little") for n in (1, 3, 4))
    assert [apart[8 * row : 8 * row + size] for row, size in enumerate(sizes.tolist())] == [
        b"\1\0\0\0",
        b"",
        b"\3\0\0\0\4\0\0\0",
    ]


def test_a_dry_run_keeps_no_table_of_its_own(tmp_path: Path) -> None:
    path = big_file(tmp_path, 2_000)
    with Document.create(tmp_path / "w.waymark", new_workspace("W")) as document:
        for dry_run in (True, True, False):
            import_survey(document, path, parse_mapping(LONG), create=True, dry_run=dry_run)
            with document.engine.connect() as connection:
                names = connection.exec_driver_sql("SELECT name FROM sqlite_temp_master").all()
                size = connection.exec_driver_sql("PRAGMA cache_size").scalar()
            assert not names
            assert size == -2_000
