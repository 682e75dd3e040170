"""Numbers as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import numbers

FINITE = st.floats(-1e9, 1e9, allow_nan=False)


@given(FINITE, st.integers(0, 4))
def test_a_number_reads_back_as_itself(value: float, decimals: int) -> None:
    text = numbers.number(value, decimals)
    assert numbers.parse(text) == pytest.approx(round(value, decimals), abs=10.0**-decimals)
    assert "-" not in text
    assert " " not in text


@given(FINITE)
def test_signed_bears_a_sign_unless_it_reads_zero(value: float) -> None:
    text = numbers.signed(value)
    assert (text == "0") == (text[0] not in "+−")


@given(st.floats(0, 1))
def test_only_nothing_and_everything_read_so(share: float) -> None:
    text = numbers.percent(share)
    assert text.endswith("\u00a0%")
    assert (text == "0\u00a0%") == (share == 0)
    assert (text == "100\u00a0%") == (share == 1)


@given(st.floats(-1e9, 1e9))
def test_compact_money_never_breaks_and_names_the_currency(value: float) -> None:
    text = numbers.compact_money(value, "EUR")
    assert text.endswith("€")
    assert " " not in text


def test_money_takes_the_unit_of_its_size() -> None:
    assert numbers.compact_money(850, "EUR") == "850\u00a0€"
    assert numbers.compact_money(4_900, "EUR") == "4.9\u00a0k€"
    assert numbers.compact_money(1_290_000, "EUR") == "1\u202f290\u00a0k€"
    assert numbers.compact_money(12_400_000, "USD") == "12.4\u00a0M$"
    assert numbers.money(6_200, "NOK") == "6\u202f200\u00a0kr"


def test_what_people_type_is_understood() -> None:
    assert numbers.parse("6 200,5 €") == 6200.5
    assert numbers.parse("9,000") == 9000
    assert numbers.parse("0,125") == 0.125
    assert numbers.parse("−3") == -3
    assert numbers.parse("20 d") == 20
    for junk in ("", "x", "nan", "inf", "1e999", "1 2 a"):
        assert numbers.parse(junk) is None


@given(st.text(max_size=30))
def test_parse_never_raises(text: str) -> None:
    numbers.parse(text)


def test_units_stay_with_their_numbers() -> None:
    kept = numbers.keep_units("worth 310 k€ for 25 days, 13 % of 24 000 visits")
    assert kept == "worth 310\u00a0k€ for 25\u00a0days, 13\u00a0% of 24 000 visits"
