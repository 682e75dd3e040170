"""A simulated world through Waymark JSON and the command line is ranked as it is in memory."""

from benchmarks.ranking.by_file import trial


def test_the_road_of_a_user_gives_the_list_of_the_benchmark():
    found = trial("main", 3, 0, n=20, draws=100)
    assert found.same
    assert found.apart < 1e-9
    assert 0.0 < found.top <= 1.0
