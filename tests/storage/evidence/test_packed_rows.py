"""Packed rows are stored as the very rows they say, however many values and gaps they have."""

import sqlite3
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from journey.model.ids import SurveyId
from storage.database import tables
from storage.database.batch_hash import batch_sha256
from storage.database.engine import working_engine
from storage.evidence import BatchWriter
from storage.evidence.layout import NO_OUTCOME, NO_SEGMENT, pack_pair
from storage.evidence.packed import AnyTexts, Figures, PackedRows, Reals, Words
from storage.evidence.ranks import ranked

PERIODS = (8104, 8105, 8110)
SEGMENTS = (0, 1, 2, NO_SEGMENT, 4, 5, 6)
OUTCOMES = (1, 0, NO_OUTCOME)
PAINS: list[object] = [None, b"\0\0", b"\1\0", b"\0\0\1\0", b"\2\0", b"\3\0", b"\4\0"]
PLANS: list[object] = [None, *(f'{{"plan":"{name}"}}' for name in "abcdefg")]


@dataclass(frozen=True)
class Row:
    """What one row says, as places in the lists above."""

    respondent: str
    period: int
    segment: int
    outcome: int
    weight: float
    pain: int
    plan: int
    score: int


def packed(rows: list[Row]) -> PackedRows:
    def column(name: str) -> np.ndarray:  # type: ignore[type-arg]
        return np.array([getattr(row, name) for row in rows], dtype=np.intp)

    pairs = [int.from_bytes(pack_pair(0, row.score), "little") for row in rows]
    return PackedRows(
        rows=len(rows),
        period=Figures(PERIODS, column("period")),
        pairs=[np.array(pairs, dtype=np.uint32)],
        respondent=AnyTexts([row.respondent for row in rows]),
        segment=Figures(SEGMENTS, column("segment"), NO_SEGMENT),
        outcome=Figures(OUTCOMES, column("outcome"), NO_OUTCOME),
        weight=Reals(np.array([row.weight for row in rows])),
        pain_points=Words(PAINS, column("pain")),
        covariates=Words(PLANS, column("plan")),
    )


def said(seq: int, row: Row) -> tuple[object, ...]:
    segment, outcome = SEGMENTS[row.segment], OUTCOMES[row.outcome]
    return (
        seq,
        row.respondent or None,
        PERIODS[row.period],
        None if segment == NO_SEGMENT else segment,
        None if outcome == NO_OUTCOME else outcome,
        None if row.weight != row.weight else row.weight,
        PAINS[row.pain],
        PLANS[row.plan],
        pack_pair(0, row.score),
    )


def fresh_engine(path: Path) -> Engine:
    for stale in path.parent.glob(f"{path.name}*"):
        stale.unlink()
    sqlite3.connect(path).close()
    engine = working_engine(path)
    tables.metadata.create_all(engine)
    return engine


def below(most: int) -> st.SearchStrategy[int]:
    """Mostly few values, so that now and then all rows say the same."""
    return st.integers(0, 1) | st.integers(0, most - 1)


a_row = st.builds(
    Row,
    respondent=st.sampled_from(["", "a", "żółw", "person-1"]),
    period=below(len(PERIODS)),
    segment=below(len(SEGMENTS)),
    outcome=below(len(OUTCOMES)),
    weight=st.sampled_from([float("nan"), 0.5, 1.25, 0.1, 1 / 3]),
    pain=below(len(PAINS)),
    plan=below(len(PLANS)),
    score=st.integers(-3, 10),
)
blocks = st.lists(st.lists(a_row, min_size=1, max_size=25), min_size=1, max_size=4)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(given_blocks=blocks, behind=st.booleans())
def test_packed_rows_are_stored_counted_and_hashed(
    tmp_path_factory: pytest.TempPathFactory, given_blocks: list[list[Row]], behind: bool
) -> None:
    path = tmp_path_factory.mktemp("packed") / "w.db"
    engine = fresh_engine(path)
    with engine.begin() as connection:
        writer = BatchWriter(connection, SurveyId("s"))
        writer.questions.of("q")
        with writer.behind() if behind else nullcontext():
            for rows in given_blocks:
                writer.write_packed(packed(rows))
        sha256 = writer.finish()
    engine.dispose()
    rows = [row for block in given_blocks for row in block]
    raw = sqlite3.connect(path)
    names = "seq, respondent, period, segment, outcome, weight, pain_points, covariates, answers"
    stored = raw.execute(f"SELECT {names} FROM response ORDER BY seq").fetchall()
    counts = raw.execute("SELECT period, segment, score, n, weight FROM histogram").fetchall()
    assert batch_sha256(raw, 1) == sha256
    raw.close()
    assert stored == [said(seq, row) for seq, row in enumerate(rows)]
    keys = [(PERIODS[row.period], SEGMENTS[row.segment], row.score) for row in rows]
    assert {(p, seg, score): n for p, seg, score, n, _ in counts} == Counter(keys)
    for period, segment, score, n, weight in counts:
        alike = [r for r, key in zip(rows, keys, strict=True) if key == (period, segment, score)]
        total = 0.0
        for row in alike:
            total += 0.0 if row.weight != row.weight else row.weight
        assert weight == n - sum(row.weight == row.weight for row in alike) + total


@pytest.mark.parametrize("sizes", [[1], [999, 1, 1], [1_000, 1_000], [2_500, 700, 1], [1, 3_456]])
def test_the_hash_is_that_of_the_rows_however_they_come(tmp_path: Path, sizes: list[int]) -> None:
    engine = fresh_engine(tmp_path / "w.db")
    with engine.begin() as connection:
        writer = BatchWriter(connection, SurveyId("s"))
        writer.questions.of("q")
        for size in sizes:
            writer.write_packed(packed([Row("a", 0, 0, 0, 0.5, 0, 0, 3)] * size))
        sha256 = writer.finish()
    raw = sqlite3.connect(tmp_path / "w.db")
    assert batch_sha256(raw, 1) == sha256
    raw.close()
    engine.dispose()


narrow = st.integers(0, 40)
wide = st.integers(0, 2**32 - 1)


@given(st.lists(st.tuples(narrow | wide, narrow | wide), max_size=60))
def test_keys_are_ranked_as_by_sorting(halves: list[tuple[int, int]]) -> None:
    keys = np.array([upper << 32 | lower for upper, lower in halves], dtype=np.uint64)
    different, places = ranked(keys)
    assert different.tolist() == sorted(set(keys.tolist()))
    assert different[places].tolist() == keys.tolist()
