"""`priorities --segment`: the same list among one segment's customers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
FEW = ("--draws", 80)


@pytest.fixture(scope="module")
def sample(demo: Path) -> Path:
    (file,) = demo.glob("*.waymark")
    return file


def _names(waymark: Run, file: Path) -> list[str]:
    found: list[str] = waymark("info", file, "--json").json["segments"]
    return found


def test_the_segments_of_the_sample_add_up_to_its_list(waymark: Run, sample: Path) -> None:
    whole = waymark("priorities", sample, *FEW, "--json").json
    assert whole["segment"] is None
    parts = [
        waymark("priorities", sample, *FEW, "--segment", name.upper(), "--json").json
        for name in _names(waymark, sample)
    ]
    assert len(parts) > 1
    ranks = {item["pain_point"]: item["rank"] for item in whole["items"]}
    for part, name in zip(parts, _names(waymark, sample), strict=True):
        assert part["segment"]["name"] == name
        assert {i["pain_point"]: i["rank_in_whole"] for i in part["items"]} == ranks
        placed = [i["rank"] for i in part["items"] if i["rank"] is not None]
        assert placed == list(range(1, len(placed) + 1))
    for item in whole["items"]:
        mine = [
            next(i for i in part["items"] if i["pain_point"] == item["pain_point"])
            for part in parts
        ]
        if item["value_mean"] is not None and all(m["value_mean"] is not None for m in mine):
            added = sum(m["value_mean"] for m in mine)
            assert added == pytest.approx(item["value_mean"], rel=1e-9)


def test_a_segment_is_named_by_its_id_too(waymark: Run, sample: Path) -> None:
    name = _names(waymark, sample)[0]
    by_name = waymark("priorities", sample, *FEW, "--segment", name, "--json")
    key = by_name.json["segment"]["id"]
    assert waymark("priorities", sample, *FEW, "--segment", key, "--json").out == by_name.out
    shown = waymark("priorities", sample, *FEW, "--segment", name).out
    assert f"segment {name} only" in shown
    assert f"In the segment “{name}”, fixing" in shown


def test_a_leaders_part_of_a_segments_list(waymark: Run, sample: Path) -> None:
    name = _names(waymark, sample)[0]
    whole = waymark("priorities", sample, *FEW, "--segment", name, "--json").json["items"]
    leader = whole[0]["leader"]
    words = ("--segment", name, "--leader", leader, "--json")
    part = waymark("priorities", sample, *FEW, *words).json["items"]
    assert part == [item for item in whole if item["leader"] == leader]


def test_what_has_no_such_segment_says_which_there_are(waymark: Run, sample: Path) -> None:
    ran = waymark("priorities", sample, "--segment", "Nobody", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "Nobody" in ran.err
    assert _names(waymark, sample)[0] in ran.err


def test_a_frozen_list_is_of_all_segments(waymark: Run, sample: Path) -> None:
    words = ("--quarter", "2026Q3", "--segment", _names(waymark, sample)[0])
    ran = waymark("priorities", sample, *words)
    assert ran.code == 2
    assert "2026Q3 is frozen" in ran.err
