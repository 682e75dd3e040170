"""Which factor is set in bold: what lifts the first row, what holds any other back."""

from ui.priorities.detail import telling_ratio


def test_the_first_row_is_told_by_what_lifts_it() -> None:
    assert telling_ratio([1.03, 0.57, 1.86, 0.98], is_first=True) == 1.86
    assert telling_ratio([0.9, 0.8], is_first=True) is None


def test_another_row_is_told_by_what_holds_it_back() -> None:
    assert telling_ratio([1.03, 0.57, 1.86], is_first=False) == 0.57
    assert telling_ratio([1.2], is_first=False) is None
    assert telling_ratio([], is_first=False) is None
