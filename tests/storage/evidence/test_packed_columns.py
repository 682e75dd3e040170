"""Columns of bytes say in JSON and in SQL the very values they were made of."""

import json
import sqlite3

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from storage.evidence.fingerprint import json_of_texts
from storage.evidence.packed import Reals, Texts, Utf8Texts

plain = st.text(st.sampled_from("abcXYZ019-@."), max_size=12)
seen = st.text(st.sampled_from("abż łЖ€é-"), max_size=8)
weights = st.floats(0.001, 1000) | st.decimals(0, 99, places=4).map(float) | st.just(float("nan"))


def laid_out(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    words = [text.encode() for text in texts]
    longest = max(1, *map(len, words))
    data = np.frombuffer(b"".join(word.ljust(longest, b"0") for word in words), dtype=np.uint8)
    return data.reshape(-1, longest), np.array([len(word) for word in words])


@given(texts=st.lists(plain, min_size=1, max_size=20))
def test_plain_texts_with_gaps_are_json(texts: list[str]) -> None:
    assert Texts(*laid_out(texts)).json() == json_of_texts(texts)


@given(texts=st.lists(seen, min_size=1, max_size=20))
def test_texts_of_any_letters_are_json(texts: list[str]) -> None:
    column = Utf8Texts(*laid_out(texts), "\n".join(texts))
    assert column.json() == json_of_texts(texts)
    assert column.texts() == texts


@given(figures=st.lists(weights.filter(lambda w: w != 0), min_size=1, max_size=20))
def test_figures_are_divided_into_the_very_same(figures: list[float]) -> None:
    column = Reals(np.array(figures))
    wanted = [None if figure != figure else figure for figure in figures]
    assert json.loads(f"[{column.json()[:-1].decode()}]") == wanted
    decimal = column.decimal()
    if decimal is None:
        words = column.words()
        assert [words.values[number] for number in words.numbers.tolist()] == wanted
        return
    whole, scale = decimal
    base = sqlite3.connect(":memory:")
    found = [
        base.execute(f"SELECT nullif({number}, 0) / {scale!r}").fetchone()[0]
        for number in whole.tolist()
    ]
    base.close()
    assert found == wanted


def test_figures_of_few_places_need_no_table() -> None:
    decimal = Reals(np.array([0.5, 1.25, np.nan, 0.123456789])).decimal()
    assert decimal is not None
    assert decimal[0].tolist() == [500_000_000, 1_250_000_000, 0, 123_456_789]
