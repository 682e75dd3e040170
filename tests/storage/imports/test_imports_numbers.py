"""Numbers as people write them."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.imports.numbers import find_decimal, parse_number


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_reads_the_same_however_it_is_written(value: Decimal) -> None:
    english = f"{value:,.2f}"
    expected = float(value)
    assert parse_number(english) == expected
    swapped = english.replace(",", "X").replace(".", ",")
    for mark in (" ", "\u00a0", "\u202f", "\u2009", "."):
        local = swapped.replace("X", mark)
        assert parse_number(local) == expected, local
        assert parse_number(local.replace("-", "\u2212"), decimal=",") == expected, local


@given(st.text(max_size=20))
def test_any_text_gives_a_finite_number_or_none(text: str) -> None:
    value = parse_number(text)
    assert value is None or math.isfinite(value)


@pytest.mark.parametrize(
    "text",
    [
        *("nan", "NaN", "inf", "-inf", "Infinity", "1_000", "1e400", "", " ", "-", "+", "."),
        *("1.2.3", "1,2,3", "12 34", "1 2345", "٣", "½", "0x10", "1e", "e5", "--1", "1 000,"),
        *("1.", "5 stars", "1,000.5.5", "12345 678"),
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("4,5", None, 4.5),
        ("4.5", None, 4.5),
        ("−3,5", None, -3.5),
        ("1.234", None, 1.234),
        ("1.234", ",", 1234.0),
        ("1,234", ".", 1234.0),
        ("1.234.567", None, 1234567.0),
        ("1.234.567", ".", None),
        ("4,5", ".", None),
        ("4.5", ",", None),
        ("1,234.50", None, 1234.5),
        ("1'234.50", None, 1234.5),
        (".5", None, 0.5),
        ("3.29E+09", None, 3.29e9),
        ("  7 ", None, 7.0),
        ("007", None, 7.0),
    ],
)
def test_marks(text: str, decimal: str | None, value: float | None) -> None:
    assert parse_number(text, decimal=decimal) == value


def test_a_column_tells_its_decimal_mark_by_the_first_cell_that_can() -> None:
    assert find_decimal(["1.234", "12", "4,5"]) == ","
    assert find_decimal(["1,234.50"]) == "."
    assert find_decimal(["1.234.567"]) == ","
    assert find_decimal(["12", "1.234", "x"]) is None
