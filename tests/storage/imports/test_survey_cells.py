"""What single cells mean: missing codes, rules, dates, and that memory of them stays level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.imports.mapping import DateSettings, When
from storage.imports.survey_cells import (
    REMEMBERED,
    Cells,
    Codes,
    Contains,
    covariate_cells,
    date_cells,
    outcome_cells,
    rule_holds,
    score_of,
)


@pytest.mark.parametrize("cell", ["0", "0.0", " 0 ", "-99", "-99,0", "N/A", "n/a "])
def test_missing_codes_are_no_answer_however_written(cell: str) -> None:
    assert score_of(cell, 0, 10, Codes(["0", "-99", "n/a"])) == (None, "")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("11", "off_scale"),
        ("-1", "off_scale"),
        ("4.5", "not_whole"),
        ("four", "not_a_number"),
        ("nan", "not_a_number"),
        ("1_0", "not_a_number"),
        ("1e400", "not_a_number"),
    ],
)
def test_what_is_no_score_is_refused_and_never_clipped(cell: str, reason: str) -> None:
    assert score_of(cell, 0, 10, Codes([])) == (None, reason)


@pytest.mark.parametrize(
    ("cell", "score"), [("0", 0), ("10", 10), (" 7 ", 7), ("7,0", 7), ("+7", 7)]
)
def test_scores_are_read_as_people_write_them(cell: str, score: int) -> None:
    assert score_of(cell, 0, 10, Codes([])) == (score, "")


@pytest.mark.parametrize(
    ("cell", "ticked"),
    [
        ("Wifi", True),
        ("food; wifi;", True),
        ("Food, Wifi", True),
        ("Late, cold food, Wifi", True),
        ("No wifi", False),
        ("Wifi and food", False),
        ("", False),
    ],
)
def test_an_option_is_ticked_alone_or_among_others(cell: str, ticked: bool) -> None:
    assert rule_holds(When("c", values=("Wifi",)), Codes([]))(cell) is ticked


def test_an_option_may_hold_commas_itself() -> None:
    holds = rule_holds(When("c", values=("Late, cold food",)), Codes([]))
    assert holds("Wifi, Late, cold food")
    assert not holds("Late, warm food")


def test_words_in_comments_are_found_without_regard_to_case() -> None:
    holds = rule_holds(When("c", contains=("wi-fi", "wifi")), Codes([]))
    assert holds("The WI-FI broke")
    assert not holds("Fine")


def test_a_missing_code_meets_no_rule() -> None:
    holds = rule_holds(When("c", between=(0, 2)), Codes(["0"]))
    assert [holds(cell) for cell in ("0", "1", "2", "3", "", "x")] == [
        False,
        True,
        True,
        False,
        False,
        False,
    ]


def test_dates_become_moments_and_periods() -> None:
    cells = date_cells(DateSettings("d", "%d.%m.%Y"), 20251, 1)
    assert cells["31.12.2026"] == ("2026-12-31T00:00:00Z", 20264)
    assert cells[" "] == ("", 20251)
    assert cells["2026-12-31"] == ("", 20251)
    assert cells.refused == {"2026-12-31": "date"}


def test_a_date_without_a_clock_is_moved_by_no_zone() -> None:
    cells = date_cells(DateSettings("d", "%Y-%m-%d", "Pacific/Auckland"), 0, 1)
    assert cells["2026-10-01"] == ("2026-10-01T00:00:00Z", 20264)


def test_outcomes_are_bad_good_or_unknown() -> None:
    cells = outcome_cells(Codes(["No", "1"]))
    assert [cells[text] for text in ("no ", "1.0", "yes", "", " ")] == [1, 1, 0, -1, -1]


def test_covariates_keep_numbers_as_numbers() -> None:
    cells = covariate_cells('Say "when"')
    assert cells["4,50"] == '"Say \\"when\\"":4.5'
    assert cells["41"] == '"Say \\"when\\"":41'
    assert cells["Zażółć"] == '"Say \\"when\\"":"Zażółć"'
    assert cells[" "] == ""


def test_distinct_cells_are_forgotten_before_they_fill_the_memory() -> None:
    cells: Cells[str, int] = Cells(lambda text: (len(text), "odd"))
    for start in range(0, REMEMBERED * 3, 10_000):
        texts = [str(number) for number in range(start, start + 10_000)]
        assert cells.values_of(texts) == list(map(len, texts))
        assert [place for place, _ in cells.refusals(texts)] == list(range(10_000))
    assert len(cells) <= REMEMBERED + 10_000
    assert len(cells.refused) <= REMEMBERED + 10_000


def test_values_nobody_gave_are_known() -> None:
    codes = Codes(["a", "B", "3"])
    assert "b" in codes
    assert "3.0" in codes
    assert codes.unmet == ["a"]


@given(
    st.lists(
        st.datetimes().map(lambda moment: moment.isoformat(" ", "seconds"))
        | st.sampled_from(
            ["2026-02-30 10:00:00", "2026-01-01T10:00:00", "", "2026-01-01 24:00:00", "soon"]
        ),
        max_size=8,
    )
)
def test_moments_at_once_are_those_read_one_by_one(cells: list[str]) -> None:
    settings = DateSettings("d", "%Y-%m-%d %H:%M:%S")
    together, alone = date_cells(settings, 20251, 4), date_cells(settings, 20251, 4)
    assert together.values_of(cells) == [alone[cell] for cell in cells]
    assert together == alone
    assert together.refused == alone.refused


@given(
    st.lists(st.text(st.sampled_from("aAbßSİi\0 -ſ"), max_size=8), max_size=12),
    st.lists(st.text(st.sampled_from("aAbßSİi -"), min_size=1, max_size=3), min_size=1, max_size=2),
)
def test_words_are_found_in_many_cells_as_in_one(cells: list[str], words: list[str]) -> None:
    holds = rule_holds(When("c", contains=tuple(words)), Codes([]))
    assert isinstance(holds, Contains)
    assert holds.of_many(cells) == [holds(cell) for cell in cells]
