"""Numbers and sentences as people read them."""

import pytest

from journey.priority import wording


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (310_000, "310 k€"),
        (-9_400, "−9 400 €"),
        (1_240_000, "1.2 M€"),
        (999_600, "1 M€"),
        (12_345, "12 k€"),
        (83, "83 €"),
        (0, "0 €"),
        (-0.2, "0 €"),
    ],
)
def test_money(value, text):
    assert wording.money(value, "EUR") == text


def test_money_of_other_currencies_and_ranges():
    assert wording.money(1_240_000, "NOK") == "1.2 M NOK"
    assert wording.money(500, "NOK") == "500 NOK"
    assert wording.money_range(190_000, 463_000, "EUR") == "190–463 k€"
    assert wording.money_range(-19_000, 463_000, "EUR") == "−19 to 463 k€"
    assert wording.money_range(4_100, 46_300, "USD") == "4.1–46 k$"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.13, "13\u00a0%"),
        (0.034, "3.4\u00a0%"),
        (0.03, "3\u00a0%"),
        (0.0002, "under 0.1\u00a0%"),
        (0, "0\u00a0%"),
        (1, "100\u00a0%"),
    ],
)
def test_percent(share, text):
    assert wording.percent(share) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.784, "78\u00a0%"), (0.001, "under 1\u00a0%"), (0.999, "over 99\u00a0%")]
)
def test_chances_claim_no_more_than_draws_can(share, text):
    assert wording.chance(share) == text


@pytest.mark.parametrize(
    ("days", "text"), [(25, "25 days"), (1, "1 day"), (2.5, "2.5 days"), (1200, "1 200 days")]
)
def test_days(days, text):
    assert wording.days(days) == text


def test_counts_and_indices():
    assert wording.counted(23_876) == "24 000"
    assert wording.per_thousand(4.123) == "4.1"
    assert wording.per_thousand(0.3249) == "0.32"
    assert wording.per_thousand(123.4) == "120"
    assert wording.per_thousand(-4.16) == "−4.2"


def test_the_sentence_of_visits_in_money(transactional):
    world = transactional(rows=2000)
    world.improvement("i", "p00", effort_days=25)
    world.improvement("j", "p10", effort_days=25)
    first = world.rank().items[0]
    assert first.sentence.startswith(f"Fixing “{first.title}” is ranked 1 of 4: about ")
    for part in (
        "of 15 000 yearly visits meet it",
        "points lower and are",
        "points likelier to leave, so a fix keeps about",
        "of customer value for each year’s customers (80\u00a0%: ",
        "for 25 days of work; it is in the true top 5 with",
    ):
        assert part in first.sentence


def test_the_sentence_of_respondents(relational):
    world = relational()
    first = world.rank().items[0]
    for part in (
        "of those who used T0 meet it",
        "points likelier to be dissatisfied, other things equal",
        "the link to leaving assumed) for 20 days of work (assumed)",
    ):
        assert part in first.sentence
    world.segment("a", None, None)
    assert "of 1 000 customers from bad to good (80\u00a0%: " in world.rank().items[0].sentence


def test_rank_1_says_how_sure_it_is_of_its_place(transactional):
    world = transactional(rows=2000)
    world.improvement("i", "p00", effort_days=25)
    world.improvement("j", "p10", effort_days=25)
    first, second, *others = world.rank().items
    chance = wording.chance(first.p_beats_next)
    assert f"probability and ahead of rank 2 with {chance}" in first.sentence
    assert all("ahead of rank" not in row.sentence for row in (second, *others))


def test_rank_1_is_not_held_against_what_its_own_fix_serves(transactional):
    world = transactional(rows=2000)
    world.improvement("both", "p00", "p01", "p10", effort_days=5)
    rows = world.rank().items
    assert [row.improvement for row in rows[:4]] == ["both", "both", "both", None]
    assert "ahead of rank 4 with " in rows[0].sentence
    assert "ahead of rank 2" not in rows[0].sentence


def test_a_number_that_rounds_to_nothing_has_no_sign():
    assert wording.number(-0.004, 2) == "0.00"
    assert wording.number(-0.006, 2) == "−0.01"
    assert wording.number(-1_236) == "−1 236"
