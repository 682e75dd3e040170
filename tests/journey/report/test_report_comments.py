"""Comments: none where few wrote, two at most, nobody's address or number."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.report.comments import (
    ANSWERS_FOR_A_COMMENT,
    COMMENTS_ON_THE_PAGE,
    chosen_comments,
    masked,
)
from journey.report.pack import CommentFact


def facts(count: int, word: str = "waited") -> list[CommentFact]:
    return [
        CommentFact(f"I {word} and waited for {number} days, then left.") for number in range(count)
    ]


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_under_the_threshold_a_place_shows_nothing(a: int, b: int, everywhere: int) -> None:
    known = {"a": facts(a, "sat"), "b": facts(b, "stood"), None: facts(everywhere, "lay")}
    shown = chosen_comments(["a", "b"], known)
    assert len(shown) <= COMMENTS_ON_THE_PAGE
    for word, count in (("sat", a), ("stood", b), ("lay", everywhere)):
        if count < ANSWERS_FOR_A_COMMENT:
            assert not any(word in fact.text for fact in shown)
    if everywhere >= ANSWERS_FOR_A_COMMENT:
        assert len(shown) == COMMENTS_ON_THE_PAGE


@given(st.permutations(facts(15)))
def test_the_choice_does_not_hang_on_the_order(order: list[CommentFact]) -> None:
    assert chosen_comments(["a"], {"a": order}) == chosen_comments(["a"], {"a": facts(15)})


def test_no_comment_is_shown_twice_and_empty_ones_never() -> None:
    same = [CommentFact("The same words, written by a great many people.")] * 40
    shown = chosen_comments(["a", "b"], {"a": same, "b": same, None: [CommentFact("ok")] * 40})
    assert [fact.text for fact in shown] == [same[0].text]


def test_long_comments_are_cut_at_a_word() -> None:
    shown = chosen_comments(["a"], {"a": [CommentFact("word " * 400)] * 10})
    assert shown[0].text.endswith("word …")
    assert len(shown[0].text) < 240


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Write to ola.nordmann+x@firma.no, please", "Write to [e-mail], please"),
        ("łukasz@poczta.pl", "[e-mail]"),
        ("Call +47 22 33 44 55!", "Call [number]!"),
        ("(0048) 601-234-567 or 8 (495) 123-45-67", "[number] or [number]"),
        ("account 1234.56.78901 is gone", "account [number] is gone"),
        ("pay to GB29 NWBK 6016 1331 9268 19 today", "pay to [number] today"),
        ("NO9386011117947 is mine", "[number] is mine"),
        ("card 4111 1111 1111 1111", "card [number]"),
        ("my order no. A-1234 is late", "my order no. [number] is late"),
        ("Kundennummer: K1234, bitte", "Kundennummer: [number], bitte"),
        ("numer zamówienia, zamówienie nr 5521", "numer zamówienia, zamówienie nr [number]"),
        ("the order number is wrong", "the order number is wrong"),
        ("Gate AB12 at 5 pm", "Gate AB12 at 5 pm"),
        ("see https://a.example/b?c=1 now", "see [link] now"),
        ("12 minutes, 3 calls, 2026", "12 minutes, 3 calls, 2026"),
        ("a\x00b\u202ec\n\nd", "a b c d"),
        ("jan (at) firma.pl or jan[at]firma[dot]pl", "[e-mail] or [e-mail]"),
        ("jan @ firma.pl", "[e-mail]"),
        ("jan＠firma.co.uk, ola@10.0.0.1", "[e-mail], [e-mail]"),
        ("dla „jan@firma.com.pl”", "dla „[e-mail]”"),
        ("601–234–567, 601‑234‑567, 601_234_567", "[number], [number], [number]"),
        ("601 - 234 - 567 / 22 / 123", "[number]"),
        ("tel. 123 456, Telefon: 12345", "tel. [number], Telefon: [number]"),
        ("komórka 50 40 30, тел. 12-34-56", "komórka [number], тел. [number]"),
        ("on 2026-01-15 10:30 and 5.01.2026", "on 2026-01-15 10:30 and 5.01.2026"),
        ("2026-01-15-1234", "[number]"),
        ("the phone rang 3 times at 10", "the phone rang 3 times at 10"),
        ("look at shop.example now", "look at shop.example now"),
    ],
)
def test_known_addresses_and_numbers_are_masked(text: str, told: str) -> None:
    assert masked(text) == told


@given(
    st.text(string.ascii_letters + string.digits + "._-", min_size=1),
    st.text(string.ascii_letters + string.digits, min_size=1),
    st.text(),
)
def test_no_address_stays(name: str, host: str, around: str) -> None:
    told = masked(f"{around} {name}@{host}.com {around}")
    assert f"{name}@{host}.com" not in told


@given(st.text("0123456789", min_size=7, max_size=20), st.sampled_from(["", " ", "-", "."]))
def test_no_long_number_stays(digits: str, gap: str) -> None:
    assert masked(f"call {gap.join(digits)} now") == "call [number] now"
