"""Whatever leaves the house, in every format, tells nothing of a segment with too few answers."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from storage.exports.packs import ENDINGS, formats_there_are
from ui.cli import run_command

MAPPING = """
[survey]
name = "Desk"
design = "relational"
quarter = "2026Q4"
respondent = "id"
segment = "kind"

[[question]]
column = "score"
touchpoint = "Service desk"
metric = "csat"
scale = [1, 5]

[[pain_point]]
title = "Queue too long"
touchpoint = "Service desk"
when = { column = "trouble", values = ["queue", "both"] }

[[pain_point]]
title = "Forms ask twice"
touchpoint = "Service desk"
when = { column = "trouble", values = ["forms", "both"] }

[outcome]
column = "left"
bad = ["yes"]
means = "left"
months = 12
"""
# The last is under the minimum of five, the one before it goes with it.
SIZES = {"Townsfolk": 1237, "Countryfolk": 1811, "Islanders": 6, "Lighthousekeepers": 2}
HIDDEN = ("Islanders", "Lighthousekeepers")
# Nobody can subtract what was never told: no export says how many answers a segment gave.
COUNTS = (1237, 1811)


def _answers() -> str:
    lines = ["id,kind,score,left,trouble"]
    for kind, size in SIZES.items():
        for n in range(size):
            queue = kind in HIDDEN or n % 9 == 0  # all of the few, hardly any of the many
            forms = kind not in HIDDEN and n % (3 if kind == "Townsfolk" else 11) == 0
            trouble = ("", "queue", "forms", "both")[queue + 2 * forms]
            left = "yes" if (forms and n % 2) or n % 17 == 0 else "no"
            lines.append(f"{kind[:2]}{n},{kind},{5 - 2 * queue - forms},{left},{trouble}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def left_the_house(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """Everything there is to give away, of the open quarter and of the frozen one."""
    folder = tmp_path_factory.mktemp("house")
    file, data, mapping = (str(folder / name) for name in ("b.waymark", "a.csv", "m.toml"))
    Path(data).write_text(_answers(), encoding="utf-8")
    Path(mapping).write_text(MAPPING, encoding="utf-8")
    every = ",".join(formats_there_are())
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAYMARK_STATE_DIR", str(folder / "state"))
        assert run_command(["new", file]) == 0
        assert run_command(["import", "survey", file, data, "--mapping", mapping, "--create"]) == 0
        for name in ("open", "frozen"):
            out = folder / name
            call = ["export", file, "--quarter", "2026Q4", "--to", str(out), "--formats", every]
            assert run_command([*call, *(["--draws", "200"] if name == "open" else [])]) == 0
            assert run_command(["render", file, "--to", str(out / "page.html")]) == 0
            found[name] = sorted(out.iterdir())
            if name == "open":
                freeze = ["freeze", file, "--quarter", "2026Q4", "--draws", "200"]
                assert run_command(freeze) == 0
    return found


def _pdf(content: bytes) -> str:
    reader = PdfReader(BytesIO(content))
    told = [page.extract_text() for page in reader.pages]
    return "\n".join([*told, str(reader.metadata), str(reader.outline)])


def _book(content: bytes) -> str:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(content))
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row]
    # Beside its cells, every word of its parts; their digits are places of words, no counts.
    return "\n".join([*cells, re.sub(r"\d", "", _slides(content))])


def _slides(content: bytes) -> str:
    """Return the words of every part: notes, properties and the data of charts as well."""
    told = []
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            part = parts.read(name)
            if name.endswith((".xml", ".rels")):
                told.append(re.sub(r"<[^>]*>", "\n", part.decode("utf-8")))
            elif name.endswith(".xlsx"):
                told.append(_book(part))
    return "\n".join(told)


READ: dict[str, Callable[[bytes], str]] = {".pdf": _pdf, ".xlsx": _book, ".pptx": _slides}


def _told(path: Path) -> str:
    content = path.read_bytes()
    return READ[path.suffix](content) if path.suffix in READ else content.decode("utf-8-sig")


@pytest.mark.parametrize("quarter", ["open", "frozen"])
def test_every_format_names_the_segment_hit_most_and_none_with_too_few(
    quarter: str, left_the_house: dict[str, list[Path]]
) -> None:
    kinds, naming = set(), set()
    for path in left_the_house[quarter]:
        told = _told(path)
        words = "".join(told.split())
        kind = path.name.removeprefix("2026Q4 All leaders").removeprefix("2026Q4 Unassigned")
        kinds.add(kind)
        if "Townsfolk" in words:
            naming.add(kind)
        for name in HIDDEN:
            assert name not in words, (path.name, name)
        plain = re.sub(r"(?<=\d)[\s\u2009\u202f\xa0,](?=\d{3}\b)", "", told)
        assert _has(plain, sum(SIZES.values())), path.name  # so a number would be seen
        for count in COUNTS:
            assert not _has(plain, count), (path.name, count)
    ends = {"".join(parts) for parts in ENDINGS.values()}
    assert kinds == ends | {"page.html"}
    assert naming == ends - {" tickets.csv"}  # so a name would be seen


def _has(text: str, number: int) -> bool:
    return re.search(rf"(?<![\d.]){number}(?!\d)", text) is not None
