"""Batches: what is packed comes back, what is counted is what is stored, the hash holds."""

import sqlite3
import struct
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from journey.model.ids import PainPointId, QuestionId, SegmentId, SurveyId, TouchpointId
from storage.database import tables
from storage.database.batch_hash import batch_sha256
from storage.database.engine import working_engine
from storage.evidence import BatchWriter, CommentText, EvidenceStore, Response, batch, delete_batch
from storage.evidence.layout import (
    LayoutError,
    Slots,
    pack_pair,
    pack_slot,
    unpack_pairs,
    unpack_slots,
)

SURVEY = SurveyId("survey-1")

texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
responses = st.builds(
    Response,
    respondent=st.none() | texts.filter(bool),
    at=st.none() | st.just("2026-11-22T09:30:00Z"),
    period=st.sampled_from([0, 20263, 20264]),
    segment=st.none() | st.sampled_from([SegmentId("private"), SegmentId("business")]),
    weight=st.none() | st.floats(0.01, 100),
    outcome=st.none() | st.integers(0, 1),
    answers=st.dictionaries(
        st.sampled_from([QuestionId(f"q{n}") for n in range(4)]), st.integers(-100, 100)
    ),
    pain_points=st.lists(
        st.sampled_from([PainPointId(f"p{n}") for n in range(3)]), unique=True
    ).map(tuple),
    covariates=st.dictionaries(texts.filter(bool), texts | st.floats(-1e9, 1e9), max_size=2),
    comments=st.lists(
        st.builds(CommentText, texts.filter(bool), texts, st.just(TouchpointId("t"))),
        max_size=2,
        unique_by=lambda c: c.heading,
    ).map(lambda found: tuple(sorted(found, key=lambda c: c.heading))),
)


def fresh_engine(path: Path) -> Engine:
    for stale in path.parent.glob(f"{path.name}*"):
        stale.unlink()
    sqlite3.connect(path).close()
    engine = working_engine(path)
    tables.metadata.create_all(engine)
    return engine


def stored(engine: Engine, rows: list[Response], survey: SurveyId = SURVEY) -> tuple[int, str]:
    with engine.begin() as connection:
        writer = BatchWriter(connection, survey)
        for row in rows:
            writer.add(row)
        return writer.number, writer.finish()


def activate(engine: Engine, survey: SurveyId = SURVEY) -> None:
    values = {"id": survey, "name": "S", "records": 0}
    with engine.begin() as connection:
        connection.execute(tables.survey.insert().values(values))


def in_slot_order(response: Response, pains: list[str]) -> Response:
    """The response as it is read back: pain points in the order the batch met them."""
    from dataclasses import replace

    named = sorted(response.pain_points, key=pains.index)
    return replace(response, pain_points=tuple(named))


@given(st.lists(st.tuples(st.integers(0, 32766), st.integers(-32767, 32767))))
def test_packed_answers_come_back(pairs: list[tuple[int, int]]) -> None:
    blob = b"".join(pack_pair(slot, score) for slot, score in pairs)
    assert list(unpack_pairs(blob)) == pairs
    assert blob == b"".join(struct.pack("<Hh", *pair) for pair in pairs)


@given(st.lists(st.integers(0, 65535)))
def test_packed_slots_come_back(slots: list[int]) -> None:
    assert list(unpack_slots(b"".join(map(pack_slot, slots)))) == slots


@pytest.mark.parametrize("score", [-32768, 32768, 10**9])
def test_a_score_beyond_sixteen_bits_is_refused(score: int) -> None:
    with pytest.raises(LayoutError) as refused:
        pack_pair(0, score)
    assert refused.value.facts["score"] == score


def test_slots_are_given_once_and_in_order() -> None:
    slots = Slots()
    assert [slots.of(each) for each in ("b", "a", "b", "c")] == [0, 1, 0, 2]
    assert slots.ids == ["b", "a", "c"]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(responses, max_size=25))
def test_rows_come_back_as_written_and_the_histogram_is_their_recount(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Response]
) -> None:
    folder = tmp_path_factory.mktemp("batch")
    engine = fresh_engine(folder / "w.db")
    number, sha256 = stored(engine, rows)
    activate(engine)
    store = EvidenceStore(engine)

    pains = list(dict.fromkeys(p for row in rows for p in row.pain_points))
    assert list(store.iter_responses(SURVEY)) == [in_slot_order(row, pains) for row in rows]

    counts: Counter[tuple[str, int, str | None, int]] = Counter()
    weights: dict[tuple[str, int, str | None, int], list[float]] = {}
    for row in rows:
        for question, score in row.answers.items():
            key = (question, row.period, row.segment, score)
            counts[key] += 1
            weights.setdefault(key, []).append(1.0 if row.weight is None else row.weight)
    histogram = store.histogram()
    assert {(h.question, h.period, h.segment, h.score): h.n for h in histogram} == counts
    for h in histogram:
        mine = weights[h.question, h.period, h.segment, h.score]
        assert h.weight == pytest.approx(sum(mine))
        assert h.weight_sq == pytest.approx(sum(w * w for w in mine))

    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        assert batch_sha256(raw, number) == sha256
    engine.dispose()


@pytest.mark.parametrize("n", [1, 999, 1_000, 1_001, 2_000, 3_456])
def test_the_hash_is_that_of_the_rows_however_many(tmp_path: Path, n: int) -> None:
    engine = fresh_engine(tmp_path / "w.db")
    rows = [Response(f"r{k}", answers={QuestionId("q"): k % 7}) for k in range(n)]
    number, sha256 = stored(engine, rows)
    with sqlite3.connect(tmp_path / "w.db") as raw:
        assert batch_sha256(raw, number) == sha256
    raw.close()
    engine.dispose()


@pytest.mark.parametrize(
    "names",
    [
        ["a\\", "b", "c\\"],
        ['"', 'a","b', '""'],
        ["line\nend", "\t", "\x7f"],
        ["ż", "\u2028", "😀"],
        [None, "b", None],
        ["a", "", '"'],
    ],
)
def test_the_hash_is_that_of_the_rows_whatever_they_say(
    tmp_path: Path, names: list[str | None]
) -> None:
    engine = fresh_engine(tmp_path / "w.db")
    number, sha256 = stored(engine, [Response(name) for name in names])
    with sqlite3.connect(tmp_path / "w.db") as raw:
        assert batch_sha256(raw, number) == sha256
    raw.close()
    engine.dispose()


def test_what_is_counted_late_is_counted_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "_COUNT_AT_ONCE", 3)
    monkeypatch.setattr(batch, "_GATHER", 2)
    engine = fresh_engine(tmp_path / "w.db")
    with engine.begin() as connection:
        writer = BatchWriter(connection, SURVEY)
        for n in range(1, 12):
            writer.add(Response(f"r{n}", answers={QuestionId("q"): 5}))
            if n % 2 == 0:
                assert writer.question_counts() == {"q": n}
        writer.finish()
        assert writer.question_counts() == {"q": 11}
    engine.dispose()


def test_the_hash_does_not_depend_on_how_rows_were_gathered(tmp_path: Path) -> None:
    rows = [Response(f"r{n}", answers={QuestionId("q"): n % 7}) for n in range(5_001)]
    engine = fresh_engine(tmp_path / "w.db")
    _, whole = stored(engine, rows)
    with engine.begin() as connection:
        writer = BatchWriter(connection, SurveyId("other"))
        writer.questions.of("q")
        for row in rows:
            writer.add(row)
            if row.respondent in {"r1", "r4000"}:
                writer._flush()
        again = writer.finish()
    assert whole == again
    engine.dispose()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE response SET respondent = 'x' WHERE seq = 3",
        "UPDATE response SET answers = x'00000100' WHERE seq = 3",
        "UPDATE response SET outcome = 0 WHERE seq = 3",
        "DELETE FROM response WHERE seq = 3",
        "UPDATE comment SET text = 'x'",
        "UPDATE histogram SET n = n + 1",
        "UPDATE rejected SET record = 'x'",
        "UPDATE batch SET records = 4",
        "UPDATE batch SET layout = replace(layout, 'q', 'z')",
    ],
)
def test_any_change_breaks_the_hash(tmp_path: Path, damage: str) -> None:
    engine = fresh_engine(tmp_path / "w.db")
    with engine.begin() as connection:
        writer = BatchWriter(connection, SURVEY)
        for n in range(5):
            writer.add(
                Response(
                    f"r{n}",
                    outcome=1,
                    answers={QuestionId("q"): 5},
                    comments=(CommentText("why", "slow"),),
                )
            )
        writer.write_rejected([(9, "off_scale", "a,b")])
        sha256 = writer.finish()
    with sqlite3.connect(tmp_path / "w.db") as raw:
        assert batch_sha256(raw, 1) == sha256
        raw.execute(damage)
        assert batch_sha256(raw, 1) != sha256
    raw.close()
    engine.dispose()


def test_a_deleted_batch_leaves_nothing_and_others_stay(tmp_path: Path) -> None:
    engine = fresh_engine(tmp_path / "w.db")
    row = Response("r", answers={QuestionId("q"): 5}, comments=(CommentText("why", "slow"),))
    stored(engine, [row])
    stored(engine, [row, row], SurveyId("other"))
    with engine.begin() as connection:
        delete_batch(connection, SURVEY)
        delete_batch(connection, SurveyId("never"))
        left = {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in (tables.response, tables.comment, tables.histogram, tables.batch)
        }
    assert left == {"response": 2, "comment": 2, "histogram": 1, "batch": 1}
    engine.dispose()


def test_a_failure_midway_leaves_nothing(tmp_path: Path) -> None:
    engine = fresh_engine(tmp_path / "w.db")
    rows = [Response(f"r{n}", answers={QuestionId("q"): 1}) for n in range(4_500)]
    with pytest.raises(LayoutError):
        stored(engine, [*rows, Response("r", answers={QuestionId("q"): 99_999})])
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.response)) == 0
    engine.dispose()
