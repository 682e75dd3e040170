"""Whether somebody stands in a table twice is told alike in whatever form the rows come."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.evidence.layout import ResponseColumns
from storage.evidence.packed import AnyTexts, Figures, PackedRows, Texts, Utf8Texts
from storage.imports.survey_people import PeopleSeen

PERIODS = (8104, 8105)
names = st.sampled_from(["", "a", "ab", "person-000000001", "person-000000002", "żółw", "ż"])
moments = st.sampled_from(["", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"])
people = st.lists(st.tuples(names, moments, st.integers(0, 1)), min_size=1, max_size=5)


def laid_out(texts: list[str], filled: bytes) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    words = [text.encode() for text in texts]
    longest = max(1, *map(len, words))
    data = np.frombuffer(b"".join(word.ljust(longest, filled) for word in words), dtype=np.uint8)
    return data.reshape(-1, longest), np.array([len(word) for word in words])


def in_form(form: str, rows: list[tuple[str, str, int]]) -> PackedRows | ResponseColumns:
    who, at, period = ([row[place] for row in rows] for place in range(3))
    if form == "columns":
        return ResponseColumns([PERIODS[p] for p in period], [[b""] * len(rows)], who, at)
    respondent: Texts | Utf8Texts | AnyTexts = AnyTexts(who)
    if form == "utf-8":
        respondent = Utf8Texts(*laid_out(who, b"0"), "\n".join(who))
    elif form == "plain" and all(map(str.isascii, who)):
        data, sizes = laid_out(who, b"0")
        respondent = Texts(data, None if len(set(sizes.tolist())) == 1 and sizes[0] else sizes)
    moments = Texts(*laid_out([moment.ljust(20) for moment in at], b" "))
    sizes = np.array([len(moment) for moment in at])
    return PackedRows(
        rows=len(rows),
        period=Figures(PERIODS, np.array(period)),
        pairs=[np.zeros(len(rows), dtype=np.uint32)],
        respondent=respondent,
        at=Texts(moments.data, None if sizes.all() else sizes),
    )


forms = st.sampled_from(["columns", "utf-8", "plain", "any"])


@given(st.lists(st.tuples(forms, people), max_size=4), st.booleans())
def test_repetitions_are_told_in_any_form(
    blocks: list[tuple[str, list[tuple[str, str, int]]]], relational: bool
) -> None:
    seen = PeopleSeen("relational" if relational else "transactional")
    for form, rows in blocks:
        seen.add(in_form(form, rows))
    everybody = Counter(
        (who, "" if relational else at, period)
        for _, rows in blocks
        for who, at, period in rows
        if who
    )
    assert seen.may_repeat == any(n > 1 for n in everybody.values())


def test_many_people_on_many_days_are_not_taken_for_one_another() -> None:
    rows = [
        (f"customer-{n:09d}", f"2026-{1 + n % 12:02d}-{1 + n % 28:02d}T00:00:00Z", n % 2)
        for n in range(50_000)
    ]
    seen = PeopleSeen("transactional")
    seen.add(in_form("plain", rows))
    assert not seen.may_repeat
    seen.add(in_form("columns", rows[40_000:40_001]))
    assert seen.may_repeat


def test_people_without_a_name_are_nobody() -> None:
    seen = PeopleSeen("relational")
    assert not seen.may_repeat
    seen.add(ResponseColumns([8104, 8104], [[b"", b""]]))
    assert not seen.may_repeat


def test_beyond_what_is_remembered_nothing_is_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.imports.survey_people.MOST_ROWS", 3)
    rows = [(f"person-{n:09d}", "", 0) for n in range(4)]
    seen = PeopleSeen("relational")
    seen.add(in_form("plain", rows[:3]))
    assert not seen.may_repeat
    seen.add(in_form("plain", rows[3:]))
    assert seen.may_repeat
    seen.add(in_form("plain", rows))
    assert seen.may_repeat
