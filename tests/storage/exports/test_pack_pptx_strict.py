"""Slides as PowerPoint wants them: ids, relations and parts, from any template, never damaged."""

import random
import struct
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part

from journey.priority.result import Ranking
from journey.report.pack import Pack
from journey.report.page import written
from storage.exports.brand import BrandError
from storage.exports.pptx import pptx_bytes
from storage.exports.pptx_template import without_clock
from tests.storage.exports.conftest import ranking
from tests.storage.exports.packages import R, check_package, elements

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SECTIONS = (
    '<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    '<p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}">'
    '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
    '<p14:section name="One" id="{6F2B1E5A-0C54-4E52-9D8E-3F4B8B6D2A11}"><p14:sldIdLst>'
    '<p14:sldId id="256"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>'
)
HOSTILE = '\x00<b>&amp; "quoted" \ttab\nline \u202eback\u202c \U0001f600 _x0041_ ]]> \ufffe'


def titled(pack: Pack, title: str, count: int = 14) -> Pack:
    """Return the pack with that title in each of so many rows."""
    source = pack.all_rows
    rows = tuple(
        replace(row, item=replace(row.item, title=title, touchpoint_name=title))
        for number in range(count)
        for row in (source[number % len(source)],)
    )
    return written(replace(pack, rows=rows[:10], all_rows=rows))


def check_slides(content: bytes) -> int:
    """Check a presentation for all PowerPoint is strict about; return how many slides it has."""
    parts = check_package(content)
    show = etree.fromstring(parts["ppt/presentation.xml"])
    ids = [int(slide.get("id")) for slide in show.iter(f"{P}sldId")]
    assert len(set(ids)) == len(ids)
    assert all(256 <= number < 2**31 for number in ids)
    above = [int(e.get("id")) for e in show.iter(f"{P}sldMasterId")]
    for _, master in elements(parts, "ppt/slideMasters/"):
        above += [int(e.get("id")) for e in master.iter(f"{P}sldLayoutId")]
    assert len(set(above)) == len(above)
    assert all(2**31 <= number < 2**32 for number in above)
    slides = dict(elements(parts, "ppt/slides/slide"))
    assert len(slides) == len(ids)
    for slide in slides.values():
        _check_slide(slide)
    for _, chart in elements(parts, "ppt/charts/"):
        _check_chart(chart)
    for name, held in parts.items():
        if name.startswith("ppt/embeddings/"):
            check_package(held)
            assert load_workbook(BytesIO(held)).sheetnames == ["Sheet1"]
    return len(slides)


def _check_slide(slide: Any) -> None:
    facts = [e for e in slide.iter() if etree.QName(e).localname == "cNvPr"]
    numbers = [int(e.get("id")) for e in facts]
    assert len(set(numbers)) == len(numbers)
    assert min(numbers) > 0
    for table in slide.iter(f"{A}tbl"):
        widths = [int(column.get("w")) for column in table.iter(f"{A}gridCol")]
        assert all(len(row.findall(f"{A}tc")) == len(widths) for row in table.iter(f"{A}tr"))
        frame = next(e for e in table.iterancestors() if e.tag == f"{P}graphicFrame")
        assert int(frame.find(f"{P}xfrm/{A}ext").get("cx")) == sum(widths)
    for body in slide.iter(f"{P}txBody", f"{A}txBody"):
        kinds = [etree.QName(e).localname for e in body]
        assert kinds[:2] == ["bodyPr", "lstStyle"]
        assert kinds[2:]
        assert set(kinds[2:]) == {"p"}
    for paragraph in slide.iter(f"{A}p"):
        order = {"pPr": 0, "r": 1, "fld": 1, "br": 1, "endParaRPr": 2}
        places = [order[etree.QName(e).localname] for e in paragraph]
        assert places == sorted(places)
    for extent in slide.iter(f"{A}ext"):
        assert all(int(extent.get(side, "0")) >= 0 for side in ("cx", "cy"))


def _check_chart(chart: Any) -> None:
    axes = [e.get("val") for e in chart.find(f".//{C}barChart").findall(f"{C}axId")]
    there = [e.find(f"{C}axId").get("val") for e in chart.iter(f"{C}catAx", f"{C}valAx")]
    assert sorted(axes) == sorted(there)
    for cache_ in chart.iter(f"{C}numCache", f"{C}strCache"):
        count = int(cache_.find(f"{C}ptCount").get("val"))
        places = [int(point.get("idx")) for point in cache_.findall(f"{C}pt")]
        assert places == sorted(set(places))
        assert all(place < count for place in places)
    assert chart.find(f"{C}externalData").get(f"{R}id")


@pytest.mark.parametrize("title", ["Plain", HOSTILE, "Слишком долго " * 20, ""])
def test_slides_are_as_powerpoint_wants_them(packs: tuple[Pack, ...], title: str) -> None:
    for pack in packs:
        assert check_slides(pptx_bytes(titled(pack, title))) >= 4


def test_many_slides_are_too(packs: tuple[Pack, ...]) -> None:
    assert check_slides(pptx_bytes(titled(packs[0], "Row", 400))) > 20


def test_a_language_nobody_knows_stays_a_text(packs: tuple[Pack, ...]) -> None:
    odd = replace(packs[0], language='x"><y/>&')
    assert check_slides(pptx_bytes(odd)) >= 4


@cache
def company() -> bytes:
    """Return a template with slides, sections, a show of its own, and links to its slides."""
    deck = Presentation()
    for number in range(3):
        slide = deck.slides.add_slide(deck.slide_layouts[number])
        slide.shapes.title.text = f"Old {number}"
    root = deck.part._element
    listed = deck.slides._sldIdLst
    shows = (
        f'<p:custShowLst xmlns:p="{P[1:-1]}" xmlns:r="{R[1:-1]}">'
        '<p:custShow name="Short" id="0"><p:sldLst>'
        f'<p:sld r:id="{listed[0].rId}"/></p:sldLst></p:custShow></p:custShowLst>'
    )
    root.find(f"{P}notesSz").addnext(etree.fromstring(shows))
    for old in root.findall(f"{P}extLst"):
        root.remove(old)
    root.append(etree.fromstring(SECTIONS))
    layout = deck.slide_layouts[5]
    link = layout.part.relate_to(deck.slides[0].part, RT.SLIDE)
    box = layout.placeholders[0]._element
    facts = box.find(f".//{P}cNvPr")
    etree.SubElement(facts, f"{A}hlinkClick", {f"{R}id": link})
    view = next(r for r in deck.part.rels.values() if r.reltype == RT.VIEW_PROPS).target_part
    assert isinstance(view, Part)
    view.relate_to(deck.slides[1].part, RT.SLIDE)
    held = BytesIO()
    deck.save(held)
    return held.getvalue()


def test_a_template_leaves_nothing_that_refers_to_its_slides(
    packs: tuple[Pack, ...], tmp_path: Path
) -> None:
    template = tmp_path / "company.pptx"
    template.write_bytes(company())
    content = pptx_bytes(packs[0], template=template)
    assert check_slides(content) == len(Presentation(BytesIO(content)).slides)
    for held in check_package(content).values():
        assert b"sectionLst" not in held
        assert b"custShow" not in held
        assert b"Old " not in held


def test_a_template_changed_on_the_disk_is_read_again(
    packs: tuple[Pack, ...], tmp_path: Path
) -> None:
    template = tmp_path / "company.pptx"
    template.write_bytes(company())
    before = pptx_bytes(packs[0], template=template)
    wider = Presentation(BytesIO(company()))
    wider.slide_width = wider.slide_width * 2
    wider.save(template)
    after = pptx_bytes(packs[0], template=template)
    widths = [Presentation(BytesIO(content)).slide_width for content in (before, after)]
    assert widths[1] == widths[0] * 2


def flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 20))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def zeroed(content: bytes, chance: random.Random) -> bytes:
    start, count = chance.randrange(len(content)), chance.choice((4, 64, 2000))
    return (content[:start] + bytes(count) + content[start + count :])[: len(content)]


def without_a_part(content: bytes, chance: random.Random) -> bytes:
    return _packed(content, chance, lambda _held: None)


def with_a_part_cut(content: bytes, chance: random.Random) -> bytes:
    return _packed(content, chance, lambda held: held[: chance.randrange(len(held) + 1)])


def with_a_letter_changed(content: bytes, chance: random.Random) -> bytes:
    def change(held: bytes) -> bytes:
        place = chance.randrange(len(held))
        return (
            held[:place] + chance.choice([b"<", b">", b"/", b'"', b"=", b"9"]) + held[place + 1 :]
        )

    return _packed(content, chance, change)


def _packed(
    content: bytes, chance: random.Random, change: Callable[[bytes], bytes | None]
) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(held, "w") as new:
        chosen = chance.choice([name for name in old.namelist() if name.endswith(("xml", "rels"))])
        for name in old.namelist():
            part = change(old.read(name)) if name == chosen else old.read(name)
            if part is not None:
                new.writestr(name, part)
    return held.getvalue()


def slides_or_refusal(pack: Pack, template: Path) -> bytes | BrandError:
    try:
        return pptx_bytes(pack, template=template)
    except BrandError as error:
        return error


@pytest.mark.parametrize(
    "damage", [flipped, cut, zeroed, without_a_part, with_a_part_cut, with_a_letter_changed]
)
def test_a_damaged_template_is_used_or_refused_and_nothing_else(
    packs: tuple[Pack, ...], tmp_path: Path, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    path = tmp_path / "company.pptx"
    refused = 0
    for seed in range(25):
        path.write_bytes(damage(company(), random.Random(seed)))
        made = slides_or_refusal(packs[2], path)
        if isinstance(made, BrandError):
            assert made.reason == "bad_template"
            assert made.path == path
            refused += 1
        else:
            assert len(Presentation(BytesIO(made)).slides) >= 3
    assert refused  # else nothing was damaged


def test_no_part_tells_the_time() -> None:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(3):
            name = zipfile.ZipInfo(f"część {number}.xml", (2031 + number, 2, 3, 4, 5, 6))
            name.extra = struct.pack("<HHH", 0xCAFE, 2, number)
            name.comment = b"x" * number
            package.writestr(name, b"content" * number)
    fixed = without_clock(held.getvalue())
    assert len(fixed) == len(held.getvalue())
    with zipfile.ZipFile(BytesIO(fixed)) as package:
        assert package.testzip() is None
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert [part.comment for part in package.infolist()] == [b"", b"x", b"xx"]


def test_no_rows_no_chart(pack_maker: Callable[[Ranking], tuple[Pack, ...]]) -> None:
    empty = pack_maker(replace(ranking(), items=()))
    for pack in empty:
        assert check_slides(pptx_bytes(pack)) >= 2
