"""render: pictures of every format from a real workspace, without a display, replaced whole."""

import json
import stat
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import parse
from pypdf import PdfReader
from PySide6.QtGui import QImage

Run = Callable[..., Any]
# Pangrams, and what a page of another alphabet usually loses.
POLISH = "Zażółć gęślą jaźń"
NORWEGIAN = "Blåbærsyltetøy på nærbutikken"
RUSSIAN = "Съешь ещё этих булок"
HOSTILE = "</script><img src=x onerror=alert(1)>"


@pytest.fixture
def quiet(tmp_path: Path, waymark: Run) -> Path:
    """A workspace with names in four languages and no evidence."""
    names = (POLISH, NORWEGIAN, RUSSIAN, HOSTILE)
    journey = {
        "id": "j",
        "name": "Opening an account",
        "stages": [{"id": "s", "name": "Zakup · Kjøp · Покупка"}],
        "touchpoints": [{"id": f"t{i}", "name": n, "stage": "s"} for i, n in enumerate(names)],
        "transitions": [{"from": "t0", "to": "t1", "count": 12}],
    }
    other = {"id": "k", "name": "Leaving", "touchpoints": [{"id": "x", "name": "Last call"}]}
    source = tmp_path / "four.json"
    found = {"format": "waymark/1", "journeys": [journey, other]}
    source.write_text(json.dumps(found), encoding="utf-8")
    target = tmp_path / "four.waymark"
    assert waymark("load", source, target).code == 0
    return target


def size_of(path: Path) -> tuple[int, int]:
    """Return width and height as the header of a PNG says."""
    return struct.unpack(">II", path.read_bytes()[16:24])


@pytest.mark.parametrize("view", ["map", "flow"])
@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_every_format_of_every_view(ending: str, view: str, quiet: Path, waymark: Run) -> None:
    target = quiet.with_suffix(f".{ending}")
    ran = waymark("render", quiet, "--to", target, "--view", view)
    assert (ran.code, ran.out, ran.err) == (0, f"Wrote {target}.\n", "")
    if ending == "svg":
        text = " ".join(parse(target).getroot().itertext())
        assert "Opening an account" in text
    elif ending == "pdf":
        text = " ".join(PdfReader(target).pages[0].extract_text().split())
    else:
        assert not QImage(str(target)).isNull()
        return
    for word in ("Zażółć", "gęślą", "jaźń", "Blåbærsyltetøy", "Съешь", "ещё", "булок"):
        assert word in text.replace("\u2010 ", "").replace("\u2010", ""), word


def test_fonts_are_embedded(quiet: Path, waymark: Run) -> None:
    target = quiet.with_suffix(".pdf")
    assert waymark("render", quiet, "--to", target).code == 0
    fonts = PdfReader(target).pages[0]["/Resources"]["/Font"].values()
    assert fonts
    for font in fonts:
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys())
        assert "/ToUnicode" in font.get_object()


def test_figures_of_the_quarter_stand_on_the_map(bank: Path, waymark: Run) -> None:
    target = bank.with_suffix(".svg")
    rows = waymark("metrics", bank, "--json").json
    ran = waymark("render", bank, "--to", target, "--json")
    assert ran.json == {
        "file": str(target), "journey": "Customer journey", "view": "map", "quarter": "2026Q4",
    }  # fmt: skip
    text = " ".join(parse(target).getroot().itertext())
    shown = [row for row in rows if not row["suppressed"]]
    assert shown
    for row in shown:
        assert str(row["n"]) in text
    assert waymark("render", bank, "--to", target, "--quarter", "2026Q4").code == 0
    ran = waymark("render", bank, "--to", target, "--quarter", "2031Q1")
    assert (ran.code, ran.out) == (2, "")


def test_the_whole_target_is_replaced_and_its_bytes_are_the_picture(
    quiet: Path, waymark: Run
) -> None:
    target = quiet.with_suffix(".svg")
    assert waymark("render", quiet, "--to", target).code == 0
    fresh = target.read_bytes()
    target.write_bytes(b"x" * 5_000_000)
    assert waymark("render", quiet, "--to", target).code == 0
    assert target.read_bytes() == fresh
    assert [p.name for p in target.parent.iterdir() if p.name.startswith(".waymark")] == []


def test_scale_and_theme_of_a_png(quiet: Path, waymark: Run) -> None:
    target = quiet.with_suffix(".png")
    sizes = {}
    for scale in ("0.5", "1", "3"):
        assert waymark("render", quiet, "--to", target, "--scale", scale).code == 0
        sizes[scale] = size_of(target)
    wide, high = sizes["1"]
    assert sizes["3"] == (3 * wide, 3 * high)
    assert abs(sizes["0.5"][0] - wide / 2) <= 1
    corner = {}
    for name, words in (("light", ()), ("dark", ("--theme", "dark")), ("none", ("--transparent",))):
        assert waymark("render", quiet, "--to", target, "--scale", "1", *words).code == 0
        corner[name] = QImage(str(target)).pixelColor(2, 2)
    assert corner["light"].name() == "#ffffff"
    assert corner["dark"].lightness() < 60
    assert corner["none"].alpha() == 0


def test_a_png_beyond_its_limit_names_the_largest_scale(
    quiet: Path, waymark: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = quiet.with_suffix(".png")
    target.write_bytes(b"mine")
    monkeypatch.setattr("ui.render.png.MOST_PIXELS", 1_000_000)
    ran = waymark("render", quiet, "--to", target, "--scale", "8")
    assert ran.code == 2
    assert "--scale" in ran.err
    assert target.read_bytes() == b"mine"


def test_paper(quiet: Path, waymark: Run) -> None:
    target = quiet.with_suffix(".pdf")
    for words, millimetres in (
        (("--page", "A4"), (210, 297)),
        (("--page", "a0", "--one-sheet"), (841, 1189)),
    ):
        assert waymark("render", quiet, "--to", target, *words).code == 0
        pages = PdfReader(target).pages
        box = pages[0].mediabox
        found = sorted(round(float(side) / 72 * 25.4) for side in (box.width, box.height))
        assert found == list(millimetres)
    assert len(pages) == 1


def test_only_the_lanes_asked_for(quiet: Path, waymark: Run) -> None:
    target = quiet.with_suffix(".svg")
    assert waymark("render", quiet, "--to", target, "--lane", "touchpoints").code == 0
    text = " ".join(parse(target).getroot().itertext())
    assert "Touchpoints" in text
    assert "Pain points" not in text
    ran = waymark("render", quiet, "--to", target, "--lane", "Touchpoint")
    assert (ran.code, "Did you mean: Touchpoints" in ran.err) == (2, True)


def test_another_journey_by_name(quiet: Path, waymark: Run) -> None:
    target = quiet.with_suffix(".svg")
    assert waymark("render", quiet, "--to", target, "--journey", "leaving").code == 0
    assert "Last call" in " ".join(parse(target).getroot().itertext())


@pytest.mark.parametrize(
    "words",
    [
        ("--journey", "Leavin"),
        ("--view", "table"),
        ("--persona", "Nobody"),
        ("--theme", "sepia"),
        ("--page", "B5"),
        ("--page", "A4"),
        ("--one-sheet",),
        ("--scale", "0"),
    ],
)
def test_a_wrong_call_leaves_the_target(words: tuple[str, ...], quiet: Path, waymark: Run) -> None:
    target = quiet.with_suffix(".svg")
    target.write_bytes(b"mine")
    ran = waymark("render", quiet, "--to", target, *words)
    assert (ran.code, ran.out) == (2, "")
    assert 1 <= len(ran.lines) <= 3
    assert target.read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["out.docx", "out"])
def test_an_ending_nobody_draws(name: str, quiet: Path, waymark: Run) -> None:
    ran = waymark("render", quiet, "--to", quiet.with_name(name))
    assert ran.code == 2
    assert ".svg" in ran.err


def test_exit_codes_of_workspace_and_target(quiet: Path, waymark: Run, tmp_path: Path) -> None:
    assert waymark("render", tmp_path / "none.waymark", "--to", tmp_path / "a.svg").code == 4
    damaged = tmp_path / "damaged.waymark"
    damaged.write_bytes(quiet.read_bytes()[:3000])
    assert waymark("render", damaged, "--to", tmp_path / "a.svg").code == 4
    ran = waymark("render", quiet, "--to", tmp_path / "nowhere" / "a.svg")
    assert ran.code == 5
    assert 1 <= len(ran.lines) <= 3
    kept = tmp_path / "kept.png"
    kept.write_bytes(b"mine")
    kept.chmod(stat.S_IRUSR)
    assert waymark("render", quiet, "--to", kept).code == 5
    assert kept.read_bytes() == b"mine"
    assert not (tmp_path / "a.svg").exists()


def test_it_draws_in_a_process_without_a_display(quiet: Path, process: Run) -> None:
    target = quiet.with_suffix(".html")
    gone = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"), "")
    ran = process("render", quiet, "--to", target, **gone)
    assert (ran.code, ran.out, ran.err) == (0, f"Wrote {target}.\n", "")
    assert target.read_bytes().startswith(b"<!DOCTYPE html>")


def test_other_commands_load_no_qt(quiet: Path, many: Callable[..., Any]) -> None:
    _, qt = many([["info", quiet], ["render", "--help"]])
    assert qt == []


def test_an_empty_workspace_is_drawn(waymark: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.waymark"
    assert waymark("new", file).code == 0
    for ending in ("svg", "pdf", "png", "html"):
        for view in ("map", "flow") if ending != "html" else ("map",):
            target = file.with_suffix(f".{ending}")
            assert waymark("render", file, "--to", target, "--view", view).code == 0
            assert target.stat().st_size > 500
