"""The benchmark of a screen's figures compares equal sums, and computes from all answers."""

from benchmarks.screen_figures import measure


def test_histogram_and_rows_agree_to_the_last_answer() -> None:
    found = measure(6_000, 1)
    assert found.ratio > 0.0
    assert found.on_top > 0.0
