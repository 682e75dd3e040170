"""Records of one respondent, strewn over a table, come together as a plain dictionary has them."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from storage.imports import gathered_records, survey_gather, survey_records
from storage.imports.survey_quick import QuickMaker
from tests.storage.imports.test_survey_quick import outcome_of

MAPPING = """
[survey]
name = "S"
design = "relational"
quarter = "2026Q1"
respondent = "who"
weight = "weight"
covariates = ["plan"]
date = { column = "day", format = "%Y-%m-%d" }
[long]
touchpoint = "where"
score = "score"
metric = "nps"
[[pain_point]]
title = "Dear"
touchpoint = "Shop"
when = { column = "ticked", values = ["Dear"] }
[[pain_point]]
title = "Slow"
touchpoint = "Shop"
when = { column = "ticked", values = ["Slow"] }
[[comment]]
column = "said"
"""
HEADER = ("who", "day", "where", "score", "weight", "plan", "ticked", "said")
rows = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d", "żółw", "a long name of somebody", ""]),
        st.sampled_from(["2026-01-05", "2026-03-31", "2026-04-01"]),
        st.sampled_from(["Shop", "Web", "Call"]),
        st.sampled_from(["0", "5", "10"]),
        st.sampled_from(["", "1", "0.25", "3"]),
        st.sampled_from(["", "Basic", "Plus"]),
        st.sampled_from(["", "Dear", "Slow", "Dear; Slow"]),
        st.sampled_from(["", "", "Good", "well"]),
    ),
    min_size=1,
    max_size=60,
)


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Private folders for the documents of this test."""
    monkeypatch.setenv("WAYMARK_STATE_DIR", str(tmp_path_factory.mktemp("state")))


def expected(records: Sequence[tuple[str, ...]]) -> list[dict[str, object]]:
    """What each person says in each quarter, the later answer counting."""
    found: dict[tuple[object, ...], dict[str, object]] = {}
    for number, (who, day, where, score, weight, plan, ticked, said) in enumerate(records):
        period = day < "2026-04"
        row = found.setdefault(
            (who or number, period),
            {"who": who or None, "answers": {}, "weight": None, "plan": None, "pains": set()},
        )
        row["at"] = f"{day}T00:00:00Z"
        answers, pains = row["answers"], row["pains"]
        assert isinstance(answers, dict)
        assert isinstance(pains, set)
        answers[where] = int(score)
        row["weight"] = float(weight) if weight else row["weight"]
        row["plan"] = plan or row["plan"]
        if where == "Shop":
            pains.update(part for part in ticked.split("; ") if part)
        if said:
            row["said"] = f"{row['said']}\n{said}" if "said" in row else said
    return list(found.values())


def stored(outcome: tuple[object, ...], asked: Sequence[str]) -> list[dict[str, object]]:
    """What an import stored, in the words of `expected`."""
    responses, comments = outcome[0][0], outcome[0][1]  # type: ignore[index]
    said = {comment.seq: comment.text for comment in comments}
    found = []
    for row in responses:
        pairs = [row.answers[at : at + 4] for at in range(0, len(row.answers), 4)]
        pains = row.pain_points or b""
        told = {
            "who": row.respondent,
            "answers": {asked[pair[0]]: pair[2] for pair in pairs},
            "weight": row.weight,
            "plan": row.covariates["plan"] if row.covariates else None,
            "pains": {("Dear", "Slow")[slot] for slot in pains[::2]},
            "at": row.at,
        }
        found.append(told if row.seq not in said else {**told, "said": said[row.seq]})
    return found


@settings(
    deadline=None,
    max_examples=50,
    phases=[Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    records=rows,
    size=st.integers(60, 900),
    at_once=st.sampled_from([1, 3_000, 1_000_000]),
    step=st.sampled_from([1, 7, 16_384]),
    alike=st.booleans(),
    cut=st.booleans(),
)
def test_later_answers_count_and_the_rest_adds_up(
    tmp_path_factory: pytest.TempPathFactory,
    records: list[tuple[str, ...]],
    size: int,
    at_once: int,
    step: int,
    alike: bool,
    cut: bool,
) -> None:
    path: Path = tmp_path_factory.mktemp("file") / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *records])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(survey_records, "_BLOCK_CHARACTERS", size)
        patch.setattr(survey_gather, "AT_ONCE_BYTES", at_once)
        patch.setattr(survey_gather, "_ROWS", step)
        if alike:
            # All have the same key: told apart by what they are.
            patch.setattr(gathered_records, "keys_of", lambda words, _: words[0] * 0)
        if not cut:
            patch.setattr(QuickMaker, "fits", staticmethod(lambda *_, **__: False))
        done = outcome_of(path, MAPPING)
    asked = list(dict.fromkeys(record[2] for record in records))
    assert stored(done, asked) == expected(records)
    answers = len(records) - sum(len(row["answers"]) for row in expected(records))  # type: ignore[arg-type]
    warnings = dict(done[9])  # type: ignore[call-overload]
    assert warnings.get("answered_twice", "0") == str(answers)
