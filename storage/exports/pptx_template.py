"""What slides are put on: the plain deck or a company's template, each read once and emptied."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from lxml.etree import LxmlError  # type: ignore[import-untyped]  # it has no stubs
from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from storage.exports.brand import BrandError
from storage.exports.pptx_base import plain_deck

TITLE_TYPES: Final = ("TITLE", "CENTER_TITLE")
_BESIDE: Final = (*TITLE_TYPES, "DATE", "FOOTER", "SLIDE_NUMBER")
_SECTIONS: Final = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_RELATION: Final = qn("r:id")
# What a file that is no presentation, or one that is damaged, makes its readers raise.
_DAMAGE: Final = (
    PythonPptxError,
    LxmlError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
# When every part of the package was written: 1 January 1980, as zip files count.
_CLOCK: Final = struct.pack("<HH", 0, 1 << 5 | 1)


@contextmanager
def template_errors(template: Path | None) -> Iterator[None]:
    """Tell what cannot be read or used as a company's template.

    Raises:
        BrandError: bad_template.
    """
    try:
        yield
    except _DAMAGE as error:
        if template is None or isinstance(error, BrandError):
            raise
        raise BrandError(template, "bad_template", str(error)) from error


def empty_deck(template: Path | None) -> Any:
    """Return a presentation without slides; call it within `template_errors`."""
    return Presentation(BytesIO(_plain() if template is None else _emptied(template.read_bytes())))


def title_layout(deck: Any) -> Any:
    """Return the layout that has a title and least beside it; the first of several.

    Raises:
        LookupError: there is none.
    """
    best, fewest = None, 1_000
    for layout in deck.slide_layouts:
        types = [type_of(shape) for shape in layout.placeholders]
        # A title slide's own title stands in the middle, where a table belongs.
        if "TITLE" not in types:
            continue
        others = sum(kind not in _BESIDE for kind in types)
        if others < fewest:
            best, fewest = layout, others
    if best is None:
        raise LookupError("no layout with a title")
    return best


def type_of(shape: Any) -> str:
    """Return the kind of a placeholder as "TITLE"."""
    kind = shape.placeholder_format.type
    return "" if kind is None else str(kind.name)


@cache
def _plain() -> bytes:
    return _saved(plain_deck())


@lru_cache(maxsize=2)
def _emptied(content: bytes) -> bytes:
    """Return a template without its slides, after a slide was put on it for trial."""
    deck = Presentation(BytesIO(content))
    listed = deck.slides._sldIdLst
    for slide in list(listed):
        listed.remove(slide)
        deck.part.rels.pop(slide.rId)
    _forget_slides(deck)
    if any(part.partname.startswith("/ppt/slides/") for part in deck.part.package.iter_parts()):
        raise ValueError("its slides cannot be left out")
    empty = _saved(deck)
    trial = Presentation(BytesIO(empty))
    title = trial.slides.add_slide(title_layout(trial)).shapes.title
    title.text_frame.text = "x"
    Presentation(BytesIO(_saved(trial)))
    return empty


def _forget_slides(deck: Any) -> None:
    """Remove what refers to the slides that were there; a program would offer to repair it."""
    root = deck.part._element
    for old in (*root.iter(qn("p:custShowLst")), *root.iter(qn("p:ext"))):
        if old.tag == qn("p:custShowLst") or old.get("uri") == _SECTIONS:
            old.getparent().remove(old)
    for relation in list(deck.part.rels.values()):
        if relation.reltype == RT.VIEW_PROPS:
            deck.part.rels.pop(relation.rId)
    for master in deck.slide_masters:
        for holder in (master, *master.slide_layouts):
            _unlink(holder)


def _unlink(holder: Any) -> None:
    """Remove a layout's links to slides."""
    gone = {r.rId for r in holder.part.rels.values() if r.reltype == RT.SLIDE}
    for element in list(holder._element.iter()) if gone else ():
        if element.get(_RELATION) in gone:
            element.getparent().remove(element)
    for name in gone:
        holder.part.rels.pop(name)


def _saved(deck: Any) -> bytes:
    held = BytesIO()
    deck.save(held)
    return held.getvalue()


def without_clock(content: bytes) -> bytes:
    """Return a package with every part at one fixed moment.

    Time and date stand in a part's own header and in the list at the end.
    """
    changed = bytearray(content)
    with zipfile.ZipFile(BytesIO(content)) as package:
        place = package.start_dir
        for part in package.infolist():
            at = part.header_offset + 10
            changed[at : at + 4] = _CLOCK
            changed[place + 12 : place + 16] = _CLOCK
            name, extra, comment = struct.unpack("<HHH", content[place + 28 : place + 34])
            place += 46 + name + extra + comment
    return bytes(changed)
