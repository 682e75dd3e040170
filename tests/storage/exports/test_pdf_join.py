"""PDFs set in pieces and joined: one document, its tags whole, saying what one set whole says."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from journey.priority.result import Ranking
from journey.report.pack import Pack
from storage.exports import pdf
from storage.exports.pdf import pdf_bytes
from storage.exports.pdf_join import UnknownPdfError, joined, pages_in

PackMaker = Callable[..., tuple[Pack, ...]]
ROWS = 60


@pytest.fixture
def long_pack(bank_ranking: Ranking, pack_maker: PackMaker) -> Pack:
    """A pack of many rows whose texts look like what joins a PDF together."""
    titles = ("Waits (see 12 0 R) and (again", "Says /StructParents 3) twice", "Back\\slash 7 0 R")
    more = tuple(
        replace(
            bank_ranking.items[9],
            rank=20 + n,
            title=f"Row number {n}: {titles[n % 3]}",
            pain_point=f"more{n}",
        )
        for n in range(ROWS)
    )
    return pack_maker(replace(bank_ranking, items=bank_ranking.items + more))[0]


@pytest.fixture
def in_pieces(long_pack: Pack, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The pack, set 25 rows at a time."""
    monkeypatch.setattr(pdf, "ROWS_AT_ONCE", 25)
    return pdf_bytes(long_pack)


def words(content: bytes) -> str:
    pages = PdfReader(BytesIO(content), strict=True).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def catalog(content: bytes) -> Any:
    return PdfReader(BytesIO(content), strict=True).root_object


def elements(node: Any, parent: Any = None) -> Iterator[Any]:
    """Yield the elements of the tags; each names the one it stands in."""
    if isinstance(node, IndirectObject):
        element = node.get_object()
        assert element["/P"] == parent
        yield element
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            if isinstance(kid, IndirectObject):
                yield from elements(kid, element)


def test_every_row_stands_once_and_in_order(in_pieces: bytes, long_pack: Pack) -> None:
    text, at = words(in_pieces), 0
    start = text.index("AllrowsofIngridSolberg")
    for row in long_pack.all_rows:
        title = "".join(row.text.title.split())
        at = text.index(title, at or start) + len(title)
    assert text.count("Rownumber59:") == 1
    assert "+R" not in text


def test_pages_are_numbered_through_and_headings_repeated(in_pieces: bytes) -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(in_pieces), strict=True).pages]
    assert len(pages) == pages_in(in_pieces) > 4
    for number, text in enumerate(pages, start=1):
        assert text.split()[-1] == str(number)
        assert "Pain point" in text


def test_bookmarks_title_and_language_are_those_of_the_pack(
    in_pieces: bytes, long_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "ROWS_AT_ONCE", 10_000)
    whole = PdfReader(BytesIO(pdf_bytes(long_pack)))
    pieces = PdfReader(BytesIO(in_pieces))
    assert titles(pieces.outline) == titles(whole.outline)
    assert pieces.metadata == whole.metadata
    assert pieces.root_object["/Lang"] == "en"
    assert pieces.root_object["/MarkInfo"]["/Marked"]


def titles(outline: Any) -> list[Any]:
    return [titles(part) if isinstance(part, list) else part.title for part in outline]


def test_the_tags_are_one_tree_whose_every_part_is_reached(in_pieces: bytes) -> None:
    tags = catalog(in_pieces)["/StructTreeRoot"]
    [body] = tags["/K"]
    found = list(elements(body, tags))
    kinds = [element["/S"] for element in found]
    assert kinds.count("/Document") == 1
    assert kinds.count("/TR") >= ROWS + 14
    # Each marked part of each page is found by its page's key, and leads into the tree.
    pairs = tags["/ParentTree"]["/Nums"]
    keys = dict(zip(pairs[::2], pairs[1::2], strict=True))
    assert list(keys) == list(range(tags["/ParentTreeNextKey"]))
    known = {id(element) for element in found}
    pages = PdfReader(BytesIO(in_pieces), strict=True).pages
    assert sorted(page["/StructParents"] for page in pages) == list(keys)
    reached = {id(part.get_object()) for listed in keys.values() for part in listed.get_object()}
    assert reached <= known


def test_heading_cells_of_every_piece_have_ids_of_their_own(in_pieces: bytes) -> None:
    tags = catalog(in_pieces)["/StructTreeRoot"]
    [body] = tags["/K"]
    found = list(elements(body, tags))
    ids = [element["/ID"] for element in found if "/ID" in element]
    assert len(ids) == len(set(ids)) > 7 * 3
    names = tags["/IDTree"]["/Names"]
    assert names[::2] == sorted(ids)
    assert [at.get_object()["/ID"] for at in names[1::2]] == names[::2]
    cited = {
        name
        for element in found
        if element["/S"] == "/TD"
        for attribute in element["/A"]
        for name in attribute.get("/Headers", ())
    }
    assert cited
    assert cited <= set(ids)


def test_the_same_pack_gives_the_same_bytes(in_pieces: bytes, long_pack: Pack) -> None:
    assert pdf_bytes(long_pack) == in_pieces


def test_what_is_of_another_kind_is_refused(packs: tuple[Pack, ...]) -> None:
    content = pdf_bytes(packs[0])
    assert joined([content])[: len(content) // 2]
    for wrong in (b"", b"%PDF-1.7\nstartxref\n9\n%%EOF", content[:-30], content + b"\n%%EOF"):
        with pytest.raises(UnknownPdfError):
            joined([content, wrong])
    with pytest.raises(UnknownPdfError):  # it has bookmarks
        joined([content, content])
    with pytest.raises(UnknownPdfError):
        joined([])
