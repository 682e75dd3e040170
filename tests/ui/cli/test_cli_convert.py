"""convert: by the endings of the names, with every loss told, and targets replaced whole."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pytest

from storage.openformats.convert_losses import Loss
from ui.cli.conversion import loss_words

Run = Callable[..., Any]
BANK = ("json", "bank.json")


@pytest.fixture
def odd(fixtures: Path) -> Path:
    return fixtures / "openformats" / "odd.ojf"


def test_a_map_goes_through_every_format(odd: Path, waymark: Run, tmp_path: Path) -> None:
    for source, target in (
        (odd, "a.json"),
        (tmp_path / "a.json", "b.ojf"),
        (tmp_path / "b.ojf", "c.mmd"),
        (tmp_path / "c.mmd", "d.graphml"),
        (tmp_path / "c.mmd", "e.ojf"),
    ):
        ran = waymark("convert", source, tmp_path / target)
        assert (ran.code, ran.out) == (0, f"Wrote {tmp_path / target}.\n")
    came, went = (json.loads(path.read_text("utf-8")) for path in (odd, tmp_path / "b.ojf"))
    assert went["nodes"] == came["nodes"]
    assert "Ask at the desk: 4\n" in (tmp_path / "c.mmd").read_text("utf-8")
    assert networkx.read_graphml(tmp_path / "d.graphml").number_of_nodes() == 3
    titles = [n["title"] for n in json.loads((tmp_path / "e.ojf").read_text("utf-8"))["nodes"]]
    assert titles[:2] == ["Ask at the desk", "Online form"]


def test_what_was_read_can_be_loaded_and_checked(odd: Path, waymark: Run, tmp_path: Path) -> None:
    assert waymark("convert", odd, tmp_path / "a.json").code == 0
    assert waymark("load", tmp_path / "a.json", tmp_path / "a.waymark").code == 0
    assert waymark("check", tmp_path / "a.waymark").code == 0
    assert waymark("convert", tmp_path / "a.waymark", tmp_path / "b.ojf").code == 0
    went = json.loads((tmp_path / "b.ojf").read_text("utf-8"))
    assert went["nodes"] == json.loads(odd.read_text("utf-8"))["nodes"]


def test_losses_are_listed_on_standard_error_and_the_exit_code_is_0(
    fixtures: Path, waymark: Run, tmp_path: Path
) -> None:
    ran = waymark("convert", fixtures.joinpath(*BANK), tmp_path / "bank.mmd", "--json")
    assert ran.code == 0
    losses = {loss["kind"]: loss["count"] for loss in ran.json["losses"]}
    assert ran.json["file"] == str(tmp_path / "bank.mmd")
    raw = json.loads(fixtures.joinpath(*BANK).read_text("utf-8"))
    for kind, rows in (("kpi", "kpis"), ("response", "responses"), ("purchase", "purchases")):
        assert losses[kind] == len(raw[rows]) > 0
    assert len(ran.lines) == len(losses)
    assert f"Not in the target: {len(raw['kpis'])} × kpi." in ran.lines


@pytest.mark.parametrize("ending", [".ojf", ".mmd", ".graphml"])
def test_an_event_log_is_told_once(
    ending: str, open_sample: Path, waymark: Run, tmp_path: Path
) -> None:
    ran = waymark("convert", open_sample, tmp_path / f"out{ending}", "--json")
    assert [line for line in ran.lines if "event" in line] == ["Not in the target: 1 × event log."]
    assert [loss for loss in ran.json["losses"] if "event" in loss["kind"]] == [
        {"kind": "event_log", "count": 1}
    ]


def test_json_to_json_keeps_the_answers(fixtures: Path, waymark: Run, tmp_path: Path) -> None:
    bank = fixtures.joinpath(*BANK)
    assert waymark("load", bank, tmp_path / "bank.waymark").code == 0
    assert waymark("dump", tmp_path / "bank.waymark", tmp_path / "dumped.json").code == 0
    for source, target in ((bank, "a.json"), (tmp_path / "bank.waymark", "b.json")):
        assert waymark("convert", source, tmp_path / target).code == 0
        assert (tmp_path / target).read_bytes() == (tmp_path / "dumped.json").read_bytes()
    before = (tmp_path / "a.json").read_bytes()
    assert waymark("convert", tmp_path / "a.json", tmp_path / "a.json").code == 0
    assert (tmp_path / "a.json").read_bytes() == before


@pytest.mark.parametrize("ending", [".json", ".ojf", ".mmd", ".graphml"])
def test_an_existing_target_is_replaced_whole(
    ending: str, odd: Path, waymark: Run, tmp_path: Path
) -> None:
    target = tmp_path / f"out{ending}"
    assert waymark("convert", odd, target).code == 0
    fresh = target.read_bytes()
    target.write_bytes(b"x" * 100_000)
    assert waymark("convert", odd, target).code == 0
    assert target.read_bytes() == fresh


def test_a_refused_input_leaves_the_target(waymark: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.ojf").write_text('{"nodes": [3]}', encoding="utf-8")
    (tmp_path / "out.mmd").write_text("mine", encoding="utf-8")
    ran = waymark("convert", tmp_path / "odd.ojf", tmp_path / "out.mmd")
    assert (ran.code, ran.out) == (3, "")
    assert 1 <= len(ran.lines) <= 3
    assert "nodes[0]" in ran.err
    assert (tmp_path / "out.mmd").read_text("utf-8") == "mine"


def test_the_journey_is_chosen_by_name(waymark: Run, tmp_path: Path) -> None:
    journeys = [
        {"id": key, "name": name, "touchpoints": [{"id": f"{key}1", "name": f"In {name}"}]}
        for key, name in (("a", "Joining"), ("b", "Leaving"))
    ]
    source = tmp_path / "two.json"
    source.write_text(json.dumps({"format": "waymark/1", "journeys": journeys}), "utf-8")
    target = tmp_path / "out.mmd"
    for words, expected in (((), "Joining"), (("--journey", "leaving"), "Leaving")):
        ran = waymark("convert", source, target, *words)
        assert (ran.code, "1 × other journey" in ran.err) == (0, True)
        assert f"In {expected}: 3" in target.read_text("utf-8")
    before = target.read_bytes()
    ran = waymark("convert", source, target, "--journey", "Leavin")
    assert ran.code == 2
    assert "Leaving" in ran.err
    assert target.read_bytes() == before
    assert waymark("convert", source, tmp_path / "o.json", "--journey", "Leaving").code == 2


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("in.graphml", "out.json", 2),
        ("in", "out.json", 2),
        ("in.ojf", "out.waymark", 2),
        ("in.ojf", "out", 2),
        ("missing.ojf", "out.json", 3),
        ("missing.mmd", "out.json", 3),
        ("missing.json", "out.ojf", 3),
        ("missing.waymark", "out.ojf", 4),
        ("in.ojf", "nowhere/out.json", 5),
        ("in.ojf", "folder.mmd", 5),
        ("empty.json", "out.ojf", 2),
        ("folder.mmd", "out.ojf", 3),
    ],
)
def test_faults_have_their_exit_codes(
    source: str, target: str, code: int, odd: Path, waymark: Run, tmp_path: Path
) -> None:
    for name in ("in.ojf", "in.graphml", "in"):
        (tmp_path / name).write_bytes(odd.read_bytes())
    (tmp_path / "empty.json").write_text('{"format": "waymark/1"}', "utf-8")
    (tmp_path / "folder.mmd").mkdir()
    ran = waymark("convert", tmp_path / source, tmp_path / target)
    assert (ran.code, ran.out) == (code, "")
    assert 1 <= len(ran.lines) <= 3
    assert "Traceback" not in ran.err


def test_real_maps_convert(shared_data: Path, waymark: Run, tmp_path: Path) -> None:
    files = sorted((shared_data / "ojf").glob("*.ojf"))
    assert len(files) == 3
    for file in files:
        assert waymark("convert", file, tmp_path / "a.json").code == 0
        ran = waymark("convert", tmp_path / "a.json", tmp_path / "b.ojf")
        assert (ran.code, ran.err) == (0, "")
        assert json.loads((tmp_path / "b.ojf").read_text("utf-8")) == json.loads(
            file.read_text("utf-8")
        )


def test_losses_read_as_sentences() -> None:
    assert loss_words(Loss("pain_point", 2)) == "Not in the target: 2 × pain point."
    assert (
        loss_words(Loss("touchpoint.channel", 1)) == "Not in the target: 1 × touchpoint: channel."
    )
    assert loss_words(Loss("score_rounded", 3)) == (
        "Changed (3): judged experiences were rounded to a score."
    )
